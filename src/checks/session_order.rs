//! Dates that run against the numbers of the sessions.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "session-order",
        level: Level::Warning,
        summary: Text::fixed(
            "sessions are held in the order of their numbers",
            "las sesiones se celebran en el orden de sus números",
        ),
        documentation: Text::fixed(
            "Session 2 on a day before session 1 is usually a date typed wrongly, or a number that was not changed when a session\n\
             was moved.",
            "La sesión 2 en un día anterior a la sesión 1 suele ser una fecha mal escrita, o un número que no se cambió al mover una\n\
             sesión.",
        ),
        example: Example {
            faulty: &[(
                "second.toml",
                concat!(
                    "id = \"second\"\nnumber = 2\ndate = 2027-02-28\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
            mended: &[(
                "second.toml",
                concat!(
                    "id = \"second\"\nnumber = 2\ndate = 2027-03-28\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let mut numbered: Vec<_> =
        context.programme.sessions.iter().filter_map(|session| Some((session.number?, session.date?, session))).collect();
    numbered.sort_by_key(|(number, date, _)| (number.value, date.value));
    for pair in numbered.windows(2) {
        let [(_, before, earlier), (_, date, later)] = pair else { continue };
        if date.value < before.value {
            findings.push(
                findings
                    .finding(text!(l, one = later.mention(l), other = earlier.mention(l);
                        "{one} is dated before {other}", "{one} tiene fecha anterior a {other}"))
                    .at(date.span, text!(l, day = dates::long_date(l, date.value); "{day}", "{day}"))
                    .at(before.span, text!(l, day = dates::long_date(l, before.value); "{day}", "{day}")),
            );
        }
    }
}
