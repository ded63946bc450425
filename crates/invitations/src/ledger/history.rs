//! What the lines of the ledger say together, whatever their order.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde_json::value::RawValue;

use super::{Entry, Message, Reason, Record, Reply, address};
use crate::calendar::Method;
use crate::poll::{Poll, Vote};

/// How a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Sent,
    /// It was written as a file, and nobody has entered whether it was sent.
    Written,
    /// It may have arrived or not.
    InDoubt,
    /// It certainly did not arrive.
    Refused,
    /// It went out, and a server reported later that it did not arrive.
    Returned,
}

/// A mail with all its tries.
#[derive(Clone, Debug)]
pub struct Mail {
    pub message: Message,
    pub reason: Reason,
    /// What it said; `None` where the line that held it is lost.
    pub content: Option<Box<RawValue>>,
    /// The last thing known of it.
    pub at: DateTime<Utc>,
    /// What the server last said.
    pub said: Option<String>,
    /// Why it did not arrive, as a server reported later.
    pub returned: Option<String>,
    sent: bool,
    written: bool,
    begun: Vec<u32>,
    refused: Vec<u32>,
}

impl Mail {
    /// A try of which nobody knows how it ended leaves a mail in doubt, whatever became of later ones.
    pub fn state(&self) -> State {
        if self.returned.is_some() {
            State::Returned
        } else if self.sent {
            State::Sent
        } else if !self.begun.iter().all(|attempt| self.refused.contains(attempt)) {
            State::InDoubt
        } else if self.written {
            State::Written
        } else {
            State::Refused
        }
    }

    /// When it said that the session begins.
    pub fn start(&self) -> Option<DateTime<Utc>> {
        #[derive(serde::Deserialize)]
        struct Told {
            start: Option<DateTime<Utc>>,
        }
        serde_json::from_str::<Told>(self.content.as_deref()?.get()).ok()?.start
    }

    /// How often it was tried.
    pub fn attempts(&self) -> u32 {
        self.begun.iter().chain(&self.refused).copied().max().unwrap_or(self.message.attempt)
    }

    /// Whether it only turns a proposal down: what was told of the session before it holds.
    pub fn turns_down(&self) -> bool {
        self.message.method == Method::DeclineCounter
    }

    /// Whether its recipient has it or may have it. What came back counts: the address was written to, and is not
    /// written to again by itself.
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
    /// With the moment at which they were asked.
    polls: Vec<(DateTime<Utc>, Poll)>,
    votes: BTreeSet<Vote>,
    /// By when they were made: each of two ledgers that were merged had one.
    secrets: BTreeSet<(DateTime<Utc>, String)>,
    /// What sessions are called now, by what they were.
    renamed: HashMap<String, String>,
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

    /// The last mail that told the recipient of the session, and that they have or may have.
    pub fn last(&self, session: &str, email: &str) -> Option<&Mail> {
        self.to(session, email).rev().find(|mail| mail.may_have_arrived() && !mail.turns_down())
    }

    /// Why mails to an address do not arrive: what a server said of one after which none arrived, and no answer came.
    pub fn came_back(&self, email: &str) -> Option<&str> {
        let to = address(email);
        let mails = || self.by_recipient.values().filter_map(|of| of.get(to.as_ref())).flatten().map(|index| &self.mails[*index]);
        let last = mails().filter(|mail| mail.returned.is_some()).max_by_key(|mail| mail.message.dtstamp)?;
        let since = last.message.dtstamp;
        let arrived = mails().any(|mail| mail.state() == State::Sent && mail.message.dtstamp > since);
        let answered = mails().any(|mail| self.answers(&mail.message.uid, &to).any(|reply| reply.dtstamp > since));
        last.returned.as_deref().filter(|_| !arrived && !answered)
    }

    pub fn replies(&self) -> &[Reply] {
        &self.replies
    }

