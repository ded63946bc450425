//! Tables of named keys. One declaration of a record makes its type, its decoder and its JSON Schema,
//! so that the three cannot disagree.

use serde_json::{Value as Json, json};
use toml::de::{DeTable, DeValue};

use super::{Line, Node, rules, slug};
use crate::diagnostics::{At, Diagnostic, Edit, FileId, Mend, Span};
use crate::locale::{Lang, Text};
use crate::text;

/// Something that can be read from a TOML value.
pub trait Value: Sized {
    /// The value, or `None` after reporting what is wrong with it.
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self>;

    /// What an editor checks and completes (JSON Schema 2020-12).
    fn schema(lang: Lang) -> Json;
}

/// A list keeps what could be read of it.
impl<T: Value> Value for Vec<At<T>> {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.value {
            DeValue::Array(array) => {
                Some(array.iter().filter_map(|item| Node::new(node.span.file, item).read(findings)).collect())
            }
            _ => {
                let help = match node.value {
                    DeValue::String(text) => text!("write `[\"{text}\"]`", "escriba `[\"{text}\"]`"),
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
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(Table::of(node, findings)?.map(findings))
    }

    fn schema(lang: Lang) -> Json {
        json!({ "type": "object", "additionalProperties": T::schema(lang) })
    }
}

/// A TOML table being decoded into a record.
pub struct Table<'a> {
    file: FileId,
    span: Span,
    entries: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    pub fn new(file: FileId, span: Span, entries: &'a DeTable<'a>) -> Table<'a> {
        Table { file, span, entries }
    }

    pub fn of(node: Node<'a>, findings: &mut Vec<Diagnostic>) -> Option<Table<'a>> {
        match node.value {
            DeValue::Table(entries) => Some(Table::new(node.span.file, node.span, entries)),
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
        let file = self.file;
        self.entries
            .iter()
            .map(move |(key, value)| (At::new(key.get_ref().to_string(), Span::new(file, key.span())), Node::new(file, value)))
    }

    /// Every entry as the same kind of thing, in the order of the file.
    pub fn map<T: Value>(&self, findings: &mut Vec<Diagnostic>) -> Map<T> {
        let mut entries: Vec<_> = self.entries().filter_map(|(key, value)| Some((key, value.read::<T>(findings)?))).collect();
        entries.sort_by_key(|(key, _)| key.span);
        Map(entries)
    }

    pub fn get<T: Value>(&self, key: &str, required: bool, findings: &mut Vec<Diagnostic>) -> Option<At<T>> {
        match self.entries.get(key) {
            Some(value) => Node::new(self.file, value).read(findings),
            None => {
                if required {
                    findings.push(
                        Diagnostic::new(&rules::MISSING_KEY, text!("the key `{key}` is missing", "falta la clave `{key}`"))
                            .at(self.head(), text!("`{key}` belongs here", "aquí debe estar `{key}`")),
                    );
                }
                None
            }
        }
    }

    /// Where to point when the whole record is meant: its head, or the first line of the file.
    fn head(&self) -> Span {
        let whole_file = self.entries.iter().any(|(key, _)| key.span().start < self.span.start as usize) || self.span.start == 0;
        match (whole_file, self.entries.iter().map(|(key, _)| key.span()).min_by_key(|span| span.start)) {
            (true, Some(first)) => Span::new(self.file, first),
            _ => self.span,
        }
    }

    /// Reports the keys that the record does not have.
    pub fn only(&self, known: &[&str], findings: &mut Vec<Diagnostic>) {
        for (key, _) in self.entries().filter(|(key, _)| !known.contains(&key.as_str())) {
            let name = key.value.as_str();
            let mut finding = Diagnostic::new(&rules::UNKNOWN_KEY, text!("unknown key `{name}`", "clave desconocida `{name}`"))
                .at(key.span, Text::fixed("nothing reads this", "esto no se lee"));
            finding = match nearest(name, known).or_else(|| english_key(name).filter(|key| known.contains(key))) {
                Some(meant) => finding.mend(Mend::possible(
                    text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                    vec![Edit { span: key.span, text: meant.to_owned() }],
                )),
                None => {
                    let keys = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                    finding.advice(text!("the keys that belong here are {keys}", "las claves que van aquí son {keys}"))
                }
            };
            findings.push(finding);
        }
    }
}

/// The key that a Spanish word stands for: keys are English, those who write them mostly are not.
fn english_key(word: &str) -> Option<&'static str> {
    const KEYS: [(&str, &str); 36] = [
        ("agenda", "slots"),
        ("alias", "aliases"),
        ("asistentes", "participants"),
        ("ausencias", "unavailable"),
        ("ciudad", "city"),
        ("correo", "email"),
        ("cargo", "role"),
        ("duracion", "minutes"),
        ("enlace", "join-link"),
        ("estado", "status"),
        ("facilitadores", "facilitators"),
        ("fecha", "date"),
        ("feriados", "holidays"),
        ("fijo", "pinned"),
        ("fin", "end"),
        ("grupos", "groups"),
        ("horario", "working-hours"),
        ("idioma", "language"),
        ("idiomas", "languages"),
        ("inicio", "start"),
        ("lugar", "place"),
        ("miembro", "member"),
        ("minutos", "minutes"),
        ("moderador", "moderator"),
        ("modera", "moderator"),
        ("nombre", "name"),
        ("numero", "number"),
        ("objetivo", "objective"),
        ("pais", "country"),
        ("participantes", "participants"),
        ("ponentes", "speakers"),
        ("publicar-enlace", "publish-join-link"),
        ("puntos", "slots"),
        ("siglas", "acronym"),
        ("titulo", "title"),
        ("zona-horaria", "time-zone"),
    ];
    let word = slug(word);
    KEYS.iter().find(|(spanish, _)| *spanish == word).map(|(_, key)| *key)
}

/// The name that somebody most likely meant.
///
/// ```
/// use convoca::decode::nearest;
/// assert_eq!(nearest("titel", &["title", "minutes"]), Some("title"));
/// assert_eq!(nearest("colour", &["title", "minutes"]), None);
/// ```
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = slug(written);
    let distance = |name: &str| strsim::damerau_levenshtein(&written, &slug(name));
    let best = known.iter().map(|name| (distance(name), *name)).min()?;
    (best.0 <= (written.chars().count() / 3).max(1)).then_some(best.1)
}

/// The names, at most a few, for a message that lists what is allowed.
pub fn listed(names: &[&str]) -> Line {
    Line(names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
}

/// Declares a record: `key => field: Type, required or optional, English, Spanish;`.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $key:literal => $field:ident : $type:ty, $need:ident, $en:literal, $es:literal; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( #[doc = $en] pub $field: Option<$crate::diagnostics::At<$type>>, )+
        }

        impl $name {
            /// Decodes a table that was found already, such as a whole file.
            pub fn from_table(
                table: &$crate::decode::Table<'_>,
                findings: &mut Vec<$crate::diagnostics::Diagnostic>,
            ) -> Self {
                table.only(&[$($key),+], findings);
                $name { $( $field: table.get($key, $crate::decode::record!(@$need), findings), )+ }
            }
        }

        impl $crate::decode::Value for $name {
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
        }
    };
    (@required) => { true };
    (@optional) => { false };
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
