//! Mails and their delivery, with a ledger whose disk fills up or loses power within any line.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::value::to_raw_value;

use super::*;
use crate::diagnostics::Sources;
use crate::itip::{self, Wish};
use crate::ledger::Reason;
use crate::ledger::{Disk, Ledger, Sending};
use crate::locale::Text;
use crate::mail::{Composer, Mail};
use crate::model::Programme;
use crate::templates::Templates;

const GROUP: &str = r#"
id = "g"
domain = "example.org"
time-zone = "America/Guatemala"
countries = ["GT", "PA"]
name = { es = "Grupo", en = "Group" }
organizer = { party = "secretariat", email = "secretaria@example.org" }
[parties.secretariat]
name = { es = "Secretaría", en = "Secretariat" }
[parties.upala]
name = { es = "Municipalidad de Upala", en = "Municipality of Upala" }
member = true
email = "upala@example.org"
[parties.panama]
name = { es = "Municipio de Panamá", en = "Municipality of Panama" }
country = "PA"
member = true
email = "panama@example.org"
language = "en"
"#;

const SESSION: &str = r#"
id = "one"
number = 1
date = 2027-03-02
status = "confirmed"
start = 10:00
end = 11:00
join-link = "https://meet.example.org/abc"
title = { es = "Sesión única", en = "The only session" }
[[slots]]
start = 10:00
minutes = 30
title = { es = "Apertura", en = "Opening" }
speakers = ["upala"]
"#;

fn now() -> DateTime<Utc> {
    "2027-02-01T12:00:00Z".parse().unwrap()
}

struct World {
    sources: Sources,
    programme: Programme,
    templates: Templates,
}

fn world(group: &str, session: &str) -> World {
    let mut sources = Sources::default();
    sources.add("group.toml", group);
    sources.add("1.toml", session);
    let programme = crate::check(&sources, NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()).programme.unwrap();
    let (templates, faults) = Templates::new(&mut sources, Vec::new());
    assert!(faults.is_empty());
    World { sources, programme, templates }
}

/// The mails that are still to be sent.
fn mails(world: &World, ledger: &Ledger<Disk>, at: DateTime<Utc>) -> Vec<(Sending, Mail)> {
    let wish = Wish::at(at);
    let plan = itip::plan(&world.programme, ledger.history(), &wish);
    let composer = Composer::new(&world.programme, &world.sources, &world.templates);
    let mail = |(session, item, letter): (&_, &_, &itip::Letter)| {
        let mail = composer.compose(session, item, letter).unwrap();
        let content = to_raw_value(&letter.content).unwrap();
        (Sending { message: letter.message.clone(), reason: letter.reason.clone(), content }, mail)
    };
    plan.letters().map(mail).collect()
}

/// A server that takes everything.
#[derive(Default)]
struct Taker(Vec<(String, Vec<u8>)>);

impl Transport for Taker {
    fn send(&mut self, mail: &Mail) -> Verdict {
        self.0.push((mail.to.clone(), mail.bytes.clone()));
        Verdict::Taken("250 ok".to_owned())
    }
}

fn run(world: &World, disk: Disk, taker: &mut impl Transport, at: DateTime<Utc>) -> (Disk, Option<Stop>) {
    let Ok(mut ledger) = Ledger::new(disk) else { panic!("the ledger cannot be opened") };
    let mails = mails(world, &ledger, at);
    let pace = Pace { pause: Duration::ZERO, now: &|| at, done: &mut |_| {}, waits: &[], wait: &mut |_, _| {}, stop: &|| false };
    let (_, stop) = deliver(&mut ledger, taker, mails, pace);
    (ledger.into_storage(), stop)
}

