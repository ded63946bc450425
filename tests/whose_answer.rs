//! Answers of one person in many shapes: what only they can have given counts, and of any other it is told whose it
//! seems to be, and what to type.

mod common;

use std::fs;

use common::desk::{Desk, fixtures};

/// A mail of Ana's that accepts the first session, with some of its lines written in another way.
fn mail(changes: &[(&str, &str)]) -> String {
    let mut mail = "From: Ana Example <ana@example.org>\r\nSubject: Answer\r\nDate: Tue, 5 Jan 2027 12:00:01 +0000\r\nMIME-Version: 1.0\r\n\
                    Content-Type: text/calendar; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
                    ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org\r\nUID:opening@my-group.example.org\r\nDTSTAMP:20270105T120000Z\r\n\
                    SEQUENCE:0\r\nDTSTART:20270302T160000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        .to_owned();
    for (line, other) in changes {
        assert!(mail.contains(line), "{line}");
        mail = mail.replacen(line, other, 1);
    }
    mail
}

const ACCEPTED: &str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org";
const STAMP: &str = "DTSTAMP:20270105T120000Z";

#[test]
fn what_only_ana_can_have_answered_counts() {
    let desk = Desk::new();
    let everybody = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:city@example.org\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org\r\n\
                     ATTENDEE;PARTSTAT=DECLINED:mailto:unhcr@example.org";
    let alias = "ATTENDEE;EMAIL=\"ana@example.org\";PARTSTAT=ACCEPTED:mailto:2_GEZDGNBVGY@imip.me.example.org";
    for (case, changes) in [
        ("an address of the calendar's own", vec![(ACCEPTED, alias)]),
        ("a principal", vec![(ACCEPTED, "ATTENDEE;EMAIL=Ana@example.org;PARTSTAT=ACCEPTED:/aMTI/principal/")]),
        ("everybody is named", vec![(ACCEPTED, everybody)]),
        ("vCalendar", vec![("VERSION:2.0", "VERSION:1.0"), (ACCEPTED, "ATTENDEE;STATUS=ACCEPTED:ana@example.org")]),
        ("no method", vec![("METHOD:REPLY\r\n", "")]),
        ("a version that is none", vec![("SEQUENCE:0", "SEQUENCE:0.0")]),
        (
            "no stamp, and a date of the server alone",
            vec![(STAMP, "X-NONE:1"), ("Date:", "Received: from a.example.org by b.example.org with ESMTP id 1;")],
        ),
        ("the invited time proposed", vec![("METHOD:REPLY", "METHOD:COUNTER")]),
    ] {
        let file = desk.0.path().join("answer.eml");
        fs::write(&file, mail(&changes)).unwrap();
        let shown = desk.run(&["replies", file.to_str().unwrap(), "--dry-run"]);
        assert!(shown.starts_with("Session 1 · Ana Example, Municipality of Example (Guatemala): accepts\n"), "{case}: {shown}");
    }
}

