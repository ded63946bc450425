//! `convoca undo`: what the last command wrote into the programme goes back to what it was.

use std::io::Write;

use clap::ArgMatches;

use super::command::{Command, Options, Outcome, named};
use super::difference::difference;
use super::terminal;
use crate::locale::Lang;
use crate::text;
use crate::workspace::{Failure, LastWrite};

pub(super) static UNDO: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    named(
        lang,
        "undo",
        "Take back what `move`, `reflow` or `check --fix` wrote last; once more brings it again",
        "Deshacer lo último que escribieron `move`, `reflow` o `check --fix`; otra vez, lo rehace",
    )
    .visible_alias("deshacer")
}

fn run(options: &Options, _: &ArgMatches) -> Result<Outcome, Failure> {
    let folder = &options.workspace.folder;
    let taken = LastWrite::of(folder)?.take_back(folder)?;
    let mut out = anstream::stdout().lock();
    for (path, now, before) in taken.texts() {
        let path = path.display().to_string();
        write!(out, "{}", difference(&path, before, now))?;
        terminal::note(options.lang, &text!("taken back: {path}", "deshecho: {path}"));
    }
    Ok(Outcome::Clean)
}
