//! Two slots of a session at the same time.

use super::{Check, session_file, timing};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static CHECK: Check = Check {
    rule: Rule {
        id: "slot-overlap",
        level: Level::Error,
        summary: Text::fixed("items of a session do not overlap", "los puntos de una sesión no se traslapan"),
        documentation: Text::fixed(
            "An item that ends after the next one has begun makes the agenda impossible, unless one of them is `parallel = true`.\n\
             When the declared minutes lead exactly to the start of the next item, the written end is the mistake, and `check --fix`\n\
             mends it. Break-out groups of one item are its `groups`, and they are always parallel.",
            "Un punto que termina cuando ya comenzó el siguiente hace imposible la agenda, salvo que uno de los dos diga\n\
             `parallel = true`. Si los minutos declarados llevan justo al comienzo del punto siguiente, el error es el fin escrito, y\n\
             `check --fix` lo corrige. Los grupos de trabajo de un punto son sus `groups`, y siempre van en paralelo.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:05\"\nend = \"11:45\"\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:45\"\nend = \"11:05\"\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:05\"\nend = \"10:45\"\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:45\"\nend = \"11:05\"\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
        },
    },
    run: |context, findings| timing::tell(context, CHECK.rule.id, findings),
};