#[test]
fn whom_an_answer_means_is_told_with_the_command() {
    let desk = Desk::new();
    let offered = "if it is so: `convoca replies --accepts ana --session 1`";
    let from = "From: Ana Example <ana@example.org>";
    let guid =
        "UID:040000008200E00074C5B7101A82E00800000000B0A1C2D3E4F5010000000000000000100000005A6B7C8D9EAFB0C1D2E3F40516273849";
    let words = "Content-Type: text/plain; charset=utf-8\r\n\r\nCon gusto confirmo mi asistencia.\r\n\r\n> ";
    let in_words = vec![("Content-Type: text/calendar; charset=utf-8\r\n\r\n", words)];
    let titled = ("Subject: Answer", "Subject: Re: Opening session");
    for (case, changes, step) in [
        ("another UID, the same time", vec![("UID:opening@my-group.example.org", guid)], offered),
        ("by a list", vec![(from, "From: Ana Example via Lista <lista@example.net>")], offered),
        ("by an assistant", vec![(from, "From: asistente@example.org")], offered),
        ("forwarded by somebody who is invited too", vec![(from, "From: city@example.org")], offered),
        ("two senders", vec![(from, "From: ana@example.org, eva@example.net")], offered),
        (
            "a part of a mailbox",
            vec![(from, "From: ana+g@example.org"), (ACCEPTED, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana+g@example.org")],
            offered,
        ),
        (
            "by name",
            vec![(from, "From: Ana Example <a@example.net>"), (ACCEPTED, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.net")],
            offered,
        ),
        (
            "nobody knows who",
            vec![(from, "From: a@example.net"), (ACCEPTED, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.net")],
            "if it is from somebody invited: `convoca replies --accepts WHO --session 1`",
        ),
        (
            "no answer in it",
            vec![(ACCEPTED, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@example.org")],
            "if they accept: `convoca replies --accepts ana --session N` (invited to 1 and 2); else",
        ),
        (
            "words, by name and title",
            [in_words.clone(), vec![titled, (from, "From: Ana Example <a@example.net>")]].concat(),
            "seems to accept; if it is so: `convoca replies --accepts ana --session 1`",
        ),
        (
            "words to either",
            in_words,
            "seems to accept; if it is so: `convoca replies --accepts ana --session N` (invited to 1 and 2)",
        ),
    ] {
        let file = desk.0.path().join("answer.eml");
        fs::write(&file, mail(&changes)).unwrap();
        let shown = desk.run(&["replies", file.to_str().unwrap(), "--dry-run"]);
        assert!(shown.contains(&format!("\n    {step}")) && shown.contains(": 0 answers recorded"), "{case}: {shown}");
    }
}

/// A stamp as old as the invitation itself says nothing: the later mail counts. What was decided is not asked again.
#[test]
fn an_old_stamp_does_not_outlast_a_later_mail() {
    let desk = Desk::new();
    let file = desk.0.path().join("answer.eml");
    let read = || desk.run(&["replies", file.to_str().unwrap()]);
    for (day, stamp) in [("6 Jan", "DTSTAMP:20270104T120000Z"), ("7 Jan", "DTSTAMP:19700101T000000Z")] {
        fs::write(&file, mail(&[])).unwrap();
        read();
        let declined = ("PARTSTAT=ACCEPTED", "PARTSTAT=DECLINED");
        fs::write(&file, mail(&[declined, (STAMP, stamp), ("5 Jan", day)])).unwrap();
        assert!(read().contains("1 answer recorded"), "{stamp}");
        assert!(read().contains("0 answers recorded, 1 known already"), "{stamp}");
    }
    fs::write(&file, mail(&[("From: Ana Example <ana@example.org>", "From: lista@example.net")])).unwrap();
    assert!(read().contains("1 not recorded"));
    desk.run(&["replies", "--declines", "ana", "--session", "1", "--comment", "By telephone"]);
    assert!(read().contains("1 known already, 0 not recorded"));
}

/// A mail that was changed on its way, so that its domain disowns it: it counts where the receiving server found the chain
/// of those who passed it on whole and names each of them, and the first of them found that it was the sender's.
#[test]
fn a_chain_of_forwarders_counts_where_the_receiving_server_found_it_whole() {
    let desk = Desk::new();
    let file = desk.0.path().join("answer.eml");
    let server = "Authentication-Results: mx.example.org; dmarc=fail (p=none) header.from=example.org; arc=pass (as.1.lists.example.net=pass)\r\n";
    let seal = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example.net; s=k; b=eA==\r\n";
    let first = &format!(
        "{seal}ARC-Authentication-Results: i=1; lists.example.net; dkim=pass; dmarc=pass (p=none)\r\n header.from=example.org\r\n"
    );
    let again = format!("ARC-Seal: i=2; a=rsa-sha256; cv=pass; d=example.info; s=k; b=eA==\r\n{first}");
    let (counts, doubt) = ("1 answer recorded", "whoever forwarded it says that it was sound (ARC)");
    let forged = "the receiving server found that it is not (DMARC)";
    for (case, heads, told) in [
        ("whole", format!("{server}{first}"), counts),
        ("by its address alone", format!("{}{first}", server.replace("as.1.", "i=1:")), counts),
        (
            "sealed by somebody whom the server does not name",
            format!("{}{first}", server.replace("lists.example.net", "example.com")),
            doubt,
        ),
        (
            "whose name only ends alike",
            format!("{}{first}", server.replace("lists.ex", "badlists.ex").replace("as.1.bad", "bad")),
            doubt,
        ),
        ("named by nobody", format!("{}{first}", server.replace(" (as.1.lists.example.net=pass)", "")), doubt),
        ("sealed by nobody", format!("{server}{}", first.replace(seal, "")), doubt),
        ("sealed again by somebody else", format!("{server}{again}"), doubt),
        ("nothing of the first", server.to_owned(), doubt),
        ("it had failed before", format!("{server}{}", first.replace("dmarc=pass", "dmarc=fail")), doubt),
        ("of another domain", format!("{server}{}", first.replace("from=example.org", "from=example.net")), doubt),
        ("two first ones", format!("{server}{first}{first}"), doubt),
        ("the chain is broken", format!("{}{first}", server.replace("arc=pass", "arc=fail")), forged),
        (
            "another server says so",
            format!(
                "{}Authentication-Results: lists.example.net; arc=pass (as.1.lists.example.net=pass)\r\n{first}",
                server.replace("; arc=pass (as.1.lists.example.net=pass)", "")
            ),
            forged,
        ),
    ] {
        fs::write(&file, format!("{heads}{}", mail(&[]))).unwrap();
        let shown = desk.run(&["replies", file.to_str().unwrap(), "--dry-run"]);
        assert!(shown.contains(told), "{case}: {shown}");
    }
}

/// A link says one thing and the words below it another: a person reads it.
#[test]
fn a_link_that_is_taken_back_below_is_asked_about() {
    let desk = Desk::new();
    let folder = desk.0.path().join("mails");
    let place = folder.to_str().unwrap();
    fs::remove_file(desk.0.path().join("invitations.jsonl")).unwrap();
    desk.run_on("2027-01-04", &["invite", "write", place]);
    desk.run_on("2027-01-04", &["invite", "record", place]);
    let short = desk.run(&["invite", "text", "ana", "--session", "1"]);
    let word = short.split('[').nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let file = desk.0.path().join("answer.eml");
    let read = |subject: &str, text: &str| {
        let mail = format!("From: a@example.net\nSubject: {subject}\nDate: Tue, 5 Jan 2027 12:00:01 +0000\n\n{text}\n");
        fs::write(&file, mail).unwrap();
        desk.run(&["replies", file.to_str().unwrap(), "--dry-run"])
    };
    let (first, last) = word.split_at(6);
    for subject in
        [format!("RE: acepto [ {} ]", word.to_uppercase()), format!("AW: acepto {word}"), format!("acepto [{first}\n {last}]")]
    {
        assert!(read(&subject, "").contains("1 answer recorded"), "{subject}");
    }
    let shown = read(&format!("acepto [{word}]"), "Perdón, al final no podré asistir.");
    let step = "seems to decline; if it is so: `convoca replies --declines ana --session 1`";
    assert!(shown.contains("0 answers recorded") && shown.contains(step), "{shown}");
    let shown = read(&format!("acepto [{word}]"), "Perdón, no podré asistir a la primera parte.");
    assert!(shown.contains("0 answers recorded") && shown.contains("--accepts ana --session 1"), "{shown}");
    let shown = read("Answer", &format!("acepto [{word}]"));
    assert!(shown.contains("0 answers recorded") && shown.contains("--accepts ana --session 1"), "{shown}");
}

/// A mail that somebody has sent on to another address, which is refused: theirs did not arrive.
#[test]
fn what_comes_back_from_behind_a_forwarding_is_of_whom_was_invited() {
    let desk = Desk::new();
    let report = fs::read_to_string(fixtures().join("returned.eml")).unwrap();
    let forwarded = report.replace("rfc822;ana@example.org", "rfc822;ana.private@example.net");
    assert_ne!(forwarded, report);
    let file = desk.0.path().join("report.eml");
    fs::write(&file, forwarded).unwrap();
    let shown = desk.run(&["replies", file.to_str().unwrap()]);
    assert!(shown.contains("did not reach ana@example.org:") && shown.contains(": ana.private@example.net: 550"), "{shown}");
    assert!(desk.run(&["attendance", "1"]).contains("not delivered"));
}
