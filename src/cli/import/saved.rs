//! What becomes of the files that an import proposes: new ones are written, and of those that are there the differences
//! are numbered, to be written one by one.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use convoca_import::again::{self, Difference, Sort};

use super::Reading;
use crate::locale::Text;
use crate::project::{Change, Project};
use crate::schema::GROUP_FILE;
use crate::workspace::read::Beside;
use crate::workspace::{Failure, read, write as disk};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Written, or in a dry run would be.
    Written,
    /// It was there with the same text.
    Same,
    /// It is there with another text, and stays.
    Kept,
    /// Some of what the document says otherwise was written into it.
    Changed,
}

pub(super) struct Saved {
    pub path: String,
    pub state: State,
    pub session: Option<usize>,
    pub differences: Vec<Numbered>,
}

/// A difference under the number by which it is chosen.
pub(super) struct Numbered {
    /// None of what is written: it has none any more.
    pub number: Option<usize>,
    pub difference: Difference,
    pub taken: bool,
    /// Why it could not be written though it was chosen.
    pub why_not: Option<Text>,
}

/// Which differences are to be written into the files.
#[derive(Clone, Debug, Default)]
pub(super) enum Choice {
    #[default]
    None,
    /// All but what only the file has: perhaps somebody put it there.
    All,
    Numbers(Vec<usize>),
}

impl Choice {
    /// "all", or numbers between commas.
    pub(super) fn read(written: &str) -> Option<Choice> {
        if matches!(written.trim().to_lowercase().as_str(), "all" | "todo" | "todas" | "todos") {
            return Some(Choice::All);
        }
        let numbers: Option<Vec<usize>> = written.split(',').map(|part| part.trim().parse().ok()).collect();
        numbers.map(Choice::Numbers)
    }

    fn takes(&self, own: &Numbered) -> bool {
        own.difference.can_be_taken()
            && match self {
                Choice::None => false,
                Choice::All => own.difference.sort != Sort::Removed,
                Choice::Numbers(numbers) => own.number.is_some_and(|number| numbers.contains(&number)),
            }
    }
}

/// How an import writes.
pub(super) struct Writing<'a> {
    pub folder: &'a Path,
    pub today: NaiveDate,
    pub dry: bool,
    pub overwrite: bool,
    pub choice: &'a Choice,
    /// The zone of the hours, where the person says it.
    pub zone: Option<&'a str>,
}

