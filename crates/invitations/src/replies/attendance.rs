//! Who comes to a session, by what was answered: counted by country and party, against the quorum.

mod counts;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::invitations::{Given, Invitation, Invitations};
use crate::invitees::{Invitees, is_invited};
use crate::ledger::Answer;
use crate::locale::Lang;
use crate::model::{Actor, Group, Party, Programme, Session};
use crate::schema::Status;
pub use counts::{Counts, Quorum, Reached, Tally};
use counts::{quorum, tallies};

/// The answers to one session.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Attendance {
    pub session: String,
    pub title: String,
    /// It does not take place: the rest is what had been answered.
    pub cancelled: bool,
    /// Its file is gone: what the ledger knows is here.
    pub removed: bool,
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

/// One invitation with its answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Invited {
    /// Identifier of the party or person.
    pub who: String,
    pub name: String,
    pub party: Option<String>,
    pub country: Option<String>,
    pub address: String,
    /// `no-answer` where there is none.
    #[serde(serialize_with = "id")]
    #[schemars(with = "String")]
    pub answer: Option<Answer>,
    pub answered: Option<DateTime<Utc>>,
    /// The proposed start, for another time.
    pub proposed: Option<DateTime<Utc>>,
    pub comment: Option<String>,
    /// How many others come along.
    pub guests: Option<u32>,
    /// To whom they pass it on.
    pub delegate: Option<String>,
    /// What they do in the session, each once.
    pub roles: Vec<&'static str>,
    /// Why the last mail did not reach them.
    pub not_delivered: Option<String>,
    /// Whether the answer was entered by hand.
    pub by_hand: bool,
    /// The time that they had proposed is the one that holds now.
    pub taken: bool,
    /// They had proposed another time in words alone: whether it is the one that holds now, a person sees.
    pub in_words: bool,
    /// What was answered before the time changed, where there is no answer since.
    pub earlier: Option<Answer>,
}

fn id<S: serde::Serializer>(answer: &Option<Answer>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(Answer::id_of(*answer))
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
        let still = || group.actor(&invitation.who).is_some_and(|who| is_invited(group, session, &who));
        is_settled || expected.contains(&address(&invitation.to)) || still()
    };
    let (invited, gone): (Vec<&Invitation>, Vec<&Invitation>) = standing.into_iter().partition(is_expected);
    let (id, title) = (session.id.as_str(), session.title.get(lang));
    let count = withdrawn.len();
    let of = invitees.of(session).invitees;
    let roles = |email: &str| {
        let own = of.iter().find(|invitee| address(&invitee.recipient.email) == address(email)).map(|invitee| &invitee.own);
        let mut roles: Vec<&'static str> = own.into_iter().flatten().map(|own| own.kind.word(Lang::En)).collect();
        roles.dedup();
        roles
    };
    let invited = if cancelled { [invited, withdrawn].concat() } else { invited };
    let is_excused = |party: &Party| group.actor(&party.id).is_some_and(|who| session.excused.contains(&who));
    let mut told = told(group, (id, title), (&invited, &gone), is_excused, lang);
    told.invited.iter_mut().for_each(|row| row.roles = roles(&row.address));
    let quorum = told.quorum.filter(|_| !cancelled);
    Attendance { cancelled, withdrawn: count, quorum, ..told }
}

