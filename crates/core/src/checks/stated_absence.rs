//! Sessions while somebody with a role, or a member that is invited, has said that they cannot attend.

use chrono::{NaiveDateTime, NaiveTime};

use super::{Check, Context, Findings, group_file, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::invitees::is_invited;
use crate::locale::{Text, dates};
use crate::model::{Absence, Actor, Group, PartyId, Session};
use crate::schema::Status;
use crate::text;

const SESSION: &str = session_file!(
    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
);

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "stated-absence",
        level: Level::Warning,
        summary: Text::fixed(
            "no session is when somebody with a role, or a member, said that they cannot attend",
            "ninguna sesión es cuando alguien con un papel, o un miembro, dijo que no puede asistir",
        ),
        documentation: Text::fixed(
            "`unavailable` of a party or a person in `group.toml` says the days, days of the week and hours, by their own clock, at\n\
             which they cannot attend. `convoca when` proposes dates around them; this tells where a session was set on one of them\n\
             all the same, for everybody with a role in it and for every member that is invited.",
            "`unavailable` de una organización o persona en `group.toml` dice los días, días de la semana y horas, por su propio reloj, en que\n\
             no puede asistir. `convoca cuando` propone fechas que los evitan; aquí se avisa si una sesión se fijó en uno de ellos de\n\
             todos modos, para quienes tienen un papel en ella y para todo miembro que está invitado.",
        ),
        example: Example {
            faulty: &[
                (
                    "group.toml",
                    group_file!(
                        "country = \"GT\"\nunavailable = [{ weekdays = [\"martes\"], start = \"10:00\", end = \"12:00\" }]"
                    ),
                ),
                ("session.toml", SESSION),
            ],
            mended: &[
                (
                    "group.toml",
                    group_file!(
                        "country = \"GT\"\nunavailable = [{ weekdays = [\"martes\"], start = \"14:00\", end = \"16:00\" }]"
                    ),
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
    let sittings = session.sittings();
    let date = session.date.map_or(session.id.span, |date| date.span);
    let roles = session.roles().map(|role| (role.who.clone(), Some(role.span)));
    // As `when` has it: a session suits every member that is invited, with a role or without.
    let members = (0..group.parties.len()).filter(|index| group.parties[*index].member).map(|index| Actor::Party(PartyId(index)));
    let members = members.filter(|actor| is_invited(group, session, actor)).map(|actor| (actor, None));
    let mut told: Vec<Actor> = Vec::new();
    for (who, role) in roles.chain(members) {
        let Some(zone) = group.location(&who).zone.filter(|_| !told.contains(&who)) else { continue };
        let local = sittings.iter().map(|(start, end)| (zone.local(*start).time, zone.local(*end).time));
        let touched =
            |(from, to)| absences(group, &who).iter().find(|absence| touches(absence, from, to)).map(|absence| (absence, from));
        let Some((absence, from)) = local.filter_map(touched).next() else { continue };
        let (hour, reason) = (dates::clock(from.time()), Text::same(absence.reason.as_deref().unwrap_or_default()));
        let message = text!(l, who = who.label(group, l), session = session.mention(l), day = dates::long_date(l, from.date());
            "{who} cannot attend {session}, on {day} at {hour} for them",
            "{who} no puede asistir a {session}, el {day} a las {hour} de su hora");
        let finding = findings.finding(message);
        findings.push(match role {
            Some(role) => finding.at(role, reason).at(date, Text::fixed("the session", "la sesión")),
            None => finding.at(date, reason),
        });
        told.push(who);
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
