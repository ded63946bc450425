//! `convoca replies --also WHO ADDRESS`: learns another address from which somebody answers.

use crate::cli::called::named;
use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::diagnostics::{At, Subject};
use crate::edit::{FieldValue, Operation, plan};
use crate::ledger::History;
use crate::model::Actor;
use crate::replies::address;
use crate::text;
use crate::workspace::{self, Beside, Correspondent, Failure, write};

pub(crate) fn learn(options: &Options, who: &str, written: &str) -> Result<Outcome, Failure> {
    let project = options.workspace.project(Beside::Nothing)?;
    let snapshot = project.snapshot(options.workspace.today);
    let programme = workspace::programme(&snapshot)?;
    let group = &programme.group;
    let other = address(written);
    if !other.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.')) {
        return Err(Failure::new(text!("`{written}` is no mail address", "`{written}` no es una dirección de correo")));
    }
    let id = Correspondent::find(Some(programme), &History::default(), who)?.id.unwrap_or_else(|| who.to_owned());
    let (of, also): (Subject, &[At<String>]) = match group.actor(&id) {
        Some(Actor::Person(person)) => (Subject::Person { id: id.clone() }, &group.person(person).also),
        Some(Actor::Party(party)) => (Subject::Party { id: id.clone() }, &group.party(party).also),
        _ => {
            return Err(Failure::new(text!(
                "there is no organisation and no person `{who}`",
                "no hay ninguna organización ni persona `{who}`"
            )));
        }
    };
    let parties = group.parties.iter().map(|party| (&party.id, &party.email, &party.also));
    let people = group.people.iter().map(|person| (&person.id, &person.email, &person.also));
    let has =
        |email: &Option<At<String>>, also: &[At<String>]| email.iter().chain(also).any(|known| address(&known.value) == other);
    if let Some((owner, ..)) = parties.chain(people).find(|(_, email, also)| has(email, also)) {
        return Err(Failure::new(text!(l, name = named(programme, owner, l);
            "{other} is an address of {name} already", "{other} ya es una dirección de {name}")));
    }
    let lines = also.iter().map(|known| known.value.clone()).chain([other.clone()]).collect();
    let operation = Operation::SetField { of, field: "also".to_owned(), to: Some(FieldValue::Lines(lines)) };
    let change = plan(&snapshot, &operation).map_err(|refusal| Failure::new(refusal.reason))?;
    write::change(&project, &change)?;
    terminal::print(
        options.lang,
        &text!(l, name = named(programme, &id, l);
            "written in group.toml: {name} answers from {other} too", "escrito en group.toml: {name} también responde desde {other}"),
    )?;
    Ok(Outcome::Clean)
}
