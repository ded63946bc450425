//! Sessions on a holiday of somebody who is to come, or on a day that bridges one.

use chrono::{Datelike, Months, NaiveDate};

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates, words};
use crate::model::{Actor, Group, Location, PartyId, Session, Sitting};
use crate::schema::Status;
use crate::text;
use crate::time::{Day, DayOff, DayOffKind, country, holidays_until};

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "public-holiday",
        level: Level::Warning,
        summary: Text::fixed("no session falls on a public holiday", "ninguna sesión cae en feriado"),
        documentation: Text::fixed(
            "The holidays of the member countries, and of every country that has somebody on the agenda, as the law moves them in that\n\
             year (the Semana Morazánica, days moved to a Monday), and the decrees of single years. Half a day counts from its hour on.\n\
             A working day between a holiday and a weekend is a note where bridges are usual, and so are the weeks in which public\n\
             offices close by custom (Holy Week, the year's end). Municipal feasts and moved days go into `group.toml` as\n\
             `[[holidays]]` with `date`, `name` and `parties` or `countries`; `from = \"12:00\"` makes half a day of it, `working = true`\n\
             takes a day out of the tables. Years outside the tables are not checked; a note tells when they end soon.",
            "Los feriados de los países miembros, y de todo país que tiene a alguien en la agenda, como la ley los traslada ese año (la\n\
             Semana Morazánica, los días que pasan a lunes), y los decretos de un solo año. El medio feriado cuenta desde su hora.\n\
             Un día laboral entre un feriado y un fin de semana es una nota donde se acostumbra hacer puente, y también las\n\
             semanas en que las oficinas públicas suelen cerrar (Semana Santa, fin de año). Las fiestas municipales y los traslados\n\
             se escriben en `group.toml` como `[[holidays]]` con `date`, `name` y `parties` o `countries`; `from = \"12:00\"` la deja\n\
             en medio día y `working = true` quita un día de las tablas. Los años fuera de las tablas no se verifican; una nota\n\
             avisa cuando están por terminar.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                "id = \"session\"\nnumber = 1\ndate = 2027-09-15\nstart = \"10:00\"\nend = \"11:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
            )],
            mended: &[("session.toml", session_file!("start = \"10:00\"\nend = \"11:00\"\n"))],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        check(group, session, findings);
    }
    if let Some(session) =
        context.programme.sessions.iter().filter(|session| session.date.is_some()).max_by_key(|s| s.date.map(|at| at.value))
    {
        ends_soon(group, session, context.today, findings);
    }
}

/// Whether a table of those concerned ends within eighteen months: told at the last session, before a
/// date that it cannot judge is looked for.
fn ends_soon(group: &Group, session: &Session, today: NaiveDate, findings: &mut Findings) {
    let Some((date, soon)) = session.date.zip(today.checked_add_months(Months::new(18))) else { return };
    let mut countries: Vec<(&str, i32)> = Vec::new();
    for country in concerned(group, session).iter().filter_map(|location| location.country) {
        if let Some(until) = holidays_until(country)
            && until < soon.year()
            && date.value.year() <= until
            && !countries.iter().any(|(known, _)| *known == country)
        {
            countries.push((country, until));
        }
    }
    if let Some(until) = countries.iter().map(|(_, until)| *until).min() {
        let names =
            |lang| words::join(lang, &countries.iter().map(|(code, _)| group.country_name(code, lang)).collect::<Vec<_>>());
        let message = text!(l, names = names(l);
            "the tables of holidays of {names} end with {until}", "las tablas de feriados de {names} terminan en {until}");
        let advice = Text::fixed(
            "a newer convoca tells of later years; until then write those holidays as `[[holidays]]` in group.toml",
            "una versión más nueva de convoca trae los años siguientes; mientras tanto, escriba esos feriados como `[[holidays]]` en group.toml",
        );
        findings.push(findings.finding(message).level(Level::Note).at(date.span, Text::default()).advice(advice));
    }
}

/// A day off, and everybody whom it concerns.
struct Off {
    day: DayOff,
    /// Which of several days it is.
    on: Option<NaiveDate>,
    /// Whether the session reaches into it: of half a day that is not known without an hour.
    certain: bool,
    who: Vec<Text>,
}

