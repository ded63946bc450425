//! Answers in the shapes in which programs send them: each finds its invitation and its person, or is offered to
//! whoever reads it, with the command that enters it.

mod common;

use std::fs;

use common::BIN;
use common::desk::Desk;
use serde_json::Value;

#[test]
fn an_answer_is_read_however_its_program_writes_it() {
    for (file, answer, more) in [
        ("attendee-angle.eml", "accepted", vec![]),
        ("param-unquoted-colon.eml", "accepted", vec![]),
        ("exchange-vcaluid-hex.eml", "accepted", vec![("uid", "opening@my-group.example.org")]),
        ("no-dtstamp.eml", "accepted", vec![("dtstamp", "20270105T120001Z")]),
        ("dtstamp-future-2099.eml", "accepted", vec![("dtstamp", "20270105T120001Z")]),
        ("comment-x-param.eml", "tentative", vec![("comment", "Puedo a las 11")]),
        ("guests.eml", "accepted", vec![("comment", "Vamos cuatro"), ("guests", "3")]),
        ("counter-customized-tz-dst.eml", "counter", vec![("start", "2027-03-03T16:00:00Z"), ("end", "2027-03-03T17:00:00Z")]),
        ("counter-tz-gmt-offset.eml", "counter", vec![("start", "2027-03-03T16:00:00Z"), ("partstat", "tentative")]),
        ("counter-declined.eml", "counter", vec![("start", "2027-03-03T16:00:00Z"), ("partstat", "declined")]),
        ("delegated-to.eml", "delegated", vec![("delegate", "beto@example.org"), ("v", "2")]),
        ("two-vcalendars.eml", "declined", vec![]),
    ] {
        let desk = Desk::new();
        let shown = desk.run(&["replies", file]);
        let answers = desk.answers();
        let last = answers.last().unwrap_or_else(|| panic!("{file}: {shown}"));
        assert_eq!(
            (&last["session"], &last["who"], &last["answer"]),
            (&"opening".into(), &"ana".into(), &answer.into()),
            "{file}"
        );
        for (key, value) in more {
            assert_eq!(last[key].as_str().map_or(last[key].to_string(), str::to_owned), value, "{file}: {key}");
        }
        assert!(desk.run(&["replies", file]).contains("0 answers recorded"), "{file}: what was read is known");
        assert_eq!(desk.answers(), answers, "{file}");
    }
}

#[test]
fn what_does_not_count_by_itself_is_offered_with_the_command() {
    for (file, reason) in [
        ("alias-in-reply-to.eml", "ana.example@example.org was not invited to this session"),
        ("uid-changed-in-reply-to.eml", "no invitation `7E0D4A46-1111-2222-3333-444455556666` was sent"),
        ("no-attendee-from-known.eml", "invalid:nomail was not invited to this session"),
        ("tnef-winmail.eml", "it does not say to which invitation"),
        ("dmarc-fail-of-forwarder-arc-pass.eml", "but whoever forwarded it says that it was sound (ARC)"),
    ] {
        let desk = Desk::new();
        let shown = desk.run(&["replies", file]);
        let offered =
            "not recorded: Session 1 – Opening session · Ana Example, Municipality of Example (Guatemala): seems to accept – ";
        assert!(shown.starts_with(offered) && shown.contains(reason), "{file}: {shown}");
        assert!(shown.contains("\n    if it is so: `convoca replies --accepts ana --session 1`\n"), "{file}: {shown}");
        assert!(desk.answers().is_empty(), "{file}");
        desk.run(&["replies", "--accepts", "ana", "--session", "1"]);
        assert_eq!(desk.answers()[0]["answer"], "accepted");
    }
}

/// Programs that answer twice with the stamp of the first answer.
#[test]
fn the_last_word_counts() {
    for order in [["same-1.eml", "same-2.eml"], ["same-2.eml", "same-1.eml"]] {
        let desk = Desk::new();
        for file in order {
            desk.run(&["replies", file]);
        }
        let shown = desk.run(&["attendance", "1"]);
        assert!(shown.lines().any(|line| line.contains("Ana Example") && line.contains("declines")), "{order:?}: {shown}");
    }
    // A wrong clock does not speak for ever.
    let desk = Desk::new();
    desk.run(&["replies", "dtstamp-future-2099.eml"]);
    desk.run(&["replies", "same-2.eml"]);
    desk.run(&["replies", "--declines", "ana", "--session", "1"]);
    let shown = desk.run(&["attendance", "1"]);
    assert!(shown.lines().any(|line| line.contains("Ana Example") && line.contains("declines")), "{shown}");
}

