//! The programme as everybody may read it.

use std::ops::Deref;

use super::{Calls, Programme, Session, Slot};
use crate::decode::{Field, Visibility};
use crate::locale::{Lang, Text};

/// What stands in a published text where somebody wrote a link to a call.
pub static COVER: Text = Text::fixed("(link in the invitation)", "(enlace en la invitación)");

/// A programme that holds no link to a call but those that the group publishes. Whatever is made for
/// everybody is made from one.
#[derive(Clone, Debug)]
pub struct Public(Programme);

impl Deref for Public {
    type Target = Programme;

    fn deref(&self) -> &Programme {
        &self.0
    }
}

impl Programme {
    /// What is said of a field where it is declared decides: what everybody reads is covered where it holds a link
    /// to a call, what only invitees read is here where the session publishes its call, and the rest is not.
    pub fn public(&self) -> Public {
        Public(self.shown(|session| session.publish_join_link))
    }

    /// The programme as those may read it who are invited to its sessions: with the link of each call and how to join
    /// it, and else like the public one.
    pub fn invited(&self) -> Programme {
        self.shown(|_| true)
    }

    /// With what only invitees read of the sessions that are `open`.
    fn shown(&self, open: impl Fn(&Session) -> bool) -> Programme {
        let calls = Calls::of(self);
        let show = |field: &Field, text: &mut Text, session: Option<&Session>| {
            let is_theirs = field.visibility == Visibility::Invitees && session.is_some_and(&open);
            // Whoever may join the call of a session may not join those of the others.
            if is_public(field, session) {
                cover(text, &calls, session);
                return true;
            }
            is_theirs
        };
        let mut public = self.clone();
        public.group.retain_texts(&mut |field, text| show(field, text, None));
        if let Some(organizer) = &mut public.group.organizer {
            organizer.formerly = None;
        }
        public.group.parties.iter_mut().for_each(|party| {
            party.email = None;
            party.also.clear();
            party.copy.clear();
            party.absences.clear();
        });
        public.group.people.iter_mut().for_each(|person| {
            person.email = None;
            person.also.clear();
            person.copy.clear();
            person.absences.clear();
        });
        for (session, own) in public.sessions.iter_mut().zip(&self.sessions) {
            session.retain_texts(&mut |field, text| show(field, text, Some(own)));
            if !open(own) {
                session.join_link = None;
                session.documents.clear();
            }
            session.slots.iter_mut().for_each(|slot| cover_links(slot, &calls, own));
        }
        if let Some(note) = &mut public.concept_note {
            note.retain_texts(&mut |field, text| show(field, text, None));
        }
        public
    }
}

/// Whether everybody may read a field: of a session, or of the programme as a whole.
pub fn is_public(field: &Field, session: Option<&Session>) -> bool {
    match field.visibility {
        Visibility::Published => true,
        Visibility::Invitees => session.is_some_and(|session| session.publish_join_link),
        Visibility::Never => false,
    }
}

/// A link to a call is none to a document.
fn cover_links(slot: &mut Slot, calls: &Calls, session: &Session) {
    slot.materials.retain(|material| calls.within(&material.link.value, Some(session)).is_empty());
    slot.items.iter_mut().chain(&mut slot.groups).for_each(|slot| cover_links(slot, calls, session));
}

fn cover(text: &mut Text, calls: &Calls, session: Option<&Session>) {
    for lang in Lang::ALL {
        let places = calls.within(text.get(lang), session);
        if places.is_empty() {
            continue;
        }
        let mut covered = text.get(lang).to_owned();
        places.into_iter().rev().for_each(|place| covered.replace_range(place, COVER.get(lang)));
        match lang {
            Lang::Es => text.es = covered.into(),
            Lang::En => text.en = covered.into(),
        }
    }
}
