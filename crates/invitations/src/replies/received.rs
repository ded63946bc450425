//! An answer as it was received, and from whom.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::ledger::{self, Answer};
use crate::locale::Text;

/// What was read of one calendar object: an answer, or why there is none.
pub type Found = Result<Received, Text>;

/// An answer to an invitation, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub uid: String,
    /// The address of whom the answer is about, in lower case.
    pub attendee: String,
    pub answer: Answer,
    /// The time that a counter-proposal asks for.
    pub proposal: Option<Proposal>,
    /// With a counter-proposal, what is answered to the time that stands.
    pub partstat: Option<Answer>,
    /// Of the invitation that is answered.
    pub sequence: u32,
    /// When the answer was given.
    pub dtstamp: DateTime<Utc>,
    /// When its mail was sent: of two answers of one moment, the later mail counts.
    pub sent: Option<DateTime<Utc>>,
    pub comment: Option<String>,
    /// When the session begins that is answered, where the answer says it in a zone that is known.
    pub time: Option<DateTime<Utc>>,
    /// How many others come along.
    pub guests: Option<u32>,
    /// To whom the invitation is passed on, or from whom it was.
    pub delegate: Option<String>,
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
    /// The mail bears the word of the invitation's links, which whoever was invited has: from whatever address.
    Link(String),
    /// The receiving server found that the mail is not from its sender (DMARC, RFC 8601).
    Forged(String),
    /// The same, but the server vouches for those who passed the mail on, and found whole what they say of it (ARC, RFC
    /// 8617). Anybody may pass a mail on: a person decides.
    Forwarded(String),
}

impl Sender {
    /// What the mail says of it.
    pub fn address(&self) -> Option<&str> {
        match self {
            Sender::Nobody | Sender::ByHand | Sender::Unclear => None,
            Sender::Mail(address) | Sender::Link(address) | Sender::Forged(address) | Sender::Forwarded(address) => Some(address),
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

impl Received {
    /// By what the same answer is known again, in any mailbox: a hash of all that it says.
    pub fn source(&self) -> String {
        if self.from == Sender::ByHand {
            return ledger::BY_HAND.to_owned();
        }
        let instant = |at: Option<DateTime<Utc>>| at.map_or(String::new(), |at| at.timestamp().to_string());
        let (start, end, written) = match &self.proposal {
            Some(Proposal { start, end, written }) => (instant(*start), instant(*end), written.as_str()),
            None => Default::default(),
        };
        let (sequence, dtstamp) = (self.sequence.to_string(), instant(Some(self.dtstamp)));
        let comment = self.comment.as_deref().unwrap_or_default();
        let from = self.from.address().unwrap_or_default();
        let fields = [&self.uid, &self.attendee, self.answer.id(), &sequence, &dtstamp, &start, &end, written, comment, from];
        let mut hash = Sha256::new();
        for field in fields {
            hash.update(field.as_bytes());
            hash.update([0]);
        }
        // Behind the others, and only where there are some: older ledgers know answers by what stands before.
        if let Some(guests) = self.guests {
            hash.update(guests.to_string());
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// An address as it is compared: without `mailto:` in any case, and in lower case.
///
/// ```
/// assert_eq!(convoca_invitations::replies::address("MAILTO:Ana@Example.ORG"), "ana@example.org");
/// ```
pub fn address(written: &str) -> String {
    let written = written.trim();
    let bare = match written.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &written[7..],
        _ => written,
    };
    bare.to_lowercase()
}