impl Writing<'_> {
    /// Writes what is new, and the differences that were chosen; `next` is the number of the next difference.
    pub(super) fn save(&self, reading: &Reading, next: &mut usize) -> Result<Vec<Saved>, Failure> {
        let is_there = self.folder.is_dir();
        let before = if is_there { read::project(self.folder, Beside::Nothing).unwrap_or_default() } else { Project::default() };
        let mut saved = self.compared(reading, &before, next);
        let mut newcomers = self.newcomers(reading, &saved, next);
        newcomers.extend(self.zone(&before, next));
        let mut project = before.clone();
        let change = self.take(&mut project, &mut saved, newcomers);
        if self.dry {
            return Ok(saved);
        }
        for (file, proposed) in saved.iter().zip(&reading.proposal.files).filter(|(file, _)| file.state == State::Written) {
            std::fs::create_dir_all(self.folder).map_err(|error| Failure::writing(self.folder, &error))?;
            // The link to a call and addresses are not for everybody on this machine.
            let is_secret = ["\njoin-link = ", "\nemail = "].iter().any(|key| proposed.text.contains(key));
            let write = if is_secret { disk::private_file } else { disk::file };
            write(Path::new(&file.path), proposed.text.as_bytes())?;
        }
        disk::change(&before, &change)?;
        Ok(saved)
    }

    /// Puts people into the group that is there: whoever is new and whatever fills a gap, and of what the list says
    /// otherwise what was chosen.
    pub(super) fn people(&self, found: &[Difference], next: &mut usize) -> Result<Vec<Saved>, Failure> {
        let before = read::project(self.folder, Beside::Nothing)?;
        let mut project = before.clone();
        let mut differences = numbered(found.to_vec(), next);
        let is_wanted = |own: &&mut Numbered| own.difference.sort == Sort::Added || self.choice.takes(own);
        let mut wanted: Vec<&mut Numbered> = differences.iter_mut().filter(is_wanted).collect();
        let (change, left) = again::take(&mut project, self.today, &wanted.iter().map(|own| &own.difference).collect::<Vec<_>>());
        wanted.iter_mut().for_each(|own| own.taken = true);
        for not_taken in left {
            (wanted[not_taken.at].taken, wanted[not_taken.at].why_not) = (false, Some(not_taken.why));
        }
        let state = if differences.is_empty() {
            State::Same
        } else if differences.iter().any(|own| own.taken) {
            State::Changed
        } else {
            State::Kept
        };
        if !self.dry {
            disk::change(&before, &change)?;
        }
        let path = read::shown(&self.folder.join(GROUP_FILE));
        Ok(vec![Saved { path, state, session: None, differences }])
    }

    /// What is to become of each file.
    fn compared(&self, reading: &Reading, project: &Project, next: &mut usize) -> Vec<Saved> {
        let snapshot = project.snapshot(self.today);
        let group = snapshot.programme().map(|programme| &programme.group);
        let within = read::shown(self.folder);
        let of = |file: &convoca_import::write::File| {
            let session = file.session.and_then(|at| reading.imported.sessions.get(at));
            let there = again::file_of(project, within.trim_end_matches('/'), file, session);
            let path = there.as_ref().map_or_else(|| self.folder.join(&file.name), |(path, _)| PathBuf::from(path));
            let path = read::shown(&path);
            let (state, differences) = match &there {
                Some((_, text)) if *text == file.text => (State::Same, Vec::new()),
                Some((_, text)) if !self.overwrite => match again::differences(&path, text, &file.text, group) {
                    found if found.is_empty() && file.name != GROUP_FILE => (State::Same, found),
                    found => (State::Kept, found),
                },
                _ => (State::Written, Vec::new()),
            };
            Saved { path, state, session: file.session, differences: numbered(differences, next) }
        };
        reading.proposal.files.iter().map(of).collect()
    }

    /// Whom the group does not have yet, and whether a file that is written names them.
    fn newcomers(&self, reading: &Reading, saved: &[Saved], next: &mut usize) -> Vec<(bool, Numbered)> {
        let written: Vec<&str> = saved
            .iter()
            .zip(&reading.proposal.files)
            .filter(|(file, _)| file.state == State::Written)
            .map(|(_, proposed)| proposed.text.as_str())
            .collect();
        let mut found = Vec::new();
        for (id, difference) in again::newcomers(&reading.proposal) {
            let named = format!("\"{id}\"");
            let in_file = written.iter().any(|text| text.contains(&named));
            let chosen = || saved.iter().flat_map(|file| &file.differences).filter(|own| self.choice.takes(own));
            let is_needed = in_file || chosen().any(|own| own.difference.names(&id));
            found.extend(numbered(vec![difference], next).into_iter().map(|own| (is_needed, own)));
        }
        found
    }

    /// The zone that the person says, which a group without one takes.
    fn zone(&self, before: &Project, next: &mut usize) -> Option<(bool, Numbered)> {
        let there = before.text(&read::shown(&self.folder.join(GROUP_FILE)))?;
        let difference = again::zone(there, self.zone?)?;
        let is_needed = difference.sort == Sort::Added;
        numbered(vec![difference], next).pop().map(|own| (is_needed, own))
    }

    /// Makes what was chosen in the project, and notes what was.
    fn take(&self, project: &mut Project, saved: &mut Vec<Saved>, newcomers: Vec<(bool, Numbered)>) -> Change {
        let mut change = Change::default();
        if !newcomers.is_empty() {
            let mut own = Vec::new();
            for (is_needed, mut newcomer) in newcomers {
                if is_needed || self.choice.takes(&newcomer) {
                    make(project, self.today, &mut newcomer, &mut change);
                }
                own.push(newcomer);
            }
            let path = read::shown(&self.folder.join(GROUP_FILE));
            saved.push(Saved { path, state: State::Kept, session: None, differences: own });
        }
        for file in saved.iter_mut() {
            let mut chosen: Vec<&mut Numbered> =
                file.differences.iter_mut().filter(|own| !own.taken && own.why_not.is_none() && self.choice.takes(own)).collect();
            chosen.sort_by(|a, b| a.difference.turn(&b.difference));
            chosen.into_iter().for_each(|own| make(project, self.today, own, &mut change));
            if file.differences.iter().any(|own| own.taken) {
                file.state = State::Changed;
            }
        }
        change
    }
}

/// What was written, and what is left under the numbers by which the next import takes it.
pub(super) fn renumbered(written: Vec<Saved>, mut left: Vec<Saved>) -> Vec<Saved> {
    let mut saved: Vec<Saved> = Vec::new();
    for mut file in written {
        let mut open = left.iter().position(|own| own.path == file.path).map_or_else(Vec::new, |at| left.remove(at).differences);
        open.retain(|own| !own.taken);
        let (taken, before): (Vec<_>, Vec<_>) = file.differences.into_iter().partition(|own| own.taken);
        for own in &mut open {
            let same = before.iter().find(|before| before.difference.what == own.difference.what);
            own.why_not = same.and_then(|before| before.why_not.clone());
        }
        file.differences = taken.into_iter().map(|own| Numbered { number: None, ..own }).chain(open).collect();
        saved.push(file);
    }
    saved.extend(left.into_iter().filter(|file| file.differences.iter().any(|own| !own.taken)));
    saved
}

fn make(project: &mut Project, today: NaiveDate, own: &mut Numbered, change: &mut Change) {
    let (made, left) = again::take(project, today, &[&own.difference]);
    change.steps.extend(made.steps);
    own.why_not = left.into_iter().next().map(|left| left.why);
    own.taken = own.why_not.is_none();
}

fn numbered(differences: Vec<Difference>, next: &mut usize) -> Vec<Numbered> {
    let number = |difference| {
        let number = *next;
        *next += 1;
        Numbered { number: Some(number), difference, taken: false, why_not: None }
    };
    differences.into_iter().map(number).collect()
}
