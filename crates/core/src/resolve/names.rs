//! Looking up parties and people by the names that people write.

use std::collections::HashMap;

use super::{named, rules};
use crate::decode::{Line, nearest, slug};
use crate::diagnostics::{At, Diagnostic, Edit, Mend};
use crate::locale::{Text, unconfirmed};
use crate::model::{Actor, Mention, PartyId, PersonId};
use crate::schema::{self, list};
use crate::text;

/// Words for somebody not yet known, without the "to be confirmed" that they end with, and whether they do:
/// "A municipality (to be confirmed)" says in words what `tbc = true` says.
pub(crate) fn to_be_confirmed(described: Text) -> (Text, bool) {
    match (unconfirmed::before(&described.es), unconfirmed::before(&described.en)) {
        (None, None) => (described, false),
        (es, en) => {
            // Where nothing else is said, the words stay: somebody is still to be named.
            let keep = |bare: Option<String>, old: std::borrow::Cow<'static, str>| match bare {
                Some(bare) if !bare.is_empty() => bare.into(),
                _ => old,
            };
            (Text { es: keep(es, described.es), en: keep(en, described.en) }, true)
        }
    }
}

/// The ids of the group and every other name that leads to one.
pub(crate) struct Directory {
    parties: Vec<String>,
    people: HashMap<String, PersonId>,
    /// By slug of the name; `None` where two people share one.
    people_by_name: HashMap<String, Option<PersonId>>,
    by_id: HashMap<String, PartyId>,
    /// By slug: acronyms, short names, full names and aliases; `None` where two parties share one.
    by_other_name: HashMap<String, Option<PartyId>>,
    pub mentions: Vec<Mention>,
}

