//! Markdown to the document model. Values from data never pass through the parser: a template leaves
//! marks where they belong, and they are put in after parsing, so whatever they hold is literal.

mod flattened;
mod lines;
mod marks;

pub use marks::{Filling, MARK_END, MARK_START, filled, mark};

use std::collections::HashMap;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use crate::diagnostics::Span;
use crate::document::columns::balance;
pub use crate::document::limits::MOST_STEPS;
use crate::document::limits::{self, TooLarge};
use crate::document::links::{self, Lost};
use crate::document::{Align, Block, Cell, Column, Field, Heading, Inline, Number, Table};
use marks::{Piece, pieces};

/// What is nested deeper is text: nobody reads further, and a page has no room for it.
const DEEPEST: u32 = 12;

/// What was read, and the text beside a block that does not stand on a line of its own.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub blocks: Vec<Block>,
    pub misplaced: Option<String>,
    /// What it cannot show: links to places that it does not have, notes alone, pictures, tables without room.
    pub lost: Vec<Lost>,
}

/// Where some words in a line of a text (counted from 0) are written.
pub type Places<'p> = &'p dyn Fn(usize, &str) -> Option<Span>;

/// Parses prose that stands at a place of its own, which holds no marks.
pub fn prose(markdown: &str, places: Places<'_>) -> Vec<Block> {
    read(markdown, &[], places, limits::MOST_STEPS).blocks
}

/// Parses a whole document, that may take so many steps of work.
pub fn parse(markdown: &str, fillings: &[Filling], steps: usize) -> Parsed {
    let mut parsed = read(markdown, fillings, &|_, _| None, steps);
    parsed.lost = links::settle(&mut parsed.blocks);
    parsed
}

fn read(markdown: &str, fillings: &[Filling], places: Places<'_>, steps: usize) -> Parsed {
    // Signs that nobody sees, and that some formats may not hold (XML 1.0 §2.2).
    let markdown = &markdown.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'), "");
    if let Some((number, why)) = limits::too_large(markdown) {
        let line = markdown.lines().nth(number).unwrap_or_default();
        let sort = if why == TooLarge::Columns { links::TABLE } else { links::LONG };
        let lost = Lost::inline(sort, "…", places(number, ""), line);
        return Parsed { blocks: vec![Block::Paragraph(vec![lost])], misplaced: None, lost: Vec::new() };
    }
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.description_lists = true;
    options.extension.footnotes = true;
    // Else those that nothing refers to are gone.
    options.parse.leave_footnote_definitions = true;
    let root = parse_document(&arena, markdown, &options);
    let notes = root.descendants().filter_map(|node| match &node.data().value {
        NodeValue::FootnoteDefinition(note) => Some((note.name.clone(), node)),
        _ => None,
    });
    let mut reader = Reader {
        lines: markdown.lines().collect(),
        places,
        fillings,
        notes: notes.collect(),
        within_note: false,
        lost: false,
        left: steps,
        beyond: None,
        depth: 0,
        level: 1,
        misplaced: None,
    };
    let mut blocks = reader.blocks(root);
    if let Some(beyond) = reader.beyond {
        blocks = vec![Block::Paragraph(vec![beyond])];
    }
    Parsed { blocks, misplaced: reader.misplaced, lost: Vec::new() }
}

struct Reader<'f, 'a> {
    lines: Vec<&'f str>,
    places: Places<'f>,
    fillings: &'f [Filling],
    notes: HashMap<String, &'a AstNode<'a>>,
    /// A note has no notes, least of all itself.
    within_note: bool,
    /// Whether a note without its text or its reference is told already.
    lost: bool,
    /// The steps of work that are left, and what stands for the first part that would take more.
    left: usize,
    beyond: Option<Inline>,
    /// How far within quotes, lists and emphasis.
    depth: u32,
    /// Level of the heading above, under which the headings of a filling go.
    level: u8,
    misplaced: Option<String>,
}

impl<'f, 'a> Reader<'f, 'a> {
    fn blocks(&mut self, parent: &'a AstNode<'a>) -> Vec<Block> {
        if self.depth == DEEPEST {
            return vec![Block::Paragraph(self.flat(parent))];
        }
        self.depth += 1;
        let mut blocks = Vec::new();
        for node in parent.children() {
            if !self.takes(limits::steps(&node.data().value), node) {
                break;
            }
            self.block(node, &mut blocks);
        }
        self.depth -= 1;
        blocks
    }

