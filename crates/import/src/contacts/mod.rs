//! People from a list of contacts: a sheet whose columns say so, or vCards.

mod card;
mod merged;
mod table;

use convoca_core::locale::Lang;

pub use merged::{People, merged};

/// Somebody as a list has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The row of the sheet or the line of the file.
    pub line: usize,
    /// Empty where the row is about an organisation.
    pub name: String,
    pub organisation: String,
    pub post: String,
    /// The first is that for invitations.
    pub emails: Vec<String>,
    /// What stands where an address belongs, and is none.
    pub unread: Vec<String>,
    pub language: Option<Lang>,
    pub country: Option<&'static str>,
}

/// A list of contacts, and the language of its posts.
#[derive(Clone, Debug)]
pub struct List {
    pub contacts: Vec<Contact>,
    pub lang: Lang,
    /// How many more it has than are taken at once.
    pub left: usize,
}

/// Contacts that are taken at once; nobody invites more.
const MOST: usize = 5000;

impl List {
    /// `None` where there is nobody in it.
    fn of(mut contacts: Vec<Contact>, lang: Lang) -> Option<List> {
        let left = contacts.len().saturating_sub(MOST);
        contacts.truncate(MOST);
        (!contacts.is_empty()).then_some(List { contacts, lang, left })
    }
}

/// The contacts of a file; `None` where it is no list of them.
///
/// ```
/// use convoca_import::contacts;
/// let list = contacts::read("contactos.csv", b"Nombre,Cargo,Correo\nAna Ruiz,Alcaldesa,ana@example.org\n").unwrap();
/// assert_eq!((list.contacts[0].name.as_str(), list.contacts[0].post.as_str()), ("Ana Ruiz", "Alcaldesa"));
/// assert!(contacts::read("agenda.txt", b"10:00 Apertura\n10:15 Panel\n").is_none());
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Option<List> {
    let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).chars().filter(|c| *c != '\0').collect();
    if head.trim_start_matches('\u{feff}').trim_start().get(..11).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCARD")) {
        return List::of(card::read(&crate::source::decoded(bytes)), Lang::Es);
    }
    table::read(&crate::source::read(name, bytes).ok()?)
}

/// The language that a cell names: "español", "EN", "inglés".
fn language(written: &str) -> Option<Lang> {
    let word = crate::grammar::folded(written);
    match word.split(' ').next()? {
        "es" | "esp" | "spa" | "espanol" | "castellano" | "spanish" | "espagnol" | "espanhol" => Some(Lang::Es),
        "en" | "eng" | "ing" | "ingles" | "english" | "anglais" => Some(Lang::En),
        _ => None,
    }
}

/// The addresses in a cell: "ana@example.org; a.ruiz@example.net", "Ana <ana@example.org>".
fn addresses(written: &str) -> Vec<String> {
    let parts = written.split([' ', ',', ';', '<', '>', '(', ')', '\n', '\t', '|']);
    parts
        .map(|part| part.trim_start_matches("mailto:").trim_matches(['.', '"', '\'']))
        .filter(|part| is_address(part))
        .map(str::to_owned)
        .collect()
}

/// What a cell for addresses holds that is none: all of it, or the words beside an address that look like another.
/// That there is none is no fault.
fn no_addresses(written: &str) -> Vec<String> {
    const NONE: [&str; 10] = ["no", "na", "n a", "nd", "n d", "no tiene", "ninguno", "none", "sin correo", "pendiente"];
    let folded = crate::grammar::folded(written);
    if !folded.chars().any(char::is_alphanumeric) || NONE.contains(&folded.as_str()) {
        return Vec::new();
    }
    if addresses(written).is_empty() {
        return vec![written.trim().to_owned()];
    }
    let words = written.split([' ', ',', ';', '<', '>', '\n', '\t', '|']).filter(|word| word.contains('@'));
    words.filter(|word| addresses(word).is_empty()).map(str::to_owned).collect()
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(own, domain)| {
        !own.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.contains('@') && text.is_ascii()
    })
}
