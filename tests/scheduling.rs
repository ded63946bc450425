//! Finding dates and moving sessions, against what can be counted by hand.

mod common;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use common::{Workspace, shipped};
use convoca::diagnostics::Sources;
use convoca::model::{Actor, PartyId, Programme};
use convoca::scheduling::{Finding, Request, find, holds};
use convoca::time::{Day, public_holiday};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn programme(group: &str) -> Programme {
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    let checked = convoca::check(&sources, day("2027-01-01"));
    assert_eq!(checked.findings.iter().map(|finding| &finding.message.en).collect::<Vec<_>>(), Vec::<&String>::new());
    checked.programme.unwrap()
}

const GROUP: &str = r#"
id = "group"
time-zone = "America/Guatemala"
countries = ["GT", "PA", "HN"]
name = { es = "Grupo", en = "Group" }
presidency = "a"
secretariat = "d"
[parties.a]
country = "GT"
member = true
name = { es = "A", en = "A" }
[parties.b]
country = "PA"
member = true
name = { es = "B", en = "B" }
[parties.c]
country = "HN"
member = true
name = { es = "C", en = "C" }
[parties.d]
time-zone = "Europe/Madrid"
name = { es = "D", en = "D" }
working-hours = { start = 09:00, end = 19:00 }
unavailable = [{ weekdays = ["lunes"] }, { from = 2027-10-20, to = 2027-10-22, start = 10:00, end = 20:00 }]
"#;

fn request(first: &str, last: &str) -> Request {
    Request {
        first: day(first),
        last: day(last),
        minutes: 90,
        sessions: 1,
        apart: 1,
        attending: (0..4).map(|index| Actor::Party(PartyId(index))).collect(),
        notice: 0,
        today: day("2027-01-01"),
        proposals: 3,
    }
}

/// Whether a session suits everybody of `GROUP`, worked out for each of them on its own.
fn suits(programme: &Programme, start: DateTime<Utc>, minutes: i64) -> bool {
    let end = start + TimeDelta::minutes(minutes);
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let everywhere = [("GT", 0, 8, 17), ("PA", 1, 8, 17), ("HN", 2, 8, 17), ("ES", 3, 9, 19)];
    everywhere.into_iter().all(|(country, party, opens, closes)| {
        let zone = programme.group.parties[party].zone.as_ref().unwrap();
        let (from, to) = (zone.local(start).time, zone.local(end).time);
        let works = from.date().weekday().num_days_from_monday() < 5
            && from.date() == to.date()
            && hour(opens) <= from.time()
            && to.time() <= hour(closes)
            && !matches!(public_holiday(country, from.date()), Day::Holiday(_));
        let away = party == 3
            && (from.weekday().num_days_from_monday() == 0
                || (day("2027-10-20")..=day("2027-10-22")).contains(&from.date())
                    && from.time() < hour(20)
                    && to.time() > hour(10));
        works && !away
    })
}

fn starts(found: &Finding) -> Vec<Vec<DateTime<Utc>>> {
    found.proposals.iter().map(|proposal| proposal.sessions.iter().map(|session| session.start).collect()).collect()
}

