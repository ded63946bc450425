//! The advisors' hours, holidays, absences and notice, over programmes of 2022, 2026 and 2027.

mod common;

use std::path::Path;

use chrono::NaiveDate;
use common::{ROOT, Workspace};
use convoca::diagnostics::{Diagnostic, Sources};

fn findings(files: &[(&str, &str)], today: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    convoca::check(&sources, today.parse::<NaiveDate>().unwrap()).findings
}

/// The messages of one check.
fn said(findings: &[Diagnostic], check: &str) -> Vec<String> {
    findings.iter().filter(|finding| finding.check == check).map(|finding| finding.message.en.to_string()).collect()
}

fn advisors() -> Workspace {
    Workspace::of(&Path::new(ROOT).join("tests/fixtures/advisors"))
}

fn group(more: &str) -> String {
    format!(
        "id = 'g'\ntime-zone = 'America/Guatemala'\ncountries = ['CR', 'GT', 'HN', 'PA']\npresidency = 'a'\nsecretariat = 'b'\n\
         name = {{ es = 'Grupo', en = 'Group' }}\n{more}\n\
         [parties.a]\nkind = 'municipality'\ncountry = 'GT'\nmember = true\nname = {{ es = 'Alfa', en = 'Alpha' }}\n\
         [parties.b]\ntime-zone = 'Europe/Madrid'\nname = {{ es = 'Beta', en = 'Beta' }}\n"
    )
}

fn session(number: u32, date: &str, hour: &str, zone: &str) -> String {
    format!(
        "id = 's{number}'\nnumber = {number}\ndate = {date}\ntime-zone = '{zone}'\nmoderator = 'a'\njoin-link = 'https://example.org/x'\n\
         title = {{ es = 'Sesión {number}', en = 'Session {number}' }}\n\
         [[slots]]\nstart = {hour}\nminutes = 60\ntitle = {{ es = 'Uno', en = 'One' }}\nspeakers = ['b']\n"
    )
}

const HOME: &str = "America/Guatemala";

#[test]
fn the_shift_of_30_october_2022_names_whom_it_touches() {
    let workspace = advisors();
    let run = workspace.convoca("en", &["check", "--today", "2022-10-01", "--format", "json"]);
    assert_eq!(run.status, Some(0));
    let told: Vec<&str> = run.stdout.lines().filter(|line| line.contains("no longer at")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(run.stdout.contains("session 3 is at 17:00 for NET and Agency, no longer at 18:00"));
    assert!(run.stdout.contains("session 3 is at 10:00 for Academy, no longer at 11:00"));
    assert!(run.stdout.contains("the clocks change on Sunday 30 October 2022 (Mexico City)"));
}

#[test]
fn documents_carry_the_advisors_hours_and_the_note() {
    let workspace = advisors();
    assert_eq!(workspace.convoca("es", &["build", "--today", "2022-10-01"]).status, Some(0));
    let read = |name: &str| std::fs::read_to_string(workspace.path().join("out/public/es").join(name)).unwrap();
    let second = read("agenda-2-session-2.md");
    assert!(second.contains("11:00 Panamá · 18:00 Barcelona, Ginebra · 11:00 Ciudad de México · 16:00 UTC"), "{second}");
    assert!(!second.contains("la hora cambia"), "{second}");
    let third = read("agenda-3-session-3.md");
    assert!(third.contains("11:00 Panamá · 17:00 Barcelona, Ginebra · 10:00 Ciudad de México · 16:00 UTC"), "{third}");
    let note = "Barcelona y Ginebra: 17:00, y ya no 18:00 como en la sesión 2; la hora cambia el domingo 30 de octubre de 2022.";
    assert!(third.contains(note), "{third}");
    for name in ["programa.md", "programa.html", "agenda-3-session-3.txt"] {
        let text = read(name).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("la hora cambia el domingo"), "{name}");
    }
    let calendar = read("agenda-3-session-3.ics").replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";");
    assert!(calendar.contains("11:00 Panamá · 17:00 Barcelona, Ginebra · 10:00 Ciudad de México · 16:00 UTC"), "{calendar}");
    assert!(calendar.contains(note), "{calendar}");
    let json = std::fs::read_to_string(workspace.path().join("out/public/programme.json")).unwrap();
    let programme: serde_json::Value = serde_json::from_str(&json).unwrap();
    let elsewhere = &programme["sessions"][2]["elsewhere"];
    assert_eq!(elsewhere[0]["start"], "2022-10-31T17:00:00");
    assert_eq!(elsewhere[2]["place"]["es"], "Ciudad de México");
    assert_eq!(elsewhere[2]["utcOffset"], -360);
}

