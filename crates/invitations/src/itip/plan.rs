//! The plan: for every session, what is to be sent to whom.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::change::Why;
use super::snapshot::Snapshot;
use crate::calendar::Method;
use crate::invitees::{Invitee, Recipient, Unreachable};
use crate::ledger::{Message, Reason};
use crate::locale::{Lang, Text};
use crate::time::Place;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub now: DateTime<Utc>,
    /// Only this session, by id.
    pub session: Option<String>,
    /// Send changes that do not matter as well.
    pub cosmetic: bool,
    /// Remind those who have not answered, and the day before those who come.
    pub remind: bool,
    /// Who is sent the invitation once more, by id or address.
    pub again: Vec<String>,
    /// Sessions, by id, whose join link holds though their time changed.
    pub same_link: Vec<String>,
    /// Take back what came from another organizer, and invite anew.
    pub new_organizer: bool,
}

impl Wish {
    /// Nothing in particular, as of a moment.
    pub fn at(now: DateTime<Utc>) -> Wish {
        Wish {
            now,
            session: None,
            cosmetic: false,
            remind: false,
            again: Vec::new(),
            same_link: Vec::new(),
            new_organizer: false,
        }
    }
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
    /// Letters go to people of whom the ledger does not say which organizer invited them.
    pub unknown_organizer: bool,
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
    /// Nobody was invited to it, and one that is not in the programme any more looks like it: this one.
    Renamed(String),
    /// What was sent came from another organizer, from whom alone calendars take changes.
    Organizer(String),
    /// An invitation to it cannot be written.
    Unwritable(Text),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Invite,
    Update,
    Cancel,
    Remind,
    /// The other time that they proposed is turned down.
    TurnDown,
    /// Their invitation came from another organizer: it is taken back, and they are invited anew.
    Replace,
    /// Once more as a new mail, since it was asked for.
    Again,
    /// Once more, as it was: it is not known whether it arrived.
    Retry,
    /// A change that does not matter, and is not sent unless asked for.
    Cosmetic,
    Unchanged,
}

impl Action {
    pub const ALL: [Action; 10] = [
        Action::Invite,
        Action::Update,
        Action::Cancel,
        Action::Remind,
        Action::TurnDown,
        Action::Replace,
        Action::Again,
        Action::Retry,
        Action::Cosmetic,
        Action::Unchanged,
    ];

    /// The word for other programs.
    pub fn id(self) -> &'static str {
        match self {
            Action::Invite => "invite",
            Action::Update => "update",
            Action::Cancel => "cancel",
            Action::Remind => "remind",
            Action::TurnDown => "turn-down",
            Action::Replace => "replace",
            Action::Again => "again",
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
    /// Addresses that get a copy.
    pub copies: Vec<String>,
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
    /// Of the first try, for one that is in doubt.
    pub reason: Reason,
    pub content: Snapshot,
}

impl Letter {
    /// Whether the session takes place without its recipient, who had been invited.
    pub fn withdraws(&self) -> bool {
        self.reason == Reason::Withdraw
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
            Some(Hold::Gone | Hold::Renamed(_) | Hold::Organizer(_) | Hold::NoOrganizer | Hold::Unwritable(_)) => false,
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
