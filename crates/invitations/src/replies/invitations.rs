//! What the ledger says of every invitation: to whom it went, in which version, and what was answered.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Proposal, Received, Sender, address};
use crate::calendar::Method;
use crate::ledger::{self, Answer, History, Mail, Reply};

/// The invitations of a programme, by UID and address.
#[derive(Clone, Debug, Default)]
pub struct Invitations {
    all: BTreeMap<(String, String), Invitation>,
    /// The session of each UID.
    uids: HashMap<String, String>,
    sources: HashSet<String>,
    /// What was answered by whom and when, from whatever mail.
    answers: HashSet<(String, String, Answer, u32, DateTime<Utc>)>,
}

/// One person's invitation to one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub uid: String,
    /// Identifiers of the session, and of the party or person.
    pub session: String,
    pub who: String,
    /// What the last version called them.
    pub name: String,
    /// What it called the session.
    pub title: String,
    pub to: String,
    /// Of the last version that went out.
    pub sequence: u32,
    /// When that version was made.
    pub dtstamp: DateTime<Utc>,
    /// When each version was made, the first before the others.
    pub(super) made: Vec<(u32, DateTime<Utc>)>,
    /// Of the first version at the time that holds: who answered it need not answer again, because what
    /// changed since is not when.
    pub since: u32,
    pub(super) time: Time,
    pub cancelled: bool,
    /// Why the last version did not arrive, as a server reported.
    pub returned: Option<String>,
    /// The other times that were told under the same SEQUENCE: the ledger was merged from two.
    pub(super) others: Vec<Time>,
    /// The last answer, by version and time.
    pub given: Option<Given>,
}

/// When the session is, as a mail told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    pub start: Option<DateTime<Utc>>,
    pub end: Option<DateTime<Utc>>,
}

/// What matters here of what a mail said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    name: String,
    title: String,
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
}

impl Told {
    fn by(mail: &Mail) -> Told {
        mail.content.as_deref().and_then(|content| serde_json::from_str(content.get()).ok()).unwrap_or_default()
    }
}

/// An answer as the ledger holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub answer: Answer,
    /// The time that a counter-proposal asks for.
    pub proposal: Option<Proposal>,
    pub sequence: u32,
    pub dtstamp: DateTime<Utc>,
    /// When its mail was sent.
    pub sent: Option<DateTime<Utc>>,
    pub comment: Option<String>,
    /// When the session begins that it answers, where it says so.
    pub time: Option<DateTime<Utc>>,
    pub guests: Option<u32>,
    /// To whom it is passed on.
    pub delegate: Option<String>,
    /// Entered by whoever was told.
    pub by_hand: bool,
}

impl Given {
    pub fn of(answer: &Received) -> Given {
        Given {
            answer: answer.answer,
            proposal: answer.proposal.clone(),
            sequence: answer.sequence,
            dtstamp: answer.dtstamp,
            sent: answer.sent,
            comment: answer.comment.clone(),
            time: answer.time,
            guests: answer.guests,
            delegate: answer.delegate.clone().filter(|_| answer.answer == Answer::Delegated),
            by_hand: answer.from == Sender::ByHand,
        }
    }

    fn recorded(reply: &Reply) -> Given {
        let is_counter = reply.answer == Answer::Counter;
        let proposal = is_counter.then(|| Proposal { start: reply.start, end: reply.end, written: String::new() });
        let by_hand = reply.source == ledger::BY_HAND;
        Given {
            answer: reply.answer,
            proposal,
            sequence: reply.sequence,
            dtstamp: reply.dtstamp,
            sent: reply.sent,
            comment: reply.comment.clone(),
            time: reply.time,
            guests: reply.guests,
            delegate: reply.delegate.clone(),
            by_hand,
        }
    }

    /// Whether it proposes to begin then.
    pub fn asks_for(&self, start: Option<DateTime<Utc>>) -> bool {
        start.is_some() && self.proposal.as_ref().is_some_and(|proposal| proposal.start == start)
    }

    /// By which the last of several is found.
    pub fn order(&self) -> (u32, DateTime<Utc>, Option<DateTime<Utc>>) {
        (self.sequence, self.dtstamp, self.sent)
    }

    /// Whether it is the same answer, whenever it was given.
    pub fn says(&self, answer: &Received) -> bool {
        self.answer == answer.answer
            && self.proposal == answer.proposal
            && (answer.comment.is_none() || self.comment == answer.comment)
    }
}

impl Invitation {
    /// The answer to the time that holds, if there is one.
    pub fn current(&self) -> Option<&Given> {
        let holds = |given: &&Given| {
            given.sequence >= self.since && (given.by_hand || self.is_about_its_time(given.sequence, given.dtstamp, given.time))
        };
        self.given.as_ref().filter(holds)
    }

    /// When the version that somebody answers was made; the first, where it is none that was sent.
    pub(super) fn made(&self, sequence: u32) -> DateTime<Utc> {
        let of_version = self.made.iter().find(|(version, _)| *version == sequence);
        of_version.or(self.made.first()).map_or(self.dtstamp, |(_, at)| *at)
    }

    /// Whether an answer to a version is to the time that holds, where two times were told under the same
    /// SEQUENCE: by the time that it names, or else by when it was given.
    pub fn is_about_its_time(&self, sequence: u32, given: DateTime<Utc>, time: Option<DateTime<Utc>>) -> bool {
        if sequence != self.sequence || self.others.is_empty() {
            return true;
        }
        time.map_or(given >= self.dtstamp, |time| Some(time) == self.time.start)
    }

