//! Links within a document and notes at its foot: every heading gets a name of its own, every note its
//! number, and a link to a name that no heading has is text. So is a note without its reference, or the reverse.

use std::collections::{HashMap, HashSet};

use crate::decode::slug;
use crate::diagnostics::{Diagnostic, FileId, Sources, Span};
use crate::document::limits::MOST_COLUMNS;
use crate::document::{Block, Heading, Inline, plain};
use crate::locale::Text;
use crate::rules::{LINK, NOT_SHOWN};
use crate::text;

/// What a document cannot show, with the place and the line where it is written, as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub address: String,
    place: Option<Span>,
    line: String,
}

/// Stands for a picture.
pub const PICTURE: &str = "![";
/// Stands for a table that no page has room for.
pub const TABLE: &str = "|-|";
/// Stands for all that a text has beyond what a document can hold.
pub const LONG: &str = "…";

impl Lost {
    /// The finding about the first: of several documents that show the same text it is the same. `files` are those
    /// that the text may come from where its place is not known: the template.
    pub fn finding(lost: &[Lost], sources: &Sources, files: &[FileId]) -> Option<Diagnostic> {
        let name = &lost.first()?.address;
        let (finding, searched, advice) = match name.as_str() {
            PICTURE => (
                Diagnostic::new(&NOT_SHOWN, Text::fixed("a document shows no pictures", "un documento no muestra imágenes")),
                PICTURE.to_owned(),
                Text::fixed(
                    "take it out, or lead to it: `[text](https://…)`; logos go into `branding.toml`",
                    "quítela, o remita a ella: `[texto](https://…)`; los logotipos van en `branding.toml`",
                ),
            ),
            TABLE => (
                Diagnostic::new(
                    &NOT_SHOWN,
                    Text::fixed("no page has room for this table", "ninguna página tiene lugar para esta tabla"),
                ),
                String::new(),
                text!(
                    "divide it: a table may have {MOST_COLUMNS} columns",
                    "divídala: una tabla puede tener {MOST_COLUMNS} columnas"
                ),
            ),
            LONG => (
                Diagnostic::new(
                    &NOT_SHOWN,
                    Text::fixed(
                        "this text is longer than a document can be",
                        "este texto es más largo de lo que puede ser un documento",
                    ),
                ),
                String::new(),
                Text::fixed(
                    "divide it into several documents; where a template writes it, look at its `for`",
                    "divídalo en varios documentos; si lo escribe una plantilla, revise su `for`",
                ),
            ),
            note if note.starts_with("[^") => (note_alone(note), note.to_owned(), NOTES.clone()),
            name => (
                Diagnostic::new(&LINK, text!("no heading is called `{name}`", "ningún encabezado se llama `{name}`")),
                format!("#{name}"),
                Text::fixed(
                    "a link calls a section or session by its `id`, any other heading by its words: [text](#id)",
                    "un enlace llama a una sección o sesión por su `id`, y a otro encabezado por sus palabras: [texto](#id)",
                ),
            ),
        };
        let why = match searched.starts_with('#') {
            true => Text::fixed("this link leads nowhere", "este enlace no lleva a ninguna parte"),
            false if name == LONG => Text::fixed("from here on it is too much", "de aquí en adelante es demasiado"),
            false => Text::default(),
        };
        let lost = lost.first()?;
        let place = lost.place.or_else(|| files.iter().find_map(|file| within(sources, *file, &lost.line, &searched)));
        let place = place.or_else(|| alike(sources, files, &lost.line).filter(|_| searched.is_empty()));
        let finding = finding.advice(advice);
        Some(match place {
            Some(place) => finding.at(place, why),
            None => finding,
        })
    }

    /// Within a text, until it is known whether it leads somewhere: the address of a link, which has no line ends. The
    /// line is to find its place by: where that is known it would be held once for each link in it.
    pub fn pending(address: &str, place: Option<Span>, line: &str) -> String {
        match place {
            Some(span) => format!("#{address}\n{} {} {}\n", span.file.0, span.start, span.end),
            None => format!("#{address}\n\n{line}"),
        }
    }

    fn read(address: &str) -> Lost {
        let mut lines = address.trim_start_matches('#').splitn(3, '\n');
        let mut next = || lines.next().unwrap_or_default();
        let (address, place, line) = (next().to_owned(), next(), next().to_owned());
        let numbers: Vec<u32> = place.split(' ').filter_map(|number| number.parse().ok()).collect();
        let place = match numbers[..] {
            [file, start, end] => Some(Span { file: FileId(file), start, end }),
            _ => None,
        };
        Lost { address, place, line }
    }

