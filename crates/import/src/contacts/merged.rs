//! Contacts against the people that a group has: who is new, what is new of whom, and who may be there twice.

use std::collections::BTreeSet;

use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, NewParty, NewPerson, Operation};
use convoca_core::locale::{Lang, Text, names::slug};
use convoca_core::model::{Group, Party, Person};
use convoca_core::schema::PartyKind;
use convoca_core::text;

use super::{Contact, List};
use crate::again::{Difference, Sort};
use crate::parties::{kind_of, known, person_name, person_role};
use crate::write::Note;

/// What a list of contacts brings to a group.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// New people and organisations, what is new of those that are there, and what the list says otherwise.
    pub differences: Vec<Difference>,
    /// For a person to settle.
    pub notes: Vec<Note>,
}

/// Compares a list with a group. What fills a gap is [`Sort::Added`], what contradicts [`Sort::Changed`]; names that may be
/// one person are told, and never merged.
pub fn merged(list: &List, group: &Group) -> People {
    let ids = group.people.iter().map(|person| person.id.clone());
    let taken = ids.chain(group.parties.iter().map(|party| party.id.clone())).collect();
    let people = group.people.iter().map(|person| (slug(person_name(&person.name)), person)).collect();
    let names = |party: &Party| party.names().map(slug).filter(|name| !name.is_empty()).collect();
    let own_parties = group.parties.iter().map(|party| (names(party), party)).collect();
    let (seen, parties) = (Vec::new(), Vec::new());
    let mut merging = Merging { group, lang: list.lang, taken, people, own_parties, seen, parties, found: People::default() };
    list.contacts.iter().for_each(|contact| merging.contact(contact));
    if let (1.., Some(last)) = (list.left, list.contacts.last()) {
        let (left, line) = (list.left, last.line);
        merging.note(
            line,
            text!(
                "{left} more behind this one were not taken: put them into a list of their own",
                "{left} más, tras esta, no se tomaron: póngalas en otra lista"
            ),
        );
    }
    merging.found
}

