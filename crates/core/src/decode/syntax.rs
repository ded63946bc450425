//! TOML text to a tree, with every syntax error told once, on its place, in words.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::forms::Forms;
use super::meant;
use super::{Node, Table, Vocabulary, phrases, places, rules, slips};
use crate::diagnostics::{Diagnostic, FileId, Level, Span};
use crate::locale::{Lang, Text};
use crate::text;

/// A file with more errors than this is no session file: the rest is only counted.
const MOST_ERRORS: usize = 20;

/// Errors after which the parser passes over keys and tables without a word.
const LOSING: [&str; 4] = [phrases::NO_EQUALS, phrases::BAD_KEY, phrases::TWICE, phrases::OPEN_TABLE];

/// What could be read of a file.
pub struct Parsed<'t, T> {
    pub value: T,
    /// What the text says, where it was read as it stands.
    pub tree: Option<Spanned<DeTable<'t>>>,
    /// Whether all of the file was understood: what seems to be missing may stand where it was not.
    pub whole: bool,
}

/// Parses a file (TOML 1.1), in which a text that does not say its language is in `lang`, and hands what could be read to `decode`, after reporting what could not.
/// What only follows from a syntax error is not reported again.
pub fn parse<'t, T>(
    file: FileId,
    text: &'t str,
    lang: Lang,
    findings: &mut Vec<Diagnostic>,
    decode: impl FnOnce(&Table<'_>, &mut Vec<Diagnostic>) -> T,
) -> Parsed<'t, T> {
    parse_knowing(file, text, (lang, |_| None), findings, decode)
}

/// The same of a file whose keys are known: by them more is understood of what is not TOML.
pub(crate) fn parse_knowing<'t, T>(
    file: FileId,
    text: &'t str,
    (lang, keys): (Lang, Vocabulary),
    findings: &mut Vec<Diagnostic>,
    decode: impl FnOnce(&Table<'_>, &mut Vec<Diagnostic>) -> T,
) -> Parsed<'t, T> {
    let (tree, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() && !meant::has_list_heads(text) {
        // As it should be: read as it stands.
        let forms = Forms::none(file, lang);
        let from = findings.len();
        let value = decode(&Table::new(&forms, Span::new(file, 0..0), tree.get_ref()), findings);
        places::everywhere(text, &forms, text, &mut findings[from..]);
        return Parsed { value, tree: Some(tree), whole: true };
    }
    let (forms, parsed, found) = meant::read(file, (lang, keys), text);
    let rewritten = stretches(&found);
    findings.extend(found);
    let (tree, errors) = DeTable::parse_recoverable(&parsed);
    let table = Table::new(&forms, Span::new(file, 0..0), tree.get_ref());
    if errors.is_empty() {
        let from = findings.len();
        let value = decode(&table, findings);
        places::everywhere(text, &forms, &parsed, &mut findings[from..]);
        let mut decoded = findings.split_off(from);
        wait_for(&rewritten, &mut decoded);
        findings.extend(decoded);
        return Parsed { value, tree: None, whole: true };
    }
    let open = unclosed(&forms, tree.get_ref(), &errors);
    let cut = open.map(|span| line_of(text, span.start as usize).start);
    let lost = errors.iter().any(|error| LOSING.iter().any(|sign| error.message().contains(sign)));
    let mut told = syntax_errors(&forms, &parsed, &errors, open);
    told.extend(open.map(|span| slips::unclosed(text, span)));
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
    places::everywhere(text, &forms, &parsed, &mut found);
    wait_for(&rewritten, &mut found);
    found.retain(|finding| {
        let Some(span) = finding.place() else { return true };
        let start = span.start as usize;
        let follows = lines.iter().any(|line| line.contains(&start)) || cut.is_some_and(|cut| start >= cut);
        let beside = || lines.iter().any(|line| section_of(text, start).contains(&line.start));
        !follows && (finding.check != rules::MISSING_KEY.id || cut.is_none() && !lost && !beside())
    });
    findings.extend(told);
    findings.extend(found);
    Parsed { value, tree: None, whole: false }
}

/// What the mends of findings replace.
fn stretches(findings: &[Diagnostic]) -> Vec<Span> {
    let edits = findings.iter().flat_map(|finding| &finding.mends).flat_map(|mend| &mend.edits);
    edits.map(|edit| edit.span).filter(|span| span.start < span.end).collect()
}

/// What is found within a stretch that is written otherwise has no place of its own in the file: its mend would replace
/// all of the stretch. It waits until that is mended, and a warning that has nothing else to say with it.
fn wait_for(rewritten: &[Span], findings: &mut Vec<Diagnostic>) {
    let meets = |span: Span| rewritten.iter().any(|other| span.start < other.end && other.start < span.end);
    findings.retain_mut(|finding| {
        let had = !finding.mends.is_empty();
        finding.mends.retain(|mend| !mend.edits.iter().any(|edit| meets(edit.span)));
        !(had && finding.mends.is_empty() && finding.level == Level::Warning)
    });
}

