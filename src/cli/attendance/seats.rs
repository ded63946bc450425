//! What the answers mean for the programme: seats that are empty now, and those that need not be confirmed any more.

use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::edit::plan;
use crate::locale::Lang;
use crate::model::{Programme, Session};
use crate::replies::seats::Seat;
use crate::text;
use crate::workspace::{Beside, Failure, write};

/// What is to be told of the seats of a session.
pub(crate) fn told(programme: &Programme, session: &Session, seats: &[Seat<'_>], lang: Lang) -> String {
    let mut out = String::new();
    let group = &programme.group;
    let name = |seat: &Seat<'_>| seat.role.who.label(group, lang);
    for seat in seats.iter().filter(|seat| seat.is_empty()) {
        let (name, part, answer) = (name(seat), seat.part(group, session, lang), seat.answer.word(lang));
        let line = text!("empty seat: {part} ({name} {answer})", "puesto vacío: {part} ({name} {answer})");
        out.push_str(&format!("{}\n", line.get(lang)));
    }
    for seat in seats.iter().filter(|seat| seat.is_certain_now()) {
        let (name, part) = (name(seat), seat.part(group, session, lang));
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
