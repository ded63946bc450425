//! Which of several repairs is the most likely, and whether it is the only one.

use super::chain::{Chain, Fault, State};
use super::{Change, Cluster, Key, Kind, Of, Repair, Verdict};

/// The most repairs worth a reader's time.
const MOST: usize = 4;
/// No session has a hole of so many minutes, unless it is written with one.
const HOLE: i32 = 4 * 60;
/// Nobody meets before this hour, unless the evening before was long.
const DAWN: i32 = 6 * 60;
const EVENING: i32 = 20 * 60;
/// No item is found to be meant this long: who writes 30 min from 20:30 to 20:00 does not mean 1410.
const LONGEST_ITEM: i32 = 10 * 60;
/// So many neighbours that meet to the minute, and none that does not, show an agenda without pauses.
const SEAMLESS: usize = 3;

/// A set of changes after which nothing is contradicted, with what speaks for it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub kind: Kind,
    pub changes: Vec<Change>,
    pub order: Vec<usize>,
    pub slips: usize,
    /// Neighbours in the whole agenda with time between them, afterwards.
    pub gaps: usize,
    /// Neighbours in the whole agenda that meet to the minute, afterwards.
    pub touching: usize,
    /// The longest time between two neighbours, in minutes.
    pub longest_gap: i32,
    /// Times beside what is changed with nothing in them.
    pub near_gaps: usize,
    /// Whether what else is written tells every changed value.
    pub firm: bool,
    /// Whether it is told so only in an agenda without pauses.
    pub by_seam: bool,
    /// Whether it moves several items by as much as no hand slips.
    pub odd: bool,
    /// Whether what is changed meets something to the minute on both sides.
    pub held: bool,
    /// How far the slip is from those that hands make.
    pub unlikely: u32,
}

impl Candidate {
    /// Whether it leaves a session that people would hold: without a hole, and not at night, unless it is
    /// written so.
    pub(crate) fn is_plausible(&self, chain: &Chain<'_>, written: &State) -> bool {
        let at_night = |change: &Change| change.key != Key::Minutes && change.to < DAWN;
        let endless = |change: &Change| change.key == Key::Minutes && change.of != Of::Window && change.to > LONGEST_ITEM;
        let is_late = chain.agenda.items.iter().any(|item| item.start.is_some_and(|start| start >= EVENING));
        (self.longest_gap < HOLE || written.longest_gap >= HOLE)
            && (is_late || !self.changes.iter().any(at_night))
            && !self.changes.iter().any(endless)
    }
}

pub(crate) fn verdict(cluster: &Cluster, mut candidates: Vec<Candidate>) -> Verdict {
    candidates.sort_by(|a, b| {
        (a.odd, a.gaps, a.unlikely, a.kind).cmp(&(b.odd, b.gaps, b.unlikely, b.kind)).then_with(|| a.changes.cmp(&b.changes))
    });
    let mut distinct: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match distinct.iter_mut().find(|one| one.changes == candidate.changes && one.order == candidate.order) {
            Some(same) => {
                same.by_seam &= candidate.by_seam || !candidate.firm;
                same.firm |= candidate.firm;
            }
            None => distinct.push(candidate),
        }
    }
    let certain = is_certain(&distinct);
    let (from, to) = cluster.reach.unwrap_or((1, 0));
    Verdict {
        items: (from..=to).collect(),
        window: cluster.window,
        disagree: cluster.faults.iter().filter_map(|fault| if let Fault::Span(at) = fault { Some(*at) } else { None }).collect(),
        window_disagrees: cluster.faults.contains(&Fault::Window),
        repairs: distinct
            .into_iter()
            .take(MOST)
            .map(|one| Repair { kind: one.kind, changes: one.changes, order: one.order })
            .collect(),
        certain,
    }
}

/// The first repair is certain if it is the only one; or if it leaves an agenda without pauses where every
/// other, and none of them a slip that hands often make, would tear one open: the one pause that nobody writes may be as
/// long as the slip, and an item that fits elsewhere may only stand at the wrong place.
fn is_certain(candidates: &[Candidate]) -> bool {
    let Some((best, others)) = candidates.split_first() else { return false };
    if !best.firm {
        return false;
    }
    let enough = if best.kind == Kind::Order { 2 } else { SEAMLESS };
    let seamless = best.gaps == 0 && best.touching >= enough && best.held;
    // That items fit without a pause once they are in order is no chance, whatever else would do.
    let in_order = |other: &Candidate| best.kind == Kind::Moved && other.kind == Kind::Order;
    let believed = |other: &Candidate| best.kind == Kind::Order || (other.unlikely > 0 && !in_order(other));
    // Several items that are moved may fill a pause by chance.
    let is_run = best.kind == Kind::Moved && best.changes.len() > 2;
    let alone = !is_run || others.iter().all(|other| other.odd);
    let only_seamless = seamless && alone && others.iter().all(|other| other.odd || (other.gaps > 0 && believed(other)));
    // The only repair by one slip, which leaves a pause in an agenda that has no other, may hide two.
    let tears = best.near_gaps > 0 && best.near_gaps == best.gaps && best.touching >= 2;
    // Nobody moves several items by eleven hours where twelve do.
    let is_alone = others.iter().all(|other| other.odd && best.kind == Kind::Twelve);
    only_seamless || (best.slips == 1 && is_alone && !tears && !best.by_seam)
}
