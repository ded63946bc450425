//! `convoca import`: sessions from the document that people have already.

mod json;
mod saved;
mod told;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use convoca_import::Refused;
use convoca_import::again;
use convoca_import::agenda::Imported;
use convoca_import::contacts::{self, List};
use convoca_import::write::{Proposal, Request};

use super::command::{Command, Options, Outcome, UNREADABLE, named, say};
use crate::locale::{Lang, Text};
use crate::project::Project;
use crate::schema::GROUP_FILE;
use crate::text;
use crate::time::{zone_suggestion, zones_meant};
use crate::workspace::read::Beside;
use crate::workspace::{Failure, read};
pub(crate) use json::Report;
use saved::{Choice, Saved, State, Writing, renumbered};

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
        Arg::new("with")
            .long("with")
            .visible_alias("con")
            .value_name(say("FILE", "ARCHIVO"))
            .value_parser(value_parser!(PathBuf))
            .help(say(
                "The same document in the other language: its texts go beside those of the first",
                "El mismo documento en el otro idioma: sus textos van junto a los del primero",
            )),
    )
    .arg(
        Arg::new("apply")
            .long("apply")
            .visible_alias("aplicar")
            .value_name(say("N,…|all", "N,…|todo"))
            .value_parser(|written: &str| Choice::read(written).ok_or(UNREADABLE))
            .help(say(
                "Of what a second import tells, the differences to write into the files; `all` is all but what only the files have",
                "De lo que dice una segunda importación, las diferencias que se escriben en los archivos; `todo` son todas salvo lo que solo tienen los archivos",
            )),
    )
    .arg(
        Arg::new("time-zone")
            .long("time-zone")
            .visible_alias("zona-horaria")
            .value_name(say("ZONE", "ZONA"))
            .help(say(
                "The zone of the hours, by a place or a country (Guatemala) or its name (America/Guatemala)",
                "La zona de las horas: un lugar o un país (Guatemala) o su nombre (America/Guatemala)",
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
    /// How many people a list of contacts has.
    people: Option<usize>,
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    let zone = zone(matches)?;
    let mut documents = documents(options, matches)?;
    let lists = lists(&mut documents);
    let none = Choice::default();
    let writing = Writing {
        folder: &options.workspace.folder,
        today: options.workspace.today,
        dry: matches.get_flag("dry-run"),
        overwrite: matches.get_flag("overwrite"),
        choice: matches.get_one("apply").unwrap_or(&none),
        zone: zone.as_deref(),
    };
    let import = |writing: &Writing<'_>| all(writing, read(options, matches, (&documents, writing.zone))?, &lists);
    let dry = Writing { dry: true, overwrite: false, choice: &none, ..writing };
    // A number that no difference has is told before anything is written.
    if let Choice::Numbers(_) = writing.choice
        && let Ok((_, _, next)) = import(&dry)
    {
        is_chosen(writing.choice, next)?;
    }
    let (readings, mut written, next) = import(&writing)?;
    is_chosen(writing.choice, next)?;
    let is_taken = |file: &Saved| file.differences.iter().any(|own| own.taken);
    if !writing.dry && written.iter().flatten().any(is_taken) {
        // The next import will find less: its numbers are those that are shown.
        let (_, left, _) = import(&dry)?;
        written = written.into_iter().zip(left).map(|(written, left)| renumbered(written, left)).collect();
    }
    if json {
        let report = Report::of(&readings, &written, options.lang);
        let mut out = anstream::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        told::tell(options, &readings, &written, writing.dry)?;
    }
    let doubts = readings.iter().flat_map(|reading| &reading.proposal.notes).any(|note| note.doubt);
    let kept =
        |file: &Saved| file.state == State::Kept && file.session.is_none() || file.differences.iter().any(|own| !own.taken);
    Ok(if doubts || written.iter().flatten().any(kept) { Outcome::Findings } else { Outcome::Clean })
}

/// The zone that the person names, by its own name or that of a place.
fn zone(matches: &ArgMatches) -> Result<Option<String>, Failure> {
    let Some(written) = matches.get_one::<String>("time-zone") else { return Ok(None) };
    let mut meant = zones_meant(written);
    let first = meant.first().map_or_else(|| "America/Guatemala".to_owned(), String::clone);
    let help = text!("for example: `--time-zone {first}`", "por ejemplo: `--zona-horaria {first}`");
    match meant.len() {
        1 => Ok(meant.pop()),
        0 => {
            let help = zone_suggestion(written)
                .map(|near| text!("did you mean `--time-zone {near}`?", "¿quiso decir `--zona-horaria {near}`?"));
            Err(Failure::new(text!("no time zone is called \"{written}\"", "ninguna zona horaria se llama «{written}»")).help(
                help.unwrap_or_else(|| {
                    text!(
                        "give a country, its capital or the name of the zone, for example: `--time-zone {first}`",
                        "indique un país, su capital o el nombre de la zona, por ejemplo: `--zona-horaria {first}`"
                    )
                }),
            ))
        }
        _ => {
            let all = meant.join(", ");
            Err(Failure::new(text!(
                "which hours of \"{written}\"? It has several zones: {all}",
                "¿qué hora de «{written}»? Tiene varias zonas: {all}"
            ))
            .help(help))
        }
    }
}

/// Every document, what became of its files, and the number behind the last difference.
type Everything = (Vec<Reading>, Vec<Vec<Saved>>, usize);

/// Every document and list, with what became of its files, and the number behind the last difference.
fn all(writing: &Writing<'_>, mut readings: Vec<Reading>, lists: &[(String, List)]) -> Result<Everything, Failure> {
    let mut next = 1;
    let mut written = Vec::new();
    for reading in &readings {
        written.push(writing.save(reading, &mut next)?);
    }
    // Behind the documents: their group is there by now.
    for (name, list) in lists {
        let (reading, saved) = people(writing, name.clone(), list, &mut next)?;
        readings.push(reading);
        written.push(saved);
    }
    Ok((readings, written, next))
}

/// The documents with their names: those given, or what is pasted.
fn documents(options: &Options, matches: &ArgMatches) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut documents = Vec::new();
    for path in matches.get_many::<PathBuf>("file").into_iter().flatten() {
        documents.push((read::shown(path), bytes(path)?));
    }
    if documents.is_empty() {
        let mut pasted = Vec::new();
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut pasted)?;
        if pasted.len() as u64 > LARGEST {
            return Err(too_large(Text::fixed("what was pasted", "lo pegado")));
        }
        documents.push((Text::fixed("the paste", "lo pegado").get(options.lang).to_owned(), pasted));
    }
    Ok(documents)
}

