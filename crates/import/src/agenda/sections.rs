//! Which lines make a session, and what belongs to which item.

use std::collections::{BTreeSet, HashSet};

use chrono::Datelike;
use convoca_core::locale::Text;
use convoca_core::text;

use super::days::{Context, Hints, days, is_aside};
use super::entry::{Draft, Entry, Head, Shape, clean};
use super::people::{self, are_names, is_full_name, is_person_with_post, labelled};
use super::result::{Clock, Doubt, Fault, FoundSession, Group, Imported, Inferred, Item, Left, Role, Speaker, Window};
use crate::grammar::{Day, Meaning, Span, folded, marks, tokens, words};
use crate::source::{Bullet, Document};

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

/// Items with lengths alone that add up to the length of the one before them are inside of it.
fn parts(session: &mut FoundSession) {
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

/// An agenda without any hour: the numbered points behind "orden del día".
fn points(entries: &[Entry]) -> Option<FoundSession> {
    const ANNOUNCED: [&str; 8] =
        ["orden del dia", "agenda", "ordre du jour", "ordem do dia", "pauta", "temario", "programa", "order of business"];
    let announced =
        |entry: &Entry| matches!(&entry.shape, Shape::Text(text) if ANNOUNCED.iter().any(|word| folded(text).contains(word)));
    let after = entries.iter().position(announced)? + 1;
    let first = entries[after..].iter().position(|entry| entry.bullet != Bullet::None)? + after;
    let (sign, indent) = (entries[first].bullet, entries[first].indent);
    let items: Vec<Item> = entries[first..]
        .iter()
        .take_while(|entry| entry.heading == 0 && (entry.bullet != Bullet::None || !entry.gap || entry.indent > indent))
        .filter(|entry| entry.bullet == sign && entry.indent == indent)
        .filter_map(|entry| match &entry.shape {
            Shape::Text(text) => Some(Item {
                line: entry.line,
                lines: vec![entry.line],
                title: clean(text),
                tbc: says_tbc(text),
                ..Item::default()
            }),
            _ => None,
        })
        .collect();
    if items.len() < 3 {
        return None;
    }
    let mut session = FoundSession { line: entries[first].line, items, ..FoundSession::default() };
    // "a partir de las 9:00 horas" in what goes before.
    session.window = entries[..first].iter().find_map(|entry| match &entry.shape {
        Shape::Text(text) => marks(text).into_iter().find_map(|mark| match mark.meaning {
            Meaning::Hours { span, .. } if !span.weak => Some(Window {
                line: entry.line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: text[mark.range].to_owned(),
            }),
            _ => None,
        }),
        Shape::Window { span, written, .. } | Shape::Head(Head { span: Some((span, written)), .. }) => Some(Window {
            line: entry.line,
            start: Clock(minutes_of(&span.start)),
            end: span.end.map(|end| Clock(minutes_of(&end))),
            written: written.clone(),
        }),
        _ => None,
    });
    Some(session)
}

/// The first thing that reads like a title.
fn title_of(document: &Document) -> Option<String> {
    if let Some(subject) = subject_of(document) {
        return Some(subject);
    }
    let is_header = |text: &str| folded(text).split(' ').all(|word| words::heads(word).is_some());
    let is_title = |text: &str| {
        !is_header(text)
            && text.chars().filter(|c| c.is_alphabetic()).count() > 8
            && text.len() < 240
            && !text.starts_with("title:")
    };
    let short = |text: &str| !is_header(text) && text.chars().filter(|c| c.is_alphabetic()).count() > 3 && text.len() < 240;
    let heading = document.lines.iter().find(|line| line.heading > 0 && line.only().is_some_and(short));
    let first = document.lines.iter().take(3).find(|line| line.only().is_some_and(is_title) && !line.is_list_item());
    let line = match (heading, first) {
        (Some(heading), Some(first)) if first.heading > 0 || heading.number < first.number => heading,
        (Some(heading), None) => heading,
        (_, Some(first)) if !super::entry::has_time(first) => first,
        _ => return heading.and_then(|line| line.only()).map(clean),
    };
    line.only().map(clean)
}

/// What a mail at the front says that it is about, without "Re:".
fn subject_of(document: &Document) -> Option<String> {
    let heads = super::aside::asides(document);
    let line = document.lines.iter().take(12).filter(|line| heads.contains(&line.number)).find_map(|line| {
        let (label, rest) = line.only()?.split_once(':')?;
        matches!(folded(label).as_str(), "subject" | "asunto" | "objet" | "assunto").then(|| rest.trim().to_owned())
    })?;
    let mut subject = line.as_str();
    let again = |label: &str| matches!(folded(label).as_str(), "re" | "rv" | "fw" | "fwd" | "enc" | "res" | "tr" | "rif");
    while let Some((_, rest)) = subject.split_once(':').filter(|(label, _)| again(label)) {
        subject = rest.trim();
    }
    (!subject.is_empty()).then(|| clean(subject))
}

/// Hours that stand alone with the titles beside them, and titles over two lines.
fn joined(entries: &[Entry]) -> Vec<Entry> {
    let before = titles_stand_before(entries);
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
                    && let Some(Entry { shape: Shape::Hours { span: last, written: more }, gap: false, line, .. }) =
                        entries.get(at)
                    && last.end.is_none()
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
                    Shape::Head(head) if head.weak => Some(head.title.clone()),
                    _ => None,
                });
                // "Title", "Speaker", hour, and a gap: the title opens the block.
                let block = if before { block_of_texts(&found, entry) } else { 0 };
                if block > 1 {
                    let below = found.split_off(found.len() - block + 1);
                    if let Some(title) = found.last_mut()
                        && let Shape::Text(text) = &title.shape
                    {
                        title.shape = super::entry::finish(&text.clone(), draft);
                    }
                    found.extend(below);
                    found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    continue;
                }
                if (before || nested || under)
                    && let Some(title) = previous
                    && let Some(mut last) = found.pop()
                {
                    last.shape = super::entry::finish(&title, draft);
                    found.push(Entry { shape: Shape::Continues, ..entry.clone() });
                    // The line of the hour is the item's, and so is that of the title.
                    let hour = found.pop();
                    found.push(last);
                    found.extend(hour);
                    continue;
                }
                match entries.get(at) {
                    Some(next @ Entry { shape: Shape::Text(title), .. }) if next.heading == 0 || entry.heading > 0 => {
                        let shape = super::entry::finish(title, draft);
                        found.push(Entry { shape, ..entry.clone() });
                        found.push(Entry { shape: Shape::Continues, ..next.clone() });
                        at += 1;
                    }
                    Some(next @ Entry { shape: Shape::Beside { title, speakers }, .. }) => {
                        let draft = Draft { speakers: speakers.clone(), ..draft };
                        found.push(Entry { shape: super::entry::finish(title, draft), ..entry.clone() });
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
                        if !entry.gap && last.indent < entry.indent && last.bullet == Bullet::None && last.heading == 0 =>
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
                        draft.title = format!("{} {}", draft.title, text.trim());
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
    let is_text = |entry: Option<&Entry>| entry.is_some_and(|entry| matches!(entry.shape, Shape::Text(_)));
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

/// List items without an hour that are items all the same, because others of their list have one.
fn promoted(entries: &[Entry]) -> HashSet<usize> {
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
                    && (words::is_role_word(&folded(label))
                        || words::is_label_word(&folded(label))
                        || matches!(folded(label).as_str(), "host" | "where" | "when" | "dates" | "location" | "fecha" | "lugar"))
            });
            !label && !text.trim_end().ends_with(':') && text.chars().filter(|c| c.is_alphabetic()).count() > 2
        }
        _ => false,
    }
}

