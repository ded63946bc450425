//! The dialogues of RFC 5546 §4 from the organizer's side, as transcripts: what the plan says, and what
//! each recipient gets. `cargo insta review` shows what changed.

mod support;

use std::fmt::Write;

use support::smtp::Smtp;
use support::{World, calendar, printed};

struct Dialogue {
    world: World,
    transcript: String,
}

impl Dialogue {
    fn new() -> Dialogue {
        Dialogue { world: World::new(), transcript: String::new() }
    }

    /// Shows the plan, sends it, and shows what came in.
    fn step(&mut self, title: &str, arguments: &[&str]) {
        let server = Smtp::honest();
        let plan = self.world.run(&[&["invite", "plan"], arguments].concat());
        let _ = write!(self.transcript, "== {title}\n{}", printed(&plan));
        let sent = self.world.send(&server.address, arguments);
        match sent.status.code() {
            Some(0) => {}
            Some(1) => self.transcript.push_str("send ends with status 1\n"),
            _ => panic!("{}", printed(&sent)),
        }
        let mut mailbox = server.mailbox();
        mailbox.sort();
        for (to, mail) in mailbox {
            let calendar = calendar(&mail);
            let mut told = Vec::new();
            let names = ["METHOD", "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "ATTENDEE", "LOCATION"];
            let event = calendar.split("END:VTIMEZONE").last().unwrap();
            let method = calendar.lines().find(|line| line.starts_with("METHOD")).unwrap();
            told.push(method);
            told.extend(event.lines().filter(|line| names.iter().any(|name| line.starts_with(name) && *line != method)));
            let _ = writeln!(self.transcript, "-> {to}\n   {}", told.join("\n   "));
        }
        let again = self.world.plan(arguments);
        let _ = writeln!(self.transcript, "left to send: {}\n", again["messages"]);
    }

    /// Without the plan ids, which stand for contents that other tests show.
    fn transcript(&self) -> String {
        let mut lines = Vec::new();
        for line in self.transcript.lines() {
            lines.push(line.split("; plan ").next().unwrap_or(line));
        }
        lines.join("\n")
    }
}

#[test]
fn invite_update_and_cancel() {
    let mut dialogue = Dialogue::new();
    dialogue.step("three are invited", &[]);
    dialogue.step("nothing has changed", &[]);
    dialogue.world.edit("1.toml", "start = 10:00", "start = 11:00");
    dialogue.step("an hour later: the join link is to be confirmed", &[]);
    dialogue.step("it holds", &["--same-link", "1"]);
    dialogue.world.edit("1.toml", "Sesión única", "Sesión única e irrepetible");
    dialogue.step("a new title in Spanish moves nobody", &[]);
    dialogue.step("unless it is asked for", &["--cosmetic"]);
    dialogue.world.edit("1.toml", "\"confirmed\"", "\"cancelled\"");
    dialogue.step("the session is cancelled", &[]);
    dialogue.step("they know", &[]);
    dialogue.world.edit("1.toml", "\"cancelled\"", "\"confirmed\"");
    dialogue.step("it takes place after all", &[]);
    insta::assert_snapshot!(dialogue.transcript());
}

#[test]
fn add_and_take_off_an_attendee() {
    let mut dialogue = Dialogue::new();
    dialogue.step("three are invited", &[]);
    dialogue.world.edit("1.toml", "speakers = [\"uclg\"]", "speakers = [\"panama\"]");
    dialogue.step("one has no part in it any more, another has one", &[]);
    let ana = "[people.ana]\nname = \"Ana Núñez\"\nparty = \"panama\"\nemail = \"ana@Example.ORG\"\n";
    dialogue.world.edit("group.toml", "[parties.uclg]", &format!("{ana}[parties.uclg]"));
    dialogue.step("a person of a member joins", &[]);
    dialogue.world.edit("group.toml", "ana@Example.ORG", "nunez@example.org");
    dialogue.step("she has another address", &[]);
    dialogue.world.edit("1.toml", "id = \"one\"", "id = \"uno\"");
    dialogue.step("somebody changes the id of the session", &[]);
    insta::assert_snapshot!(dialogue.transcript());
}

#[test]
fn what_holds_a_session_back_is_said() {
    let mut dialogue = Dialogue::new();
    dialogue.world.edit("1.toml", "\"confirmed\"", "\"draft\"");
    dialogue.step("a draft", &[]);
    dialogue.world.edit("1.toml", "\"draft\"", "\"confirmed\"");
    dialogue.world.edit("group.toml", "email = \"uclg@example.org\"\n", "");
    dialogue.step("a speaker without an address", &[]);
    dialogue.world.edit("1.toml", "2027-03-02", "2027-01-02");
    dialogue.step("a session that is over", &[]);
    insta::assert_snapshot!(dialogue.transcript());
}

#[test]
fn invitations_that_stand_while_a_session_is_held_back_are_told() {
    let mut dialogue = Dialogue::new();
    dialogue.step("three are invited", &[]);
    dialogue.world.edit("1.toml", "\"confirmed\"", "\"draft\"");
    dialogue.step("it is a draft again", &[]);
    dialogue.world.edit("1.toml", "speakers = [\"uclg\"]", "speakers = [\"panama\"]");
    dialogue.step("one is taken off the draft", &[]);
    dialogue.world.edit("1.toml", "\"draft\"", "\"confirmed\"");
    dialogue.world.edit("1.toml", "2027-03-02", "2026-03-02");
    dialogue.step("a slip of the year", &[]);
    dialogue.world.edit("1.toml", "\"confirmed\"", "\"cancelled\"");
    dialogue.step("it was none", &[]);
    insta::assert_snapshot!(dialogue.transcript());
}

#[test]
fn nothing_is_sent_while_an_error_stands() {
    let world = World::new();
    world.edit("1.toml", "speakers = [\"uclg\"]", "speakers = [\"nobody-we-know\"]");
    for arguments in [&["invite"][..], &["invite", "write", "out"], &["invite", "send", "--yes", "x"]] {
        let output = world.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(printed(&output).contains("nothing is sent while these errors stand"), "{}", printed(&output));
    }
    assert!(!world.folder.path().join("out").exists() && world.ledger().is_empty());
}

const ANOTHER: &str = r#"
id = "two"
number = 2
date = 2027-03-09
status = "confirmed"
moderator = "nobody-we-know"
title = { es = "Otra sesión", en = "Another session" }
slots = [{ start = 10:00, minutes = 30, title = { es = "Apertura", en = "Opening" }, speakers = ["uclg"] }]
"#;

#[test]
fn an_error_elsewhere_does_not_stop_a_session_that_is_asked_for() {
    let world = World::new();
    world.write("2.toml", ANOTHER);
    let all = world.run(&["invite"]);
    assert_eq!(all.status.code(), Some(1));
    let said = printed(&all);
    assert!(said.contains("unknown-party") && said.contains("help: another session need not wait: `--session N`"), "{said}");
    assert_eq!(world.plan(&["--session", "1"])["messages"], 3);
    assert_eq!(world.run(&["invite", "--session", "2"]).status.code(), Some(1));
    world.write("2.toml", "id = [");
    assert_eq!(world.plan(&["--session", "1"])["messages"], 3);
    world.edit("group.toml", "member = true", "member = 1");
    assert_eq!(world.run(&["invite", "--session", "1"]).status.code(), Some(1), "the group is everybody's");
}

#[test]
fn a_cancellation_waits_for_no_check() {
    let world = World::new();
    let server = Smtp::honest();
    assert!(world.send(&server.address, &[]).status.success());
    world.edit("1.toml", "speakers = [\"uclg\"]\n", "speakers = [\"uclg\"]\n[[slots]]\nstart = 10:10\nminutes = 30\ntitle = { es = \"Otra\", en = \"Other\" }\nspeakers = [\"uclg\"]\n");
    let held = world.run(&["invite", "--session", "1"]);
    assert_eq!(held.status.code(), Some(1));
    let said = printed(&held);
    assert!(said.contains("nothing is sent for Session 1") && said.contains("`slot-overlap = \"warning\"`"), "{said}");
    world.edit("1.toml", "\"confirmed\"", "\"cancelled\"");
    assert_eq!(world.plan(&["--session", "1"])["messages"], 3);
}
