//! What an import found.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{NaiveDate, Weekday};
use convoca_core::locale::Text;

use super::entry::has_time;
use crate::grammar::{Bound, Span};
use crate::source::Document;

/// A time of day in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(pub u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Everything that was found in a document.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub title: Option<String>,
    pub sessions: Vec<FoundSession>,
    /// Lines that went into no file: those with an hour or a length, and what else stands at the agenda.
    pub left: Vec<Left>,
    pub faults: Vec<Fault>,
    /// Lines that belong to a session without being an item: its head, its window, its objective.
    pub heads: BTreeSet<usize>,
}

/// A session as it is written.
#[derive(Clone, Debug, Default)]
pub struct FoundSession {
    pub line: usize,
    pub number: Option<u32>,
    pub title: Option<String>,
    pub date: Option<NaiveDate>,
    /// The date as far as it is written, where a part is missing.
    pub date_text: Option<String>,
    pub weekday: Option<Weekday>,
    pub window: Option<Window>,
    pub objective: Option<String>,
    pub place: Option<String>,
    pub moderator: Option<Speaker>,
    /// The address of the call, and what to know before joining.
    pub join_link: Option<String>,
    pub how_to_join: Vec<String>,
    pub interpretation: Option<String>,
    /// The zone of its hours, where the document tells it.
    pub zone: Option<Stated>,
    /// Its hours as they are announced in other zones.
    pub also: Vec<Also>,
    pub tentative: bool,
    pub items: Vec<Item>,
    pub inferred: Vec<Inferred>,
    pub doubts: Vec<Doubt>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A zone, and the line that tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub zone: String,
    pub line: usize,
}

/// Hours as another zone has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    pub zone: String,
    pub start: Clock,
    pub end: Option<Clock>,
}

/// From when to when a session is.
#[derive(Clone, Debug)]
pub struct Window {
    pub line: usize,
    pub start: Clock,
    pub end: Option<Clock>,
    pub written: String,
}

#[derive(Clone, Debug, Default)]
pub struct Item {
    pub line: usize,
    /// Every line that it took.
    pub lines: Vec<usize>,
    /// 0 for what follows one another, 1 for what lies within another item.
    pub level: u8,
    pub written: Option<Span>,
    /// Its hours as they stand in the text.
    pub written_text: String,
    pub start: Option<Clock>,
    pub end: Option<Clock>,
    pub minutes: Option<u32>,
    pub bound: Bound,
    pub title: String,
    pub speakers: Vec<Speaker>,
    pub tbc: bool,
    /// At the same hour as others.
    pub parallel: bool,
    pub groups: Vec<Group>,
    pub details: Vec<String>,
    pub place: Option<String>,
    pub inferred: Vec<Inferred>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    pub name: String,
    pub tbc: bool,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Speaker,
    Moderator,
    Facilitator,
    /// Everybody.
    All,
}

/// One of several parts at the same hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub line: usize,
    pub title: String,
    pub speakers: Vec<Speaker>,
}

/// What was not written, and why it is taken to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    pub field: &'static str,
    pub why: Text,
}

/// What a person has to settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub line: usize,
    pub what: Text,
}

/// A fault in the document itself, which no session file can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub what: Text,
}

/// A line that became no item and says nothing of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub line: usize,
    pub text: String,
    pub why: Text,
}

impl Imported {
    /// The lines of the items.
    pub(super) fn in_items(&self) -> impl Iterator<Item = usize> {
        self.sessions.iter().flat_map(|session| &session.items).flat_map(|item| item.lines.iter().copied())
    }

    /// The lines that are in a session or among what is left.
    pub fn taken(&self) -> BTreeSet<usize> {
        let mut taken = self.heads.clone();
        taken.extend(self.in_items());
        taken.extend(self.sessions.iter().filter_map(|session| session.window.as_ref()).map(|window| window.line));
        taken.extend(self.left.iter().map(|left| left.line));
        taken
    }

    /// Puts every line with a time that nothing took among what is left.
    ///
    /// # Panics
    /// Never, unless the sums disagree: then a line would be lost in silence.
    pub(super) fn account(&mut self, document: &Document) {
        let mut taken = self.taken();
        let timed: Vec<_> = document.lines.iter().filter(|line| has_time(line)).collect();
        for line in &timed {
            if taken.insert(line.number) {
                let why = if line.table.is_some() {
                    Text::fixed("nothing stands beside the hour", "no hay nada junto a la hora")
                } else {
                    Text::fixed("the hour stands within a sentence", "la hora está dentro de una oración")
                };
                self.left.push(Left { line: line.number, text: line.whole(), why });
            }
        }
        for left in self.left.iter_mut().filter(|left| left.text.is_empty()) {
            left.text = document.lines.iter().find(|line| line.number == left.line).map(|line| line.whole()).unwrap_or_default();
        }
        self.left.sort_by_key(|left| left.line);
        assert!(
            timed.iter().all(|line| taken.contains(&line.number)),
            "a line with a time is neither in an item nor in the report"
        );
    }
}
