//! Changes of a programme by what they mean. Each gives the steps that make it in the text, in which comments,
//! layout and every other line stay byte for byte, and with them the way back; or the reason why it cannot be.
//!
//! ```
//! use chrono::{NaiveDate, NaiveTime};
//! use convoca_core::edit::{Bound, Operation, plan};
//! use convoca_core::project::Project;
//! let written = "id = 'one'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'Una', en = 'One' }\n\n\
//!                [[slots]]\nstart = \"10:00\"\nend = \"11:45\"  # hasta el receso\ntitle = { es = 'A', en = 'B' }\n";
//! let mut project = Project::default();
//! project.set("sessions/1.toml", written);
//! let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
//!
//! let to = NaiveTime::from_hms_opt(10, 45, 0).unwrap();
//! let operation = Operation::SetHour { session: "one".into(), slot: 0.into(), bound: Bound::End, to };
//! let change = plan(&project.snapshot(today), &operation).unwrap();
//! project.apply(&change).unwrap();
//! assert!(project.text("sessions/1.toml").unwrap().contains("end = \"10:45\"  # hasta el receso\n"));
//!
//! project.apply(&change.inverse()).unwrap();
//! assert_eq!(project.text("sessions/1.toml"), Some(written));
//! ```

mod blocks;
mod draft;
mod fields;
mod findings;
mod group;
mod lists;
mod nesting;
mod operation;
mod place;
mod sections;
mod sessions;
mod slots;
mod speakers;
#[cfg(test)]
mod tests;
mod tree;
mod values;

pub use findings::{Mended, certain_mends};
pub use lists::{List, Listed, NewHoliday};
pub use operation::{Bound, FieldValue, Mark, NewParty, NewPerson, NewSlot, Operation, SlotPath, Who};

use std::fmt;

use toml::de::DeTable;

use crate::diagnostics::{FileId, Label, Subject};
use crate::locale::Text;
use crate::project::{Change, Outdated, Snapshot};
use crate::schema::{BRANDING_FILE, CONCEPT_NOTE_FILE, GROUP_FILE};
use crate::text;
use draft::Draft;
use tree::Key;

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub reason: Text,
    /// What stands in its way, and where.
    pub places: Vec<Label>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason.both())
    }
}

impl std::error::Error for Refusal {}

impl From<Outdated> for Refusal {
    fn from(outdated: Outdated) -> Refusal {
        outdated.message().into()
    }
}

impl From<Text> for Refusal {
    fn from(reason: Text) -> Refusal {
        Refusal { reason, places: Vec::new() }
    }
}

/// Works out what an operation changes. Making it is [`crate::project::Project::apply`], unmaking it
/// [`Change::inverse`].
///
/// # Errors
/// What the operation speaks of is not there, is there already, or is laid out in the file in a way that cannot
/// be changed without touching anything else.
pub fn plan(snapshot: &Snapshot, operation: &Operation) -> Result<Change, Refusal> {
    let desk = Desk { snapshot };
    let change = desk.plan(operation)?;
    let texts = change.texts(|path| desk.text(path))?;
    // The last guard: nothing that a person could not read afterwards.
    for (path, after) in texts {
        let reads = |text: &str| !path.ends_with(".toml") || DeTable::parse(text).is_ok();
        if after.as_deref().is_some_and(|after| !reads(after)) && desk.text(&path).is_none_or(reads) {
            let reason = text!(
                "`{path}` is laid out in a way in which this cannot be changed: change it in the text",
                "`{path}` está escrito de una forma en la que esto no se puede cambiar: cámbielo en el texto"
            );
            return Err(reason.into());
        }
    }
    Ok(change)
}

/// Where operations are worked out.
struct Desk<'a> {
    snapshot: &'a Snapshot,
}

