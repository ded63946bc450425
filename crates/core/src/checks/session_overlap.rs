//! Two sessions of the group at the same time.

use super::hours::DATE_NOT_KNOWN;
use super::{Check, Context, Findings, sweep};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Lang, Text, dates};
use crate::model::Session;
use crate::schema::Status;
use crate::text;

const MENDED: &str = concat!(
    "id = \"second\"\nnumber = 2\ndate = 2027-03-03\nstart = \"10:30\"\nend = \"12:00\"\nmoderator = \"capital\"\n",
    "title = { es = \"Segunda\", en = \"Second\" }\n"
);

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "session-overlap",
        level: Level::Error,
        summary: Text::fixed("sessions of the group do not overlap", "las sesiones del grupo no se traslapan"),
        documentation: Text::fixed(
            "The same municipalities attend every session, so two sessions cannot be held at once. Times are compared as instants,\n\
             whatever zones they are written in; cancelled sessions do not count.",
            "A toda sesión asisten las mismas municipalidades, así que no puede haber dos a la vez. Se comparan los instantes, sin\n\
             importar en qué zona estén escritas las horas; las sesiones canceladas no cuentan.",
        ),
        example: Example {
            faulty: &[
                ("session.toml", super::session_file!("start = \"10:00\"\nend = \"11:00\"\n")),
                (
                    "second.toml",
                    concat!(
                        "id = \"second\"\nnumber = 2\ndate = 2027-03-02\nstart = \"10:30\"\nend = \"12:00\"\nmoderator = \"port\"\n",
                        "title = { es = \"Segunda\", en = \"Second\" }\n"
                    ),
                ),
            ],
            mended: &[("session.toml", super::session_file!("start = \"10:00\"\nend = \"11:00\"\n")), ("second.toml", MENDED)],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let mut timed = Vec::new();
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        if session.status == Status::Cancelled {
            continue;
        }
        let Some(sittings) = judged.sittings(session) else { continue };
        match sittings.is_empty() {
            false => timed.extend(sittings.into_iter().map(|(start, end)| (start, end, session))),
            true if session.slots.is_empty() && session.window.start.is_none() => {}
            true => findings.not_checked(session.title.span, DATE_NOT_KNOWN),
        }
    }
    let clash = |(_, _, one): &(_, _, &Session), (_, _, other): &(_, _, &Session)| !copied(one, other);
    for ((_, reach, earlier), (start, end, session)) in sweep::clashes(&timed, |(start, end, _)| (*start, *end), clash) {
        let minutes = (*end.min(reach) - *start).num_minutes();
        let told = |session: &Session, lang| name_and_hours(session, lang);
        findings.push(
            findings
                .finding(text!(l, one = earlier.mention(l), other = session.mention(l);
                    "{one} and {other} overlap by {minutes} min", "{one} y {other} se traslapan {minutes} min"))
                .at(place(session), text!(l, hours = told(session, l); "{hours}", "{hours}"))
                .at(place(earlier), text!(l, hours = told(earlier, l); "{hours}", "{hours}")),
        );
    }
}

/// A session copied to make the next one shares its id or number: that is the mistake to tell.
fn copied(one: &Session, other: &Session) -> bool {
    let same_number = one.number.is_some() && one.number.map(|at| at.value) == other.number.map(|at| at.value);
    one.id.value == other.id.value || same_number
}

fn place(session: &Session) -> crate::diagnostics::Span {
    session.date.map_or(session.id.span, |date| date.span)
}

fn name_and_hours(session: &Session, lang: Lang) -> String {
    let Some((start, end)) = session.time() else { return session.name(lang) };
    let clock = |instant| dates::clock(session.zone.local(instant).time.time());
    format!("{}: {}–{} ({})", session.name(lang), clock(start), clock(end), session.zone.name())
}
