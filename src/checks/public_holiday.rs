//! Sessions on a holiday of somebody who is to come, or on a day that bridges one.

use chrono::Datelike;

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, words};
use crate::model::{Actor, Group, Location, PartyId, Session};
use crate::schema::Status;
use crate::text;
use crate::time::{Day, country};

pub static CHECK: Check = Check {
    rule: Rule {
        id: "public-holiday",
        level: Level::Warning,
        summary: Text::fixed("no session falls on a public holiday", "ninguna sesión cae en feriado"),
        documentation: Text::fixed(
            "The holidays of the member countries, and of every country that has somebody on the agenda, as the law moves them in that\n\
             year (the Semana Morazánica, days moved to a Monday). A working day between a holiday and a weekend is a note where\n\
             bridges are usual. Municipal feasts and moved days go into `group.toml` as `[[holidays]]` with `date`, `name` and\n\
             `parties` or `countries`; `working = true` takes a day out of the tables. Years outside the tables are not checked.",
            "Los feriados de los países miembros, y de todo país que tiene a alguien en la agenda, como la ley los traslada ese año (la\n\
             Semana Morazánica, los días que pasan a lunes). Un día laboral entre un feriado y un fin de semana es una nota donde\n\
             se acostumbra hacer puente. Las fiestas municipales y los traslados se escriben en `group.toml` como `[[holidays]]`\n\
             con `date`, `name` y `parties` o `countries`; `working = true` quita un día de las tablas. Los años fuera de las\n\
             tablas no se verifican.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                "id = \"session\"\nnumber = 1\ndate = 2027-09-15\nstart = 10:00\nend = 11:00\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
            )],
            mended: &[("session.toml", session_file!("start = 10:00\nend = 11:00\n"))],
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

/// A day off, and everybody whom it concerns.
struct Off {
    name: Text,
    bridge: bool,
    who: Vec<Text>,
}

fn check(group: &Group, session: &Session, findings: &mut Findings) {
    let Some(date) = session.date else { return };
    let mut days: Vec<Off> = Vec::new();
    let mut unknown: Vec<&'static str> = Vec::new();
    for location in concerned(group, session) {
        let zone = location.zone.unwrap_or(&session.zone);
        let day = session.time().map_or(date.value, |(start, _)| zone.local(start).time.date());
        let (name, bridge) = match group.day(&location, day) {
            Day::Working => continue,
            Day::Unknown => {
                unknown.extend(location.country.filter(|country| !unknown.contains(country)));
                continue;
            }
            Day::Holiday(name) => (name, false),
            Day::Bridge(name) => (name, true),
        };
        let who = who(group, &location, &group.day(&Location { party: None, ..location }, day), &name);
        match days.iter_mut().find(|off| off.name == name && off.bridge == bridge) {
            Some(off) if off.who.contains(&who) => {}
            Some(off) => off.who.push(who),
            None => days.push(Off { name, bridge, who: vec![who] }),
        }
    }
    for off in days {
        let join = |lang| words::join(lang, &off.who.iter().map(|who| who.get(lang)).collect::<Vec<_>>());
        let message = match off.bridge {
            false => text!(l, session = session.mention(l), name = off.name.get(l), who = join(l);
                "{session} falls on {name} in {who}", "{session} cae en feriado en {who}: {name}"),
            true => text!(l, session = session.mention(l), name = off.name.get(l), who = join(l);
                "{session} falls between a weekend and {name} in {who}", "{session} cae en puente en {who}: {name}"),
        };
        let label = match off.bridge {
            false => Text::fixed("a holiday", "feriado"),
            true => Text::fixed("many take this day off", "muchas personas toman libre este día"),
        };
        let level = if off.bridge { Level::Note } else { CHECK.rule.level };
        findings.push(findings.finding(message).level(level).at(date.span, label));
    }
    if !unknown.is_empty() {
        let year = date.value.year();
        let names = |lang| words::join(lang, &unknown.iter().map(|code| group.country_name(code, lang)).collect::<Vec<_>>());
        findings.not_checked(
            date.span,
            text!(l, names = names(l);
                "no table of holidays for {names} in {year}", "no hay tabla de feriados de {names} para {year}"),
        );
    }
}

/// The member countries, the members, and everybody with a role.
fn concerned<'g>(group: &'g Group, session: &Session) -> Vec<Location<'g>> {
    let countries =
        group.members.iter().map(|member| Location { party: None, country: Some(member.code), zone: Some(&member.place.zone) });
    let members = group.parties.iter().enumerate().filter(|(_, party)| party.member);
    let members = members.map(|(index, _)| group.location(&Actor::Party(PartyId(index))));
    countries.chain(members).chain(session.roles().map(|role| group.location(&role.who))).collect()
}

/// A country where all of it has the day off, else the party.
fn who(group: &Group, location: &Location<'_>, of_country: &Day, name: &Text) -> Text {
    let whole_country = matches!(of_country, Day::Holiday(day) | Day::Bridge(day) if day == name);
    match (location.country.and_then(country), location.party) {
        (Some(country), _) if whole_country => country.name,
        (_, Some(party)) => text!(l, label = group.party(party).label(l); "{label}", "{label}"),
        (Some(country), None) => country.name,
        (None, None) => Text::fixed("all places", "todas partes"),
    }
}
