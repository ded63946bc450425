//! Mails: what they look like (RFC 6047). The one module that names lettre's builder.
//!
//! ```text
//! plan ─► compose ─► Mail ─► .eml and .ics, or to a server
//! ```

mod compose;
mod mailto;
mod poll;
mod posted;
mod reading;
mod short;

pub use compose::{Composer, Fault, Mail, message_id};
pub use posted::{Enclosed, Posted, posted};
pub use reading::{Entry, Reading, reading};
pub use short::{Reader, short};
