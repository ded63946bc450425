//! `convoca build`: the files of the programme, all of them or some, if nothing stands against it.

mod args;
mod progress;
mod report;

use clap::ArgMatches;

use super::command::{Command, Options, Outcome};
use super::findings::{self, Format as Shown};
use super::terminal;
use crate::decode::nearest;
use crate::diagnostics::{Diagnostic, has_errors};
use crate::formats::Format;
use crate::locale::{Lang, Text};
use crate::papers::{Edition, Output, Selection, Stopped};
use crate::text;
use crate::workspace::{Failure, Kind, Others, Publication, Searched, find_session};
use args::{Build, grammar};
use progress::Bar;

pub(crate) static BUILD: Command = Command { grammar, run };

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = &Build::of(matches);
    let materials = options.workspace.materials(command.templates.as_deref(), options.witness())?;
    let (sources, findings) = (materials.sources(), materials.snapshot().findings());
    let stopped = has_errors(findings) && !command.draft;
    let Some(edition) = materials.edition(command.draft).filter(|_| !stopped) else {
        findings::show(sources, findings, command.findings, options.lang)?;
        let nothing = Text::fixed(
            "nothing was written: mend the errors, or build drafts with `convoca build --draft`",
            "no se escribió nada: corrija los errores, o escriba borradores con `convoca construir --borrador`",
        );
        terminal::print(options.lang, &nothing)?;
        return Ok(Outcome::Findings);
    };
    let register = options.workspace.register_after(&command.out, &edition)?;
    let edition = edition.after(register, options.workspace.today);
    let programme = edition.programme;
    let selection = selection(&edition, command)?;
    let formats = if command.formats.is_empty() { &Format::ALL[..] } else { &command.formats };
    let outputs = wanted(&edition, &selection, formats)?;
    let publication = Publication::new(&command.out, Kind::Build)?;
    let bar = Bar::new();
    let outlet = Searched::new(&publication, programme, |done, of| {
        bar.reached(done, of);
        Ok(())
    });
    let made = edition.make_all(&outputs, formats, &outlet).map_err(|stopped| match stopped {
        Stopped::Calendar(error) => Failure::new(error.message()),
        Stopped::Outlet(failure) => failure,
    })?;
    let leaks = outlet.leaks(sources);
    if !leaks.is_empty() {
        findings::show(sources, &leaks, command.findings, options.lang)?;
        terminal::print(options.lang, &Text::fixed("nothing was written", "no se escribió nada"))?;
        return Ok(Outcome::Findings);
    }
    drop(outlet);
    drop(bar);
    let failed = has_errors(&made.faults);
    let faults: Vec<Diagnostic> = materials.faults().iter().chain(&made.faults).cloned().collect();
    if !faults.is_empty() {
        findings::show(sources, &faults, command.findings, options.lang)?;
    }
    let absent = [&made.missing[..], &made.empty].concat();
    let is_whole = selection.kinds.is_none() && selection.sessions.is_none() && command.formats.is_empty();
    // Before the files are there: a number that calendars never saw does no harm, one that stands for two contents does.
    let unremembered = options.workspace.remember(&edition, &made.paths);
    let written = publication.finish(&if is_whole { Others::TakenAway } else { Others::Kept { but: &absent } })?;
    if command.findings == Shown::Human {
        let sessions = selection.sessions.as_ref().map_or(programme.sessions.len(), Vec::len);
        report::written(options.lang, command, programme, sessions, &made.paths, written.changed)?;
        report::edited(options.lang, &command.out, &written.edited)?;
        report::warnings(options.lang, findings)?;
        for note in report::missing(&command.out, &made.missing).iter().chain(&made.notes).chain(&unremembered) {
            terminal::print(options.lang, note)?;
        }
    }
    Ok(if failed || has_errors(findings) { Outcome::Findings } else { Outcome::Clean })
}

/// What is asked for, in words that are understood.
fn selection(edition: &Edition<'_>, command: &Build) -> Result<Selection, Failure> {
    let mut selection = Selection::default();
    for word in &command.only {
        let kind = edition.kind(word).ok_or_else(|| no_kind(edition, word))?;
        selection.kinds.get_or_insert_default().push(kind);
    }
    for wanted in &command.sessions {
        let session = find_session(edition.programme, wanted)?;
        selection.sessions.get_or_insert_default().push(session.id.value.clone());
    }
    Ok(selection)
}

fn no_kind(edition: &Edition<'_>, word: &str) -> Failure {
    let kinds = |lang: Lang| edition.kinds(lang);
    let meant = |lang: Lang| {
        let kinds = kinds(lang);
        nearest(word, &kinds.iter().map(String::as_str).collect::<Vec<_>>()).map(str::to_owned)
    };
    let failure = Failure::new(text!("there is nothing called `{word}` to write", "no hay nada que escribir llamado `{word}`"));
    failure.help(match Lang::ALL.into_iter().find_map(meant) {
        Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
        None => text!(l, kinds = kinds(l).join(", "); "there are: {kinds}", "hay: {kinds}"),
    })
}

/// What is to be made. To ask for nothing at all is a mistake that is told.
fn wanted<'e>(edition: &'e Edition<'_>, selection: &Selection, formats: &[Format]) -> Result<Vec<Output<'e>>, Failure> {
    let has_format = |output: &Output<'_>| output.formats().any(|format| formats.contains(&format));
    let chosen: Vec<Output<'_>> = edition.outputs().into_iter().filter(|output| selection.takes(output)).collect();
    let is_empty = chosen.is_empty();
    let outputs: Vec<Output<'_>> = chosen.into_iter().filter(has_format).collect();
    if !outputs.is_empty() {
        return Ok(outputs);
    }
    if !cfg!(feature = "pdf") && formats == [Format::Pdf] {
        return Err(Failure::new(Text::fixed("this program was built without PDF", "este programa se compiló sin PDF")));
    }
    let nothing = Failure::new(Text::fixed("nothing fits all that is asked for", "nada corresponde a todo lo que se pide"));
    Err(nothing.help(match (is_empty, &selection.sessions) {
        (true, Some(_)) => Text::fixed(
            "only agendas and calendars are of one session: leave out `--only` or `--session`",
            "solo las agendas y los calendarios son de una sesión: quite `--solo` o `--sesion`",
        ),
        (true, None) => Text::fixed("this programme has none", "este programa no tiene"),
        (false, _) => Text::fixed("it cannot be had in that format", "no existe en ese formato"),
    }))
}