impl<'a> Desk<'a> {
    fn plan(&self, operation: &Operation) -> Result<Change, Refusal> {
        match operation {
            Operation::SetHour { session, slot, bound, to } => self.set_hour(session, slot, *bound, *to),
            Operation::SetMinutes { session, slot, to } => self.set_minutes(session, slot, *to),
            Operation::DeclareTime { session, slot, start, end, minutes } => {
                self.declare_time(session, slot, (*start, *end, *minutes))
            }
            Operation::MarkSlot { session, slot, mark, to } => self.mark_slot(session, slot, *mark, *to),
            Operation::SetDay { session, slot, to } => self.set_day(session, slot, *to),
            Operation::MoveSlot { session, slot, to } => self.move_slot(session, slot, *to),
            Operation::StretchSlot { session, slot, to } => self.stretch_slot(session, slot, *to),
            Operation::SetTime { session, slot, start, minutes, follow } => {
                self.set_time(session, slot, *start, *minutes, *follow)
            }
            Operation::ShiftSlots { session, from, minutes } => self.shift_slots(session, from, *minutes),
            Operation::AddSlot { session, at, slot } => self.add_slot(session, at, slot),
            Operation::SplitSlot { session, slot, at, title } => self.split_slot(session, slot, *at, title),
            Operation::RemoveSlot { session, slot } => self.remove_slot(session, slot),
            Operation::ReorderSlot { session, slot, to } => self.reorder_slot(session, slot, *to),
            Operation::NestSlot { session, slot } => self.nest_slot(session, slot),
            Operation::LiftSlot { session, slot } => self.lift_slot(session, slot),
            Operation::SetTitle { of, lang, to } => self.set_title(of, *lang, to),
            Operation::AddSpeaker { to, role, who, tbc } => self.add_speaker(to, *role, who, *tbc),
            Operation::ConfirmSpeaker { of, role, index } => self.confirm_speaker(of, *role, *index),
            Operation::DoubtSpeaker { of, role, index } => self.doubt_speaker(of, *role, *index),
            Operation::RemoveSpeaker { of, role, index } => self.remove_speaker(of, *role, *index),
            Operation::SetField { of, field, to } => self.set_field(of, field, to.as_ref()),
            Operation::AddListed { to, listed } => self.add_listed(to, listed),
            Operation::RemoveListed { of, list, at } => self.remove_listed(of, *list, *at),
            Operation::AddParty { id, name, kind, country, member } => {
                self.add_party(id, name, *kind, country.as_deref(), *member)
            }
            Operation::AddPerson { id, name, party } => self.add_person(id, name, party.as_deref()),
            Operation::Enlist { parties, people } => self.enlist(parties, people),
            Operation::SetStatus { session, to } => self.set_status(session, *to),
            Operation::Waive { finding, reason } => self.waive(*finding, reason),
            Operation::ApplyMend { finding, mend } => self.apply_mend(*finding, *mend),
            Operation::AddSession { id, number, date, title } => self.add_session(id, *number, *date, title),
            Operation::RenameSession { session, id, number } => self.rename_session(session, id.as_deref(), *number),
            Operation::SetDate { session, to } => self.set_date(session, *to),
            Operation::MoveSession { session, date, start } => self.move_session(session, *date, *start),
            Operation::AddSection { parent, at, id, title } => self.add_section(parent.as_deref(), *at, id, title),
            Operation::RenameSection { section, id } => self.rename_section(section, id),
            Operation::MoveSection { section, to } => self.move_section(section, *to),
            Operation::RemoveSection { section } => self.remove_section(section),
        }
    }

