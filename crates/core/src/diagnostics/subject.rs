//! What a finding is about, in the terms of the programme: a form or a calendar can show it in its place.

use schemars::JsonSchema;
use serde::Serialize;

use crate::locale::Text;
use crate::text;

/// What a finding is about. Sessions are named by their id, or by the path of their file where the id is
/// missing or stands twice; sections by their id, or by their place ("2.1") where it is missing. Slots and
/// break-out groups are counted from 0, in the order of the file.
///
/// ```
/// use convoca_core::{diagnostics::Subject, locale::Lang};
/// let slot = Subject::Slot { session: "opening".to_owned(), slot: 2 };
/// assert_eq!(slot.mention().get(Lang::Es), "punto 3 de `opening`");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(
    description = "What a finding is about. Sessions and sections are named by their ids, or by file and place where those are missing; items and break-out groups are counted from 0."
)]
pub enum Subject {
    /// The programme as a whole.
    #[default]
    Programme,
    /// The working group, apart from its parties and people.
    Group,
    Party {
        id: String,
    },
    Person {
        id: String,
    },
    /// A session, apart from its agenda.
    Session {
        session: String,
    },
    Slot {
        session: String,
        slot: usize,
    },
    /// An item inside a slot: its places from there inward.
    Item {
        session: String,
        slot: usize,
        items: Vec<usize>,
    },
    BreakOut {
        session: String,
        slot: usize,
        group: usize,
    },
    /// The concept note, apart from its sections.
    ConceptNote,
    Section {
        id: String,
    },
    /// A template, or the words of the documents.
    Template {
        file: String,
    },
    /// How the documents look.
    Branding,
}

impl Subject {
    /// How a list calls it: "item 3 of `opening`".
    pub fn mention(&self) -> Text {
        match self {
            Subject::Programme => Text::fixed("programme", "programa"),
            Subject::Group => Text::fixed("working group", "grupo de trabajo"),
            Subject::Party { id } => text!("organisation `{id}`", "organización `{id}`"),
            Subject::Person { id } => text!("person `{id}`", "persona `{id}`"),
            Subject::Session { session } => text!("session `{session}`", "sesión `{session}`"),
            Subject::Slot { session, slot } => {
                let slot = slot + 1;
                text!("item {slot} of `{session}`", "punto {slot} de `{session}`")
            }
            Subject::Item { session, slot, items } => {
                let places = std::iter::once(slot).chain(items).map(|place| (place + 1).to_string());
                let places = places.collect::<Vec<_>>().join(".");
                text!("item {places} of `{session}`", "punto {places} de `{session}`")
            }
            Subject::BreakOut { session, slot, group } => {
                let (slot, group) = (slot + 1, group + 1);
                text!("group {group} in item {slot} of `{session}`", "grupo {group} del punto {slot} de `{session}`")
            }
            Subject::ConceptNote => Text::fixed("concept note", "nota conceptual"),
            Subject::Section { id } => text!("section `{id}` of the concept note", "sección `{id}` de la nota conceptual"),
            Subject::Template { file } => text!("template `{file}`", "plantilla `{file}`"),
            Subject::Branding => Text::fixed("branding", "imagen institucional"),
        }
    }
}
