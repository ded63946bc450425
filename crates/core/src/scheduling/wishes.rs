//! What whoever asks would like, as conditions.

use chrono::Datelike;

use super::grid::{Condition, Grid, Set, stretch};
use super::request::Wishes;
use crate::locale::{Text, dates, words};
use crate::model::Group;
use crate::text;

pub(crate) fn wishes(wishes: &Wishes, group: &Group, grid: &Grid) -> Vec<Condition> {
    let found = [hours(wishes, group, grid), weekdays(wishes, grid), except(wishes, grid)];
    found.into_iter().flatten().filter(|condition| !condition.starts.is_empty()).collect()
}

fn hours(wishes: &Wishes, group: &Group, grid: &Grid) -> Option<Condition> {
    let text = match (wishes.from, wishes.to) {
        (None, None) => return None,
        (Some(from), None) => {
            let from = dates::clock(from);
            text!("the wish: not before {from}", "el deseo: no antes de las {from}")
        }
        (None, Some(to)) => {
            let to = dates::clock(to);
            text!("the wish: over by {to}", "el deseo: que termine a más tardar a las {to}")
        }
        (Some(from), Some(to)) => {
            let (from, to) = (dates::clock(from), dates::clock(to));
            text!("the wish: from {from} to {to}", "el deseo: de {from} a {to}")
        }
    };
    let mut starts = grid.none();
    starts.insert(0..grid.starts.len());
    for date in grid.dates() {
        if let Some((from, to)) = stretch(&group.zone, date, wishes.from.unwrap_or_default(), wishes.to) {
            starts.remove(grid.within(from, to));
        }
    }
    Some(Condition { text, starts, weight: 0 })
}

fn weekdays(wishes: &Wishes, grid: &Grid) -> Option<Condition> {
    if wishes.weekdays.is_empty() {
        return None;
    }
    let starts = days(grid, |date| !wishes.weekdays.contains(&date.weekday()));
    let names = |l| words::join(l, &wishes.weekdays.iter().map(|day| dates::weekday(l, *day)).collect::<Vec<_>>());
    let text = text!(l, names = names(l); "the wish: only on {names}", "el deseo: solo {names}");
    Some(Condition { text, starts, weight: 0 })
}

fn except(wishes: &Wishes, grid: &Grid) -> Option<Condition> {
    if wishes.except.is_empty() {
        return None;
    }
    let starts = days(grid, |date| wishes.except.iter().any(|(first, last)| (*first..=*last).contains(&date)));
    Some(Condition { text: Text::fixed("the days left out", "los días que se dejaron fuera"), starts, weight: 0 })
}

/// The starts on the days of the group's calendar for which something holds.
fn days(grid: &Grid, holds: impl Fn(chrono::NaiveDate) -> bool) -> Set {
    let mut starts = grid.none();
    for (day, date) in grid.first.iter_days().take_while(|date| *date <= grid.last).enumerate() {
        if holds(date) {
            starts.insert(grid.of_day(day));
        }
    }
    starts
}
