//! Findings on standard output, for people and for programs.

use std::io::Write;

use clap::{Arg, ArgMatches};

use super::command::say;
use crate::diagnostics::{Diagnostic, Level, Sources, format};
use crate::locale::Lang;
use crate::rules;
use crate::workspace::Failure;

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

impl Format {
    /// What an option says; for people where it says nothing.
    pub(crate) fn asked(matches: &ArgMatches, id: &str) -> Format {
        matches.get_one::<String>(id).map_or(Format::Human, |word| Format::of(word))
    }

    pub(crate) const WORDS: [&'static str; 4] = ["human", "json", "sarif", "github"];

    pub(crate) fn of(word: &str) -> Format {
        match word {
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            "github" => Format::Github,
            _ => Format::Human,
        }
    }
}

/// `--format`, for commands that show findings.
pub(crate) fn format_argument(lang: Lang) -> Arg {
    Arg::new("format")
        .long("format")
        .value_name(say(lang, "FORMAT", "FORMATO"))
        .value_parser(Format::WORDS)
        .hide_possible_values(true)
        .help(say(
            lang,
            "How findings are shown: human, json, sarif or github",
            "Cómo se muestran los hallazgos: human, json, sarif o github",
        ))
}

/// Writes findings to standard output.
pub(crate) fn show(sources: &Sources, findings: &[Diagnostic], format: Format, lang: Lang) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match format {
        Format::Human => {
            write!(out, "{}", format::human::render(sources, findings, lang))?;
            writeln!(out, "{}", closing(findings, lang))?;
        }
        Format::Json => json(&mut out, &format::json::render(sources, findings, lang))?,
        Format::Sarif => {
            let rules: Vec<_> = rules::all().collect();
            json(&mut out, &format::sarif::render(sources, findings, &rules, lang))?;
        }
        Format::Github => write!(out, "{}", format::github::render(sources, findings, lang))?,
    }
    Ok(out.flush()?)
}

/// So many findings are read to the end.
const A_SCREEN: usize = 12;
/// So many of more than that are shown, the worst of them.
const WORST: usize = 8;

/// Writes what a first look needs: all findings where they are few; else how many there are of each kind, and
/// the worst.
pub(crate) fn show_first(sources: &Sources, findings: &[Diagnostic], lang: Lang) -> Result<(), Failure> {
    let mut standing: Vec<Diagnostic> = findings.iter().filter(|finding| finding.waived.is_none()).cloned().collect();
    if standing.len() <= A_SCREEN {
        return show(sources, findings, Format::Human, lang);
    }
    // The order of the files stays among those of one level.
    standing.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let mut out = anstream::stdout().lock();
    for (level, check, count) in kinds(&standing) {
        let summary = rules::all().find(|rule| rule.id == check).map_or("", |rule| rule.summary.get(lang));
        writeln!(out, "{count:>4} × {}[{check}]: {summary}", level.word(lang))?;
    }
    writeln!(out)?;
    write!(out, "{}", format::human::render(sources, &standing[..WORST], lang))?;
    let more = standing[WORST..].iter().map(|finding| 1 + finding.others).sum::<usize>();
    match lang {
        Lang::En => writeln!(out, "and {more} more: `convoca check --all` shows them")?,
        Lang::Es => writeln!(out, "y {more} más: `convoca revisar --todo` los muestra")?,
    }
    writeln!(out, "{}", closing(findings, lang))?;
    Ok(out.flush()?)
}

/// How many there are of each kind, the worst first.
fn kinds(findings: &[Diagnostic]) -> Vec<(Level, &'static str, usize)> {
    let mut kinds: Vec<(Level, &'static str, usize)> = Vec::new();
    for finding in findings {
        match kinds.iter_mut().find(|(level, check, _)| (*level, *check) == (finding.level, finding.check)) {
            Some((.., count)) => *count += 1 + finding.others,
            None => kinds.push((finding.level, finding.check, 1 + finding.others)),
        }
    }
    kinds.sort_by_key(|(level, check, count)| (std::cmp::Reverse((*level, *count)), *check));
    kinds
}

fn json(out: &mut impl Write, value: &impl serde::Serialize) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn closing(findings: &[Diagnostic], lang: Lang) -> String {
    match (findings.is_empty(), lang) {
        (true, Lang::En) => "all in order".to_owned(),
        (true, Lang::Es) => "todo en orden".to_owned(),
        (false, _) => format::human::summary(findings, lang),
    }
}