/// The attendance of a session whose file is gone, by the title that its last mail bore.
pub fn of_removed(programme: &Programme, invitations: &Invitations, session: &str, lang: Lang) -> Attendance {
    let people = each_once(invitations, session);
    let invited: Vec<&Invitation> = people.iter().collect();
    let withdrawn = people.iter().filter(|invitation| invitation.cancelled).count();
    let last = people.iter().max_by_key(|invitation| invitation.dtstamp);
    let title = last.map(|last| last.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(session);
    let told = told(&programme.group, (session, title), (&invited, &[]), |_| false, lang);
    Attendance { removed: true, withdrawn, quorum: None, ..told }
}

/// Of a session by identifier and title: whoever is invited to it, and whom the programme invites no more.
fn told(
    group: &Group,
    (id, title): (&str, &str),
    (invited, gone): (&[&Invitation], &[&Invitation]),
    is_excused: impl Fn(&Party) -> bool,
    lang: Lang,
) -> Attendance {
    let rows = |of: &[&Invitation]| {
        let row = |invitation: &&Invitation| {
            let (name, party) = called(group, invitation, lang);
            (RowOrder::of(group, party), row(invitation, name, party, lang), party)
        };
        let mut rows: Vec<(RowOrder, Invited, Option<&Party>)> = of.iter().map(row).collect();
        rows.sort_by(|a, b| (a.0, &a.1.name, &a.1.address).cmp(&(b.0, &b.1.name, &b.1.address)));
        rows
    };
    let invited = rows(invited);
    let answers = || invited.iter().map(|(_, row, party)| (row.answer, *party));
    let mut counts = Counts::default();
    answers().for_each(|(answer, _)| counts.add(answer));
    let country = |party: &'_ Party| party.country.as_ref().map(|(code, name)| (*code, name.get(lang).to_owned()));
    Attendance {
        session: id.to_owned(),
        title: title.to_owned(),
        cancelled: false,
        removed: false,
        withdrawn: 0,
        counts,
        quorum: quorum(group, &answers().collect::<Vec<_>>(), is_excused),
        countries: tallies(answers(), country, lang),
        parties: tallies(answers(), |party| Some((party.id.as_str(), short(lang)(party))), lang),
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

/// Where a row stands: member countries in their order, then others; then parties in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct RowOrder(usize, usize);

impl RowOrder {
    fn of(group: &Group, party: Option<&Party>) -> RowOrder {
        let Some(party) = party else { return RowOrder(usize::MAX, usize::MAX) };
        let code = party.country.as_ref().map(|(code, _)| *code);
        let country = group.members.iter().position(|member| Some(member.code) == code);
        let order = group.parties.iter().position(|known| known.id == party.id);
        RowOrder(country.unwrap_or(usize::MAX - 1), order.unwrap_or(usize::MAX))
    }
}

/// The name and the party of somebody invited; who was taken out of the files keeps the identifier.
pub fn known_as<'g>(group: &'g Group, who: &str, call: impl Fn(&Party) -> String) -> (String, Option<&'g Party>) {
    match group.actor(who) {
        Some(Actor::Person(id)) => (group.person(id).name.clone(), group.person(id).party.map(|party| group.party(party))),
        Some(Actor::Party(id)) => (call(group.party(id)), Some(group.party(id))),
        _ => (who.to_owned(), None),
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
    let turned_down = current.is_some_and(|given| given.answer == Answer::DeclineCounter);
    let earlier = match &invitation.given {
        _ if turned_down => Some(Answer::Counter),
        Some(given) if current.is_none() => Some(given.answer),
        _ => None,
    };
    // Whoever proposed a time that was not taken has yet to answer.
    let still = |answer: &Answer| *answer != Answer::DeclineCounter;
    let proposed = current.and_then(|given| given.proposal.as_ref()?.start);
    // Nothing was turned down, and no hour tells whether it was taken: what they wrote stays to be read.
    let is_wordy = |given: &&Given| {
        given.answer == Answer::Counter
            && current.is_none()
            && given.proposal.as_ref().is_none_or(|proposal| proposal.start.is_none())
    };
    let wordy = invitation.given.as_ref().filter(is_wordy);
    Invited {
        who: invitation.who.clone(),
        name,
        party: party.map(short(lang)),
        country: party.and_then(|party| Some(party.country.as_ref()?.1.get(lang).to_owned())),
        address: invitation.to.clone(),
        answer: current.map(|given| given.answer).filter(still),
        answered: current.map(|given| given.dtstamp),
        proposed,
        comment: current.or(wordy).and_then(|given| given.comment.clone()),
        guests: current.and_then(|given| given.guests),
        delegate: current.and_then(|given| given.delegate.clone()),
        roles: Vec::new(),
        not_delivered: invitation.returned.clone().filter(|_| current.is_none()),
        by_hand: current.is_some_and(|given| given.by_hand),
        taken: invitation.given.as_ref().is_some_and(|given| given.asks_for(invitation.time.start)),
        in_words: wordy.is_some(),
        earlier: earlier.filter(still),
    }
}
