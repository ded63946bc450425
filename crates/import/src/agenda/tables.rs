//! Tables: which column holds what, and what each row says.

use super::days::days;
use super::entry::{Draft, Entry, Head, Shape, clean, entry, finish, single};
use super::tracks;
use crate::grammar::words::{self, Head as Column};
use crate::grammar::{Bound, Mark, Meaning, Span, folded, marks, tokens};
use crate::source::Line;

/// The rows of one table.
pub(crate) fn entries(rows: &[Line]) -> Vec<Entry> {
    if is_sheet(rows) {
        let said = |row: &Line| format!("{}: {}", row.cells[0].trim().trim_end_matches(':'), row.cells[1].trim());
        return rows.iter().map(|row| entry(row, single(&Line { cells: vec![said(row)], ..row.clone() }))).collect();
    }
    let header = rows.iter().take(4).position(is_header);
    if let Some(found) = tracks::entries(rows) {
        return found;
    }
    if let Some((at, columns)) = day_columns(rows) {
        return grid(rows, at, &columns);
    }
    // A cell over the whole width that heads a session begins columns of its own: one table may hold several agendas.
    let mut starts: Vec<usize> = (1..rows.len()).filter(|at| is_head(&rows[*at])).collect();
    starts.insert(0, 0);
    starts.push(rows.len());
    let head = header.map(|at| rows[at].clone());
    starts.windows(2).flat_map(|pair| section(&rows[pair[0]..pair[1]], head.as_ref())).collect()
}

fn is_head(row: &Line) -> bool {
    row.cells.len() > 2
        && row.only().is_some_and(|text| matches!(single(&Line { cells: vec![text.to_owned()], ..row.clone() }), Shape::Head(_)))
}

/// Rows up to the next head; without a row of names of their own those of the table hold.
fn section(rows: &[Line], head: Option<&Line>) -> Vec<Entry> {
    let own = rows.iter().take(4).position(is_header);
    let lent = head.filter(|_| own.is_none());
    let rows = narrowed(lent.into_iter().chain(rows).cloned().collect());
    let header = own.or(lent.map(|_| 0));
    let columns = columns(&rows, header);
    let has = |column| columns.contains(&Some(column));
    // The same moment in several cities: hours, days and places, and nothing that happens.
    let elsewhere = header.is_some()
        && has(Column::Time)
        && (has(Column::Place) || has(Column::Date))
        && !has(Column::Title)
        && !has(Column::Speakers);
    if let Some(found) = header.filter(|_| !elsewhere).and_then(|at| exported(&rows, at, &columns)) {
        return found;
    }
    let of = |row: &Line| entry(row, if elsewhere { Shape::Elsewhere(day_of(row)) } else { shape(row, &columns) });
    let skipped = |at: usize| if elsewhere { lent.is_some() && at == 0 } else { Some(at) == header };
    rows.iter().enumerate().filter(|(at, _)| !skipped(*at)).map(|(_, row)| of(row)).collect()
}

/// An export whose rows do not stand in the order of their hours ("Scheduled At"): those with a day and an hour, by these.
fn exported(rows: &[Line], header: usize, columns: &[Option<Column>]) -> Option<Vec<Entry>> {
    let is_export = rows[header].cells.iter().any(|cell| folded(cell) == "scheduled at");
    let mut found: Vec<Entry> = Vec::new();
    for row in rows.iter().skip(header + 1).filter(|_| is_export) {
        let shape = shape(row, columns);
        // What was given no hour is not on the programme.
        if matches!(&shape, Shape::Item(draft) if draft.span.is_some() && draft.day.is_some()) {
            found.push(entry(row, shape));
        }
    }
    let when = |entry: &Entry| match &entry.shape {
        Shape::Item(Draft { span: Some(span), day: Some(day), .. }) => {
            (day.year, day.month, day.days.first().copied(), super::sections::minutes_of(&span.start))
        }
        _ => (None, None, None, 0),
    };
    found.sort_by_key(when);
    (!found.is_empty()).then_some(found)
}

/// The day that a row tells.
fn day_of(row: &Line) -> Option<crate::grammar::Day> {
    row.cells.iter().find_map(|cell| days(&marks(cell)).map(|(_, day)| day.clone()).find(|day| !day.days.is_empty()))
}

/// Without columns that are empty or say in every row what the one before them says: they are there for cells elsewhere.
fn narrowed(mut rows: Vec<Line>) -> Vec<Line> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if width < 3 {
        return rows;
    }
    let cell = |row: &Line, at: usize| row.cells.get(at).map_or(String::new(), |cell| cell.trim().to_owned());
    let gone: Vec<bool> = (0..width)
        .map(|at| {
            rows.iter().all(|row| cell(row, at).is_empty()) || at > 0 && rows.iter().all(|row| cell(row, at) == cell(row, at - 1))
        })
        .collect();
    for row in &mut rows {
        let mut at = 0;
        row.cells.retain(|_| {
            at += 1;
            !gone[at - 1]
        });
    }
    rows
}

