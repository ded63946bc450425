//! A TOML table on its way into a record: its keys by their names of both languages, and those that nothing reads.

use std::borrow::Cow;
use std::collections::HashMap;

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
        match self.entries.get(key).or_else(|| Some(self.by_another_name(field, foreign)?.value)) {
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

    /// The first entry that stands for a field, where none stands under its own key: one of its other names before a
    /// name that is only near one.
    fn by_another_name<'f>(&self, field: &Field, foreign: &'f [Foreign<'a>]) -> Option<&'f Foreign<'a>> {
        let first = |named: &dyn Fn(&Foreign<'a>) -> bool| {
            foreign.iter().filter(|entry| named(entry)).min_by_key(|entry| entry.key.span().start)
        };
        let found = first(&|entry| entry.stands_for(field)).or_else(|| first(&|entry| entry.near == Some(field.key)));
        found.filter(|_| !self.entries.contains_key(field.key))
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
        let foreign: Vec<Foreign<'a>> = entries.map(|(key, value)| Foreign::new(key, value, fields)).collect();
        let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
        // The entry that each field is read from: looked up once a field, as a file may have thousands of such keys.
        let read: HashMap<&str, &Field> = fields
            .iter()
            .rev()
            .filter_map(|field| Some((self.by_another_name(field, &foreign)?.key.get_ref().as_ref(), field)))
            .collect();
        for Foreign { key, near, .. } in &foreign {
            let (name, span) = (key.get_ref().as_ref(), self.forms.span(key.span()));
            let mut finding = Diagnostic::new(&rules::UNKNOWN_KEY, text!("unknown key `{name}`", "clave desconocida `{name}`"))
                .at(span, Text::fixed("nothing reads this", "esto no se lee"));
            let read = read.get(name).copied();
            if let Some(field) = read.filter(|field| near != &Some(field.key)) {
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
            if let Some(field) = read {
                let label = text!(l, key = { let _ = l; field.key }; "taken for `{key}`", "se toma por `{key}`");
                finding.labels[0].text = label;
            }
            finding = match near.or_else(|| in_spanish(name, fields)) {
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
    /// The key that was most likely meant, where the name is none of any.
    near: Option<&'static str>,
}

impl<'a> Foreign<'a> {
    fn new(key: &'a toml::Spanned<Cow<'a, str>>, value: &'a toml::Spanned<DeValue<'a>>, fields: &[Field]) -> Foreign<'a> {
        let plain = slug(key.get_ref());
        let is_name = |field: &Field| field.key == plain || field.spanish.contains(&plain.as_str());
        let near = (!fields.iter().any(is_name)).then(|| near(&plain, fields)).flatten();
        Foreign { plain, key, value, near }
    }

    fn stands_for(&self, field: &Field) -> bool {
        self.plain == field.key || field.spanish.contains(&self.plain.as_str())
    }
}

/// What people write in English for a key.
const SYNONYMS: [(&str, &str); 18] = [
    ("hour", "start"),
    ("time", "start"),
    ("begin", "start"),
    ("begins", "start"),
    ("starts", "start"),
    ("from", "start"),
    ("until", "end"),
    ("ends", "end"),
    ("to", "end"),
    ("duration", "minutes"),
    ("length", "minutes"),
    ("topic", "title"),
    ("subject", "title"),
    ("name", "title"),
    ("speaker", "speakers"),
    ("chair", "moderator"),
    ("room", "place"),
    ("venue", "place"),
];

/// The key that a name nobody knows most likely stands for: a synonym, or a name that is typed alike.
fn near(plain: &str, fields: &[Field]) -> Option<&'static str> {
    let has = |key: &str| fields.iter().find(|field| field.key == key).map(|field| field.key);
    if let Some(key) = SYNONYMS.iter().find(|(word, _)| *word == plain).and_then(|(_, key)| has(key)) {
        return Some(key);
    }
    let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
    nearest(plain, &keys).and_then(has).or_else(|| {
        let spanish: Vec<&str> = fields.iter().flat_map(|field| field.spanish).copied().collect();
        in_spanish(nearest(plain, &spanish).filter(|name| name.len() > 3)?, fields)
    })
}

/// The key that a Spanish word stands for: keys are English, those who write them mostly are not.
fn in_spanish(word: &str, fields: &[Field]) -> Option<&'static str> {
    let word = slug(word);
    fields.iter().find(|field| field.spanish.contains(&word.as_str())).map(|field| field.key)
}
