//! VTIMEZONE (RFC 5545 §3.6.5): the rules of a zone over a stretch of time, in words that Outlook takes.
//!
//! Outlook knows a standard time and one yearly rule each way ([MS-OXCICAL] 2.1.3.1.1.19) and drops or
//! bends everything else. So a zone is told in one of two ways, or not at all, and then times stay in UTC.
//! What is told holds over whole years: readers keep rules by TZID, so that the files of a session before
//! and of one after a change of the clocks must not contradict each other.

use std::io::Write;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};

use super::{Error, Value, Writer};
use crate::time::{Reading, Transition, Zone};

/// The year in which every observance starts, so that it stands before any event.
const EPOCH: i32 = 1970;

/// A zone as a calendar tells it, true for every instant from `from` to `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timezone {
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    /// One STANDARD, or STANDARD and DAYLIGHT.
    observances: Vec<Observance>,
}

/// A STANDARD or a DAYLIGHT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observance {
    pub daylight: bool,
    /// By the clock that it ends, in 1970.
    pub start: NaiveDateTime,
    /// Seconds to the east of UTC, before and under it.
    pub from: i32,
    pub to: i32,
    /// When it begins every year; `None` where the clocks never change.
    pub yearly: Option<Yearly>,
}

/// The nth weekday of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yearly {
    pub month: u32,
    pub weekday: Weekday,
    /// 1 to 4, or −1 for the last.
    pub nth: i32,
}

impl Timezone {
    /// The zone from the first instant to the last; `None` where that cannot be told: where the clocks
    /// change in those years or the one after, and not by one yearly rule each way. UTC needs no telling.
    ///
    /// ```
    /// use convoca_core::{calendar::Timezone, time::Zone};
    /// let day = |text: &str| text.parse().unwrap();
    /// let told = |zone: &str| Timezone::new(&Zone::named(zone).unwrap(), day("2022-10-27T16:00:00Z"), day("2022-10-31T18:00:00Z"));
    /// assert_eq!(told("America/Guatemala").unwrap().observances().len(), 1);
    /// assert_eq!(told("Europe/Madrid").unwrap().observances().len(), 2);
    /// assert!(told("America/Mexico_City").is_none()); // left summer time for ever on 30 October 2022
    /// ```
    pub fn new(zone: &Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Timezone> {
        if zone.is_utc() || until < from || from.year() <= EPOCH {
            return None;
        }
        let (first, last) = (jan_1(from.year())?, jan_1(until.year() + 2)?);
        let observances = match zone.transitions(first.and_utc(), last.and_utc()).is_empty() {
            true => vec![constant(zone.local(from).offset)?],
            false => both_ways(zone, from, until)?,
        };
        Some(Timezone { zone: zone.clone(), from, until, observances })
    }

    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    pub fn observances(&self) -> &[Observance] {
        &self.observances
    }

    /// The local time by which a reader of the file finds this instant again; `None` outside the stretch,
    /// and in the hour that clocks show twice.
    pub fn local(&self, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
        let local = self.zone.local(instant).time;
        let within = (self.from..=self.until).contains(&instant);
        (within && self.zone.instant(local) == Some(Reading::Once(instant))).then_some(local)
    }

    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>) -> Result<(), Error> {
        writer.begin("VTIMEZONE")?;
        writer.line("TZID", &[], Value::Text(self.zone.name()))?;
        for observance in &self.observances {
            observance.write(writer)?;
        }
        writer.end("VTIMEZONE")
    }
}

impl Observance {
    /// The offset, such as "-06": readers take "CST" for US Central.
    pub fn name(&self) -> String {
        let (sign, minutes) = (if self.to < 0 { '-' } else { '+' }, self.to.unsigned_abs() / 60);
        match minutes % 60 {
            0 => format!("{sign}{:02}", minutes / 60),
            rest => format!("{sign}{:02}{rest:02}", minutes / 60),
        }
    }

    fn write<W: Write>(&self, writer: &mut Writer<W>) -> Result<(), Error> {
        let component = if self.daylight { "DAYLIGHT" } else { "STANDARD" };
        writer.begin(component)?;
        writer.line("DTSTART", &[], Value::Local(self.start))?;
        writer.line("TZOFFSETFROM", &[], Value::Offset(self.from))?;
        writer.line("TZOFFSETTO", &[], Value::Offset(self.to))?;
        writer.line("TZNAME", &[], Value::Text(&self.name()))?;
        if let Some(yearly) = self.yearly {
            writer.line("RRULE", &[], Value::Token(&yearly.rule()))?;
        }
        writer.end(component)
    }
}

impl Yearly {
    /// As a RECUR value (RFC 5545 §3.3.10).
    fn rule(self) -> String {
        let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][self.weekday.num_days_from_monday() as usize];
        format!("FREQ=YEARLY;BYMONTH={};BYDAY={}{day}", self.month, self.nth)
    }

    fn day(self, year: i32) -> Option<NaiveDate> {
        match u8::try_from(self.nth) {
            Ok(nth) => NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth),
            Err(_) => {
                [5, 4].into_iter().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, nth))
            }
        }
    }
}

