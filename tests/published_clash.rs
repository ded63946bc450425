//! The published concept note's own faults: found, explained, and mended into what ships.

mod common;

use common::{Workspace, contents, published, shipped};
use serde_json::Value;

fn findings(workspace: &Workspace, lang: &str) -> Vec<Value> {
    let run = workspace.convoca(lang, &["check", "--format", "json", "--today", "2022-10-03"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    json["findings"].as_array().unwrap().clone()
}

#[test]
fn the_clash_is_one_finding_with_its_arithmetic_its_mend_and_the_slots_run_over() {
    let workspace = Workspace::of(&published());
    for (lang, over, arithmetic) in [
        ("en", "runs over the three items", "declared 40 min, spans 100 min"),
        ("es", "se traslapa con los tres", "declara 40 min, abarca 100 min"),
    ] {
        let findings = findings(&workspace, lang);
        let clashes: Vec<&Value> = findings.iter().filter(|finding| finding["check"] == "slot-overlap").collect();
        let [clash] = clashes[..] else { panic!("{clashes:#?}") };
        assert!(clash["message"].as_str().unwrap().contains(over), "{clash:#}");
        let labels = clash["labels"].as_array().unwrap();
        let text = std::fs::read_to_string(workspace.sessions().join("1-global-initiatives.toml")).unwrap();
        let underlined = |label: &Value| {
            let offset = |key: &str| usize::try_from(label[key].as_u64().unwrap()).unwrap();
            text[offset("start")..offset("end")].to_owned()
        };
        assert_eq!(labels[0]["text"], arithmetic);
        assert_eq!(labels.iter().map(underlined).collect::<Vec<_>>(), ["\"11:45\"", "\"10:45\"", "\"11:05\"", "\"11:25\""]);
        assert_eq!(clash["fix"]["edits"][0]["text"], "\"10:45\"");
        assert!(clash["fix"]["message"].as_str().unwrap().contains("10:05 + 40 min = 10:45"), "{clash:#}");
        // The same wrong end is not told again under another name.
        assert!(findings.iter().all(|finding| finding["check"] != "slot-duration"), "{findings:#?}");
    }
}

#[test]
fn fix_turns_the_published_programme_into_the_shipped_one_and_then_rests() {
    let workspace = Workspace::of(&published());
    let fixed = workspace.convoca("es", &["check", "--fix", "--today", "2022-10-03"]);
    assert_eq!(fixed.status, Some(0), "{fixed:?}");
    assert!(contents(&workspace.sessions()) == contents(&shipped()), "--fix does not make what ships");
    let again = workspace.convoca("es", &["check", "--fix", "--today", "2022-10-03"]);
    assert_eq!(again.status, Some(0), "{again:?}");
    assert!(again.stderr.is_empty(), "{again:?}");
    assert!(contents(&workspace.sessions()) == contents(&shipped()), "a second --fix changes something");
}

#[test]
fn the_clash_stops_the_build_until_it_is_mended() {
    let workspace = Workspace::of(&published());
    let refused = workspace.convoca("en", &["build"]);
    assert_eq!(refused.status, Some(1));
    assert!(!workspace.path().join("out").exists());
    assert_eq!(workspace.convoca("en", &["check", "--fix"]).status, Some(0));
    assert_eq!(workspace.convoca("en", &["build"]).status, Some(0));
    let agenda = std::fs::read_to_string(workspace.path().join("out/public/en/agenda-1-global-initiatives.md")).unwrap();
    assert!(agenda.contains("10:05–10:45") && !agenda.contains("10:05–11:45"), "{agenda}");
}
