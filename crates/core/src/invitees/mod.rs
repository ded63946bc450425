//! Who is invited to a session, at which address, and what their own part in it is.
//!
//! Invited are every member party and its people unless they are excused, everybody with a role in the session, and its
//! guests and observers. A party
//! without an address of its own is reached through its people; whoever cannot be reached is named.

mod parts;

pub use parts::{OwnPart, parts_of};

use std::collections::HashMap;
use std::sync::Arc;

use crate::locale::{Lang, Text, words};
use crate::model::{Actor, Group, PartyId, PersonId, Programme, Role, RoleKind, Session, address};
use crate::text;
use crate::time::Place;
use parts::{hours_at, parts};

/// An address to which invitations go.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The id of the party or person.
    pub id: String,
    pub name: Text,
    pub email: String,
    pub lang: Lang,
    /// ISO 3166-1 alpha-2, and its name.
    pub country: Option<(&'static str, Text)>,
    /// Where its hour is.
    pub place: Option<Place>,
    pub is_person: bool,
    /// Addresses that get a copy of every mail.
    pub copies: Vec<String>,
    /// Those who read this address: a person may have given that of the party.
    readers: Vec<Reader>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Reader {
    Party(PartyId),
    Person(PersonId),
}

impl Reader {
    fn actor(self) -> Actor {
        match self {
            Reader::Party(party) => Actor::Party(party),
            Reader::Person(person) => Actor::Person(person),
        }
    }
}

/// Somebody invited to a session.
#[derive(Clone, Debug)]
pub struct Invitee {
    pub recipient: Arc<Recipient>,
    /// In the order of the agenda.
    pub own: Vec<OwnPart>,
    /// Invited as an observer, who may come or not.
    pub observes: bool,
}

impl Invitee {
    /// Somebody without a part of their own, for what all invitations of a language have in common.
    pub fn nobody(lang: Lang) -> Invitee {
        let recipient = Recipient {
            id: String::new(),
            name: Text::same("-"),
            email: "nobody@example.org".to_owned(),
            lang,
            country: None,
            place: None,
            is_person: true,
            copies: Vec::new(),
            readers: Vec::new(),
        };
        Invitee { recipient: Arc::new(recipient), own: Vec::new(), observes: false }
    }

    /// By whose clock they are told of a session: their own, or where that is not known the session's.
    pub fn place(&self, group: &Group, session: &Session) -> Place {
        self.recipient.place.clone().unwrap_or_else(|| group.place_at(&session.zone))
    }

    /// Whether the session is theirs to moderate.
    pub fn chairs(&self) -> bool {
        self.own.iter().any(|own| own.slot.is_none())
    }
}

/// Somebody who should be invited, and has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub name: Text,
    pub id: String,
    /// Their role in the session; `None` for a member.
    pub role: Option<RoleKind>,
}

/// Somebody of the group, and where they are reached.
#[derive(Clone, Debug)]
pub struct Contact {
    pub who: Actor,
    pub name: Text,
    /// Where they are written to, if anywhere.
    pub email: Option<String>,
    /// Addresses that get a copy of every mail.
    pub copies: Vec<String>,
    /// ISO 3166-1 alpha-2, and its name.
    pub country: Option<(&'static str, Text)>,
    pub place: Option<Place>,
}

/// Stands for the organizer among the recipients: it is reached, and never written to.
const ORGANIZER: usize = usize::MAX;

/// Who is invited to one session.
#[derive(Clone, Debug, Default)]
pub struct Invited {
    /// In the order of group.toml.
    pub invitees: Vec<Invitee>,
    pub unreachable: Vec<Unreachable>,
}

/// Everybody of the group who has an address.
#[derive(Debug)]
pub struct Invitees<'a> {
    group: &'a Group,
    recipients: Vec<Arc<Recipient>>,
    of_reader: HashMap<Reader, usize>,
    /// The people of a party who have an address.
    people_of: HashMap<PartyId, Vec<usize>>,
    /// Those invited to every session.
    members: Vec<usize>,
    without_address: Vec<Unreachable>,
}

