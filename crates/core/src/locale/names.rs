//! Names as people write them, compared and made into identifiers.

/// Octets of an identifier at most.
pub const LONGEST_ID: usize = 64;

/// An identifier made from a name: transliterated, in lower case, hyphens for the rest.
///
/// ```
/// use convoca_core::locale::names::slug;
/// assert_eq!(slug("Ciudad de Panamá"), "ciudad-de-panama");
/// assert_eq!(slug("¿?"), "");
/// ```
pub fn slug(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST_ID);
    slug.trim_end_matches('-').to_owned()
}

/// The name that somebody most likely meant.
///
/// ```
/// use convoca_core::locale::names::nearest;
/// assert_eq!(nearest("titel", &["title", "minutes"]), Some("title"));
/// assert_eq!(nearest("colour", &["title", "minutes"]), None);
/// ```
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = slug(written);
    let distance = |name: &str| strsim::damerau_levenshtein(&written, &slug(name));
    let best = known.iter().map(|name| (distance(name), *name)).min()?;
    (best.0 <= (written.chars().count() / 3).max(1)).then_some(best.1)
}
