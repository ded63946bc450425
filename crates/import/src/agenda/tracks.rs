//! Tables whose columns are rooms: what stands in one row happens at one time.

use super::columns::only_hours;
use super::entry::Draft;
use super::entry::Entry;
use super::entry::Shape;
use super::entry::entry;
use super::line::single;
use super::rooms::says_room;
use super::titled::finish;
use crate::grammar::{folded, heads};
use crate::source::Line;

/// The rows of a table whose heads, but for that of the hours, name rooms or tracks.
pub(super) fn entries(rows: &[Line]) -> Option<Vec<Entry>> {
    let at = rows.iter().take(3).position(|row| heads(row).is_some())?;
    let heads = heads(&rows[at])?;
    let mut found: Vec<Entry> = rows[..at].iter().map(|row| entry(row, single(row))).collect();
    for row in &rows[at + 1..] {
        found.extend(row_entries(row, &heads));
    }
    Some(found)
}

/// Which columns are rooms, and what they are called.
fn heads(row: &Line) -> Option<Vec<(usize, String)>> {
    let time = row
        .cells
        .iter()
        .position(|cell| matches!(heads::heads(&folded(cell)), Some(heads::Head::Time)) || cell.trim().is_empty())?;
    let others: Vec<(usize, &String)> =
        row.cells.iter().enumerate().filter(|(at, cell)| *at != time && !cell.trim().is_empty()).collect();
    let rooms = others.len() >= 2 && others.iter().all(|(_, cell)| names_room(cell));
    rooms.then(|| others.into_iter().map(|(at, cell)| (at, cell.trim().to_owned())).collect())
}

/// "Main Hall", "Room 2.04", "Sala B", "Track 1: Data"; "Room" alone names a column of rooms.
fn names_room(cell: &str) -> bool {
    let plain = folded(cell);
    (2..=8).contains(&plain.split(' ').count()) && says_room(&plain)
}

fn row_entries(row: &Line, heads: &[(usize, String)]) -> Vec<Entry> {
    let hours = row
        .cells
        .iter()
        .enumerate()
        .filter(|(at, _)| heads.iter().all(|(own, _)| own != at))
        .find_map(|(_, cell)| only_hours(cell).map(|span| (span, cell.trim().to_owned())));
    let mut cells: Vec<(&str, &str)> = Vec::new();
    for (at, room) in heads {
        let cell = row.cells.get(*at).map_or("", |cell| cell.trim());
        // The same in every room is for all.
        if !cell.is_empty() && !cells.iter().any(|(own, _)| *own == cell) {
            cells.push((cell, room.as_str()));
        }
    }
    let Some((span, written)) = hours else {
        return match row.only() {
            Some(_) => vec![entry(row, single(&Line { cells: vec![row.whole()], ..row.clone() }))],
            None => vec![entry(row, Shape::Text(row.whole()))],
        };
    };
    let parallel = cells.len() > 1;
    let item = |(cell, room): &(&str, &str)| {
        let place = parallel.then(|| (*room).to_owned());
        let draft = Draft { span: Some(span), written: written.clone(), parallel, place, ..Draft::default() };
        let mut parts = cell.split('\n').map(str::trim);
        let title = parts.next().unwrap_or_default().to_owned();
        entry(row, finish(&title, Draft { below: parts.map(str::to_owned).collect(), ..draft }))
    };
    match cells.is_empty() {
        true => vec![entry(row, Shape::Hours { span, written: written.clone() })],
        false => cells.iter().map(item).collect(),
    }
}
