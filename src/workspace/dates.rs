//! What was typed, as a question that can be asked of a programme.

use chrono::NaiveDate;

use super::Failure;
use crate::decode::{nearest, slug};
use crate::ledger::History;
use crate::locale::written::{self, WrittenDate};
use crate::locale::{Lang, Text, dates, ranges, words};
use crate::model::{Actor, Group, PartyId, PersonId, Quorum};
use crate::poll::Poll;
use crate::scheduling::{Request, Wishes};
use crate::text;
use crate::time::country;

/// Longer ranges and sessions are typing mistakes.
const LONGEST_RANGE: i64 = 5 * 366;
const LONGEST_SESSION: u32 = 12 * 60;
const MOST: u32 = 50;
const MOST_DAYS: u32 = 10 * 366;

/// What dates are looked for, as people write it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub days: String,
    pub minutes: u32,
    pub sessions: u32,
    pub apart: u32,
    pub notice: Option<u32>,
    /// Who must attend besides the members, and which members need not.
    pub with: Vec<String>,
    pub without: Vec<String>,
    pub proposals: u32,
    /// What would be welcome.
    pub hours: Option<String>,
    pub weekdays: Vec<String>,
    pub not_before: Option<String>,
    pub except: Vec<String>,
    pub quorum: Option<u32>,
}

/// The question that is asked of a programme.
///
/// # Errors
/// Something of it cannot be read, or is too much.
pub fn request(asked: &Asked, group: &Group, today: NaiveDate) -> Result<Request, Failure> {
    let (first, last) = period("--days", &asked.days, today)?;
    if last < first {
        return Err(Failure::new(text!(l, first = dates::date(l, first), last = dates::date(l, last);
            "the range ends before it begins: {first} to {last}", "el período termina antes de comenzar: del {first} al {last}")));
    }
    if (last - first).num_days() > LONGEST_RANGE {
        return Err(Failure::new(Text::fixed("the range is longer than five years", "el período pasa de cinco años")));
    }
    if !(1..=LONGEST_SESSION).contains(&asked.minutes) {
        return Err(Failure::new(Text::fixed(
            "a session lasts from 1 minute to 12 hours",
            "una sesión dura de 1 minuto a 12 horas",
        )));
    }
    let counts = [
        ("--sessions", asked.sessions, 1, MOST),
        ("--proposals", asked.proposals, 1, MOST),
        ("--apart", asked.apart, 1, MOST_DAYS),
        ("--notice", asked.notice.unwrap_or(0), 0, MOST_DAYS),
    ];
    if let Some((option, count, least, most)) =
        counts.into_iter().find(|(_, count, least, most)| !(least..=most).contains(&count))
    {
        return Err(Failure::new(text!("{count} is not a value for `{option}`", "{count} no sirve como valor de `{option}`"))
            .help(text!("write a number from {least} to {most}", "escriba un número de {least} a {most}")));
    }
    let (not_before, wishes) = wishes(asked, today)?;
    let first = not_before.map_or(first, |day| day.max(first));
    if last < first {
        return Err(Failure::new(text!(l, first = dates::date(l, first), last = dates::date(l, last);
            "no day is left: not before {first}, and the days end on {last}",
            "no queda ningún día: no antes del {first}, y el período termina el {last}")));
    }
    let left_out = left_out(group, asked)?;
    let asked_for = asked.with.iter().map(|name| actor(group, name)).collect::<Result<Vec<_>, _>>()?;
    let attending = attending(group, &asked_for, &left_out)?;
    placed(group, &attending)?;
    Ok(Request {
        first,
        last,
        minutes: asked.minutes,
        sessions: asked.sessions as usize,
        apart: asked.apart as usize,
        without_countries: left_out.empty,
        indispensable: group.presidency.map(Actor::Party).into_iter().chain(asked_for).collect(),
        attending,
        quorum: asked.quorum.map_or(group.quorum, |parties| Quorum { parties: Some(parties), countries: None }),
        wishes,
        moving: None,
        notice: asked.notice.or(group.notice_days.map(|days| days.value)).unwrap_or(1),
        today,
        proposals: asked.proposals as usize,
    })
}