    /// The answers of one recipient.
    pub fn answers(&self, uid: &str, email: &str) -> impl Iterator<Item = &Reply> {
        let of = self.by_answer.get(&(uid.to_owned(), address(email).into_owned()));
        of.into_iter().flatten().map(|index| &self.replies[*index])
    }

    /// What the members were asked, the oldest first.
    pub fn polls(&self) -> impl DoubleEndedIterator<Item = &Poll> {
        self.polls.iter().map(|(_, poll)| poll)
    }

    /// What was answered to any poll.
    pub fn votes(&self) -> &BTreeSet<Vote> {
        &self.votes
    }

    /// From which the links of mails are made, the oldest first.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|(_, secret)| secret.as_str())
    }

    /// A session has another id than it had when mails about it were sent: from here on they are about that one.
    pub fn rename(&mut self, formerly: &str, now: &str) {
        self.renamed.insert(formerly.to_owned(), now.to_owned());
        for reply in self.replies.iter_mut().filter(|reply| reply.session == formerly) {
            now.clone_into(&mut reply.session);
        }
        for mail in self.by_recipient.remove(formerly).into_iter().flat_map(BTreeMap::into_values).flatten() {
            now.clone_into(&mut self.mails[mail].message.session);
            self.place(mail);
        }
    }

    pub(super) fn add(&mut self, record: Record) {
        let Record { at, entry } = record;
        match entry {
            Entry::Written(sending) => {
                let mail = self.entry(sending.message, at);
                mail.reason = sending.reason;
                mail.content = Some(sending.content);
                mail.written = true;
            }
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
            Entry::Returned(outcome) => {
                let mail = self.entry(outcome.message, at);
                mail.returned = Some(outcome.said);
            }
            Entry::Reply(mut reply) => {
                if let Some(now) = self.renamed.get(&reply.session) {
                    reply.session.clone_from(now);
                }
                // A clock that ran ahead, in a ledger of an earlier version, must not outlast all later answers.
                if reply.dtstamp > at + TimeDelta::days(1) {
                    reply.dtstamp = at.trunc_subsecs(0);
                }
                let of = self.by_answer.entry((reply.uid.clone(), address(&reply.to).into_owned())).or_default();
                if !of.iter().any(|index| self.replies[*index] == *reply) {
                    of.push(self.replies.len());
                    self.replies.push(*reply);
                }
            }
            Entry::Poll(poll) => {
                if !self.polls.iter().any(|(_, known)| known.poll == poll.poll) {
                    let place = self.polls.partition_point(|(asked, _)| *asked <= at);
                    self.polls.insert(place, (at, *poll));
                }
            }
            Entry::Vote(vote) => {
                self.votes.insert(*vote);
            }
            Entry::Links(secret) => {
                self.secrets.insert((at, secret));
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

    fn insert(&mut self, mut message: Message, at: DateTime<Utc>) -> usize {
        let index = self.mails.len();
        self.by_id.insert(message.mail.clone(), index);
        if let Some(now) = self.renamed.get(&message.session) {
            message.session.clone_from(now);
        }
        self.mails.push(Mail {
            message,
            reason: Reason::of("".into()),
            content: None,
            at,
            said: None,
            returned: None,
            sent: false,
            written: false,
            begun: Vec::new(),
            refused: Vec::new(),
        });
        self.place(index);
        index
    }

    /// Puts a mail among those about the same session to the same address.
    fn place(&mut self, index: usize) {
        let message = &self.mails[index].message;
        let (session, to) = (message.session.clone(), address(&message.to).into_owned());
        let order = |index: usize| {
            let Message { dtstamp, sequence, mail, .. } = &self.mails[index].message;
            (*dtstamp, *sequence, mail)
        };
        let of_recipient = self.by_recipient.entry(session).or_default().entry(to).or_default();
        let place = of_recipient.partition_point(|other| order(*other) < order(index));
        of_recipient.insert(place, index);
    }
}
