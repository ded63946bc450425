//! What is asked for and what is answered.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc, Weekday};

use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, Group, Quorum};
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
    /// Who must attend, besides the member countries.
    pub attending: Vec<Actor>,
    /// Member countries, by ISO 3166-1 code, whose offices do not count.
    pub without_countries: Vec<&'static str>,
    /// Who must attend even where the rest only has to reach a quorum.
    pub indispensable: Vec<Actor>,
    /// Where no date suits everybody: how many are enough. Nothing set, none is looked for.
    pub quorum: Quorum,
    pub wishes: Wishes,
    /// The session that would go to the date, by its id: it is not in its own way.
    pub moving: Option<String>,
    /// At least so many days from today; 0 proposes today itself.
    pub notice: u32,
    pub today: NaiveDate,
    /// How many proposals are wanted.
    pub proposals: usize,
}

/// What whoever asks would like, by the group's clock. It rules out all else, and is the first to be given up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Not before this hour.
    pub from: Option<NaiveTime>,
    /// Over by this hour.
    pub to: Option<NaiveTime>,
    /// Only on these days of the week; none named, on any.
    pub weekdays: Vec<Weekday>,
    /// Not on these days, first and last of each stretch.
    pub except: Vec<(NaiveDate, NaiveDate)>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuitableDates {
    /// The best first.
    pub proposals: Vec<Proposal>,
    /// Where nothing suits everybody: conditions that together rule everything out, as few as can be. Empty
    /// where the range of days itself is too short. The proposals are then those that reach the quorum, if any.
    pub clash: Vec<Obstacle>,
    /// What could not be looked at.
    pub not_checked: Vec<Text>,
    /// Whose hours and absences are not known.
    pub unplaced: Vec<Text>,
}

/// A condition that rules dates out, together with others or alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    pub text: Text,
    /// The best dates without this one; `None` where they would not be enough.
    pub buys: Option<Proposal>,
}

/// Days and hours for all the sessions asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub sessions: Vec<ProposedSession>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedSession {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    /// What speaks against it.
    pub against: Vec<Text>,
}

impl ProposedSession {
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
