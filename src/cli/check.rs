//! `convoca check`: what is wrong with the programme, and the certain mends.

use std::io::Write;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};

use super::command::{Command, Options, Outcome, named, say, templates_argument};
use super::findings::{self, Format};
use super::terminal;
use crate::diagnostics::{has_errors, sort};
use crate::edit::{Mended, certain_mends};
use crate::locale::{Lang, words};
use crate::papers::Materials;
use crate::workspace::{Beside, Failure, LastWrite, write};

pub(crate) static CHECK: Command = Command { grammar, run };

/// As typed.
struct Check {
    fix: bool,
    all: bool,
    templates: Option<PathBuf>,
    format: Format,
}

fn grammar(lang: Lang) -> clap::Command {
    named(lang, "check", "Check the programme and show what is wrong", "Verificar el programa y mostrar qué está mal")
        .arg(Arg::new("fix").long("fix").visible_alias("corregir").action(ArgAction::SetTrue).help(say(
            lang,
            "Apply the safe fixes, in the files themselves",
            "Hacer las correcciones seguras, en los archivos mismos",
        )))
        .arg(Arg::new("all").long("all").visible_alias("todo").action(ArgAction::SetTrue).help(say(
            lang,
            "Show every finding, however many there are",
            "Mostrar todos los hallazgos, por muchos que sean",
        )))
        .arg(templates_argument(lang))
        .arg(findings::format_argument(lang))
}

impl Check {
    fn of(matches: &ArgMatches) -> Check {
        Check {
            fix: matches.get_flag("fix"),
            all: matches.get_flag("all"),
            templates: matches.get_one("templates").cloned(),
            format: Format::asked(matches, "format"),
        }
    }
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Check::of(matches);
    let mut project = options.workspace.project(Beside::All(command.templates.as_deref()))?;
    project.hear(options.witness());
    if command.fix {
        let (folder, mut last) = (&options.workspace.folder, LastWrite::default());
        for mended in certain_mends(&project.snapshot(options.workspace.today)) {
            if let Err(failure) = write::change(&project, &mended.change) {
                // What was written until then can be taken back.
                keep(last, options);
                return Err(failure);
            }
            last.add(folder, &project, &mended.change)?;
            project.apply(&mended.change)?;
            if command.format == Format::Human {
                writeln!(anstream::stderr(), "{}", told(&mended, options.lang))?;
            }
        }
        keep(last, options);
    }
    let materials = Materials::new(project.snapshot(options.workspace.today));
    let mut findings = materials.snapshot().findings().to_vec();
    findings.extend(materials.edition(false).map(|edition| edition.faults()).unwrap_or_default());
    sort(&mut findings);
    match (command.all, command.format) {
        (false, Format::Human) => findings::show_first(materials.sources(), &findings, options.lang)?,
        _ => findings::show(materials.sources(), &findings, command.format, options.lang)?,
    }
    Ok(if has_errors(&findings) { Outcome::Findings } else { Outcome::Clean })
}

/// Keeps what was written, so that it can be taken back; where it cannot be kept, it stands all the same.
fn keep(last: LastWrite, options: &Options) {
    if let Err(failure) = last.keep(&options.workspace.folder) {
        terminal::note(options.lang, &failure.message);
    }
}

fn told(Mended { path, mends, .. }: &Mended, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{path}: {}", words::count(*mends, "mend made", "mends made")),
        Lang::Es => format!("{path}: {}", words::count(*mends, "corrección hecha", "correcciones hechas")),
    }
}
