//! A text that people write as a list of words: the languages of an interpretation.

use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use super::{Wording, WordingKeys, said_in};
use crate::decode::{Field, Holds, Kind, Line, Node, Value, Visitor, Worded, other_form};
use crate::diagnostics::{At, Diagnostic, Span};
use crate::locale::{Lang, Text, languages};

/// One line of text in each language, that may come as a list of names or codes.
#[derive(Clone, Debug, Default)]
pub struct Enumerated(pub Wording);

impl std::ops::Deref for Enumerated {
    type Target = WordingKeys;
    fn deref(&self) -> &WordingKeys {
        &self.0.0
    }
}

/// The words of a list that holds nothing else.
fn words<'a>(node: Node<'a>) -> Option<Vec<&'a str>> {
    let DeValue::Array(items) = node.value else { return None };
    items.iter().map(|item| item.get_ref().as_str()).collect::<Option<Vec<_>>>().filter(|words| !words.is_empty())
}

impl Value for Enumerated {
    const KIND: Kind = Kind::Text;
    const HOLDS: Holds = Holds::Names;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let Some(words) = words(node) else { return Wording::decode(node, findings).map(Enumerated) };
        let meant = languages::listed(&words);
        findings.push(other_form(node.span, &words.join(", "), &meant, meant.clone()));
        let told = format!("k = {meant}");
        let read = DeTable::parse(&told).ok()?;
        let value = read.get_ref().get("k")?.get_ref();
        let line = |text: &DeValue<'_>| text.as_str().map(|text| At::new(Line(text.to_owned()), node.span));
        let [es, en] = match value {
            DeValue::Table(both) => ["es", "en"].map(|lang| both.get(lang).and_then(|text| line(text.get_ref()))),
            text => said_in(node.lang(), line(text)?),
        };
        Some(Enumerated(Wording(WordingKeys { es, en })))
    }

    fn schema(lang: Lang) -> Json {
        Wording::schema(lang)
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: Visitor<'_, 'a>) {
        self.0.visit(field, span, visitor);
    }
}

impl Worded for Enumerated {
    type Words = Option<Text>;

    fn words(written: Option<&At<Self>>) -> Option<Text> {
        crate::decode::both(written?.value.0.languages())
    }
}
