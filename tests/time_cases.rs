//! Small programmes with one thing wrong about their times, each with what is right to say and to do.

mod common;

use chrono::NaiveDate;
use common::Workspace;
use convoca::diagnostics::{Diagnostic, Level, Sources, apply_fixes};

const GROUP: &str = r#"id = "g"
time-zone = "America/Guatemala"
countries = ["GT"]
name = { es = "G", en = "G" }
[parties.capital]
name = { es = "Capital", en = "Capital" }
member = true
country = "GT"
[parties.port]
name = { es = "Puerto", en = "Port" }
member = true
country = "GT"
"#;

/// A session with keys of its own and items, each given by its hours.
fn session(keys: &str, items: &[&str]) -> String {
    let mut text = format!(
        "id = \"s\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = {{ es = \"S\", en = \"S\" }}\n{keys}\n"
    );
    for item in items {
        text.push_str(&format!("\n[[slots]]\n{item}\ntitle = {{ es = \"T\", en = \"T\" }}\nparticipants = \"all\"\n"));
    }
    text
}

fn check(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(*name, *text);
    }
    let findings = convoca::check(&sources, NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()).findings;
    (sources, findings)
}

/// What is found in a session, but for parties without a role.
fn found(session: &str) -> Vec<Diagnostic> {
    let (_, findings) = check(&[("group.toml", GROUP), ("s.toml", session)]);
    findings.into_iter().filter(|finding| finding.check != "unused-party").collect()
}

fn checks(findings: &[Diagnostic]) -> Vec<&str> {
    findings.iter().map(|finding| finding.check).collect()
}

fn mended(session: &str) -> String {
    let (sources, findings) = check(&[("group.toml", GROUP), ("s.toml", session)]);
    apply_fixes(&sources, &findings).first().map_or_else(|| session.to_owned(), |fixed| fixed.text.clone())
}

#[test]
fn a_wrong_start_is_not_mended_by_its_minutes() {
    let written = session(
        "",
        &["start = 10:00\nend = 10:30\nminutes = 30", "start = 10:50\nend = 11:00\nminutes = 30", "start = 11:00\nend = 11:10"],
    );
    let findings = found(&written);
    assert_eq!(checks(&findings), ["slot-duration"]);
    let mends: Vec<&str> = findings[0].mends.iter().map(|mend| &*mend.message.en).collect();
    assert!(mends[0].starts_with("start it at 10:30: 11:00 − 30 min = 10:30"), "{mends:?}");
    assert!(mends[1].starts_with("or declare 10 min"), "{mends:?}");
    let after = mended(&written);
    assert!(after == written || after == written.replace("10:50", "10:30"), "{after}");
}

#[test]
fn items_out_of_order_are_told_and_put_in_order() {
    let items = ["start = 11:00\nminutes = 30", "start = 10:30\nminutes = 30", "start = 11:30\nminutes = 30"];
    let written = session("", &items);
    let findings = found(&written);
    assert_eq!(checks(&findings), ["slot-order"]);
    assert_eq!(findings[0].level, Level::Error);
    assert_eq!(mended(&written), session("", &[items[1], items[0], items[2]]));
}

#[test]
fn nobody_means_an_item_of_a_whole_day() {
    let items = |end: &str| {
        let last = format!("start = \"18:50\"\nend = \"{end}\"\nminutes = 40");
        session(
            "",
            &["start = \"17:05\"\nend = \"17:50\"\nminutes = 45", "start = \"17:50\"\nend = \"18:50\"\nminutes = 60", &last],
        )
    };
    assert_eq!(mended(&items("18:30")), items("19:30"));
}

#[test]
fn start_and_end_in_each_other_s_place_are_seen_at_the_edge_of_an_agenda_too() {
    let items = |first: &str| {
        session(
            "",
            &[
                &format!("{first}\nminutes = 45"),
                "start = \"09:55\"\nend = \"11:25\"\nminutes = 90",
                "start = \"11:25\"\nend = \"11:40\"\nminutes = 15",
                "start = \"11:40\"\nend = \"13:10\"\nminutes = 90",
            ],
        )
    };
    assert_eq!(mended(&items("start = \"09:55\"\nend = \"09:10\"")), items("start = \"09:10\"\nend = \"09:55\""));
}

