//! What is not TOML and still has one reading: curly quotation marks, spaces of a word processor, hours
//! and dates without quotes. It is parsed as it was meant, and every place stays that of the file.

use std::ops::Range;

use super::forms::Forms;
use super::moment::{other_form, two_dates};
use super::{rules, slug};
use crate::diagnostics::{Diagnostic, Edit, FileId, Mend, Span};
use crate::locale::written::{self, WrittenDate};
use crate::locale::{Lang, Text, dates};
use crate::text;

/// The text as it was meant, and a finding for each stretch that is not TOML. What has no certain reading
/// is left for the parser to find fault with.
pub(crate) fn read(file: FileId, lang: Lang, text: &str) -> (Forms, String, Vec<Diagnostic>) {
    let mut edits = Vec::new();
    let mut findings = Vec::new();
    let mut block: Option<&str> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
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
            let mut here = Line { file, at, text: line, edits: Vec::new(), findings: &mut findings };
            here.read();
            edits.append(&mut here.edits);
        }
    }
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
        if !self.bare_value() {
            self.characters();
        }
    }

    /// `título = …`: TOML has no such key without quotes. It is parsed without its accents, and told as the key that
    /// it stands for.
    fn accented_key(&mut self) {
        let Some((key, _)) = self.text.split_once('=') else { return };
        let start = key.len() - key.trim_start().len();
        let key = key.trim();
        let is_word = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if is_word && !key.is_ascii() {
            let range = self.at + start..self.at + start + key.len();
            self.edits.push((range, slug(key)));
        }
    }

    fn replace(&mut self, range: Range<usize>, meant: String, title: Text) {
        let range = self.at + range.start..self.at + range.end;
        let span = Span::new(self.file, range.clone());
        let message = match meant.as_str() {
            " " => Text::fixed("write an ordinary space", "escriba un espacio común"),
            _ => text!("write `{meant}`", "escriba `{meant}`"),
        };
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
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, Vec<String>) {
        let (_, parsed, findings) = read(FileId(0), Lang::Es, text);
        (parsed, findings.into_iter().map(|finding| finding.message.en.to_string()).collect())
    }

    #[test]
    fn what_has_one_reading_is_parsed_as_it_was_meant() {
        for (written, meant) in [
            ("start = 10:00 a.m.\n", "start = \"10:00\"\n"),
            ("start = 9:30 # abre\n", "start = \"09:30\" # abre\n"),
            ("date = 27/10/2027", "date = 2027-10-27"),
            ("date = martes 2 de marzo de 2027\r\n", "date = 2027-03-02\r\n"),
            ("date = 2027–03–02", "date = 2027-03-02"),
            ("title = { es = “Hola”, en = \"Hi “x”\" }", "title = { es = \"Hola\", en = \"Hi “x”\" }"),
            ("speakers = [“a”, «b»]", "speakers = [\"a\", \"b\"]"),
            ("title\u{a0}= \"a\u{a0}b\"", "title = \"a\u{a0}b\""),
            ("// nota", "# nota"),
            ("minutes = 40 // más o menos", "minutes = 40 # más o menos"),
            ("minutes = 40 min", "minutes = 40"),
            ("duracion = 1 h 30 min", "duracion = 90"),
            ("start = 0930", "start = \"09:30\""),
            ("break = sí", "break = true"),
            ("[slots]", "[[slots]]"),
            ("[slots.items] # dentro", "[[slots.items]] # dentro"),
        ] {
            let (parsed, told) = parsed(written);
            assert_eq!(parsed, meant);
            assert_eq!(told.len(), (if written.contains('«') { 2 } else { 1 }), "{written}: {told:?}");
        }
        for plain in [
            "start = 10:05",
            "start = \"10:05\"",
            "date = 2027-03-02",
            "minutes = 40",
            "link = \"https://example.org\" # //",
            "[slots.title]",
            "start = 10.05",
            "# “a”",
            "x = '''\nstart = 9:30\n'''\n",
        ] {
            assert_eq!(parsed(plain), (plain.to_owned(), vec![]));
        }
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "date = 2 de marzo de 2027\ntitle = { es = “Hola” }\nminutes = 5\n";
        let (forms, parsed, _) = read(FileId(0), Lang::Es, text);
        let place = |word: &str| {
            let at = parsed.find(word).unwrap();
            &text[forms.span(at..at + word.len()).range()]
        };
        assert_eq!(place("2027-03-02"), "2 de marzo de 2027");
        assert_eq!(place("\"Hola\""), "“Hola”");
        assert_eq!(place("minutes"), "minutes");
        assert_eq!(place("es"), "es");
    }
}
