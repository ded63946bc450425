//! `convoca when`: dates that suit everybody, or what rules them all out.

use std::io::Write;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use comfy_table::{ContentArrangement, Table};
use schemars::JsonSchema;
use serde::Serialize;

use super::args::{Options, When};
use super::{Failure, Outcome, check, output};
use crate::decode::{nearest, slug};
use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, Group, PartyId, PersonId, Programme};
use crate::scheduling::{Finding, Request, Session, find, holds};
use crate::text;

/// Longer ranges and sessions are typing mistakes.
const LONGEST_RANGE: i64 = 2 * 366;
const LONGEST_SESSION: u32 = 12 * 60;
const MOST: u32 = 50;
const MOST_DAYS: u32 = 10 * 366;
const LONGEST_AGO: i32 = 1900;
const FARTHEST: i32 = 2199;

pub fn run(options: &Options, command: &When) -> Result<Outcome, Failure> {
    let (_, checked) = check::load(options)?;
    let Some(programme) = &checked.programme else {
        return Err(Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo")));
    };
    let request = request(options, command, &programme.group)?;
    let found = find(programme, &request);
    let mut out = anstream::stdout().lock();
    if command.json {
        let answer = Answer::new(programme, &found);
        serde_json::to_writer_pretty(&mut out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", show(programme, &request, &found, options.lang))?;
    }
    out.flush()?;
    if found.proposals.is_empty() {
        return Ok(Outcome::Findings);
    }
    if let Some(path) = &command.holds {
        let bytes = holds(programme, &request, &found.proposals, options.lang).map_err(|error| Failure::new(error.message()))?;
        output::write(path, &bytes)?;
    }
    Ok(Outcome::Clean)
}

fn request(options: &Options, command: &When, group: &Group) -> Result<Request, Failure> {
    let (first, last) = command.days;
    let years = LONGEST_AGO..=FARTHEST;
    if !years.contains(&first.year()) || !years.contains(&last.year()) {
        return Err(Failure::new(Text::fixed("the days are from 1900 to 2199", "los días van de 1900 a 2199")));
    }
    if last < first {
        return Err(Failure::new(text!(l, first = dates::date(l, first), last = dates::date(l, last);
            "the range ends before it begins: {first} to {last}", "el período termina antes de comenzar: del {first} al {last}")));
    }
    if (last - first).num_days() > LONGEST_RANGE {
        return Err(Failure::new(Text::fixed("the range is longer than two years", "el período pasa de dos años")));
    }
    if !(1..=LONGEST_SESSION).contains(&command.minutes) {
        return Err(Failure::new(Text::fixed(
            "a session lasts from 1 minute to 12 hours",
            "una sesión dura de 1 minuto a 12 horas",
        )));
    }
    let counts = [
        ("--sessions", command.sessions, 1, MOST),
        ("--proposals", command.proposals, 1, MOST),
        ("--apart", command.apart, 1, MOST_DAYS),
        ("--notice", command.notice.unwrap_or(0), 0, MOST_DAYS),
    ];
    if let Some((option, count, least, most)) =
        counts.into_iter().find(|(_, count, least, most)| !(least..=most).contains(&count))
    {
        return Err(Failure::new(text!("{count} is not a value for `{option}`", "{count} no sirve como valor de `{option}`"))
            .help(text!("write a number from {least} to {most}", "escriba un número de {least} a {most}")));
    }
    Ok(Request {
        first,
        last,
        minutes: command.minutes,
        sessions: command.sessions as usize,
        apart: command.apart as usize,
        attending: attending(group, command)?,
        notice: command.notice.or(group.notice_days.map(|days| days.value)).unwrap_or(0),
        today: options.today,
        proposals: command.proposals as usize,
    })
}

/// The members and the presidency, with those who are asked for and without those who may be missing.
fn attending(group: &Group, command: &When) -> Result<Vec<Actor>, Failure> {
    let with = command.with.iter().map(|name| actor(group, name)).collect::<Result<Vec<_>, _>>()?;
    let without = command.without.iter().map(|name| actor(group, name)).collect::<Result<Vec<_>, _>>()?;
    let members = group.parties.iter().enumerate().filter(|(_, party)| party.member);
    let members = members.map(|(index, _)| PartyId(index)).chain(group.presidency).map(Actor::Party);
    let mut attending: Vec<Actor> = Vec::new();
    for actor in members.chain(with).filter(|actor| !without.contains(actor)) {
        if !attending.contains(&actor) {
            attending.push(actor);
        }
    }
    if attending.is_empty() {
        return Err(Failure::new(Text::fixed("nobody must attend", "nadie tiene que asistir")).help(Text::fixed(
            "mark the members in group.toml with `member = true`, or name parties with `--with`",
            "marque a los miembros en group.toml con `member = true`, o nombre partes con `--with`",
        )));
    }
    Ok(attending)
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
            "`{written}` is no party or person of the group",
            "`{written}` no es ninguna parte ni persona del grupo"
        ));
        match nearest(written, &known) {
            Some(meant) => failure.help(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
            None => failure.help(Text::fixed("group.toml lists them", "group.toml las enumera")),
        }
    })
}

