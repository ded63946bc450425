//! The document model: what every format is written from.

pub mod columns;
pub mod flow;
mod limits;
pub mod links;
pub mod parse;
pub mod passages;
pub mod pieces;

use serde::Serialize;

use crate::locale::{Lang, LanguageTag, words};

/// A document, in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub tag: LanguageTag,
    /// What title bars and lists of files call it.
    pub title: String,
    /// Who answers for it.
    pub author: String,
    pub standing: Standing,
    pub blocks: Vec<Block>,
}

impl Document {
    pub fn lang(&self) -> Lang {
        self.tag.lang
    }
}

/// Visits every text of blocks, to read it or to change it: `$($mut)?` is nothing or `mut`.
macro_rules! each_text {
    ($blocks:ident, $lines:ident, $iter:ident, $slice:ident $(, $mut:tt)?) => {
        pub(crate) fn $blocks(blocks: &$($mut)? [Block], visit: &mut dyn FnMut(&$($mut)? String)) {
            for block in blocks {
                match block {
                    Block::Heading(heading) => {
                        if let Some(number) = &$($mut)? heading.number {
                            visit(&$($mut)? number.text);
                        }
                        $lines(std::slice::$slice(&$($mut)? heading.content), visit);
                    }
                    Block::Paragraph(content) => $lines(std::slice::$slice(content), visit),
                    Block::List { items, .. } => items.$iter().for_each(|item| $blocks(item, visit)),
                    Block::Quote(content) => $blocks(content, visit),
                    Block::Code(code) => visit(code),
                    Block::Table(table) => {
                        table.caption.$iter().for_each(|caption| $lines(std::slice::$slice(caption), visit));
                        table.columns.$iter().for_each(|column| $lines(std::slice::$slice(&$($mut)? column.heading), visit));
                        let cells = table.rows.$iter().flatten().filter(|cell| !cell.covered);
                        cells.for_each(|cell| $lines(&$($mut)? cell.lines, visit));
                    }
                    Block::Fields(fields) => {
                        for field in fields {
                            $lines(std::slice::$slice(&$($mut)? field.label), visit);
                            $blocks(&$($mut)? field.content, visit);
                        }
                    }
                    Block::Rule => {}
                }
            }
        }

        fn $lines(lines: &$($mut)? [Vec<Inline>], visit: &mut dyn FnMut(&$($mut)? String)) {
            for inline in lines.$iter().flatten() {
                match inline {
                    Inline::Text(text) | Inline::Code(text) | Inline::Time { text, .. } => visit(text),
                    Inline::Strong(content)
                    | Inline::Emphasis(content)
                    | Inline::Aside(content)
                    | Inline::Link { content, .. } => $lines(std::slice::$slice(content), visit),
                    Inline::Note { lines, .. } => $lines(lines, visit),
                    Inline::Anchor(_) | Inline::Break => {}
                }
            }
        }
    };
}

each_text!(each_text, each_text_of_lines, iter, from_ref);
each_text!(each_text_mut, each_text_of_lines_mut, iter_mut, from_mut, mut);

impl Document {
    /// Every text of it, in the order of reading: its title, then that of its blocks.
    pub fn each_text(&self, visit: &mut dyn FnMut(&String)) {
        visit(&self.title);
        each_text(&self.blocks, visit);
    }

    /// The same, to be changed.
    pub fn each_text_mut(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.title);
        each_text_mut(&mut self.blocks, visit);
    }
}

/// How far a document can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Not approved: every page says so, largely.
    Draft,
    /// Approved, with something still to be confirmed: every page says so, discreetly.
    Unconfirmed,
    Final,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", content = "of", rename_all = "lowercase")]
