//! What the ledger remembers.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Answer, Reason, stamp};
use crate::calendar::Method;
use crate::poll::{Poll, Vote};

/// Something that happened, and when.
#[derive(Clone, Debug)]
pub struct Record {
    pub at: DateTime<Utc>,
    pub entry: Entry,
}

#[derive(Clone, Debug)]
pub enum Entry {
    /// A mail was written as a file, for somebody to send it: it may have gone out.
    Written(Box<Sending>),
    /// Written before a mail is handed to the server.
    Sending(Box<Sending>),
    /// The server took it.
    Sent(Box<ServerAnswer>),
    /// The server certainly did not take it.
    Refused(Box<ServerAnswer>),
    /// A server reported that it did not arrive.
    Returned(Box<ServerAnswer>),
    /// Somebody answered.
    Reply(Box<Reply>),
    /// The members were asked which dates suit them.
    Poll(Box<Poll>),
    /// One of them answered about one date.
    Vote(Box<Vote>),
    /// From which the links of mails are made, so that nobody can guess them.
    Links(String),
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
    pub reason: Reason,
    /// What the mail says, to tell what has changed later.
    pub content: Box<RawValue>,
}

#[derive(Clone, Debug)]
pub struct ServerAnswer {
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
    /// With a counter-proposal, the answer to the time that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partstat: Option<Answer>,
    /// When the mail was sent that brought it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// When the session begins that was answered, as the answer itself says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<DateTime<Utc>>,
    /// How many others come along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guests: Option<u32>,
    /// To whom it is passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegate: Option<String>,
    /// The hash of the message that it was read from, or [`super::BY_HAND`].
    pub source: String,
}

fn word<S: serde::Serializer>(method: &Method, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(method.word())
}
