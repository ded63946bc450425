//! What each recipient of a session is sent, and with which SEQUENCE and DTSTAMP.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde_json::value::RawValue;

use super::Why;
use super::plan::{Action, Holder, Item, Letter, WITHDRAW, Wish};
use super::snapshot::{Common, Snapshot, hash};
use crate::calendar::Method;
use crate::invitees::{Invitee, Invitees, Known};
use crate::ledger::{self, Answer, History, Mail, Message, Reply, State};
use crate::locale::Text;
use crate::model::Session;

/// Nobody is reminded within so many days of the last letter.
const QUIET_DAYS: i64 = 3;

pub struct Judge<'a> {
    history: &'a History,
    session: &'a str,
    uid: String,
    domain: String,
    wish: &'a Wish,
    /// The highest SEQUENCE that anybody has of the session.
    highest: u32,
    seen: HashSet<String>,
    /// Where each was written to about the session, if that had to be known.
    addresses_of: OnceCell<HashMap<&'a str, Vec<&'a str>>>,
    items: Vec<Item>,
}

impl<'a> Judge<'a> {
    pub fn new(history: &'a History, session: &'a str, uid: String, domain: &str, wish: &'a Wish) -> Judge<'a> {
        let arrived = || history.of_session(session).filter(|mail| mail.may_have_arrived());
        // What was sent keeps its UID, whatever became of the group's domain.
        let uid = arrived().last().map_or(uid, |mail| mail.message.uid.clone());
        let highest = arrived().map(|mail| mail.message.sequence).max().unwrap_or(0);
        let mut domain = domain.to_owned();
        domain.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        if domain.is_empty() {
            domain.push_str("invalid");
        }
        Judge {
            history,
            session,
            uid,
            domain,
            wish,
            highest,
            seen: HashSet::new(),
            addresses_of: OnceCell::new(),
            items: Vec::new(),
        }
    }

    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// Somebody who is to be there.
    pub fn invite(&mut self, invitee: Invitee, common: &Common) {
        let mut now = common.of(&invitee);
        let email = ledger::address(&invitee.recipient.email).into_owned();
        let last = self.history.last(self.session, &email);
        let told = last.and_then(content);
        let mut why = match (last, &told) {
            (None, _) => vec![Why::New],
            (Some(mail), _) if mail.message.method == Method::Cancel => vec![Why::Reinstated],
            (Some(_), None) => vec![Why::Forgotten],
            (Some(_), Some(told)) => common.since(&invitee, told),
        };
        let unchanged = why.is_empty();
        let doubt = last.filter(|mail| mail.state() == State::InDoubt);
        let reminder = self.reminder(last, told.as_ref());
        let action = match (last, doubt) {
            (None, _) => Action::Invite,
            (Some(mail), _) if mail.message.method == Method::Cancel => Action::Invite,
            (Some(_), Some(_)) if unchanged => Action::Retry,
            (Some(_), None) if unchanged && reminder.is_some_and(|from| from <= self.wish.now) => Action::Remind,
            (Some(_), None) if unchanged => Action::Unchanged,
            (Some(_), Some(_)) => Action::Update,
            (Some(_), None) if self.wish.cosmetic || why.iter().any(Why::is_material) => Action::Update,
            (Some(_), None) => Action::Cosmetic,
        };
        match (action, last, &told) {
            (Action::Remind, ..) => why.push(Why::Unanswered),
            (Action::Unchanged, ..) => why.extend(reminder.map(Why::TooSoon)),
            (Action::Retry, Some(last), Some(told)) => {
                why = self.why_then(last, &invitee, common);
                now.answer = told.answer;
            }
            (Action::Update, Some(last), Some(told)) if (now.start, now.end) == (told.start, told.end) => {
                now.answer = self.answer(last, told);
            }
            _ => {}
        }
        let recipient = &invitee.recipient;
        let item = Item {
            who: recipient.id.clone(),
            name: recipient.name.clone(),
            to: email,
            lang: recipient.lang,
            country: recipient.country.clone(),
            place: recipient.place.clone(),
            action,
            why,
            letter: None,
            invitee: Some(invitee),
        };
        self.add(item, last, Method::Request, now);
    }

    /// Why a letter that is in doubt was sent: it is to say the same again.
    fn why_then(&self, last: &Mail, invitee: &Invitee, common: &Common) -> Vec<Why> {
        let Message { session, to, mail, .. } = &last.message;
        let mut earlier = self.history.to(session, to).rev().skip_while(|other| other.message.mail != *mail).skip(1);
        match earlier.find(|mail| mail.may_have_arrived()) {
            None => vec![Why::New],
            Some(mail) if mail.message.method == Method::Cancel => vec![Why::Reinstated],
            Some(_) if last.reason == "remind" => vec![Why::Unanswered],
            Some(mail) => content(mail).map_or_else(|| vec![Why::Forgotten], |before| common.since(invitee, &before)),
        }
    }

    /// Those who are to be there are told nothing; who of them expects the session at a time to come.
    pub fn leave(&mut self, invitees: Vec<Invitee>) -> Vec<Holder> {
        let mut holders = Vec::new();
        for Invitee { recipient, .. } in invitees {
            let last = self.history.last(self.session, &recipient.email);
            let invited = last.filter(|mail| mail.message.method == Method::Request).and_then(content);
            self.seen.insert(ledger::address(&recipient.email).into_owned());
            if let Some(told) = invited.filter(|told| told.end > self.wish.now) {
                holders.push(Holder { recipient, time: (told.start, told.end) });
            }
        }
        holders
    }

    /// Everybody who was invited and is not any more is told so; not those who only have another address now,
    /// or none.
    pub fn take_off(&mut self, invitees: &Invitees<'_>, session: &Session) {
        let invited = self.seen.clone();
        self.cancel(invitees, |known| match known {
            Some(Known { email: Some(email), .. }) if invited.contains(email) => Why::OtherAddress(email.clone()),
            Some(known) if invitees.is_invited(session, &known.who) => Why::NoAddress,
            _ => Why::TakenOff,
        });
    }

    /// Everybody who was invited is told that the session does not take place.
    pub fn cancel_everybody(&mut self, invitees: &Invitees<'_>, why: &Why) {
        self.cancel(invitees, |_| why.clone());
    }

    /// Everybody who was invited and has not been seen.
    fn cancel(&mut self, invitees: &Invitees<'_>, why: impl Fn(Option<&Known>) -> Why) {
        let history = self.history;
        for email in history.addresses(self.session) {
            if self.seen.contains(email) {
                continue;
            }
            let Some(last) = history.last(self.session, email) else { continue };
            let Some(told) = content(last).filter(|told| told.end > self.wish.now) else { continue };
            let known = invitees.known(&last.message.who);
            let why = why(known.as_ref());
            let action = match (last.message.method, last.state()) {
                (Method::Cancel, State::InDoubt) => Action::Retry,
                (Method::Cancel, _) => continue,
                _ if matches!(why, Why::OtherAddress(_) | Why::NoAddress) => Action::Unchanged,
                _ => Action::Cancel,
            };
            let item = Item {
                who: last.message.who.clone(),
                name: known.as_ref().map_or_else(|| Text::same(told.name.clone()), |known| known.name.clone()),
                to: email.to_owned(),
                lang: told.language(),
                country: known.as_ref().and_then(|known| known.country.clone()),
                place: known.and_then(|known| known.place),
                action,
                why: vec![why],
                letter: None,
                invitee: None,
            };
            self.add(item, Some(last), Method::Cancel, told);
        }
    }

    fn add(&mut self, mut item: Item, last: Option<&Mail>, method: Method, content: Snapshot) {
        self.seen.insert(item.to.clone());
        if let Some(newest) = self.history.to(self.session, &item.to).next_back() {
            match newest.state() {
                State::Refused => item.why.push(Why::Refused(newest.said.clone().unwrap_or_default())),
                State::InDoubt => item.why.push(Why::InDoubt),
                State::Sent => {}
            }
        }
        let own = last.map(|mail| mail.message.sequence);
        let raises = item.why.iter().any(Why::is_material);
        item.letter = match (item.action, last) {
            (Action::Unchanged | Action::Cosmetic, _) => None,
            (Action::Retry, Some(mail)) => {
                let message = Message { attempt: mail.attempts() + 1, ..mail.message.clone() };
                Some(Letter { message, reason: mail.reason.clone(), content })
            }
            _ => {
                let sequence = match own {
                    Some(own) if raises => self.highest.max(own + 1),
                    Some(own) => own,
                    None => self.highest,
                };
                let message = self.message(&item, method, sequence, &content);
                Some(Letter { message, reason: reason(&item).to_owned(), content })
            }
        };
        self.items.push(item);
    }

    fn message(&self, item: &Item, method: Method, sequence: u32, content: &Snapshot) -> Message {
        let before = self.history.to(self.session, &item.to).next_back().map(|mail| mail.message.dtstamp);
        let now = self.wish.now.trunc_subsecs(0);
        let dtstamp = before.map_or(now, |before| now.max(before + TimeDelta::seconds(1)));
        let mut message = Message {
            mail: String::new(),
            uid: self.uid.clone(),
            session: self.session.to_owned(),
            to: item.to.clone(),
            who: item.who.clone(),
            method,
            sequence,
            dtstamp,
            attempt: 1,
        };
        message.mail = self.name(&message, content);
        message
    }

    /// The Message-ID: from what is sent, never from chance.
    fn name(&self, message: &Message, content: &Snapshot) -> String {
        let Message { uid, to, method, sequence, dtstamp, .. } = message;
        let content = serde_json::to_vec(content).unwrap_or_default();
        let head = format!("{uid} {to} {} {sequence} {}", method.word(), dtstamp.timestamp());
        format!("{}@{}", hash(&[head.as_bytes(), &content]), self.domain)
    }

    /// The items. Whoever is new gets the SEQUENCE that the others get now, so that a mailbox which sees
    /// the invitations of two people never takes the later one for stale.
    pub fn finish(mut self) -> Vec<Item> {
        let letters = || self.items.iter().filter_map(|item| item.letter.as_ref());
        let raised = letters().map(|letter| letter.message.sequence).max().unwrap_or(0).max(self.highest);
        let mut items = std::mem::take(&mut self.items);
        for item in &mut items {
            let Some(letter) = &mut item.letter else { continue };
            if item.action == Action::Invite && letter.message.sequence < raised {
                letter.message.sequence = raised;
                letter.message.mail = self.name(&letter.message, &letter.content);
            }
        }
        items
    }

    /// From when on somebody is reminded, if reminders are asked for and they have not answered.
    fn reminder(&self, last: Option<&Mail>, told: Option<&Snapshot>) -> Option<DateTime<Utc>> {
        let (last, told) = last.zip(told).filter(|_| self.wish.remind)?;
        let unanswered = matches!(self.answer(last, told), None | Some(Answer::DeclineCounter));
        unanswered.then(|| last.at + TimeDelta::days(QUIET_DAYS))
    }

    /// The last answer; it holds as long as the time that was answered, whichever of their addresses it came from.
    fn answer(&self, last: &Mail, told: &Snapshot) -> Option<Answer> {
        let of_who = self.addresses_of.get_or_init(|| {
            let mut of_who: HashMap<&str, Vec<&str>> = HashMap::new();
            self.history.of_session(self.session).for_each(|mail| {
                let addresses = of_who.entry(&mail.message.who).or_default();
                if !addresses.contains(&mail.message.to.as_str()) {
                    addresses.push(&mail.message.to);
                }
            });
            of_who
        });
        let addresses = of_who.get(last.message.who.as_str()).into_iter().flatten();
        let answers = addresses.flat_map(|to| self.answers(&last.message.uid, to, told));
        answers.max_by_key(|reply| (reply.sequence, reply.dtstamp)).map(|reply| reply.answer)
    }

    /// The answers from an address to the time that it was told last, if that is the one that holds.
    fn answers(&self, uid: &str, to: &str, told: &Snapshot) -> impl Iterator<Item = &'a Reply> {
        let same_time = |mail: &&Mail| content(mail).is_some_and(|other| (other.start, other.end) == (told.start, told.end));
        let mails: Vec<&Mail> = self.history.to(self.session, to).filter(|mail| mail.may_have_arrived()).collect();
        let since = mails.iter().rev().copied().take_while(same_time).map(|mail| mail.message.sequence).min();
        self.history.answers(uid, to).filter(move |reply| since.is_some_and(|since| reply.sequence >= since))
    }
}

/// What the ledger calls the reason.
fn reason(item: &Item) -> &'static str {
    match item.action {
        Action::Invite => "new",
        Action::Cancel if item.why.contains(&Why::TakenOff) => WITHDRAW,
        Action::Cancel => "cancel",
        Action::Remind => "remind",
        _ => "update",
    }
}

/// What a mail said, if that is known.
fn content(mail: &Mail) -> Option<Snapshot> {
    let raw: &RawValue = mail.content.as_deref()?;
    serde_json::from_str(raw.get()).ok()
}
