//! How documents and calendars say in which language they are (BCP 47, RFC 5646).

use std::fmt;

use serde::{Serialize, Serializer};

use super::Lang;

/// A language, with the country in whose way it is written where that is known.
///
/// ```
/// use convoca_core::locale::{Lang, LanguageTag};
/// assert_eq!(LanguageTag::new(Lang::Es, Some("CR")).to_string(), "es-CR");
/// assert_eq!(LanguageTag::new(Lang::Es, None).to_string(), "es");
/// assert_eq!(LanguageTag::new(Lang::En, Some("CR")).to_string(), "en-GB");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LanguageTag {
    pub lang: Lang,
    /// ISO 3166-1 alpha-2.
    pub region: Option<&'static str>,
}

impl LanguageTag {
    /// Spanish is that of the country; the English of this program ("programme", "organisation") is British
    /// wherever it is read.
    pub fn new(lang: Lang, country: Option<&'static str>) -> LanguageTag {
        match lang {
            Lang::Es => LanguageTag { lang, region: country },
            Lang::En => LanguageTag { lang, region: Some("GB") },
        }
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.lang.code())?;
        self.region.map_or(Ok(()), |region| write!(f, "-{region}"))
    }
}

impl Serialize for LanguageTag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
