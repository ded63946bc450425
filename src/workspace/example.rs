//! A small, commented programme to start from.

use crate::locale::Lang;
use crate::{calendar, ledger};

/// The files that are written, with their comments in each language.
const FILES: [(&str, &str, &str); 3] = [
    ("group.toml", include_str!("example/es/group.toml"), include_str!("example/en/group.toml")),
    ("1-opening.toml", include_str!("example/es/1-opening.toml"), include_str!("example/en/1-opening.toml")),
    ("concept-note.toml", include_str!("example/es/concept-note.toml"), include_str!("example/en/concept-note.toml")),
];

/// Name and text of each file of the example.
pub fn example(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter().map(move |(name, es, en)| {
        let text = match lang {
            Lang::Es => es,
            Lang::En => en,
        };
        (name, text)
    })
}

/// What `.gitattributes` of a programme says: two people may each add to the ledger and to the register of what was
/// published, and both keep what the other wrote.
pub fn git_attributes() -> String {
    [ledger::FILE, calendar::FILE].map(|file| format!("{file} merge=union\n")).concat()
}
