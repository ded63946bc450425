//! Links within a document and notes at its foot: every heading gets a name of its own, every note its
//! number, and a link to a name that no heading has is text. So is a note without its reference, or the reverse.

use std::collections::{HashMap, HashSet};

use super::document::{Block, Heading, Inline, plain};
use super::rules::LINK;
use crate::decode::slug;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::locale::Text;
use crate::text;

/// A link that leads nowhere, where it is written: in a template, or in the prose of the note.
pub fn dead_link(sources: &Sources, address: &str) -> Diagnostic {
    if let Some((mark, line)) = address.trim_start_matches('#').split_once('\n') {
        return note_alone(sources, mark, line);
    }
    let (written, name) = (format!("]({address})"), address.trim_start_matches('#'));
    let finding = Diagnostic::new(&LINK, text!("no heading is called `{name}`", "ningún encabezado se llama `{name}`"));
    let place = sources.iter().find_map(|(file, source)| {
        let start = source.text.find(&written)? + 2;
        Some(Span::new(file, start..start + address.len()))
    });
    let finding = match place {
        Some(span) => finding.at(span, Text::fixed("this link leads nowhere", "este enlace no lleva a ninguna parte")),
        None => finding,
    };
    finding.advice(Text::fixed(
        "a link calls a section or session by its `id`, any other heading by its words: [text](#id)",
        "un enlace llama a una sección o sesión por su `id`, y a otro encabezado por sus palabras: [texto](#id)",
    ))
}

/// A link to nowhere in the place of a note that would be lost: `[^1]` without its text, or `[^1]:` that
/// nothing refers to; with the line that it is written on. No address that somebody writes has two lines.
pub fn lost_note(mark: &str, line: &str) -> Inline {
    Inline::Link { url: format!("#{mark}\n{line}"), content: vec![Inline::Text(mark.to_owned())] }
}

fn note_alone(sources: &Sources, mark: &str, line: &str) -> Diagnostic {
    let message = match mark.strip_suffix(':') {
        Some(mark) => text!("no text refers to the note `{mark}`", "ningún texto remite a la nota `{mark}`"),
        None => text!("the note `{mark}` is not written", "la nota `{mark}` no está escrita"),
    };
    let texts = || sources.iter().map(|(file, source)| (file, &source.text));
    // A template's line has its values by now.
    let place = texts()
        .find_map(|(file, text)| Some((file, text.find(line.trim())? + line.trim().find(mark)?)))
        .or_else(|| texts().find_map(|(file, text)| Some((file, text.find(mark)?))));
    let finding = Diagnostic::new(&LINK, message).advice(Text::fixed(
        "each `[^1]` in a text needs a line `[^1]: …` below it in the same text, outside other notes, and each such line its `[^1]`",
        "cada `[^1]` de un texto necesita debajo, en el mismo texto y fuera de otras notas, un renglón `[^1]: …`, y cada renglón así su `[^1]`",
    ));
    match place {
        Some((file, start)) => finding.at(Span::new(file, start..start + mark.len()), Text::default()),
        None => finding,
    }
}

/// What the page around a document calls its body.
const TAKEN: &str = "content";

/// Settles names and numbers; gives the names that links ask for in vain.
pub fn settle(blocks: &mut [Block]) -> Vec<String> {
    let mut names = Names::default();
    names.unused(TAKEN);
    // What the template names comes first, so that a title elsewhere cannot take it away.
    each_heading(blocks, &mut |heading| {
        if !heading.anchor.is_empty() {
            heading.anchor = names.unused(&heading.anchor);
        }
    });
    each_heading(blocks, &mut |heading| {
        if heading.anchor.is_empty() {
            heading.anchor = names.unused(&slug(&plain(&heading.content)));
        }
    });
    let mut names = names.taken;
    names.remove(TAKEN);
    let (mut notes, mut dead) = (0, Vec::new());
    each_line(blocks, &mut |line| settle_line(line, &names, &mut notes, &mut dead));
    dead
}

/// The names of a document's places.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// How often each was asked for, so that the thousandth does not try a thousand.
    asked: HashMap<String, usize>,
}

impl Names {
    /// The name if it is free, else with the next number behind it: "agenda", "agenda-2".
    fn unused(&mut self, name: &str) -> String {
        let name = if name.is_empty() { "section" } else { name };
        let asked = self.asked.entry(name.to_owned()).or_default();
        loop {
            *asked += 1;
            let free = if *asked == 1 { name.to_owned() } else { format!("{name}-{asked}") };
            if self.taken.insert(free.clone()) {
                return free;
            }
        }
    }
}

