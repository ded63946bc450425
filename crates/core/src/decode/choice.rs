//! Choices among words, in both languages.

use super::{Node, rules};
use crate::diagnostics::{Diagnostic, Edit, Mend};
use crate::locale::Text;
use crate::locale::names::nearest;
use crate::text;

/// The names, at most a few, for a message that lists what is allowed.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
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
    let words_listed = listed(words);
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

pub(crate) use choice;
