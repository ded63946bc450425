//! `convoca import`: sessions from the document that people have already.

mod json;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chrono::Datelike;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use convoca_import::Refused;
use convoca_import::agenda::Imported;
use convoca_import::write::{Proposal, Request};

use super::command::{Command, Options, Outcome, UNREADABLE, named, say};
use super::terminal;
use crate::locale::{Lang, Text, dates, words};
use crate::project::Project;
use crate::schema::GROUP_FILE;
use crate::text;
use crate::time::Zone;
use crate::workspace::read::Beside;
use crate::workspace::{Failure, again, read, write as disk};
pub(crate) use json::Report;

pub(crate) static IMPORT: Command = Command { grammar, run };

/// A document of 200 pages has a few megabytes; pictures make it larger.
const LARGEST: u64 = 64 * 1024 * 1024;

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(
        lang,
        "import",
        "Read sessions from a document: Word, PDF, spreadsheet, web page, mail, text",
        "Leer sesiones de un documento: Word, PDF, hoja de cálculo, página web, correo, texto",
    )
    .arg(Arg::new("file").value_name(say("FILE", "ARCHIVO")).num_args(0..).value_parser(value_parser!(PathBuf)).help(say(
        "The documents; what is pasted (standard input) unless given",
        "Los documentos; lo que se pegue (entrada estándar) si no se dan",
    )))
    .arg(
        Arg::new("dry-run")
            .long("dry-run")
            .visible_alias("sin-escribir")
            .action(ArgAction::SetTrue)
            .help(say("Show what would be written, and write nothing", "Mostrar lo que se escribiría, sin escribir nada")),
    )
    .arg(Arg::new("overwrite").long("overwrite").visible_alias("sobrescribir").action(ArgAction::SetTrue).help(say(
        "Write over the files of sessions that are there already",
        "Escribir sobre los archivos de sesiones que ya existen",
    )))
    .arg(
        Arg::new("time-zone")
            .long("time-zone")
            .visible_alias("zona-horaria")
            .value_name(say("ZONE", "ZONA"))
            .value_parser(|written: &str| Zone::named(written).map(|zone| zone.name().to_owned()).ok_or(UNREADABLE))
            .help(say(
                "The zone of the hours, such as America/Guatemala, for a new group",
                "La zona de las horas, por ejemplo America/Guatemala, para un grupo nuevo",
            )),
    )
    .arg(
        Arg::new("format")
            .long("format")
            .visible_alias("formato")
            .value_name("text|json")
            .value_parser(["text", "json"])
            .hide_possible_values(true)
            .help(say("For people (text) or for programs (json)", "Para personas (text) o para programas (json)")),
    )
}

/// One document, and what was read in it.
struct Reading {
    name: String,
    imported: Imported,
    proposal: Proposal,
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let files: Vec<&PathBuf> = matches.get_many("file").into_iter().flatten().collect();
    let (dry, overwrite) = (matches.get_flag("dry-run"), matches.get_flag("overwrite"));
    let json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let mut documents = Vec::new();
    for path in &files {
        documents.push((read::shown(path), bytes(path)?));
    }
    if documents.is_empty() {
        let mut pasted = Vec::new();
        std::io::stdin().take(LARGEST).read_to_end(&mut pasted)?;
        documents.push((Text::fixed("the paste", "lo pegado").get(options.lang).to_owned(), pasted));
    }
    // What is there already, and what the documents before the one at hand brought.
    let folder = &options.workspace.folder;
    let known = folder.join(GROUP_FILE).is_file();
    let mut project =
        if known { options.workspace.project(Beside::Nothing)? } else { Project::in_folders(&read::shown(folder), "") };
    let mut readings = Vec::new();
    for (name, bytes) in documents {
        let snapshot = project.snapshot(options.workspace.today);
        let has_group = project.text(&shown_in(folder, GROUP_FILE)).is_some();
        let request = Request {
            lang: options.lang,
            today: options.workspace.today,
            from: &name,
            zone: matches.get_one::<String>("time-zone").map(String::as_str),
            programme: snapshot.programme().filter(|_| has_group),
        };
        let import = convoca_import::import(&bytes, &request).map_err(|refused| refusal(&name, refused))?;
        for file in &import.proposal.files {
            let shown = shown_in(folder, &file.name);
            if project.text(&shown).is_none() {
                project.set(&shown, file.text.clone());
            }
        }
        readings.push(Reading { name, imported: import.imported, proposal: import.proposal });
    }
    let mut outcome = Outcome::Clean;
    let mut written = Vec::new();
    for reading in &readings {
        written.push(save(folder, reading, dry, overwrite)?);
        let unsure = reading.proposal.notes.iter().any(|note| note.doubt)
            || written.iter().flatten().any(|file| file.state == State::Kept);
        if unsure {
            outcome = Outcome::Findings;
        }
    }
    if json {
        let report = Report::of(&readings, &written, options.lang);
        let mut out = anstream::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        for (reading, written) in readings.iter().zip(&written) {
            tell(options, reading, written, dry)?;
        }
        let shown = read::shown(folder);
        let at = if shown == "sessions" { String::new() } else { format!(" --programme {shown}") };
        if !dry {
            terminal::print(
                options.lang,
                &text!("now `convoca check{at}` names what is wrong in it", "ahora `convoca check{at}` dice qué está mal en él"),
            )?;
        }
    }
    Ok(outcome)
}

