//! `convoca agenda`: a session in the terminal, with a bar of its minutes.

use std::io::Write;

use comfy_table::{Cell, Color, ContentArrangement, Table};

use super::args::{Agenda, Options};
use super::{Failure, Outcome, check, read};
use crate::decode::{nearest, slug};
use crate::ledger::History;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{BreakOut, Group, Programme, Session, Slot};
use crate::render::document::plain;
use crate::render::template::Templates;
use crate::text;
use crate::time::{Place, Zone, country_called};
use crate::view::View;

/// Minutes that one block of the bar stands for.
const BLOCK: i64 = 5;
const LONGEST_BAR: usize = 24;

pub fn run(options: &Options, command: &Agenda) -> Result<Outcome, Failure> {
    let (mut sources, checked) = check::load(options)?;
    let Some(programme) = &checked.programme else {
        return Err(Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo")));
    };
    let place = match &command.hours_of {
        Some(written) => Some(place(&programme.group, written)?),
        None => None,
    };
    let sessions: Vec<&Session> = match &command.session {
        Some(wanted) => vec![find(programme, wanted)?],
        None => programme.sessions.iter().collect(),
    };
    let (templates, _) = Templates::new(&mut sources, read::templates(&options.programme, None)?);
    let view = View { programme, templates: &templates, lang: options.lang };
    let mut out = anstream::stdout().lock();
    for (index, session) in sessions.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", show(&view, session, place.as_ref()))?;
    }
    out.flush()?;
    let stands = crate::diagnostics::has_errors(&checked.findings);
    if stands {
        let note = Text::fixed(
            "errors stand in the programme; `convoca check` shows them",
            "hay errores en el programa; `convoca check` los muestra",
        );
        writeln!(anstream::stderr(), "{}", note.get(options.lang))?;
    }
    Ok(if stands { Outcome::Findings } else { Outcome::Clean })
}

/// The session of a number or an id.
pub fn find<'p>(programme: &'p Programme, wanted: &str) -> Result<&'p Session, Failure> {
    let by_number = |session: &&Session| session.number.is_some_and(|number| number.value.to_string() == wanted);
    let by_id = |session: &&Session| session.id.as_str() == wanted;
    programme.sessions.iter().find(by_id).or_else(|| programme.sessions.iter().find(by_number)).ok_or_else(|| {
        let known: Vec<&str> = programme.sessions.iter().map(|session| session.id.as_str()).collect();
        let listed = |lang| {
            let line = |session: &Session| match session.number {
                Some(number) => format!("{} ({})", number.value, session.title.get(lang)),
                None => session.id.value.clone(),
            };
            programme.sessions.iter().map(line).collect::<Vec<_>>().join(", ")
        };
        Failure::new(text!("there is no session `{wanted}`", "no existe la sesión `{wanted}`")).help(
            match nearest(wanted, &known) {
                Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                None => text!(l, listed = listed(l); "the sessions are {listed}", "las sesiones son {listed}"),
            },
        )
    })
}

/// The id of a session of the programme, or of one whose file is gone and that only the ledger knows.
pub fn find_id(programme: &Programme, history: &History, wanted: &str) -> Result<String, Failure> {
    match find(programme, wanted) {
        Ok(session) => Ok(session.id.value.clone()),
        Err(_) if history.sessions().any(|known| known == wanted) => Ok(wanted.to_owned()),
        Err(failure) => Err(failure),
    }
}

