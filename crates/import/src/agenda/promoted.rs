//! List items without an hour that are items all the same.

use std::collections::HashSet;

use super::entry::{Entry, Shape};
use super::people::{are_names, is_full_name};
use crate::grammar::{folded, labels};
use crate::source::Bullet;

/// List items without an hour that are items all the same, because others of their list have one.
pub(super) fn promoted(entries: &[Entry]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let is_marked = |entry: &Entry| matches!(&entry.shape, Shape::Item(_));
    // Lists: list items with what stands between them, up to a gap with other text behind it.
    let mut lists: Vec<(usize, usize, bool)> = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        if entries[at].bullet == Bullet::None {
            at += 1;
            continue;
        }
        let start = at;
        let base = entries[start].indent;
        let mut end = at + 1;
        while end < entries.len() {
            let entry = &entries[end];
            let inside = entry.heading == 0
                && (entry.bullet != Bullet::None
                    || !entry.gap
                    || entry.indent > base
                    || entry.table.is_some() && entries[start].bullet == Bullet::Number);
            let hour = entry.bullet == Bullet::None
                && matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some())
                && entry.table.is_none();
            if !inside || hour || matches!(entry.shape, Shape::Head(_)) {
                break;
            }
            end += 1;
        }
        let first = &entries[start];
        let before = start.checked_sub(1).map(|at| &entries[at]);
        let under_item = before.is_some_and(|before| {
            matches!(before.shape, Shape::Item(_) | Shape::Continues) && before.heading == 0 && before.table.is_none()
        });
        let separate = first.gap
            || before.is_none()
            || before.is_some_and(|before| {
                before.heading > 0 && !matches!(before.shape, Shape::Item(_))
                    || matches!(before.shape, Shape::Head(_) | Shape::Window { .. })
            });
        lists.push((start, end, separate || !under_item));
        at = end;
    }
    let first_item = entries.iter().position(is_marked).unwrap_or(usize::MAX);
    let mut signatures: HashSet<(Bullet, usize)> = HashSet::new();
    let mut open: Vec<usize> = Vec::new();
    for (start, end, separate) in &lists {
        if !separate {
            continue;
        }
        if is_mostly_untimed(&entries[*start..*end]) && !is_between_hours(entries, *start, *end) {
            // Topics; but somebody who presents one takes time.
            found.extend((*start..*end).filter(|at| is_plain(&entries[*at]) && names_presenter(&entries[*at], &entries[*start])));
            continue;
        }
        // Siblings: the same indent, without anything of a smaller one between.
        let mut any = false;
        for at in *start..*end {
            let entry = &entries[at];
            if !is_marked(entry) || entry.bullet == Bullet::None {
                continue;
            }
            any = true;
            let mut level = entry.indent;
            for back in (*start..at).rev() {
                let other = &entries[back];
                if other.bullet == Bullet::None {
                    continue;
                }
                if other.indent < level {
                    level = other.indent;
                    if is_plain(other) {
                        found.insert(back);
                    }
                } else if other.indent == level && is_plain(other) {
                    found.insert(back);
                }
            }
            for (ahead, other) in entries.iter().enumerate().take(*end).skip(at + 1) {
                if other.bullet == Bullet::None {
                    continue;
                }
                if other.indent < entry.indent {
                    break;
                }
                if other.indent == entry.indent && is_plain(other) {
                    found.insert(ahead);
                }
            }
            // Behind it, on the level of what it lies in.
            let outer = entries[*start..at]
                .iter()
                .filter(|other| other.bullet != Bullet::None)
                .map(|other| other.indent)
                .min()
                .unwrap_or(entry.indent)
                .min(entry.indent);
            for (ahead, other) in entries.iter().enumerate().take(*end).skip(at + 1) {
                if other.bullet != Bullet::None && other.indent == outer && is_plain(other) {
                    found.insert(ahead);
                }
            }
            signatures.insert((entry.bullet, outer));
        }
        if !any {
            open.push(*start);
        }
    }
    // The same sort of list in another part of the document.
    for (start, end, separate) in lists {
        if separate && open.contains(&start) && start > first_item {
            let signature = (entries[start].bullet, entries[start].indent);
            let timed_bullets = entries
                .iter()
                .any(|entry| entry.bullet == signature.0 && matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some()));
            if signatures.contains(&signature) && !timed_bullets {
                found.extend((start..end).filter(|at| {
                    entries[*at].bullet == signature.0 && entries[*at].indent == signature.1 && is_plain(&entries[*at])
                }));
            }
        }
    }
    // What stands over a table of items is their head: it takes no time of its own.
    found.retain(|at| {
        let under = entries.get(at + 1).filter(|next| next.table.is_some() && entries[*at].table.is_none());
        !under.is_some_and(is_marked)
    });
    found
}

/// Whether few of the items of a list tell how long they take: then those are the ones with a time, and the rest are topics.
fn is_mostly_untimed(list: &[Entry]) -> bool {
    let base = list.iter().filter(|entry| entry.bullet != Bullet::None).map(|entry| entry.indent).min().unwrap_or(0);
    let own = || list.iter().filter(|entry| entry.bullet != Bullet::None && entry.indent == base);
    let timed = own().filter(|entry| matches!(entry.shape, Shape::Item(_))).count();
    own().count() >= 6 && timed * 4 < own().count()
}

/// "Q&A (Ana Ruiz & Luis Paz)", on the level of a list.
fn names_presenter(entry: &Entry, first: &Entry) -> bool {
    let Shape::Text(text) = &entry.shape else { return false };
    let inside = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('(')).map(|(_, names)| names);
    entry.bullet != Bullet::None
        && entry.indent == first.indent
        && inside.is_some_and(|names| are_names(names) && is_full_name(names))
}

/// Whether hours outside of the list say when it is.
fn is_between_hours(entries: &[Entry], start: usize, end: usize) -> bool {
    let hour = |entry: &Entry| {
        matches!(&entry.shape, Shape::Item(draft) if draft.span.is_some()) || matches!(entry.shape, Shape::Hours { .. })
    };
    entries[..start].last().is_some_and(hour) || entries.get(end).is_some_and(hour)
}

/// Text that is neither a label ("Host: …") nor a link.
fn is_plain(entry: &Entry) -> bool {
    match &entry.shape {
        Shape::Text(text) => {
            let label = text.split_once(':').is_some_and(|(label, rest)| {
                label.split_whitespace().count() <= 2
                    && !rest.trim().is_empty()
                    && (labels::is_role_word(&folded(label))
                        || labels::is_label_word(&folded(label))
                        || matches!(folded(label).as_str(), "host" | "where" | "when" | "dates" | "location" | "fecha" | "lugar"))
            });
            !label && !text.trim_end().ends_with(':') && text.chars().filter(|c| c.is_alphabetic()).count() > 2
        }
        _ => false,
    }
}
