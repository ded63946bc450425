//! A damaged ledger, as far as it can be read: what is whole stays, what can be made out of the rest is saved, and
//! what is lost is told.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use serde_json::Value;

use super::{Error, Record};
use crate::locale::Text;

/// What became of a ledger.
#[derive(Debug, Default)]
pub struct Mended {
    /// Every line that can be read, in its order.
    pub bytes: Vec<u8>,
    /// Lines of which something had to be set right, by their number.
    pub saved: Vec<usize>,
    /// Lines that say nothing any more, by their number, with the reason and what they begin with.
    pub lost: Vec<(usize, Text, String)>,
}

/// Reads a ledger whatever happened to it.
///
/// # Errors
/// Only where a later version of the program wrote a line: that one reads it.
pub fn mended(bytes: &[u8]) -> Result<Mended, Error> {
    let mut mended = Mended::default();
    let decoded = from_utf_16(bytes);
    let bytes = decoded.as_deref().map_or(bytes, str::as_bytes);
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = index + 1;
        let text = String::from_utf8_lossy(line);
        // After a loss of power some disks leave zeros.
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}'));
        if text.is_empty() || is_mark(text) {
            continue;
        }
        match Record::parse(text, number) {
            Ok(_) if std::str::from_utf8(line).is_ok() => mended.keep(text),
            Err(Error::Newer(number)) => return Err(Error::Newer(number)),
            other => {
                let records: Vec<String> = pieces(text).filter_map(|piece| set_right(piece, number)).collect();
                records.iter().for_each(|record| mended.keep(record));
                match other {
                    _ if !records.is_empty() => mended.saved.push(number),
                    Err(Error::Damaged(_, why)) => mended.lost.push((number, why, beginning(text))),
                    _ => mended.lost.push((number, Text::fixed("it is not UTF-8", "no está en UTF-8"), beginning(text))),
                }
            }
        }
    }
    Ok(mended)
}

impl Mended {
    fn keep(&mut self, line: &str) {
        self.bytes.extend_from_slice(line.as_bytes());
        self.bytes.push(b'\n');
    }
}

/// What some editors and shells of Windows save.
fn from_utf_16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

/// What git leaves where two sides differ.
fn is_mark(text: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.starts_with(mark))
}

/// The parts of a line that may each be a record: two that ran into each other, or one behind half of another.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = text.match_indices("{\"v\":").map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &text[start..end])
}

/// A record as it is, or with a time that nobody could read replaced by the other that it has: when it was entered, or
/// what its mail says.
fn set_right(piece: &str, number: usize) -> Option<String> {
    // Behind a whole record may stand anything.
    let mut values = serde_json::Deserializer::from_str(piece).into_iter::<Value>();
    let mut value = values.next()?.ok()?;
    let whole = &piece[..values.byte_offset()];
    if Record::parse(whole, number).is_ok() {
        return Some(whole.to_owned());
    }
    let at: Option<DateTime<Utc>> = value.get("at").and_then(Value::as_str).and_then(|at| at.parse().ok());
    let dtstamp = value
        .get("dtstamp")
        .and_then(Value::as_str)
        .and_then(|stamp| NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").ok());
    match (at, dtstamp) {
        (Some(at), _) if (1970..=9999).contains(&at.year()) => {
            *value.get_mut("dtstamp")? = at.format("%Y%m%dT%H%M%SZ").to_string().into();
        }
        (_, Some(dtstamp)) => *value.get_mut("at")? = dtstamp.and_utc().to_rfc3339().into(),
        _ => return None,
    }
    let line = value.to_string();
    Record::parse(&line, number).is_ok().then_some(line)
}

fn beginning(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