#[test]
fn hours_can_be_written_as_each_country_writes_them() {
    let workspace = advisors();
    let path = workspace.sessions().join("group.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    workspace.write("group.toml", text.replacen("presidency", "hours = \"country\"\npresidency", 1));
    workspace.convoca("es", &["build", "--today", "2022-10-01"]);
    let agenda = std::fs::read_to_string(workspace.path().join("out/public/es/agenda-2-session-2.md")).unwrap();
    assert!(
        agenda.contains(
            "10:00\u{a0}a.\u{a0}m. Costa Rica, Guatemala, Honduras · 11:00\u{a0}a.\u{a0}m. Panamá · 18:00\u{a0}h Barcelona"
        ),
        "{agenda}"
    );
    for hours in ["10:00–10:30\u{a0}a.\u{a0}m.", "11:00–11:30\u{a0}a.\u{a0}m. Panamá", "18:00–18:30\u{a0}h Barcelona"] {
        assert!(agenda.contains(hours), "{hours}: {agenda}");
    }
    let third = std::fs::read_to_string(workspace.path().join("out/public/es/agenda-3-session-3.md")).unwrap();
    assert!(third.contains("17:00\u{a0}h, y ya no 18:00\u{a0}h como en la sesión 2"), "{third}");
    let calendar = std::fs::read_to_string(workspace.path().join("out/public/es/agenda-2-session-2.ics")).unwrap();
    assert!(calendar.replace("\r\n ", "").contains("11:00\u{a0}a.\u{a0}m. Panamá"), "{calendar}");
}

#[test]
fn a_letter_is_by_the_clock_of_whoever_reads_it() {
    let workspace = advisors();
    let group = std::fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    let people = "\n[people.ana]\nname = \"Ana\"\nparty = \"network\"\ntime-zone = \"America/Panama\"\n";
    workspace.write("group.toml", group + people);
    let third = std::fs::read_to_string(workspace.sessions().join("3.toml")).unwrap();
    let joining = "place = { es = \"Salón\", en = \"Hall\" }\njoin-link = \"https://meet.example.org/c\"\nmoderator = \"ana\"";
    workspace.write("3.toml", third.replacen("moderator = \"esquipulas\"", joining, 1));
    assert_eq!(workspace.convoca("en", &["build", "--today", "2022-10-01"]).status, Some(0));
    let letter = |name: &str| std::fs::read_to_string(workspace.path().join("out/private/en/letters").join(name)).unwrap();
    let network = letter("network.md");
    assert!(network.contains("| Time (Barcelona) |") && network.contains("18:00–19:30 UTC+2"), "{network}");
    assert!(network.contains("17:00–18:30 UTC+1") && network.contains("Place: Hall"), "{network}");
    assert!(network.contains("Barcelona: 17:00, no longer 18:00 as in session 2"), "{network}");
    assert!(network.contains("https://meet.example.org/c") && !network.contains("Mexico City"), "{network}");
    let ana = letter("ana.md");
    assert!(ana.contains("| Time (Panama) |") && ana.contains("11:00–12:30 |") && !ana.contains("UTC"), "{ana}");
}

