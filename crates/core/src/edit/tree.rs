//! A TOML text as its author laid it out: in which form each table stands, and where.
//!
//! `toml_edit` would print the text anew: line ends and a byte order mark get lost on the way (measured with
//! 0.25.18). Here the parser only tells places, and the text is changed at them, so that every other byte stays.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::schema::keys;

/// A step from a table or a list to what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    Name(&'a str),
    Index(usize),
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text, number, date.
    Plain,
    /// `[a, b]`
    List,
    /// `{ a = 1 }`
    Inline,
    /// Under a head, `[a]`; or one of several under `[[a]]`.
    Headed,
    /// `[[a]]`
    Tables,
    /// Only as a part of longer keys: `a.b = 1`, or `[a.b]`.
    Dotted,
}

pub(crate) fn form(text: &str, value: &Spanned<DeValue<'_>>) -> Form {
    let written = text.get(value.span()).unwrap_or("");
    match value.get_ref() {
        DeValue::Table(_) if written.starts_with('{') => Form::Inline,
        DeValue::Table(_) if written.starts_with('[') => Form::Headed,
        DeValue::Table(_) => Form::Dotted,
        DeValue::Array(items) if items.first().is_some_and(|first| first.span() == value.span()) => Form::Tables,
        DeValue::Array(_) => Form::List,
        _ => Form::Plain,
    }
}

/// What is at the end of some steps.
pub(crate) fn find<'t, 'a>(tree: &'t DeTable<'a>, path: &[Key<'_>]) -> Option<&'t Spanned<DeValue<'a>>> {
    let (first, rest) = path.split_first()?;
    let Key::Name(name) = first else { return None };
    rest.iter().try_fold(keys::get(tree, name)?, |value, key| match (key, value.get_ref()) {
        (Key::Name(name), DeValue::Table(table)) => keys::get(table, name),
        (Key::Index(index), DeValue::Array(items)) => items.get(*index),
        _ => None,
    })
}

/// The items of a list, however it is written; none where it is not there.
pub(crate) fn items<'t, 'a>(tree: &'t DeTable<'a>, path: &[Key<'_>]) -> Vec<&'t Spanned<DeValue<'a>>> {
    find(tree, path).and_then(|list| list.get_ref().as_array()).map_or_else(Vec::new, |items| items.iter().collect())
}

/// Where the lines of an entry end that stands under the head of its table; one that has heads of its own
/// does not stand there.
pub(crate) fn end(text: &str, value: &Spanned<DeValue<'_>>) -> Option<usize> {
    match (form(text, value), value.get_ref()) {
        (Form::Plain | Form::List | Form::Inline, _) => Some(value.span().end),
        (Form::Dotted, DeValue::Table(table)) => last_end(text, table),
        _ => None,
    }
}

/// Where the last of the entries ends that stand under the head of a table.
pub(crate) fn last_end(text: &str, table: &DeTable<'_>) -> Option<usize> {
    table.values().filter_map(|value| end(text, value)).max()
}

/// A head, `[a.b]` or `[[a.b]]`, and the lines under it.
#[derive(Debug)]
pub(crate) struct Head {
    /// The names and places that lead to its table.
    pub path: Vec<(String, Option<usize>)>,
    pub start: usize,
    /// Where the last value under it ends, or the head itself.
    pub end: usize,
}

/// Every head of a text, in order.
pub(crate) fn heads(text: &str, tree: &DeTable<'_>) -> Vec<Head> {
    fn table(text: &str, tree: &DeTable<'_>, path: &[(String, Option<usize>)], heads: &mut Vec<Head>) {
        for (name, value) in tree.iter() {
            let path = |index| [path, &[(name.get_ref().to_string(), index)]].concat();
            match (form(text, value), value.get_ref()) {
                (Form::Headed, DeValue::Table(inner)) => headed(text, &value.span(), inner, path(None), heads),
                (Form::Dotted, DeValue::Table(inner)) => table(text, inner, &path(None), heads),
                (Form::Tables, DeValue::Array(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        if let DeValue::Table(inner) = item.get_ref() {
                            headed(text, &item.span(), inner, path(Some(index)), heads);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    fn headed(text: &str, span: &Range<usize>, inner: &DeTable<'_>, path: Vec<(String, Option<usize>)>, heads: &mut Vec<Head>) {
        table(text, inner, &path, heads);
        heads.push(Head { path, start: span.start, end: last_end(text, inner).unwrap_or(0).max(span.end) });
    }
    let mut heads = Vec::new();
    table(text, tree, &[], &mut heads);
    heads.sort_by_key(|head| head.start);
    heads
}

/// Where the line begins that an offset is in; the first one behind a byte order mark.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    text[..at.max(first)].rfind('\n').map_or(first, |at| at + 1)
}

/// Where the line ends that an offset is in, before the mark of its end.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    if text[..end].ends_with('\r') && end > at { end - 1 } else { end }
}

/// The spaces at the beginning of the line that an offset is in.
pub(crate) fn indent(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}
