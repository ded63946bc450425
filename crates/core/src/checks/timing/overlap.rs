//! Items of a session at the same time.

use crate::model::{Slot, SlotTime};

/// An item and the later ones that it runs over, by their places in the session.
pub(crate) struct Overlap {
    pub at: usize,
    pub time: SlotTime,
    pub over: Vec<(usize, SlotTime)>,
}

impl Overlap {
    pub(crate) fn involves(&self, items: &[usize]) -> bool {
        items.contains(&self.at) || self.over.iter().any(|(at, _)| items.contains(at))
    }
}

/// One sweep: each item is told to run over by the one that reaches furthest before it, so that a wrong
/// end is one overlap, however many items it covers.
pub(crate) fn overlaps(slots: &[&Slot]) -> Vec<Overlap> {
    let mut found: Vec<Overlap> = Vec::new();
    let mut furthest: Option<(usize, SlotTime)> = None;
    let mut in_time: Vec<_> = slots.iter().enumerate().filter_map(|(at, slot)| Some((at, slot.time?))).collect();
    in_time.sort_by_key(|(_, time)| (time.start, time.end));
    for (at, time) in in_time {
        if let Some((earlier, reach)) = furthest
            && time.start < reach.end
        {
            match found.last_mut().filter(|overlap| overlap.at == earlier) {
                Some(overlap) => overlap.over.push((at, time)),
                None => found.push(Overlap { at: earlier, time: reach, over: vec![(at, time)] }),
            }
        }
        if furthest.is_none_or(|(_, reach)| time.end > reach.end) {
            furthest = Some((at, time));
        }
    }
    found
}
