//! The pure core: texts of a programme go in, findings, the programme, calendars and possible dates come out.
//!
//! ```text
//! sessions/*.toml ─► decode ─► schema ─► resolve ─► model ─► checks ─► findings
//!                   (places)  (as       (names,      ├─► calendar
//!                              written)  instants)   └─► scheduling
//! ```
//!
//! No file, clock, network, environment or terminal: the same texts and the same day give the same bytes.

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests read files and the clock"))]

pub mod calendar;
pub mod checked;
pub mod checks;
pub mod cores;
pub mod decode;
pub mod diagnostics;
pub mod edit;
pub mod examples;
pub mod invitees;
pub mod locale;
pub mod model;
pub mod paths;
pub mod project;
pub mod resolve;
pub mod scheduling;
pub mod schema;
pub mod time;

pub use checked::{Checked, check};
