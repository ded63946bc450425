//! A programme being worked on: its texts, what was done to them, and what of that is not saved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use convoca_core::locale::Text;
use convoca_core::project::{Change, Project, Snapshot};
use convoca_core::text;

use crate::command::Command;
use crate::draft::Draft;
use crate::journal::{self, Base, Line, Way};
use crate::refused::Refused;

/// Something that was done, and can be undone.
#[derive(Clone, Debug)]
pub struct Act {
    /// What it does, as an infinitive: "move “Opening” to 10:05".
    pub label: Text,
    pub change: Change,
}

/// What somebody else made of a file that has changes here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// `None` where the file is gone.
    pub theirs: Option<Vec<u8>>,
}

/// A file that is not on the disk as it is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved<'a> {
    pub path: &'a str,
    /// What the disk had; `None` where the file is new.
    pub before: Option<&'a [u8]>,
    /// What it is to have; `None` where the file goes.
    pub text: Option<&'a str>,
}

/// The desk. Every change goes through [`Desk::act`], so each can be undone, is in the journal, and was checked
/// before it is shown.
pub struct Desk {
    project: Project,
    snapshot: Snapshot,
    today: NaiveDate,
    /// The files as they are on the disk, by path, as far as they are known here.
    saved: BTreeMap<String, Vec<u8>>,
    done: Vec<Act>,
    undone: Vec<Act>,
    revision: u64,
    outside: BTreeMap<String, Outside>,
    /// What is to be added to the journal.
    lines: Vec<Line>,
}

impl Desk {
    /// A desk on files as they were just read.
    pub fn new(project: Project, today: NaiveDate) -> Desk {
        let texts =
            project.paths().into_iter().filter_map(|path| Some((path.to_owned(), project.text(path)?.as_bytes().to_vec())));
        let saved = texts.collect();
        let snapshot = project.snapshot(today);
        Desk {
            project,
            snapshot,
            today,
            saved,
            done: Vec::new(),
            undone: Vec::new(),
            revision: 1,
            outside: BTreeMap::new(),
            lines: Vec::new(),
        }
    }

    pub fn project(&self) -> &Project {
        &self.project
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Counts every change of what there is to be seen.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// What undoing and what doing again would do.
    pub fn next(&self) -> [Option<&Text>; 2] {
        [self.done.last().map(|act| &act.label), self.undone.last().map(|act| &act.label)]
    }

    /// What was done, the last first.
    pub fn history(&self) -> impl Iterator<Item = &Text> {
        self.done.iter().rev().map(|act| &act.label)
    }

    pub fn outside(&self) -> &BTreeMap<String, Outside> {
        &self.outside
    }

    /// Does something, whole or not at all, and says what it was.
    ///
    /// # Errors
    /// It cannot be done, and why.
    pub fn act(&mut self, command: &Command) -> Result<Text, Refused> {
        let mut draft = Draft::new(self.project.clone(), self.today);
        let label = command.make(&mut draft)?;
        let (project, change, snapshot) = draft.into_parts();
        if change.is_empty() {
            return Ok(label);
        }
        self.lines.push(Line::act(&label, Way::Do, &change));
        self.done.push(Act { label: label.clone(), change });
        self.undone.clear();
        self.stands(project, snapshot);
        Ok(label)
    }

    /// Makes a change that was worked out elsewhere, such as an import.
    ///
    /// # Errors
    /// The texts are not those for which it was worked out.
    pub fn put(&mut self, label: Text, change: Change) -> Result<Text, Refused> {
        let mut project = self.project.clone();
        project.apply(&change)?;
        if change.is_empty() {
            return Ok(label);
        }
        self.lines.push(Line::act(&label, Way::Do, &change));
        self.done.push(Act { label: label.clone(), change });
        self.undone.clear();
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        Ok(label)
    }

    /// Whether there is no programme yet.
    pub fn is_blank(&self) -> bool {
        !self.project.paths().iter().any(|path| path.ends_with(".toml"))
    }

    /// What there would be to be seen if something were done: nothing is.
    ///
    /// # Errors
    /// It cannot be done, and why.
    pub fn attempt(&self, command: &Command) -> Result<(Text, Snapshot), Refused> {
        let mut draft = Draft::new(self.project.clone(), self.today);
        let label = command.make(&mut draft)?;
        let (_, _, snapshot) = draft.into_parts();
        Ok((label, snapshot))
    }

    /// # Errors
    /// There is nothing to undo.
    pub fn undo(&mut self) -> Result<Text, Refused> {
        let nothing = || Refused::from(Text::fixed("there is nothing to undo", "no hay nada que deshacer"));
        let act = self.done.last().cloned().ok_or_else(nothing)?;
        let back = act.change.inverse();
        let mut project = self.project.clone();
        project.apply(&back)?;
        self.lines.push(Line::act(&act.label, Way::Undo, &back));
        self.done.pop();
        let label = act.label.clone();
        self.undone.push(act);
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        Ok(label)
    }

    /// # Errors
    /// There is nothing to do again.
    pub fn redo(&mut self) -> Result<Text, Refused> {
        let nothing = || Refused::from(Text::fixed("there is nothing to do again", "no hay nada que rehacer"));
        let act = self.undone.last().cloned().ok_or_else(nothing)?;
        let mut project = self.project.clone();
        project.apply(&act.change)?;
        self.lines.push(Line::act(&act.label, Way::Redo, &act.change));
        self.undone.pop();
        let label = act.label.clone();
        self.done.push(act);
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        Ok(label)
    }

    fn stands(&mut self, project: Project, snapshot: Snapshot) {
        self.project = project;
        self.snapshot = snapshot;
        self.revision += 1;
    }

    /// Another day has begun: what is soon is judged anew.
    pub fn on(&mut self, today: NaiveDate) {
        if today != self.today {
            self.today = today;
            self.snapshot = self.project.snapshot(today);
            self.revision += 1;
        }
    }

    /// The files that are not as on the disk.
    pub fn unsaved(&self) -> Vec<Unsaved<'_>> {
        let paths: BTreeSet<&str> = self.project.paths().into_iter().chain(self.saved.keys().map(String::as_str)).collect();
        let files = paths.into_iter().map(|path| {
            let before = self.saved.get(path).map(Vec::as_slice);
            Unsaved { path, before, text: self.project.text(path) }
        });
        files.filter(|file| file.before != file.text.map(str::as_bytes)).collect()
    }

