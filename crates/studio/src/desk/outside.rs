//! What somebody else does to the files meanwhile: taken, put together with what was done here, or asked about.

use convoca_core::decode::rules::UNREADABLE_FILE;
use convoca_core::diagnostics::{Diagnostic, Span, Subject};
use convoca_core::locale::{Lang, Text};
use convoca_core::project::{Change, Project, Step};
use convoca_core::schema::{CONCEPT_NOTE_FILE, GROUP_FILE};
use convoca_core::text;

use super::{Act, Desk};
use crate::merge::{self, Piece};
use crate::refused::Refused;

/// What somebody else made of a file that has changes here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// `None` where the file is gone.
    pub theirs: Option<Vec<u8>>,
}

/// What both changed: what each has there.
#[derive(Clone, Debug)]
pub struct Clash {
    pub about: Subject,
    pub mine: Vec<Said>,
    pub theirs: Vec<Said>,
}

/// A key and what it says, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// As findings name it; nothing for a line that is the middle of something.
    pub field: Option<String>,
    pub value: String,
}

impl Desk {
    pub fn outside(&self) -> &std::collections::BTreeMap<String, Outside> {
        &self.outside
    }

    /// Whether a file that lies on the disk so is news.
    pub fn knows(&self, path: &str, bytes: Option<&[u8]>) -> bool {
        let waiting = self.outside.get(path).map(|outside| outside.theirs.as_deref());
        waiting.unwrap_or_else(|| self.saved.get(path).map(Vec::as_slice)) == bytes
    }

