//! A record as a line of the ledger, written and read again.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::record::{Entry, Message, Record, Reply, Sending, ServerAnswer};
use super::{Answer, Error, Reason, stamp};
use crate::calendar::Method;
use crate::locale::Text;
use crate::poll::{Ballot, Poll, Voice, Vote};
use crate::text;

/// The newest version that this program reads. Each line has the oldest that can read it.
const VERSION: u32 = 3;

#[derive(Serialize)]
struct Secret<'a> {
    secret: &'a str,
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
            Line { v: 1, at, kind, entry, reason: None, content: None, said: None }
        }
        // Earlier versions would take a method that they do not know for damage.
        let oldest = |message: &Message| if message.method == Method::DeclineCounter { 3 } else { 1 };
        let mail = |kind, sending: &Sending| {
            let (reason, content) = (Some(sending.reason.id()), Some(&*sending.content));
            let v = oldest(&sending.message);
            serde_json::to_vec(&Line { v, reason, content, ..line(self.at, kind, &sending.message) })
        };
        let ended = |kind, outcome: &ServerAnswer| {
            let v = oldest(&outcome.message);
            serde_json::to_vec(&Line { v, said: Some(&outcome.said), ..line(self.at, kind, &outcome.message) })
        };
        let mut bytes = match &self.entry {
            Entry::Written(sending) => mail("written", sending),
            Entry::Sending(sending) => mail("sending", sending),
            Entry::Sent(outcome) => ended("sent", outcome),
            Entry::Refused(outcome) => ended("refused", outcome),
            Entry::Returned(outcome) => ended("returned", outcome),
            Entry::Reply(reply) => {
                // Earlier versions would take a word that they do not know for damage.
                let v = if reply.answer == Answer::Delegated { 2 } else { 1 };
                serde_json::to_vec(&Line { v, ..line(self.at, "reply", reply.as_ref()) })
            }
            Entry::Poll(poll) => serde_json::to_vec(&line(self.at, "poll", poll.as_ref())),
            Entry::Vote(vote) => serde_json::to_vec(&line(self.at, "vote", vote.as_ref())),
            Entry::Links(secret) => serde_json::to_vec(&line(self.at, "links", &Secret { secret })),
            Entry::Unknown => Ok(Vec::new()),
        }?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// As a line that is known to be read again as it was meant.
    pub(super) fn certain_line(&self) -> Result<Vec<u8>, Error> {
        let line = self.line().map_err(std::io::Error::from)?;
        if matches!(self.entry, Entry::Unknown) {
            return Ok(line);
        }
        let unreadable = |why: Text| Error::Unwritable(why);
        let text = std::str::from_utf8(&line).map_err(|_| unreadable(Text::fixed("it is not UTF-8", "no está en UTF-8")))?;
        let read = Record::parse(text.trim_end(), 1).map_err(|error| match error {
            Error::Damaged(_, why) => unreadable(why),
            other => other,
        })?;
        match read.line() {
            Ok(again) if again == line => Ok(line),
            _ => Err(unreadable(Text::fixed("it would say something else", "diría otra cosa"))),
        }
    }

    /// Reads a line; `number` is for the error.
    pub(super) fn parse(line: &str, number: usize) -> Result<Record, Error> {
        let damaged = |why: Text| Error::Damaged(number, why);
        let flat: Flat<'_> = serde_json::from_str(line).map_err(|error| damaged(malformed(&error)))?;
        if flat.v.ok_or_else(|| damaged(missing("v")))? > VERSION {
            return Err(Error::Newer(number));
        }
        let at = flat.at.ok_or_else(|| damaged(missing("at")))?;
        // What is reckoned from it stays within what can be reckoned.
        if !(1970..=9999).contains(&at.year()) {
            return Err(damaged(Text::fixed("`at` is no time that can be", "`at` no es una hora posible")));
        }
        let entry = flat.entry().map_err(damaged)?;
        Ok(Record { at, entry })
    }
}

