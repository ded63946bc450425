//! Sessions that look like one whose invitations stand under another id.

use chrono::{DateTime, Utc};

use super::typed;
use crate::diagnostics::{Diagnostic, Example, Level, Rule};
use crate::itip::{Hold, Wish, plan};
use crate::ledger::History;
use crate::locale::Text;
use crate::model::Programme;
use crate::text;

pub(super) static RULE: Rule = Rule {
    id: "renamed-session",
    level: Level::Warning,
    summary: Text::fixed("a session keeps the `id` under which it was sent", "una sesión conserva el `id` con que se envió"),
    documentation: Text::fixed(
        "The `id` of a session is in every calendar that was sent. Where it is changed, nobody can know whether the session is another:\n\
         one with the same title or the same hours, to which nobody was invited, while the invitations to the old `id` stand, is told\n\
         here, and `convoca invite` sends nothing for it. `formerly` says that it is the same; cancelling the old one says that it is not.",
        "El `id` de una sesión está en cada calendario que se envió. Si se cambia, nadie puede saber si la sesión es otra: aquí se avisa\n\
         de una con el mismo título o las mismas horas, a la que no se invitó a nadie, mientras siguen en pie las invitaciones al `id`\n\
         anterior, y `convoca invitar` no envía nada de ella. `formerly` dice que es la misma; cancelar la anterior, que no lo es.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub(super) fn findings(programme: &Programme, history: &History, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let wish = Wish::at(now);
    let known = |id: &str| programme.sessions.iter().any(|session| session.id.as_str() == id);
    // Most ledgers know no session that is gone, and need no plan for that.
    if history.sessions().all(known) {
        return Vec::new();
    }
    let held = plan(programme, history, &wish).sessions.into_iter();
    let renamed = held.filter_map(|session| match session.hold {
        Some(Hold::Renamed(before)) => Some((session.id, before)),
        _ => None,
    });
    let finding = |(id, before): (String, String)| {
        let session = programme.sessions.iter().find(|session| session.id.as_str() == id)?;
        let message = text!(l, name = session.mention(l);
            "{name} looks like `{before}`, whose invitations stand and which no file defines any more",
            "{name} parece ser `{before}`, cuyas invitaciones siguen en pie y que ya ningún archivo define");
        let finding = Diagnostic::new(&RULE, message).at(session.id.span, Text::fixed("the `id` now", "el `id` de ahora"));
        let number = typed(session);
        Some(finding
            .advice(text!(
                "if it is the same session, write `formerly = \"{before}\"` in its file: everybody's calendars keep it",
                "si es la misma sesión, escriba `formerly = \"{before}\"` en su archivo: los calendarios de todos la conservan"
            ))
            .advice(text!(
                "if it is another, cancel that one with `convoca invite --session {before}`, and then invite to {number}",
                "si es otra, cancele aquella con `convoca invitar --sesion {before}`, y luego invite a la {number}"
            )))
    };
    renamed.filter_map(finding).collect()
}
