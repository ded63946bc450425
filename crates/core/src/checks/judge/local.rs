//! Repairs by one or two slips among a few neighbouring items.

use super::chain::{Chain, Placed, State};
use super::choice::Candidate;
use super::{Change, Cluster, Item, Key, Kind, Of, runs};

const DAY: i32 = 24 * 60;
const HALF_DAY: i32 = DAY / 2;
/// The most items among which slips are looked for together: more is no cluster of one slip or two.
const MOST_ITEMS: usize = 6;

/// Repairs of a cluster by as many slips as `slips`, one or two.
pub(crate) fn repairs(chain: &Chain<'_>, whole: &State, cluster: &Cluster, slips: usize) -> Vec<Candidate> {
    if chain.len() == 0 {
        return Vec::new();
    }
    // Where only the window contradicts itself, the items as a whole are its measure.
    let (from, to) = cluster.reach.unwrap_or((0, chain.len() - 1));
    if cluster.reach.is_some() && to - from >= MOST_ITEMS {
        return Vec::new();
    }
    let search = Search { chain, whole, from, to, before: chain.state_after(from, to, &[]), slips };
    let mut found = Vec::new();
    if slips == 1 {
        search.moved(cluster, &mut found);
        found.extend(runs::repairs(chain, whole, cluster));
    }
    let places: Vec<(Of, Key)> = search.places(cluster);
    for place in &places {
        for change in search.values(*place, slips > 1) {
            if slips == 1 {
                search.keep(Kind::Values, &[change], &mut found);
                continue;
            }
            for other in places.iter().filter(|other| *other > place) {
                for second in search.values(*other, true) {
                    search.keep(Kind::Values, &[change, second], &mut found);
                }
            }
        }
    }
    found
}

struct Search<'a> {
    chain: &'a Chain<'a>,
    whole: &'a State,
    from: usize,
    to: usize,
    /// How the stretch is as written.
    before: State,
    slips: usize,
}

