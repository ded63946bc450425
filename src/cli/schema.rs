//! `convoca schema`: what editors and other programs check files against (JSON Schema 2020-12).

use std::io::Write;

use clap::{Arg, ArgMatches};

use super::attendance::AttendanceFile;
use super::command::{Command, Options, Outcome, named, say};
use super::replies::Report;
use super::when::Answer;
use crate::diagnostics::format::json::Findings;
use crate::formats::json::ProgrammeFile;
use crate::locale::Lang;
use crate::schema::json_schema;
use crate::workspace::Failure;

/// What there are schemas of.
const NAMES: [&str; 10] =
    ["group", "session", "concept-note", "branding", "programme", "findings", "dates", "replies", "attendance", "import"];

pub(crate) static SCHEMA: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    named(lang, "schema", "Print a JSON Schema, for editors and programs", "Mostrar un JSON Schema, para editores y programas")
        .arg(
            Arg::new("of")
                .value_name(say(lang, "FILE", "ARCHIVO"))
                .required(true)
                .value_parser(NAMES)
                .hide_possible_values(true)
                .help(NAMES.join(", ")),
        )
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let schema = match matches.get_one::<String>("of").map_or("", String::as_str) {
        "programme" => schemars::schema_for!(ProgrammeFile<'_>).to_value(),
        "dates" => schemars::schema_for!(Answer<'_>).to_value(),
        "findings" => schemars::schema_for!(Findings).to_value(),
        "replies" => schemars::schema_for!(Report).to_value(),
        "attendance" => schemars::schema_for!(AttendanceFile).to_value(),
        "import" => schemars::schema_for!(super::import::Report).to_value(),
        file => json_schema(file, options.lang).unwrap_or_default(),
    };
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}