fn check(group: &Group, session: &Session, findings: &mut Findings) {
    let Some(date) = session.date else { return };
    let mut days: Vec<Off> = Vec::new();
    let mut unknown: Vec<&'static str> = Vec::new();
    let sittings: Vec<Option<Sitting>> = match session.sittings() {
        known if known.is_empty() => vec![None],
        known => known.into_iter().map(Some).collect(),
    };
    let several = sittings.len() > 1;
    for (location, time) in
        concerned(group, session).iter().flat_map(|location| sittings.iter().map(move |time| (location, *time)))
    {
        let zone = location.zone.unwrap_or(&session.zone);
        let day = time.map_or(date.value, |(start, _)| zone.local(start).time.date());
        let off = match group.day(location, day) {
            Day::Working => continue,
            Day::Unknown => {
                unknown.extend(location.country.filter(|country| !unknown.contains(country)));
                continue;
            }
            Day::Off(off) => off,
        };
        let end = time.map(|(_, end)| zone.local(end).time);
        if let Some((from, end)) = off.from.zip(end)
            && end <= day.and_time(from)
        {
            continue;
        }
        let certain = off.from.is_none() || end.is_some();
        let who = who(group, location, &group.day(&Location { party: None, ..*location }, day), &off);
        let on = several.then_some(day);
        match days.iter_mut().find(|known| known.day == off && known.on == on) {
            Some(known) if known.who.contains(&who) => {}
            Some(known) => known.who.push(who),
            None => days.push(Off { day: off, on, certain, who: vec![who] }),
        }
    }
    for off in days {
        let join = |lang| words::join(lang, &off.who.iter().map(|who| who.get(lang)).collect::<Vec<_>>());
        let name = off.day.title();
        let title = match off.on {
            None => name,
            Some(day) => text!(l, name = name.get(l), day = dates::long_date(l, day); "{name} ({day})", "{name} ({day})"),
        };
        let message = match off.day.kind {
            DayOffKind::Holiday => text!(l, session = session.mention(l), name = title.get(l), who = join(l);
                "{session} falls on {name} in {who}", "{session} cae en feriado en {who}: {name}"),
            DayOffKind::Bridge => text!(l, session = session.mention(l), name = title.get(l), who = join(l);
                "{session} falls between a weekend and {name} in {who}", "{session} cae en puente en {who}: {name}"),
            DayOffKind::Custom => text!(l, session = session.mention(l), name = title.get(l), who = join(l);
                "{session} falls in a time when many offices close in {who}: {name}",
                "{session} cae cuando muchas oficinas cierran en {who}: {name}"),
        };
        let label = match off.day.kind {
            DayOffKind::Holiday => Text::fixed("a holiday", "feriado"),
            DayOffKind::Bridge | DayOffKind::Custom => {
                Text::fixed("many take this day off", "muchas personas toman libre este día")
            }
        };
        let level = if off.day.is_holiday() && off.certain { CHECK.rule.level } else { Level::Note };
        let mut finding = findings.finding(message).level(level).at(date.span, label);
        if let Some(source) = off.day.source {
            finding = finding
                .note(text!("for public offices, by decree: {source}", "para las oficinas públicas, por decreto: {source}"));
        }
        findings.push(finding);
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
fn who(group: &Group, location: &Location<'_>, of_country: &Day, off: &DayOff) -> Text {
    let whole_country = matches!(of_country, Day::Off(day) if day == off);
    match (location.country.and_then(country), location.party) {
        (Some(country), _) if whole_country => country.name,
        (_, Some(party)) => text!(l, label = group.party(party).label(l); "{label}", "{label}"),
        (Some(country), None) => country.name,
        (None, None) => Text::fixed("all places", "todas partes"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::diagnostics::{Level, Sources};

    /// What is said of a session in Guatemala: level and message.
    fn said(date: &str, hours: &str, today: &str) -> Vec<(Level, String)> {
        let mut sources = Sources::default();
        sources.add(
            "group.toml",
            "id = 'g'\ntime-zone = 'America/Guatemala'\ncountries = ['GT']\nname = { es = 'G', en = 'G' }\n[parties.a]\nname = { es = 'A', en = 'A' }\nmember = true\ncountry = 'GT'\n",
        );
        sources.add(
            "s.toml",
            format!("id = 's'\nnumber = 1\ndate = {date}\nmoderator = 'a'\ntitle = {{ es = 'S', en = 'S' }}\n{hours}"),
        );
        let checked = crate::check(&sources, today.parse::<NaiveDate>().unwrap());
        let here = checked.findings.into_iter().filter(|finding| finding.check == "public-holiday");
        here.map(|finding| (finding.level, finding.message.en.to_string())).collect()
    }

    #[test]
    fn half_a_holiday_begins_at_its_hour() {
        let eve = "session 1 falls on Christmas Eve, from 12:00 in Guatemala".to_owned();
        assert_eq!(said("2026-12-24", "start = \"09:00\"\nend = \"12:00\"\n", "2026-10-01"), []);
        assert_eq!(said("2026-12-24", "start = \"11:00\"\nend = \"12:30\"\n", "2026-10-01"), [(Level::Warning, eve.clone())]);
        assert_eq!(said("2026-12-24", "", "2026-10-01"), [(Level::Note, eve)]);
    }

    #[test]
    fn customary_weeks_are_a_note_and_a_table_that_ends_is_told() {
        let week = "session 1 falls in a time when many offices close in Guatemala: Holy Week".to_owned();
        assert_eq!(said("2027-03-22", "start = \"09:00\"\nend = \"10:00\"\n", "2026-10-01"), [(Level::Note, week)]);
        let ends = "the tables of holidays of Guatemala end with 2030".to_owned();
        assert_eq!(said("2029-08-07", "start = \"09:00\"\nend = \"10:00\"\n", "2029-06-29"), []);
        assert_eq!(said("2029-08-07", "start = \"09:00\"\nend = \"10:00\"\n", "2029-07-01"), [(Level::Note, ends)]);
    }
}
