//! Marks in a text that stand for values: a template leaves them, and they are filled in after parsing.

use crate::document::{Block, Inline};

/// Noncharacters that no text of the programme may hold (`decode` refuses them).
pub const MARK_START: char = '\u{FDD0}';

pub const MARK_END: char = '\u{FDD1}';

/// What stands at a mark.
#[derive(Clone, Debug)]
pub enum Filling {
    Text(String),
    Inlines(Vec<Inline>),
    Blocks(Vec<Block>),
}

/// The mark of a filling.
pub fn mark(index: usize) -> String {
    format!("{MARK_START}{index}{MARK_END}")
}

pub(super) enum Piece<'a> {
    Text(&'a str),
    Mark(usize),
}

pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(MARK_START) {
        let after = &rest[start + MARK_START.len_utf8()..];
        let Some(end) = after.find(MARK_END) else { break };
        out.push(Piece::Text(&rest[..start]));
        if let Ok(index) = after[..end].parse() {
            out.push(Piece::Mark(index));
        }
        rest = &after[end + MARK_END.len_utf8()..];
    }
    out.push(Piece::Text(rest));
    out
}

/// A text in a line with its marks filled in; blocks in it are what their lines say.
pub fn filled(text: &str, fillings: &[Filling]) -> Vec<Inline> {
    let mut out = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push(Inline::Text(text.to_owned())),
            Piece::Mark(index) => match fillings.get(index) {
                Some(Filling::Text(text)) => out.push(Inline::Text(text.clone())),
                Some(Filling::Inlines(inlines)) => out.extend(inlines.iter().cloned()),
                Some(Filling::Blocks(blocks)) => {
                    let mut lines = Vec::new();
                    blocks.iter().cloned().for_each(|block| super::flattened::lines_of(block, &mut lines));
                    out.extend(lines.join(&Inline::Break));
                }
                None => {}
            },
        }
    }
    out
}
