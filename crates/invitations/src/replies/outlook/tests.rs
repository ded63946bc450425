//! Answers as Outlook keeps them, in files made here by the words of the specifications.

use std::io::{Cursor, Write};

use super::super::{Received, read_mail, read_saved};
use super::*;

const MEETING: [u8; 16] = [0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0, 0xAA, 0, 0x3F, 0x13, 0x05];
const APPOINTMENT: [u8; 16] = [0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
const BINARY: u16 = 0x0102;
const LONG: u16 = 0x0003;

/// The id that Exchange makes of one of another program (MS-OXCICAL §2.1.3.1.1.20.26).
fn id(uid: &str) -> Vec<u8> {
    let mut id = vec![0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08];
    id.extend([0; 20]);
    id.extend(u32::try_from(12 + uid.len() + 1).unwrap().to_le_bytes());
    id.extend(b"vCal-Uid\x01\0\0\0");
    id.extend(uid.as_bytes());
    id.push(0);
    id
}

/// Tenths of microseconds since 1601.
fn ticks(at: &str) -> [u8; 8] {
    let at: DateTime<Utc> = at.parse().unwrap();
    ((at.timestamp() + 11_644_473_600) * 10_000_000).to_le_bytes()
}

/// What a meeting's answer that proposes 3 March at 16:00 says, beside its class.
fn named() -> Vec<([u8; 16], u32, u16, Vec<u8>)> {
    vec![
        (MEETING, 0x03, BINARY, id("opening@my-group.example.org")),
        (APPOINTMENT, 0x8201, LONG, 2u32.to_le_bytes().to_vec()),
        (APPOINTMENT, 0x8257, 0x000B, 1u32.to_le_bytes().to_vec()),
        (APPOINTMENT, 0x8250, TIME, ticks("2027-03-03T16:00:00Z").to_vec()),
        (APPOINTMENT, 0x8251, TIME, ticks("2027-03-03T17:00:00Z").to_vec()),
        (MEETING, 0x01, TIME, ticks("2027-01-05T12:00:00Z").to_vec()),
    ]
}

fn is_the_proposal(answer: &Received) {
    assert_eq!((answer.uid.as_str(), answer.attendee.as_str()), ("opening@my-group.example.org", "ana@example.org"));
    assert_eq!((answer.answer, answer.partstat, answer.sequence), (Answer::Counter, Some(Answer::Tentative), 2));
    let proposal = answer.proposal.as_ref().unwrap();
    assert_eq!(proposal.start.unwrap().to_rfc3339(), "2027-03-03T16:00:00+00:00");
    assert_eq!(proposal.end.unwrap().to_rfc3339(), "2027-03-03T17:00:00+00:00");
    assert_eq!(answer.dtstamp.to_rfc3339(), "2027-01-05T12:00:00+00:00");
}

#[test]
fn a_winmail_holds_the_answer() {
    let padded = |octets: &[u8]| [octets, &vec![0; (4 - octets.len() % 4) % 4]].concat();
    let mut list = (named().len() as u32 + 1).to_le_bytes().to_vec();
    let class = b"IPM.Schedule.Meeting.Resp.Tent\0";
    list.extend([0x1E, 0, 0x1A, 0, 1, 0, 0, 0]);
    list.extend((class.len() as u32).to_le_bytes());
    list.extend(padded(class));
    for (set, number, kind, octets) in named() {
        list.extend(kind.to_le_bytes());
        list.extend([0x01, 0x80]);
        list.extend(set);
        list.extend([0; 4]);
        list.extend(number.to_le_bytes());
        if kind == BINARY {
            list.extend(1u32.to_le_bytes());
            list.extend((octets.len() as u32).to_le_bytes());
        }
        list.extend(padded(&octets));
    }
    let mut whole = vec![0x78, 0x9F, 0x3E, 0x22, 1, 0, 1];
    whole.extend(0x0006_9003u32.to_le_bytes());
    whole.extend((list.len() as u32).to_le_bytes());
    whole.extend(&list);
    whole.extend([0, 0]);
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &whole);
    let mail = format!(
        "From: Ana <ana@example.org>\nDate: Tue, 5 Jan 2027 12:00:01 +0000\nMIME-Version: 1.0\n\
         Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{encoded}\n"
    );
    is_the_proposal(read_mail(mail.as_bytes()).found[0].as_ref().unwrap());
    for end in 0..whole.len() {
        in_winmail(&whole[..end]);
    }
}

#[test]
fn a_saved_message_holds_the_answer() {
    let mut store = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut put = |path: &str, octets: &[u8]| {
        store.create_stream(path).unwrap().write_all(octets).unwrap();
    };
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    put("/__substg1.0_001A001F", &wide("IPM.Schedule.Meeting.Resp.Tent"));
    put("/__substg1.0_0037001F", &wide("Nueva hora: Sesión 1"));
    put("/__substg1.0_5D01001F", &wide("Ana@example.org"));
    put("/__substg1.0_1000001F", &wide("Mejor el miércoles"));
    let mut fixed = vec![0; 32];
    let mut entry = |tag: u16, kind: u16, octets: &[u8]| {
        fixed.extend(kind.to_le_bytes());
        fixed.extend(tag.to_le_bytes());
        fixed.extend([0; 4]);
        fixed.extend([octets, &vec![0; 8 - octets.len()]].concat());
    };
    entry(0x0039, TIME, &ticks("2027-01-05T12:00:01Z"));
    let mut names = Vec::new();
    let mut texts = Vec::new();
    for (index, (set, number, kind, octets)) in (0u16..).zip(named()) {
        names.extend(number.to_le_bytes());
        names.extend(((if set == MEETING { 3u16 } else { 4 }) << 1).to_le_bytes());
        names.extend(index.to_le_bytes());
        match kind {
            BINARY => texts.push((format!("/__substg1.0_{:04X}{kind:04X}", 0x8000 + index), octets)),
            _ => entry(0x8000 + index, kind, &octets),
        }
    }
    texts.iter().for_each(|(path, octets)| put(path, octets));
    put("/__properties_version1.0", &fixed);
    store.create_storage("/__nameid_version1.0").unwrap();
    for (path, octets) in [("00020102", [MEETING, APPOINTMENT].concat()), ("00030102", names)] {
        store.create_stream(format!("/__nameid_version1.0/__substg1.0_{path}")).unwrap().write_all(&octets).unwrap();
    }
    store.flush().unwrap();
    let whole = store.into_inner().into_inner();
    assert!(is_message(&whole));
    let message = read_saved(&whole);
    is_the_proposal(message.found[0].as_ref().unwrap());
    let words = message.words.unwrap();
    assert_eq!((words.subject.as_str(), words.text.as_str()), ("Nueva hora: Sesión 1", "Mejor el miércoles"));
    for end in (0..whole.len()).step_by(97) {
        read_saved(&whole[..end]);
    }
}
