//! Mails that are written, sent from somebody's own program, and entered in the ledger.

mod common;
mod support;

use std::fs;

use support::{World, printed};

fn said(world: &World, arguments: &[&str]) -> String {
    let output = world.run(arguments);
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

/// The ledger, each line without when it was written and of which kind it is.
fn messages(world: &World) -> Vec<serde_json::Value> {
    let lines = world.ledger();
    let mut messages: Vec<serde_json::Value> = Vec::new();
    for line in lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()) {
        let keys = ["mail", "uid", "to", "sequence", "dtstamp", "attempt"];
        messages.push(keys.iter().map(|key| ((*key).to_owned(), line[key].clone())).collect());
    }
    messages
}

#[test]
fn what_is_sent_by_hand_is_entered_once_and_the_plan_is_empty() {
    let world = World::new();
    assert!(said(&world, &["invite", "write", "out"]).contains("run `convoca invite record out`"));
    assert_eq!(world.ledger().matches("\"kind\":\"written\"").count(), 3, "written is not sent: {}", world.ledger());
    assert_eq!(world.plan(&[])["messages"], 3, "and left to be entered or sent");
    assert!(said(&world, &["invite", "record", "out"]).contains("sent by hand: 3 mails"));
    assert_eq!(world.plan(&[])["messages"], 0);
    let (lines, entered) = (world.ledger(), messages(&world));
    assert!(said(&world, &["invite", "anotar", "out"]).contains("in it already: 3 mails"));
    assert_eq!(world.ledger(), lines, "the same again changes nothing");
    // What the ledger holds is what the mails say.
    let calendar = fs::read_to_string(world.folder.path().join("out/one/panama-request.ics")).unwrap();
    let mail = fs::read_to_string(world.folder.path().join("out/one/panama-request.eml")).unwrap();
    let of_panama: Vec<_> = entered.iter().filter(|line| line["to"] == "panama@example.org").collect();
    assert_eq!((of_panama.len(), of_panama[0], of_panama[1]), (3, of_panama[1], of_panama[2]));
    for key in ["uid", "dtstamp", "sequence"] {
        let value = of_panama[0][key].to_string();
        assert!(calendar.contains(&format!("{}:{}\r\n", key.to_uppercase(), value.trim_matches('"'))), "{key}: {value}");
    }
    assert!(mail.contains(&format!("Message-ID: <{}>", of_panama[0]["mail"].as_str().unwrap())));
    // The next change builds on it.
    world.edit("1.toml", "minutes = 30", "minutes = 45");
    let plan = world.plan(&["--same-link", "1"]).to_string();
    assert_eq!(plan.matches("\"sequence\":1").count(), 3, "{plan}");
}

#[test]
fn a_mail_whose_file_was_deleted_stays_in_the_plan() {
    let world = World::new();
    said(&world, &["invite", "write", "out"]);
    fs::remove_file(world.folder.path().join("out/one/uclg-request.eml")).unwrap();
    fs::rename(world.folder.path().join("out/one/panama-request.eml"), world.folder.path().join("out/sent.EML")).unwrap();
    let told = said(&world, &["invite", "record", "out"]);
    assert!(told.contains("sent by hand: 2 mails") && told.contains("stays in the plan: 1 mail; if one did go out"), "{told}");
    assert_eq!(world.plan(&[])["messages"], 1);
    // What is known is told, and each way on is one.
    let plan = said(&world, &["invite", "plan"]);
    assert!(plan.contains("1 mail written before – ") && plan.contains("is entered with `convoca invite record`"), "{plan}");
    let ledger = world.ledger();
    said(&world, &["invite", "write", "out"]);
    assert_eq!(world.ledger(), ledger, "it is the same mail");
    assert!(said(&world, &["invite", "record", "out"]).contains("sent by hand: 1 mail\n"));
    assert_eq!(world.plan(&[])["messages"], 0);
}