/// The last question that the members were asked.
///
/// # Errors
/// They were asked none.
pub fn asked_last(history: &History) -> Result<&Poll, Failure> {
    history.polls().next_back().ok_or_else(|| {
        Failure::new(Text::fixed(
            "the members were not asked about dates yet",
            "aún no se ha preguntado por fechas a los miembros",
        ))
        .help(Text::fixed(
            "`convoca when --days … --poll FOLDER` writes the mails that ask them",
            "`convoca cuando --dias … --encuesta CARPETA` escribe los correos que preguntan",
        ))
    })
}

fn unreadable(option: &'static str, written: &str, help: Text) -> Failure {
    let message = text!("`{written}` is not a value for `{option}`", "`{written}` no sirve como valor de `{option}`");
    Failure::new(message).help(help)
}

/// Days as people write them; one that could be two is asked about.
fn period(option: &'static str, written: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Failure> {
    let certain = |date: WrittenDate| match date {
        WrittenDate::Certain(day) => Ok(day),
        WrittenDate::Either(one, other) => Err(Failure::new(text!(l, one = dates::date(l, one), other = dates::date(l, other);
            "`{written}` can be {one} or {other}", "`{written}` puede ser el {one} o el {other}"))
        .help(text!("write {one} or {other}", "escriba {one} o {other}"))),
    };
    let (first, last) = ranges::period(written, today).ok_or_else(|| {
        let help = Text::fixed(
            "write it such as 2027-10-01..2027-11-15, or \"from 5 to 30 April\"",
            "escríbalo así: 2027-10-01..2027-11-15, o \"del 5 al 30 de abril\"",
        );
        unreadable(option, written, help)
    })?;
    Ok((certain(first)?, certain(last)?))
}

/// What would be welcome, and the first day if `--not-before` names one.
fn wishes(asked: &Asked, today: NaiveDate) -> Result<(Option<NaiveDate>, Wishes), Failure> {
    let mut wishes = Wishes::default();
    let mut first = None;
    if let Some(written) = &asked.hours {
        (wishes.from, wishes.to) = ranges::hours(written).ok_or_else(|| {
            let help = Text::fixed("write it such as 09:00-12:00", "escríbalo así: 09:00-12:00");
            unreadable("--hours", written, help)
        })?;
    }
    if let Some(written) = &asked.not_before {
        match written::hour(written) {
            Some(hour) => wishes.from = Some(wishes.from.map_or(hour, |from| from.max(hour))),
            None => first = Some(period("--not-before", written, today)?.0),
        }
    }
    if let (Some(from), Some(to)) = (wishes.from, wishes.to)
        && to <= from
    {
        let (from, to) = (dates::clock(from), dates::clock(to));
        return Err(Failure::new(text!("{to} is not after {from}", "las {to} no son después de las {from}")));
    }
    for written in &asked.weekdays {
        let day = dates::parse_weekday(written.trim()).ok_or_else(|| {
            let help = Text::fixed(
                "write days of the week, such as tuesday,thursday",
                "escriba días de la semana, por ejemplo martes,jueves",
            );
            unreadable("--weekdays", written, help)
        })?;
        if !wishes.weekdays.contains(&day) {
            wishes.weekdays.push(day);
        }
    }
    wishes.except = asked.except.iter().map(|written| period("--except", written, today)).collect::<Result<_, _>>()?;
    Ok((first, wishes))
}

/// Who need not attend: parties and people by name, countries by name or code.
struct LeftOut {
    actors: Vec<Actor>,
    /// With all their members.
    countries: Vec<&'static str>,
    /// Whose chair stays empty: those countries, and those of actors whom nobody else represents.
    empty: Vec<&'static str>,
}

