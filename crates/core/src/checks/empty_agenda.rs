//! A session without an agenda.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "empty-agenda",
        level: Level::Warning,
        summary: Text::fixed("every session has an agenda", "toda sesión tiene agenda"),
        documentation: Text::fixed(
            "A session that is announced as confirmed without one item goes out with an empty table. While it is a draft or tentative\n\
             its agenda may wait; confirmed, it should not.",
            "Una sesión que se anuncia como confirmada sin un solo punto sale con una tabla vacía. Mientras es borrador o provisional\n\
             su agenda puede esperar; confirmada, no debería.",
        ),
        example: Example {
            faulty: &[("session.toml", session_file!("status = \"confirmed\"\n"))],
            mended: &[(
                "session.toml",
                session_file!(
                    "status = \"confirmed\"\n\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        if session.slots.is_empty() && session.status == Status::Confirmed {
            findings.push(
                findings
                    .finding(text!(l, name = session.mention(l); "{name} has no agenda", "{name} no tiene agenda"))
                    .at(session.title.span, Text::fixed("confirmed without one item", "confirmada sin un solo punto"))
                    .advice(Text::fixed(
                        "write a block `[[slots]]` for each item",
                        "escriba un bloque `[[slots]]` por cada punto",
                    )),
            );
        }
    }
}
