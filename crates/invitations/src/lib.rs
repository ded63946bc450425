//! Invitations: what is to be sent, what was sent, the mails themselves, and what was answered.
//!
//! ```text
//! programme + ledger ─► itip ─► plan ─► mail        mails with answers ─► replies ─► ledger
//! ```
//!
//! No socket is opened here: mails are bytes, handed over and fetched by whoever has a network.

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files and the clock"))]

pub mod following;
pub mod itip;
pub mod ledger;
pub mod links;
pub mod mail;
pub mod poll;
pub mod replies;

#[cfg(test)]
use convoca_core::check;
use convoca_core::{calendar, decode, diagnostics, edit, invitees, locale, model, project, schema, text, time};
use convoca_documents::{document, formats, templates, view};
