//! What is not TOML and still has one reading: curly quotation marks, spaces of a word processor, hours
//! and dates without quotes. It is parsed as it was meant, and every place stays that of the file.

use std::ops::Range;

use super::forms::Forms;
use super::moment::{other_form, two_dates};
use super::{Holds, Vocabulary, bare_list, prose, rules, slug};
use crate::diagnostics::{Diagnostic, Edit, FileId, Mend, Span};
use crate::locale::written::{self, WrittenDate};
use crate::locale::{Lang, Text, dates, ranges};
use crate::text;

/// The text as it was meant, and a finding for each stretch that is not TOML. What has no certain reading
/// is left for the parser to find fault with.
pub(crate) fn read(file: FileId, (lang, keys): (Lang, Vocabulary), text: &str) -> (Forms, String, Vec<Diagnostic>) {
    let mut edits = Vec::new();
    let mut findings = Vec::new();
    let mut block: Option<&str> = None;
    let depths = prose::depths(text);
    let mut stray: Vec<Range<usize>> = Vec::new();
    let mut leads = true;
    let mut start = 0;
    for (line, depth) in text.split_inclusive('\n').zip(depths) {
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        // Within a text of several lines everything is text.
        if let Some(quote) = block {
            if line.contains(quote) {
                block = None;
            }
            continue;
        }
        block = opened_block(line);
        if block.is_none() {
            if depth == 0 && prose::is_prose(line, keys) {
                edits.push((at..at, "# ".to_owned()));
                stray.push(at..at + line.len());
                continue;
            }
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                findings.extend(prose::told(file, text, &std::mem::take(&mut stray), leads));
                leads = false;
            }
            let mut here = Line { file, at, text: line, whole: depth == 0, keys, edits: Vec::new(), findings: &mut findings };
            here.read();
            edits.append(&mut here.edits);
        }
    }
    findings.extend(prose::told(file, text, &stray, leads));
    let mut forms = Forms::none(file, lang);
    let parsed = forms.rewrite(text, edits);
    (forms, parsed, findings)
}

/// The quotation marks of a text of several lines that this line opens and does not close.
fn opened_block(line: &str) -> Option<&'static str> {
    ["\"\"\"", "'''"].into_iter().find(|quote| line.matches(quote).count() % 2 == 1)
}