#[test]
fn three_dates_for_2027_in_one_question() {
    let programme = programme(GROUP);
    let found = find(&programme, &Request { sessions: 3, apart: 7, ..request("2027-10-01", "2027-11-15") });
    let local: Vec<String> = starts(&found)[0].iter().map(|start| programme.group.zone.local(*start).time.to_string()).collect();
    // 12 October is a holiday in Spain, from the 6th to the 8th in Honduras, 20 October in Guatemala; 31
    // October brings the change of clocks, and Mondays are not for D.
    assert_eq!(local, ["2027-10-01 09:30:00", "2027-10-13 09:30:00", "2027-10-26 09:30:00"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proposed_suits_everybody_and_what_is_refused_suits_nobody(
        offset in 0u64..700,
        length in 0u64..40,
        minutes in 15u32..240,
        sessions in 1usize..4,
        apart in 1usize..9,
    ) {
        let programme = programme(GROUP);
        let first = day("2026-06-01").checked_add_days(Days::new(offset)).unwrap();
        let last = first.checked_add_days(Days::new(length)).unwrap();
        let asked = Request { first, last, minutes, sessions, apart, today: day("2026-05-01"), ..request("2026-06-01", "2026-06-01") };
        let found = find(&programme, &asked);
        for series in starts(&found) {
            prop_assert_eq!(series.len(), sessions);
            for start in &series {
                prop_assert!(suits(&programme, *start, minutes.into()), "{}", start);
            }
            for pair in series.windows(2) {
                let days = |at: DateTime<Utc>| programme.group.zone.local(at).time.date();
                prop_assert!((days(pair[1]) - days(pair[0])).num_days() >= apart as i64);
            }
        }
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(6);
        let possible = |date: NaiveDate| (0..48).any(|half| suits(&programme, midnight(date) + TimeDelta::minutes(30 * half), minutes.into()));
        let mut free = 0;
        let mut next = first;
        for date in first.iter_days().take_while(|date| *date <= last) {
            if date >= next && possible(date) {
                free += 1;
                next = date.checked_add_days(Days::new(apart as u64)).unwrap();
            }
        }
        prop_assert_eq!(found.proposals.is_empty(), free < sessions, "{} free for {}", free, sessions);
    }
}

#[test]
fn when_nothing_fits_the_fewest_conditions_that_rule_it_out_are_named() {
    let programme = programme(GROUP);
    let clash = |request: &Request| -> Vec<String> {
        let found = find(&programme, request);
        assert!(found.proposals.is_empty());
        found.clash.iter().map(|text| text.en.to_string()).collect()
    };
    assert_eq!(clash(&request("2027-10-07", "2027-10-07")), ["holidays of Honduras"]);
    // Monday is not for D, but by then it is Tuesday in Madrid while the members sleep: only both
    // conditions together leave nothing.
    let hours = "working hours of Guatemala and Honduras (08:00–17:00, Monday to Friday)";
    assert_eq!(clash(&request("2027-10-11", "2027-10-11")), [hours, "D cannot attend"]);
    // From the 20th to the 22nd D has an hour of work left in the morning: too short for a session.
    let own = "working hours of D (09:00–19:00, Monday to Friday)";
    assert_eq!(clash(&request("2027-10-21", "2027-10-21")), [own, "D cannot attend"]);
    let early = Request { today: day("2027-10-01"), notice: 30, ..request("2027-10-01", "2027-10-20") };
    assert_eq!(clash(&early), ["a notice of 30 days"]);
    // Three sessions a month apart never go into a fortnight, whatever is dropped.
    assert_eq!(clash(&Request { sessions: 3, apart: 30, ..request("2027-11-01", "2027-11-15") }), Vec::<String>::new());
}

#[test]
fn a_year_outside_the_tables_is_told() {
    let programme = programme(GROUP);
    let found = find(&programme, &request("2031-03-03", "2031-03-07"));
    assert!(!found.proposals.is_empty());
    let told: Vec<&str> = found.not_checked.iter().map(|text| &*text.en).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&"no table of holidays for Honduras in 2031"));
}

#[test]
fn holds_are_read_back() {
    let programme = programme(GROUP);
    let request = Request { sessions: 2, ..request("2027-10-01", "2027-11-15") };
    let found = find(&programme, &request);
    let file = holds(&programme, &request, &found.proposals, convoca::locale::Lang::Es).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert_eq!(text.matches("STATUS:TENTATIVE").count(), 6);
    assert!(text.contains("DTSTART:20271001T153000Z"), "{text}");
}

