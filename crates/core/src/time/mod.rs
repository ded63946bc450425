//! The one door to time-zone rules. Instants are UTC; local times come only from here.

mod city;
mod country;
mod holidays;
mod hours;
mod meant;
mod older_rules;
mod shift;
mod wording;
mod zone;

pub use city::place_name;
pub use country::{Country, countries, country, country_called, country_of, country_suggestion};
pub use holidays::{Day, DayOff, DayOffKind, holiday_countries, holidays_until, public_holiday};
pub use hours::{LocalHour, Place, local_hours};
pub use meant::zones_meant;
pub use older_rules::{older_local, older_release};
pub use shift::{Shift, shift};
pub use wording::{clock_of, worded_hour};
pub use zone::{Local, Reading, Transition, Zone, release, zone_suggestion, zones_called};