    /// Somebody else wrote a file, or took it away. Where nothing was changed here it is taken as it is; where both
    /// changed different things they are put together; where both changed the same it waits for [`Desk::settle`] or
    /// [`Desk::take`]. Says whether it waits.
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
        let pieces = self.pieces(path).filter(|pieces| !pieces.iter().any(|piece| matches!(piece, Piece::Clash { .. })));
        let Some(together) = pieces.map(|pieces| merge::text(&pieces, |_| false)).filter(|text| self.reads(path, text)) else {
            return true;
        };
        self.put_together(path, together);
        false
    }

    /// What both changed in a file that waits. `None` where they cannot be put together piece by piece: one took the
    /// file away, or both made it.
    pub fn clashes(&self, path: &str) -> Option<Vec<Clash>> {
        let pieces = self.pieces(path)?;
        let (mine, theirs) = (self.stretches(path, &pieces, false), self.stretches(path, &pieces, true));
        let clashes = mine.into_iter().zip(theirs).map(|((about, mine), (other, theirs))| Clash {
            // What is said on one side alone is named by that side.
            about: if mine.is_empty() { other } else { about },
            mine,
            theirs,
        });
        Some(clashes.collect())
    }

    /// What the lines of a file are about that one version has and another has not; of those that went, what they
    /// were about.
    pub fn changed(&self, path: &str, before: &str, after: &str) -> Vec<(Subject, Option<String>)> {
        let about = |text: &str, other: &str| {
            let lines = merge::changed(other, text);
            let said = lines.into_iter().flat_map(|(at, line)| said_lines(line).into_iter().map(move |(start, _)| at + start));
            subjects(self.today, path, text, said)
        };
        let mut found = about(after, before);
        for gone in about(before, after) {
            if !found.contains(&gone) {
                found.push(gone);
            }
        }
        found
    }

    fn pieces(&self, path: &str) -> Option<Vec<Piece>> {
        let theirs = std::str::from_utf8(self.outside.get(path)?.theirs.as_ref()?).ok()?;
        let base = std::str::from_utf8(self.saved.get(path)?).ok()?;
        Some(merge::merge(base, self.project.text(path)?, theirs))
    }

    /// What is said in each clash, if mine or theirs stand in all of them.
    fn stretches(&self, path: &str, pieces: &[Piece], is_theirs: bool) -> Vec<(Subject, Vec<Said>)> {
        let text = merge::text(pieces, |_| is_theirs);
        let (mut lines, mut stretches) = (Vec::new(), Vec::new());
        let mut at = 0;
        for piece in pieces {
            match piece {
                Piece::Agreed(text) => at += text.len(),
                Piece::Clash { mine, theirs } => {
                    let own = if is_theirs { theirs } else { mine };
                    let found = said_lines(own).into_iter().map(|(start, line)| (stretches.len(), at + start, line));
                    lines.extend(found);
                    stretches.push((Subject::default(), Vec::new()));
                    at += own.len();
                }
            }
        }
        let about = subjects(self.today, path, &text, lines.iter().map(|(_, start, _)| *start));
        for ((stretch, _, line), (subject, field)) in lines.iter().zip(about) {
            let (known, said) = &mut stretches[*stretch];
            if said.is_empty() {
                *known = subject;
            }
            said.push(Said { field, value: (*line).to_owned() });
        }
        stretches
    }

    /// Whether a text says something that can be understood.
    fn reads(&self, path: &str, text: &str) -> bool {
        let mut project = self.project.clone();
        project.set(path, text);
        let snapshot = project.snapshot(self.today);
        let file = snapshot.sources().find(path);
        let is_in = |finding: &&Diagnostic| finding.labels.first().map(|label| label.span.file) == file;
        !snapshot.findings().iter().filter(is_in).any(|finding| finding.check == "syntax")
    }

    /// Decides about what both changed in a file that waits, clash by clash.
    ///
    /// # Errors
    /// Nothing waits there, or what waits is something else by now.
    pub fn settle(&mut self, path: &str, theirs: &[bool]) -> Result<(), Refused> {
        let pieces = self.pieces(path).ok_or_else(|| gone(path))?;
        let count = pieces.iter().filter(|piece| matches!(piece, Piece::Clash { .. })).count();
        if count != theirs.len() {
            return Err(gone(path));
        }
        let text = merge::text(&pieces, |clash| theirs.get(clash).copied().unwrap_or(false));
        self.revision += 1;
        self.put_together(path, text);
        self.notice = None;
        Ok(())
    }

    /// Decides about a file that waits: mine stays and is to be saved over theirs, or theirs takes its place.
    ///
    /// # Errors
    /// Nothing waits there.
    pub fn take(&mut self, path: &str, theirs: bool) -> Result<(), Refused> {
        let outside = self.outside.remove(path).ok_or_else(|| gone(path))?;
        self.revision += 1;
        self.is_outdated = true;
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

    /// A text of which both have a part takes the place of mine; theirs is what lies on the disk. What was done here
    /// is undone as one.
    fn put_together(&mut self, path: &str, text: String) {
        let Some(theirs) = self.outside.remove(path).and_then(|outside| outside.theirs) else { return };
        self.forget(path);
        self.is_outdated = true;
        let before = String::from_utf8(theirs.clone()).ok();
        self.saved.insert(path.to_owned(), theirs);
        let name = self.called(path);
        if before.as_deref() != Some(&text) {
            let label = text!(
                l, name = name.get(l).to_owned();
                "what was changed here of {name}", "lo que se cambió aquí de {name}"
            );
            let step = Step::File { path: path.to_owned(), before, after: Some(text.clone()) };
            self.done.push(Act { label, change: Change::of(step) });
        }
        self.project.set(path, text);
        let snapshot = self.project.snapshot(self.today);
        self.shows(snapshot);
        let notice = text!(
            l, name = name.get(l).to_owned();
            "somebody else changed other things of {name}: they are here now, beside what you changed",
            "otra persona cambió otras cosas de {name}: ya están aquí, junto a lo que usted cambió"
        );
        self.notice = Some((self.revision, notice));
    }

    /// What a file holds, as a sentence speaks of it.
    fn called(&self, path: &str) -> Text {
        let file = self.snapshot.sources().find(path);
        let sessions = self.snapshot.programme().map_or(&[][..], |programme| &programme.sessions);
        match sessions.iter().find(|session| Some(session.file) == file) {
            Some(session) => Text { es: session.mention(Lang::Es).into(), en: session.mention(Lang::En).into() },
            None => match path.rsplit('/').next().unwrap_or(path) {
                GROUP_FILE => Text::fixed("the group", "los datos del grupo"),
                CONCEPT_NOTE_FILE => Text::fixed("the concept note", "la nota conceptual"),
                name => text!("`{name}`", "`{name}`"),
            },
        }
    }

    fn adopt(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        let is_same = self.project.text(path).map(str::as_bytes) == bytes.as_deref();
        self.is_outdated = true;
        self.outside.remove(path);
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
        if !is_same {
            self.forget(path);
            let snapshot = self.project.snapshot(self.today);
            self.shows(snapshot);
        }
    }

    /// Changes of a file that is another's now cannot be undone any more; those of other files can.
    fn forget(&mut self, path: &str) {
        let is_elsewhere = |act: &Act| act.change.steps.iter().all(|step| step.path() != path);
        self.done.retain(is_elsewhere);
        self.undone.retain(is_elsewhere);
    }
}

fn gone(path: &str) -> Refused {
    text!("nothing waits about `{path}`", "nada espera sobre `{path}`").into()
}

/// The lines that say something, each with where it begins behind its indent.
fn said_lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter_map(|line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let said = line.trim();
        (!said.is_empty() && !said.starts_with('#')).then_some((start, said))
    });
    lines.collect()
}

/// What places of a file are about, and the keys that stand there: told by what finds it out for findings. Only the
/// file itself tells it.
fn subjects(
    today: chrono::NaiveDate,
    path: &str,
    text: &str,
    places: impl Iterator<Item = usize>,
) -> Vec<(Subject, Option<String>)> {
    let mut project = Project::in_folders(path.rsplit_once('/').map_or("", |(folder, _)| folder), "");
    project.set(path, text);
    let mut snapshot = project.snapshot(today);
    let Some(file) = snapshot.sources().find(path) else { return places.map(|_| (Subject::default(), None)).collect() };
    let at = |place| Diagnostic::new(&UNREADABLE_FILE, Text::default()).at(Span::new(file, place..place + 1), Text::default());
    let asked = places.map(at).collect();
    snapshot.add_findings(asked).into_iter().map(|told| (told.subject, told.field)).collect()
}
