//! A thousand random actions leave texts that are TOML; undone, the first bytes; and a journal that does them again.
//! Unoptimised, as checks take their time then, a hundred.

#![allow(clippy::disallowed_methods, reason = "tests read their files")]

use std::path::Path;

use chrono::NaiveDate;
use convoca_core::project::Project;
use convoca_studio::journal::{self, Line};
use convoca_studio::{Command, Desk};
use serde_json::{Value, json};

fn shipped() -> Project {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sessions");
    let mut project = Project::default();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.ends_with(".toml") {
            project.set(&format!("sessions/{name}"), std::fs::read(&path).unwrap());
        }
    }
    project
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 10, 3).unwrap()
}

fn texts(desk: &Desk) -> Vec<(String, Option<String>)> {
    let project = desk.project();
    project.paths().into_iter().map(|path| (path.to_owned(), project.text(path).map(str::to_owned))).collect()
}

/// The same numbers each time.
struct Chance(u32);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % most.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

fn command(chance: &mut Chance) -> Value {
    let session = chance.of(&["global-initiatives", "cities-of-solidarity", "roles-of-organizations"]);
    let slot = chance.below(9);
    let typed = chance.of(&["1005", "10.20", "3 pm", "+40", "-5", "25", "x", "", "9:50", "120", "1:30"]);
    let said = chance.of(&["Una línea \"rara\" # y más", "C:\\ruta", "", "é́ñ 你好", "{{ x }}", "'''", "a\u{7}b"]);
    let of = match chance.below(3) {
        0 => json!({ "kind": "session", "session": session }),
        _ => json!({ "kind": "slot", "session": session, "slot": slot }),
    };
    let (lang, role) = (chance.of(&["es", "en"]), chance.of(&["speaker", "moderator", "facilitator"]));
    let (index, flag) = (chance.below(3), chance.below(2) == 0);
    match chance.below(18) {
        0..=2 => {
            json!({ "do": "time", "session": session, "slot": slot, "part": chance.of(&["start", "end", "minutes"]), "typed": typed,
            "keep": chance.of(&["following", "end", "length"]) })
        }
        3 | 4 => {
            json!({ "do": "place", "session": session, "slot": slot, "start": chance.below(1500), "minutes": chance.below(200), "follow": flag })
        }
        5 => {
            json!({ "do": "add-slot", "session": session, "at": slot, "title": { "es": said, "en": said }, "minutes": 15, "follow": flag })
        }
        6 => json!({ "do": "split", "session": session, "slot": slot, "typed": typed, "title": { "es": said, "en": "b" } }),
        7 => json!({ "do": "remove-slot", "session": session, "slot": slot, "follow": flag }),
        8 => json!({ "do": "reorder", "session": session, "slot": slot, "to": chance.below(9) }),
        9 => json!({ "do": "title", "of": of, "lang": lang, "to": said }),
        10 => {
            json!({ "do": "field", "of": of, "field": format!("{}.{lang}", chance.of(&["place", "objective", "title"])), "to": said })
        }
        11 => {
            json!({ "do": "add-speaker", "to": of, "role": role, "who": { "new-person": { "name": said, "party": null } }, "tbc": flag })
        }
        12 => {
            json!({ "do": "add-speaker", "to": of, "role": role, "who": { "known": chance.of(&["uclg", "mmc", "nobody"]) }, "tbc": flag })
        }
        13 => json!({ "do": "tbc", "of": of, "role": role, "index": index, "tbc": flag }),
        14 => json!({ "do": "remove-speaker", "of": of, "role": role, "index": index }),
        15 => json!({ "do": "mend", "finding": chance.below(12), "mend": chance.below(2) }),
        16 => json!({ "do": "waive", "finding": chance.below(12), "reason": said }),
        _ => {
            json!({ "do": "field", "of": { "kind": "section", "id": "background" }, "field": format!("text.{lang}"), "to": { "prose": said } })
        }
    }
}

#[test]
fn random_actions_are_undone_to_the_first_byte() {
    let mut desk = Desk::new(shipped(), today());
    let first = texts(&desk);
    let base = desk.base();
    let mut chance = Chance(20_221_027);
    let mut done = 0;
    let turns = if cfg!(debug_assertions) { 100 } else { 1000 };
    for turn in 0..turns {
        match chance.below(12) {
            0 => done += usize::from(desk.undo().is_ok()),
            1 => done += usize::from(desk.redo().is_ok()),
            _ => {
                let command = command(&mut chance);
                let read: Command = serde_json::from_value(command.clone()).unwrap_or_else(|why| panic!("{command}: {why}"));
                let before = texts(&desk);
                match desk.act(&read) {
                    Ok(label) => {
                        done += 1;
                        assert!(!label.es.is_empty() && !label.en.is_empty(), "{command}");
                    }
                    Err(refused) => {
                        assert!(!refused.reason.es.is_empty(), "{command}");
                        assert_eq!(texts(&desk), before, "{command} was refused and changed something");
                    }
                }
            }
        }
        let broken = desk.snapshot().findings().iter().find(|finding| finding.check == "syntax");
        assert!(broken.is_none(), "turn {turn}: {broken:?}");
    }
    assert!(done * 3 > turns, "{done}");

    // The journal, as it lies in the file, leads another desk to the same.
    let lines: Vec<Line> = std::iter::once(Line::Base(base)).chain(desk.journal()).collect();
    let written: String = lines.iter().map(Line::written).collect();
    let mut other = Desk::new(shipped(), today());
    other.replay(journal::read(&written)).unwrap();
    assert_eq!(texts(&other), texts(&desk));
    assert_eq!(other.next(), desk.next());

    for desk in [&mut desk, &mut other] {
        while desk.undo().is_ok() {}
        assert_eq!(texts(desk), first);
        assert!(!desk.is_unsaved());
    }
}
