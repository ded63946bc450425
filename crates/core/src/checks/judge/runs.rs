//! Several items in a row that are all off by as much: hours of an earlier version that were left standing.

use super::chain::{Chain, State};
use super::choice::Candidate;
use super::{Change, Cluster, Key, Kind, Of};

const DAY: i32 = 24 * 60;
/// The most items of a row.
const MOST: usize = 3;

/// Repairs of a cluster that move two or three items in a row.
pub(crate) fn repairs(chain: &Chain<'_>, whole: &State, cluster: &Cluster) -> Vec<Candidate> {
    let Some((from, to)) = cluster.reach else { return Vec::new() };
    let mut found = Vec::new();
    for first in (from + 1).saturating_sub(MOST)..=to {
        for last in first + 1..(first + MOST).min(chain.len()) {
            if last < from {
                continue;
            }
            let ends = chain.agenda.items[last].end;
            let beside = [
                chain.left(first).zip(chain.agenda.items[first].start).map(|(left, start)| left - start),
                chain.right(last).zip(ends).map(|(right, end)| right - end),
            ];
            let mut by: Vec<i32> = beside.into_iter().flatten().chain([-60, 60]).map(|by| by.rem_euclid(DAY)).collect();
            by.sort_unstable();
            by.dedup();
            let moved = by.into_iter().filter(|by| *by != 0).filter_map(|by| moved(chain, whole, (from, to), (first, last), by));
            found.extend(moved);
        }
    }
    found
}

fn moved(
    chain: &Chain<'_>,
    whole: &State,
    (from, to): (usize, usize),
    (first, last): (usize, usize),
    by: i32,
) -> Option<Candidate> {
    let mut changes = Vec::new();
    for at in first..=last {
        let item = &chain.agenda.items[at];
        item.start?;
        for (key, hour) in [(Key::Start, item.start), (Key::End, item.end)] {
            changes.extend(hour.map(|hour| Change { of: Of::Item(at), key, to: (hour + by).rem_euclid(DAY) }));
        }
    }
    let (low, high) = (from.min(first), to.max(last));
    let after = chain.state_after(low, high, &changes);
    if !after.faults.is_empty() {
        return None;
    }
    let before = chain.state_after(low, high, &[]);
    let near = chain.state_after(first, last, &changes);
    let candidate = Candidate {
        kind: Kind::Moved,
        firm: (first..=last).all(|at| chain.agenda.items[at].is_threefold()),
        by_seam: true,
        odd: ![60, DAY - 60].contains(&by),
        order: Vec::new(),
        slips: 1,
        gaps: whole.gaps + after.gaps - before.gaps,
        touching: whole.touching + after.touching - before.touching,
        longest_gap: after.longest_gap,
        near_gaps: near.gaps,
        held: near.touching == last - first + 2,
        unlikely: if [60, DAY - 60].contains(&by) { 0 } else { 2 },
        changes,
    };
    candidate.is_plausible(chain, whole).then_some(candidate)
}
