//! What the ledger says of every invitation: to whom it went, in which version, and what was answered.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Answer, Proposal, Response, Sender, address};
use crate::calendar::Method;
use crate::ledger::{self, History, Mail, Reply};

/// The invitations of a programme, by UID and address.
#[derive(Clone, Debug, Default)]
pub struct Invitations {
    all: BTreeMap<(String, String), Invitation>,
    /// The session of each UID.
    uids: HashMap<String, String>,
    sources: HashSet<String>,
    /// What was answered by whom and when, from whatever mail.
    answers: HashSet<(String, String, &'static str, u32, DateTime<Utc>)>,
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
    /// Of the first version at the time that holds: who answered it need not answer again, because what
    /// changed since is not when.
    pub since: u32,
    pub(super) time: Time,
    pub cancelled: bool,
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
    pub response: Response,
    pub sequence: u32,
    pub dtstamp: DateTime<Utc>,
    pub comment: Option<String>,
    /// Entered by whoever was told.
    pub by_hand: bool,
}

impl Given {
    pub fn of(answer: &Answer) -> Given {
        Given {
            response: answer.response.clone(),
            sequence: answer.sequence,
            dtstamp: answer.dtstamp,
            comment: answer.comment.clone(),
            by_hand: answer.from == Sender::ByHand,
        }
    }

    fn recorded(reply: &Reply) -> Given {
        let response = match reply.answer {
            ledger::Answer::Accepted => Response::Accepted,
            ledger::Answer::Declined => Response::Declined,
            ledger::Answer::Tentative => Response::Tentative,
            ledger::Answer::Counter => Response::Counter(Proposal { start: reply.start, end: reply.end, written: String::new() }),
            ledger::Answer::DeclineCounter => Response::DeclineCounter,
        };
        let by_hand = reply.source == ledger::BY_HAND;
        Given { response, sequence: reply.sequence, dtstamp: reply.dtstamp, comment: reply.comment.clone(), by_hand }
    }

    /// Whether it is the same answer, whenever it was given.
    pub fn says(&self, answer: &Answer) -> bool {
        self.response == answer.response && (answer.comment.is_none() || self.comment == answer.comment)
    }
}

impl Invitation {
    /// The answer to the time that holds, if there is one.
    pub fn current(&self) -> Option<&Given> {
        self.given.as_ref().filter(|given| given.sequence >= self.since)
    }

    /// The invitation of somebody who was written to at several addresses: the newest address counts, with
    /// the last answer from any of them to the time that holds.
    pub fn of_one(all: &[&Invitation]) -> Option<Invitation> {
        let newest = *all.iter().max_by_key(|invitation| (!invitation.cancelled, invitation.dtstamp))?;
        let same_time = all.iter().filter(|invitation| invitation.time == newest.time);
        let holds = same_time.filter_map(|invitation| invitation.current()).max_by_key(|given| given.dtstamp);
        let (given, since) = match holds {
            Some(given) => (Some(given.clone()), newest.since.min(given.sequence)),
            None => (newest.given.clone(), newest.since),
        };
        Some(Invitation { given, since, ..newest.clone() })
    }
}

impl Invitations {
    /// What the ledger holds.
    pub fn of_ledger(history: &History) -> Invitations {
        let mut invitations = Invitations::default();
        // A mail in doubt counts: who answers it has it.
        for mail in history.mails().filter(|mail| mail.may_have_arrived()) {
            let (message, told) = (&mail.message, Told::by(mail));
            invitations.sent(Invitation {
                uid: message.uid.clone(),
                session: message.session.clone(),
                who: message.who.clone(),
                to: message.to.clone(),
                sequence: message.sequence,
                dtstamp: message.dtstamp,
                since: message.sequence,
                name: told.name,
                title: told.title,
                time: Time { start: told.start, end: told.end },
                cancelled: message.method == Method::Cancel,
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
        self.uids.insert(invitation.uid.clone(), invitation.session.clone());
        let key = (invitation.uid.clone(), address(&invitation.to));
        match self.all.get_mut(&key) {
            None => {
                self.all.insert(key, invitation);
            }
            Some(known) if known.sequence <= invitation.sequence => {
                let given = known.given.take();
                let since = if known.time == invitation.time { known.since } else { invitation.sequence };
                *known = Invitation { given, since, ..invitation };
            }
            // The ledger was merged from two, and the other knows more.
            Some(_) => {}
        }
    }

    /// An answer; it counts if it is the last by version and time, whatever the order of the ledger.
    pub fn answered(&mut self, uid: &str, to: &str, source: String, given: Given) {
        self.sources.insert(source);
        self.answers.insert((uid.to_owned(), address(to), given.response.id(), given.sequence, given.dtstamp));
        let Some(invitation) = self.all.get_mut(&(uid.to_owned(), address(to))) else { return };
        let newer = |before: &Given| (before.sequence, before.dtstamp) < (given.sequence, given.dtstamp);
        if invitation.given.as_ref().is_none_or(newer) {
            invitation.given = Some(given);
        }
    }

    pub fn knows(&self, source: &str) -> bool {
        self.sources.contains(source)
    }

    /// Whether the same was answered, in whatever mail it came.
    pub fn has(&self, answer: &Answer) -> bool {
        let (uid, attendee) = (answer.uid.clone(), answer.attendee.clone());
        self.answers.contains(&(uid, attendee, answer.response.id(), answer.sequence, answer.dtstamp))
    }

    /// To which session the invitations of a UID are.
    pub fn session(&self, uid: &str) -> Option<&str> {
        self.uids.get(uid).map(String::as_str)
    }

    pub fn all(&self) -> impl Iterator<Item = &Invitation> {
        self.all.values()
    }

    pub fn of(&self, uid: &str, to: &str) -> Option<&Invitation> {
        self.all.get(&(uid.to_owned(), address(to)))
    }

    /// To one session, also those that were taken back.
    pub fn to_session<'a>(&'a self, session: &'a str) -> impl Iterator<Item = &'a Invitation> {
        self.all.values().filter(move |invitation| invitation.session == session)
    }
}
