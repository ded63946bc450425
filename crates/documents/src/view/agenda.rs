//! The agenda of a session, and who has the floor in it.

use chrono::NaiveDate;

use super::{View, column};
use crate::document::passages::Passages;
use crate::document::{Align, Block, Cell, Column, Inline, Table};
use crate::locale::{dates, words};
use crate::model::{Role, RoleKind, Session, Slot};
use crate::time::{LocalHour, Place, local_hours, place_name};

/// More speakers than that stand in a line each.
const MOST_IN_A_LINE: usize = 3;

/// Whose agenda is shown, and to whom.
struct Shown<'s> {
    session: &'s Session,
    whose: Option<&'s Place>,
    passages: Passages<'s>,
}

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
        let mut day = session.date.map(|date| date.value);
        let shown = Shown { session, whose, passages: Passages::of_session(self.sources, session.file) };
        self.add_rows(&mut table, &shown, &session.slots, 0, &mut day);
        table
    }

    fn add_rows(&self, table: &mut Table, shown: &Shown<'_>, slots: &[Slot], depth: usize, day: &mut Option<NaiveDate>) {
        for slot in slots {
            if let Some(date) = slot.date.map(|date| date.value).filter(|date| Some(*date) != *day) {
                *day = Some(date);
                let head = Cell { heads_row: true, ..Cell::text(dates::long_date(self.lang, date)) };
                table.rows.push(std::iter::once(head).chain((1..table.columns.len()).map(|_| Cell::new(Vec::new()))).collect());
            }
            // Groups without hours of their own stand under those of their item.
            let is_plain = |group: &Slot| !group.writes_hours() && group.items.is_empty() && group.groups.is_empty();
            let under = slot.items.is_empty() && slot.groups.iter().all(is_plain);
            let rows = if under { slot.groups.len() + 1 } else { 1 };
            let duration = slot.own_minutes().map(|minutes| words::minutes(self.lang, minutes)).unwrap_or_default();
            table.rows.push(vec![
                Cell { rows, heads_row: true, ..Cell::new(self.slot_hours(shown.session, slot, *day, shown.whose)) },
                Cell::new(self.topic(slot, depth, &shown.passages)),
                Cell::new(self.slot_people(slot)),
                Cell { rows, ..Cell::text(duration) },
            ]);
            if under {
                for group in &slot.groups {
                    let topic = Cell::new(self.topic(group, 0, &shown.passages));
                    table.rows.push(vec![Cell::covered(), topic, self.group_people(group), Cell::covered()]);
                }
            } else {
                self.add_rows(table, shown, &slot.items, depth + 1, day);
                self.add_rows(table, shown, &slot.groups, depth + 1, day);
            }
        }
    }

    /// What an item is about: its title, then what is told of it, a line each.
    fn topic(&self, slot: &Slot, depth: usize, passages: &Passages<'_>) -> Vec<Vec<Inline>> {
        let lang = self.lang;
        let title = format!("{}{}", "– ".repeat(depth), slot.title.get(lang));
        let mut lines = vec![vec![Inline::Text(title)]];
        if let Some(description) = &slot.description {
            let described = prose_lines(&self.prose(description, passages));
            lines.extend(described.into_iter().map(|line| vec![Inline::Aside(line)]));
        }
        let told = [("place", &slot.place), ("language", &slot.language), ("interpretation", &slot.interpretation)];
        for (word, text) in told.into_iter().filter_map(|(word, text)| Some((word, text.as_ref()?))) {
            lines.push(vec![Inline::Aside(vec![Inline::Text(format!("{}: {}", self.word(word), text.get(lang)))])]);
        }
        for material in &slot.materials {
            let content = vec![Inline::Text(material.title.get(lang).to_owned())];
            lines.push(vec![Inline::Aside(vec![Inline::Link { url: material.link.value.clone(), content }])]);
        }
        lines
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
    /// by theirs alone. A point without an hour of its own has none.
    pub(super) fn slot_hours(
        &self,
        session: &Session,
        slot: &Slot,
        day: Option<NaiveDate>,
        whose: Option<&Place>,
    ) -> Vec<Vec<Inline>> {
        let Some(shown) = slot.hours() else {
            return if slot.is_untold() { vec![vec![Inline::Text(self.word("tbc"))]] } else { Vec::new() };
        };
        let time = shown.time;
        let zone = whose.map_or(&session.zone, |place| &place.zone);
        let own = [time.start, time.end].map(|instant| zone.local(instant));
        let day = day.unwrap_or(own[0].time.date());
        let mut first = self.item_span(zone, &shown);
        first.extend(self.other_day(own[0].time, day));
        if whose.is_some() {
            return vec![first];
        }
        let hours = self.programme.group.local_hours(&session.zone, time.start, time.end, day);
        let others = hours.iter().filter(|hour| [hour.start, hour.end] != own.map(|local| local.time));
        let aside = |hour: &LocalHour<'_>| {
            let zone = hour.places.first().map_or(&session.zone, |place| &place.zone);
            vec![Inline::Aside([self.item_span(zone, &shown), vec![self.places(hour)]].concat())]
        };
        let also = slot.also.iter().filter(|also| !hours.iter().any(|hour| hour.start == also.zone.local(time.start).time));
        let also = also.map(|also| {
            let place = format!(" {}", place_name(&also.zone).get(self.lang));
            vec![Inline::Aside([self.item_span(&also.zone, &shown), vec![Inline::Text(place)]].concat())]
        });
        std::iter::once(first).chain(others.map(aside)).chain(also).collect()
    }

    /// Who has the floor: the speakers, then a line for each other kind of role.
    pub fn slot_people(&self, slot: &Slot) -> Vec<Vec<Inline>> {
        let mut lines = Vec::new();
        let of = |kind| slot.roles.iter().filter(move |role| role.kind == kind);
        let speakers: Vec<&Role> = of(RoleKind::Speaker).collect();
        if speakers.len() > MOST_IN_A_LINE {
            lines.extend(speakers.into_iter().map(|role| vec![Inline::Text(self.role(role))]));
        } else if !speakers.is_empty() {
            lines.push(self.people(speakers.into_iter()));
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
    pub fn group_people(&self, group: &Slot) -> Cell {
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
        match role.is_marked() {
            true => format!("{label} ({})", self.word("tbc")),
            false => label,
        }
    }
}

/// Prose as lines of a cell: what stands in blocks there, a line each.
pub(super) fn prose_lines(blocks: &[Block]) -> Vec<Vec<Inline>> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(content) => lines.push(content.clone()),
            Block::Heading(heading) => lines.push(vec![Inline::Strong(heading.worded())]),
            Block::Code(text) => lines.push(vec![Inline::Code(text.clone())]),
            Block::Quote(inner) => lines.extend(prose_lines(inner)),
            Block::List { start, items } => {
                for (index, item) in items.iter().enumerate() {
                    let mark = start.map_or_else(|| "• ".to_owned(), |first| format!("{}. ", first + index));
                    let mut inner = prose_lines(item).into_iter();
                    lines.extend(inner.next().map(|first| [vec![Inline::Text(mark)], first].concat()));
                    lines.extend(inner);
                }
            }
            Block::Table(table) => {
                lines.extend(table.columns.iter().map(|column| column.heading.clone()));
                lines.extend(table.rows.iter().flatten().flat_map(|cell| cell.lines.clone()));
            }
            Block::Fields(fields) => {
                for field in fields {
                    lines.push(field.label.clone());
                    lines.extend(prose_lines(&field.content));
                }
            }
            Block::Rule => {}
        }
    }
    lines
}
