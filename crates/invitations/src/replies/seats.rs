//! The seats of a session, by what those who have them answered: which are empty now, and which need not be
//! confirmed any more.

use super::attendance::Attendance;
use crate::diagnostics::Subject;
use crate::edit::Operation;
use crate::ledger::Answer;
use crate::locale::Lang;
use crate::model::{Actor, Group, Role, RoleKind, Session, Slot};
use crate::text;

/// A part in a session of somebody who has answered.
#[derive(Clone, Debug)]
pub struct Seat<'s> {
    pub role: &'s Role,
    /// The id of the party or person.
    pub who: &'s str,
    pub answer: Answer,
    /// To whom they pass it on.
    pub delegate: Option<String>,
    /// Of which item; `None` for the session as a whole.
    item: Option<&'s Slot>,
    /// How to take the mark "to be confirmed" from it; `None` for an item within another.
    pub confirm: Option<Operation>,
}

/// The seats of those who accepted, declined or passed it on, in the order of the agenda.
pub fn seats<'s>(group: &'s Group, session: &'s Session, attendance: &Attendance) -> Vec<Seat<'s>> {
    let id = session.id.value.clone();
    let mut seats = Vec::new();
    let mut sit = |roles: &mut dyn Iterator<Item = &'s Role>, item: Option<&'s Slot>, of: Option<Subject>| {
        let mut counts = [0; RoleKind::ALL.len()];
        for role in roles {
            let count = &mut counts[role.kind as usize];
            let index = std::mem::replace(count, *count + 1);
            let Some(who) = known(group, role) else { continue };
            let Some(row) = attendance.invited.iter().find(|row| row.who == who) else { continue };
            let Some(answer) = row.answer else { continue };
            let confirm = of.clone().map(|of| Operation::ConfirmSpeaker { of, role: role.kind, index });
            seats.push(Seat { role, who, answer, delegate: row.delegate.clone(), item, confirm });
        }
    };
    sit(&mut session.moderator.iter(), None, Some(Subject::Session { session: id.clone() }));
    for (slot, item) in session.slots.iter().enumerate() {
        sit(&mut item.roles.iter(), Some(item), Some(Subject::Slot { session: id.clone(), slot }));
        for (group, own) in item.groups.iter().enumerate() {
            sit(&mut own.roles.iter(), Some(own), Some(Subject::BreakOut { session: id.clone(), slot, group }));
        }
        for inner in &item.items {
            sit(&mut inner.all_roles(), Some(inner), None);
        }
    }
    seats
}

/// The id of whoever has a role, if it is somebody of the files.
fn known<'g>(group: &'g Group, role: &Role) -> Option<&'g str> {
    match &role.who {
        Actor::Party(party) => Some(&group.party(*party).id),
        Actor::Person(person) => Some(&group.person(*person).id),
        Actor::Described(_) => None,
    }
}

impl Seat<'_> {
    /// Whether nobody is there who would take it.
    pub fn is_empty(&self) -> bool {
        matches!(self.answer, Answer::Declined | Answer::Delegated)
    }

    /// Whether it is "to be confirmed" though its holder accepted.
    pub fn is_certain_now(&self) -> bool {
        self.role.tbc && self.answer == Answer::Accepted
    }

    /// "moderator of the session", "speaker, 10:10–10:40 “The plan”"
    pub fn part(&self, group: &Group, session: &Session, lang: Lang) -> String {
        let kind = self.role.kind.word(lang);
        let Some(item) = self.item else {
            return text!("{kind} of the session", "{kind} de la sesión").get(lang).to_owned();
        };
        let hours = item.hours().map_or(String::new(), |hours| format!(" {}", group.item_hours(lang, &session.zone, &hours)));
        let title = item.title.get(lang);
        text!("{kind},{hours} “{title}”", "{kind},{hours} «{title}»").get(lang).to_owned()
    }
}
