//! Who is named in a document: organisations and people, each once, matched with those that a group has.

mod kinds;
mod known;
mod listed;
mod names;
mod people;

pub(crate) use kinds::{kind_of, short};
pub use known::Known;
pub(crate) use known::known;
pub(crate) use listed::{contacts, municipalities};
pub(crate) use people::{person_name, person_role};

use std::collections::{BTreeMap, BTreeSet};

use convoca_core::locale::{Text, names::slug};
use convoca_core::model::Programme;
use convoca_core::schema::PartyKind;
use convoca_core::text;

use crate::agenda::{Imported, Role};
use crate::source::Document;
use names::{is_acronym, spelt_out, without_country};
use people::is_person;

/// What a name in the document is to the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A party or person by id.
    Id(String),
    /// A party under another of its names, written as the document has it.
    Spelling(String),
    /// Words for somebody who is neither: "Speakers", "the presidents of the colleges".
    Words(String),
}

impl Who {
    /// A party by the name that it goes by first, or by another.
    fn called(id: &str, name: &str, is_usual: bool) -> Who {
        if is_usual { Who::Id(id.to_owned()) } else { Who::Spelling(name.to_owned()) }
    }
}

/// An organisation that the group does not have yet.
#[derive(Clone, Debug)]
pub struct NewParty {
    pub id: String,
    pub kind: PartyKind,
    pub name: String,
    /// In both languages, where the organisation is known.
    pub known: Option<&'static Known>,
    /// Its acronym, as the document writes it.
    pub acronym: Option<String>,
    pub country: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: String,
    pub name: String,
    pub role: Option<String>,
    /// Her address, where a list has it.
    pub email: Option<String>,
}

/// Everybody who is named.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    pub parties: Vec<NewParty>,
    pub people: Vec<NewPerson>,
    by_name: BTreeMap<String, Who>,
    /// Ids of the group that is there.
    taken: BTreeSet<String>,
    /// Names that may be the same: for a person to settle.
    pub doubts: Vec<Text>,
}

impl Cast {
    /// Who a name is.
    pub fn who(&self, name: &str) -> Who {
        self.by_name.get(name).cloned().unwrap_or_else(|| Who::Words(name.to_owned()))
    }

    /// Everybody in the items of some sessions.
    pub fn of(imported: &Imported, document: &Document, programme: Option<&Programme>) -> Cast {
        let group = programme.map(|programme| &programme.group);
        let taken = group.into_iter().flat_map(|group| {
            let people = group.people.iter().map(|person| person.id.clone());
            group.parties.iter().map(|party| party.id.clone()).chain(people)
        });
        let mut cast = Cast { taken: taken.collect(), ..Cast::default() };
        let spelt = spelt_out(document);
        let speakers = imported.sessions.iter().flat_map(|session| {
            let items = session.items.iter().flat_map(|item| {
                let groups = item.groups.iter().flat_map(|group| &group.speakers);
                item.speakers.iter().chain(groups)
            });
            session.moderator.iter().chain(items)
        });
        for speaker in speakers {
            if speaker.role != Role::All && !speaker.name.is_empty() && !cast.by_name.contains_key(&speaker.name) {
                let who = cast.find(&speaker.name, speaker.tbc, programme, &spelt);
                cast.by_name.insert(speaker.name.clone(), who);
            }
        }
        cast.list(imported, document, programme, &spelt);
        cast
    }

