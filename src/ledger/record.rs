//! One line of the ledger.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::Error;
use crate::calendar::Method;
use crate::locale::Text;
use crate::text;

/// The version that this program writes.
const VERSION: u32 = 1;

/// Something that happened, and when.
#[derive(Clone, Debug)]
pub struct Record {
    pub at: DateTime<Utc>,
    pub entry: Entry,
}

#[derive(Clone, Debug)]
pub enum Entry {
    /// Written before a mail is handed to the server.
    Sending(Box<Sending>),
    /// The server took it.
    Sent(Box<Outcome>),
    /// The server certainly did not take it.
    Refused(Box<Outcome>),
    /// Somebody answered.
    Reply(Box<Reply>),
    /// Of a kind that this version does not know.
    Unknown,
}

/// Which mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its Message-ID.
    pub mail: String,
    pub uid: String,
    /// The id of the session.
    pub session: String,
    pub to: String,
    /// The id of the party or person.
    pub who: String,
    #[serde(serialize_with = "word")]
    pub method: Method,
    pub sequence: u32,
    #[serde(with = "stamp")]
    pub dtstamp: DateTime<Utc>,
    /// From 1; a second try of a mail that is in doubt is 2.
    pub attempt: u32,
}

#[derive(Clone, Debug)]
pub struct Sending {
    pub message: Message,
    /// Why it was sent: "new", "update", "cancel", "withdraw", "remind".
    pub reason: String,
    /// What the mail says, to tell what has changed later.
    pub content: Box<RawValue>,
}

#[derive(Clone, Debug)]
pub struct Outcome {
    pub message: Message,
    /// What the server said.
    pub said: String,
}

/// What somebody answered (METHOD:REPLY, COUNTER or DECLINECOUNTER).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    pub uid: String,
    pub session: String,
    pub who: String,
    /// The address that was invited.
    pub to: String,
    /// That of the invitation which is answered.
    pub sequence: u32,
    /// When the answer was made.
    #[serde(with = "stamp")]
    pub dtstamp: DateTime<Utc>,
    pub answer: Answer,
    /// The time that a counter-proposal asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The hash of the message that it was read from, or [`super::BY_HAND`].
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Accepted,
    Declined,
    Tentative,
    Counter,
    DeclineCounter,
}

#[derive(Serialize)]
struct Line<'a, T> {
    v: u32,
    at: DateTime<Utc>,
    kind: &'static str,
    #[serde(flatten)]
    entry: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<&'a str>,
}

impl Record {
    /// As a line, with its line end. Nothing is written for a kind that is not known.
    pub fn line(&self) -> serde_json::Result<Vec<u8>> {
        fn line<'a, T>(at: DateTime<Utc>, kind: &'static str, entry: &'a T) -> Line<'a, T> {
            Line { v: VERSION, at, kind, entry, reason: None, content: None, said: None }
        }
        let mut bytes = match &self.entry {
            Entry::Sending(sending) => serde_json::to_vec(&Line {
                reason: Some(&sending.reason),
                content: Some(&sending.content),
                ..line(self.at, "sending", &sending.message)
            }),
            Entry::Sent(outcome) => {
                serde_json::to_vec(&Line { said: Some(&outcome.said), ..line(self.at, "sent", &outcome.message) })
            }
            Entry::Refused(outcome) => {
                serde_json::to_vec(&Line { said: Some(&outcome.said), ..line(self.at, "refused", &outcome.message) })
            }
            Entry::Reply(reply) => serde_json::to_vec(&line(self.at, "reply", reply.as_ref())),
            Entry::Unknown => Ok(Vec::new()),
        }?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a line; `number` is for the error.
    pub(super) fn parse(line: &str, number: usize) -> Result<Record, Error> {
        let damaged = |why: Text| Error::Damaged(number, why);
        let flat: Flat<'_> = serde_json::from_str(line).map_err(|error| damaged(malformed(&error)))?;
        if flat.v.ok_or_else(|| damaged(missing("v")))? > VERSION {
            return Err(Error::Newer(number));
        }
        let at = flat.at.ok_or_else(|| damaged(missing("at")))?;
        let entry = flat.entry().map_err(damaged)?;
        Ok(Record { at, entry })
    }
}

fn missing(key: &str) -> Text {
    text!("`{key}` is missing", "falta `{key}`")
}

/// `serde_json` speaks English only.
fn malformed(error: &serde_json::Error) -> Text {
    let column = error.column();
    match error.classify() {
        Category::Eof => text!("it breaks off after column {column}", "está cortado después de la columna {column}"),
        Category::Data => {
            text!("a value is not what it should be (column {column})", "un valor no es lo que debe ser (columna {column})")
        }
        Category::Syntax | Category::Io => text!("it is no valid JSON (column {column})", "no es JSON válido (columna {column})"),
    }
}

/// Every field of every kind, as far as possible where it stands in the line: `serde`'s tagged enums would
/// copy each line twice on the way.
#[derive(Deserialize)]
struct Flat<'a> {
    v: Option<u32>,
    at: Option<DateTime<Utc>>,
    #[serde(borrow)]
    kind: Option<Word<'a>>,
    mail: Option<Word<'a>>,
    uid: Option<Word<'a>>,
    session: Option<Word<'a>>,
    to: Option<Word<'a>>,
    who: Option<Word<'a>>,
    method: Option<Word<'a>>,
    sequence: Option<u32>,
    dtstamp: Option<Word<'a>>,
    attempt: Option<u32>,
    reason: Option<Word<'a>>,
    content: Option<&'a RawValue>,
    said: Option<Word<'a>>,
    answer: Option<Answer>,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    comment: Option<Word<'a>>,
    source: Option<Word<'a>>,
}

