//! Answers as the programs of the participants write them.

use std::io::Cursor;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::mailbox::Messages;
use super::*;
use crate::ledger::Answer;

const UID: &str = "global-initiatives@mirps-local-governance.example.org";

const GMAIL: &[u8] = include_bytes!("../../../../tests/fixtures/replies/gmail-accepted.eml");
const DECLINED: &[u8] = include_bytes!("../../../../tests/fixtures/replies/outlook-declined.eml");
const COUNTER: &[u8] = include_bytes!("../../../../tests/fixtures/replies/outlook-counter.eml");
const TENTATIVE: &[u8] = include_bytes!("../../../../tests/fixtures/replies/thunderbird-tentative.eml");
const APPLE: &[u8] = include_bytes!("../../../../tests/fixtures/replies/apple-accepted.eml");

/// What Thunderbird 153 sent when somebody pressed "Accept".
const PRESSED: &[u8] = include_bytes!("../../../../tests/fixtures/thunderbird-accepted.eml");

/// The one answer of a mail.
fn one(mail: &[u8]) -> Received {
    let [found] = answers_in_mail(mail).try_into().unwrap();
    found.unwrap()
}

fn refused(mail: &[u8]) -> String {
    let [found] = answers_in_mail(mail).try_into().unwrap();
    found.unwrap_err().en.into_owned()
}

fn in_file(octets: &[u8]) -> Vec<Found> {
    Messages::new(Cursor::new(octets)).flat_map(|message| message.unwrap().found).collect()
}

