//! Texts in Markdown that people write into the files of a programme, with their places: for findings about them.

use std::cell::OnceCell;

use crate::decode;
use crate::diagnostics::{FileId, Sources, Span};
use crate::locale::Lang;
use crate::schema::{CONCEPT_NOTE_FILE, ConceptNote, WrittenSession};

/// The texts of one file. They are looked for when the first finding needs a place: most documents have none.
pub struct Passages<'s> {
    sources: &'s Sources,
    file: Option<FileId>,
    written: OnceCell<Vec<Passage>>,
}

impl<'s> Passages<'s> {
    /// Those of a session's file.
    pub fn of_session(sources: &'s Sources, file: FileId) -> Passages<'s> {
        Passages { sources, file: Some(file), written: OnceCell::new() }
    }

    pub fn of_note(sources: &'s Sources) -> Passages<'s> {
        let file = sources.iter().find(|(_, file)| is_note(&file.path)).map(|(id, _)| id);
        Passages { sources, file, written: OnceCell::new() }
    }

    /// The place of some words in a line (counted from 0) of a text in a language.
    pub fn place(&self, lang: Lang, text: &str, line: usize, words: &str) -> Option<Span> {
        let written = self.written.get_or_init(|| self.file.map_or_else(Vec::new, |file| Passage::of(self.sources, file)));
        let same = || written.iter().filter(|passage| passage.text == text);
        // One that does not say its language counts for both.
        let passage = same().find(|passage| passage.lang == lang).or_else(|| same().next())?;
        passage.place(self.sources, line, words)
    }
}

fn is_note(path: &str) -> bool {
    path.rsplit(['/', '\\']).next() == Some(CONCEPT_NOTE_FILE)
}

/// A text, as it stands in a file.
struct Passage {
    lang: Lang,
    text: String,
    span: Span,
}

impl Passage {
    fn of(sources: &Sources, file: FileId) -> Vec<Passage> {
        let source = sources.get(file);
        let mut passages = Vec::new();
        let mut add = |filled: decode::Filled<'_>| {
            for (lang, written) in filled.text.into_iter().flatten() {
                passages.extend(written.map(|text| Passage { lang, text: text.value.to_owned(), span: text.span }));
            }
        };
        let mut unused = Vec::new();
        if is_note(&source.path) {
            let note = decode::parse(file, &source.text, Lang::ALL[0], &mut unused, ConceptNote::from_table);
            note.value.each_field(&mut add);
        } else {
            let session = decode::parse(file, &source.text, Lang::ALL[0], &mut unused, WrittenSession::from_table);
            session.value.each_field(&mut add);
        }
        passages
    }

    /// The place of some words in a line of the text (counted from 0): the line itself where they are none or are
    /// written in another way.
    fn place(&self, sources: &Sources, number: usize, words: &str) -> Option<Span> {
        let written = sources.text(self.span);
        let line = self.text.lines().nth(number)?.trim();
        if line.is_empty() {
            return None;
        }
        // Of lines that are the same, the one that stands at this place among them.
        let before = self.text.lines().take(number).filter(|other| other.trim() == line).count();
        let start = written.match_indices(line).map(|(start, _)| start).nth(before).or_else(|| written.find(line));
        let (start, length) = match start.map(|start| (start, line.find(words).filter(|_| !words.is_empty()))) {
            Some((start, Some(at))) => (start + at, words.len()),
            Some((start, None)) => (start, line.floor_char_boundary(40)),
            None => (written.find(words)?, words.len().max(1)),
        };
        let start = self.span.start as usize + start;
        Some(Span::new(self.span.file, start..start + length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_that_of_the_line_however_often_it_is_written() {
        let mut sources = Sources::default();
        let text = "[[sections]]\nid = 'a'\ntitle = { es = 'A', en = 'A' }\n[sections.text]\nes = '''\nSee [x](#y).\n'''\n\
                    en = \"\"\"\nSee [x](#y).\n\n  See [x](#y).\nsaid \\\"so\\\" [z](#q)\"\"\"\n";
        let file = sources.add("sessions/concept-note.toml", text);
        let passages = Passage::of(&sources, file);
        let [_, _, es, en] = &passages[..] else { panic!() };
        let place =
            |passage: &Passage, line, words| passage.place(&sources, line, words).map(|span| (span.file, span.start as usize));
        let places: Vec<usize> = text.match_indices("#y").map(|(at, _)| at).collect();
        assert_eq!(place(es, 0, "#y"), Some((file, places[0])));
        assert_eq!(place(en, 0, "#y"), Some((file, places[1])));
        assert_eq!(place(en, 2, "#y"), Some((file, places[2])));
        assert_eq!(place(en, 3, "#q"), Some((file, text.find("#q").unwrap())), "a line with escapes");
        assert_eq!(place(en, 1, "#y"), None);
    }
}
