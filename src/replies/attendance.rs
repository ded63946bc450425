//! Who comes to a session, by what was answered: counted by country and party, against the quorum.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::invitations::{Given, Invitation, Invitations};
use super::{Response, address};
use crate::invitees::{Invitees, is_invited};
use crate::locale::{Lang, Text};
use crate::model::{Actor, Group, Party, PartyId, PersonId, Programme, Session};
use crate::schema::Status;

/// The answers to one session.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Attendance {
    pub session: String,
    pub title: String,
    /// It does not take place: the rest is what had been answered.
    pub cancelled: bool,
    /// How many invitations were taken back.
    pub withdrawn: usize,
    pub counts: Counts,
    pub quorum: Option<Quorum>,
    pub countries: Vec<Tally>,
    pub parties: Vec<Tally>,
    /// Everybody who is invited, in the order of countries, parties and names.
    pub invited: Vec<Invited>,
    /// Those whom the programme does not invite any more, and whose invitation was not taken back.
    pub no_longer_invited: Vec<Invited>,
}

/// How many answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    pub invited: usize,
    pub accepted: usize,
    pub tentative: usize,
    pub declined: usize,
    pub counter: usize,
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
    pub parties: Reached,
    pub countries: Reached,
}

/// What is asked, if it is, and what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reached {
    pub needed: Option<u32>,
    pub accepted: u32,
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Accepted,
    Tentative,
    Declined,
    Counter,
    NoAnswer,
}

impl State {
    fn of(given: Option<&Given>) -> State {
        match given.map(|given| &given.response) {
            Some(Response::Accepted) => State::Accepted,
            Some(Response::Tentative) => State::Tentative,
            Some(Response::Declined) => State::Declined,
            Some(Response::Counter(_)) => State::Counter,
            Some(Response::DeclineCounter) | None => State::NoAnswer,
        }
    }
}

/// One invitation with its answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Invited {
    /// Identifier of the party or person.
    pub who: String,
    pub name: String,
    pub party: Option<String>,
    pub country: Option<String>,
    pub address: String,
    pub answer: State,
    pub answered: Option<DateTime<Utc>>,
    /// The proposed start, for another time.
    pub proposed: Option<DateTime<Utc>>,
    pub comment: Option<String>,
    /// Whether the answer was entered by hand.
    pub by_hand: bool,
    /// What was answered before the time changed, where there is no answer since.
    pub earlier: Option<State>,
}

/// The attendance of a session as of a moment, named in a language.
pub fn attendance(
    programme: &Programme,
    invitees: &Invitees<'_>,
    invitations: &Invitations,
    session: &Session,
    now: DateTime<Utc>,
    lang: Lang,
) -> Attendance {
    let group = &programme.group;
    let cancelled = session.status == Status::Cancelled;
    let people = each_once(invitations, session.id.as_str());
    let (withdrawn, standing): (Vec<&Invitation>, Vec<&Invitation>) = people.iter().partition(|invitation| invitation.cancelled);
    let expected: HashSet<String> =
        invitees.of(session).invitees.iter().map(|invitee| address(&invitee.recipient.email)).collect();
    // Of a session that was held, whoever left since was invited all the same.
    let is_settled = cancelled || session.time().is_some_and(|(_, end)| end <= now);
    // Whoever has another address by now is expected at the old one until they are written to at the new.
    let is_expected = |invitation: &&Invitation| {
        let still = || actor(group, &invitation.who).is_some_and(|who| is_invited(group, session, &who));
        is_settled || expected.contains(&address(&invitation.to)) || still()
    };
    let (invited, gone): (Vec<&Invitation>, Vec<&Invitation>) = standing.into_iter().partition(is_expected);
    let rows = |of: Vec<&Invitation>| {
        let row = |invitation: &Invitation| {
            let (name, party) = called(group, invitation, lang);
            (Place::of(group, party), row(invitation, name, party, lang), party)
        };
        let mut rows: Vec<(Place, Invited, Option<&Party>)> = of.into_iter().map(row).collect();
        rows.sort_by(|a, b| (a.0, &a.1.name, &a.1.address).cmp(&(b.0, &b.1.name, &b.1.address)));
        rows
    };
    let count = withdrawn.len();
    let invited = rows(if cancelled { [invited, withdrawn].concat() } else { invited });
    let countries =
        tallies(&invited, |party| party.country.as_ref().map(|(code, name)| (*code, name.get(lang).to_owned())), lang);
    let parties = tallies(&invited, |party| Some((party.id.as_str(), short(lang)(party))), lang);
    let members: Vec<&Party> = invited
        .iter()
        .filter(|(_, row, _)| row.answer == State::Accepted)
        .filter_map(|(.., party)| party.filter(|party| party.member))
        .collect();
    let mut counts = Counts::default();
    invited.iter().for_each(|(_, row, _)| counts.add(row.answer));
    Attendance {
        session: session.id.value.clone(),
        title: session.title.get(lang).to_owned(),
        cancelled,
        withdrawn: count,
        counts,
        quorum: quorum(group, &members).filter(|_| !cancelled),
        countries,
        parties,
        invited: invited.into_iter().map(|(_, row, _)| row).collect(),
        no_longer_invited: rows(gone).into_iter().map(|(_, row, _)| row).collect(),
    }
}