struct Builder<'c> {
    context: &'c Context,
    imported: Imported,
    current: FoundSession,
    /// The head of the session at hand.
    head: Option<Head>,
    windows: Vec<(usize, Span, String)>,
    /// Days that a table of clocks tells of "Day 1".
    days: Vec<(u32, Day)>,
    /// Whether what follows belongs to the last item.
    open: bool,
    last_text: Option<(usize, String)>,
}

impl Builder<'_> {
    fn take(&mut self, entry: &Entry, rest: &[Entry], promoted: bool) {
        let next = rest.first();
        match &entry.shape {
            // "Session 2 – Title" over "Friday 28 October": one head.
            Shape::Head(head)
                if self.current.items.is_empty()
                    && head.number.is_none()
                    && head.span.is_none()
                    && self.head.as_ref().is_some_and(|own| own.number.is_some() && own.day.is_none()) =>
            {
                self.imported.heads.insert(entry.line);
                if let Some(own) = &mut self.head {
                    own.day.clone_from(&head.day);
                }
            }
            Shape::Head(head) => {
                let starts_anew =
                    !head.weak || self.current.items.is_empty() || is_dated_below(head, rest) || self.restarts(rest);
                if starts_anew {
                    self.close();
                    self.open(entry, head);
                } else {
                    self.imported.heads.insert(entry.line);
                }
                self.open = false;
            }
            Shape::Window { span, written, day } => {
                self.date_below(day.as_ref());
                self.windows.push((entry.line, *span, written.clone()));
                self.imported.heads.insert(entry.line);
            }
            Shape::Item(draft) => {
                let part = draft.behind
                    && draft.span.is_some_and(|span| span.end.is_some())
                    && next.is_some_and(|next| match &next.shape {
                        Shape::Item(_) if entry.heading > 0 => next.heading == 0,
                        // "Bloque de la mañana (8:30 – 12:30)" over "8:30 Acreditación".
                        Shape::Item(inner) => {
                            entry.bullet == Bullet::None
                                && entry.table.is_none()
                                && next.indent == entry.indent
                                && inner
                                    .span
                                    .zip(draft.span)
                                    .is_some_and(|(own, part)| !inner.behind && own.start == part.start && own.end != part.end)
                        }
                        _ => false,
                    });
                if part {
                    // "Morning (8:30 – 12:00)" over the items of the morning.
                    self.imported.heads.insert(entry.line);
                    self.open = false;
                    return;
                }
                self.item(entry, draft);
            }
            Shape::Text(text) if promoted => self.item(entry, &Draft { title: clean(text), ..Draft::default() }),
            Shape::Text(text) => self.text(entry, text),
            Shape::Continues => {
                if let Some(item) = self.current.items.last_mut() {
                    item.lines.push(entry.line);
                }
            }
            Shape::Beside { title, speakers } => match self.current.items.last_mut() {
                Some(item) if !title.is_empty() => {
                    item.lines.push(entry.line);
                    let speakers = speakers.iter().flat_map(|text| people::speakers(text, Role::Speaker)).collect();
                    item.groups.push(Group { line: entry.line, title: title.clone(), speakers });
                }
                Some(item) => {
                    item.lines.push(entry.line);
                    item.speakers.extend(speakers.iter().flat_map(|text| people::speakers(text, Role::Speaker)));
                }
                None => self.text(entry, title),
            },
            Shape::Minutes(minutes, bound) => {
                match self.current.items.last_mut().filter(|item| self.open && item.minutes.is_none()) {
                    Some(item) => {
                        (item.minutes, item.bound) = (Some(*minutes), *bound);
                        item.lines.push(entry.line);
                    }
                    None => self
                        .leave(entry, text!("a length without an item: {minutes} min", "una duración sin punto: {minutes} min")),
                }
            }
            Shape::Hours { written, .. } => {
                self.leave(entry, text!("an hour without a title: {written}", "una hora sin título: {written}"));
            }
            Shape::Total => self.leave(entry, Text::fixed("the sum of the lengths", "la suma de las duraciones")),
            Shape::Aside => self.leave(entry, Text::fixed("it is about something else", "trata de otra cosa")),
            Shape::Elsewhere(day) => {
                let number =
                    self.head.as_ref().filter(|head| head.ordinal && self.current.items.is_empty()).and_then(|head| head.number);
                if let (Some(number), Some(day)) = (number, day) {
                    self.days.push((number, day.clone()));
                }
                self.leave(entry, Text::fixed("the same hour in several cities", "la misma hora en varias ciudades"));
            }
        }
    }

    fn leave(&mut self, entry: &Entry, why: Text) {
        let text = match &entry.shape {
            Shape::Text(text) | Shape::Hours { written: text, .. } => text.clone(),
            _ => String::new(),
        };
        self.imported.left.push(Left { line: entry.line, text, why });
    }

    /// Whether the hours behind a head begin before those ahead of it.
    fn restarts(&self, rest: &[Entry]) -> bool {
        let last = self.current.items.iter().rev().find_map(|item| item.written);
        // Behind what is said of the session: its day, its place, who moderates.
        let first = rest.iter().take(6).find(|entry| !matches!(entry.shape, Shape::Text(_))).and_then(|next| match &next.shape {
            Shape::Item(draft) => draft.span,
            Shape::Hours { span, .. } | Shape::Window { span, .. } => Some(*span),
            _ => None,
        });
        match (last, first) {
            (Some(last), Some(first)) => minutes_of(&first.start) < minutes_of(&last.start),
            _ => false,
        }
    }

    /// The day of the session at hand, where it stands under its head.
    fn date_below(&mut self, day: Option<&Day>) {
        if let (Some(head), Some(day)) = (&mut self.head, day)
            && head.day.is_none()
            && self.current.items.is_empty()
        {
            head.day = Some(day.clone());
        }
    }

    fn open(&mut self, entry: &Entry, head: &Head) {
        self.imported.heads.insert(entry.line);
        let (title, moderator) = without_moderator(&head.title);
        self.current = FoundSession {
            line: entry.line,
            number: head.number,
            title: Some(title).filter(|title| !title.is_empty()),
            moderator,
            ..FoundSession::default()
        };
        if let Some((span, written)) = &head.span {
            self.windows.push((entry.line, *span, written.clone()));
        }
        self.head = Some(head.clone());
    }

    fn close(&mut self) {
        let mut session = std::mem::take(&mut self.current);
        let head = self.head.take();
        if session.items.is_empty() {
            // The head of a document: what it says of hours holds for what follows, if it is the only one.
            return;
        }
        if let Some(day) = head.as_ref().and_then(|head| head.day.as_ref()) {
            session.weekday = day.weekdays.first().copied();
            session.date = self.context.date(day);
            if session.date.is_none() {
                session.date_text = head.as_ref().map(|head| head.title.clone());
            }
        }
        if head.as_ref().is_some_and(|head| head.ordinal && head.day.is_none())
            && let Some((_, day)) = self.days.iter().find(|(number, _)| session.number == Some(*number))
        {
            // By the clock of most: where it is another day already, the table tells the hour of the night.
            session.weekday = day.weekdays.first().copied();
            session.date = self.context.date(day);
        }
        let windows = std::mem::take(&mut self.windows);
        if let [(line, span, written)] = windows.as_slice() {
            session.window = Some(Window {
                line: *line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: written.clone(),
            });
        } else if let Some((line, span, written)) = windows.last().filter(|(line, ..)| *line >= session.line) {
            session.window = Some(Window {
                line: *line,
                start: Clock(minutes_of(&span.start)),
                end: span.end.map(|end| Clock(minutes_of(&end))),
                written: written.clone(),
            });
        }
        if head.as_ref().is_some_and(|head| head.ordinal) && session.date.is_none() {
            let place = session.number.and_then(|number| usize::try_from(number).ok()).and_then(|number| number.checked_sub(1));
            if let Some(date) = place.and_then(|place| self.context.range.get(place)) {
                session.date = Some(*date);
                session.inferred.push(Inferred {
                    field: "date",
                    why: Text::fixed(
                        "the day of this number among the days that the document states",
                        "el día de este número entre los días que indica el documento",
                    ),
                });
            }
        }
        if session.line == 0 {
            session.line = session.items.first().map_or(0, |item| item.line);
        }
        self.imported.sessions.push(session);
    }

    fn item(&mut self, entry: &Entry, draft: &Draft) {
        // A table with a column of dates: each day is a session.
        if let Some(day) = &draft.day {
            let same = self
                .head
                .as_ref()
                .and_then(|head| head.day.as_ref())
                .is_some_and(|own| own.days == day.days && own.month == day.month);
            if !same {
                self.close();
                self.open(entry, &Head { day: Some(day.clone()), ..Head::default() });
                self.imported.heads.remove(&entry.line);
            }
        }
        let deeper = self.indents().is_some_and(|(indent, bulleted)| !bulleted && entry.indent > indent + 1)
            && draft.span.is_some()
            && entry.table.is_none();
        let nested = (entry.bullet != Bullet::None || deeper)
            && self.current.items.iter().rev().find(|item| item.level == 0).is_some_and(|parent| {
                let inside = match (draft.span, parent.written) {
                    (Some(own), Some(outer)) => outer.end.is_some_and(|end| {
                        minutes_of(&own.start) >= minutes_of(&outer.start) && minutes_of(&own.start) < minutes_of(&end)
                    }),
                    (None, _) => true,
                    (Some(_), None) => false,
                };
                inside
                    && self.indents().is_some_and(|(indent, bulleted)| {
                        entry.indent > indent || !bulleted && self.open && !entry.gap && draft.span.is_some()
                    })
            });
        let mut item = Item {
            line: entry.line,
            lines: vec![entry.line],
            level: u8::from(nested),
            written: draft.span,
            written_text: draft.written.clone(),
            minutes: draft.minutes,
            bound: draft.bound,
            title: draft.title.clone(),
            details: draft.details.clone(),
            place: draft.place.clone(),
            parallel: draft.parallel,
            ..Item::default()
        };
        if !nested {
            self.last_text = Some((entry.indent, if entry.bullet == Bullet::None { String::new() } else { "•".to_owned() }));
        }
        for raw in &draft.speakers {
            if labelled(raw).is_none() && !are_names(raw) && !is_person_with_post(raw) && raw.split_whitespace().count() > 14 {
                item.details.push(raw.clone());
            } else {
                item.speakers.extend(people::speakers(raw, Role::Speaker));
            }
        }
        item.tbc = marks(&item.title).iter().any(|mark| mark.meaning == Meaning::Tbc)
            || item.speakers.iter().any(|speaker| speaker.tbc)
            || item.details.iter().any(|text| says_tbc(text));
        for text in &draft.below {
            item.tbc |= says_tbc(text);
            about(&mut item, text, true, entry.line);
        }
        self.current.items.push(item);
        self.open = true;
    }

    /// The indent of the last item on the first level, and whether it is a list item.
    fn indents(&self) -> Option<(usize, bool)> {
        self.last_text.as_ref().map(|(indent, sign)| (*indent, !sign.is_empty()))
    }

    /// The day and the moderator, on lines of their own under the head.
    fn said_of_head(&mut self, entry: &Entry, text: &str) {
        if self.head.is_none() {
            return;
        }
        let marks = marks(text);
        let day = days(&marks).map(|(_, day)| day).find(|day| !day.days.is_empty() && day.month.is_some());
        if day.is_some() && text.split_whitespace().count() <= 10 && !is_aside(text) {
            self.date_below(day);
            self.imported.heads.insert(entry.line);
        }
        if self.current.moderator.is_none() && labelled(text).is_some() {
            let moderator = people::speakers(text, Role::Speaker).into_iter().find(|own| own.role == Role::Moderator);
            self.current.moderator = moderator;
        }
    }

    fn text(&mut self, entry: &Entry, text: &str) {
        if entry.heading > 0 {
            self.open = false;
        }
        if entry.heading == 0 && self.current.items.is_empty() {
            let folded = folded(text);
            self.said_of_head(entry, text);
            for label in ["objetivo ", "objective ", "objectif "] {
                if folded.starts_with(label) && text.contains(':') {
                    self.current.objective =
                        text.split_once(':').map(|(_, rest)| rest.trim().to_owned()).filter(|rest| !rest.is_empty());
                    self.imported.heads.insert(entry.line);
                }
            }
            for label in ["lugar ", "place ", "location ", "lieu ", "local ", "where "] {
                if folded.starts_with(label) && text.contains(':') && text.len() < 200 {
                    self.current.place =
                        text.split_once(':').map(|(_, rest)| rest.trim().to_owned()).filter(|rest| !rest.is_empty());
                }
            }
            return;
        }
        let Some(item) = self.current.items.last_mut().filter(|_| self.open) else { return };
        let listed = entry.bullet != Bullet::None;
        let label = labelled(text).is_some() || is_label(text);
        let tied = listed || label || entry.table.is_some() || is_person_with_post(text) && text.len() < 160;
        if entry.gap && !tied {
            self.open = entry.indent > 0;
            if !self.open {
                return;
            }
        }
        item.lines.push(entry.line);
        item.tbc |= says_tbc(text);
        about(item, text, listed, entry.line);
    }
}