struct Merging<'a> {
    group: &'a Group,
    lang: Lang,
    taken: BTreeSet<String>,
    /// The people of the group by their names as they are compared, which is worked out once; so are those below.
    people: Vec<(String, &'a Person)>,
    /// Its organisations, by all that they are called.
    own_parties: Vec<(Vec<String>, &'a Party)>,
    /// Contacts of the list so far.
    seen: Vec<(String, Contact)>,
    /// Organisations of the list that the group does not have, by what they are called, and their ids.
    parties: Vec<(String, String)>,
    found: People,
}

impl<'a> Merging<'a> {
    fn contact(&mut self, contact: &Contact) {
        let contact = &self.of_organisation(contact);
        if self.is_double(contact) {
            return;
        }
        self.seen.push((slug(person_name(&contact.name)), contact.clone()));
        self.unread(contact);
        let party = Some(contact.organisation.as_str()).filter(|name| !name.is_empty()).map(|name| self.party(name, contact));
        if contact.name.is_empty() {
            if let Some(party) = party {
                self.organisation_itself(&party, contact);
            }
            return;
        }
        match self.person(contact) {
            Some(person) => self.known_person(person, contact, party),
            None => self.new_person(contact, party),
        }
    }

    /// A row whose name is that of an organisation is about the organisation.
    fn of_organisation(&self, contact: &Contact) -> Contact {
        let name = &contact.name;
        let alone = contact.organisation.is_empty() || slug(&contact.organisation) == slug(name);
        let is_person = || self.people.iter().any(|(own, _)| *own == slug(person_name(name)));
        let is_one = !name.is_empty() && alone && !is_person() && (self.of_group(name).is_some() || known(name).is_some());
        match is_one {
            true => Contact { name: String::new(), organisation: name.clone(), ..contact.clone() },
            false => contact.clone(),
        }
    }

    /// Says what stands in the place of an address, and an address that is nobody's.
    fn unread(&mut self, contact: &Contact) {
        let who = shown(contact);
        for written in &contact.unread {
            self.note(
                contact.line,
                text!(
                    "\"{written}\" is no mail address, and is left out",
                    "«{written}» no es una dirección de correo, y queda fuera"
                ),
            );
        }
        if let (true, Some(email)) = (who.is_empty(), contact.emails.first()) {
            self.note(
                contact.line,
                text!("{email} stands without a name, and is left out", "{email} está sin nombre, y queda fuera"),
            );
        }
    }

    fn note(&mut self, line: usize, what: Text) {
        self.found.notes.push(Note { line, what, doubt: true });
    }

    /// Somebody who stands in the list already: said, and taken once.
    fn is_double(&mut self, contact: &Contact) -> bool {
        let name = slug(person_name(&contact.name));
        let same = |(called, own): &&(String, Contact)| {
            !contact.name.is_empty() && *called == name || contact.emails.first().is_some_and(|email| own.emails.contains(email))
        };
        let Some((called, own)) = self.seen.iter().find(same) else {
            self.near(contact, &name);
            return false;
        };
        let (first, one, other) = (own.line, shown(own), shown(contact));
        let what = match *called == name {
            true => text!(
                "\"{other}\" stands in line {first} already; only that one is taken",
                "«{other}» ya está en el renglón {first}; se toma solo ese"
            ),
            false => text!(
                "\"{other}\" has the address of \"{one}\" in line {first}; only that one is taken",
                "«{other}» tiene el correo de «{one}», del renglón {first}; se toma solo ese"
            ),
        };
        self.note(contact.line, what);
        true
    }

    /// Names that differ by little are asked about.
    fn near(&mut self, contact: &Contact, name: &str) {
        if contact.name.is_empty() {
            return;
        }
        let alike = |own: &str| own != name && strsim::jaro_winkler(own, name) > 0.94;
        let other = &contact.name;
        let doubt = self.people.iter().find(|(own, _)| alike(own)).map(|(_, person)| {
            let id = &person.id;
            text!(
                "is \"{other}\" the person `{id}`? They are put in as another",
                "¿«{other}» es la persona `{id}`? Se agrega como otra"
            )
        });
        let doubt = doubt.or_else(|| {
            self.seen.iter().find(|(own, _)| alike(own)).map(|(_, own)| {
                let (one, line) = (&own.name, own.line);
                text!(
                    "is \"{other}\" the same as \"{one}\" in line {line}? Both are put in",
                    "¿«{other}» es «{one}», del renglón {line}? Se agregan ambas personas"
                )
            })
        });
        if let Some(doubt) = doubt.filter(|_| self.person(contact).is_none()) {
            self.note(contact.line, doubt);
        }
    }

    /// The person of the group by address, or by name.
    fn person(&self, contact: &Contact) -> Option<&'a Person> {
        let has = |person: &Person, email: &String| {
            let own = person.email.iter().chain(&person.also);
            own.into_iter().any(|own| own.value.eq_ignore_ascii_case(email))
        };
        let name = slug(person_name(&contact.name));
        let by_address = self.people.iter().find(|(_, person)| contact.emails.iter().any(|email| has(person, email)));
        by_address.or_else(|| self.people.iter().find(|(own, _)| *own == name)).map(|(_, person)| *person)
    }

    fn add(&mut self, sort: Sort, what: Text, operations: Vec<Operation>) {
        self.found.differences.push(Difference::new(sort, what, operations));
    }

    fn free(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "contact".to_owned() } else { wanted.chars().take(60).collect::<String>() };
        let wanted = wanted.trim_end_matches('-').to_owned();
        let mut id = wanted.clone();
        let mut count = 1;
        while !self.taken.insert(id.clone()) {
            count += 1;
            id = format!("{wanted}-{count}");
        }
        id
    }

    /// The organisation of the group that is called so.
    fn of_group(&self, name: &str) -> Option<&'a Party> {
        let known = known(name);
        let meant: Vec<String> = known.iter().flat_map(|known| [known.en, known.es]).map(slug).chain([slug(name)]).collect();
        let found = self.own_parties.iter().find(|(names, _)| names.iter().any(|own| meant.contains(own)));
        found.map(|(_, party)| *party)
    }

    /// The id of an organisation; it is put in where the group does not have it.
    fn party(&mut self, name: &str, contact: &Contact) -> String {
        if let Some(party) = self.of_group(name) {
            return party.id.clone();
        }
        let (wanted, known) = (slug(name), known(name));
        let same = |own: &&(String, String)| own.0 == wanted;
        if let Some((_, id)) = self.parties.iter().find(same) {
            return id.clone();
        }
        let near = |own: &String| strsim::jaro_winkler(own, &wanted) > 0.93;
        if let Some((_, party)) = self.own_parties.iter().find(|(names, _)| names.iter().any(near)) {
            let id = party.id.clone();
            self.note(
                contact.line,
                text!(
                    "is \"{name}\" the organisation `{id}`? It is put in as another",
                    "¿«{name}» es la organización `{id}`? Se agrega como otra"
                ),
            );
        }
        let short = crate::parties::short(name);
        let id = self.free(&known.map_or_else(|| slug(short), |known| slug(known.en_acronym)));
        let words = match (known, self.lang) {
            (Some(known), _) => Text { es: known.es.into(), en: known.en.into() },
            (None, Lang::Es) => Text { es: name.to_owned().into(), en: "".into() },
            (None, Lang::En) => Text { es: "".into(), en: name.to_owned().into() },
        };
        let kind = known.map(|known| known.kind).or_else(|| kind_of(name)).unwrap_or(PartyKind::Other);
        let country = contact.country.map(str::to_owned);
        let party = NewParty { id: id.clone(), name: words, kind, country, member: false };
        let add = Operation::Enlist { parties: vec![party], people: Vec::new() };
        let what = text!("+ organisation \"{name}\": new to the group", "+ organización «{name}»: nueva en el grupo");
        self.add(Sort::Added, what, vec![add]);
        self.parties.push((wanted, id.clone()));
        id
    }

    /// A row without a person is about the organisation.
    fn organisation_itself(&mut self, id: &str, contact: &Contact) {
        let own = self.group.parties.iter().find(|party| party.id == id);
        let old = own.and_then(|party| party.email.as_ref()).map(|email| email.value.clone());
        let of = Subject::Party { id: id.to_owned() };
        let new = contact.emails.first().cloned().unwrap_or_default();
        self.field(&of, &contact.organisation, "email", (old.as_deref(), &new));
    }

    fn new_person(&mut self, contact: &Contact, party: Option<String>) {
        let name = person_name(&contact.name).to_owned();
        let id = self.free(&slug(&name));
        let post = Some(contact.post.clone()).filter(|post| !post.is_empty()).or_else(|| person_role(&contact.name));
        let role = post.map(|post| match self.lang {
            Lang::Es => Text { es: post.into(), en: "".into() },
            Lang::En => Text { es: "".into(), en: post.into() },
        });
        let (emails, language) = (contact.emails.clone(), contact.language);
        let person = NewPerson { id, name: name.clone(), party, role, emails, language };
        let operations = vec![Operation::Enlist { parties: Vec::new(), people: vec![person] }];
        self.add(
            Sort::Added,
            text!("+ person \"{name}\": new to the group", "+ persona «{name}»: nueva en el grupo"),
            operations,
        );
    }

    fn known_person(&mut self, person: &Person, contact: &Contact, party: Option<String>) {
        let (of, name) = (Subject::Person { id: person.id.clone() }, person.name.clone());
        let old = person.party.map(|party| self.group.party(party).id.clone());
        let post = person.texts.role.as_ref().map(|role| role.get(self.lang).to_owned()).filter(|role| !role.is_empty());
        let email = person.email.as_ref().map(|email| email.value.clone());
        let answers = |own: &String| person.also.iter().any(|also| also.value.eq_ignore_ascii_case(own));
        let new_email = contact.emails.iter().find(|own| !answers(own)).cloned().unwrap_or_default();
        let lang = person.language.map(|lang| lang.code().to_owned());
        let new_lang = contact.language.map(|lang| lang.code().to_owned()).unwrap_or_default();
        self.field(&of, &name, "party", (old.as_deref(), &party.unwrap_or_default()));
        self.field(&of, &name, &format!("role.{}", self.lang.code()), (post.as_deref(), &contact.post));
        self.field(&of, &name, "email", (email.as_deref(), &new_email));
        self.field(&of, &name, "language", (lang.as_deref(), &new_lang));
    }

    /// A value that is there already, in other words, or not yet.
    fn field(&mut self, of: &Subject, name: &str, field: &str, (old, new): (Option<&str>, &str)) {
        let same = |old: &str| if field.starts_with("role") { slug(old) == slug(new) } else { old.eq_ignore_ascii_case(new) };
        if new.is_empty() || old.is_some_and(same) {
            return;
        }
        let set = Operation::SetField { of: of.clone(), field: field.to_owned(), to: Some(FieldValue::Line(new.to_owned())) };
        let (sort, what) = match old {
            None => (Sort::Added, text!("+ {name}: {new}", "+ {name}: {new}")),
            Some(old) => (
                Sort::Changed,
                text!("~ {name}: the group says {old}, the list {new}", "~ {name}: el grupo dice {old}, la lista {new}"),
            ),
        };
        self.add(sort, what, vec![set]);
    }
}

/// How a list tells of a contact.
fn shown(contact: &Contact) -> String {
    if contact.name.is_empty() { contact.organisation.clone() } else { person_name(&contact.name).to_owned() }
}