impl<'a> Invitees<'a> {
    pub fn new(programme: &'a Programme) -> Invitees<'a> {
        let group = &programme.group;
        let mut all = Invitees {
            group,
            recipients: Vec::new(),
            of_reader: HashMap::new(),
            people_of: HashMap::new(),
            members: Vec::new(),
            without_address: Vec::new(),
        };
        all.gather();
        for (index, party) in group.parties.iter().enumerate().filter(|(_, party)| party.member) {
            let reached = all.reach(&Reader::Party(PartyId(index)));
            if reached.is_empty() {
                all.without_address.push(Unreachable { name: party.name.value.clone(), id: party.id.clone(), role: None });
            }
            all.members.extend(reached);
            all.members.extend(all.people_of.get(&PartyId(index)).into_iter().flatten());
        }
        all.members.sort_unstable();
        all.members.dedup();
        all
    }

    /// The recipients, one an address. The organizer is none: it sends.
    fn gather(&mut self) {
        let group = self.group;
        let organizer = group.organizer.as_ref().map(|organizer| address(&organizer.email).into_owned());
        if let Some(organizer) = group.organizer.as_ref().filter(|organizer| group.party(organizer.party).email.is_none()) {
            self.of_reader.insert(Reader::Party(organizer.party), ORGANIZER);
        }
        let mut by_address: HashMap<String, usize> = HashMap::new();
        let parties = group.parties.iter().enumerate().map(|(index, party)| {
            let name = party.name.value.clone();
            let reader = Reader::Party(PartyId(index));
            (reader, &party.id, name, &party.email, &party.copy, party.language, Some(PartyId(index)))
        });
        let people = group.people.iter().enumerate().map(|(index, person)| {
            let name = Text::same(person.name.clone());
            let reader = Reader::Person(PersonId(index));
            (reader, &person.id, name, &person.email, &person.copy, person.language, person.party)
        });
        for (reader, id, name, email, copy, language, party) in parties.chain(people) {
            let Some(email) = email else { continue };
            let key = address(email).into_owned();
            if organizer.as_ref() == Some(&key) {
                self.of_reader.insert(reader, ORGANIZER);
                continue;
            }
            let index = *by_address.entry(key.clone()).or_insert_with(|| {
                let place = group.place_of(&reader.actor());
                let party = party.map(|id| group.party(id));
                let country = party.and_then(|party| party.country.clone());
                let lang = language.or(party.and_then(|party| party.language));
                self.recipients.push(Arc::new(Recipient {
                    id: id.clone(),
                    name: name.clone(),
                    email: key,
                    lang: lang.or(group.languages.first().copied()).unwrap_or(Lang::Es),
                    country,
                    place,
                    is_person: matches!(reader, Reader::Person(_)),
                    copies: Vec::new(),
                    readers: Vec::new(),
                }));
                self.recipients.len() - 1
            });
            if let Some(recipient) = Arc::get_mut(&mut self.recipients[index]) {
                // Whoever reads their own party's post is reached with it; others are named beside whom they share with.
                let reads_for = party.filter(|_| matches!(reader, Reader::Person(_))).map(Reader::Party);
                let is_own = recipient.readers.is_empty() || reads_for.is_some_and(|party| recipient.readers.contains(&party));
                if !is_own {
                    recipient.name = text!(l, both = words::join(l, &[recipient.name.get(l), name.get(l)]); "{both}", "{both}");
                }
                recipient.readers.push(reader);
                for other in copy.iter().map(|other| address(&other.value).into_owned()) {
                    // Whoever is written to anyhow, or writes, needs no copy.
                    if other != recipient.email && organizer.as_ref() != Some(&other) && !recipient.copies.contains(&other) {
                        recipient.copies.push(other);
                    }
                }
            }
            self.of_reader.insert(reader, index);
            if let (Reader::Person(_), Some(party)) = (reader, party) {
                self.people_of.entry(party).or_default().push(index);
            }
        }
    }

    /// The addresses at which somebody is reached; the organizer is reached, and not written to.
    fn reach(&self, reader: &Reader) -> Vec<usize> {
        match (self.of_reader.get(reader), reader) {
            (Some(index), _) => vec![*index],
            (None, Reader::Party(party)) => self.people_of.get(party).cloned().unwrap_or_default(),
            (None, Reader::Person(_)) => Vec::new(),
        }
    }

    /// Who is invited to a session.
    pub fn of(&self, session: &Session) -> Invited {
        let mut unreachable = self.without_address.clone();
        let mut own: HashMap<usize, Vec<OwnPart>> = HashMap::new();
        let agenda = session.agenda();
        for (slot, role) in parts(session) {
            let reader = match &role.who {
                Actor::Party(id) => Reader::Party(*id),
                Actor::Person(id) => Reader::Person(*id),
                Actor::Described(_) => continue,
            };
            let reached = self.reach(&reader);
            if reached.is_empty() {
                unreachable.push(self.unreachable(&reader, role.kind));
            }
            let also = match reader {
                Reader::Party(party) => self.people_of.get(&party).into_iter().flatten().copied().collect(),
                Reader::Person(_) => Vec::new(),
            };
            let hours = slot.and_then(|slot| hours_at(&agenda, slot));
            let part = OwnPart { kind: role.kind, slot, hours, tbc: role.tbc };
            // People of a party that can be reached are invited if it is a member; its part is theirs to see.
            let members = also.into_iter().filter(|index| self.members.binary_search(index).is_ok());
            let mut touched: Vec<usize> = reached.into_iter().chain(members).collect();
            touched.sort_unstable();
            touched.dedup();
            for index in touched {
                let parts = own.entry(index).or_default();
                if !parts.contains(&part) {
                    parts.push(part.clone());
                }
            }
        }
        let (mut guests, mut observers) = (Vec::new(), Vec::new());
        for (actors, invited) in [(&session.guests, &mut guests), (&session.observers, &mut observers)] {
            for reader in actors.iter().filter_map(reader) {
                let reached = self.reach(&reader);
                if reached.is_empty() {
                    let (name, id) = self.called(&reader);
                    unreachable.push(Unreachable { name, id, role: None });
                }
                invited.extend(reached);
            }
        }
        unreachable.retain(|one| one.role.is_some() || !self.is_excused(session, &one.id));
        // With a role rather than as a member, and once.
        unreachable.sort_by(|a, b| (&a.id, a.role.is_none()).cmp(&(&b.id, b.role.is_none())));
        unreachable.dedup_by(|later, first| later.id == first.id);
        let members = self.members.iter().filter(|index| !self.recipients.get(**index).is_some_and(|one| excuses(session, one)));
        let mut invited: Vec<usize> = members.chain(own.keys()).chain(&guests).chain(&observers).copied().collect();
        invited.sort_unstable();
        invited.dedup();
        let invitees = invited
            .into_iter()
            .filter_map(|index| {
                let recipient = Arc::clone(self.recipients.get(index)?);
                let own = own.remove(&index).unwrap_or_default();
                // Who observes and is a guest, a member or has a part is asked to come.
                let is_asked = !own.is_empty() || guests.contains(&index) || self.members.binary_search(&index).is_ok();
                Some(Invitee { recipient, own, observes: observers.contains(&index) && !is_asked })
            })
            .collect();
        Invited { invitees, unreachable }
    }

    /// Somebody of the group, by the id of a party or person, with or without an address.
    pub fn contact(&self, id: &str) -> Option<Contact> {
        let group = self.group;
        let who = group.actor(id)?;
        let (reader, name, party) = match &who {
            Actor::Party(id) => (Reader::Party(*id), group.party(*id).name.value.clone(), Some(*id)),
            Actor::Person(id) => (Reader::Person(*id), Text::same(group.person(*id).name.clone()), group.person(*id).party),
            Actor::Described(_) => return None,
        };
        let recipient = self.of_reader.get(&reader).and_then(|index| self.recipients.get(*index));
        Some(Contact {
            name,
            email: recipient.map(|recipient| recipient.email.clone()),
            copies: recipient.map_or_else(Vec::new, |recipient| recipient.copies.clone()),
            country: party.and_then(|id| group.party(id).country.clone()),
            place: group.place_of(&who),
            who,
        })
    }

    /// Whether somebody is to be invited to a session, with or without an address.
    pub fn is_invited(&self, session: &Session, who: &Actor) -> bool {
        is_invited(self.group, session, who)
    }

    fn unreachable(&self, reader: &Reader, role: RoleKind) -> Unreachable {
        let (name, id) = self.called(reader);
        Unreachable { name, id, role: Some(role) }
    }

    fn called(&self, reader: &Reader) -> (Text, String) {
        match reader {
            Reader::Party(id) => (self.group.party(*id).name.value.clone(), self.group.party(*id).id.clone()),
            Reader::Person(id) => (Text::same(self.group.person(*id).name.clone()), self.group.person(*id).id.clone()),
        }
    }

    fn is_excused(&self, session: &Session, id: &str) -> bool {
        self.group.actor(id).is_some_and(|who| session.excused.contains(&who))
    }
}

/// Who reads for somebody of the group; nobody for words that only describe.
fn reader(actor: &Actor) -> Option<Reader> {
    match actor {
        Actor::Party(id) => Some(Reader::Party(*id)),
        Actor::Person(id) => Some(Reader::Person(*id)),
        Actor::Described(_) => None,
    }
}

/// Whether all who read an address are excused from a session.
fn excuses(session: &Session, recipient: &Recipient) -> bool {
    !session.excused.is_empty() && recipient.readers.iter().all(|reader| session.excused.contains(&reader.actor()))
}

/// Whether the programme invites somebody to a session: members and their people to every one, anybody else to
/// those in which they, or somebody of theirs, have a role.
pub fn is_invited(group: &Group, session: &Session, who: &Actor) -> bool {
    let party_of = |actor: &Actor| match actor {
        Actor::Party(party) => Some(*party),
        Actor::Person(person) => group.person(*person).party,
        Actor::Described(_) => None,
    };
    let has_role = |role: &Role| role.who == *who || matches!(who, Actor::Party(own) if party_of(&role.who) == Some(*own));
    let is_guest = || session.guests.iter().chain(&session.observers).any(|guest| guest == who);
    let is_member = party_of(who).is_some_and(|party| group.party(party).member);
    is_member && !session.excused.contains(who) || is_guest() || session.roles().any(has_role)
}

#[cfg(test)]
mod tests;