struct Line<'a> {
    file: FileId,
    /// Where it begins in the file.
    at: usize,
    text: &'a str,
    /// Whether it is no part of a value that began above.
    whole: bool,
    keys: Vocabulary,
    edits: Vec<(Range<usize>, String)>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Line<'_> {
    fn read(&mut self) {
        let trimmed = self.text.trim_start();
        if let Some(comment) = trimmed.strip_prefix("//") {
            let start = self.text.len() - comment.len() - 2;
            let title = Text::fixed("a comment begins with `#`", "un comentario comienza con `#`");
            self.replace(start..start + 2, "#".to_owned(), title);
            return;
        }
        if let Some(at) = late_comment(self.text) {
            let title = Text::fixed("a comment begins with `#`", "un comentario comienza con `#`");
            self.replace(at..at + 2, "#".to_owned(), title);
            self.text = &self.text[..at];
        }
        if let Some(head) = list_head(self.text) {
            let title =
                text!("there may be several of `{head}`: double brackets", "de `{head}` puede haber varios: van dos corchetes");
            let start = self.text.find('[').unwrap_or(0);
            return self.replace(start..start + head.len() + 2, format!("[[{head}]]"), title);
        }
        self.accented_key();
        if self.whole && (self.assigned() || self.bare_list()) {
            return;
        }
        if !self.bare_value() {
            self.characters();
        }
    }

    /// `título = …`, `hora de inicio = …`: TOML has no such key without quotes. It is parsed without accents and spaces,
    /// and told as the key that it stands for.
    fn accented_key(&mut self) {
        let Some((key, _)) = self.text.split_once('=') else { return };
        let start = key.len() - key.trim_start().len();
        let key = key.trim();
        let is_word = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if is_word && !key.is_ascii() || prose::is_worded(key) {
            let range = self.at + start..self.at + start + key.len();
            self.edits.push((range, slug(key)));
        }
    }

    /// `Lugar: en línea`, `start 10:00`: an equals sign is what is missing.
    fn assigned(&mut self) -> bool {
        let Some((end, value, colon)) = prose::assigned(self.text, self.keys) else { return false };
        let title = match colon {
            true => Text::fixed("there is `:` where `=` should be", "hay `:` donde va `=`"),
            false => Text::fixed("there is no `=` between key and value", "falta el `=` entre clave y valor"),
        };
        let key = self.text[..end].trim();
        let message = text!("write `{key} = {value}`", "escriba `{key} = {value}`");
        self.rewrite(end..self.text.trim_end().len(), format!(" = {value}"), title, message);
        true
    }

    /// `speakers = "a", "b"`: a list, without its brackets or the quotes within them.
    fn bare_list(&mut self) -> bool {
        let Some((key, value)) = self.text.split_once('=') else { return false };
        let Some(holds) = (self.keys)(key.trim()).filter(|holds| *holds != Holds::One) else { return false };
        let start = self.text.len() - value.trim_start().len();
        let value = value.split('#').next().unwrap_or(value).trim();
        let straight = if value.contains('"') { value.to_owned() } else { value.replace(['“', '”'], "\"") };
        if bare_list::is_value(value) {
            return false;
        }
        let Some(meant) = bare_list::meant(&straight, holds) else { return false };
        let title = match holds {
            Holds::Names => Text::fixed("several languages are one text here", "aquí varios idiomas van en un solo texto"),
            _ => Text::fixed(
                "a list stands in brackets, and each text of it in quotes",
                "una lista va entre corchetes, y cada texto de ella entre comillas",
            ),
        };
        self.replace(start..start + value.len(), meant, title);
        true
    }

    fn replace(&mut self, range: Range<usize>, meant: String, title: Text) {
        let message = match meant.as_str() {
            " " => Text::fixed("write an ordinary space", "escriba un espacio común"),
            _ => text!("write `{meant}`", "escriba `{meant}`"),
        };
        self.rewrite(range, meant, title, message);
    }

    fn rewrite(&mut self, range: Range<usize>, meant: String, title: Text, message: Text) {
        let range = self.at + range.start..self.at + range.end;
        let span = Span::new(self.file, range.clone());
        self.findings.push(
            Diagnostic::new(&rules::OTHER_FORM, title)
                .at(span, Text::default())
                .mend(Mend::certain(message, vec![Edit { span, text: meant.clone() }])),
        );
        self.edits.push((range, meant));
    }

    /// `start = 10:00 a.m.`, `date = 2 de marzo de 2027`: a value alone on its line that is an hour or a date.
    fn bare_value(&mut self) -> bool {
        let Some((key, value)) = self.text.split_once('=') else { return false };
        let key_like = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ' | '\t' | '\u{a0}');
        if key.trim().is_empty() || !key.chars().all(key_like) {
            return false;
        }
        let value = value.split('#').next().unwrap_or(value);
        let start = self.text.len() - self.text.split_once('=').map_or(0, |(_, value)| value.len());
        let start = start + value.len() - value.trim_start().len();
        let value = value.trim();
        let range = self.at + start..self.at + start + value.len();
        let span = Span::new(self.file, range.clone());
        if let Some((finding, meant)) = number_or_truth(span, &slug(key), value) {
            self.findings.push(finding);
            self.edits.push((range, meant));
            return true;
        }
        // What TOML reads by itself is not looked at, nor is what stands between marks.
        if value.is_empty() || is_toml(value) || value.starts_with(['"', '\'', '[', '{', '“', '”', '«', '‘', '„']) {
            return false;
        }
        // "10:00 a 10:30": its end goes on a line of its own.
        let is_hour = matches!(slug(key).as_str(), "start" | "inicio" | "hora" | "horario");
        if is_hour && let Some((Some(from), Some(to))) = ranges::hours(value).filter(|(from, to)| from < to) {
            let end = if key.trim() == "start" { "end" } else { "fin" };
            let meant = format!("\"{}\"\n{end} = \"{}\"", dates::clock(from), dates::clock(to));
            let title = text!("`{value}` is a start and an end", "`{value}` es un inicio y un fin");
            self.replace(range.start - self.at..range.end - self.at, meant, title);
            return true;
        }
        let (finding, meant) = if let Some(hour) = written::hour(value).map(dates::clock) {
            let quoted = format!("\"{hour}\"");
            (other_form(span, value, &hour, quoted.clone()), quoted)
        } else {
            match written::date(value) {
                Some(WrittenDate::Certain(day)) => (other_form(span, value, &day.to_string(), day.to_string()), day.to_string()),
                // Asked; while nobody has answered it is no day, so that nothing follows from one of the two.
                Some(WrittenDate::Either(day, other)) => (two_dates(span, value, [day, other]), format!("\"{value}\"")),
                None => return false,
            }
        };
        self.findings.push(finding);
        self.edits.push((range, meant));
        true
    }

    /// Word's spaces and quotation marks, outside of texts.
    fn characters(&mut self) {
        let text = self.text;
        let mut quote: Option<char> = None;
        let mut skip_to = 0;
        let mut escaped = false;
        for (index, c) in text.char_indices() {
            if index < skip_to {
                continue;
            }
            if let Some(mark) = quote {
                if c == mark && !escaped {
                    quote = None;
                }
                escaped = mark == '"' && c == '\\' && !escaped;
                continue;
            }
            match c {
                '#' => return,
                '"' | '\'' => quote = Some(c),
                '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' => {
                    let title = Text::fixed("there is a space of Word here", "aquí hay un espacio de Word");
                    self.replace(index..index + c.len_utf8(), " ".to_owned(), title);
                }
                '“' | '”' | '„' | '«' | '‘' | '’' => {
                    // A text begins where a value can: behind `=`, a comma or a bracket.
                    if !text[..index].trim_end().ends_with(['=', ',', '[', '{']) {
                        return;
                    }
                    let Some(end) = closing(text, index + c.len_utf8()) else { return };
                    let inner = &text[index + c.len_utf8()..end.start];
                    let meant = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""));
                    let title = Text::fixed(
                        "these quotation marks are Word's (“ ”); straight ones (\") belong here",
                        "estas comillas son de Word (“ ”); aquí van comillas rectas (\")",
                    );
                    self.replace(index..end.end, meant, title);
                    skip_to = end.end;
                }
                _ => {}
            }
        }
    }
}

