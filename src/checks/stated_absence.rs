//! Sessions while somebody with a role has said that they cannot attend.

use chrono::{NaiveDateTime, NaiveTime};

use super::{Check, Context, Findings, group_file, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::model::{Absence, Actor, Group, Session};
use crate::schema::Status;
use crate::text;

const SESSION: &str = session_file!(
    "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
);

pub static CHECK: Check = Check {
    rule: Rule {
        id: "stated-absence",
        level: Level::Warning,
        summary: Text::fixed(
            "nobody has a role while they said that they cannot attend",
            "nadie tiene un papel cuando dijo que no puede asistir",
        ),
        documentation: Text::fixed(
            "`unavailable` of a party or a person in `group.toml` says the days, days of the week and hours, by their own clock, at\n\
             which they cannot attend. `convoca when` proposes dates around them; this tells where a session was set on one of them\n\
             all the same.",
            "`unavailable` de una parte o persona en `group.toml` dice los días, días de la semana y horas, por su propio reloj, en que\n\
             no puede asistir. `convoca when` propone fechas que los evitan; aquí se avisa si una sesión se fijó en uno de ellos de\n\
             todos modos.",
        ),
        example: Example {
            faulty: &[
                (
                    "group.toml",
                    group_file!("country = \"GT\"\nunavailable = [{ weekdays = [\"martes\"], start = 10:00, end = 12:00 }]"),
                ),
                ("session.toml", SESSION),
            ],
            mended: &[
                (
                    "group.toml",
                    group_file!("country = \"GT\"\nunavailable = [{ weekdays = [\"martes\"], start = 14:00, end = 16:00 }]"),
                ),
                ("session.toml", SESSION),
            ],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        check(group, session, findings);
    }
}

fn check(group: &Group, session: &Session, findings: &mut Findings) {
    let Some((start, end)) = session.time() else { return };
    let mut told: Vec<&Actor> = Vec::new();
    for role in session.roles() {
        let Some(zone) = group.location(&role.who).zone.filter(|_| !told.contains(&&role.who)) else { continue };
        let (from, to) = (zone.local(start).time, zone.local(end).time);
        let Some(absence) = absences(group, &role.who).iter().find(|absence| touches(absence, from, to)) else { continue };
        told.push(&role.who);
        let (hour, reason) = (dates::clock(from.time()), absence.reason.as_deref().unwrap_or_default());
        let message = text!(l, who = role.who.label(group, l), session = session.mention(l), day = dates::long_date(l, from.date());
            "{who} cannot attend {session}, on {day} at {hour} for them",
            "{who} no puede asistir a {session}, el {day} a las {hour} para esta parte");
        let spans = [role.span, session.date.map_or(session.id.span, |date| date.span)];
        findings.push(
            findings.finding(message).at(spans[0], Text::same(reason)).at(spans[1], Text::fixed("the session", "la sesión")),
        );
    }
}

fn absences<'g>(group: &'g Group, actor: &Actor) -> &'g [Absence] {
    match actor {
        Actor::Party(id) => &group.party(*id).absences,
        Actor::Person(id) => &group.person(*id).absences,
        Actor::Described(_) => &[],
    }
}

fn touches(absence: &Absence, from: NaiveDateTime, to: NaiveDateTime) -> bool {
    let days = from.date().iter_days().take_while(|day| *day <= to.date());
    days.filter(|day| absence.is_on(*day)).any(|day| {
        let begins = day.and_time(absence.start.unwrap_or(NaiveTime::MIN));
        let ends = absence.end.map(|end| day.and_time(end)).or_else(|| Some(day.succ_opt()?.and_time(NaiveTime::MIN)));
        from < ends.unwrap_or(NaiveDateTime::MAX) && begins < to
    })
}
