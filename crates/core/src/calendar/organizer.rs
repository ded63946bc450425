//! Who calls people together, for invitations and for what is published.

use super::Organizer;
use crate::locale::Lang;
use crate::model::Group;

/// With who sends in their name, where that is somebody else (SENT-BY, RFC 5545 §3.2.18).
pub(super) fn organizer(group: &Group, lang: Lang) -> Option<Organizer> {
    let organizer = group.organizer.as_ref()?;
    Some(Organizer {
        name: group.party(organizer.party).label(lang),
        email: organizer.email.clone(),
        sent_by: organizer.sender.clone(),
    })
}
