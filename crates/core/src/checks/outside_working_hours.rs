//! Sessions outside the working hours, or on the weekend, of somebody with a role.

use chrono::NaiveDateTime;

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates, words};
use crate::model::{Group, Session, WorkingHours};
use crate::schema::Status;
use crate::text;
use crate::time::{Zone, place_name};

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "outside-working-hours",
        level: Level::Warning,
        summary: Text::fixed(
            "everybody with a role is asked to come in their working hours",
            "a quienes tienen un papel se les convoca en sus horas de trabajo",
        ),
        documentation: Text::fixed(
            "By the clock of each party with a role: office hours of its country (08:00 to 17:00, in Mexico and Spain 09:00 to 18:00, in\n\
             Switzerland 08:00 to 18:00) from Monday to Friday. `[working-hours]` in `group.toml` sets them by country\n\
             (`GT = { start = \"08:00\", end = \"16:00\" }`), `working-hours` in a party sets its own.",
            "Por el reloj de cada organización con un papel: horas de oficina de su país (de 08:00 a 17:00; en México y España de 09:00 a 18:00;\n\
             en Suiza de 08:00 a 18:00) de lunes a viernes. `[working-hours]` en `group.toml` las fija por país\n\
             (`GT = { start = \"08:00\", end = \"16:00\" }`); `working-hours` en una organización fija las suyas.",
        ),
        example: Example {
            faulty: &[
                ("group.toml", super::group_file!("time-zone = \"Europe/Madrid\"")),
                (
                    "session.toml",
                    session_file!(
                        "\n[[slots]]\nstart = \"10:00\"\nminutes = 90\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                    ),
                ),
            ],
            mended: &[
                ("group.toml", super::group_file!("time-zone = \"Europe/Madrid\"")),
                (
                    "session.toml",
                    session_file!(
                        "\n[[slots]]\nstart = \"08:00\"\nminutes = 90\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                    ),
                ),
            ],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    for (session, judged) in context.programme.sessions.iter().zip(&context.timing) {
        // Hours that contradict each other are told; whether they suit anybody is seen once they are mended.
        if session.status != Status::Cancelled && !judged.is_doubtful() {
            check(group, session, findings);
        }
    }
}

fn check(group: &Group, session: &Session, findings: &mut Findings) {
    let sittings = session.sittings();
    let mut asked: Vec<(&Zone, WorkingHours, Vec<Text>)> = Vec::new();
    for role in session.roles() {
        let location = group.location(&role.who);
        let Some(zone) = location.zone else { continue };
        let hours = group.working_hours(&location);
        let who = text!(l, label = role.who.label(group, l); "{label}", "{label}");
        match asked.iter_mut().find(|(known, of, _)| *known == zone && *of == hours) {
            Some((.., all)) if all.contains(&who) => {}
            Some((.., all)) => all.push(who),
            None => asked.push((zone, hours, vec![who])),
        }
    }
    for (zone, hours, who) in asked {
        let suits = |(from, to): &(NaiveDateTime, NaiveDateTime)| {
            let within = from.date() == to.date() && hours.start <= from.time() && to.time() <= hours.end;
            within && hours.is_workday(from.date())
        };
        let mut local = sittings.iter().map(|(start, end)| (zone.local(*start).time, zone.local(*end).time));
        // Of several days the first that does not suit is told.
        let Some((from, to)) = local.find(|sitting| !suits(sitting)) else { continue };
        let workday = hours.is_workday(from.date());
        let span = session.date.map_or(session.id.span, |date| date.span);
        let (from_hour, to_hour) = (dates::clock(from.time()), dates::clock(to.time()));
        let (opens, closes) = (dates::clock(hours.start), dates::clock(hours.end));
        let message = text!(l, session = session.mention(l), day = dates::weekday(l, {
                use chrono::Datelike;
                from.weekday()
            }), who = words::join(l, &who.iter().map(|who| who.get(l)).collect::<Vec<_>>());
            "{session} is on {day} from {from_hour} to {to_hour} for {who}",
            "{session} es el {day} de {from_hour} a {to_hour} para {who}");
        let place = place_name(zone);
        let label = match workday {
            true => text!(l, place = place.get(l);
                "their working hours are {opens} to {closes} ({place})", "sus horas de trabajo son de {opens} a {closes} ({place})"),
            false => {
                text!(l, place = place.get(l); "no working day there ({place})", "no es día laboral allí ({place})")
            }
        };
        findings.push(findings.finding(message).at(span, label));
    }
}