/// A table of two columns that says of the whole: "Date | 28 October", "Place | Online".
fn is_sheet(rows: &[Line]) -> bool {
    const LABELS: [&str; 18] = [
        "date",
        "fecha",
        "data",
        "time",
        "hora",
        "horario",
        "heure",
        "horaire",
        "duration",
        "duracion",
        "duree",
        "duracao",
        "place",
        "lugar",
        "lieu",
        "local",
        "modalidad",
        "modera",
    ];
    let label = |row: &Line| {
        let text = folded(&row.cells[0]);
        words::is_role_word(&text) || LABELS.contains(&text.as_str())
    };
    // A row of names of columns, "Hora | Actividad", stands over many.
    rows.len() >= 2
        && rows.iter().all(|row| row.cells.len() == 2)
        && rows.iter().filter(|row| label(row)).count() * 3 >= rows.len() * 2
}

fn column_of(cell: &str) -> Option<Column> {
    let text = folded(cell);
    words::heads(&text).or_else(|| words::heads(text.split(' ').next()?).filter(|_| text.split(' ').count() <= 4))
}

/// A row of names of columns.
fn is_header(row: &Line) -> bool {
    let named = row.cells.iter().filter(|cell| column_of(cell).is_some()).count();
    let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let timed = row
        .cells
        .iter()
        .any(|cell| marks(cell).iter().any(|mark| matches!(&mark.meaning, Meaning::Hours { span, .. } if !span.weak)));
    // A cell over the whole width, "Agenda", is a heading and names no column.
    let alone = filled == 1 && row.cells.len() > 2;
    (named >= 2 || named == 1 && filled <= 2 && !alone) && named * 2 >= filled && !timed
}

/// What a cell is, by itself.
pub(super) fn only_hours(cell: &str) -> Option<Span> {
    let marks = marks(cell);
    let Some(Mark { meaning: Meaning::Hours { span, .. }, range }) = marks.first() else { return None };
    let rest: String = [&cell[..range.start], &cell[marks.last().map_or(range.end, |last| last.range.end)..]].concat();
    let words = rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    (words <= 2 && !rest.chars().any(|c| c.is_ascii_digit())).then_some(*span)
}