pub enum Block {
    Heading(Heading),
    Paragraph(Vec<Inline>),
    /// `start` is the first number of an ordered list.
    List {
        start: Option<usize>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Code(String),
    Table(Table),
    /// Labels, each with what it labels: the particulars at the head of a document.
    Fields(Vec<Field>),
    Rule,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    pub level: u8,
    /// Word counts such numbers itself, so they are no part of the text.
    pub number: Option<Number>,
    /// What links call it; settled for the whole document.
    pub anchor: String,
    pub content: Vec<Inline>,
}

impl Heading {
    /// Number and text.
    pub fn worded(&self) -> Vec<Inline> {
        let number = self.number.iter().map(|number| Inline::Text(format!("{} ", number.text)));
        number.chain(self.content.iter().cloned()).collect()
    }
}

/// The number of a heading: "II.", "3.", "2.1".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Number {
    pub text: String,
    /// How its own part is written, the last.
    pub numerals: Numerals,
    pub value: u32,
    /// How many parts it has: 2 in "2.1".
    pub parts: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Numerals {
    Roman,
    Decimal,
}

impl Numerals {
    pub fn write(self, value: u32) -> String {
        match self {
            Numerals::Roman => words::roman(value),
            Numerals::Decimal => value.to_string(),
        }
    }
}

/// Octets of a heading's number: "CCCLXXXVIII.3.12." has 17.
const LONGEST_NUMBER: usize = 40;

impl Number {
    /// Reads "II.", "3.", "2.1" or "II.3."; one part alone needs its full stop.
    pub fn read(text: &str) -> Option<Number> {
        if text.len() > LONGEST_NUMBER {
            return None;
        }
        let parts: Vec<&str> = text.strip_suffix('.').unwrap_or(text).split('.').collect();
        let read: Option<Vec<(Numerals, u32)>> = parts.iter().map(|part| numeral(part)).collect();
        let (numerals, value) = *read?.last()?;
        (parts.len() > 1 || text.ends_with('.')).then(|| Number { text: text.to_owned(), numerals, value, parts: parts.len() })
    }
}

fn numeral(text: &str) -> Option<(Numerals, u32)> {
    let value = match text.parse::<u32>() {
        Ok(value) => return (value.to_string() == text).then_some((Numerals::Decimal, value)),
        // Most words of titles are no numbers.
        Err(_) if !text.bytes().all(|letter| b"IVXLC".contains(&letter)) => return None,
        // No document has more sections than that.
        Err(_) => (1..400).find(|value| words::roman(*value) == text)?,
    };
    Some((Numerals::Roman, value))
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    pub label: Vec<Inline>,
    pub content: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", content = "of", rename_all = "lowercase")]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Code(String),
    Link {
        url: String,
        content: Vec<Inline>,
    },
    /// A moment, worded; `moment` is ISO 8601 with its offset.
    Time {
        moment: String,
        text: String,
    },
    /// Something beside the main thing, such as another country's hour.
    Aside(Vec<Inline>),
    /// A note at the foot of the page.
    Note {
        number: usize,
        lines: Vec<Vec<Inline>>,
    },
    /// Behind the text of a heading: what links call it.
    Anchor(String),
    Break,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    pub caption: Option<Vec<Inline>>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Column {
    pub heading: Vec<Inline>,
    pub align: Align,
    /// Share of the table's width in percent.
    pub width: u8,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

/// A cell: lines of text. A cell that the one above reaches into is `covered`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    pub lines: Vec<Vec<Inline>>,
    /// Rows that it takes up.
    pub rows: usize,
    pub covered: bool,
    /// Whether it names its row.
    pub heads_row: bool,
}

impl Cell {
    pub fn new(lines: Vec<Vec<Inline>>) -> Cell {
        Cell { lines, rows: 1, ..Cell::default() }
    }

    pub fn text(text: impl Into<String>) -> Cell {
        Cell::new(vec![vec![Inline::Text(text.into())]])
    }

    pub fn covered() -> Cell {
        Cell { covered: true, rows: 1, ..Cell::default() }
    }
}

/// The text of the first heading.
pub fn title(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(heading) => Some(plain(&heading.worded())),
        _ => None,
    })
}

/// The text of inlines without any marks.
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    write_plain(content, false, &mut out);
    out
}

/// The same with the numbers of notes.
pub fn plain_with_notes(content: &[Inline]) -> String {
    let mut out = String::new();
    write_plain(content, true, &mut out);
    out
}

fn write_plain(content: &[Inline], notes: bool, out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Time { text, .. } => out.push_str(text),
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Aside(content) => write_plain(content, notes, out),
            Inline::Link { url, content } => {
                write_plain(content, notes, out);
                // A mail that is already written opens by its whole address alone.
                let target = url.strip_prefix("mailto:").filter(|address| !address.contains('?')).unwrap_or(url);
                if plain(content) != target && !target.starts_with('#') {
                    out.push_str(&format!(" <{target}>"));
                }
            }
            Inline::Note { number, .. } if notes => out.push_str(&format!(" [{number}]")),
            Inline::Note { .. } | Inline::Anchor(_) => {}
            Inline::Break => out.push('\n'),
        }
    }
}