/// "Sesión 2" over "Martes 4 de mayo": a session of its own, though its hours do not start anew.
fn is_dated_below(head: &Head, rest: &[Entry]) -> bool {
    head.number.is_some()
        && rest.first().is_some_and(|next| match &next.shape {
            Shape::Head(own) => own.number.is_none() && own.day.as_ref().is_some_and(|day| !day.days.is_empty()),
            Shape::Window { day, .. } => day.is_some(),
            _ => false,
        })
}

/// "The form, line by line. Modera: Ana Ruiz" as its title and who moderates.
fn without_moderator(title: &str) -> (String, Option<Speaker>) {
    let lower = title.to_lowercase();
    let words =
        ["modera:", "moderador:", "moderadora:", "moderator:", "moderación:", "moderation:", "conduce:", "chair:", "mediação:"];
    let found = words.iter().filter_map(|word| lower.find(word)).filter(|_| lower.len() == title.len()).min();
    let Some(at) = found.filter(|at| title.is_char_boundary(*at)) else { return (title.to_owned(), None) };
    let moderator = people::speakers(title[at..].trim_end_matches([')', ']']), Role::Moderator).into_iter().next();
    (clean(title[..at].trim_end_matches(['.', ' '])), moderator.map(|own| Speaker { role: Role::Moderator, ..own }))
}

