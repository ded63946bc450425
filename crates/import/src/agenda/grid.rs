//! Tables whose columns are days.

use super::columns::only_hours;
use super::entry::{Draft, Entry, Head, Shape, entry};
use super::line::single;
use super::titled::finish;
use crate::grammar::days;
use crate::grammar::{folded, marks, tokens, words};
use crate::source::Line;

/// Columns that are days: the row that names them, and which column is which.
pub(super) fn day_columns(rows: &[Line]) -> Option<(usize, Vec<(usize, Head)>)> {
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
                    text: cell.clone(),
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
pub(super) fn grid(rows: &[Line], at: usize, columns: &[(usize, Head)]) -> Vec<Entry> {
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