#[test]
fn the_one_pause_that_nobody_wrote_may_be_that_of_noon() {
    let hours =
        ["08:00-08:30", "08:30-09:30", "09:30-10:00", "10:00-10:30", "10:30-13:00", "13:00-14:00", "14:00-14:30", "14:30-15:30"];
    let items: Vec<String> = hours
        .iter()
        .map(|hours| {
            let (start, end) = hours.split_once('-').unwrap();
            let at = |hour: &str| hour[..2].parse::<i32>().unwrap() * 60 + hour[3..].parse::<i32>().unwrap();
            let minutes = if *hours == "10:30-13:00" { 90 } else { at(end) - at(start) };
            format!("start = \"{start}\"\nend = \"{end}\"\nminutes = {minutes}")
        })
        .collect();
    let written = session("start = \"08:00\"\nend = \"15:30\"", &items.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(mended(&written), written, "lunch from 12:00, or two hours and a half");
    let findings = found(&written);
    assert_eq!(checks(&findings), ["slot-duration"]);
    let mends: Vec<&str> = findings[0].mends.iter().take(3).map(|mend| &*mend.message.en).collect();
    assert!(mends.iter().any(|mend| mend.contains("12:00")) && mends.iter().any(|mend| mend.contains("150 min")), "{mends:?}");
}

#[test]
fn one_neighbour_does_not_tell_where_an_item_belongs() {
    let first = "start = \"16:55\"\nend = \"18:10\"\nminutes = 75";
    let items = [first, "start = \"09:20\"\nend = \"09:50\"\nminutes = 30", "start = \"09:50\"\nend = \"10:15\"\nminutes = 25"];
    let written = session("", &items);
    assert_eq!(mended(&written), written);
}

#[test]
fn an_afternoon_without_its_twelve_is_an_error_that_says_so() {
    let written = session("", &["start = 11:00\nend = 12:30", "start = 01:30\nend = 02:30", "start = 02:30\nend = 03:00"]);
    let findings = found(&written);
    let errors: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.level == Level::Error).collect();
    assert_eq!(errors.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["slot-order"]);
    assert_eq!(errors[0].message.en, "01:30 is earlier than what stands before it: is 13:30 meant?");
    assert_eq!(mended(&written), written, "lunch or not is not known");
}

#[test]
fn less_than_the_declared_minutes_is_a_gap() {
    let findings = found(&session("minutes = 90", &["start = 10:00\nminutes = 40"]));
    assert_eq!(checks(&findings), ["slot-gap"]);
    assert!(findings[0].message.en.contains("50 min"), "{}", findings[0].message.en);
}

#[test]
fn start_and_minutes_of_a_session_are_its_window() {
    let findings = found(&session("start = 10:00\nminutes = 60", &["start = 10:00\nend = 11:10"]));
    assert_eq!(checks(&findings), ["slot-outside-session"]);
}

#[test]
fn half_a_holiday_leaves_the_morning_free() {
    let day = |hours: &str| session(hours, &[]).replace("2027-03-02", "2026-12-24");
    let (_, findings) = check(&[("group.toml", GROUP), ("s.toml", &day("start = 09:00\nend = 10:30"))]);
    assert!(findings.iter().all(|finding| finding.check != "public-holiday" || finding.level == Level::Note), "{findings:?}");
}

#[test]
fn without_a_zone_hours_are_compared_with_each_other_alone() {
    let group = GROUP.replace("time-zone = \"America/Guatemala\"\n", "");
    let told = |items: &[&str]| {
        let (_, findings) = check(&[("group.toml", &group), ("s.toml", &session("", items))]);
        findings.iter().map(|finding| finding.check).filter(|check| *check != "unused-party").collect::<Vec<_>>()
    };
    assert_eq!(told(&["start = 10:00\nminutes = 30"]), ["missing-key"]);
    let late = ["start = 04:00\nend = 04:30", "start = 04:30\nend = 06:30\nminutes = 20", "start = 04:50\nend = 05:10"];
    assert_eq!(told(&late), ["missing-key", "slot-overlap"]);
    // Beside a session in a zone of its own the others have no hours.
    let own = session("time-zone = \"UTC\"", &["start = 10:00\nminutes = 30"]).replace("\"s\"", "\"t\"").replace("= 1", "= 2");
    let other = session("", &["start = 10:00\nminutes = 30"]);
    let (_, findings) = check(&[("group.toml", &group), ("s.toml", &other), ("t.toml", &own)]);
    assert!(!checks(&findings).contains(&"session-overlap"), "{findings:?}");
}

#[test]
fn two_people_of_one_name_are_told() {
    let group =
        format!("{GROUP}[people.ana]\nname = \"Ana Example\"\nparty = \"port\"\n[people.ana-2]\nname = \"Ana Example\"\n");
    let group_of = |who: &str| format!("[[slots.groups]]\ntitle = {{ es = \"A\", en = \"A\" }}\nfacilitators = [\"{who}\"]\n");
    let written = session("", &["start = 10:00\nminutes = 60"]) + &group_of("ana") + &group_of("ana-2");
    let (_, findings) = check(&[("group.toml", &group), ("s.toml", &written)]);
    assert!(checks(&findings).contains(&"one-party-two-names"), "{findings:?}");
}

