//! Answers to invitations (iTIP, RFC 5546): from what a mailbox holds to what the ledger is told.
//!
//! ```text
//! mailbox ─► mail ─► readable ─► itip ─► Answer ─► apply ─► the ledger's record, or why not
//! (messages) (From,  (lines)     (crate            ▲
//!            parts)              `icalendar`)    ledger
//! ```
//!
//! - **Nothing is believed that was not invited.** An answer counts only for an invitation that was sent,
//!   by the person that it was sent to, in a mail from that person. Any other is shown with the reason.
//! - **Reading twice changes nothing.** An answer is known by what it says, whatever mailbox it lies in.
//! - **Bounded.** Sizes, parts and nesting have limits, and every step before them is linear.

pub mod apply;
pub mod attendance;
pub mod invitations;
mod itip;
mod mail;
pub mod mailbox;
mod readable;
pub mod returned;
pub mod words;
mod zones;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::ledger::{self, Reply};
use crate::locale::{Lang, Text};
use invitations::Invitation;

pub use itip::answers_in_calendar;
pub use mail::{answers_in_mail, read_mail};
use words::Words;

/// What was read of one calendar object: an answer, or why there is none.
pub type Found = Result<Answer, Text>;

/// What one message holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    pub found: Vec<Found>,
    /// What a mail says to people.
    pub words: Option<Words>,
    /// A file that is neither a mail nor a calendar.
    pub is_foreign: bool,
}

impl Message {
    /// A calendar that holds no answer, such as an invitation.
    pub fn is_silent(&self) -> bool {
        self.found.is_empty() && self.words.is_none() && !self.is_foreign
    }
}

impl From<Vec<Found>> for Message {
    fn from(found: Vec<Found>) -> Message {
        Message { found, ..Message::default() }
    }
}

/// What somebody answered to an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub uid: String,
    /// The address of whom the answer is about, in lower case.
    pub attendee: String,
    pub response: Response,
    /// Of the invitation that is answered.
    pub sequence: u32,
    /// When the answer was given.
    pub dtstamp: DateTime<Utc>,
    pub comment: Option<String>,
    pub from: Sender,
}

/// From whom an answer came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sender {
    /// A calendar file that came without a mail.
    #[default]
    Nobody,
    /// Whoever runs the program enters what they were told.
    ByHand,
    /// The mail names no sender, or several.
    Unclear,
    /// In lower case.
    Mail(String),
    /// The receiving server found that the mail is not from its sender (DMARC, RFC 8601).
    Forged(String),
}

impl Sender {
    /// What the mail says of it.
    pub fn address(&self) -> Option<&str> {
        match self {
            Sender::Nobody | Sender::ByHand | Sender::Unclear => None,
            Sender::Mail(address) | Sender::Forged(address) => Some(address),
        }
    }
}

impl Answer {
    /// As the ledger records it, for the invitation that it answers.
    pub fn recorded(&self, invitation: &Invitation) -> Reply {
        let (answer, start, end) = match &self.response {
            Response::Accepted => (ledger::Answer::Accepted, None, None),
            Response::Declined => (ledger::Answer::Declined, None, None),
            Response::Tentative => (ledger::Answer::Tentative, None, None),
            Response::Counter(proposal) => (ledger::Answer::Counter, proposal.start, proposal.end),
            Response::DeclineCounter => (ledger::Answer::DeclineCounter, None, None),
        };
        Reply {
            uid: self.uid.clone(),
            session: invitation.session.clone(),
            who: invitation.who.clone(),
            to: invitation.to.clone(),
            sequence: self.sequence,
            dtstamp: self.dtstamp,
            answer,
            start,
            end,
            comment: self.comment.clone(),
            source: self.source(),
        }
    }
}

/// The answer itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    Accepted,
    Declined,
    Tentative,
    /// Another time is proposed (COUNTER).
    Counter(Proposal),
    /// The organizer turned a proposal down (DECLINECOUNTER).
    DeclineCounter,
}

impl Response {
    /// The word in the ledger and in formats for programs.
    pub fn id(&self) -> &'static str {
        match self {
            Response::Accepted => "accepted",
            Response::Declined => "declined",
            Response::Tentative => "tentative",
            Response::Counter(_) => "counter",
            Response::DeclineCounter => "decline-counter",
        }
    }

    pub fn word(&self, lang: Lang) -> &'static str {
        let (en, es) = match self {
            Response::Accepted => ("accepts", "acepta"),
            Response::Declined => ("declines", "no asistirá"),
            Response::Tentative => ("may come", "tal vez asista"),
            Response::Counter(_) => ("proposes another time", "propone otra hora"),
            Response::DeclineCounter => ("proposal turned down", "propuesta rechazada"),
        };
        match lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }
}

/// A time proposed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// `None` where the file does not say in which zone its hours are.
    pub start: Option<DateTime<Utc>>,
    pub end: Option<DateTime<Utc>>,
    /// The start as it is written.
    pub written: String,
}

impl Answer {
    /// By what the same answer is known again, in any mailbox: a hash of all that it says.
    pub fn source(&self) -> String {
        if self.from == Sender::ByHand {
            return ledger::BY_HAND.to_owned();
        }
        let instant = |at: Option<DateTime<Utc>>| at.map_or(String::new(), |at| at.timestamp().to_string());
        let (start, end, written) = match &self.response {
            Response::Counter(Proposal { start, end, written }) => (instant(*start), instant(*end), written.as_str()),
            _ => Default::default(),
        };
        let (sequence, dtstamp) = (self.sequence.to_string(), instant(Some(self.dtstamp)));
        let comment = self.comment.as_deref().unwrap_or_default();
        let from = self.from.address().unwrap_or_default();
        let fields = [&self.uid, &self.attendee, self.response.id(), &sequence, &dtstamp, &start, &end, written, comment, from];
        let mut hash = Sha256::new();
        for field in fields {
            hash.update(field.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// An address as it is compared: without `mailto:` in any case, and in lower case.
///
/// ```
/// assert_eq!(convoca::replies::address("MAILTO:Ana@Example.ORG"), "ana@example.org");
/// ```
pub fn address(written: &str) -> String {
    let written = written.trim();
    let bare = match written.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &written[7..],
        _ => written,
    };
    bare.to_lowercase()
}

#[cfg(test)]
mod tests;
