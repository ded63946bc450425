//! What people who do not know TOML write by mistake, and what they meant.

use std::ops::Range;

use chrono::NaiveDate;

use super::forms::Forms;
use super::{phrases, rules, slug};
use crate::diagnostics::{Diagnostic, Edit, Mend, Span};
use crate::locale::Text;
use crate::text;

/// A bracket, a brace or a text of several lines that is opened here and never closed.
pub(crate) fn unclosed(source: &str, span: Span) -> Diagnostic {
    let start = span.start as usize;
    let first_line = source[start..].find('\n').map_or(span.range().end, |length| start + length).min(span.range().end);
    let (title, close) = match source[start..].chars().next() {
        Some('{') => (Text::fixed("the braces opened here are not closed", "las llaves que se abren aquí no se cierran"), "}"),
        Some('"') => (Text::fixed("the text opened here is not closed", "el texto que se abre aquí no se cierra"), "\"\"\""),
        Some('\'') => (Text::fixed("the text opened here is not closed", "el texto que se abre aquí no se cierra"), "'''"),
        _ => (Text::fixed("the list opened here is not closed", "la lista que se abre aquí no se cierra"), "]"),
    };
    Diagnostic::new(&rules::SYNTAX, title)
        .at(Span::new(span.file, start..first_line), text!("`{close}` is missing", "falta `{close}`"))
        .note(Text::fixed("what follows in this file was not read", "lo que sigue en este archivo no se leyó"))
        .advice(text!("close it with `{close}` where it ends", "ciérrelo con `{close}` donde termina"))
}

/// A syntax error in words: what is wrong, and what was most likely meant.
pub(crate) fn explain(forms: &Forms, source: &str, span: Range<usize>, line: &str, message: &str) -> Diagnostic {
    let written = source.get(span.clone()).unwrap_or("");
    let span_start = span.start;
    let place = forms.span(span);
    let finding = |title: Text| Diagnostic::new(&rules::SYNTAX, title);
    if message.contains(phrases::DATE) || message.contains(phrases::TIME) && message.contains(phrases::INVALID) {
        return moment(finding, place, written);
    }
    if message.contains(phrases::WITHOUT_QUOTES) || message.contains(phrases::NO_BOOLEAN) {
        return unquoted(finding, place, written);
    }
    if message.contains(phrases::TWICE) {
        return duplicate(finding, place, written, line);
    }
    if let Some(told) = quotes(&finding, forms, source, span_start, line).or_else(|| comma(&finding, forms, source, span_start)) {
        return told;
    }
    let within_quotes =
        message.contains(phrases::NO_COMMA) && source[..span_start].ends_with('"') && written.starts_with(char::is_alphanumeric);
    if message.contains(phrases::LEFT_OVER) && line.matches('"').count() > 2 || within_quotes {
        return finding(Text::fixed("there are quotation marks within the text", "hay comillas dentro del texto"))
            .at(place, Text::fixed("the text is over before this", "aquí el texto ya había terminado"))
            .advice(Text::fixed("write “ ” or `\\\"` within a text", "dentro de un texto escriba « » o `\\\"`"));
    }
    if let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key) && !line.contains('=')) {
        let (key, value) = (key.trim(), value.trim());
        return finding(Text::fixed("there is `:` where `=` should be", "hay `:` donde va `=`"))
            .at(place, Text::default())
            .advice(text!("write `{key} = {value}`", "escriba `{key} = {value}`"));
    }
    if let Some(head) = line.trim().strip_prefix('[').filter(|head| message.contains(phrases::OPEN_TABLE) && head.contains(']')) {
        let head = head.trim_start_matches('[').split(']').next().unwrap_or("");
        let names: Vec<String> = head.split('.').map(slug).collect();
        let head = names.join(".");
        return finding(Text::fixed(
            "a head in brackets has no spaces or accents",
            "un encabezado entre corchetes no lleva espacios ni tildes",
        ))
        .at(place, Text::default())
        .advice(text!("write `[{head}]`", "escriba `[{head}]`"));
    }
    usual(finding, place, message)
}

/// A text that lacks one of its two quotation marks, on a line of its own.
fn quotes(finding: &impl Fn(Text) -> Diagnostic, forms: &Forms, source: &str, at: usize, line: &str) -> Option<Diagnostic> {
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    if !is_key(key) || value.matches('"').count() != 1 || value.contains(['#', '[', '{', '\'']) {
        return None;
    }
    let start = source[..at.min(source.len())].rfind('\n').map_or(0, |at| at + 1);
    let start = start + source[start..].find(value)?;
    let (place, title) = match (value.starts_with('"'), value.ends_with('"')) {
        (true, _) => (start + value.len(), Text::fixed("the closing quotation mark is missing", "faltan las comillas de cierre")),
        (_, true) => (start, Text::fixed("the opening quotation mark is missing", "faltan las comillas de apertura")),
        _ => return None,
    };
    let edit = Edit { span: forms.span(place..place), text: "\"".to_owned() };
    let meant = format!("\"{}\"", value.trim_matches('"'));
    let mend = Mend::possible(text!("write `{meant}`", "escriba `{meant}`"), vec![edit]);
    Some(finding(title).at(forms.span(start..start + value.len()), Text::default()).mend(mend))
}

