//! Mails: what they look like (RFC 6047), and how they leave. The one module that names `lettre`.
//!
//! ```text
//! plan ─► compose ─► Mail ─► .eml and .ics, or deliver ─► SMTP
//!                                            └─► ledger, before and after each
//! ```

mod compose;
mod deliver;
mod smtp;

pub use compose::{Composer, Fault, Mail};
pub use deliver::{Pace, Stop, Tally, Transport, Verdict, deliver};
pub use smtp::{Connection, Login, Server, Tls};

/// Whether mail can be sent to an address.
///
/// ```
/// assert!(convoca::mail::is_address("alcaldia@example.org"));
/// assert!(!convoca::mail::is_address("alcaldia@"));
/// assert!(!convoca::mail::is_address("a@example.org, b@example.org"));
/// ```
pub fn is_address(text: &str) -> bool {
    crate::calendar::is_address(text) && text.parse::<lettre::Address>().is_ok()
}

#[cfg(test)]
mod tests;
