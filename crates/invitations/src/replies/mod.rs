//! Answers to invitations (iTIP, RFC 5546): from what a mailbox holds to what the ledger is told.
//!
//! ```text
//! mailbox ─► mail ─► readable ─► itip ─► Received ─► apply ─► the ledger's record, or why not
//! (messages) (From,  (lines)     (crate              ▲
//!            parts)              `icalendar`)      ledger
//! ```
//!
//! - **Nothing is believed that was not invited.** An answer counts only for an invitation that was sent,
//!   by the person that it was sent to, in a mail from that person. Any other is shown with the reason.
//! - **Reading twice changes nothing.** An answer is known by what it says, whatever mailbox it lies in.
//! - **Bounded.** Sizes, parts and nesting have limits, and every step before them is linear.

pub mod aliases;
pub mod apply;
pub mod attendance;
pub mod by_link;
pub mod concern;
pub mod invitations;
mod itip;
mod mail;
pub mod mailbox;
mod outlook;
mod parts;
mod readable;
mod received;
pub mod returned;
pub mod seats;
mod smime;
mod standing;
pub mod words;
mod zones;

pub use itip::answers_in_calendar;
pub use mail::{answers_in_mail, read_mail, read_saved};
pub use received::{Found, Proposal, Received, Sender, address};
use words::Words;

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

#[cfg(test)]
mod tests;
