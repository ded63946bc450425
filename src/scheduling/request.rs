//! What is asked for and what is answered.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::conditions::{Conditions, conditions};
use super::grid::Grid;
use super::{clash, series};
use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, Group, Programme};
use crate::time::{Place, local_hours};

/// What a date is looked for under.
#[derive(Clone, Debug)]
pub struct Request {
    /// The first and the last day, by the group's clock.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub minutes: u32,
    pub sessions: usize,
    /// At least so many days from one session to the next.
    pub apart: usize,
    /// Who must attend.
    pub attending: Vec<Actor>,
    /// At least so many days from today.
    pub notice: u32,
    pub today: NaiveDate,
    /// How many proposals are wanted.
    pub proposals: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The best first.
    pub proposals: Vec<Proposal>,
    /// Where there is no proposal: conditions that together rule everything out, as few as can be. Empty
    /// where the range of days itself is too short.
    pub clash: Vec<Text>,
    /// What could not be looked at.
    pub not_checked: Vec<Text>,
    /// Whose hours and absences are not known.
    pub unplaced: Vec<Text>,
}

/// Days and hours for all the sessions asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub sessions: Vec<Session>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    /// What speaks against it.
    pub against: Vec<Text>,
}

impl Session {
    /// The day by the group's clock.
    pub fn date(&self, group: &Group) -> NaiveDate {
        group.zone.local(self.start).time.date()
    }

    /// A line for each hour of the members, then for each of the advisors.
    pub fn hours(&self, group: &Group, lang: Lang) -> Vec<String> {
        let of = |places: Vec<&Place>| {
            let hours = local_hours(places, self.start, self.end, self.date(group));
            let line = |hour: &crate::time::LocalHour<'_>| {
                let names: Vec<&str> = hour.places.iter().map(|place| place.name.get(lang)).collect();
                let mark = match hour.day_shift {
                    0 => String::new(),
                    _ => format!(" ({})", dates::long_date(lang, hour.start.date())),
                };
                let (start, end) = (dates::clock(hour.start.time()), dates::clock(hour.end.time()));
                format!("{start}–{end} {}{mark}", names.join(", "))
            };
            hours.iter().map(line).collect::<Vec<_>>()
        };
        let mut lines = of(group.members.iter().map(|member| &member.place).collect());
        lines.extend(of(group.advisors.iter().collect()));
        lines
    }
}

/// Looks for dates.
pub fn find(programme: &Programme, request: &Request) -> Finding {
    let grid = Grid::new(request.first, request.last, TimeDelta::minutes(request.minutes.into()), &programme.group.zone);
    let Conditions { hard, soft, not_checked, unplaced } = conditions(programme, request, &grid);
    let mut ruled_out = grid.none();
    hard.iter().for_each(|condition| ruled_out.add(&condition.starts));
    let proposals = series::proposals(programme, request, &grid, ruled_out, &soft);
    let clash = match proposals.is_empty() {
        true => clash::smallest(&grid, &hard, request.sessions, request.apart),
        false => Vec::new(),
    };
    Finding { proposals, clash, not_checked, unplaced }
}