fn settle_line(line: &mut Vec<Inline>, names: &HashSet<String>, notes: &mut usize, dead: &mut Vec<String>) {
    let mut out = Vec::with_capacity(line.len());
    for mut inline in line.drain(..) {
        match &mut inline {
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Aside(content) | Inline::Link { content, .. } => {
                settle_line(content, names, notes, dead);
            }
            Inline::Note { number, lines } => {
                *notes += 1;
                *number = *notes;
                lines.iter_mut().for_each(|line| settle_line(line, names, notes, dead));
            }
            _ => {}
        }
        match inline {
            Inline::Link { url, content } if url.strip_prefix('#').is_some_and(|name| !names.contains(name)) => {
                dead.push(url);
                out.extend(content);
            }
            inline => out.push(inline),
        }
    }
    *line = out;
}

/// Leads links to other addresses.
pub fn lead_to(blocks: &mut [Block], addresses: &HashMap<String, String>) {
    fn line(content: &mut [Inline], addresses: &HashMap<String, String>) {
        for inline in content {
            match inline {
                Inline::Link { url, content } => {
                    if let Some(address) = addresses.get(url) {
                        url.clone_from(address);
                    }
                    line(content, addresses);
                }
                Inline::Strong(content) | Inline::Emphasis(content) | Inline::Aside(content) => line(content, addresses),
                Inline::Note { lines, .. } => lines.iter_mut().for_each(|content| line(content, addresses)),
                _ => {}
            }
        }
    }
    each_line(blocks, &mut |content| line(content, addresses));
}

fn each_heading(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Heading)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => visit(heading),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_heading(item, visit)),
            Block::Quote(content) => each_heading(content, visit),
            Block::Fields(fields) => fields.iter_mut().for_each(|field| each_heading(&mut field.content, visit)),
            Block::Paragraph(_) | Block::Code(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}

/// Every line of text, in the order of reading.
fn each_line(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Heading(heading) => visit(&mut heading.content),
            Block::Paragraph(content) => visit(content),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_line(item, visit)),
            Block::Quote(content) => each_line(content, visit),
            Block::Table(table) => {
                let rows = table.rows.iter_mut().flatten().flat_map(|cell| cell.lines.iter_mut());
                let heads = table.columns.iter_mut().map(|column| &mut column.heading);
                table.caption.iter_mut().chain(heads).chain(rows).for_each(&mut *visit);
            }
            Block::Fields(fields) => {
                for field in fields {
                    visit(&mut field.label);
                    each_line(&mut field.content, visit);
                }
            }
            Block::Code(_) | Block::Rule => {}
        }
    }
}

/// The headings of a document, in the order of reading.
pub fn headings(blocks: &[Block]) -> Vec<&Heading> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading(heading) => vec![heading],
            Block::List { items, .. } => items.iter().flat_map(|item| headings(item)).collect(),
            Block::Quote(content) => headings(content),
            Block::Fields(fields) => fields.iter().flat_map(|field| headings(&field.content)).collect(),
            Block::Paragraph(_) | Block::Code(_) | Block::Table(_) | Block::Rule => Vec::new(),
        })
        .collect()
}

/// The notes of a document, in the order of their numbers.
pub fn notes(blocks: &[Block]) -> Vec<&[Vec<Inline>]> {
    let mut out = Vec::new();
    notes_of_blocks(blocks, &mut out);
    out
}

fn notes_of_blocks<'b>(blocks: &'b [Block], out: &mut Vec<&'b [Vec<Inline>]>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => notes_of_line(&heading.content, out),
            Block::Paragraph(content) => notes_of_line(content, out),
            Block::List { items, .. } => items.iter().for_each(|item| notes_of_blocks(item, out)),
            Block::Quote(content) => notes_of_blocks(content, out),
            Block::Table(table) => {
                let heads = table.columns.iter().map(|column| &column.heading);
                let cells = table.rows.iter().flatten().flat_map(|cell| &cell.lines);
                table.caption.iter().chain(heads).chain(cells).for_each(|line| notes_of_line(line, out));
            }
            Block::Fields(fields) => {
                for field in fields {
                    notes_of_line(&field.label, out);
                    notes_of_blocks(&field.content, out);
                }
            }
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn notes_of_line<'b>(line: &'b [Inline], out: &mut Vec<&'b [Vec<Inline>]>) {
    for inline in line {
        match inline {
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Aside(content) | Inline::Link { content, .. } => {
                notes_of_line(content, out);
            }
            Inline::Note { lines, .. } => out.push(lines),
            _ => {}
        }
    }
}
