//! Who does what in a session.

use super::Actor;
use crate::diagnostics::Span;
use crate::locale::{Lang, Text, unconfirmed};

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

impl Role {
    /// Whether a mark "to be confirmed" behind its name says something: not where the name says that alone.
    pub fn is_marked(&self) -> bool {
        let says_it = |text: &Text| [&text.es, &text.en].iter().any(|text| unconfirmed::before(text).is_some());
        self.tbc && !matches!(&self.who, Actor::Described(text) if says_it(text))
    }
}
