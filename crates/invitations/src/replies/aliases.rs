//! The other addresses from which people answer, as the group says them.

use std::collections::HashMap;

use super::words::Words;
use super::{Received, Sender, address};
use crate::model::Group;

/// For each of them the address that is invited.
#[derive(Clone, Debug, Default)]
pub struct Aliases(HashMap<String, String>);

impl Aliases {
    /// An address that is somebody's own stands for nobody else.
    pub fn of(group: &Group) -> Aliases {
        let parties = group.parties.iter().map(|party| (&party.email, &party.also));
        let people = group.people.iter().map(|person| (&person.email, &person.also));
        let all: Vec<_> = parties.chain(people).filter_map(|(email, also)| Some((email.as_ref()?, also))).collect();
        let mut aliases: HashMap<String, String> = HashMap::new();
        for (email, also) in &all {
            aliases.extend(also.iter().map(|other| (address(&other.value), address(&email.value))));
        }
        all.iter().for_each(|(email, _)| drop(aliases.remove(&address(&email.value))));
        Aliases(aliases)
    }

    fn meant(&self, from: &str) -> String {
        self.0.get(from).map_or(from, String::as_str).to_owned()
    }

    fn sender(&self, from: Sender) -> Sender {
        match from {
            Sender::Mail(from) => Sender::Mail(self.meant(&from)),
            other => other,
        }
    }

    /// An answer from the address that was invited, whichever of them it came from.
    pub fn known(&self, answer: Received) -> Received {
        Received { attendee: self.meant(&answer.attendee), from: self.sender(answer.from), ..answer }
    }

    pub fn of_words(&self, words: Words) -> Words {
        Words { from: self.sender(words.from), ..words }
    }
}
