//! Moving a session with the pauses and parallels of its agenda, or laying its slots anew one after another;
//! the pinned ones stay where they are.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::diagnostics::{At, Edit, Sources, Span};
use crate::locale::{Text, dates};
use crate::model;
use crate::schema::{self, list};
use crate::text;
use crate::time::{Reading, Zone};

/// A session with its slots laid anew, as changes of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub edits: Vec<Edit>,
    /// What no longer fits; then the edits are not to be made.
    pub misfits: Vec<Misfit>,
}

/// Something that does not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    pub span: Span,
    pub text: Text,
}

/// Gives a session whose hours are not known another day.
pub fn set_day(
    sources: &Sources,
    written: &schema::WrittenSession,
    session: &model::Session,
    day: NaiveDate,
    today: NaiveDate,
) -> Layout {
    let mut work = Work { sources, zone: &session.zone, layout: Layout::default() };
    work.day(written, session, day);
    work.revised(written, session, today);
    work.layout
}

/// Moves a session to a start, by its own clock: every slot by as much, so that pauses and parallels stay. `None`
/// leaves it where it is and lays its slots one after another by their lengths.
pub fn lay_out(
    sources: &Sources,
    written: &schema::WrittenSession,
    session: &model::Session,
    to: Option<NaiveDateTime>,
    today: NaiveDate,
) -> Layout {
    let mut work = Work { sources, zone: &session.zone, layout: Layout::default() };
    let Some((old_start, _)) = session.time() else {
        let text = Text::fixed("this session has no hours yet", "esta sesión aún no tiene horas");
        work.misfit(session.id.span, text);
        return work.layout;
    };
    let Some(start) = to.map_or(Some(old_start), |to| work.instant(to, session.date.map_or(session.id.span, |date| date.span)))
    else {
        return work.layout;
    };
    let shift = start - old_start;
    work.day(written, session, work.zone.local(start).time.date());
    work.also(&session.also, session.time().map(|(start, end)| (start, end, shift)));
    // The window moves with the session; slots are laid within it.
    let end = session.window.end.map(|end| end.value + shift);
    for (value, at) in [(written.start, session.window.start), (written.end, session.window.end)] {
        if let (Some(value), Some(at)) = (value, at) {
            work.hour(value.span, value.0, at.value + shift);
        }
    }
    let mut cursor = start;
    // How far the agenda reached before: what ran over already is no reason not to move it.
    let mut reached = old_start;
    for (slot, written) in session.slots.iter().zip(list(&written.slots)) {
        if to.is_some() {
            let until = work.moved(slot, written, shift, (reached, cursor));
            if !slot.parallel {
                cursor = cursor.max(until);
                reached = slot.time.map_or(reached, |time| reached.max(time.end));
            }
            continue;
        }
        match slot.time.filter(|_| slot.parallel) {
            // What runs beside the others moves with the session, and takes no time of theirs.
            Some(time) => work.slot(slot, written, time.start + shift, shift),
            None => {
                cursor = work.slot(slot, written, cursor, shift);
                cursor
            }
        };
    }
    let limit = end.or(session.window.minutes.map(|minutes| start + TimeDelta::minutes(minutes.value.into())));
    let ran_over = to.is_some() && limit.is_some_and(|limit| limit - shift < reached);
    if let Some(limit) = limit.filter(|limit| *limit < cursor && !ran_over) {
        let (over, until) = ((cursor - limit).num_minutes(), dates::clock(work.zone.local(limit).time.time()));
        let span = session.window.end.map(|at| at.span).or(session.window.minutes.map(|at| at.span)).unwrap_or(session.id.span);
        work.misfit(span, text!("the items run {over} min past {until}", "los puntos se pasan {over} min de las {until}"));
    }
    work.revised(written, session, today);
    work.layout
}

struct Work<'a> {
    sources: &'a Sources,
    zone: &'a Zone,
    layout: Layout,
}

