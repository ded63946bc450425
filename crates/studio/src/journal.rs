//! What was done since the files were last saved, kept beside them as it happens: a program that is killed loses
//! nothing.
//!
//! The first line says of which texts it is, by the SHA-256 of each file; every line behind it is one change.

use std::collections::BTreeMap;

use convoca_core::locale::Text;
use convoca_core::project::{Change, Step};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Where it lies, in the folder of the programme.
pub const FILE: &str = ".convoca-studio.jsonl";

/// The files of the programme as they were saved: path and SHA-256.
pub type Base = BTreeMap<String, String>;

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    Base(Base),
    /// What a file had before the first change of it that is not saved: what somebody else makes of the file can be
    /// put together with that, even after the program was killed.
    Text {
        path: String,
        text: Option<String>,
    },
    /// All that came before holds no more: the files are others now, as somebody else wrote some, and these changes
    /// are what is not saved of them. In one line, so that it is there whole or not at all.
    Anew {
        base: Base,
        acts: Vec<Line>,
    },
    Act {
        es: String,
        en: String,
        way: Way,
        steps: Vec<Written>,
    },
}

/// Whether a change was made, unmade or made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    Do,
    Undo,
    Redo,
}

/// A step as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    Replace { path: String, start: usize, before: String, after: String },
    File { path: String, before: Option<String>, after: Option<String> },
}

impl Line {
    pub fn act(label: &Text, way: Way, change: &Change) -> Line {
        Line::Act {
            es: label.es.to_string(),
            en: label.en.to_string(),
            way,
            steps: change.steps.iter().map(Written::of).collect(),
        }
    }

    /// As a line of the file, with its end.
    pub fn written(&self) -> String {
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }
}

/// The lines of a journal that hold. The last may have been cut off in the middle: it was not promised yet.
pub fn read(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for line in text.lines().map_while(|line| serde_json::from_str(line).ok()) {
        match line {
            Line::Anew { base, acts } => lines = std::iter::once(Line::Base(base)).chain(acts).collect(),
            line => lines.push(line),
        }
    }
    lines
}

pub fn change(steps: Vec<Written>) -> Change {
    Change { steps: steps.into_iter().map(Written::step).collect() }
}

pub fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

impl Written {
    fn of(step: &Step) -> Written {
        match step.clone() {
            Step::Replace { path, start, before, after } => Written::Replace { path, start, before, after },
            Step::File { path, before, after } => Written::File { path, before, after },
        }
    }

    fn step(self) -> Step {
        match self {
            Written::Replace { path, start, before, after } => Step::Replace { path, start, before, after },
            Written::File { path, before, after } => Step::File { path, before, after },
        }
    }
}
