//! What is wrong with the hours of an agenda: the smallest set of changed values that makes all of it
//! consistent.
//!
//! An agenda says the same thing several times: a start and the minutes tell the end, the end is the start
//! of what follows, the window holds them all. Where two of these contradict each other, every slip that a
//! hand makes is tried (a wrong start, end or minutes, the two swapped, both moved, the 12 of the afternoon
//! left out, items in the wrong order), and those that leave nothing contradicted are the repairs. One is
//! certain only if no other of the same size is left.
//!
//! Everything here is in minutes: hours since midnight (0 to 1439) and lengths. Nothing is known of files,
//! zones or words.

mod chain;
mod choice;
mod local;
mod runs;
mod whole;

use chain::{Chain, Fault};

/// The values of an item as written, or those of the window that holds the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    pub start: Option<i32>,
    pub end: Option<i32>,
    pub minutes: Option<i32>,
}

impl Item {
    fn get(&self, key: Key) -> Option<i32> {
        match key {
            Key::Start => self.start,
            Key::End => self.end,
            Key::Minutes => self.minutes,
        }
    }

    fn set(&mut self, key: Key, value: i32) {
        let value = Some(value);
        match key {
            Key::Start => self.start = value,
            Key::End => self.end = value,
            Key::Minutes => self.minutes = value,
        }
    }

    /// Whether each of its values follows from the other two.
    fn is_threefold(&self) -> bool {
        self.start.is_some() && self.end.is_some() && self.minutes.is_some()
    }
}

/// Items one after another, in the order in which they are written, and the window that holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agenda {
    pub items: Vec<Item>,
    pub window: Item,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    Start,
    End,
    Minutes,
}

/// Whose value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Of {
    Item(usize),
    Window,
}

/// A value to be written in place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Change {
    pub of: Of,
    pub key: Key,
    pub to: i32,
}

/// What the hand did wrong, by what undoes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One value, or two that have nothing to do with each other.
    Values,
    /// Hours of the afternoon written without their twelve.
    Twelve,
    /// Start and end of an item written in each other's place.
    Swapped,
    /// Start and end of an item both moved by as much.
    Moved,
    /// Items written in another order than that of time.
    Order,
}

/// A set of changes after which nothing is contradicted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repair {
    pub kind: Kind,
    /// In the order of the agenda; none where only the order is wrong.
    pub changes: Vec<Change>,
    /// For [`Kind::Order`]: which item is to stand at each place.
    pub order: Vec<usize>,
}

/// One contradiction, or several that one slip may have made, with what would undo them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Items whose values contradict each other or their neighbours'.
    pub items: Vec<usize>,
    /// Whether a value of the window takes part.
    pub window: bool,
    /// Items whose own start, end and minutes contradict each other.
    pub disagree: Vec<usize>,
    /// Whether the window's own start, end and minutes do.
    pub window_disagrees: bool,
    /// The smallest repairs, most likely first; none where only three changes or more would do.
    pub repairs: Vec<Repair>,
    /// Whether the first repair is the only one.
    pub certain: bool,
}

/// The contradictions of an agenda, in its order; none if it can be held as written.
pub(crate) fn judge(agenda: &Agenda) -> Vec<Verdict> {
    let chain = Chain::new(agenda);
    let state = chain.state();
    if state.faults.is_empty() {
        return Vec::new();
    }
    let mut clusters = clusters(&state.faults, agenda.items.len());
    let sweeping = whole::repairs(&chain, &state);
    let mut verdicts = Vec::new();
    if let Some(widest) = sweeping.iter().max_by_key(|one| one.cleared.len()) {
        let (explained, left): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|cluster| widest.clears(&cluster.faults));
        clusters = left;
        let alike = sweeping.iter().filter(|one| one.cleared == widest.cleared);
        let mut candidates: Vec<_> = alike.map(|one| one.candidate.clone()).collect();
        if let [only] = &explained[..] {
            candidates.extend(local::repairs(&chain, &state, only, 1));
        }
        if !explained.is_empty() {
            verdicts.push(choice::verdict(&Cluster::of(explained), candidates));
        }
    }
    for cluster in clusters {
        let mut candidates = local::repairs(&chain, &state, &cluster, 1);
        if candidates.is_empty() {
            candidates = local::repairs(&chain, &state, &cluster, 2);
        }
        verdicts.push(choice::verdict(&cluster, candidates));
    }
    verdicts.sort_by_key(|verdict| verdict.items.first().copied());
    verdicts
}

/// Faults that share an item, so that one slip may have made them all.
#[derive(Clone, Debug, Default)]
struct Cluster {
    faults: Vec<Fault>,
    /// First and last of the items that take part.
    reach: Option<(usize, usize)>,
    window: bool,
}

impl Cluster {
    fn of(clusters: Vec<Cluster>) -> Cluster {
        clusters.into_iter().fold(Cluster::default(), Cluster::join)
    }

    fn join(mut self, other: Cluster) -> Cluster {
        self.reach = match (self.reach, other.reach) {
            (Some(one), Some(two)) => Some((one.0.min(two.0), one.1.max(two.1))),
            (one, two) => one.or(two),
        };
        self.window |= other.window;
        self.faults.extend(other.faults);
        self
    }
}

fn clusters(faults: &[Fault], items: usize) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    let mut window: Option<Cluster> = None;
    for fault in faults {
        let next = Cluster { faults: vec![*fault], reach: fault.items(items), window: fault.touches_window(items) };
        if next.reach.is_none() {
            window = Some(next);
            continue;
        }
        let touches = |last: &Cluster| match (last.reach, next.reach) {
            (Some((_, to)), Some((from, _))) => from <= to + 1,
            _ => false,
        };
        match found.pop() {
            Some(last) if touches(&last) => found.push(last.join(next)),
            Some(last) => found.extend([last, next]),
            None => found.push(next),
        }
    }
    // What contradicts within the window may be the reason for what contradicts with it.
    if let Some(window) = window {
        match found.iter().position(|cluster| cluster.window) {
            Some(index) => {
                let joined = found.remove(index).join(window);
                found.insert(index, joined);
            }
            None => found.push(window),
        }
    }
    found
}
