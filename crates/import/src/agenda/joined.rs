//! Hours that stand alone with the titles beside them, and titles over two lines.

use super::entry::{Draft, Entry, Shape};
use super::people::labelled;
use super::titled::is_broken;
use crate::source::Bullet;

/// Hours that stand alone with the titles beside them, and titles over two lines.
pub(super) fn joined(entries: &[Entry]) -> Vec<Entry> {
    let before = titles_stand_before(entries);
    // Where every line is a paragraph, a gap says nothing.
    let spaced = entries.iter().filter(|entry| entry.gap).count() * 5 >= entries.len() * 4;
    let mut found: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut at = 0;
    while at < entries.len() {
        let entry = &entries[at];
        at += 1;
        match &entry.shape {
            Shape::Hours { span, written } => {
                let mut span = *span;
                let mut written = written.clone();
                let mut lines = Vec::new();
                // "10:00" over "10:30": from and to.
                if span.end.is_none()
                    && let Some(Entry { shape: Shape::Hours { span: last, written: more }, gap, line, .. }) = entries.get(at)
                    && last.end.is_none()
                    && (!gap || spaced)
                    && entries.get(at + 1).is_some_and(|entry| matches!(entry.shape, Shape::Text(_)))
                {
                    span.end = Some(last.start);
                    written = format!("{written} {more}");
                    lines.push(*line);
                    at += 1;
                }
                let draft = Draft { span: Some(span), written, ..Draft::default() };
                let nested = found.last().is_some_and(|last| {
                    last.bullet != Bullet::None && entry.bullet == Bullet::None && entry.indent > last.indent
                });
                let under = found.last().is_some_and(|last| last.heading > 0)
                    && !matches!(entries.get(at).map(|next| &next.shape), Some(Shape::Text(_)));
                let previous = found.last().and_then(|last| match &last.shape {
                    Shape::Text(text) | Shape::Beside { title: text, .. } => Some(text.clone()),
                    Shape::Head(head) if head.weak => Some(head.text.clone()),
                    _ => None,
                });
                // "Title", "Speaker", hour, and a gap: the title opens the block.
                let block = if before { block_of_texts(&found, entry) } else { 0 };
                if block > 1 {
                    let below = found.split_off(found.len() - block + 1);
                    if let Some(title) = found.last_mut()
                        && let Shape::Text(text) = &title.shape
                    {
                        title.shape = super::titled::finish(&text.clone(), draft);
                    }
                    found.extend(below);
                    found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    continue;
                }
                if (before || nested || under)
                    && let Some(title) = previous
                    && let Some(mut last) = found.pop()
                {
                    last.shape = super::titled::finish(&title, draft);
                    found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    // The line of the hour is the item's, and so is that of the title.
                    let hour = found.pop();
                    found.push(last);
                    found.extend(hour);
                    continue;
                }
                match entries.get(at) {
                    // "14:00" over "Session 1 – Principles", as cells one to a line have it.
                    Some(next @ Entry { shape: Shape::Head(head), heading: 0, .. }) if head.weak && entry.heading == 0 => {
                        found.push(Entry { shape: super::titled::finish(&head.text, draft), ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..next.clone() });
                        at += 1;
                    }
                    Some(next @ Entry { shape: Shape::Text(title), .. }) if next.heading == 0 || entry.heading > 0 => {
                        let shape = super::titled::finish(title, draft);
                        found.push(Entry { shape, ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..next.clone() });
                        at += 1;
                    }
                    Some(next @ Entry { shape: Shape::Beside { title, speakers }, .. }) => {
                        let draft = Draft { speakers: speakers.clone(), ..draft };
                        found.push(Entry { shape: super::titled::finish(title, draft), ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..next.clone() });
                        at += 1;
                    }
                    Some(next @ Entry { shape: Shape::Item(own), .. }) if own.span.is_none() && own.minutes.is_some() => {
                        let draft = Draft { span: draft.span, written: draft.written, ..own.clone() };
                        found.push(Entry { shape: Shape::Item(draft), ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..next.clone() });
                        at += 1;
                    }
                    _ => found.push(Entry { shape: Shape::Hours { span, written: draft.written }, ..entry.clone() }),
                }
                found.extend(lines.into_iter().map(|line| Entry { line, shape: Shape::Continues, ..entry.clone() }));
            }
            Shape::Item(draft) if draft.behind && entry.bullet == Bullet::None && entry.heading == 0 && entry.table.is_none() => {
                // "Review of the draft:" over "  status and open points (20 min)".
                let over = found.last().and_then(|last| match &last.shape {
                    Shape::Text(text)
                        if !entry.gap
                            && last.heading == 0
                            && (last.indent < entry.indent && last.bullet == Bullet::None
                                || last.bullet == Bullet::Number && draft.title.starts_with(char::is_lowercase)) =>
                    {
                        Some(text.clone())
                    }
                    _ => None,
                });
                match over {
                    Some(text) => {
                        let title = format!("{} {}", text.trim(), draft.title);
                        let line = found.pop().map(|last| (last.line, last.gap));
                        let (line, gap) = line.unwrap_or((entry.line, entry.gap));
                        found.push(Entry { line, gap, shape: Shape::Item(Draft { title, ..draft.clone() }), ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    }
                    None => found.push(entry.clone()),
                }
            }
            Shape::Text(text) => {
                // The rest of a title that was broken over two lines.
                let goes_on = text.starts_with(|c: char| c.is_lowercase())
                    && entry.bullet == Bullet::None
                    && !entry.gap
                    && entry.heading == 0
                    && labelled(text).is_none();
                let before =
                    found.iter().rposition(|last| !matches!(last.shape, Shape::Continues)).filter(|at| found.len() - at <= 2);
                match before.and_then(|at| found.get_mut(at)) {
                    Some(Entry { shape: Shape::Item(draft), table: None, .. })
                        if goes_on
                            && draft.details.is_empty()
                            && (draft.speakers.is_empty() || entry.indent >= 6)
                            && !draft.title.ends_with(['.', '?', ')']) =>
                    {
                        let text = text.trim();
                        let apart = if draft.broken { "" } else { " " };
                        draft.broken = is_broken(text);
                        draft.title = format!(
                            "{}{apart}{}",
                            draft.title,
                            if draft.broken { super::clean::clean(text) } else { text.to_owned() }
                        );
                        found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    }
                    _ => found.push(entry.clone()),
                }
            }
            _ => found.push(entry.clone()),
        }
    }
    found
}

/// How many lines of text without a gap between them stand right over an hour, from the one behind a gap on.
fn block_of_texts(found: &[Entry], hour: &Entry) -> usize {
    let is_text = |entry: &&Entry| {
        matches!(entry.shape, Shape::Text(_)) && entry.bullet == Bullet::None && entry.heading == 0 && entry.table.is_none()
    };
    if hour.gap {
        return 0;
    }
    let texts = found.iter().rev().take_while(is_text).take(5);
    texts.enumerate().find(|(_, entry)| entry.gap).map_or(0, |(at, _)| at + 1)
}

/// Whether the titles of hours that stand alone stand before them: nothing is left for the last one then.
fn titles_stand_before(entries: &[Entry]) -> bool {
    let is_hours = |entry: &Entry| matches!(entry.shape, Shape::Hours { .. });
    let is_text = |entry: Option<&Entry>| {
        entry.is_some_and(|entry| match &entry.shape {
            Shape::Text(_) => true,
            Shape::Head(head) => head.weak,
            _ => false,
        })
    };
    let places: Vec<usize> = (0..entries.len()).filter(|at| is_hours(&entries[*at])).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return false };
    let before = first.checked_sub(1).and_then(|at| entries.get(at));
    if !is_text(entries.get(last + 1)) {
        return is_text(before);
    }
    // Nearer: without a gap before the hour, and with one behind it.
    let near = places.iter().filter(|at| !entries[**at].gap && **at > 0 && is_text(entries.get(**at - 1))).count();
    let far = places.iter().filter(|at| entries.get(**at + 1).is_some_and(|next| next.gap)).count();
    near * 2 > places.len() && far * 2 > places.len()
}
