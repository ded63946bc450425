//! `convoca init`: a small, commented programme to start from.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};

use super::command::{Command, Options, Outcome, named, say};
use super::terminal;
use crate::locale::{Lang, Text};
use crate::papers::Artifact;
use crate::paths::FilePath;
use crate::text;
use crate::workspace::{Failure, example, git_attributes, read, write};

pub(crate) static INIT: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "init", "Write a small programme to start from", "Escribir un programa pequeño para comenzar").arg(
        Arg::new("folder")
            .value_name(say("FOLDER", "CARPETA"))
            .value_parser(value_parser!(PathBuf))
            .help(say("A new folder [sessions]", "Una carpeta nueva [sessions]")),
    )
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let folder = matches.get_one::<PathBuf>("folder").map_or(Path::new("sessions"), PathBuf::as_path);
    let shown = read::shown(folder);
    if folder.exists() {
        let folder = folder.display();
        return Err(Failure::new(text!("`{folder}` is there already", "`{folder}` ya existe")).help(Text::fixed(
            "name a new folder, `convoca init FOLDER`, or none: `convoca init` makes `sessions` here",
            "nombre una carpeta nueva, `convoca iniciar CARPETA`, o ninguna: `convoca iniciar` hace `sessions` aquí",
        )));
    }
    let files = example(options.lang).map(|(name, text)| (FilePath::of(&[name]), text.as_bytes().to_vec()));
    let attributes = (FilePath::git_attributes(), git_attributes().into_bytes());
    let artifacts: Vec<Artifact> = files.chain([attributes]).map(|(path, bytes)| Artifact { path, bytes }).collect();
    write::folder(folder, &artifacts)?;
    for artifact in &artifacts {
        terminal::line(format!("  {shown}/{}", artifact.path))?;
    }
    let option = say(options.lang, "--programme", "--programa");
    let at = if shown == "sessions" { String::new() } else { format!(" {option} {shown}") };
    let next = text!(
        "now `convoca check{at}` checks it and `convoca build{at}` writes its files",
        "ahora `convoca revisar{at}` lo verifica y `convoca construir{at}` escribe sus archivos"
    );
    terminal::print(options.lang, &next)?;
    Ok(Outcome::Clean)
}
