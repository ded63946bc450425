//! Mails: what they look like (RFC 6047), and how they leave. The one module that names `lettre`.
//!
//! ```text
//! plan ─► compose ─► Mail ─► .eml and .ics, or deliver ─► SMTP
//!                                            └─► ledger, before and after each
//! ```

mod compose;
mod deliver;
mod server;
mod smtp;

pub use compose::{Composer, Fault, Mail, message_id};
pub use deliver::{Pace, Stop, Tally, Transport, Verdict, deliver};
pub use server::{Auth, Login, Obstacle, Server, Tls, Unusable, shown};
pub use smtp::Connection;

#[cfg(test)]
mod tests;
