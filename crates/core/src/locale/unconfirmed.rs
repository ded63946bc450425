//! "To be confirmed" in words, as it is written behind a name or a title.

const WORDS: [&str; 8] =
    ["por confirmar", "a confirmar", "por definir", "por designar", "to be confirmed", "to be announced", "tbc", "tba"];

/// What a text says before the "to be confirmed" that it ends with, and nothing where it says only that; `None` where
/// it does not end so.
///
/// ```
/// use convoca_core::locale::unconfirmed;
/// assert_eq!(unconfirmed::before("Una municipalidad (por confirmar)").as_deref(), Some("Una municipalidad"));
/// assert_eq!(unconfirmed::before("To be confirmed").as_deref(), Some(""));
/// assert_eq!(unconfirmed::before("Ejercicio para confirmar datos"), None);
/// ```
pub fn before(text: &str) -> Option<String> {
    let bare = text.trim_end_matches([')', ']', '.', ' ']);
    let at = WORDS.iter().find_map(|word| {
        let at = bare.len().checked_sub(word.len())?;
        bare.get(at..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| at)
    })?;
    let is_part_of_a_word = bare[..at].ends_with(|c: char| c.is_alphanumeric());
    let before = || bare[..at].trim_end_matches([' ', '(', '[', ',', '-', '–', '—', ':']).trim_start().to_owned();
    (!is_part_of_a_word).then(before)
}
