//! What the answers mean for the programme: seats that are empty now, and those that need not be confirmed any more.

use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::diagnostics::Subject;
use crate::edit::{Operation, plan};
use crate::ledger::Answer;
use crate::locale::{Lang, Text};
use crate::model::{Actor, Group, Programme, Role, RoleKind, Session};
use crate::replies::attendance::Attendance;
use crate::text;
use crate::workspace::{Beside, Failure, write};

/// A part in a session of somebody who has answered.
pub(crate) struct Seat<'s> {
    role: &'s Role,
    answer: Answer,
    /// Of which item; `None` for the session as a whole.
    item: Option<(&'s Text, Option<String>)>,
    /// How to take the mark "to be confirmed" from it; `None` for an item within another.
    confirm: Option<Operation>,
}

/// The seats of those who accepted or declined, in the order of the agenda.
pub(crate) fn seats<'s>(group: &Group, session: &'s Session, attendance: &Attendance, lang: Lang) -> Vec<Seat<'s>> {
    let id = session.id.value.clone();
    let answer = |role: &Role| {
        let who = match &role.who {
            Actor::Party(party) => &group.party(*party).id,
            Actor::Person(person) => &group.person(*person).id,
            Actor::Described(_) => return None,
        };
        attendance.invited.iter().find(|row| row.who == *who)?.answer
    };
    let mut seats = Vec::new();
    let mut sit = |roles: &mut dyn Iterator<Item = &'s Role>, item: Option<(&'s Text, Option<String>)>, of: Option<Subject>| {
        let mut counts = [0; RoleKind::ALL.len()];
        for role in roles {
            let count = &mut counts[role.kind as usize];
            let index = std::mem::replace(count, *count + 1);
            let Some(answer) = answer(role) else { continue };
            let confirm = of.clone().map(|of| Operation::ConfirmSpeaker { of, role: role.kind, index });
            seats.push(Seat { role, answer, item: item.clone(), confirm });
        }
    };
    sit(&mut session.moderator.iter(), None, Some(Subject::Session { session: id.clone() }));
    for (slot, item) in session.slots.iter().enumerate() {
        let hours = |of: &crate::model::Slot| of.hours().map(|hours| group.item_hours(lang, &session.zone, &hours));
        let title = |of: &'s crate::model::Slot| Some((&of.title.value, hours(of)));
        sit(&mut item.roles.iter(), title(item), Some(Subject::Slot { session: id.clone(), slot }));
        for (group, own) in item.groups.iter().enumerate() {
            sit(&mut own.roles.iter(), title(own), Some(Subject::BreakOut { session: id.clone(), slot, group }));
        }
        for inner in &item.items {
            sit(&mut inner.all_roles(), title(inner), None);
        }
    }
    seats
}

impl Seat<'_> {
    fn is_empty(&self) -> bool {
        matches!(self.answer, Answer::Declined | Answer::Delegated)
    }

    fn is_certain_now(&self) -> bool {
        self.role.tbc && self.answer == Answer::Accepted
    }

    /// "moderator of the session", "speaker, 10:10–10:40 “The plan”"
    fn part(&self, lang: Lang) -> String {
        let kind = self.role.kind.word(lang);
        match &self.item {
            None => text!("{kind} of the session", "{kind} de la sesión").get(lang).to_owned(),
            Some((title, hours)) => {
                let (title, hours) = (title.get(lang), hours.as_ref().map_or(String::new(), |hours| format!(" {hours}")));
                text!("{kind},{hours} “{title}”", "{kind},{hours} «{title}»").get(lang).to_owned()
            }
        }
    }
}

/// What is to be told of the seats of a session.
pub(crate) fn told(programme: &Programme, seats: &[Seat<'_>], lang: Lang) -> String {
    let mut out = String::new();
    let name = |seat: &Seat<'_>| seat.role.who.label(&programme.group, lang);
    for seat in seats.iter().filter(|seat| seat.is_empty()) {
        let (name, part, answer) = (name(seat), seat.part(lang), seat.answer.word(lang));
        let line = text!("empty seat: {part} ({name} {answer})", "puesto vacío: {part} ({name} {answer})");
        out.push_str(&format!("{}\n", line.get(lang)));
    }
    for seat in seats.iter().filter(|seat| seat.is_certain_now()) {
        let (name, part) = (name(seat), seat.part(lang));
        let line = text!(
            "“to be confirmed” and accepts: {name}, {part}; `--write` takes the mark away",
            "«por confirmar» y acepta: {name}, {part}; `--escribir` quita la marca"
        );
        out.push_str(&format!("{}\n", line.get(lang)));
    }
    out
}

/// Takes the mark "to be confirmed" from all who accepted.
pub(crate) fn confirm(options: &Options, seats: &[Seat<'_>]) -> Result<Outcome, Failure> {
    let mut project = options.workspace.project(Beside::Nothing)?;
    let (mut written, mut by_hand) = (0, 0);
    for seat in seats.iter().filter(|seat| seat.is_certain_now()) {
        let Some(operation) = &seat.confirm else {
            by_hand += 1;
            continue;
        };
        let snapshot = project.snapshot(options.workspace.today);
        let change = plan(&snapshot, operation).map_err(|refusal| Failure::new(refusal.reason))?;
        write::change(&project, &change)?;
        project.apply(&change)?;
        written += 1;
    }
    terminal::note(options.lang, &text!("confirmed in the programme: {written}", "confirmado en el programa: {written}"));
    if by_hand > 0 {
        terminal::note(
            options.lang,
            &text!(
                "to be changed by hand, in items within others: {by_hand}",
                "por cambiar a mano, en puntos dentro de otros: {by_hand}"
            ),
        );
    }
    Ok(Outcome::Clean)
}
