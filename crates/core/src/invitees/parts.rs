//! What somebody's own part in a session is.

use crate::model::{Actor, Entry, Hours, Role, RoleKind, Session};

/// A part that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPart {
    pub kind: RoleKind,
    /// Which item, by its place in the agenda; `None` for the session as a whole.
    pub slot: Option<usize>,
    pub hours: Option<Hours>,
    /// To be confirmed.
    pub tbc: bool,
}

/// The parts of one person or party alone, whoever reads their address, in the order of the agenda.
pub fn parts_of(session: &Session, who: &Actor) -> Vec<OwnPart> {
    let agenda = session.agenda();
    let own = parts(session).filter(|(_, role)| role.who == *who);
    own.map(|(slot, role)| {
        let hours = slot.and_then(|slot| hours_at(&agenda, slot));
        OwnPart { kind: role.kind, slot, hours, tbc: role.tbc }
    })
    .collect()
}

/// The hours of an item, or of what it is a part of.
pub(super) fn hours_at(agenda: &[Entry<'_>], at: usize) -> Option<Hours> {
    let entry = agenda.get(at)?;
    entry.slot.hours().or_else(|| hours_at(agenda, entry.within?))
}

/// Everybody's part: in the session as a whole, then slot by slot.
pub(super) fn parts(session: &Session) -> impl Iterator<Item = (Option<usize>, &Role)> {
    let whole = session.moderator.iter().map(|role| (None, role));
    let slots = session.agenda().into_iter().enumerate();
    whole.chain(slots.flat_map(|(index, entry)| entry.slot.roles.iter().map(move |role| (Some(index), role))))
}
