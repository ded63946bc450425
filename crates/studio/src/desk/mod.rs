//! A programme being worked on: its texts, what was done to them, and what of that is not saved.

mod outside;
mod told;

pub use outside::{Clash, Outside, Said};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use convoca_core::locale::Text;
use convoca_core::project::{Change, Project, Snapshot, Witness};

use crate::command::Command;
use crate::draft::Draft;
use crate::journal::{Line, Way};
use crate::refused::Refused;

/// Something that was done, and can be undone.
#[derive(Clone, Debug)]
pub struct Act {
    /// What it does, as an infinitive: "move “Opening” to 10:05".
    pub label: Text,
    pub change: Change,
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
    /// Since which revision all is as the snapshot says.
    since: u64,
    /// How it was before, and since when.
    earlier: Option<(u64, Snapshot)>,
    outside: BTreeMap<String, Outside>,
    /// What happened that nobody here did, and at which revision.
    notice: Option<(u64, Text)>,
    /// What is to be added to the journal.
    lines: Vec<Line>,
    /// The files of which the journal says what they had before.
    told: BTreeSet<String>,
    /// Whether the journal speaks of other files than those that are there now.
    is_outdated: bool,
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
            since: 1,
            earlier: None,
            outside: BTreeMap::new(),
            notice: None,
            lines: Vec::new(),
            told: BTreeSet::new(),
            is_outdated: false,
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

    /// How it was at a revision, as far as that is known still.
    pub fn before(&self, revision: u64) -> Option<&Snapshot> {
        if (self.since..=self.revision).contains(&revision) {
            return Some(&self.snapshot);
        }
        self.earlier.as_ref().filter(|(since, _)| (*since..self.since).contains(&revision)).map(|(_, snapshot)| snapshot)
    }

    /// What happened last that nobody here did, and at which revision.
    pub fn notice(&self) -> Option<(u64, &Text)> {
        self.notice.as_ref().map(|(revision, text)| (*revision, text))
    }

    /// What undoing and what doing again would do.
    pub fn next(&self) -> [Option<&Text>; 2] {
        [self.done.last().map(|act| &act.label), self.undone.last().map(|act| &act.label)]
    }

    /// What was done, the last first.
    pub fn history(&self) -> impl Iterator<Item = &Text> {
        self.done.iter().rev().map(|act| &act.label)
    }

    /// Does something, whole or not at all, and says what it was.
    ///
    /// # Errors
    /// It cannot be done, and why.
    pub fn act(&mut self, command: &Command) -> Result<Text, Refused> {
        let mut draft = Draft::new(self.project.clone(), &self.snapshot);
        let label = command.make(&mut draft)?;
        let (project, change, snapshot) = draft.into_parts();
        if change.is_empty() {
            return Ok(label);
        }
        self.tell(&label, Way::Do, &change);
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
        self.tell(&label, Way::Do, &change);
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
        let mut draft = Draft::new(self.project.clone(), &self.snapshot);
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
        self.tell(&act.label, Way::Undo, &back);
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
        self.tell(&act.label, Way::Redo, &act.change);
        self.undone.pop();
        let label = act.label.clone();
        self.done.push(act);
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        Ok(label)
    }

    fn stands(&mut self, project: Project, snapshot: Snapshot) {
        self.project = project;
        self.shows(snapshot);
    }

    fn shows(&mut self, snapshot: Snapshot) {
        let earlier = std::mem::replace(&mut self.snapshot, snapshot);
        self.earlier = Some((self.since, earlier));
        self.revision += 1;
        self.since = self.revision;
    }

    /// A picture or a Word template comes to lie beside the templates; it is on the disk already.
    pub fn bring(&mut self, path: &str, bytes: Vec<u8>) {
        self.project.set(path, bytes.clone());
        if self.project.text(path).is_some() {
            self.saved.insert(path.to_owned(), bytes);
        }
        let snapshot = self.project.snapshot(self.today);
        self.shows(snapshot);
    }

    /// Another day has begun: what is soon is judged anew.
    pub fn on(&mut self, today: NaiveDate) {
        if today != self.today {
            self.today = today;
            let snapshot = self.project.snapshot(today);
            self.shows(snapshot);
        }
    }

    /// Somebody knows more than the texts say: what was answered to the invitations.
    pub fn hear(&mut self, witness: Option<Witness>) {
        self.project.hear(witness);
        let snapshot = self.project.snapshot(self.today);
        self.shows(snapshot);
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
}
