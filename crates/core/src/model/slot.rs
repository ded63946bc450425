//! An item of the agenda, and when it is.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::Role;
use crate::diagnostics::{At, Span};
use crate::locale::breaks;
use crate::schema::{MaterialTexts, SlotTexts};
use crate::time::Zone;

/// An item of the agenda.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its head in the file.
    pub span: Span,
    /// The stretch of the file that it takes up.
    pub extent: Span,
    pub texts: SlotTexts,
    pub date: Option<At<NaiveDate>>,
    pub start: Option<At<NaiveTime>>,
    pub end: Option<At<NaiveTime>>,
    pub minutes: Option<At<u32>>,
    /// `None` where it has no hours, or none that can be told.
    pub time: Option<SlotTime>,
    /// Its hours as they are also announced in other zones.
    pub also: Vec<AlsoHour>,
    /// Whether its hours are only about right.
    pub approximate: bool,
    /// Whether it runs beside the others.
    pub parallel: bool,
    /// Whether it is a break, in which nobody has the floor.
    pub pause: bool,
    pub roles: Vec<Role>,
    /// Whether the floor is everybody's.
    pub everyone: bool,
    pub materials: Vec<Material>,
    /// What it consists of, one after another.
    pub items: Vec<Slot>,
    /// Break-out groups, side by side.
    pub groups: Vec<Slot>,
}

impl Slot {
    /// Roles of the slot, of the items inside it and of its break-out groups.
    pub fn all_roles(&self) -> Box<dyn Iterator<Item = &Role> + '_> {
        Box::new(self.roles.iter().chain(self.items.iter().chain(&self.groups).flat_map(Slot::all_roles)))
    }

    /// Whether nobody has the floor: it says so, or its title does and nobody is named.
    pub fn is_break(&self) -> bool {
        let titled = || [&self.title.es, &self.title.en].into_iter().any(|title| breaks::is_break(title));
        self.pause || (self.roles.is_empty() && !self.everyone && self.items.is_empty() && self.groups.is_empty() && titled())
    }

    /// Whether it writes anything of its hours.
    pub fn writes_hours(&self) -> bool {
        self.start.is_some() || self.end.is_some() || self.minutes.is_some()
    }

    /// Whether it writes hours that cannot be made out.
    pub fn is_untold(&self) -> bool {
        self.time.is_none() && self.writes_hours()
    }

    /// How its hours are told; `None` where it has none of its own.
    pub fn hours(&self) -> Option<Hours> {
        let time = self.time?;
        let is_own = self.writes_hours() || self.parallel || !time.start_inferred;
        is_own.then_some(Hours {
            time,
            follows: time.start_inferred,
            shows_end: !time.end_inferred,
            approximate: self.approximate,
        })
    }

    /// How long it lasts by what it writes itself, in minutes.
    pub fn own_minutes(&self) -> Option<i64> {
        let span = self.time.filter(|time| !time.start_inferred && !time.end_inferred).map(|time| time.minutes());
        span.or(self.minutes.map(|minutes| minutes.value.into()))
    }

    /// The instants between which what is inside it has to lie.
    pub(super) fn declared_bounds(&self) -> Window {
        let Some(time) = self.time else { return Window::default() };
        let start = (!time.start_inferred).then(|| At::new(time.start, self.start_span()));
        let end = (!time.end_inferred).then(|| At::new(time.end, self.end_span()));
        Window { start, end, ..Window::default() }
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

/// The session's own bounds, if it declares them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window {
    pub start: Option<At<DateTime<Utc>>>,
    pub end: Option<At<DateTime<Utc>>>,
    pub minutes: Option<At<u32>>,
    /// An end that is written before the start, so that no instant is known for it.
    pub backwards: Option<At<NaiveTime>>,
}

/// Hours as they are announced in another zone.
#[derive(Clone, Debug)]
pub struct AlsoHour {
    pub zone: Zone,
    pub date: Option<At<NaiveDate>>,
    pub start: At<NaiveTime>,
    pub end: Option<At<NaiveTime>>,
}

/// How the hours of an item are told: nothing that follows from what is around is told as if it were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub time: SlotTime,
    /// Whether the start follows from what is around, and stands in brackets.
    pub follows: bool,
    pub shows_end: bool,
    pub approximate: bool,
}

/// When a slot is: instants, and the same by the session's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotTime {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub local_start: NaiveDateTime,
    pub local_end: NaiveDateTime,
    /// Whether the start is not written, and follows from what is around.
    pub start_inferred: bool,
    /// The same for the end. An end that nothing tells is the start.
    pub end_inferred: bool,
}

impl SlotTime {
    /// Elapsed minutes.
    pub fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }

    /// Whether nothing tells when it is over.
    pub fn is_open(&self) -> bool {
        self.start == self.end
    }

    /// The same, as it follows for something else.
    #[must_use]
    pub fn as_inferred(self) -> SlotTime {
        SlotTime { start_inferred: true, end_inferred: true, ..self }
    }
}

/// A document or page that belongs to an item.
#[derive(Clone, Debug)]
pub struct Material {
    pub texts: MaterialTexts,
    pub link: At<String>,
}
