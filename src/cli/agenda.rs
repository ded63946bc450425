//! `convoca agenda`: a session in the terminal, with a bar of its minutes.

use std::io::Write;

use clap::{Arg, ArgMatches};
use comfy_table::{Cell, Color, ContentArrangement, Table};

use super::command::{Command, Options, Outcome, named, say};
use super::terminal;
use crate::decode::slug;
use crate::diagnostics::has_errors;
use crate::document::plain;
use crate::locale::{Lang, Text, dates};
use crate::model::{Entry, Group, Session, Slot};
use crate::text;
use crate::time::{Place, Zone, country_called};
use crate::view::View;
use crate::workspace::{self, Failure, find_session};

/// Minutes that one block of the bar stands for.
const BLOCK: i64 = 5;
const LONGEST_BAR: usize = 24;

pub(crate) static AGENDA: Command = Command { grammar, run };

/// As typed.
struct Agenda {
    /// Number or id of a session; all of them if absent.
    session: Option<String>,
    /// A member country or a zone whose hours are shown.
    hours_of: Option<String>,
}

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "agenda", "Show the agenda of a session, or of all", "Mostrar la agenda de una sesión, o de todas")
        .arg(
            Arg::new("session")
                .value_name(say("SESSION", "SESIÓN"))
                .help(say("Number or id of a session", "Número o identificador de una sesión")),
        )
        .arg(Arg::new("in").long("in").visible_alias("en").value_name(say("COUNTRY", "PAÍS")).help(say(
            "Hours of this country or time zone, such as PA or Europe/Madrid",
            "Horas de este país o zona horaria, por ejemplo PA o Europe/Madrid",
        )))
}

impl Agenda {
    fn of(matches: &ArgMatches) -> Agenda {
        Agenda { session: matches.get_one("session").cloned(), hours_of: matches.get_one("in").cloned() }
    }
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Agenda::of(matches);
    let (snapshot, templates) = options.workspace.worded(None)?;
    let programme = workspace::programme(&snapshot)?;
    let place = match &command.hours_of {
        Some(written) => Some(place(&programme.group, written)?),
        None => None,
    };
    let sessions: Vec<&Session> = match &command.session {
        Some(wanted) => vec![find_session(programme, wanted)?],
        None => programme.sessions.iter().collect(),
    };
    let view = View { sources: snapshot.sources(), programme, templates: &templates, lang: options.lang };
    let mut out = anstream::stdout().lock();
    for (index, session) in sessions.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", show(&view, session, place.as_ref()))?;
    }
    out.flush()?;
    let stands = has_errors(snapshot.findings());
    if stands {
        let note = Text::fixed(
            "errors stand in the programme; `convoca check` shows them",
            "hay errores en el programa; `convoca revisar` los muestra",
        );
        terminal::note(options.lang, &note);
    }
    Ok(if stands { Outcome::Findings } else { Outcome::Clean })
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
    view.standing(session).iter().for_each(|standing| out.push_str(&format!("{bold}{standing}{bold:#}\n")));
    let zone = place.map_or(&session.zone, |place| &place.zone);
    if let Some((start, _)) = session.time() {
        let day = zone.local(start).time.date();
        let duration = session.length(lang).map_or_else(String::new, |length| format!(" · {length}"));
        out.push_str(&format!("{}{duration}\n", dates::long_date(lang, day)));
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
    for entry in session.agenda().iter().filter(|entry| !is_line(entry)) {
        let slot = entry.slot;
        let time = match (slot.hours(), day) {
            (Some(hours), Some(day)) => {
                let local = zone.local(hours.time.start).time;
                let mark = view.shifted((local.date() - day).num_days(), local);
                plain(&view.item_span(zone, &hours)) + &mark
            }
            _ if slot.is_untold() || slot.time.is_some() && slot.writes_hours() => view.word("tbc"),
            _ => String::new(),
        };
        let people = people(view, slot);
        let title = format!("{}{}", "– ".repeat(entry.depth), slot.title.get(view.lang));
        let groups = slot.groups.iter().filter(|group| is_plain(group)).map(|group| group_line(view, group));
        let topic = std::iter::once(title).chain(groups).collect::<Vec<_>>().join("\n");
        let length = slot.own_minutes().map(bar).unwrap_or_default();
        table.add_row([Cell::new(time), Cell::new(topic), people, Cell::new(length)]);
    }
    table
}

/// A break-out group of which there is no more to tell than who is in it.
fn is_plain(group: &Slot) -> bool {
    !group.writes_hours() && group.items.is_empty() && group.groups.is_empty()
}

/// Whether it stands in the row of its item.
fn is_line(entry: &Entry<'_>) -> bool {
    entry.is_group && is_plain(entry.slot)
}

/// Who has the floor; yellow while somebody is to be confirmed.
fn people(view: &View<'_>, slot: &Slot) -> Cell {
    let lines: Vec<String> = view.slot_people(slot).iter().map(|line| plain(line)).collect();
    let cell = Cell::new(lines.join("\n"));
    if slot.all_roles().any(|role| role.tbc) { cell.fg(Color::Yellow) } else { cell }
}

fn group_line(view: &View<'_>, group: &Slot) -> String {
    let people: Vec<String> = view.group_people(group).lines.iter().map(|line| plain(line)).collect();
    let title = group.title.get(view.lang);
    if people.is_empty() { format!("• {title}") } else { format!("• {title} ({})", people.join("; ")) }
}

/// "30 ██████"
fn bar(minutes: i64) -> String {
    let blocks = usize::try_from((minutes + BLOCK / 2) / BLOCK).unwrap_or(0).clamp(1, LONGEST_BAR);
    format!("{minutes:>3} {}", "█".repeat(blocks))
}