/// Whoever answers from an address of their own that nobody knew is known by it once it was learnt.
#[test]
fn another_address_is_learnt_by_one_command() {
    let desk = Desk::new();
    let shown = desk.run(&["replies", "alias-in-reply-to.eml"]);
    let learn = "`convoca replies --also ana ana.example@example.org`, and read the mail again";
    assert!(shown.contains(learn), "{shown}");
    let shown = desk.run(&["replies", "--also", "ana", "Ana.Example@example.org"]);
    assert!(
        shown.contains("Ana Example, Municipality of Example (Guatemala) answers from ana.example@example.org too"),
        "{shown}"
    );
    let shown = desk.run(&["replies", "alias-in-reply-to.eml"]);
    assert!(shown.contains("1 answer recorded"), "{shown}");
    assert_eq!((&desk.answers()[0]["who"], &desk.answers()[0]["to"]), (&"ana".into(), &"ana@example.org".into()));
    // An address in other letters is the same: nobody is invited anew.
    let group = desk.0.path().join("group.toml");
    let text = fs::read_to_string(&group).unwrap();
    fs::write(&group, text.replace("email = \"ana@example.org\"", "email = \"Ana@Example.org\"")).unwrap();
    assert!(desk.run(&["invite"]).ends_with("nothing to send\n"));
}

/// A mail that came back stays known: it is told in the attendance, and no reminder goes there.
#[test]
fn what_came_back_is_remembered() {
    let desk = Desk::new();
    desk.run(&["replies", "returned.eml"]);
    let ledger = fs::read_to_string(desk.0.path().join("invitations.jsonl")).unwrap();
    desk.run(&["replies", "returned.eml"]);
    assert_eq!(fs::read_to_string(desk.0.path().join("invitations.jsonl")).unwrap(), ledger, "once");
    let shown = desk.run(&["attendance", "1"]);
    assert!(shown.lines().any(|line| line.contains("Ana Example") && line.contains("not delivered")), "{shown}");
    let shown = desk.run_on("2027-01-12", &["invite", "--remind"]);
    assert_eq!(shown.matches("2 reminders – has not answered").count(), 2, "{shown}");
    assert_eq!(shown.matches("1 unchanged – the last mail did not arrive (550").count(), 2, "{shown}");
}

#[test]
fn a_session_with_another_id_is_the_same_once_that_is_said() {
    let desk = Desk::new();
    let file = desk.0.path().join("1-opening.toml");
    let text = fs::read_to_string(&file).unwrap();
    let renamed = text.replace("id = \"opening\"", "id = \"apertura\"");
    assert_ne!(renamed, text);
    fs::write(&file, &renamed).unwrap();
    let shown = desk.run(&["invite"]);
    assert!(shown.contains("it looks like `opening`") && shown.ends_with("nothing to send\n"), "{shown}");
    fs::write(&file, renamed.replace("id = \"apertura\"", "id = \"apertura\"\nformerly = \"opening\"")).unwrap();
    let shown = desk.run(&["invite"]);
    assert!(!shown.contains("opening –") && shown.contains("4 unchanged"), "{shown}");
    assert!(desk.run(&["replies", "guests.eml"]).contains("1 answer recorded"), "the UID is the same");
    assert!(desk.run(&["attendance", "apertura"]).contains("1 accepted"));
}

