//! Tables without any line: an hour at the left opens each row.

use std::collections::HashSet;

use super::lines::Line;
use super::ruled::{Cell, Table, flowed};
use crate::grammar::{Meaning, marks};

/// Whether a text is an hour or a length and nothing else.
fn is_time(text: &str) -> bool {
    let marks = marks(text);
    let Some(first) = marks.first().filter(|mark| matches!(mark.meaning, Meaning::Hours { .. } | Meaning::Minutes { .. })) else {
        return false;
    };
    let last = marks.last().map_or(first.range.end, |mark| mark.range.end);
    let rest = format!("{}{}", &text[..first.range.start], &text[last..]);
    rest.chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

/// Where the columns of lines begin that open with an hour; none where too few do.
pub(crate) fn columns(lines: &[Line]) -> Option<Vec<f32>> {
    let anchors: Vec<Vec<(f32, String)>> =
        lines.iter().map(Line::segments).filter(|segments| segments.len() >= 2 && is_time(&segments[0].1)).collect();
    if anchors.len() < 3 {
        return None;
    }
    let left = anchors.iter().map(|segments| segments[0].0).fold(f32::MAX, f32::min);
    let mut starts: Vec<f32> = anchors.iter().flat_map(|segments| segments[1..].iter().map(|(start, _)| *start)).collect();
    starts.sort_by(f32::total_cmp);
    let mut found = vec![left];
    let mut at = 0;
    while at < starts.len() {
        let length = starts[at..].iter().take_while(|start| **start - starts[at] < 6.0).count();
        if length * 3 >= anchors.len() && length >= 2 {
            found.push(starts[at]);
        }
        at += length.max(1);
    }
    (found.len() >= 2).then_some(found)
}

/// The rows that begin at a line, and how many lines they take.
pub(crate) fn table(lines: &[Line], columns: &[f32], words: &HashSet<String>) -> Option<(Table, usize)> {
    let is_anchor = |line: &Line| {
        let segments = line.segments();
        line.left() < columns[1] - 6.0 && segments.first().is_some_and(|(_, text)| is_time(text)) && segments.len() >= 2
    };
    if !is_anchor(lines.first()?) {
        return None;
    }
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut taken = 0;
    for (at, line) in lines.iter().enumerate() {
        let alone = line.left() < columns[1] - 6.0 && line.segments().len() == 1 && is_time(&line.text());
        if is_anchor(line) || alone {
            rows.push(vec![line.clone()]);
        } else {
            // Under the hours nothing may stand, and a blank as high as two lines ends the table.
            let far = at > 0 && lines[at - 1].base - line.base > line.size * 3.2;
            if line.left() < columns[1] - 6.0 || far {
                break;
            }
            // A title over two lines with its hour between them stands nearer to what follows.
            let next = lines.get(at + 1).filter(|next| next.segments().len() == 1 && is_time(&next.text()));
            let nearer = next.is_some_and(|next| line.base - next.base < lines[at - 1].base - line.base);
            match rows.last_mut() {
                Some(row) if !nearer => row.push(line.clone()),
                _ => break,
            }
        }
        taken = at + 1;
    }
    if rows.len() < 2 {
        return None;
    }
    let column_of = |left: f32| columns[1..].iter().filter(|start| left > **start - 4.0).count();
    let texts = rows.iter().map(|row| {
        (0..columns.len())
            .map(|column| {
                let own: Vec<Line> = row
                    .iter()
                    .map(|line| {
                        let mut cells: Vec<Vec<super::reader::Run>> = Vec::new();
                        let mut last = None;
                        // A part goes where it begins, however far it reaches.
                        for run in &line.runs {
                            match last {
                                Some(right) if run.left - right < line.size * 0.9 => {}
                                _ => cells.push(Vec::new()),
                            }
                            last = Some(run.right);
                            if let Some(cell) = cells.last_mut() {
                                cell.push(run.clone());
                            }
                        }
                        let runs = cells.into_iter().filter(|cell| column_of(cell[0].left) == column).flatten().collect();
                        Line { runs, ..line.clone() }
                    })
                    .filter(|line| !line.runs.is_empty())
                    .collect();
                let right = columns.get(column + 1).map_or(columns[column] + 1_000.0, |next| *next);
                Cell { left: columns[column], right, text: flowed(&own, words) }
            })
            .collect()
    });
    let rows = texts.collect();
    Some((Table { top: lines[0].base, bottom: lines[taken - 1].base, rows }, taken))
}
