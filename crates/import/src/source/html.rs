//! Web pages: what stands on its own line in a browser is a line here.
//!
//! A scanner of tags, not a tree: nothing nests, so nothing can be nested too deep.

use super::blocks::{Blocks, Style, again};
use super::marked::{Look, Run};
use super::{Bullet, Document};

pub(crate) fn read(text: &str) -> Document {
    let mut page = Page::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        page.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(end) = rest.find('>').filter(|_| opens) else {
            page.text("<");
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let closing = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if !closing && matches!(name.as_str(), "script" | "style" | "template" | "svg" | "noscript") {
            // Up to its end, whatever is in it.
            let end = format!("</{name}");
            let lower = rest.to_ascii_lowercase();
            rest = lower.find(&end).map_or("", |at| &rest[at..]);
            continue;
        }
        page.tag(&name, closing, tag);
    }
    page.text(rest);
    page.flush();
    page.blocks.document()
}

#[derive(Default)]
struct Page {
    blocks: Blocks,
    line: String,
    heading: u8,
    /// Lists that are open: whether they are numbered.
    lists: Vec<bool>,
    item: bool,
    row: Option<Vec<String>>,
    cell: Option<(String, usize)>,
    hidden: bool,
    /// The line at hand in stretches, and how it looks now.
    runs: Vec<Run>,
    look: Look,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if self.cell.is_none() {
            let folded: String =
                entities(text).chars().map(|c| if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c }).collect();
            self.runs.push(Run { text: folded, look: self.look.clone() });
        }
        let out = self.cell.as_mut().map_or(&mut self.line, |(cell, _)| cell);
        for c in entities(text).chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                if !out.ends_with([' ', '\n']) && !out.is_empty() {
                    out.push(' ');
                }
            } else {
                out.push(c);
            }
        }
    }

    fn tag(&mut self, name: &str, closing: bool, tag: &str) {
        match name {
            "br" => match &mut self.cell {
                Some((cell, _)) => cell.push('\n'),
                None => self.line.push('\n'),
            },
            "b" | "strong" => self.look.strong = !closing,
            "i" | "em" => self.look.emphasis = !closing,
            "a" => self.look.link = address(tag).filter(|_| !closing),
            "head" => self.hidden = !closing,
            "body" => self.hidden = false,
            "table" => {
                self.flush();
                if !closing && self.cell.is_none() {
                    self.blocks.open_table();
                }
                if closing {
                    self.end_row();
                    self.blocks.gap();
                }
            }
            "tr" => {
                self.end_row();
                if !closing {
                    self.row = Some(Vec::new());
                }
            }
            "td" | "th" => {
                self.end_cell();
                if !closing && self.row.is_some() {
                    let span = tag
                        .to_ascii_lowercase()
                        .split("colspan")
                        .nth(1)
                        .and_then(|rest| {
                            rest.trim_start_matches(['=', '"', '\'', ' '])
                                .split(|c: char| !c.is_ascii_digit())
                                .next()?
                                .parse::<usize>()
                                .ok()
                        })
                        .unwrap_or(1);
                    self.cell = Some((String::new(), span.clamp(1, 60)));
                }
            }
            // A term and what is said of it are one line: "Duración: 4 h".
            "dt" if closing && self.cell.is_none() && !self.line.trim().is_empty() => {
                self.line.truncate(self.line.trim_end_matches([' ', ':']).len());
                self.line.push_str(": ");
            }
            "dd" if !closing && self.cell.is_none() && self.line.ends_with(": ") => {}
            "p" | "div" | "section" | "article" | "header" | "footer" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "h1" | "h2"
            | "h3" | "h4" | "h5" | "h6" | "blockquote" | "hr" | "main" | "nav" | "figure" | "tbody" | "thead" | "caption"
            | "time_" => {
                if let Some((cell, _)) = &mut self.cell {
                    if !cell.ends_with('\n') && !cell.is_empty() {
                        cell.push('\n');
                    }
                    return;
                }
                self.flush();
                match name {
                    "ul" | "ol" if closing => {
                        self.lists.pop();
                    }
                    "ul" | "ol" if self.lists.len() < 20 => self.lists.push(name == "ol"),
                    "li" => self.item = !closing,
                    "p" | "hr" => self.blocks.gap(),
                    _ => {}
                }
                if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) {
                    self.heading = if closing { 0 } else { level };
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if let (Some((cell, span)), Some(row)) = (self.cell.take(), &mut self.row) {
            let cell = cell.trim().to_owned();
            let first = row.is_empty();
            row.push(cell.clone());
            row.extend((1..span).map(|_| if first { String::new() } else { again(&cell) }));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.row.take() {
            self.blocks.row(row);
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let runs = std::mem::take(&mut self.runs);
        let line: Vec<&str> = line.split('\n').map(str::trim).collect();
        let line = line.join("\n");
        if line.trim().is_empty() {
            return;
        }
        let bullet = match (self.item, self.lists.last()) {
            (true, Some(true)) => Bullet::Number,
            (true, _) => Bullet::Sign('•'),
            _ => Bullet::None,
        };
        let style = Style { heading: self.heading, bullet, level: self.lists.len().saturating_sub(1) };
        self.blocks.marked(line.trim(), &runs, style);
        // What follows in the same item is text under it.
        self.item = false;
    }
}

/// Where a link leads, out of the page.
fn address(tag: &str) -> Option<String> {
    let rest = tag.split_once("href=").map(|(_, rest)| rest)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let address = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split_whitespace().next()?,
    };
    let address = entities(address);
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)).then_some(address)
}

/// Characters for their names and numbers.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        let meant = end.and_then(|end| {
            let name = &rest[1..end];
            let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            number
                .and_then(char::from_u32)
                .or_else(|| NAMES.iter().find(|(own, _)| *own == name).map(|(_, c)| *c))
                .map(|c| (c, end))
        });
        match meant {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

const NAMES: [(&str, char); 42] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("bull", '•'),
    ("middot", '·'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("Aacute", 'Á'),
    ("Eacute", 'É'),
    ("Iacute", 'Í'),
    ("Oacute", 'Ó'),
    ("Uacute", 'Ú'),
    ("ntilde", 'ñ'),
    ("Ntilde", 'Ñ'),
    ("uuml", 'ü'),
    ("iquest", '¿'),
    ("iexcl", '¡'),
    ("agrave", 'à'),
    ("egrave", 'è'),
    ("ccedil", 'ç'),
    ("atilde", 'ã'),
    ("otilde", 'õ'),
    ("acirc", 'â'),
    ("ecirc", 'ê'),
    ("ocirc", 'ô'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
];