fn says_tbc(text: &str) -> bool {
    marks(text).iter().any(|mark| mark.meaning == Meaning::Tbc)
}

fn is_label(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= 2 && words::is_label_word(&folded(label)))
}

/// What a line under an item says of it: who speaks, which part goes on beside, or more about it.
fn about(item: &mut Item, text: &str, listed: bool, line: usize) {
    if let Some((label, rest)) = text.split_once(':')
        && is_label(text)
    {
        if matches!(
            folded(label).as_str(),
            "ubicacion" | "lugar" | "sala" | "location" | "place" | "room" | "salle" | "local" | "lieu"
        ) {
            item.place = Some(rest.trim().to_owned());
        } else {
            item.details.push(text.trim().to_owned());
        }
        return;
    }
    let first = tokens(text);
    let group = first.first().and_then(|token| token.word()).is_some_and(words::is_group_word)
        && (first.get(1).is_some_and(|token| token.number().is_some() || token.word().is_some_and(|word| word.len() <= 2))
            || text.contains(':'));
    if group {
        item.groups.push(Group { line, title: text.trim().to_owned(), speakers: Vec::new() });
        return;
    }
    if labelled(text).is_some_and(|(_, rest)| rest.is_empty()) {
        return;
    }
    if labelled(text).is_some() {
        item.speakers.extend(people::speakers(text, Role::Speaker));
        return;
    }
    // "Topic – Ana Ruiz", in a list.
    if listed
        && let Some((topic, name)) =
            text.rsplit_once(" – ").or_else(|| text.rsplit_once(" - ")).or_else(|| text.rsplit_once(" — "))
        && are_names(name)
        && is_full_name(name.trim())
        && !is_person_with_post(text)
    {
        item.speakers.extend(people::speakers(name, Role::Speaker));
        item.details.push(topic.trim().to_owned());
        return;
    }
    if let Some((place, name)) = text.split_once(" – ").filter(|(place, name)| listed && place.contains(',') && are_names(name))
    {
        item.speakers.extend(people::speakers(name, Role::Speaker));
        item.details.push(place.trim().to_owned());
        return;
    }
    if says_tbc(text) && text.split_whitespace().count() <= if listed { 12 } else { 6 } {
        item.speakers.extend(people::speakers(text, Role::Speaker));
        return;
    }
    if is_person_with_post(text) || are_names(text) && is_full_name(text) {
        item.speakers.push(Speaker {
            name: text.trim().trim_end_matches(['.', ';']).to_owned(),
            tbc: says_tbc(text),
            role: Role::Speaker,
        });
        return;
    }
    item.details.push(text.trim().to_owned());
}

