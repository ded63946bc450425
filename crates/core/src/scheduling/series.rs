//! Choosing days and hours among the starts that are left.

use chrono::{NaiveTime, TimeDelta};

use super::conditions::remarks;
use super::grid::{Condition, Grid, Set};
use super::request::{Proposal, ProposedSession, Request};
use crate::model::Programme;

/// What a choice costs: what speaks against it, then how far it is from the usual hour, then how late.
type Cost = (u32, i64, usize);

/// The best series, then the best on other days, as many as were asked for: spread over the days asked about
/// where that costs nothing.
pub(crate) fn proposals(
    programme: &Programme,
    request: &Request,
    grid: &Grid,
    mut ruled_out: Set,
    soft: &[Condition],
) -> Vec<Proposal> {
    let usual = usual_hour(programme);
    let costs: Vec<u32> = (0..grid.starts.len())
        .map(|start| soft.iter().filter(|one| one.starts.contains(start)).map(|one| one.weight).sum())
        .collect();
    let mut proposals = Vec::new();
    let mut chosen: Vec<usize> = Vec::new();
    while proposals.len() < request.proposals {
        let Some((cost, mut series)) = best(grid, &ruled_out, &costs, request, usual) else { break };
        // As far from the days chosen before as can be had at the same price: others may have plans for a week.
        let widest = grid.days() / (request.proposals * request.sessions).max(1);
        let gaps = std::iter::successors(Some(widest), |gap| Some(gap / 2)).take_while(|gap| *gap > 1);
        for gap in gaps.filter(|_| !chosen.is_empty()) {
            let mut near = ruled_out.clone();
            for day in &chosen {
                for day in day.saturating_sub(gap - 1)..day + gap {
                    near.insert(grid.of_day(day));
                }
            }
            if let Some((apart, elsewhere)) = best(grid, &near, &costs, request, usual)
                && (apart.0, apart.1) <= (cost.0, cost.1)
            {
                series = elsewhere;
                break;
            }
        }
        for start in &series {
            let day = grid.starts[*start].day;
            ruled_out.insert(grid.of_day(day));
            chosen.push(day);
        }
        proposals.push(proposal(programme, grid, soft, &series));
    }
    proposals
}

/// The best start of one day, where something is left of it.
pub(crate) fn on_day(
    programme: &Programme,
    grid: &Grid,
    ruled_out: &Set,
    soft: &[Condition],
    day: usize,
) -> Option<ProposedSession> {
    let usual = usual_hour(programme);
    let cost = |start: &usize| {
        let against: u32 = soft.iter().filter(|one| one.starts.contains(*start)).map(|one| one.weight).sum();
        (against, TimeDelta::num_minutes(&(grid.starts[*start].hour - usual)).abs())
    };
    let best = grid.of_day(day).filter(|start| !ruled_out.contains(*start)).min_by_key(cost)?;
    proposal(programme, grid, soft, &[best]).sessions.pop()
}

fn proposal(programme: &Programme, grid: &Grid, soft: &[Condition], series: &[usize]) -> Proposal {
    let mut before = None;
    let sessions = series.iter().map(|index| {
        let start = grid.starts[*index].at;
        let mut against: Vec<_> = soft.iter().filter(|one| one.starts.contains(*index)).map(|one| one.text.clone()).collect();
        against.extend(remarks(programme, before.replace(start), start));
        ProposedSession { start, end: start + grid.length, against }
    });
    Proposal { sessions: sessions.collect() }
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
fn best(grid: &Grid, ruled_out: &Set, costs: &[u32], request: &Request, usual: NaiveTime) -> Option<(Cost, Vec<usize>)> {
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
    of_hour.min().or_else(|| cheapest(&any, request.sessions, request.apart.max(1)))
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
