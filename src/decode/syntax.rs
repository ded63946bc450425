//! TOML text to a tree, with every syntax error on its place.

use toml::de::DeTable;

use super::{Table, rules};
use crate::diagnostics::{Diagnostic, FileId, Span};
use crate::locale::Text;
use crate::text;

/// A file with more errors than this is no session file: the rest is only counted.
const MOST_ERRORS: usize = 20;

/// Parses a file (TOML 1.1) and hands what could be read to `decode`, after reporting what could not.
pub fn parse<T>(
    file: FileId,
    text: &str,
    findings: &mut Vec<Diagnostic>,
    decode: impl FnOnce(&Table<'_>, &mut Vec<Diagnostic>) -> T,
) -> T {
    let (tree, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MOST_ERRORS) {
        findings.push(syntax_error(file, text, error));
    }
    if errors.len() > MOST_ERRORS {
        let more = errors.len() - MOST_ERRORS;
        let span = Span::new(file, 0..text.chars().next().map_or(0, char::len_utf8));
        findings.push(
            Diagnostic::new(
                &rules::SYNTAX,
                text!("{more} more syntax errors in this file", "{more} errores de sintaxis más en este archivo"),
            )
            .at(span, Text::fixed("is this a TOML file?", "¿es este un archivo TOML?")),
        );
    }
    decode(&Table::new(file, Span::new(file, 0..0), tree.get_ref()), findings)
}

fn syntax_error(file: FileId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = visible(text, error.span().unwrap_or(0..0));
    let message = error.message();
    let (title, help) = explain(message);
    let mut finding = Diagnostic::new(&rules::SYNTAX, title).at(Span::new(file, span), text!("{message}", "aquí"));
    if let Some(help) = help {
        finding = finding.advice(help);
    }
    finding
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

/// What the parser's message means to somebody who does not know TOML.
fn explain(message: &str) -> (Text, Option<Text>) {
    let plain = |en, es| Text::fixed(en, es);
    let known: &[(&str, Text, Text)] = &[
        (
            "must be quoted",
            plain("text without quotes", "texto sin comillas"),
            plain("put the text between quotes: \"…\"", "ponga el texto entre comillas: \"…\""),
        ),
        (
            "duplicate key",
            plain("the same key stands twice", "la misma clave está dos veces"),
            plain("keep one of the two", "deje una de las dos"),
        ),
        (
            "invalid basic string",
            plain("a text is not closed", "un texto no se cierra"),
            plain("close it with a quotation mark on the same line", "ciérrelo con comillas en el mismo renglón"),
        ),
        (
            "unclosed array",
            plain("a list is not closed", "una lista no se cierra"),
            plain("close it with `]`", "ciérrela con `]`"),
        ),
        (
            "unclosed inline table",
            plain("braces are not closed", "unas llaves no se cierran"),
            plain("close them with `}`", "ciérrelas con `}`"),
        ),
        (
            "unclosed table",
            plain("the head of a table is not closed", "el encabezado de una tabla no se cierra"),
            plain("close it with `]`", "ciérrelo con `]`"),
        ),
        (
            "missing value",
            plain("a key has no value", "una clave no tiene valor"),
            plain("write one after the `=`, or take the line out", "escriba uno después del `=`, o quite el renglón"),
        ),
        (
            "missing assignment",
            plain("there is no `=` between key and value", "falta el `=` entre clave y valor"),
            plain("write `key = value`", "escriba `clave = valor`"),
        ),
        (
            "missing comma",
            plain("a comma is missing", "falta una coma"),
            plain("part the values with commas", "separe los valores con comas"),
        ),
        (
            "invalid date-time",
            plain("this date or hour does not exist", "esta fecha u hora no existe"),
            plain("write dates such as 2022-10-27 and hours such as 10:05", "escriba fechas como 2022-10-27 y horas como 10:05"),
        ),
        (
            "recursion",
            plain("too many brackets within brackets", "demasiados corchetes dentro de corchetes"),
            plain("a session file never needs more than a few", "un archivo de sesión nunca necesita más que unos pocos"),
        ),
    ];
    for (part, title, help) in known {
        if message.contains(part) {
            return (title.clone(), Some(help.clone()));
        }
    }
    (
        plain("this is not TOML as it should be", "esto no es TOML como debe ser"),
        Some(plain(
            "each line is `key = value`, a head in brackets, or a comment after `#`",
            "cada renglón es `clave = valor`, un encabezado entre corchetes, o un comentario después de `#`",
        )),
    )
}
