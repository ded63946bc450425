//! A session, its slots, and who does what in them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::{Group, PartyId, PersonId};
use crate::diagnostics::{At, FileId, Span};
use crate::locale::{Lang, Text};
use crate::schema::{DocumentTexts, MaterialTexts, SessionTexts, SlotTexts, Status};
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

/// A document or page that belongs to an item.
#[derive(Clone, Debug)]
pub struct Material {
    pub texts: MaterialTexts,
    pub link: At<String>,
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
    fn declared_bounds(&self) -> Window {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleKind {
    Speaker,
    Moderator,
    Facilitator,
}

impl RoleKind {
    pub const ALL: [RoleKind; 3] = [RoleKind::Speaker, RoleKind::Moderator, RoleKind::Facilitator];

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
                let post = person.role.as_ref().map(|role| role.get(lang).to_owned());
                let beside: Vec<String> =
                    post.into_iter().chain(person.party.map(|party| group.party(party).label(lang))).collect();
                match beside.is_empty() {
                    true => person.name.clone(),
                    false => format!("{} ({})", person.name, beside.join(", ")),
                }
            }
            Actor::Described(text) => text.get(lang).to_owned(),
        }
    }
}
