//! Sessions with their items, taken together from entry after entry.

use convoca_core::locale::Text;
use convoca_core::text;

use super::about::{about, is_label, says_tbc};
use super::clean::clean;
use super::clock::minutes_of;
use super::days::{Context, is_aside};
use super::entry::{Draft, Entry, Head, Shape};
use super::people::{self, are_names, is_person_with_post, labelled};
use super::result::{Clock, FoundSession, Group, Imported, Inferred, Item, Left, Role, Speaker, Window};
use crate::grammar::days;
use crate::grammar::{Day, Meaning, Span, folded, marks};
use crate::source::Bullet;

pub(super) struct Builder<'c> {
    pub(super) context: &'c Context,
    pub(super) imported: Imported,
    pub(super) current: FoundSession,
    /// The head of the session at hand.
    pub(super) head: Option<Head>,
    pub(super) windows: Vec<(usize, Span, String)>,
    /// Days that a table of clocks tells of "Day 1".
    pub(super) days: Vec<(u32, Day)>,
    /// Whether what follows belongs to the last item.
    pub(super) open: bool,
    pub(super) last_text: Option<(usize, String)>,
}

impl Builder<'_> {
    pub(super) fn take(&mut self, entry: &Entry, rest: &[Entry], promoted: bool) {
        let next = rest.first();
        match &entry.shape {
            // "Session 2 – Title" over "Friday 28 October": one head.
            Shape::Head(head)
                if self.current.items.is_empty()
                    && head.number.is_none()
                    && head.span.as_ref().is_none_or(|(span, _)| span.end.is_some())
                    && self.head.as_ref().is_some_and(|own| own.number.is_some() && own.day.is_none()) =>
            {
                self.imported.heads.insert(entry.line);
                if let Some(own) = &mut self.head {
                    own.day.clone_from(&head.day);
                }
                self.windows.extend(head.span.iter().map(|(span, written)| (entry.line, *span, written.clone())));
            }
            Shape::Head(head) => {
                let starts_anew =
                    !head.weak || self.current.items.is_empty() || is_dated_below(head, rest) || self.restarts(rest);
                if starts_anew {
                    self.close();
                    self.open(entry, head);
                } else {
                    self.imported.heads.insert(entry.line);
                }
                self.open = false;
            }
            Shape::Window { span, written, day } => {
                self.date_below(day.as_ref());
                self.windows.push((entry.line, *span, written.clone()));
                self.imported.heads.insert(entry.line);
            }
            Shape::Item(draft) => {
                let part = draft.behind
                    && draft.span.is_some_and(|span| span.end.is_some())
                    && next.is_some_and(|next| match &next.shape {
                        Shape::Item(_) if entry.heading > 0 => next.heading == 0,
                        // "Bloque de la mañana (8:30 – 12:30)" over "8:30 Acreditación".
                        Shape::Item(inner) => {
                            entry.bullet == Bullet::None
                                && entry.table.is_none()
                                && next.indent == entry.indent
                                && inner
                                    .span
                                    .zip(draft.span)
                                    .is_some_and(|(own, part)| !inner.behind && own.start == part.start && own.end != part.end)
                        }
                        _ => false,
                    });
                if part {
                    // "Morning (8:30 – 12:00)" over the items of the morning.
                    self.imported.heads.insert(entry.line);
                    self.open = false;
                    return;
                }
                self.item(entry, draft);
            }
            Shape::Text(text) if promoted => self.item(entry, &Draft { title: clean(text), ..Draft::default() }),
            Shape::Text(text) => self.text(entry, text),
            Shape::Continues => {
                if let Some(item) = self.current.items.last_mut() {
                    item.lines.push(entry.line);
                }
            }
            Shape::Beside { title, speakers } => match self.current.items.last_mut() {
                Some(item) if !title.is_empty() => {
                    item.lines.push(entry.line);
                    let speakers = speakers.iter().flat_map(|text| people::speakers(text, Role::Speaker)).collect();
                    item.groups.push(Group { line: entry.line, title: title.clone(), speakers });
                }
                Some(item) => {
                    item.lines.push(entry.line);
                    item.speakers.extend(speakers.iter().flat_map(|text| people::speakers(text, Role::Speaker)));
                }
                None => self.text(entry, title),
            },
            Shape::Minutes(minutes, bound) => {
                match self.current.items.last_mut().filter(|item| self.open && item.minutes.is_none()) {
                    Some(item) => {
                        (item.minutes, item.bound) = (Some(*minutes), *bound);
                        item.lines.push(entry.line);
                    }
                    None => self
                        .leave(entry, text!("a length without an item: {minutes} min", "una duración sin punto: {minutes} min")),
                }
            }
            Shape::Hours { written, .. } => {
                self.leave(entry, text!("an hour without a title: {written}", "una hora sin título: {written}"));
            }
            Shape::Total => self.leave(entry, Text::fixed("the sum of the lengths", "la suma de las duraciones")),
            Shape::Aside => self.leave(entry, Text::fixed("it is about something else", "trata de otra cosa")),
            Shape::Elsewhere(day) => {
                let number =
                    self.head.as_ref().filter(|head| head.ordinal && self.current.items.is_empty()).and_then(|head| head.number);
                if let (Some(number), Some(day)) = (number, day) {
                    self.days.push((number, day.clone()));
                }
                self.leave(entry, Text::fixed("the same hour in several cities", "la misma hora en varias ciudades"));
            }
        }
    }

    fn leave(&mut self, entry: &Entry, why: Text) {
        let text = match &entry.shape {
            Shape::Text(text) | Shape::Hours { written: text, .. } => text.clone(),
            _ => String::new(),
        };
        self.imported.left.push(Left { line: entry.line, text, why });
    }

    /// Whether the hours behind a head begin before those ahead of it.
    fn restarts(&self, rest: &[Entry]) -> bool {
        let last = self.current.items.iter().rev().find_map(|item| item.written);
        // Behind what is said of the session: its day, its place, who moderates.
        let first = rest.iter().take(6).find(|entry| !matches!(entry.shape, Shape::Text(_))).and_then(|next| match &next.shape {
            Shape::Item(draft) => draft.span,
            Shape::Hours { span, .. } | Shape::Window { span, .. } => Some(*span),
            _ => None,
        });
        match (last, first) {
            (Some(last), Some(first)) => minutes_of(&first.start) < minutes_of(&last.start),
            _ => false,
        }
    }

    /// The day of the session at hand, where it stands under its head.
    fn date_below(&mut self, day: Option<&Day>) {
        if let (Some(head), Some(day)) = (&mut self.head, day)
            && head.day.is_none()
            && self.current.items.is_empty()
        {
            head.day = Some(day.clone());
        }
    }

    fn open(&mut self, entry: &Entry, head: &Head) {
        self.imported.heads.insert(entry.line);
        let (title, moderator) = without_moderator(&head.title);
        self.current = FoundSession {
            line: entry.line,
            number: head.number,
            title: Some(title).filter(|title| !title.is_empty()),
            moderator,
            ..FoundSession::default()
        };
        if let Some((span, written)) = &head.span {
            self.windows.push((entry.line, *span, written.clone()));
        }
        self.head = Some(head.clone());
    }

    pub(super) fn close(&mut self) {
        let mut session = std::mem::take(&mut self.current);
        let head = self.head.take();
        if session.items.is_empty() {
            // The head of a document: what it says of hours holds for what follows, if it is the only one.
            return;
        }
        if let Some(day) = head.as_ref().and_then(|head| head.day.as_ref()) {
            session.weekday = day.weekdays.first().copied();
            session.date = self.context.date(day);
            if session.date.is_none() {
                session.date_text = head.as_ref().map(|head| head.title.clone());
            }
        }
        if head.as_ref().is_some_and(|head| head.ordinal && head.day.is_none())
            && let Some((_, day)) = self.days.iter().find(|(number, _)| session.number == Some(*number))
        {
            // By the clock of most: where it is another day already, the table tells the hour of the night.
            session.weekday = day.weekdays.first().copied();
            session.date = self.context.date(day);
        }
        let windows = std::mem::take(&mut self.windows);
        if let [(line, span, written)] = windows.as_slice() {
            session.window = Some(Window {
                line: *line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: written.clone(),
            });
        } else if let Some((line, span, written)) = windows.last().filter(|(line, ..)| *line >= session.line) {
            session.window = Some(Window {
                line: *line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: written.clone(),
            });
        }
        if head.as_ref().is_some_and(|head| head.ordinal) && session.date.is_none() {
            let place = session.number.and_then(|number| usize::try_from(number).ok()).and_then(|number| number.checked_sub(1));
            if let Some(date) = place.and_then(|place| self.context.range.get(place)) {
                session.date = Some(*date);
                session.inferred.push(Inferred {
                    field: "date",
                    why: Text::fixed(
                        "the day of this number among the days that the document states",
                        "el día de este número entre los días que indica el documento",
                    ),
                });
            }
        }
        if session.line == 0 {
            session.line = session.items.first().map_or(0, |item| item.line);
        }
        self.imported.sessions.push(session);
    }

    fn item(&mut self, entry: &Entry, draft: &Draft) {
        // A table with a column of dates: each day is a session.
        if let Some(day) = &draft.day {
            let same = self
                .head
                .as_ref()
                .and_then(|head| head.day.as_ref())
                .is_some_and(|own| own.days == day.days && own.month == day.month);
            if !same {
                self.close();
                self.open(entry, &Head { day: Some(day.clone()), ..Head::default() });
                self.imported.heads.remove(&entry.line);
            }
        }
        let deeper = self.indents().is_some_and(|(indent, bulleted)| !bulleted && entry.indent > indent + 1)
            && draft.span.is_some()
            && entry.table.is_none();
        let nested = (entry.bullet != Bullet::None || deeper)
            && self.current.items.iter().rev().find(|item| item.level == 0).is_some_and(|parent| {
                let inside = match (draft.span, parent.written) {
                    (Some(own), Some(outer)) => outer.end.is_some_and(|end| {
                        minutes_of(&own.start) >= minutes_of(&outer.start) && minutes_of(&own.start) < minutes_of(&end)
                    }),
                    (None, _) => true,
                    (Some(_), None) => false,
                };
                inside
                    && self.indents().is_some_and(|(indent, bulleted)| {
                        entry.indent > indent || !bulleted && self.open && !entry.gap && draft.span.is_some()
                    })
            });
        // "– Lo que falta" in a table, within the hours of the row above it.
        let nested = nested || draft.inner && self.is_within(draft);
        let mut item = Item {
            line: entry.line,
            lines: vec![entry.line],
            level: u8::from(nested),
            written: draft.span,
            written_text: draft.written.clone(),
            minutes: draft.minutes,
            bound: draft.bound,
            title: draft.title.clone(),
            details: draft.details.clone(),
            place: draft.place.clone(),
            parallel: draft.parallel,
            ..Item::default()
        };
        if !nested {
            self.last_text = Some((entry.indent, if entry.bullet == Bullet::None { String::new() } else { "•".to_owned() }));
        }
        for raw in &draft.speakers {
            if labelled(raw).is_none() && !are_names(raw) && !is_person_with_post(raw) && raw.split_whitespace().count() > 14 {
                item.details.push(raw.clone());
            } else {
                item.speakers.extend(people::speakers(raw, Role::Speaker));
            }
        }
        item.tbc = marks(&item.title).iter().any(|mark| mark.meaning == Meaning::Tbc)
            || item.speakers.iter().any(|speaker| speaker.tbc)
            || item.details.iter().any(|text| says_tbc(text));
        for text in &draft.below {
            item.tbc |= says_tbc(text);
            about(&mut item, text, true, entry.line);
        }
        self.current.items.push(item);
        self.open = true;
    }

    /// Whether an item has its hours within those of the last item on the first level.
    fn is_within(&self, draft: &Draft) -> bool {
        let outer = self.current.items.iter().rev().find(|item| item.level == 0).and_then(|item| item.written);
        outer.zip(draft.span).is_some_and(|(outer, own)| {
            let last = outer.end.map(|end| minutes_of(&end));
            minutes_of(&own.start) >= minutes_of(&outer.start)
                && last.is_some_and(|last| minutes_of(&own.end.unwrap_or(own.start)) <= last)
        })
    }

    /// The indent of the last item on the first level, and whether it is a list item.
    fn indents(&self) -> Option<(usize, bool)> {
        self.last_text.as_ref().map(|(indent, sign)| (*indent, !sign.is_empty()))
    }

    /// The day and the moderator, on lines of their own under the head.
    fn said_of_head(&mut self, entry: &Entry, text: &str) {
        if self.head.is_none() {
            return;
        }
        let marks = marks(text);
        let day = days(&marks).map(|(_, day)| day).find(|day| !day.days.is_empty() && day.month.is_some());
        if day.is_some() && text.split_whitespace().count() <= 10 && !is_aside(text) {
            self.date_below(day);
            self.imported.heads.insert(entry.line);
        }
        if self.current.moderator.is_none() && labelled(text).is_some() {
            let moderator = people::speakers(text, Role::Speaker).into_iter().find(|own| own.role == Role::Moderator);
            self.current.moderator = moderator;
        }
    }

    fn text(&mut self, entry: &Entry, text: &str) {
        if entry.heading > 0 {
            self.open = false;
        }
        if entry.heading == 0 && self.current.items.is_empty() {
            let folded = folded(text);
            self.said_of_head(entry, text);
            for label in ["objetivo ", "objective ", "objectif "] {
                if folded.starts_with(label) && text.contains(':') {
                    self.current.objective =
                        text.split_once(':').map(|(_, rest)| rest.trim().to_owned()).filter(|rest| !rest.is_empty());
                    self.imported.heads.insert(entry.line);
                }
            }
            return;
        }
        let Some(item) = self.current.items.last_mut().filter(|_| self.open) else { return };
        let listed = entry.bullet != Bullet::None;
        let label = labelled(text).is_some() || is_label(text);
        let tied = listed || label || entry.table.is_some() || is_person_with_post(text) && text.len() < 160;
        if entry.gap && !tied {
            self.open = entry.indent > 0;
            if !self.open {
                return;
            }
        }
        item.lines.push(entry.line);
        item.tbc |= says_tbc(text);
        about(item, text, listed, entry.line);
    }
}

