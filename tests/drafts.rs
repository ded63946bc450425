//! Mails without an SMTP password: laid as drafts into the sender's mailbox, and found among what was sent from there.

mod support;

use std::process::Output;

use support::imap::{Act, Imap};
use support::smtp::Smtp;
use support::{World, calendar, printed};

fn at(world: &World, mailbox: &Imap, arguments: &[&str]) -> Output {
    world.at_mailbox(&mailbox.address, arguments)
}

fn said(world: &World, mailbox: &Imap, arguments: &[&str]) -> String {
    let output = at(world, mailbox, arguments);
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

#[test]
fn a_draft_keeps_its_calendar_and_is_laid_once() {
    let (world, mailbox) = (World::new(), Imap::honest());
    let told = said(&world, &mailbox, &["invite", "draft", "--imap"]);
    assert!(told.contains("3 mails laid into the folder “Borradores”"), "{told}");
    let drafts = mailbox.folder("Borradores");
    assert_eq!(drafts.len(), 3);
    for draft in &drafts {
        assert_eq!(draft.flags, "\\Draft \\Seen");
        assert!(draft.mail.contains("method=REQUEST") && calendar(&draft.mail).contains("METHOD:REQUEST"), "{}", draft.mail);
    }
    assert_eq!((world.ledger().matches("\"kind\":\"written\"").count(), world.plan(&[])["messages"].as_u64()), (3, Some(3)));
    // Again, after one was deleted by mistake: that one alone is new.
    mailbox.change(|folders| folders.get_mut("Borradores").unwrap().remove(0));
    let told = said(&world, &mailbox, &["invite", "draft", "--imap"]);
    assert!(told.contains("1 mail laid into") && told.contains("already from before: 2 mails"), "{told}");
    assert_eq!(mailbox.folder("Borradores").len(), 3);
}

#[test]
fn a_folder_is_found_as_people_call_it_or_the_others_are_named() {
    let (world, mailbox) = (World::new(), Imap::honest());
    let output = at(&world, &mailbox, &["invite", "draft", "--drafts", "Borradorez"]);
    let told = printed(&output);
    let others = "which of its folders “Borradorez” is cannot be told; there are: Borradores, Enviados";
    assert!(!output.status.success() && told.contains(others), "{told}");
    let told = said(&world, &mailbox, &["invite", "draft", "--drafts", "borradores"]);
    assert!(told.contains("3 mails laid into the folder “Borradores”"), "{told}");
    let output = at(&world, &mailbox, &["replies", "--imap", &mailbox.address, "--folder", "Respuestas"]);
    assert!(printed(&output).contains("which of its folders “Respuestas” is cannot be told"), "{}", printed(&output));
}

#[test]
fn what_was_sent_is_seen_and_not_believed() {
    let (world, mailbox) = (World::new(), Imap::honest());
    said(&world, &mailbox, &["invite", "draft"]);
    let told = said(&world, &mailbox, &["invite", "record", "--imap"]);
    assert!(told.contains("entered in the ledger: 0 mails") && told.contains("left in the plan: 3 mails: "), "{told}");
    mailbox.send_draft("panama@example.org");
    let told = said(&world, &mailbox, &["invite", "anotar", "--imap"]);
    assert!(told.contains("entered in the ledger: 1 mail\n") && told.contains("left in the plan: 2 mails: "), "{told}");
    assert_eq!(world.plan(&[])["messages"], 2);
    assert!(world.ledger().contains("found among the sent mails"));
    // A program that writes the draft anew gives it another Message-ID, and may keep the calendar as an attachment alone.
    let mail = mailbox.send_draft("esquipulas@example.org");
    let (id, sent) = (mail.lines().find(|line| line.starts_with("Message-ID")).unwrap(), mailbox.folder("Enviados"));
    let anew = sent[1].mail.replace(id, "Message-ID: <anew@mua>").replace("text/calendar", "text/x-gone");
    mailbox.change(|folders| folders.get_mut("Enviados").unwrap()[1].mail = anew);
    // And one goes to an address that somebody wrote over the right one.
    mailbox.send_draft("uclg@example.org");
    mailbox.change(|folders| {
        let sent = &mut folders.get_mut("Enviados").unwrap()[2];
        sent.mail = sent.mail.replace("<uclg@example.org>", "<otra@example.org>");
    });
    let told = said(&world, &mailbox, &["invite", "record", "--imap"]);
    assert!(told.contains("entered in the ledger: 1 mail\n"), "{told}");
    assert!(told.contains("sent to otra@example.org and not to uclg@example.org"), "{told}");
    assert_eq!(world.plan(&[])["messages"], 1);
    let lines = world.ledger();
    said(&world, &mailbox, &["invite", "record", "--imap"]);
    assert_eq!(world.ledger(), lines, "nothing of it is entered twice");
}

#[test]
fn drafts_that_no_longer_hold_are_deleted_and_nothing_else() {
    for (offers, deleted) in [("IMAP4rev1 AUTH=PLAIN UIDPLUS", true), ("IMAP4rev1 AUTH=PLAIN", false)] {
        let (world, mailbox) = (World::new(), Imap::offering(offers, "NOTHING", Act::Drop));
        said(&world, &mailbox, &["invite", "draft"]);
        mailbox.send_draft("panama@example.org");
        let other = mailbox.folder("INBOX")[0].clone();
        mailbox.change(|folders| folders.get_mut("Borradores").unwrap().push(other));
        world.edit("1.toml", "10:00", "11:00");
        let told = said(&world, &mailbox, &["invite", "draft", "--same-link", "1"]);
        assert!(told.contains("entered in the ledger: 1 mail"), "what was sent is seen first: {told}");
        assert!(told.contains("3 mails laid into"), "{told}");
        assert_eq!(told.contains("were deleted: "), deleted, "{told}");
        assert_eq!(told.contains("delete them yourself: "), !deleted, "{told}");
        let drafts = mailbox.folder("Borradores");
        assert_eq!(drafts.len(), if deleted { 4 } else { 6 }, "the draft of somebody else stays");
        assert!(drafts.iter().any(|draft| draft.mail.contains("Con gusto.")));
    }
}

#[test]
fn a_server_that_fails_at_any_step_loses_nothing() {
    let say = |text: &str| Act::Say(text.as_bytes().to_vec());
    for (at_command, act, says) in [
        ("LIST", say("{tag} BAD what\r\n"), "what"),
        ("LIST", say("* LIST () \"/\" Presented\r\n{tag} OK\r\n"), "name it with `--drafts`; there are: Presented"),
        ("LIST", Act::Flood(b"* LIST () \"/\" x\r\n"), "its answer does not end"),
        ("SELECT", say("{tag} NO no such folder\r\n"), "no such folder"),
        ("UID SEARCH", Act::Drop, "it broke off the connection"),
        ("APPEND", Act::Drop, "run it again: it goes on where this stopped"),
        ("APPEND", say("{tag} NO [OVERQUOTA] full\r\n"), "not laid, the server refused it: Municipality of Esquipulas"),
        ("APPEND", say("{tag} OK as you like\r\n"), "it spoke out of turn"),
        ("LOGOUT", Act::Drop, "3 mails laid into"),
    ] {
        let (world, lying) = (World::new(), Imap::start(at_command, act));
        let told = printed(&at(&world, &lying, &["invite", "draft", "--timeout", "5"]));
        assert!(told.contains(says) && !told.contains("panicked") && !told.contains("hunter2"), "{at_command}: {told}");
        assert_eq!(world.ledger().matches("\"kind\":\"sen").count(), 0, "{at_command}: nothing counts as sent");
        let honest = Imap::honest();
        let told = said(&world, &honest, &["invite", "draft"]);
        assert!(told.contains("3 mails laid into"), "{at_command}: {told}");
    }
}

#[test]
fn a_mailbox_that_was_not_named_well_is_told() {
    let (world, mailbox) = (World::new(), Imap::honest());
    let nothing = world.run(&["invite", "draft"]);
    assert!(printed(&nothing).contains("no mailbox was given") && nothing.status.code() == Some(2));
    said(&world, &mailbox, &["invite", "draft", "--drafts", "Enviados"]);
    assert_eq!(mailbox.folder("Enviados").len(), 3, "the folder that was named");
    let world = World::new();
    said(&world, &mailbox, &["invite", "draft"]);
    let folder = printed(&at(&world, &mailbox, &["invite", "record", "--imap", "Sent", "--tls", "tls"]));
    assert!(folder.contains("if `Sent` is the folder, say `--sent Sent`"), "{folder}");
    let neither = printed(&at(&world, &mailbox, &["invite", "record"]));
    assert!(neither.contains("FOLDER"), "{neither}");
}

#[test]
fn what_is_sent_by_smtp_has_a_copy_among_the_sent_mails() {
    let (world, mailbox, server) = (World::new(), Imap::honest(), Smtp::honest());
    let arguments = world.sending(&server.address, "5", &[]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let told = said(&world, &mailbox, &arguments);
    assert!(
        told.contains("3 of 3 mails sent") && told.contains("a copy in the folder “Enviados” of your mailbox: 3 mails"),
        "{told}"
    );
    let copies = mailbox.folder("Enviados");
    assert_eq!(copies.len(), 3);
    let sent = server.mailbox();
    for copy in &copies {
        assert_eq!(copy.flags, "\\Seen");
        assert!(sent.iter().any(|(_, mail)| mail.trim_end_matches(".\r\n") == copy.mail), "the same octets");
    }
}

#[test]
fn a_copy_that_cannot_be_laid_keeps_nothing_from_being_sent() {
    for (arguments, act, says) in [
        (&[][..], Act::Say(b"{tag} NO [OVERQUOTA] full\r\n".to_vec()), "no copy lies among your sent mails: [OVERQUOTA] full"),
        (&[], Act::Drop, "no copy lies among your sent mails"),
        (&["--no-copy"], Act::Drop, "3 of 3 mails sent"),
    ] {
        let (world, mailbox, server) = (World::new(), Imap::start("APPEND", act), Smtp::honest());
        let sending = world.sending(&server.address, "5", &[]);
        let sending: Vec<&str> = sending.iter().map(String::as_str).chain(arguments.iter().copied()).collect();
        let told = said(&world, &mailbox, &sending);
        assert!(told.contains(says) && told.contains("3 of 3 mails sent"), "{told}");
        assert_eq!(told.contains("no copy lies"), arguments.is_empty(), "{told}");
        assert_eq!((server.mailbox().len(), world.plan(&[])["messages"].as_u64()), (3, Some(0)));
    }
}
