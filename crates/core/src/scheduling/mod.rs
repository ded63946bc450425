//! Finding dates, and moving what was found.
//!
//! ```text
//! programme + Request ─► Grid (every start) ─► conditions (starts that each rules out) ─► series, ranked
//!                                                        ├─► where nothing is left: the smallest set to drop one of
//!                                                        └─► and the starts at which a quorum can attend
//! session + new start ─► layout ─► edits of its file
//! ```
//!
//! Every condition is a set of starts, so that a year of half hours is a few hundred words of memory, and
//! what speaks for or against a start is a bit in a set.

mod clash;
mod conditions;
mod find;
mod grid;
mod held;
mod holds;
mod layout;
mod outlook;
mod quorum;
mod request;
mod seats;
mod series;
mod wishes;

pub use find::find;
pub use holds::holds;
pub use layout::{Layout, Misfit, lay_out, set_day};
pub use outlook::{Outlook, View, outlook};
pub use request::{Obstacle, Proposal, ProposedSession, Request, SuitableDates, Wishes};
