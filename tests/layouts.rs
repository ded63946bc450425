//! Agendas in the layouts that people print, one of each: written down as they stand, without a fault, and nothing
//! of what they say is lost in the documents.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use convoca::diagnostics::Level;
use convoca::formats::Format;
use convoca::locale::{Lang, dates, written};
use convoca::papers::Materials;
use convoca::project::Project;
use toml::de::{DeTable, DeValue};

/// What does not stand in the agenda as it is written: ids, marks, and what is said to the checks.
const UNPRINTED: [&str; 13] = [
    "id",
    "number",
    "date",
    "status",
    "waive",
    "break",
    "parallel",
    "approximate",
    "participants",
    "moderator",
    "speakers",
    "facilitators",
    "time-zone",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts")
}

/// Every text and hour of a session.
fn said(table: &DeTable<'_>, words: &mut Vec<String>) {
    let printed = table.iter().filter(|(key, _)| key.get_ref() != "waive");
    printed.for_each(|(key, value)| values(value.get_ref(), key.get_ref(), words));
}

fn values(value: &DeValue<'_>, key: &str, words: &mut Vec<String>) {
    match value {
        DeValue::Table(table) => said(table, words),
        DeValue::Array(items) => items.iter().for_each(|item| values(item.get_ref(), key, words)),
        DeValue::String(text) if ["start", "end"].contains(&key) => {
            let hour = written::hour(text)
                .or_else(|| written::hour(&text.replace('.', ":")))
                .or_else(|| written::four_digits(text))
                .expect(text);
            words.push(dates::clock(hour));
        }
        DeValue::Integer(minutes) if key == "minutes" => words.push(format!("{} min", minutes.as_str())),
        DeValue::String(text) if key == "link" || !UNPRINTED.contains(&key) => words.push(text.to_string()),
        // Names that are written out; ids stand for names of the group.
        DeValue::String(text) if text.contains(' ') && ["moderator", "speakers"].contains(&key) => words.push(text.to_string()),
        _ => {}
    }
}

#[test]
fn every_layout_is_written_down_without_a_fault_and_printed_without_loss() {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut project = Project::in_folders("", "templates");
    for path in &files {
        project.set(path.file_name().unwrap().to_str().unwrap(), fs::read(path).unwrap());
    }
    for path in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).unwrap() {
        let path = path.unwrap().path();
        project.set(&format!("templates/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
    }
    let materials = Materials::new(project.snapshot(NaiveDate::from_ymd_opt(2027, 1, 4).unwrap()));
    let errors: Vec<_> = materials.snapshot().findings().iter().filter(|finding| finding.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // A form is told once with its mend; beyond that, nothing but who has not been said yet.
    for finding in materials.snapshot().findings() {
        let known = [
            "other-form",
            "unlisted-speaker",
            "empty-slot",
            "open-end",
            "speaker-tbc",
            "outside-working-hours",
            "waiver",
            "slot-time",
            "slot-gap",
            "no-facilitator",
            "public-holiday",
            "not-checked",
        ];
        assert!(known.contains(&finding.check), "{finding:#?}");
    }
    let edition = materials.edition(true).unwrap();
    let sessions = files.iter().filter(|path| !path.ends_with("group.toml"));
    let mut lost = Vec::new();
    for path in sessions.clone() {
        let text = fs::read_to_string(path).unwrap();
        let tree = DeTable::parse(&text).unwrap();
        let id = tree.get_ref()["id"].get_ref().as_str().unwrap();
        let output = edition.output("agenda", Some(id), Lang::Es).unwrap();
        let page = String::from_utf8(edition.make(&output, Format::Md).unwrap().artifact.unwrap().bytes).unwrap();
        if std::env::var_os("LAYOUTS_SHOWN").is_some() {
            println!("{page}");
        }
        let mut words = Vec::new();
        said(tree.get_ref(), &mut words);
        // The end and the minutes of the session itself are told as how long it lasts.
        for (key, value) in tree.get_ref().iter().filter(|(key, _)| ["end", "minutes"].contains(&&**key.get_ref())) {
            let mut own = Vec::new();
            values(value.get_ref(), key.get_ref(), &mut own);
            words.retain(|word| !own.contains(word));
        }
        let page = page.replace('\\', "");
        lost.extend(words.into_iter().filter(|word| !page.contains(word.as_str())).map(|word| format!("{id}: {word}")));
    }
    assert_eq!(sessions.count(), 22);
    assert!(lost.is_empty(), "{lost:#?}");
}
