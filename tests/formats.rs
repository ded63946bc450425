//! What the program prints for other programs, as snapshots: `cargo insta review` shows what changed.

mod common;

use common::{Workspace, convoca, published, run};

fn report(lang: &str, format: &str) -> serde_json::Value {
    let workspace = Workspace::of(&published());
    let run = workspace.convoca(lang, &["check", "--format", format, "--today", "2022-10-03"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""));
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn findings_as_json() {
    insta::assert_json_snapshot!("findings.en", report("en", "json"));
    insta::assert_json_snapshot!("findings.es", report("es", "json"));
}

#[test]
fn findings_as_sarif() {
    insta::assert_json_snapshot!("findings.sarif.en", report("en", "sarif"), {
        ".runs[].tool.driver.semanticVersion" => "[version]",
    });
}

#[test]
fn schemas() {
    for of in ["group", "session", "concept-note", "programme", "findings", "dates", "replies", "attendance", "import"] {
        let told = run(convoca("es").args(["schema", of]));
        assert_eq!(told.status, Some(0), "{told:?}");
        let schema: serde_json::Value = serde_json::from_str(&told.stdout).unwrap();
        insta::assert_json_snapshot!(format!("schema.{of}"), schema);
    }
}

#[test]
fn explaining_one_check() {
    for lang in ["en", "es"] {
        let told = run(convoca(lang).args(["explain", "slot-overlap"]));
        assert_eq!(told.status, Some(0), "{told:?}");
        insta::assert_snapshot!(format!("explain.{lang}"), told.stdout);
    }
}
