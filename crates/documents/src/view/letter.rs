//! The invitation letter: to whom, to what, and the reader's own part by the reader's own clock.

use chrono::{DateTime, Utc};
use minijinja::{Value, context};

use super::{View, column, web_link};
use crate::decode::slug;
use crate::document::{Align, Block, Cell, Column, Inline, Table};
use crate::invitees::is_invited;
use crate::locale::{Lang, dates, words};
use crate::model::{Actor, Hours, Programme, Role, RoleKind, Session, Slot, clock_notes_for};
use crate::schema::Status;
use crate::templates::{blocks_value, inlines_value};
use crate::time::Place;

/// Somebody who has papers of their own: a letter, a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader(pub Actor);

impl Reader {
    /// The members, and everybody who has a part; not those who sign, nor the presidency, in whose name the
    /// letter is written.
    pub fn of_letters(programme: &Programme) -> Vec<Reader> {
        let group = &programme.group;
        let members = group.parties.iter().enumerate().filter(|(_, party)| party.member);
        let members = members.map(|(index, _)| Actor::Party(crate::model::PartyId(index)));
        let roles = held(programme).flat_map(Session::roles).map(|role| role.who.clone());
        let invites = [group.signer(), group.presidency];
        let invites = |actor: &Actor| matches!(actor, Actor::Party(id) if invites.contains(&Some(*id)));
        let mut readers: Vec<Reader> = Vec::new();
        for actor in members.chain(roles) {
            let known = !matches!(actor, Actor::Described(_));
            if known && !invites(&actor) && !readers.iter().any(|reader| reader.0 == actor) {
                readers.push(Reader(actor));
            }
        }
        readers
    }

    /// How its file is called.
    pub fn stem(&self, programme: &Programme) -> String {
        match &self.0 {
            Actor::Party(id) => programme.group.party(*id).id.clone(),
            Actor::Person(id) => programme.group.person(*id).id.clone(),
            Actor::Described(text) => slug(&text.en),
        }
    }

    /// The language in which it is written to, where that is known.
    pub fn lang(&self, programme: &Programme) -> Option<Lang> {
        let group = &programme.group;
        match &self.0 {
            Actor::Party(id) => group.party(*id).language,
            Actor::Person(id) => {
                let person = group.person(*id);
                person.language.or_else(|| group.party(person.party?).language)
            }
            Actor::Described(_) => None,
        }
    }

    /// As a letter addresses them: what agendas call by its acronym is named in full.
    pub fn label(&self, programme: &Programme, lang: Lang) -> String {
        match &self.0 {
            Actor::Party(id) => {
                let party = programme.group.party(*id);
                match &party.acronym {
                    Some(acronym) => format!("{} ({})", party.name.get(lang), acronym.get(lang)),
                    None => party.label(lang),
                }
            }
            actor => actor.label(&programme.group, lang),
        }
    }
}

fn held(programme: &Programme) -> impl Iterator<Item = &Session> {
    programme.sessions.iter().filter(|session| session.status != Status::Cancelled)
}

