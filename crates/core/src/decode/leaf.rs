//! The values at the ends of the tree: names, texts, counts, zones.

use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::moment::other_form;
use super::{Node, Value, rules};
use crate::diagnostics::{At, Diagnostic, Edit, Mend, Span};
use crate::locale::names::{LONGEST_ID, slug};
use crate::locale::{Lang, Text, written};
use crate::text;
use crate::time;

/// A stable identifier: lower-case letters, digits and single hyphens, at most 64. It becomes part of
/// file names and calendar UIDs, so nothing else is let in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Id(pub String);

/// One line of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub String);

/// Prose in Markdown, over any number of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraphs(pub String);

impl AsRef<str> for Line {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Paragraphs {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// A duration from 1 minute to a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minutes(pub u32);

/// A count from 1, such as the number of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub u32);

/// A count from 0, such as the days of notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub u32);

/// The name of an IANA time zone that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneName(pub String);

const LONGEST_DURATION: u32 = 7 * 24 * 60;

impl Id {
    fn is_valid(text: &str) -> bool {
        !text.is_empty() && text == slug(text)
    }

    /// The same rule for a key that the user chose.
    pub fn check_key(key: &At<String>, findings: &mut Vec<Diagnostic>) {
        if !Id::is_valid(key) {
            findings.push(invalid_id(key, key.span, false));
        }
    }
}

fn invalid_id(written: &str, span: Span, quoted: bool) -> Diagnostic {
    let shown: String = written.chars().take(80).collect();
    let finding =
        Diagnostic::new(&rules::WRONG_VALUE, text!("`{shown}` cannot be an id", "`{shown}` no puede ser un identificador")).at(
            span,
            Text::fixed(
                "only a to z, 0 to 9 and single hyphens, at most 64",
                "solo de la a a la z sin tilde, dígitos y guiones, 64 a lo sumo",
            ),
        );
    match slug(written) {
        id if id.is_empty() => finding,
        id => {
            let replacement = if quoted { format!("\"{id}\"") } else { id.clone() };
            let message = text!("write `{id}`", "escriba `{id}`");
            finding.mend(Mend::possible(message, vec![Edit { span, text: replacement }]))
        }
    }
}

impl Value for Id {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(text) = node.value.as_str() else {
            let help = Text::fixed("for example \"global-initiatives\"", "por ejemplo \"iniciativas-globales\"");
            node.expected(Text::fixed("an id in quotes", "un identificador entre comillas"), help, findings);
            return None;
        };
        if Id::is_valid(text) {
            return Some(Id(text.to_owned()));
        }
        findings.push(invalid_id(text, node.span, true));
        None
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": LONGEST_ID })
    }
}

/// Characters that no text may hold: controls, and those that the templates use as marks of their own.
fn forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
        || matches!(c, '\u{2028}' | '\u{2029}')
}

fn text_of(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<String> {
    let Some(text) = node.value.as_str() else {
        let help = Text::fixed("put it in quotes: \"…\"", "póngalo entre comillas: \"…\"");
        node.expected(Text::fixed("text", "texto"), help, findings);
        return None;
    };
    if let Some(c) = text.chars().find(|c| forbidden(*c)) {
        let code = u32::from(c);
        findings.push(
            Diagnostic::new(
                &rules::WRONG_VALUE,
                text!(
                    "this text holds the invisible character U+{code:04X}",
                    "este texto contiene el carácter invisible U+{code:04X}"
                ),
            )
            .at(node.span, Text::default())
            .advice(Text::fixed(
                "type the text again, or paste it without format",
                "escriba el texto de nuevo o péguelo sin formato",
            )),
        );
        return None;
    }
    Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() })
}

impl Value for Line {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = text_of(node, findings)?;
        if text.trim().contains('\n') {
            let help = Text::fixed("join the lines into one", "junte los renglones en uno solo");
            node.expected(Text::fixed("a single line of text", "un solo renglón de texto"), help, findings);
            return None;
        }
        Some(Line(text.trim().to_owned()))
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string" })
    }
}

