//! The ledger: what was sent to whom, and what was answered, one JSON object a line.
//!
//! ```text
//! sending ─► fsync ─► SMTP ─► sent | refused ─► fsync
//! ```
//!
//! - **Append-only.** A line is never changed; what later versions write beside it survives.
//! - **Nothing is lost in silence.** A `sending` without its `sent` or `refused` is in doubt, and stays so
//!   until another try with the same Message-ID ends well.
//! - **Order does not matter**, nor do repeated lines: a ledger that git merged says the same.
//! - **One writer at a time**, by a lock on the file itself.

mod error;
mod file;
mod history;
mod record;

use std::borrow::Cow;

pub use error::Error;
pub use file::{Ledger, Storage, read, records};
pub use history::{History, Mail, State};
pub use record::{Answer, Entry, Message, Outcome, Record, Reply, Sending};

/// The file, in the folder of the programme.
pub const FILE: &str = "invitations.jsonl";

/// The source of an answer that somebody entered as they were told it.
pub const BY_HAND: &str = "by hand";

/// An address as the ledger compares it: domains know no upper case.
///
/// ```
/// assert_eq!(convoca::ledger::address("Alcaldia@Example.ORG"), "Alcaldia@example.org");
/// ```
pub fn address(email: &str) -> Cow<'_, str> {
    match email.rsplit_once('@') {
        Some((local, domain)) if domain.chars().any(char::is_uppercase) => format!("{local}@{}", domain.to_lowercase()).into(),
        _ => email.into(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
