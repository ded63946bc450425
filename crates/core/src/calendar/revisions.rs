//! Which state of a session a published calendar shows: its number and its time rise whenever what calendars say of it
//! changes, and never else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::publish::{public_uid, stamps, summary};
use super::register::{EventSummary, Register, Told};
use super::shown::{Pages, Shown};
use super::{Event, Timezones, Writer};
use crate::invitees::is_invited;
use crate::locale::Lang;
use crate::model::{Actor, PartyId, PersonId, Programme, Public, Session};

/// A session that takes no place any more, or at no known time, stays in the calendar so many days after its day.
const KEPT_DAYS: i64 = 31;
/// What stands for a session whose file is gone.
const GONE: &str = "gone";
/// What stands for a session whose time is not known any more.
const UNTIMED: &str = "without-time";

/// The states of all sessions, as of a day.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    of: BTreeMap<String, PublishedState>,
    withdrawn: Vec<Withdrawn>,
    news: Vec<Told>,
}

/// Which state of a session calendars are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedState {
    pub uid: String,
    pub sequence: u32,
    /// DTSTAMP and LAST-MODIFIED.
    pub stamp: DateTime<Utc>,
    pub created: DateTime<Utc>,
}

/// A session that calendars know, and that has no place in the programme now.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    pub told: Told,
    /// Whether its file is gone; else only its time is not known.
    pub is_gone: bool,
    pub created: DateTime<Utc>,
}

impl Revisions {
    /// Compares what calendars would say today with what they were told last.
    pub fn new(programme: &Public, register: &Register, today: NaiveDate, pages: &Pages) -> Revisions {
        let mut revisions = Revisions::default();
        let mut known = BTreeSet::new();
        for session in &programme.sessions {
            let before = session.formerly.as_ref().and_then(|id| register.last(&id.value));
            let last = register.last(&session.id.value).or(before);
            let ids = [Some(&session.id), session.formerly.as_ref()];
            known.extend(ids.into_iter().flatten().map(|id| id.value.clone()));
            match (session.settled_time(), last) {
                (Some(time), last) => {
                    let content = content(programme, pages, session, time);
                    let told = told(programme, session, time, content);
                    let created = created(programme, session, register);
                    revisions.add(session, next(told, last, today), last, created);
                }
                (None, Some(last)) => revisions.withdraw(last, false, today, register),
                (None, None) => {}
            }
        }
        // One that is called otherwise now is still the same.
        let is_there = |uid: &str| revisions.of.values().any(|revision| revision.uid == uid);
        let gone: Vec<&Told> = register.all().filter(|last| !known.contains(&last.session) && !is_there(&last.uid)).collect();
        for last in gone {
            revisions.withdraw(last, true, today, register);
        }
        revisions
    }

    fn add(&mut self, session: &Session, told: Told, last: Option<&Told>, created: DateTime<Utc>) {
        let Told { uid, sequence, stamp, .. } = told.clone();
        self.of.insert(session.id.value.clone(), PublishedState { uid, sequence, stamp, created: created.min(stamp) });
        if last != Some(&told) {
            self.news.push(told);
        }
    }

    fn withdraw(&mut self, last: &Told, is_gone: bool, today: NaiveDate, register: &Register) {
        if last.end.date_naive() + TimeDelta::days(KEPT_DAYS) < today {
            return;
        }
        let content = if is_gone { GONE } else { UNTIMED };
        let told = next(Told { content: content.to_owned(), ..last.clone() }, Some(last), today);
        if told != *last {
            self.news.push(told.clone());
        }
        let created = register.first(&last.session).unwrap_or(told.stamp);
        self.withdrawn.push(Withdrawn { told, is_gone, created });
    }

    /// The state of a session; `None` where nothing was published before and nothing is to be remembered.
    pub fn of(&self, session: &Session) -> Option<&PublishedState> {
        self.of.get(&session.id.value)
    }

