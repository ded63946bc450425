//! Sessions with their items, read from lines.
//!
//! ```text
//! lines ─► entries ─► sections ─► path ─► sessions + what is left
//!          (what a    (heads,     (which reading of each hour,
//!           line says) days)       of the session as a whole)
//! ```

mod about;
mod alike;
mod alone;
mod aside;
mod builder;
mod clean;
mod clock;
mod clocks;
mod columns;
mod dates;
mod days;
mod entries;
mod entry;
mod grid;
mod head;
mod header;
mod inline;
mod joined;
mod line;
mod order;
mod path;
mod people;
mod points;
mod promoted;
mod records;
mod result;
mod rooms;
mod row;
mod sections;
mod tables;
mod tails;
mod titled;
mod titles;
mod tracks;
mod whole;
mod window;
mod zones;

pub use days::Hints;
pub use people::{are_names, has_title};
pub use result::{Also, Clock, Doubt, Fault, FoundSession, Group, Imported, Inferred, Item, Left, Role, Speaker, Stated, Window};

use crate::source::Document;

/// Reads the sessions of a document. Every line with an hour or a length is in an item or a session, or among
/// what is left, with the reason.
pub fn read(document: &Document, hints: &Hints) -> Imported {
    let entries = entries::entries(document);
    let mut imported = sections::sessions(document, &entries, hints);
    for session in &mut imported.sessions {
        path::settle(session);
    }
    header::take(&mut imported, document);
    imported.account(document);
    imported
}
