//! The programme as everybody may read it.

use std::ops::Deref;

use super::{Actor, Calls, Programme, Section, Session};
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
    pub fn public(&self) -> Public {
        let calls = Calls::of(self);
        let mut public = self.clone();
        for (session, own) in public.sessions.iter_mut().zip(&self.sessions) {
            if !session.publish_join_link {
                session.join_link = None;
                session.how_to_join = None;
            }
            texts_of_session(session, &mut |text| cover(text, &calls, Some(own)));
        }
        if let Some(note) = &mut public.concept_note {
            cover(&mut note.title, &calls, None);
            note.sections.iter_mut().for_each(|section| texts_of_section(section, &mut |text| cover(text, &calls, None)));
        }
        Public(public)
    }
}

fn texts_of_session(session: &mut Session, each: &mut impl FnMut(&mut Text)) {
    each(&mut session.title.value);
    let optional = [&mut session.objective, &mut session.place, &mut session.how_to_join, &mut session.interpretation];
    optional.into_iter().flatten().for_each(&mut *each);
    let mut roles: Vec<_> = session.moderator.iter_mut().collect();
    for slot in &mut session.slots {
        each(&mut slot.title.value);
        roles.extend(&mut slot.roles);
        for group in &mut slot.groups {
            each(&mut group.title);
            roles.extend(&mut group.roles);
        }
    }
    for role in roles {
        if let Actor::Described(text) = &mut role.who {
            each(text);
        }
    }
}

fn texts_of_section(section: &mut Section, each: &mut impl FnMut(&mut Text)) {
    each(&mut section.title);
    section.text.iter_mut().chain(&mut section.items).for_each(&mut *each);
    section.sections.iter_mut().for_each(|part| texts_of_section(part, each));
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
