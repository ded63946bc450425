//! A session of which nobody says when it is over.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "open-end",
        level: Level::Warning,
        summary: Text::fixed("every session says when it is over", "toda sesión dice a qué hora termina"),
        documentation: Text::fixed(
            "An item that writes its start alone lasts until the next one. The last one has none: write the `end` of the session, or\n\
             `minutes` in that item. Documents print what is known, but calendars need an end, and invitations are held back.",
            "Un punto que solo escribe su inicio dura hasta el siguiente. El último no tiene siguiente: escriba `end` en la sesión,\n\
             o `minutes` en ese punto. Los documentos muestran lo que se sabe, pero los calendarios necesitan un fin, y las\n\
             invitaciones se retienen.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:40\"\ntitle = { es = \"Cierre\", en = \"Closing\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "end = \"11:00\"\n\n[[slots]]\nstart = \"10:00\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:40\"\ntitle = { es = \"Cierre\", en = \"Closing\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        let last = session.agenda().into_iter().rfind(|entry| entry.slot.time.is_some_and(|time| time.is_open()));
        let (Some(last), true) = (last, session.is_open()) else { continue };
        if context.is_doubtful(last.slot.extent) {
            continue;
        }
        let from = last.slot.time.map_or_else(String::new, |time| dates::clock(time.local_start.time()));
        findings.push(
            findings
                .finding(
                    text!(l, name = session.mention(l); "when {name} is over is not known", "no se sabe cuándo termina {name}"),
                )
                .at(last.slot.start_span(), text!("the last item starts at {from}", "el último punto comienza a las {from}"))
                .advice(Text::fixed(
                    "write `end` in the session, or `minutes` in this item",
                    "escriba `end` en la sesión, o `minutes` en este punto",
                )),
        );
    }
}