/// The zones that a calendar tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timezones {
    pub told: Vec<Timezone>,
    /// Those whose events are in UTC because their rules cannot be told.
    pub untold: Vec<Zone>,
}

impl Timezones {
    /// From the zone, start and end of every event; in the order of the zones' names.
    pub fn of<'a>(events: impl IntoIterator<Item = (&'a Zone, DateTime<Utc>, DateTime<Utc>)>) -> Timezones {
        let mut stretches: std::collections::BTreeMap<&str, (&Zone, DateTime<Utc>, DateTime<Utc>)> = Default::default();
        for (zone, start, end) in events {
            let stretch = stretches.entry(zone.name()).or_insert((zone, start, end));
            *stretch = (zone, stretch.1.min(start), stretch.2.max(end));
        }
        let mut zones = Timezones::default();
        for (zone, from, until) in stretches.into_values().filter(|(zone, ..)| !zone.is_utc()) {
            match Timezone::new(zone, from, until) {
                Some(told) => zones.told.push(told),
                None => zones.untold.push(zone.clone()),
            }
        }
        zones
    }
}

fn constant(offset: i32) -> Option<Observance> {
    Some(Observance { daylight: false, start: jan_1(EPOCH)?, from: offset, to: offset, yearly: None })
}

/// Years after the stretch that help to tell "fourth" from "last"; rules may change in them.
const YEARS_AFTER: i32 = 8;

fn both_ways(zone: &Zone, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Vec<Observance>> {
    let (first, last) = (from.year() - 1, until.year() + 2);
    let changes = zone.transitions(jan_1(first)?.and_utc(), jan_1(last + YEARS_AFTER)?.and_utc());
    let years: Vec<i32> = (from.year()..last).collect();
    let offset = changes.iter().find(|change| change.at >= jan_1(from.year()).unwrap_or_default().and_utc())?;
    let (summer, winter) = (offset.from.max(offset.to), offset.from.min(offset.to));
    let standard = observance(&changes, &years, summer, winter)?;
    let daylight = observance(&changes, &years, winter, summer)?;
    let told = vec![standard, daylight];
    agrees(zone, &told, from, until).then_some(told)
}

/// The rule that gives exactly one change from an offset to another in each of the years, if there is one.
fn observance(changes: &[Transition], years: &[i32], from: i32, to: i32) -> Option<Observance> {
    let onset = |change: &Transition| change.at.naive_utc() + TimeDelta::seconds(change.from.into());
    let onsets = |year: i32| changes.iter().filter(move |change| onset(change).year() == year);
    let mut required = Vec::new();
    for year in years {
        // Two changes a year, one each way: more is no yearly rule, fewer is no summer time.
        let this: Vec<&Transition> = onsets(*year).collect();
        let mut same = this.iter().filter(|change| (change.from, change.to) == (from, to));
        let (change, None, 2) = (same.next()?, same.next(), this.len()) else { return None };
        required.push(onset(change));
    }
    let first = *required.first()?;
    let (date, time) = (first.date(), first.time());
    let fits = |rule: Yearly, onset: &NaiveDateTime| onset.time() == time && rule.day(onset.year()) == Some(onset.date());
    let nth = i32::try_from(date.day0() / 7 + 1).ok()?;
    let candidates = [-1, nth].map(|nth| Yearly { month: date.month(), weekday: date.weekday(), nth });
    let all: Vec<NaiveDateTime> = changes.iter().filter(|change| (change.from, change.to) == (from, to)).map(onset).collect();
    let yearly = candidates
        .into_iter()
        .filter(|rule| rule.nth <= 4 && required.iter().all(|onset| fits(*rule, onset)))
        .max_by_key(|rule| (all.iter().filter(|onset| fits(*rule, onset)).count(), rule.nth < 0))?;
    Some(Observance { daylight: to > from, start: yearly.day(EPOCH)?.and_time(time), from, to, yearly: Some(yearly) })
}

/// Whether the rules give the zone's own changes, and no other, over the stretch.
fn agrees(zone: &Zone, told: &[Observance], from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    let mut changes: Vec<Transition> = (from.year() - 1..=until.year() + 1)
        .flat_map(|year| told.iter().filter_map(move |observance| observance.change(year)))
        .collect();
    changes.sort_by_key(|change| change.at);
    let before = changes.iter().rfind(|change| change.at <= from).map(|change| change.to);
    changes.retain(|change| from < change.at && change.at <= until);
    before == Some(zone.local(from).offset) && changes == zone.transitions(from, until)
}

impl Observance {
    /// When it begins in a year, where it begins every year.
    pub(super) fn change(&self, year: i32) -> Option<Transition> {
        let local = self.yearly?.day(year)?.and_time(self.start.time());
        let at = (local - TimeDelta::seconds(self.from.into())).and_utc();
        Some(Transition { at, from: self.from, to: self.to })
    }
}

fn jan_1(year: i32) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)
}

#[cfg(test)]
mod tests;
