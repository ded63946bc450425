//! What to send: the programme compared with the ledger (RFC 5546). Nothing here sends or writes anything.
//!
//! ```text
//! programme ─► invitees ─┐
//!                        ├─► plan ─► letters ─► mail
//! ledger ─► history ─────┘
//! ```
//!
//! - A change that matters (time, place, join link, status, one's own slots, attendance) raises SEQUENCE;
//!   any other is listed, and sent only if asked for.
//! - DTSTAMP rises with every letter to a recipient: programs ignore what is not newer.
//! - What is in doubt is sent again as it was, with the same Message-ID, DTSTAMP and SEQUENCE, so that a
//!   duplicate is harmless.
//! - The same programme, ledger and moment give the same plan.

mod answers;
mod change;
mod compare;
mod json;
mod plan;
mod recipients;
mod replaced;
mod snapshot;
mod told;
mod turned_down;

pub use change::{Why, instant, moment};
pub use compare::plan;
pub use json::json;
pub use plan::{Action, Hold, Holder, Item, Letter, Plan, SessionPlan, Wish};
pub use snapshot::{Snapshot, hash};

#[cfg(test)]
mod tests;
