//! The one door to time-zone rules. Instants are UTC; local times come only from here.

mod country;
mod hours;
mod older_rules;
mod zone;

pub use country::{Country, country, country_called, country_suggestion};
pub use hours::{LocalHour, Place, local_hours};
pub use older_rules::{older_local, older_release};
pub use zone::{Local, Reading, Transition, Zone, release, zone_suggestion};
