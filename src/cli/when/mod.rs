//! `convoca when`: dates that suit everybody, or what rules them all out.

mod arguments;
mod json;
mod poll;
mod unread;

use std::io::Write;

use clap::ArgMatches;
use comfy_table::{ContentArrangement, Table};

use super::command::{Command, Options, Outcome};
use crate::locale::{Lang, Text, dates};
use crate::model::Programme;
use crate::scheduling::{Request, SuitableDates, find, holds};
use crate::text;
use crate::workspace::dates::request;
use crate::workspace::{self, Failure, write};
use arguments::{When, grammar};
pub(crate) use json::Answer;

pub(crate) static WHEN: Command = Command { grammar, run };

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = When::of(matches);
    let snapshot = options.workspace.load()?;
    if unread::told(&snapshot, options.lang)? {
        return Ok(Outcome::Findings);
    }
    let programme = workspace::programme(&snapshot)?;
    if command.answers {
        return poll::answers(options, programme, &options.history(Some(programme))?);
    }
    let request = request(&command.asked, &programme.group, options.workspace.today)?;
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
        write::file(path, &bytes)?;
    }
    if let Some(folder) = &command.poll {
        return poll::ask(options, &request, &found, folder);
    }
    Ok(Outcome::Clean)
}

fn show(programme: &Programme, request: &Request, found: &SuitableDates, lang: Lang) -> String {
    let say = |text: Text| text.get(lang).to_owned();
    let mut out = String::new();
    if found.proposals.is_empty() || !found.clash.is_empty() {
        out.push_str(&nothing(programme, request, found, lang));
    }
    if !found.proposals.is_empty() {
        if !found.clash.is_empty() {
            let heading = Text::fixed(
                "\non these dates enough members can attend (quorum):",
                "\nen estas fechas pueden asistir suficientes miembros (quórum):",
            );
            out.push_str(&format!("{}\n", heading.get(lang)));
        }
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

/// What rules everything out, and what giving up one of it would buy.
fn nothing(programme: &Programme, request: &Request, found: &SuitableDates, lang: Lang) -> String {
    let (sessions, apart) = (request.sessions, request.apart);
    let mut out = match (found.clash.len(), lang) {
        (0, Lang::En) => format!("these days are too few for {sessions} sessions, each {apart} or more days after the last\n"),
        (0, Lang::Es) => {
            format!("estos días no alcanzan para {sessions} sesiones, cada una {apart} o más días después de la anterior\n")
        }
        (1, Lang::En) => "nothing suits everybody; this rules everything out\n".to_owned(),
        (1, Lang::Es) => "ninguna fecha conviene a todos; esto lo descarta todo\n".to_owned(),
        (_, Lang::En) => "nothing suits everybody. These conditions together rule everything out: drop one of these\n".to_owned(),
        (_, Lang::Es) => {
            "ninguna fecha conviene a todos. Estas condiciones juntas lo descartan todo: ceda en una de ellas\n".to_owned()
        }
    };
    for obstacle in &found.clash {
        out.push_str(&format!("  • {}\n", obstacle.text.get(lang)));
        let bought = match &obstacle.buys {
            Some(proposal) => {
                let group = &programme.group;
                let hours = proposal.sessions.iter().map(|session| {
                    let hour = dates::clock(group.zone.local(session.start).time.time());
                    format!("{}, {hour}", dates::long_date(lang, session.date(group)))
                });
                let dates = hours.collect::<Vec<_>>().join("; ");
                text!("without it: {dates}", "sin ella: {dates}")
            }
            None => Text::fixed("without it alone nothing is won", "con solo dejarla no se gana nada"),
        };
        out.push_str(&format!("    {}\n", bought.get(lang)));
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
