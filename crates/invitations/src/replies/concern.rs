//! Which invitation a mail is about, and of whom: by the mail that it answers, the word of a link, what its calendar
//! names, its sender's address or name, and the title in its subject.

use std::collections::HashMap;

use super::invitations::{Given, Invitation, Invitations};
use super::parts::head;
use super::words::Words;
use super::{Received, address};
use crate::ledger::{History, Mail};
use crate::links::{Marked, is_reply};
use crate::locale::Lang;
use crate::model::Programme;

/// What is to be done about a mail in words.
#[derive(Debug)]
pub enum Concern<'a> {
    /// It has nothing to do with the invitations.
    Nothing,
    /// It went out from here.
    Own,
    /// The ledger knows an answer given since.
    Settled,
    /// It may answer any of these.
    Open(Vec<&'a Invitation>),
    /// It answers the invitation to this session, from an address that nobody knows.
    Unknown(&'a str),
}

/// What an answer is about that does not count by itself, as far as that can be known.
#[derive(Debug)]
pub enum Meant<'a> {
    One(&'a Invitation),
    /// One that was cancelled: there is nothing to answer any more.
    Cancelled(&'a Invitation),
    /// One of these, all of one person.
    Theirs(Vec<&'a Invitation>),
    /// A session, and nobody knows who answers.
    Session(&'a str),
    Nothing,
}

/// Those whose mails matter.
#[derive(Debug)]
pub struct Correspondence<'a> {
    history: &'a History,
    invitations: &'a Invitations,
    marked: Marked<'a>,
    by_address: HashMap<String, Vec<&'a Invitation>>,
    organizer: Option<&'a str>,
    /// The titles of every session, in both languages, as they are compared; the longest first.
    titles: Vec<(String, &'a str)>,
    /// The addresses of those who get a copy of what goes to others.
    copied: Vec<String>,
}

impl<'a> Correspondence<'a> {
    pub fn new(
        programme: &'a Programme,
        history: &'a History,
        invitations: &'a Invitations,
        organizer: Option<&'a str>,
    ) -> Correspondence<'a> {
        let mut by_address: HashMap<String, Vec<&Invitation>> = HashMap::new();
        for invitation in invitations.all() {
            by_address.entry(address(&invitation.to)).or_default().push(invitation);
        }
        let titles = programme
            .sessions
            .iter()
            .flat_map(|session| Lang::ALL.map(|lang| (comparable(session.title.get(lang)), session.id.as_str())));
        let mut titles: Vec<(String, &str)> = titles.filter(|(title, _)| !title.is_empty()).collect();
        titles.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        let group = &programme.group;
        let copies = group.parties.iter().map(|party| &party.copy).chain(group.people.iter().map(|person| &person.copy));
        let copied = copies.flatten().map(|copy| address(&copy.value)).collect();
        Correspondence { history, invitations, marked: Marked::of(history), by_address, organizer, titles, copied }
    }

    /// By the mail that it answers, from whatever address; else by the sender, and by the title in its subject.
    pub fn concern(&self, words: &Words) -> Concern<'a> {
        let Some(from) = words.from.address() else { return Concern::Nothing };
        if Some(from) == self.organizer {
            return Concern::Own;
        }
        let about = self.about(&words.subject);
        let invitations = match self.named(words) {
            Some(invitation) => vec![invitation],
            None => {
                let of_name = || about.filter(|_| is_reply(&words.subject)).map(|_| self.called(&words.name));
                let theirs = Some(self.of_address(from)).filter(|all| !all.is_empty()).or_else(of_name).unwrap_or_default();
                let named = theirs.iter().copied().filter(|invitation| Some(invitation.session.as_str()) == about);
                let named: Vec<&Invitation> = named.collect();
                if named.is_empty() { theirs } else { named }
            }
        };
        if invitations.is_empty() {
            let is_answer = is_reply(&words.subject);
            return about.filter(|_| is_answer).map_or(Concern::Nothing, Concern::Unknown);
        }
        let since = |given: &&Given| words.sent.is_none_or(|sent| sent <= given.dtstamp);
        let answered = |invitation: &&Invitation| invitation.given.as_ref().filter(since).is_some();
        let entered = |invitation: &&Invitation| invitation.given.as_ref().filter(since).is_some_and(|given| given.by_hand);
        match invitations.iter().any(entered) || invitations.iter().all(answered) {
            true => Concern::Settled,
            false => Concern::Open(invitations),
        }
    }

    /// What an answer for calendars is about that does not count by itself.
    pub fn meant(&self, words: Option<&Words>, answer: Option<&Received>) -> Meant<'a> {
        let by_uid = |who: &str| answer.and_then(|answer| self.invitations.of(&answer.uid, who));
        let exact = answer.and_then(|answer| by_uid(&answer.attendee));
        // Who answers for somebody that passed the invitation on names them.
        let passed_on = || answer.and_then(|answer| by_uid(answer.delegate.as_ref()?));
        if let Some(one) = exact.or_else(|| self.named(words?)).or_else(passed_on) {
            return if one.cancelled { Meant::Cancelled(one) } else { Meant::One(one) };
        }
        let from = words.and_then(|words| words.from.address());
        let attendee = answer.map(|answer| answer.attendee.as_str());
        let called = || words.map_or_else(Vec::new, |words| self.called(&words.name));
        let theirs = from.into_iter().chain(attendee).map(|who| self.of_address(who)).find(|all| !all.is_empty());
        let mut theirs = theirs.unwrap_or_else(called);
        theirs.retain(|invitation| !invitation.cancelled);
        let about = answer.and_then(|answer| self.invitations.session(&answer.uid)).or_else(|| self.about(&words?.subject));
        let is_meant = |one: &&Invitation| {
            about == Some(one.session.as_str())
                || answer.is_some_and(|answer| answer.time.is_some() && answer.time == one.time.start)
        };
        match (theirs.as_slice(), theirs.iter().find(|one| is_meant(one)), about) {
            ([one], ..) | (_, Some(one), _) => Meant::One(one),
            ([], None, Some(session)) => Meant::Session(session),
            ([], None, None) => Meant::Nothing,
            _ => Meant::Theirs(theirs),
        }
    }

    /// The invitations that did not reach an address: the one that a server gave back, or any to this address. Where it
    /// is neither invited nor a copy's, somebody invited has their mail sent on to it.
    pub fn returned(&self, words: &Words, to: &str) -> Vec<&'a Invitation> {
        let mut given_back = words.answers.iter().filter_map(|id| self.answered(id));
        let theirs = self.by_address.get(to);
        match (given_back.clone().find(|invitation| address(&invitation.to) == to), theirs) {
            (Some(invitation), _) => vec![invitation],
            (None, Some(theirs)) => theirs.clone(),
            (None, None) if self.copied.iter().any(|copy| copy == to) => Vec::new(),
            (None, None) => given_back.next().into_iter().collect(),
        }
    }

    /// The mail of an invitation that came back: the one that the report names, else the last before it.
    pub fn came_back(&self, words: &Words, invitation: &Invitation) -> Option<&'a Mail> {
        let to = address(&invitation.to);
        let named = words.answers.iter().filter_map(|id| self.history.mail(id));
        let named = named.into_iter().find(|mail| address(&mail.message.to) == to);
        let before = |mail: &&Mail| mail.may_have_arrived() && words.sent.is_none_or(|sent| mail.message.dtstamp <= sent);
        named.or_else(|| self.history.to(&invitation.session, &invitation.to).rev().find(before))
    }

    /// By the mail that it answers, or by the word of a link.
    fn named(&self, words: &Words) -> Option<&'a Invitation> {
        let marked = || {
            let mut texts = [&words.subject, &words.text].into_iter();
            let (message, _) = texts.find_map(|text| self.marked.invitation(text))?;
            self.invitations.of(&message.uid, &message.to)
        };
        words.answers.iter().find_map(|id| self.answered(id)).or_else(marked)
    }

    fn answered(&self, id: &str) -> Option<&'a Invitation> {
        let message = &self.history.mail(id)?.message;
        self.invitations.of(&message.uid, &message.to)
    }

    /// The invitations to an address, or to the mailbox of which it is a part: "ana+group@…" is Ana's.
    fn of_address(&self, address: &str) -> Vec<&'a Invitation> {
        if let Some(theirs) = self.by_address.get(address) {
            return theirs.clone();
        }
        let mailbox = mailbox(address);
        let mut owners = self.by_address.iter().filter(|(known, _)| self::mailbox(known) == mailbox);
        match (owners.next(), owners.next()) {
            (Some((_, theirs)), None) => theirs.clone(),
            _ => Vec::new(),
        }
    }

    /// The invitations of whoever has this name.
    fn called(&self, name: &str) -> Vec<&'a Invitation> {
        let name = comparable(name);
        let is_called = |invitation: &&Invitation| !name.is_empty() && comparable(&invitation.name) == name;
        let called: Vec<&Invitation> = self.invitations.all().filter(is_called).collect();
        let is_one = called.iter().all(|invitation| invitation.who == called[0].who);
        if is_one { called } else { Vec::new() }
    }

    /// The session whose title stands in a subject.
    fn about(&self, subject: &str) -> Option<&'a str> {
        let subject = comparable(subject);
        self.titles.iter().find(|(title, _)| subject.contains(title)).map(|(_, session)| *session)
    }
}

/// An address without what stands behind a "+" in it (RFC 5233).
fn mailbox(address: &str) -> (&str, &str) {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    (local.split('+').next().unwrap_or(local), domain)
}

/// Without accents, case and punctuation: programs break and encode subjects in their own ways.
fn comparable(text: &str) -> String {
    let plain = deunicode::deunicode(head(text)).to_lowercase();
    plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
