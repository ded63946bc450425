//! TOML text to a tree, with every syntax error told once, on its place, in words.

use toml::de::{DeTable, DeValue};

use super::{Node, Table, rules, slips};
use crate::diagnostics::{Diagnostic, FileId, Span};
use crate::locale::Text;
use crate::text;

/// A file with more errors than this is no session file: the rest is only counted.
const MOST_ERRORS: usize = 20;

/// Errors after which the parser passes over keys and tables without a word.
const LOSING: [&str; 4] = ["expected `=`", "unquoted key", "duplicate key", "unclosed table"];

/// What could be read of a file.
pub struct Parsed<T> {
    pub value: T,
    /// Whether the file was read to its end: behind a bracket that is not closed nothing is certain.
    pub whole: bool,
}

/// Parses a file (TOML 1.1) and hands what could be read to `decode`, after reporting what could not.
/// What only follows from a syntax error is not reported again.
pub fn parse<T>(
    file: FileId,
    text: &str,
    findings: &mut Vec<Diagnostic>,
    decode: impl FnOnce(&Table<'_>, &mut Vec<Diagnostic>) -> T,
) -> Parsed<T> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let table = Table::new(file, Span::new(file, 0..0), tree.get_ref());
    if errors.is_empty() {
        let value = decode(&table, findings);
        return Parsed { value, whole: true };
    }
    let open = unclosed(file, tree.get_ref(), &errors);
    let cut = open.map(|span| line_of(text, span.start as usize).start);
    let lost = errors.iter().any(|error| LOSING.iter().any(|sign| error.message().contains(sign)));
    let mut told = syntax_errors(file, text, &errors, open);
    let lines: Vec<_> = told.iter().filter_map(Diagnostic::place).map(|span| line_of(text, span.start as usize)).collect();
    if told.len() > MOST_ERRORS {
        let more = told.len() - MOST_ERRORS;
        told.truncate(MOST_ERRORS);
        told.push(
            Diagnostic::new(
                &rules::SYNTAX,
                text!("{more} more syntax errors in this file", "{more} errores de sintaxis más en este archivo"),
            )
            .at(Span::new(file, first_char(text)), Text::fixed("is this a TOML file?", "¿es este un archivo TOML?")),
        );
    }
    let mut found = Vec::new();
    let value = decode(&table, &mut found);
    found.retain(|finding| {
        let Some(span) = finding.place() else { return true };
        let start = span.start as usize;
        let follows = lines.iter().any(|line| line.contains(&start)) || cut.is_some_and(|cut| start >= cut);
        !follows && (cut.is_none() && !lost || finding.check != rules::MISSING_KEY.id)
    });
    findings.extend(told);
    findings.extend(found);
    Parsed { value, whole: cut.is_none() && !lost }
}

/// The errors, one a line, up to a bracket that is not closed.
fn syntax_errors(file: FileId, text: &str, errors: &[toml::de::Error], open: Option<Span>) -> Vec<Diagnostic> {
    let cut = open.map_or(usize::MAX, |span| span.start as usize);
    let mut sorted: Vec<_> = errors.iter().map(|error| (visible(text, error.span().unwrap_or(0..0)), error.message())).collect();
    sorted.sort_by_key(|(span, _)| span.start);
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    let mut repeated_table = false;
    for (span, message) in sorted {
        let line = line_of(text, span.start);
        // Every key of a table that stands twice is "duplicate" too.
        let follows = repeated_table && message.contains("duplicate key") && !text[line.clone()].trim_start().starts_with('[');
        if span.start >= cut || last_line == Some(line.start) || follows {
            continue;
        }
        last_line = Some(line.start);
        repeated_table = message.contains("duplicate key") && text[line.clone()].trim_start().starts_with('[');
        told.push(slips::explain(file, text, span, &text[line], message));
    }
    if let Some(span) = open {
        told.push(slips::unclosed(text, span));
    }
    told
}

/// The value or head that opens a bracket, or a text of several lines, and never closes it.
fn unclosed(file: FileId, tree: &DeTable<'_>, errors: &[toml::de::Error]) -> Option<Span> {
    const SIGNS: [&str; 3] = ["unclosed array,", "unclosed inline table", "invalid multi-line"];
    if !errors.iter().any(|error| SIGNS.iter().any(|sign| error.message().contains(sign))) {
        return None;
    }
    let first = errors.iter().filter_map(|error| error.span().map(|span| span.start)).min()?;
    let mut found: Option<Span> = None;
    each_value(file, tree, &mut |node| {
        let literal = node.span.end - node.span.start > 0;
        let holds = (node.span.start as usize) < first && first <= node.span.end as usize + 1;
        if literal && holds && found.is_none_or(|span| node.span.contains(span)) {
            found = Some(node.span);
        }
    });
    found
}

fn each_value<'a>(file: FileId, tree: &'a DeTable<'a>, visit: &mut impl FnMut(Node<'a>)) {
    for value in tree.values() {
        let node = Node::new(file, value);
        visit(node);
        match node.value {
            DeValue::Table(table) => each_value(file, table, visit),
            DeValue::Array(array) => {
                for item in array.iter().filter_map(|item| item.get_ref().as_table()) {
                    each_value(file, item, visit);
                }
            }
            _ => {}
        }
    }
}

fn line_of(text: &str, offset: usize) -> std::ops::Range<usize> {
    let offset = offset.min(text.len());
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |length| offset + length);
    start..end
}

fn first_char(text: &str) -> std::ops::Range<usize> {
    0..text.chars().next().map_or(0, char::len_utf8)
}

/// An error at a line's end or of no width still needs a character to underline.
fn visible(text: &str, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    if span.start < span.end || text.is_empty() {
        return span;
    }
    let start = span.start.min(text.len());
    let here = text[start..].chars().next().filter(|c| *c != '\n' && *c != '\r');
    match (here, text[..start].chars().next_back()) {
        (Some(c), _) => start..start + c.len_utf8(),
        (None, Some(c)) if c != '\n' => start - c.len_utf8()..start,
        _ => start..start,
    }
}