fn reply(lines: &str) -> String {
    format!(
        "From: a@example.org\nTo: o@example.org\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n\
         BEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

const WHOLE: &str = "UID:u\nDTSTAMP:20221001T000000Z\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org";

#[test]
fn gmail_sends_the_answer_twice_and_it_counts_once() {
    let answer = one(GMAIL);
    assert_eq!(answer.uid, UID);
    assert_eq!(answer.attendee, "upala@example.org");
    assert_eq!(answer.from, Sender::Mail("upala@example.org".to_owned()));
    assert_eq!(answer.answer, Answer::Accepted);
    assert_eq!(answer.dtstamp.to_rfc3339(), "2022-10-04T15:30:12+00:00");
    assert_eq!(answer.sequence, 0);
}

#[test]
fn outlook_writes_mailto_in_capitals_and_a_comment() {
    let answer = one(DECLINED);
    assert_eq!(answer.attendee, "choloma@example.org");
    assert_eq!(answer.answer, Answer::Declined);
    assert_eq!(answer.comment.as_deref(), Some("Ese día hay sesión del Concejo, lo sentimos."));
}

#[test]
fn outlook_proposes_a_time_in_a_windows_zone() {
    let Some(proposal) = one(COUNTER).proposal else { panic!() };
    assert_eq!(proposal.start.unwrap().to_rfc3339(), "2022-10-28T16:00:00+00:00");
    assert_eq!(proposal.end.unwrap().to_rfc3339(), "2022-10-28T17:30:00+00:00");
    assert_eq!(proposal.written, "20221028T110000 (SA Pacific Standard Time)");
}

#[test]
fn thunderbird_and_apple() {
    let answer = one(TENTATIVE);
    assert_eq!((answer.attendee.as_str(), &answer.answer), ("tegucigalpa@example.org", &Answer::Tentative));
    let answer = one(PRESSED);
    assert_eq!((answer.uid.as_str(), &answer.answer), (UID, &Answer::Accepted));
    assert_eq!(answer.from, Sender::Mail(answer.attendee));
    let answer = one(APPLE);
    assert_eq!((answer.attendee.as_str(), &answer.answer), ("ana@example.org", &Answer::Accepted));
}

#[test]
fn line_ends_change_nothing() {
    for mail in [GMAIL, DECLINED, COUNTER, TENTATIVE] {
        let lf = String::from_utf8_lossy(mail).replace("\r\n", "\n");
        assert_eq!(one(lf.as_bytes()), one(mail));
        assert_eq!(one(lf.as_bytes()).source(), one(mail).source());
        assert_eq!(one(lf.replace('\n', "\r\n").as_bytes()), one(mail));
    }
}

#[test]
fn mailboxes_hold_many() {
    let mut mbox = Vec::new();
    for mail in [GMAIL, DECLINED, COUNTER, TENTATIVE, APPLE] {
        mbox.extend_from_slice(b"From a@example.org Tue Oct  4 15:30:12 2022\n");
        mbox.extend_from_slice(mail);
        mbox.extend_from_slice(b"\n>From the heart\n\n");
    }
    let alone: Vec<Found> = [GMAIL, DECLINED, COUNTER, TENTATIVE, APPLE].iter().flat_map(|mail| answers_in_mail(mail)).collect();
    assert_eq!(in_file(&mbox), alone);
    assert_eq!(in_file(GMAIL), answers_in_mail(GMAIL));
    assert_eq!(in_file(b""), []);
}

#[test]
fn a_mail_about_something_else_holds_no_answer() {
    assert_eq!(answers_in_mail(b"From: a@example.org\nSubject: hola\n\nBuenos dias\n"), []);
    let request = String::from_utf8_lossy(COUNTER).replace("COUNTER", "REQUEST");
    assert_eq!(answers_in_mail(request.as_bytes()), []);
}

#[test]
fn a_forwarded_answer_comes_from_whoever_forwards_it() {
    let mut forward = b"From: beto@example.org\nTo: secretaria@example.org\nContent-Type: message/rfc822\n\n".to_vec();
    forward.extend_from_slice(DECLINED);
    let answer = one(&forward);
    assert_eq!((answer.attendee.as_str(), answer.from.address()), ("choloma@example.org", Some("beto@example.org")));
}

#[test]
fn several_senders_are_none() {
    let whole = reply(WHOLE);
    assert_eq!(one(whole.as_bytes()).from.address(), Some("a@example.org"));
    for from in ["From: a@example.org\nFrom: b@example.org", "From: a@example.org, b@example.org"] {
        assert_eq!(one(whole.replace("From: a@example.org", from).as_bytes()).from, Sender::Unclear);
    }
}

#[test]
fn what_the_receiving_server_found_out_is_heeded() {
    let checked =
        |result: &str| one(format!("Authentication-Results: mx.example.org; {result}\n{}", reply(WHOLE)).as_bytes()).from;
    assert_eq!(checked("spf=pass; dmarc = fail (p=REJECT)"), Sender::Forged("a@example.org".to_owned()));
    assert_eq!(checked("dmarc=fail (p=none dis=none); arc=pass (i=1)"), Sender::Forwarded("a@example.org".to_owned()));
    let elsewhere = "dmarc=fail\nAuthentication-Results: list.example.net; arc=pass";
    assert_eq!(checked(elsewhere), Sender::Forged("a@example.org".to_owned()), "only the receiving server is believed");
    assert_eq!(checked("spf=pass; dmarc=pass"), Sender::Mail("a@example.org".to_owned()));
}

#[test]
fn incomplete_answers_say_what_is_missing() {
    for (without, says) in [
        ("UID:u", "does not say to which invitation"),
        ("DTSTAMP:20221001T000000Z", "does not say when"),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org", "does not say who"),
    ] {
        assert!(refused(reply(&WHOLE.replace(without, "X-A:b")).as_bytes()).contains(says));
    }
    assert_eq!(one(reply(&WHOLE.replace("ACCEPTED", "DELEGATED")).as_bytes()).answer, Answer::Delegated);
    let several = format!("{WHOLE}\nATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org");
    assert_eq!(one(reply(&several).as_bytes()).attendee, "a@example.org", "whose mail it is");
    assert!(refused(reply(&several.replace("mailto:a@", "mailto:c@")).as_bytes()).contains("several"));
    assert_eq!(one(reply(&format!("{WHOLE}\nSEQUENCE:many")).as_bytes()).sequence, 0);
}

#[test]
fn a_proposal_without_a_known_zone_has_no_instant() {
    let counter = |start: &str| {
        let mail = reply(&format!("{WHOLE}\n{start}")).replace("REPLY", "COUNTER");
        let Some(proposal) = one(mail.as_bytes()).proposal else { panic!() };
        proposal
    };
    assert_eq!(counter("DTSTART;TZID=Mi zona:20221028T110000").start, None);
    assert_eq!(counter("DTSTART:20221028T110000").start, None);
    assert_eq!(counter("DTSTART;VALUE=DATE:20221028").start, None);
    let hour = counter("DTSTART:20221028T110000Z\nDURATION:PT1H30M");
    assert_eq!((hour.end.unwrap() - hour.start.unwrap()).num_minutes(), 90);
    let own = "DTSTART;TZID=Mi zona:20221028T110000\nEND:VEVENT\nBEGIN:VTIMEZONE\nTZID:Mi zona\nBEGIN:STANDARD\n\
               TZOFFSETTO:-0600\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nX-A:b";
    let mail = reply(&format!("{WHOLE}\n{own}")).replace("REPLY", "COUNTER");
    let first = answers_in_mail(mail.as_bytes()).into_iter().next().unwrap().unwrap();
    let Some(proposal) = first.proposal else { panic!() };
    assert_eq!(proposal.start.unwrap().to_rfc3339(), "2022-10-28T17:00:00+00:00");
}

#[test]
fn the_organizer_turns_down_by_recipient() {
    let mail = reply("UID:u\nDTSTAMP:20221001T000000Z").replace("REPLY", "DECLINECOUNTER");
    let answer = one(mail.as_bytes());
    assert_eq!((answer.attendee.as_str(), answer.answer), ("o@example.org", Answer::DeclineCounter));
}

#[test]
fn hostile_sizes_take_little_time() {
    let start = Instant::now();
    let nested = "BEGIN:VEVENT\n".repeat(20_000);
    assert!(in_file(format!("BEGIN:VCALENDAR\nMETHOD:REPLY\n{nested}").as_bytes())[0].is_err());
    let long = format!("BEGIN:VCALENDAR\nMETHOD:REPLY\n{}", "SUMMARY:a\n".repeat(100_000));
    assert!(in_file(&long.as_bytes()[..1_000_000]).is_empty());
    let many = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n".repeat(20_000);
    assert_eq!(in_file(many.as_bytes()).len(), 20_000);
    let parts: String = (0..5_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    assert!(in_file(format!("From: a@example.org\n{parts}").as_bytes())[0].is_err());
    let heads = "--b\nContent-Type: multipart/mixed; boundary=c\n\n".repeat(150);
    let filler = "a-\n--".repeat(4_000_000);
    let unclosed = format!("From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{heads}{filler}");
    assert!(in_file(unclosed.as_bytes())[0].is_err());
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// Octets without an end, of which a reader may hold only so many.
struct Endless(u64);

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(usize::try_from(self.0).unwrap());
        buffer[..length].fill(b'a');
        self.0 -= length as u64;
        Ok(length)
    }
}

#[test]
fn a_message_of_100_mb_is_passed_over() {
    let long = std::io::Read::chain(Cursor::new("From a\nFrom: a@example.org\n\n"), Endless(100_000_000));
    let mail = Cursor::new([b"\n\nFrom a\n", COUNTER].concat());
    let messages = Messages::new(std::io::BufReader::new(std::io::Read::chain(long, mail)));
    let found: Vec<Found> = messages.flat_map(|message| message.unwrap().found).collect();
    assert!(found[0].as_ref().unwrap_err().en.contains("32 MiB"));
    assert_eq!(found[1..], answers_in_mail(COUNTER));
}

proptest! {
    #[test]
    fn no_octets_are_too_strange(octets: Vec<u8>, at in 0usize..2000, mail in prop::sample::select(vec![GMAIL, DECLINED, COUNTER, APPLE])) {
        in_file(&octets);
        let mut broken = mail.to_vec();
        let at = at % broken.len();
        broken.splice(at..at + octets.len().min(broken.len() - at), octets.iter().copied());
        in_file(&broken);
        in_file(&broken[..at]);
    }
}

/// An answer within so many mails.
fn forwarded(layers: usize) -> Vec<u8> {
    let mut mail = b"From: a@example.org\n".to_vec();
    mail.extend(b"Content-Type: message/rfc822\n\n".repeat(layers));
    mail.extend(reply(WHOLE).into_bytes());
    mail
}

#[test]
fn a_mail_nested_without_end_does_not_stop_the_others() {
    assert!(in_file(&forwarded(3))[0].is_ok());
    let mut mailbox = Vec::new();
    for mail in [forwarded(12), forwarded(400), forwarded(30_000), PRESSED.to_vec()] {
        mailbox.extend(b"From x\n");
        mailbox.extend(mail);
        mailbox.extend(b"\n\n");
    }
    let found = in_file(&mailbox);
    for nested in &found[..3] {
        assert_eq!(nested.as_ref().unwrap_err().en, "the mail is nested too deeply");
    }
    assert!(found[3].is_ok(), "{found:?}");
    let calendars = GMAIL.to_vec();
    assert!(in_file(&calendars)[0].is_ok(), "encoded parts are read as ever");
}

#[test]
fn a_mail_that_hides_its_depth_is_refused_before_it_is_parsed() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let inner = STANDARD.encode(forwarded(20_000));
    for kind in ["message/rfc822", "(c) message/\n global; x=y"] {
        let mail = format!("From: a@example.org\nContent-Transfer-Encoding: base64\nContent-Type: {kind}\n\n{inner}\n");
        assert!(refused(mail.as_bytes()).contains("RFC 2045"), "{kind}");
    }
    let digest = format!(
        "From: a@example.org\nContent-Type: multipart/digest; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n{inner}\n--b--\n"
    );
    assert!(refused(digest.as_bytes()).contains("RFC 2045"));
}
