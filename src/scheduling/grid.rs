//! Every moment at which a session could start, and sets of them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::time::{Reading, Zone};

/// Sessions start on the hour or half past by the group's clock.
const STEP: TimeDelta = TimeDelta::minutes(30);

/// A moment at which a session could start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Days after the first.
    pub day: usize,
    /// By the group's clock.
    pub hour: NaiveTime,
    pub at: DateTime<Utc>,
}

/// Every start in a range of days, in order of time.
#[derive(Debug)]
pub struct Grid {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub starts: Vec<Start>,
    pub length: TimeDelta,
}

impl Grid {
    /// Hours that clocks skip or repeat are left out.
    pub fn new(first: NaiveDate, last: NaiveDate, length: TimeDelta, zone: &Zone) -> Grid {
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

    pub fn days(&self) -> usize {
        self.starts.last().map_or(0, |start| start.day + 1)
    }

    pub fn none(&self) -> Set {
        Set(vec![0; self.starts.len().div_ceil(64)])
    }

    /// The dates whose local hours anywhere can touch the grid.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let from = self.first.checked_sub_days(Days::new(2)).unwrap_or(self.first);
        let to = self.last.checked_add_days(Days::new(9)).unwrap_or(self.last);
        from.iter_days().take_while(move |date| *date <= to)
    }

    /// The starts of sessions that touch a stretch of time.
    pub fn touching(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|start| start.at + self.length <= from);
        let last = self.starts.partition_point(|start| start.at < to);
        first..last.max(first)
    }

    /// The starts of sessions that lie whole within a stretch of time.
    pub fn within(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> std::ops::Range<usize> {
        let first = self.starts.partition_point(|start| start.at < from);
        let last = self.starts.partition_point(|start| start.at + self.length <= to);
        first..last.max(first)
    }
}

/// The moment of a local time; of one that clocks skip, the moment at which they do.
pub fn moment(zone: &Zone, date: NaiveDate, hour: NaiveTime) -> Option<DateTime<Utc>> {
    Some(match zone.instant(date.and_time(hour))? {
        Reading::Once(at) | Reading::Twice(at, _) => at,
        Reading::Skipped(before, _) => before,
    })
}

/// The stretch from one local time to another of the same day; `None` is the end of the day.
pub fn stretch(zone: &Zone, date: NaiveDate, from: NaiveTime, to: Option<NaiveTime>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let end = match to {
        Some(to) => moment(zone, date, to)?,
        None => moment(zone, date.checked_add_days(Days::new(1))?, NaiveTime::MIN)?,
    };
    Some((moment(zone, date, from)?, end))
}

/// A set of starts of a grid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Set(Vec<u64>);

impl Set {
    pub fn contains(&self, start: usize) -> bool {
        self.0[start / 64] & (1 << (start % 64)) != 0
    }

    pub fn insert(&mut self, range: std::ops::Range<usize>) {
        range.for_each(|start| self.0[start / 64] |= 1 << (start % 64));
    }

    pub fn remove(&mut self, range: std::ops::Range<usize>) {
        range.for_each(|start| self.0[start / 64] &= !(1 << (start % 64)));
    }

    pub fn add(&mut self, other: &Set) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The first start from `from` on that is not in the set; there may be none before the end of the grid.
    pub fn first_outside(&self, from: usize) -> usize {
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

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}