    /// Whether so many steps are left, for what stands at a node.
    fn takes(&mut self, steps: usize, node: &'a AstNode<'a>) -> bool {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => {
                self.left = 0;
                if self.beyond.is_none() {
                    self.beyond = Some(self.lost(links::LONG, "", "…", node));
                }
            }
        }
        self.beyond.is_none()
    }

    fn block(&mut self, node: &'a AstNode<'a>, out: &mut Vec<Block>) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Heading(heading) => {
                self.level = heading.level;
                out.push(Block::Heading(self.heading(heading.level, node)));
            }
            NodeValue::Paragraph => self.paragraph(node, out),
            NodeValue::FootnoteDefinition(note) if note.total_references == 0 => {
                out.push(Block::Paragraph(vec![self.lost_note(&format!("[^{}]:", note.name), node)]));
            }
            // Read where it is referred to.
            NodeValue::FootnoteDefinition(_) => {}
            NodeValue::List(list) => {
                let mut items = Vec::new();
                for item in node.children() {
                    if !self.takes(1, item) {
                        break;
                    }
                    items.push(self.blocks(item));
                }
                out.push(Block::List { start: (list.list_type == ListType::Ordered).then_some(list.start), items });
            }
            NodeValue::DescriptionList => {
                let mut fields = Vec::new();
                for item in node.children() {
                    if !self.takes(1, item) {
                        break;
                    }
                    fields.push(self.field(item));
                }
                out.push(Block::Fields(fields));
            }
            NodeValue::BlockQuote => out.push(Block::Quote(self.blocks(node))),
            NodeValue::CodeBlock(code) => out.push(Block::Code(self.literal(&code.literal))),
            NodeValue::HtmlBlock(html) => out.push(Block::Paragraph(self.text(html.literal.trim_end()))),
            NodeValue::ThematicBreak => out.push(Block::Rule),
            NodeValue::Table(table) => out.push(Block::Table(self.table(node, &table.alignments))),
            _ => out.extend(self.blocks(node)),
        }
    }

    /// A heading that begins with a number in the template's own text, or with a value that is nothing
    /// but a number, is numbered; a title that happens to begin so is not.
    fn heading(&mut self, level: u8, node: &'a AstNode<'a>) -> Heading {
        let mut content = self.inlines(node);
        let begins = node.first_child().and_then(|child| child.data().value.text().map(|text| text.to_string()));
        let number = begins.and_then(|text| self.leading_word(&text)).and_then(|word| Number::read(&word));
        if let (Some(number), Some(Inline::Text(text))) = (&number, content.first_mut()) {
            *text = text.strip_prefix(&number.text).unwrap_or(text).trim_start().to_owned();
        }
        let anchor = content.iter().find_map(|inline| match inline {
            Inline::Anchor(name) => Some(name.clone()),
            _ => None,
        });
        content.retain(|inline| *inline != Inline::Text(String::new()) && !matches!(inline, Inline::Anchor(_)));
        Heading { level, number, anchor: anchor.unwrap_or_default(), content }
    }

    /// What stands before the first space of a text, unless a value reaches over it.
    fn leading_word(&self, text: &str) -> Option<String> {
        let mut word = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => match text.split_once(' ') {
                    Some((before, _)) => return Some(word + before),
                    None => word.push_str(text),
                },
                Piece::Mark(index) => match self.fillings.get(index)? {
                    Filling::Text(text) if !text.contains(' ') => word.push_str(text),
                    _ => return None,
                },
            }
        }
        None
    }

    /// A paragraph that is nothing but the mark of blocks becomes those blocks.
    fn paragraph(&mut self, node: &'a AstNode<'a>, out: &mut Vec<Block>) {
        if let Some(Filling::Blocks(blocks)) = self.only_mark(node) {
            let level = self.level;
            out.extend(blocks.iter().cloned().map(|block| below(block, level)));
            return;
        }
        let content = self.inlines(node);
        if !content.is_empty() {
            out.push(Block::Paragraph(content));
        }
    }

    fn field(&mut self, item: &'a AstNode<'a>) -> Field {
        let mut field = Field { label: Vec::new(), content: Vec::new() };
        for part in item.children() {
            match part.data().value {
                NodeValue::DescriptionTerm => field.label = self.inlines(part),
                _ => field.content.extend(self.blocks(part)),
            }
        }
        field
    }

    fn only_mark(&self, node: &'a AstNode<'a>) -> Option<&Filling> {
        let only = node.first_child().filter(|child| child.next_sibling().is_none())?;
        let data = only.data();
        let text = data.value.text()?.trim();
        let index = text.strip_prefix(MARK_START)?.strip_suffix(MARK_END)?.parse::<usize>().ok()?;
        self.fillings.get(index)
    }

    /// The line that a node begins on, and its number from 0.
    fn line(&self, node: &'a AstNode<'a>) -> (usize, &'f str) {
        let number = node.data().sourcepos.start.line.saturating_sub(1);
        (number, self.lines.get(number).copied().unwrap_or_default())
    }

    /// In the place of what cannot be shown: `written` is how it begins where it is written.
    fn lost(&self, address: &str, written: &str, shown: &str, node: &'a AstNode<'a>) -> Inline {
        let (number, line) = self.line(node);
        Lost::inline(address, shown, (self.places)(number, written), line)
    }

    fn table(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) -> Table {
        let mut table = Table::default();
        for row in node.children() {
            if !self.takes(1 + alignments.len(), row) {
                break;
            }
            let header = matches!(row.data().value, NodeValue::TableRow(true));
            let cells: Vec<Vec<Inline>> = row.children().map(|cell| self.inlines(cell)).collect();
            if header {
                let align = |index: usize| match alignments.get(index) {
                    Some(TableAlignment::Right) => Align::End,
                    Some(TableAlignment::Center) => Align::Center,
                    _ => Align::Start,
                };
                table.columns = cells
                    .into_iter()
                    .enumerate()
                    .map(|(index, heading)| Column { heading, align: align(index), width: 0 })
                    .collect();
            } else {
                table.rows.push(cells.into_iter().map(|line| Cell::new(vec![line])).collect());
            }
        }
        balance(&mut table);
        table
    }
}