/// The literal minutes of an hour.
pub(crate) fn minutes_of(hour: &crate::grammar::Hour) -> u16 {
    use crate::grammar::Half;
    let own = match (hour.hour, hour.half) {
        (12, Some(Half::Am)) => 0,
        (12, _) => 12,
        (own, Some(Half::Pm)) if own < 12 => own + 12,
        (own, _) => own % 24,
    };
    u16::from(own) * 60 + u16::from(hour.minute)
}

/// "15:20–17:20 Session II" over items that have lengths only is when the session is.
fn declared_window(session: &mut FoundSession) {
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

/// Names behind titles: "(Ana Ruiz)", "[Ana Ruiz]", "- Ana Ruiz", where several items have them there.
fn tails(sessions: &mut [FoundSession]) {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    enum Tail {
        Round,
        Square,
        Dash,
    }
    let tail = |title: &str, kind: Tail| -> Option<(String, String)> {
        let (start, name) = match kind {
            Tail::Round | Tail::Square => {
                let (open, close) = if kind == Tail::Round { ('(', ')') } else { ('[', ']') };
                let body = title.trim_end().trim_end_matches('.');
                let body = body.strip_suffix(close)?;
                let start = body.rfind(open)?;
                (start, &body[start + 1..])
            }
            Tail::Dash => {
                let start = title.rfind(" - ").or_else(|| title.rfind(" – ")).or_else(|| title.rfind(" — "))?;
                let name = title[start..].trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '['));
                (start, name)
            }
        };
        let name = name.trim();
        let rest = clean(&title[..start]);
        (are_names(name) && !rest.is_empty()).then(|| (rest, name.to_owned()))
    };
    for kind in [Tail::Dash, Tail::Round, Tail::Square] {
        let titles = || sessions.iter().flat_map(|session| &session.items).map(|item| item.title.as_str());
        let found: BTreeSet<String> = titles().filter_map(|title| tail(title, kind)).map(|(_, name)| name).collect();
        let large = |title: &str, open: char| {
            title.rfind(open).is_some_and(|at| title[at + 1..].trim_start().starts_with(char::is_uppercase))
        };
        let shaped = titles().filter(|title| match kind {
            Tail::Dash => title.contains(" - ") || title.contains(" – "),
            Tail::Round => title.trim_end().ends_with(')') && large(title, '('),
            Tail::Square => title.trim_end().ends_with(']') && large(title, '['),
        });
        let shaped = shaped.count();
        let right = titles().filter(|title| tail(title, kind).is_some()).count();
        // Several that differ; single names are more than once a remark.
        let established =
            (found.len() >= 2 && found.iter().any(|name| is_full_name(name)) || found.len() >= 3) && right * 2 >= shaped;
        let several = |name: &str| {
            kind != Tail::Dash
                && name.split(['&', ',']).flat_map(|part| part.split(" and ")).filter(|part| is_full_name(part.trim())).count()
                    >= 2
        };
        for item in sessions.iter_mut().flat_map(|session| &mut session.items) {
            if let Some((rest, name)) = tail(&item.title, kind)
                && (established || people::has_title(&name) || several(&name))
            {
                item.title = rest;
                item.speakers.extend(people::speakers(&name, Role::Speaker));
            } else if established && let Some((rest, name)) = loosely(&item.title, kind == Tail::Round) {
                item.title = rest;
                item.speakers.push(Speaker { name, tbc: false, role: Role::Speaker });
            }
        }
    }
    for item in sessions.iter_mut().flat_map(|session| &mut session.items) {
        by_words(item);
        remarks(item);
    }
}

