//! What calendars show of a session.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::describe::Description;
use super::invitation::documents;
use super::publish::{event, join_line, public_uid};
use super::{Attachment, Conference, Event, own};
use crate::locale::{Lang, Text};
use crate::model::{Actor, Programme, Session};
use crate::schema;
use crate::time::Place;

/// The page of each session on the web, by its id and language.
pub type Pages = HashMap<(String, Lang), String>;

/// What is published of a programme, with the addresses of pages.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    programme: &'a Programme,
    pages: &'a Pages,
}

impl<'a> Shown<'a> {
    pub(super) fn new(programme: &'a Programme, pages: &'a Pages) -> Shown<'a> {
        Shown { programme, pages }
    }

    /// A session as a whole, for anybody or for somebody, as nothing was published before.
    pub(super) fn event(
        &self,
        session: &Session,
        time: (DateTime<Utc>, DateTime<Utc>),
        whose: Option<&Actor>,
        lang: Lang,
    ) -> Event {
        let group = &self.programme.group;
        let place = self.place(session, whose);
        let own = whose.and_then(|who| own::heading(group, session, &own::parts(session, who), &place, lang));
        let description = Description::new(self.programme, session, time, join_line(session, lang), &place, lang)
            .personal(own, self.closing(session, lang));
        let mut event = event(self.programme, session, time, lang, &description);
        event.uid = public_uid(self.programme, session);
        if let Some(page) = self.page(session, lang) {
            event.url = Some(page.clone());
        }
        let is_held = session.status != schema::Status::Cancelled;
        event.conference = session.join_link.as_ref().filter(|_| is_held).map(|link| Conference {
            uri: link.value.clone(),
            label: Text::fixed("Join the session", "Conectarse a la sesión").get(lang).to_owned(),
        });
        event.contact = event.organizer.as_ref().map(|organizer| format!("{}, {}", organizer.name, organizer.email));
        event.attachments = if is_held { attachments(session) } else { Vec::new() };
        event
    }

    pub(super) fn place(&self, session: &Session, whose: Option<&Actor>) -> Place {
        let group = &self.programme.group;
        whose.and_then(|who| group.place_of(who)).unwrap_or_else(|| group.place_at(&session.zone))
    }

    fn page(&self, session: &Session, lang: Lang) -> Option<&'a String> {
        self.pages.get(&(session.id.value.clone(), lang))
    }

    /// What stands at the end of the description.
    pub(super) fn closing(&self, session: &Session, lang: Lang) -> Vec<String> {
        let word = Text::fixed("Page of the session", "Página de la sesión");
        let page = self.page(session, lang).map(|page| format!("{}: {page}", word.get(lang)));
        documents(session, lang).into_iter().chain(page).collect()
    }
}

/// The documents of a session and of its items, once each.
fn attachments(session: &Session) -> Vec<Attachment> {
    let of_items =
        session.agenda().into_iter().flat_map(|entry| entry.slot.materials.iter().map(|material| &material.link.value));
    let mut found: Vec<Attachment> = Vec::new();
    for uri in session.documents.iter().map(|document| &document.link.value).chain(of_items) {
        if found.iter().all(|known| known.uri != *uri) {
            found.push(Attachment { uri: uri.clone() });
        }
    }
    found
}