/// "Sesión 2" over "Martes 4 de mayo": a session of its own, though its hours do not start anew.
fn is_dated_below(head: &Head, rest: &[Entry]) -> bool {
    head.number.is_some()
        && rest.first().is_some_and(|next| match &next.shape {
            Shape::Head(own) => own.number.is_none() && own.day.as_ref().is_some_and(|day| !day.days.is_empty()),
            Shape::Window { day, .. } => day.is_some(),
            _ => false,
        })
}

/// "The form, line by line. Modera: Ana Ruiz" as its title and who moderates.
fn without_moderator(title: &str) -> (String, Option<Speaker>) {
    let lower = title.to_lowercase();
    let words =
        ["modera:", "moderador:", "moderadora:", "moderator:", "moderación:", "moderation:", "conduce:", "chair:", "mediação:"];
    let found = words.iter().filter_map(|word| lower.find(word)).filter(|_| lower.len() == title.len()).min();
    let Some(at) = found.filter(|at| title.is_char_boundary(*at)) else { return (title.to_owned(), None) };
    let moderator = people::speakers(title[at..].trim_end_matches([')', ']']), Role::Moderator).into_iter().next();
    (clean(title[..at].trim_end_matches(['.', ' '])), moderator.map(|own| Speaker { role: Role::Moderator, ..own }))
}
