//! Paragraphs and rows one after another, as word processors and web pages have them.

use std::collections::BTreeMap;

use super::marked::{self, Run};
use super::plain::{self, unmarked};
use super::{Bullet, Document, Line};

/// Takes blocks in reading order and makes lines of them.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    lines: Vec<Line>,
    number: usize,
    table: usize,
    gap: bool,
    /// Tabbed paragraphs that follow each other are a table.
    tabbed: Option<usize>,
    notes: BTreeMap<String, String>,
}

/// What goes over several columns is said in each, unless it is a text: then in the first alone.
pub(crate) fn again(text: &str) -> String {
    const LONGEST: usize = 1000;
    if text.len() > LONGEST { String::new() } else { text.to_owned() }
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    pub heading: u8,
    pub bullet: Bullet,
    /// How deep in lists, from 0.
    pub level: usize,
}

impl Blocks {
    /// A paragraph; its line breaks part lines.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style) {
        for (at, part) in text.split('\n').enumerate() {
            self.number += 1;
            if part.trim().is_empty() {
                self.gap = true;
                self.tabbed = None;
                continue;
            }
            let mut line = if style.heading > 0 || style.bullet != Bullet::None {
                Line::text(self.number, unmarked(part))
            } else {
                plain::line(part, self.number)
            };
            line.number = self.number;
            line.opens = at == 0;
            if style.heading > 0 {
                line.heading = style.heading;
            }
            if style.bullet != Bullet::None {
                if at == 0 {
                    line.bullet = style.bullet;
                }
                line.indent = 2 + style.level * 4;
            }
            if line.cells.len() > 1 && style.heading == 0 {
                let table = *self.tabbed.get_or_insert_with(|| {
                    self.table += 1;
                    self.table
                });
                line.table = Some(table);
            } else {
                self.tabbed = None;
                if line.cells.len() > 1 {
                    line.cells = vec![line.cells.join(" ")];
                }
            }
            line.gap = std::mem::take(&mut self.gap);
            self.lines.push(line);
        }
    }

    /// A paragraph with what it looks like.
    pub(crate) fn marked(&mut self, text: &str, runs: &[Run], style: Style) {
        let before = self.lines.len();
        self.paragraph(text, style);
        if style.heading == 0
            && let [line] = &mut self.lines[before..]
            && line.cells.len() == 1
        {
            line.prose = marked::markdown(runs);
        }
    }

    /// What a footnote says.
    pub(crate) fn note(&mut self, name: &str, text: &str) {
        self.notes.insert(name.to_owned(), text.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// Something empty.
    pub(crate) fn gap(&mut self) {
        self.gap = true;
    }

    pub(crate) fn open_table(&mut self) {
        self.table += 1;
        self.tabbed = None;
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.number += 1;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.trim().to_owned()).collect();
        let gap = std::mem::take(&mut self.gap);
        if let [one] = cells.as_slice() {
            // A table of one column is a frame around text.
            let one = one.clone();
            self.number -= 1;
            self.gap = gap;
            self.paragraph(&one, Style::default());
            return;
        }
        self.lines.push(Line { number: self.number, cells, table: Some(self.table), gap, ..Line::default() });
    }

    pub(crate) fn document(self) -> Document {
        Document { lines: self.lines, notes: self.notes }
    }
}
