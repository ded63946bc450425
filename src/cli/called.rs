//! What parties, people and sessions are called in messages, by their identifiers.

use crate::locale::Lang;
use crate::model::{Programme, Session};
use crate::replies::attendance::known_as;

/// A municipality with its country, a person with their party.
pub(crate) fn named(programme: &Programme, who: &str, lang: Lang) -> String {
    let (name, party) = known_as(&programme.group, who, |party| party.label(lang));
    match party.map(|party| party.label(lang)) {
        Some(party) if party != name => format!("{name}, {party}"),
        _ => name,
    }
}

/// What a session is called; one that is no more in the programme keeps its identifier.
pub(crate) fn session(programme: &Programme, id: &str, call: impl Fn(&Session) -> String) -> String {
    let session = programme.sessions.iter().find(|session| session.id.as_str() == id);
    session.map_or_else(|| id.to_owned(), call)
}

/// The number of a session or, without one, its identifier, as one types it.
pub(crate) fn typed(programme: &Programme, id: &str) -> String {
    session(programme, id, |session| session.number.map_or_else(|| id.to_owned(), |number| number.value.to_string()))
}