/// Three links in a mail open an answer that is already written; it counts from whatever address it comes.
#[test]
fn a_link_answers_without_a_calendar() {
    let desk = Desk::new();
    let folder = desk.0.path().join("mails");
    desk.run(&["invite", "write", folder.to_str().unwrap(), "--again", "ana", "--session", "1"]);
    let mail = fs::read(folder.join("opening/ana-request.eml")).unwrap();
    let html = convoca::mail::reading(&mail).unwrap().html;
    let subjects: Vec<&str> = html.split("?subject=").skip(1).map(|rest| rest.split(['"', '&']).next().unwrap()).collect();
    let mark = subjects[0].split("%5B").nth(1).and_then(|rest| rest.split("%5D").next()).unwrap();
    let words = ["I%20accept%20", "I%20cannot%20attend%20", "I%20propose%20another%20time%20"];
    assert_eq!(subjects, words.map(|word| format!("{word}%5B{mark}%5D")), "{html}");
    let answer = |subject: &str, text: &str, day: u32| {
        let mail = format!(
            "From: Ana <ana.private@example.net>\nTo: s@example.org\nSubject: {subject}\nDate: {day} Jan 2027 10:00:00 +0000\n\n{text}\n"
        );
        let path = desk.0.path().join("answer.eml");
        fs::write(&path, mail).unwrap();
        desk.run(&["replies", path.to_str().unwrap()])
    };
    assert!(answer(&format!("I accept [{mark}]"), "", 5).contains("Ana Example, Municipality of Example (Guatemala): accepts"));
    assert!(answer(&format!("I accept [{mark}]"), "", 5).contains("1 known already"));
    let shown = answer(&format!("RE: propongo otra hora [{}]", mark.to_uppercase()), "Propongo: el jueves a las 9", 6);
    assert!(shown.contains("proposes another time\n    «Propongo: el jueves a las 9»"), "{shown}");
    let other = mark.chars().rev().collect::<String>();
    assert!(answer(&format!("I cannot attend [{other}]"), "", 7).contains("0 answers recorded"), "nobody can guess it");
    let answers: Vec<Value> = desk.answers().iter().map(|line| line["answer"].clone()).collect();
    assert_eq!(answers, ["accepted", "counter"]);
    // The session moves: what was proposed in words may be its hour now, and nobody has turned it down.
    desk.run(&["move", "1", "--to", "2027-03-04 09:00", "--write"]);
    desk.run(&["invite", "write", folder.to_str().unwrap(), "--session", "1", "--same-link", "1"]);
    desk.run(&["invite", "record", folder.to_str().unwrap()]);
    let shown: Value = serde_json::from_str(&desk.run(&["attendance", "1", "--format", "json"])).unwrap();
    let row = shown["sessions"][0]["invited"].as_array().unwrap().iter().find(|row| row["who"] == "ana").unwrap();
    assert_eq!((&row["answer"], &row["in_words"]), (&Value::from("no-answer"), &Value::from(true)), "{row}");
    assert_eq!(row["comment"], "Propongo: el jueves a las 9");
    let shown = desk.run(&["attendance", "1"]);
    assert!(!shown.contains("was not taken") && shown.contains("they had proposed another time in"), "{shown}");
}

#[test]
fn an_invitation_for_a_telephone_is_answered_as_surely_as_a_mail() {
    let desk = Desk::new();
    // Invited by mails without links: the text asks for an answer where it is read.
    let plain = desk.run(&["invite", "text", "ana", "--session", "1"]);
    assert!(
        plain.contains("*Session 1 – Opening session*\nTuesday 2 March 2027, 10:00–11:00 (Guatemala time, UTC−6)\n"),
        "{plain}"
    );
    assert!(plain.ends_with("Will you be there? Please answer here.\n"), "{plain}");
    // Once a mail with links was written, its word answers from anywhere.
    let folder = tempfile::tempdir().unwrap();
    desk.run(&["invite", "write", folder.path().join("m").to_str().unwrap(), "--again", "ana"]);
    desk.run(&["invite", "record", folder.path().join("m").to_str().unwrap()]);
    let mail = fs::read_to_string(folder.path().join("m/opening/ana-request.eml")).unwrap().replace("=\r\n", "");
    assert!(mail.contains("<mailto:secretariat@example.org?subject=3DI%20accept%20%5B"), "whole in plain text too: {mail}");
    let text = desk.run(&["invite", "text", "ana", "--session", "1"]);
    let mark = text.split('[').nth(1).unwrap().split(']').next().unwrap();
    assert!(text.contains("Write to secretariat@example.org with the subject: I accept ["), "{text}");
    assert!(text.ends_with(&format!("\nIf another time would suit you: I propose another time [{mark}]\n")), "{text}");
    let reply = folder.path().join("reply.eml");
    fs::write(&reply, format!("From: <a.phone@example.net>\nTo: secretariat@example.org\nSubject: I accept [{mark}]\nDate: Thu, 7 Jan 2027 09:00:00 +0000\n\n\n")).unwrap();
    assert!(
        desk.run(&["replies", reply.to_str().unwrap()]).contains("Ana Example, Municipality of Example (Guatemala): accepts")
    );
}

