//! When slots are: hours as written, laid on days, turned into instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::bounds::{Bounds, Said, infer, said};
use super::rules;
use crate::decode::Clock;
use crate::diagnostics::{At, Diagnostic, Level, Span};
use crate::locale::{Text, dates};
use crate::model::{SlotTime, Window};
use crate::schema::{self, list};
use crate::text;
use crate::time::{Reading, Zone};

/// An end before its start is read as past midnight only up to this length, unless `minutes` confirms it.
const LONGEST_NIGHT: TimeDelta = TimeDelta::hours(6);
/// A start this much earlier than the one before it is on the next day.
const NEXT_DAY: TimeDelta = TimeDelta::hours(12);

/// Lays the hours of one session on days, in the order of its slots.
pub(crate) struct Clockwork<'a> {
    date: Option<NaiveDate>,
    zone: &'a Zone,
    latest: Option<NaiveDateTime>,
}

/// The time of an item, and of those inside it: its items, then its groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laid {
    pub time: Option<SlotTime>,
    pub items: Vec<Laid>,
    pub groups: Vec<Laid>,
}

impl<'a> Clockwork<'a> {
    pub(crate) fn new(date: Option<NaiveDate>, zone: &'a Zone) -> Clockwork<'a> {
        Clockwork { date, zone, latest: None }
    }

    /// The session's declared bounds.
    pub(crate) fn window(&mut self, session: &schema::WrittenSession, findings: &mut Vec<Diagnostic>) -> Window {
        let minutes = session.minutes.map(|at| At::new(at.0, at.span));
        let Some(date) = self.date else { return Window { minutes, ..Window::default() } };
        let start = session.start.map(|at| (date.and_time(at.0), at.span));
        let lasts = minutes.map(|at| TimeDelta::minutes(at.value.into()));
        // A meeting of several days ends on the last.
        let last = list(&session.slots).iter().rev().find_map(|slot| slot.date).map_or(date, |day| day.0);
        let mut backwards = None;
        let end = session.end.and_then(|at| match start {
            _ if last > date => Some((last.and_time(at.0), at.span)),
            None => Some((date.and_time(at.0), at.span)),
            Some((start, _)) => {
                // Minutes that do not fit are told by `session-total`.
                let end = end_of(start, at, lasts).or_else(|| end_of(start, at, None));
                if end.is_none() {
                    backwards = Some(At::new(at.0, at.span));
                }
                Some((end?, at.span))
            }
        });
        let mut instant = |local: Option<(NaiveDateTime, Span)>| {
            let (local, span) = local?;
            self.instant(local, span, findings).map(|instant| At::new(instant, span))
        };
        Window { start: instant(start), end: instant(end), minutes, backwards }
    }

    /// When each item is, and each inside it; `None` where that cannot be made out. `within` are the bounds
    /// of what they are the agenda of.
    pub(crate) fn agenda(
        &mut self,
        slots: &[At<schema::WrittenSlot>],
        within: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Laid> {
        let mut unlaid = Vec::new();
        let laid = self.lay(slots, within, &mut unlaid, findings);
        if let Some(first) = unlaid.first()
            && self.date.is_some()
        {
            let told = undetermined(*first, unlaid.len());
            // In a list of points some of which say how long they may take, no hour is missing.
            findings.push(if has_points(slots) { told.level(Level::Note) } else { told });
        }
        laid
    }

    fn lay(
        &mut self,
        slots: &[At<schema::WrittenSlot>],
        within: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
        unlaid: &mut Vec<Span>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Laid> {
        let said: Vec<Said> = slots.iter().map(|slot| said(slot)).collect();
        let mut bounds = Vec::new();
        let mut days = Vec::new();
        for (slot, said) in slots.iter().zip(&said) {
            if let Some(day) = slot.date {
                (self.date, self.latest) = (Some(day.0), None);
            }
            days.push(self.date);
            bounds.push(self.written(slot.span, said, findings));
        }
        let parallel: Vec<bool> = slots.iter().map(|slot| slot.parallel.is_some_and(|at| at.value)).collect();
        infer(&mut bounds, &said, &parallel, &days, within);
        let after = (self.date, self.latest);
        let mut laid = Vec::new();
        for (index, (slot, bounds)) in slots.iter().zip(&bounds).enumerate() {
            let time = self.time(bounds);
            let untold = said[index].start.is_some() || said[index].end.is_some() || said[index].minutes.is_some();
            if time.is_none() && untold && said[index].start.is_none() && !bounds.refused && !said[index].inside {
                unlaid.push(slot.span);
            }
            let inner = time.map(|time| time.start);
            self.date = days[index];
            self.latest = time.map(|time| time.local_start);
            let end = time.filter(|time| !time.is_open()).map(|time| time.end);
            let items = self.lay(list(&slot.items), (inner, end), unlaid, findings);
            // Groups stand side by side: each has the whole time of its item.
            let groups = list(&slot.groups).iter().flat_map(|group| {
                self.latest = time.map(|time| time.local_start);
                self.lay(std::slice::from_ref(group), (inner, end), unlaid, findings)
            });
            let groups = groups.map(|group| Laid { time: group.time.or(time.map(SlotTime::as_inferred)), ..group }).collect();
            laid.push(Laid { time, items, groups });
        }
        (self.date, self.latest) = after;
        laid
    }

    /// The hours that an item writes.
    fn written(&mut self, span: Span, said: &Said, findings: &mut Vec<Diagnostic>) -> Bounds {
        let none = Bounds::default();
        let (Some(date), Some(first)) = (self.date, said.start.map(|at| at.0).or_else(|| Some(said.end?.0 - said.minutes?)))
        else {
            // An end alone is laid on the day that has come so far.
            let end = self.date.zip(said.end).map(|(date, end)| (self.place(date, end.0), end.span));
            let Some((local, span)) = end else { return none };
            let end = self.instant(local, span, findings);
            return Bounds { end, refused: end.is_none(), ..none };
        };
        let local_start = self.place(date, first);
        self.latest = Some(self.latest.map_or(local_start, |latest| latest.max(local_start)));
        let refused = Bounds { refused: true, ..none };
        let Some(start) = self.instant(local_start, said.start.map_or(span, |at| at.span), findings) else { return refused };
        let end = match said.end {
            Some(end) => {
                let Some(local) = end_of(local_start, end, said.minutes) else { return refused };
                let Some(end) = self.instant(local, end.span, findings) else { return refused };
                Some(end)
            }
            None => said.minutes.map(|minutes| start + minutes),
        };
        Bounds { start: Some(start), end, start_inferred: said.inside, end_inferred: said.inside, refused: false }
    }

    fn time(&self, bounds: &Bounds) -> Option<SlotTime> {
        let (start, end) = (bounds.start?, bounds.end.or(bounds.start)?);
        (start <= end).then(|| SlotTime {
            start,
            end,
            local_start: self.zone.local(start).time,
            local_end: self.zone.local(end).time,
            start_inferred: bounds.start_inferred,
            end_inferred: bounds.end_inferred || bounds.end.is_none(),
        })
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

/// Whether some of the items say nothing of their hours, neither by themselves nor by what is inside them.
fn has_points(slots: &[At<schema::WrittenSlot>]) -> bool {
    let is_point = |slot: &At<schema::WrittenSlot>| {
        let own = slot.start.is_some() || slot.end.is_some() || slot.minutes.is_some();
        let (items, groups) = (list(&slot.items), list(&slot.groups));
        if items.is_empty() && groups.is_empty() { !own } else { has_points(items) || has_points(groups) }
    };
    slots.iter().any(is_point)
}

fn undetermined(first: Span, count: usize) -> Diagnostic {
    let message = match count {
        1 => Text::fixed("when this item begins is not known", "no se sabe cuándo comienza este punto"),
        n => text!("when {n} items begin is not known", "no se sabe cuándo comienzan {n} puntos"),
    };
    Diagnostic::new(&rules::SLOT_TIME, message)
        .at(first, Text::fixed("nothing before it says when it is over", "nada de lo anterior dice cuándo termina"))
        .advice(Text::fixed(
            "write `start` in the session: items with minutes alone are laid one after another from there",
            "escriba `start` en la sesión: los puntos que solo tienen minutos van uno tras otro desde ahí",
        ))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::{Diagnostic, Sources};
    use crate::examples::check_files;
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
        assert!(!slips("start = 22:00\nend = 04:00") && slips("start = 22:00\nend = 04:01"), "six hours are the longest night");
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