fn only_minutes(cell: &str, headed: bool) -> Option<(u32, Bound)> {
    let marks = marks(cell);
    match marks.first().map(|mark| (&mark.meaning, mark.range.len())) {
        Some((Meaning::Minutes { minutes, bound }, length)) if length + 6 >= cell.trim().len() => Some((*minutes, *bound)),
        Some((Meaning::Hours { minutes: Some(minutes), .. }, _)) if headed => Some((*minutes, Bound::Plain)),
        // "0:45" in a column of lengths.
        Some((Meaning::Hours { span, .. }, _)) if headed && span.end.is_none() => {
            Some((u32::from(span.start.hour) * 60 + u32::from(span.start.minute), Bound::Plain))
        }
        None if headed => {
            let tokens = tokens(cell);
            match tokens.as_slice() {
                [token] => token.number().filter(|(value, _)| (1..=480).contains(value)).map(|(value, _)| (value, Bound::Plain)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What each column holds: by its name, or by what most of its cells are.
fn columns(rows: &[Line], header: Option<usize>) -> Vec<Option<Column>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns: Vec<Option<Column>> = vec![None; width];
    if let Some(header) = header {
        for (at, cell) in rows[header].cells.iter().enumerate() {
            let column = column_of(cell);
            // A second column of hours is another zone's.
            let again = column.is_some_and(|own| matches!(own, Column::Time | Column::Minutes) && columns.contains(&Some(own)));
            columns[at] = if again { Some(Column::Remarks) } else { column };
        }
        // Beside a title a description is more about it.
        let is_export = rows[header].cells.iter().any(|cell| folded(cell) == "scheduled at");
        let titles = columns.iter().filter(|column| **column == Some(Column::Title)).count();
        for (column, cell) in columns.iter_mut().zip(&rows[header].cells) {
            match folded(cell).as_str() {
                // Beside a title a description is more about it.
                "description" | "descripcion" | "descricao" if titles > 1 => *column = Some(Column::Remarks),
                // Who owns an entry there need not speak.
                "owner" if is_export => *column = Some(Column::Number),
                _ => {}
            }
        }
        if columns.contains(&Some(Column::Time)) && !columns.contains(&Some(Column::Title)) {
            let free = columns.iter().position(|column| column.is_none());
            if let Some(free) = free {
                columns[free] = Some(Column::Title);
            }
        }
    }
    let body = || rows.iter().enumerate().filter(|(at, _)| Some(*at) != header).map(|(_, row)| row);
    let share = |at: usize, is: &dyn Fn(&str) -> bool| {
        let filled = body().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.trim().is_empty()).count();
        let right = body().filter_map(|row| row.cells.get(at)).filter(|cell| is(cell)).count();
        (right, filled)
    };
    let most = |(right, filled): (usize, usize)| right > 0 && right * 2 >= filled;
    if !columns.contains(&Some(Column::Time)) {
        let times: Vec<usize> =
            (0..width).filter(|at| columns[*at].is_none() && most(share(*at, &|cell| only_hours(cell).is_some()))).collect();
        if let Some(first) = times.first() {
            columns[*first] = Some(Column::Time);
            // Start and end in two columns, or the hours of another place.
            if let Some(second) = times.get(1) {
                let spans = body()
                    .filter_map(|row| row.cells.get(*first))
                    .filter_map(|cell| only_hours(cell))
                    .any(|span| span.end.is_some());
                columns[*second] = Some(if spans || *second != first + 1 { Column::Remarks } else { Column::End });
            }
            times.iter().skip(2).for_each(|at| columns[*at] = Some(Column::Remarks));
        }
    }
    if !columns.contains(&Some(Column::Minutes))
        && let Some(at) =
            (0..width).find(|at| columns[*at].is_none() && most(share(*at, &|cell| only_minutes(cell, false).is_some())))
    {
        columns[at] = Some(Column::Minutes);
    }
    if let Some(at) = (0..width).find(|at| {
        columns[*at].is_none()
            && most(share(*at, &|cell| {
                cell.trim().trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit()) && !cell.trim().is_empty()
            }))
    }) {
        columns[at] = Some(Column::Number);
    }
    if columns.contains(&Some(Column::Time)) || columns.contains(&Some(Column::Minutes)) {
        for name in [Column::Title, Column::Speakers] {
            if !columns.contains(&Some(name))
                && let Some(at) = (0..width).find(|at| columns[*at].is_none() && share(*at, &|_| true).1 > 0)
            {
                columns[at] = Some(name);
            }
        }
    }
    columns
}

fn shape(row: &Line, columns: &[Option<Column>]) -> Shape {
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
            Some(Column::End) => pending_end = only_hours(cell).map(|span| span.start),
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

/// Columns that are days: the row that names them, and which column is which.
fn day_columns(rows: &[Line]) -> Option<(usize, Vec<(usize, Head)>)> {
    rows.iter().take(3).enumerate().find_map(|(at, row)| {
        let heads: Vec<(usize, Head)> = row
            .cells
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| {
                let marks = marks(cell);
                let day = days(&marks).map(|(_, day)| day.clone()).next();
                let short = cell.split_whitespace().count() <= 7;
                let tokens = tokens(cell);
                let number = tokens
                    .first()
                    .and_then(|token| token.word())
                    .filter(|word| words::is_day_word(word))
                    .and_then(|_| tokens.get(1)?.number())
                    .map(|(number, _)| number);
                let head = Head {
                    day,
                    number,
                    ordinal: number.is_some(),
                    title: cell.split_whitespace().collect::<Vec<_>>().join(" "),
                    span: None,
                    weak: false,
                };
                (short && (head.day.is_some() || head.number.is_some())).then_some((at, head))
            })
            .collect();
        // A column of dates is no row of days.
        let others = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count() - heads.len().min(row.cells.len());
        (heads.len() >= 2 && others <= 2 && rows.len() > at + 1).then_some((at, heads))
    })
}

/// What says "the item above goes on".
fn goes_on(cell: &str) -> bool {
    let text = cell.trim();
    !text.chars().any(char::is_alphanumeric) || matches!(folded(text).as_str(), "idem" | "id" | "continua" | "cont" | "continued")
}

/// Hours down, days across: each day is a session.
fn grid(rows: &[Line], at: usize, columns: &[(usize, Head)]) -> Vec<Entry> {
    let mut found: Vec<Entry> = rows[..at].iter().map(|row| entry(row, single(row))).collect();
    for (column, head) in columns {
        found.push(entry(&rows[at], Shape::Head(head.clone())));
        let mut before = "";
        for row in &rows[at + 1..] {
            let hours = row
                .cells
                .iter()
                .enumerate()
                .filter(|(at, _)| !columns.iter().any(|(own, _)| own == at))
                .find_map(|(_, cell)| only_hours(cell).map(|span| (span, cell.trim().to_owned())));
            let cell = row.cells.get(*column).map_or("", |cell| cell.trim());
            let Some((span, written)) = hours else {
                continue;
            };
            if goes_on(cell) || cell == before {
                found.push(entry(row, Shape::Continues));
                continue;
            }
            before = cell;
            found.push(entry(row, finish(cell, Draft { span: Some(span), written, ..Draft::default() })));
        }
    }
    found
}
