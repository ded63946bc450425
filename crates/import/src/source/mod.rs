//! What every reader makes of a file: lines with their places, whatever the file was.

mod blocks;
mod calendar;
mod cells;
mod delimited;
mod docx;
mod encoding;
mod html;
mod letters;
mod mail;
mod marked;
mod odt;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod programme;
mod read;
mod ruled_text;
mod sheet;

use std::collections::BTreeMap;

pub(crate) use encoding::decoded;
pub use plain::plain;
pub use read::read;

/// A document as lines in reading order.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub lines: Vec<Line>,
    /// What its footnotes say, as Markdown, under the names by which [`Line::prose`] refers to them.
    pub notes: BTreeMap<String, String>,
}

impl Document {
    /// The line of a number.
    pub fn line(&self, number: usize) -> Option<&Line> {
        self.lines.binary_search_by_key(&number, |line| line.number).ok().and_then(|at| self.lines.get(at))
    }
}

/// A line of text, a list item, a heading, or a row of a table.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Counted from 1, as people find it: the line of a text, the paragraph or row of another file.
    pub number: usize,
    /// How far it is indented, in columns.
    pub indent: usize,
    /// The level of a heading, 0 for what is none.
    pub heading: u8,
    pub bullet: Bullet,
    /// The number or letter of a list item as written: "IV".
    pub label: String,
    /// One text, or the cells of a row.
    pub cells: Vec<String>,
    /// Which table it is a row of.
    pub table: Option<usize>,
    /// Whether something empty stands before it.
    pub gap: bool,
    /// Whether it opens a paragraph, where the document knows them; a line of plain text may go on the one before it.
    pub opens: bool,
    /// The same as Markdown, where it has emphasis, links or notes.
    pub prose: Option<String>,
}

/// What opens a list item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bullet {
    #[default]
    None,
    Sign(char),
    Number,
    Letter,
}

impl Line {
    /// A line that is no row.
    pub fn text(number: usize, text: impl Into<String>) -> Line {
        Line { number, cells: vec![text.into()], ..Line::default() }
    }

    /// All of it, the cells apart.
    pub fn whole(&self) -> String {
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        cells.join(" | ")
    }

    /// The only text of a line, or of a row with one cell that is not empty.
    pub fn only(&self) -> Option<&str> {
        let mut cells = self.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let first = cells.next()?;
        cells.next().is_none().then_some(first)
    }

    /// As Markdown, for what is prose.
    pub fn markdown(&self) -> &str {
        self.prose.as_deref().unwrap_or_else(|| self.only().unwrap_or_default())
    }

    pub fn is_list_item(&self) -> bool {
        self.bullet != Bullet::None
    }
}