/// Calendars count with it in 31 bits, and the next change adds one.
fn sequence(written: Option<u32>) -> Result<u32, Text> {
    const LARGEST: u32 = 1_000_000_000;
    match written.ok_or_else(|| missing("sequence"))? {
        sequence if sequence <= LARGEST => Ok(sequence),
        _ => Err(Text::fixed(
            "`sequence` is larger than calendars count",
            "`sequence` es más grande de lo que cuentan los calendarios",
        )),
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
    partstat: Option<Answer>,
    sent: Option<DateTime<Utc>>,
    guests: Option<u32>,
    comment: Option<Word<'a>>,
    time: Option<DateTime<Utc>>,
    delegate: Option<Word<'a>>,
    secret: Option<Word<'a>>,
    source: Option<Word<'a>>,
    poll: Option<Word<'a>>,
    dates: Option<Vec<(DateTime<Utc>, DateTime<Utc>)>>,
    voices: Option<Vec<Voice>>,
    date: Option<u32>,
    ballot: Option<Ballot>,
    given: Option<DateTime<Utc>>,
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
            "written" => Entry::Written(Box::new(self.sending()?)),
            "sending" => Entry::Sending(Box::new(self.sending()?)),
            "sent" => Entry::Sent(Box::new(self.outcome()?)),
            "refused" => Entry::Refused(Box::new(self.outcome()?)),
            "returned" => Entry::Returned(Box::new(self.outcome()?)),
            "reply" => Entry::Reply(Box::new(self.reply()?)),
            "poll" => Entry::Poll(Box::new(self.poll()?)),
            "links" => Entry::Links(Word::owned(self.secret.take()).ok_or_else(|| missing("secret"))?),
            "vote" => Entry::Vote(Box::new(self.vote()?)),
            _ => Entry::Unknown,
        })
    }

    fn sending(mut self) -> Result<Sending, Text> {
        let content = self.content.ok_or_else(|| missing("content"))?.to_owned();
        let reason = Reason::of(self.reason.take().map_or(Cow::Borrowed(""), |word| word.0));
        Ok(Sending { message: self.message()?, reason, content })
    }

    fn outcome(mut self) -> Result<ServerAnswer, Text> {
        let said = Word::owned(self.said.take()).unwrap_or_default();
        Ok(ServerAnswer { message: self.message()?, said })
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
                Some("DECLINECOUNTER") => Method::DeclineCounter,
                _ => {
                    return Err(Text::fixed(
                        "`method` is none of REQUEST, CANCEL and DECLINECOUNTER",
                        "`method` no es REQUEST, CANCEL ni DECLINECOUNTER",
                    ));
                }
            },
            sequence: sequence(self.sequence)?,
            dtstamp: stamp::parse(self.dtstamp.as_ref().map(|word| word.0.as_ref()))
                .ok_or(Text::fixed("`dtstamp` is no UTC time", "`dtstamp` no es una hora UTC"))?,
            attempt: self.attempt.unwrap_or(1),
        })
    }

    fn poll(self) -> Result<Poll, Text> {
        Ok(Poll {
            poll: Word::owned(self.poll).ok_or_else(|| missing("poll"))?,
            dates: self.dates.ok_or_else(|| missing("dates"))?,
            voices: self.voices.ok_or_else(|| missing("voices"))?,
        })
    }

    fn vote(self) -> Result<Vote, Text> {
        Ok(Vote {
            poll: Word::owned(self.poll).ok_or_else(|| missing("poll"))?,
            who: Word::owned(self.who).ok_or_else(|| missing("who"))?,
            date: self.date.ok_or_else(|| missing("date"))?,
            ballot: self.ballot.ok_or_else(|| missing("ballot"))?,
            given: self.given.ok_or_else(|| missing("given"))?,
        })
    }

    fn reply(self) -> Result<Reply, Text> {
        Ok(Reply {
            uid: Word::owned(self.uid).ok_or_else(|| missing("uid"))?,
            session: Word::owned(self.session).ok_or_else(|| missing("session"))?,
            who: Word::owned(self.who).unwrap_or_default(),
            to: Word::owned(self.to).ok_or_else(|| missing("to"))?,
            sequence: sequence(self.sequence)?,
            dtstamp: stamp::parse(self.dtstamp.as_ref().map(|word| word.0.as_ref()))
                .ok_or(Text::fixed("`dtstamp` is no UTC time", "`dtstamp` no es una hora UTC"))?,
            answer: self.answer.ok_or_else(|| missing("answer"))?,
            start: self.start,
            end: self.end,
            partstat: self.partstat,
            sent: self.sent,
            guests: self.guests,
            comment: Word::owned(self.comment),
            time: self.time,
            delegate: Word::owned(self.delegate),
            source: Word::owned(self.source).unwrap_or_default(),
        })
    }
}
