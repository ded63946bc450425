//! What each column of a table holds.

use super::rooms::says_room;
use crate::grammar::heads::{self, Head as Column};
use crate::grammar::{Bound, Mark, Meaning, Span, folded, marks, tokens};
use crate::source::Line;

fn column_of(cell: &str) -> Option<Column> {
    let text = folded(cell);
    heads::heads(&text).or_else(|| heads::heads(text.split(' ').next()?).filter(|_| text.split(' ').count() <= 4))
}

/// A row of names of columns.
pub(super) fn is_header(row: &Line) -> bool {
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

/// The first hour of a cell, whatever else is in it: "2027-05-10 08:30".
pub(super) fn hours_in(cell: &str) -> Option<Span> {
    marks(cell).iter().find_map(|mark| match &mark.meaning {
        Meaning::Hours { span, .. } if !span.weak => Some(*span),
        _ => None,
    })
}

pub(super) fn only_minutes(cell: &str, headed: bool) -> Option<(u32, Bound)> {
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
pub(super) fn columns(rows: &[Line], header: Option<usize>) -> Vec<Option<Column>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut columns: Vec<Option<Column>> = vec![None; width];
    if let Some(header) = header {
        for (at, cell) in rows[header].cells.iter().enumerate() {
            let column = column_of(cell);
            // A second column of hours is another zone's.
            let again = column.is_some_and(|own| matches!(own, Column::Time | Column::Minutes) && columns.contains(&Some(own)));
            columns[at] = if again { Some(Column::Remarks) } else { column };
        }
        // "Start Date" may hold the hour as well.
        let holds_hours = |at: usize| {
            let cells = rows.iter().enumerate().filter(|(row, _)| *row != header).filter_map(|(_, row)| row.cells.get(at));
            cells.filter(|cell| hours_in(cell).is_some()).count() * 2 > rows.len()
        };
        if !columns.contains(&Some(Column::Time))
            && let Some(at) = (0..width).find(|at| columns[*at] == Some(Column::Date) && holds_hours(*at))
        {
            columns[at] = Some(Column::Time);
        }
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
        // Behind the first column without a name, which are titles, one of rooms.
        let mut free = (0..width).filter(|at| columns[*at].is_none()).skip(usize::from(!columns.contains(&Some(Column::Title))));
        let is_room = |cell: &str| cell.split_whitespace().count() <= 8 && says_room(&folded(cell));
        if let Some(at) = free.find(|at| most(share(*at, &is_room)))
            && !columns.contains(&Some(Column::Place))
        {
            columns[at] = Some(Column::Place);
        }
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
