//! Seats of those who declined, or passed the invitation on.

use super::typed;
use crate::diagnostics::{Diagnostic, Example, Level, Rule};
use crate::ledger::Answer;
use crate::locale::{Lang, Text, words};
use crate::model::{Programme, Session};
use crate::replies::attendance::Attendance;
use crate::replies::seats::{Seat, seats};
use crate::text;

pub(super) static RULE: Rule = Rule {
    id: "empty-seat",
    level: Level::Warning,
    summary: Text::fixed(
        "who moderates, speaks or facilitates has not declined",
        "quien modera, expone o facilita no ha dicho que no asistirá",
    ),
    documentation: Text::fixed(
        "When somebody with a part in a session to come declines, or passes the invitation on, the seat is empty: the finding names\n\
         them, the seat and every item that it concerns. Name somebody else there, or words for somebody who is yet to be found, with\n\
         `tbc = true`. It is told by `convoca check`, the studio and `convoca attendance`, from what the\n\
         ledger knows; no mail waits for it.",
        "Cuando alguien con un papel en una sesión por venir dice que no asistirá, o delega, su puesto queda vacío: el hallazgo nombra a\n\
         la persona, el puesto y todos los puntos a los que toca. Ponga ahí a alguien más, o palabras para quien aún no se conoce, con\n\
         `tbc = true`. Lo dicen `convoca revisar`, el estudio y `convoca asistencia`, según el registro de\n\
         envíos; ningún correo espera por esto.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

/// One finding for each person or party, with all their seats.
pub(super) fn findings(programme: &Programme, session: &Session, attendance: &Attendance) -> Vec<Diagnostic> {
    let seats: Vec<Seat<'_>> = seats(&programme.group, session, attendance);
    let empty: Vec<&Seat<'_>> = seats.iter().filter(|seat| seat.is_empty()).collect();
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for seat in &empty {
        if !told.contains(&seat.who) {
            told.push(seat.who);
            let theirs: Vec<&Seat<'_>> = empty.iter().copied().filter(|other| other.who == seat.who).collect();
            findings.push(finding(programme, session, &theirs));
        }
    }
    findings
}

fn finding(programme: &Programme, session: &Session, seats: &[&Seat<'_>]) -> Diagnostic {
    let group = &programme.group;
    let first = seats[0];
    let part =
        |seat: &Seat<'_>| Text { es: seat.part(group, session, Lang::Es).into(), en: seat.part(group, session, Lang::En).into() };
    let parts = |lang: Lang| words::join(lang, &seats.iter().map(|seat| part(seat).get(lang).to_owned()).collect::<Vec<_>>());
    let who = |lang: Lang| first.role.who.label(group, lang);
    let message = match (first.answer, &first.delegate) {
        (Answer::Delegated, Some(other)) => text!(l, who = who(l), session = session.mention(l), parts = parts(l);
            "{who} passes {session} on to {other}, and leaves an empty seat: {parts}",
            "{who} delega {session} en {other}, y deja un puesto vacío: {parts}"),
        (Answer::Delegated, None) => text!(l, who = who(l), session = session.mention(l), parts = parts(l);
            "{who} passes {session} on, and leaves an empty seat: {parts}",
            "{who} delega {session}, y deja un puesto vacío: {parts}"),
        _ => text!(l, who = who(l), session = session.mention(l), parts = parts(l);
            "{who} declines {session}, and leaves an empty seat: {parts}",
            "{who} no asistirá a {session}, y deja un puesto vacío: {parts}"),
    };
    let mut finding = Diagnostic::new(&RULE, message);
    for seat in seats {
        finding = finding.at(seat.role.span, part(seat));
    }
    let (id, number) = (first.who, typed(session));
    finding
        .advice(Text::fixed(
            "name somebody else there, or `{ who = { es = \"…\", en = \"…\" }, tbc = true }` while nobody is known; `convoca invite` then invites them",
            "ponga ahí a alguien más, o `{ who = { es = \"…\", en = \"…\" }, tbc = true }` mientras no se sepa quién; luego `convoca invitar` le invita",
        ))
        .advice(text!(
            "or, if they come after all: `convoca replies --accepts {id} --session {number}`",
            "o, si al final sí asiste: `convoca respuestas --acepta {id} --sesion {number}`"
        ))
}