/// "(Brandon and a special guest)": a name and more, where a list has names in that place.
fn loosely(title: &str, round: bool) -> Option<(String, String)> {
    let body = title.trim_end().strip_suffix(if round { ')' } else { return None })?;
    let open = body.rfind('(')?;
    let name = body[open + 1..].trim();
    let first =
        [" and ", " y ", ", ", " & ", " et ", " e "].iter().find_map(|joint| name.split_once(joint)).map(|(first, _)| first)?;
    let rest = clean(&body[..open]);
    (are_names(first) && name.split_whitespace().count() <= 9 && !rest.is_empty()).then(|| (rest, name.to_owned()))
}

/// "Mesa redonda a cargo de Ana Ruiz", "animé par les présidents".
fn by_words(item: &mut Item) {
    const LEADS: [&str; 16] = [
        "a cargo de",
        "animé par",
        "animée par",
        "animado por",
        "impartido por",
        "impartida por",
        "presentado por",
        "presentada por",
        "moderado por",
        "moderada por",
        "moderated by",
        "presented by",
        "led by",
        "facilitated by",
        "présenté par",
        "com a mediação de",
    ];
    let lower = item.title.to_lowercase();
    if lower.len() != item.title.len() {
        return;
    }
    let Some(at) = LEADS.iter().filter_map(|lead| lower.find(lead)).filter(|at| *at > 4).min() else { return };
    let who = item.title[at..].trim().to_owned();
    item.title = clean(item.title[..at].trim_end_matches([',', '(', '.', ' ']));
    let tbc = says_tbc(&who);
    item.tbc |= tbc;
    item.speakers.push(Speaker { name: who.trim_end_matches('.').to_owned(), tbc, role: Role::Speaker });
}

