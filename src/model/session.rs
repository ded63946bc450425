//! A session, its slots, and who does what in them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::{Group, PartyId, PersonId};
use crate::diagnostics::{At, FileId, Span};
use crate::locale::{Lang, Text};
use crate::schema::Status;
use crate::time::Zone;

#[derive(Clone, Debug)]
pub struct Session {
    pub file: FileId,
    pub id: At<String>,
    pub number: Option<At<u32>>,
    pub date: Option<At<NaiveDate>>,
    pub zone: Zone,
    pub status: Status,
    pub revised: Option<NaiveDate>,
    pub window: Window,
    pub moderator: Option<Role>,
    pub title: At<Text>,
    pub objective: Option<Text>,
    pub place: Option<Text>,
    /// Goes only into personal invitations, unless it is published.
    pub join_link: Option<At<String>>,
    pub publish_join_link: bool,
    pub how_to_join: Option<Text>,
    pub interpretation: Option<Text>,
    pub documents: Vec<DocumentLink>,
    pub slots: Vec<Slot>,
}

impl Session {
    /// First and last instant: of the slots, and of the declared window where it reaches further.
    pub fn time(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let starts = self.slots.iter().filter_map(|slot| Some(slot.time?.start));
        let ends = self.slots.iter().filter_map(Slot::undisputed_end);
        let start = starts.chain(self.window.start.map(|at| at.value)).min()?;
        let end = ends.chain(self.window.end.map(|at| at.value)).max()?;
        (start < end).then_some((start, end))
    }

    /// Everybody with a role, with the time for which they are bound.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.moderator.iter().chain(self.slots.iter().flat_map(Slot::all_roles))
    }

    /// Whether its day, hour or one of its roles is still to be confirmed, or the whole of it.
    pub fn is_unconfirmed(&self) -> bool {
        let open = self.date.is_none() || self.time().is_none() || self.roles().any(|role| role.tbc);
        match self.status {
            Status::Cancelled => false,
            Status::Draft | Status::Tentative => true,
            Status::Confirmed => open,
        }
    }

    /// How a sentence speaks of it ("session 1", "la sesión 1").
    pub fn mention(&self, lang: Lang) -> String {
        match (&self.number, lang) {
            (Some(number), Lang::Es) => format!("la sesión {}", number.value),
            (Some(number), Lang::En) => format!("session {}", number.value),
            (None, Lang::Es) => format!("la sesión «{}»", self.title.get(lang)),
            (None, Lang::En) => format!("the session “{}”", self.title.get(lang)),
        }
    }

    /// Number and title: "Session 1 – Opening".
    pub fn heading(&self, lang: Lang) -> String {
        match self.number {
            Some(_) => format!("{} – {}", self.name(lang), self.title.get(lang)),
            None => self.name(lang),
        }
    }

    /// How a short heading calls it: "Session 1" or, without a number, its title.
    pub fn name(&self, lang: Lang) -> String {
        match (&self.number, lang) {
            (Some(number), Lang::Es) => format!("Sesión {}", number.value),
            (Some(number), Lang::En) => format!("Session {}", number.value),
            (None, lang) => self.title.get(lang).to_owned(),
        }
    }
}

/// A document for the session.
#[derive(Clone, Debug)]
pub struct DocumentLink {
    pub title: Text,
    pub link: At<String>,
}

/// The session's own bounds, if it declares them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window {
    pub start: Option<At<DateTime<Utc>>>,
    pub end: Option<At<DateTime<Utc>>>,
    pub minutes: Option<At<u32>>,
}

/// A timed agenda item.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its head in the file.
    pub span: Span,
    /// The stretch of the file that it takes up.
    pub extent: Span,
    pub title: At<Text>,
    pub start: Option<At<NaiveTime>>,
    pub end: Option<At<NaiveTime>>,
    pub minutes: Option<At<u32>>,
    pub time: Option<SlotTime>,
    pub roles: Vec<Role>,
    /// Whether the floor is everybody's.
    pub everyone: bool,
    pub groups: Vec<BreakOut>,
}

impl Slot {
    /// Roles of the slot and of its break-out groups.
    pub fn all_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.iter().chain(self.groups.iter().flat_map(|group| &group.roles))
    }

    /// When it is over by everything that is written: where `end` and `minutes` contradict each other,
    /// the earlier, so that one wrong end is not reported again by every check that it touches.
    pub fn undisputed_end(&self) -> Option<DateTime<Utc>> {
        let time = self.time?;
        Some(self.declared_end().map_or(time.end, |declared| declared.min(time.end)))
    }

    /// The start plus the declared minutes.
    pub fn declared_end(&self) -> Option<DateTime<Utc>> {
        Some(self.time?.start + TimeDelta::minutes(self.minutes?.value.into()))
    }

    /// The value that says when it starts; without one, the head.
    pub fn start_span(&self) -> Span {
        self.start.map_or(self.span, |at| at.span)
    }

    /// The value that says when it ends.
    pub fn end_span(&self) -> Span {
        self.end.map(|at| at.span).or(self.minutes.map(|at| at.span)).unwrap_or(self.span)
    }
}

/// When a slot is: instants, and the same by the session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotTime {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub local_start: NaiveDateTime,
    pub local_end: NaiveDateTime,
}

impl SlotTime {
    /// Elapsed minutes.
    pub fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }
}

/// A parallel part of a slot.
#[derive(Clone, Debug)]
pub struct BreakOut {
    pub span: Span,
    pub title: Text,
    pub roles: Vec<Role>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleKind {
    Speaker,
    Moderator,
    Facilitator,
}

impl RoleKind {
    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (RoleKind::Speaker, Lang::En) => "speaker",
            (RoleKind::Speaker, Lang::Es) => "ponente",
            (RoleKind::Moderator, Lang::En) => "moderator",
            (RoleKind::Moderator, Lang::Es) => "moderador",
            (RoleKind::Facilitator, Lang::En) => "facilitator",
            (RoleKind::Facilitator, Lang::Es) => "facilitador",
        }
    }
}

/// Somebody's part in a session or a slot.
#[derive(Clone, Debug)]
pub struct Role {
    pub kind: RoleKind,
    pub who: Actor,
    /// To be confirmed.
    pub tbc: bool,
    pub span: Span,
}

/// Who has a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Party(PartyId),
    Person(PersonId),
    /// Somebody not yet known, described ("A municipality").
    Described(Text),
}

impl Actor {
    /// How agendas call them.
    pub fn label(&self, group: &Group, lang: Lang) -> String {
        match self {
            Actor::Party(id) => group.party(*id).label(lang),
            Actor::Person(id) => {
                let person = group.person(*id);
                match person.party {
                    Some(party) => format!("{} ({})", person.name, group.party(party).label(lang)),
                    None => person.name.clone(),
                }
            }
            Actor::Described(text) => text.get(lang).to_owned(),
        }
    }
}
