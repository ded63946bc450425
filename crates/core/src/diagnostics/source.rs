//! The texts that were read, and places in them.

use std::collections::HashMap;
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

/// Which of the [`Sources`] a place is in. A path keeps its id as long as the sources live.
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

/// For other programs the place is of no use.
impl<T: serde::Serialize> serde::Serialize for At<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}

/// A file as it was read; `path` is worded for people, from the folder in which the command runs.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
    /// Whether the file could be read; one that could not takes no part in the programme.
    pub readable: bool,
    /// What the file is in where that is not UTF-8; the text is what it says all the same.
    pub encoding: Option<&'static str>,
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

/// What a place that is in none of the sources is shown in: a file without a path and without a text.
static NOWHERE: SourceFile =
    SourceFile { path: String::new(), text: String::new(), readable: false, encoding: None, line_starts: OnceLock::new() };

/// Every text that was read in a run, by path. A copy shares the texts, so it is taken in no time.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// By id; `None` is one that was taken out.
    files: Vec<Option<Arc<SourceFile>>>,
    ids: HashMap<String, FileId>,
}

impl Sources {
    /// A text by its path. One that stands there already gives way, and the path keeps its id: places in
    /// the other files stay what they are.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.put(SourceFile {
            path: path.into(),
            text: text.into(),
            readable: true,
            encoding: None,
            line_starts: OnceLock::new(),
        })
    }

    /// A text that its file holds in another encoding than UTF-8.
    pub fn add_encoded(&mut self, path: impl Into<String>, text: impl Into<String>, encoding: Option<&'static str>) -> FileId {
        let (path, text) = (path.into(), text.into());
        self.put(SourceFile { path, text, readable: true, encoding, line_starts: OnceLock::new() })
    }

    /// A file that could not be read: findings may speak of it, but it says nothing.
    pub fn add_unreadable(&mut self, path: impl Into<String>) -> FileId {
        self.put(SourceFile {
            path: path.into(),
            text: String::new(),
            readable: false,
            encoding: None,
            line_starts: OnceLock::new(),
        })
    }

    fn put(&mut self, file: SourceFile) -> FileId {
        let next = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let id = *self.ids.entry(file.path.clone()).or_insert(next);
        if id == next {
            self.files.push(None);
        }
        self.files[id.0 as usize] = Some(Arc::new(file));
        id
    }

    /// Takes a text out. Its path keeps the id, for when it comes back.
    pub fn remove(&mut self, path: &str) {
        if let Some(id) = self.ids.get(path) {
            self.files[id.0 as usize] = None;
        }
    }

    /// The file of a path, unless there is none.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.ids.get(path).copied().filter(|id| self.files[id.0 as usize].is_some())
    }

    /// A file by its id. An id of other sources, or of a text that was taken out, shows an empty file
    /// without a path: a finding that outlived its text can still be told.
    pub fn get(&self, id: FileId) -> &SourceFile {
        self.files.get(id.0 as usize).and_then(Option::as_deref).unwrap_or(&NOWHERE)
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files).filter_map(|(id, file)| Some((id, file.as_deref()?)))
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

    #[test]
    fn a_path_keeps_its_id_and_a_foreign_id_shows_nothing() {
        let mut sources = Sources::default();
        let [one, two] = ["1.toml", "2.toml"].map(|path| sources.add(path, "id = 1"));
        assert_eq!(sources.add("1.toml", "id = 2"), one);
        assert_eq!((sources.get(one).text.as_str(), sources.get(two).text.as_str()), ("id = 2", "id = 1"));
        sources.remove("1.toml");
        assert_eq!(sources.iter().map(|(id, _)| id).collect::<Vec<_>>(), [two]);
        assert_eq!((sources.find("1.toml"), sources.get(one).path.as_str()), (None, ""));
        assert_eq!(sources.add("1.toml", ""), one);
        assert_eq!(sources.text(Span::new(FileId(9), 3..5)), "");
    }
}
