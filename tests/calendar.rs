//! The calendars of the sessions that convoca ships with, in both languages.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use convoca::calendar::{Published, calendar_of, programme_calendar, session_calendar};
use convoca::diagnostics::Sources;
use convoca::locale::Lang;
use convoca::model::{Actor, PartyId, Public};

fn shipped() -> Public {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let mut names: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let mut sources = Sources::default();
    for name in names.iter().filter(|name| name.ends_with(".toml")) {
        sources.add(name.clone(), fs::read_to_string(folder.join(name)).unwrap());
    }
    convoca::check(&sources, NaiveDate::from_ymd_opt(2022, 10, 1).unwrap()).programme.unwrap().public()
}

fn text(published: &Published) -> String {
    String::from_utf8(published.bytes().unwrap()).unwrap()
}

fn unfolded(published: &Published) -> String {
    text(published).replace("\r\n ", "").replace("\r\n", "\n")
}

#[test]
fn the_feed_in_spanish() {
    let published = programme_calendar(&shipped(), Lang::Es);
    assert_eq!(published.notes, []);
    insta::assert_snapshot!(unfolded(&published));
}

#[test]
fn the_first_session_in_english() {
    let programme = shipped();
    let published = session_calendar(&programme, &programme.sessions[0], Lang::En);
    assert_eq!(published.notes, []);
    insta::assert_snapshot!(unfolded(&published));
}

#[test]
fn key_facts_hold_in_every_calendar() {
    let programme = shipped();
    for lang in Lang::ALL {
        let feed = programme_calendar(&programme, lang);
        let single = programme.sessions.iter().map(|session| session_calendar(&programme, session, lang));
        for published in std::iter::once(feed).chain(single) {
            let file = text(&published);
            assert_eq!(file.matches("BEGIN:VTIMEZONE").count(), 1);
            assert_eq!(file.matches("BEGIN:STANDARD").count(), 1);
            for absent in ["DAYLIGHT", "RRULE", "RDATE", "ATTENDEE", "VALARM", "CST", "CONFERENCE", "\nURL"] {
                assert!(!file.contains(absent), "{absent}");
            }
            assert!(file.contains("TZOFFSETFROM:-0600\r\nTZOFFSETTO:-0600\r\nTZNAME:-06\r\n"));
            assert_eq!(file.matches("METHOD:PUBLISH\r\n").count(), 1);
            assert!(file.ends_with("END:VCALENDAR\r\n") && !file.replace("\r\n", "").contains(['\r', '\n']));
            assert!(file.split("\r\n").all(|line| line.len() <= 75));
            let people = file.matches("mailto:").count();
            assert_eq!(people, published.events.len(), "only the organizer's address");
            assert_eq!(text(&published), file, "the same bytes every time");
        }
    }
}

#[test]
fn sessions_begin_at_ten_in_guatemala() {
    let programme = shipped();
    let feed = text(&programme_calendar(&programme, Lang::Es));
    for day in ["27", "28", "31"] {
        assert!(feed.contains(&format!("DTSTART;TZID=America/Guatemala:202210{day}T100000\r\n")));
        assert!(feed.contains(&format!("DTEND;TZID=America/Guatemala:202210{day}T113000\r\n")));
    }
    assert!(feed.contains("UID:global-initiatives.published@mirps-local-governance.example.org\r\n"));
    let hours = "10:00 Costa Rica\\, Guatemala\\, Honduras · 11:00 Panamá · 16:00 UTC";
    assert_eq!(feed.replace("\r\n ", "").matches(&format!("\":{hours}\\n")).count(), 3);
}

#[test]
fn a_calendar_of_a_party_holds_its_sessions() {
    let programme = shipped();
    let of = |id: &str| {
        let index = programme.group.parties.iter().position(|party| party.id == id).unwrap();
        calendar_of(&programme, &Actor::Party(PartyId(index)), Lang::Es)
    };
    assert_eq!(of("upala").events.len(), 3, "a member attends every session");
    let mmc = of("mmc");
    assert_eq!(mmc.events.len(), 1, "others those in which they have a part");
    assert!(text(&mmc).contains("X-WR-CALNAME:MIRPS Gobernanza Local – MMC\r\n") && !text(&mmc).contains("ATTENDEE"));
    assert!(of("advisors").events.is_empty());
}
