//! Asking the members which of some dates suit them.
//!
//! ```text
//! dates ─► Poll ─► a mail a member (mail::poll) ─► answers ─► ballots ─► the ledger's votes ─► Tally
//! ```
//!
//! Each member has a token of their own in the subject of the mail and of the answers that its links open: whoever
//! answers is known by it, from whatever address and program. Nobody sees anybody else's address or answer.

mod ballots;
mod tally;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::Lang;

pub use ballots::{ballots, token, token_in};
pub use tally::Tally;

/// A question to the members, as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Poll {
    /// What it is called: short, to be typed.
    pub poll: String,
    /// Start and end of each date.
    pub dates: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    pub voices: Vec<Voice>,
}

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// The id of the party.
    pub who: String,
    pub to: String,
    /// What answers are known by; nobody can guess it.
    pub token: String,
}

/// What somebody answered about one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ballot {
    No,
    IfNeedBe,
    Yes,
}

impl Ballot {
    pub const ALL: [Ballot; 3] = [Ballot::Yes, Ballot::IfNeedBe, Ballot::No];

    /// How it is written in a mail and in an answer.
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Ballot::Yes, Lang::En) => "yes",
            (Ballot::Yes, Lang::Es) => "sí",
            (Ballot::IfNeedBe, Lang::En) => "if need be",
            (Ballot::IfNeedBe, Lang::Es) => "si hace falta",
            (Ballot::No, _) => "no",
        }
    }
}

/// An answer as the ledger keeps it; of several by one member about one date the latest counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Vote {
    pub poll: String,
    pub who: String,
    /// Which date, counted from 1.
    pub date: u32,
    pub ballot: Ballot,
    /// When the mail with it was written.
    pub given: DateTime<Utc>,
}

impl Poll {
    /// Who wrote a mail with this subject, if it answers this poll.
    pub fn voice(&self, subject: &str) -> Option<&Voice> {
        let token = ballots::token_in(subject)?;
        self.voices.iter().find(|voice| voice.token == token)
    }

    /// The votes in a mail of somebody who was asked: in its subject, else in the first words of its text.
    pub fn votes(&self, voice: &Voice, subject: &str, text: &str, given: DateTime<Utc>) -> Vec<Vote> {
        // The token may end in a digit.
        let subject = subject.split('[').next().unwrap_or_default();
        let said = Some(ballots(subject, self.dates.len())).filter(|said| !said.is_empty());
        let said = said.unwrap_or_else(|| ballots(text, self.dates.len()));
        let vote = |(date, ballot)| Vote { poll: self.poll.clone(), who: voice.who.clone(), date, ballot, given };
        said.into_iter().map(vote).collect()
    }
}