#[test]
fn moving_keeps_comments_and_moves_every_hour() {
    let workspace = Workspace::of(&shipped());
    let path = workspace.sessions().join("3-roles-of-organizations.toml");
    let before = std::fs::read_to_string(&path).unwrap();
    let run = workspace.convoca("es", &["move", "3", "--to", "2022-11-02 09:30", "--today", "2022-10-05"]);
    assert_eq!((run.status, std::fs::read_to_string(&path).unwrap()), (Some(0), before.clone()), "nothing is written unasked");
    let run = workspace.convoca("es", &["move", "3", "--to", "2022-11-02 09:30", "--write", "--today", "2022-10-05"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let after = std::fs::read_to_string(&path).unwrap();
    let comments =
        |text: &str| text.lines().filter_map(|line| line.split_once('#')).map(|(_, words)| words.to_owned()).collect::<Vec<_>>();
    assert_eq!(comments(&before), comments(&after));
    assert!(after.contains("date = 2022-11-02\nrevised = 2022-10-05\nweekday = \"miércoles\""), "{after}");
    assert!(after.contains("start = 09:30\nend = 11:00"));
    assert_eq!(before.matches("minutes = ").count(), after.matches("minutes = ").count());
    // Back again: all but the day of revision is as it was.
    workspace.convoca("es", &["move", "3", "--to", "2022-10-31 10:00", "--write", "--today", "2022-10-05"]);
    let back = std::fs::read_to_string(&path).unwrap();
    assert_eq!(back.replace("revised = 2022-10-05\n", ""), before);
}

const PINNED: &str = r#"id = "session"
number = 4
date = 2022-11-07
start = 10:00
end = 11:00
moderator = "esquipulas"
title = { es = "Sesión", en = "Session" }

[[slots]]
start = "10:00"   # entre comillas, y así se queda
minutes = 20
title = { es = "Uno", en = "One" }
speakers = ["esquipulas"]

[[slots]]
start = 10:30
end = 10:40
pinned = true
title = { es = "Fijo", en = "Pinned" }
speakers = ["unhcr"]

[[slots]]
start = 10:35
minutes = MINUTES
title = { es = "Tres", en = "Three" }
speakers = ["undp"]
"#;

#[test]
fn reflow_lays_slots_around_the_pinned_one() {
    let workspace = Workspace::of(&shipped());
    let path = workspace.write("4.toml", PINNED.replace("MINUTES", "20"));
    let run = workspace.convoca("en", &["reflow", "4", "--write", "--today", "2022-10-05"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let after = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        after,
        PINNED.replace("MINUTES", "20").replace("10:35", "10:40").replace("11-07\n", "11-07\nrevised = 2022-10-05\n")
    );
    // The pinned slot stays at 10:30 when the session moves to 10:20: what comes before runs into it.
    let run = workspace.convoca("en", &["move", "4", "--to", "10:20", "--write", "--today", "2022-10-05"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.contains("“Pinned” is pinned, and what comes before it runs 10 min into it"), "{}", run.stdout);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), after, "what does not fit is not written");
}

#[test]
fn slots_that_run_past_the_end_are_told_and_not_forced() {
    let workspace = Workspace::of(&shipped());
    let path = workspace.write("4.toml", PINNED.replace("MINUTES", "50"));
    let run = workspace.convoca("es", &["reflow", "4", "--write", "--today", "2022-10-05"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("los puntos se pasan 30 min de las 11:00"), "{}", run.stdout);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), PINNED.replace("MINUTES", "50"));
}

#[test]
fn impossible_questions_get_a_clear_answer() {
    let workspace = Workspace::of(&shipped());
    let cases: [(&[&str], &str, &str); 8] = [
        (&["when", "--days", "2027-10-05..2027-10-01"], "the range ends before it begins", "termina antes de comenzar"),
        (&["when", "--days", "2027-10-05..2047-10-01"], "longer than two years", "pasa de dos años"),
        (&["when", "--days", "octubre"], "2027-10-01..2027-11-15", "2027-10-01..2027-11-15"),
        (
            &["when", "--days", "2027-10-01..2027-10-05", "--duration", "0m"],
            "from 1 minute to 12 hours",
            "de 1 minuto a 12 horas",
        ),
        (&["when", "--days", "2027-10-01..2027-10-05", "--sessions", "0"], "not a value", "no sirve como valor"),
        (&["when", "--days", "2027-10-01..2027-10-05", "--with", "nobody"], "no party or person", "ninguna parte ni persona"),
        (&["move", "1", "--to", "2022-02-30"], "is not a value for `--to", "no sirve como valor de `--to"),
        (&["move", "7", "--to", "2022-10-30"], "there is no session `7`", "no existe la sesión `7`"),
    ];
    for (arguments, en, es) in cases {
        for (lang, words) in [("en", en), ("es", es)] {
            let run = workspace.convoca(lang, arguments);
            assert_eq!(run.status, Some(2), "{arguments:?}");
            assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        }
    }
}
