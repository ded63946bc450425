//! Which lines make a session, and what belongs to which item.

use super::builder::Builder;
use super::dates::{date, weekdays};
use super::days::{Context, Hints};
use super::entry::Entry;
use super::joined::joined;
use super::points::points;
use super::promoted::promoted;
use super::result::{FoundSession, Imported};
use super::tails::tails;
use super::titles::title_of;
use super::whole::{declared_window, parallel, parts};
use super::zones::zones;
use crate::source::Document;

pub(crate) fn sessions(document: &Document, entries: &[Entry], hints: &Hints) -> Imported {
    let context = Context::of(document, hints);
    let entries = joined(entries);
    let promoted = promoted(&entries);
    let mut builder = Builder {
        context: &context,
        imported: Imported::default(),
        current: FoundSession::default(),
        head: None,
        windows: Vec::new(),
        days: Vec::new(),
        open: false,
        last_text: None,
    };
    for (at, entry) in entries.iter().enumerate() {
        builder.take(entry, &entries[at + 1..], promoted.contains(&at));
    }
    builder.close();
    let mut imported = builder.imported;
    imported.title = title_of(document);
    if imported.sessions.is_empty() {
        imported.sessions.extend(points(&entries));
    }
    for session in &mut imported.sessions {
        declared_window(session);
    }
    imported.sessions.retain(|session| !session.items.is_empty());
    tails(&mut imported.sessions);
    date(&mut imported, document, &context);
    weekdays(&mut imported, document, &context);
    zones(&mut imported, document);
    for session in &mut imported.sessions {
        parallel(session);
        parts(session);
    }
    imported
}