    pub fn withdrawn(&self) -> &[Withdrawn] {
        &self.withdrawn
    }

    /// What is to be remembered once the calendars are out.
    pub fn news(&self) -> &[Told] {
        &self.news
    }
}

/// The same state where calendars know it already, else the one after. The time is that of the day: a build asks no clock.
fn next(told: Told, last: Option<&Told>, today: NaiveDate) -> Told {
    let day = today.and_time(NaiveTime::MIN).and_utc();
    // Where the files name no day of their own, that of the session stands for it, which is yet to come.
    let Some(last) = last else { return Told { stamp: told.stamp.min(day), ..told } };
    let told = Told { uid: last.uid.clone(), ..told };
    if last.content == told.content {
        return Told { sequence: last.sequence, stamp: last.stamp, ..told };
    }
    let stamp = day.max(last.stamp + TimeDelta::seconds(1));
    Told { sequence: last.sequence.saturating_add(1), stamp, ..told }
}

fn told(programme: &Programme, session: &Session, (start, end): (DateTime<Utc>, DateTime<Utc>), content: String) -> Told {
    let words = |lang| summary(programme, session, lang, false);
    Told {
        session: session.id.value.clone(),
        uid: public_uid(programme, session),
        sequence: 0,
        stamp: stamps(programme, session, start).0,
        content,
        start,
        end,
        zone: session.zone.name().to_owned(),
        summary: EventSummary { es: words(Lang::Es), en: words(Lang::En) },
    }
}

fn created(programme: &Programme, session: &Session, register: &Register) -> DateTime<Utc> {
    let first = [Some(&session.id), session.formerly.as_ref()].into_iter().flatten().find_map(|id| register.first(&id.value));
    let start = session.settled_time().map_or(DateTime::UNIX_EPOCH, |(start, _)| start);
    let own = stamps(programme, session, start).1;
    first.map_or(own, |first| own.min(first))
}

/// Stands for all that calendars say of a session, in each language of the group and by each clock.
fn content(programme: &Public, pages: &Pages, session: &Session, time: (DateTime<Utc>, DateTime<Utc>)) -> String {
    let shown = Shown::new(programme, pages);
    let mut hash = Sha256::new();
    hash.update(format!("{:?}", session.status));
    for lang in &programme.group.languages {
        let event = shown.event(session, time, None, *lang);
        hash.update(written(Event {
            uid: String::new(),
            stamp: DateTime::UNIX_EPOCH,
            modified: DateTime::UNIX_EPOCH,
            created: DateTime::UNIX_EPOCH,
            ..event
        }));
    }
    for line in clocks(programme, session) {
        hash.update(line);
    }
    let digest = format!("{:x}", hash.finalize());
    digest.chars().take(32).collect()
}

/// Those who read of the session by another clock than the group's.
fn clocks(programme: &Public, session: &Session) -> Vec<String> {
    let group = &programme.group;
    let usual = group.place_at(&session.zone);
    let parties = group.parties.iter().enumerate().map(|(index, party)| (Actor::Party(PartyId(index)), &party.id));
    let people = group.people.iter().enumerate().map(|(index, person)| (Actor::Person(PersonId(index)), &person.id));
    let other = parties.chain(people).filter_map(|(who, id)| {
        let place = group.place_of(&who).filter(|place| place.zone.name() != usual.zone.name() || place.name != usual.name)?;
        is_invited(group, session, &who).then(|| format!("{id}\n{}\n{}\n{}\n", place.zone.name(), place.name.es, place.name.en))
    });
    other.collect()
}

/// What cannot be written has no calendar either: that is told where the calendar is made.
fn written(event: Event) -> Vec<u8> {
    let zones = Timezones::of([(&event.zone, event.start, event.end)]).told;
    let mut writer = Writer::new(Vec::new());
    match event.write(&mut writer, &zones, true) {
        Ok(()) => writer.finish().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
