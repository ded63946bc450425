//! Within a line: emphasis, links, notes, and the values at their marks.

use comrak::nodes::{AstNode, NodeValue};

use super::flattened::lines_of;
use super::marks::{Filling, MARK_END, MARK_START, Piece, pieces};
use super::{DEEPEST, Reader};
use crate::document::limits;
use crate::document::links::{Lost, PICTURE};
use crate::document::{Inline, plain};

/// So many references to notes are looked at in a text; nobody writes more.
const MOST_REFERENCES: usize = 1000;

impl<'a> Reader<'_, 'a> {
    /// The text of everything within, in one line.
    pub(super) fn flat(&mut self, parent: &'a AstNode<'a>) -> Vec<Inline> {
        let text = |node: &'a AstNode<'a>| match &node.data().value {
            NodeValue::Text(text) => Some(text.to_string()),
            NodeValue::Code(code) => Some(code.literal.clone()),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph => Some(" ".to_owned()),
            _ => None,
        };
        let text: String = parent.descendants().filter_map(text).collect();
        self.text(text.trim())
    }

    pub(super) fn inlines(&mut self, parent: &'a AstNode<'a>) -> Vec<Inline> {
        if self.depth == DEEPEST {
            return self.flat(parent);
        }
        self.depth += 1;
        let mut out = Vec::new();
        for node in parent.children() {
            if !self.takes(limits::steps(&node.data().value), node) {
                break;
            }
            let value = node.data().value.clone();
            match value {
                NodeValue::Text(text) => out.extend(self.text_with_lost_notes(&text, node)),
                NodeValue::SoftBreak => out.push(Inline::Text(" ".to_owned())),
                NodeValue::LineBreak => out.push(Inline::Break),
                NodeValue::Code(code) => out.push(Inline::Code(self.literal(&code.literal))),
                NodeValue::HtmlInline(html) => out.extend(self.text(&html)),
                NodeValue::Emph => out.push(Inline::Emphasis(self.inlines(node))),
                NodeValue::Strong => out.push(Inline::Strong(self.inlines(node))),
                NodeValue::Link(link) => {
                    let (url, content) = (self.literal(&link.url), self.inlines(node));
                    if let Some(name) = url.strip_prefix('#') {
                        let (number, line) = self.line(node);
                        let url = Lost::pending(name, (self.places)(number, &url), line);
                        out.push(Inline::Link { url, content });
                    } else if is_safe(&url) {
                        out.push(Inline::Link { url, content });
                    } else {
                        out.extend(content);
                    }
                }
                NodeValue::FootnoteReference(reference) => out.push(self.note(&reference.name, node)),
                NodeValue::Image(_) => out.push(self.lost(PICTURE, PICTURE, "…", node)),
                _ => out.extend(self.inlines(node)),
            }
        }
        self.depth -= 1;
        joined(out)
    }

    pub(super) fn note(&mut self, name: &str, at: &'a AstNode<'a>) -> Inline {
        let Some(node) = self.notes.get(name).copied().filter(|_| !self.within_note) else {
            return self.lost_note(&format!("[^{name}]"), at);
        };
        self.within_note = true;
        let mut lines = Vec::new();
        self.blocks(node).into_iter().for_each(|block| lines_of(block, &mut lines));
        self.within_note = false;
        let octets = lines.iter().map(|line| plain(line).len()).sum();
        if !self.takes(limits::steps_of_note(octets), at) {
            lines.clear();
        }
        Inline::Note { number: 0, lines }
    }

    /// A reference to a note that nobody wrote is text to the parser, and so is one whose bracket is escaped.
    /// One that is lost is enough to tell.
    pub(super) fn text_with_lost_notes(&mut self, text: &str, node: &'a AstNode<'a>) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut rest = text;
        for _ in 0..MOST_REFERENCES {
            let Some((before, mark, behind)) = reference(rest).filter(|_| !self.lost) else { break };
            out.extend(self.text(before));
            out.push(if self.line(node).1.contains(&format!("\\{mark}")) {
                Inline::Text(mark.to_owned())
            } else {
                self.lost_note(mark, node)
            });
            rest = behind;
        }
        out.extend(self.text(rest));
        out
    }

    pub(super) fn lost_note(&mut self, mark: &str, node: &'a AstNode<'a>) -> Inline {
        match std::mem::replace(&mut self.lost, true) {
            true => Inline::Text(mark.to_owned()),
            false => self.lost(mark, mark, mark, node),
        }
    }

    /// Text with its marks filled in.
    pub(super) fn text(&mut self, text: &str) -> Vec<Inline> {
        let mut out = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push(Inline::Text(text.to_owned())),
                Piece::Mark(index) => match self.fillings.get(index) {
                    Some(Filling::Text(text)) => out.push(Inline::Text(text.clone())),
                    Some(Filling::Inlines(inlines)) => out.extend(inlines.iter().cloned()),
                    Some(Filling::Blocks(_)) => {
                        self.misplaced = Some(text.split([MARK_START, MARK_END]).collect::<Vec<_>>().join(" "))
                    }
                    None => {}
                },
            }
        }
        out
    }

    pub(super) fn literal(&mut self, text: &str) -> String {
        plain(&self.text(text))
    }
}

/// The first `[^name]` of a text, with what stands before and behind it.
fn reference(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("[^")?;
    let end = start + text[start..].find(']')? + 1;
    let name = &text[start + 2..end - 1];
    let is_name = !name.is_empty() && !name.contains([' ', '[', MARK_START]);
    is_name.then(|| (&text[..start], &text[start..end], &text[end..]))
}

/// Links lead to pages and addresses, never to scripts or files.
fn is_safe(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme))
}

/// Neighbouring texts as one.
fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out.retain(|inline| *inline != Inline::Text(String::new()));
    out
}
