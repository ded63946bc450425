//! A message that Outlook saved as a file (`.msg`, MS-OXMSG): a store of streams, as a mail.

use std::fmt::Write;
use std::io::{Cursor, Read};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};

use super::super::mail::LARGEST;
use super::{Key, Properties};

/// What each file of this kind begins with (MS-CFB §2.2).
const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Entries of a store that are looked at.
const MOST_STREAMS: usize = 4_000;
const BOUNDARY: &str = "=_of_a_saved_message";

type Store<'o> = cfb::CompoundFile<Cursor<&'o [u8]>>;

pub(crate) fn is_message(octets: &[u8]) -> bool {
    octets.starts_with(&SIGNATURE)
}

/// The mail that was saved, with its headers as far as they were kept, and its properties.
pub(crate) fn as_mail(octets: &[u8]) -> Option<(Vec<u8>, Properties)> {
    let mut store = cfb::CompoundFile::open(Cursor::new(octets)).ok()?;
    let properties = properties(&mut store)?;
    let text = |tag: u16| properties.text(Key::Tag(tag));
    let mut mail = text(0x007D).map(|headers| envelope(&headers)).unwrap_or_default();
    if mail.is_empty() {
        let sender = [0x5D02, 0x5D01, 0x0065, 0x0C1F].into_iter().filter_map(text).find(|from| from.contains('@'));
        let sent: Option<DateTime<Utc>> = [0x0039, 0x0E06].into_iter().find_map(|tag| properties.time(Key::Tag(tag)));
        let id = |tag| text(tag).map(|id| format!("<{}>", id.trim_matches(['<', '>'])));
        for (name, value) in [
            ("From", sender.map(|from| format!("<{from}>"))),
            ("Subject", text(0x0037)),
            ("Date", sent.map(|sent| sent.to_rfc2822())),
            ("Message-ID", id(0x1035)),
            ("In-Reply-To", id(0x1042)),
        ] {
            if let Some(value) = value {
                let value = value.replace(['\r', '\n'], " ");
                // Writing to a string cannot fail.
                let _ = write!(mail, "{name}: {value}\r\n");
            }
        }
    }
    let _ = write!(mail, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{BOUNDARY}\"\r\n\r\n");
    part(&mut mail, "text/plain; charset=utf-8", text(0x1000).unwrap_or_default().as_bytes());
    for calendar in calendars(&mut store) {
        part(&mut mail, "text/calendar", &calendar);
    }
    let _ = write!(mail, "--{BOUNDARY}--\r\n");
    Some((mail.into_bytes(), properties))
}

fn part(mail: &mut String, kind: &str, octets: &[u8]) {
    let encoded = BASE64_STANDARD.encode(octets);
    let _ = write!(mail, "--{BOUNDARY}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n");
}

/// The headers with which it came, without those of the body, which is another now.
fn envelope(headers: &str) -> String {
    let mut kept = String::new();
    let mut keeps = false;
    for line in headers.lines().take_while(|line| !line.is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
            keeps = line.contains(':') && !name.starts_with("content-") && name != "mime-version";
        }
        if keeps {
            kept.push_str(line);
            kept.push_str("\r\n");
        }
    }
    if kept.to_ascii_lowercase().contains("from:") { kept } else { String::new() }
}

/// Texts and octets in a stream each, numbers and times in one together, and what named ones mean.
fn properties(store: &mut Store<'_>) -> Option<Properties> {
    let names = names(store);
    let key = |tag: u16| match names.get(usize::from(tag.wrapping_sub(0x8000))) {
        Some(name) if tag >= 0x8000 => *name,
        _ => (tag < 0x8000).then_some(Key::Tag(tag)),
    };
    let mut found = Properties::default();
    let numbers = stream(store, "/__properties_version1.0")?;
    for entry in numbers.get(32..).unwrap_or_default().chunks_exact(16).take(MOST_STREAMS) {
        let (kind, tag) = (u16::from_le_bytes([entry[0], entry[1]]), u16::from_le_bytes([entry[2], entry[3]]));
        if let (Some(key), 0x0002 | 0x0003 | 0x000B | 0x0014 | 0x0040) = (key(tag), kind) {
            found.add(key, kind, &entry[8..16]);
        }
    }
    let paths: Vec<String> =
        store.read_root_storage().take(MOST_STREAMS).map(|entry| entry.path().display().to_string()).collect();
    for path in paths {
        let Some(number) = path.trim_start_matches('/').strip_prefix("__substg1.0_") else { continue };
        let Some(number) = u32::from_str_radix(number, 16).ok() else { continue };
        let (tag, kind) = ((number >> 16) as u16, (number & 0xFFFF) as u16);
        if let (Some(key), 0x001E | 0x001F | 0x0102) = (key(tag), kind)
            && let Some(octets) = stream(store, &path)
        {
            found.add(key, kind, &octets);
        }
    }
    Some(found)
}

/// What the named properties are, by their number above 0x8000 (MS-OXMSG §2.2.3).
fn names(store: &mut Store<'_>) -> Vec<Option<Key>> {
    let sets = stream(store, "/__nameid_version1.0/__substg1.0_00020102").unwrap_or_default();
    let entries = stream(store, "/__nameid_version1.0/__substg1.0_00030102").unwrap_or_default();
    let mut names = Vec::new();
    for entry in entries.chunks_exact(8).take(MOST_STREAMS) {
        let number = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
        let which = u16::from_le_bytes([entry[4], entry[5]]);
        let index = usize::from(u16::from_le_bytes([entry[6], entry[7]]));
        // The first three sets stand for themselves, and none of them matters here; odd ones are named by a text.
        let set = usize::from(which >> 1).checked_sub(3).and_then(|set| sets.chunks_exact(16).nth(set));
        let key = set.filter(|_| which & 1 == 0).and_then(|set| Key::named(set, number));
        if index < MOST_STREAMS {
            names.resize(names.len().max(index + 1), None);
            names[index] = key;
        }
    }
    names
}

/// The calendars that are attached.
fn calendars(store: &mut Store<'_>) -> Vec<Vec<u8>> {
    let storages = store.read_root_storage().take(MOST_STREAMS).filter(|entry| entry.is_storage());
    let paths: Vec<String> = storages.map(|entry| entry.path().display().to_string()).collect();
    let attachments = paths.iter().filter(|path| path.contains("__attach_version1.0_")).take(50);
    let data = attachments.filter_map(|path| stream(store, &format!("{path}/__substg1.0_37010102")));
    let is_calendar = |octets: &Vec<u8>| octets.get(..15).is_some_and(|start| start.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"));
    data.filter(is_calendar).collect()
}

fn stream(store: &mut Store<'_>, path: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    store.open_stream(path).ok()?.take(LARGEST as u64).read_to_end(&mut octets).ok()?;
    Some(octets)
}
