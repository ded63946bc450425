//! `convoca check`: what is wrong with the programme, and the certain mends.

use std::io::Write;
use std::path::Path;

use super::args::{Check, Format, Options};
use super::look::Look;
use super::{Failure, Outcome, output, read};
use crate::diagnostics::{Diagnostic, Sources, apply_fixes, format, has_errors, sort};
use crate::locale::{Lang, words};
use crate::{Checked, checks, render};

pub fn run(options: &Options, command: &Check) -> Result<Outcome, Failure> {
    if command.fix {
        let (sources, checked) = load(options)?;
        let fixed = apply_fixes(&sources, &checked.findings);
        for file in &fixed {
            output::replace(Path::new(&sources.get(file.file).path), &file.text)?;
        }
        if command.format == Format::Human {
            for file in &fixed {
                writeln!(anstream::stderr(), "{}", mended(&sources.get(file.file).path, file.mends, options.lang))?;
            }
        }
    }
    let look = Look::load(options, command.templates.as_deref())?;
    let mut findings = look.checked.findings.clone();
    if let Some(programme) = &look.checked.programme {
        findings.extend(render::faults(&look.edition(programme, &programme.public(), false)));
    }
    sort(&mut findings);
    show(&look.sources, &findings, command.format, options.lang)?;
    Ok(if has_errors(&findings) { Outcome::Findings } else { Outcome::Clean })
}

/// Reads and checks the programme.
pub fn load(options: &Options) -> Result<(Sources, Checked), Failure> {
    let (sources, unreadable) = read::programme(&options.programme)?;
    let mut checked = crate::check(&sources, options.today);
    checked.findings.extend(unreadable);
    sort(&mut checked.findings);
    Ok((sources, checked))
}

fn mended(path: &str, mends: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{path}: {}", words::count(mends, "mend made", "mends made")),
        Lang::Es => format!("{path}: {}", words::count(mends, "corrección hecha", "correcciones hechas")),
    }
}

/// Writes findings to standard output.
pub fn show(sources: &Sources, findings: &[Diagnostic], format: Format, lang: Lang) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match format {
        Format::Human => {
            write!(out, "{}", format::human::render(sources, findings, lang))?;
            writeln!(out, "{}", closing(findings, lang))?;
        }
        Format::Json => json(&mut out, &format::json::render(sources, findings, lang))?,
        Format::Sarif => {
            let rules: Vec<_> = checks::rules().collect();
            json(&mut out, &format::sarif::render(sources, findings, &rules, lang))?;
        }
        Format::Github => write!(out, "{}", format::github::render(sources, findings, lang))?,
    }
    Ok(out.flush()?)
}

fn json(out: &mut impl Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn closing(findings: &[Diagnostic], lang: Lang) -> String {
    match (findings.is_empty(), lang) {
        (true, Lang::En) => "nothing to find fault with".to_owned(),
        (true, Lang::Es) => "sin nada que objetar".to_owned(),
        (false, _) => format::human::summary(findings, lang),
    }
}
