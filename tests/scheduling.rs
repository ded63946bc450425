//! Finding dates and moving sessions, against what can be counted by hand.

mod common;

use std::path::PathBuf;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use common::{Workspace, contents, shipped};
use convoca::diagnostics::Sources;
use convoca::model::{Actor, PartyId, Programme, Quorum};
use convoca::scheduling::{Request, SuitableDates, Wishes, find, holds};
use convoca::time::{Day, public_holiday};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn programme(group: &str) -> Programme {
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    let checked = convoca::check(&sources, day("2027-01-01"));
    let told = checked.findings.iter().filter(|finding| finding.check != "no-session").map(|finding| &finding.message.en);
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&String>::new());
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
        without_countries: Vec::new(),
        indispensable: Vec::new(),
        quorum: Quorum::default(),
        wishes: Wishes::default(),
        moving: None,
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
            && match public_holiday(country, from.date()) {
                Day::Off(off) if off.is_holiday() => off.from.is_some_and(|noon| to.time() <= noon),
                _ => true,
            };
        let away = party == 3
            && (from.weekday().num_days_from_monday() == 0
                || (day("2027-10-20")..=day("2027-10-22")).contains(&from.date())
                    && from.time() < hour(20)
                    && to.time() > hour(10));
        works && !away
    })
}

