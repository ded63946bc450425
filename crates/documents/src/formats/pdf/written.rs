//! Where what a document says is written in the files, for findings about its pages.

use std::ops::Range;

use crate::diagnostics::{FileId, Sources, Span};

/// Words of which a place is looked for one by one.
const MOST_TRIED: usize = 5;

/// The first place of some words in what somebody wrote; of words that were put together from several places,
/// that of the longest.
pub(crate) fn of(sources: &Sources, words: &str) -> Option<Span> {
    let first = |words: &str| {
        files(sources).find_map(|(file, text)| {
            let mut places = text.match_indices(words).map(|(start, _)| start);
            let start = places.find(|start| !comments(file_kind(sources, file), text).any(|comment| comment.contains(start)))?;
            Some(Span::new(file, start..start + words.len()))
        })
    };
    // Marks at which a line may break were put in.
    let words = words.trim().replace(['\u{ad}', '\u{200b}'], "");
    let longest = || {
        let mut single: Vec<&str> = words.split_whitespace().collect();
        single.sort_by_key(|word| std::cmp::Reverse(word.len()));
        single.dedup();
        single.into_iter().take(MOST_TRIED).find_map(first)
    };
    if words.is_empty() { None } else { first(&words).or_else(longest) }
}

/// The files that a person wrote, without those that the program carries.
pub(crate) fn files(sources: &Sources) -> impl Iterator<Item = (FileId, &str)> {
    sources.iter().filter(|(_, file)| !file.path.starts_with('<')).map(|(id, file)| (id, file.text.as_str()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Toml,
    Template,
}

pub(crate) fn file_kind(sources: &Sources, file: FileId) -> FileKind {
    if sources.get(file).path.ends_with(".toml") { FileKind::Toml } else { FileKind::Template }
}

/// What of a text is comment.
pub(crate) fn comments(kind: FileKind, text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || match kind {
        FileKind::Template => {
            let start = at + text[at..].find("{#")?;
            at = text[start..].find("#}").map_or(text.len(), |end| start + end + 2);
            Some(start..at)
        }
        FileKind::Toml => loop {
            let rest = &text[at..];
            let next = rest.find(['#', '"', '\''])?;
            let rest = &rest[next..];
            at += next;
            if rest.starts_with('#') {
                let start = at;
                at += rest.find('\n').unwrap_or(rest.len());
                return Some(start..at);
            }
            at += string(rest);
        },
    })
}

/// The length of a TOML string with its quotes.
fn string(text: &str) -> usize {
    let quote = &text[..1];
    let long = quote.repeat(3);
    let mark = if text.starts_with(&long) { long.as_str() } else { quote };
    let mut at = mark.len();
    while at < text.len() {
        let rest = &text[at..];
        if quote == "\"" && rest.starts_with('\\') {
            at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
        } else if rest.starts_with(mark) {
            return at + mark.len();
        } else if mark.len() == 1 && rest.starts_with('\n') {
            return at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_are_written_and_not_in_comments() {
        let mut sources = Sources::default();
        sources.add("<convoca>/templates/a.md.j2", "# Uno");
        sources.add("a.toml", "# Uno \"\na = 'no # Tres' # Uno\nb = \"\"\"\nx \\\"\"\"\" # Uno\nc = \"Uno dos\"");
        let own = sources.add("own.md.j2", "{# Tres #} Cuatro");
        let place = |words: &str| of(&sources, words).map(|span| (span.file, span.start));
        let (file, start) = place("Uno dos").unwrap();
        assert_eq!(&sources.get(file).text[start as usize..], "Uno dos\"");
        assert_eq!(place("Uno"), place("Uno dos"));
        assert!(sources.get(file).text[place("Tres").unwrap().1 as usize..].starts_with("Tres'"));
        assert_eq!(place("el Cuatro").unwrap().0, own);
        assert_eq!(place("nowhere"), None);
    }
}