/// A comma behind the last value of a line.
fn comma(finding: &impl Fn(Text) -> Diagnostic, forms: &Forms, source: &str, at: usize) -> Option<Diagnostic> {
    let rest = source.get(at..)?.strip_prefix(',')?;
    let rest = rest.split('\n').next().unwrap_or_default().trim();
    if !rest.is_empty() && !rest.starts_with('#') {
        return None;
    }
    let span = forms.span(at..at + 1);
    let mend = Mend::possible(Text::fixed("take the comma out", "quite la coma"), vec![Edit { span, text: String::new() }]);
    let title = Text::fixed("no comma belongs at the end of a line", "al final del renglón no va coma");
    Some(finding(title).at(span, Text::default()).mend(mend))
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// A date or an hour in a form that TOML does not take.
fn moment(finding: impl Fn(Text) -> Diagnostic, place: Span, written: &str) -> Diagnostic {
    let meant = date_meant(written).map(|date| date.to_string()).or_else(|| hour_meant(written).map(quoted));
    let title = if written.contains(':') {
        text!("`{written}` is no hour", "`{written}` no es una hora")
    } else {
        text!("`{written}` is no date", "`{written}` no es una fecha")
    };
    let finding = finding(title).at(place, Text::default());
    match meant {
        Some(meant) => finding.mend(Mend::possible(
            text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
            vec![Edit { span: place, text: meant }],
        )),
        None => finding.advice(Text::fixed(
            "write dates as year, month and day (2022-10-27), hours with two digits each (10:05, 00:00 to 23:59)",
            "escriba las fechas con año, mes y día (2022-10-27) y las horas con dos cifras (10:05, de 00:00 a 23:59)",
        )),
    }
}

/// "02-03-2027", "2/3/2027", "2027-3-2": day before month, as the group's countries write it.
fn date_meant(written: &str) -> Option<NaiveDate> {
    let parts: Vec<u32> = written.split(['-', '/', '.']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [day, month, year] if year >= 1900 => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        [year, month, day] if year >= 1900 => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day),
        _ => None,
    }
}

/// "9:00", "10h10", "24:00"; never "10:5", which may be 10:05 or 10:50.
fn hour_meant(written: &str) -> Option<String> {
    let (hour, minute) = written.trim().trim_end_matches(" h").split_once([':', 'h', '.'])?;
    let (hour_number, minute_number): (u32, u32) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let fits = minute.trim().len() == 2 && minute_number < 60 && (hour_number < 24 || (hour_number == 24 && minute_number == 0));
    fits.then(|| format!("{:02}:{minute_number:02}", hour_number % 24))
}

/// TOML 1.0 has no hour without seconds.
fn quoted(hour: String) -> String {
    format!("\"{hour}\"")
}

/// A word that stands where TOML wants quotes, a number or true and false.
fn unquoted(finding: impl Fn(Text) -> Diagnostic, place: Span, written: &str) -> Diagnostic {
    let shown: String = written.chars().take(60).collect();
    let lower = written.trim().to_lowercase();
    let replaced = |title: Text, meant: String| {
        finding(title)
            .at(place, Text::default())
            .mend(Mend::possible(text!("write `{meant}`", "escriba `{meant}`"), vec![Edit { span: place, text: meant }]))
    };
    if let Some(date) = date_meant(&lower) {
        return replaced(
            text!("`{shown}` is not how a date is written", "`{shown}` no es como se escribe una fecha"),
            date.to_string(),
        );
    }
    if let Some(hour) = hour_meant(&lower) {
        return replaced(
            text!("`{shown}` is not how an hour is written", "`{shown}` no es como se escribe una hora"),
            quoted(hour),
        );
    }
    if let Some(number) =
        lower.strip_suffix("min").or(lower.strip_suffix("minutos")).map(str::trim).filter(|n| n.parse::<u32>().is_ok())
    {
        return replaced(text!("minutes are a number alone", "los minutos van como número solo"), number.to_owned());
    }
    let truth = match lower.as_str() {
        "sí" | "si" | "yes" | "true" | "verdadero" => Some("true"),
        "no" | "false" | "falso" => Some("false"),
        _ => None,
    };
    if let Some(truth) = truth {
        return replaced(
            text!("“yes” is written `true` here, and “no” `false`", "aquí «sí» se escribe `true`, y «no», `false`"),
            truth.to_owned(),
        );
    }
    if written.starts_with(['“', '”', '«', '‘', '„']) {
        let inner = written.trim_matches(['“', '”', '«', '»', '‘', '’', '„']).replace('"', "\\\"");
        return replaced(
            Text::fixed(
                "these quotation marks are Word's (“ ”); straight ones (\") belong here",
                "estas comillas son de Word (“ ”); aquí van comillas rectas (\")",
            ),
            format!("\"{inner}\""),
        );
    }
    if written.contains(['\n', '[', '{', '"', '=']) {
        return finding(Text::fixed("a value is not understood", "no se entiende un valor")).at(place, Text::default()).advice(
            Text::fixed(
                "text stands between quotes, and commas part the values of a list",
                "el texto va entre comillas, y las comas separan los valores de una lista",
            ),
        );
    }
    replaced(Text::fixed("text without quotes", "texto sin comillas"), format!("\"{}\"", written.trim()))
}

