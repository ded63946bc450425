//! A session, and the order of its items.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Actor, AlsoHour, Role, Slot, SlotTime, Window};
use crate::diagnostics::{At, FileId};
use crate::locale::Lang;
use crate::schema::{DocumentTexts, SessionTexts, Status};
use crate::time::Zone;

#[derive(Clone, Debug)]
pub struct Session {
    pub file: FileId,
    pub id: At<String>,
    /// What it was called when it was sent.
    pub formerly: Option<At<String>>,
    pub number: Option<At<u32>>,
    pub date: Option<At<NaiveDate>>,
    pub zone: Zone,
    pub status: Status,
    pub revised: Option<NaiveDate>,
    /// Where it is cancelled: the day to which it was postponed.
    pub postponed_to: Option<NaiveDate>,
    /// Invited to this session alone, without a part in it.
    pub guests: Vec<Actor>,
    /// The same, and free to come or not.
    pub observers: Vec<Actor>,
    /// Not invited to this session, unless they have a part in it.
    pub excused: Vec<Actor>,
    pub window: Window,
    /// Its hours as they are also announced in other zones.
    pub also: Vec<AlsoHour>,
    pub moderator: Option<Role>,
    pub texts: SessionTexts,
    /// Goes only into personal invitations, unless it is published.
    pub join_link: Option<At<String>>,
    pub publish_join_link: bool,
    pub documents: Vec<DocumentLink>,
    pub slots: Vec<Slot>,
}

impl Session {
    /// First and last instant: of the slots, and of the declared window where it reaches further.
    pub fn time(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let starts = self.slots.iter().filter_map(|slot| Some(slot.time?.start));
        let ends = self.slots.iter().filter_map(Slot::undisputed_end);
        let start = starts.chain(self.window.start.map(|at| at.value)).min()?;
        // Minutes alone say how long it may last; with a start they say when it closes.
        let closes = self.closes().filter(|_| self.window.start.is_some() || self.window.end.is_some());
        let end = ends.chain(closes.map(|at| at.value)).max()?;
        (start < end).then_some((start, end))
    }

    /// Every item in the order of the agenda, each with those inside it behind it.
    pub fn agenda(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        add(&mut entries, &self.slots, None, 0, false);
        entries
    }

    /// The items that follow one another: those of the session, then those inside each item.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let mut runs =
            vec![Run { slots: &self.slots, start: self.window.start, end: self.window.end, within: None, beside: false }];
        for Entry { slot, .. } in self.agenda() {
            let Window { start, end, .. } = slot.declared_bounds();
            for (slots, beside) in [(&slot.items, false), (&slot.groups, true)] {
                if !slots.is_empty() {
                    runs.push(Run { slots, start, end, within: Some(slot), beside });
                }
            }
        }
        runs
    }

    /// The same, where somebody said when the session is over: calendars are told no end that nobody knows.
    pub fn settled_time(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.time().filter(|_| !self.is_open())
    }

    /// Whether the session lasts until an hour that nobody wrote.
    pub fn is_open(&self) -> bool {
        let end = self.time().map(|(_, end)| end);
        let open = |slot: &Slot| slot.time.is_some_and(|time| time.is_open() && Some(time.end) == end);
        let bounded = self.window.end.is_some() || (self.window.start.is_some() && self.window.minutes.is_some());
        (!bounded && self.slots.iter().any(open)) || self.has_open_day()
    }

    /// When it closes: as written, or as its minutes tell it from its start or from that of its first item.
    pub fn closes(&self) -> Option<At<DateTime<Utc>>> {
        self.window.end.or_else(|| {
            let minutes = self.window.minutes?;
            let first = || self.slots.iter().filter_map(|slot| Some(slot.time?.start)).min();
            let open = self.window.start.map(|open| open.value).or_else(first)?;
            Some(At::new(open + TimeDelta::minutes(minutes.value.into()), minutes.span))
        })
    }

    /// Everybody with a role, with the time for which they are bound.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.moderator.iter().chain(self.slots.iter().flat_map(Slot::all_roles))
    }

    /// Whether its day, hour or one of its roles is still to be confirmed, or the whole of it.
    pub fn is_unconfirmed(&self) -> bool {
        let open = self.date.is_none() || self.settled_time().is_none() || self.roles().any(|role| role.tbc);
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

fn add<'a>(entries: &mut Vec<Entry<'a>>, slots: &'a [Slot], within: Option<usize>, depth: usize, is_group: bool) {
    for slot in slots {
        let index = entries.len();
        entries.push(Entry { slot, depth, within, is_group });
        add(entries, &slot.items, Some(index), depth + 1, false);
        add(entries, &slot.groups, Some(index), depth + 1, true);
    }
}

/// An item in its place of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub slot: &'a Slot,
    /// How many items it is inside of.
    pub depth: usize,
    /// The item that it is inside of, by its place in the agenda.
    pub within: Option<usize>,
    /// Whether it is a break-out group.
    pub is_group: bool,
}

/// Items that follow one another, and the bounds that are written for them.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    pub slots: &'a [Slot],
    pub start: Option<At<DateTime<Utc>>>,
    pub end: Option<At<DateTime<Utc>>>,
    /// The item that they are inside of; `None` for those of the session.
    pub within: Option<&'a Slot>,
    /// Whether they stand side by side, as break-out groups do.
    pub beside: bool,
}

impl<'a> Run<'a> {
    /// Those whose time is known, in the order of time.
    pub fn by_time(&self) -> Vec<(&'a Slot, SlotTime)> {
        let mut slots: Vec<_> = self.slots.iter().filter_map(|slot| Some((slot, slot.time?))).collect();
        slots.sort_by_key(|(_, time)| (time.start, time.end));
        slots
    }

    /// Of those, the ones that follow one another: nothing runs beside them but what says so.
    pub fn one_after_another(&self) -> Vec<(&'a Slot, SlotTime)> {
        let mut slots = self.by_time();
        slots.retain(|(slot, _)| !slot.parallel && !self.beside);
        slots
    }
}

/// A document for the session.
#[derive(Clone, Debug)]
pub struct DocumentLink {
    pub texts: DocumentTexts,
    pub link: At<String>,
}
