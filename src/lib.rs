//! convoca plans the sessions of an inter-governmental working group.
//!
//! ```text
//! sessions/*.toml ─► decode ─► schema ─► resolve ─► model ─► checks ─► findings
//!                   (places)  (as       (names,      │
//!                              written)  instants)   ▼
//!                                                  view ─► formats ─► .ics .docx .pdf .md .html .txt .json
//! ```
//!
//! This crate is the command line with what it touches of the world; what it does stands in three crates below,
//! which touch nothing: `convoca-core` (texts to findings, programme and calendars), `convoca-documents` (the
//! programme as documents), `convoca-invitations` (plans, mails, the ledger and answers).
//!
//! - **One way.** Each stage is a function from values to values and findings; none stops at the first fault.
//! - **One door to the world.** Only [`cli`] reads files, the clock and the environment, and only [`transport`]
//!   opens sockets. The same texts and the same day give the same bytes.
//! - **No renderer computes a time.** [`time`] is the one door to time-zone rules; [`view`] words the hours.
//! - **Nothing leaves unseen.** [`itip`] compares the programme with the [`ledger`] and makes a plan; [`mail`]
//!   composes and [`transport`] hands over what the plan holds, and the ledger knows before and after each mail.
//! - **Both languages.** A [`locale::Text`] cannot be made without Spanish and English.
//!
//! Deliberately absent: recurring events, a database, a server, and any fact about a particular group.

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub mod cli;
pub mod rules;
#[cfg(feature = "studio")]
pub mod studio;
pub mod transport;
pub mod workspace;

pub use convoca_core::{
    Checked, calendar, check, checks, cores, decode, diagnostics, edit, examples, invitees, locale, model, paths, project,
    resolve, scheduling, schema, text, time,
};
pub use convoca_documents::{branding, document, formats, letterhead, papers, pictures, templates, view};
pub use convoca_invitations::{following, itip, ledger, links, mail, poll, replies};

/// The version, with the release of the time-zone rules that it carries.
pub fn version() -> String {
    format!("{} (IANA {})", env!("CARGO_PKG_VERSION"), time::release())
}
