//! Lines that are no TOML at all: prose among the keys, and keys that have `:` or nothing where `=` belongs.

use super::bare_list::is_value;
use super::{Holds, Vocabulary, bare_list, rules, slug};
use crate::diagnostics::{Diagnostic, Edit, FileId, Mend, Span};
use crate::locale::Text;
use crate::locale::dates;
use crate::locale::written::{self, WrittenDate};
use crate::text;

/// How many brackets are open where each line begins, and whether a text of several lines is.
pub(super) fn depths(text: &str) -> Vec<usize> {
    let (mut depths, mut depth) = (vec![0], 0_usize);
    let (mut quote, mut skip_to) = (None::<&str>, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii()) {
        if at < skip_to {
            continue;
        }
        let rest = &text[at..];
        match quote {
            Some("#") | Some("\"" | "'") if c == '\n' => quote = None,
            Some("\"" | "\"\"\"") if c == '\\' => skip_to = at + 2,
            Some(mark) if mark != "#" && rest.starts_with(mark) => (quote, skip_to) = (None, at + mark.len()),
            Some(_) => {}
            None => {
                quote = ["\"\"\"", "'''", "\"", "'", "#"].into_iter().find(|mark| rest.starts_with(mark));
                skip_to = at + quote.map_or(1, str::len);
                match c {
                    '[' | '{' => depth += 1,
                    ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
        }
        if c == '\n' {
            depths.push(depth + usize::from(quote.is_some()));
        }
    }
    depths
}

/// Whether a line says neither key nor head.
pub(super) fn is_prose(line: &str, keys: Vocabulary) -> bool {
    let line = line.trim();
    let is_labelled = line.split_once(':').is_some_and(|(_, value)| is_value(value));
    let is_other = line.is_empty()
        || line.starts_with(['#', '[', ']', '{', '}', '"', '\'', ',', '“', '«', '/'])
        || line.contains('=')
        || !line.matches('"').count().is_multiple_of(2)
        || assigned(line, keys).is_some()
        || is_labelled;
    !is_other
}

/// Prose that stands together, told once.
pub(super) fn told(file: FileId, text: &str, lines: &[std::ops::Range<usize>], leads: bool) -> Option<Diagnostic> {
    let first = lines.first()?;
    let count = lines.len();
    let (title, message) = match count {
        1 => (
            Text::fixed(
                "this line is not read: it is no key with its value",
                "este renglón no se lee: no es una clave con su valor",
            ),
            Text::fixed("to keep it as a note, write `#` before it", "para que quede como nota, escriba `#` delante"),
        ),
        _ => (
            text!(
                "{count} lines are not read: they are no keys with values",
                "{count} renglones no se leen: no son claves con su valor"
            ),
            Text::fixed(
                "to keep them as a note, write `#` before each",
                "para que queden como nota, escriba `#` delante de cada uno",
            ),
        ),
    };
    let edits = lines.iter().map(|line| Edit { span: Span::new(file, line.start..line.start), text: "# ".to_owned() }).collect();
    let end = first.start + text[first.clone()].trim_end().len();
    let finding = Diagnostic::new(&rules::SYNTAX, title)
        .at(Span::new(file, first.start..end), Text::fixed("the rest of the file is read", "lo demás del archivo sí se lee"));
    // Before every key it can belong to none of them.
    Some(finding.mend(if leads { Mend::certain(message, edits) } else { Mend::possible(message, edits) }))
}

/// `Lugar: en línea`, `start 10:00`: where the key ends, its value as TOML has it, and whether `:` stands between.
pub(super) fn assigned(line: &str, keys: Vocabulary) -> Option<(usize, String, bool)> {
    let trimmed = line.trim_start();
    let word = trimmed.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))?;
    let (key, rest) = trimmed.split_at(word);
    let holds = keys(key)?;
    let end = line.len() - rest.len();
    let after = rest.trim_start();
    if let Some(value) = after.strip_prefix(':') {
        return Some((end, meant(value.trim(), holds)?, true));
    }
    // Behind a space alone only a value counts that cannot be the next word of a sentence.
    (rest.starts_with([' ', '\t']) && key.starts_with(char::is_lowercase) && is_value(after))
        .then(|| (end, after.trim().to_owned(), false))
}

/// A value as TOML writes it.
fn meant(value: &str, holds: Holds) -> Option<String> {
    if is_value(value) {
        return Some(value.to_owned());
    }
    if let Some(hour) = written::hour(value) {
        return Some(format!("\"{}\"", dates::clock(hour)));
    }
    if let Some(WrittenDate::Certain(day)) = written::date(value) {
        return Some(day.to_string());
    }
    match holds {
        Holds::One => (!value.is_empty() && !value.contains(['"', '\\', '[', '{', '='])).then(|| format!("\"{value}\"")),
        _ => bare_list::meant(value, holds),
    }
}

/// Whether a key of several words stands before `=`, such as `hora de inicio`.
pub(super) fn is_worded(key: &str) -> bool {
    key.contains(' ')
        && key.split(' ').all(|word| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
        && !slug(key).is_empty()
}
