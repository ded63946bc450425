//! Hours and lengths that are about the whole, or told by several clocks.

use super::clock::minutes_of;
use super::entry::{Draft, Entry, Shape};
use crate::grammar::{Span, is_places};
use crate::source::{Bullet, Document};

/// "Guion del webinario (90 minutos)" over items with hours: how long all of it is.
pub(super) fn length_of_the_whole(entries: &mut [Entry]) {
    let timed = entries.iter().filter(|entry| matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some())).count();
    let alone = entries.get(1).is_some_and(|next| next.gap);
    if let Some(first) = entries.first_mut()
        && let Shape::Item(draft) = &first.shape
        && (draft.span.is_none() && draft.behind && first.bullet == Bullet::None && first.table.is_none())
        && (timed >= 2 && alone)
    {
        first.shape = Shape::Total;
    }
}

/// "Costa Rica: 10:00" over "Panamá: 11:00": lines beside each other that tell one hour by several clocks.
pub(super) fn clocks_one_to_a_line(document: &Document, entries: &mut [Entry]) {
    let clock = |entry: &Entry| -> Option<(Span, bool)> {
        let Shape::Item(Draft { span: Some(span), minutes: None, title, behind, .. }) = &entry.shape else { return None };
        (entry.table.is_none() && is_places(title)).then_some((*span, *behind))
    };
    let mut at = 0;
    while at < entries.len() {
        let length = entries[at..].iter().map_while(clock).count();
        if length >= 2 {
            let spans: Vec<(Span, bool)> = entries[at..at + length].iter().filter_map(clock).collect();
            let same_minute = spans.iter().all(|(span, _)| span.start.minute == spans[0].0.start.minute);
            // Time goes back behind them, or the place comes first: no row of countries that speak one after the other.
            let last = spans.iter().map(|(span, _)| minutes_of(&span.start)).max().unwrap_or(0);
            let back = entries[at + length..].iter().find_map(|entry| match &entry.shape {
                Shape::Item(Draft { span: Some(span), .. }) | Shape::Hours { span, .. } => Some(minutes_of(&span.start) < last),
                _ => None,
            });
            let labelled = spans.iter().all(|(_, behind)| *behind)
                && entries[at..at + length]
                    .iter()
                    .all(|entry| document.line(entry.line).is_some_and(|line| line.whole().contains(':')));
            if same_minute && (back == Some(true) || labelled && length <= 4) {
                entries[at..at + length].iter_mut().for_each(|entry| entry.shape = Shape::Elsewhere(None));
            }
        }
        at += length.max(1);
    }
}

/// "1h: Lunch" is a length where other lines of the list open with lengths.
pub(super) fn lengths_that_look_like_hours(entries: &mut [Entry]) {
    let lengths = entries
        .iter()
        .filter(|entry| matches!(&entry.shape, Shape::Item(draft) if draft.span.is_none() && draft.minutes.is_some()))
        .count();
    let late = entries.iter().any(|entry| matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some_and(|span| span.start.lettered && span.start.hour > 6)));
    if lengths < 2 || late {
        return;
    }
    for entry in entries {
        if let Shape::Item(draft) = &mut entry.shape
            && let Some(span) = draft
                .span
                .filter(|span| span.end.is_none() && span.start.lettered && span.start.half.is_none() && span.start.hour < 5)
            && draft.minutes.is_none()
        {
            draft.minutes = Some(u32::from(span.start.hour) * 60 + u32::from(span.start.minute));
            draft.span = None;
        }
    }
}
