//! What was read, for other programs.

use chrono::NaiveDate;
use convoca_import::again::Sort;
use schemars::JsonSchema;
use serde::Serialize;

use super::Reading;
use super::saved::{Numbered, Saved, State};
use crate::locale::Lang;

/// What an import read, and the files of it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Report {
    sessions: Vec<SessionReport>,
    /// Lines that went into no file: with an hour or a length, or at the agenda.
    left: Vec<Left>,
    /// What a person should know or settle.
    notes: Vec<Note>,
    files: Vec<File>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Session")]
struct SessionReport {
    /// Where it is written.
    file: String,
    /// The line of its head in the document, from 1.
    line: usize,
    title: Option<String>,
    date: Option<NaiveDate>,
    /// What is written of the date, where it is not whole.
    date_text: Option<String>,
    /// From when to when it is, if that is said beside the items.
    start: Option<String>,
    end: Option<String>,
    objective: Option<String>,
    /// How sure the reading is, from 0 to 1.
    confidence: f64,
    inferred: Vec<Inferred>,
    slots: Vec<SlotReport>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Slot")]
struct SlotReport {
    /// Its line in the document, from 1.
    line: usize,
    /// 0, or 1 for what is inside another item.
    level: u8,
    /// Hours of the day, such as 10:05.
    start: Option<String>,
    end: Option<String>,
    /// As declared.
    minutes: Option<u32>,
    title: String,
    speakers: Vec<String>,
    tbc: bool,
    parallel: bool,
    /// Parts at the same hour.
    groups: Vec<String>,
    description: Vec<String>,
    inferred: Vec<Inferred>,
}

/// What was not written, and why it is taken to be so.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Inferred {
    field: &'static str,
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Left {
    file: String,
    line: usize,
    text: String,
    why: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Note {
    file: String,
    /// 0 where it is about the whole document.
    line: usize,
    text: String,
    /// Whether a person has to settle it.
    doubt: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    path: String,
    /// `written`, `same`, `kept` (there with other words, and left as it is), or `changed`.
    state: &'static str,
    differences: Vec<Difference>,
}

/// What the document says otherwise than the file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Difference {
    /// What `--apply` takes to write it into the file; none of what is written.
    number: Option<usize>,
    /// `added`, `changed`, `removed` (only in the file), or `translated` (the file says nothing in this language).
    sort: &'static str,
    text: String,
    /// Whether it is written into the file now.
    taken: bool,
}

impl Report {
    pub(super) fn of(readings: &[Reading], saved: &[Vec<Saved>], lang: Lang) -> Report {
        let mut report = Report { sessions: Vec::new(), left: Vec::new(), notes: Vec::new(), files: Vec::new() };
        for (reading, saved) in readings.iter().zip(saved) {
            let inferred = |list: &[convoca_import::agenda::Inferred]| {
                list.iter().map(|one| Inferred { field: one.field, why: one.why.get(lang).to_owned() }).collect()
            };
            for (at, session) in reading.imported.sessions.iter().enumerate() {
                let file = saved.iter().find(|file| file.session == Some(at)).map(|file| file.path.clone()).unwrap_or_default();
                let slots = session.items.iter().map(|item| SlotReport {
                    line: item.line,
                    level: item.level,
                    start: item.start.map(|clock| clock.to_string()),
                    end: item.end.map(|clock| clock.to_string()),
                    minutes: item.minutes,
                    title: item.title.clone(),
                    speakers: item.speakers.iter().map(|speaker| speaker.name.clone()).filter(|name| !name.is_empty()).collect(),
                    tbc: item.tbc,
                    parallel: item.parallel,
                    groups: item.groups.iter().map(|group| group.title.clone()).collect(),
                    description: item.details.clone(),
                    inferred: inferred(&item.inferred),
                });
                report.sessions.push(SessionReport {
                    file,
                    line: session.line,
                    title: session.title.clone(),
                    date: session.date,
                    date_text: session.date_text.clone(),
                    start: session.window.as_ref().map(|window| window.start.to_string()),
                    end: session.window.as_ref().and_then(|window| window.end).map(|end| end.to_string()),
                    objective: session.objective.clone(),
                    confidence: session.confidence,
                    inferred: inferred(&session.inferred),
                    slots: slots.collect(),
                });
            }
            let file = || reading.name.clone();
            report.left.extend(reading.imported.left.iter().map(|left| Left {
                file: file(),
                line: left.line,
                text: left.text.clone(),
                why: left.why.get(lang).to_owned(),
            }));
            report.notes.extend(reading.proposal.notes.iter().map(|note| Note {
                file: file(),
                line: note.line,
                text: note.what.get(lang).to_owned(),
                doubt: note.doubt,
            }));
            report.files.extend(saved.iter().map(|file| File {
                path: file.path.clone(),
                state: match file.state {
                    State::Written => "written",
                    State::Same => "same",
                    State::Kept => "kept",
                    State::Changed => "changed",
                },
                differences: file.differences.iter().map(|own| difference(own, lang)).collect(),
            }));
        }
        report
    }
}

fn difference(own: &Numbered, lang: Lang) -> Difference {
    let sort = match own.difference.sort {
        Sort::Added => "added",
        Sort::Changed => "changed",
        Sort::Removed => "removed",
        Sort::Translated => "translated",
    };
    Difference { number: own.number, sort, text: own.difference.what.get(lang).to_owned(), taken: own.taken }
}
