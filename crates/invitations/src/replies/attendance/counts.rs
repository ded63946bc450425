//! The answers of a session counted, and held against the quorum.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::ledger::Answer;
use crate::locale::{Lang, Text};
use crate::model::{Group, Party};

/// How many answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    pub invited: usize,
    pub accepted: usize,
    pub tentative: usize,
    pub declined: usize,
    pub counter: usize,
    pub delegated: usize,
    pub no_answer: usize,
}

/// The counts of one country or party.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tally {
    /// Country code or identifier of a party; none for those without.
    pub id: Option<String>,
    pub name: String,
    #[serde(flatten)]
    pub counts: Counts,
}

/// How far the answers reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quorum {
    pub met: bool,
    /// So many declined or are excused that the others cannot reach it any more.
    pub lost: bool,
    /// The identifiers of the member parties that declined or are excused, and for which nobody else is invited.
    pub declined: Vec<String>,
    pub parties: Reached,
    pub countries: Reached,
}

/// What is asked, if it is, and what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reached {
    pub needed: Option<u32>,
    pub accepted: u32,
    /// How many have accepted or may still do so.
    pub possible: u32,
}

/// The counts by what a party tells of itself, in the order of the answers.
pub(crate) fn tallies<'g, K>(invited: impl Iterator<Item = (Option<Answer>, Option<&'g Party>)>, key: K, lang: Lang) -> Vec<Tally>
where
    K: Fn(&'g Party) -> Option<(&'g str, String)>,
{
    let other = Text::fixed("others", "otros");
    let mut tallies: Vec<Tally> = Vec::new();
    for (answer, party) in invited {
        let (id, name) = match party.and_then(&key) {
            Some((id, name)) => (Some(id.to_owned()), name),
            None => (None, other.get(lang).to_owned()),
        };
        let known = tallies.iter().position(|tally| tally.id == id);
        let at = known.unwrap_or_else(|| {
            tallies.push(Tally { id, name, counts: Counts::default() });
            tallies.len() - 1
        });
        tallies[at].counts.add(answer);
    }
    tallies
}

impl Counts {
    pub(super) fn add(&mut self, answer: Option<Answer>) {
        self.invited += 1;
        let count = match answer {
            Some(Answer::Accepted) => &mut self.accepted,
            Some(Answer::Tentative) => &mut self.tentative,
            Some(Answer::Declined) => &mut self.declined,
            Some(Answer::Counter) => &mut self.counter,
            Some(Answer::Delegated) => &mut self.delegated,
            Some(Answer::DeclineCounter) | None => &mut self.no_answer,
        };
        *count += 1;
    }
}

/// How far the member parties that accepted reach, and how far they may still reach, if the group asks for a quorum.
pub(crate) fn quorum<'g>(
    group: &'g Group,
    answers: &[(Option<Answer>, Option<&'g Party>)],
    is_excused: impl Fn(&Party) -> bool,
) -> Option<Quorum> {
    let needed = group.quorum;
    if needed == Default::default() {
        return None;
    }
    let of = |party: &Party| {
        let own = answers.iter().filter(|(_, own)| own.is_some_and(|own| own.id == party.id)).map(|(answer, _)| *answer);
        own.collect::<Vec<Option<Answer>>>()
    };
    let members: Vec<(&Party, Vec<Option<Answer>>)> =
        group.parties.iter().filter(|party| party.member).map(|party| (party, of(party))).collect();
    let accepts = |answers: &[Option<Answer>]| answers.contains(&Some(Answer::Accepted));
    // Whoever is not invited yet may still accept, unless they are excused.
    let stays_away = |party: &Party, answers: &[Option<Answer>]| match answers {
        [] => is_excused(party),
        _ => answers.iter().all(|answer| *answer == Some(Answer::Declined)),
    };
    let count = |is: &dyn Fn(&Party, &[Option<Answer>]) -> bool| {
        let those: Vec<&Party> = members.iter().filter(|(party, answers)| is(party, answers)).map(|(party, _)| *party).collect();
        let countries: BTreeSet<&str> = those.iter().filter_map(|party| Some(party.country.as_ref()?.0)).collect();
        let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (counted(those.len()), counted(countries.len()))
    };
    let (accepted, possible) = (count(&|_, answers| accepts(answers)), count(&|party, answers| !stays_away(party, answers)));
    let parties = Reached { needed: needed.parties, accepted: accepted.0, possible: possible.0 };
    let countries = Reached { needed: needed.countries, accepted: accepted.1, possible: possible.1 };
    let met = |reached: &Reached| reached.needed.is_none_or(|needed| needed <= reached.accepted);
    let lost = |reached: &Reached| reached.needed.is_some_and(|needed| needed > reached.possible);
    Some(Quorum {
        met: met(&parties) && met(&countries),
        lost: lost(&parties) || lost(&countries),
        declined: members
            .iter()
            .filter(|(party, answers)| stays_away(party, answers))
            .map(|(party, _)| party.id.clone())
            .collect(),
        parties,
        countries,
    })
}