/// What begins another item of a list, and lacks the head: its keys stand in the one above once more.
pub(super) fn headless(place: Span, name: &str, after_blank: bool) -> Diagnostic {
    let message = text!("write `[[{name}]]` above this line", "escriba `[[{name}]]` encima de este renglón");
    let start = place.start as usize;
    let edits = vec![Edit { span: Span::new(place.file, start..start), text: format!("[[{name}]]\n") }];
    Diagnostic::new(&rules::SYNTAX, text!("`[[{name}]]` is missing before this line", "falta `[[{name}]]` antes de este renglón"))
        .at(place, Text::fixed("what is said above is said again from here on", "desde aquí se repite lo que ya se dijo arriba"))
        .mend(if after_blank { Mend::certain(message, edits) } else { Mend::possible(message, edits) })
}

/// A key or a head that stands twice.
fn duplicate(finding: impl Fn(Text) -> Diagnostic, place: Span, written: &str, line: &str) -> Diagnostic {
    let head = line.trim();
    if head.starts_with('[') && !head.starts_with("[[") {
        let name = head.trim_start_matches('[').split(']').next().unwrap_or("").trim();
        return finding(text!("`[{name}]` stands twice", "`[{name}]` está dos veces"))
            .at(place, Text::fixed("one pair of brackets is one thing alone", "un solo par de corchetes es para una sola cosa"))
            .advice(text!(
                "where there are several of them, write every one `[[{name}]]`, with double brackets",
                "si hay varios, escriba cada uno `[[{name}]]`, con doble corchete"
            ));
    }
    finding(text!("the key `{written}` stands twice", "la clave `{written}` está dos veces"))
        .at(place, Text::fixed("again here", "aquí se repite"))
        .advice(Text::fixed("keep the one that holds, and take the other out", "deje la que vale y quite la otra"))
}

/// The messages of the parser that need only a translation.
fn usual(finding: impl Fn(Text) -> Diagnostic, place: Span, message: &str) -> Diagnostic {
    let known: [(&str, Text, Text); 6] = [
        (
            phrases::BASIC_TEXT,
            Text::fixed("the closing quotation mark is missing", "faltan las comillas de cierre"),
            Text::fixed("close it with a quotation mark on the same line", "ciérrelo con comillas en el mismo renglón"),
        ),
        (
            phrases::LITERAL_TEXT,
            Text::fixed("the closing quotation mark is missing", "faltan las comillas de cierre"),
            Text::fixed("close it with `'` on the same line", "ciérrelo con `'` en el mismo renglón"),
        ),
        (
            phrases::OPEN_BRACKET,
            Text::fixed("a bracket is not closed", "un corchete no se cierra"),
            Text::fixed("close it with `]`", "ciérrelo con `]`"),
        ),
        (
            phrases::NO_EQUALS,
            Text::fixed("there is no `=` between key and value", "falta el `=` entre clave y valor"),
            Text::fixed("write `key = value`", "escriba `clave = valor`"),
        ),
        (
            phrases::NO_COMMA,
            Text::fixed("a comma is missing", "falta una coma"),
            Text::fixed("part the values with commas", "separe los valores con comas"),
        ),
        (
            phrases::TOO_DEEP,
            Text::fixed("too many brackets within brackets", "demasiados corchetes dentro de corchetes"),
            Text::fixed("a session file never needs more than a few", "un archivo de sesión nunca necesita más que unos pocos"),
        ),
    ];
    for (part, title, help) in known {
        if message.contains(part) {
            return finding(title).at(place, Text::default()).advice(help);
        }
    }
    finding(Text::fixed("this line is not understood", "este renglón no se entiende"))
        .at(place, text!("{message}", "aquí"))
        .advice(Text::fixed(
            "each line is `key = value`, a head in brackets, or a comment after `#`",
            "cada renglón es `clave = valor`, un encabezado entre corchetes, o un comentario después de `#`",
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_hours_as_people_write_them_are_understood_only_where_there_is_one_reading() {
        assert_eq!(date_meant("02-03-2027").map(|date| date.to_string()).as_deref(), Some("2027-03-02"));
        assert_eq!(date_meant("2/3/2027").map(|date| date.to_string()).as_deref(), Some("2027-03-02"));
        assert_eq!(date_meant("2027-02-30"), None);
        assert_eq!(hour_meant("9:00").as_deref(), Some("09:00"));
        assert_eq!(hour_meant("10h10").as_deref(), Some("10:10"));
        assert_eq!(hour_meant("24:00").as_deref(), Some("00:00"));
        assert_eq!(hour_meant("10:5"), None);
        assert_eq!(hour_meant("25:10"), None);
    }
}
