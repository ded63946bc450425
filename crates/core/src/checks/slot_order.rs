//! Items that are not written in the order of their hours.

use super::{Check, session_file, timing};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static CHECK: Check = Check {
    rule: Rule {
        id: "slot-order",
        level: Level::Error,
        summary: Text::fixed("items stand in the order of their hours", "los puntos están en el orden de sus horas"),
        documentation: Text::fixed(
            "Documents print the items as they are written, so an item that starts before the one above it is either out of place or\n\
             has a wrong hour: often one of the afternoon without its twelve (01:30 for 13:30). Where putting the items in order is\n\
             all that is needed, and nothing else would do, `check --fix` does it.",
            "Los documentos imprimen los puntos como están escritos: uno que comienza antes que el de arriba está fuera de lugar o\n\
             tiene mal la hora; a menudo es una de la tarde sin sus doce (01:30 por 13:30). Si basta con ordenar los puntos, y nada\n\
             más serviría, `check --fix` los ordena.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"11:00\"\nend = \"11:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:30\"\nend = \"11:00\"\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n\
                 \n[[slots]]\nstart = \"11:30\"\nend = \"12:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:30\"\nend = \"11:00\"\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n\
                 \n[[slots]]\nstart = \"11:00\"\nend = \"11:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"11:30\"\nend = \"12:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run: |context, findings| timing::tell(context, CHECK.rule.id, findings),
};
