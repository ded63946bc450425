//! Countries by their ISO 3166-1 code: names (Unicode CLDR 48) and zones (IANA `zone.tab` 2026f).

use std::sync::LazyLock;

use super::Zone;
use crate::locale::Text;
use crate::locale::names::slug;

/// Code, English name, Spanish name, zones; sorted by code.
static TABLE: &str = include_str!("countries.tsv");

/// A country and the zones on its ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2, upper case.
    pub code: &'static str,
    pub name: Text,
    pub zones: Vec<&'static str>,
}

impl Country {
    /// The zone of a country that has only one: with several, the group must say which.
    pub fn only_zone(&self) -> Option<Zone> {
        match self.zones[..] {
            [zone] => Zone::named(zone),
            _ => None,
        }
    }
}

/// A country by its code, or by its name in either language.
///
/// ```
/// use convoca_core::time::country_called;
/// assert_eq!(country_called("méxico").unwrap().code, "MX");
/// ```
pub fn country_called(written: &str) -> Option<Country> {
    let wanted = slug(written);
    let called = |name: &str| slug(name) == wanted;
    country(written).or_else(|| country(rows().find(|[_, en, es, _]| called(en) || called(es))?[0]))
}

/// ```
/// use convoca_core::time::country;
/// let panama = country("pa").unwrap();
/// assert_eq!(panama.name.es, "Panamá");
/// assert_eq!(panama.only_zone().unwrap().name(), "America/Panama");
/// assert!(country("MX").unwrap().only_zone().is_none());
/// ```
pub fn country(code: &str) -> Option<Country> {
    let code = code.to_ascii_uppercase();
    let at = ROWS.binary_search_by_key(&code.as_str(), |row| row[0]).ok()?;
    let [code, en, es, zones] = ROWS[at];
    Some(Country { code, name: Text::fixed(en, es), zones: zones.split(' ').collect() })
}

/// Every country, by code.
pub fn countries() -> impl Iterator<Item = Country> {
    rows().filter_map(|row| country(row[0]))
}

/// The country on whose ground a zone is.
pub fn country_of(zone: &Zone) -> Option<Country> {
    rows().find(|row| row[3].split(' ').any(|name| name == zone.name())).and_then(|row| country(row[0]))
}

/// The code of the country whose name, in either language, is nearest to what somebody wrote.
pub fn country_suggestion(written: &str) -> Option<&'static str> {
    let wanted = written.to_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), &wanted);
    rows()
        .map(|[code, en, es, _]| (likeness(en).max(likeness(es)), code))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .and_then(|(likeness, code)| (likeness > 0.85).then_some(code))
}

/// The table, split once: a programme asks for the countries of every session.
static ROWS: LazyLock<Vec<[&'static str; 4]>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?, columns.next()?])
    };
    TABLE.lines().filter_map(row).collect()
});

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    ROWS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_of_the_table_is_known() {
        for row in rows() {
            for zone in row[3].split(' ') {
                assert!(Zone::named(zone).is_some(), "{} {zone}", row[0]);
            }
        }
        assert!(rows().count() > 240);
        assert!(ROWS.is_sorted_by(|a, b| a[0] < b[0]), "countries are looked up by halving the table");
    }
}
