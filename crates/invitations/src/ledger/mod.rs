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

mod disk;
mod error;
mod file;
mod history;
mod line;
mod mend;
mod record;
mod stamp;
mod words;

pub use crate::model::address;
pub use disk::Disk;
pub use error::Error;
pub use file::{Ledger, Storage, is_missing, read, records};
pub use history::{History, Mail, State};
pub use mend::{Mended, mended};
pub use record::{Entry, Message, Record, Reply, Sending, ServerAnswer};
pub use words::{Answer, Reason};

/// The file, in the folder of the programme.
pub const FILE: &str = "invitations.jsonl";

/// The source of an answer that somebody entered as they were told it.
pub const BY_HAND: &str = "by hand";

#[cfg(test)]
mod tests;