impl View<'_> {
    /// A letter as its template sees it.
    pub fn letter(&self, reader: &Reader) -> Value {
        let place = self.programme.group.place_of(&reader.0);
        let place = place.as_ref();
        let parts = self.parts_table(reader, place);
        let sessions: Vec<&Session> =
            held(self.programme).filter(|session| is_invited(&self.programme.group, session, &reader.0)).collect();
        context! {
            to => reader.label(self.programme, self.lang),
            place => place.map(|place| place.name.get(self.lang)),
            parts => (!parts.rows.is_empty()).then(|| blocks_value(vec![Block::Table(parts)])),
            sessions => sessions.iter().map(|session| self.invitation(session, place)).collect::<Vec<_>>(),
            sessions_table => blocks_value(vec![Block::Table(self.own_sessions_table(&sessions, place))]),
        }
    }

    /// How to get to a session, and what its reader's clock does until then.
    fn invitation(&self, session: &Session, place: Option<&Place>) -> Value {
        let places = place.map_or_else(|| self.programme.group.places().collect(), |place| vec![place]);
        context! {
            name => session.name(self.lang),
            place => session.place.as_ref().map(|text| text.get(self.lang)),
            join_link => session.join_link.as_ref().map(|at| inlines_value(vec![web_link(&at.value)])),
            how_to_join => session.how_to_join.as_ref().map(|text| text.get(self.lang)),
            clock_notes => clock_notes_for(&places, self.programme, session, self.lang),
        }
    }

    /// Session | Date | Hour, by the reader's clock.
    fn own_sessions_table(&self, sessions: &[&Session], whose: Option<&Place>) -> Table {
        let lang = self.lang;
        // Without a place of its own, the hours of every country stand here.
        let hours = if whose.is_some() { 24 } else { 37 };
        let columns = vec![
            column(self.word("session"), 100 - 30 - hours),
            column(self.word("date"), 30),
            column(self.with_place("hours", whose), hours),
        ];
        let rows = sessions.iter().map(|session| {
            let day = session.time().zip(whose).map(|((start, _), place)| place.zone.local(start).time.date());
            let mut head = self.session_cell(session);
            let place = session.place.as_ref().map(|place| format!("{}: {}", self.word("place"), place.get(lang)));
            head.lines.extend(place.map(|place| vec![Inline::Aside(vec![Inline::Text(place)])]));
            let date = day.or(session.date.map(|date| date.value)).map(|day| dates::long_date(lang, day));
            vec![
                head,
                Cell::text(date.unwrap_or_else(|| self.word("tbc"))),
                Cell::new(self.own_hours(session, session.time(), whose)),
            ]
        });
        Table { caption: None, columns, rows: rows.collect() }
    }

    /// Session | Hour | Topic and part | Duration: only what is the reader's.
    fn parts_table(&self, reader: &Reader, place: Option<&Place>) -> Table {
        let columns = vec![
            column(self.word("session"), 14),
            column(self.with_place("hours", place), 24),
            column(self.word("topic"), 33),
            column(self.word("part"), 18),
            Column { align: Align::End, ..column(self.word("duration"), 11) },
        ];
        let mut rows = Vec::new();
        for session in held(self.programme) {
            let is_own = |role: &&Role| role.who == reader.0;
            let head = || Cell { heads_row: true, ..Cell::text(session.name(self.lang)) };
            if let Some(role) = session.moderator.as_ref().filter(is_own) {
                let whole = vec![vec![Inline::Text(self.word("whole-session"))]];
                let duration = session.settled_time().map(|(start, end)| (end - start).num_minutes());
                rows.push(self.part(head(), self.own_hours(session, session.time(), place), duration, whole, &[role]));
            }
            let agenda = session.agenda();
            for entry in &agenda {
                let own: Vec<&Role> = entry.slot.roles.iter().filter(is_own).collect();
                if own.is_empty() {
                    continue;
                }
                let whole = entry.within.map(|within| agenda[within].slot);
                let hours = entry.slot.hours().or_else(|| whole?.hours());
                let topic = match whole {
                    Some(whole) => self.topic_of(whole, Some(entry.slot.title.get(self.lang))),
                    None => self.topic_of(entry.slot, None),
                };
                let duration = entry.slot.own_minutes().or_else(|| whole?.own_minutes());
                let line = self.own_item_hours(session, hours, place);
                rows.push(self.part(head(), line, duration, topic, &own));
            }
        }
        Table { caption: None, columns, rows }
    }

    fn topic_of(&self, slot: &Slot, group: Option<&str>) -> Vec<Vec<Inline>> {
        let title = Inline::Text(slot.title.get(self.lang).to_owned());
        let group = group.map(|group| vec![Inline::Aside(vec![Inline::Text(group.to_owned())])]);
        std::iter::once(vec![title]).chain(group).collect()
    }

    fn part(
        &self,
        head: Cell,
        hours: Vec<Vec<Inline>>,
        minutes: Option<i64>,
        topic: Vec<Vec<Inline>>,
        roles: &[&Role],
    ) -> Vec<Cell> {
        let word = |role: &&Role| {
            let part = self.word(match role.kind {
                RoleKind::Speaker => "part-speaker",
                RoleKind::Moderator => "part-moderator",
                RoleKind::Facilitator => "part-facilitator",
            });
            if role.tbc { format!("{part} ({})", self.word("tbc")) } else { part }
        };
        let parts: Vec<String> = roles.iter().map(word).collect();
        let duration = minutes.map(|minutes| words::minutes(self.lang, minutes));
        vec![
            head,
            Cell::new(hours),
            Cell::new(topic),
            Cell::text(words::join(self.lang, &parts)),
            Cell::text(duration.unwrap_or_default()),
        ]
    }

    /// By the reader's clock; where it is not known, by those of every country.
    fn own_hours(
        &self,
        session: &Session,
        time: Option<(DateTime<Utc>, DateTime<Utc>)>,
        place: Option<&Place>,
    ) -> Vec<Vec<Inline>> {
        let Some((start, end)) = time else { return vec![vec![Inline::Text(self.word("tbc"))]] };
        let Some(place) = place else {
            let day = session.date.map_or_else(|| session.zone.local(start).time.date(), |date| date.value);
            return self.all_hours(session, (start, end), day);
        };
        let own = [start, end].map(|instant| place.zone.local(instant));
        let day = session.time().map_or(own[0], |(start, _)| place.zone.local(start)).time.date();
        let mut line = self.span(&place.zone, own);
        if session.is_open() && session.time() == time {
            line.truncate(1);
        }
        line.extend(self.other_day(own[0].time, day));
        if self.programme.group.members.iter().all(|member| member.place.zone != place.zone) {
            line.push(Inline::Aside(vec![Inline::Text(format!(" {}", dates::utc_offset(own[0].offset)))]));
        }
        vec![line]
    }

    /// The hours of an item by the reader's clock; where it is not known, by those of every country.
    fn own_item_hours(&self, session: &Session, hours: Option<Hours>, place: Option<&Place>) -> Vec<Vec<Inline>> {
        let Some(hours) = hours else { return vec![vec![Inline::Text(self.word("tbc"))]] };
        let whole = self.own_hours(session, Some((hours.time.start, hours.time.end)), place);
        let Some(place) = place.filter(|_| hours.follows || !hours.shows_end || hours.approximate) else { return whole };
        // Behind the hour stands what is told of it: another day, or the offset.
        let behind = whole.into_iter().flatten().filter(|part| !matches!(part, Inline::Time { .. })).skip(1);
        vec![[self.item_span(&place.zone, &hours), behind.collect()].concat()]
    }

    fn with_place(&self, key: &str, place: Option<&Place>) -> String {
        match place {
            Some(place) => format!("{} ({})", self.word(key), place.name.get(self.lang)),
            None => self.word(key),
        }
    }
}
