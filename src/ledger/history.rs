//! What the lines of the ledger say together, whatever their order.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::{Entry, Message, Record, Reply, address};

/// How a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Sent,
    /// It may have arrived or not.
    InDoubt,
    /// It certainly did not arrive.
    Refused,
}

/// A mail with all its tries.
#[derive(Clone, Debug)]
pub struct Mail {
    pub message: Message,
    pub reason: String,
    /// What it said; `None` where the line that held it is lost.
    pub content: Option<Box<RawValue>>,
    /// The last thing known of it.
    pub at: DateTime<Utc>,
    /// What the server last said.
    pub said: Option<String>,
    sent: bool,
    begun: Vec<u32>,
    refused: Vec<u32>,
}

impl Mail {
    /// A try of which nobody knows how it ended leaves a mail in doubt, whatever became of later ones.
    pub fn state(&self) -> State {
        if self.sent {
            State::Sent
        } else if self.begun.iter().all(|attempt| self.refused.contains(attempt)) {
            State::Refused
        } else {
            State::InDoubt
        }
    }

    /// How often it was tried.
    pub fn attempts(&self) -> u32 {
        self.begun.iter().chain(&self.refused).copied().max().unwrap_or(self.message.attempt)
    }

    /// Whether its recipient has it or may have it.
    pub fn may_have_arrived(&self) -> bool {
        self.state() != State::Refused
    }
}

/// Every mail and every answer.
#[derive(Clone, Debug, Default)]
pub struct History {
    mails: Vec<Mail>,
    by_id: HashMap<String, usize>,
    /// By session and address, each list by DTSTAMP.
    by_recipient: BTreeMap<String, BTreeMap<String, Vec<usize>>>,
    replies: Vec<Reply>,
    /// By UID and address.
    by_answer: HashMap<(String, String), Vec<usize>>,
}

impl History {
    pub fn new(records: Vec<Record>) -> History {
        let mut history = History::default();
        for record in records {
            history.add(record);
        }
        history
    }

    /// Every mail, by session and recipient, the oldest first.
    pub fn mails(&self) -> impl Iterator<Item = &Mail> {
        self.by_recipient.values().flat_map(BTreeMap::values).flatten().map(|index| &self.mails[*index])
    }

    /// The sessions about which mails were sent.
    pub fn sessions(&self) -> impl Iterator<Item = &str> {
        self.by_recipient.keys().map(String::as_str)
    }

    /// The addresses that were written to about a session.
    pub fn addresses(&self, session: &str) -> impl Iterator<Item = &str> {
        self.by_recipient.get(session).into_iter().flat_map(|of| of.keys().map(String::as_str))
    }

    /// Every mail about a session.
    pub fn of_session(&self, session: &str) -> impl Iterator<Item = &Mail> {
        self.by_recipient.get(session).into_iter().flat_map(|of| of.values().flatten()).map(|index| &self.mails[*index])
    }

    /// The mails about a session to an address, the oldest first.
    pub fn to(&self, session: &str, email: &str) -> impl DoubleEndedIterator<Item = &Mail> {
        let of_recipient = self.by_recipient.get(session).and_then(|of| of.get(address(email).as_ref()));
        of_recipient.into_iter().flatten().map(|index| &self.mails[*index])
    }

    /// The mail of a Message-ID.
    pub fn mail(&self, id: &str) -> Option<&Mail> {
        self.by_id.get(id).map(|index| &self.mails[*index])
    }

    /// The last mail that the recipient has, or may have.
    pub fn last(&self, session: &str, email: &str) -> Option<&Mail> {
        self.to(session, email).rev().find(|mail| mail.may_have_arrived())
    }

    pub fn replies(&self) -> &[Reply] {
        &self.replies
    }

    /// The answers of one recipient.
    pub fn answers(&self, uid: &str, email: &str) -> impl Iterator<Item = &Reply> {
        let of = self.by_answer.get(&(uid.to_owned(), address(email).into_owned()));
        of.into_iter().flatten().map(|index| &self.replies[*index])
    }

    pub(super) fn add(&mut self, record: Record) {
        let Record { at, entry } = record;
        match entry {
            Entry::Sending(sending) => {
                let attempt = sending.message.attempt;
                let mail = self.entry(sending.message, at);
                mail.reason = sending.reason;
                mail.content = Some(sending.content);
                mail.begun.push(attempt);
            }
            Entry::Sent(outcome) => {
                let mail = self.entry(outcome.message, at);
                mail.sent = true;
                mail.said = Some(outcome.said);
            }
            Entry::Refused(outcome) => {
                let attempt = outcome.message.attempt;
                let mail = self.entry(outcome.message, at);
                mail.refused.push(attempt);
                mail.said = Some(outcome.said);
            }
            Entry::Reply(reply) => {
                let of = self.by_answer.entry((reply.uid.clone(), address(&reply.to).into_owned())).or_default();
                if !of.iter().any(|index| self.replies[*index] == *reply) {
                    of.push(self.replies.len());
                    self.replies.push(*reply);
                }
            }
            Entry::Unknown => {}
        }
    }

    /// The mail that a line is about, new if no line was yet.
    fn entry(&mut self, message: Message, at: DateTime<Utc>) -> &mut Mail {
        let index = match self.by_id.get(&message.mail) {
            Some(index) => *index,
            None => self.insert(message, at),
        };
        let mail = &mut self.mails[index];
        mail.at = mail.at.max(at);
        mail
    }

    fn insert(&mut self, message: Message, at: DateTime<Utc>) -> usize {
        let index = self.mails.len();
        self.by_id.insert(message.mail.clone(), index);
        let (session, to) = (message.session.clone(), address(&message.to).into_owned());
        self.mails.push(Mail {
            message,
            reason: String::new(),
            content: None,
            at,
            said: None,
            sent: false,
            begun: Vec::new(),
            refused: Vec::new(),
        });
        let order = |index: usize| {
            let Message { dtstamp, sequence, mail, .. } = &self.mails[index].message;
            (*dtstamp, *sequence, mail)
        };
        let of_recipient = self.by_recipient.entry(session).or_default().entry(to).or_default();
        let place = of_recipient.partition_point(|other| order(*other) < order(index));
        of_recipient.insert(place, index);
        index
    }
}