#[test]
fn a_recording_that_was_cut_short_is_taken_up_again() {
    let world = World::new();
    said(&world, &["invite", "write", "out"]);
    said(&world, &["invite", "record", "out"]);
    let whole = world.ledger();
    for kept in 1..9 {
        let lines: Vec<&str> = whole.lines().take(kept).collect();
        world.write("invitations.jsonl", &lines.iter().map(|line| format!("{line}\n")).collect::<String>());
        said(&world, &["invite", "record", "out"]);
        let ledger = world.ledger();
        let count = |kind: &str| ledger.matches(&format!("\"kind\":\"{kind}\"")).count();
        assert_eq!((count("sent"), world.plan(&[])["messages"].as_u64()), (3, Some(0)), "{kept}");
        assert!(count("sending") == 3 && count("written") <= 3, "{ledger}");
    }
}

#[test]
fn a_folder_of_something_else_is_refused_and_an_error_in_the_programme_is_no_hindrance() {
    let world = World::new();
    let output = world.run(&["invite", "record", "sessions"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("say the folder that `convoca invite write` made"), "{}", printed(&output));
    said(&world, &["invite", "write", "out"]);
    world.edit("1.toml", "speakers = [\"uclg\"]", "speakers = [\"nobody-we-know\"]");
    assert!(said(&world, &["invite", "record", "out"]).contains("sent by hand: 3 mails"));
}

/// What was sent was sent: it is entered, and whoever sent it hears that something else holds by now.
#[test]
fn an_outdated_folder_is_entered_and_told() {
    let world = World::new();
    said(&world, &["invite", "write", "old"]);
    assert!(!said(&world, &["invite", "record", "old"]).contains("note:"), "nothing has changed");
    world.write("invitations.jsonl", "");
    fs::remove_file(world.folder.path().join("sessions/invitations.txt")).unwrap();
    world.edit("1.toml", "start = 10:00", "start = 11:00");
    let told = said(&world, &["invite", "record", "old"]);
    assert!(told.contains("sent by hand: 3 mails"), "{told}");
    assert!(
        told.contains("do not say what the programme says now") && told.contains("Municipality of Panama (Session 1); "),
        "{told}"
    );
    // The new ones go out first, then the folder from before is entered.
    let older = world.ledger();
    said(&world, &["invite", "write", "new", "--same-link", "1"]);
    said(&world, &["invite", "record", "new"]);
    let newer: String = world.ledger().lines().skip(older.lines().count()).map(|line| format!("{line}\n")).collect();
    world.write("invitations.jsonl", &newer);
    let told = said(&world, &["invite", "record", "old"]);
    assert!(told.contains("a later mail had gone out already") && told.contains("Municipality of Panama (Session 1)"), "{told}");
    assert!(!told.contains("do not say what"), "{told}");
}

/// The mails of a folder: Message-ID, SEQUENCE and start of each.
fn written(world: &World, folder: &str) -> Vec<(String, String)> {
    let lines = fs::read_to_string(world.folder.path().join(folder).join("mails.jsonl")).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .map(|line| (line["to"].as_str().unwrap().to_owned(), format!("{} {}", line["sequence"], line["content"]["start"])))
        .collect()
}

#[test]
fn mails_that_nobody_entered_are_neither_lost_nor_sent_twice() {
    let world = World::new();
    world.add_second();
    said(&world, &["invite", "write", "mails", "--session", "1"]);
    let told = said(&world, &["invite", "write", "mails", "--session", "2"]);
    assert!(told.contains("still there, written before and not in the ledger yet: ") && told.contains("(Session 1)"), "{told}");
    assert_eq!(written(&world, "mails").len(), 6);
    assert!(world.folder.path().join("mails/one/panama-request.eml").exists());
    // Again and again it is the same.
    let before = common::contents(&world.folder.path().join("mails"));
    for session in ["1", "2"] {
        let told = said(&world, &["invite", "write", "mails", "--session", session]);
        assert!(!told.contains("later versions"), "{told}");
    }
    let names = |contents: &[(std::path::PathBuf, Vec<u8>)]| contents.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&common::contents(&world.folder.path().join("mails"))), names(&before));
    assert!(said(&world, &["invite", "record", "mails"]).contains("sent by hand: 6 mails"));
    assert_eq!(world.plan(&[])["messages"], 0);
    // What is in the ledger may go.
    world.edit("2.toml", "10:00", "11:00");
    said(&world, &["invite", "write", "mails", "--same-link", "2"]);
    assert_eq!(written(&world, "mails").len(), 3);
}