/// Takes the lists of contacts out of the documents.
fn lists(documents: &mut Vec<(String, Vec<u8>)>) -> Vec<(String, List)> {
    let mut found = Vec::new();
    documents.retain(|(name, bytes)| match contacts::read(name, bytes) {
        Some(list) => {
            found.push((name.clone(), list));
            false
        }
        None => true,
    });
    found
}

/// Puts the people of a list into the group.
fn people(writing: &Writing<'_>, name: String, list: &List, next: &mut usize) -> Result<(Reading, Vec<Saved>), Failure> {
    let no_group = || {
        let name = name.clone();
        Failure::new(text!(
            "`{name}` is a list of people, and there is no `{GROUP_FILE}` to put them into",
            "`{name}` es una lista de personas, y no hay ningún `{GROUP_FILE}` donde ponerlas"
        ))
        .help(Text::fixed(
            "import the agenda first, or make a programme with `convoca init`; `--programme` names its folder",
            "importe primero la agenda, o cree un programa con `convoca iniciar`; `--programa` indica su carpeta",
        ))
    };
    if !writing.folder.join(GROUP_FILE).is_file() {
        return Err(no_group());
    }
    let snapshot = read::project(writing.folder, Beside::Nothing)?.snapshot(writing.today);
    let programme = snapshot.programme().ok_or_else(no_group)?;
    let found = contacts::merged(list, &programme.group);
    let saved = writing.people(&found.differences, next)?;
    let proposal = Proposal { files: Vec::new(), notes: found.notes, lang: list.lang, newcomers: Vec::new() };
    Ok((Reading { name, imported: Imported::default(), proposal, people: Some(list.contacts.len()) }, saved))
}

/// Reads each document, with what is there already and what those before it brought.
fn read(
    options: &Options,
    matches: &ArgMatches,
    (documents, zone): (&[(String, Vec<u8>)], Option<&str>),
) -> Result<Vec<Reading>, Failure> {
    let folder = &options.workspace.folder;
    let shown = read::shown(folder);
    let is_known = folder.join(GROUP_FILE).is_file();
    let mut project = if is_known { options.workspace.project(Beside::Nothing)? } else { Project::in_folders(&shown, "") };
    let with = matches.get_one::<PathBuf>("with");
    if with.is_some() && documents.len() != 1 {
        return Err(Failure::new(Text::fixed(
            "`--with` goes with one document: the same one in the other language",
            "`--con` va con un solo documento: el mismo en el otro idioma",
        )));
    }
    let mut readings = Vec::new();
    for (name, bytes) in documents {
        let snapshot = project.snapshot(options.workspace.today);
        let has_group = project.text(&shown_in(folder, GROUP_FILE)).is_some();
        let request = Request {
            lang: options.lang,
            today: options.workspace.today,
            from: name,
            zone,
            programme: snapshot.programme().filter(|_| has_group),
        };
        let mut import = convoca_import::import(bytes, &request).map_err(|refused| refusal(name, refused))?;
        if let Some(other) = with {
            let (from, bytes) = (read::shown(other), self::bytes(other)?);
            let request = Request { from: &from, ..request };
            again::join(&mut import, &bytes, &request, &project, shown.trim_end_matches('/'))
                .map_err(|refused| refusal(&from, refused))?;
        }
        for file in &import.proposal.files {
            let shown = shown_in(folder, &file.name);
            if project.text(&shown).is_none() {
                project.set(&shown, file.text.clone());
            }
        }
        readings.push(Reading { name: name.clone(), imported: import.imported, proposal: import.proposal, people: None });
    }
    Ok(readings)
}

/// A number that no difference has was mistyped.
fn is_chosen(choice: &Choice, next: usize) -> Result<(), Failure> {
    let Choice::Numbers(numbers) = choice else { return Ok(()) };
    match numbers.iter().find(|number| **number == 0 || **number >= next) {
        None => Ok(()),
        Some(number) => Err(Failure::new(text!("there is no difference {number}", "no hay ninguna diferencia {number}"))
            .help(Text::fixed("without `--apply` the import lists them", "sin `--aplicar` la importación las enumera"))),
    }
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
        return Err(too_large(Text::same(format!("`{}`", read::shown(path)))));
    }
    std::fs::read(path).map_err(fail)
}

fn too_large(what: Text) -> Failure {
    Failure::new(text!(l, what = what.get(l).to_owned(); "{what} is larger than 64 MiB", "{what} pasa de 64 MiB"))
        .help(Text::fixed("save the agenda alone, without the pictures", "guarde solo la agenda, sin las imágenes"))
}
