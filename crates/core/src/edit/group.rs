//! Organisations and people of the group.

use super::draft::lines;
use super::tree::{self, Form, Key};
use super::values::Entry;
use super::{Desk, Refusal, blocks, values};
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
        let mut entries = vec![("kind", values::line(kind.word()))];
        entries.extend(country.map(|country| ("country", values::line(country))));
        if member {
            entries.push(("member", "true".to_owned()));
        }
        entries.push(("name", values::wording(name)));
        self.add("parties", id, &entries)
    }

    pub(super) fn add_person(&self, id: &str, name: &str, party: Option<&str>) -> Result<Change, Refusal> {
        let mut entries = vec![("name", values::line(name))];
        entries.extend(party.map(|party| ("party", values::line(party))));
        self.add("people", id, &entries)
    }

    fn add(&self, table: &'static str, id: &str, entries: &[Entry]) -> Result<Change, Refusal> {
        valid_id(id)?;
        let mut draft = self.group_draft()?;
        if ["parties", "people"].iter().any(|table| draft.written(&[Key::Name(table), Key::Name(id)]).is_some()) {
            return Err(taken(id));
        }
        // Behind the last of its kind, where each has a head of its own.
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
            let value = draft.inline(entries);
            draft.set(&[Key::Name(table), Key::Name(id)], &value)?;
        } else {
            let newline = if draft.text.contains("\r\n") { "\r\n" } else { "\n" };
            let (head, entries) = draft.of_map(table, id, entries);
            draft.append(last, &lines(&head, &entries, "", newline));
        }
        Ok(draft.into())
    }
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
