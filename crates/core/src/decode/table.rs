//! A TOML table on its way into a record: its keys by their names of both languages, and those that nothing reads.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use toml::de::{DeTable, DeValue};

use super::forms::Forms;
use super::{Field, Kind, Node, Value, Visitor, rules};
use crate::diagnostics::{At, Diagnostic, Edit, Level, Mend, Span};
use crate::locale::names::{nearest, slug};
use crate::locale::{Lang, Text};
use crate::text;

/// A table whose keys are names that the user gives, in the order of the file.
#[derive(Clone, Debug)]
pub struct Map<T>(pub Vec<(At<String>, At<T>)>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Map(Vec::new())
    }
}

impl<T: Value> Value for Map<T> {
    const KIND: Kind = T::KIND;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(Table::of(node, findings)?.map(findings))
    }

    fn schema(lang: Lang) -> Json {
        json!({ "type": "object", "additionalProperties": T::schema(lang) })
    }

    fn visit<'a>(&'a self, field: &'static Field, _: Span, visitor: Visitor<'_, 'a>) {
        self.0.iter().for_each(|(_, entry)| entry.value.visit(field, entry.span, visitor));
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        T::declared(fields);
    }
}

/// A TOML table being decoded into a record.
pub struct Table<'a> {
    forms: &'a Forms,
    span: Span,
    entries: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    pub(super) fn new(forms: &'a Forms, span: Span, entries: &'a DeTable<'a>) -> Table<'a> {
        Table { forms, span, entries }
    }

    pub fn of(node: Node<'a>, findings: &mut Vec<Diagnostic>) -> Option<Table<'a>> {
        match node.value {
            DeValue::Table(entries) => Some(Table::new(node.forms, node.span, entries)),
            _ => {
                node.expected(
                    Text::fixed("a table", "una tabla"),
                    Text::fixed(
                        "write its keys between braces, such as `{ es = \"…\", en = \"…\" }`",
                        "escriba sus claves entre llaves, por ejemplo `{ es = \"…\", en = \"…\" }`",
                    ),
                    findings,
                );
                None
            }
        }
    }

    /// The keys and values as they were parsed.
    pub(crate) fn tree(&self) -> &'a DeTable<'a> {
        self.entries
    }

    fn entries(&self) -> impl Iterator<Item = (At<String>, Node<'a>)> {
        let forms = self.forms;
        self.entries
            .iter()
            .map(move |(key, value)| (At::new(key.get_ref().to_string(), forms.span(key.span())), Node::new(forms, value)))
    }

    /// Every entry as the same kind of thing, in the order of the file.
    pub fn map<T: Value>(&self, findings: &mut Vec<Diagnostic>) -> Map<T> {
        let mut entries: Vec<_> = self.entries().filter_map(|(key, value)| Some((key, value.read::<T>(findings)?))).collect();
        entries.sort_by_key(|(key, _)| key.span);
        Map(entries)
    }

    /// The value of a field, under its own key or one of the `foreign` ones.
    pub fn get<T: Value>(
        &self,
        field: &Field,
        required: bool,
        foreign: &[Foreign<'a>],
        findings: &mut Vec<Diagnostic>,
    ) -> Option<At<T>> {
        let key = field.key;
        match self.entries.get(key).or_else(|| Some(self.in_spanish(field, foreign)?.value)) {
            Some(value) => Node::new(self.forms, value).read(findings),
            None => {
                if required {
                    findings.push(
                        Diagnostic::new(&rules::MISSING_KEY, text!("the key `{key}` is missing", "falta la clave `{key}`"))
                            .at(self.head(), text!("`{key}` belongs here", "aquí debe estar `{key}`"))
                            .field(key),
                    );
                }
                None
            }
        }
    }

    /// The first entry under a Spanish name of a field that does not stand under its own.
    fn in_spanish<'f>(&self, field: &Field, foreign: &'f [Foreign<'a>]) -> Option<&'f Foreign<'a>> {
        let named = foreign.iter().filter(|entry| entry.stands_for(field));
        named.min_by_key(|entry| entry.key.span().start).filter(|_| !self.entries.contains_key(field.key))
    }

    /// Where to point when the whole record is meant: its head, or the first line of the file.
    fn head(&self) -> Span {
        let whole_file =
            self.entries.iter().any(|(key, _)| self.forms.span(key.span()).start < self.span.start) || self.span.start == 0;
        match (whole_file, self.entries.iter().map(|(key, _)| key.span()).min_by_key(|span| span.start)) {
            (true, Some(first)) => self.forms.span(first),
            _ => self.span,
        }
    }

    /// Reports the keys that the record does not have, and gives what stands under them.
    pub fn only(&self, fields: &[Field], findings: &mut Vec<Diagnostic>) -> Vec<Foreign<'a>> {
        let known = |name: &str| fields.iter().any(|field| field.key == name);
        let entries = self.entries.iter().filter(|(key, _)| !known(key.get_ref()));
        let foreign: Vec<Foreign<'a>> = entries.map(|(key, value)| Foreign { plain: slug(key.get_ref()), key, value }).collect();
        for Foreign { key, .. } in &foreign {
            let (name, span) = (key.get_ref().as_ref(), self.forms.span(key.span()));
            let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
            let mut finding = Diagnostic::new(&rules::UNKNOWN_KEY, text!("unknown key `{name}`", "clave desconocida `{name}`"))
                .at(span, Text::fixed("nothing reads this", "esto no se lee"));
            let is_this = |entry: &Foreign<'_>| entry.key.get_ref() == key.get_ref();
            let spanish = fields.iter().find(|field| self.in_spanish(field, &foreign).is_some_and(is_this));
            if let Some(field) = spanish {
                let meant = field.key;
                findings.push(
                    Diagnostic::new(
                        &rules::UNKNOWN_KEY,
                        text!("`{name}` is `{meant}` here", "`{name}` aquí se escribe `{meant}`"),
                    )
                    .level(Level::Warning)
                    .at(span, text!("read as `{meant}`", "se lee como `{meant}`"))
                    .mend(Mend::certain(
                        text!("write `{meant}`", "escriba `{meant}`"),
                        vec![Edit { span, text: meant.to_owned() }],
                    )),
                );
                continue;
            }
            finding = match in_spanish(name, fields).or_else(|| nearest(name, &keys)) {
                Some(meant) => finding.mend(Mend::possible(
                    text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                    vec![Edit { span, text: meant.to_owned() }],
                )),
                None => {
                    let keys = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                    finding.advice(text!("the keys that belong here are {keys}", "las claves que van aquí son {keys}"))
                }
            };
            findings.push(finding);
        }
        foreign
    }
}

/// An entry under a key that the record does not have.
pub struct Foreign<'a> {
    /// The key in plain letters: capitals, accents and underscores make no other.
    plain: String,
    key: &'a toml::Spanned<Cow<'a, str>>,
    value: &'a toml::Spanned<DeValue<'a>>,
}

impl Foreign<'_> {
    fn stands_for(&self, field: &Field) -> bool {
        self.plain == field.key || field.spanish.contains(&self.plain.as_str())
    }
}

/// The key that a Spanish word stands for: keys are English, those who write them mostly are not.
fn in_spanish(word: &str, fields: &[Field]) -> Option<&'static str> {
    let word = slug(word);
    fields.iter().find(|field| field.spanish.contains(&word.as_str())).map(|field| field.key)
}
