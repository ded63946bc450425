//! A slot that is over before it begins.

use super::{Check, session_file, timing};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static CHECK: Check = Check {
    rule: Rule {
        id: "slot-ends-before-start",
        level: Level::Error,
        summary: Text::fixed("an item ends after it starts", "un punto termina después de comenzar"),
        documentation: Text::fixed(
            "An end at or before the start is a slip of the pen, unless the item crosses midnight: that is understood when it lasts at\n\
             most six hours, or when `minutes` confirms it.",
            "Un fin igual o anterior al inicio es un error al escribir, salvo que el punto pase de medianoche: eso se entiende cuando\n\
             dura seis horas a lo sumo, o cuando `minutes` lo confirma.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:35\"\nend = \"10:05\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:05\"\nend = \"10:35\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run: |context, findings| timing::tell(context, CHECK.rule.id, findings),
};