/// The errors, one a line, up to a bracket that is not closed.
fn syntax_errors(forms: &Forms, text: &str, errors: &[toml::de::Error], open: Option<Span>) -> Vec<Diagnostic> {
    let cut = open.map_or(usize::MAX, |span| span.start as usize);
    let mut sorted: Vec<_> = errors.iter().map(|error| (visible(text, error.span().unwrap_or(0..0)), error.message())).collect();
    sorted.sort_by_key(|(span, _)| span.start);
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    let mut repeated_table = false;
    let mut headed = 0;
    for (index, (span, message)) in sorted.iter().enumerate() {
        let (span, line) = (span.clone(), line_of(text, span.start));
        if span.start < headed {
            continue;
        }
        let again = sorted[index..].iter().filter(|(_, message)| message.contains(phrases::TWICE)).map(|(span, _)| span.start);
        if message.contains(phrases::TWICE)
            && let Some((name, end)) = lost_head(text, line.start, again)
        {
            let blank =
                text[..line.start].trim_end_matches([' ', '\t']).ends_with("\n\n") || text[..line.start].ends_with("\n\r\n");
            told.push(slips::headless(forms.span(line.clone()), name, blank));
            (headed, last_line) = (end, Some(line.start));
            continue;
        }
        // Every key of a table that stands twice is "duplicate" too.
        let follows = repeated_table && message.contains(phrases::TWICE) && !text[line.clone()].trim_start().starts_with('[');
        if forms.span(span.clone()).range().start >= cut || last_line == Some(line.start) || follows {
            continue;
        }
        last_line = Some(line.start);
        repeated_table = message.contains(phrases::TWICE) && text[line.clone()].trim_start().starts_with('[');
        told.push(slips::explain(forms, text, span, &text[line], message));
    }
    told
}

/// The name of a list whose next item lacks its head, and where the stretch ends in which keys stand `again`: two of
/// them or more, one line right below the other, under a head `[[…]]`.
fn lost_head(text: &str, from: usize, again: impl Iterator<Item = usize>) -> Option<(&str, usize)> {
    let head = text[..from].lines().rev().map(str::trim_start).find(|line| line.starts_with('['))?;
    let name = head.strip_prefix("[[")?.split(']').next()?.trim();
    let next = text[from..].lines().scan(from, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let end = next.into_iter().find(|(_, line)| line.trim_start().starts_with('[')).map_or(text.len(), |(start, _)| start);
    (again.filter(|at| (from..end).contains(at)).count() > 1).then_some((name, end))
}

/// The value or head that opens a bracket, or a text of several lines, and never closes it.
fn unclosed(forms: &Forms, tree: &DeTable<'_>, errors: &[toml::de::Error]) -> Option<Span> {
    const SIGNS: [&str; 3] = [phrases::OPEN_ARRAY, phrases::OPEN_INLINE_TABLE, phrases::OPEN_TEXT];
    if !errors.iter().any(|error| SIGNS.iter().any(|sign| error.message().contains(sign))) {
        return None;
    }
    let first = errors.iter().filter_map(|error| error.span().map(|span| forms.span(span).range().start)).min()?;
    let mut found: Option<Span> = None;
    each_value(forms, tree, &mut |node| {
        let literal = node.span.end - node.span.start > 0;
        let holds = (node.span.start as usize) < first && first <= node.span.end as usize + 1;
        if literal && holds && found.is_none_or(|span| node.span.contains(span)) {
            found = Some(node.span);
        }
    });
    found
}

fn each_value<'a>(forms: &'a Forms, tree: &'a DeTable<'a>, visit: &mut impl FnMut(Node<'a>)) {
    for value in tree.values() {
        let node = Node::new(forms, value);
        visit(node);
        match node.value {
            DeValue::Table(table) => each_value(forms, table, visit),
            DeValue::Array(array) => {
                for item in array.iter().filter_map(|item| item.get_ref().as_table()) {
                    each_value(forms, item, visit);
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

/// The lines of the head that a place is under: what is missing among them may stand in one that was not understood.
fn section_of(text: &str, offset: usize) -> std::ops::Range<usize> {
    let here = line_of(text, offset);
    let is_head = |line: &str| line.trim_start().starts_with('[');
    let mut at = 0;
    let heads: Vec<usize> = text
        .split_inclusive('\n')
        .filter_map(|line| {
            at += line.len();
            is_head(line).then_some(at - line.len())
        })
        .collect();
    let start = heads.iter().copied().rfind(|head| *head <= here.start).unwrap_or(0);
    let end = heads.iter().copied().find(|head| *head > here.start).unwrap_or(text.len());
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

#[cfg(test)]
mod tests;
