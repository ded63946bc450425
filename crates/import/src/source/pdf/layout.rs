//! A PDF without tags: tables by their lines, or by the hours at their left; the rest as paragraphs.

use std::collections::HashSet;

use super::super::Document;
use super::super::blocks::{Blocks, Style};
use super::joined::{join, words};
use super::lines::{Line, lines, without_margins};
use super::reader::Page;
use super::ruled::{Cell, Table};
use super::{anchored, ruled};
use crate::grammar::{Meaning, marks};

enum Part {
    Table(Table),
    Text(Vec<Line>),
}

pub(crate) fn read(mut pages: Vec<Page>) -> Document {
    let words = words(&pages);
    let body = body_size(&pages);
    let drawn: Vec<Vec<Table>> = pages.iter_mut().map(|page| ruled::tables(page, &words)).collect();
    without_margins(&mut pages);
    let texts: Vec<Vec<Line>> = pages.into_iter().map(|page| lines(page.runs)).collect();
    let columns = anchored::columns(&texts.concat());
    let mut parts: Vec<Part> = Vec::new();
    // Text goes on from page to page.
    let mut pending: Vec<Line> = Vec::new();
    for (tables, text) in drawn.into_iter().zip(texts) {
        let mut tables = tables.into_iter().peekable();
        for line in text {
            while let Some(table) = tables.next_if(|table| table.top > line.base) {
                parts.extend(loose(std::mem::take(&mut pending), columns.as_deref(), &words));
                push(&mut parts, table);
            }
            pending.push(line);
        }
        for table in tables {
            parts.extend(loose(std::mem::take(&mut pending), columns.as_deref(), &words));
            push(&mut parts, table);
        }
    }
    parts.extend(loose(pending, columns.as_deref(), &words));
    let mut blocks = Blocks::default();
    for part in parts {
        match part {
            Part::Table(table) => {
                blocks.open_table();
                columns_of(&table).into_iter().for_each(|row| blocks.row(row));
                blocks.gap();
            }
            Part::Text(lines) => paragraphs(&lines, body, &words, &mut blocks),
        }
    }
    blocks.document()
}

/// The size in which most is set.
fn body_size(pages: &[Page]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for run in pages.iter().flat_map(|page| &page.runs) {
        match sizes.iter_mut().find(|(size, _)| (size - run.size).abs() < 0.3) {
            Some((_, count)) => *count += run.text.len(),
            None => sizes.push((run.size, run.text.len())),
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(11.0, |(size, _)| size)
}

/// Lines outside the tables that are drawn: rows that hours open, and text.
fn loose(lines: Vec<Line>, columns: Option<&[f32]>, words: &HashSet<String>) -> Vec<Part> {
    let mut found = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some((table, taken)) = columns.and_then(|columns| anchored::table(&lines[at..], columns, words)) {
            if !text.is_empty() {
                found.push(Part::Text(std::mem::take(&mut text)));
            }
            push(&mut found, table);
            at += taken;
        } else {
            text.push(lines[at].clone());
            at += 1;
        }
    }
    if !text.is_empty() {
        found.push(Part::Text(text));
    }
    found
}

/// Adds a table, or what goes on of the one before it over the end of a page.
fn push(parts: &mut Vec<Part>, table: Table) {
    let sides = |table: &Table| Some((table.rows.first()?.first()?.left, table.rows.first()?.last()?.right));
    let alike = |last: &Table| {
        sides(last).zip(sides(&table)).is_some_and(|(one, other)| (one.0 - other.0).abs() < 4.0 && (one.1 - other.1).abs() < 4.0)
    };
    let Some(Part::Table(last)) =
        parts.last_mut().filter(|last| matches!(last, Part::Table(last) if last.bottom < table.top && alike(last)))
    else {
        parts.push(Part::Table(table));
        return;
    };
    let mut rows = table.rows.into_iter().peekable();
    // The head again.
    let same = |one: &[Cell], other: &[Cell]| one.iter().map(|cell| &cell.text).eq(other.iter().map(|cell| &cell.text));
    rows.next_if(|row| last.rows.first().is_some_and(|head| same(head, row)));
    if let (Some(row), Some(above)) = (rows.peek(), last.rows.last_mut())
        && goes_on(above, row)
    {
        let words = HashSet::new();
        for more in row.iter().filter(|more| !more.text.is_empty()) {
            let middle = (more.left + more.right) / 2.0;
            if let Some(cell) = above.iter_mut().find(|cell| cell.left <= middle && middle <= cell.right) {
                join(&mut cell.text, &more.text, &words);
            }
        }
        rows.next();
    }
    last.rows.extend(rows);
    // Whatever comes next on a page below is farther down.
    last.bottom = table.bottom;
}

/// Whether the first row of a page is the rest of the last of the page before: what it says begins nothing.
fn goes_on(above: &[Cell], row: &[Cell]) -> bool {
    const OPEN: [&str; 21] = [
        "y", "de", "del", "la", "el", "los", "las", "and", "of", "the", "for", "to", "a", "en", "in", "e", "con", "from", "para",
        "da", "et",
    ];
    let open = |text: &str| {
        let text = text.trim_end();
        text.ends_with([',', '-', '–', '(', '/', ':', '&']) || text.rsplit(' ').next().is_some_and(|word| OPEN.contains(&word))
    };
    let over = |cell: &Cell| {
        above.iter().find(|own| own.left <= (cell.left + cell.right) / 2.0 && (cell.left + cell.right) / 2.0 <= own.right)
    };
    let mut filled = row.iter().filter(|cell| !cell.text.is_empty());
    let Some(first) = filled.next() else { return false };
    // "10.35-" over "10.40am": the hour itself was parted.
    let timed = |text: &str| marks(text).iter().any(|mark| matches!(mark.meaning, Meaning::Hours { .. }));
    if over(first).is_some_and(|above| timed(&above.text) && open(&above.text)) && timed(&first.text) {
        return true;
    }
    !timed(&first.text)
        && std::iter::once(first).chain(filled).all(|cell| {
            cell.text.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | ')' | ','))
                || over(cell).is_some_and(|above| open(&above.text))
        })
}

