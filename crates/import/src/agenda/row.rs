//! What a row of a table says.

use super::clean::clean;
use super::columns::{hours_in, only_hours, only_minutes};
use super::entry::{Draft, Shape};
use super::line::single;
use super::titled::finish;
use crate::grammar::days;
use crate::grammar::heads::Head as Column;
use crate::grammar::{Mark, Meaning, Span, folded, marks, tokens};
use crate::source::Line;

pub(super) fn shape(row: &Line, columns: &[Option<Column>]) -> Shape {
    let timed = columns.contains(&Some(Column::Time)) || columns.contains(&Some(Column::Minutes));
    if let Some(text) = row.only() {
        let first = row.cells.iter().position(|cell| !cell.trim().is_empty()).unwrap_or(0);
        let alone = single(&Line { cells: vec![text.to_owned()], bullet: crate::source::Bullet::None, ..row.clone() });
        let beside = timed && columns.get(first).copied().flatten() == Some(Column::Title) && first > 0;
        return match alone {
            Shape::Text(title) if beside => Shape::Beside { title, speakers: Vec::new() },
            other => other,
        };
    }
    if !timed {
        return single(&Line { cells: vec![row.whole()], ..row.clone() });
    }
    let mut draft = Draft::default();
    let mut titles: Vec<String> = Vec::new();
    let mut pending_end = None;
    for (at, cell) in row.cells.iter().enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        match columns.get(at).copied().flatten() {
            Some(Column::Time) => {
                let marks = marks(cell);
                match marks.iter().find(|mark| matches!(mark.meaning, Meaning::Hours { .. } | Meaning::Minutes { .. })) {
                    Some(Mark { meaning: Meaning::Hours { span, .. }, range }) if draft.span.is_none() => {
                        draft.span = Some(*span);
                        draft.day =
                            days(&marks).map(|(_, day)| day.clone()).find(|day| !day.days.is_empty() && day.month.is_some());
                        // From and to, one over the other.
                        let hours: Vec<Span> = marks
                            .iter()
                            .filter_map(|mark| match mark.meaning {
                                Meaning::Hours { span, .. } => Some(span),
                                _ => None,
                            })
                            .collect();
                        if let ([one, other], Some(span)) = (hours.as_slice(), &mut draft.span)
                            && one.end.is_none()
                            && other.end.is_none()
                            && cell.contains('\n')
                        {
                            span.end = Some(other.start);
                        }
                        draft.written = cell[range.clone()].to_owned();
                        if let Some(Mark { meaning: Meaning::Minutes { minutes, bound }, .. }) = marks.get(1) {
                            (draft.minutes, draft.bound) = (Some(*minutes), *bound);
                        }
                        let rest = clean(&cell[range.end..]);
                        if rest.chars().filter(|c| c.is_alphabetic()).count() > 3
                            && marks.len() == 1
                            && columns.iter().filter(|column| column.is_some()).count() <= 2
                        {
                            titles.push(rest);
                        }
                    }
                    Some(Mark { meaning: Meaning::Minutes { minutes, bound }, .. }) => {
                        (draft.minutes, draft.bound) = (Some(*minutes), *bound)
                    }
                    _ => match bare_hour(cell) {
                        Some(span) => {
                            draft.span = Some(span);
                            draft.written = cell.to_owned();
                        }
                        None => titles.push(cell.to_owned()),
                    },
                }
            }
            Some(Column::End) => pending_end = hours_in(cell).map(|span| span.start),
            Some(Column::Minutes) => match only_minutes(cell, true) {
                Some((minutes, bound)) => (draft.minutes, draft.bound) = (Some(minutes), bound),
                None => draft.details.push(cell.to_owned()),
            },
            // A merged cell stands in each of its columns.
            _ if titles.iter().any(|title| title == cell)
                && !matches!(columns.get(at).copied().flatten(), Some(Column::Minutes)) => {}
            Some(Column::Title) => titles.push(cell.to_owned()),
            Some(Column::Speakers) => draft.speakers.extend(cell.split('\n').map(str::to_owned)),
            Some(Column::Place) => draft.place = Some(cell.to_owned()),
            Some(Column::Number) => {}
            Some(Column::Date) => {
                draft.day = days(&marks(cell)).map(|(_, day)| day.clone()).find(|day| !day.days.is_empty() && day.month.is_some())
            }
            Some(Column::Remarks) | None => {
                if only_hours(cell).is_none() {
                    draft.details.push(cell.to_owned());
                }
            }
        }
    }
    if let Some(span) = &mut draft.span
        && span.end.is_none()
    {
        span.end = pending_end;
    }
    // What stands under the title in its cell is about it.
    let title = titles.join(" – ");
    draft.inner = ["– ", "- ", "— ", "• "].iter().any(|sign| title.starts_with(sign));
    let mut parts = title.split('\n').map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_owned();
    draft.below = parts.map(str::to_owned).collect();
    let title = first;
    if draft.span.is_none() && draft.minutes.is_none() {
        // No hour of its own; one may stand within the title.
        if let Shape::Item(own) = single(&Line { cells: vec![title.clone()], ..row.clone() })
            && !title.is_empty()
        {
            return Shape::Item(Draft {
                speakers: draft.speakers,
                details: draft.details,
                place: draft.place,
                below: draft.below,
                ..own
            });
        }
        return Shape::Beside { title: clean(&title), speakers: draft.speakers };
    }
    if draft.span.is_none()
        && matches!(folded(&title).as_str(), "total" | "totales" | "duracion total" | "total time" | "duree totale")
    {
        return Shape::Total;
    }
    if title.is_empty() {
        draft.title = clean(&draft.details.first().cloned().or_else(|| draft.speakers.first().cloned()).unwrap_or_default());
        if draft.title.is_empty() {
            return match draft.span {
                Some(span) => Shape::Hours { span, written: draft.written },
                None => Shape::Minutes(draft.minutes.unwrap_or(0), draft.bound),
            };
        }
        draft.details.clear();
        return Shape::Item(draft);
    }
    finish(&title, draft)
}

/// "9" or "9-10" in a column of hours.
fn bare_hour(cell: &str) -> Option<Span> {
    let tokens = tokens(cell);
    let [token] = tokens.as_slice() else { return None };
    let (value, digits) = token.number()?;
    let (hour, minute) = if digits <= 2 { (value, 0) } else { (value / 100, value % 100) };
    (hour < 24 && minute < 60 && digits <= 4).then_some(Span {
        start: crate::grammar::Hour {
            hour: u8::try_from(hour).unwrap_or(0),
            minute: u8::try_from(minute).unwrap_or(0),
            half: None,
            bare: true,
            lettered: false,
            zero: digits > 1 && hour < 10,
        },
        end: None,
        about: false,
        weak: false,
        zone: None,
    })
}
