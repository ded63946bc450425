//! What a person does to the programme, in the words of a page, and the operations that it comes to.

mod called;
mod fields;
mod hours;
mod items;
mod note;
mod people;
mod sessions;
mod words;

use convoca_core::edit::{self, Operation};
use convoca_core::locale::Text;
use convoca_core::text;
use serde::Deserialize;

use crate::begin;
use crate::draft::Draft;
use crate::refused::Refused;
use words::{About, At, Both, Keep, Language, Listed, Part, Role, Value, Which, Whom};

/// Something to be done. Items are counted from 0.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// An hour or a length as it was typed.
    Time {
        session: String,
        slot: At,
        part: Part,
        typed: String,
        keep: Keep,
    },
    /// An item put at an hour (minutes after the midnight before it) with a length.
    Place {
        session: String,
        slot: At,
        start: u32,
        minutes: u32,
        follow: bool,
    },
    /// A new item before another, where that one began; what follows goes along if asked.
    AddSlot {
        session: String,
        at: At,
        title: Both,
        minutes: Option<u32>,
        follow: bool,
    },
    Split {
        session: String,
        slot: At,
        typed: String,
        title: Both,
    },
    /// Takes an item out; what follows closes the gap if asked.
    RemoveSlot {
        session: String,
        slot: At,
        follow: bool,
    },
    /// Puts an item at another place among those beside it; those between change hours with it.
    Reorder {
        session: String,
        slot: At,
        to: usize,
    },
    /// Puts an item inside the one before it.
    Nest {
        session: String,
        slot: At,
    },
    /// Takes an item out of the one that it is inside of.
    Lift {
        session: String,
        slot: At,
    },
    /// Lets an item run at the same time as another one beside it, or again after what is before it.
    Beside {
        session: String,
        slot: At,
        with: Option<usize>,
    },
    Title {
        of: About,
        lang: Language,
        to: String,
    },
    /// Any other key of something; nothing takes it away.
    Field {
        of: About,
        field: String,
        to: Option<Value>,
    },
    /// Puts something at the end of one of the lists of something.
    AddListed {
        to: About,
        listed: Listed,
    },
    RemoveListed {
        of: About,
        list: Which,
        at: usize,
    },
    AddSpeaker {
        to: About,
        role: Role,
        who: Whom,
        tbc: bool,
    },
    Tbc {
        of: About,
        role: Role,
        index: usize,
        tbc: bool,
    },
    RemoveSpeaker {
        of: About,
        role: Role,
        index: usize,
    },
    AddPerson {
        name: String,
        party: Option<String>,
    },
    AddParty {
        name: Both,
        kind: String,
        country: Option<String>,
        member: bool,
    },
    Status {
        session: String,
        to: String,
    },
    MoveSession {
        session: String,
        date: Option<String>,
        start: Option<String>,
    },
    /// From when until when a session lasts, as it was typed; nothing leaves the end to its items.
    SessionHours {
        session: String,
        part: Part,
        typed: String,
    },
    /// A new session, at an hour and for so long if they are known.
    AddSession {
        title: Both,
        date: String,
        #[serde(default)]
        hours: Option<(String, String)>,
    },
    /// The file of a group where there is none; the hours are those of a zone of its first country.
    NewGroup {
        name: Both,
        zone: String,
        countries: Vec<String>,
    },
    Waive {
        finding: usize,
        reason: String,
    },
    Mend {
        finding: usize,
        mend: usize,
    },
    /// All that have one right mend.
    MendAll,
    AddSection {
        parent: Option<String>,
        at: usize,
        title: Both,
    },
    MoveSection {
        section: String,
        to: usize,
    },
    RemoveSection {
        section: String,
    },
}

impl Command {
    /// Works out what it comes to, and says what it does.
    pub(crate) fn make(&self, draft: &mut Draft<'_>) -> Result<Text, Refused> {
        match self {
            Command::Time { session, slot, part, typed, keep } => {
                hours::typed(draft, (session, &slot.into()), *part, typed, *keep)
            }
            Command::Place { session, slot, start, minutes, follow } => {
                hours::place(draft, (session, &slot.into()), *start, *minutes, *follow)
            }
            Command::AddSlot { session, at, title, minutes, follow } => {
                items::add(draft, (session, &at.into()), title, *minutes, *follow)
            }
            Command::Split { session, slot, typed, title } => items::split(draft, (session, &slot.into()), typed, title),
            Command::RemoveSlot { session, slot, follow } => items::remove(draft, (session, &slot.into()), *follow),
            Command::Reorder { session, slot, to } => items::reorder(draft, (session, &slot.into()), *to),
            Command::Nest { session, slot } => items::nest(draft, (session, &slot.into())),
            Command::Lift { session, slot } => items::lift(draft, (session, &slot.into())),
            Command::Beside { session, slot, with } => items::parallel(draft, (session, &slot.into()), *with),
            Command::Title { of, lang, to } => fields::title(draft, of, *lang, to),
            Command::Field { of, field, to } => fields::set(draft, of, field, to.as_ref()),
            Command::AddListed { to, listed } => fields::add_listed(draft, to, listed),
            Command::RemoveListed { of, list, at } => fields::remove_listed(draft, of, *list, *at),
            Command::AddSpeaker { to, role, who, tbc } => people::add_speaker(draft, to, *role, who, *tbc),
            Command::Tbc { of, role, index, tbc } => people::tbc(draft, of, *role, *index, *tbc),
            Command::RemoveSpeaker { of, role, index } => {
                draft.make(&Operation::RemoveSpeaker { of: of.into(), role: (*role).into(), index: *index })?;
                Ok(Text::fixed("take out somebody", "quitar a alguien"))
            }
            Command::AddPerson { name, party } => people::person(draft, name, party.as_deref()),
            Command::AddParty { name, kind, country, member } => people::party(draft, name, kind, country.as_deref(), *member),
            Command::Status { session, to } => sessions::status(draft, session, to),
            Command::MoveSession { session, date, start } => sessions::put(draft, session, date.as_deref(), start.as_deref()),
            Command::SessionHours { session, part, typed } => sessions::hours(draft, session, *part, typed),
            Command::AddSession { title, date, hours } => sessions::add(draft, title, date, hours.as_ref()),
            Command::NewGroup { name, zone, countries } => begin::group(draft, &name.into(), zone, countries),
            Command::Waive { finding, reason } => {
                draft.make(&Operation::Waive { finding: *finding, reason: reason.clone() })?;
                Ok(Text::fixed("accept a finding", "aceptar un hallazgo"))
            }
            Command::Mend { finding, mend } => {
                draft.make(&Operation::ApplyMend { finding: *finding, mend: *mend })?;
                Ok(Text::fixed("mend a finding", "corregir un hallazgo"))
            }
            Command::MendAll => mend_all(draft),
            Command::AddSection { parent, at, title } => note::add(draft, parent.as_deref(), *at, title),
            Command::MoveSection { section, to } => {
                draft.make(&Operation::MoveSection { section: section.clone(), to: *to })?;
                Ok(Text::fixed("move a section", "mover una sección"))
            }
            Command::RemoveSection { section } => {
                draft.make(&Operation::RemoveSection { section: section.clone() })?;
                Ok(Text::fixed("take out a section", "quitar una sección"))
            }
        }
    }
}

fn mend_all(draft: &mut Draft<'_>) -> Result<Text, Refused> {
    let mended = edit::certain_mends(draft.snapshot());
    let count: usize = mended.iter().map(|file| file.mends).sum();
    for file in mended {
        draft.apply(file.change)?;
    }
    Ok(text!("make {count} sure mends", "hacer {count} correcciones seguras"))
}
