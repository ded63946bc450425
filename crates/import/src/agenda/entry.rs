//! A line, and what it can say.

use crate::grammar::{Bound, Day, Meaning, Span, marks};
use crate::source::{Bullet, Line};

/// A line, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub line: usize,
    pub indent: usize,
    pub heading: u8,
    pub bullet: Bullet,
    pub gap: bool,
    pub table: Option<usize>,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// An item with an hour or a length, and its title.
    Item(Draft),
    /// Nothing but an hour: the title stands beside it.
    Hours {
        span: Span,
        written: String,
    },
    /// Nothing but a length.
    Minutes(u32, Bound),
    Head(Head),
    /// When the whole session is: "Horario: 9:00 a 17:00".
    Window {
        span: Span,
        written: String,
        day: Option<Day>,
    },
    /// The sum that the document states.
    Total,
    /// A row of a table of items that has no hour of its own.
    Beside {
        title: String,
        speakers: Vec<String>,
    },
    /// The same hour in several cities, and the day there.
    Elsewhere(Option<Day>),
    /// Hours of something else: the head of a mail, office hours.
    Aside,
    /// The item above goes on, or nothing does.
    Continues,
    Text(String),
}

/// An item as its line has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub span: Option<Span>,
    pub written: String,
    pub minutes: Option<u32>,
    pub bound: Bound,
    pub title: String,
    pub speakers: Vec<String>,
    pub details: Vec<String>,
    pub place: Option<String>,
    pub parallel: bool,
    /// What stands under the title in its cell.
    pub below: Vec<String>,
    /// The day, where the row says it.
    pub day: Option<Day>,
    /// The hours stand behind the title: of a heading they may be those of a part.
    pub behind: bool,
    /// A sign before the title says that it is part of the item above.
    pub inner: bool,
    /// The title ends within a word, which goes on in the next line: "parti-".
    pub broken: bool,
}

/// The head of a session or a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub day: Option<Day>,
    pub number: Option<u32>,
    /// "Day 1": a day of several.
    pub ordinal: bool,
    pub title: String,
    /// All of its line, for where it turns out to be the title of an item.
    pub text: String,
    pub span: Option<(Span, String)>,
    /// Opens a session only where the hours start anew.
    pub weak: bool,
}

/// Whether a line holds an hour or a length, which must then be in an item or in the report.
pub(crate) fn has_time(line: &Line) -> bool {
    line.cells.iter().any(|cell| marks(cell).iter().any(|mark| is_time(&mark.meaning)))
}

pub(super) fn is_time(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Hours { span, .. } => !span.weak,
        Meaning::Minutes { .. } => true,
        _ => false,
    }
}

pub(crate) fn entry(line: &Line, shape: Shape) -> Entry {
    Entry {
        line: line.number,
        indent: line.indent,
        heading: line.heading,
        bullet: line.bullet,
        gap: line.gap,
        table: line.table,
        shape,
    }
}
