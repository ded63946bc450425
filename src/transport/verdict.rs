//! What becomes of a mail that is handed to a server.

use crate::locale::Text;
use crate::mail::Mail;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server took it, and said this.
    Taken(String),
    /// The same, but for these copies.
    TakenWithout(String, Vec<Uncopied>),
    /// It certainly did not take it, and will not (5xx).
    Refused(String),
    /// It certainly did not take it, and may do so later (4xx).
    Deferred(String),
    /// The connection broke before the mail was handed over: it certainly did not take it.
    NotReached(Text),
    /// The connection broke while the mail was handed over.
    InDoubt(Text),
}

pub trait Transport {
    fn send(&mut self, mail: &Mail) -> Verdict;
}

/// A copy that the server does not take, though it takes the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncopied {
    pub to: String,
    pub said: String,
}