/// The rows with a text for each column: cells that reach over several stand in each of them, but for the first.
fn columns_of(table: &Table) -> Vec<Vec<String>> {
    let mut edges: Vec<f32> = table.rows.iter().flatten().map(|cell| cell.left).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|one, other| (*one - *other).abs() < 4.0);
    let row = |row: &Vec<Cell>| {
        let mut texts = vec![String::new(); edges.len()];
        for (at, cell) in row.iter().enumerate() {
            let mut first = true;
            for (edge, text) in edges.iter().zip(&mut texts) {
                if *edge > cell.left - 4.0 && *edge < cell.right - 4.0 && (first || at > 0) {
                    text.clone_from(&cell.text);
                    first = false;
                }
            }
        }
        texts
    };
    table.rows.iter().map(row).collect()
}

/// Lines as paragraphs: what goes on to the right edge goes on in the next line.
fn paragraphs(lines: &[Line], body: f32, words: &HashSet<String>, blocks: &mut Blocks) {
    let margin = lines.iter().map(Line::left).fold(f32::MAX, f32::min);
    let edge = lines.iter().map(Line::right).fold(0.0, f32::max);
    let steps: Vec<f32> = lines.windows(2).map(|pair| pair[0].base - pair[1].base).collect();
    let mut text = String::new();
    let mut first: Option<&Line> = None;
    let mut last: Option<&Line> = None;
    let flush = |text: &mut String, first: Option<&Line>, blocks: &mut Blocks| {
        let Some(line) = first.filter(|_| !text.is_empty()) else { return };
        let large = line.size > body * 1.15 && text.split_whitespace().count() <= 25;
        let level = if line.size > body * 1.5 { 1 } else { 2 };
        let style = Style { heading: if large { level } else { 0 }, ..Style::default() };
        let blanks = ((line.left() - margin) / (line.size * 0.5)).round().clamp(0.0, 40.0);
        // Wide blanks within a line are columns.
        let columns = line.segments();
        let own = if columns.len() > 1 && *text == line.text() {
            columns.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("   ")
        } else {
            std::mem::take(text)
        };
        text.clear();
        blocks.paragraph(&format!("{}{own}", " ".repeat(if large { 0 } else { blanks as usize })), style);
    };
    for (at, line) in lines.iter().enumerate() {
        let own = line.text();
        let step = at.checked_sub(1).map_or(0.0, |at| steps[at]);
        let apart = step > line.size * 1.9;
        let goes_on = last.is_some_and(|last| {
            // The next word would not have gone into the line above.
            let word = own.split(' ').next().unwrap_or_default().chars().count() as f32 / own.chars().count().max(1) as f32;
            let width = (line.right() - line.left()) * word + line.size * 0.5;
            let full = last.right() + width > edge - (edge - margin) * 0.02 || own.starts_with(char::is_lowercase);
            // Over the end of a page only what is no whole sentence.
            let whole = step <= 0.0 && text.trim_end().ends_with(['.', ':', ';', '?', '!']);
            full && !apart && !whole && (last.size - line.size).abs() < 0.6 && !opens(&own)
        });
        if goes_on {
            join(&mut text, &own, words);
        } else {
            flush(&mut text, first, blocks);
            if apart {
                blocks.gap();
            }
            text = own;
            first = Some(line);
        }
        last = Some(line);
    }
    flush(&mut text, first, blocks);
    blocks.gap();
}

/// Whether a line begins something: an item with its hour, or one of a list.
fn opens(text: &str) -> bool {
    let line = super::super::plain::line(text, 1);
    let timed = marks(text)
        .first()
        .is_some_and(|mark| mark.range.start <= 3 && matches!(mark.meaning, Meaning::Hours { .. } | Meaning::Minutes { .. }));
    timed || line.is_list_item()
}