#[test]
fn what_may_have_been_sent_is_followed_by_a_later_version() {
    for folder in ["mails", "more"] {
        let world = World::new();
        said(&world, &["invite", "write", "mails"]);
        let before = written(&world, "mails");
        assert!(before.iter().all(|(_, mail)| mail.starts_with("0 ")), "{before:?}");
        world.edit("1.toml", "10:00", "11:00");
        let plan = printed(&world.run(&["invite", "plan", "--same-link", "1"]));
        assert!(plan.contains("written to be sent by hand and not entered since"), "{plan}");
        let told = said(&world, &["invite", "write", folder, "--same-link", "1"]);
        assert_eq!(told.contains("as later versions of them: "), folder == "mails", "{told}");
        let after = written(&world, folder);
        assert!(after.len() == 3 && after.iter().all(|(_, mail)| mail.starts_with("1 ")), "{after:?}");
        assert_eq!(world.ledger().matches("\"kind\":\"written\"").count(), 6);
    }
}

#[test]
fn a_lost_ledger_is_no_fresh_start() {
    let world = World::new();
    said(&world, &["invite", "write", "mails"]);
    said(&world, &["invite", "record", "mails"]);
    for lost in [true, false] {
        let ledger = world.folder.path().join("sessions/invitations.jsonl");
        if lost {
            fs::remove_file(&ledger).unwrap()
        } else {
            fs::write(&ledger, "").unwrap()
        }
        for command in
            [&["invite", "plan"][..], &["invite", "write", "more"], &["invite", "record", "mails"], &["ledger"], &["attendance"]]
        {
            let output = world.run(command);
            let told = printed(&output);
            assert!(output.status.code() == Some(2) && told.contains("the ledger is missing"), "{command:?}: {told}");
        }
        assert!(!world.folder.path().join("more").exists());
    }
    fs::remove_file(world.folder.path().join("sessions/invitations.txt")).unwrap();
    assert_eq!(world.plan(&[])["messages"], 3);
}

