//! Looking up parties and people by the names that people write.

use std::collections::HashMap;

use super::rules;
use crate::decode::{Line, nearest, slug};
use crate::diagnostics::{At, Diagnostic, Edit, Mend};
use crate::locale::Text;
use crate::model::{Actor, Mention, PartyId, PersonId};
use crate::schema::{self, list};
use crate::text;

/// The ids of the group and every other name that leads to one.
pub struct Directory {
    parties: Vec<String>,
    people: HashMap<String, PersonId>,
    by_id: HashMap<String, PartyId>,
    /// By slug: acronyms, short names, full names and aliases; `None` where two parties share one.
    by_other_name: HashMap<String, Option<PartyId>>,
    pub mentions: Vec<Mention>,
}

impl Directory {
    pub fn new(group: &schema::Group) -> Directory {
        let mut directory = Directory {
            parties: Vec::new(),
            people: HashMap::new(),
            by_id: HashMap::new(),
            by_other_name: HashMap::new(),
            mentions: Vec::new(),
        };
        for (index, (key, party)) in group.parties.iter().flat_map(|map| &map.0).enumerate() {
            let id = PartyId(index);
            directory.parties.push(key.value.clone());
            directory.by_id.insert(key.value.clone(), id);
            let wordings = [&party.name, &party.short_name, &party.acronym];
            let lines = wordings.into_iter().flatten().flat_map(|wording| [&wording.es, &wording.en]).flatten();
            for name in lines.chain(list(&party.aliases)) {
                let entry = directory.by_other_name.entry(slug(&name.0)).or_insert(Some(id));
                if *entry != Some(id) {
                    *entry = None;
                }
            }
        }
        for (index, (key, _)) in group.people.iter().flat_map(|map| &map.0).enumerate() {
            directory.people.insert(key.value.clone(), PersonId(index));
        }
        directory
    }

    /// The party of a name, noting where it is mentioned.
    pub fn party(&mut self, name: &At<Line>, findings: &mut Vec<Diagnostic>) -> Option<PartyId> {
        let found = self.find(&name.0);
        match found {
            Some(party) => self.mentions.push(Mention { party, written: name.0.clone(), span: name.span }),
            None => findings.push(self.unknown(name)),
        }
        found
    }

    /// The person or the party of a name; a person comes first.
    pub fn actor(&mut self, name: &At<Line>, findings: &mut Vec<Diagnostic>) -> Option<Actor> {
        match self.people.get(&name.0) {
            Some(person) => Some(Actor::Person(*person)),
            None => self.party(name, findings).map(Actor::Party),
        }
    }

    fn find(&self, name: &str) -> Option<PartyId> {
        self.by_id.get(name).copied().or_else(|| self.by_other_name.get(&slug(name)).copied().flatten())
    }

    fn unknown(&self, name: &At<Line>) -> Diagnostic {
        let written = &name.0;
        let finding = Diagnostic::new(
            &rules::UNKNOWN_PARTY,
            text!(
                "`{written}` is no party or person of the group",
                "`{written}` no es ninguna organización ni persona del grupo"
            ),
        )
        .at(name.span, Text::fixed("not in group.toml", "no está en group.toml"));
        let known: Vec<&str> = self.parties.iter().map(String::as_str).chain(self.people.keys().map(String::as_str)).collect();
        if matches!(self.by_other_name.get(&slug(written)), Some(None)) {
            return finding.advice(text!(
                "several parties are called `{written}`: write the id of the one that is meant",
                "varias organizaciones se llaman `{written}`: escriba el identificador de la que corresponde"
            ));
        }
        match nearest(written, &known) {
            Some(meant) => finding.mend(Mend::possible(
                text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                vec![Edit { span: name.span, text: format!("\"{meant}\"") }],
            )),
            None => {
                let id = slug(written);
                finding.advice(text!(
                    "add it to group.toml as `[parties.{id}]`; for somebody not yet known write `{{ who = {{ es = \"…\", en = \"…\" }}, tbc = true }}`",
                    "agréguela en group.toml como `[parties.{id}]`; para quien aún no se conoce escriba `{{ who = {{ es = \"…\", en = \"…\" }}, tbc = true }}`"
                ))
            }
        }
    }
}
