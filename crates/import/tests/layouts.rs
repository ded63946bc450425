//! Agendas in the layouts that people use, read by themselves.

#![allow(clippy::disallowed_methods, reason = "tests read their files")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use convoca_import::agenda::{Clock, Hints, Imported, read};
use convoca_import::source::plain;

/// What was read, a line an item.
fn shown(imported: &Imported) -> String {
    let mut out = String::new();
    let clock = |clock: Option<Clock>| clock.map_or_else(|| "··:··".to_owned(), |clock| clock.to_string());
    for session in &imported.sessions {
        let date = session.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        let window =
            session.window.as_ref().map(|window| format!(", {}–{}", window.start, clock(window.end))).unwrap_or_default();
        writeln!(out, "session {} ({date}{window})", session.title.as_deref().unwrap_or("–")).unwrap();
        let who = session.moderator.iter().map(|own| format!("moderator {}", own.name));
        let place = session.place.iter().map(|own| format!("place {own}"));
        let join = session.join_link.iter().map(|own| format!("join {own}")).chain(session.how_to_join.clone());
        let zone = session.zone.iter().map(|own| format!("zone {}", own.zone));
        let also = session.also.iter().map(|own| format!("also {} {}", own.start, own.zone));
        let words = session.interpretation.iter().map(|own| format!("interpretation {own}"));
        let said = who.chain(place).chain(join).chain(words).chain(zone).chain(also);
        said.for_each(|text| writeln!(out, "  says {text}").unwrap());
        for item in &session.items {
            let minutes = item.minutes.map(|minutes| format!(" {minutes} min")).unwrap_or_default();
            let marks = [(item.tbc, " tbc"), (item.parallel, " parallel")].map(|(is, mark)| if is { mark } else { "" }).concat();
            writeln!(
                out,
                "{:4} {}{}–{}{minutes} {}{marks}",
                item.line,
                "  ".repeat(usize::from(item.level)),
                clock(item.start),
                clock(item.end),
                item.title
            )
            .unwrap();
            for speaker in &item.speakers {
                writeln!(out, "       {:?} {}{}", speaker.role, speaker.name, if speaker.tbc { " tbc" } else { "" }).unwrap();
            }
            item.groups.iter().for_each(|group| writeln!(out, "       beside: {}", group.title).unwrap());
            item.details.iter().for_each(|text| writeln!(out, "       more: {text}").unwrap());
            item.inferred.iter().for_each(|one| writeln!(out, "       inferred {}: {}", one.field, one.why.en).unwrap());
        }
        let inferred = session.inferred.iter();
        inferred.for_each(|one| writeln!(out, "  inferred {}: {}", one.field, one.why.en).unwrap());
        session.doubts.iter().for_each(|doubt| writeln!(out, "  doubt {}: {}", doubt.line, doubt.what.en).unwrap());
    }
    imported.left.iter().for_each(|left| writeln!(out, "left {}: {} ({})", left.line, left.text, left.why.en).unwrap());
    imported.faults.iter().for_each(|fault| writeln!(out, "fault {}: {}", fault.line, fault.what.en).unwrap());
    out
}

#[test]
fn every_layout_is_read_as_a_person_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let bless = std::env::var_os("CONVOCA_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        count += 1;
        let found = shown(&read(&plain(&fs::read_to_string(&path).unwrap()), &Hints::default()));
        let expected = path.with_extension("expected");
        if bless {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(count >= 15 && wrong.is_empty(), "{}", wrong.join("\n"));
}