#[test]
fn est_is_panama_or_new_york() {
    let findings = found(&session("time-zone = \"EST\"", &["start = 10:00\nminutes = 30"]));
    let finding = findings.iter().find(|finding| finding.check == "unknown-zone").unwrap();
    let mends: Vec<&str> = finding.mends.iter().map(|mend| &*mend.message.en).collect();
    assert_eq!(mends, ["did you mean `America/Panama`?", "or `America/New_York`?"]);
}

#[test]
fn a_cancelled_session_has_no_errors_of_time() {
    let findings =
        found(&session("status = \"cancelled\"", &["start = 10:00\nend = 11:45\nminutes = 40", "start = 10:45\nminutes = 20"]));
    assert_eq!(checks(&findings), ["slot-overlap"]);
    assert_eq!(findings[0].level, Level::Note);
}

#[test]
fn sessions_of_one_day_are_held_in_the_order_of_their_numbers() {
    let at = |number: u32, hour: &str| {
        session(&format!("start = {hour}:00\nend = {hour}:30"), &[])
            .replace("\"s\"", &format!("\"s{number}\""))
            .replace("number = 1", &format!("number = {number}"))
    };
    let (_, findings) = check(&[("group.toml", GROUP), ("1.toml", &at(1, "14")), ("2.toml", &at(2, "09"))]);
    assert!(checks(&findings).contains(&"session-order"), "{findings:?}");
    let (_, findings) = check(&[("group.toml", GROUP), ("1.toml", &at(1, "09")), ("2.toml", &at(2, "14"))]);
    assert!(!checks(&findings).contains(&"session-order"), "{findings:?}");
}

#[test]
fn years_that_nobody_means_are_told() {
    let dated = |date: &str, id: &str, number: u32| {
        session("status = \"confirmed\"", &["start = 10:00\nminutes = 30"])
            .replace("2027-03-02", date)
            .replace("id = \"s\"", &format!("id = \"{id}\""))
            .replace("number = 1", &format!("number = {number}"))
    };
    let told = |first: &str, second: &str| {
        let files = [("group.toml", GROUP.to_owned()), ("1.toml", dated(first, "a", 1)), ("2.toml", dated(second, "b", 2))];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let (_, findings) = check(&files);
        let finding = findings.into_iter().find(|finding| finding.check == "unlikely-date")?;
        Some(finding.mends[0].message.en.to_string())
    };
    assert_eq!(told("2072-03-02", "2027-03-09").as_deref(), Some("is it Tuesday 2 March 2027?"));
    assert_eq!(told("2026-03-02", "2027-03-09").as_deref(), Some("is it Tuesday 2 March 2027?"));
    assert_eq!(told("2027-03-02", "2027-03-09"), None);
    assert_eq!(told("2026-03-02", "2026-03-09"), None, "a programme that is over");
}

#[test]
fn what_only_follows_from_another_fault_is_not_told() {
    let numbered = |number: u32, keys: &str, items: &[&str]| {
        session(keys, items).replace("\"s\"", &format!("\"s{number}\"")).replace("number = 1", &format!("number = {number}"))
    };
    let told = |one: &str, two: &str| {
        let (_, findings) = check(&[("group.toml", GROUP), ("1.toml", one), ("2.toml", two)]);
        findings.iter().map(|finding| finding.check).filter(|check| *check != "unused-party").collect::<Vec<_>>()
    };
    let ten = numbered(2, "start = \"10:00\"\nend = \"11:00\"", &["start = \"10:00\"\nend = \"11:00\""]);
    // An item that runs ten minutes over the end of its session reaches into no other.
    let long = numbered(1, "start = \"08:00\"\nend = \"10:00\"", &["start = \"08:00\"\nminutes = 130"]);
    assert_eq!(told(&long, &ten), ["slot-outside-session"]);
    // Of a year that nobody means no order is reckoned, and of two readings of a date none is taken.
    let early = numbered(3, "status = \"confirmed\"", &[]).replace("2027-03-02", "2026-03-12");
    let ten = numbered(2, "status = \"confirmed\"\nstart = \"10:00\"\nend = \"11:00\"", &["start = \"10:00\"\nend = \"11:00\""]);
    let first = numbered(1, "start = \"08:00\"\nend = \"09:00\"", &["start = \"08:00\"\nend = \"09:00\""]);
    let (_, findings) = check(&[("group.toml", GROUP), ("1.toml", &first), ("2.toml", &ten), ("3.toml", &early)]);
    assert!(checks(&findings).contains(&"unlikely-date") && !checks(&findings).contains(&"session-order"), "{findings:?}");
    let asked = ten.replace("date = 2027-03-02", "date = 02/03/2027");
    let (_, findings) = check(&[("group.toml", GROUP), ("1.toml", &first), ("2.toml", &asked)]);
    let two_days = findings.iter().filter(|finding| finding.message.en == "`02/03/2027` can be two days").count();
    assert_eq!((two_days, checks(&findings).contains(&"session-order")), (1, false), "{findings:?}");
}