/// The lists of tables, whose heads have double brackets.
const LISTS: [&str; 13] = [
    "slots",
    "agenda",
    "puntos",
    "items",
    "subpuntos",
    "groups",
    "grupos",
    "sections",
    "secciones",
    "holidays",
    "feriados",
    "documents",
    "documentos",
];

/// The name in `[slots]`, of which there may be several.
fn list_head(line: &str) -> Option<&str> {
    let line = line.split('#').next()?.trim();
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let is_list = LISTS.contains(&name.rsplit('.').next()?.trim());
    (is_list && !name.starts_with('[')).then_some(name)
}

/// Whether a file that is TOML still has a head that stands for several things.
pub(crate) fn has_list_heads(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('[') && list_head(line).is_some())
}

/// Where `//` begins a comment behind a value.
fn late_comment(line: &str) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match quote {
            Some(mark) if c == mark && before != '\\' => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '“') => quote = Some(if c == '“' { '”' } else { c }),
            None if c == '#' => return None,
            None if c == '/' && line[at..].starts_with("//") && before.is_whitespace() && line[..at].contains('=') => {
                return Some(at);
            }
            None => {}
        }
        before = c;
    }
    None
}

/// `minutes = 40 min`, `break = sí`, `start = 0930`: by the key there is one reading.
fn number_or_truth(span: Span, key: &str, value: &str) -> Option<(Diagnostic, String)> {
    match key {
        "minutes" | "minutos" | "duracion" if !value.chars().all(|c| c.is_ascii_digit()) => {
            let meant = written::minutes(value)?.to_string();
            Some((other_form(span, value, &meant, meant.clone()), meant))
        }
        "start" | "end" | "inicio" | "fin" if value.starts_with('0') && value.len() == 4 => {
            let hour = dates::clock(written::four_digits(value)?);
            let quoted = format!("\"{hour}\"");
            Some((other_form(span, value, &hour, quoted.clone()), quoted))
        }
        _ => {
            let meant = match value.to_lowercase().as_str() {
                "sí" | "si" | "yes" | "verdadero" => "true",
                "no" | "falso" => "false",
                _ => return None,
            };
            Some((other_form(span, value, meant, meant.to_owned()), meant.to_owned()))
        }
    }
}

/// Where a text in curly marks ends: at the first closing mark behind which a value can end.
fn closing(text: &str, from: usize) -> Option<Range<usize>> {
    text[from..].char_indices().find_map(|(index, c)| {
        let (start, end) = (from + index, from + index + c.len_utf8());
        let ends = matches!(c, '”' | '“' | '»' | '’' | '‘' | '"');
        let rest = text[end..].trim_start_matches([' ', '\t', '\u{a0}']);
        (ends && (rest.is_empty() || rest.starts_with([',', ']', '}', '#']))).then_some(start..end)
    })
}

/// Whether TOML 1.1 reads the value without help.
fn is_toml(value: &str) -> bool {
    let two = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = value.split(':').collect();
    let hour = matches!(parts.len(), 2 | 3) && parts.iter().all(|part| two(part));
    let date = value.len() == 10
        && value.bytes().enumerate().all(|(index, b)| if matches!(index, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    hour || date || value.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests;