fn starts(found: &SuitableDates) -> Vec<Vec<DateTime<Utc>>> {
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

#[test]
fn the_morning_of_half_a_holiday_is_free_and_holy_week_only_where_nothing_else_is() {
    let group = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }\n[parties.a]\nname = { es = 'A', en = 'A' }\nmember = true\ncountry = 'GT'\n";
    let programme = programme(group);
    let attending = vec![Actor::Party(PartyId(0))];
    let found = |first: &str, last: &str, minutes| {
        let asked = Request { first: day(first), last: day(last), minutes, attending: attending.clone(), ..request(first, last) };
        let found = find(&programme, &Request { today: day("2026-05-01"), ..asked });
        starts(&found).concat().iter().map(|start| programme.group.zone.local(*start).time.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("2026-12-24", "2026-12-24", 90)[0], "2026-12-24 10:00:00");
    assert_eq!(found("2026-12-24", "2026-12-24", 300), Vec::<String>::new());
    // From Monday of Holy Week to the Monday after Easter: offices are half empty until Tuesday.
    assert_eq!(found("2027-03-22", "2027-03-29", 90)[0], "2027-03-29 10:00:00");
    assert_eq!(found("2027-03-22", "2027-03-23", 90)[0], "2027-03-22 10:00:00");
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
        found.clash.iter().map(|obstacle| obstacle.text.en.to_string()).collect()
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
fn a_condition_that_is_given_up_buys_a_date() {
    let programme = programme(GROUP);
    let found = find(&programme, &request("2027-10-07", "2027-10-08"));
    let bought = |index: usize| {
        let proposal = found.clash[index].buys.as_ref()?;
        Some(programme.group.zone.local(proposal.sessions[0].start).time.to_string())
    };
    assert_eq!((found.clash.len(), bought(0).as_deref()), (1, Some("2027-10-07 09:30:00")));
}

#[test]
fn member_countries_count_though_no_party_of_theirs_attends() {
    let group = "id = 'g'\ntime-zone = 'America/Guatemala'\ncountries = ['CR', 'GT', 'HN', 'PA']\nname = { es = 'G', en = 'G' }\n[parties.a]\nname = { es = 'A', en = 'A' }\nmember = true\ncountry = 'GT'\n";
    let programme = programme(group);
    let asked = Request { attending: vec![Actor::Party(PartyId(0))], ..request("2027-11-03", "2027-11-03") };
    let found = find(&programme, &asked);
    assert_eq!(found.clash.iter().map(|obstacle| &*obstacle.text.es).collect::<Vec<_>>(), ["feriados de Panamá"]);
    let without = find(&programme, &Request { without_countries: vec!["PA"], ..asked });
    assert_eq!(without.proposals.len(), 1);
}

#[test]
fn a_member_of_a_group_with_one_country_is_in_it() {
    let group = "id = 'g'\ntime-zone = 'America/Guatemala'\ncountries = ['GT']\nname = { es = 'G', en = 'G' }\n[parties.a]\nname = { es = 'A', en = 'A' }\nmember = true\n";
    let programme = programme(group);
    let asked = Request { attending: vec![Actor::Party(PartyId(0))], ..request("2027-09-12", "2027-09-15") };
    let days: Vec<u32> = starts(&find(&programme, &asked)).concat().iter().map(|start| start.day()).collect();
    assert_eq!(days, [13, 14], "neither Sunday nor Independence Day");
}

#[test]
fn wishes_rule_out_all_else_and_are_the_first_to_be_given_up() {
    use chrono::Weekday::{Thu, Tue};
    let programme = programme(GROUP);
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    let wishes =
        Wishes { from: hour(8), to: hour(10), weekdays: vec![Tue, Thu], except: vec![(day("2027-10-05"), day("2027-10-11"))] };
    let found = find(&programme, &Request { wishes: wishes.clone(), ..request("2027-10-01", "2027-10-31") });
    let local: Vec<String> =
        starts(&found).concat().iter().map(|start| programme.group.zone.local(*start).time.to_string()).collect();
    // 12 October is a holiday in Spain, the 20th in Guatemala; the 14th, 19th, 26th and 28th are left.
    assert!(!local.is_empty());
    for start in &local {
        assert!(["2027-10-14", "2027-10-19", "2027-10-26", "2027-10-28"].contains(&&start[..10]), "{local:?}");
        assert!(["08:00:00", "08:30:00"].contains(&&start[11..]), "{local:?}");
    }
    let found = find(&programme, &Request { wishes: Wishes { from: hour(18), ..wishes }, ..request("2027-10-01", "2027-10-31") });
    assert!(found.proposals.is_empty());
    assert_eq!(found.clash[0].text.en, "the wish: from 18:00 to 10:00");
}

#[test]
fn proposals_are_spread_where_that_costs_nothing() {
    let programme = programme(GROUP);
    let found = find(&programme, &request("2027-08-02", "2027-08-31"));
    let days: Vec<NaiveDate> =
        starts(&found).concat().iter().map(|start| programme.group.zone.local(*start).time.date()).collect();
    assert_eq!(days.len(), 3);
    for (index, one) in days.iter().enumerate() {
        for other in &days[index + 1..] {
            assert!((*other - *one).num_days().abs() >= 5, "{days:?}");
        }
    }
}

/// Everybody of `GROUP` counted one by one, for every start that a quorum would allow.
#[test]
fn where_nothing_suits_everybody_a_quorum_is_found_and_who_is_missing_is_told() {
    let programme = programme(GROUP);
    let asked = Request {
        quorum: Quorum { parties: Some(2), countries: None },
        attending: (0..3).map(|index| Actor::Party(PartyId(index))).collect(),
        indispensable: vec![Actor::Party(PartyId(0))],
        ..request("2027-10-07", "2027-10-07")
    };
    // Honduras is on holiday: Guatemala, which presides, and Panama can.
    let found = find(&programme, &asked);
    assert_eq!(found.clash.len(), 1);
    assert_eq!(found.proposals.len(), 1);
    let against: Vec<&str> = found.proposals[0].sessions[0].against.iter().map(|text| &*text.en).collect();
    assert_eq!(against[0], "would be missing: C", "{against:?}");
    // Whoever presides is not missed: Guatemala's own holiday stays ruled out.
    let own = find(&programme, &Request { first: day("2027-10-20"), last: day("2027-10-20"), ..asked.clone() });
    assert!(own.proposals.is_empty());
    // All three are a quorum that Honduras' holiday breaks.
    let all = Request { quorum: Quorum { parties: Some(3), countries: None }, ..asked.clone() };
    assert!(find(&programme, &all).proposals.is_empty());
    let countries = Request { quorum: Quorum { parties: None, countries: Some(3) }, ..asked };
    assert!(find(&programme, &countries).proposals.is_empty());
}

#[test]
fn a_session_on_a_day_on_which_a_member_cannot_come_is_told_though_it_has_no_role() {
    let mut sources = Sources::default();
    sources.add("group.toml", GROUP.replace("[parties.b]", "[parties.b]\nunavailable = [{ weekdays = ['martes'] }]"));
    let session = |day: &str, status: &str| {
        format!(
            "id = 's'\nnumber = 1\ndate = {day}\nstart = '10:00'\nminutes = 60\nmoderator = 'a'\nstatus = '{status}'\ntitle = {{ es = 'S', en = 'S' }}\n[[slots]]\nstart = '10:00'\nminutes = 60\nspeakers = ['a']\ntitle = {{ es = 'P', en = 'P' }}\n"
        )
    };
    let told = |text: String| {
        let mut sources = sources.clone();
        sources.add("1.toml", text);
        let found = convoca::check(&sources, day("2027-01-01")).findings;
        found
            .iter()
            .filter(|finding| finding.check == "stated-absence")
            .map(|finding| finding.message.es.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        told(session("2027-10-26", "confirmed")),
        ["B no puede asistir a la sesión 1, el martes 26 de octubre de 2027 a las 11:00 de su hora"]
    );
    assert_eq!(told(session("2027-10-27", "confirmed")), Vec::<String>::new());
    assert_eq!(told(session("2027-10-26", "cancelled")), Vec::<String>::new());
}

#[test]
fn constraints_that_cannot_be_read_are_shown_and_nothing_is_proposed() {
    let workspace = Workspace::with_group(
        "id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\nname = { es = \"G\", en = \"G\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\ncountry = \"GT\"\nunavailable = [{ weekdays = [\"viernez\"] }]\n",
    );
    let run = workspace.convoca("es", &["when", "--days", "2027-03-05..2027-03-05", "--today", "2027-01-01"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    assert!(run.stdout.contains("viernez") && !run.stdout.contains("Propuesta"), "{}", run.stdout);
    assert!(run.stderr.contains("no se proponen fechas"), "{}", run.stderr);
}

#[test]
fn a_member_without_a_country_is_asked_about() {
    let group = "id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\", \"PA\"]\nname = { es = \"G\", en = \"G\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n";
    let workspace = Workspace::with_group(group);
    let when = ["when", "--days", "2027-03-05..2027-03-08", "--today", "2027-01-01"];
    let run = workspace.convoca("es", &when);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("¿en qué país está Capital?"), "{}", run.stderr);
    let run = workspace.convoca("es", &[&when[..], &["--without", "capital"]].concat());
    assert_eq!(run.status, Some(0), "{run:?}");
}

#[test]
fn days_and_wishes_are_typed_as_people_write_them() {
    let workspace = Workspace::of(&shipped());
    let when = |arguments: &[&str]| {
        let run = workspace.convoca("es", &[&["when", "--today", "2027-09-01"], arguments].concat());
        (run.status, run.stdout + &run.stderr)
    };
    let (status, shown) = when(&[
        "--days",
        "octubre de 2027",
        "--horas",
        "9 a. m. a 12 m.",
        "--dias-de-semana",
        "martes,jueves",
        "--excepto",
        "5/10/2027..12/10/2027",
    ]);
    assert_eq!(status, Some(2), "{shown}");
    assert!(shown.contains("puede ser"), "{shown}");
    let (status, shown) = when(&[
        "--days",
        "octubre de 2027",
        "--horas",
        "9 a. m. a 12 m.",
        "--dias-de-semana",
        "martes,jueves",
        "--excepto",
        "2027-10-05..2027-10-12",
    ]);
    assert_eq!(status, Some(0), "{shown}");
    assert!(shown.contains("jueves 14 de octubre"), "{shown}");
    let (status, shown) =
        when(&["--days", "octubre de 2027", "--no-antes", "20 de octubre de 2027", "--with", "unhcr", "--with", "undp"]);
    assert_eq!(status, Some(0), "{shown}");
    assert!(!shown.contains(" 1 de octubre"), "{shown}");
    let (_, shown) = when(&["--days", "2027-09-01..2027-09-01"]);
    assert!(shown.contains("los días que ya pasaron, y hoy"), "{shown}");
    let (status, shown) = when(&["--days", "2027-09-01..2027-09-01", "--notice", "0"]);
    assert_eq!(status, Some(0), "{shown}");
    let (status, shown) = when(&["--days", "3/11/2027..3/11/2027"]);
    assert_eq!(status, Some(2), "{shown}");
    let (status, shown) = when(&["--days", "2027-11-03", "--without", "Panamá"]);
    assert_eq!(status, Some(0), "{shown}");
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
    // What is published has an organizer (RFC 5546 §3.2.1); where there is none, it is only kept.
    assert!(!text.contains("METHOD") && !text.contains("ORGANIZER"), "{text}");
    let organizer = "organizer = { party = 'tec', email = 'tec@example.org' }\n";
    let group = format!("{organizer}{GROUP}\n[parties.tec]\nname = {{ es = 'Equipo', en = 'Team' }}\n");
    let file = holds(&self::programme(&group), &request, &found.proposals, convoca::locale::Lang::Es).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("METHOD:PUBLISH\r\n"), "{text}");
    assert_eq!(text.matches("ORGANIZER;CN=Equipo:mailto:tec@example.org\r\n").count(), 6, "{text}");
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
    assert!(after.contains("start = \"09:30\"\nend = \"11:00\""));
    assert_eq!(before.matches("minutes = ").count(), after.matches("minutes = ").count());
    // Back again: all but the day of revision is as it was.
    workspace.convoca("es", &["move", "3", "--to", "2022-10-31 10:00", "--write", "--today", "2022-10-05"]);
    let back = std::fs::read_to_string(&path).unwrap();
    assert_eq!(back.replace("revised = 2022-10-05\n", ""), before);
}

#[test]
fn several_sessions_move_together_and_the_last_write_is_taken_back() {
    let workspace = Workspace::of(&shipped());
    let texts = || {
        let read = |name| std::fs::read_to_string(workspace.sessions().join(name)).unwrap();
        [read("2-cities-of-solidarity.toml"), read("3-roles-of-organizations.toml")]
    };
    let before = texts();
    let run = workspace.convoca("en", &["move", "2..", "--by", "7d", "--write", "--today", "2022-10-05"]);
    assert!(run.stdout.contains("+ revised = 2022-10-05\n") && !run.stdout.contains("- revised"), "{}", run.stdout);
    let moved = texts();
    for (before, moved) in before.iter().zip(&moved) {
        let day = |text: &str| {
            let date = text.lines().find_map(|line| line.strip_prefix("date = ")).unwrap().to_owned();
            date[..10].parse::<chrono::NaiveDate>().unwrap()
        };
        assert_eq!(day(moved) - day(before), chrono::TimeDelta::days(7));
    }
    let run = workspace.convoca("en", &["undo"]);
    assert_eq!((run.status, texts()), (Some(0), before.clone()), "{run:?}");
    assert!(run.stdout.contains("- revised = 2022-10-05\n"), "{}", run.stdout);
    let run = workspace.convoca("es", &["deshacer", "--rehacer"]);
    assert!(run.stderr.contains("rehecho: ") && !run.stderr.contains("deshecho"), "{}", run.stderr);
    assert_eq!(texts(), moved);
    // What somebody changed since stays, and so does the rest.
    let path = workspace.sessions().join("3-roles-of-organizations.toml");
    std::fs::write(&path, format!("{}# mine\n", moved[1])).unwrap();
    let run = workspace.convoca("es", &["deshacer"]);
    assert_eq!((run.status, &texts()[0]), (Some(2), &moved[0]));
    assert!(run.stderr.contains("cambió después"), "{}", run.stderr);
    let run = workspace.convoca("es", &["move", "1", "--to", "lunes 7 de noviembre, 9:30 a. m.", "--today", "2022-10-05"]);
    assert!(run.stdout.contains("+ date = 2022-11-07\n") && run.stdout.contains("+ start = \"09:30\"\n"), "{run:?}");
}

#[test]
fn each_undo_takes_back_one_write_more() {
    let workspace = Workspace::of(&shipped());
    let read = || std::fs::read_to_string(workspace.sessions().join("2-cities-of-solidarity.toml")).unwrap();
    let mut states = vec![read()];
    for _ in 0..12 {
        workspace.convoca("en", &["move", "2", "--by", "1d", "--write", "--today", "2022-10-05"]);
        states.push(read());
    }
    for before in states.iter().rev().skip(1) {
        let run = workspace.convoca("es", &["deshacer"]);
        assert_eq!((run.status, &read()), (Some(0), before), "{run:?}");
        assert!(run.stderr.contains("deshecho: ") && run.stderr.contains("`convoca deshacer --rehacer`"), "{}", run.stderr);
    }
    let run = workspace.convoca("en", &["undo"]);
    assert_eq!(run.status, Some(2), "{run:?}");
    for after in &states[1..3] {
        let run = workspace.convoca("en", &["undo", "--redo"]);
        assert_eq!((run.status, &read()), (Some(0), after), "{run:?}");
        assert!(run.stderr.contains("done again: "), "{}", run.stderr);
    }
    // What is written now stands where the rest of it stood.
    workspace.convoca("en", &["move", "2", "--by", "7d", "--write", "--today", "2022-10-05"]);
    let run = workspace.convoca("es", &["deshacer", "--rehacer"]);
    assert!(run.status == Some(2) && run.stderr.contains("no hay nada que rehacer"), "{run:?}");
    workspace.convoca("en", &["undo"]);
    assert_eq!(read(), states[2]);
    workspace.convoca("en", &["undo"]);
    assert_eq!(read(), states[1]);
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
        PINNED
            .replace("MINUTES", "20")
            .replace("start = 10:35", "start = \"10:40\"")
            .replace("11-07\n", "11-07\nrevised = 2022-10-05\n")
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
fn five_years_are_no_longer_than_a_range_may_be() {
    let workspace = Workspace::of(&shipped());
    let arguments = ["when", "--days", "2026-01-01..2030-12-31", "--sessions", "10", "--apart", "120", "--today", "2025-10-05"];
    let run = workspace.convoca("en", &arguments);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.stdout.contains("1.10"), "{}", run.stdout);
}

#[test]
fn impossible_questions_get_a_clear_answer() {
    let workspace = Workspace::of(&shipped());
    let cases: [(&[&str], &str, &str); 12] = [
        (&["when", "--days", "2027-10-05..2027-10-01"], "the range ends before it begins", "termina antes de comenzar"),
        (&["when", "--days", "2027-10-05..2047-10-01"], "longer than five years", "pasa de cinco años"),
        (&["when", "--days", "otoño"], "2027-10-01..2027-11-15", "2027-10-01..2027-11-15"),
        (
            &["when", "--days", "2027-10-01..2027-10-05", "--duration", "0m"],
            "from 1 minute to 12 hours",
            "de 1 minuto a 12 horas",
        ),
        (&["when", "--days", "2027-10-01..2027-10-05", "--sessions", "0"], "not a value", "no sirve como valor"),
        (
            &["when", "--days", "2027-10-01..2027-10-05", "--with", "nobody"],
            "no organisation or person",
            "ninguna organización ni persona",
        ),
        (&["move", "1", "--to", "2022-02-30"], "is not understood as a day", "no se entiende como día"),
        (
            &["move", "1", "--to", "5/11/2022", "--today", "2022-10-05"],
            "`5/11/2022` may be Saturday 5 November 2022 or Wednesday 11 May 2022",
            "puede ser sábado 5 de noviembre de 2022 o miércoles 11 de mayo de 2022",
        ),
        (&["move", "1..", "--to", "2022-11-02"], "cannot all go to", "no pueden ir todas al"),
        (&["move", "1", "--by", "7x"], "is not a value for `--by", "no sirve como valor de `--por"),
        (&["undo"], "there is nothing to take back", "no hay nada que deshacer"),
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

#[test]
fn members_are_asked_and_their_answers_make_a_grid() {
    let workspace = Workspace::of(&shipped());
    let group = std::fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    let mut members = 0;
    let addressed = group.split("member = true").map(|part| {
        members += 1;
        format!("{part}email = \"m{members}@example.org\"\nmember = true")
    });
    let addressed: String = addressed.collect();
    workspace.write("group.toml", addressed.rsplit_once("email = ").unwrap().0);
    let when = ["when", "--days", "octubre de 2027", "--today", "2027-09-01"];
    let none = workspace.convoca("es", &["when", "--answers", "--today", "2027-09-01"]);
    assert!(none.status == Some(2) && none.stderr.contains("--encuesta"), "{none:?}");
    let asked = workspace.convoca("es", &[&when[..], &["--encuesta", "encuesta"]].concat());
    assert_eq!(asked.status, Some(0), "{asked:?}");
    let mails: Vec<(PathBuf, Vec<u8>)> = contents(&workspace.path().join("encuesta"))
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|end| end == "eml"))
        .collect();
    assert!(mails.len() > 2, "{mails:?}");
    let parsed: Vec<_> = mails.iter().map(|(_, octets)| mail_parser::MessageParser::default().parse(octets).unwrap()).collect();
    let addresses: Vec<&str> = parsed.iter().map(|mail| mail.to().unwrap().first().unwrap().address().unwrap()).collect();
    for (mail, own) in parsed.iter().zip(&addresses) {
        let whole = format!("{}{}", mail.body_html(0).unwrap(), mail.body_text(0).unwrap());
        assert!(addresses.iter().all(|other| other == own || !whole.contains(other)), "nobody sees another's address");
        assert!(mail.body_html(0).unwrap().contains("mailto:"), "{whole}");
        assert!(!mail.body_text(0).unwrap().contains("%5B"), "plain text has no long addresses");
    }
    // One touches a link on a phone; another answers in words, from another address; a third says nothing of dates.
    let token =
        |mail: &mail_parser::Message<'_>| mail.subject().unwrap().rsplit('[').next().unwrap().trim_end_matches(']').to_owned();
    let html = parsed[0].body_html(0).unwrap();
    let link = html.split("mailto:").nth(1).unwrap().split('"').next().unwrap().split("subject=").nth(1).unwrap();
    let octets: Vec<u8> = link
        .split('%')
        .enumerate()
        .flat_map(|(index, part)| match index {
            0 => part.bytes().collect::<Vec<u8>>(),
            _ => [&[u8::from_str_radix(&part[..2], 16).unwrap()], &part.as_bytes()[2..]].concat(),
        })
        .collect();
    let subject = String::from_utf8(octets).unwrap();
    assert!(subject.starts_with("1 "), "{subject}");
    let folder = workspace.path().join("recibidos");
    std::fs::create_dir(&folder).unwrap();
    let answer = |name: &str, from: &str, subject: &str, text: &str, date: &str| {
        let mail = format!(
            "From: {from}\r\nTo: s@example.org\r\nSubject: {subject}\r\nDate: {date}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        );
        std::fs::write(folder.join(name), mail).unwrap();
    };
    let (monday, tuesday) = ("Mon, 30 Aug 2027 10:00:00 -0600", "Tue, 31 Aug 2027 10:00:00 -0600");
    answer("1.eml", addresses[0], &subject, "", monday);
    answer("2.eml", "otra@example.org", &format!("RE: fechas [{}]", token(&parsed[1])), "1 no, 2 sí, 3 si hace falta", monday);
    answer("3.eml", "otra@example.org", &format!("RE: fechas [{}]", token(&parsed[1])), "Perdón: 1 sí", tuesday);
    answer("4.eml", addresses[2], "Re: fechas [aaaaaaaaaaaa]", "1 sí", monday);
    let read = workspace.convoca("es", &["replies", "recibidos", "--today", "2027-09-01"]);
    assert_eq!(read.status, Some(0), "{read:?}");
    assert!(read.stdout.contains("2 sí, 3 si hace falta"), "{}", read.stdout);
    let again = workspace.convoca("es", &["replies", "recibidos", "--today", "2027-09-01"]);
    assert!(!again.stdout.contains("Fechas ·"), "{}", again.stdout);
    let grid = workspace.convoca("es", &["when", "--respuestas", "--today", "2027-09-01"]);
    assert_eq!(grid.status, Some(0), "{grid:?}");
    assert!(
        grid.stdout.contains("2 sí") && grid.stdout.contains("1 si hace falta") && grid.stdout.contains("aún sin respuesta"),
        "{}",
        grid.stdout
    );
    assert!(grid.stdout.contains("la mejor hasta ahora: 1,"), "{}", grid.stdout);
    let english = workspace.convoca("en", &["when", "--answers", "--today", "2027-09-01"]);
    assert!(english.stdout.contains("best so far: 1,"), "{}", english.stdout);
}

#[test]
fn what_runs_into_a_pinned_item_goes_on_behind_it() {
    let workspace = Workspace::of(&shipped());
    let item = |keys: &str, name: &str| {
        format!("\n[[slots]]\n{keys}\ntitle = {{ es = '{name}', en = '{name}' }}\nspeakers = [\"undp\"]\n")
    };
    let head = PINNED.split("[[slots]]").next().unwrap();
    let slots = [
        item("start = 10:00\nminutes = 50", "Long"),
        item("start = 10:30\nend = 10:40\npinned = true", "First"),
        item("start = 10:45\nend = 10:55\npinned = true", "Second"),
    ];
    workspace.write("4.toml", format!("{head}{}", slots.concat()));
    let run = workspace.convoca("en", &["reflow", "4", "--write", "--today", "2022-10-05"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    for told in [
        "“First” is pinned, and what comes before it runs 20 min into it",
        "“Second” is pinned, and what comes before it runs 5 min into it",
    ] {
        assert!(run.stdout.contains(told), "{}", run.stdout);
    }
}
