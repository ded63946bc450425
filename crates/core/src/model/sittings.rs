//! The days on which a session is held: one, but for a meeting of several days.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Session, Slot};
use crate::locale::{Lang, words};

/// A stretch of time on one day.
pub type Sitting = (DateTime<Utc>, DateTime<Utc>);

impl Session {
    /// From when to when it is held on each of its days, in order; nothing where its hours are not known.
    ///
    /// A meeting of two days is not held in the night between.
    pub fn sittings(&self) -> Vec<Sitting> {
        let Some((start, end)) = self.time() else { return Vec::new() };
        let stretch = |(day, slots): (NaiveDate, Vec<&Slot>)| {
            let from = slots.iter().filter_map(|slot| Some(slot.time?.start)).min()?;
            let until = slots.iter().filter_map(|slot| slot.undisputed_end()).max()?;
            Some((day, from, until.max(from)))
        };
        let mut held: Vec<(NaiveDate, DateTime<Utc>, DateTime<Utc>)> = Vec::new();
        for (day, from, until) in self.days().into_iter().filter_map(stretch) {
            match held.last_mut().filter(|(last, ..)| *last == day) {
                Some((_, _, end)) => *end = until.max(*end),
                None => held.push((day, from, until)),
            }
        }
        held.sort_unstable();
        // What the session declares reaches as far as its first and its last day.
        match &mut held[..] {
            [] | [_] => vec![(start, end)],
            [first, .., last] => {
                (first.1, last.2) = (first.1.min(start), last.2.max(end));
                held.into_iter().map(|(_, from, until)| (from, until)).collect()
            }
        }
    }

    /// Its items, day by day.
    fn days(&self) -> Vec<(NaiveDate, Vec<&Slot>)> {
        let Some(first) = self.date else { return Vec::new() };
        let mut days = vec![(first.value, Vec::new())];
        for slot in &self.slots {
            match slot.date.filter(|date| days.last().is_some_and(|(day, _)| *day != date.value)) {
                Some(date) => days.push((date.value, vec![slot])),
                None => days.last_mut().into_iter().for_each(|(_, slots)| slots.push(slot)),
            }
        }
        days
    }

    /// How long it lasts ("1 h 30 min"), or on how many days it is held ("3 días"); `None` where that is not known.
    pub fn length(&self, lang: Lang) -> Option<String> {
        let (start, end) = self.settled_time()?;
        Some(match (self.sittings().len(), lang) {
            (0 | 1, _) => words::duration((end - start).num_minutes()),
            (days, Lang::Es) => format!("{days} días"),
            (days, Lang::En) => format!("{days} days"),
        })
    }

    /// Whether one of its days lasts until an hour that nobody wrote.
    pub(super) fn has_open_day(&self) -> bool {
        let sittings = self.sittings();
        sittings.len() > 1 && sittings.iter().any(|(start, end)| *end - *start <= TimeDelta::zero())
    }
}
