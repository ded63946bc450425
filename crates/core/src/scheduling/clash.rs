//! The smallest set of conditions that rules everything out.

use super::grid::{Condition, Grid, Set};

/// Sets larger than this are looked for one by one instead, and then may not be the smallest.
const EXACT: usize = 4;
/// So many questions are asked in the exact search at most.
const PATIENCE: usize = 20_000;

/// Which conditions together leave no room for the sessions, each of them needed for that.
pub(crate) fn smallest(grid: &Grid, conditions: &[Condition], sessions: usize, apart: usize) -> Vec<usize> {
    let mut search = Search { grid, conditions, sessions, apart, patience: PATIENCE };
    let exact = (0..=EXACT).find_map(|size| search.within(&mut Vec::new(), grid.none(), size));
    exact.unwrap_or_else(|| search.by_leaving_out())
}

struct Search<'a> {
    grid: &'a Grid,
    conditions: &'a [Condition],
    sessions: usize,
    apart: usize,
    patience: usize,
}

impl Search<'_> {
    /// At most `size` more conditions that leave no room. Whatever set does so must rule out one of the
    /// starts that would otherwise be taken, so only such conditions are tried.
    fn within(&mut self, chosen: &mut Vec<usize>, ruled_out: Set, size: usize) -> Option<Vec<usize>> {
        self.patience = self.patience.checked_sub(1)?;
        let Some(taken) = self.room(&ruled_out) else { return Some(chosen.clone()) };
        if size == 0 {
            return None;
        }
        for index in 0..self.conditions.len() {
            let condition = &self.conditions[index].starts;
            if chosen.contains(&index) || !taken.iter().any(|start| condition.contains(*start)) {
                continue;
            }
            let mut more = ruled_out.clone();
            more.add(condition);
            chosen.push(index);
            let found = self.within(chosen, more, size - 1);
            chosen.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// All conditions, less every one that is not needed.
    fn by_leaving_out(&self) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..self.conditions.len()).collect();
        for index in 0..self.conditions.len() {
            let without: Vec<usize> = kept.iter().copied().filter(|other| *other != index).collect();
            let mut ruled_out = self.grid.none();
            without.iter().for_each(|other| ruled_out.add(&self.conditions[*other].starts));
            if self.room(&ruled_out).is_none() {
                kept = without;
            }
        }
        kept
    }

    /// The earliest starts for all the sessions, if there is room for them.
    fn room(&self, ruled_out: &Set) -> Option<Vec<usize>> {
        let starts = &self.grid.starts;
        let mut taken: Vec<usize> = Vec::new();
        let mut next = 0;
        while taken.len() < self.sessions {
            next = ruled_out.first_outside(next);
            let day = starts.get(next)?.day + self.apart.max(1);
            taken.push(next);
            next = starts.partition_point(|start| start.day < day);
        }
        Some(taken)
    }
}
