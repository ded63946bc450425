//! TOML text to values as written: every leaf with its place, every fault reported, none of them final.
//!
//! `serde` would stop at the first fault and lose places under untagged forms, so records are decoded
//! from `toml`'s `DeTable`, which keeps the span of every key and value.

mod bare_list;
mod choice;
pub mod encoding;
mod field;
mod formed;
mod forms;
mod leaf;
mod meant;
mod moment;
pub mod often;
mod phrases;
mod places;
mod prose;
mod record;
pub mod rules;
mod slips;
mod syntax;
mod table;
mod value;

pub(crate) use choice::choice;
pub use choice::wrong_choice;
pub use field::{
    Field, Filled, Holds, Kind, Languages, Visibility, Visitor, Vocabulary, Weight, Worded, Words, both, heading, languages,
};
pub use formed::{Domain, Email, Folder, Link, is_mail_address};
pub use leaf::{Count, Id, Line, Minutes, Number, Paragraphs, ZoneName};
pub(crate) use moment::other_form;
pub use moment::{Clock, Day};
pub(crate) use record::record;
pub(crate) use syntax::parse_knowing;
pub use syntax::{Parsed, parse};
pub use table::{Map, Table};
pub use value::Value;

pub use crate::locale::names::{nearest, slug};

use toml::de::DeValue;

use crate::diagnostics::{At, Diagnostic, Span};
use crate::locale::{Lang, Text};
use crate::text;
use forms::Forms;

/// A TOML value, where it stands, and a place to put what is wrong with it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub value: &'a DeValue<'a>,
    pub span: Span,
    forms: &'a Forms,
}

impl<'a> Node<'a> {
    fn new(forms: &'a Forms, value: &'a toml::Spanned<DeValue<'a>>) -> Node<'a> {
        Node { value: value.get_ref(), span: forms.span(value.span()), forms }
    }

    /// Decodes the value, with its place.
    pub fn read<T: Value>(self, findings: &mut Vec<Diagnostic>) -> Option<At<T>> {
        // What could not be parsed was reported already, and stands as an empty stretch.
        if self.span.start == self.span.end {
            return None;
        }
        T::decode(self, findings).map(|value| At::new(value, self.span))
    }

    /// The language of a text that does not say its own.
    pub fn lang(self) -> Lang {
        self.forms.lang
    }

    /// Reports that something else was expected here.
    pub fn expected(self, what: Text, help: Text, findings: &mut Vec<Diagnostic>) {
        let found = self.found();
        findings.push(
            Diagnostic::new(
                &rules::WRONG_VALUE,
                text!(l, what = what.get(l), found = found.get(l); "{what} belongs here, not {found}", "aquí va {what}, no {found}"),
            )
            .at(self.span, Text::default())
            .advice(help),
        );
    }

    fn found(self) -> Text {
        match self.value {
            DeValue::String(_) => Text::fixed("text", "texto"),
            DeValue::Integer(n) if n.as_str().chars().all(|c| c.is_ascii_digit()) => Text::same(n.as_str()),
            DeValue::Integer(_) => Text::fixed("a number", "un número"),
            DeValue::Float(_) => Text::fixed("a number with decimals", "un número con decimales"),
            DeValue::Boolean(true) => Text::same("true"),
            DeValue::Boolean(false) => Text::same("false"),
            DeValue::Datetime(_) => Text::fixed("a date or an hour", "una fecha u hora"),
            DeValue::Array(_) => Text::fixed("a list", "una lista"),
            DeValue::Table(_) => Text::fixed("a table", "una tabla"),
        }
    }

    /// The stretch from the head of a table to the end of the last thing in it.
    pub fn extent(self) -> Span {
        let children = |nodes: &mut dyn Iterator<Item = &'a toml::Spanned<DeValue<'a>>>| {
            nodes.fold(self.span, |span, node| span.to(Node::new(self.forms, node).extent()))
        };
        match self.value {
            DeValue::Table(table) => children(&mut table.values()),
            DeValue::Array(array) => children(&mut array.iter()),
            _ => self.span,
        }
    }
}
