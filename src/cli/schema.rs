//! `convoca schema`: what editors and other programs check files against (JSON Schema 2020-12).

use std::io::Write;

use super::args::{Options, Schema};
use super::attendance::AttendanceFile;
use super::replies::Report;
use super::{Failure, Outcome};
use crate::diagnostics::format::json::Findings;
use crate::render::json::ProgrammeFile;
use crate::schema::json_schema;

/// What there are schemas of.
pub const NAMES: [&str; 9] =
    ["group", "session", "concept-note", "branding", "programme", "findings", "dates", "replies", "attendance"];

pub fn run(options: &Options, command: &Schema) -> Result<Outcome, Failure> {
    let schema = match command.of.as_str() {
        "programme" => schemars::schema_for!(ProgrammeFile<'_>).to_value(),
        "dates" => schemars::schema_for!(super::when::Answer<'_>).to_value(),
        "findings" => schemars::schema_for!(Findings).to_value(),
        "replies" => schemars::schema_for!(Report).to_value(),
        "attendance" => schemars::schema_for!(AttendanceFile).to_value(),
        file => json_schema(file, options.lang).unwrap_or_default(),
    };
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}
