//! The countries of a group: those of its parties, and those that a document names beside places.

use convoca_core::time::{Country, country, country_called};

use crate::parties::Cast;
use crate::source::Document;

/// More than that are no group's, but a list of something else.
const MOST: usize = 20;

/// By their codes, in their order.
pub(super) fn countries(document: &Document, cast: &Cast) -> Vec<Country> {
    let of_parties = cast.parties.iter().filter_map(|party| country(party.country?));
    let mut found: Vec<Country> = of_parties.chain(beside_places(document)).collect();
    found.sort_unstable_by_key(|country| country.code);
    found.dedup_by_key(|country| country.code);
    found
}

/// Those that stand between parentheses: "Choloma (Honduras)", "Hora (Costa Rica, Guatemala)".
fn beside_places(document: &Document) -> Vec<Country> {
    let cells = document.lines.iter().take(4000).flat_map(|line| &line.cells);
    let inside = cells.flat_map(|cell| cell.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)));
    let mut found: Vec<Country> = Vec::new();
    // Of one with several zones a person has to say which.
    for country in inside.filter_map(listed).flatten().filter(|country| country.only_zone().is_some()) {
        if found.iter().all(|known| known.code != country.code) {
            found.push(country);
        }
    }
    if found.len() > MOST { Vec::new() } else { found }
}

/// The countries of a list of nothing else. Codes are none: "(PM)" is an hour.
fn listed(text: &str) -> Option<Vec<Country>> {
    /// No name of a country is longer, and no list of a group's.
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return None;
    }
    let plain = [" y ", " and ", " e ", " et "].iter().fold(text.to_owned(), |text, word| text.replace(word, ","));
    let names = plain.split([',', ';', '/']).map(str::trim).filter(|name| !name.is_empty());
    let known = |name: &str| (name.chars().count() > 3).then(|| country_called(name))?;
    names.map(known).collect()
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_of_countries_is_told_from_other_words() {
        let codes = |text: &str| listed(text).map(|found| found.iter().map(|country| country.code).collect::<Vec<_>>().join(" "));
        assert_eq!(codes("Honduras").as_deref(), Some("HN"));
        assert_eq!(codes("Costa Rica, Guatemala y Panamá").as_deref(), Some("CR GT PA"));
        assert_eq!(codes("Costa Rica and Honduras").as_deref(), Some("CR HN"));
        for other in ["PM", "45 min", "Guatemala, en línea", "ACNUR"] {
            assert_eq!(codes(other), None, "{other}");
        }
    }
}
