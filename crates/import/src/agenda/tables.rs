//! Tables: which column holds what, and what each row says.

use super::columns::{columns, is_header};
use super::entry::{Draft, Entry, Shape, entry};
use super::grid::{day_columns, grid};
use super::line::single;
use super::row::shape;
use super::tracks;
use super::window::hours_of_places;
use crate::grammar::days;
use crate::grammar::heads::Head as Column;
use crate::grammar::labels;
use crate::grammar::{folded, marks};
use crate::source::Line;

/// The rows of one table.
pub(crate) fn entries(rows: &[Line]) -> Vec<Entry> {
    let rows = &without_signs(rows);
    if is_sheet(rows) {
        let said = |row: &Line| format!("{}: {}", row.cells[0].trim().trim_end_matches(':'), row.cells[1].trim());
        return rows.iter().map(|row| entry(row, single(&Line { cells: vec![said(row)], ..row.clone() }))).collect();
    }
    // "CR/GT: 2:00 p.m. | PA: 3:00 p.m.": a row between signs that is no table.
    if let [row] = rows.as_slice()
        && let whole = row.whole()
        && let Some(shape) = hours_of_places(&whole, &marks(&whole))
    {
        return vec![entry(row, shape)];
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

/// Without what only parts cells from each other: "0800 | : | Registration".
fn without_signs(rows: &[Line]) -> Vec<Line> {
    let is_sign = |cell: &String| matches!(cell.trim(), ":" | "-" | "–" | "—");
    let own = |row: &Line| row.cells.iter().map(|cell| if is_sign(cell) { String::new() } else { cell.clone() }).collect();
    rows.iter().map(|row| Line { cells: own(row), ..row.clone() }).collect()
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
            (day.year, day.month, day.days.first().copied(), super::clock::minutes_of(&span.start))
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
        labels::is_role_word(&text) || LABELS.contains(&text.as_str())
    };
    // A row of names of columns, "Hora | Actividad", stands over many.
    rows.len() >= 2
        && rows.iter().all(|row| row.cells.len() == 2)
        && rows.iter().filter(|row| label(row)).count() * 3 >= rows.len() * 2
}
