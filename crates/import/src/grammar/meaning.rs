//! What hours, lengths and dates in a text mean, as far as they are written.

use std::ops::Range;

use chrono::Weekday;

/// Something of a session in a text, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    pub meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An hour or two; `1h30` is a length as well, which `minutes` then says.
    Hours {
        span: Span,
        minutes: Option<u32>,
    },
    /// A length and nothing else.
    Minutes {
        minutes: u32,
        bound: Bound,
    },
    Day(Day),
    Tbc,
}

/// When something begins, and when it ends if that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: Hour,
    pub end: Option<Hour>,
    /// "About": `~5:00`, `ca. 10.30`.
    pub about: bool,
    /// Nothing but position says that it is an hour: `9-10`.
    pub weak: bool,
    /// Its zone, in minutes from UTC, where it is written and has one.
    pub zone: Option<i32>,
}

/// An hour as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    pub hour: u8,
    pub minute: u8,
    pub half: Option<Half>,
    /// Nothing but a number.
    pub bare: bool,
    /// Written with a letter, `10h30`: of 24 hours.
    pub lettered: bool,
    /// Written with a zero before it, `08:30`: of 24 hours too.
    pub zero: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Am,
    Pm,
    /// `12 m.`: noon.
    Noon,
}

/// What a declared length promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Bound {
    #[default]
    Plain,
    About,
    AtMost,
    AtLeast,
    Exactly,
}

/// A date as far as it is written. Several days are a range: "22-24 January".
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Day {
    pub days: Vec<u32>,
    pub month: Option<u32>,
    pub year: Option<i32>,
    pub weekdays: Vec<Weekday>,
    /// `5/2`: the other reading, as month and day.
    pub swapped: bool,
}

/// The days of a text.
pub fn days(marks: &[Mark]) -> impl Iterator<Item = (&Mark, &Day)> {
    marks.iter().filter_map(|mark| match &mark.meaning {
        Meaning::Day(day) => Some((mark, day)),
        _ => None,
    })
}