#[test]
fn who_stands_twice_in_one_list_is_told() {
    let written = session("", &["start = 10:00\nminutes = 30\nspeakers = [\"port\", \"port\"]"]);
    assert_eq!(checks(&found(&written)), ["one-party-two-names"]);
}

#[test]
fn nobody_sits_for_more_than_a_day() {
    assert!(checks(&found(&session("", &["start = 10:00\nminutes = 1500"]))).contains(&"slot-duration"));
}

#[test]
fn to_be_confirmed_in_words_is_the_state_that_it_is() {
    let written = session("", &["start = 10:00\nminutes = 30"]).replace(
        "participants = \"all\"",
        "speakers = [{ who = { es = \"Una municipalidad (por confirmar)\", en = \"A municipality (to be confirmed)\" } }]",
    );
    let (sources, findings) = check(&[("group.toml", GROUP), ("s.toml", &written)]);
    assert!(checks(&findings).contains(&"speaker-tbc"), "{findings:?}");
    let checked = convoca::check(&sources, NaiveDate::from_ymd_opt(2027, 2, 1).unwrap());
    let programme = checked.programme.unwrap();
    let role = &programme.sessions[0].slots[0].roles[0];
    assert!(role.tbc);
    assert_eq!(role.who.label(&programme.group, convoca::locale::Lang::En), "A municipality");
}

#[test]
fn to_be_confirmed_may_be_all_that_a_name_or_a_title_says() {
    let of = |from: &str, to: &str| {
        let written = session("", &["start = 10:00\nminutes = 30"]).replace(from, to);
        let (sources, findings) = check(&[("group.toml", GROUP), ("s.toml", &written)]);
        let programme = convoca::check(&sources, NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()).programme.unwrap();
        let roles = programme.sessions[0].slots[0].roles.clone();
        let label = roles.first().map(|role| (role.who.label(&programme.group, convoca::locale::Lang::Es), role.is_marked()));
        let told = findings.iter().map(|finding| finding.check).filter(|check| *check != "unused-party").collect::<Vec<_>>();
        (label, told)
    };
    let speakers = |name: &str| of("participants = \"all\"", &format!("speakers = [\"{name}\"]"));
    let label = |text: &str, marked: bool| Some((text.to_owned(), marked));
    assert_eq!(speakers("Por confirmar"), (label("Por confirmar", false), vec!["speaker-tbc"]));
    assert_eq!(speakers("Puerto (por confirmar)"), (label("Puerto", true), vec!["speaker-tbc"]));
    assert_eq!(speakers("Ana Muestra, por confirmar"), (label("Ana Muestra", true), vec!["speaker-tbc", "unlisted-speaker"]));
    assert_eq!(of("es = \"T\"", "es = \"Ponencia (por confirmar)\""), (None, vec!["speaker-tbc"]));
}

#[test]
fn a_weekday_may_contradict_the_year_of_the_date() {
    // 5 February 2026 is a Thursday, 5 February 2027 a Friday.
    let written = session("weekday = \"jueves\"", &["start = 10:00\nminutes = 30"]).replace("2027-03-02", "2027-02-05");
    let findings = found(&written);
    assert_eq!(checks(&findings), ["weekday"]);
    assert!(findings[0].mends.iter().any(|mend| mend.edits[0].text == "2026-02-05"), "{:?}", findings[0].mends);
}

#[test]
fn dates_are_asked_of_everybody_who_may_be_asked() {
    let plain = "id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"CR\", \"GT\", \"HN\", \"PA\"]\n";
    let countries = GROUP.replace("id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\n", plain);
    let when = |group: &str, days: &str, more: &[&str]| {
        let workspace = Workspace::with_group(group);
        workspace.convoca("en", &[&["when", "--days", days, "--today", "2027-01-01"], more].concat())
    };
    let holiday = when(&countries, "2027-11-03..2027-11-03", &[]);
    assert!(!holiday.stdout.contains("Wednesday 3 November") || holiday.status != Some(0), "{holiday:?}");
    let misspelt = GROUP.replacen("member = true\n", "member = true\nunavailble = [{ weekdays = [\"viernes\"] }]\n", 1);
    assert_ne!(when(&misspelt, "2027-03-05..2027-03-05", &[]).status, Some(0));
    let twice = when(GROUP, "2027-03-04..2027-03-05", &["--with", "port", "--with", "capital"]);
    assert_eq!(twice.status, Some(0), "{twice:?}");
}

