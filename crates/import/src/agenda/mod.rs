//! Sessions with their items, read from lines.
//!
//! ```text
//! lines ─► entries ─► sections ─► path ─► sessions + what is left
//!          (what a    (heads,     (which reading of each hour,
//!           line says) days)       of the session as a whole)
//! ```

mod alike;
mod aside;
mod days;
mod entry;
mod path;
mod people;
mod result;
mod sections;
mod tables;
mod tracks;

pub use days::Hints;
pub use people::{are_names, has_title};
pub use result::{Clock, Doubt, Fault, FoundSession, Group, Imported, Inferred, Item, Left, Role, Speaker, Window};

use crate::source::Document;

/// Reads the sessions of a document. Every line with an hour or a length is in an item or a session, or among
/// what is left, with the reason.
pub fn read(document: &Document, hints: &Hints) -> Imported {
    let entries = entry::entries(document);
    let mut imported = sections::sessions(document, &entries, hints);
    for session in &mut imported.sessions {
        path::settle(session);
    }
    imported.account(document);
    imported
}
