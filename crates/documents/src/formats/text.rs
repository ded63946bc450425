//! A document as plain text, for mails, messages and terminals.

use comfy_table::{Cell as TextCell, CellAlignment, ColumnConstraint, ContentArrangement, Table as TextTable, Width};
use unicode_width::UnicodeWidthStr;

use crate::document::links;
use crate::document::{Align, Block, Document, Inline, Table, plain_with_notes as plain};

/// Columns of a line.
const WIDTH: usize = 80;
/// Columns of a label that stands beside what it labels.
const WIDEST_LABEL: usize = 40;
/// Columns of a word at the head of a table: every row of it is as wide.
const WIDEST_WORD: usize = 40;

pub fn render(document: &Document) -> String {
    let mut out = String::new();
    blocks(&document.blocks, WIDTH, &mut out);
    let notes = links::notes(&document.blocks);
    if !notes.is_empty() {
        out.push('\n');
    }
    for (index, note) in notes.iter().enumerate() {
        let number = format!("[{}] ", index + 1);
        let mut text = String::new();
        note.iter().for_each(|line| wrap(&plain(line), WIDTH - number.len(), "", "", &mut text));
        prefixed(&text, &number, &" ".repeat(number.len()), &mut out);
    }
    let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

fn blocks(list: &[Block], width: usize, out: &mut String) {
    for (index, block) in list.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match block {
            Block::Heading(item) => heading(item.level, &item.worded(), width, out),
            Block::Paragraph(content) => wrap(&plain(content), width, "", "", out),
            Block::List { start, items } => {
                for (index, item) in items.iter().enumerate() {
                    let bullet = start.map_or("- ".to_owned(), |start| format!("{}. ", start + index));
                    let mut text = String::new();
                    blocks(item, width.saturating_sub(bullet.len()).max(20), &mut text);
                    prefixed(&text, &bullet, &" ".repeat(bullet.len()), out);
                }
            }
            Block::Quote(content) => {
                let mut text = String::new();
                blocks(content, width.saturating_sub(2).max(20), &mut text);
                prefixed(&text, "> ", "> ", out);
            }
            Block::Code(code) => prefixed(code, "    ", "    ", out),
            Block::Table(content) => out.push_str(&format!("{}\n", table(content, width))),
            Block::Fields(fields) => {
                // A label that is a text stands above, and what it labels below it.
                let longest = fields.iter().map(|field| plain(&field.label).width() + 2).filter(|width| *width <= WIDEST_LABEL);
                let longest = longest.max().unwrap_or(2);
                for field in fields {
                    let mut label = format!("{}:", plain(&field.label));
                    let mut text = String::new();
                    blocks(&field.content, width.saturating_sub(longest).max(20), &mut text);
                    if label.width() + 1 > longest {
                        wrap(&label, width, "", "", out);
                        label = String::new();
                    }
                    let first = format!("{label}{}", " ".repeat(longest.saturating_sub(label.width())));
                    prefixed(&text, &first, &" ".repeat(longest), out);
                }
            }
            Block::Rule => out.push_str(&format!("{}\n", "-".repeat(width))),
        }
    }
}

fn heading(level: u8, content: &[Inline], width: usize, out: &mut String) {
    let text = plain(content);
    let text = if level == 1 { text.to_uppercase() } else { text };
    let before = out.len();
    wrap(&text, width, "", "", out);
    let longest = out[before..].lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    match level {
        1 => out.push_str(&format!("{}\n", "=".repeat(longest))),
        2 => out.push_str(&format!("{}\n", "-".repeat(longest))),
        _ => {}
    }
}

fn wrap(text: &str, width: usize, first: &str, rest: &str, out: &mut String) {
    for paragraph in text.split('\n') {
        let mut line = first.to_owned();
        let mut words = 0;
        let mut used = 0;
        for word in paragraph.split_whitespace() {
            let length = word.width();
            if words > 0 && used + 1 + length > width {
                out.push_str(&line);
                out.push('\n');
                line = rest.to_owned();
                (words, used) = (0, 0);
            }
            if words > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            words += 1;
            used += length;
        }
        out.push_str(&line);
        out.push('\n');
    }
}

fn prefixed(text: &str, first: &str, rest: &str, out: &mut String) {
    for (index, line) in text.lines().enumerate() {
        out.push_str(if index == 0 { first } else { rest });
        out.push_str(line);
        out.push('\n');
    }
}

/// A text of a cell in lines, where it is longer than tables can count: 65,535 columns.
fn in_lines(text: String) -> String {
    const LONGEST: usize = 10_000;
    if text.len() <= LONGEST {
        return text;
    }
    let pieces = text.split(' ').flat_map(|word| {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).step_by(WIDTH).skip(1).chain([word.len()]).collect();
        ends.into_iter().scan(0, move |at, end| Some(&word[std::mem::replace(at, end)..end]))
    });
    let mut lines = String::new();
    wrap(&pieces.collect::<Vec<_>>().join(" "), WIDTH, "", "", &mut lines);
    lines.trim_end().to_owned()
}

/// "11:00–11:30 a. m." is not broken; an address may be.
const UNBROKEN: usize = 18;

fn table(table: &Table, width: usize) -> String {
    let mut text = TextTable::new();
    text.load_style(comfy_table::presets::ASCII_HORIZONTAL_ONLY);
    text.set_content_arrangement(ContentArrangement::Dynamic);
    text.set_width(u16::try_from(width).unwrap_or(80));
    let aligned = |text: String, align| {
        TextCell::new(in_lines(text)).set_alignment(match align {
            Align::Start => CellAlignment::Left,
            Align::Center => CellAlignment::Center,
            Align::End => CellAlignment::Right,
        })
    };
    text.set_header(table.columns.iter().map(|column| aligned(plain(&column.heading), column.align)));
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).map(|(cell, column)| {
            aligned(cell.lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n"), column.align)
        });
        text.add_row(cells);
    }
    // A heading's longest word is not broken, nor are hours and words of their length.
    let longest = |text: &[Inline]| plain(text).split([' ', '\n']).map(UnicodeWidthStr::width).max().unwrap_or(0);
    let columns = table.columns.iter().enumerate().map(|(index, column)| {
        let cells = table.rows.iter().filter_map(|row| row.get(index)).flat_map(|cell| &cell.lines);
        let longest_of_cells = cells.map(|line| longest(line)).filter(|width| *width <= UNBROKEN).max().unwrap_or(0);
        let least = u16::try_from(longest(&column.heading).min(WIDEST_WORD).max(longest_of_cells) + 2).unwrap_or(u16::MAX);
        let share = u16::try_from(width * usize::from(column.width) / 100).unwrap_or(u16::MAX);
        ColumnConstraint::Boundaries { lower: Width::Fixed(least), upper: Width::Fixed(share.max(least)) }
    });
    text.set_constraints(columns);
    let caption = table.caption.as_ref().map(|caption| format!("{}\n\n", plain(caption))).unwrap_or_default();
    format!("{caption}{text}")
}
