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
mod said;
mod server;
pub mod smtp;
mod socket;
mod trust;
mod url;
mod verdict;
pub mod wire;

pub use deliver::{Pace, Putoff, Stop, Tally, deliver};
pub use imap::{Source, messages};
pub use said::shown;
pub use server::{Auth, Login, Obstacle, Server, Tls, Unusable};
pub use smtp::Connection;
pub use trust::{Fingerprint, NoFingerprint};
pub use url::Url;
pub use verdict::{Transport, Uncopied, Verdict};

#[cfg(test)]
mod tests;
