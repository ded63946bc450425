//! Spanish and English: every text that a person reads exists in both, or it does not compile.

pub mod breaks;
pub mod dates;
pub(crate) mod languages;
pub mod lengths;
pub mod markdown;
pub mod names;
pub mod near;
pub mod ranges;
pub mod system;
mod tag;
pub mod unconfirmed;
pub mod words;
pub mod written;

pub use tag::LanguageTag;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// A language that convoca speaks.
///
/// ```
/// use convoca_core::locale::Lang;
/// assert_eq!(Lang::from_tag("es-GT"), Some(Lang::Es));
/// assert_eq!(Lang::from_tag("fr"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Es,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Es, Lang::En];

    /// The primary subtag (BCP 47), as folders and keys are named.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Es => "es",
            Lang::En => "en",
        }
    }

    /// The language of a BCP 47 tag or a POSIX locale such as `es_GT.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or(tag);
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }
}

/// One text in both languages.
///
/// ```
/// use convoca_core::locale::{Lang, Text};
/// let text = Text::fixed("session", "sesión");
/// assert_eq!(text.get(Lang::Es), "sesión");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[schemars(description = "One text in both languages.")]
pub struct Text {
    pub es: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

impl Text {
    pub const fn fixed(en: &'static str, es: &'static str) -> Text {
        Text { en: Cow::Borrowed(en), es: Cow::Borrowed(es) }
    }

    /// What is written the same in every language: a name, a code, an address.
    pub fn same(text: impl Into<String>) -> Text {
        let text = text.into();
        Text { en: Cow::Owned(text.clone()), es: Cow::Owned(text) }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        }
    }

    /// Both at once, English first, for those who show an error without knowing who reads it.
    pub fn both(&self) -> String {
        format!("{} / {}", self.en, self.es)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A message in both languages: English first, then Spanish, with the variables in scope; what is
/// worded differently in each is bound before, as a function of the language.
///
/// ```
/// use convoca_core::{locale::{words, Lang}, text};
/// let file = "1.toml";
/// assert_eq!(text!("`{file}` is empty", "`{file}` está vacío").get(Lang::Es), "`1.toml` está vacío");
/// let both = text!(lang, n = words::minutes(lang, 5); "lasts {n}", "dura {n}");
/// assert_eq!(both.get(Lang::En), "lasts 5 min");
/// ```
#[macro_export]
macro_rules! text {
    ($en:literal, $es:literal $(,)?) => {
        $crate::locale::Text { en: format!($en).into(), es: format!($es).into() }
    };
    ($lang:ident, $($name:ident = $value:expr),+ ; $en:literal, $es:literal $(,)?) => {
        $crate::locale::Text {
            en: {
                let $lang = $crate::locale::Lang::En;
                $(let $name = $value;)+
                format!($en).into()
            },
            es: {
                let $lang = $crate::locale::Lang::Es;
                $(let $name = $value;)+
                format!($es).into()
            },
        }
    };
}
