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
    Entry::Sending(Box::new(Sending { message: message(mail, attempt), reason: Reason::New, content }))
}

fn outcome(mail: &str, attempt: u32) -> Box<ServerAnswer> {
    Box::new(ServerAnswer { message: message(mail, attempt), said: "250 ok".to_owned() })
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
fn what_is_entered_survives_a_loss_of_power_before_anything_follows_from_it() {
    let mut ledger = Ledger::new(Disk::holding("")).unwrap();
    ledger.append(noon(), sending("a@x", 1)).unwrap();
    ledger.append_all(noon(), vec![sending("b@x", 1), Entry::Sent(outcome("b@x", 1))]).unwrap();
    assert_eq!(states(ledger.history()), [State::InDoubt, State::Sent]);
    let disk = ledger.into_storage();
    assert_eq!(disk.synced, disk.bytes.len());
    assert_eq!(states(&history(&disk.text())), [State::InDoubt, State::Sent]);
}

#[test]
fn the_lines_of_one_act_are_all_in_the_ledger_or_none() {
    let good = lines(vec![sending("a@x", 1)]);
    let act = || vec![sending("b@x", 1), Entry::Sent(outcome("b@x", 1))];
    for room in good.len()..good.len() + lines(act()).len() {
        let mut ledger = Ledger::new(Disk { room, ..Disk::holding(&good) }).unwrap();
        assert!(matches!(ledger.append_all(noon(), act()), Err(Error::Io(_))));
        assert_eq!(states(ledger.history()), [State::InDoubt]);
        assert_eq!(ledger.into_storage().text(), good);
    }
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
    assert!(matches!(fails(good.replace("\"v\":1", "\"v\":99")), Error::Newer(1)));
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
        partstat: None,
        sent: None,
        delegate: None,
        guests: None,
        uid: "one@g.example.org".to_owned(),
        session: "one".to_owned(),
        who: "upala".to_owned(),
        to: "upala@example.org".to_owned(),
        sequence: 1,
        dtstamp: noon(),
        answer: Answer::Counter,
        start: Some(noon()),
        end: Some(noon() + TimeDelta::minutes(90)),
        time: None,
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
        let _ = Ledger::new(Disk { bytes, ..Disk::holding("") });
    }
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let good = lines(vec![sending("a@x", 1)]);
    let mut ledger = Ledger::new(Disk::holding(&good)).unwrap();
    let mut late = message("b@x", 1);
    late.dtstamp = "+10000-01-01T00:00:00Z".parse().unwrap();
    let sent = Entry::Sent(Box::new(ServerAnswer { message: late, said: String::new() }));
    let error = ledger.append_all(noon(), vec![sending("c@x", 1), sent]).unwrap_err();
    assert!(matches!(&error, Error::Unwritable(why) if why.en.contains("dtstamp")), "{error:?}");
    // It is as if nothing had been asked, and goes on.
    ledger.append(noon(), sending("d@x", 1)).unwrap();
    assert_eq!(ledger.into_storage().text(), format!("{good}{}", lines(vec![sending("d@x", 1)])));
}

#[test]
fn a_written_mail_may_have_gone_out() {
    let Entry::Sending(mail) = sending("a@x", 1) else { unreachable!() };
    let written = || lines(vec![Entry::Written(mail.clone())]);
    assert_eq!(states(&history(&written())), [State::Written]);
    assert!(history(&written()).mails().all(Mail::may_have_arrived));
    assert_eq!(states(&history(&format!("{}{}", written(), lines(vec![Entry::Sent(outcome("a@x", 1))])))), [State::Sent]);
    let refused = lines(vec![sending("a@x", 2), Entry::Refused(outcome("a@x", 2))]);
    assert_eq!(states(&history(&format!("{refused}{}", written()))), [State::Written], "by hand it may have gone out");
}

#[test]
fn any_damage_is_mended_and_what_is_lost_is_told() {
    let (one, two, three) = (lines(vec![sending("a@x", 1)]), lines(vec![sending("b@x", 1)]), lines(vec![sending("c@x", 1)]));
    let late = three.replace("20221001T120000Z", "+100000101T000000Z");
    let ran_together = format!("{}{two}", one.trim_end());
    let half = &two[..two.len() / 2];
    let before_christ = three.replace("2022-10-01T12:00:00Z", "-9999-10-01T12:00:00Z");
    let cases: [(String, usize, usize, usize); 10] = [
        (format!("{one}{before_christ}"), 2, 1, 0),
        (format!("{one}{}", three.replace("\"sequence\":0", "\"sequence\":4294967295")), 1, 0, 1),
        (format!("{one}<<<<<<< HEAD\n{two}=======\n{three}>>>>>>> other\n"), 3, 0, 0),
        (format!("{one}{late}"), 2, 1, 0),
        (ran_together, 2, 1, 0),
        (format!("{one}{half}{three}"), 2, 1, 0),
        (format!("{one}{half}\n{three}"), 2, 0, 1),
        (format!("{one}\0\0\0\n{two}"), 2, 0, 0),
        (format!("{one}mañana\n{two}"), 2, 0, 1),
        (String::new(), 0, 0, 0),
    ];
    for (damaged, kept, saved, lost) in cases {
        let mended = mended(damaged.as_bytes()).unwrap();
        assert_eq!((mended.saved.len(), mended.lost.len()), (saved, lost), "{damaged}");
        let text = String::from_utf8(mended.bytes).unwrap();
        assert_eq!(history(&text).mails().count(), kept, "{damaged}");
    }
    assert!(matches!(mended(one.replace("\"v\":1", "\"v\":99").as_bytes()), Err(Error::Newer(1))));
    // As Notepad and PowerShell save it.
    let units = |swap: bool| -> Vec<u8> {
        let units = format!("\u{feff}{one}{two}").encode_utf16().collect::<Vec<u16>>();
        units.into_iter().flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    for bytes in [units(false), units(true)] {
        let mended = mended(&bytes).unwrap();
        assert_eq!((String::from_utf8(mended.bytes).unwrap(), mended.lost.len()), (format!("{one}{two}"), 0));
    }
}

proptest::proptest! {
    #[test]
    fn whatever_happened_to_it_a_mended_ledger_can_be_read(cuts in proptest::collection::vec((0usize..900, 0usize..40, proptest::collection::vec(proptest::prelude::any::<u8>(), 0..6)), 0..6)) {
        let mut bytes = lines(vec![sending("a@x", 1), Entry::Sent(outcome("a@x", 1)), sending("b@x", 1)]).into_bytes();
        for (at, length, other) in cuts {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, other);
        }
        if let Ok(mended) = mended(&bytes) {
            proptest::prop_assert!(Ledger::new(Disk::holding(std::str::from_utf8(&mended.bytes).unwrap())).is_ok());
        }
    }
}

/// Of a file of the system: what cannot be brought to a disk says so, so that it was asked.
#[cfg(target_os = "linux")]
#[test]
fn the_file_itself_is_asked_for_what_was_written() {
    let mut nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap();
    assert!(Storage::sync(&mut nowhere).is_err(), "no disk is behind it");
    let folder = tempfile::TempDir::new().unwrap();
    let mut file = std::fs::File::create(folder.path().join("ledger")).unwrap();
    assert!(Storage::sync(&mut file).is_ok());
}
