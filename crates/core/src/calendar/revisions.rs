//! Which state of a session a published calendar shows: its number and its time rise whenever what calendars say of it
//! changes, and never else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::publish::{public_uid, stamps, summary};
use super::register::{EventSummary, Register, Told};
use super::shown::{Pages, Shown};
use super::{Event, Timezones, Writer, own};
use crate::invitees::is_invited;
use crate::locale::Lang;
use crate::model::{Actor, PartyId, Person, PersonId, Programme, Public, Session};

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
    /// Items in own calendars that are those people's no more.
    lost: Vec<Withdrawn>,
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

/// What calendars know, and what has no place in the programme now.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    pub told: Told,
    pub why: Why,
    pub created: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file of the session is gone.
    Gone,
    /// Its time is not known any more.
    Untimed,
    /// The item is not theirs in whose calendar it was.
    NotTheirs,
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
                (None, Some(last)) => revisions.withdraw(last, Why::Untimed, today, register),
                (None, None) => {}
            }
        }
        // One that is called otherwise now is still the same.
        let is_there = |uid: &str| revisions.of.values().any(|revision| revision.uid == uid);
        let gone: Vec<&Told> = register.all().filter(|last| !known.contains(&last.session) && !is_there(&last.uid)).collect();
        for last in gone {
            revisions.withdraw(last, Why::Gone, today, register);
        }
        revisions.items(programme, register, today);
        revisions
    }

    fn add(&mut self, session: &Session, told: Told, last: Option<&Told>, created: DateTime<Utc>) {
        let Told { uid, sequence, stamp, .. } = told.clone();
        self.of.insert(session.id.value.clone(), PublishedState { uid, sequence, stamp, created: created.min(stamp) });
        if last != Some(&told) {
            self.news.push(told);
        }
    }

    fn withdraw(&mut self, last: &Told, why: Why, today: NaiveDate, register: &Register) {
        if is_past(last, today) {
            return;
        }
        let content = if why == Why::Gone { GONE } else { UNTIMED };
        let told = next(Told { content: content.to_owned(), ..last.clone() }, Some(last), today);
        if told != *last {
            self.news.push(told.clone());
        }
        let created = register.first(&last.session).unwrap_or(told.stamp);
        self.withdrawn.push(Withdrawn { told, why, created });
    }

    /// Remembers the items that people have in their own calendars, and finds those that are theirs no more. An item is
    /// told with the number and the time of its session, which rise whenever one changes hands.
    fn items(&mut self, programme: &Public, register: &Register, today: NaiveDate) {
        let mut there = BTreeSet::new();
        for session in &programme.sessions {
            for told in self.items_in(programme, session) {
                there.insert(told.uid.clone());
                let known = register.item(&told.uid);
                let says = |told: &Told| (told.start, told.end, told.summary.clone());
                if known.is_none_or(|known| says(known) != says(&told)) {
                    self.news.push(told);
                }
            }
        }
        for last in register.items().filter(|last| !there.contains(&last.uid) && !is_past(last, today)) {
            let is_its = |session: &&Session| {
                session.id.value == last.session || session.formerly.as_ref().is_some_and(|before| before.value == last.session)
            };
            let held = programme.sessions.iter().find(is_its).and_then(|session| self.of(session));
            let (sequence, stamp, why) = match (held, self.withdrawn.iter().find(|one| one.told.session == last.session)) {
                (Some(held), _) => (held.sequence, held.stamp, Why::NotTheirs),
                (None, Some(gone)) => (gone.told.sequence, gone.told.stamp, gone.why),
                (None, None) => continue,
            };
            self.lost.push(Withdrawn { told: Told { sequence, stamp, ..last.clone() }, why, created: last.stamp.min(stamp) });
        }
    }

    fn items_in(&self, programme: &Public, session: &Session) -> Vec<Told> {
        let (group, Some(state)) = (&programme.group, self.of(session)) else { return Vec::new() };
        let people = group.people.iter().enumerate().map(|(index, person)| (Actor::Person(PersonId(index)), person));
        let invited = people.filter(|(who, _)| is_invited(group, session, who));
        let of = |(who, person): (Actor, &Person)| {
            let items = own::items(session, &who).into_iter();
            let told = items.filter_map(|item| {
                let words = |lang| own::summary(group, session, &item, lang);
                Some(Told {
                    session: session.id.value.clone(),
                    who: Some(person.id.clone()),
                    uid: own::uid(group, &state.uid, &who, item.number),
                    sequence: state.sequence,
                    stamp: state.stamp,
                    content: String::new(),
                    start: item.time.0,
                    end: item.time.1,
                    zone: session.zone.name().to_owned(),
                    summary: EventSummary { es: words(Lang::Es)?, en: words(Lang::En)? },
                })
            });
            told.collect::<Vec<_>>()
        };
        invited.flat_map(of).collect()
    }

    /// The state of a session; `None` where nothing was published before and nothing is to be remembered.
    pub fn of(&self, session: &Session) -> Option<&PublishedState> {
        self.of.get(&session.id.value)
    }

    pub fn withdrawn(&self) -> &[Withdrawn] {
        &self.withdrawn
    }

    /// Items that were somebody's, by their id.
    pub fn lost<'r>(&'r self, who: &'r str) -> impl Iterator<Item = &'r Withdrawn> {
        self.lost.iter().filter(move |lost| lost.told.who.as_deref() == Some(who))
    }

    /// What is to be remembered once the calendars are out.
    pub fn news(&self) -> &[Told] {
        &self.news
    }
}

/// Whether its day is so long over that it is shown no more.
fn is_past(last: &Told, today: NaiveDate) -> bool {
    last.end.date_naive() + TimeDelta::days(KEPT_DAYS) < today
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
        who: None,
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
