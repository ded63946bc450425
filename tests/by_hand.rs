//! Mails that are written, sent from somebody's own program, and entered in the ledger.

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
    assert_eq!(world.ledger(), "", "written is not sent");
    assert!(said(&world, &["invite", "record", "out"]).contains("sent by hand: 3 mails"));
    assert_eq!(world.plan(&[])["messages"], 0);
    let (lines, entered) = (world.ledger(), messages(&world));
    assert!(said(&world, &["invite", "anotar", "out"]).contains("in it already: 3 mails"));
    assert_eq!(world.ledger(), lines, "the same again changes nothing");
    // What the ledger holds is what the mails say.
    let calendar = fs::read_to_string(world.folder.path().join("out/one/panama-request.ics")).unwrap();
    let mail = fs::read_to_string(world.folder.path().join("out/one/panama-request.eml")).unwrap();
    let of_panama: Vec<_> = entered.iter().filter(|line| line["to"] == "panama@example.org").collect();
    assert_eq!((of_panama.len(), of_panama[0]), (2, of_panama[1]));
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
    assert!(told.contains("sent by hand: 2 mails") && told.contains("left in the plan: 1 mail\n"), "{told}");
    assert_eq!(world.plan(&[])["messages"], 1);
}

#[test]
fn a_recording_that_was_cut_short_is_taken_up_again() {
    let world = World::new();
    said(&world, &["invite", "write", "out"]);
    said(&world, &["invite", "record", "out"]);
    let whole = world.ledger();
    for kept in 0..6 {
        let lines: Vec<&str> = whole.lines().take(kept).collect();
        world.write("invitations.jsonl", &lines.iter().map(|line| format!("{line}\n")).collect::<String>());
        said(&world, &["invite", "record", "out"]);
        assert_eq!((messages(&world).len(), world.plan(&[])["messages"].as_u64()), (6, Some(0)));
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