impl Value for Paragraphs {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        text_of(node, findings).map(|text| Paragraphs(text.trim_matches('\n').to_owned()))
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string" })
    }
}

impl Value for bool {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if node.value.as_bool().is_none() {
            let help = Text::fixed("write true or false, without quotes", "escriba true (sí) o false (no), sin comillas");
            node.expected(Text::fixed("`true` or `false`", "`true` o `false`"), help, findings);
        }
        node.value.as_bool()
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "boolean" })
    }
}

/// A whole number within a range, or a finding that says the range.
fn whole(node: Node<'_>, least: u32, most: u32, what: Text, findings: &mut Vec<Diagnostic>) -> Option<u32> {
    let number = match node.value {
        DeValue::Integer(number) => i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok(),
        // "40" and "40 min" are read as they are meant.
        DeValue::String(text) => written::minutes(text).map(i64::from).inspect(|number| {
            findings.push(other_form(node.span, text.trim(), &number.to_string(), number.to_string()));
        }),
        _ => None,
    };
    let fits = number.and_then(|n| u32::try_from(n).ok()).filter(|n| (least..=most).contains(n));
    if fits.is_none() {
        let help = text!(
            "write a whole number from {least} to {most}, without quotes",
            "escriba un número entero de {least} a {most}, sin comillas"
        );
        match number {
            Some(number) => {
                let message = match number < i64::from(least) {
                    true => text!("{number} is too little here", "{number} es muy poco aquí"),
                    false => text!("{number} is too much here", "{number} es demasiado aquí"),
                };
                findings.push(Diagnostic::new(&rules::WRONG_VALUE, message).at(node.span, Text::default()).advice(help));
            }
            None => node.expected(what, help, findings),
        }
    }
    fits
}

impl Value for Minutes {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        whole(node, 1, LONGEST_DURATION, Text::fixed("a number of minutes", "una cantidad de minutos"), findings).map(Minutes)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": LONGEST_DURATION })
    }
}

impl Value for Number {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        whole(node, 1, 100_000, Text::fixed("a number", "un número"), findings).map(Number)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "integer", "minimum": 1, "maximum": 100_000 })
    }
}

impl Value for Count {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        whole(node, 0, 100_000, Text::fixed("a number", "un número"), findings).map(Count)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": 100_000 })
    }
}

impl Value for ZoneName {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Line(written) = Line::decode(node, findings)?;
        if time::Zone::named(&written).is_some() {
            return Some(ZoneName(written));
        }
        let finding =
            Diagnostic::new(&rules::UNKNOWN_ZONE, text!("unknown time zone `{written}`", "zona horaria desconocida `{written}`"))
                .at(
                    node.span,
                    Text::fixed("zones are named by continent and city", "las zonas se nombran por continente y ciudad"),
                );
        let offset = ["UTC", "GMT"].iter().any(|prefix| written.starts_with(prefix));
        let called = time::zones_called(&written);
        if !called.is_empty() {
            let mend = |(index, zone): (usize, &&str)| {
                let message = match index {
                    0 => text!("did you mean `{zone}`?", "¿quiso decir `{zone}`?"),
                    _ => text!("or `{zone}`?", "¿o bien `{zone}`?"),
                };
                Mend::possible(message, vec![Edit { span: node.span, text: format!("\"{zone}\"") }])
            };
            findings.push(called.iter().enumerate().map(mend).fold(finding, Diagnostic::mend));
            return None;
        }
        findings.push(match time::zone_suggestion(&written).filter(|_| !offset) {
            Some(zone) => finding.mend(Mend::possible(
                text!("did you mean `{zone}`?", "¿quiso decir `{zone}`?"),
                vec![Edit { span: node.span, text: format!("\"{zone}\"") }],
            )),
            None => finding.advice(Text::fixed(
                "write an IANA name, such as \"America/Guatemala\"; \"CST\" and the like mean other hours elsewhere",
                "escriba un nombre de la IANA, por ejemplo \"America/Guatemala\"; «CST» y similares quieren decir otra hora en otros países",
            )),
        });
        None
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^(UTC|[A-Za-z_]+/[A-Za-z0-9_/+-]+)$" })
    }
}
