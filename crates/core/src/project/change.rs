//! A change of a project's texts, which knows what it takes away and so its own inverse.

use std::collections::BTreeMap;
use std::fmt;

use super::Project;
use crate::locale::Text;
use crate::text;

/// Changes of texts, made one after another: each place is counted in the text that the one before left.
///
/// ```
/// use convoca_core::project::{Change, Project, Step};
/// let mut project = Project::default();
/// project.set("sessions/1.toml", "start = \"10:05\"  # después de la apertura\n");
/// let change = Change::of(Step::replace("sessions/1.toml", 8, "\"10:05\"", "\"10:10\""));
/// project.apply(&change).unwrap();
/// assert_eq!(project.text("sessions/1.toml"), Some("start = \"10:10\"  # después de la apertura\n"));
/// assert!(project.apply(&change).is_err()); // 10:05 is no longer there
/// project.apply(&change.inverse()).unwrap();
/// assert_eq!(project.text("sessions/1.toml"), Some("start = \"10:05\"  # después de la apertura\n"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub steps: Vec<Step>,
}

/// One step of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// At a byte offset, what is there gives way to something else.
    Replace { path: String, start: usize, before: String, after: String },
    /// A file comes to be where none was, goes, or is written anew.
    File { path: String, before: Option<String>, after: Option<String> },
}

/// A text is not the one that a change was made for: somebody else changed it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    pub path: String,
}

impl Outdated {
    pub fn message(&self) -> Text {
        let path = &self.path;
        text!("`{path}` has changed in the meantime", "`{path}` cambió entretanto")
    }
}

impl fmt::Display for Outdated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().both())
    }
}

impl std::error::Error for Outdated {}

impl Step {
    pub fn replace(path: &str, start: usize, before: &str, after: &str) -> Step {
        Step::Replace { path: path.to_owned(), start, before: before.to_owned(), after: after.to_owned() }
    }

    pub fn path(&self) -> &str {
        match self {
            Step::Replace { path, .. } | Step::File { path, .. } => path,
        }
    }

    fn inverse(&self) -> Step {
        match self.clone() {
            Step::Replace { path, start, before, after } => Step::Replace { path, start, before: after, after: before },
            Step::File { path, before, after } => Step::File { path, before: after, after: before },
        }
    }

    /// The text that the step leaves, or `None` where it takes the file away.
    fn apply(&self, text: Option<String>) -> Result<Option<String>, Outdated> {
        match self {
            Step::Replace { start, before, after, .. } => {
                let mut text = text.ok_or_else(|| self.outdated())?;
                let range = *start..start + before.len();
                if text.get(range.clone()) != Some(before) {
                    return Err(self.outdated());
                }
                text.replace_range(range, after);
                Ok(Some(text))
            }
            Step::File { before, after, .. } if text == *before => Ok(after.clone()),
            Step::File { .. } => Err(self.outdated()),
        }
    }

    fn outdated(&self) -> Outdated {
        Outdated { path: self.path().to_owned() }
    }
}

impl Change {
    pub fn of(step: Step) -> Change {
        Change { steps: vec![step] }
    }

    /// The change that leads back, byte for byte.
    pub fn inverse(&self) -> Change {
        Change { steps: self.steps.iter().rev().map(Step::inverse).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The texts after the change, by path; `None` is a file that is no more. `text` tells those before it.
    ///
    /// # Errors
    /// A text is not the one that the change was made for.
    pub fn texts<'a>(&self, text: impl Fn(&str) -> Option<&'a str>) -> Result<BTreeMap<String, Option<String>>, Outdated> {
        let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
        for step in &self.steps {
            let before = texts.get(step.path()).cloned().unwrap_or_else(|| text(step.path()).map(str::to_owned));
            texts.insert(step.path().to_owned(), step.apply(before)?);
        }
        Ok(texts)
    }
}

impl Project {
    /// Makes a change, whole or not at all.
    ///
    /// # Errors
    /// A text is not the one that the change was made for.
    pub fn apply(&mut self, change: &Change) -> Result<(), Outdated> {
        for (path, text) in change.texts(|path| self.text(path))? {
            match text {
                Some(text) => self.set(&path, text),
                None => self.remove(&path),
            }
        }
        Ok(())
    }
}
