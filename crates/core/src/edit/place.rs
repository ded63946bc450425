//! Where in the text of a file a value goes, and what goes with one that is taken out.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Refusal;
use super::tree::{self, Form, Key};
use super::values;
use crate::locale::Text;
use crate::schema::keys;

/// Where a value goes, and what is written there.
pub(super) fn place(
    text: &str,
    root: &DeTable<'_>,
    path: &[Key<'_>],
    value: &str,
    newline: &str,
) -> Result<(Range<usize>, String), Refusal> {
    let missing = || Refusal::from(Text::fixed("there is no such place in the file", "no hay tal lugar en el archivo"));
    // The table that a line would be put into, where its head or its braces are, and the names of the longer
    // key that leads from there.
    let (mut table, mut anchor, mut frame) = (root, root, None);
    let in_spanish = keys::are_spanish(root);
    let mut names: Vec<&str> = Vec::new();
    let mut steps = path.iter().enumerate();
    while let Some((depth, key)) = steps.next() {
        let Key::Name(name) = key else { return Err(missing()) };
        let Some((written, mut found)) = keys::entry(table, name) else {
            names.push(keys::name(name, in_spanish));
            let inner = path[depth + 1..].iter().rev().try_fold(value.to_owned(), |value, key| match key {
                Key::Name(name) => Ok(format!("{{ {} = {value} }}", values::key(keys::name(name, in_spanish)))),
                Key::Index(_) => Err(missing()),
            })?;
            let key = names.iter().map(|name| values::key(name)).collect::<Vec<_>>().join(".");
            let after = if names.len() > 1 { tree::last_end(text, table) } else { last_of(text, anchor, name, frame.is_none()) };
            return Ok(put(text, anchor, frame, after, &format!("{key} = {inner}"), newline));
        };
        if depth + 1 == path.len() {
            return match tree::form(text, found) {
                Form::Plain | Form::List | Form::Inline => Ok((found.span(), value.to_owned())),
                _ => Err(Text::fixed("a table stands in its place", "en su lugar hay una tabla").into()),
            };
        }
        if let DeValue::Array(items) = found.get_ref() {
            let Some((_, Key::Index(index))) = steps.next() else { return Err(missing()) };
            found = items.get(*index).ok_or_else(missing)?;
        }
        table = found.get_ref().as_table().ok_or_else(missing)?;
        match tree::form(text, found) {
            Form::Dotted => names.push(written.get_ref()),
            form => {
                (anchor, frame) = (table, Some((form, found.span())));
                names.clear();
            }
        }
    }
    Err(missing())
}

/// Where the last of the entries of a table ends that stand before a key.
fn last_of(text: &str, table: &DeTable<'_>, key: &str, is_top: bool) -> Option<usize> {
    let Some(before) = keys::before(table, key, is_top) else { return tree::last_end(text, table) };
    before.iter().filter_map(|key| tree::end(text, keys::get(table, key)?)).max()
}

/// Puts an entry into a table: as a line under its head, or between its braces.
fn put(
    text: &str,
    table: &DeTable<'_>,
    frame: Option<(Form, Range<usize>)>,
    after: Option<usize>,
    entry: &str,
    newline: &str,
) -> (Range<usize>, String) {
    let first = table.iter().filter(|(_, value)| tree::end(text, value).is_some()).map(|(key, _)| key.span().start).min();
    match (frame, after) {
        (Some((Form::Inline, _)), Some(after)) => (after..after, format!(", {entry}")),
        (Some((Form::Inline, span)), None) => match first {
            Some(first) => (first..first, format!("{entry}, ")),
            None => (span, format!("{{ {entry} }}")),
        },
        (_, Some(after)) => {
            let end = tree::line_end(text, after);
            (end..end, format!("{newline}{}{entry}", tree::indent(text, after)))
        }
        (Some((_, span)), None) => {
            let end = tree::line_end(text, span.end);
            (end..end, format!("{newline}{}{entry}", tree::indent(text, first.unwrap_or(span.start))))
        }
        (None, None) => {
            let start = tree::line_start(text, first.unwrap_or(0));
            (start..start, format!("{entry}{newline}"))
        }
    }
}

/// Lines with the blank ones that part them from the next; at the end of the file, from those before.
pub(super) fn with_gap(text: &str, block: Range<usize>) -> Range<usize> {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let rest = &text[block.end..];
    if rest.trim_start_matches(blank).is_empty() {
        return text[..block.start].trim_end_matches(blank).len()..block.end;
    }
    let mut end = block.end;
    while let Some(length) = text[end..].find('\n') {
        if !text[end..end + length].trim().is_empty() {
            break;
        }
        end += length + 1;
    }
    block.start..end
}

/// A value of a list with the comma that parts it from the others.
pub(super) fn with_comma(text: &str, item: Range<usize>) -> Range<usize> {
    let space = |c: char| matches!(c, ' ' | '\t');
    let rest = &text[item.end..];
    let behind = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    if let Some(behind) = behind.strip_prefix(',') {
        return item.start..text.len() - behind.trim_start_matches(space).len();
    }
    let before = text[..item.start].trim_end_matches([' ', '\t', '\r', '\n']);
    match before.strip_suffix(',') {
        Some(before) if !before[tree::line_start(before, before.len())..].contains('#') => before.len()..item.end,
        _ => item,
    }
}
