//! Content lines (RFC 5545 §3.1): folded, escaped, and refused where a value could end a line.

use std::io::{self, Write};

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};

use super::Error;
use super::characters::{CARE, clean_parameter, plain_text, replaced};
use crate::decode::is_mail_address;
use crate::text;

/// Octets of a line without its CRLF, the space of a fold included.
const LINE: usize = 75;
/// Lines are handed on once this many octets have gathered.
const BUFFER: usize = 32 * 1024;

/// The value of a property, by its type (RFC 5545 §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Escaped; line ends become `\n`, a tab a space, other control characters are dropped.
    Text(&'a str),
    /// Several TEXT values in one property, such as categories.
    Texts(&'a [String]),
    /// An address, as it is: refused where it holds white space or control characters.
    Uri(&'a str),
    /// A mail address as a CAL-ADDRESS, without `mailto:`; one that would need encoding is refused.
    Mail(&'a str),
    /// A word or a rule, as it is; refused like an address.
    Token(&'a str),
    Utc(DateTime<Utc>),
    Local(NaiveDateTime),
    /// Seconds to the east of UTC.
    Offset(i32),
    Number(u32),
}

/// Writes content lines, each whole or not at all. Memory: one buffer and the longest line.
///
/// ```
/// use convoca_core::calendar::{Value, Writer};
/// let mut writer = Writer::new(Vec::new());
/// writer.line("SUMMARY", &[("LANGUAGE", "es-GT")], Value::Text("Panamá; Costa Rica\n¿y?")).unwrap();
/// assert_eq!(writer.finish().unwrap(), "SUMMARY;LANGUAGE=es-GT:Panamá\\; Costa Rica\\n¿y?\r\n".as_bytes());
/// ```
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    buffer: Vec<u8>,
    /// Octets in the line so far.
    column: usize,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> Writer<W> {
        Writer { out, buffer: Vec::with_capacity(BUFFER + 4096), column: 0 }
    }

    pub fn begin(&mut self, component: &'static str) -> Result<(), Error> {
        self.line("BEGIN", &[], Value::Token(component))
    }

    pub fn end(&mut self, component: &'static str) -> Result<(), Error> {
        self.line("END", &[], Value::Token(component))
    }

    /// One property. Names come from the program, never from input; a parameter without a value is left out.
    pub fn line(&mut self, name: &'static str, params: &[(&'static str, &str)], value: Value<'_>) -> Result<(), Error> {
        allow(name, value)?;
        self.put(name);
        for (key, value) in params {
            let value = clean_parameter(value);
            if !value.is_empty() {
                self.parameter(key, &value);
            }
        }
        self.whole(":");
        self.value(value);
        self.buffer.extend_from_slice(b"\r\n");
        self.column = 0;
        if self.buffer.len() >= BUFFER {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Hands on what is left, and gives back where it went.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&self.buffer)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn parameter(&mut self, key: &str, value: &str) {
        self.whole(";");
        self.put(key);
        self.whole("=");
        if value.bytes().any(|byte| matches!(byte, b':' | b';' | b',')) {
            self.whole("\"");
            self.put(value);
            self.whole("\"");
        } else {
            self.put(value);
        }
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Text(text) => self.text(text),
            Value::Texts(texts) => {
                for (index, text) in texts.iter().enumerate() {
                    if index > 0 {
                        self.whole(",");
                    }
                    self.text(text);
                }
            }
            Value::Uri(plain) | Value::Token(plain) => self.put(plain),
            Value::Mail(address) => {
                self.put("mailto:");
                self.put(address);
            }
            Value::Utc(instant) => {
                self.time(instant.naive_utc());
                self.whole("Z");
            }
            Value::Local(time) => self.time(time),
            Value::Offset(seconds) => self.offset(seconds),
            Value::Number(number) => self.put(&number.to_string()),
        }
    }

    /// TEXT (RFC 5545 §3.3.11): runs that need no care are copied whole.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| CARE[byte as usize]) {
            let (run, special) = rest.split_at(at);
            self.put(run);
            let mut chars = special.chars();
            let Some(first) = chars.next() else { break };
            match first {
                '\\' => self.whole("\\\\"),
                ';' => self.whole("\\;"),
                ',' => self.whole("\\,"),
                '\r' if chars.as_str().starts_with('\n') => {}
                _ => match replaced(first) {
                    Some("\n") => self.whole("\\n"),
                    Some(other) => self.put(other),
                    None => self.put(&special[..first.len_utf8()]),
                },
            }
            rest = chars.as_str();
        }
        self.put(rest);
    }

    fn time(&mut self, time: NaiveDateTime) {
        // `allow` let only years of four digits through.
        let year = time.year().unsigned_abs();
        let mut digits = [b'0'; 15];
        digits[8] = b'T';
        let fields = [(0, 4, year), (4, 2, time.month()), (6, 2, time.day())];
        let clock = [(9, 2, time.hour()), (11, 2, time.minute()), (13, 2, time.second())];
        for (at, width, number) in fields.into_iter().chain(clock) {
            write_digits(&mut digits[at..at + width], number);
        }
        self.ascii(&digits);
    }

    /// UTC-OFFSET (RFC 5545 §3.3.14): seconds only where there are any.
    fn offset(&mut self, seconds: i32) {
        let all = seconds.unsigned_abs();
        let mut digits = *b"+000000";
        if seconds < 0 {
            digits[0] = b'-';
        }
        for (at, number) in [(1, all / 3600), (3, all / 60 % 60), (5, all % 60)] {
            write_digits(&mut digits[at..at + 2], number);
        }
        let length = if all.is_multiple_of(60) { 5 } else { 7 };
        self.ascii(&digits[..length]);
    }

    fn ascii(&mut self, octets: &[u8]) {
        if let Ok(text) = std::str::from_utf8(octets) {
            self.put(text);
        }
    }

    /// What may not be torn apart by a fold, though the standard would let it.
    fn whole(&mut self, text: &str) {
        if self.column + text.len() > LINE {
            self.fold();
        }
        self.buffer.extend_from_slice(text.as_bytes());
        self.column += text.len();
    }

    /// Text folded between code points.
    fn put(&mut self, text: &str) {
        let mut rest = text;
        while self.column + rest.len() > LINE {
            let (head, tail) = rest.split_at(boundary(rest, LINE - self.column));
            self.buffer.extend_from_slice(head.as_bytes());
            self.fold();
            rest = tail;
        }
        self.buffer.extend_from_slice(rest.as_bytes());
        self.column += rest.len();
    }

    fn fold(&mut self) {
        self.buffer.extend_from_slice(b"\r\n ");
        self.column = 1;
    }
}

fn allow(property: &'static str, value: Value<'_>) -> Result<(), Error> {
    let year = |time: NaiveDateTime| (1..=9999).contains(&time.year());
    let allowed = match value {
        Value::Text(_) | Value::Texts(_) | Value::Number(_) => true,
        Value::Uri(plain) | Value::Token(plain) => plain_text(plain),
        Value::Mail(address) => is_mail_address(address),
        Value::Utc(instant) => year(instant.naive_utc()),
        Value::Local(time) => year(time),
        Value::Offset(seconds) => seconds.unsigned_abs() < 24 * 3600,
    };
    if allowed {
        return Ok(());
    }
    let shown = match value {
        Value::Uri(plain) | Value::Token(plain) | Value::Mail(plain) => plain.escape_debug().to_string(),
        other => format!("{other:?}"),
    };
    Err(Error::Refused(text!("`{shown}` cannot stand in {property}", "`{shown}` no puede estar en {property}")))
}

/// The last boundary between code points at or before an octet.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn write_digits(digits: &mut [u8], mut number: u32) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
    }
}

#[cfg(test)]
mod tests;
