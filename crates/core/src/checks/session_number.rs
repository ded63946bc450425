//! Numbers of sessions that are used twice or skipped.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "session-number",
        level: Level::Error,
        summary: Text::fixed("sessions are numbered 1, 2, 3 …", "las sesiones se numeran 1, 2, 3 …"),
        documentation: Text::fixed(
            "People speak of \"session 2\": a number used twice is an error, a number left out a warning. A cancelled session keeps\n\
             its number.",
            "La gente habla de «la sesión 2»: un número repetido es un error; un número que falta, una advertencia. Una sesión\n\
             cancelada conserva su número.",
        ),
        example: Example {
            faulty: &[(
                "second.toml",
                concat!(
                    "id = \"second\"\nnumber = 1\ndate = 2027-03-05\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
            mended: &[(
                "second.toml",
                concat!(
                    "id = \"second\"\nnumber = 2\ndate = 2027-03-05\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    // A file that was not read to its end may hold what seems to be missing.
    if !context.written.whole {
        return;
    }
    let mut numbers: Vec<_> = context
        .programme
        .sessions
        .iter()
        .filter_map(|session| Some((session.number?, session.date.map(|at| at.value))))
        .collect();
    numbers.sort_by_key(|(number, date)| (number.value, *date, number.span));
    if let Some((first, _)) = numbers.first().filter(|(first, _)| first.value > 1) {
        let n = first.value;
        findings.push(
            findings
                .finding(text!("the first session has the number {n}", "la primera sesión tiene el número {n}"))
                .level(Level::Warning)
                .at(first.span, Text::fixed("numbers start at 1", "los números comienzan en 1")),
        );
    }
    for pair in numbers.windows(2) {
        let [(before, _), (number, _)] = pair else { continue };
        let (one, two) = (before.value, number.value);
        if one == two {
            findings.push(
                findings
                    .finding(text!("two sessions have the number {two}", "dos sesiones tienen el número {two}"))
                    .at(number.span, Text::fixed("used again here", "aquí se repite"))
                    .at(before.span, Text::fixed("used here first", "aquí está primero")),
            );
        } else if two > one + 1 {
            let skipped = one + 1;
            findings.push(
                findings
                    .finding(text!("no session has the number {skipped}", "ninguna sesión tiene el número {skipped}"))
                    .level(Level::Warning)
                    .at(number.span, text!("after {one} comes {two}", "después de {one} viene {two}")),
            );
        }
    }
}
