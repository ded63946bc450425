//! A PDF that says what its parts are: headings, lists, and the cells of tables.

use std::collections::HashSet;

use super::super::blocks::{Blocks, Style};
use super::super::{Bullet, Document};
use super::joined::Joined;
use super::reader::{Kind, Page, Run, Tag};

/// Whether most of the text stands in tags.
pub(crate) fn is_tagged(pages: &[Page]) -> bool {
    let letters = |keep: &dyn Fn(&Run) -> bool| {
        pages.iter().flat_map(|page| &page.runs).filter(|run| !run.aside && keep(run)).map(|run| run.text.len()).sum::<usize>()
    };
    let all = letters(&|_| true);
    all > 0 && letters(&|run| !run.tags.is_empty()) * 10 >= all * 8
}

/// A part of the document as the tags part it.
struct Part {
    tag: Tag,
    text: Joined,
    label: String,
    level: usize,
    numbered: bool,
    /// Rows by their tags, with their cells.
    rows: Vec<(u32, Vec<Cell>)>,
}

struct Cell {
    id: u32,
    columns: usize,
    left: f32,
    text: Joined,
    /// The paragraph that it ended with.
    paragraph: u32,
}

pub(crate) fn read(pages: &[Page]) -> Document {
    let words = super::joined::words(pages);
    let mut parts: Vec<Part> = Vec::new();
    for (page, run) in pages.iter().enumerate().flat_map(|(at, page)| page.runs.iter().map(move |run| (at, run))) {
        let Some(own) = block(run).filter(|_| !run.aside) else { continue };
        if parts.last().is_none_or(|last| last.tag != own) {
            parts.push(Part {
                tag: own,
                text: Joined::default(),
                label: String::new(),
                level: run.tags.iter().filter(|tag| tag.kind == Kind::List).count().saturating_sub(1),
                numbered: false,
                rows: Vec::new(),
            });
        }
        let Some(part) = parts.last_mut() else { continue };
        if own.kind == Kind::Table {
            cell(part, page, run);
        } else if run.tags.iter().any(|tag| tag.kind == Kind::Label) && own.kind == Kind::Item {
            part.numbered |= run.text.chars().any(char::is_alphanumeric);
            part.label.push_str(run.text.trim());
        } else {
            part.text.push(run, page);
        }
    }
    let mut blocks = Blocks::default();
    for part in parts {
        match part.tag.kind {
            Kind::Table => {
                blocks.open_table();
                let rows: Vec<Vec<Cell>> = part.rows.into_iter().map(|(_, row)| row).collect();
                for (at, row) in rows.iter().enumerate() {
                    blocks.row(placed(row, &rows[..at], &words));
                }
                blocks.gap();
            }
            Kind::Item => {
                // The number may stand within the text of the item.
                let own = super::super::plain::line(&part.text.text(&words), 1);
                let numbered = part.numbered || own.bullet == Bullet::Number;
                let bullet = if numbered { Bullet::Number } else { Bullet::Sign('•') };
                blocks.paragraph(&own.whole(), Style { bullet, level: part.level, ..Style::default() });
            }
            kind => {
                blocks.gap();
                let heading = if let Kind::Heading(level) = kind { level } else { 0 };
                blocks.paragraph(&part.text.text(&words), Style { heading, ..Style::default() });
                blocks.gap();
            }
        }
    }
    blocks.document()
}

/// What a run is a part of: the table, else the item of a list, else the innermost.
fn block(run: &Run) -> Option<Tag> {
    let last = |kind| run.tags.iter().rev().find(|tag| tag.kind == kind);
    run.tags
        .iter()
        .find(|tag| tag.kind == Kind::Table)
        .or_else(|| last(Kind::Item))
        .or_else(|| run.tags.iter().rev().find(|tag| tag.kind != Kind::Label && tag.kind != Kind::List))
        .copied()
}

fn cell(part: &mut Part, page: usize, run: &Run) {
    let id = |kind| run.tags.iter().find(|tag| tag.kind == kind).map(|tag| tag.id);
    let row = id(Kind::Row).unwrap_or(0);
    let own = id(Kind::Cell).unwrap_or(row);
    // What a page's end parted comes back under the same tags.
    let at = part.rows.iter().rposition(|(id, _)| *id == row).unwrap_or_else(|| {
        part.rows.push((row, Vec::new()));
        part.rows.len() - 1
    });
    let cells = &mut part.rows[at].1;
    let at = cells.iter().rposition(|cell| cell.id == own).unwrap_or_else(|| {
        cells.push(Cell { id: own, columns: run.columns, left: run.left, text: Joined::default(), paragraph: 0 });
        cells.len() - 1
    });
    let cell = &mut cells[at];
    cell.left = cell.left.min(run.left);
    let paragraph = run.tags.iter().rev().find(|tag| tag.kind == Kind::Paragraph).map_or(0, |tag| tag.id);
    if cell.paragraph != paragraph && cell.paragraph != 0 {
        cell.text.line();
    }
    cell.paragraph = paragraph;
    cell.text.push(run, page);
}

/// The texts of a row. Empty cells have no letters and so no tags: those that are there go where they stand in a fuller row.
fn placed(row: &[Cell], above: &[Vec<Cell>], words: &HashSet<String>) -> Vec<String> {
    let width = |row: &[Cell]| row.iter().map(|cell| cell.columns).sum::<usize>();
    let fuller = above.iter().rev().find(|other| other.len() > row.len() && width(other) > width(row));
    let mut cells: Vec<String> = Vec::new();
    for cell in row {
        let column = fuller.and_then(|other| {
            let mut column = 0;
            let starts = other.iter().map(|other| {
                column += other.columns;
                (column - other.columns, other.left)
            });
            starts
                .min_by(|one, other| (one.1 - cell.left).abs().total_cmp(&(other.1 - cell.left).abs()))
                .map(|(column, _)| column)
        });
        while column.is_some_and(|column| cells.len() < column) {
            cells.push(String::new());
        }
        let text = cell.text.text(words);
        let first = cells.is_empty();
        cells.push(text.clone());
        cells.extend((1..cell.columns).map(|_| if first { String::new() } else { text.clone() }));
    }
    let all = fuller.map_or(0, |other| width(other));
    while cells.len() < all {
        cells.push(String::new());
    }
    cells
}