/// Prices and the like in a parenthesis, and remarks in brackets, are no part of the title.
fn remarks(item: &mut Item) {
    if let Some(open) = item.title.rfind('[').filter(|open| *open > 3)
        && item.title.trim_end().ends_with(']')
        && !says_tbc(&item.title[open..])
    {
        let remark = item.title[open..].trim_matches(['[', ']', ' ']).to_owned();
        let title = clean(&item.title[..open]);
        if !title.is_empty() && remark.split_whitespace().count() > 1 {
            item.title = title;
            item.details.push(remark);
        }
    }
    if let Some(open) = item.title.rfind('(')
        && item.title.trim_end().ends_with(')')
        && item.title[open..].contains(['€', '$', '£'])
    {
        let remark = item.title[open..].trim_matches(['(', ')', ' ']).to_owned();
        item.title = clean(&item.title[..open]);
        item.details.push(remark);
    }
}

/// Gives sessions their dates from where the document tells them.
fn date(imported: &mut Imported, document: &Document, context: &Context) {
    if let [session] = imported.sessions.as_mut_slice() {
        let first = session.items.first().map_or(usize::MAX, |item| item.line);
        let mut best: Option<(i32, Day, usize)> = None;
        let asides = super::aside::asides(document);
        let near = |line: &&crate::source::Line| line.number <= first.max(1) || line.number <= 12;
        for line in document.lines.iter().filter(near).filter(|line| !asides.contains(&line.number)) {
            let text = line.whole();
            let marks = marks(&text);
            for (mark, day) in days(&marks) {
                if day.days.is_empty() || day.month.is_none() && day.weekdays.is_empty() {
                    continue;
                }
                let before = folded(&text[..mark.range.start]);
                let mut worth =
                    i32::from(line.heading > 0) * 2 + i32::from(!day.weekdays.is_empty()) * 2 + i32::from(day.month.is_some());
                worth += i32::from(
                    ["fecha", "date", "dia", "data", "when", "cuando", "dates"].iter().any(|word| before.ends_with(word)),
                ) * 3;
                worth -= i32::from(is_aside(&text)) * 6;
                worth += i32::from(line.number == session.line) * 2;
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, day.clone(), line.number));
                }
            }
        }
        if let Some((_, day, line)) = best {
            session.date = context.date(&day);
            session.weekday = day.weekdays.first().copied();
            imported.heads.insert(line);
            if session.date.is_none() {
                session.date_text = document.lines.iter().find(|own| own.number == line).map(|line| line.whole());
            } else if day.year.is_none() {
                infer_year(session, context);
            }
        }
        if session.title.as_deref().is_none_or(is_only_date)
            && imported.title.as_deref().is_some_and(|title| !is_only_date(title))
        {
            session.title.clone_from(&imported.title);
        }
    } else {
        for session in &mut imported.sessions {
            if session.date.is_some() && session.date_text.is_none() {
                let line =
                    document.lines.iter().find(|line| line.number == session.line).map(|line| line.whole()).unwrap_or_default();
                let marks = marks(&line);
                if days(&marks).all(|(_, day)| day.year.is_none()) {
                    infer_year(session, context);
                }
            }
        }
    }
    for session in &mut imported.sessions {
        if session.date.is_none() {
            let what = match &session.date_text {
                Some(text) => text!("the date is not whole: \"{text}\"", "la fecha está incompleta: «{text}»"),
                None => Text::fixed("no date is written", "no hay ninguna fecha escrita"),
            };
            session.doubts.push(Doubt { line: session.line, what });
        }
    }
}

