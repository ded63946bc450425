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
        let lasts = minutes.map(|at| TimeDelta::minutes(at.value.into()));
        let end = session.end.and_then(|at| match start {
            None => Some((date.and_time(at.0), at.span)),
            Some((start, span)) => {
                // Minutes that do not fit are told by `session-total`.
                let end = end_of(start, at, lasts).or_else(|| end_of(start, at, None));
                if end.is_none() {
                    findings.push(ends_before_start(start.time(), span, at));
                }
                Some((end?, at.span))
            }
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

fn ends_before_start(start: NaiveTime, starts: Span, end: At<Clock>) -> Diagnostic {
    let (from, to) = (dates::clock(start), dates::clock(end.0));
    let message = text!("the session starts at {from} and ends at {to}", "la sesión comienza a las {from} y termina a las {to}");
    Diagnostic::new(&rules::SESSION_ENDS_BEFORE_START, message)
        .at(end.span, Text::fixed("ends before it starts", "termina antes de comenzar"))
        .at(starts, Text::fixed("starts here", "comienza aquí"))
        .advice(Text::fixed(
            "write the hour at which it ends; for one that goes past midnight, its `minutes` as well",
            "escriba la hora a la que termina; si pasa de la medianoche, también sus `minutes`",
        ))
}

fn undetermined(slot: &At<schema::Slot>) -> Diagnostic {
    Diagnostic::new(&rules::SLOT_TIME, Text::fixed("this slot's time is not known", "no se sabe la hora de este punto")).at(
        slot.span,
        Text::fixed("two of `start`, `end` and `minutes` are needed", "hacen falta dos de `start`, `end` y `minutes`"),
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::check_files;
    use crate::diagnostics::{Diagnostic, Sources};
    use crate::locale::Lang;

    /// A session in a zone with slots `(start, end or minutes)`, and what is found in it.
    fn session(head: &str, slots: &[&str]) -> (Sources, Vec<Diagnostic>) {
        let slot =
            |keys: &&str| format!("[[slots]]\n{keys}\ntitle = {{ es = \"Punto\", en = \"Item\" }}\nspeakers = [\"port\"]\n");
        let file = format!(
            "id = \"session\"\nnumber = 1\nmoderator = \"capital\"\ntitle = {{ es = \"Sesión\", en = \"Session\" }}\n{head}\n{}",
            slots.iter().map(slot).collect::<String>()
        );
        check_files(&[("session.toml", &file)])
    }

    fn found(head: &str, slots: &[&str]) -> Vec<&'static str> {
        session(head, slots).1.iter().map(|finding| finding.check).collect()
    }

    #[test]
    fn a_session_may_cross_midnight() {
        let slots = ["start = 22:30\nend = 23:30", "start = 23:30\nend = 00:30\nminutes = 60", "start = 00:30\nend = 01:00"];
        assert_eq!(found("date = 2027-03-02\nstart = 22:30\nend = 01:00\nminutes = 150", &slots), Vec::<&str>::new());
    }

    #[test]
    fn a_session_that_ends_before_its_start_is_no_night() {
        let slips = |hours: &str| found(&format!("date = 2027-03-02\n{hours}"), &[]).contains(&"session-ends-before-start");
        assert!(slips("start = 10:00\nend = 09:00") && slips("start = 10:00\nend = 10:00"));
        assert!(!slips("start = 22:00\nend = 03:00") && !slips("start = 10:00\nend = 09:00\nminutes = 1380"));
    }

    #[test]
    fn an_end_before_its_start_is_no_night() {
        assert!(found("date = 2027-03-02", &["start = 10:45\nend = 10:05"]).contains(&"slot-ends-before-start"));
        assert!(found("date = 2027-03-02", &["start = 10:45\nend = 10:45"]).contains(&"slot-ends-before-start"));
    }

    #[test]
    fn any_two_of_start_end_and_minutes_are_enough() {
        let slots = ["start = 10:00\nminutes = 30", "end = 11:00\nminutes = 30", "start = \"11.00\"\nend = 11.30"];
        assert_eq!(found("date = 2027-03-02\nstart = 10:00\nend = 11:30", &slots), Vec::<&str>::new());
        assert_eq!(
            found("date = 2027-03-02", &["start = 10:00", "minutes = 5"]).iter().filter(|id| **id == "slot-time").count(),
            2
        );
    }

    #[test]
    fn an_hour_that_the_clocks_skip_or_repeat_is_refused_with_both_readings() {
        // Summer time in the European Union begins on 28 March 2027 and ends on 31 October (Directive 2000/84/EC).
        for (date, told) in [("2027-03-28", ["01:30 UTC", "00:30 UTC"]), ("2027-10-31", ["00:30 UTC", "01:30 UTC"])] {
            let head = format!("date = {date}\ntime-zone = \"Europe/Madrid\"");
            let (_, findings) = session(&head, &["start = 02:30\nminutes = 15"]);
            let finding = findings.iter().find(|finding| finding.check == "impossible-time").expect(date);
            let label = finding.labels[0].text.get(Lang::En);
            assert!(told.iter().all(|reading| label.contains(reading)), "{label}");
        }
    }

    #[test]
    fn a_slot_over_a_clock_change_lasts_as_long_as_it_takes() {
        // From 01:30 to 03:30 by the clock is one hour in the night in which an hour is skipped.
        let head = "date = 2028-03-26\ntime-zone = \"Europe/Madrid\"";
        assert_eq!(found(head, &["start = 01:30\nend = 03:30\nminutes = 60"]), Vec::<&str>::new());
    }
}
