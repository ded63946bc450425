//! A text that is parsed otherwise than it is written, and the way back from its places to those of the file.

use std::ops::Range;

use crate::diagnostics::{FileId, Span};
use crate::locale::Lang;

/// A stretch of the file that is parsed as another text.
#[derive(Debug)]
struct Rewrite {
    /// Where it stands in the file.
    file: Range<usize>,
    /// Where its stand-in is in the text that is parsed.
    parsed: Range<usize>,
}

/// The text that is parsed, and how its places lead back to the file.
#[derive(Debug)]
pub(crate) struct Forms {
    file: FileId,
    /// The language of a text that does not say its own.
    pub lang: Lang,
    rewrites: Vec<Rewrite>,
}

impl Forms {
    pub(crate) fn none(file: FileId, lang: Lang) -> Forms {
        Forms { file, lang, rewrites: Vec::new() }
    }

    /// The place in the file of a stretch of the parsed text.
    pub(crate) fn span(&self, parsed: Range<usize>) -> Span {
        Span::new(self.file, self.offset(parsed.start, false)..self.offset(parsed.end, true))
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        let before = self.rewrites.partition_point(|rewrite| rewrite.parsed.end <= at);
        match self.rewrites.get(before) {
            Some(within) if within.parsed.start < at => match is_end {
                true => within.file.end,
                false => within.file.start,
            },
            _ => self.rewrites[..before].last().map_or(at, |last| last.file.end + (at - last.parsed.end)),
        }
    }

    /// Puts edits of the text, which do not overlap, in place.
    pub(super) fn rewrite(&mut self, text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
        edits.sort_by_key(|(range, _)| range.start);
        let mut parsed = String::with_capacity(text.len());
        let mut done = 0;
        for (range, meant) in edits {
            parsed.push_str(&text[done..range.start]);
            let start = parsed.len();
            parsed.push_str(&meant);
            done = range.end;
            self.rewrites.push(Rewrite { file: range, parsed: start..parsed.len() });
        }
        parsed.push_str(&text[done..]);
        parsed
    }
}
