//! A concept note becomes a programme, and the checks then name what is wrong in it.

mod common;

use std::fs;

use common::Workspace;
use serde_json::Value;

const NOTE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/concept-note.txt");

fn imported() -> (Workspace, Value) {
    let workspace = Workspace::empty();
    let run = workspace.convoca("en", &["import", NOTE, "--format", "json", "--today", "2027-03-04"]);
    assert_eq!(run.status, Some(1), "a zone is for a person to settle: {run:?}");
    (workspace, serde_json::from_str(&run.stdout).unwrap())
}

#[test]
fn every_item_of_the_note_arrives_with_what_is_said_of_it() {
    let (_, report) = imported();
    let sessions = report["sessions"].as_array().unwrap();
    let told: Vec<String> = sessions
        .iter()
        .flat_map(|session| session["slots"].as_array().unwrap().iter().map(move |slot| (session, slot)))
        .map(|(session, slot)| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            format!(
                "{} {}–{} {} {}",
                text(&session["date"]),
                text(&slot["start"]),
                text(&slot["end"]),
                slot["minutes"],
                text(&slot["title"])
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2027-05-04 10:00–10:05 5 Opening remarks",
            "2027-05-04 10:05–11:15 40 What the towns have tried, with United Cities and Local Governments (UCLG)",
            "2027-05-04 10:45–11:15 30 Questions and answers",
            "2027-05-06 10:00–10:30 30 The form, line by line",
            "2027-05-06 10:30–11:00 30 Group 1 - What to ask",
            "2027-05-06 11:00–11:10 10 Closing remarks",
        ]
    );
    assert_eq!(sessions[1]["slots"][1]["groups"][0], "Group 2 - Who keeps it");
    assert!(sessions[0]["slots"][1]["tbc"] == true && sessions[1]["slots"][2]["tbc"] == true);
    assert_eq!(report["left"].as_array().unwrap().len(), 0, "{report:#}");
}

#[test]
fn the_checks_name_the_faults_of_the_note() {
    let (workspace, _) = imported();
    let run = workspace.convoca("en", &["check", "--format", "json", "--today", "2027-03-04"]);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<(&str, &str)> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["check"].as_str().unwrap(), finding["message"].as_str().unwrap()))
        .collect();
    for (check, words) in [
        ("slot-overlap", "the slot ends at 11:15 and overlaps the next one"), // though no zone is known
        ("section-number", "II is used twice"),
        ("one-party-two-names", "`CGLU` and `uclg` are one party"),
        ("missing-key", "`time-zone`"),
    ] {
        assert!(found.iter().any(|(own, message)| *own == check && message.contains(words)), "{check}: {found:#?}");
    }
    assert!(found.iter().all(|(check, _)| !matches!(*check, "unknown-key" | "wrong-value" | "syntax")), "{found:#?}");
}

#[test]
fn a_second_import_leaves_what_was_edited_and_tells_the_differences() {
    let (workspace, _) = imported();
    let path = workspace.sessions().join("1-what-the-towns-have-tried.toml");
    let edited = fs::read_to_string(&path)
        .unwrap()
        .replace("end = \"11:15\"\nminutes = 40", "end = \"10:45\"  # as agreed by telephone\nminutes = 40");
    fs::write(&path, &edited).unwrap();
    let again = workspace.convoca("en", &["import", NOTE, "--today", "2027-03-04"]);
    assert_eq!(again.status, Some(1), "{again:?}");
    assert!(
        again.stdout.contains("there already")
            && again.stdout.contains("the file says 10:05–10:45 (40 min), the document 10:05–11:15 (40 min)"),
        "{again:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}

#[test]
fn a_dry_run_writes_nothing_and_what_is_no_agenda_is_said() {
    let workspace = Workspace::empty();
    let dry = workspace.convoca("es", &["import", NOTE, "--dry-run", "--today", "2027-03-04"]);
    assert!(dry.status == Some(1) && dry.stdout.contains("se escribiría"), "{dry:?}");
    assert!(!workspace.sessions().exists());
    let picture = workspace.path().join("foto.pdf");
    fs::write(&picture, b"\x89PNG\r\n").unwrap();
    let refused = workspace.convoca("es", &["import", picture.to_str().unwrap()]);
    assert!(refused.status == Some(2) && refused.stderr.contains("OCR"), "{refused:?}");
    fs::write(&picture, "Una carta sin nada de eso.").unwrap();
    let empty = workspace.convoca("es", &["import", picture.to_str().unwrap()]);
    assert!(empty.status == Some(2) && empty.stderr.contains("no se encontró ninguna agenda"), "{empty:?}");
}

/// What is built is a document too: each session comes back with its items, whatever form it was written in.
#[test]
fn what_is_built_is_imported_again() {
    let workspace = Workspace::of(&common::shipped());
    let run = workspace.convoca("en", &["build", "--only", "agenda", "--format", "txt,md,html,docx", "--today", "2022-10-03"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let folder = workspace.path().join("out/public");
    let mut read = 0;
    for lang in ["es", "en"] {
        for entry in fs::read_dir(folder.join(lang)).unwrap().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let Some((_, rest)) = name.split_once("agenda-") else { continue };
            let run = Workspace::empty()
                .convoca("en", &["import", path.to_str().unwrap(), "--dry-run", "--format", "json", "--today", "2022-10-03"]);
            let report: Value = serde_json::from_str(&run.stdout).unwrap();
            let starts: Vec<&str> = report["sessions"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|session| session["slots"].as_array().unwrap())
                .filter_map(|slot| slot["start"].as_str())
                .collect();
            let sessions = fs::read_dir(workspace.sessions()).unwrap().flatten().map(|entry| entry.path());
            let written = sessions.into_iter().find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&rest[..2]));
            let written = fs::read_to_string(written.unwrap()).unwrap();
            let slots = written.split("\n[[slots]]\n").skip(1);
            let expected: Vec<&str> =
                slots.map(|slot| slot.split("start = \"").nth(1).unwrap().split('"').next().unwrap()).collect();
            assert_eq!(starts, expected, "{lang}/{name}");
            read += 1;
        }
    }
    assert_eq!(read, 24);
}
