//! The plan: for every session, what is to be sent to whom.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rayon::prelude::*;

use super::Why;
use super::judge::Judge;
use super::snapshot::{Common, Snapshot, hash};
use crate::calendar::{Method, uid};
use crate::invitees::{Invitee, Invitees, Recipient, Unreachable};
use crate::ledger::{History, Message};
use crate::locale::{Lang, Text};
use crate::model::{Programme, Session};
use crate::schema::Status;
use crate::time::Place;

/// The reason of a letter to somebody who is taken off the list.
pub(super) const WITHDRAW: &str = "withdraw";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub now: DateTime<Utc>,
    /// Only this session, by id.
    pub session: Option<String>,
    /// Send changes that do not matter as well.
    pub cosmetic: bool,
    /// Remind those who have not answered.
    pub remind: bool,
    /// Sessions, by id, whose join link holds though their time changed.
    pub same_link: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Plan {
    /// The hash of what would be sent: a plan that changed has another.
    pub id: String,
    pub sessions: Vec<SessionPlan>,
}

#[derive(Clone, Debug)]
pub struct SessionPlan {
    pub id: String,
    /// "Session 1", and its title.
    pub name: Text,
    pub title: Text,
    pub date: Option<NaiveDate>,
    /// By whose clock its times are told.
    pub place: Place,
    pub cancelled: bool,
    /// Why nothing is sent for it.
    pub hold: Option<Hold>,
    pub unreachable: Vec<Unreachable>,
    /// Whose invitation stands though the session is held back.
    pub holders: Vec<Holder>,
    pub items: Vec<Item>,
}

/// Somebody who expects a session at the time that they were told.
#[derive(Clone, Debug)]
pub struct Holder {
    pub recipient: Arc<Recipient>,
    pub time: (DateTime<Utc>, DateTime<Utc>),
}

/// What keeps a session's letters back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    Draft,
    NoTime,
    Over,
    NoOrganizer,
    /// The time changed and the join link did not.
    ConfirmLink,
    /// Its file is gone: whoever expects it is told only if it is asked for by id.
    Gone,
    /// An invitation to it cannot be written.
    Unwritable(Text),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Invite,
    Update,
    Cancel,
    Remind,
    /// Once more, as it was: it is not known whether it arrived.
    Retry,
    /// A change that does not matter, and is not sent unless asked for.
    Cosmetic,
    Unchanged,
}

impl Action {
    pub const ALL: [Action; 7] =
        [Action::Invite, Action::Update, Action::Cancel, Action::Remind, Action::Retry, Action::Cosmetic, Action::Unchanged];

    /// The word for other programs.
    pub fn id(self) -> &'static str {
        match self {
            Action::Invite => "invite",
            Action::Update => "update",
            Action::Cancel => "cancel",
            Action::Remind => "remind",
            Action::Retry => "retry",
            Action::Cosmetic => "cosmetic",
            Action::Unchanged => "unchanged",
        }
    }
}

/// What is done for one recipient of a session.
#[derive(Clone, Debug)]
pub struct Item {
    pub who: String,
    pub name: Text,
    pub to: String,
    pub lang: Lang,
    pub country: Option<(&'static str, Text)>,
    /// Where their hour is, if that is known.
    pub place: Option<Place>,
    pub action: Action,
    pub why: Vec<Why>,
    /// What is sent; `None` where nothing is.
    pub letter: Option<Letter>,
    /// `None` for those who are not invited any more.
    pub invitee: Option<Invitee>,
}

/// A letter that is to be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    pub message: Message,
    /// "new", "update", "cancel", "withdraw" or "remind"; of the first try, for one that is in doubt.
    pub reason: String,
    pub content: Snapshot,
}

impl Letter {
    /// Whether the session takes place without its recipient, who had been invited.
    pub fn withdraws(&self) -> bool {
        self.reason == WITHDRAW
    }
}

impl SessionPlan {
    /// What would be sent.
    pub fn letters(&self) -> impl Iterator<Item = (&Item, &Letter)> {
        self.items.iter().filter_map(|item| Some((item, self.letter(item)?)))
    }

    /// Whether it has another time and still the link of the time before.
    pub fn moved_with_its_link(&self) -> bool {
        self.items.iter().any(|item| {
            item.action == Action::Update
                && matches!(item.why.first(), Some(Why::Time { .. }))
                && !item.why.contains(&Why::Link)
                && item.letter.as_ref().is_some_and(|letter| letter.content.leads_to_a_call())
        })
    }

    /// What would be sent to one of its recipients. A session that is held back still tells those who are
    /// taken off.
    pub fn letter<'i>(&self, item: &'i Item) -> Option<&'i Letter> {
        item.letter.as_ref().filter(|letter| match self.hold {
            None => true,
            Some(Hold::Draft | Hold::NoTime | Hold::Over | Hold::ConfirmLink) => letter.message.method == Method::Cancel,
            Some(Hold::Gone | Hold::NoOrganizer | Hold::Unwritable(_)) => false,
        })
    }
}

impl Plan {
    /// The sessions of which something is not sent that somebody waits for.
    pub fn held_back(&self) -> impl Iterator<Item = &SessionPlan> {
        self.sessions.iter().filter(|session| {
            let withheld = |item: &Item| item.letter.is_some() && session.letter(item).is_none();
            !session.holders.is_empty() || session.items.iter().any(withheld)
        })
    }

