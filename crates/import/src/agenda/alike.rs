//! What a line says because others of its document say it in the same way: lengths at the front, hours at the end, hours
//! of four digits, a date before each hour, "Mar" between Monday and Wednesday.

use chrono::Weekday;

use super::clean::clean;
use super::entry::Draft;
use super::entry::Entry;
use super::entry::Shape;
use super::titled::finish;
use crate::grammar::days;
use crate::grammar::{Hour, Mark, Meaning, Span, marks, tokens};
use crate::source::{Bullet, Document, Line};

/// So many lines make a way of writing.
const SEVERAL: usize = 3;

/// Looks at all lines together.
pub(super) fn settle(document: &Document, entries: &mut [Entry]) {
    let text = |entry: &Entry| document.line(entry.line).and_then(Line::only).unwrap_or_default().to_owned();
    dates_before_hours(entries, &text);
    lengths_in_front(entries);
    hours_behind(entries);
    hours_of_four_digits(entries, &text);
    short_tuesdays(entries);
}

/// Changes the entries that a reading fits, where several have it.
fn all(entries: &mut [Entry], least: usize, read: &dyn Fn(&Entry) -> Option<Shape>) {
    let found: Vec<Option<Shape>> = entries.iter().map(|entry| if entry.table.is_none() { read(entry) } else { None }).collect();
    if found.iter().flatten().count() < least {
        return;
    }
    for (entry, shape) in entries.iter_mut().zip(found) {
        if let Some(shape) = shape {
            entry.shape = shape;
        }
    }
}

/// "03/08/2026 09:00 Audiencia", line under line: items of several days.
fn dates_before_hours(entries: &mut [Entry], text: &dyn Fn(&Entry) -> String) {
    all(entries, SEVERAL, &|entry| {
        let text = text(entry);
        let marks = marks(&text);
        let (mark, day) = days(&marks).next()?;
        let front = &text[..mark.range.start];
        let numeric = text[mark.range.clone()].starts_with(|c: char| c.is_ascii_digit()) && day.month.is_some();
        let hours = marks.iter().find(|own| own.range.start >= mark.range.end)?;
        let Meaning::Hours { span, .. } = hours.meaning else { return None };
        let near = !text[mark.range.end..hours.range.start].chars().any(char::is_alphanumeric);
        let rest = &text[hours.range.end..];
        if front.chars().any(char::is_alphanumeric) || !numeric || !near || clean(rest).is_empty() {
            return None;
        }
        let written = text[hours.range.clone()].trim().to_owned();
        Some(finish(rest, Draft { span: Some(span), written, day: Some(day.clone()), ..Draft::default() }))
    });
}

/// "5' Estado de ánimo", "10 min Pendientes": no sentences, where several lines begin so.
fn lengths_in_front(entries: &mut [Entry]) {
    all(entries, SEVERAL, &|entry| {
        let Shape::Text(text) = &entry.shape else { return None };
        let marks = marks(text);
        let Mark { range, meaning: Meaning::Minutes { minutes, bound } } = marks.first()? else { return None };
        let rest = text[range.end..].trim();
        let is_title = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '«' | '“' | '"')) && !rest.ends_with('.');
        let opens = range.start == 0 && entry.heading == 0;
        (opens && is_title).then(|| finish(rest, Draft { minutes: Some(*minutes), bound: *bound, ..Draft::default() }))
    });
}

/// "Departure 16:15" under "Visit to the water works 14:00-16:00".
fn hours_behind(entries: &mut [Entry]) {
    let behind = |entry: &Entry| matches!(&entry.shape, Shape::Item(draft) if draft.behind && draft.span.is_some());
    if entries.iter().filter(|entry| behind(entry)).count() < SEVERAL {
        return;
    }
    for at in 0..entries.len() {
        let beside = at.checked_sub(1).is_some_and(|at| behind(&entries[at])) || entries.get(at + 1).is_some_and(behind);
        let entry = &entries[at];
        let Shape::Text(text) = &entry.shape else { continue };
        let marks = marks(text);
        let Some(Mark { range, meaning: Meaning::Hours { span, .. } }) = marks.last() else { continue };
        let title = clean(&text[..range.start]);
        let ends = !text[range.end..].chars().any(char::is_alphanumeric) && marks.len() == 1;
        let short = (1..=8).contains(&title.split_whitespace().count()) && !title.contains(". ");
        if beside && ends && short && entry.table.is_none() && entry.heading == 0 && span.end.is_none() {
            let written = text[range.clone()].trim().to_owned();
            let draft = Draft { span: Some(*span), written, title, behind: true, ..Draft::default() };
            entries[at].shape = Shape::Item(draft);
        }
    }
}

/// "1230 – Debrief", where other lines have "0700 hrs" or "0800-1130".
fn hours_of_four_digits(entries: &mut [Entry], text: &dyn Fn(&Entry) -> String) {
    let written_so = |entry: &Entry| {
        let text = text(entry);
        let four = tokens(&text).first().and_then(|token| token.number()).is_some_and(|(_, digits)| digits == 4);
        four && matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some())
    };
    if entries.iter().filter(|entry| written_so(entry)).count() < 2 {
        return;
    }
    all(entries, 1, &|entry| {
        let Shape::Text(text) = &entry.shape else { return None };
        let tokens = tokens(text);
        let (value, 4) = tokens.first()?.number()? else { return None };
        let (hour, minute) = (u8::try_from(value / 100).ok()?, u8::try_from(value % 100).ok()?);
        let behind = tokens.get(1)?;
        let parted = behind.sign().is_some_and(|sign| matches!(sign, '-' | ':' | '|'));
        let rest = text.get(if parted { tokens.get(2)? } else { behind }.range.start..)?;
        // "1300 Debrief", but not "1300 people".
        let parted = parted || rest.starts_with(char::is_uppercase);
        let start = Hour { hour, minute, half: None, bare: false, lettered: true, zero: true };
        let span = Span { start, end: None, about: false, weak: false, zone: None };
        let written = text[tokens.first()?.range.clone()].to_owned();
        (hour < 24 && minute < 60 && parted).then(|| finish(rest, Draft { span: Some(span), written, ..Draft::default() }))
    });
}

/// "Mar 6" between "Lun 5" and "Mié 7" is a Tuesday, not the sixth of March.
fn short_tuesdays(entries: &mut [Entry]) {
    let day = |entry: &Entry| match &entry.shape {
        Shape::Head(head) => head.day.clone(),
        _ => None,
    };
    let monthless: Vec<u32> = entries
        .iter()
        .filter_map(day)
        .filter(|day| day.month.is_none() && !day.weekdays.is_empty())
        .filter_map(|day| day.days.first().copied())
        .collect();
    for entry in entries.iter_mut().filter(|entry| entry.bullet == Bullet::None) {
        let Shape::Head(head) = &mut entry.shape else { continue };
        let opens = head.title.to_lowercase().starts_with("mar");
        let Some(day) = head.day.as_mut().filter(|day| opens && day.month == Some(3) && day.weekdays.is_empty()) else {
            continue;
        };
        let own = day.days.first().copied().unwrap_or(0);
        if monthless.iter().any(|other| other.abs_diff(own) == 1) {
            day.month = None;
            day.weekdays = vec![Weekday::Tue];
        }
    }
}