#[test]
fn a_disk_that_fails_within_any_line_loses_nothing_and_sends_nothing_else_twice() {
    let world = world(GROUP, SESSION);
    let (whole, stop) = run(&world, Disk::holding(""), &mut Taker::default(), now());
    assert!(stop.is_none());
    let ends: Vec<usize> = whole.bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    let telling = |room: &usize| room.is_multiple_of(41) || ends.iter().any(|end| room.abs_diff(*end) <= 1);
    for room in (0..whole.bytes.len()).filter(telling) {
        for can_cut in [true, false] {
            let mut taker = Taker::default();
            let disk = Disk { room, can_cut, ..Disk::holding("") };
            let (disk, stop) = run(&world, disk, &mut taker, now());
            assert!(matches!(stop, Some(Stop::Ledger(..))), "{room}");
            // An hour later, on a disk with room.
            let later = now() + TimeDelta::hours(1);
            let (disk, stop) = run(&world, disk.mended(), &mut taker, later);
            assert!(stop.is_none());
            let mut received: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
            taker.0.iter().for_each(|(to, bytes)| received.entry(to).or_default().push(bytes));
            assert_eq!(received.len(), 2, "everybody got it");
            for copies in received.values() {
                assert!(copies.len() <= 2 && copies.iter().all(|copy| *copy == copies[0]), "a second copy is the same");
            }
            let ledger = Ledger::new(disk.mended()).unwrap();
            assert_eq!(mails(&world, &ledger, later).len(), 0, "a second plan is empty");
        }
    }
}

/// A server that loses the connection while it takes the mail.
struct Vanishing;

impl Transport for Vanishing {
    fn send(&mut self, _: &Mail) -> Verdict {
        Verdict::InDoubt(Text::same("gone"))
    }
}

#[test]
fn what_is_in_doubt_goes_again_as_it_was_even_if_other_things_change() {
    let before = world(GROUP, SESSION);
    let (disk, stop) = run(&before, Disk::holding(""), &mut Vanishing, now());
    assert!(matches!(stop, Some(Stop::InDoubt(..))));
    let ledger = Ledger::new(disk.mended()).unwrap();
    let first = ledger.history().mails().next().unwrap().clone();
    let again = mails(&before, &ledger, now() + TimeDelta::days(1));
    let same = again.iter().find(|(sending, _)| sending.message.to == first.message.to).unwrap();
    assert_eq!(same.0.message, crate::ledger::Message { attempt: 2, ..first.message.clone() });
    // After a change it is an update: newer, and with a higher SEQUENCE.
    let moved = world(GROUP, &SESSION.replace("11:00", "11:30"));
    let update = mails(&moved, &ledger, now() + TimeDelta::days(1));
    assert_eq!(update.len(), 0, "held until the join link is confirmed");
    let elsewhere =
        world(GROUP, &SESSION.replace("[title]", "").replace("join-link", "place = { es = \"Sala\", en = \"Room\" }\njoin-link"));
    let update = mails(&elsewhere, &ledger, now());
    let update = update.iter().find(|(sending, _)| sending.message.to == first.message.to).unwrap();
    assert_eq!((update.0.message.sequence, &update.0.reason), (1, &Reason::Update));
    assert!(update.0.message.dtstamp > first.message.dtstamp);
}

/// A server that puts off so many mails, and takes all later ones.
struct Busy(usize, Taker);

impl Transport for Busy {
    fn send(&mut self, mail: &Mail) -> Verdict {
        if self.0 > 0 {
            self.0 -= 1;
            return Verdict::Deferred("450 later".to_owned());
        }
        self.1.send(mail)
    }
}

#[test]
fn what_the_server_puts_off_is_tried_again_after_a_wait_that_is_told() {
    let world = world(GROUP, SESSION);
    let send = |put_off: usize| {
        let mut ledger = Ledger::new(Disk::holding("")).ok().unwrap();
        let (mails, mut told) = (mails(&world, &ledger, now()), Vec::new());
        let mut server = Busy(put_off, Taker::default());
        let waits = [Duration::from_secs(300), Duration::from_secs(600)];
        let pace = Pace {
            pause: Duration::ZERO,
            now: &now,
            done: &mut |_| {},
            waits: &waits,
            wait: &mut |wait, putoff| told.push((wait.as_secs(), putoff.mails, putoff.said.clone())),
            stop: &|| false,
        };
        let (tally, stop) = deliver(&mut ledger, &mut server, mails, pace);
        assert!(stop.is_none() && tally.refused.is_empty());
        let states: Vec<_> = ledger.history().mails().map(|mail| (mail.state(), mail.attempts())).collect();
        (tally.sent, tally.deferred.len(), told, states)
    };
    use crate::ledger::State::{Refused, Sent};
    let later = |mails| ("450 later".to_owned(), mails);
    let wait = |seconds, (said, mails)| (seconds, mails, said);
    assert_eq!(send(0), (2, 0, vec![], vec![(Sent, 1); 2]));
    assert_eq!(send(3), (2, 0, vec![wait(300, later(2)), wait(600, later(1))], vec![(Sent, 2), (Sent, 3)]));
    let (sent, deferred, told, states) = send(99);
    assert_eq!((sent, deferred, told.len(), states), (0, 2, 2, vec![(Refused, 3); 2]), "not for ever");
}

