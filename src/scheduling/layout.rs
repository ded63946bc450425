//! Laying a session's slots one after another: from a new start, with the pinned ones where they are.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::diagnostics::{Edit, Sources, Span};
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

/// Lays the slots of a session from a start, by its own clock. `None` leaves it where it is.
pub fn lay_out(
    sources: &Sources,
    written: &schema::Session,
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
    work.day(written, session, start);
    // The window moves with the session; slots are laid within it.
    let end = session.window.end.map(|end| end.value + shift);
    for (value, at) in [(written.start, session.window.start), (written.end, session.window.end)] {
        if let (Some(value), Some(at)) = (value, at) {
            work.hour(value.span, value.0, at.value + shift);
        }
    }
    let mut cursor = start;
    for (slot, written) in session.slots.iter().zip(list(&written.slots)) {
        cursor = work.slot(slot, written, cursor, shift);
    }
    let limit = end.or(session.window.minutes.map(|minutes| start + TimeDelta::minutes(minutes.value.into())));
    if let Some(limit) = limit.filter(|limit| *limit < cursor) {
        let (over, until) = ((cursor - limit).num_minutes(), dates::clock(work.zone.local(limit).time.time()));
        let span = session.window.end.map(|at| at.span).or(session.window.minutes.map(|at| at.span)).unwrap_or(session.id.span);
        work.misfit(span, text!("the slots run {over} min past {until}", "los puntos se pasan {over} min de las {until}"));
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
    /// Lays one slot at the cursor; gives where the next one begins.
    fn slot(&mut self, slot: &model::Slot, written: &schema::Slot, cursor: DateTime<Utc>, shift: TimeDelta) -> DateTime<Utc> {
        let Some(time) = slot.time else {
            self.misfit(slot.span, Text::fixed("this slot has no hours", "este punto no tiene horas"));
            return cursor;
        };
        // Where `end` and `minutes` disagree, the duration is what the group decided on.
        let length = slot.declared_end().unwrap_or(time.end) - time.start;
        let pinned = written.pinned.is_some_and(|pinned| pinned.value);
        let start = if pinned { self.pinned(time.local_start, time.start, shift) } else { cursor };
        let title = &slot.title.value;
        if pinned && start < cursor {
            let minutes = (cursor - start).num_minutes();
            let text = text!(l, title = title.get(l);
                "“{title}” is pinned, and what comes before it runs {minutes} min into it",
                "«{title}» tiene hora fija, y lo anterior se le adelanta {minutes} min");
            self.misfit(slot.start_span(), text);
        }
        let end = start + length;
        if let Some(value) = written.start {
            self.hour(value.span, value.0, start);
        }
        if let Some(value) = written.end {
            self.hour(value.span, value.0, end);
        }
        end.max(cursor)
    }

    /// A pinned slot keeps its hour; on another day, the same hour of that day.
    fn pinned(&self, local: NaiveDateTime, at: DateTime<Utc>, shift: TimeDelta) -> DateTime<Utc> {
        let moved = self.zone.local(at + shift).time.date();
        match self.zone.instant(moved.and_time(local.time())) {
            Some(Reading::Once(at)) => at,
            _ => at + shift,
        }
    }

    /// Date, weekday and day of revision.
    fn day(&mut self, written: &schema::Session, session: &model::Session, start: DateTime<Utc>) {
        let day = self.zone.local(start).time.date();
        let Some(date) = session.date.filter(|date| date.value != day) else { return };
        let quote = self.quote(date.span);
        self.edit(date.span, format!("{quote}{day}{quote}"));
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
    fn revised(&mut self, written: &schema::Session, session: &model::Session, today: NaiveDate) {
        if self.layout.edits.is_empty() {
            return;
        }
        match (&written.revised, session.date) {
            (Some(revised), _) if revised.0 == today => {}
            (Some(revised), _) => {
                let quote = self.quote(revised.span);
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

    /// Writes an hour where it changed, in quotes if it was.
    fn hour(&mut self, span: Span, old: NaiveTime, new: DateTime<Utc>) {
        let new = self.zone.local(new).time.time();
        if new != old {
            let quote = self.quote(span);
            self.edit(span, format!("{quote}{}{quote}", dates::clock(new)));
        }
    }

    fn quote(&self, span: Span) -> String {
        self.sources.text(span).chars().next().filter(|c| matches!(c, '"' | '\'')).map(String::from).unwrap_or_default()
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
