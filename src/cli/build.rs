//! `convoca build`: every file of the programme, if nothing stands against it.

use super::args::{Build, Format, Options};
use super::look::Look;
use super::{Failure, Outcome, check, output, read};
use crate::diagnostics::{Diagnostic, Level, has_errors};
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::render::{self, Artifact, Edition};
use crate::text;

pub fn run(options: &Options, command: &Build) -> Result<Outcome, Failure> {
    let look = Look::load(options, command.templates.as_deref())?;
    let (sources, checked) = (&look.sources, &look.checked);
    let stopped = has_errors(&checked.findings) && !command.draft;
    let Some(programme) = checked.programme.as_ref().filter(|_| !stopped) else {
        check::show(sources, &checked.findings, command.format, options.lang)?;
        say(
            options.lang,
            &Text::fixed(
                "nothing was written: mend the errors, or build drafts with `convoca build --draft`",
                "no se escribió nada: corrija los errores, o escriba borradores con `convoca build --draft`",
            ),
        )?;
        return Ok(Outcome::Findings);
    };
    let public = programme.public();
    let edition = look.edition(programme, &public, command.draft);
    let Made { artifacts, faults, notes } = artifacts(&edition)?;
    let failed = has_errors(&faults);
    let faults: Vec<Diagnostic> = look.faults.iter().cloned().chain(faults).collect();
    if !faults.is_empty() {
        check::show(sources, &faults, command.format, options.lang)?;
    }
    if failed && command.format == Format::Human {
        let message = Text::fixed(
            "the documents of these templates were not written",
            "los documentos de estas plantillas no se escribieron",
        );
        say(options.lang, &message)?;
    }
    output::publish(&command.out, &artifacts)?;
    if command.format == Format::Human {
        report(options, command, programme, &artifacts, &checked.findings)?;
        for note in &notes {
            say(options.lang, note)?;
        }
    }
    Ok(if failed || has_errors(&checked.findings) { Outcome::Findings } else { Outcome::Clean })
}

/// What was made, what could not be, and what is to be told of it.
struct Made {
    artifacts: Vec<Artifact>,
    faults: Vec<Diagnostic>,
    notes: Vec<Text>,
}

fn artifacts(edition: &Edition<'_>) -> Result<Made, Failure> {
    let (mut artifacts, faults) = render::documents(edition);
    let calendars = render::calendars(edition.public, edition.templates, edition.draft);
    let (calendars, notes) = calendars.map_err(|error| Failure::new(error.message()))?;
    artifacts.extend(calendars);
    let json = serde_json::to_vec_pretty(&render::json::programme(edition.public)).map_err(std::io::Error::from)?;
    artifacts.push(Artifact { path: "programme.json".to_owned(), bytes: json });
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Made { artifacts, faults, notes })
}

fn report(
    options: &Options,
    command: &Build,
    programme: &Programme,
    artifacts: &[Artifact],
    findings: &[Diagnostic],
) -> Result<(), Failure> {
    let out = read::shown(&command.out);
    let lang = options.lang;
    let sessions = match lang {
        Lang::En => words::count(programme.sessions.len(), "session", "sessions"),
        Lang::Es => words::count(programme.sessions.len(), "sesión", "sesiones"),
    };
    let files = artifacts.len();
    say(lang, &text!("{sessions}: {files} files in {out}/", "{sessions}: {files} archivos en {out}/"))?;
    for folder in programme.group.languages.iter().map(|lang| lang.code()) {
        let stems = artifacts.iter().filter_map(|artifact| artifact.path.strip_prefix(folder)?.strip_prefix('/'));
        let mut names: Vec<String> = Vec::new();
        for (stem, extension) in stems.filter_map(|name| name.rsplit_once('.')) {
            // Letters are many, and each is called as its recipient: their folder says enough.
            let stem = stem.split_once('/').map_or(stem.to_owned(), |(folder, _)| format!("{folder}/*"));
            let ending = format!(".{extension}");
            match names.iter_mut().find(|name| name.starts_with(&format!("{stem}."))) {
                Some(name) if name.ends_with(&ending) || name.contains(&format!("{ending} ")) => {}
                Some(name) => *name = format!("{name} {ending}"),
                None => names.push(format!("{stem}.{extension}")),
            }
        }
        for name in names {
            output::say(format!("  {out}/{folder}/{name}"))?;
        }
    }
    for artifact in artifacts.iter().filter(|artifact| !artifact.path.contains('/')) {
        output::say(format!("  {out}/{}", artifact.path))?;
    }
    let warnings = findings.iter().filter(|finding| finding.counts_as(Level::Warning)).count();
    if warnings > 0 {
        say(
            lang,
            &match warnings {
                1 => Text::fixed("1 warning stands; `convoca check` shows it", "queda 1 advertencia; `convoca check` la muestra"),
                n => text!(
                    "{n} warnings stand; `convoca check` shows them",
                    "quedan {n} advertencias; `convoca check` las muestra"
                ),
            },
        )?;
    }
    Ok(())
}

fn say(lang: Lang, text: &Text) -> Result<(), Failure> {
    output::say(text.get(lang))
}
