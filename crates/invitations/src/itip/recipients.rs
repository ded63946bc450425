//! What each recipient of a session is sent, and with which SEQUENCE and DTSTAMP.

use std::collections::HashSet;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::answers::Answers;
use super::change::Why;
use super::plan::{Action, Holder, Item, Letter, Wish};
use super::snapshot::{Common, Snapshot, content, hash};
use crate::calendar::Method;
use crate::invitees::{Contact, Invitee, Invitees};
use crate::ledger::{self, Answer, History, Mail, Message, Reason, State};
use crate::locale::Text;
use crate::model::{Group, Session};

/// Days that a clock which was wrong once may have run ahead.
const MOST_AHEAD: i64 = 3660;

/// Nobody is reminded to answer within so many days of the last letter.
const QUIET_DAYS: i64 = 3;
/// Hours before a session in which those who come are reminded of it, once.
const EVE: i64 = 36;
/// Hours within which nobody gets a second letter only to be reminded.
const QUIET_HOURS: i64 = 12;

/// The recipients of a session, gone through one by one.
pub(crate) struct Recipients<'a> {
    pub(super) history: &'a History,
    pub(super) session: &'a str,
    uid: String,
    domain: String,
    /// The organizer of letters that do not say theirs.
    formerly: String,
    /// A letter goes to somebody whose invitation does not say who organized it.
    unknown_organizer: bool,
    pub(super) wish: &'a Wish,
    /// The highest SEQUENCE that anybody has of the session.
    highest: u32,
    seen: HashSet<String>,
    pub(super) answers: Answers<'a>,
    items: Vec<Item>,
}

