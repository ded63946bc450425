//! What items say of their hours, and what follows from the neighbours for those that say only a part of them.
//!
//! An item that writes its start alone lasts until the next one; one that writes its minutes alone begins
//! where the one before it ends, or ends where the next one begins; one that is parallel begins with the one
//! before it. What so follows is marked as inferred, and stays so wherever it is shown.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::decode::Clock;
use crate::diagnostics::At;
use crate::schema::{self, list};

/// What an item says of its hours, by itself or by those inside it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub start: Option<At<Clock>>,
    pub end: Option<At<Clock>>,
    pub minutes: Option<TimeDelta>,
    /// Whether it is said by what is inside it.
    pub inside: bool,
}

/// What is known of an item's time so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub start: Option<DateTime<Utc>>,
    pub end: Option<DateTime<Utc>>,
    pub start_inferred: bool,
    pub end_inferred: bool,
    /// Whether its hours are wrong as they are written: then nothing is inferred for it.
    pub refused: bool,
}

impl Bounds {
    fn complete(&mut self, minutes: Option<TimeDelta>) {
        let Some(minutes) = minutes else { return };
        match (self.start, self.end) {
            (Some(start), None) => (self.end, self.end_inferred) = (Some(start + minutes), self.start_inferred),
            (None, Some(end)) => (self.start, self.start_inferred) = (Some(end - minutes), self.end_inferred),
            _ => {}
        }
    }
}

/// What an item says of its hours; where it says nothing, what those inside it say, one after another.
pub(super) fn said(slot: &schema::WrittenSlot) -> Said {
    let own =
        Said { start: slot.start, end: slot.end, minutes: slot.minutes.map(|at| TimeDelta::minutes(at.0.into())), inside: false };
    if own.start.is_some() || own.end.is_some() || own.minutes.is_some() {
        return own;
    }
    let items: Vec<Said> = list(&slot.items).iter().map(|item| said(item)).collect();
    let groups: Vec<Said> = list(&slot.groups).iter().map(|group| said(group)).collect();
    let items_take = items.iter().map(|item| item.minutes).sum::<Option<TimeDelta>>().filter(|_| !items.is_empty());
    let groups_take = groups.iter().filter_map(|group| group.minutes).max();
    let start = items.first().and_then(|item| item.start).or(groups.iter().filter_map(|group| group.start).min_by_key(|at| at.0));
    let end = items.last().and_then(|item| item.end).or(groups.iter().filter_map(|group| group.end).max_by_key(|at| at.0));
    let minutes = items_take.or(groups_take).filter(|_| start.is_none() || end.is_none());
    Said { start, end, minutes, inside: true }
}

/// What follows from the neighbours for what an item does not write.
pub(super) fn infer(
    bounds: &mut [Bounds],
    said: &[Said],
    parallel: &[bool],
    days: &[Option<NaiveDate>],
    (opens, closes): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) {
    // Onward: each begins where the one before it ends, and a parallel one with it.
    let mut cursor = opens;
    let (mut before, mut last) = (None, None);
    let mut beside = vec![None; bounds.len()];
    for (index, bound) in bounds.iter_mut().enumerate() {
        // Nothing lasts through the night until the next day of a meeting begins.
        if index > 0 && days[index] != days[index - 1] {
            (cursor, before, last) = (None, None, None);
        }
        let speaks = said[index].minutes.is_some() || bound.end.is_some();
        if bound.start.is_none() && !bound.refused && (speaks || parallel[index]) {
            let start = if parallel[index] { before.or(opens.filter(|_| days[index] == days[0])) } else { cursor };
            // What only ends at an hour begins before it, or its beginning is not known.
            let start = start.filter(|start| bound.end.is_none_or(|end| *start < end));
            (bound.start, bound.start_inferred) = (start, true);
            bound.complete(said[index].minutes);
        }
        match parallel[index] {
            true if bound.end.is_none() && bound.start_inferred => beside[index] = last,
            true => {}
            false => (cursor, before, last) = (bound.end, bound.start.or(before), Some(index)),
        }
    }
    // Back: what is still open lasts until the next one, and what is only so long ends there.
    let mut next = closes;
    let mut next_of_all = closes;
    for (index, bound) in bounds.iter_mut().enumerate().rev() {
        if days.get(index + 1).is_some_and(|next| *next != days[index]) {
            (next, next_of_all) = (None, None);
        }
        let limit = if parallel[index] { next_of_all } else { next };
        let later = limit.filter(|limit| bound.start.is_none_or(|start| start < *limit));
        if bound.end.is_none() && !bound.refused && (bound.start.is_some() || said[index].minutes.is_some()) {
            (bound.end, bound.end_inferred) = (later, true);
            bound.complete(said[index].minutes);
        }
        if bound.start.is_some() {
            next_of_all = bound.start;
            next = if parallel[index] { next } else { bound.start };
        } else if bound.refused || (!parallel[index] && said[index].minutes.is_some()) {
            // Where it is cannot be told, so neither what is before it.
            (next, next_of_all) = (None, None);
        }
    }
    // What is parallel without a word on its hours has all of those of the item that it runs beside.
    for index in 0..bounds.len() {
        if let Some(other) = beside[index] {
            (bounds[index].start, bounds[index].end) = (bounds[other].start, bounds[other].end);
        }
    }
}
