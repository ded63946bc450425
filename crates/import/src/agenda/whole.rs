//! What follows from the items of a session together.

use super::clock::minutes_of;
use super::result::{Clock, FoundSession, Item, Window};
use crate::grammar::{labels, tokens};

/// Items with lengths alone that add up to the length of the one before them are inside of it.
pub(super) fn parts(session: &mut FoundSession) {
    let items = &mut session.items;
    for at in 0..items.len() {
        let whole = items[at].minutes.filter(|_| items[at].level == 0 && items[at].written.is_some());
        let Some(whole) = whole else { continue };
        let alone = |item: &&Item| item.level == 0 && item.written.is_none() && item.minutes.is_some();
        let count = items[at + 1..].iter().take_while(alone).count();
        let sum: u32 = items[at + 1..at + 1 + count].iter().filter_map(|item| item.minutes).sum();
        let timed_behind = items.get(at + 1 + count).is_some_and(|next| next.written.is_some());
        if count >= 2 && sum == whole && timed_behind {
            items[at + 1..at + 1 + count].iter_mut().for_each(|item| item.level = 1);
        }
    }
}

/// "15:20–17:20 Session II" over items that have lengths only is when the session is.
pub(super) fn declared_window(session: &mut FoundSession) {
    let Some(at) = session.items.iter().position(|item| item.written.is_some()) else { return };
    let timed = session.items.iter().filter(|item| item.written.is_some()).count();
    let lengths = session.items.iter().filter(|item| item.written.is_none() && item.minutes.is_some()).count();
    let Some(span) = session.items[at].written.filter(|span| span.end.is_some()) else { return };
    if timed == 1 && lengths >= 2 && at == 0 {
        let item = session.items.remove(0);
        session.window = Some(Window {
            line: item.line,
            start: Clock(minutes_of(&span.start)),
            end: span.end.map(|end| Clock(minutes_of(&end))),
            written: item.written_text.clone(),
        });
        if session.title.is_none() {
            session.title = Some(item.title);
        }
        for item in &mut session.items {
            item.level = 0;
        }
    }
}

/// Items at the same hour in separate rooms.
pub(super) fn parallel(session: &mut FoundSession) {
    for item in &mut session.items {
        item.parallel |= item.groups.len() > 1 || !item.groups.is_empty() && starts_group(&item.title);
    }
    for at in 1..session.items.len() {
        let (one, other) = (&session.items[at - 1], &session.items[at]);
        let same = one.written.is_some()
            && one.written.zip(other.written).is_some_and(|(a, b)| a.start == b.start && a.end == b.end && a.end.is_some());
        if same && (starts_group(&one.title) || starts_group(&other.title) || one.place != other.place && other.place.is_some()) {
            session.items[at - 1].parallel = true;
            session.items[at].parallel = true;
        }
    }
}

fn starts_group(title: &str) -> bool {
    let tokens = tokens(title);
    tokens.first().and_then(|token| token.word()).is_some_and(labels::is_group_word) && tokens.get(1).is_some()
}
