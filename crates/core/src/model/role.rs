//! Who does what in a session.

use super::{Group, PartyId, PersonId};
use crate::diagnostics::Span;
use crate::locale::{Lang, Text};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleKind {
    Speaker,
    Moderator,
    Facilitator,
}

impl RoleKind {
    pub const ALL: [RoleKind; 3] = [RoleKind::Speaker, RoleKind::Moderator, RoleKind::Facilitator];

    pub fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (RoleKind::Speaker, Lang::En) => "speaker",
            (RoleKind::Speaker, Lang::Es) => "ponente",
            (RoleKind::Moderator, Lang::En) => "moderator",
            (RoleKind::Moderator, Lang::Es) => "moderador",
            (RoleKind::Facilitator, Lang::En) => "facilitator",
            (RoleKind::Facilitator, Lang::Es) => "facilitador",
        }
    }
}

/// Somebody's part in a session or a slot.
#[derive(Clone, Debug)]
pub struct Role {
    pub kind: RoleKind,
    pub who: Actor,
    /// To be confirmed.
    pub tbc: bool,
    pub span: Span,
}

/// Who has a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Party(PartyId),
    Person(PersonId),
    /// Somebody not yet known, described ("A municipality").
    Described(Text),
}

impl Actor {
    /// How agendas call them.
    pub fn label(&self, group: &Group, lang: Lang) -> String {
        match self {
            Actor::Party(id) => group.party(*id).label(lang),
            Actor::Person(id) => {
                let person = group.person(*id);
                let post = person.role.as_ref().map(|role| role.get(lang).to_owned());
                let beside: Vec<String> =
                    post.into_iter().chain(person.party.map(|party| group.party(party).label(lang))).collect();
                match beside.is_empty() {
                    true => person.name.clone(),
                    false => format!("{} ({})", person.name, beside.join(", ")),
                }
            }
            Actor::Described(text) => text.get(lang).to_owned(),
        }
    }
}
