//! Who does what in a session.

use super::Actor;
use crate::diagnostics::Span;
use crate::locale::Lang;

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
