//! Looking for dates: what is left after every condition, ranked, or what leaves nothing.

use chrono::TimeDelta;

use super::conditions::{Conditions, conditions};
use super::grid::{Condition, Grid, Set};
use super::quorum::{Enough, enough};
use super::request::{Obstacle, Proposal, Request, SuitableDates};
use super::{clash, series};
use crate::model::Programme;

/// Looks for dates.
pub fn find(programme: &Programme, request: &Request) -> SuitableDates {
    let grid = Grid::new(request.first, request.last, TimeDelta::minutes(request.minutes.into()), &programme.group.zone);
    let Conditions { hard, soft, not_checked, unplaced } = conditions(programme, request, &grid);
    let search = |request: &Request, hard: &mut dyn Iterator<Item = &Condition>, soft: &[Condition]| -> Vec<Proposal> {
        series::proposals(programme, request, &grid, union(&grid, hard), soft)
    };
    let mut proposals = search(request, &mut hard.iter(), &soft);
    let mut clash = Vec::new();
    if proposals.is_empty() {
        let one = Request { proposals: 1, ..request.clone() };
        let obstacle = |index: usize| {
            let mut others = hard.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, condition)| condition);
            Obstacle { text: hard[index].text.clone(), buys: search(&one, &mut others, &soft).pop() }
        };
        clash = clash::smallest(&grid, &hard, request.sessions, request.apart).into_iter().map(obstacle).collect();
        if let Some(Enough { request, too_few, missing }) = enough(&programme.group, request, &grid) {
            let Conditions { hard, mut soft, .. } = conditions(programme, &request, &grid);
            soft.splice(0..0, missing);
            proposals = search(&request, &mut hard.iter().chain([&too_few]), &soft);
        }
    }
    SuitableDates { proposals, clash, not_checked, unplaced }
}

fn union(grid: &Grid, conditions: &mut dyn Iterator<Item = &Condition>) -> Set {
    let mut all = grid.none();
    conditions.for_each(|condition| all.add(&condition.starts));
    all
}
