//! The zone that a person means by the name of a place.

use super::zone::zones_called;
use super::{Zone, countries, country_called, place_name};
use crate::locale::names::slug;

/// Capitals and cities of the region that are no zone's exemplar city, and in whose zone they lie.
const CITIES: [(&str, &str); 26] = [
    ("ciudad-de-guatemala", "America/Guatemala"),
    ("guatemala-city", "America/Guatemala"),
    ("ciudad-de-panama", "America/Panama"),
    ("panama-city", "America/Panama"),
    ("san-jose", "America/Costa_Rica"),
    ("san-salvador", "America/El_Salvador"),
    ("tegucigalpa", "America/Tegucigalpa"),
    ("san-pedro-sula", "America/Tegucigalpa"),
    ("managua", "America/Managua"),
    ("belmopan", "America/Belize"),
    ("santo-domingo", "America/Santo_Domingo"),
    ("bogota", "America/Bogota"),
    ("quito", "America/Guayaquil"),
    ("lima", "America/Lima"),
    ("cdmx", "America/Mexico_City"),
    ("mexico-df", "America/Mexico_City"),
    ("brasilia", "America/Sao_Paulo"),
    ("rio-de-janeiro", "America/Sao_Paulo"),
    ("santiago-de-chile", "America/Santiago"),
    ("washington", "America/New_York"),
    ("washington-dc", "America/New_York"),
    ("londres", "Europe/London"),
    ("ginebra", "Europe/Zurich"),
    ("geneva", "Europe/Zurich"),
    ("bruselas", "Europe/Brussels"),
    ("roma", "Europe/Rome"),
];

/// The zones that a name may mean: of an IANA name itself, of a place or a country with one zone that one, of a country
/// with several all of them; none of a name that is unknown, or an abbreviation that is used in many places.
///
/// ```
/// use convoca_core::time::zones_meant;
/// assert_eq!(zones_meant("hora de Guatemala"), ["America/Guatemala"]);
/// assert_eq!(zones_meant("America/panama"), ["America/Panama"]);
/// assert_eq!(zones_meant("Nueva York"), ["America/New_York"]);
/// assert!(zones_meant("Canadá").len() > 1);
/// assert!(zones_meant("CST").is_empty());
/// ```
pub fn zones_meant(written: &str) -> Vec<String> {
    let written = written.trim().trim_matches(['(', ')', '.', ',']);
    if let Some(zone) = Zone::named(written) {
        return vec![zone.name().to_owned()];
    }
    let wanted = slug(written);
    let place = PREFIXES.iter().find_map(|prefix| wanted.strip_prefix(prefix)).unwrap_or(&wanted).to_owned();
    if place.is_empty() {
        return Vec::new();
    }
    if let Some((_, zone)) = CITIES.iter().find(|(city, _)| *city == place) {
        return vec![(*zone).to_owned()];
    }
    let owned = |zones: &[&str]| zones.iter().map(|zone| (*zone).to_owned()).collect::<Vec<_>>();
    let called = zones_called(written);
    if !called.is_empty() {
        return owned(called);
    }
    if let Some(country) = country_called(&place.replace('-', " ")) {
        return owned(&country.zones);
    }
    let is_called = |zone: &&str| {
        let name = Zone::named(zone).map(|zone| place_name(&zone));
        let city = zone.rsplit('/').next().unwrap_or(zone);
        slug(city) == place || name.is_some_and(|name| slug(&name.es) == place || slug(&name.en) == place)
    };
    countries().flat_map(|country| country.zones).find(is_called).map(str::to_owned).into_iter().collect()
}

/// "Hora de Guatemala", "horário de Brasília".
const PREFIXES: [&str; 14] = [
    "hora-local-de-",
    "hora-de-la-",
    "hora-de-",
    "hora-del-",
    "hora-oficial-de-",
    "hora-",
    "horas-de-",
    "horario-de-",
    "heure-de-",
    "heure-du-",
    "heure-locale-de-",
    "time-in-",
    "local-time-in-",
    "de-",
];
