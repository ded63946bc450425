//! A document as Markdown (CommonMark with tables), plain enough to be pasted into a mail.

use std::collections::HashMap;

use comrak::Anchorizer;

use crate::document::links;
use crate::document::{Align, Block, Cell, Document, Field, Inline, Table, plain};

pub fn render(document: &Document) -> String {
    let mut out = String::new();
    let content = with_usual_names(document);
    blocks(&content, &mut out);
    for (index, note) in links::notes(&content).into_iter().enumerate() {
        let paragraphs: Vec<Block> = note.iter().cloned().map(Block::Paragraph).collect();
        let mut text = String::new();
        blocks(&paragraphs, &mut text);
        out.push('\n');
        indented(&text, &format!("[^{}]: ", index + 1), "    ", &mut out);
    }
    out
}

/// Programs that show Markdown name each heading after its text, number and all: links go to those names.
fn with_usual_names(document: &Document) -> Vec<Block> {
    let mut usual = Anchorizer::new();
    let headings = links::headings(&document.blocks);
    let names: HashMap<String, String> = headings
        .into_iter()
        .map(|heading| (format!("#{}", heading.anchor), format!("#{}", usual.anchorize(&plain(&heading.worded())))))
        .collect();
    let mut blocks = document.blocks.clone();
    links::lead_to(&mut blocks, &names);
    blocks
}

fn blocks(list: &[Block], out: &mut String) {
    for (index, item) in list.iter().enumerate() {
        if index > 0 {
            out.push('\n');
            // Two lists in a row would run together.
            if matches!((&list[index - 1], item), (Block::List { .. }, Block::List { .. })) {
                out.push_str("<!-- -->\n\n");
            }
        }
        block(item, out);
    }
}

fn block(block: &Block, out: &mut String) {
    match block {
        Block::Heading(heading) => {
            out.extend(std::iter::repeat_n('#', usize::from(heading.level)));
            out.push(' ');
            let mut line = String::new();
            inlines(&heading.worded(), &mut line);
            let line = line.replace("\\\n", " ");
            // Signs at the end of a heading would be taken for its closing.
            match line.trim().strip_suffix('#') {
                Some(rest) => out.push_str(&format!("{rest}\\#")),
                None => out.push_str(line.trim()),
            }
            out.push('\n');
        }
        Block::Paragraph(content) => {
            let mut line = String::new();
            inlines(content, &mut line);
            out.push_str(&guarded(&line));
            out.push('\n');
        }
        Block::List { start, items } => {
            let tight = items.iter().all(|item| item.len() == 1);
            for (index, item) in items.iter().enumerate() {
                if index > 0 && !tight {
                    out.push('\n');
                }
                let bullet = start.map_or("- ".to_owned(), |start| format!("{}. ", start + index));
                let mut text = String::new();
                blocks(item, &mut text);
                indented(&text, &bullet, &" ".repeat(bullet.len()), out);
            }
        }
        Block::Quote(content) => {
            let mut text = String::new();
            blocks(content, &mut text);
            indented(&text, "> ", "> ", out);
        }
        Block::Code(code) => {
            let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
            out.push_str(&format!("{fence}\n{}\n{fence}\n", code.trim_end_matches('\n')));
        }
        Block::Table(content) => table(content, out),
        Block::Fields(fields) => blocks(&[as_list(fields)], out),
        Block::Rule => out.push_str("---\n"),
    }
}

/// Labels and what they label as a list, which every mail program shows.
fn as_list(fields: &[Field]) -> Block {
    let items = fields.iter().map(|field| {
        let mut label = field.label.clone();
        label.push(Inline::Text(":".to_owned()));
        let label = Inline::Strong(label);
        match &field.content[..] {
            [Block::Paragraph(content), rest @ ..] => {
                let line = [vec![label, Inline::Text(" ".to_owned())], content.clone()].concat();
                [vec![Block::Paragraph(line)], rest.to_vec()].concat()
            }
            rest => [vec![Block::Paragraph(vec![label])], rest.to_vec()].concat(),
        }
    });
    Block::List { start: None, items: items.collect() }
}

fn indented(text: &str, first: &str, rest: &str, out: &mut String) {
    let mut lines = text.lines();
    out.push_str(first);
    out.push_str(lines.next().unwrap_or(""));
    out.push('\n');
    for line in lines {
        if line.is_empty() {
            out.push_str(rest.trim_end());
        } else {
            out.push_str(rest);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn table(table: &Table, out: &mut String) {
    if let Some(caption) = &table.caption {
        let mut line = String::new();
        inlines(caption, &mut line);
        out.push_str(&format!("{}\n\n", guarded(&line)));
    }
    row(table.columns.iter().map(|column| cell(std::slice::from_ref(&column.heading))), out);
    let rule = |align| match align {
        Align::Start => "---",
        Align::Center => ":-:",
        Align::End => "--:",
    };
    row(table.columns.iter().map(|column| rule(column.align).to_owned()), out);
    for cells in &table.rows {
        row(cells.iter().map(|content: &Cell| cell(&content.lines)), out);
    }
}

fn row(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for text in cells {
        out.push_str(&format!(" {text} |"));
    }
    out.push('\n');
}

fn cell(lines: &[Vec<Inline>]) -> String {
    let text = |line: &Vec<Inline>| {
        let mut text = String::new();
        inlines(line, &mut text);
        text.replace("\\\n", " ").replace('\n', " ").replace('|', "\\|").trim().to_owned()
    };
    lines.iter().map(text).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn inlines(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Time { text, .. } => escape(text, out),
            Inline::Strong(content) => wrapped("**", content, out),
            Inline::Emphasis(content) => wrapped("*", content, out),
            Inline::Aside(content) => inlines(content, out),
            Inline::Code(code) => {
                let ticks = "`".repeat(longest_run(code, '`') + 1);
                let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
                out.push_str(&format!("{ticks}{space}{code}{space}{ticks}"));
            }
            Inline::Link { url, content } => {
                out.push('[');
                inlines(content, out);
                out.push_str(&format!(
                    "]({})",
                    url.replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('<', "%3C")
                ));
            }
            Inline::Note { number, .. } => out.push_str(&format!("[^{number}]")),
            Inline::Anchor(_) => {}
            Inline::Break => out.push_str("\\\n"),
        }
    }
}

fn wrapped(sign: &str, content: &[Inline], out: &mut String) {
    out.push_str(sign);
    inlines(content, out);
    out.push_str(sign);
}

/// Escapes what Markdown would take for a mark; what cannot be one stays as people write it.
fn escape(text: &str, out: &mut String) {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '~' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next.is_ascii_alphanumeric() || next == '#',
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        match c {
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
        before = c;
    }
}

/// A paragraph whose first characters would start a heading, a list, a quote or a rule.
fn guarded(line: &str) -> String {
    let line = line.trim();
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    if digits > 0 && matches!(after, Some('.' | ')')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '+', '-', '=', '>', '|', '~']) {
        return format!("\\{line}");
    }
    line.to_owned()
}

fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(|run| run.chars().count()).max().unwrap_or(0)
}
