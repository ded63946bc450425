//! How each day of a range looks, as a whole and to each member country.

use std::ops::Range;

use chrono::{Days, NaiveDate, TimeDelta};

use super::conditions::{Conditions, conditions, of_people};
use super::grid::{Condition, Grid, Set};
use super::request::{ProposedSession, Request};
use super::series::on_day;
use crate::locale::Text;
use crate::model::{Actor, Group, Programme};

/// How a day looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// By the group's clock.
    pub date: NaiveDate,
    /// The best start on it; `None` where nothing is left of the day.
    pub best: Option<ProposedSession>,
    /// What rules the day out; empty where something is left.
    pub against: Vec<Text>,
    /// How it looks to each member country that must attend.
    pub countries: Vec<View>,
}

/// How a day looks to a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// ISO 3166-1, upper case.
    pub code: &'static str,
    /// Whether there is an hour for it.
    pub suits: bool,
    /// What rules it out, or speaks against all of it.
    pub why: Vec<Text>,
}

/// How the days of a request look, each by itself: for one session, whatever the others would need.
pub fn outlook(programme: &Programme, request: &Request) -> Vec<Outlook> {
    let group = &programme.group;
    let grid = Grid::new(request.first, request.last, TimeDelta::minutes(request.minutes.into()), &group.zone);
    let whole = conditions(programme, request, &grid);
    let all = union(&grid, &whole.hard);
    let members = group.members.iter().map(|member| member.code);
    let countries: Vec<(&'static str, Conditions)> = members
        .filter(|code| !request.without_countries.contains(code))
        .map(|code| (code, of_people(group, &of_country(group, request, code), &grid)))
        .collect();
    let day = |day: usize| {
        let starts = grid.of_day(day);
        let best = on_day(programme, &grid, &all, &whole.soft, day);
        let against = if best.is_some() { Vec::new() } else { ruling_out(&whole.hard, starts.clone()) };
        let view = |(code, own): &(&'static str, Conditions)| {
            let suits = starts.clone().any(|start| !own.hard.iter().any(|one| one.starts.contains(start)));
            let why = match suits {
                true => whole_day(&own.soft, starts.clone()),
                false => ruling_out(&own.hard, starts.clone()),
            };
            View { code, suits, why }
        };
        let date = grid.first.checked_add_days(Days::new(day as u64)).unwrap_or(grid.first);
        Outlook { date, best, against, countries: countries.iter().map(view).collect() }
    };
    (0..grid.days()).map(day).collect()
}

/// What one country alone would ask for.
fn of_country(group: &Group, request: &Request, code: &'static str) -> Request {
    let is_there = |actor: &&Actor| group.location(actor).country == Some(code);
    let others = group.members.iter().map(|member| member.code).filter(|other| *other != code);
    Request {
        attending: request.attending.iter().filter(is_there).cloned().collect(),
        without_countries: others.collect(),
        ..request.clone()
    }
}

fn union(grid: &Grid, conditions: &[Condition]) -> Set {
    let mut all = grid.none();
    conditions.iter().for_each(|condition| all.add(&condition.starts));
    all
}

/// What speaks against every start of a day.
fn whole_day(conditions: &[Condition], starts: Range<usize>) -> Vec<Text> {
    let covers = |one: &&Condition| starts.clone().all(|start| one.starts.contains(start));
    conditions.iter().filter(covers).map(|one| one.text.clone()).collect()
}

/// What rules out a day: each that does so alone, or else all that do so together.
fn ruling_out(conditions: &[Condition], starts: Range<usize>) -> Vec<Text> {
    let alone = whole_day(conditions, starts.clone());
    if !alone.is_empty() {
        return alone;
    }
    let touches = |one: &&Condition| starts.clone().any(|start| one.starts.contains(start));
    conditions.iter().filter(touches).map(|one| one.text.clone()).collect()
}