/// The invitations to a session, one for each party or person.
fn each_once(invitations: &Invitations, session: &str) -> Vec<Invitation> {
    let mut by_person: BTreeMap<&str, Vec<&Invitation>> = BTreeMap::new();
    for invitation in invitations.to_session(session) {
        // A ledger need not say who it was: then it is whoever reads the address.
        let who = if invitation.who.is_empty() { &invitation.to } else { &invitation.who };
        by_person.entry(who).or_default().push(invitation);
    }
    by_person.values().filter_map(|theirs| Invitation::of_one(theirs)).collect()
}

fn actor(group: &Group, id: &str) -> Option<Actor> {
    let person = group.people.iter().position(|person| person.id == id).map(|index| Actor::Person(PersonId(index)));
    person.or_else(|| group.parties.iter().position(|party| party.id == id).map(|index| Actor::Party(PartyId(index))))
}

/// Where a row stands: member countries in their order, then others; then parties in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(usize, usize);

impl Place {
    fn of(group: &Group, party: Option<&Party>) -> Place {
        let Some(party) = party else { return Place(usize::MAX, usize::MAX) };
        let code = party.country.as_ref().map(|(code, _)| *code);
        let country = group.members.iter().position(|member| Some(member.code) == code);
        let order = group.parties.iter().position(|known| known.id == party.id);
        Place(country.unwrap_or(usize::MAX - 1), order.unwrap_or(usize::MAX))
    }
}

/// The name and the party of somebody invited; who was taken out of the files keeps the identifier.
pub fn known_as<'g>(group: &'g Group, who: &str, call: impl Fn(&Party) -> String) -> (String, Option<&'g Party>) {
    if let Some(person) = group.people.iter().find(|person| person.id == who) {
        return (person.name.clone(), person.party.map(|party| group.party(party)));
    }
    match group.parties.iter().find(|party| party.id == who) {
        Some(party) => (call(party), Some(party)),
        None => (who.to_owned(), None),
    }
}

/// Who is in the files no more keeps the name that their invitation bears.
fn called<'g>(group: &'g Group, invitation: &Invitation, lang: Lang) -> (String, Option<&'g Party>) {
    let (name, party) = known_as(group, &invitation.who, short(lang));
    let is_gone = name == invitation.who && party.is_none() && !invitation.name.is_empty();
    (if is_gone { invitation.name.clone() } else { name }, party)
}

/// A party beside its country.
fn short(lang: Lang) -> impl Fn(&Party) -> String {
    move |party| party.acronym.as_ref().unwrap_or(&party.name).get(lang).to_owned()
}

fn row(invitation: &Invitation, name: String, party: Option<&Party>, lang: Lang) -> Invited {
    let current = invitation.current();
    let answer = State::of(current);
    let turned_down = current.is_some_and(|given| given.response == Response::DeclineCounter);
    let earlier = match &invitation.given {
        _ if turned_down => Some(State::Counter),
        Some(given) if current.is_none() => Some(State::of(Some(given))),
        _ => None,
    };
    let proposed = current.and_then(|given| match &given.response {
        Response::Counter(proposal) => proposal.start,
        _ => None,
    });
    Invited {
        who: invitation.who.clone(),
        name,
        party: party.map(short(lang)),
        country: party.and_then(|party| Some(party.country.as_ref()?.1.get(lang).to_owned())),
        address: invitation.to.clone(),
        answer,
        answered: current.map(|given| given.dtstamp),
        proposed,
        comment: current.and_then(|given| given.comment.clone()),
        by_hand: current.is_some_and(|given| given.by_hand),
        earlier: earlier.filter(|earlier| *earlier != State::NoAnswer),
    }
}

fn tallies<'g, K>(invited: &[(Place, Invited, Option<&'g Party>)], key: K, lang: Lang) -> Vec<Tally>
where
    K: Fn(&'g Party) -> Option<(&'g str, String)>,
{
    let other = Text::fixed("others", "otros");
    let mut tallies: Vec<Tally> = Vec::new();
    for (_, row, party) in invited {
        let (id, name) = match party.and_then(&key) {
            Some((id, name)) => (Some(id.to_owned()), name),
            None => (None, other.get(lang).to_owned()),
        };
        let known = tallies.iter().position(|tally| tally.id == id);
        let at = known.unwrap_or_else(|| {
            tallies.push(Tally { id, name, counts: Counts::default() });
            tallies.len() - 1
        });
        tallies[at].counts.add(row.answer);
    }
    tallies
}

impl Counts {
    fn add(&mut self, state: State) {
        self.invited += 1;
        let count = match state {
            State::Accepted => &mut self.accepted,
            State::Tentative => &mut self.tentative,
            State::Declined => &mut self.declined,
            State::Counter => &mut self.counter,
            State::NoAnswer => &mut self.no_answer,
        };
        *count += 1;
    }
}

fn quorum(group: &Group, members: &[&Party]) -> Option<Quorum> {
    let needed = group.quorum;
    if needed == Default::default() {
        return None;
    }
    let reached =
        |needed: Option<u32>, accepted: usize| Reached { needed, accepted: u32::try_from(accepted).unwrap_or(u32::MAX) };
    let parties: BTreeSet<&str> = members.iter().map(|party| party.id.as_str()).collect();
    let countries: BTreeSet<&str> = members.iter().filter_map(|party| Some(party.country.as_ref()?.0)).collect();
    let (parties, countries) = (reached(needed.parties, parties.len()), reached(needed.countries, countries.len()));
    let met = |reached: &Reached| reached.needed.is_none_or(|needed| needed <= reached.accepted);
    Some(Quorum { met: met(&parties) && met(&countries), parties, countries })
}