/// A country by code or name, or a zone.
fn place(group: &Group, written: &str) -> Result<Place, Failure> {
    let called = |place: &Place| Lang::ALL.iter().any(|lang| slug(place.name.get(*lang)) == slug(written));
    if let Some(member) = group.members.iter().find(|member| member.code.eq_ignore_ascii_case(written) || called(&member.place)) {
        return Ok(member.place.clone());
    }
    if let Some(country) = country_called(written) {
        let (count, first) = (country.zones.len(), country.zones[0]);
        return match country.only_zone() {
            Some(zone) => Ok(Place { name: country.name, zone }),
            None => Err(Failure::new(text!(l, name = country.name.get(l);
                "{name} has {count} time zones", "{name} tiene {count} zonas horarias"))
            .help(text!("say which, for example `--in {first}`", "diga cuál, por ejemplo `--en {first}`"))),
        };
    }
    let zone = Zone::named(written).ok_or_else(|| {
        let failure =
            Failure::new(text!("`{written}` is no country or time zone", "`{written}` no es un país ni una zona horaria"));
        match crate::time::zone_suggestion(written) {
            Some(zone) => failure.help(text!("did you mean `{zone}`?", "¿quiso decir `{zone}`?")),
            None => {
                failure.help(Text::fixed("write PA or Europe/Madrid, for example", "escriba PA o Europe/Madrid, por ejemplo"))
            }
        }
    })?;
    Ok(Place { name: Text::same(zone.name()), zone })
}

fn show(view: &View<'_>, session: &Session, place: Option<&Place>) -> String {
    let lang = view.lang;
    let bold = anstyle::Style::new().bold();
    let title = session.heading(lang);
    let mut out = format!("{bold}{title}{bold:#}\n");
    let zone = place.map_or(&session.zone, |place| &place.zone);
    if let Some((start, end)) = session.time() {
        let day = zone.local(start).time.date();
        out.push_str(&format!("{} · {}\n", dates::long_date(lang, day), words::duration((end - start).num_minutes())));
        out.push_str(&format!("{}\n", plain(&view.hours_from(session, day))));
        view.clock_notes(session).iter().for_each(|note| out.push_str(&format!("{note}\n")));
    }
    out.push_str(&format!("{}\n", table(view, session, zone, place)));
    out
}

fn table(view: &View<'_>, session: &Session, zone: &Zone, place: Option<&Place>) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(100);
    }
    let hour = plain(&view.time_heading(session, place));
    table.set_header([hour, view.word("topic"), view.word("speaker"), view.word("duration")]);
    let day = session.time().map(|(start, _)| zone.local(start).time.date());
    for slot in &session.slots {
        let (time, minutes) = match (slot.time, day) {
            (Some(time), Some(day)) => {
                let local = [time.start, time.end].map(|instant| zone.local(instant));
                let mark = view.shifted((local[0].time.date() - day).num_days(), local[0].time);
                (plain(&view.span(zone, local)) + &mark, time.minutes())
            }
            _ => (view.word("tbc"), 0),
        };
        let people = people(view, slot);
        let groups: Vec<String> = slot.groups.iter().map(|group| group_line(view, group)).collect();
        let topic = std::iter::once(slot.title.get(view.lang).to_owned()).chain(groups).collect::<Vec<_>>().join("\n");
        table.add_row([Cell::new(time), Cell::new(topic), people, Cell::new(bar(minutes))]);
    }
    table
}

/// Who has the floor; yellow while somebody is to be confirmed.
fn people(view: &View<'_>, slot: &Slot) -> Cell {
    let lines: Vec<String> = view.slot_people(slot).iter().map(|line| plain(line)).collect();
    let cell = Cell::new(lines.join("\n"));
    if slot.all_roles().any(|role| role.tbc) { cell.fg(Color::Yellow) } else { cell }
}

fn group_line(view: &View<'_>, group: &BreakOut) -> String {
    let people: Vec<String> = view.group_people(group).lines.iter().map(|line| plain(line)).collect();
    let title = group.title.get(view.lang);
    if people.is_empty() { format!("• {title}") } else { format!("• {title} ({})", people.join("; ")) }
}

/// "30 ██████"
fn bar(minutes: i64) -> String {
    let blocks = usize::try_from((minutes + BLOCK / 2) / BLOCK).unwrap_or(0).clamp(1, LONGEST_BAR);
    format!("{minutes:>3} {}", "█".repeat(blocks))
}
