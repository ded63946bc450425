//! What is wrong with a template, in words. minijinja speaks English only.

use std::ops::Range;

use minijinja::Error;

use super::TEMPLATE;
use crate::decode::{self, nearest};
use crate::diagnostics::{At, Diagnostic, FileId, Level, Sources, Span};
use crate::locale::Text;
use crate::rules::NOT_SHOWN;
use crate::text;

pub(super) fn cannot_be_followed() -> Diagnostic {
    Diagnostic::new(&TEMPLATE, Text::fixed("this template cannot be followed", "no se puede seguir esta plantilla"))
}

/// The first tag that should be ended before something else is, or before the text is.
pub(super) fn unclosed(source: &str) -> Option<Range<usize>> {
    const ENDED: [&str; 7] = ["if", "for", "block", "macro", "call", "filter", "with"];
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find("{%").map(|start| at + start) {
        let comment = source[at..start].find("{#").map(|comment| at + comment);
        if let Some(comment) = comment {
            at = comment + source[comment..].find("#}")? + 2;
            continue;
        }
        let end = start + source[start..].find("%}")? + 2;
        let word = source[start + 2..end].trim_start_matches(['-', '+']).split_whitespace().next().unwrap_or_default();
        if ENDED.contains(&word) {
            open.push((word, start..end));
        } else if let Some(ended) = word.strip_prefix("end").filter(|ended| ENDED.contains(ended)) {
            match open.pop() {
                Some((own, opening)) if own != ended => return Some(opening),
                _ => {}
            }
        }
        at = end;
    }
    open.pop().map(|(_, opening)| opening)
}

/// The texts of the programme that a document takes up are more than it can hold.
pub(super) fn texts_too_long(sources: &Sources) -> Diagnostic {
    let message = Text::fixed(
        "the texts of a document are more than it can hold",
        "los textos de un documento son más de lo que cabe en él",
    );
    let finding = Diagnostic::new(&NOT_SHOWN, message).advice(Text::fixed("shorten them", "acórtelos"));
    let written = sources.iter().filter(|(_, file)| file.path.ends_with(".toml") && !file.path.starts_with('<'));
    match written.max_by_key(|(_, file)| file.text.len()) {
        Some((file, _)) => {
            finding.at(Span::new(file, 0..0), Text::fixed("this file is the longest", "este archivo es el más largo"))
        }
        None => finding,
    }
}

pub(super) fn misnamed(file: FileId, name: &str, meant: &str) -> Diagnostic {
    let message = match meant.ends_with(".toml") {
        true => text!(
            "`{name}` is not used: no file of settings is called so",
            "`{name}` no se usa: ningún archivo de ajustes se llama así"
        ),
        false => text!("`{name}` is not used: no template is called so", "`{name}` no se usa: ninguna plantilla se llama así"),
    };
    Diagnostic::new(&TEMPLATE, message)
        .level(Level::Warning)
        .at(Span::new(file, 0..0), Text::default())
        .advice(text!("call it `{meant}`", "llámelo `{meant}`"))
}

/// A word that no document of the program uses. New templates may use new words, so it is a warning.
pub(super) fn unknown_word(key: &At<String>, known: &[&str]) -> Option<Diagnostic> {
    if known.contains(&key.as_str()) {
        return None;
    }
    let (word, meant) = (&key.value, nearest(key, known)?);
    let message = text!("unknown word `{word}`", "palabra desconocida `{word}`");
    let advice = text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?");
    Some(Diagnostic::new(&decode::rules::UNKNOWN_KEY, message).level(Level::Warning).at(key.span, Text::default()).advice(advice))
}

/// What is wrong, at its place. minijinja speaks English only: its usual messages are said again.
pub(super) fn told(error: &Error, written: &str) -> Text {
    use minijinja::ErrorKind;
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let quoted = detail.rsplit_once(' ').map_or("", |(_, word)| word).trim_matches('`').to_owned();
    match error.kind() {
        ErrorKind::UndefinedError => text!("there is no `{written}`", "no existe `{written}`"),
        ErrorKind::SyntaxError if detail.contains("unknown statement") => {
            text!("there is no tag `{quoted}`", "no existe la etiqueta `{quoted}`")
        }
        ErrorKind::SyntaxError if detail.contains("unexpected end of input") => Text::fixed(
            "something is opened and not closed before this: a `{{`, a `{%`, a `for` or an `if`",
            "algo se abre y no se cierra antes de aquí: un `{{`, un `{%`, un `for` o un `if`",
        ),
        ErrorKind::SyntaxError if detail.contains("end of variable block") => {
            Text::fixed("`}}` is missing here", "falta `}}` aquí")
        }
        ErrorKind::SyntaxError if detail.contains("end of block") => Text::fixed("`%}` is missing here", "falta `%}` aquí"),
        ErrorKind::SyntaxError => Text { en: detail.into(), es: "no se entiende desde aquí".into() },
        ErrorKind::UnknownFilter => text!("there is no filter `{written}`", "no existe el filtro `{written}`"),
        ErrorKind::UnknownTest => text!("there is no test `{written}`", "no existe la prueba `{written}`"),
        ErrorKind::UnknownFunction => text!("there is no function `{quoted}`", "no existe la función `{quoted}`"),
        ErrorKind::OutOfFuel => Text::fixed("the template was stopped here", "la plantilla se detuvo aquí"),
        ErrorKind::InvalidOperation if detail.contains("too many elements") => {
            Text::fixed("this range is too long", "este `range` es demasiado largo")
        }
        ErrorKind::InvalidOperation if detail.contains("recursion limit") => {
            Text::fixed("this calls itself without end", "esto se llama a sí mismo sin fin")
        }
        _ => text!("this fails: {detail}", "esto falla (en inglés): {detail}"),
    }
}

pub(super) fn explain(kind: minijinja::ErrorKind) -> Text {
    use minijinja::ErrorKind;
    match kind {
        ErrorKind::UndefinedError => Text::fixed(
            "there is no variable of this name here; the README lists them",
            "aquí no hay ninguna variable con este nombre; el README las enumera",
        ),
        ErrorKind::SyntaxError => Text::fixed(
            "every `{{` and `{%` needs its end, every `for` and `if` too",
            "todo `{{` y `{%` necesita su cierre, y todo `for` e `if` también",
        ),
        ErrorKind::OutOfFuel => {
            Text::fixed("it does too much: is there a loop without end?", "hace demasiado: ¿hay un ciclo sin fin?")
        }
        ErrorKind::UnknownFilter => Text::fixed(
            "filters are those of Jinja (`upper`, `lower`, `title`, `join`, `length`, `default` …) and `roman`",
            "los filtros son los de Jinja (`upper`, `lower`, `title`, `join`, `length`, `default` …) y `roman`",
        ),
        ErrorKind::TemplateNotFound => {
            Text::fixed("a template only includes others of its folder", "una plantilla solo incluye otras de su carpeta")
        }
        _ => Text::fixed("the README tells how templates are written", "el README dice cómo se escriben las plantillas"),
    }
}
