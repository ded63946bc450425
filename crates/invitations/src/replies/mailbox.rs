//! What messages lie in a file: one calendar, one mail, or a mailbox of many (mbox, RFC 4155).

use std::io::{self, BufRead, Read};

use super::mail::LARGEST;
use super::outlook::is_message;
use super::{Message, answers_in_calendar, read_mail, read_saved};
use crate::locale::Text;

/// The messages of a file, one after the other: memory holds the largest of them, up to its limit.
#[derive(Debug)]
pub struct Messages<R> {
    reader: R,
    /// Unknown until the first line is read.
    kind: Option<Kind>,
    ended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Calendar,
    Mail,
    Mbox,
    /// As Outlook saves a mail.
    Saved,
}

impl<R: BufRead> Messages<R> {
    pub fn new(reader: R) -> Messages<R> {
        Messages { reader, kind: None, ended: false }
    }

    fn read(&mut self) -> io::Result<Option<Message>> {
        let mut octets = Vec::new();
        let kind = match self.kind {
            Some(kind) => kind,
            None => self.begin(&mut octets)?,
        };
        let whole = match kind {
            Kind::Mbox => self.until_the_next(&mut octets)?,
            Kind::Calendar | Kind::Mail | Kind::Saved => self.rest(&mut octets)?,
        };
        if octets.is_empty() && self.ended {
            return Ok(None);
        }
        Ok(Some(match kind {
            _ if !whole => vec![Err(Text::fixed("the message is larger than 32 MiB", "el mensaje pasa de 32 MiB"))].into(),
            Kind::Calendar => answers_in_calendar(&octets).into(),
            Kind::Mbox => read_mail(&octets),
            Kind::Saved => read_saved(&octets),
            Kind::Mail if has_headers(&octets) => read_mail(&octets),
            Kind::Mail => match calendar_within(&octets) {
                Some(calendar) => answers_in_calendar(calendar).into(),
                None => Message { is_foreign: true, ..Message::default() },
            },
        }))
    }

    /// Tells by its first line what the file is; that line stays, unless it only opens an mbox.
    fn begin(&mut self, octets: &mut Vec<u8>) -> io::Result<Kind> {
        self.line(octets)?;
        let start = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets).trim_ascii_start();
        let wide = octets.starts_with(b"\xff\xfe") || octets.starts_with(b"\xfe\xff");
        let kind = if octets.starts_with(b"From ") {
            octets.clear();
            Kind::Mbox
        } else if is_message(octets) {
            Kind::Saved
        } else if wide || start.get(..15).is_some_and(|word| word.eq_ignore_ascii_case(b"BEGIN:VCALENDAR")) {
            Kind::Calendar
        } else {
            Kind::Mail
        };
        self.kind = Some(kind);
        Ok(kind)
    }

    /// The message up to the line that opens the next: "From " behind an empty line. Whether it fits.
    fn until_the_next(&mut self, octets: &mut Vec<u8>) -> io::Result<bool> {
        let (mut blank, mut whole) = (false, true);
        let mut line = Vec::new();
        while self.line(&mut line)? {
            if blank && line.starts_with(b"From ") {
                return Ok(whole);
            }
            blank = matches!(line.as_slice(), b"\n" | b"\r\n");
            let quotes = line.iter().take_while(|octet| **octet == b'>').count();
            let quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
            whole &= octets.len() + line.len() <= LARGEST;
            if whole {
                octets.extend_from_slice(&line[usize::from(quoted)..]);
            }
            line.clear();
        }
        Ok(whole)
    }

    fn rest(&mut self, octets: &mut Vec<u8>) -> io::Result<bool> {
        self.ended = true;
        let room = (LARGEST + 1).saturating_sub(octets.len()) as u64;
        self.reader.by_ref().take(room).read_to_end(octets)?;
        Ok(octets.len() <= LARGEST)
    }

    /// A line, or as much of one as a message may hold.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        let read = self.reader.by_ref().take(LARGEST as u64).read_until(b'\n', line)?;
        self.ended |= read == 0;
        Ok(read > 0)
    }
}

/// Whether a header of mails stands before the first empty line.
fn has_headers(octets: &[u8]) -> bool {
    let names = ["from", "date", "received", "to", "message-id", "return-path", "delivered-to", "mime-version"];
    let octets = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets).trim_ascii_start();
    let lines = octets.split(|octet| *octet == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let mut fields = lines.filter_map(|line| line.splitn(2, |octet| *octet == b':').next());
    fields.any(|name| names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())))
}

/// A calendar behind something else.
fn calendar_within(octets: &[u8]) -> Option<&[u8]> {
    let start = b"BEGIN:VCALENDAR";
    let at = octets.windows(start.len()).position(|window| window.eq_ignore_ascii_case(start))?;
    Some(&octets[at..])
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = io::Result<Message>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended |= read.is_err();
        read.transpose()
    }
}
