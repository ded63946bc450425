//! Public holidays of the countries where people of such groups work, as dated data: one table a country
//! with its source, days already moved as the law moves them. A country is read when it is first asked for.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::locale::Text;

/// What a table says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// The table has no such country or year: nothing may be concluded.
    Unknown,
    Working,
    Holiday(Text),
    /// A working day between a holiday and a weekend, in a country where many take it off.
    Bridge(Text),
}

/// The holidays of one country.
#[derive(Debug)]
pub struct Holidays {
    years: RangeInclusive<i32>,
    bridges: bool,
    days: BTreeMap<NaiveDate, Text>,
}

macro_rules! tables {
    ($($code:literal),+ $(,)?) => {
        [$(($code, include_str!(concat!($code, ".tsv")))),+]
    };
}

static TABLES: [(&str, &str); 11] = tables!("bz", "ch", "cr", "es", "gt", "hn", "mx", "ni", "pa", "sv", "us");
static READ: [OnceLock<Option<Holidays>>; TABLES.len()] = [const { OnceLock::new() }; TABLES.len()];

/// The countries that have a table, by ISO 3166-1 code in lower case.
pub fn holiday_countries() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(code, _)| *code)
}

/// What the law of a country says of a day.
///
/// ```
/// use convoca::time::{Day, public_holiday};
/// let day = |text: &str| text.parse().unwrap();
/// assert!(matches!(public_holiday("HN", day("2022-10-06")), Day::Holiday(name) if name.es == "Semana Morazánica"));
/// assert!(matches!(public_holiday("GT", day("2022-10-31")), Day::Bridge(_))); // Monday before All Saints'
/// assert_eq!(public_holiday("GT", day("2022-10-27")), Day::Working);
/// assert_eq!(public_holiday("GT", day("2031-01-01")), Day::Unknown);
/// assert_eq!(public_holiday("FR", day("2027-07-14")), Day::Unknown);
/// ```
pub fn public_holiday(country: &str, day: NaiveDate) -> Day {
    let Some(index) = TABLES.iter().position(|(code, _)| code.eq_ignore_ascii_case(country)) else { return Day::Unknown };
    let holidays = READ[index].get_or_init(|| Holidays::parse(TABLES[index].1));
    holidays.as_ref().map_or(Day::Unknown, |holidays| holidays.on(day))
}

impl Holidays {
    /// A table: a line `bridges`, a line of years, then a line a holiday with its days in each year.
    fn parse(table: &'static str) -> Option<Holidays> {
        let mut lines = table.lines().filter(|line| !line.starts_with('#'));
        let bridges = lines.next()? == "bridges\tyes";
        let years: Vec<i32> = lines.next()?.split('\t').skip(2).map(str::parse).collect::<Result<_, _>>().ok()?;
        let mut days = BTreeMap::new();
        for line in lines {
            let mut cells = line.split('\t');
            let name = {
                let es = cells.next()?;
                Text::fixed(cells.next()?, es)
            };
            for (year, cell) in years.iter().zip(cells) {
                for day in cell.split(' ').filter(|day| *day != "-") {
                    let (month, day) = day.split_once('-')?;
                    let date = NaiveDate::from_ymd_opt(*year, month.parse().ok()?, day.parse().ok()?)?;
                    days.entry(date).or_insert_with(|| name.clone());
                }
            }
        }
        Some(Holidays { years: *years.first()?..=*years.last()?, bridges, days })
    }

    fn on(&self, day: NaiveDate) -> Day {
        if !self.years.contains(&day.year()) {
            return Day::Unknown;
        }
        if let Some(name) = self.days.get(&day) {
            return Day::Holiday(name.clone());
        }
        let neighbour = match day.weekday() {
            Weekday::Mon => day.checked_add_days(Days::new(1)),
            Weekday::Fri => day.checked_sub_days(Days::new(1)),
            _ => None,
        };
        match neighbour.and_then(|day| self.days.get(&day)) {
            Some(name) if self.bridges => Day::Bridge(name.clone()),
            _ => Day::Working,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_whole() {
        for (code, table) in TABLES {
            let holidays = Holidays::parse(table).unwrap_or_else(|| panic!("{code}"));
            assert_eq!(holidays.years, 2022..=2030, "{code}");
            for year in 2022..=2030 {
                let count = holidays.days.keys().filter(|day| day.year() == year).count();
                assert!((7..=20).contains(&count), "{code} {year}: {count}");
            }
            assert!(table.starts_with("# "), "{code} names no source");
        }
    }

    #[test]
    fn days_that_laws_move_stand_where_they_are_kept() {
        let off = |country: &str, day: &str| matches!(public_holiday(country, day.parse().unwrap()), Day::Holiday(_));
        for (country, kept, written) in [
            ("GT", "2022-07-04", "2022-06-30"),
            ("CR", "2022-09-19", "2022-09-15"),
            ("CR", "2024-08-15", "2024-08-19"),
            ("HN", "2027-10-08", "2027-10-12"),
            ("PA", "2028-11-06", "2028-11-07"),
            ("BZ", "2027-03-08", "2027-03-09"),
            ("MX", "2027-11-15", "2027-11-20"),
            ("US", "2027-07-05", "2027-07-06"),
        ] {
            assert!(off(country, kept), "{country} {kept}");
            assert!(!off(country, written), "{country} {written}");
        }
    }
}
