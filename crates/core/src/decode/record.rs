//! Tables of named keys. One declaration of a record makes its type, its decoder and its JSON Schema,
//! so that the three cannot disagree.

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
                    holds: <$type as $crate::decode::Value>::HOLDS,
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
                let foreign = table.only(Self::FIELDS, findings);
                let mut fields = Self::FIELDS.iter();
                $( let $field = fields.next().and_then(|field| table.get(field, $crate::decode::record!(@$need), &foreign, findings)); )+
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

pub(crate) use record;
