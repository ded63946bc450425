//! Organisations and people of the group.

use std::collections::BTreeSet;

use super::draft::{Draft, lines};
use super::tree::{self, Form, Key};
use super::values::Entry;
use super::{Desk, NewParty, NewPerson, Refusal, blocks, values};
use crate::locale::Text;
use crate::locale::names::slug;
use crate::project::Change;
use crate::schema::{PartyKind, keys};
use crate::text;

impl Desk<'_> {
    pub(super) fn add_party(
        &self,
        id: &str,
        name: &Text,
        kind: PartyKind,
        country: Option<&str>,
        member: bool,
    ) -> Result<Change, Refusal> {
        let party = NewParty { id: id.to_owned(), name: name.clone(), kind, country: country.map(str::to_owned), member };
        self.enlist(&[party], &[])
    }

    pub(super) fn add_person(&self, id: &str, name: &str, party: Option<&str>) -> Result<Change, Refusal> {
        let (id, name, party) = (id.to_owned(), name.to_owned(), party.map(str::to_owned));
        self.enlist(&[], &[NewPerson { id, name, party, ..NewPerson::default() }])
    }

    pub(super) fn enlist(&self, parties: &[NewParty], people: &[NewPerson]) -> Result<Change, Refusal> {
        let mut draft = self.group_draft()?;
        let ids = || parties.iter().map(|own| &own.id).chain(people.iter().map(|own| &own.id));
        ids().try_for_each(|id| valid_id(id))?;
        let mut used = draft.read(|_, root| {
            let tables = ["parties", "people"].into_iter().filter_map(|table| keys::get(root, table)?.get_ref().as_table());
            tables.flat_map(|table| table.keys().map(|id| id.get_ref().to_string())).collect::<BTreeSet<String>>()
        });
        if let Some(id) = ids().find(|id| !used.insert((*id).clone())) {
            return Err(taken(id));
        }
        add(&mut draft, "parties", parties.iter().map(|own| (own.id.as_str(), party(own))).collect())?;
        add(&mut draft, "people", people.iter().map(|own| (own.id.as_str(), person(own))).collect())?;
        Ok(draft.into())
    }
}

/// Puts things behind the last of their kind, where each has a head of its own.
fn add(draft: &mut Draft, table: &'static str, new: Vec<(&str, Vec<Entry>)>) -> Result<(), Refusal> {
    if new.is_empty() {
        return Ok(());
    }
    let (is_there, last) = draft.read(|text, root| {
        let Some(inner) = keys::get(root, table).and_then(|value| value.get_ref().as_table()) else {
            return Ok((false, None));
        };
        let headed: Vec<&str> = inner
            .iter()
            .filter(|(_, value)| tree::form(text, value) == Form::Headed)
            .map(|(key, _)| key.get_ref().as_ref())
            .collect();
        let heads = tree::heads(text, root);
        let blocks = headed.iter().map(|id| blocks::block(text, &heads, &[Key::Name(table), Key::Name(id)]));
        let blocks = blocks.collect::<Result<Vec<_>, Refusal>>()?;
        Ok::<_, Refusal>((true, blocks.iter().map(|block| block.end).max()))
    })?;
    if is_there && last.is_none() {
        return new.iter().try_for_each(|(id, entries)| {
            let value = draft.inline(entries);
            draft.set(&[Key::Name(table), Key::Name(id)], &value)
        });
    }
    let newline = if draft.text.contains("\r\n") { "\r\n" } else { "\n" };
    let blocks = draft.of_map(table, &new);
    let blocks: Vec<String> = blocks.iter().map(|(head, entries)| lines(head, entries, "", newline)).collect();
    draft.append(last, &blocks.join(&newline.repeat(2)));
    Ok(())
}

fn party(own: &NewParty) -> Vec<Entry> {
    let mut entries = vec![("kind", values::line(own.kind.word()))];
    entries.extend(own.country.iter().map(|country| ("country", values::line(country))));
    if own.member {
        entries.push(("member", "true".to_owned()));
    }
    entries.push(("name", values::wording(&own.name)));
    entries
}

fn person(own: &NewPerson) -> Vec<Entry> {
    let mut entries = vec![("name", values::line(&own.name))];
    entries.extend(own.party.iter().map(|party| ("party", values::line(party))));
    entries.extend(own.role.iter().map(|role| ("role", values::wording(role))));
    if let Some((first, others)) = own.emails.split_first() {
        entries.push(("email", values::line(first)));
        if !others.is_empty() {
            entries.push(("also", values::lines(others)));
        }
    }
    entries.extend(own.language.iter().map(|lang| ("language", values::line(lang.code()))));
    entries
}

pub(super) fn valid_id(id: &str) -> Result<(), Refusal> {
    if !id.is_empty() && id == slug(id) {
        return Ok(());
    }
    Err(text!(
        "`{id}` cannot be an id: only a to z, 0 to 9 and single hyphens, at most 64",
        "`{id}` no puede ser un identificador: solo de la a a la z sin tilde, dígitos y guiones, 64 a lo sumo"
    )
    .into())
}

pub(super) fn taken(id: &str) -> Refusal {
    text!("the id `{id}` is in use", "el identificador `{id}` ya está en uso").into()
}