    /// Who stands in a list beside the items.
    fn list(
        &mut self,
        imported: &Imported,
        document: &Document,
        programme: Option<&Programme>,
        spelt: &BTreeMap<String, String>,
    ) {
        let taken = imported.taken();
        let is_beside = |line: usize| !taken.contains(&line);
        for (_, name) in municipalities(document).into_iter().filter(|(line, _)| is_beside(*line)) {
            self.find(&name, false, programme, spelt);
        }
        for contact in contacts(document).into_iter().filter(|contact| is_beside(contact.line)) {
            let Who::Id(id) = self.find(&contact.name, false, programme, spelt) else { continue };
            if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
                person.email.get_or_insert(contact.email);
                person.role = person.role.take().or(contact.role);
            }
        }
    }

    fn find(&mut self, name: &str, tbc: bool, programme: Option<&Programme>, spelt: &BTreeMap<String, String>) -> Who {
        let (plain, country) = without_country(name);
        let wanted = slug(plain);
        let is_usual = |acronym: Option<&str>| acronym.is_none_or(|own| slug(own) == wanted || !is_acronym(plain));
        if let Some(programme) = programme {
            let group = &programme.group;
            if let Some(person) = group.people.iter().find(|person| slug(&person.name) == slug(person_name(name))) {
                return Who::Id(person.id.clone());
            }
            if let Some(party) = group.parties.iter().find(|party| party.names().any(|own| slug(own) == wanted)) {
                let same = party.id == wanted || slug(&party.name.es) == wanted || slug(&party.name.en) == wanted;
                return Who::called(&party.id, plain, same);
            }
            let near = |own: &str| !own.is_empty() && strsim::jaro_winkler(&slug(own), &wanted) > 0.93;
            if let Some(party) = group.parties.iter().find(|party| party.names().any(near)) {
                let id = &party.id;
                self.doubts.push(text!(
                    "is \"{name}\" the party `{id}`? It is proposed as another",
                    "¿«{name}» es la organización `{id}`? Se propone como otra"
                ));
            }
        }
        let known = known(plain);
        if let Some(party) = self.parties.iter().find(|party| {
            slug(&party.name) == wanted || known.is_some_and(|known| party.known.is_some_and(|own| std::ptr::eq(own, known)))
        }) {
            return Who::called(&party.id, plain, is_usual(party.acronym.as_deref()));
        }
        if let Some(person) = self.people.iter().find(|person| slug(&person.name) == slug(person_name(name))) {
            return Who::Id(person.id.clone());
        }
        let organisation = kind_of(plain);
        // "A municipality, to be confirmed" and "the presidents of the colleges" name nobody.
        let words = plain.split_whitespace().count();
        if known.is_none()
            && !is_acronym(plain)
            && (tbc && words == 1 || words > 9 || !plain.starts_with(|c: char| c.is_uppercase() || c == '@'))
        {
            return Who::Words(name.to_owned());
        }
        if organisation.is_none() && known.is_none() && !is_acronym(plain) && is_person(name) {
            let (own, role) = (person_name(name).to_owned(), person_role(name));
            let id = self.free(&slug(&own));
            self.people.push(NewPerson { id: id.clone(), name: own, role, email: None });
            return Who::Id(id);
        }
        if organisation.is_none() && known.is_none() && !is_acronym(plain) && words < 2 {
            return Who::Words(name.to_owned());
        }
        let acronym = known.map_or_else(|| is_acronym(plain).then(|| plain.to_owned()), |known| known.acronym_in(spelt, plain));
        let full = spelt.get(plain).cloned().unwrap_or_else(|| plain.to_owned());
        let id = match known {
            Some(known) => known.en_acronym.to_lowercase().replace(' ', "-"),
            None => slug(short(plain)),
        };
        let id = self.free(&id);
        let kind = known.map(|known| known.kind).or(organisation).unwrap_or(PartyKind::Other);
        let who = Who::called(&id, plain, is_usual(acronym.as_deref()));
        self.parties.push(NewParty { id, kind, name: full, known, acronym, country });
        who
    }

    /// An id that nobody has yet.
    fn free(&self, wanted: &str) -> String {
        let mut wanted: String = wanted.chars().take(40).collect();
        wanted.truncate(wanted.trim_end_matches('-').len());
        if wanted.is_empty() {
            wanted.push_str("party");
        }
        let taken = |id: &str| {
            self.taken.contains(id)
                || self.parties.iter().any(|party| party.id == id)
                || self.people.iter().any(|person| person.id == id)
        };
        if !taken(&wanted) {
            return wanted;
        }
        (2..).map(|number| format!("{wanted}-{number}")).find(|id| !taken(id)).unwrap_or(wanted)
    }
}