/// A mail with an answer of one of the invited.
fn answered(stamp: &str, date: &str, status: &str, start: &str) -> String {
    format!(
        "From: <panama@example.org>\r\nTo: secretaria@example.org\r\nDate: {date}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\
         METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:one@g.example.org\r\nDTSTAMP:{stamp}\r\nSEQUENCE:0\r\nDTSTART:{start}\r\n\
         ATTENDEE;PARTSTAT={status}:mailto:panama@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn invited() -> World {
    let world = World::new();
    said(&world, &["invite", "write", "mails"]);
    said(&world, &["invite", "record", "mails"]);
    world
}

fn replied(world: &World, mail: &str) -> String {
    let path = world.folder.path().join("answer.eml");
    fs::write(&path, mail).unwrap();
    said(world, &["replies", path.to_str().unwrap()])
}

#[test]
fn a_clock_that_runs_ahead_neither_shuts_the_ledger_nor_outlasts_later_answers() {
    for stamp in ["99991231T235959Z", "20990101T000000Z", "20280301T000000Z"] {
        for date in ["Mon, 1 Feb 2027 10:00:00 -0600", "Fri, 31 Dec 9999 23:59:59 +0000", "nonsense"] {
            let world = invited();
            let ahead = answered(stamp, date, "ACCEPTED", "20270302T160000Z");
            assert!(
                replied(&world, &ahead).contains("1 answer recorded") || world.ledger().contains("\"accepted\""),
                "{stamp} {date}"
            );
            let ledger = world.ledger();
            replied(&world, &ahead);
            assert_eq!(world.ledger(), ledger, "{stamp} {date}: read again it is the same answer");
            said(&world, &["replies", "--declines", "panama", "--session", "1"]);
            assert!(world.ledger().contains("\"declined\""), "{stamp} {date}: {}", world.ledger());
            let attendance = said(&world, &["attendance", "--format", "json"]);
            assert!(attendance.contains("\"declined\""), "{attendance}");
            said(&world, &["ledger"]);
        }
    }
    // A later answer by mail counts too.
    let world = invited();
    replied(&world, &answered("20280301T000000Z", "Mon, 1 Feb 2027 10:00:00 -0600", "ACCEPTED", "20270302T160000Z"));
    replied(&world, &answered("20270201T170000Z", "Mon, 1 Feb 2027 11:00:00 -0600", "DECLINED", "20270302T160000Z"));
    assert!(world.ledger().contains("\"declined\""), "{}", world.ledger());
}

#[test]
fn an_answer_counts_for_the_time_that_it_names_where_two_were_told_under_one_version() {
    let (mine, theirs) = (invited(), World::new());
    theirs.edit("1.toml", "10:00", "11:00");
    said(&theirs, &["invite", "write", "mails"]);
    said(&theirs, &["invite", "record", "mails"]);
    // As git merges by union: a later one of theirs, for 11:00.
    let later = theirs.ledger().replace("20270201T1200", "20270201T1300");
    mine.write("invitations.jsonl", &format!("{}{later}", mine.ledger()));
    let date = "Tue, 2 Feb 2027 10:00:00 -0600";
    let told = replied(&mine, &answered("20270202T160000Z", date, "ACCEPTED", "20270302T160000Z"));
    assert!(
        told.contains("it answers the invitation for 2027-03-02 16:00 UTC, but the one that holds is for 2027-03-02 17:00 UTC"),
        "{told}"
    );
    assert!(!mine.ledger().contains("\"accepted\""));
    replied(&mine, &answered("20270202T160000Z", date, "ACCEPTED", "20270302T170000Z"));
    assert!(mine.ledger().contains("\"accepted\""), "{}", mine.ledger());
}

#[test]
fn a_damaged_ledger_is_mended_and_a_copy_kept() {
    let world = invited();
    let whole = world.ledger();
    assert!(said(&world, &["ledger", "--mend"]).contains("the ledger is whole"));
    let damaged = format!("<<<<<<< HEAD\n{whole}=======\n>>>>>>> other\n{{\"v\":1,\"at\":\"2027\n");
    world.write("invitations.jsonl", &damaged);
    let output = world.run(&["invite", "plan"]);
    assert!(output.status.code() == Some(2) && printed(&output).contains("convoca ledger --mend"), "{}", printed(&output));
    let told = said(&world, &["ledger", "--mend"]);
    assert!(told.contains("kept in sessions/invitations-20270201-") && told.contains("lost: line 14 ("), "{told}");
    assert_eq!(world.ledger(), whole);
    let copies = fs::read_dir(world.folder.path().join("sessions")).unwrap().flatten();
    let copies: Vec<_> = copies.filter(|entry| entry.file_name().to_string_lossy().ends_with(".bak")).collect();
    assert_eq!((copies.len(), fs::read_to_string(copies[0].path()).unwrap()), (1, damaged));
    assert_eq!(world.plan(&[])["messages"], 0);
}

#[test]
fn a_list_that_lost_its_lines_takes_no_mail_with_it() {
    let world = World::new();
    world.add_second();
    said(&world, &["invite", "write", "mails", "--session", "1"]);
    let folder = world.folder.path().join("mails");
    for (lines, told) in [
        (Some(""), "3 mails in `mails` that nobody entered are not listed in `mails/mails.jsonl`; nothing was touched"),
        (None, "are not listed"),
        (Some("{\"v\":1}\n"), "line 1 of `mails/mails.jsonl` is damaged: `at` is missing"),
    ] {
        match lines {
            Some(lines) => fs::write(folder.join("mails.jsonl"), lines).unwrap(),
            None => fs::remove_file(folder.join("mails.jsonl")).unwrap(),
        }
        let before = common::contents(&folder);
        let output = world.run(&["invite", "write", "mails", "--session", "2"]);
        assert!(output.status.code() == Some(2) && printed(&output).contains(told), "{}", printed(&output));
        assert!(printed(&output).contains("write into another folder"), "{}", printed(&output));
        assert_eq!(common::contents(&folder), before);
    }
    assert!(said(&world, &["invite", "write", "others", "--session", "2"]).contains("3 mails in others/"));
}
