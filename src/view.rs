//! What templates see: everything worded in one language, every hour local and grouped.

mod letter;
mod notes;

pub use letter::Recipient;
pub use notes::clock_notes;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use minijinja::{Value, context};

use crate::locale::{Lang, dates, words};
use crate::model::{Actor, BreakOut, Group, Programme, Role, RoleKind, Section, Session, Slot};
use crate::render::document::{Align, Block, Cell, Column, Inline, Table};
use crate::render::parse::prose;
use crate::render::template::{Templates, blocks_value, inlines_value};
use crate::schema::{Include, Status};
use crate::time::{Local, LocalHour, Place, Zone, local_hours, place_name};

/// Words a programme for templates in one language.
pub struct View<'a> {
    pub programme: &'a Programme,
    pub templates: &'a Templates,
    pub lang: Lang,
}

impl View<'_> {
    /// What every template sees.
    pub fn context(&self) -> Value {
        let group = &self.programme.group;
        let party = |id: Option<crate::model::PartyId>| id.map(|id| group.party(id).label(self.lang));
        let sessions: Vec<Value> = self.programme.sessions.iter().map(|session| self.session(session)).collect();
        context! {
            group => context! {
                name => group.name.get(self.lang),
                short_name => group.short_name.get(self.lang),
                presidency => party(group.presidency),
                secretariat => party(group.secretariat),
                signer => self.signer(),
                email => group.organizer.as_ref().map(|organizer| organizer.email.as_str()),
                email_link => group.organizer.as_ref().map(|organizer| inlines_value(vec![mail_link(&organizer.email)])),
            },
            unconfirmed => self.programme.is_unconfirmed(),
            note => self.note(),
            sessions => sessions,
            sessions_table => blocks_value(vec![Block::Table(self.sessions_table())]),
            participants_table => blocks_value(vec![Block::Table(self.participants_table())]),
            contacts => group.organizer.is_some().then(|| blocks_value(self.contacts())),
        }
    }

    /// A session as templates see it.
    pub fn session(&self, session: &Session) -> Value {
        let lang = self.lang;
        let name = session.name(lang);
        let title = session.title.get(lang);
        let date = session.date.map(|date| dates::long_date(lang, date.value));
        let heading = match (&session.number, &date) {
            (Some(_), Some(date)) => format!("{name} – {title} ({date})"),
            (Some(_), None) => format!("{name} – {title}"),
            (None, Some(date)) => format!("{title} ({date})"),
            (None, None) => title.to_owned(),
        };
        context! {
            id => session.id.as_str(),
            number => session.number.map(|number| number.value),
            name => name,
            title => title,
            heading => heading,
            anchor => anchor(session.id.as_str()),
            date => date,
            hours => inlines_value(self.hours(session)),
            clock_notes => self.clock_notes(session),
            duration => session.time().map(|(start, end)| words::duration((end - start).num_minutes())),
            status => session.status.word(),
            moderator => session.moderator.as_ref().map(|role| self.role(role)),
            objective => session.objective.as_ref().map(|text| text.get(lang)),
            place => session.place.as_ref().map(|text| text.get(lang)),
            join_link => session.join_link.as_ref().map(|link| inlines_value(vec![web_link(&link.value)])),
            agenda => blocks_value(vec![Block::Table(self.agenda(session, None))]),
        }
    }

    /// Who answers for the documents.
    pub fn signer(&self) -> String {
        let group = &self.programme.group;
        group.signer().map_or_else(|| group.name.get(self.lang).to_owned(), |id| group.party(id).label(self.lang))
    }

    /// "Sesión 1 – Iniciativas globales"
    fn session_title(&self, session: &Session) -> String {
        match session.number {
            Some(_) => format!("{} – {}", session.name(self.lang), session.title.get(self.lang)),
            None => session.title.get(self.lang).to_owned(),
        }
    }

    /// The title in a table of sessions, with the status of one that is not firm.
    fn session_cell(&self, session: &Session) -> Cell {
        let mut lines = vec![vec![Inline::Text(self.session_title(session))]];
        if session.status != Status::Confirmed {
            lines.push(vec![Inline::Strong(vec![Inline::Text(self.word(session.status.word()))])]);
        }
        Cell { heads_row: true, ..Cell::new(lines) }
    }

    /// What readers must be told about their clocks.
    pub fn clock_notes(&self, session: &Session) -> Vec<String> {
        clock_notes(self.programme, session, self.lang)
    }

    /// A word of the documents, from `words.toml`.
    pub fn word(&self, key: &str) -> String {
        self.templates.word(key, self.lang).unwrap_or(key).to_owned()
    }

    /// "10:00 Costa Rica, Guatemala, Honduras · 11:00 Panamá · 16:00 UTC"
    fn hours(&self, session: &Session) -> Vec<Inline> {
        match session.date {
            Some(date) => self.hours_from(session, date.value),
            None => vec![Inline::Text(self.word("tbc"))],
        }
    }

    /// The same, with other days marked as seen from `day`.
    pub fn hours_from(&self, session: &Session, day: NaiveDate) -> Vec<Inline> {
        let Some((start, end)) = session.time() else { return vec![Inline::Text(self.word("tbc"))] };
        let mut line = Vec::new();
        for hour in &self.programme.group.local_hours(&session.zone, start, end, day) {
            if !line.is_empty() {
                line.push(Inline::Text(" · ".to_owned()));
            }
            let zone = hour.places.first().map_or(&session.zone, |place| &place.zone);
            line.push(self.time(zone, hour.start, hour.offset));
            line.push(Inline::Text(format!(" {}{}", self.place_names(hour), self.day_mark(hour))));
        }
        let utc = start.naive_utc();
        let shift = (utc.date() - day).num_days();
        line.push(Inline::Text(if line.is_empty() { String::new() } else { " · ".to_owned() }));
        line.push(Inline::Time { moment: moment(utc, 0), text: dates::clock(utc.time()) });
        line.push(Inline::Text(format!(" UTC{}", self.shifted(shift, utc))));
        line
    }

    /// A local time of a zone, as the group wants hours written.
    fn time(&self, zone: &Zone, local: NaiveDateTime, offset: i32) -> Inline {
        Inline::Time { moment: moment(local, offset), text: self.programme.group.worded_hour(self.lang, zone, local.time()) }
    }

    /// "10:00–10:05", "10:00–10:05 a. m.": what both hours share is said once.
    pub fn span(&self, zone: &Zone, [start, end]: [Local; 2]) -> Vec<Inline> {
        let [from, until] = self.programme.group.worded_hours(self.lang, zone, [start, end].map(|local| local.time.time()));
        let time = |local: Local, text| Inline::Time { moment: moment(local.time, local.offset), text };
        vec![time(start, from), Inline::Text("–".to_owned()), time(end, until)]
    }

    /// The same for a place, or for several whose clocks agree.
    fn span_of(&self, hour: &LocalHour<'_>, own: &Zone) -> Vec<Inline> {
        let zone = hour.places.first().map_or(own, |place| &place.zone);
        self.span(zone, [hour.start, hour.end].map(|time| Local { time, offset: hour.offset }))
    }

    /// The stretch by every clock of the group, a line for each.
    fn all_hours(&self, session: &Session, (start, end): (DateTime<Utc>, DateTime<Utc>), day: NaiveDate) -> Vec<Vec<Inline>> {
        let hours = self.programme.group.local_hours(&session.zone, start, end, day);
        let line = |hour| [self.span_of(hour, &session.zone), vec![Inline::Aside(vec![self.places(hour)])]].concat();
        hours.iter().map(line).collect()
    }

    /// " Costa Rica, Guatemala (+1, viernes)", behind an hour; in a narrow cell every name stays whole.
    fn places(&self, hour: &LocalHour<'_>) -> Inline {
        let names: Vec<_> = hour.places.iter().map(|place| place.name.get(self.lang).replace(' ', "\u{a0}")).collect();
        Inline::Text(format!(" {}{}", names.join(", "), self.day_mark(hour)))
    }

    fn place_names(&self, hour: &LocalHour<'_>) -> String {
        hour.places.iter().map(|place| place.name.get(self.lang)).collect::<Vec<_>>().join(", ")
    }

    /// Marks an hour that falls on another day: " (+1, viernes)".
    fn day_mark(&self, hour: &LocalHour<'_>) -> String {
        self.shifted(hour.day_shift, hour.start)
    }

    /// Marks an hour that is not on the day.
    fn other_day(&self, local: NaiveDateTime, day: NaiveDate) -> Option<Inline> {
        let shift = (local.date() - day).num_days();
        (shift != 0).then(|| Inline::Text(self.shifted(shift, local)))
    }

    /// A mark for an hour on another day.
    pub fn shifted(&self, days: i64, local: NaiveDateTime) -> String {
        use chrono::Datelike;
        match days {
            0 => String::new(),
            days => {
                format!(" ({}{}, {})", if days > 0 { "+" } else { "−" }, days.abs(), dates::weekday(self.lang, local.weekday()))
            }
        }
    }

    /// The agenda: Time | Topic | Speaker | Duration, with the hours of the other countries in each row; for
    /// one reader with theirs alone.
    pub fn agenda(&self, session: &Session, whose: Option<&Place>) -> Table {
        let mut table = Table {
            caption: None,
            columns: vec![
                Column { heading: self.time_heading(session, whose), align: Align::Start, width: 24 },
                column(self.word("topic"), 37),
                column(self.word("speaker"), 28),
                Column { align: Align::End, ..column(self.word("duration"), 11) },
            ],
            rows: Vec::new(),
        };
        for slot in &session.slots {
            let rows = slot.groups.len() + 1;
            let duration = slot.time.map(|time| words::minutes(self.lang, time.minutes())).unwrap_or_default();
            table.rows.push(vec![
                Cell { rows, heads_row: true, ..Cell::new(self.slot_hours(session, slot, whose)) },
                Cell::text(slot.title.get(self.lang)),
                Cell::new(self.slot_people(slot)),
                Cell { rows, ..Cell::text(duration) },
            ]);
            for group in &slot.groups {
                table.rows.push(vec![
                    Cell::covered(),
                    Cell::text(group.title.get(self.lang)),
                    self.group_people(group),
                    Cell::covered(),
                ]);
            }
        }
        table
    }

    /// "Time (Costa Rica, Guatemala, Honduras)": whose clock the hours are by.
    pub fn time_heading(&self, session: &Session, whose: Option<&Place>) -> Vec<Inline> {
        let word = self.word("time");
        if let Some(place) = whose {
            return vec![Inline::Text(format!("{word} ({})", place.name.get(self.lang)))];
        }
        let Some((start, end)) = session.time() else { return vec![Inline::Text(word)] };
        let own = session.zone.local(start);
        let places = self.programme.group.places().filter(|place| place.zone.local(start) == own);
        let hours = local_hours(places, start, end, own.time.date());
        let names =
            hours.first().map_or_else(|| place_name(&session.zone).get(self.lang).to_owned(), |hour| self.place_names(hour));
        vec![Inline::Text(format!("{word} ({names})"))]
    }

    /// The slot's hours by the session's clock, then by those of the countries that differ; for one reader
    /// by theirs alone.
    fn slot_hours(&self, session: &Session, slot: &Slot, whose: Option<&Place>) -> Vec<Vec<Inline>> {
        let Some(slot_time) = slot.time else { return vec![vec![Inline::Text(self.word("tbc"))]] };
        let zone = whose.map_or(&session.zone, |place| &place.zone);
        let own = [slot_time.start, slot_time.end].map(|instant| zone.local(instant));
        let day = session.date.map_or(own[0].time.date(), |date| date.value);
        let mut first = self.span(zone, own);
        first.extend(self.other_day(own[0].time, day));
        if whose.is_some() {
            return vec![first];
        }
        let hours = self.programme.group.local_hours(&session.zone, slot_time.start, slot_time.end, day);
        let others = hours.iter().filter(|hour| [hour.start, hour.end] != own.map(|local| local.time));
        let aside = |hour| vec![Inline::Aside([self.span_of(hour, &session.zone), vec![self.places(hour)]].concat())];
        std::iter::once(first).chain(others.map(aside)).collect()
    }

    /// Who has the floor, a line for each kind of role.
    pub fn slot_people(&self, slot: &Slot) -> Vec<Vec<Inline>> {
        let mut lines = Vec::new();
        let of = |kind| slot.roles.iter().filter(move |role| role.kind == kind);
        let speakers = self.people(of(RoleKind::Speaker));
        if !speakers.is_empty() {
            lines.push(speakers);
        }
        if slot.everyone {
            lines.push(vec![Inline::Text(self.word("everyone"))]);
        }
        for (kind, word) in [(RoleKind::Moderator, "moderator"), (RoleKind::Facilitator, "facilitators")] {
            let people = self.people(of(kind));
            if !people.is_empty() {
                lines.push([vec![Inline::Text(format!("{}: ", self.word(word)))], people].concat());
            }
        }
        lines
    }

    /// Who leads a break-out group.
    pub fn group_people(&self, group: &BreakOut) -> Cell {
        let people: Vec<Inline> = self.people(group.roles.iter());
        if people.is_empty() { Cell::new(Vec::new()) } else { Cell::new(vec![people]) }
    }

    /// "ACNUR y PNUD", with a mark behind those to be confirmed.
    fn people<'r>(&self, roles: impl Iterator<Item = &'r Role>) -> Vec<Inline> {
        let labels: Vec<String> = roles.map(|role| self.role(role)).collect();
        match labels.is_empty() {
            true => Vec::new(),
            false => vec![Inline::Text(words::join(self.lang, &labels))],
        }
    }

    fn role(&self, role: &Role) -> String {
        let label = role.who.label(&self.programme.group, self.lang);
        match role.tbc {
            true => format!("{label} ({})", self.word("tbc")),
            false => label,
        }
    }

    fn sessions_table(&self) -> Table {
        let lang = self.lang;
        let columns = vec![column(self.word("session"), 33), column(self.word("date"), 30), column(self.word("hours"), 37)];
        let row = |session: &Session| {
            let date = session.date.map_or_else(|| self.word("tbc"), |date| dates::long_date(lang, date.value));
            let hours = match session.time().zip(session.date) {
                Some((time, date)) => self.all_hours(session, time, date.value),
                None => vec![vec![Inline::Text(self.word("tbc"))]],
            };
            vec![self.session_cell(session), Cell::text(date), Cell::new(hours)]
        };
        Table { caption: None, columns, rows: self.programme.sessions.iter().map(row).collect() }
    }

    /// The members by country.
    fn participants_table(&self) -> Table {
        let group = &self.programme.group;
        let mut by_country: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for party in group.parties.iter().filter(|party| party.member) {
            let country =
                party.country.as_ref().and_then(|(code, _)| group.members.iter().position(|member| member.code == *code));
            let name = party.short_name.as_ref().unwrap_or(&party.name).get(self.lang).to_owned();
            by_country.entry(country.unwrap_or(group.members.len())).or_default().push(name);
        }
        let rows = by_country.into_iter().map(|(country, members)| {
            let name = group.members.get(country).map_or("", |member| member.place.name.get(self.lang));
            vec![Cell { heads_row: true, ..Cell::text(name) }, Cell::text(words::join(self.lang, &members))]
        });
        Table {
            caption: None,
            columns: vec![column(self.word("country"), 30), column(self.word("members"), 70)],
            rows: rows.collect(),
        }
    }

    fn contacts(&self) -> Vec<Block> {
        let group: &Group = &self.programme.group;
        let Some(organizer) = &group.organizer else { return Vec::new() };
        let link = mail_link(&organizer.email);
        let name = Actor::Party(organizer.party).label(group, self.lang);
        vec![Block::Paragraph(vec![Inline::Text(format!("{}: {name}, ", self.word("contact"))), link])]
    }

    fn note(&self) -> Option<Value> {
        let note = self.programme.concept_note.as_ref()?;
        let sections: Vec<Value> = note.sections.iter().map(|section| self.section(section)).collect();
        Some(context! {
            title => note.title.get(self.lang),
            date => note.date.map(|date| dates::date(self.lang, date)),
            sections => sections,
        })
    }

    fn section(&self, section: &Section) -> Value {
        let lang = self.lang;
        let text = section.text.as_ref().map(|text| blocks_value(prose(text.get(lang))));
        let items: Vec<Value> = section.items.iter().map(|item| Value::from(item.get(lang))).collect();
        let sections: Vec<Value> = section.sections.iter().map(|part| self.section(part)).collect();
        context! {
            id => section.id.as_str(),
            title => section.title.get(lang),
            anchor => anchor(section.id.as_str()),
            text => text,
            items => items,
            include => section.include.map(Include::word),
            sections => sections,
        }
    }
}

fn column(heading: String, width: u8) -> Column {
    Column { heading: vec![Inline::Text(heading)], align: Align::Start, width }
}

/// Put behind a heading, the name that links call it.
fn anchor(id: &str) -> Value {
    inlines_value(vec![Inline::Anchor(id.to_owned())])
}

pub fn mail_link(address: &str) -> Inline {
    Inline::Link { url: format!("mailto:{address}"), content: vec![Inline::Text(address.to_owned())] }
}

fn web_link(url: &str) -> Inline {
    Inline::Link { url: url.to_owned(), content: vec![Inline::Text(url.to_owned())] }
}

/// ISO 8601 with the offset.
fn moment(local: NaiveDateTime, offset: i32) -> String {
    FixedOffset::east_opt(offset)
        .and_then(|offset| offset.from_local_datetime(&local).single())
        .map_or_else(|| local.to_string(), |moment| moment.format("%Y-%m-%dT%H:%M%:z").to_string())
}