    /// In the place of what would be lost.
    pub fn inline(address: &str, shown: &str, place: Option<Span>, line: &str) -> Inline {
        Inline::Link { url: Lost::pending(address, place, line), content: vec![Inline::Text(shown.to_owned())] }
    }
}

static NOTES: Text = Text::fixed(
    "each `[^1]` in a text needs a line `[^1]: …` below it in the same text, outside other notes, and each such line its `[^1]`",
    "cada `[^1]` de un texto necesita debajo, en el mismo texto y fuera de otras notas, un renglón `[^1]: …`, y cada renglón así su `[^1]`",
);

fn note_alone(mark: &str) -> Diagnostic {
    let message = match mark.strip_suffix(':') {
        Some(mark) => text!("no text refers to the note `{mark}`", "ningún texto remite a la nota `{mark}`"),
        None => text!("the note `{mark}` is not written", "la nota `{mark}` no está escrita"),
    };
    Diagnostic::new(&LINK, message)
}

/// Some words within a line of a file, the whole line where there are none; a template's line may have changed, as
/// its values are put in, so that only the words are found.
fn within(sources: &Sources, file: FileId, line: &str, words: &str) -> Option<Span> {
    let (text, line) = (&sources.get(file).text, line.trim());
    let whole = || Some((text.find(line).filter(|_| !line.is_empty())?, line));
    let in_line = whole().and_then(|(start, line)| Some(start + line.find(words)?));
    let (start, length) = match words {
        "" => whole().map(|(start, line)| (start, line.floor_char_boundary(40)))?,
        words => (in_line.or_else(|| text.find(words))?, words.len()),
    };
    Some(Span::new(file, start..start + length))
}

/// The line of a template that wrote a line of a document, by how both begin; else its first loop, else its first line.
fn alike(sources: &Sources, files: &[FileId], line: &str) -> Option<Span> {
    /// Letters that both begin with, be it a mark and a blank.
    const LEAST: usize = 2;
    let line = line.trim();
    let lines = |file: &FileId| {
        let file = *file;
        let starts =
            sources.get(file).text.split_inclusive('\n').scan(0, |at, own| Some((std::mem::replace(at, *at + own.len()), own)));
        starts.map(move |(start, own)| (file, start, own.trim_end()))
    };
    let common = |own: &str| own.trim_start().chars().zip(line.chars()).take_while(|(own, other)| own == other).count();
    let all: Vec<(FileId, usize, &str)> = files.iter().flat_map(lines).collect();
    // Of several the first.
    let nearest = all.iter().rev().max_by_key(|(_, _, own)| common(own)).filter(|(_, _, own)| common(own) >= LEAST);
    let (file, start, own) = nearest.or_else(|| all.iter().find(|(_, _, own)| own.contains("{% for"))).or(all.first())?;
    Some(Span::new(*file, *start..start + own.floor_char_boundary(40)))
}

/// What the page around a document calls its body.
const TAKEN: &str = "content";

/// Settles names and numbers; gives the names that links ask for in vain.
pub fn settle(blocks: &mut [Block]) -> Vec<Lost> {
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

fn settle_line(line: &mut Vec<Inline>, names: &HashSet<String>, notes: &mut usize, dead: &mut Vec<Lost>) {
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
            Inline::Link { url, content } if url.starts_with('#') => {
                let lost = Lost::read(&url);
                if names.contains(&lost.address) {
                    out.push(Inline::Link { url: format!("#{}", lost.address), content });
                } else {
                    dead.push(lost);
                    out.extend(content);
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_with_a_place_is_as_short_in_a_long_line() {
        let line = "![a](b.png) ".repeat(5_000);
        let place = Span { file: FileId(1), start: 2, end: 4 };
        let pending = Lost::pending(PICTURE, Some(place), &line);
        assert!(pending.len() < 50, "{}", pending.len());
        let read = Lost::read(&pending);
        assert_eq!((read.address.as_str(), read.place, read.line.as_str()), (PICTURE, Some(place), ""));
        assert_eq!(Lost::read(&Lost::pending("x", None, "[y](#x)")).line, "[y](#x)");
    }
}