impl Search<'_> {
    /// The values that may be wrong.
    fn places(&self, cluster: &Cluster) -> Vec<(Of, Key)> {
        let items = cluster.reach.map_or(0..0, |(from, to)| from..to + 1).map(Of::Item);
        let of = items.chain(cluster.window.then_some(Of::Window));
        of.flat_map(|of| [Key::Start, Key::End, Key::Minutes].map(|key| (of, key)))
            .filter(|(of, key)| self.chain.item(*of).get(*key).is_some())
            .collect()
    }

    /// Takes up a set of changes after which the stretch is consistent.
    fn keep(&self, kind: Kind, changes: &[Change], found: &mut Vec<Candidate>) {
        let after = self.chain.state_after(self.from, self.to, changes);
        if !after.faults.is_empty() {
            return;
        }
        let near: Vec<State> = changes
            .iter()
            .filter_map(|change| if let Of::Item(at) = change.of { Some(self.chain.state_after(at, at, changes)) } else { None })
            .collect();
        // At the edge of an agenda without a window there is one side to meet.
        let held = near.iter().all(|state| state.touching == 2 || (kind == Kind::Swapped && state.touching == 1));
        let candidate = Candidate {
            kind,
            changes: changes.to_vec(),
            order: Vec::new(),
            slips: self.slips,
            gaps: self.whole.gaps + after.gaps - self.before.gaps,
            touching: self.whole.touching + after.touching - self.before.touching,
            longest_gap: after.longest_gap,
            near_gaps: near.iter().map(|state| state.gaps).max().unwrap_or(0),
            // Two values alone leave open which of them is wrong.
            firm: changes.iter().all(|change| self.is_told(change)),
            odd: false,
            // Where an item belongs that is moved, only its neighbours tell, and one of them is not enough.
            by_seam: changes.iter().any(|change| !self.chain.item(change.of).is_threefold()) || (kind == Kind::Moved && !held),
            held,
            unlikely: changes.iter().map(|change| self.unlikely(kind, change)).sum(),
        };
        if candidate.is_plausible(self.chain, self.whole) {
            found.push(candidate);
        }
    }

    /// Whether a changed value is told by the other two of its item; or, of the window, by those of the item at
    /// its edge.
    fn is_told(&self, change: &Change) -> bool {
        let items = &self.chain.agenda.items;
        let at_edge = |item: Option<&Item>| item.is_some_and(Item::is_threefold);
        match (change.of, change.key) {
            _ if self.chain.item(change.of).is_threefold() => true,
            (Of::Window, Key::Start) => at_edge(items.first()),
            (Of::Window, Key::End) => at_edge(items.last()),
            _ => false,
        }
    }

    /// How far from the usual slips of a hand a change is: 0 is one of them.
    fn unlikely(&self, kind: Kind, change: &Change) -> u32 {
        let Some(written) = self.chain.item(change.of).get(change.key) else { return 2 };
        let apart = (written - change.to).rem_euclid(DAY);
        let transposed = transposed(change.key, written).contains(&change.to);
        let digits = digits(change.key, written).iter().zip(&digits(change.key, change.to)).filter(|(a, b)| a != b).count();
        match (kind, digits) {
            (Kind::Swapped, _) => 0,
            _ if change.of == Of::Window => 1,
            _ if change.key != Key::Minutes && [60, DAY - 60, HALF_DAY].contains(&apart) => 0,
            (_, 1) => 1,
            _ if transposed => 1,
            _ => 2,
        }
    }

    /// Start and end of an item together: swapped, or both moved by as much.
    fn moved(&self, cluster: &Cluster, found: &mut Vec<Candidate>) {
        let Some((from, to)) = cluster.reach else { return };
        for at in from..=to {
            let item = &self.chain.agenda.items[at];
            let (Some(start), Some(end)) = (item.start, item.end) else { continue };
            let both = |start: i32, end: i32| {
                let change = |key, to: i32| Change { of: Of::Item(at), key, to: to.rem_euclid(DAY) };
                [change(Key::Start, start), change(Key::End, end)]
            };
            if end < start {
                self.keep(Kind::Swapped, &both(end, start), found);
            }
            let beside = [self.left(at).map(|left| left - start), self.right(at).map(|right| right - end)];
            let mut by: Vec<i32> =
                beside.into_iter().flatten().chain([-60, 60, -HALF_DAY]).map(|by| by.rem_euclid(DAY)).collect();
            by.sort_unstable();
            by.dedup();
            for by in by.into_iter().filter(|by| *by != 0) {
                self.keep(Kind::Moved, &both(start + by, end + by), found);
            }
        }
    }

    /// What may have been meant by a value. Where the other two of its item are there, they tell it; `wide`
    /// asks for what may be meant where one of these is wrong as well.
    fn values(&self, (of, key): (Of, Key), wide: bool) -> Vec<Change> {
        let item = self.chain.item(of);
        let Some(written) = item.get(key) else { return Vec::new() };
        let (left, right) = match of {
            Of::Item(at) => (self.left(at), self.right(at)),
            Of::Window => (self.clock(0, |first| first.start), self.clock(self.chain.len() - 1, |last| last.end)),
        };
        // The items stand within the window, and outside one another.
        let (opens, closes) = (left, right);
        let own = own(item, key);
        let mut values: Vec<i32> = own.into_iter().collect();
        if !item.is_threefold() || wide {
            let beside = match key {
                Key::Start => [opens, right.zip(item.minutes).map(|(right, minutes)| right - minutes)],
                Key::End => [closes, left.zip(item.minutes).map(|(left, minutes)| left + minutes)],
                Key::Minutes => [
                    closes.zip(item.start).map(|(closes, start)| closes - start),
                    item.end.zip(opens).map(|(end, opens)| end - opens),
                ],
            };
            values.extend(beside.into_iter().flatten());
            if key == Key::Minutes {
                values.extend(opens.zip(closes).map(|(opens, closes)| closes - opens));
            } else {
                values.extend([written - 60, written + 60, written + HALF_DAY]);
            }
            values.extend(transposed(key, written));
        }
        let mut values: Vec<i32> = match key {
            Key::Minutes => values.into_iter().map(|minutes| minutes.rem_euclid(DAY)).filter(|minutes| *minutes > 0).collect(),
            _ => values.into_iter().map(|hour| hour.rem_euclid(DAY)).collect(),
        };
        values.sort_unstable();
        values.dedup();
        values.into_iter().filter(|value| *value != written).map(|to| Change { of, key, to }).collect()
    }

    fn clock(&self, at: usize, side: impl Fn(&Placed) -> Option<i32>) -> Option<i32> {
        self.chain.clock(at, side)
    }

    fn left(&self, at: usize) -> Option<i32> {
        self.chain.left(at)
    }

    fn right(&self, at: usize) -> Option<i32> {
        self.chain.right(at)
    }
}

/// What the other two values of an item make of one.
fn own(item: &Item, key: Key) -> Option<i32> {
    match key {
        Key::Start => Some(item.end? - item.minutes?),
        Key::End => Some(item.start? + item.minutes?),
        Key::Minutes => Some(item.end? - item.start?),
    }
}

/// A value as written, digit by digit.
fn digits(key: Key, value: i32) -> Vec<i32> {
    match key {
        Key::Minutes => vec![value / 100, value / 10 % 10, value % 10],
        _ => vec![value / 600, value / 60 % 10, value % 60 / 10, value % 10],
    }
}

/// The values that two neighbouring digits in each other's place would be.
fn transposed(key: Key, value: i32) -> Vec<i32> {
    let digits = digits(key, value);
    let swap = |at: usize| {
        let mut digits = digits.clone();
        digits.swap(at, at + 1);
        match (key, &digits[..]) {
            (Key::Minutes, [hundreds, tens, ones]) => Some(hundreds * 100 + tens * 10 + ones),
            (_, [a, b, c, d]) if a * 10 + b < 24 && *c < 6 => Some((a * 10 + b) * 60 + c * 10 + d),
            _ => None,
        }
    };
    (0..digits.len() - 1).filter_map(swap).filter(|other| *other != value).collect()
}
