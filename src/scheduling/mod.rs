//! Finding dates, and moving what was found.
//!
//! ```text
//! programme + Request ─► Grid (every start) ─► conditions (starts that each rules out) ─► series, ranked
//!                                                        └─► where nothing is left: the smallest set to drop one of
//! session + new start ─► layout ─► edits of its file
//! ```
//!
//! Every condition is a set of starts, so that a year of half hours is a few hundred words of memory, and
//! what speaks for or against a start is a bit in a set.

mod clash;
mod conditions;
mod grid;
mod holds;
mod layout;
mod request;
mod seats;
mod series;

pub use holds::holds;
pub use layout::{Layout, Misfit, lay_out};
pub use request::{Finding, Proposal, Request, Session, find};
