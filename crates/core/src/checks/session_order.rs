//! Dates that run against the numbers of the sessions.

use chrono::NaiveDate;

use super::{Check, Context, Findings, unlikely_date};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::model::Session;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "session-order",
        level: Level::Warning,
        summary: Text::fixed(
            "sessions are held in the order of their numbers",
            "las sesiones se celebran en el orden de sus números",
        ),
        documentation: Text::fixed(
            "Session 2 on a day before session 1, or earlier on the same day, is usually a date typed wrongly, or a number that was not changed when a session\n\
             was moved.",
            "La sesión 2 en un día anterior a la sesión 1, o más temprano el mismo día, suele ser una fecha mal escrita, o un número que no se cambió al mover una\n\
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
    // Of a year that nobody means `unlikely-date` tells.
    let days = unlikely_date::days(context);
    let likely = |session: &&Session| unlikely_date::doubt(session, &days, context.today).is_none();
    let sessions = context.programme.sessions.iter().filter(likely);
    let mut numbered: Vec<_> = sessions.filter_map(|session| Some((session.number?, session.date?, session))).collect();
    numbered.sort_by_key(|(number, date, _)| (number.value, date.value));
    for pair in numbered.windows(2) {
        let [(_, before, earlier), (_, date, later)] = pair else { continue };
        let hours = || Some((earlier.time()?.0, later.time()?.0));
        let same_day = date.value == before.value && hours().is_some_and(|(first, second)| second < first);
        if date.value < before.value || same_day {
            let told = |session: &Session, date: NaiveDate, lang| match session.time().filter(|_| same_day) {
                Some((start, _)) => dates::clock(session.zone.local(start).time.time()),
                None => dates::long_date(lang, date),
            };
            let message = match same_day {
                true => text!(l, one = later.mention(l), other = earlier.mention(l);
                    "{one} is held before {other} on the same day", "{one} es antes que {other} el mismo día"),
                false => text!(l, one = later.mention(l), other = earlier.mention(l);
                    "{one} is dated before {other}", "{one} tiene fecha anterior a {other}"),
            };
            findings.push(
                findings
                    .finding(message)
                    .at(date.span, text!(l, told = told(later, date.value, l); "{told}", "{told}"))
                    .at(before.span, text!(l, told = told(earlier, before.value, l); "{told}", "{told}")),
            );
        }
    }
}