fn show(programme: &Programme, request: &Request, found: &Finding, lang: Lang) -> String {
    let say = |text: Text| text.get(lang).to_owned();
    let mut out = String::new();
    if found.proposals.is_empty() {
        out.push_str(&nothing(request, found, lang));
    } else {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        if table.width().is_none() {
            table.set_width(100);
        }
        let header = [
            Text::fixed("Proposal", "Propuesta"),
            Text::fixed("Day", "Día"),
            Text::fixed("Hours", "Horas"),
            Text::fixed("Against it", "En contra"),
        ];
        table.set_header(header.map(say));
        for (number, proposal) in (1..).zip(&found.proposals) {
            for (place, session) in (1..).zip(&proposal.sessions) {
                let name = if proposal.sessions.len() == 1 { format!("{number}") } else { format!("{number}.{place}") };
                let day = dates::long_date(lang, session.date(&programme.group));
                let against: Vec<&str> = session.against.iter().map(|text| text.get(lang)).collect();
                let against = if against.is_empty() { "—".to_owned() } else { against.join("\n") };
                table.add_row([name, day, session.hours(&programme.group, lang).join("\n"), against]);
            }
        }
        out.push_str(&format!("{table}\n"));
    }
    for (texts, heading) in [
        (&found.not_checked, Text::fixed("not checked", "sin verificar")),
        (&found.unplaced, Text::fixed("hours not known, so not looked at", "no se conoce su hora, así que no se tomó en cuenta")),
    ] {
        for text in texts {
            out.push_str(&format!("{}: {}\n", heading.get(lang), text.get(lang)));
        }
    }
    out
}

/// What rules everything out.
fn nothing(request: &Request, found: &Finding, lang: Lang) -> String {
    let (sessions, apart) = (request.sessions, request.apart);
    let mut out = match (found.clash.len(), lang) {
        (0, Lang::En) => format!("these days are too few for {sessions} sessions, each {apart} or more days after the last\n"),
        (0, Lang::Es) => {
            format!("estos días no alcanzan para {sessions} sesiones, cada una {apart} o más días después de la anterior\n")
        }
        (1, Lang::En) => "nothing fits; this rules everything out\n".to_owned(),
        (1, Lang::Es) => "nada conviene; esto lo descarta todo\n".to_owned(),
        (_, Lang::En) => "nothing fits. These conditions together rule everything out: drop one of these\n".to_owned(),
        (_, Lang::Es) => "nada conviene. Estas condiciones juntas lo descartan todo: ceda en una de ellas\n".to_owned(),
    };
    for text in &found.clash {
        out.push_str(&format!("  • {}\n", text.get(lang)));
    }
    if sessions > 1 && !found.clash.is_empty() {
        let fewer = match apart {
            1 => text!("fewer sessions than {sessions}", "menos de {sessions} sesiones"),
            _ => text!(
                "fewer sessions than {sessions}, or less than {apart} days apart",
                "menos de {sessions} sesiones, o menos de {apart} días entre ellas"
            ),
        };
        out.push_str(&format!("  • {}\n", fewer.get(lang)));
    }
    out
}

/// Proposals of dates, or what rules them all out.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer<'a> {
    /// Version of this format.
    version: u32,
    /// Release of the IANA time zone database that the local hours follow.
    zone_rules: &'static str,
    /// The best first; each with its sessions in order.
    proposals: Vec<Vec<Held<'a>>>,
    /// Where there is no proposal: the conditions that together rule everything out.
    clash: &'a [Text],
    not_checked: &'a [Text],
    /// Whose hours are not known, so that they were not looked at.
    unplaced: &'a [Text],
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Held<'a> {
    /// The day by the group's clock.
    date: NaiveDate,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    local: Vec<LocalTime<'a>>,
    /// What speaks against it.
    against: &'a [Text],
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LocalTime<'a> {
    place: &'a Text,
    /// IANA name.
    time_zone: &'a str,
    start: chrono::NaiveDateTime,
    end: chrono::NaiveDateTime,
}

impl<'a> Answer<'a> {
    fn new(programme: &'a Programme, found: &'a Finding) -> Answer<'a> {
        let held = |session: &'a Session| Held {
            date: session.date(&programme.group),
            start: session.start,
            end: session.end,
            local: programme
                .group
                .places()
                .map(|place| LocalTime {
                    place: &place.name,
                    time_zone: place.zone.name(),
                    start: place.zone.local(session.start).time,
                    end: place.zone.local(session.end).time,
                })
                .collect(),
            against: &session.against,
        };
        Answer {
            version: 1,
            zone_rules: crate::time::release(),
            proposals: found.proposals.iter().map(|proposal| proposal.sessions.iter().map(held).collect()).collect(),
            clash: &found.clash,
            not_checked: &found.not_checked,
            unplaced: &found.unplaced,
        }
    }
}
