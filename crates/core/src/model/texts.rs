//! The texts of the programme. They are declared in the schema, and are here by that alone.

use std::ops::{Deref, DerefMut};

use super::{Actor, ConceptNote, DocumentLink, Group, Material, Party, Person, Role, Section, Session, Slot};
use crate::decode::Field;
use crate::locale::Text;
use crate::schema::{
    self, ConceptNoteTexts, DocumentTexts, GroupTexts, MaterialTexts, PartyTexts, PersonTexts, SectionTexts, SessionTexts,
    SlotTexts,
};

/// Changes a text of a field, and tells whether it is kept.
type Keep<'k> = &'k mut dyn FnMut(&'static Field, &mut Text) -> bool;

/// `session.title` for `session.texts.title`.
macro_rules! texts_of {
    ($($name:ty: $texts:ty;)+) => {
        $(
            impl Deref for $name {
                type Target = $texts;
                fn deref(&self) -> &$texts {
                    &self.texts
                }
            }

            impl DerefMut for $name {
                fn deref_mut(&mut self) -> &mut $texts {
                    &mut self.texts
                }
            }
        )+
    };
}

texts_of! {
    Session: SessionTexts;
    DocumentLink: DocumentTexts;
    Slot: SlotTexts;
    Material: MaterialTexts;
    Group: GroupTexts;
    Party: PartyTexts;
    Person: PersonTexts;
    ConceptNote: ConceptNoteTexts;
    Section: SectionTexts;
}

impl Group {
    /// Its texts and those of its parties and people; what is not kept is gone.
    pub fn retain_texts(&mut self, keep: Keep<'_>) {
        self.texts.retain(keep);
        self.parties.iter_mut().for_each(|party| party.texts.retain(keep));
        self.people.iter_mut().for_each(|person| person.texts.retain(keep));
        self.holidays.iter_mut().for_each(|holiday| retain(schema::Holiday::FIELDS, "name", &mut holiday.name, keep));
        // A place outside the member countries bears the city of its party.
        self.advisors.iter_mut().for_each(|place| retain(schema::Party::FIELDS, "city", &mut place.name, keep));
    }
}

impl ConceptNote {
    /// Its texts and those of its sections; what is not kept is gone.
    pub fn retain_texts(&mut self, keep: Keep<'_>) {
        self.texts.retain(keep);
        self.sections.iter_mut().for_each(|section| section.retain_texts(keep));
    }
}

impl Section {
    fn retain_texts(&mut self, keep: Keep<'_>) {
        self.texts.retain(keep);
        self.sections.iter_mut().for_each(|section| section.retain_texts(keep));
    }
}

impl Session {
    /// Its texts and those of its documents and slots; what is not kept is gone.
    pub fn retain_texts(&mut self, keep: Keep<'_>) {
        self.texts.retain(keep);
        self.moderator.iter_mut().for_each(|role| role.retain_texts(keep));
        self.documents.iter_mut().for_each(|document| document.texts.retain(keep));
        self.slots.iter_mut().for_each(|slot| slot.retain_texts(keep));
    }
}

impl Slot {
    fn retain_texts(&mut self, keep: Keep<'_>) {
        self.texts.retain(keep);
        self.roles.iter_mut().for_each(|role| role.retain_texts(keep));
        self.materials.iter_mut().for_each(|material| material.texts.retain(keep));
        self.items.iter_mut().chain(&mut self.groups).for_each(|slot| slot.retain_texts(keep));
    }
}

impl Role {
    /// The words for somebody who is not known yet.
    fn retain_texts(&mut self, keep: Keep<'_>) {
        if let Actor::Described(text) = &mut self.who {
            retain(schema::SpeakerTable::FIELDS, "who", text, keep);
        }
    }
}

/// A text that the programme holds apart from its record.
fn retain(fields: &'static [Field], key: &str, text: &mut Text, keep: Keep<'_>) {
    let field = fields.iter().find(|field| field.key == key);
    if !field.is_some_and(|field| keep(field, text)) {
        *text = Text::default();
    }
}
