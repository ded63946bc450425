//! A programme without any session.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "no-session",
        level: Level::Warning,
        summary: Text::fixed("there is a session to look at", "hay alguna sesión que verificar"),
        documentation: Text::fixed(
            "Where there is no session, nothing was checked, and that is not the same as all in order. Each session is\n\
             a file of its own beside `group.toml`, whose name ends in `.toml`. If there should be some, look whether this is the\n\
             right folder, and what the files are called.",
            "Si no hay ninguna sesión, nada se verificó, y eso no es lo mismo que todo en orden. Cada sesión es un\n\
             archivo propio junto a `group.toml`, cuyo nombre termina en `.toml`. Si debería haber alguna, vea si esta es la carpeta\n\
             y cómo se llaman los archivos.",
        ),
        // The examples of all checks have a session: what is not there cannot be shown by a text.
        example: Example { faulty: &[], mended: &[] },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    // A file that was not read to its end is told already, and may be a session.
    if !context.written.sessions.is_empty() || !context.written.whole {
        return;
    }
    let finding = findings.finding(Text::fixed("there is no session yet", "todavía no hay ninguna sesión"));
    let here = Text::fixed("nothing of this group was checked", "de este grupo no se verificó nada");
    let place = context.written.group.as_ref().and_then(|(_, group)| Some(group.name.as_ref()?.span));
    let finding = match place {
        Some(span) => finding.at(span, here),
        None => finding.note(here),
    };
    findings.push(finding.advice(Text::fixed(
        "each session is a file of its own in this folder, whose name ends in `.toml`",
        "cada sesión es un archivo propio de esta carpeta, cuyo nombre termina en `.toml`",
    )));
}
