//! Tables of named keys. One declaration of a record makes its type, its decoder and its JSON Schema,
//! so that the three cannot disagree.

use std::borrow::Cow;

use serde_json::{Value as Json, json};
use toml::de::{DeTable, DeValue};

use super::forms::Forms;
use super::{Field, Filled, Kind, Line, Node, Visitor, rules};
use crate::diagnostics::{At, Diagnostic, Edit, Level, Mend, Span};
use crate::locale::names::{nearest, slug};
use crate::locale::{Lang, Text};
use crate::text;

/// Something that can be read from a TOML value.
pub trait Value: Sized {
    const KIND: Kind = Kind::Data;

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

    pub fn get<T: Value>(&self, field: &Field, required: bool, findings: &mut Vec<Diagnostic>) -> Option<At<T>> {
        let key = field.key;
        match self.entries.get(key).or_else(|| self.in_spanish(field).map(|(_, value)| value)) {
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
    fn in_spanish(&self, field: &Field) -> Option<(&'a toml::Spanned<Cow<'a, str>>, &'a toml::Spanned<DeValue<'a>>)> {
        if self.entries.contains_key(field.key) {
            return None;
        }
        let stands = |name: &str| {
            let plain = slug(name);
            // Capitals, accents and underscores make no other key.
            plain == field.key || field.spanish.contains(&plain.as_str())
        };
        let named = self.entries.iter().filter(|(key, _)| stands(key.get_ref()));
        named.min_by_key(|(key, _)| key.span().start)
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

    /// Reports the keys that the record does not have.
    pub fn only(&self, fields: &[Field], findings: &mut Vec<Diagnostic>) {
        let known = |name: &str| fields.iter().any(|field| field.key == name);
        for (key, _) in self.entries.iter().filter(|(key, _)| !known(key.get_ref())) {
            let (name, span) = (key.get_ref().as_ref(), self.forms.span(key.span()));
            let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
            let mut finding = Diagnostic::new(&rules::UNKNOWN_KEY, text!("unknown key `{name}`", "clave desconocida `{name}`"))
                .at(span, Text::fixed("nothing reads this", "esto no se lee"));
            let spanish =
                fields.iter().find(|field| self.in_spanish(field).is_some_and(|(own, _)| own.get_ref() == key.get_ref()));
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
    }
}

/// The key that a Spanish word stands for: keys are English, those who write them mostly are not.
fn in_spanish(word: &str, fields: &[Field]) -> Option<&'static str> {
    let word = slug(word);
    fields.iter().find(|field| field.spanish.contains(&word.as_str())).map(|field| field.key)
}

/// The names, at most a few, for a message that lists what is allowed.
pub(crate) fn listed(names: &[&str]) -> Line {
    Line(names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
}

/// Declares a record, a field a line:
///
/// ```text
/// "key" | "clave" => field: Type, required or optional, English, Spanish, what it is;
/// ```
///
/// What it is: `text(who sees it, as what a change is told)` for words in each language, `data(…)` of the same for
/// anything else that is not published or whose change somebody is told; see [`Field`]. From `texts Name` the record
/// gets a second type, which holds its texts alone, once one language stands in where the other is missing: the
/// programme keeps them in it.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident, texts $texts:ident { $($lines:tt)+ }
    ) => {
        $crate::decode::record! { $(#[$meta])* $name { $($lines)+ } }
        $crate::decode::record! { @texts $texts of $name { $($lines)+ } }
    };
    (
        $(#[$meta:meta])*
        $name:ident {
            $(
                $key:literal $(| $spanish:literal)* => $field:ident : $type:ty, $need:ident, $en:literal, $es:literal
                $(, text($text_visibility:ident, $text_weight:ident))?
                $(, data($visibility:ident, $weight:ident))?;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( #[doc = $en] pub $field: Option<$crate::diagnostics::At<$type>>, )+
        }

        impl $name {
            /// As they are declared.
            pub const FIELDS: &'static [$crate::decode::Field] = &[$(
                $crate::decode::Field {
                    record: stringify!($name),
                    key: $key,
                    spanish: &[$($spanish),*],
                    visibility: $crate::decode::record!(@visibility $($text_visibility)? $($visibility)?),
                    weight: $crate::decode::record!(@weight $($text_weight)? $($weight)?),
                    kind: <$type as $crate::decode::Value>::KIND,
                },
            )+];

            /// Decodes a table that was found already, such as a whole file.
            pub fn from_table(
                table: &$crate::decode::Table<'_>,
                findings: &mut Vec<$crate::diagnostics::Diagnostic>,
            ) -> Self {
                $( const {
                    assert!(
                        $crate::decode::record!(@is_text $($text_visibility)?)
                            == matches!(<$type as $crate::decode::Value>::KIND, $crate::decode::Kind::Text),
                        "a text says who sees it and as what a change of it is told: text(…, …)"
                    );
                } )+
                table.only(Self::FIELDS, findings);
                let mut fields = Self::FIELDS.iter();
                $( let $field = fields.next().and_then(|field| table.get(field, $crate::decode::record!(@$need), findings)); )+
                $name { $( $field, )+ }
            }

            /// Every field that is filled in, here and below.
            pub fn each_field<'a>(&'a self, visitor: $crate::decode::Visitor<'_, 'a>) {
                let mut fields = Self::FIELDS.iter();
                $(
                    if let (Some(field), Some(at)) = (fields.next(), &self.$field) {
                        $crate::decode::Value::visit(&at.value, field, at.span, visitor);
                    }
                )+
            }
        }

        impl $crate::decode::Value for $name {
            const KIND: $crate::decode::Kind = $crate::decode::Kind::Records;

            fn decode(
                node: $crate::decode::Node<'_>,
                findings: &mut Vec<$crate::diagnostics::Diagnostic>,
            ) -> Option<Self> {
                Some(Self::from_table(&$crate::decode::Table::of(node, findings)?, findings))
            }

            fn schema(lang: $crate::locale::Lang) -> serde_json::Value {
                let mut properties = serde_json::Map::new();
                let mut required: Vec<&str> = Vec::new();
                $(
                    let mut property = <$type as $crate::decode::Value>::schema(lang);
                    property["description"] = $crate::locale::Text::fixed($en, $es).get(lang).into();
                    properties.insert($key.to_owned(), property);
                    if $crate::decode::record!(@$need) {
                        required.push($key);
                    }
                )+
                serde_json::json!({
                    "type": "object",
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }

            fn visit<'a>(
                &'a self,
                _: &'static $crate::decode::Field,
                _: $crate::diagnostics::Span,
                visitor: $crate::decode::Visitor<'_, 'a>,
            ) {
                self.each_field(visitor);
            }

            fn declared(fields: &mut Vec<&'static $crate::decode::Field>) {
                // Sections hold sections.
                if !fields.iter().any(|field| field.record == stringify!($name)) {
                    fields.extend(Self::FIELDS);
                    $( <$type as $crate::decode::Value>::declared(fields); )+
                }
            }
        }
    };
    (
        @texts $texts:ident of $name:ident {
            $(
                $key:literal $(| $spanish:literal)* => $field:ident : $type:ty, $need:ident, $en:literal, $es:literal
                $(, text($visibility:ident, $weight:ident))?
                $(, data($($data:ident),+))?;
            )+
        }
    ) => {
        #[doc = concat!("The texts of a `", stringify!($name), "`, in both languages.")]
        #[derive(Clone, Debug, Default, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $texts {
            $( $( #[doc = $en] pub $field: $crate::decode::record!(@worded $need, $type, $visibility), )? )+
        }

        impl $texts {
            /// One language stands in where the other is missing; `whole` is the place of a text that is not there at all.
            pub fn new(written: &$name, whole: $crate::diagnostics::Span) -> Self {
                let _ = whole;
                $texts {
                    $( $( $field: $crate::decode::record!(@words $need, written.$field.as_ref(), whole, $visibility), )? )+
                }
            }

            /// Each text, with its field.
            pub fn each<'t>(&'t self, visitor: &mut dyn FnMut(&'static $crate::decode::Field, &'t $crate::locale::Text)) {
                let mut fields = $name::FIELDS.iter().filter(|field| field.is_text());
                $( $(
                    let _ = stringify!($visibility);
                    if let Some(field) = fields.next() {
                        $crate::decode::Words::texts(&self.$field).iter().for_each(|text| visitor(field, text));
                    }
                )? )+
            }

            /// Each text to be changed, with its field; one that is not kept is gone.
            pub fn retain(&mut self, keep: &mut dyn FnMut(&'static $crate::decode::Field, &mut $crate::locale::Text) -> bool) {
                let mut fields = $name::FIELDS.iter().filter(|field| field.is_text());
                $( $(
                    let _ = stringify!($visibility);
                    if let Some(field) = fields.next() {
                        $crate::decode::Words::retain(&mut self.$field, &mut |text| keep(field, text));
                    }
                )? )+
            }
        }
    };
    (@worded required, $type:ty, $visibility:ident) => { $crate::diagnostics::At<$crate::locale::Text> };
    (@worded optional, $type:ty, $visibility:ident) => { <$type as $crate::decode::Worded>::Words };
    (@words required, $written:expr, $whole:expr, $visibility:ident) => { $crate::decode::heading($written, $whole) };
    (@words optional, $written:expr, $whole:expr, $visibility:ident) => { $crate::decode::Worded::words($written) };
    (@required) => { true };
    (@optional) => { false };
    (@visibility) => { $crate::decode::Visibility::Published };
    (@visibility published) => { $crate::decode::Visibility::Published };
    (@visibility invitees) => { $crate::decode::Visibility::Invitees };
    (@visibility never) => { $crate::decode::Visibility::Never };
    (@weight) => { $crate::decode::Weight::Nothing };
    (@weight time) => { $crate::decode::Weight::Time };
    (@weight place) => { $crate::decode::Weight::Place };
    (@weight status) => { $crate::decode::Weight::Status };
    (@weight link) => { $crate::decode::Weight::Link };
    (@weight role) => { $crate::decode::Weight::Role };
    (@weight title) => { $crate::decode::Weight::Title };
    (@weight text) => { $crate::decode::Weight::Text };
    (@weight nothing) => { $crate::decode::Weight::Nothing };
    (@is_text) => { false };
    (@is_text $visibility:ident) => { true };
}

/// Declares a choice among words: `"word" | "palabra" => Variant;`. Files may use either.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        $name:ident: $what_en:literal / $what_es:literal {
            $( $word:literal | $spanish:literal => $variant:ident; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $( $variant, )+ }

        impl $name {
            pub const WORDS: &'static [&'static str] = &[$($word, $spanish),+];

            pub fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )+ }
            }
        }

        impl $crate::decode::Value for $name {
            fn decode(
                node: $crate::decode::Node<'_>,
                findings: &mut Vec<$crate::diagnostics::Diagnostic>,
            ) -> Option<Self> {
                match node.value.as_str() {
                    $( Some($word | $spanish) => return Some($name::$variant), )+
                    _ => $crate::decode::wrong_choice(
                        node,
                        $crate::locale::Text::fixed($what_en, $what_es),
                        Self::WORDS,
                        findings,
                    ),
                }
                None
            }

            fn schema(_lang: $crate::locale::Lang) -> serde_json::Value {
                serde_json::json!({ "enum": Self::WORDS })
            }
        }
    };
}

/// Reports a word that is none of the words allowed, with the nearest one.
pub fn wrong_choice(node: Node<'_>, what: Text, words: &[&str], findings: &mut Vec<Diagnostic>) {
    let written = node.value.as_str().unwrap_or("");
    let words_listed = listed(words).0;
    let advice = text!("write one of {words_listed}", "escriba una de estas palabras: {words_listed}");
    match nearest(written, words) {
        Some(meant) if node.value.is_str() => {
            let finding = Diagnostic::new(
                &rules::WRONG_VALUE,
                text!(l, what = what.get(l); "`{written}` is not {what}", "`{written}` no es {what}"),
            );
            findings.push(finding.at(node.span, Text::default()).mend(Mend::possible(
                text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                vec![Edit { span: node.span, text: format!("\"{meant}\"") }],
            )));
        }
        _ => node.expected(what, advice, findings),
    }
}

pub(crate) use {choice, record};
