//! Items written as little forms, one below the other: "HORA: 8:00", "ACTIVIDAD: Registro", "RESPONSABLE: Protocolo".

use super::entry::{Entry, Shape, entry};
use super::row::shape;
use crate::grammar::folded;
use crate::grammar::heads::{self, Head as Column};
use crate::source::Line;

/// A line that is a label of a column and its cell.
fn field(line: &Line) -> Option<(Column, String)> {
    let (label, value) = line.only().filter(|_| line.table.is_none())?.split_once(':')?;
    let column = heads::heads(&folded(label))?;
    (!value.trim().is_empty()).then(|| (column, value.trim().to_owned()))
}

/// How many lines from here on are one item: its hour, its title, and what else is said of it.
fn length(lines: &[Line]) -> usize {
    let mut seen: Vec<Column> = Vec::new();
    for line in lines {
        match field(line) {
            Some((column, _)) if seen.is_empty() == (column == Column::Time) && !seen.contains(&column) => seen.push(column),
            _ => break,
        }
    }
    if seen.contains(&Column::Title) { seen.len() } else { 0 }
}

/// The items of several such forms that follow one another, and how many lines they take.
pub(super) fn entries(lines: &[Line]) -> Option<(Vec<Entry>, usize)> {
    let mut found = Vec::new();
    let (mut at, mut count) = (0, 0);
    while let length @ 2.. = length(&lines[at..]) {
        let fields: Vec<(Column, String)> = lines[at..at + length].iter().filter_map(field).collect();
        let (columns, cells): (Vec<_>, Vec<_>) = fields.into_iter().map(|(column, value)| (Some(column), value)).unzip();
        let row = Line { cells, ..lines[at].clone() };
        found.push(entry(&lines[at], shape(&row, &columns)));
        found.extend(lines[at + 1..at + length].iter().map(|line| entry(line, Shape::Continues)));
        at += length;
        count += 1;
    }
    (count >= 2).then_some((found, at))
}
