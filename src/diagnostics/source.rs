//! The texts that were read, and places in them.

use std::ops::{Deref, Range};
use std::sync::OnceLock;

/// Which of the [`Sources`] a place is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A stretch of a file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        // Files are far below 4 GiB: the loader refuses anything over a few megabytes.
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: offset(range.start), end: offset(range.end) }
    }

    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and where it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

impl<T> At<T> {
    pub fn new(value: T, span: Span) -> At<T> {
        At { value, span }
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A file as it was read; `path` is worded for people, from the folder in which the command runs.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
    /// Whether the file could be read; one that could not takes no part in the programme.
    pub readable: bool,
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// Where each line starts, looked up once: a file may have thousands of findings.
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect())
    }

    /// The index of the line that an offset is in.
    fn line(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Line and column of a byte offset, both from 1, columns in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line(offset);
        let before = self.text.get(self.line_starts()[line]..offset).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }

    /// The whole lines that a stretch of the file touches, with a few around them: their first number
    /// from 1, the offset at which they begin, and their text.
    pub fn window(&self, range: Range<usize>) -> (usize, usize, &str) {
        const AROUND: usize = 3;
        let starts = self.line_starts();
        let first = self.line(range.start).saturating_sub(AROUND);
        let end = starts.get(self.line(range.end) + AROUND + 1).copied().unwrap_or(self.text.len());
        (first + 1, starts[first], self.text.get(starts[first]..end).unwrap_or(""))
    }
}

/// Every text that was read in a run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text: text.into(), readable: true, line_starts: OnceLock::new() });
        id
    }

    /// A file that could not be read: findings may speak of it, but it says nothing.
    pub fn add_unreadable(&mut self, path: impl Into<String>) -> FileId {
        let id = self.add(path, String::new());
        self.files[id.0 as usize].readable = false;
        id
    }

    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let id = sources.add("a.toml", "uno\nPanamá = 1\n");
        let at = sources.get(id).text.find('1').unwrap();
        assert_eq!(sources.get(id).position(at), (2, 10));
        assert_eq!([0, 3, 4, 99].map(|at| sources.get(id).position(at)), [(1, 1), (1, 4), (2, 1), (3, 1)]);
    }

    #[test]
    fn a_window_is_whole_lines() {
        let mut sources = Sources::default();
        let id = sources.add("a.toml", "1\n2\n3\n4\n5\n6\n7\n8\n9");
        let file = sources.get(id);
        assert_eq!(file.window(8..9), (2, 2, "2\n3\n4\n5\n6\n7\n8\n"));
        assert_eq!(file.window(16..17), (6, 10, "6\n7\n8\n9"));
        assert_eq!(file.window(0..17), (1, 0, file.text.as_str()));
    }
}