    pub fn is_unsaved(&self) -> bool {
        !self.unsaved().is_empty()
    }

    /// A file is on the disk as it is here.
    pub fn saved(&mut self, path: &str) {
        match self.project.text(path) {
            Some(text) => drop(self.saved.insert(path.to_owned(), text.as_bytes().to_vec())),
            None => drop(self.saved.remove(path)),
        }
        self.outside.remove(path);
        self.revision += 1;
    }

    /// Whether a file that lies on the disk so is news.
    pub fn knows(&self, path: &str, bytes: Option<&[u8]>) -> bool {
        let waiting = self.outside.get(path).map(|outside| outside.theirs.as_deref());
        waiting.unwrap_or_else(|| self.saved.get(path).map(Vec::as_slice)) == bytes
    }

    /// Somebody else wrote a file, or took it away. Where nothing was changed here it is taken as it is; where
    /// something was, it waits for [`Desk::take`]. Says whether it waits.
    pub fn found(&mut self, path: &str, bytes: Option<Vec<u8>>) -> bool {
        if self.knows(path, bytes.as_deref()) {
            return self.outside.contains_key(path);
        }
        self.revision += 1;
        let is_same = self.project.text(path).map(str::as_bytes) == bytes.as_deref();
        let is_clean = self.saved.get(path).map(Vec::as_slice) == self.project.text(path).map(str::as_bytes);
        if is_same || is_clean {
            self.adopt(path, bytes);
            return false;
        }
        self.outside.insert(path.to_owned(), Outside { theirs: bytes });
        true
    }

    /// Decides about a file that waits: mine stays and is to be saved over theirs, or theirs takes its place.
    ///
    /// # Errors
    /// Nothing waits there.
    pub fn take(&mut self, path: &str, theirs: bool) -> Result<(), Refused> {
        let gone = || Refused::from(text!("nothing waits about `{path}`", "nada espera sobre `{path}`"));
        let outside = self.outside.remove(path).ok_or_else(gone)?;
        self.revision += 1;
        if theirs {
            self.adopt(path, outside.theirs);
            return Ok(());
        }
        match outside.theirs {
            Some(bytes) => drop(self.saved.insert(path.to_owned(), bytes)),
            None => drop(self.saved.remove(path)),
        }
        Ok(())
    }

    /// Changes of a file that is another's now cannot be undone any more; those of other files can.
    fn adopt(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        let is_same = self.project.text(path).map(str::as_bytes) == bytes.as_deref();
        match bytes {
            Some(bytes) => {
                self.saved.insert(path.to_owned(), bytes.clone());
                if !is_same {
                    self.project.set(path, bytes);
                }
            }
            None => {
                self.saved.remove(path);
                self.project.remove(path);
            }
        }
        self.outside.remove(path);
        if !is_same {
            let is_elsewhere = |act: &Act| act.change.steps.iter().all(|step| step.path() != path);
            self.done.retain(is_elsewhere);
            self.undone.retain(is_elsewhere);
            self.snapshot = self.project.snapshot(self.today);
        }
    }

    /// What is to be written behind the end of the journal; it is not told again.
    pub fn journal(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.lines)
    }

    /// What a new journal begins with.
    pub fn base(&self) -> Base {
        self.saved.iter().map(|(path, bytes)| (path.clone(), journal::sha256(bytes))).collect()
    }

    /// Does again what a journal tells, where the files are still those that it speaks of. What it tells is then
    /// in the journal already.
    ///
    /// # Errors
    /// The files are others now; nothing is done.
    pub fn replay(&mut self, lines: Vec<Line>) -> Result<usize, Refused> {
        let changed = || Refused::from(Text::fixed("the files have changed since", "los archivos cambiaron desde entonces"));
        let mut lines = lines.into_iter();
        let Some(Line::Base(base)) = lines.next() else { return Err(changed()) };
        let mut project = self.project.clone();
        let (mut done, mut undone): (Vec<Act>, Vec<Act>) = (Vec::new(), Vec::new());
        let mut count = 0;
        let now = self.base();
        for line in lines {
            let Line::Act { es, en, way, steps } = line else { return Err(changed()) };
            let change = journal::change(steps);
            if change.steps.iter().any(|step| base.get(step.path()) != now.get(step.path())) {
                return Err(changed());
            }
            project.apply(&change)?;
            count += 1;
            let act = Act { label: Text { es: es.into(), en: en.into() }, change };
            match way {
                Way::Do => {
                    done.push(act);
                    undone.clear();
                }
                Way::Undo => {
                    undone.push(Act { change: act.change.inverse(), ..act });
                    done.pop();
                }
                Way::Redo => {
                    done.push(act);
                    undone.pop();
                }
            }
        }
        (self.done, self.undone) = (done, undone);
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        Ok(count)
    }
}
