//! The table of one country. After comments with the sources: a line `bridges`, a line of years, a line a
//! holiday with its days in each year (`12-24@12` from noon on), then lines `custom` with a rule that
//! holds every year and lines `decree` with a day of one year.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::{Day, DayOff, DayOffKind};
use crate::locale::Text;

/// The days off of one country.
#[derive(Debug)]
pub(crate) struct Holidays {
    pub years: RangeInclusive<i32>,
    bridges: bool,
    /// By law and by decree.
    days: BTreeMap<NaiveDate, DayOff>,
    customs: Vec<Custom>,
}

/// A stretch of days that offices keep every year without a law.
#[derive(Debug)]
struct Custom {
    first: Moment,
    last: Moment,
    off: DayOff,
}

/// A day of any year.
#[derive(Clone, Copy, Debug)]
enum Moment {
    FromEaster(i64),
    MonthDay(u32, u32),
}

impl Moment {
    fn parse(text: &str) -> Option<Moment> {
        match text.strip_prefix("easter") {
            Some(days) => Some(Moment::FromEaster(days.parse().ok()?)),
            None => {
                let (month, day) = text.split_once('-')?;
                Some(Moment::MonthDay(month.parse().ok()?, day.parse().ok()?))
            }
        }
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Moment::FromEaster(days) => easter(year)?.checked_add_signed(TimeDelta::days(days)),
            Moment::MonthDay(month, day) => NaiveDate::from_ymd_opt(year, month, day),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
}

impl Holidays {
    pub(crate) fn parse(table: &'static str) -> Option<Holidays> {
        let mut lines = table.lines().filter(|line| !line.starts_with('#'));
        let bridges = lines.next()? == "bridges\tyes";
        let years: Vec<i32> = lines.next()?.split('\t').skip(2).map(str::parse).collect::<Result<_, _>>().ok()?;
        let mut holidays =
            Holidays { years: *years.first()?..=*years.last()?, bridges, days: BTreeMap::new(), customs: Vec::new() };
        for line in lines {
            let cells: Vec<&'static str> = line.split('\t').collect();
            match cells[..] {
                ["custom", days, from, es, en, _] => {
                    let (first, last) = days.split_once("..").unwrap_or((days, days));
                    let off = DayOff { kind: DayOffKind::Custom, name: Text::fixed(en, es), from: hour(from)?, source: None };
                    holidays.customs.push(Custom { first: Moment::parse(first)?, last: Moment::parse(last)?, off });
                }
                ["decree", day, from, es, en, source] => {
                    let off = DayOff { source: Some(source), from: hour(from)?, ..DayOff::holiday(Text::fixed(en, es)) };
                    holidays.days.insert(day.parse().ok()?, off);
                }
                [es, en, ref cells @ ..] if cells.len() == years.len() => holidays.law(&Text::fixed(en, es), &years, cells)?,
                _ => return None,
            }
        }
        Some(holidays)
    }

    fn law(&mut self, name: &Text, years: &[i32], cells: &[&str]) -> Option<()> {
        for (year, cell) in years.iter().zip(cells) {
            for day in cell.split(' ').filter(|day| *day != "-") {
                let (day, from) = match day.split_once('@') {
                    Some((day, hour)) => (day, Some(NaiveTime::from_hms_opt(hour.parse().ok()?, 0, 0)?)),
                    None => (day, None),
                };
                let (month, day) = day.split_once('-')?;
                let date = NaiveDate::from_ymd_opt(*year, month.parse().ok()?, day.parse().ok()?)?;
                self.days.entry(date).or_insert_with(|| DayOff { from, ..DayOff::holiday(name.clone()) });
            }
        }
        Some(())
    }

    /// What is said of a day, what binds most first.
    pub(crate) fn on(&self, day: NaiveDate) -> Day {
        if !self.years.contains(&day.year()) {
            return Day::Unknown;
        }
        let off = self.days.get(&day).cloned().or_else(|| self.bridge(day)).or_else(|| self.custom(day));
        off.map_or(Day::Working, Day::Off)
    }

    /// A Monday before a holiday, or a Friday after one.
    fn bridge(&self, day: NaiveDate) -> Option<DayOff> {
        let neighbour = match day.weekday() {
            Weekday::Mon => day.checked_add_days(Days::new(1)),
            Weekday::Fri => day.checked_sub_days(Days::new(1)),
            _ => None,
        };
        let off = self.days.get(&neighbour.filter(|_| self.bridges)?)?;
        (off.from.is_none() && off.source.is_none())
            .then(|| DayOff { kind: DayOffKind::Bridge, ..DayOff::holiday(off.name.clone()) })
    }

    fn custom(&self, day: NaiveDate) -> Option<DayOff> {
        let holds = |custom: &&Custom| {
            let bounds = custom.first.in_year(day.year()).zip(custom.last.in_year(day.year()));
            bounds.is_some_and(|(first, last)| (first..=last).contains(&day))
        };
        self.customs.iter().find(holds).map(|custom| custom.off.clone())
    }

    #[cfg(test)]
    pub(crate) fn days(&self) -> impl Iterator<Item = (&NaiveDate, &DayOff)> {
        self.days.iter()
    }
}

fn hour(cell: &str) -> Option<Option<NaiveTime>> {
    if cell == "-" {
        return Some(None);
    }
    NaiveTime::parse_from_str(cell, "%H:%M").ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_the_day_of_the_church() {
        // The dates of the Astronomical Applications Department, U.S. Naval Observatory.
        for day in
            ["2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2030-04-21", "2038-04-25"]
        {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(easter(day.year()), Some(day));
        }
    }
}