fn refusal(name: &str, refused: Refused) -> Failure {
    let (why, name) = (refused.why, name.to_owned());
    let failure =
        Failure::new(text!(l, why = why.get(l).to_owned(); "cannot read `{name}`: {why}", "no se puede leer `{name}`: {why}"));
    match refused.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// A name in the folder, as findings show it.
fn shown_in(folder: &Path, name: &str) -> String {
    read::shown(&folder.join(name))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |error: std::io::Error| Failure::reading(path, &error);
    let kind = std::fs::metadata(path).map_err(fail)?;
    if !kind.is_file() {
        let shown = read::shown(path);
        return Err(Failure::new(text!("`{shown}` is not a file", "`{shown}` no es un archivo")));
    }
    if kind.len() > LARGEST {
        let shown = read::shown(path);
        return Err(Failure::new(text!("`{shown}` is larger than 64 MiB", "`{shown}` pasa de 64 MiB"))
            .help(Text::fixed("save the agenda alone, without the pictures", "guarde solo la agenda, sin las imágenes")));
    }
    std::fs::read(path).map_err(fail)
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Written, or in a dry run would be.
    Written,
    /// It was there with the same text.
    Same,
    /// It is there with another text, and stays.
    Kept,
}

struct Saved {
    path: String,
    state: State,
    session: Option<usize>,
    differences: Vec<Text>,
}

/// Writes what is new. What is there stays as it is, with its edits and comments, and its differences are told.
fn save(folder: &Path, reading: &Reading, dry: bool, overwrite: bool) -> Result<Vec<Saved>, Failure> {
    let mut saved = Vec::new();
    let project = if folder.is_dir() { read::project(folder, Beside::Nothing).unwrap_or_default() } else { Project::default() };
    let within = read::shown(folder);
    for file in &reading.proposal.files {
        let session = file.session.and_then(|at| reading.imported.sessions.get(at));
        let there = again::file_of(&project, within.trim_end_matches('/'), file, session);
        let path = there.as_ref().map_or_else(|| folder.join(&file.name), |(path, _)| PathBuf::from(path));
        let shown = read::shown(&path);
        let (state, differences) = match &there {
            Some((_, text)) if *text == file.text => (State::Same, Vec::new()),
            Some((_, text)) if !overwrite => match again::differences(text, &file.text) {
                differences if differences.is_empty() => (State::Same, differences),
                differences => (State::Kept, differences),
            },
            _ => (State::Written, Vec::new()),
        };
        if state == State::Written && !dry {
            std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
            disk::file(&path, file.text.as_bytes())?;
        }
        saved.push(Saved { path: shown, state, session: file.session, differences });
    }
    Ok(saved)
}

/// What was read, for people.
fn tell(options: &Options, reading: &Reading, saved: &[Saved], dry: bool) -> Result<(), Failure> {
    let lang = options.lang;
    terminal::print(lang, &{
        let name = &reading.name;
        text!(l, sessions = match l {
            Lang::En => words::count(reading.imported.sessions.len(), "session", "sessions"),
            Lang::Es => words::count(reading.imported.sessions.len(), "sesión", "sesiones"),
        }; "{name}: {sessions}", "{name}: {sessions}")
    })?;
    for (file, proposed) in saved.iter().zip(&reading.proposal.files) {
        let state = match (file.state, dry) {
            (State::Written, false) => Text::fixed("written", "escrito"),
            (State::Written, true) => Text::fixed("would be written", "se escribiría"),
            (State::Same, _) => Text::fixed("as it was", "igual que antes"),
            (State::Kept, _) => Text::fixed("there already, left as it is", "ya existe, se deja como está"),
        };
        let about = file.session.and_then(|at| reading.imported.sessions.get(at)).map(|session| {
            let date = session.date.map_or_else(
                || Text::fixed("no date", "sin fecha").get(lang).to_owned(),
                |date| format!("{} {}", dates::day_month(lang, date), date.year()),
            );
            let items = match lang {
                Lang::En => words::count(session.items.len(), "item", "items"),
                Lang::Es => words::count(session.items.len(), "punto", "puntos"),
            };
            let sure = (session.confidence * 100.0).round();
            format!(" – {date}, {items}, {}", text!("{sure} % sure", "{sure} % de seguridad").get(lang))
        });
        terminal::line(format!("  {}: {}{}", file.path, state.get(lang), about.unwrap_or_default()))?;
        for difference in &file.differences {
            terminal::line(format!("    {}", difference.get(lang)))?;
        }
        if dry && file.state == State::Written {
            for line in proposed.text.lines() {
                terminal::line(format!("    {line}"))?;
            }
        }
    }
    let line = |line: usize, what: &str| {
        if line == 0 { format!("  {what}") } else { format!("  {} {line}: {what}", Text::fixed("line", "renglón").get(lang)) }
    };
    if reading.proposal.notes.iter().any(|note| note.doubt) {
        terminal::print(lang, &Text::fixed("for you to settle:", "le toca resolver:"))?;
    }
    for note in reading.proposal.notes.iter().filter(|note| note.doubt) {
        terminal::line(line(note.line, note.what.get(lang)))?;
    }
    for note in reading.proposal.notes.iter().filter(|note| !note.doubt) {
        terminal::line(line(note.line, note.what.get(lang)))?;
    }
    if !reading.imported.left.is_empty() {
        terminal::print(lang, &Text::fixed("lines with a time that are no item:", "renglones con una hora que no son puntos:"))?;
    }
    for left in &reading.imported.left {
        let short: String = left.text.chars().take(80).collect();
        terminal::line(line(left.line, &format!("«{short}» ({})", left.why.get(lang))))?;
    }
    Ok(())
}