#[test]
fn an_answer_to_a_poll_is_an_answer() {
    let organizer = "name = { es = \"G\", en = \"G\" }\norganizer = { party = \"capital\", email = \"desk@example.org\" }\n";
    let group = GROUP.replacen("name = { es = \"G\", en = \"G\" }\n", organizer, 1) + "email = \"port@example.org\"\n";
    let workspace = Workspace::with_group(&group);
    let asked = workspace.convoca("en", &["when", "--days", "2027-03-01..2027-03-19", "--poll", "poll", "--today", "2027-01-05"]);
    assert_eq!(asked.status, Some(0), "{asked:?}");
    let mail = std::fs::read_to_string(workspace.path().join("poll/port.eml")).unwrap();
    let token = &mail[mail.find('[').unwrap()..=mail.find(']').unwrap()];
    let reply = format!(
        "From: port@example.org\nTo: desk@example.org\nSubject: Re: dates {token}\nDate: Wed, 06 Jan 2027 12:00:00 +0000\n\
         Message-ID: <1@example.org>\nContent-Type: text/plain\n\n1 no, 2 yes\n"
    );
    let _ = workspace.write("reply.eml", reply);
    let read = workspace.convoca("en", &["replies", "sessions/reply.eml", "--today", "2027-01-07"]);
    assert!(read.stdout.contains("Dates · Port: 1 no, 2 yes"), "{read:?}");
    assert!(read.said().contains("1 message read: 1 answer recorded, 0 known already"), "{read:?}");
}

#[test]
fn moving_keeps_pauses_and_parallels() {
    let items =
        ["start = 10:00\nend = 10:45\nminutes = 45", "start = 10:50\nend = 11:10\nminutes = 20", "start = 11:25\nend = 11:30"];
    let workspace = Workspace::with_group(GROUP);
    let _ = workspace.write("s.toml", session("start = 10:00\nend = 11:30", &items));
    let run = workspace.convoca("en", &["move", "1", "--to", "11:00", "--write", "--today", "2027-02-01"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let after = std::fs::read_to_string(workspace.sessions().join("s.toml")).unwrap();
    let later = [
        "start = \"11:00\"\nend = \"11:45\"\nminutes = 45",
        "start = \"11:50\"\nend = \"12:10\"\nminutes = 20",
        "start = \"12:25\"\nend = \"12:30\"",
    ];
    let expected =
        session("start = \"11:00\"\nend = \"12:30\"", &later).replace("2027-03-02\n", "2027-03-02\nrevised = 2027-02-01\n");
    assert_eq!(after, expected);
}

#[test]
fn many_findings_are_counted_by_kind_and_the_worst_shown() {
    let workspace = Workspace::with_group(GROUP);
    // Every other item declares ten minutes less than it lasts.
    let item = |at: i32| {
        let (hour, half, minutes) = (at / 2, at % 2 * 30, 20 + at % 2 * 10);
        let end = (at + 1) * 30;
        format!("start = {hour:02}:{half:02}\nend = {:02}:{:02}\nminutes = {minutes}", end / 60, end % 60)
    };
    let items: Vec<String> = (0..40).map(item).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    workspace.write("s.toml", session("", &items));
    let first = workspace.convoca("es", &["check", "--today", "2027-02-01"]).stdout;
    assert!(first.contains(" × error[slot-duration]: ") && first.contains("`convoca revisar --todo` los muestra"), "{first}");
    let all = workspace.convoca("es", &["check", "--todo", "--today", "2027-02-01"]).stdout;
    assert!(all.lines().count() > first.lines().count() && !all.contains(" × "), "{all}");
}

#[test]
fn past_midnight_is_believed_of_six_hours_and_not_of_a_minute_more() {
    let backwards = |item: &str| checks(&found(&session("", &[item]))).contains(&"slot-ends-before-start");
    assert!(!backwards("start = \"22:00\"\nend = \"04:00\""));
    assert!(backwards("start = \"22:00\"\nend = \"04:01\""));
    assert!(!backwards("start = \"22:00\"\nend = \"04:01\"\nminutes = 361"), "the minutes say so");
}
