//! A change being worked out, operation after operation, before it is anybody's.

use chrono::{NaiveDate, NaiveTime};
use convoca_core::edit::{self, Operation, SlotPath};
use convoca_core::locale::Text;
use convoca_core::locale::names::slug;
use convoca_core::model::{Group, Session, Slot, SlotTime};
use convoca_core::project::{Change, Project, Snapshot};
use convoca_core::text;

use crate::refused::Refused;

/// The texts with all operations so far made in them.
pub(crate) struct Draft<'a> {
    pub project: Project,
    pub change: Change,
    pub today: NaiveDate,
    /// What was there before the first of them.
    before: &'a Snapshot,
    snapshot: Option<Snapshot>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(project: Project, before: &'a Snapshot) -> Draft<'a> {
        Draft { project, change: Change::default(), today: before.today(), before, snapshot: None }
    }

    /// What is there now. It is looked at anew only after a change: that is most of what a key stroke costs.
    pub(crate) fn snapshot(&mut self) -> &Snapshot {
        match self.change.is_empty() {
            true => self.before,
            false => self.snapshot.get_or_insert_with(|| self.project.snapshot(self.today)),
        }
    }

    pub(crate) fn into_parts(mut self) -> (Project, Change, Snapshot) {
        let snapshot = self.snapshot.take().unwrap_or_else(|| self.project.snapshot(self.today));
        (self.project, self.change, snapshot)
    }

    pub(crate) fn make(&mut self, operation: &Operation) -> Result<(), Refused> {
        let change = edit::plan(self.snapshot(), operation)?;
        self.apply(change)
    }

    pub(crate) fn apply(&mut self, change: Change) -> Result<(), Refused> {
        if !change.is_empty() {
            self.project.apply(&change)?;
            self.change.steps.extend(change.steps);
            self.snapshot = None;
        }
        Ok(())
    }

    pub(crate) fn group(&mut self) -> Result<&Group, Refused> {
        let programme = self.snapshot().programme();
        programme.map(|programme| &programme.group).ok_or_else(|| {
            Text::fixed("the group cannot be read: mend that first", "el grupo no se puede leer: corríjalo primero").into()
        })
    }

    pub(crate) fn session(&mut self, id: &str) -> Result<&Session, Refused> {
        let snapshot = self.snapshot();
        let file = snapshot.sources().find(id);
        let sessions = snapshot.programme().map_or(&[][..], |programme| &programme.sessions);
        let found = sessions.iter().find(|session| session.id.value == id || Some(session.file) == file);
        found.ok_or_else(|| text!("there is no session `{id}`", "no hay ninguna sesión `{id}`").into())
    }

    /// The items of a session, or those inside one of them.
    pub(crate) fn beside(&mut self, session: &str, within: &SlotPath) -> Result<&[Slot], Refused> {
        let gone = || Refused::from(Text::fixed("this item is no longer there", "este punto ya no está"));
        let slots = &self.session(session)?.slots[..];
        within.0.iter().try_fold(slots, |slots, index| Ok(&slots.get(*index).ok_or_else(gone)?.items[..]))
    }

    pub(crate) fn slot(&mut self, session: &str, place: &SlotPath) -> Result<&Slot, Refused> {
        let gone = || Refused::from(Text::fixed("this item is no longer there", "este punto ya no está"));
        let (last, within) = place.0.split_last().ok_or_else(gone)?;
        self.beside(session, &SlotPath(within.to_vec()))?.get(*last).ok_or_else(gone)
    }

    /// When an item is, by the session's clock, and for how many minutes.
    pub(crate) fn time(&mut self, session: &str, place: &SlotPath) -> Result<(SlotTime, NaiveTime, u32), Refused> {
        let time = self.slot(session, place)?.time;
        let time = time.ok_or_else(|| Refused::from(Text::fixed("its hours are not known yet", "aún no se saben sus horas")))?;
        // By the clock: where it changes in between, what is written says so too.
        let minutes = (time.local_end - time.local_start).num_minutes();
        Ok((time, time.local_start.time(), u32::try_from(minutes).unwrap_or(0)))
    }
}

/// An identifier that nothing has yet, from what it is called.
pub(crate) fn free(names: &[&str], taken: impl Fn(&str) -> bool) -> Result<String, Refused> {
    let unnamed = || Refused::from(Text::fixed("a name is missing", "falta el nombre"));
    let word = names.iter().map(|name| slug(name)).find(|word| !word.is_empty()).ok_or_else(unnamed)?;
    let word: String = word.chars().take(48).collect();
    let word = word.trim_end_matches('-').to_owned();
    let numbered = std::iter::once(word.clone()).chain((2..).map(|number| format!("{word}-{number}")));
    numbered.into_iter().find(|id| !taken(id)).ok_or_else(unnamed)
}