/// What a mail says as plain text, on one line.
fn plain(mail: &Mail) -> String {
    let message = mail_parser::MessageParser::default().parse(&mail.bytes).unwrap();
    message.body_text(0).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_is_told_by_their_own_clock_and_by_whose() {
    let before = world(GROUP, SESSION);
    let (disk, _) = run(&before, Disk::holding(""), &mut Taker::default(), now());
    let ledger = Ledger::new(disk).unwrap();
    let moved = world(GROUP, &SESSION.replace("11:00", "11:30").replace("/abc", "/abd"));
    let told: Vec<String> = mails(&moved, &ledger, now()).iter().map(|(_, mail)| plain(mail)).collect();
    assert!(
        told[0].contains("hora: martes 2 de marzo de 2027, 10:00–11:30 (hora de Guatemala, UTC−6); antes: martes"),
        "{}",
        told[0]
    );
    assert!(told[1].contains("time: Tuesday 2 March 2027, 11:00–12:30 (Panama time, UTC−5); before: Tuesday"), "{}", told[1]);
    assert!(told[1].contains("Time (Panama)") && told[1].contains(" 11:00–11:30 Opening "), "{}", told[1]);
    let cancelled = world(GROUP, &SESSION.replace("confirmed", "cancelled"));
    let told: Vec<String> = mails(&cancelled, &ledger, now()).iter().map(|(_, mail)| plain(mail)).collect();
    assert!(told[0].contains("Tuesday 2 March 2027, 11:00–12:00 (Panama time, UTC−5)"), "{}", told[0]);
    assert!(told[1].contains("martes 2 de marzo de 2027, 10:00–11:00 (hora de Guatemala, UTC−6)"), "{}", told[1]);
}

#[test]
fn a_mail_writes_every_hour_the_same_way() {
    let before = world(GROUP, SESSION);
    let (disk, _) = run(&before, Disk::holding(""), &mut Taker::default(), now());
    let ledger = Ledger::new(disk).unwrap();
    let group = format!("hours = \"country\"\n{GROUP}");
    let moved = world(&group, &SESSION.replace("11:00", "11:30").replace("/abc", "/abd"));
    let mail = plain(&mails(&moved, &ledger, now())[1].1).replace('\u{a0}', " ");
    assert!(mail.contains("time: Tuesday 2 March 2027, 11:00 a.m.–12:30 p.m. (Panama time, UTC−5); before"), "{mail}");
    assert!(mail.contains("10:00 a.m. Guatemala · 11:00 a.m. Panama") && mail.contains("11:00–11:30 a.m."), "{mail}");
}

#[test]
fn whoever_is_taken_off_is_not_told_that_the_session_is_cancelled() {
    let before = world(GROUP, SESSION);
    let (disk, _) = run(&before, Disk::holding(""), &mut Taker::default(), now());
    let ledger = Ledger::new(disk).unwrap();
    let without = world(&GROUP.replace("member = true\nemail = \"panama", "email = \"panama"), SESSION);
    let told = mails(&without, &ledger, now());
    let text = String::from_utf8(told[0].1.bytes.clone()).unwrap();
    assert_eq!((told.len(), &told[0].0.reason), (1, &Reason::Withdraw));
    assert!(text.contains("Subject: Change to your invitation: ") && !text.contains("CANCELLED: "), "{text}");
    assert!(plain(&told[0].1).contains("The session itself is not cancelled"));
}

#[test]
fn the_structure_is_that_of_rfc_6047() {
    let world = world(GROUP, SESSION);
    let ledger = Ledger::new(Disk::holding("")).unwrap();
    let (_, mail) = &mails(&world, &ledger, now())[0];
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    let kinds: Vec<&str> = text.lines().filter(|line| line.starts_with("Content-Type:")).collect();
    let starts = [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Type: application/ics",
    ];
    assert_eq!(kinds.len(), starts.len());
    assert!(kinds.iter().zip(starts).all(|(kind, start)| kind.starts_with(start)), "{kinds:?}");
    let base64 = text.split("Content-Transfer-Encoding: base64").skip(1).map(|part| {
        let body = part.split("\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
        body.replace("\r\n", "")
    });
    let calendars: Vec<String> = base64.collect();
    assert_eq!(calendars.len(), 2);
    assert_eq!(calendars[0], calendars[1], "byte for byte the same");
    assert_eq!(mail.bytes, mails(&world, &ledger, now())[0].1.bytes, "the same bytes every time");
    assert!(mail.bytes.is_ascii() && text.lines().all(|line| line.len() < 998));
}

fn headers(mail: &Mail) -> Vec<String> {
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    head.split("\r\n").map(|line| line.split(':').next().unwrap().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn nothing_written_anywhere_makes_a_header_or_a_property(
        hostile in "(\\PC|\r|\n|\0|\u{85}|\u{2028}|\"|<|>|,|;|:|\\\\){0,40}",
        tail in prop::sample::select(vec!["", "\r\nBcc: eve@example.org", "\nATTENDEE:mailto:eve@example.org", "\r\n\r\nbody", "\r\n--=_x--"]),
    ) {
        let hostile = format!("{hostile}{tail}");
        let mut world = world(GROUP, SESSION);
        let text = || crate::locale::Text::same(hostile.clone());
        let group = &mut world.programme.group;
        group.name.value = text();
        group.short_name = Some(text());
        for party in &mut group.parties {
            party.name.value = text();
        }
        let session = &mut world.programme.sessions[0];
        session.title.value = text();
        session.objective = Some(text());
        session.place = Some(text());
        session.how_to_join = Some(text());
        session.interpretation = Some(text());
        session.slots[0].title.value = text();
        let ledger = Ledger::new(Disk::holding("")).unwrap();
        let made = mails(&world, &ledger, now());
        prop_assert_eq!(made.len(), 2);
        for (_, mail) in made {
            prop_assert_eq!(
                headers(&mail),
                ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
            );
            let calendar = String::from_utf8(mail.calendar).unwrap();
            let lines = calendar.replace("\r\n ", "");
            prop_assert_eq!(lines.lines().filter(|line| line.starts_with("ATTENDEE")).count(), 1);
            prop_assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whoever_passes_check_can_be_written_to_and_answer(
        name in "[a-zA-Z0-9!$'*+_~.-]{1,12}[#?%&/=^`{|} ]?",
        domain in "[a-zA-Z0-9-]{1,8}(\\.[a-zA-Z0-9-]{1,8}){0,3}",
    ) {
        let email = format!("{name}@{domain}");
        let mut sources = Sources::default();
        sources.add("group.toml", GROUP.replace("upala@example.org", &email));
        sources.add("1.toml", SESSION);
        let checked = crate::check(&sources, now().date_naive());
        let passes = !crate::diagnostics::has_errors(&checked.findings);
        prop_assert_eq!(passes, crate::decode::is_mail_address(&email));
        if passes {
            // RFC 6068 §2: these would have to be encoded, or would end the address.
            let encoded = email.contains(['?', '#', '%', '&', '/', '=', '^', '`', '{', '|', '}', ' ', '"']);
            prop_assert!(!encoded);
            let world = world(&GROUP.replace("upala@example.org", &email), SESSION);
            let made = mails(&world, &Ledger::new(Disk::holding("")).unwrap(), now());
            let (_, mail) = made.iter().find(|(sending, _)| sending.message.who == "upala").unwrap();
            let reply = String::from_utf8(mail.calendar.clone()).unwrap().replace("REQUEST", "REPLY").replace("NEEDS-ACTION", "ACCEPTED");
            let answers = crate::replies::answers_in_calendar(reply.as_bytes());
            prop_assert_eq!(&answers[0].as_ref().unwrap().attendee, &email.to_lowercase());
        }
    }
}
