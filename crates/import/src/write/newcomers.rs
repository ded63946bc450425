//! Organisations and people whom a group that is there does not have yet.

use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::{Lang, Text};
use convoca_core::text;

use crate::parties::{Cast, NewParty, NewPerson};

/// Somebody who is new to the group.
#[derive(Clone, Debug)]
pub enum Newcomer {
    Party(NewParty),
    Person(NewPerson),
}

impl Newcomer {
    pub(crate) fn all(cast: &Cast) -> Vec<Newcomer> {
        let parties = cast.parties.iter().cloned().map(Newcomer::Party);
        parties.chain(cast.people.iter().cloned().map(Newcomer::Person)).collect()
    }

    pub fn id(&self) -> &str {
        match self {
            Newcomer::Party(party) => &party.id,
            Newcomer::Person(person) => &person.id,
        }
    }

    /// How a list of differences tells it.
    pub fn what(&self) -> Text {
        match self {
            Newcomer::Party(party) => {
                let name = &party.name;
                text!("+ organisation \"{name}\": new to the group", "+ organización «{name}»: nueva en el grupo")
            }
            Newcomer::Person(person) => {
                let name = &person.name;
                text!("+ person \"{name}\": new to the group", "+ persona «{name}»: nueva en el grupo")
            }
        }
    }

    /// What puts it into `group.toml`, with its texts in that language.
    pub(crate) fn operations(&self, lang: Lang) -> Vec<Operation> {
        match self {
            Newcomer::Party(party) => organisation(party, lang),
            Newcomer::Person(person) => somebody(person, lang),
        }
    }
}

fn organisation(party: &NewParty, lang: Lang) -> Vec<Operation> {
    let id = party.id.clone();
    let words = |es: &str, en: &str| Text { es: es.to_owned().into(), en: en.to_owned().into() };
    let one = |text: &str| match lang {
        Lang::Es => words(text, ""),
        Lang::En => words("", text),
    };
    let name = party.known.map_or_else(|| one(&party.name), |known| words(known.es, known.en));
    let country = party.country.map(str::to_owned);
    let mut operations = vec![Operation::AddParty { id: id.clone(), name, kind: party.kind, country, member: false }];
    let of = Subject::Party { id };
    let acronyms = match (party.known, &party.acronym) {
        (Some(known), _) => vec![("es", known.es_acronym.to_owned()), ("en", known.en_acronym.to_owned())],
        (None, Some(own)) if *own != party.name => vec![(lang.code(), own.clone())],
        _ => Vec::new(),
    };
    operations.extend(acronyms.into_iter().map(|(code, acronym)| Operation::SetField {
        of: of.clone(),
        field: format!("acronym.{code}"),
        to: Some(FieldValue::Line(acronym)),
    }));
    operations
}

fn somebody(person: &NewPerson, lang: Lang) -> Vec<Operation> {
    let (id, name) = (person.id.clone(), person.name.clone());
    let mut operations = vec![Operation::AddPerson { id: id.clone(), name, party: None }];
    operations.extend(person.role.as_ref().map(|role| Operation::SetField {
        of: Subject::Person { id: id.clone() },
        field: format!("role.{}", lang.code()),
        to: Some(FieldValue::Line(role.clone())),
    }));
    operations.extend(person.email.as_ref().map(|email| Operation::SetField {
        of: Subject::Person { id: id.clone() },
        field: "email".to_owned(),
        to: Some(FieldValue::Line(email.clone())),
    }));
    operations
}
