//! The journal of the desk: what it tells, and what is done again from one.

use std::collections::{BTreeMap, BTreeSet};

use convoca_core::locale::Text;
use convoca_core::project::{Change, Step};

use super::{Act, Desk};
use crate::journal::{self, Base, Line, Way};
use crate::refused::Refused;

/// From how many changes back what is not saved is told change by change.
const TOLD: usize = 200;

impl Desk {
    /// Tells of something that was done.
    pub(super) fn tell(&mut self, label: &Text, way: Way, change: &Change) {
        for path in change.steps.iter().map(Step::path) {
            if self.told.insert(path.to_owned()) {
                self.lines.push(self.text_of(path));
            }
        }
        self.lines.push(Line::act(label, way, change));
    }

    fn text_of(&self, path: &str) -> Line {
        let text = self.saved.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        Line::Text { path: path.to_owned(), text }
    }

    /// What is to be written behind the end of the journal; it is not told again.
    pub fn journal(&mut self) -> Vec<Line> {
        let lines = std::mem::take(&mut self.lines);
        match std::mem::take(&mut self.is_outdated) {
            true => {
                self.told = self.unsaved().iter().map(|file| file.path.to_owned()).collect();
                let texts = self.told.iter().map(|path| self.text_of(path));
                let acts = texts.chain(self.unsaved_acts()).collect();
                vec![Line::Anew { base: self.base(), acts }]
            }
            false => lines,
        }
    }

    /// What a new journal begins with, once all is saved.
    pub fn begin(&mut self) -> Base {
        self.told.clear();
        self.lines.clear();
        self.is_outdated = false;
        self.base()
    }

    /// The files as they are on the disk.
    pub fn base(&self) -> Base {
        self.saved.iter().map(|(path, bytes)| (path.clone(), journal::sha256(bytes))).collect()
    }

    /// What leads from the files on the disk to the texts: the last changes, if they do; else file by file.
    fn unsaved_acts(&self) -> Vec<Line> {
        let mut saved = self.project.clone();
        let unsaved = self.unsaved();
        for file in &unsaved {
            match file.before {
                Some(bytes) => saved.set(file.path, bytes.to_vec()),
                None => saved.remove(file.path),
            }
        }
        let leads = |acts: &[Act]| {
            let mut project = saved.clone();
            acts.iter().all(|act| project.apply(&act.change).is_ok()) && project == self.project
        };
        let from = (self.done.len().saturating_sub(TOLD)..=self.done.len()).rev().find(|from| leads(&self.done[*from..]));
        if let Some(from) = from {
            return self.done[from..].iter().map(|act| Line::act(&act.label, Way::Do, &act.change)).collect();
        }
        let label = Text::fixed("changes that were not saved", "cambios sin guardar");
        let steps = unsaved.iter().map(|file| Step::File {
            path: file.path.to_owned(),
            before: file.before.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            after: file.text.map(str::to_owned),
        });
        vec![Line::act(&label, Way::Do, &Change { steps: steps.collect() })]
    }

    /// Does again what a journal tells. Where a file is not the one that it speaks of, as somebody wrote it since, or
    /// the program was killed while it saved, it is put together with what was done here, or waits. What is told is
    /// then in the journal already.
    ///
    /// # Errors
    /// The journal does not say what the files were; nothing is done.
    pub fn replay(&mut self, lines: Vec<Line>) -> Result<usize, Refused> {
        let changed = || Refused::from(Text::fixed("the files have changed since", "los archivos cambiaron desde entonces"));
        let mut lines = lines.into_iter();
        let Some(Line::Base(base)) = lines.next() else { return Err(changed()) };
        let told = Told::of(lines).ok_or_else(changed)?;
        let others = told.others(&base, &self.base()).ok_or_else(changed)?;
        let mut project = self.project.clone();
        for (path, text) in &others {
            match text {
                Some(text) => project.set(path, text.as_str()),
                None => project.remove(path),
            }
        }
        let (mut done, mut undone): (Vec<Act>, Vec<Act>) = (Vec::new(), Vec::new());
        let count = told.acts.len();
        for (act, way) in told.acts {
            project.apply(&act.change)?;
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
        self.told = told.texts.into_keys().collect();
        let snapshot = project.snapshot(self.today);
        self.stands(project, snapshot);
        for (path, text) in others {
            let now = self.saved.remove(&path);
            if let Some(text) = text {
                self.saved.insert(path.clone(), text.into_bytes());
            }
            self.found(&path, now);
        }
        Ok(count)
    }
}

/// What a journal tells.
#[derive(Default)]
struct Told {
    /// What each file that was changed had before.
    texts: BTreeMap<String, Option<String>>,
    acts: Vec<(Act, Way)>,
}

impl Told {
    fn of(lines: impl Iterator<Item = Line>) -> Option<Told> {
        let mut told = Told::default();
        for line in lines {
            match line {
                Line::Text { path, text } => drop(told.texts.insert(path, text)),
                Line::Act { es, en, way, steps } => {
                    let label = Text { es: es.into(), en: en.into() };
                    told.acts.push((Act { label, change: journal::change(steps) }, way));
                }
                Line::Base(_) | Line::Anew { .. } => return None,
            }
        }
        Some(told)
    }

    /// The files that are not now what they were, with what they were; `None` where that is not known.
    fn others(&self, base: &Base, now: &Base) -> Option<Vec<(String, Option<String>)>> {
        let touched: BTreeSet<&str> = self.acts.iter().flat_map(|(act, _)| &act.change.steps).map(Step::path).collect();
        let others = touched.into_iter().filter(|path| base.get(*path) != now.get(*path)).map(|path| {
            let text = self.texts.get(path)?;
            let is_it = text.as_ref().map(|text| journal::sha256(text.as_bytes())).as_ref() == base.get(path);
            is_it.then(|| (path.to_owned(), text.clone()))
        });
        others.collect()
    }
}