/// A text, copied only where it holds an escape.
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

impl Word<'_> {
    fn owned(word: Option<Self>) -> Option<String> {
        word.map(|word| word.0.into_owned())
    }
}

impl Flat<'_> {
    fn entry(mut self) -> Result<Entry, Text> {
        Ok(match self.kind.take().ok_or_else(|| missing("kind"))?.0.as_ref() {
            "sending" => {
                let content = self.content.ok_or_else(|| missing("content"))?.to_owned();
                let reason = Word::owned(self.reason.take()).unwrap_or_default();
                Entry::Sending(Box::new(Sending { message: self.message()?, reason, content }))
            }
            "sent" => Entry::Sent(Box::new(self.outcome()?)),
            "refused" => Entry::Refused(Box::new(self.outcome()?)),
            "reply" => Entry::Reply(Box::new(self.reply()?)),
            _ => Entry::Unknown,
        })
    }

    fn outcome(mut self) -> Result<Outcome, Text> {
        let said = Word::owned(self.said.take()).unwrap_or_default();
        Ok(Outcome { message: self.message()?, said })
    }

    fn message(self) -> Result<Message, Text> {
        Ok(Message {
            mail: Word::owned(self.mail).ok_or_else(|| missing("mail"))?,
            uid: Word::owned(self.uid).ok_or_else(|| missing("uid"))?,
            session: Word::owned(self.session).ok_or_else(|| missing("session"))?,
            to: Word::owned(self.to).ok_or_else(|| missing("to"))?,
            who: Word::owned(self.who).unwrap_or_default(),
            method: match self.method.as_ref().map(|method| method.0.as_ref()) {
                Some("REQUEST") => Method::Request,
                Some("CANCEL") => Method::Cancel,
                _ => return Err(Text::fixed("`method` is neither REQUEST nor CANCEL", "`method` no es ni REQUEST ni CANCEL")),
            },
            sequence: self.sequence.ok_or_else(|| missing("sequence"))?,
            dtstamp: stamp::parse(self.dtstamp.as_ref())
                .ok_or(Text::fixed("`dtstamp` is no UTC time", "`dtstamp` no es una hora UTC"))?,
            attempt: self.attempt.unwrap_or(1),
        })
    }

    fn reply(self) -> Result<Reply, Text> {
        Ok(Reply {
            uid: Word::owned(self.uid).ok_or_else(|| missing("uid"))?,
            session: Word::owned(self.session).ok_or_else(|| missing("session"))?,
            who: Word::owned(self.who).unwrap_or_default(),
            to: Word::owned(self.to).ok_or_else(|| missing("to"))?,
            sequence: self.sequence.ok_or_else(|| missing("sequence"))?,
            dtstamp: stamp::parse(self.dtstamp.as_ref())
                .ok_or(Text::fixed("`dtstamp` is no UTC time", "`dtstamp` no es una hora UTC"))?,
            answer: self.answer.ok_or_else(|| missing("answer"))?,
            start: self.start,
            end: self.end,
            comment: Word::owned(self.comment),
            source: Word::owned(self.source).unwrap_or_default(),
        })
    }
}

fn word<S: serde::Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.word())
}

/// Instants as calendars write them ("20221001T000000Z").
mod stamp {
    use super::{DateTime, NaiveDate, Utc, Word};

    pub fn serialize<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&at.format("%Y%m%dT%H%M%SZ"))
    }

    /// By its places: a general parser takes as long as the rest of the line.
    pub fn parse(word: Option<&Word<'_>>) -> Option<DateTime<Utc>> {
        let text = word.map(|word| word.0.as_ref()).filter(|text| text.len() == 16 && text.ends_with('Z'))?;
        let number = |from: usize, to: usize| {
            let digits = text.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
            digits.parse::<u32>().ok()
        };
        let date = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
        let time = date.and_hms_opt(number(9, 11)?, number(11, 13)?, number(13, 15)?)?;
        text[8..].starts_with('T').then(|| time.and_utc())
    }
}
