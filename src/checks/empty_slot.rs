//! A slot without anyone.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "empty-slot",
        level: Level::Warning,
        summary: Text::fixed("every slot says who has the floor", "todo punto dice quién tiene la palabra"),
        documentation: Text::fixed(
            "A slot names speakers, facilitators, a moderator or break-out groups, or gives the floor to everybody with\n\
             `participants = \"all\"`. Somebody not known yet is written as to be confirmed.",
            "Un punto nombra ponentes, facilitadores, quien modera o grupos de trabajo, o da la palabra a todas las personas con\n\
             `participants = \"all\"`. A quien aún no se conoce se le escribe como por confirmar.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!("\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\n"),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for slot in context.programme.sessions.iter().flat_map(|session| &session.slots) {
        if slot.roles.is_empty() && slot.groups.is_empty() && !slot.everyone && !context.is_doubtful(slot.extent) {
            findings.push(
                findings
                    .finding(text!(l, title = super::slot_overlap::short(slot.title.get(l));
                        "nobody is named for “{title}”", "no se nombra a nadie para «{title}»"))
                    .at(slot.title.span, Text::fixed("who has the floor?", "¿quién tiene la palabra?"))
                    .advice(Text::fixed(
                        "write `speakers = [\"…\"]`, or `participants = \"all\"` where the floor is everybody's",
                        "escriba `speakers = [\"…\"]`, o `participants = \"all\"` si participan todas las personas",
                    )),
            );
        }
    }
}
