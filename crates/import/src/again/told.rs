//! What the file of a session says, as far as a document can say it too.

use chrono::NaiveTime;
use convoca_core::decode::Languages;
use convoca_core::diagnostics::{At, Sources};
use convoca_core::edit::SlotPath;
use convoca_core::locale::{Lang, Text};
use convoca_core::model::RoleKind;
use convoca_core::schema::{self, Prose, Speaker, Wording, WrittenSession, WrittenSlot};

/// A text in the languages in which it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    es: Option<String>,
    en: Option<String>,
}

impl Words {
    fn of(languages: Languages<'_>) -> Words {
        let mut own = Words::default();
        for (lang, words) in languages {
            let words = words.map(|words| words.value.trim().to_owned()).filter(|words| !words.is_empty());
            match lang {
                Lang::Es => own.es = words,
                Lang::En => own.en = words,
            }
        }
        own
    }

    pub(super) fn line(words: Option<&At<Wording>>) -> Words {
        words.map(|words| Words::of(words.languages())).unwrap_or_default()
    }

    pub(super) fn prose(words: Option<&At<Prose>>) -> Words {
        words.map(|words| Words::of(words.languages())).unwrap_or_default()
    }

    pub(super) fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Es => self.es.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }

    /// The languages in which it is there.
    pub(super) fn languages(&self) -> Vec<Lang> {
        Lang::ALL.into_iter().filter(|lang| self.get(*lang).is_some()).collect()
    }

    /// In the first language in which it is there.
    pub(super) fn any(&self) -> &str {
        self.es.as_deref().or(self.en.as_deref()).unwrap_or_default()
    }

    pub(super) fn text(&self) -> Text {
        let words = |lang| self.get(lang).unwrap_or_default().to_owned().into();
        Text { es: words(Lang::Es), en: words(Lang::En) }
    }
}

/// Somebody with a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    pub kind: RoleKind,
    /// An id, or a name in one of its spellings; empty where only words tell who it is.
    pub name: String,
    pub words: Words,
    pub tbc: bool,
}

/// An item with what is inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub place: SlotPath,
    pub title: Words,
    pub start: Option<NaiveTime>,
    pub end: Option<NaiveTime>,
    pub minutes: Option<u32>,
    pub description: Words,
    pub room: Words,
    pub roles: Vec<Role>,
    pub items: Vec<Item>,
    pub groups: Vec<Item>,
}

/// A session as a file has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub id: Option<String>,
    pub number: Option<u32>,
    pub date: Option<chrono::NaiveDate>,
    pub title: Words,
    pub objective: Words,
    pub place: Words,
    pub items: Vec<Item>,
}

impl Told {
    /// What a text of a session says; nothing where it cannot be read.
    pub(super) fn of(text: &str) -> Told {
        let mut sources = Sources::default();
        sources.add("session.toml", text.to_owned());
        schema::decode(&sources).0.sessions.first().map(|(_, session)| Told::session(session)).unwrap_or_default()
    }

    fn session(session: &WrittenSession) -> Told {
        Told {
            id: session.id.as_ref().map(|id| id.0.clone()),
            number: session.number.as_ref().map(|number| number.0),
            date: session.date.as_ref().map(|date| date.0),
            title: Words::line(session.title.as_ref()),
            objective: Words::prose(session.objective.as_ref()),
            place: Words::line(session.place.as_ref()),
            items: items(schema::list(&session.slots), &SlotPath::default()),
        }
    }
}

fn items(slots: &[At<WrittenSlot>], within: &SlotPath) -> Vec<Item> {
    slots.iter().enumerate().map(|(at, slot)| item(slot, within.inner(at))).collect()
}

fn item(slot: &WrittenSlot, place: SlotPath) -> Item {
    let mut found = Vec::new();
    found.extend(roles(RoleKind::Speaker, schema::list(&slot.speakers)));
    found.extend(slot.moderator.as_ref().map(|speaker| role(RoleKind::Moderator, speaker)));
    found.extend(roles(RoleKind::Facilitator, schema::list(&slot.facilitators)));
    Item {
        title: Words::line(slot.title.as_ref()),
        start: slot.start.as_ref().map(|start| start.0),
        end: slot.end.as_ref().map(|end| end.0),
        minutes: slot.minutes.as_ref().map(|minutes| minutes.0),
        description: Words::prose(slot.description.as_ref()),
        room: Words::line(slot.place.as_ref()),
        roles: found,
        items: items(schema::list(&slot.items), &place),
        groups: items(schema::list(&slot.groups), &SlotPath::default()),
        place,
    }
}

fn roles(kind: RoleKind, speakers: &[At<Speaker>]) -> impl Iterator<Item = Role> {
    speakers.iter().map(move |speaker| role(kind, speaker))
}

fn role(kind: RoleKind, speaker: &Speaker) -> Role {
    match speaker {
        Speaker::Name(name) => Role { kind, name: name.clone(), words: Words::default(), tbc: false },
        Speaker::Table(table) => {
            let named = table.party.as_ref().or(table.person.as_ref()).map(|name| name.0.clone());
            let tbc = table.tbc.as_ref().is_some_and(|tbc| tbc.value);
            Role { kind, name: named.unwrap_or_default(), words: Words::line(table.who.as_ref()), tbc }
        }
    }
}