    /// Those whom no change reaches any more, each once.
    pub fn lost(&self) -> Vec<&Text> {
        let items = self.sessions.iter().flat_map(|session| &session.items);
        let mut names: Vec<&Text> = items.filter(|item| item.why.contains(&Why::NoAddress)).map(|item| &item.name).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Every letter, with its session.
    pub fn letters(&self) -> impl Iterator<Item = (&SessionPlan, &Item, &Letter)> {
        self.sessions.iter().flat_map(|session| session.letters().map(move |(item, letter)| (session, item, letter)))
    }
}

/// Compares the programme with what was sent.
pub fn plan(programme: &Programme, history: &History, wish: &Wish) -> Plan {
    let invitees = Invitees::new(programme);
    let wanted = |id: &str| wish.session.as_ref().is_none_or(|session| session == id);
    let in_programme = programme.sessions.par_iter().filter(|session| wanted(session.id.as_str()));
    let mut sessions: Vec<SessionPlan> =
        in_programme.map(|session| of_session(programme, session, &invitees, history, wish)).collect();
    let known: BTreeSet<&str> = programme.sessions.iter().map(|session| session.id.as_str()).collect();
    let gone: BTreeSet<&str> = history.sessions().filter(|id| !known.contains(id) && wanted(id)).collect();
    sessions.extend(gone.into_iter().filter_map(|id| of_gone(programme, id, &invitees, history, wish)));
    let parts: Vec<String> = sessions.par_iter().map(part).collect();
    let id = hash(&parts.iter().map(String::as_bytes).collect::<Vec<_>>());
    Plan { id: id[..12].to_owned(), sessions }
}

/// What the plan's id depends on of a session: everything but the moment; nothing where nothing is sent.
fn part(session: &SessionPlan) -> String {
    let letters = session.letters().map(|(item, letter)| {
        let Message { session, to, uid, method, sequence, attempt, .. } = &letter.message;
        let content = serde_json::to_string(&letter.content).unwrap_or_default();
        format!("{:?} {uid} {session} {to} {} {sequence} {attempt} {content}", item.action, method.word())
    });
    let letters: Vec<String> = letters.collect();
    if letters.is_empty() { String::new() } else { hash(&letters.iter().map(String::as_bytes).collect::<Vec<_>>()) }
}

fn of_session(programme: &Programme, session: &Session, invitees: &Invitees<'_>, history: &History, wish: &Wish) -> SessionPlan {
    let id = session.id.as_str();
    let mut plan = SessionPlan {
        id: id.to_owned(),
        name: Text { es: session.name(Lang::Es).into(), en: session.name(Lang::En).into() },
        title: session.title.value.clone(),
        date: session.date.map(|date| date.value),
        place: programme.group.place_at(&session.zone),
        cancelled: session.status == Status::Cancelled,
        hold: None,
        unreachable: Vec::new(),
        holders: Vec::new(),
        items: Vec::new(),
    };
    let hold = match session.time() {
        _ if session.status == Status::Draft => Some(Hold::Draft),
        _ if session.status == Status::Cancelled => None,
        None => Some(Hold::NoTime),
        Some((_, end)) if end <= wish.now => Some(Hold::Over),
        Some(_) => None,
    };
    if programme.group.organizer.is_none() {
        return SessionPlan { hold: hold.or(Some(Hold::NoOrganizer)), ..plan };
    }
    let mut judge = Judge::new(history, id, uid(programme, session), &programme.group.domain, wish);
    if session.status == Status::Cancelled {
        judge.cancel_everybody(invitees, &Why::SessionCancelled);
        plan.items = judge.finish();
        return plan;
    }
    if hold.is_some() {
        plan.holders = judge.leave(invitees.of(session).invitees);
        judge.take_off(invitees, session);
        return SessionPlan { hold, items: judge.finish(), ..plan };
    }
    let common = match Common::new(programme, session, judge.uid()) {
        Ok(common) => common,
        Err(error) => return SessionPlan { hold: Some(Hold::Unwritable(error.message())), ..plan },
    };
    let invited = invitees.of(session);
    plan.unreachable = invited.unreachable;
    for invitee in invited.invitees {
        judge.invite(invitee, &common);
    }
    judge.take_off(invitees, session);
    plan.items = judge.finish();
    let confirmed = wish.same_link.iter().any(|same| same == id);
    if !confirmed && plan.moved_with_its_link() {
        plan.hold = Some(Hold::ConfirmLink);
    }
    plan
}

/// A session that only the ledger knows: whoever still expects it is told.
fn of_gone(programme: &Programme, id: &str, invitees: &Invitees<'_>, history: &History, wish: &Wish) -> Option<SessionPlan> {
    let mut judge = Judge::new(history, id, String::new(), &programme.group.domain, wish);
    judge.cancel_everybody(invitees, &Why::SessionGone);
    let items = judge.finish();
    let told = items.iter().find_map(|item| Some(item.letter.as_ref()?.content.clone()))?;
    Some(SessionPlan {
        id: id.to_owned(),
        name: Text::same(id),
        title: Text::same(told.title),
        date: Some(programme.group.zone.local(told.start).time.date()),
        place: programme.group.place_at(&programme.group.zone),
        cancelled: false,
        hold: match &wish.session {
            _ if programme.group.organizer.is_none() => Some(Hold::NoOrganizer),
            Some(_) => None,
            None => Some(Hold::Gone),
        },
        unreachable: Vec::new(),
        holders: Vec::new(),
        items,
    })
}
