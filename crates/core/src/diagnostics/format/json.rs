//! Findings as one JSON object, for other programs. The schema is `convoca schema findings`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Diagnostic, Edit, Label, Level, Mend, Sources, Subject};
use crate::locale::Lang;

/// Everything that `convoca check` found.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    pub findings: Vec<Finding>,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The name of the check, for `convoca explain`.
    pub check: &'static str,
    pub level: Level,
    /// What it is about.
    pub subject: Subject,
    /// The key of the subject that is concerned, such as `end` or `title.es`; null where it is not one.
    pub field: Option<String>,
    /// What is wrong, in the language asked for.
    pub message: String,
    /// The first is the place that is wrong, the others are the other sides of it.
    pub labels: Vec<Location>,
    /// The arithmetic and what follows.
    pub notes: Vec<String>,
    /// The one right mend, which `check --fix` makes; null where there is none.
    pub fix: Option<Fix>,
    /// Mends among which a person must choose.
    pub suggestions: Vec<Fix>,
    /// Why the group accepts it; null where it stands.
    pub waived: Option<String>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Place")]
pub struct Location {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset behind the last byte.
    pub end: usize,
    pub text: String,
}

/// A mend and the changes that make it.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fix {
    pub message: String,
    pub edits: Vec<Replacement>,
}

/// Puts `text` in the place of the bytes from `start` to `end`.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    pub file: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

pub fn render(sources: &Sources, findings: &[Diagnostic], lang: Lang) -> Findings {
    Findings { findings: findings.iter().map(|finding| entry(sources, finding, lang)).collect() }
}

fn entry(sources: &Sources, finding: &Diagnostic, lang: Lang) -> Finding {
    let (certain, possible): (Vec<&Mend>, Vec<&Mend>) = finding.mends.iter().partition(|mend| mend.certain);
    Finding {
        check: finding.check,
        level: finding.level,
        subject: finding.subject.clone(),
        field: finding.field.clone(),
        message: finding.message.get(lang).to_owned(),
        labels: finding.labels.iter().map(|label| place(sources, label, lang)).collect(),
        notes: finding.notes.iter().map(|note| note.get(lang).to_owned()).collect(),
        fix: certain.first().map(|mend| fix(sources, mend, lang)),
        suggestions: possible.iter().map(|mend| fix(sources, mend, lang)).collect(),
        waived: finding.waived.clone(),
    }
}

fn place(sources: &Sources, label: &Label, lang: Lang) -> Location {
    let file = sources.get(label.span.file);
    let (line, column) = file.position(label.span.start as usize);
    let range = label.span.range();
    Location { file: file.path.clone(), line, column, start: range.start, end: range.end, text: label.text.get(lang).to_owned() }
}

fn fix(sources: &Sources, mend: &Mend, lang: Lang) -> Fix {
    let replacement = |edit: &Edit| Replacement {
        file: sources.get(edit.span.file).path.clone(),
        start: edit.span.range().start,
        end: edit.span.range().end,
        text: edit.text.clone(),
    };
    Fix { message: mend.message.get(lang).to_owned(), edits: mend.edits.iter().map(replacement).collect() }
}