#[test]
fn the_programme_follows_the_answers() {
    let desk = Desk::new();
    let file = desk.0.path().join("1-opening.toml");
    desk.run(&["replies", "--accepts", "unhcr", "--declines", "city", "--session", "1"]);
    let shown = desk.run(&["attendance", "1"]);
    assert!(shown.contains("empty seat: moderator of the session (Municipality of Example (Guatemala) declines)"), "{shown}");
    assert!(shown.contains("empty seat: speaker, 10:00–10:10 “Opening remarks”"), "{shown}");
    assert!(shown.contains("“to be confirmed” and accepts: UNHCR, speaker, 10:10–10:40"), "{shown}");
    let confirmed = desk.run(&["attendance", "1", "--confirmed", "speakers"]);
    assert!(confirmed.contains("UNHCR (speaker)") && !confirmed.contains("Ana Example –"), "{confirmed}");
    assert!(!desk.run(&["attendance", "1", "--confirmed", "moderators"]).contains("UNHCR (speaker)"));
    let missing = desk.run(&["attendance", "1", "--missing"]);
    assert!(missing.contains("no answer") && !missing.contains("UNHCR (speaker)"), "{missing}");
    desk.run(&["attendance", "1", "--write"]);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("speakers = [\"unhcr\"]") || text.contains("{ party = \"unhcr\" }"), "{text}");
    assert!(!desk.run(&["attendance", "1"]).contains("to be confirmed"));
    // A finding like all others: it can be waived, with a reason, and have another level.
    let told = || desk.run(&["check"]);
    assert!(told().contains("warning[empty-seat]"), "{}", told());
    let waive = "waive = [{ check = \"empty-seat\", reason = \"the deputy takes the chair\" }]\nid =";
    fs::write(&file, text.replacen("id =", waive, 1)).unwrap();
    assert!(told().contains("waived[empty-seat]") && told().contains("(reason: the deputy takes the chair)"), "{}", told());
    desk.run(&["replies", "--accepts", "city", "--session", "1"]);
    assert!(told().contains("this waiver of `empty-seat` waives nothing"), "{}", told());
    fs::write(&file, text).unwrap();
    desk.run_on("2027-01-08", &["replies", "--declines", "city", "--session", "1"]);
    let group = desk.0.path().join("group.toml");
    fs::write(&group, format!("{}\n[checks]\nempty-seat = \"note\"\n", fs::read_to_string(&group).unwrap())).unwrap();
    assert!(told().contains("note[empty-seat]"), "{}", told());
    // The same truth wherever the programme is judged.
    let texts = fs::read_to_string(&group).unwrap().replace("empty-seat = \"note\"", "empty-seat = \"error\"");
    fs::write(&group, texts).unwrap();
    let out = desk.0.path().join("out");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(BIN);
        command.args(arguments).args(["--programme", desk.0.path().to_str().unwrap(), "--lang", "en", "--today", "2027-01-08"]);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, shown) = run(&["build", "--out", out.to_str().unwrap()]);
    assert!(code == Some(1) && shown.contains("error[empty-seat]") && shown.contains("nothing was written"), "{shown}");
    let seat = "declines session 1, and leaves an empty seat";
    let (code, shown) = run(&["invite", "plan"]);
    assert!(code == Some(0) && shown.to_lowercase().contains(seat) && shown.contains("`convoca check` shows where"), "{shown}");
    assert!(!run(&["invite", "plan", "--session", "2"]).1.to_lowercase().contains(seat));
}

#[test]
fn a_proposal_is_told_with_what_speaks_against_it() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["proposals"]), "nobody proposes another time\n");
    desk.run(&["replies", "counter-declined.eml"]);
    let shown = desk.run(&["proposals"]);
    assert!(shown.contains("Ana Example, Municipality of Example (Guatemala): Wednesday 3 March 2027, 10:00"), "{shown}");
    assert!(shown.contains("`convoca move 1 --to \"2027-03-03 10:00\" --write`"), "{shown}");
    let told = desk.run(&["replies", "--turns-down", "ana", "--session", "1", "--comment", "The hall is taken"]);
    assert!(told.contains("`convoca invite` has the mail that tells them"), "{told}");
    assert_eq!(desk.run(&["proposals", "1"]), "nobody proposes another time\n");
    assert!(desk.run(&["attendance", "1"]).contains("the time proposed was not taken"));
    // Who proposed it is told, once, with the words.
    let plan = desk.run(&["invite", "plan", "--session", "1"]);
    let expected = "1 answer to a proposal – proposed Wednesday 3 March 2027, 10:00 (Guatemala time, UTC−6), which is turned \
                    down – «The hall is taken»\n    Ana Example <ana@example.org>";
    assert!(plan.contains(expected), "{plan}");
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mails");
    desk.run(&["invite", "write", mails.to_str().unwrap(), "--session", "1"]);
    let calendar = fs::read_to_string(mails.join("opening/ana-declinecounter.ics")).unwrap().replace("\r\n ", "");
    for line in ["METHOD:DECLINECOUNTER", "SEQUENCE:0", "DTSTART:20270302T160000Z"] {
        assert!(calendar.contains(&format!("{line}\r\n")), "{line}: {calendar}");
    }
    assert!(calendar.contains("COMMENT;LANGUAGE=en-GB:") && calendar.contains("The hall is taken"), "{calendar}");
    desk.run(&["invite", "record", mails.to_str().unwrap()]);
    assert!(desk.run(&["invite", "plan", "--session", "1"]).contains("nothing to send"));
}
