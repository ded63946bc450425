//! The agenda of a session, and who has the floor in it.

use super::{View, column};
use crate::locale::words;
use crate::model::{BreakOut, Role, RoleKind, Session, Slot};
use crate::render::document::{Align, Cell, Column, Inline, Table};
use crate::time::{Place, local_hours, place_name};

impl View<'_> {
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
    pub(super) fn slot_hours(&self, session: &Session, slot: &Slot, whose: Option<&Place>) -> Vec<Vec<Inline>> {
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
    pub(super) fn people<'r>(&self, roles: impl Iterator<Item = &'r Role>) -> Vec<Inline> {
        let labels: Vec<String> = roles.map(|role| self.role(role)).collect();
        match labels.is_empty() {
            true => Vec::new(),
            false => vec![Inline::Text(words::join(self.lang, &labels))],
        }
    }

    pub(super) fn role(&self, role: &Role) -> String {
        let label = role.who.label(&self.programme.group, self.lang);
        match role.tbc {
            true => format!("{label} ({})", self.word("tbc")),
            false => label,
        }
    }
}