impl Directory {
    pub(crate) fn new(group: &schema::Group) -> Directory {
        let mut directory = Directory {
            parties: Vec::new(),
            people: HashMap::new(),
            people_by_name: HashMap::new(),
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
        for (index, (key, person)) in group.people.iter().flat_map(|map| &map.0).enumerate() {
            directory.people.insert(key.value.clone(), PersonId(index));
            if let Some(name) = &person.name {
                directory.people_by_name.entry(slug(&name.0)).and_modify(|one| *one = None).or_insert(Some(PersonId(index)));
            }
        }
        directory
    }

    /// The party of a name, noting where it is mentioned.
    pub(crate) fn party(&mut self, name: &At<Line>, findings: &mut Vec<Diagnostic>) -> Option<PartyId> {
        let found = self.find(&name.0);
        match found {
            Some(party) => self.mentions.push(Mention { party, written: name.0.clone(), span: name.span }),
            None => findings.push(self.unknown(name)),
        }
        found
    }

    /// The person or the party of a name; a person comes first.
    pub(crate) fn actor(&mut self, name: &At<Line>, findings: &mut Vec<Diagnostic>) -> Option<Actor> {
        match self.people.get(&name.0) {
            Some(person) => Some(Actor::Person(*person)),
            None => self.party(name, findings).map(Actor::Party),
        }
    }

    /// The same for one who speaks: a name that is nobody's in the group is taken as it is written, with a note that
    /// says how to add who it is.
    pub(crate) fn speaker(&mut self, name: &At<Line>, findings: &mut Vec<Diagnostic>) -> Option<Actor> {
        let written = name.0.trim();
        if let Some(Some(person)) = self.people_by_name.get(&slug(written)) {
            return Some(Actor::Person(*person));
        }
        let is_known = self.people.contains_key(written) || self.find(written).is_some();
        let is_shared = matches!(self.by_other_name.get(&slug(written)), Some(None));
        if is_known || is_shared || !named::is_name(written) || self.meant(written).is_some() {
            return self.actor(name, findings);
        }
        findings.push(self.several(name).unwrap_or_else(|| unlisted(name)));
        Some(Actor::Described(Text::same(written.to_owned())))
    }

    /// Who a name is, where it is somebody's in the group.
    pub(crate) fn known(&self, name: &str) -> Option<Actor> {
        let by_name = || self.people_by_name.get(&slug(name)).copied().flatten();
        let person = self.people.get(name).copied().or_else(by_name).map(Actor::Person);
        person.or_else(|| self.find(name).map(Actor::Party))
    }

    /// Several names in one text, of which the group knows one at least.
    fn several(&self, name: &At<Line>) -> Option<Diagnostic> {
        let parts: Vec<&str> = name.0.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_known = |part: &str| self.people.contains_key(part) || self.find(part).is_some();
        if parts.len() < 2 || !parts.iter().any(|part| is_known(part)) {
            return None;
        }
        let each = parts.iter().map(|part| format!("\"{}\"", part.replace('"', "\\\""))).collect::<Vec<_>>().join(", ");
        let written = name.0.trim();
        let message = text!("“{written}” names several in one text", "«{written}» nombra a varios en un solo texto");
        let finding = Diagnostic::new(&rules::UNLISTED_SPEAKER, message);
        Some(
            finding
                .at(name.span, Text::fixed("each in quotes of its own", "cada quien entre sus propias comillas"))
                .mend(Mend::possible(text!("write {each}", "escriba {each}"), vec![Edit { span: name.span, text: each }])),
        )
    }

    /// The id that somebody most likely meant.
    fn meant(&self, written: &str) -> Option<&str> {
        let ids = self.parties.iter().map(String::as_str).chain(self.people.keys().map(String::as_str));
        if let Some(id) = nearest(written, &ids.collect::<Vec<_>>()) {
            return Some(id);
        }
        let names: Vec<&str> = self.by_other_name.keys().chain(self.people_by_name.keys()).map(String::as_str).collect();
        let name = nearest(written, &names).filter(|name| is_near(written, name))?;
        match (self.by_other_name.get(name), self.people_by_name.get(name)) {
            (Some(Some(party)), _) => self.parties.get(party.0).map(String::as_str),
            (_, Some(Some(person))) => self.people.iter().find(|(_, id)| *id == person).map(|(id, _)| id.as_str()),
            _ => None,
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
        if matches!(self.by_other_name.get(&slug(written)), Some(None)) {
            return finding.advice(text!(
                "several parties are called `{written}`: write the id of the one that is meant",
                "varias organizaciones se llaman `{written}`: escriba el identificador de la que corresponde"
            ));
        }
        match self.meant(written) {
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

/// Whether a name is one that was mistyped, rather than another: "Municipalidad de Upla", not "Municipalidad de Cobán".
fn is_near(written: &str, name: &str) -> bool {
    strsim::damerau_levenshtein(&slug(written), name) <= 2
}

/// A name that is taken as it is written, and how to make it known, by what it is.
fn unlisted(name: &At<Line>) -> Diagnostic {
    let written = name.0.trim();
    let finding = Diagnostic::new(
        &rules::UNLISTED_SPEAKER,
        text!("“{written}” is shown as it is written", "«{written}» se muestra tal como está escrito"),
    )
    .at(name.span, Text::fixed("not in group.toml, so not invited", "no está en group.toml, así que no se le invita"));
    let id = named::short_id(written);
    if named::is_person(written) {
        let bare = named::bare(written);
        return finding.advice(text!(
            "to invite this person, add to group.toml `[people.{id}]` with `name = \"{bare}\"` and `email`, and write `\"{id}\"` here",
            "para invitar a esta persona, agregue en group.toml `[people.{id}]` con `name = \"{bare}\"` y `email`, y escriba aquí `\"{id}\"`"
        ));
    }
    finding.advice(text!(
        "to invite this organisation, add to group.toml `[parties.{id}]` with its name and `email`, and write `\"{id}\"` here",
        "para invitar a esta organización, agregue en group.toml `[parties.{id}]` con su nombre y `email`, y escriba aquí `\"{id}\"`"
    ))
}
