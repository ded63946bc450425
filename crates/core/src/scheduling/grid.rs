//! Every moment at which a session could start, and sets of them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::locale::Text;
use crate::time::{Reading, Zone};

/// Sessions start on the hour or half past by the group's clock.
const STEP: TimeDelta = TimeDelta::minutes(30);

/// A moment at which a session could start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    /// Days after the first.
    pub day: usize,
    /// By the group's clock.
    pub hour: NaiveTime,
    pub at: DateTime<Utc>,
}

/// Every start in a range of days, in order of time.
#[derive(Debug)]
pub(crate) struct Grid {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub starts: Vec<Start>,
    pub length: TimeDelta,
}

impl Grid {
    /// Hours that clocks skip or repeat are left out.
    pub(crate) fn new(first: NaiveDate, last: NaiveDate, length: TimeDelta, zone: &Zone) -> Grid {
        let mut starts = Vec::new();
        for (day, date) in first.iter_days().take_while(|date| *date <= last).enumerate() {
            let mut local = date.and_time(NaiveTime::MIN);
            while local.date() == date {
                if let Some(Reading::Once(at)) = zone.instant(local) {
                    starts.push(Start { day, hour: local.time(), at });
                }
                local += STEP;
            }
        }
        starts.sort_by_key(|start| start.at);
        Grid { first, last, starts, length }
    }

    pub(crate) fn days(&self) -> usize {
        self.starts.last().map_or(0, |start| start.day + 1)
    }

    /// The starts of one day, counted from the first.
    pub(crate) fn of_day(&self, day: usize) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|start| start.day < day);
        first..self.starts.partition_point(|start| start.day <= day)
    }

    pub(crate) fn none(&self) -> Set {
        Set(vec![0; self.starts.len().div_ceil(64)])
    }

    /// The dates whose local hours anywhere can touch the grid.
    pub(crate) fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let from = self.first.checked_sub_days(Days::new(2)).unwrap_or(self.first);
        let to = self.last.checked_add_days(Days::new(9)).unwrap_or(self.last);
        from.iter_days().take_while(move |date| *date <= to)
    }

    /// The starts of sessions that touch a stretch of time.
    pub(crate) fn touching(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|start| start.at + self.length <= from);
        let last = self.starts.partition_point(|start| start.at < to);
        first..last.max(first)
    }

    /// The starts of sessions that lie whole within a stretch of time.
    pub(crate) fn within(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|start| start.at < from);
        let last = self.starts.partition_point(|start| start.at + self.length <= to);
        first..last.max(first)
    }
}

/// The moment of a local time; of one that clocks skip, the moment at which they do.
pub(crate) fn moment(zone: &Zone, date: NaiveDate, hour: NaiveTime) -> Option<DateTime<Utc>> {
    Some(match zone.instant(date.and_time(hour))? {
        Reading::Once(at) | Reading::Twice(at, _) => at,
        Reading::Skipped(before, _) => before,
    })
}

/// The stretch from one local time to another of the same day; `None` is the end of the day.
pub(crate) fn stretch(
    zone: &Zone,
    date: NaiveDate,
    from: NaiveTime,
    to: Option<NaiveTime>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let end = match to {
        Some(to) => moment(zone, date, to)?,
        None => moment(zone, date.checked_add_days(Days::new(1))?, NaiveTime::MIN)?,
    };
    Some((moment(zone, date, from)?, end))
}

/// A reason against the starts in a set.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub text: Text,
    pub starts: Set,
    /// How much it speaks against a start that it does not rule out.
    pub weight: u32,
}

/// A set of starts of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Set(Vec<u64>);

impl Set {
    pub(crate) fn contains(&self, start: usize) -> bool {
        self.0[start / 64] & (1 << (start % 64)) != 0
    }

    pub(crate) fn insert(&mut self, range: std::ops::Range<usize>) {
        range.for_each(|start| self.0[start / 64] |= 1 << (start % 64));
    }

    pub(crate) fn remove(&mut self, range: std::ops::Range<usize>) {
        range.for_each(|start| self.0[start / 64] &= !(1 << (start % 64)));
    }

    pub(crate) fn add(&mut self, other: &Set) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The first start from `from` on that is not in the set; there may be none before the end of the grid.
    pub(crate) fn first_outside(&self, from: usize) -> usize {
        let (word, bit) = (from / 64, from % 64);
        let Some(first) = self.0.get(word) else { return from };
        let here = !first & (u64::MAX << bit);
        if here != 0 {
            return word * 64 + here.trailing_zeros() as usize;
        }
        let next = self.0[word + 1..].iter().position(|word| *word != u64::MAX);
        next.map_or(self.0.len() * 64, |at| {
            let word = word + 1 + at;
            word * 64 + (!self.0[word]).trailing_zeros() as usize
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}
