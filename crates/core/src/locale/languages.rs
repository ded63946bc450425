//! What languages are called, so that a list of them can be shown as a text.

use super::names::slug;

/// Code, English name, Spanish name.
const LANGUAGES: [[&str; 3]; 16] = [
    ["es", "Spanish", "español"],
    ["en", "English", "inglés"],
    ["fr", "French", "francés"],
    ["pt", "Portuguese", "portugués"],
    ["it", "Italian", "italiano"],
    ["de", "German", "alemán"],
    ["nl", "Dutch", "neerlandés"],
    ["ar", "Arabic", "árabe"],
    ["zh", "Chinese", "chino"],
    ["ja", "Japanese", "japonés"],
    ["ko", "Korean", "coreano"],
    ["ru", "Russian", "ruso"],
    ["ht", "Haitian Creole", "criollo haitiano"],
    ["quc", "K’iche’", "k’iche’"],
    ["kek", "Q’eqchi’", "q’eqchi’"],
    ["cab", "Garifuna", "garífuna"],
];

/// A list of languages as the value of one text: in both languages where each is known, else as it is written.
pub(crate) fn listed(written: &[&str]) -> String {
    let known = |word: &&str| LANGUAGES.iter().find(|names| names.iter().any(|name| slug(name) == slug(word)));
    let quoted = |words: Vec<&str>| format!("\"{}\"", words.join(", ").replace('\\', "\\\\").replace('"', "\\\""));
    match written.iter().map(known).collect::<Option<Vec<_>>>() {
        Some(all) => {
            let named = |column: usize| quoted(all.iter().map(|names| names[column]).collect());
            format!("{{ es = {}, en = {} }}", named(2), named(1))
        }
        None => quoted(written.to_vec()),
    }
}
