//! A slot without anyone.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::model::Slot;
use crate::text;

/// The most items that one note points at.
const SHOWN: usize = 4;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "empty-slot",
        level: Level::Warning,
        summary: Text::fixed("every item says who has the floor", "todo punto dice quién tiene la palabra"),
        documentation: Text::fixed(
            "An item names speakers, facilitators, a moderator or break-out groups, or gives the floor to everybody with\n\
             `participants = \"all\"`; coffee, lunch and travel say `break = true`, or are called so. Somebody not known yet is written as to be confirmed.\n\
             Where most items of a session name nobody, that is how the agenda is written, and one note tells it.",
            "Un punto nombra ponentes, facilitadores, quien modera o grupos de trabajo, o da la palabra a todas las personas con\n\
             `participants = \"all\"`; el café, el almuerzo y los traslados dicen `break = true`, o se llaman así. A quien aún no se conoce se le\n\
             escribe como por confirmar. Si la mayoría de los puntos de una sesión no nombra a nadie, así se escribe esa agenda, y lo\n\
             dice una sola nota.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

/// Items without anyone in them, in what they are a part of, or in what they consist of.
fn nobody_in(slots: &[Slot]) -> Vec<&Slot> {
    let unnamed =
        slots.iter().filter(|slot| slot.roles.is_empty() && !slot.everyone && !slot.is_break() && slot.groups.is_empty());
    unnamed.flat_map(|slot| if slot.items.is_empty() { vec![slot] } else { nobody_in(&slot.items) }).collect()
}

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let mut empty = nobody_in(&session.slots);
        empty.retain(|slot| !context.is_doubtful(slot.extent));
        let (count, of) = (empty.len(), session.agenda().iter().filter(|entry| !entry.slot.is_break()).count());
        if count > 1 && count * 2 > of {
            let message = text!(l, name = session.mention(l);
                "{name} names nobody for {count} of its {of} items", "{name} no nombra a nadie en {count} de sus {of} puntos");
            let finding = findings.finding(message).level(Level::Note);
            findings.push(empty.iter().take(SHOWN).fold(finding, |finding, slot| finding.at(slot.title.span, Text::default())));
            continue;
        }
        for slot in empty {
            findings.push(
                findings
                    .finding(text!(l, title = super::timing::short(slot.title.get(l));
                        "nobody is named for “{title}”", "no se nombra a nadie para «{title}»"))
                    .at(slot.title.span, Text::fixed("who has the floor?", "¿quién tiene la palabra?"))
                    .advice(Text::fixed(
                        "write `speakers = [\"…\"]`, `participants = \"all\"` where the floor is everybody's, or `break = true`",
                        "escriba `speakers = [\"…\"]`, `participants = \"all\"` si participan todas las personas, o `break = true` si es un receso",
                    )),
            );
        }
    }
}
