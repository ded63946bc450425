//! Who belongs to the group, and who has a role.

use convoca_core::edit::{Operation, Who};
use convoca_core::locale::Text;
use convoca_core::schema::PartyKind;
use convoca_core::text;

use super::called;
use super::words::{About, Both, Role, Whom};
use crate::draft::{Draft, free};
use crate::refused::Refused;

pub(super) fn add_speaker(draft: &mut Draft<'_>, to: &About, role: Role, who: &Whom, tbc: bool) -> Result<Text, Refused> {
    let (id, who) = match who {
        Whom::Known(id) => (id.clone(), Who::Known(id.clone())),
        Whom::Described(words) => (words.es.clone(), Who::Described(words.into())),
        Whom::NewPerson { name, party } => {
            let id = add_person(draft, name, party.as_deref())?;
            (id.clone(), Who::Known(id))
        }
        Whom::NewParty { name, kind, country } => {
            let id = add_party(draft, name, kind, country.as_deref(), false)?;
            (id.clone(), Who::Known(id))
        }
    };
    draft.make(&Operation::AddSpeaker { to: to.into(), role: role.into(), who, tbc })?;
    let name = called::actor(draft, &id);
    Ok(text!(l, name = name.get(l).to_owned(); "add {name}", "agregar a {name}"))
}

pub(super) fn tbc(draft: &mut Draft<'_>, of: &About, role: Role, index: usize, tbc: bool) -> Result<Text, Refused> {
    let (of, role) = (of.into(), role.into());
    draft.make(&match tbc {
        true => Operation::DoubtSpeaker { of, role, index },
        false => Operation::ConfirmSpeaker { of, role, index },
    })?;
    Ok(match tbc {
        true => Text::fixed("mark as to be confirmed", "marcar como por confirmar"),
        false => Text::fixed("confirm a participation", "confirmar una participación"),
    })
}

pub(super) fn person(draft: &mut Draft<'_>, name: &str, party: Option<&str>) -> Result<Text, Refused> {
    let id = add_person(draft, name, party)?;
    let name = called::actor(draft, &id);
    Ok(text!(l, name = name.get(l).to_owned(); "add {name} to the group", "agregar a {name} al grupo"))
}

pub(super) fn party(
    draft: &mut Draft<'_>,
    name: &Both,
    kind: &str,
    country: Option<&str>,
    member: bool,
) -> Result<Text, Refused> {
    let id = add_party(draft, name, kind, country, member)?;
    let name = called::actor(draft, &id);
    Ok(text!(l, name = name.get(l).to_owned(); "add {name} to the group", "agregar {name} al grupo"))
}

fn add_person(draft: &mut Draft<'_>, name: &str, party: Option<&str>) -> Result<String, Refused> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Text::fixed("who is it? A name is missing", "¿quién es? Falta el nombre").into());
    }
    let group = draft.group()?.clone();
    let id = free(&[name], |id| group.actor(id).is_some())?;
    draft.make(&Operation::AddPerson { id: id.clone(), name: name.to_owned(), party: party.map(str::to_owned) })?;
    Ok(id)
}

fn add_party(draft: &mut Draft<'_>, name: &Both, kind: &str, country: Option<&str>, member: bool) -> Result<String, Refused> {
    let name = Text::from(name);
    let kinds = [
        PartyKind::Municipality,
        PartyKind::Agency,
        PartyKind::Network,
        PartyKind::Secretariat,
        PartyKind::Team,
        PartyKind::Panel,
        PartyKind::Other,
    ];
    let kind = kinds.into_iter().find(|known| known.word() == kind).unwrap_or(PartyKind::Other);
    let group = draft.group()?.clone();
    let id = free(&[&name.es, &name.en], |id| group.actor(id).is_some())?;
    let country = country.filter(|country| !country.is_empty()).map(str::to_owned);
    draft.make(&Operation::AddParty { id: id.clone(), name, kind, country, member })?;
    Ok(id)
}