impl<'a> Recipients<'a> {
    pub(crate) fn new(history: &'a History, session: &'a str, uid: String, group: &Group, wish: &'a Wish) -> Recipients<'a> {
        let arrived = || history.of_session(session).filter(|mail| mail.may_have_arrived());
        // What was sent keeps its UID, whatever became of the group's domain.
        let newest = arrived().filter(|mail| !mail.turns_down()).max_by_key(|mail| mail.message.dtstamp);
        let uid = newest.map_or(uid, |mail| mail.message.uid.clone());
        let highest = arrived().map(|mail| mail.message.sequence).max().unwrap_or(0);
        let mut domain = group.domain.clone();
        let formerly = group.organizer.as_ref().and_then(|organizer| organizer.formerly.as_deref());
        domain.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        if domain.is_empty() {
            domain.push_str("invalid");
        }
        Recipients {
            history,
            session,
            uid,
            domain,
            formerly: formerly.map(|before| ledger::address(before).into_owned()).unwrap_or_default(),
            unknown_organizer: false,
            wish,
            highest,
            seen: HashSet::new(),
            answers: Answers::new(history, session),
            items: Vec::new(),
        }
    }

    pub(crate) fn uid(&self) -> &str {
        &self.uid
    }

    /// Somebody who is to be there.
    pub(crate) fn invite(&mut self, invitee: Invitee, common: &Common) {
        let mut now = common.of(&invitee);
        let email = ledger::address(&invitee.recipient.email).into_owned();
        let last = self.history.last(self.session, &email);
        let told = last.and_then(|mail| self.content(mail));
        if self.wish.new_organizer
            && let (Some(last), Some(told)) = (last, &told)
            && self.is_of_another(last, told, &now)
        {
            return self.replace(invitee, last, told.clone(), now);
        }
        let mut why = match (last, &told) {
            (None, _) => vec![Why::New],
            (Some(mail), _) if mail.message.method == Method::Cancel => vec![Why::Reinstated],
            (Some(_), None) => vec![Why::Forgotten],
            (Some(_), Some(told)) => common.since(&invitee, told),
        };
        let unchanged = !why.iter().any(Why::is_change) && !why.iter().any(Why::is_material) && last.is_some();
        let asked = self.wish.again.iter().any(|who| *who == invitee.recipient.id || *who == email);
        let came_back = self.wish.remind && self.history.came_back(&email).is_some();
        let doubt = last.filter(|mail| matches!(mail.state(), State::InDoubt | State::Written));
        let small = unchanged || told.is_some() && !why.iter().any(Why::is_material);
        let reminder = self.reminder(last, told.as_ref()).filter(|_| !came_back);
        let due = reminder.as_ref().is_some_and(|(from, _)| *from <= self.wish.now);
        let action = match (last, doubt) {
            (None, _) => Action::Invite,
            (Some(mail), _) if mail.message.method == Method::Cancel => Action::Invite,
            (Some(_), Some(_)) if unchanged => Action::Retry,
            (Some(_), None) if small && asked => Action::Again,
            (Some(_), None) if small && due => Action::Remind,
            (Some(_), None) if unchanged => Action::Unchanged,
            (Some(_), Some(_)) => Action::Update,
            (Some(_), None) if self.wish.cosmetic || why.iter().any(Why::is_material) => Action::Update,
            (Some(_), None) => Action::Cosmetic,
        };
        match (action, last, &told) {
            (Action::Remind, ..) => why.extend(reminder.map(|(_, why)| why)),
            (Action::Again, ..) => why.push(Why::Asked),
            (Action::Unchanged, ..) => {
                why.extend(reminder.filter(|(_, why)| *why == Why::Unanswered).map(|(from, _)| Why::TooSoon(from)));
            }
            (Action::Retry, Some(last), Some(told)) => {
                why = self.why_then(last, &invitee, common);
                now.answer = told.answer;
            }
            _ => {}
        }
        match (action, last, &told) {
            (Action::Update | Action::Remind | Action::Again, Some(last), Some(told))
                if (now.start, now.end) == (told.start, told.end) =>
            {
                now.answer = self.answer(last, told);
            }
            _ => {}
        }
        let recipient = &invitee.recipient;
        let item = Item {
            who: recipient.id.clone(),
            name: recipient.name.clone(),
            to: email,
            copies: recipient.copies.clone(),
            lang: recipient.lang,
            country: recipient.country.clone(),
            place: recipient.place.clone(),
            action,
            why,
            letter: None,
            invitee: Some(invitee),
        };
        let is_told_anew = action == Action::Update;
        self.unknown_organizer |= is_told_anew && told.as_ref().is_some_and(|told| told.organizer.is_empty());
        // What must be told of the session goes first; the proposal is answered with the next letter.
        let may_wait = matches!(item.action, Action::Unchanged | Action::Cosmetic | Action::Remind | Action::Again);
        if may_wait && let (Some(turned), Some(told)) = (self.turned_down(last, told.as_ref()), told) {
            return self.turn_down(item, last, told, turned);
        }
        self.add(item, last, Method::Request, now);
    }

    /// Why a letter that is in doubt was sent: it is to say the same again.
    fn why_then(&self, last: &Mail, invitee: &Invitee, common: &Common) -> Vec<Why> {
        let Message { session, to, mail, .. } = &last.message;
        let mut earlier = self.history.to(session, to).rev().skip_while(|other| other.message.mail != *mail).skip(1);
        match earlier.find(|mail| mail.may_have_arrived() && !mail.turns_down()) {
            None => vec![Why::New],
            Some(mail) if mail.message.method == Method::Cancel => vec![Why::Reinstated],
            Some(_) if last.reason == Reason::Remind => vec![Why::Unanswered],
            Some(_) if last.reason == Reason::DayBefore => vec![Why::Soon],
            Some(mail) => self.content(mail).map_or_else(|| vec![Why::Forgotten], |before| common.since(invitee, &before)),
        }
    }

    /// Those who are to be there are told nothing; who of them expects the session at a time to come.
    pub(crate) fn leave(&mut self, invitees: Vec<Invitee>) -> Vec<Holder> {
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
    pub(crate) fn take_off(&mut self, invitees: &Invitees<'_>, session: &Session) {
        let invited = self.seen.clone();
        self.cancel(invitees, |_, known| match known {
            Some(Contact { email: Some(email), .. }) if invited.contains(email) => Why::OtherAddress(email.clone()),
            Some(known) if invitees.is_invited(session, &known.who) => Why::NoAddress,
            _ => Why::TakenOff,
        });
    }

    /// Everybody who was invited is told that the session does not take place.
    /// At their last address alone: what was told at one before it went on at the next.
    pub(crate) fn cancel_everybody(&mut self, invitees: &Invitees<'_>, why: &Why) {
        let (history, session) = (self.history, self.session);
        self.cancel(invitees, |address, known| match known.and_then(|known| known.email.as_deref()) {
            Some(now) if now != address && history.last(session, now).is_some() => Why::OtherAddress(now.to_owned()),
            _ => why.clone(),
        });
    }

    /// Everybody who was invited and has not been seen.
    fn cancel(&mut self, invitees: &Invitees<'_>, why: impl Fn(&str, Option<&Contact>) -> Why) {
        let history = self.history;
        for email in history.addresses(self.session) {
            if self.seen.contains(email) {
                continue;
            }
            let Some(last) = history.last(self.session, email) else { continue };
            let Some(told) = self.content(last).filter(|told| told.end > self.wish.now) else { continue };
            let known = invitees.contact(&last.message.who);
            let why = why(email, known.as_ref());
            let action = match (last.message.method, last.state()) {
                (Method::Cancel, State::InDoubt | State::Written) => Action::Retry,
                (Method::Cancel, _) => continue,
                _ if matches!(why, Why::OtherAddress(_) | Why::NoAddress) => Action::Unchanged,
                _ => Action::Cancel,
            };
            let item = Item {
                who: last.message.who.clone(),
                name: known.as_ref().map_or_else(|| Text::same(told.name.clone()), |known| known.name.clone()),
                to: email.to_owned(),
                copies: known.as_ref().map_or_else(Vec::new, |known| known.copies.clone()),
                lang: told.language(),
                country: known.as_ref().and_then(|known| known.country.clone()),
                place: known.and_then(|known| known.place),
                action,
                why: vec![why],
                letter: None,
                invitee: None,
            };
            self.unknown_organizer |= item.action == Action::Cancel && told.organizer.is_empty();
            self.add(item, Some(last), Method::Cancel, told);
        }
    }

    /// What a mail said, with the organizer that a ledger of an earlier version does not say.
    pub(super) fn content(&self, mail: &Mail) -> Option<Snapshot> {
        let told = content(mail)?;
        let organizer = if told.organizer.is_empty() { self.formerly.clone() } else { told.organizer };
        Some(Snapshot { organizer, ..told })
    }

    pub(super) fn add(&mut self, mut item: Item, last: Option<&Mail>, method: Method, content: Snapshot) {
        self.seen.insert(item.to.clone());
        let is_of_its_kind = |mail: &&Mail| mail.turns_down() == (method == Method::DeclineCounter);
        let newest = self.history.to(self.session, &item.to).rev().find(is_of_its_kind);
        if let Some(newest) = newest {
            match newest.state() {
                State::Refused => item.why.push(Why::Refused(newest.said.clone().unwrap_or_default())),
                State::InDoubt => item.why.push(Why::InDoubt),
                State::Written => item.why.push(Why::Written),
                State::Returned => item.why.push(Why::Returned(newest.returned.clone().unwrap_or_default())),
                State::Sent if self.wish.remind => {
                    item.why.extend(self.history.came_back(&item.to).map(|said| Why::Returned(said.to_owned())));
                }
                State::Sent => {}
            }
        }
        let own = last.map(|mail| mail.message.sequence);
        let uid = self.uid_of(&item, last, method, &content);
        let raises = item.why.iter().any(Why::is_material);
        item.letter = match (item.action, last) {
            (Action::Unchanged | Action::Cosmetic, _) => None,
            (Action::Retry, Some(mail)) => {
                // What is in a file is no try yet.
                let attempt = if mail.state() == State::Written { mail.message.attempt } else { mail.attempts() + 1 };
                let message = Message { attempt, ..mail.message.clone() };
                Some(Letter { message, reason: mail.reason.clone(), content })
            }
            _ => {
                let sequence = match own {
                    Some(own) if raises => self.highest.max(own + 1),
                    Some(own) => own,
                    None => self.highest,
                };
                let message = self.message(&item, method, sequence, &content, uid);
                Some(Letter { message, reason: reason(&item), content })
            }
        };
        self.items.push(item);
    }

    fn message(&self, item: &Item, method: Method, sequence: u32, content: &Snapshot, uid: String) -> Message {
        let now = self.wish.now.trunc_subsecs(0);
        // A damaged one from beyond all plausible clocks does not push the next beyond what a calendar can say.
        let is_plausible = |before: &DateTime<Utc>| *before <= now + TimeDelta::days(MOST_AHEAD);
        let before = self.history.to(self.session, &item.to).next_back().map(|mail| mail.message.dtstamp).filter(is_plausible);
        // Behind what the same plan tells them first.
        let first = self.items.iter().filter(|other| other.to == item.to).filter_map(|other| other.letter.as_ref());
        let before = before.into_iter().chain(first.map(|letter| letter.message.dtstamp)).max();
        let dtstamp = before.map_or(now, |before| now.max(before + TimeDelta::seconds(1)));
        let mut message = Message {
            mail: String::new(),
            uid,
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
    pub(crate) fn finish(mut self) -> (Vec<Item>, bool) {
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
        (items, self.unknown_organizer)
    }

    /// From when on somebody is reminded and why, if reminders are asked for: to answer, or of a session to which
    /// they come.
    fn reminder(&self, last: Option<&Mail>, told: Option<&Snapshot>) -> Option<(DateTime<Utc>, Why)> {
        let (last, told) = last.zip(told).filter(|_| self.wish.remind)?;
        match self.answer(last, told) {
            None | Some(Answer::DeclineCounter) => Some((last.at + TimeDelta::days(QUIET_DAYS), Why::Unanswered)),
            Some(Answer::Accepted | Answer::Tentative) if last.reason != Reason::DayBefore => {
                let from = (told.start - TimeDelta::hours(EVE)).max(last.at + TimeDelta::hours(QUIET_HOURS));
                (self.wish.now < told.start).then_some((from, Why::Soon))
            }
            Some(_) => None,
        }
    }

    fn answer(&self, last: &Mail, told: &Snapshot) -> Option<Answer> {
        self.answers.last(last, told).map(|reply| reply.answer)
    }
}

/// What the ledger calls the reason.
fn reason(item: &Item) -> Reason {
    match item.action {
        Action::Invite => Reason::New,
        Action::Replace => Reason::Replace,
        Action::Cancel if item.why.contains(&Why::TakenOff) => Reason::Withdraw,
        Action::Cancel => Reason::Cancel,
        Action::Remind if item.why.contains(&Why::Soon) => Reason::DayBefore,
        Action::Remind => Reason::Remind,
        Action::TurnDown => Reason::TurnDown,
        Action::Again => Reason::New,
        _ => Reason::Update,
    }
}
