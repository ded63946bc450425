//! Handing mails to a server, with the ledger written before and after each.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::Mail;
use crate::ledger::{Entry, Error, Ledger, Message, Outcome, Sending, Storage};
use crate::locale::Text;

/// A server gives up on a sender that goes on in spite of so many refusals, and so do we.
const REFUSALS_IN_A_ROW: usize = 5;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server took it, and said this.
    Taken(String),
    /// It certainly did not take it.
    Refused(String),
    /// The connection broke before the mail was handed over: it certainly did not take it.
    NotReached(Text),
    /// The connection broke while the mail was handed over.
    InDoubt(Text),
}

pub trait Transport {
    fn send(&mut self, mail: &Mail) -> Verdict;
}

/// How long to wait between two mails, and how to know the moment.
pub struct Pace<'a> {
    pub pause: Duration,
    pub now: &'a dyn Fn() -> DateTime<Utc>,
    pub done: &'a mut dyn FnMut(&Tally),
}

/// How a sending went so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub sent: usize,
    pub refused: Vec<(Message, String)>,
}

/// Why a sending ended before its last mail. What was not sent stays in the plan.
#[derive(Debug)]
pub enum Stop {
    /// The ledger could not be written; with the mail that was sent all the same, and is now in doubt.
    Ledger(Error, Option<Box<Message>>),
    /// The server could not be reached any more.
    NotReached(Text),
    /// The connection broke while this mail was handed over.
    InDoubt(Box<Message>, Text),
    /// The server refuses everything.
    Refuses(String),
}

/// Sends mails one after another. Nothing leaves that the ledger does not know of first.
/// With it, why it ended before the last mail, if it did.
pub fn deliver<S: Storage>(
    ledger: &mut Ledger<S>,
    transport: &mut impl Transport,
    letters: impl IntoIterator<Item = (Sending, Mail)>,
    pace: Pace<'_>,
) -> (Tally, Option<Stop>) {
    let mut tally = Tally::default();
    let mut in_a_row = 0;
    for (index, (sending, mail)) in letters.into_iter().enumerate() {
        if index > 0 {
            std::thread::sleep(pace.pause);
        }
        let message = sending.message.clone();
        if let Err(error) = ledger.append((pace.now)(), Entry::Sending(Box::new(sending))) {
            return (tally, Some(Stop::Ledger(error, None)));
        }
        let verdict = transport.send(&mail);
        let entry = |said: &str| Box::new(Outcome { message: message.clone(), said: said.to_owned() });
        let (entry, taken) = match &verdict {
            Verdict::Taken(said) => (Entry::Sent(entry(said)), true),
            Verdict::Refused(said) => (Entry::Refused(entry(said)), false),
            Verdict::NotReached(said) => (Entry::Refused(entry(&said.en)), false),
            Verdict::InDoubt(said) => return (tally, Some(Stop::InDoubt(Box::new(message), said.clone()))),
        };
        if let Err(error) = ledger.append((pace.now)(), entry) {
            return (tally, Some(Stop::Ledger(error, taken.then(|| Box::new(message)))));
        }
        match verdict {
            Verdict::NotReached(said) => return (tally, Some(Stop::NotReached(said))),
            Verdict::Refused(said) => {
                tally.refused.push((message, said.clone()));
                in_a_row += 1;
                if in_a_row == REFUSALS_IN_A_ROW {
                    return (tally, Some(Stop::Refuses(said)));
                }
            }
            _ => {
                tally.sent += 1;
                in_a_row = 0;
            }
        }
        (pace.done)(&tally);
    }
    (tally, None)
}
