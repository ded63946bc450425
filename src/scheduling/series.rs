//! Choosing days and hours among the starts that are left.

use chrono::{NaiveTime, TimeDelta};

use super::conditions::{Condition, remarks};
use super::grid::{Grid, Set};
use super::request::{Proposal, Request, Session};
use crate::model::Programme;

/// What a choice costs: what speaks against it, then how far it is from the usual hour, then how late.
type Cost = (u32, i64, usize);

/// The best series, then the best on other days, as many as were asked for.
pub fn proposals(programme: &Programme, request: &Request, grid: &Grid, mut ruled_out: Set, soft: &[Condition]) -> Vec<Proposal> {
    let usual = usual_hour(programme);
    let costs: Vec<u32> = (0..grid.starts.len())
        .map(|start| soft.iter().filter(|one| one.starts.contains(start)).map(|one| one.weight).sum())
        .collect();
    let mut proposals = Vec::new();
    while proposals.len() < request.proposals {
        let Some(series) = best(grid, &ruled_out, &costs, request, usual) else { break };
        for start in &series {
            let day = grid.starts[*start].day;
            let first = grid.starts.partition_point(|start| start.day < day);
            let next = grid.starts.partition_point(|start| start.day <= day);
            ruled_out.insert(first..next);
        }
        let mut before = None;
        let sessions = series.into_iter().map(|index| {
            let start = grid.starts[index].at;
            let mut against: Vec<_> = soft.iter().filter(|one| one.starts.contains(index)).map(|one| one.text.clone()).collect();
            against.extend(remarks(programme, before.replace(start), start));
            Session { start, end: start + grid.length, against }
        });
        proposals.push(Proposal { sessions: sessions.collect() });
    }
    proposals
}

/// The hour at which most of the group's sessions start; ten o'clock in a new group.
fn usual_hour(programme: &Programme) -> NaiveTime {
    let zone = &programme.group.zone;
    let hours: Vec<NaiveTime> =
        programme.sessions.iter().filter_map(|session| Some(zone.local(session.time()?.0).time.time())).collect();
    let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default();
    hours.iter().copied().max_by_key(|hour| hours.iter().filter(|other| *other == hour).count()).unwrap_or(ten)
}

/// The best series: at one hour for all sessions where that can be, else with the best hour of each day.
fn best(grid: &Grid, ruled_out: &Set, costs: &[u32], request: &Request, usual: NaiveTime) -> Option<Vec<usize>> {
    let mut hours: Vec<NaiveTime> = grid.starts.iter().map(|start| start.hour).collect();
    hours.sort_unstable();
    hours.dedup();
    let distance = |hour: NaiveTime| TimeDelta::num_minutes(&(hour - usual)).abs();
    // By hour and day, so that the search below walks memory in order.
    let mut table = vec![vec![None; grid.days()]; hours.len()];
    let mut any: Vec<Option<(Cost, usize)>> = vec![None; grid.days()];
    for (index, start) in grid.starts.iter().enumerate().filter(|(index, _)| !ruled_out.contains(*index)) {
        let Ok(hour) = hours.binary_search(&start.hour) else { continue };
        let choice = ((costs[index], distance(start.hour), start.day), index);
        table[hour][start.day] = Some(choice);
        any[start.day] = any[start.day].map_or(Some(choice), |best| Some(best.min(choice)));
    }
    let of_hour = table.iter().filter_map(|days| cheapest(days, request.sessions, request.apart.max(1)));
    let found = of_hour.min().or_else(|| cheapest(&any, request.sessions, request.apart.max(1)));
    found.map(|(_, series)| series)
}

/// The cheapest choice of days with the distance between them; of equals, the earliest.
fn cheapest(days: &[Option<(Cost, usize)>], sessions: usize, apart: usize) -> Option<(Cost, Vec<usize>)> {
    // For each count of sessions: the best series of so many that ends on the day or before it.
    let mut rows: Vec<Vec<Option<(Cost, usize)>>> = Vec::with_capacity(sessions);
    for count in 0..sessions {
        let mut row: Vec<Option<(Cost, usize)>> = Vec::with_capacity(days.len());
        for (day, choice) in days.iter().enumerate() {
            let before = match count {
                0 => Some((0, 0, 0)),
                _ => day.checked_sub(apart).and_then(|day| rows[count - 1][day]).map(|(cost, _)| cost),
            };
            let here = choice.zip(before).map(|((cost, _), before)| ((cost.0 + before.0, cost.1 + before.1, day), day));
            let earlier = day.checked_sub(1).and_then(|day| row[day]);
            row.push([earlier, here].into_iter().flatten().min());
        }
        rows.push(row);
    }
    let (cost, mut day) = (*rows.last()?.last()?)?;
    let mut series = Vec::with_capacity(sessions);
    for count in (0..sessions).rev() {
        let (_, chosen) = rows[count][day]?;
        series.push(days[chosen]?.1);
        day = chosen.saturating_sub(apart);
    }
    series.reverse();
    Some((cost, series))
}
