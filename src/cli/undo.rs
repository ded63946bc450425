//! `convoca undo`: what the last commands wrote into the programme goes back to what it was, one of them at a time.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches};

use super::command::{Command, Options, Outcome, named, say};
use super::difference::difference;
use super::terminal;
use crate::locale::{Lang, Text};
use crate::text;
use crate::workspace::{Failure, Writes};

pub(super) static UNDO: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    named(
        lang,
        "undo",
        "Take back what `move`, `reflow` or `check --fix` wrote last; each time one write more",
        "Deshacer lo último que escribieron `mover`, `acomodar` o `revisar --corregir`; cada vez, una escritura más",
    )
    .arg(Arg::new("redo").long("redo").visible_alias("rehacer").action(ArgAction::SetTrue).help(say(
        lang,
        "Do again what was taken back last",
        "Rehacer lo último que se deshizo",
    )))
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let folder = &options.workspace.folder;
    let (redo, writes) = (matches.get_flag("redo"), Writes::of(folder)?);
    let made = if redo { writes.redo(folder)? } else { writes.undo(folder)? };
    let mut out = anstream::stdout().lock();
    for (path, after, before) in made.texts() {
        let path = path.display().to_string();
        write!(out, "{}", difference(&path, before, after))?;
        terminal::note(
            options.lang,
            &if redo { text!("done again: {path}", "rehecho: {path}") } else { text!("taken back: {path}", "deshecho: {path}") },
        );
    }
    if !redo {
        terminal::note(
            options.lang,
            &Text::fixed("`convoca undo --redo` does it again", "`convoca deshacer --rehacer` lo rehace"),
        );
    }
    Ok(Outcome::Clean)
}
