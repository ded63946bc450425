//! When slots are: hours as written, laid on days, turned into instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::rules;
use crate::decode::Clock;
use crate::diagnostics::{At, Diagnostic, Span};
use crate::locale::{Text, dates};
use crate::model::{SlotTime, Window};
use crate::schema;
use crate::text;
use crate::time::{Reading, Zone};

/// An end before its start is read as past midnight only up to this length, unless `minutes` confirms it.
const LONGEST_NIGHT: TimeDelta = TimeDelta::hours(6);
/// A start this much earlier than the one before it is on the next day.
const NEXT_DAY: TimeDelta = TimeDelta::hours(12);

/// Lays the hours of one session on days, in the order of its slots.
pub struct Clockwork<'a> {
    date: Option<NaiveDate>,
    zone: &'a Zone,
    latest: Option<NaiveDateTime>,
}

impl<'a> Clockwork<'a> {
    pub fn new(date: Option<NaiveDate>, zone: &'a Zone) -> Clockwork<'a> {
        Clockwork { date, zone, latest: None }
    }

    /// The session's declared bounds.
    pub fn window(&mut self, session: &schema::Session, findings: &mut Vec<Diagnostic>) -> Window {
        let minutes = session.minutes.map(|at| At::new(at.0, at.span));
        let Some(date) = self.date else { return Window { minutes, ..Window::default() } };
        let start = session.start.map(|at| (date.and_time(at.0), at.span));
        let end = session.end.map(|at| {
            let next_day = start.is_some_and(|(start, _)| at.0 <= start.time());
            (date.and_time(at.0) + TimeDelta::days(next_day.into()), at.span)
        });
        let mut instant = |local: Option<(NaiveDateTime, Span)>| {
            let (local, span) = local?;
            self.instant(local, span, findings).map(|instant| At::new(instant, span))
        };
        Window { start: instant(start), end: instant(end), minutes }
    }

    /// When a slot is; `None` where that cannot be made out.
    pub fn slot(&mut self, slot: &At<schema::Slot>, findings: &mut Vec<Diagnostic>) -> Option<SlotTime> {
        let (start, end, minutes) = (slot.start, slot.end, slot.minutes.map(|at| TimeDelta::minutes(at.0.into())));
        if [start.is_some(), end.is_some(), minutes.is_some()].into_iter().filter(|known| *known).count() < 2 {
            findings.push(undetermined(slot));
            return None;
        }
        let date = self.date?;
        let first = start.map(|at| at.0).or_else(|| Some(end?.0 - minutes?))?;
        let local_start = self.place(date, first);
        let start_span = start.map_or(slot.span, |at| at.span);
        self.latest = Some(self.latest.map_or(local_start, |latest| latest.max(local_start)));
        let start = self.instant(local_start, start_span, findings)?;
        let end = match end {
            Some(end) => self.instant(end_of(local_start, end, minutes)?, end.span, findings)?,
            None => start + minutes?,
        };
        Some(SlotTime { start, end, local_start, local_end: self.zone.local(end).time })
    }

    fn place(&self, date: NaiveDate, time: NaiveTime) -> NaiveDateTime {
        let Some(latest) = self.latest else { return date.and_time(time) };
        let same_day = latest.date().and_time(time);
        if latest - same_day > NEXT_DAY { same_day + TimeDelta::days(1) } else { same_day }
    }

    fn instant(&self, local: NaiveDateTime, span: Span, findings: &mut Vec<Diagnostic>) -> Option<DateTime<Utc>> {
        match self.zone.instant(local)? {
            Reading::Once(instant) => Some(instant),
            Reading::Skipped(before, after) => {
                findings.push(self.impossible(local, span, false, before, after));
                None
            }
            Reading::Twice(first, second) => {
                findings.push(self.impossible(local, span, true, first, second));
                None
            }
        }
    }

    fn impossible(&self, local: NaiveDateTime, span: Span, twice: bool, one: DateTime<Utc>, other: DateTime<Utc>) -> Diagnostic {
        let (hour, zone) = (dates::clock(local.time()), self.zone.name());
        let (one, other) = (dates::clock(one.time()), dates::clock(other.time()));
        let message = if twice {
            text!(l, day = dates::date(l, local.date());
                "{hour} occurs twice on {day} in {zone}", "las {hour} se repiten el {day} en {zone}")
        } else {
            text!(l, day = dates::date(l, local.date());
                "{hour} does not occur on {day} in {zone}", "las {hour} no existen el {day} en {zone}")
        };
        let readings = if twice {
            text!(
                "the clocks go back over it: {one} UTC the first time, {other} UTC the second",
                "los relojes se atrasan y pasan dos veces: {one} UTC la primera, {other} UTC la segunda"
            )
        } else {
            text!(
                "the clocks go forward over it: {one} UTC by the old offset, {other} UTC by the new one",
                "los relojes se adelantan y la saltan: {one} UTC con la hora vieja, {other} UTC con la nueva"
            )
        };
        Diagnostic::new(&rules::IMPOSSIBLE_TIME, message).at(span, readings).advice(Text::fixed(
            "choose an hour away from the clock change, or give the session in UTC with `time-zone = \"UTC\"`",
            "elija una hora lejos del cambio de hora, o dé la sesión en UTC con `time-zone = \"UTC\"`",
        ))
    }
}

/// The end after a start: the same day, or past midnight where that is plain.
fn end_of(start: NaiveDateTime, end: At<Clock>, minutes: Option<TimeDelta>) -> Option<NaiveDateTime> {
    let same_day = start.date().and_time(end.0);
    if same_day > start {
        return Some(same_day);
    }
    let next_day = same_day + TimeDelta::days(1);
    let length = next_day - start;
    let plain = minutes.map_or(length <= LONGEST_NIGHT, |minutes| minutes == length);
    plain.then_some(next_day)
}

fn undetermined(slot: &At<schema::Slot>) -> Diagnostic {
    Diagnostic::new(&rules::SLOT_TIME, Text::fixed("this slot's time is not known", "no se sabe la hora de este punto")).at(
        slot.span,
        Text::fixed("two of `start`, `end` and `minutes` are needed", "hacen falta dos de `start`, `end` y `minutes`"),
    )
}