fn is_only_date(title: &str) -> bool {
    let marks = marks(title);
    let mut rest = title.to_owned();
    for (mark, _) in days(&marks).collect::<Vec<_>>().into_iter().rev() {
        rest.replace_range(mark.range.clone(), " ");
    }
    !marks.is_empty() && !rest.chars().any(char::is_alphabetic)
}

/// The year of a date that does not say it.
fn infer_year(session: &mut FoundSession, context: &Context) {
    let Some(year) = session.date.map(|date| date.year()) else { return };
    if context.year.is_some() {
        let why = text!("the year {year} stands elsewhere in the document", "el año {year} está en otra parte del documento");
        session.inferred.push(Inferred { field: "date", why });
        return;
    }
    let why = text!(
        "no year is written; {year} is the nearest in which the weekday is right",
        "no hay año escrito; {year} es el más cercano en que el día de la semana coincide"
    );
    session.doubts.push(Doubt { line: session.line, what: why.clone() });
    session.inferred.push(Inferred { field: "date", why });
}

/// Weekdays that contradict their dates, anywhere in the document.
fn weekdays(imported: &mut Imported, document: &Document, context: &Context) {
    let mut anchor = context.clone();
    for line in &document.lines {
        let text = line.whole();
        let marks = marks(&text);
        for (mark, day) in days(&marks) {
            if day.weekdays.is_empty() || day.days.is_empty() {
                continue;
            }
            if day.month.is_some() {
                anchor.month = day.month;
            }
            for (own, weekday) in day.days.iter().zip(&day.weekdays) {
                let Some(date) = anchor.date(&Day { days: vec![*own], weekdays: vec![*weekday], ..day.clone() }) else {
                    continue;
                };
                if date.weekday() != *weekday {
                    use convoca_core::locale::dates;
                    let written = text[mark.range.clone()].trim().to_owned();
                    let right = |lang| dates::weekday(lang, date.weekday());
                    let day = |lang| dates::day_month(lang, date);
                    let year = date.year();
                    let what = text!(l, right = right(l), day = day(l);
                        "weekday: \"{written}\", but {day} {year} is a {right}",
                        "día de la semana: «{written}», pero el {day} de {year} es {right}");
                    imported.faults.push(Fault { line: line.number, what });
                    break;
                }
            }
        }
    }
    imported.faults.dedup();
}

/// The same meeting told in two zones must last as long in each.
fn zones(imported: &mut Imported, document: &Document) {
    for line in &document.lines {
        let text = line.whole();
        let found: Vec<(Span, String)> = marks(&text)
            .into_iter()
            .filter_map(|mark| match mark.meaning {
                Meaning::Hours { span, .. } if span.zone.is_some() && span.end.is_some() => {
                    Some((span, text[mark.range].to_owned()))
                }
                _ => None,
            })
            .collect();
        let length = |span: &Span| {
            let start = span.start;
            let end = span.end?;
            let literal = crate::grammar::Hour { half: start.half.or(end.half), ..start };
            Some((i32::from(minutes_of(&end)) - i32::from(minutes_of(&literal))).rem_euclid(1440))
        };
        if let [(one, one_text), (other, other_text), ..] = found.as_slice() {
            let (a, b) = (length(one), length(other));
            if let (Some(a), Some(b)) = (a, b)
                && a != b
            {
                let what = text!(
                    "\"{one_text}\" lasts {a} min and \"{other_text}\" {b} min: they cannot be the same meeting",
                    "«{one_text}» dura {a} min y «{other_text}» {b} min: no pueden ser la misma reunión"
                );
                imported.faults.push(Fault { line: line.number, what });
            }
            if let (Some(zone), Some(other_zone)) = (one.zone, other.zone) {
                let start = |span: &Span, zone: i32| {
                    let literal =
                        crate::grammar::Hour { half: span.start.half.or(span.end.and_then(|end| end.half)), ..span.start };
                    (i32::from(minutes_of(&literal)) - zone).rem_euclid(1440)
                };
                if start(one, zone) != start(other, other_zone) {
                    let what = text!(
                        "\"{one_text}\" and \"{other_text}\" are not the same moment: check the zone, or daylight and standard time",
                        "«{one_text}» y «{other_text}» no son el mismo momento: revise la zona, o la hora de verano"
                    );
                    imported.faults.push(Fault { line: line.number, what });
                }
            }
        }
    }
}

/// Items at the same hour in separate rooms.
fn parallel(session: &mut FoundSession) {
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
    tokens.first().and_then(|token| token.word()).is_some_and(words::is_group_word) && tokens.get(1).is_some()
}
