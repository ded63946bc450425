//! Countries, by their codes.

use serde_json::{Value as Json, json};

use super::Line;
use crate::decode::{Field, Kind, Node, Value, Visitor, ZoneName, other_form, record, rules};
use crate::diagnostics::{At, Diagnostic, Edit, Mend, Span};
use crate::locale::{Lang, Text};
use crate::{text, time};

record! {
    /// A member country whose zone has to be said, because it has several.
    CountryTable {
        "code" | "codigo" => code: CountryCode, required, "its two letters (ISO 3166-1)", "sus dos letras (ISO 3166-1)";
        "time-zone" | "zona-horaria" => time_zone: ZoneName, optional, "the zone of its hours", "la zona de sus horas";
    }
}

/// A member country: `"GT"`, or `{ code = "MX", time-zone = "America/Mexico_City" }`.
#[derive(Clone, Debug, Default)]
pub struct MemberCountry(pub CountryTable);

impl Value for MemberCountry {
    const KIND: Kind = Kind::Records;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        if node.value.is_table() {
            return CountryTable::decode(node, findings).map(MemberCountry);
        }
        let code = CountryCode::decode(node, findings)?;
        Some(MemberCountry(CountryTable { code: Some(At::new(code, node.span)), time_zone: None }))
    }

    fn schema(lang: Lang) -> Json {
        json!({ "anyOf": [CountryCode::schema(lang), CountryTable::schema(lang)] })
    }

    fn visit<'a>(&'a self, _: &'static Field, _: Span, visitor: Visitor<'_, 'a>) {
        self.0.each_field(visitor);
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        CountryTable::declared(fields);
    }
}

/// A country by its ISO 3166-1 code, in upper case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryCode(pub &'static str);

impl Value for CountryCode {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Line(written) = Line::decode(node, findings)?;
        if let Some(country) = time::country(&written) {
            return Some(CountryCode(country.code));
        }
        if let Some(country) = time::country_called(&written) {
            findings.push(other_form(node.span, &written, country.code, format!("\"{}\"", country.code)));
            return Some(CountryCode(country.code));
        }
        let finding =
            Diagnostic::new(&rules::UNKNOWN_COUNTRY, text!("unknown country `{written}`", "país desconocido `{written}`"))
                .at(node.span, Text::fixed("not an ISO 3166 code", "no es un código ISO 3166"));
        findings.push(match time::country_suggestion(&written) {
            Some(code) => finding.mend(Mend::possible(
                text!("write its code, `{code}`", "escriba su código, `{code}`"),
                vec![Edit { span: node.span, text: format!("\"{code}\"") }],
            )),
            None => {
                finding.advice(Text::fixed("write its two letters, such as \"GT\"", "escriba sus dos letras, por ejemplo \"GT\""))
            }
        });
        None
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^[A-Za-z]{2}$" })
    }
}
