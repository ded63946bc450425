//! What each line of a document says by itself, then what it says beside the others.

use super::alone::{clocks_one_to_a_line, length_of_the_whole, lengths_that_look_like_hours};
use super::entry::{Entry, Shape, entry, has_time, is_time};
use super::line::single;
use super::{alike, aside, records, tables};
use crate::grammar::{Meaning, marks};
use crate::source::{Document, Line};

pub(crate) fn entries(document: &Document) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    let asides = aside::asides(document);
    while let Some(line) = document.lines.get(at) {
        match line.table {
            // A rule, or the edge of a cell.
            None if !line.whole().chars().any(char::is_alphanumeric) => at += 1,
            None if asides.contains(&line.number) => {
                found.extend(has_time(line).then(|| entry(line, Shape::Aside)));
                at += 1;
            }
            Some(table) => {
                let length = document.lines[at..].iter().take_while(|line| line.table == Some(table)).count();
                found.extend(tables::entries(&document.lines[at..at + length]));
                at += length;
            }
            None => match records::entries(&document.lines[at..]) {
                Some((entries, length)) => {
                    found.extend(entries);
                    at += length;
                }
                None => {
                    match several(line) {
                        Some(parts) => found.extend(parts.iter().map(|part| entry(part, single(part)))),
                        None => found.push(entry(line, single(line))),
                    }
                    at += 1;
                }
            },
        }
    }
    alike::settle(document, &mut found);
    length_of_the_whole(&mut found);
    lengths_that_look_like_hours(&mut found);
    clocks_one_to_a_line(document, &mut found);
    found
}

/// "9:00 Registro; 9:30 Apertura": a line that opens with an hour and has others behind semicolons, one part for each.
fn several(line: &Line) -> Option<Vec<Line>> {
    let text = line.only()?;
    let marks = marks(text);
    let mut cuts = vec![0];
    for mark in marks.iter().filter(|mark| matches!(&mark.meaning, Meaning::Hours { span, .. } if !span.weak)) {
        if text[..mark.range.start].trim_end().ends_with(';') {
            cuts.push(mark.range.start);
        }
    }
    let opens = marks.first().is_some_and(|mark| mark.range.start == 0 && is_time(&mark.meaning));
    if cuts.len() < 2 || !opens {
        return None;
    }
    cuts.push(text.len());
    let part = |pair: &[usize]| Line { cells: vec![text[pair[0]..pair[1]].trim().to_owned()], prose: None, ..line.clone() };
    Some(cuts.windows(2).map(part).collect())
}
