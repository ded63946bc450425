//! Days off in the countries where people of such groups work, as dated data: one table a country with
//! its source, days already moved as the law moves them, the decrees of single years, and what offices
//! keep by custom. A country is read when it is first asked for.

mod table;

use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveTime};

use crate::locale::{Text, dates};
use crate::text;
use table::Holidays;

/// What a table says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// The table has no such country or year: nothing may be concluded.
    Unknown,
    Working,
    Off(DayOff),
}

/// A day, or the rest of one, on which offices are closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    pub kind: DayOffKind,
    pub name: Text,
    /// Free from this hour of the local clock on; the whole day without it.
    pub from: Option<NaiveTime>,
    /// The decree of a single year.
    pub source: Option<&'static str>,
}

/// Why a day is off, from what binds most to what binds least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayOffKind {
    /// By law, by decree, or because the group says so.
    Holiday,
    /// A working day between a holiday and a weekend, in a country where many take it off.
    Bridge,
    /// No law says so, but public offices usually close or are half empty: Holy Week, the year's end.
    Custom,
}

impl DayOff {
    /// A whole holiday.
    pub fn holiday(name: Text) -> DayOff {
        DayOff { kind: DayOffKind::Holiday, name, from: None, source: None }
    }

    pub fn is_holiday(&self) -> bool {
        self.kind == DayOffKind::Holiday
    }

    /// The name, with the hour from which it holds: "Nochebuena, desde las 12:00".
    pub fn title(&self) -> Text {
        match self.from.map(dates::clock) {
            None => self.name.clone(),
            Some(from) => text!(l, name = self.name.get(l); "{name}, from {from}", "{name}, desde las {from}"),
        }
    }
}

macro_rules! tables {
    ($($code:literal),+ $(,)?) => {
        [$(($code, include_str!(concat!($code, ".tsv")))),+]
    };
}

static TABLES: [(&str, &str); 14] = tables!("br", "bz", "ch", "cl", "co", "cr", "es", "gt", "hn", "mx", "ni", "pa", "sv", "us");
static READ: [OnceLock<Option<Holidays>>; TABLES.len()] = [const { OnceLock::new() }; TABLES.len()];

/// The countries that have a table, by ISO 3166-1 code in lower case.
pub fn holiday_countries() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(code, _)| *code)
}

fn table(country: &str) -> Option<&'static Holidays> {
    let index = TABLES.iter().position(|(code, _)| code.eq_ignore_ascii_case(country))?;
    READ[index].get_or_init(|| Holidays::parse(TABLES[index].1)).as_ref()
}

/// What law, decree and custom of a country say of a day.
///
/// ```
/// use convoca_core::time::{Day, DayOffKind, public_holiday};
/// let day = |country, text: &str| match public_holiday(country, text.parse().unwrap()) {
///     Day::Off(off) => Some((off.kind, off.title().es.to_string())),
///     _ => None,
/// };
/// assert_eq!(day("HN", "2022-10-06"), Some((DayOffKind::Holiday, "Semana Morazánica".into())));
/// assert_eq!(day("GT", "2026-12-24"), Some((DayOffKind::Holiday, "Nochebuena, desde las 12:00".into())));
/// assert_eq!(day("GT", "2022-10-31").unwrap().0, DayOffKind::Bridge); // Monday before All Saints'
/// assert_eq!(day("PA", "2027-03-23"), Some((DayOffKind::Custom, "Semana Santa".into())));
/// assert_eq!(public_holiday("GT", "2022-10-27".parse().unwrap()), Day::Working);
/// assert_eq!(public_holiday("GT", "2031-01-01".parse().unwrap()), Day::Unknown);
/// assert_eq!(public_holiday("FR", "2027-07-14".parse().unwrap()), Day::Unknown);
/// ```
pub fn public_holiday(country: &str, day: NaiveDate) -> Day {
    table(country).map_or(Day::Unknown, |holidays| holidays.on(day))
}

/// The last year of which the table of a country tells.
pub fn holidays_until(country: &str) -> Option<i32> {
    table(country).map(|holidays| *holidays.years.end())
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Months, Utc};

    use super::*;

    #[test]
    fn every_table_is_read_whole() {
        for (code, text) in TABLES {
            let holidays = Holidays::parse(text).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(holidays.years, 2022..=2030, "{code}");
            for year in 2022..=2030 {
                let count = holidays.days().filter(|(day, off)| day.year() == year && off.source.is_none()).count();
                assert!((7..=21).contains(&count), "{code} {year}: {count}");
            }
            assert!(text.starts_with("# "), "{code} names no source");
        }
    }

    /// The tables end; they must be written on before a programme meets their end unawares.
    #[test]
    fn every_table_reaches_eighteen_months_ahead() {
        let then = Utc::now().date_naive() + Months::new(18);
        for code in holiday_countries() {
            let until = holidays_until(code).unwrap_or_default();
            assert!(then.year() <= until, "{code}: write on the table, it ends with {until}");
        }
    }

    #[test]
    fn days_that_laws_move_stand_where_they_are_kept() {
        let off =
            |country: &str, day: &str| matches!(public_holiday(country, day.parse().unwrap()), Day::Off(off) if off.is_holiday());
        for (country, kept, written) in [
            ("GT", "2022-07-04", "2022-06-30"),
            ("CR", "2022-09-19", "2022-09-15"),
            ("CR", "2024-08-15", "2024-08-19"),
            ("HN", "2027-10-08", "2027-10-12"),
            ("PA", "2028-11-06", "2028-11-07"),
            ("BZ", "2027-03-08", "2027-03-09"),
            ("MX", "2027-11-15", "2027-11-20"),
            ("US", "2027-07-05", "2027-07-06"),
            ("CO", "2027-01-11", "2027-01-06"),
            ("CL", "2027-10-11", "2027-10-12"),
        ] {
            assert!(off(country, kept), "{country} {kept}");
            assert!(!off(country, written), "{country} {written}");
        }
    }

    #[test]
    fn a_bridge_is_a_monday_before_a_holiday_or_a_friday_after_one() {
        let kind = |day: &str| match public_holiday("GT", day.parse().unwrap()) {
            Day::Off(off) => Some((off.kind, off.title().en.to_string())),
            _ => None,
        };
        // Independence Day was a Thursday in 2022, and is a Tuesday in 2026.
        let bridge = Some((DayOffKind::Bridge, "Independence Day".to_owned()));
        assert_eq!((kind("2022-09-16"), kind("2026-09-14")), (bridge.clone(), bridge));
        assert_eq!((kind("2022-09-14"), kind("2026-09-16")), (None, None), "the Wednesdays beside them");
    }

    #[test]
    fn a_decree_says_more_than_law_and_custom() {
        let off = |country, day: &str| match public_holiday(country, day.parse().unwrap()) {
            Day::Off(off) => off,
            other => panic!("{country} {day}: {other:?}"),
        };
        // From noon by law, all day by that year's decree.
        assert_eq!(off("GT", "2024-12-24").from, NaiveTime::from_hms_opt(12, 0, 0));
        assert_eq!((off("GT", "2025-12-24").from, off("GT", "2025-12-24").source), (None, Some("Acuerdo Gubernativo 222-2025")));
        // By custom in general, by decree that year.
        assert_eq!(off("PA", "2027-02-10").kind, DayOffKind::Custom);
        assert_eq!(off("PA", "2026-02-18").kind, DayOffKind::Holiday);
        assert_eq!(off("GT", "2025-11-03").source, Some("Acuerdo Gubernativo 186-2025"));
        assert_eq!(off("GT", "2027-03-24").title().en, "Holy Wednesday, from 12:00");
    }
}
