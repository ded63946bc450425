//! What opens sockets: SMTP hands mails over, IMAP reads answers, CalDAV keeps the public calendar. All are clients of
//! our own, small and strict, since what is entered in the ledger hangs on which answer belongs to which word.
//!
//! ```text
//! Mail ─► deliver ─► smtp ─┐               ┌─ imap ─► messages
//!            │             ├► wire ◄─ socket
//!            └─► ledger    └ octets, bounded ┘
//! ```
//!
//! [`smtp::Dialogue`] and [`imap::Dialogue`] speak over any [`wire::Wire`]: what they do with each octet that
//! a server says is tried without a network, by [`wire::Tape`].

pub mod caldav;
mod deliver;
pub mod http;
pub mod imap;
mod server;
pub mod smtp;
mod socket;
mod trust;
mod url;
pub mod wire;

pub use deliver::{Pace, Putoff, Stop, Tally, Transport, Verdict, deliver};
pub use imap::{Source, messages};
pub use server::{Auth, Login, Obstacle, Server, Tls, Unusable, shown};
pub use smtp::Connection;
pub use trust::{Fingerprint, NoFingerprint};
pub use url::Url;

#[cfg(test)]
mod tests;