#[test]
fn every_kind_of_clock_change_between_sessions() {
    // Zone of the sessions, two days, what is said: Europe and the Americas change on other Sundays (2026, 2027).
    for (zone, first, second, told) in [
        (HOME, "2026-03-24", "2026-03-30", vec!["session 2 is at 18:00 for Beta, no longer at 17:00"]),
        (HOME, "2026-10-21", "2026-10-28", vec!["session 2 is at 17:00 for Beta, no longer at 18:00"]),
        (HOME, "2027-03-10", "2027-03-17", vec![]),
        (HOME, "2027-11-03", "2027-11-10", vec![]),
        // The sessions' own clock changes: it is the members who must come at another hour.
        (
            "America/New_York",
            "2027-03-10",
            "2027-03-17",
            vec![
                "session 2 is at 08:00 for Alpha (Guatemala), no longer at 09:00",
                "session 2 is at 15:00 for Beta, no longer at 16:00",
            ],
        ),
        ("Europe/Madrid", "2027-10-27", "2027-11-03", vec!["session 2 is at 03:00 for Alpha (Guatemala), no longer at 02:00"]),
    ] {
        let files = [
            ("group.toml", group("")),
            ("1.toml", session(1, first, "10:00", zone)),
            ("2.toml", session(2, second, "10:00", zone)),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(said(&findings(&files, "2026-01-01"), "clock-shift"), told, "{zone} {first}");
    }
}

#[test]
fn a_place_where_phones_with_old_rules_are_wrong_is_told_with_the_hour_in_utc() {
    let workspace = Workspace::of(&Path::new(ROOT).join("tests/fixtures/advisors"));
    let group = std::fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    workspace.write("group.toml", group.replace("America/Mexico_City", "America/Vancouver"));
    let session = std::fs::read_to_string(workspace.sessions().join("1.toml")).unwrap();
    workspace.write("1.toml", session.replace("2022-10-27", "2027-01-12"));
    for day in ["2", "3"] {
        std::fs::remove_file(workspace.sessions().join(format!("{day}.toml"))).unwrap();
    }
    let run = workspace.convoca("en", &["build", "--today", "2022-10-01"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let agenda = std::fs::read_to_string(workspace.path().join("out/public/en/agenda-1-session-1.md")).unwrap();
    let note = "Vancouver: the right hour is 09:00 (16:00 UTC); a phone without updates may show 08:00.";
    assert!(agenda.contains(note), "{agenda}");
}

#[test]
fn holidays_of_the_tables_and_of_the_group() {
    let check = |more: &str, date: &str| {
        let (group, session) = (group(more), session(1, date, "08:00", HOME));
        said(&findings(&[("group.toml", &group), ("1.toml", &session)], "2022-01-01"), "public-holiday")
    };
    assert_eq!(check("", "2027-10-07"), ["session 1 falls on Semana Morazánica in Honduras"]);
    assert_eq!(check("", "2022-07-04"), ["session 1 falls on Army Day in Guatemala"]);
    assert_eq!(check("", "2022-06-30"), Vec::<String>::new(), "moved to the Monday");
    assert_eq!(check("", "2027-12-06"), ["session 1 falls on Constitution Day in Spain"]);
    assert_eq!(check("", "2027-12-07"), Vec::<String>::new());
    assert_eq!(check("", "2027-12-09"), Vec::<String>::new());
    let feast = "[[holidays]]\ndate = 2020-02-11\nyearly = true\nname = { es = 'Feria', en = 'Fair' }\nparties = ['a']";
    assert_eq!(check(feast, "2027-02-11"), ["session 1 falls on Fair in Alpha (Guatemala)"]);
    assert_eq!(check(feast, "2027-02-12"), Vec::<String>::new());
    let worked = "[[holidays]]\ndate = 2027-10-07\nworking = true\ncountries = ['HN']";
    assert_eq!(check(worked, "2027-10-07"), Vec::<String>::new());
    let (group, later) = (group(""), session(1, "2031-03-04", "08:00", HOME));
    let found = findings(&[("group.toml", &group), ("1.toml", &later)], "2022-01-01");
    assert_eq!(said(&found, "public-holiday"), Vec::<String>::new());
    let told: Vec<&str> = found.iter().flat_map(|finding| &finding.labels).map(|label| &*label.text.en).collect();
    assert_eq!(told, ["no table of holidays for Costa Rica, Guatemala, Honduras, Panama and Spain in 2031"]);
}

#[test]
fn working_hours_absences_and_notice() {
    let check = |more: &str, date: &str, hour: &str, today: &str, rule: &str| {
        let (group, session) = (group(more), session(1, date, hour, HOME));
        said(&findings(&[("group.toml", &group), ("1.toml", &session)], today), rule)
    };
    let hours = "outside-working-hours";
    assert_eq!(check("", "2027-03-02", "09:00", "2027-01-01", hours), Vec::<String>::new());
    assert_eq!(check("", "2027-03-02", "11:00", "2027-01-01", hours), ["session 1 is on Tuesday from 18:00 to 19:00 for Beta"]);
    assert_eq!(check("", "2027-03-06", "09:00", "2027-01-01", hours).len(), 2, "a Saturday, for both");
    let early = "[working-hours]\nGT = { start = 07:00, end = 09:30 }";
    assert_eq!(
        check(early, "2027-03-02", "09:00", "2027-01-01", hours),
        ["session 1 is on Tuesday from 09:00 to 10:00 for Alpha (Guatemala)"]
    );
    let absent = "[people.p]\nname = 'P'\nparty = 'b'";
    assert_eq!(check(absent, "2027-03-02", "09:00", "2027-01-01", "stated-absence"), Vec::<String>::new());
    let notice = |today| check("notice-days = 10", "2027-03-02", "09:00", today, "late-notice");
    assert_eq!(notice("2027-02-25"), Vec::<String>::new(), "nothing is missing");
}

#[test]
fn what_makes_no_sense_is_told_where_it_stands() {
    for (more, told) in [
        ("[[holidays]]\ndate = 2027-01-01", "this holiday has no name"),
        ("[[holidays]]\ndate = 2027-02-30\nname = { es = 'X', en = 'Y' }", ""),
        ("[working-hours]\nGT = { start = 10:00, end = 10:00 }", "these hours end before they begin"),
        ("[working-hours]\nXX = { start = 10:00, end = 11:00 }", "unknown country `XX`"),
        (
            "[parties.c]\nname = { es = 'C', en = 'C' }\nunavailable = [{ from = 2027-05-02, to = 2027-05-01 }]",
            "this absence ends before it begins",
        ),
        ("[parties.c]\nname = { es = 'C', en = 'C' }\nunavailable = [{ reason = 'x' }]", "this absence says no day and no hour"),
        ("[parties.c]\nname = { es = 'C', en = 'C' }\ntime-zone = 'Europe/Barcelona'", "unknown time zone `Europe/Barcelona`"),
        ("[parties.c]\nname = { es = 'C', en = 'C' }\ncountry = 'MX'", "Mexico has 12 time zones: say which"),
    ] {
        let found = findings(&[("group.toml", &group(more))], "2027-01-01");
        assert!(found.iter().any(|finding| finding.message.en.contains(told)), "{more}: {found:?}");
    }
}