/// Headings of a filling stand below the heading under which it is put.
fn below(block: Block, level: u8) -> Block {
    match block {
        Block::Heading(heading) => Block::Heading(Heading { level: (heading.level + level).min(6), ..heading }),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;

    #[test]
    fn a_filling_is_literal_wherever_it_stands() {
        let hostile = "*A|B_<b>[x](y) `c` {{ 7 }}";
        let markdown = format!("# {0}\n\nby **{0}**, `{0}`\n\n| a |\n|---|\n| {0} |\n", mark(0));
        let blocks = parse(&markdown, &[Filling::Text(hostile.to_owned())], MOST_STEPS).blocks;
        let Block::Heading(heading) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(heading.content, [Inline::Text(hostile.to_owned())]);
        let Block::Paragraph(content) = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!(content[1], Inline::Strong(vec![Inline::Text(hostile.to_owned())]));
        assert_eq!(content[3], Inline::Code(hostile.to_owned()));
        let Block::Table(table) = &blocks[2] else { panic!("{blocks:?}") };
        assert_eq!(table.rows[0][0], Cell::text(hostile));
    }

    #[test]
    fn numbers_are_the_templates_own_and_never_a_titles() {
        let heading = |markdown: &str, fillings: &[&str]| {
            let fillings: Vec<Filling> = fillings.iter().map(|text| Filling::Text((*text).to_owned())).collect();
            let Some(Block::Heading(heading)) = parse(markdown, &fillings, MOST_STEPS).blocks.pop() else { panic!("{markdown}") };
            (heading.number.map(|number| number.text), plain(&heading.content))
        };
        let number = |text: &str| Some(text.to_owned());
        assert_eq!(heading(&format!("## {}. {}", mark(0), mark(1)), &["IV", "Notes"]), (number("IV."), "Notes".to_owned()));
        assert_eq!(heading("### 2.1 Scope", &[]), (number("2.1"), "Scope".to_owned()));
        assert_eq!(heading("## 3. *Whole*", &[]), (number("3."), "Whole".to_owned()));
        assert_eq!(heading(&format!("## {}", mark(0)), &["I. M. Pei"]), (None, "I. M. Pei".to_owned()));
        assert_eq!(heading("## 2022 in brief", &[]), (None, "2022 in brief".to_owned()));
        assert_eq!(heading("## IIII. Notes", &[]), (None, "IIII. Notes".to_owned()));
    }

    #[test]
    fn what_is_nested_beyond_reading_is_text() {
        for nested in ["> ".repeat(100_000), "1. ".repeat(50_000), "*a **b ".repeat(20_000) + "x" + &" b** a*".repeat(20_000)] {
            let blocks = prose(&format!("{nested}word"), &|_, _| None);
            assert!(format!("{blocks:?}").contains("word"));
        }
    }

    #[test]
    fn one_lost_note_is_told_however_many_there_are() {
        let parsed = parse(&"[^a] ".repeat(100_000), &[], MOST_STEPS);
        assert_eq!(parsed.lost.len(), 1);
    }

    #[test]
    fn signs_that_nobody_sees_are_left_out() {
        let blocks = prose("a\u{1}b\u{1b}[31m\r\nc\u{85}d", &|_, _| None);
        let Block::Paragraph(content) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(plain(content), "ab[31m cd");
    }

    #[test]
    fn links_to_scripts_are_text() {
        let blocks = prose("[a](javascript:alert(1)) [b](https://example.org)", &|_, _| None);
        let Block::Paragraph(content) = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(content[0], Inline::Text("a ".to_owned()));
        assert!(matches!(&content[1], Inline::Link { url, .. } if url == "https://example.org"));
    }
}
