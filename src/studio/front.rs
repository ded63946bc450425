//! What the studio needs of the command line that starts it: how mail servers are reached, and how answers are read.

use serde::Deserialize;
use serde_json::Value;

use crate::ledger::Answer;
use crate::locale::Text;
use crate::replies::Message;
use crate::transport::{Server, Unusable};
use crate::workspace::{Failure, Workspace};

/// A mail server as it was typed on the page. The secret is kept nowhere.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    pub server: String,
    pub user: String,
    pub secret: String,
}

/// An answer that somebody gave in words.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Identifier of the party or person, or an address.
    pub who: String,
    pub session: String,
    pub answer: Answer,
}

/// What answers are read from.
pub enum Origin {
    /// Files, each with its name.
    Files(Vec<(String, Message)>),
    /// The mailbox that the environment names.
    Mailbox,
    Spoken(Spoken),
}

pub trait Front: Send + Sync {
    /// Opens a page or a folder in the user's own program for it.
    fn open(&self, what: &str);

    /// The server for sending that the environment names.
    fn smtp(&self) -> Option<String>;

    /// The mailbox that the environment names.
    fn imap(&self) -> Option<String>;

    /// The server for sending: as typed, or that of the environment.
    ///
    /// # Errors
    /// It is none, or its secret cannot be had.
    fn server(&self, typed: Option<&Typed>) -> Result<Option<Server>, Failure>;

    /// What to do about a server that cannot be used.
    fn help(&self, unusable: &Unusable) -> Option<Text>;

    /// Reads answers and enters in the ledger those that count; what became of each, as `convoca replies` reports it.
    ///
    /// # Errors
    /// A mailbox or the ledger cannot be read.
    fn answers(&self, workspace: &Workspace, origin: Origin) -> Result<Value, Failure>;
}