    /// The invitation of somebody who was written to at several addresses: the newest address counts, with
    /// the last answer from any of them to the time that holds.
    pub fn of_one(all: &[&Invitation]) -> Option<Invitation> {
        let newest = *all.iter().max_by_key(|invitation| (!invitation.cancelled, invitation.dtstamp))?;
        let same_time = all.iter().filter(|invitation| invitation.time == newest.time);
        let holds = same_time.filter_map(|invitation| invitation.current()).max_by_key(|given| (given.dtstamp, given.sent));
        let (given, since) = match holds {
            Some(given) => (Some(given.clone()), newest.since.min(given.sequence)),
            None => (newest.given.clone(), newest.since),
        };
        Some(Invitation { given, since, ..newest.clone() })
    }
}

impl Received {
    /// As the ledger records it, for the invitation that it answers.
    pub fn recorded(&self, invitation: &Invitation) -> Reply {
        let proposal = self.proposal.as_ref();
        Reply {
            uid: invitation.uid.clone(),
            session: invitation.session.clone(),
            who: invitation.who.clone(),
            to: invitation.to.clone(),
            sequence: self.sequence,
            dtstamp: self.dtstamp,
            answer: self.answer,
            start: proposal.and_then(|proposal| proposal.start),
            end: proposal.and_then(|proposal| proposal.end),
            partstat: self.partstat,
            sent: self.sent,
            comment: self.comment.clone(),
            time: self.time,
            guests: self.guests,
            delegate: self.delegate.clone().filter(|_| self.answer == Answer::Delegated),
            source: self.source(),
        }
    }
}

/// Some programs write a UID in capitals.
fn key(uid: &str, to: &str) -> (String, String) {
    (uid.to_lowercase(), address(to))
}

impl Invitations {
    /// What the ledger holds.
    pub fn of_ledger(history: &History) -> Invitations {
        let mut invitations = Invitations::default();
        // A mail in doubt counts: who answers it has it.
        for mail in history.mails().filter(|mail| mail.may_have_arrived() && !mail.turns_down()) {
            let (message, told) = (&mail.message, Told::by(mail));
            invitations.sent(Invitation {
                uid: message.uid.clone(),
                session: message.session.clone(),
                who: message.who.clone(),
                to: message.to.clone(),
                sequence: message.sequence,
                dtstamp: message.dtstamp,
                made: vec![(message.sequence, message.dtstamp)],
                since: message.sequence,
                name: told.name,
                title: told.title,
                time: Time { start: told.start, end: told.end },
                cancelled: message.method == Method::Cancel,
                returned: mail.returned.clone(),
                others: Vec::new(),
                given: None,
            });
        }
        for reply in history.replies() {
            invitations.answered(&reply.uid, &reply.to, reply.source.clone(), Given::recorded(reply));
        }
        invitations
    }

    /// A mail that went out, or may have, behind the older ones.
    pub(super) fn sent(&mut self, invitation: Invitation) {
        self.uids.insert(invitation.uid.to_lowercase(), invitation.session.clone());
        let key = key(&invitation.uid, &invitation.to);
        match self.all.get_mut(&key) {
            None => {
                self.all.insert(key, invitation);
            }
            Some(known) if known.sequence <= invitation.sequence => {
                let given = known.given.take();
                // What was answered before a cancellation is asked anew.
                let holds = known.time == invitation.time && (!known.cancelled || invitation.cancelled);
                let since = if holds { known.since } else { invitation.sequence };
                let mut others = std::mem::take(&mut known.others);
                let mut made = std::mem::take(&mut known.made);
                made.push((invitation.sequence, invitation.dtstamp));
                match known.sequence == invitation.sequence {
                    true if known.time != invitation.time => others.push(known.time),
                    true => {}
                    false => others.clear(),
                }
                others.retain(|other| *other != invitation.time);
                *known = Invitation { given, since, others, made, ..invitation };
            }
            // The ledger was merged from two, and the other knows more.
            Some(_) => {}
        }
    }

    /// An answer; it counts if it is the last by version and time, whatever the order of the ledger.
    pub fn answered(&mut self, uid: &str, to: &str, source: String, given: Given) {
        self.sources.insert(source);
        self.answers.insert((uid.to_lowercase(), address(to), given.answer, given.sequence, given.dtstamp));
        let Some(invitation) = self.all.get_mut(&key(uid, to)) else { return };
        let newer = |before: &Given| before.order() < given.order();
        if invitation.given.as_ref().is_none_or(newer) {
            invitation.given = Some(given);
        }
    }

    pub fn knows(&self, source: &str) -> bool {
        self.sources.contains(source)
    }

    /// Whether the same was answered, in whatever mail it came.
    pub fn has(&self, answer: &Received) -> bool {
        let (uid, attendee) = (answer.uid.to_lowercase(), answer.attendee.clone());
        self.answers.contains(&(uid, attendee, answer.answer, answer.sequence, answer.dtstamp))
    }

    /// To which session the invitations of a UID are.
    pub fn session(&self, uid: &str) -> Option<&str> {
        self.uids.get(&uid.to_lowercase()).map(String::as_str)
    }

    pub fn all(&self) -> impl Iterator<Item = &Invitation> {
        self.all.values()
    }

    pub fn of(&self, uid: &str, to: &str) -> Option<&Invitation> {
        self.all.get(&key(uid, to))
    }

    /// To one session, also those that were taken back.
    pub fn to_session<'a>(&'a self, session: &'a str) -> impl Iterator<Item = &'a Invitation> {
        self.all.values().filter(move |invitation| invitation.session == session)
    }
}
