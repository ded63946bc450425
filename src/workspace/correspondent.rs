//! A party or person that was written to, by what somebody types.

use super::Failure;
use crate::decode::{nearest, slug};
use crate::ledger::History;
use crate::locale::Lang;
use crate::model::Programme;
use crate::replies::address;
use crate::text;

/// Whom a word means.
#[derive(Debug)]
pub struct Correspondent {
    pub id: Option<String>,
    pub email: Option<String>,
}

impl Correspondent {
    /// By identifier, name or address, in the group or in the ledger, which remembers who left.
    pub fn find(programme: Option<&Programme>, history: &History, wanted: &str) -> Result<Correspondent, Failure> {
        Correspondent::known(programme, history, wanted).ok_or_else(|| {
            let failure = Failure::new(text!(
                "there is no organisation or person `{wanted}`",
                "no existe la organización o persona `{wanted}`"
            ));
            let known = names(programme, history);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            failure.helped(nearest(wanted, &known).map(|meant| text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")))
        })
    }

    pub fn known(programme: Option<&Programme>, history: &History, wanted: &str) -> Option<Correspondent> {
        let (word, written) = (slug(wanted), address(wanted));
        let called = |id: &str, name: &str| id == wanted || !word.is_empty() && slug(name) == word;
        let of_group = programme.and_then(|programme| {
            let group = &programme.group;
            let has = |email: &Option<crate::diagnostics::At<String>>| {
                email.as_ref().is_some_and(|email| address(&email.value) == written)
            };
            let person = group.people.iter().find(|person| called(&person.id, &person.name) || has(&person.email));
            let person = person.map(|person| (&person.id, &person.email));
            let party =
                || group.parties.iter().find(|party| party.names().any(|name| called(&party.id, name)) || has(&party.email));
            person.or_else(|| party().map(|party| (&party.id, &party.email)))
        });
        if let Some((id, email)) = of_group {
            return Some(Correspondent { id: Some(id.clone()), email: email.as_ref().map(|email| email.value.clone()) });
        }
        let message =
            history.mails().map(|mail| &mail.message).find(|message| message.who == wanted || address(&message.to) == written)?;
        // An address that somebody of the group had before; of those who left, it may have been another's.
        let is_known = |id: &str| programme.is_some_and(|programme| programme.group.actor(id).is_some());
        let id = (message.who == wanted || is_known(&message.who)).then(|| message.who.clone());
        Some(Correspondent { email: id.is_none().then(|| message.to.clone()), id })
    }

    /// Whether a mail to `to`, for the party or person `who`, is to them.
    pub fn is(&self, who: &str, to: &str) -> bool {
        self.id.as_deref() == Some(who) || self.email.as_ref().is_some_and(|email| address(email) == address(to))
    }
}

/// All that they may be called.
pub fn names(programme: Option<&Programme>, history: &History) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if let Some(programme) = programme {
        let group = &programme.group;
        names.extend(group.people.iter().map(|person| person.id.clone()));
        names.extend(group.parties.iter().map(|party| party.id.clone()));
        names.extend(group.people.iter().map(|person| person.name.clone()));
        names.extend(group.parties.iter().flat_map(|party| Lang::ALL.map(|lang| party.name.get(lang).to_owned())));
    }
    names.extend(history.mails().flat_map(|mail| [mail.message.who.clone(), mail.message.to.clone()]));
    names
}
