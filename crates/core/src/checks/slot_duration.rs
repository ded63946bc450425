//! Declared minutes that contradict start and end.

use super::{Check, session_file, timing};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static CHECK: Check = Check {
    rule: Rule {
        id: "slot-duration",
        level: Level::Error,
        summary: Text::fixed(
            "declared minutes are the minutes from start to end",
            "los minutos declarados son los que van del inicio al fin",
        ),
        documentation: Text::fixed(
            "When an item writes start, end and minutes, they are checked against one another. Where the next item's start agrees with\n\
             one of the two readings, the other is the mistake and `check --fix` mends it. An end that also runs over other items is\n\
             told by `slot-overlap`.",
            "Cuando un punto escribe inicio, fin y minutos, se cotejan entre sí. Si el comienzo del punto siguiente concuerda con una\n\
             de las dos lecturas, el error es la otra, y `check --fix` la corrige. De un fin que además se traslapa con otros puntos\n\
             avisa `slot-overlap`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\nminutes = 20\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:30\"\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:30\"\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run: |context, findings| timing::tell(context, CHECK.rule.id, findings),
};