    fn text(&self, path: &str) -> Option<&'a str> {
        let sources = self.snapshot.sources();
        match sources.find(path) {
            Some(file) => Some(sources.get(file)).filter(|file| file.readable).map(|file| file.text.as_str()),
            None => self.snapshot.other(path).and_then(|content| content.as_text()),
        }
    }

    /// The file of a session, by its id or its path.
    fn session(&self, name: &str) -> Result<FileId, Refusal> {
        let sessions = &self.snapshot.written().sessions;
        let by_path = self.snapshot.sources().find(name).filter(|file| sessions.iter().any(|(own, _)| own == file));
        let mut found = sessions.iter().filter(|(_, session)| session.id.as_ref().is_some_and(|own| own.0 == name));
        match (found.next(), found.next(), by_path) {
            (Some((file, _)), None, _) => Ok(*file),
            (None, _, Some(file)) => Ok(file),
            (Some(_), Some(_), _) => {
                Err(text!("two sessions have the id `{name}`", "dos sesiones tienen el identificador `{name}`").into())
            }
            (None, ..) => Err(text!("there is no session `{name}`", "no hay ninguna sesión `{name}`").into()),
        }
    }

    fn draft(&self, file: FileId) -> Result<Draft, Refusal> {
        let file = self.snapshot.sources().get(file);
        Draft::new(&file.path, &file.text)
    }

    fn session_draft(&self, name: &str) -> Result<Draft, Refusal> {
        self.draft(self.session(name)?)
    }

    fn group_draft(&self) -> Result<Draft, Refusal> {
        let Some((file, _)) = self.snapshot.written().group else { return Err(no_file(GROUP_FILE)) };
        self.draft(file)
    }

    fn note_draft(&self) -> Result<Draft, Refusal> {
        let Some((file, _)) = self.snapshot.written().concept_note else { return Err(no_file(CONCEPT_NOTE_FILE)) };
        self.draft(file)
    }

    /// The file that says how documents look; where there is none yet, an empty one.
    fn branding_draft(&self) -> Result<Draft, Refusal> {
        let found = self.snapshot.templates().find(|(name, ..)| *name == BRANDING_FILE);
        let Some((_, path, content)) = found else { return Ok(Draft::fresh(&self.snapshot.template_path(BRANDING_FILE))) };
        let unreadable = || Refusal::from(text!("`{path}` cannot be read", "`{path}` no se puede leer"));
        Draft::new(path, content.as_text().ok_or_else(unreadable)?)
    }

    /// The file in which something stands, and the steps that lead there.
    fn open(&self, subject: &Subject) -> Result<(Draft, Vec<Key<'static>>), Refusal> {
        let (draft, path) = match subject {
            Subject::Session { session } => (self.session_draft(session)?, Vec::new()),
            Subject::Slot { session, slot } => (self.session_draft(session)?, slots::path(&[*slot])),
            Subject::Item { session, slot, items } => {
                (self.session_draft(session)?, slots::path(&[&[*slot], &items[..]].concat()))
            }
            Subject::BreakOut { session, slot, group } => {
                let inner = [Key::Name("groups"), Key::Index(*group)];
                (self.session_draft(session)?, [&slots::path(&[*slot])[..], &inner].concat())
            }
            Subject::Group | Subject::Party { .. } | Subject::Person { .. } => (self.group_draft()?, Vec::new()),
            Subject::ConceptNote => (self.note_draft()?, Vec::new()),
            Subject::Section { id } => {
                let draft = self.note_draft()?;
                let path = sections::path(&draft, id)?;
                (draft, path)
            }
            Subject::Branding => (self.branding_draft()?, Vec::new()),
            Subject::Programme | Subject::Template { .. } => {
                let what = subject.mention();
                let reason = text!(l, what = what.get(l).to_owned();
                    "this is changed in the text of the {what} itself", "esto se cambia en el texto mismo: {what}");
                return Err(reason.into());
            }
        };
        if !path.is_empty() && draft.written(&path).is_none() {
            let what = subject.mention();
            return Err(text!(l, what = what.get(l).to_owned(); "there is no {what}", "no existe: {what}").into());
        }
        Ok((draft, path))
    }
}

fn no_file(name: &str) -> Refusal {
    text!("there is no `{name}` that can be read", "no hay ningún `{name}` que se pueda leer").into()
}

impl From<Draft> for Change {
    fn from(draft: Draft) -> Change {
        draft.into_change()
    }
}
