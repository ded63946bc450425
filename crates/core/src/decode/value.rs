//! What can be read from a TOML value, and lists of it.

use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::{Field, Filled, Holds, Kind, Node, Visitor, rules};
use crate::diagnostics::{At, Diagnostic, Edit, Mend, Span};
use crate::locale::{Lang, Text};

/// Something that can be read from a TOML value.
pub trait Value: Sized {
    const KIND: Kind = Kind::Data;
    const HOLDS: Holds = Holds::One;

    /// The value, or `None` after reporting what is wrong with it.
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self>;

    /// What an editor checks and completes (JSON Schema 2020-12).
    fn schema(lang: Lang) -> Json;

    /// Tells what is filled in: a value of several fields, each of them.
    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: Visitor<'_, 'a>) {
        visitor(Filled { field, span, text: None });
    }

    /// Adds every field that may be filled in here or below, each record once.
    fn declared(_fields: &mut Vec<&'static Field>) {}
}

/// A list keeps what could be read of it.
impl<T: Value> Value for Vec<At<T>> {
    const KIND: Kind = T::KIND;
    const HOLDS: Holds = Holds::List;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.value {
            DeValue::Array(array) => Some(array.iter().filter_map(|item| Node::new(node.forms, item).read(findings)).collect()),
            DeValue::String(_) => {
                let one = node.read(findings)?;
                findings.push(alone(node.span));
                Some(vec![one])
            }
            _ => {
                let help = match node.value {
                    DeValue::Table(_) => Text::fixed(
                        "there may be several: write its head with double brackets, `[[…]]`",
                        "puede haber varios: escriba su encabezado con doble corchete, `[[…]]`",
                    ),
                    _ => Text::fixed("put it between brackets: `[…]`", "póngalo entre corchetes: `[…]`"),
                };
                node.expected(Text::fixed("a list", "una lista"), help, findings);
                None
            }
        }
    }

    fn schema(lang: Lang) -> Json {
        json!({ "type": "array", "items": T::schema(lang) })
    }

    fn visit<'a>(&'a self, field: &'static Field, _: Span, visitor: Visitor<'_, 'a>) {
        self.iter().for_each(|item| item.value.visit(field, item.span, visitor));
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        T::declared(fields);
    }
}

/// One thing where several may stand.
fn alone(span: Span) -> Diagnostic {
    let bracket = |at: u32, text: &str| Edit { span: Span { start: at, end: at, ..span }, text: text.to_owned() };
    let title = Text::fixed("a list belongs here: this is read as a list of one", "aquí va una lista: se lee como lista de uno");
    Diagnostic::new(&rules::OTHER_FORM, title).at(span, Text::default()).mend(Mend::certain(
        Text::fixed("put it between brackets", "póngalo entre corchetes"),
        vec![bracket(span.start, "["), bracket(span.end, "]")],
    ))
}
