//! Slips that reach over many items: hours without their twelve, and items in the wrong order.

use super::chain::{self, Chain, Fault, State};
use super::choice::Candidate;
use super::{Agenda, Change, Key, Kind, Of};

const NOON: i32 = 12 * 60;
/// The most contradictions from which an afternoon is looked for.
const MOST_BEGINNINGS: usize = 8;

/// A slip over many items, and which contradictions it explains.
pub(crate) struct Sweeping {
    pub candidate: Candidate,
    pub cleared: Vec<Fault>,
}

impl Sweeping {
    pub(crate) fn clears(&self, faults: &[Fault]) -> bool {
        faults.iter().all(|fault| self.cleared.contains(fault))
    }
}

pub(crate) fn repairs(chain: &Chain<'_>, written: &State) -> Vec<Sweeping> {
    let mut found: Vec<Sweeping> = Vec::new();
    found.extend(order(chain, written));
    for (item, key) in written.faults.iter().flat_map(|fault| beginnings(*fault)).take(MOST_BEGINNINGS) {
        found.extend(twelve(chain, written, item, key));
    }
    found
}

/// The values at which an afternoon without its twelve may begin.
fn beginnings(fault: Fault) -> Vec<(usize, Key)> {
    match fault {
        Fault::Joint(at) => vec![(at, Key::Start)],
        Fault::Span(at) => vec![(at, Key::Start), (at, Key::End)],
        Fault::Window => Vec::new(),
    }
}

/// Every hour from one on to the first that has its twelve, twelve hours later.
fn twelve(chain: &Chain<'_>, written: &State, first: usize, key: Key) -> Option<Sweeping> {
    let mut changes = Vec::new();
    let hours = chain.agenda.items.iter().enumerate().skip(first).flat_map(|(at, item)| {
        [Key::Start, Key::End].into_iter().filter_map(move |key| Some((Of::Item(at), key, item.get(key)?)))
    });
    let window = chain.agenda.window;
    let close = window.end.filter(|end| window.start.is_none_or(|start| start > *end));
    let hours = hours.skip(usize::from(key == Key::End)).chain(close.map(|end| (Of::Window, Key::End, end)));
    for (of, key, hour) in hours.take_while(|(_, _, hour)| *hour < NOON) {
        changes.push(Change { of, key, to: hour + NOON });
    }
    if changes.is_empty() {
        return None;
    }
    let mut after = Agenda { items: chain.agenda.items.clone(), window };
    for change in &changes {
        match change.of {
            Of::Item(at) => after.items[at].set(change.key, change.to),
            Of::Window => after.window.set(change.key, change.to),
        }
    }
    let threefold = changes.iter().all(|change| change.of == Of::Window || chain.item(change.of).is_threefold());
    sweeping(chain, written, &after, Kind::Twelve, changes, Vec::new(), threefold)
}

/// The items in the order of their hours.
fn order(chain: &Chain<'_>, written: &State) -> Option<Sweeping> {
    let mut order: Vec<usize> = (0..chain.len()).collect();
    let starts: Vec<i32> = chain.placed.iter().map(|placed| placed.start).collect::<Option<_>>()?;
    order.sort_by_key(|at| starts[*at]);
    let first = order.iter().enumerate().position(|(place, at)| place != *at)?;
    let last = order.iter().enumerate().rposition(|(place, at)| place != *at)?;
    let items = order.iter().map(|at| chain.agenda.items[*at]).collect();
    let after = Agenda { items, window: chain.agenda.window };
    let mut sweeping = sweeping(chain, written, &after, Kind::Order, Vec::new(), order.clone(), true)?;
    let moved = &order[first..=last];
    let one_moved =
        moved[1..].iter().copied().eq(first..last) || moved[..moved.len() - 1].iter().copied().eq(first + 1..last + 1);
    let two_swapped = moved[1..moved.len() - 1].iter().copied().eq(first + 1..last);
    // Of an hour alone nobody knows whether it is at the wrong place or wrong itself.
    let lengths = moved.iter().all(|at| chain.placed[*at].end.is_some());
    if !lengths || (!one_moved && !two_swapped) {
        sweeping.candidate.firm = false;
    }
    Some(sweeping)
}

fn sweeping(
    chain: &Chain<'_>,
    written: &State,
    after: &Agenda,
    kind: Kind,
    changes: Vec<Change>,
    order: Vec<usize>,
    threefold: bool,
) -> Option<Sweeping> {
    let after = chain::state(&after.items, after.window);
    // In another order the places of what is left would mean other items.
    let new_fault = if kind == Kind::Order {
        !after.faults.is_empty()
    } else {
        after.faults.iter().any(|fault| !written.faults.contains(fault))
    };
    let cleared: Vec<Fault> = written.faults.iter().copied().filter(|fault| !after.faults.contains(fault)).collect();
    if new_fault || cleared.is_empty() {
        return None;
    }
    let several = changes.len() > 1;
    let candidate = Candidate {
        kind,
        changes,
        order,
        slips: 1,
        gaps: after.gaps,
        touching: after.touching,
        longest_gap: after.longest_gap,
        near_gaps: 0,
        // One hour alone, which no other value tells, may be any other hour as well.
        firm: threefold || (after.gaps == 0 && (kind == Kind::Order || several)),
        by_seam: false,
        odd: false,
        held: true,
        // Items out of order fit without a pause when they are put in order.
        unlikely: if kind == Kind::Order && after.gaps > 0 { 2 } else { 0 },
    };
    candidate.is_plausible(chain, written).then_some(Sweeping { candidate, cleared })
}
