//! What each line of a document says by itself, then what it says beside the others.

use super::alone::{clocks_one_to_a_line, length_of_the_whole, lengths_that_look_like_hours};
use super::entry::{Entry, Shape, entry, has_time};
use super::line::single;
use super::{alike, aside, tables};
use crate::source::Document;

pub(crate) fn entries(document: &Document) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    let asides = aside::asides(document);
    while let Some(line) = document.lines.get(at) {
        match line.table {
            None if asides.contains(&line.number) => {
                found.extend(has_time(line).then(|| entry(line, Shape::Aside)));
                at += 1;
            }
            Some(table) => {
                let length = document.lines[at..].iter().take_while(|line| line.table == Some(table)).count();
                found.extend(tables::entries(&document.lines[at..at + length]));
                at += length;
            }
            None => {
                found.push(entry(line, single(line)));
                at += 1;
            }
        }
    }
    alike::settle(document, &mut found);
    length_of_the_whole(&mut found);
    lengths_that_look_like_hours(&mut found);
    clocks_one_to_a_line(document, &mut found);
    found
}