fn left_out(group: &Group, asked: &Asked) -> Result<LeftOut, Failure> {
    let mut left_out = LeftOut { actors: Vec::new(), countries: Vec::new(), empty: Vec::new() };
    for written in &asked.without {
        let wanted = slug(written);
        let named = |code: &str| {
            country(code).is_some_and(|country| Lang::ALL.iter().any(|lang| slug(country.name.get(*lang)) == wanted))
        };
        let of_group = group.members.iter().map(|member| member.code);
        match of_group.into_iter().find(|code| code.eq_ignore_ascii_case(written) || named(code)) {
            Some(code) => left_out.countries.push(code),
            None => left_out.actors.push(actor(group, written)?),
        }
    }
    left_out.empty = left_out.countries.clone();
    left_out.empty.extend(left_out.actors.iter().filter_map(|actor| group.location(actor).country));
    Ok(left_out)
}

/// The members and the presidency, with those who are asked for and without those who may be missing.
fn attending(group: &Group, asked_for: &[Actor], left_out: &LeftOut) -> Result<Vec<Actor>, Failure> {
    let members = group.parties.iter().enumerate().filter(|(_, party)| party.member);
    let members = members.map(|(index, _)| PartyId(index)).chain(group.presidency).map(Actor::Party);
    let of_country = |actor: &Actor| group.location(actor).country.is_some_and(|code| left_out.countries.contains(&code));
    let mut attending: Vec<Actor> = Vec::new();
    for actor in members.filter(|actor| !of_country(actor)).chain(asked_for.iter().cloned()) {
        if !attending.contains(&actor) && !left_out.actors.contains(&actor) {
            attending.push(actor);
        }
    }
    if attending.is_empty() && group.members.iter().all(|member| left_out.empty.contains(&member.code)) {
        return Err(Failure::new(Text::fixed("nobody must attend", "nadie tiene que asistir")).help(Text::fixed(
            "mark the members in group.toml with `member = true`, or name organisations with `--with`",
            "marque a los miembros en group.toml con `member = true`, o nombre organizaciones con `--con`",
        )));
    }
    Ok(attending)
}

/// A member that could be in any of the group's countries is asked about: a date must not rest on a guess.
fn placed(group: &Group, attending: &[Actor]) -> Result<(), Failure> {
    if group.members.len() < 2 {
        return Ok(());
    }
    let lost =
        |actor: &&Actor| matches!(actor, Actor::Party(id) if group.party(*id).member) && group.location(actor).zone.is_none();
    let lost: Vec<&Actor> = attending.iter().filter(lost).collect();
    if lost.is_empty() {
        return Ok(());
    }
    let names = |l| words::join(l, &lost.iter().map(|actor| actor.label(group, l)).collect::<Vec<_>>());
    let ids: Vec<&str> =
        lost.iter().filter_map(|actor| if let Actor::Party(id) = actor { Some(&*group.party(*id).id) } else { None }).collect();
    let (section, without) = (format!("[parties.{}]", ids[0]), ids.join(","));
    Err(Failure::new(text!(l, names = names(l);
        "in which country is {names}? Their hours and holidays are not known", "¿en qué país está {names}? No se conocen sus horas ni sus feriados"))
    .help(text!(
        "write `country = \"…\"` under `{section}` in group.toml, or leave them out with `--without {without}`",
        "escriba `country = \"…\"` bajo `{section}` en group.toml, o búsquela sin ellos con `--sin {without}`"
    )))
}

/// A party or a person by id or by any of its names.
fn actor(group: &Group, written: &str) -> Result<Actor, Failure> {
    let wanted = slug(written);
    if let Some(index) = group.people.iter().position(|person| person.id == written || slug(&person.name) == wanted) {
        return Ok(Actor::Person(PersonId(index)));
    }
    let by_id = group.parties.iter().position(|party| party.id == written);
    let by_name = || group.parties.iter().position(|party| party.names().any(|name| slug(name) == wanted));
    by_id.or_else(by_name).map(|index| Actor::Party(PartyId(index))).ok_or_else(|| {
        let known: Vec<&str> = group.parties.iter().map(|party| party.id.as_str()).collect();
        let failure = Failure::new(text!(
            "`{written}` is no organisation or person of the group",
            "`{written}` no es ninguna organización ni persona del grupo"
        ));
        match nearest(written, &known) {
            Some(meant) => failure.help(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
            None => failure.help(Text::fixed("group.toml lists them", "group.toml las enumera")),
        }
    })
}
