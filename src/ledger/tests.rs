use std::io::{self, Read, Write};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::value::RawValue;

use super::*;
use crate::calendar::Method;

fn noon() -> DateTime<Utc> {
    "2022-10-01T12:00:00Z".parse().unwrap()
}

fn message(mail: &str, attempt: u32) -> Message {
    Message {
        mail: mail.to_owned(),
        uid: "one@g.example.org".to_owned(),
        session: "one".to_owned(),
        to: "upala@example.org".to_owned(),
        who: "upala".to_owned(),
        method: Method::Request,
        sequence: 0,
        dtstamp: noon(),
        attempt,
    }
}

fn sending(mail: &str, attempt: u32) -> Entry {
    let content = RawValue::from_string(r#"{"title":"Sesión 1"}"#.to_owned()).unwrap();
    Entry::Sending(Box::new(Sending { message: message(mail, attempt), reason: "new".to_owned(), content }))
}

fn outcome(mail: &str, attempt: u32) -> Box<Outcome> {
    Box::new(Outcome { message: message(mail, attempt), said: "250 ok".to_owned() })
}

fn lines(entries: Vec<Entry>) -> String {
    let lines = entries.into_iter().map(|entry| Record { at: noon(), entry }.line().unwrap());
    String::from_utf8(lines.flatten().collect()).unwrap()
}

fn history(text: &str) -> History {
    Ledger::new(Disk::holding(text)).unwrap().history().clone()
}

fn states(history: &History) -> Vec<State> {
    history.mails().map(Mail::state).collect()
}

/// A disk of a size, which refuses what goes over it half-way through a write.
#[derive(Debug)]
pub struct Disk {
    pub bytes: Vec<u8>,
    pub read: usize,
    pub room: usize,
    pub can_cut: bool,
}

impl Disk {
    pub fn holding(text: &str) -> Disk {
        Disk { bytes: text.as_bytes().to_vec(), read: 0, room: usize::MAX, can_cut: true }
    }

    /// The same on a disk with room, as the next run finds it.
    pub fn mended(self) -> Disk {
        Disk { read: 0, room: usize::MAX, can_cut: true, ..self }
    }

    pub fn text(self) -> String {
        String::from_utf8(self.bytes).unwrap()
    }
}

impl Read for Disk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = (&self.bytes[self.read..]).read(buffer)?;
        self.read += count;
        Ok(count)
    }
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.room.saturating_sub(self.bytes.len()));
        self.bytes.extend_from_slice(&bytes[..count]);
        if count == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(count) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Storage for Disk {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if !self.can_cut {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

#[test]
fn a_line_holds_what_the_contract_names() {
    insta::assert_snapshot!(lines(vec![sending("a@x", 1), Entry::Sent(outcome("a@x", 1))]), @r#"
    {"v":1,"at":"2022-10-01T12:00:00Z","kind":"sending","mail":"a@x","uid":"one@g.example.org","session":"one","to":"upala@example.org","who":"upala","method":"REQUEST","sequence":0,"dtstamp":"20221001T120000Z","attempt":1,"reason":"new","content":{"title":"Sesión 1"}}
    {"v":1,"at":"2022-10-01T12:00:00Z","kind":"sent","mail":"a@x","uid":"one@g.example.org","session":"one","to":"upala@example.org","who":"upala","method":"REQUEST","sequence":0,"dtstamp":"20221001T120000Z","attempt":1,"said":"250 ok"}
    "#);
}

#[test]
fn a_mail_without_an_outcome_is_in_doubt_until_it_is_sent() {
    let doubt = lines(vec![sending("a@x", 1)]);
    assert_eq!(states(&history(&doubt)), [State::InDoubt]);
    let refused = lines(vec![sending("a@x", 1), Entry::Refused(outcome("a@x", 1))]);
    assert_eq!(states(&history(&refused)), [State::Refused]);
    // The first try may have arrived, whatever became of the second.
    let second_refused = lines(vec![sending("a@x", 1), sending("a@x", 2), Entry::Refused(outcome("a@x", 2))]);
    assert_eq!(states(&history(&second_refused)), [State::InDoubt]);
    let sent = lines(vec![sending("a@x", 1), sending("a@x", 2), Entry::Sent(outcome("a@x", 2))]);
    assert_eq!(states(&history(&sent)), [State::Sent]);
    assert_eq!(history(&sent).mails().next().unwrap().attempts(), 2);
}

#[test]
fn a_torn_last_line_is_taken_off_and_a_whole_one_is_ended() {
    let good = lines(vec![sending("a@x", 1)]);
    let next = lines(vec![Entry::Sent(outcome("a@x", 1))]);
    for cut in 1..next.len() - 1 {
        let mut ledger = Ledger::new(Disk::holding(&format!("{good}{}", &next[..cut]))).unwrap();
        assert_eq!(states(ledger.history()), [State::InDoubt], "{cut}");
        assert_eq!(ledger.notes.len(), 1);
        ledger.append(noon(), Entry::Sent(outcome("a@x", 1))).unwrap();
        assert_eq!(ledger.into_storage().text(), format!("{good}{next}"));
    }
    let mut ledger = Ledger::new(Disk::holding(good.trim_end())).unwrap();
    ledger.append(noon(), Entry::Sent(outcome("a@x", 1))).unwrap();
    assert_eq!(ledger.into_storage().text(), format!("{good}{next}"));
}

#[test]
fn a_full_disk_leaves_whole_lines() {
    let good = lines(vec![sending("a@x", 1)]);
    let next = lines(vec![Entry::Sent(outcome("a@x", 1))]);
    for room in good.len()..good.len() + next.len() {
        for can_cut in [true, false] {
            let disk = Disk { room, can_cut, ..Disk::holding(&good) };
            let mut ledger = Ledger::new(disk).unwrap();
            assert!(matches!(ledger.append(noon(), Entry::Sent(outcome("a@x", 1))), Err(Error::Io(_))));
            assert_eq!(states(ledger.history()), [State::InDoubt]);
            if !can_cut {
                assert!(matches!(ledger.append(noon(), sending("b@x", 1)), Err(Error::Broken)));
            }
            let left = ledger.into_storage().text();
            // All but the line end may have got through: then the line says what happened.
            let whole = !can_cut && room + 1 == good.len() + next.len();
            let expected = if whole { State::Sent } else { State::InDoubt };
            assert_eq!(states(&history(&left)), [expected], "the next run mends it");
            assert!(!can_cut || left == good);
        }
    }
}

#[test]
fn conflicts_damage_and_later_versions_are_told_apart() {
    let good = lines(vec![sending("a@x", 1)]);
    let fails = |text: String| Ledger::new(Disk::holding(&text)).unwrap_err();
    assert!(matches!(fails(format!("{good}<<<<<<< HEAD\n{good}=======\n>>>>>>> b\n")), Error::Conflict(2)));
    assert!(matches!(fails(format!("{good}{{\"v\":1\n{good}")), Error::Damaged(2, _)));
    assert!(matches!(fails(good.replace("\"v\":1", "\"v\":2")), Error::Newer(1)));
    assert!(matches!(fails(format!("{good}<<<<<<< HEAD")), Error::Conflict(2)));
}

#[test]
fn what_later_versions_write_beside_is_left_as_it_is() {
    let text = lines(vec![sending("a@x", 1)]).replace("\"v\":1", "\"v\":1,\"mood\":[1]");
    let text = format!("\u{feff}{text}\r\n{{\"v\":1,\"at\":\"2022-10-01T12:00:00Z\",\"kind\":\"dreamt\"}}\r\n");
    let mut ledger = Ledger::new(Disk::holding(&text)).unwrap();
    assert_eq!(states(ledger.history()), [State::InDoubt]);
    ledger.append(noon(), sending("b@x", 1)).unwrap();
    assert!(ledger.into_storage().text().starts_with(&text));
}

#[test]
fn only_one_writes_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    let first = Ledger::open(&path).unwrap();
    assert!(matches!(Ledger::open(&path), Err(Error::InUse)));
    assert_eq!(read(&path).unwrap().0.mails().count(), 0, "reading waits for nobody");
    drop(first);
    Ledger::open(&path).unwrap();
}

#[test]
fn an_answer_comes_back_as_it_was_written() {
    let reply = Reply {
        uid: "one@g.example.org".to_owned(),
        session: "one".to_owned(),
        who: "upala".to_owned(),
        to: "upala@example.org".to_owned(),
        sequence: 1,
        dtstamp: noon(),
        answer: Answer::Counter,
        start: Some(noon()),
        end: Some(noon() + TimeDelta::minutes(90)),
        comment: Some("¿más tarde?".to_owned()),
        source: "sha256:00".to_owned(),
    };
    let text = lines(vec![Entry::Reply(Box::new(reply.clone()))]);
    assert_eq!(history(&format!("{text}{text}")).replies(), [reply]);
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(entries in proptest::collection::vec((0u8..4, 1u32..4, 0u8..3), 0..12), seed in any::<u64>()) {
        let entry = |(mail, attempt, kind): (u8, u32, u8)| {
            let id = format!("{mail}@x");
            match kind {
                0 => sending(&id, attempt),
                1 => Entry::Sent(outcome(&id, attempt)),
                _ => Entry::Refused(outcome(&id, attempt)),
            }
        };
        let text = lines(entries.into_iter().map(entry).collect());
        let told = |text: &str| history(text).mails().map(|mail| (mail.message.mail.clone(), mail.state())).collect::<Vec<_>>();
        let mut shuffled: Vec<&str> = text.lines().chain(text.lines()).collect();
        let mut state = seed;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        prop_assert_eq!(told(&text), told(&shuffled.iter().map(|line| format!("{line}\n")).collect::<String>()));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Ledger::new(Disk { bytes, read: 0, room: usize::MAX, can_cut: true });
    }
}
