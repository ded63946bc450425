//! What a zone is called where no country says it: its country if that has one zone, else its city.

use super::Zone;
use super::country::country_of;
use crate::locale::Text;

/// Cities whose name differs between Spanish and English or from the zone's (Unicode CLDR, exemplar cities).
static CITIES: &[(&str, &str, &str)] = &[
    ("America/Bahia_Banderas", "Bahía de Banderas", "Bahía de Banderas"),
    ("America/Belem", "Belém", "Belém"),
    ("America/Cancun", "Cancún", "Cancún"),
    ("America/Ciudad_Juarez", "Ciudad Juárez", "Ciudad Juárez"),
    ("America/Los_Angeles", "Los Ángeles", "Los Angeles"),
    ("America/Mazatlan", "Mazatlán", "Mazatlán"),
    ("America/Merida", "Mérida", "Mérida"),
    ("America/Mexico_City", "Ciudad de México", "Mexico City"),
    ("America/New_York", "Nueva York", "New York"),
    ("America/Sao_Paulo", "São Paulo", "São Paulo"),
    ("America/St_Johns", "San Juan de Terranova", "St. John’s"),
    ("Asia/Famagusta", "Famagusta", "Famagusta"),
    ("Asia/Shanghai", "Shanghái", "Shanghai"),
    ("Atlantic/Azores", "Azores", "Azores"),
    ("Atlantic/Canary", "Islas Canarias", "Canary Islands"),
    ("Europe/Berlin", "Berlín", "Berlin"),
    ("Europe/Lisbon", "Lisboa", "Lisbon"),
    ("Europe/Moscow", "Moscú", "Moscow"),
    ("Pacific/Easter", "Isla de Pascua", "Easter Island"),
    ("Pacific/Galapagos", "Galápagos", "Galápagos"),
    ("Pacific/Honolulu", "Honolulú", "Honolulu"),
];

/// The name of the place whose clocks a zone tells.
///
/// ```
/// use convoca_core::time::{Zone, place_name};
/// let name = |zone| place_name(&Zone::named(zone).unwrap());
/// assert_eq!(name("America/Mexico_City").es, "Ciudad de México");
/// assert_eq!(name("Europe/Madrid").en, "Madrid");
/// assert_eq!(name("Europe/Zurich").es, "Suiza");
/// ```
pub fn place_name(zone: &Zone) -> Text {
    if let Some(country) = country_of(zone).filter(|country| country.zones.len() == 1) {
        return country.name;
    }
    if let Some((_, es, en)) = CITIES.iter().find(|(name, ..)| *name == zone.name()) {
        return Text::fixed(en, es);
    }
    Text::same(zone.name().rsplit('/').next().unwrap_or(zone.name()).replace('_', " "))
}