impl Work<'_> {
    /// Moves one slot as far as the session, a pinned one only to the session's day; gives when it is over. A
    /// pinned one may stand in the way of those before it: they `reached` one hour and reach another now.
    fn moved(
        &mut self,
        slot: &model::Slot,
        written: &schema::WrittenSlot,
        shift: TimeDelta,
        (reached, cursor): (DateTime<Utc>, DateTime<Utc>),
    ) -> DateTime<Utc> {
        let Some(time) = slot.time else {
            // What is written of its hours moves all the same.
            for at in [written.start, written.end].into_iter().flatten() {
                self.clock(at.span, at.0, at.0 + shift);
            }
            return cursor;
        };
        let pinned = written.pinned.is_some_and(|pinned| pinned.value);
        let start = if pinned { self.pinned(time.local_start, time.start, shift) } else { time.start + shift };
        if pinned && reached <= time.start {
            self.in_the_way(slot, start, cursor);
        }
        let end = start + (time.end - time.start);
        self.hours(written, start, end);
        self.also(&slot.also, Some((time.start, time.end, start - time.start)));
        self.inside(slot, written, start - time.start);
        end
    }

    /// Lays one slot at the cursor; gives where the next one begins.
    fn slot(
        &mut self,
        slot: &model::Slot,
        written: &schema::WrittenSlot,
        cursor: DateTime<Utc>,
        shift: TimeDelta,
    ) -> DateTime<Utc> {
        let Some(time) = slot.time else {
            if !slot.writes_hours() {
                return cursor;
            }
            self.misfit(slot.span, Text::fixed("this item has no hours", "este punto no tiene horas"));
            return cursor;
        };
        // Where `end` and `minutes` disagree, the duration is what the group decided on.
        let length = slot.declared_end().unwrap_or(time.end) - time.start;
        let pinned = written.pinned.is_some_and(|pinned| pinned.value);
        let start = if pinned { self.pinned(time.local_start, time.start, shift) } else { cursor };
        if pinned {
            self.in_the_way(slot, start, cursor);
        }
        let end = start + length;
        self.hours(written, start, end);
        self.also(&slot.also, Some((time.start, time.end, start - time.start)));
        self.inside(slot, written, start - time.start);
        end.max(cursor)
    }

    fn in_the_way(&mut self, slot: &model::Slot, start: DateTime<Utc>, cursor: DateTime<Utc>) {
        if start < cursor {
            let (title, minutes) = (&slot.title.value, (cursor - start).num_minutes());
            let text = text!(l, title = title.get(l);
                "“{title}” is pinned, and what comes before it runs {minutes} min into it",
                "«{title}» tiene hora fija, y lo anterior se le adelanta {minutes} min");
            self.misfit(slot.start_span(), text);
        }
    }

    fn hours(&mut self, written: &schema::WrittenSlot, start: DateTime<Utc>, end: DateTime<Utc>) {
        if let Some(value) = written.start {
            self.hour(value.span, value.0, start);
        }
        if let Some(value) = written.end {
            self.hour(value.span, value.0, end);
        }
    }

    /// What is inside an item moves with it.
    fn inside(&mut self, slot: &model::Slot, written: &schema::WrittenSlot, shift: TimeDelta) {
        for (slots, written) in [(&slot.items, &written.items), (&slot.groups, &written.groups)] {
            for (slot, written) in slots.iter().zip(list(written)) {
                if let (Some(time), Some(value)) = (slot.time, written.start) {
                    self.hour(value.span, value.0, time.start + shift);
                }
                if let (Some(time), Some(value)) = (slot.time, written.end) {
                    self.hour(value.span, value.0, time.end + shift);
                }
                self.also(&slot.also, slot.time.map(|time| (time.start, time.end, shift)));
                self.inside(slot, written, shift);
            }
        }
    }

    /// A pinned slot keeps its hour; on another day, the same hour of that day.
    fn pinned(&self, local: NaiveDateTime, at: DateTime<Utc>, shift: TimeDelta) -> DateTime<Utc> {
        let moved = self.zone.local(at + shift).time.date();
        match self.zone.instant(moved.and_time(local.time())) {
            Some(Reading::Once(at)) => at,
            _ => at + shift,
        }
    }

    /// Hours as they are announced in other zones, where they are those of `(start, end)` before it moved.
    fn also(&mut self, hours: &[model::AlsoHour], time: Option<(DateTime<Utc>, DateTime<Utc>, TimeDelta)>) {
        let Some((start, end, shift)) = time.filter(|(_, _, shift)| !shift.is_zero()) else { return };
        for also in hours {
            let (old, new) = (also.zone.local(start).time, also.zone.local(start + shift).time);
            if also.start.value == old.time() {
                self.clock(also.start.span, old.time(), new.time());
            }
            if let Some(date) = also.date.filter(|date| date.value == old.date()) {
                self.date(date, new.date());
            }
            let (old, new) = (also.zone.local(end).time.time(), also.zone.local(end + shift).time.time());
            if let Some(written) = also.end.filter(|written| written.value == old) {
                self.clock(written.span, old, new);
            }
        }
    }

    /// The date of the session with its weekday, and those of its items.
    fn day(&mut self, written: &schema::WrittenSession, session: &model::Session, day: NaiveDate) {
        let Some(date) = session.date.filter(|date| date.value != day) else { return };
        self.date(date, day);
        let further = day - date.value;
        for item in session.agenda().iter().filter_map(|entry| entry.slot.date) {
            self.date(item, item.value + further);
        }
        if let Some(weekday) = &written.weekday {
            use chrono::Datelike;
            let said = dates::parse_weekday(&weekday.0);
            let lang = crate::locale::Lang::ALL
                .into_iter()
                .find(|lang| said.is_some_and(|said| dates::weekday(*lang, said).eq_ignore_ascii_case(&weekday.0)));
            let word = dates::weekday(lang.unwrap_or(crate::locale::Lang::Es), day.weekday());
            self.edit(weekday.span, format!("\"{word}\""));
        }
    }

    /// Calendars know a new version of a session by the day of its revision.
    fn revised(&mut self, written: &schema::WrittenSession, session: &model::Session, today: NaiveDate) {
        if self.layout.edits.is_empty() {
            return;
        }
        match (&written.revised, session.date) {
            (Some(revised), _) if revised.0 == today => {}
            (Some(revised), _) => {
                let quote = self.quote(revised.span).map(String::from).unwrap_or_default();
                self.edit(revised.span, format!("{quote}{today}{quote}"));
            }
            (None, Some(date)) => {
                let text = &self.sources.get(session.file).text;
                let after = date.span.range().end;
                let end = text[after..].find('\n').map_or(text.len(), |at| after + at);
                let here = Span::new(session.file, end..end);
                self.edit(here, format!("\nrevised = {today}"));
            }
            (None, None) => {}
        }
    }

    fn date(&mut self, old: At<NaiveDate>, new: NaiveDate) {
        if new != old.value {
            let quote = self.quote(old.span).map(String::from).unwrap_or_default();
            self.edit(old.span, format!("{quote}{new}{quote}"));
        }
    }

    /// Writes an hour where it changed, in quotes: TOML 1.0 has none without seconds.
    fn hour(&mut self, span: Span, old: NaiveTime, new: DateTime<Utc>) {
        self.clock(span, old, self.zone.local(new).time.time());
    }

    fn clock(&mut self, span: Span, old: NaiveTime, new: NaiveTime) {
        if new != old {
            let quote = self.quote(span).unwrap_or('"');
            self.edit(span, format!("{quote}{}{quote}", dates::clock(new)));
        }
    }

    fn quote(&self, span: Span) -> Option<char> {
        self.sources.text(span).chars().next().filter(|c| matches!(c, '"' | '\''))
    }

    fn edit(&mut self, span: Span, text: String) {
        self.layout.edits.push(Edit { span, text });
    }

    fn misfit(&mut self, span: Span, text: Text) {
        self.layout.misfits.push(Misfit { span, text });
    }

    fn instant(&mut self, local: NaiveDateTime, span: Span) -> Option<DateTime<Utc>> {
        match self.zone.instant(local)? {
            Reading::Once(at) => Some(at),
            Reading::Skipped(..) | Reading::Twice(..) => {
                let (hour, zone) = (dates::clock(local.time()), self.zone.name());
                let text = text!(l, day = dates::date(l, local.date());
                    "{hour} does not occur exactly once on {day} in {zone}", "las {hour} no ocurren una sola vez el {day} en {zone}");
                self.misfit(span, text);
                None
            }
        }
    }
}
