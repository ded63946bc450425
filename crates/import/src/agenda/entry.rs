//! What each line says by itself.

use std::ops::Range;

use super::days::days;
use super::people::{are_names, is_acronym, labelled};
use super::sections::minutes_of;
use super::tables;
use super::{alike, aside};
use crate::grammar::{Bound, Day, Mark, Meaning, Span, folded, is_places, leading_places, marks, tells_clock, tokens, words};
use crate::source::{Bullet, Document, Line};

/// A line, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub line: usize,
    pub indent: usize,
    pub heading: u8,
    pub bullet: Bullet,
    pub gap: bool,
    pub table: Option<usize>,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// An item with an hour or a length, and its title.
    Item(Draft),
    /// Nothing but an hour: the title stands beside it.
    Hours {
        span: Span,
        written: String,
    },
    /// Nothing but a length.
    Minutes(u32, Bound),
    Head(Head),
    /// When the whole session is: "Horario: 9:00 a 17:00".
    Window {
        span: Span,
        written: String,
        day: Option<Day>,
    },
    /// The sum that the document states.
    Total,
    /// A row of a table of items that has no hour of its own.
    Beside {
        title: String,
        speakers: Vec<String>,
    },
    /// The same hour in several cities, and the day there.
    Elsewhere(Option<Day>),
    /// Hours of something else: the head of a mail, office hours.
    Aside,
    /// The item above goes on, or nothing does.
    Continues,
    Text(String),
}

/// An item as its line has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub span: Option<Span>,
    pub written: String,
    pub minutes: Option<u32>,
    pub bound: Bound,
    pub title: String,
    pub speakers: Vec<String>,
    pub details: Vec<String>,
    pub place: Option<String>,
    pub parallel: bool,
    /// What stands under the title in its cell.
    pub below: Vec<String>,
    /// The day, where the row says it.
    pub day: Option<Day>,
    /// The hours stand behind the title: of a heading they may be those of a part.
    pub behind: bool,
}

/// The head of a session or a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    pub day: Option<Day>,
    pub number: Option<u32>,
    /// "Day 1": a day of several.
    pub ordinal: bool,
    pub title: String,
    pub span: Option<(Span, String)>,
    /// Opens a session only where the hours start anew.
    pub weak: bool,
}

/// Whether a line holds an hour or a length, which must then be in an item or in the report.
pub(crate) fn has_time(line: &Line) -> bool {
    line.cells.iter().any(|cell| marks(cell).iter().any(|mark| is_time(&mark.meaning)))
}

fn is_time(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Hours { span, .. } => !span.weak,
        Meaning::Minutes { .. } => true,
        _ => false,
    }
}

pub(crate) fn entries(document: &Document) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    let asides = aside::asides(document);
    while let Some(line) = document.lines.get(at) {
        match line.table {
            None if asides.contains(&line.number) => {
                found.extend(has_time(line).then(|| entry(line, Shape::Aside)));
                at += 1;
            }
            Some(table) => {
                let length = document.lines[at..].iter().take_while(|line| line.table == Some(table)).count();
                found.extend(tables::entries(&document.lines[at..at + length]));
                at += length;
            }
            None => {
                found.push(entry(line, single(line)));
                at += 1;
            }
        }
    }
    alike::settle(document, &mut found);
    length_of_the_whole(&mut found);
    lengths_that_look_like_hours(&mut found);
    clocks_one_to_a_line(document, &mut found);
    found
}

/// "Guion del webinario (90 minutos)" over items with hours: how long all of it is.
fn length_of_the_whole(entries: &mut [Entry]) {
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
fn clocks_one_to_a_line(document: &Document, entries: &mut [Entry]) {
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

pub(crate) fn entry(line: &Line, shape: Shape) -> Entry {
    Entry {
        line: line.number,
        indent: line.indent,
        heading: line.heading,
        bullet: line.bullet,
        gap: line.gap,
        table: line.table,
        shape,
    }
}

/// "1h: Lunch" is a length where other lines of the list open with lengths.
fn lengths_that_look_like_hours(entries: &mut [Entry]) {
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

/// A text without what separates it from its neighbours.
pub(crate) fn clean(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '-' | '–'
                            | '—'
                            | '−'
                            | ':'
                            | '|'
                            | '.'
                            | ','
                            | ';'
                            | ')'
                            | ']'
                            | '•'
                            | '*'
                            | '>'
                            | '·'
                            | '/'
                            | '='
                            | '→'
                            | '…'
                    )
            })
            .trim_start();
        text = text
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | ',' | ';' | '•' | '*' | '(' | '[' | '/')
            })
            .trim_end();
        for (open, close) in [('(', ')'), ('[', ']')] {
            if text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
                text = text.strip_suffix(close).unwrap_or(text);
            }
        }
        if text == before {
            break;
        }
    }
    let text = text.replace("( )", "").replace("()", "");
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The parenthesis around a place, with its signs.
fn parenthesis(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let open = text[..range.start].rfind(['(', '['])?;
    let close = range.end + text[range.end..].find([')', ']'])?;
    // Nothing closes in between, and nothing else opens.
    let inside = !text[open + 1..range.start].contains([')', ']']) && !text[range.end..close].contains(['(', '[']);
    inside.then_some(open..close + 1)
}

/// What a line that is no row says.
pub(crate) fn single(line: &Line) -> Shape {
    let text = without_leaders(line.only().unwrap_or_default());
    let marks = marks(&text);
    if let Some(head) = head(line, &text, &marks) {
        return Shape::Head(head);
    }
    let times: Vec<&Mark> = marks.iter().filter(|mark| is_time(&mark.meaning)).collect();
    let Some(first) = times.first() else { return Shape::Text(text) };
    if folded(&text).starts_with("total")
        || folded(&text).starts_with("duree totale")
        || folded(&text).starts_with("duracion total")
    {
        return Shape::Total;
    }
    // "Duración: 1 h 30 min" is that of the whole.
    let label = text.split_once(':').map_or(String::new(), |(label, _)| folded(label));
    if matches!(label.as_str(), "duration" | "duracion" | "duree" | "duracao")
        && times.len() == 1
        && clean(&text[first.range.end..]).is_empty()
        && matches!(first.meaning, Meaning::Minutes { .. } | Meaning::Hours { minutes: Some(_), .. })
    {
        return Shape::Total;
    }
    if let Some(shape) = hours_of_places(&text, &marks) {
        return shape;
    }
    let before = &text[..first.range.start];
    if before.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '«')) {
        return leading(line, &text, &marks, &times);
    }
    if (is_window_label(before) || before.trim_end().ends_with(':') && is_window_label(&text))
        && let Meaning::Hours { span, .. } = first.meaning
    {
        return Shape::Window { span, written: text[first.range.clone()].to_owned(), day: dated(&marks) };
    }
    trailing(line, &text, &times).unwrap_or(Shape::Text(text))
}

/// "Our next call is on Thursday 12 March 2026", "La reunión será el 5 de mayo".
fn tells_when_it_is(title: &str) -> bool {
    const VERBS: [&str; 14] = [
        " is on ",
        " is scheduled ",
        " will be ",
        " will take place ",
        " takes place ",
        " sera el ",
        " sera ",
        " se realizara ",
        " tendra lugar ",
        " se llevara a cabo ",
        " se celebrara ",
        " aura lieu ",
        " acontecera ",
        " ocorrera ",
    ];
    let plain = format!(" {} ", folded(title));
    VERBS.iter().any(|verb| plain.contains(verb)) && dated(&marks(title)).is_some()
}

/// "Registro ........ 9:00": the dots that lead the eye are a gap.
pub(crate) fn without_leaders(text: &str) -> String {
    if !["....", "…", ". . .", "____"].iter().any(|leader| text.contains(leader)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['.', '…', '_']) {
        let length = rest[start..].find(|c: char| !matches!(c, '.' | '…' | '_' | ' ' | '\u{a0}')).unwrap_or(rest.len() - start);
        let run = &rest[start..start + length];
        let signs = run.chars().map(|c| if c == '…' { 3 } else { usize::from(matches!(c, '.' | '_')) }).sum::<usize>();
        out.push_str(&rest[..start]);
        if signs >= 4 {
            out.push_str("   ")
        } else {
            out.push_str(run)
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// A whole date.
fn dated(marks: &[Mark]) -> Option<Day> {
    days(marks).map(|(_, day)| day.clone()).find(|day| !day.days.is_empty() && day.month.is_some())
}

/// "10:00 Costa Rica · 11:00 Panamá": the same hour by several clocks, or by one that is named, and nothing that happens.
fn hours_of_places(text: &str, marks: &[Mark]) -> Option<Shape> {
    let mut hours = marks.iter().filter_map(|mark| match mark.meaning {
        Meaning::Hours { span, .. } => Some((span, mark)),
        _ => None,
    });
    let (span, first) = hours.next()?;
    let mut others = hours.map(|(span, _)| span).peekable();
    // In zones that lie whole hours apart the minutes are the same.
    let several = others.peek().is_some();
    if others.any(|other| other.start.minute != span.start.minute || other.end.is_some() != span.end.is_some()) {
        return None;
    }
    let mut around = String::new();
    let mut end = 0;
    for mark in marks {
        around.push_str(&text[end..mark.range.start]);
        around.push(' ');
        end = mark.range.end;
        // The zone is read with the hour.
        if let Meaning::Hours { span: Span { zone: Some(_), .. }, .. } = mark.meaning {
            around.push_str("UTC ");
        }
    }
    around.push_str(&text[end..]);
    let around = around
        .split_once(':')
        .filter(|(label, _)| is_window_label(&format!("{label}:")))
        .map_or(around.as_str(), |(_, rest)| rest);
    if !is_places(around) {
        return None;
    }
    if several {
        return Some(Shape::Elsewhere(dated(marks)));
    }
    tells_clock(around).then(|| Shape::Window { span, written: text[first.range.clone()].trim().to_owned(), day: dated(marks) })
}

/// "Horario:", "When", "Times".
fn is_window_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once(':') else { return false };
    let label = folded(label);
    label.split(' ').count() <= 3
        && (matches!(
            label.as_str(),
            "when"
                | "cuando"
                | "quand"
                | "quando"
                | "fecha y hora"
                | "date and time"
                | "date"
                | "fecha"
                | "duracion"
                | "duration"
                | "dates"
                | "data"
                | "dia"
        ) || label.split(' ').any(|word| {
            matches!(
                word,
                "time"
                    | "times"
                    | "hora"
                    | "horas"
                    | "horario"
                    | "horarios"
                    | "heure"
                    | "heures"
                    | "horaire"
                    | "horaires"
                    | "hour"
                    | "hours"
            )
        }))
}

/// The line opens with an hour or a length.
fn leading(line: &Line, text: &str, marks: &[Mark], times: &[&Mark]) -> Shape {
    let Some(first) = times.first() else { return Shape::Text(text.to_owned()) };
    let mut draft = Draft { written: text[first.range.clone()].trim().to_owned(), ..Draft::default() };
    let label = is_window_label(text) && text[..text.find(':').unwrap_or(0)].chars().all(|c| !c.is_ascii_digit());
    let mut end = first.range.end;
    match &first.meaning {
        Meaning::Hours { span, .. } => draft.span = Some(*span),
        Meaning::Minutes { minutes, bound } => (draft.minutes, draft.bound) = (Some(*minutes), *bound),
        _ => {}
    }
    // The other of the two, and the same hour elsewhere, directly behind: "30m (9:00):", "10:00 (5 min)", "10:00 GT / 11:00 PA".
    for next in &times[1..] {
        let between = &text[end..next.range.start];
        let near = between.chars().all(|c| !c.is_alphanumeric()) && between.chars().count() <= 4;
        let city = draft.span.is_some()
            && matches!(next.meaning, Meaning::Hours { .. })
            && (is_places(between) || between.chars().count() <= 16 && between.contains(['/', '(']) && !between.contains(':'));
        match &next.meaning {
            Meaning::Hours { span, .. } if near && draft.span.is_none() => {
                draft.span = Some(*span);
                draft.written = text[next.range.clone()].trim().to_owned();
            }
            Meaning::Minutes { minutes, bound } if near && draft.minutes.is_none() => {
                (draft.minutes, draft.bound) = (Some(*minutes), *bound)
            }
            Meaning::Hours { minutes: Some(minutes), .. } if near && draft.minutes.is_none() && between.contains('(') => {
                draft.minutes = Some(*minutes)
            }
            Meaning::Hours { .. } if near && !between.is_empty() && between.contains(['/', '(', '|']) || city => {}
            _ => break,
        }
        end = next.range.end;
    }
    // The city of the last hour: "(PA)".
    if end > first.range.end || text[end..].trim_start().starts_with('(') {
        let behind = &text[end..];
        let open = behind.len() - behind.trim_start().len();
        if behind[open..].starts_with('(')
            && let Some(close) = behind.find(')').filter(|close| close - open <= 14)
            && (end > first.range.end || is_acronym(&behind[open + 1..close]))
            && !clean(&behind[close + 1..]).is_empty()
        {
            end += close + 1;
        }
    }
    // And its place without a parenthesis: "/ 11:00 Panamá – Apertura".
    if end > first.range.end && matches!(times.get(1).map(|mark| &mark.meaning), Some(Meaning::Hours { .. })) {
        let place = leading_places(&text[end..]);
        if !clean(&text[end + place..]).is_empty() {
            end += place;
        }
    }
    let rest = &text[end..];
    if let Some(span) = draft.span {
        // "10:00 to 17:00 on 29 and 30 of January": when the days are.
        let dated = days(marks).any(|(mark, day)| {
            let joins = |word: &str| {
                matches!(
                    word,
                    "on" | "el" | "le" | "em" | "del" | "de" | "los" | "the" | "hrs" | "horas" | "h" | "mst" | "am" | "pm"
                )
            };
            let near = mark.range.start >= end
                && folded(&text[end..mark.range.start]).split(' ').all(|word| word.is_empty() || joins(word));
            near && (day.month.is_some() || !day.weekdays.is_empty())
        });
        let words = rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        if label || dated && words <= 8 && line.heading == 0 {
            return Shape::Window { span, written: draft.written, day: self::dated(marks) };
        }
        if clean(rest).is_empty() && draft.minutes.is_none() {
            return Shape::Hours { span, written: draft.written };
        }
    } else if clean(rest).is_empty() {
        return Shape::Minutes(draft.minutes.unwrap_or(0), draft.bound);
    } else if !line.is_list_item()
        && line.heading == 0
        && line.table.is_none()
        && !rest.trim_start().starts_with(['-', '–', '—', ':', ')', '|', '.', '\t'])
        && !rest.starts_with("  ")
    {
        // "15 minutes is enough": a sentence.
        return Shape::Text(text.to_owned());
    }
    finish(rest, draft)
}

/// A title with what stands behind it: lengths in parentheses, columns, remarks.
pub(crate) fn finish(rest: &str, mut draft: Draft) -> Shape {
    let mut title = rest.to_owned();
    if draft.minutes.is_none()
        && let Some((minutes, bound, range, others)) = length_within(&title)
    {
        (draft.minutes, draft.bound) = (Some(minutes), bound);
        let tail = title[range.end..].to_owned();
        title.truncate(range.start);
        draft.speakers.extend(others);
        let tail = clean(&tail);
        if !tail.is_empty() {
            if are_names(&tail) { draft.speakers.push(tail) } else { draft.details.push(tail.trim_start_matches('(').to_owned()) }
        }
    }
    // Columns of blanks or tabs.
    let title =
        title.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | '.' | ')')).to_owned();
    let mut columns = title.split('\t').flat_map(|part| part.split("   ")).map(str::trim).filter(|part| !part.is_empty());
    draft.title = clean(columns.next().unwrap_or_default());
    let others: Vec<String> = columns.map(str::to_owned).collect();
    for column in others {
        match marks(&column).as_slice() {
            [Mark { meaning: Meaning::Minutes { minutes, bound }, range }] if range.len() + 3 > column.len() => {
                (draft.minutes, draft.bound) = (Some(*minutes), *bound)
            }
            _ => draft.speakers.push(column),
        }
    }
    Shape::Item(draft)
}

/// A length in a parenthesis: how long, where the parenthesis is, and who else is in it.
fn length_within(text: &str) -> Option<(u32, Bound, Range<usize>, Vec<String>)> {
    marks(text).iter().find_map(|mark| {
        let (minutes, bound) = match &mark.meaning {
            Meaning::Minutes { minutes, bound } => (*minutes, *bound),
            Meaning::Hours { minutes: Some(minutes), .. } => (*minutes, Bound::Plain),
            _ => return None,
        };
        let around = parenthesis(text, &mark.range);
        let range = match around {
            Some(range) => range,
            // Without a parenthesis only at the end, behind a dash or a comma.
            None => {
                let before = text[..mark.range.start].trim_end();
                let ends = text[mark.range.end..].chars().all(|c| !c.is_alphanumeric());
                let apart = before.ends_with(['-', '–', '—', ',', ':', '|', ';']) || text[..mark.range.start].ends_with("  ");
                if !(ends && apart) {
                    return None;
                }
                return Some((minutes, bound, mark.range.start..text.len(), Vec::new()));
            }
        };
        // "Short (≤30m) discussions": part of the title.
        let behind = text[range.end..].trim_start();
        let names = bound == Bound::Plain && are_names(behind);
        if behind.starts_with(|c: char| c.is_alphanumeric())
            && !text[range.end..].starts_with("  ")
            && !names
            && labelled(behind).is_none()
        {
            return None;
        }
        let inside = format!("{} {}", &text[range.start + 1..mark.range.start], &text[mark.range.end..range.end - 1]);
        let inside = clean(&inside);
        // "(meet at 9h45)" is an hour in a remark.
        if matches!(mark.meaning, Meaning::Hours { .. }) && (minutes > 300 || !inside.is_empty() && !are_names(&inside)) {
            return None;
        }
        let others = if inside.is_empty() { Vec::new() } else { vec![inside] };
        Some((minutes, bound, range, others))
    })
}

/// The hour or the length stands behind the title.
fn trailing(line: &Line, text: &str, times: &[&Mark]) -> Option<Shape> {
    let words = text.split_whitespace().count();
    let mut draft = Draft { behind: true, ..Draft::default() };
    if let Some((minutes, bound, range, others)) = length_within(text)
        && (line.is_list_item() || line.heading > 0 || words <= 30)
        && !(words > 12 && text[..range.start].trim_end().ends_with('.'))
    {
        (draft.minutes, draft.bound) = (Some(minutes), bound);
        draft.speakers = others;
        let tail = clean(&text[range.end..]);
        if !tail.is_empty() {
            if are_names(&tail) || labelled(&tail).is_some() { draft.speakers.push(tail) } else { draft.details.push(tail) }
        }
        let title = &text[..range.start];
        // An hour in the same line.
        let hours = times.iter().find(|mark| matches!(&mark.meaning, Meaning::Hours { minutes: None, .. }));
        let cut = match hours {
            Some(mark) => {
                if let Meaning::Hours { span, .. } = mark.meaning {
                    draft.span = Some(span);
                    draft.written = text[mark.range.clone()].to_owned();
                }
                mark.range.start.min(title.len())
            }
            None => title.len(),
        };
        draft.title = clean(&title[..cut]);
        return (!draft.title.is_empty()).then_some(Shape::Item(draft));
    }
    let last = times.last()?;
    let Meaning::Hours { span, .. } = last.meaning else {
        // "Preguntas 10 min", in a list.
        if let Meaning::Minutes { minutes, bound } = last.meaning
            && text[last.range.end..].chars().all(|c| !c.is_alphanumeric())
            && (line.is_list_item() || line.heading > 0)
            && words <= 14
            && !line.gap
            && times.len() == 1
        {
            (draft.minutes, draft.bound) = (Some(minutes), bound);
            draft.title = clean(&text[..last.range.start]);
            return (!draft.title.is_empty()).then_some(Shape::Item(draft));
        }
        return None;
    };
    if times.len() > 2
        || folded(&text[last.range.clone()]).starts_with("entre ")
        || folded(&text[last.range.clone()]).starts_with("between ")
    {
        return None;
    }
    let around = parenthesis(text, &last.range);
    let start = around.as_ref().map_or(last.range.start, |range| range.start);
    let end = around.as_ref().map_or(last.range.end, |range| range.end);
    let ends = text[end..].chars().all(|c| !c.is_alphanumeric());
    let before = text[..start].trim_end();
    let apart = around.is_some()
        || before.ends_with(['-', '–', '—', ',', ':', '|', ';'])
        || text[..start].ends_with("  ")
        || text[..start].ends_with('\t');
    let short = words <= 16 && !before.contains(". ");
    // A remark in a parenthesis has no end: "Start (doors open at 9:00)".
    let remark = around.as_ref().is_some_and(|range| text[range.start..last.range.start].chars().any(char::is_alphabetic));
    let opener = folded(&text[last.range.clone()]);
    let sentence = ["desde", "from", "at ", "a las", "a partir", "hasta", "until", "as ", "after"]
        .iter()
        .any(|word| opener.starts_with(word))
        && span.end.is_none();
    if !(ends && short)
        || remark
        || sentence
        || !(apart || span.end.is_some() && words <= 12 && (line.is_list_item() || line.heading > 0 || words <= 8))
    {
        return None;
    }
    draft.span = Some(span);
    draft.written = text[last.range.clone()].trim().to_owned();
    draft.title = clean(before);
    if tells_when_it_is(&draft.title) && !line.is_list_item() {
        return Some(Shape::Window { span, written: draft.written, day: dated(&marks(&draft.title)) });
    }
    // "Monday: 8:00 to 18:00" says when that day is.
    let marks = marks(&draft.title);
    if days(&marks)
        .any(|(mark, _)| clean(&format!("{}{}", &draft.title[..mark.range.start], &draft.title[mark.range.end..])).is_empty())
    {
        return Some(Shape::Window { span, written: draft.written, day: dated(&marks) });
    }
    (!draft.title.is_empty() && !is_window_label(text)).then_some(Shape::Item(draft))
}

/// The head of a session or a day, if the line is one.
fn head(line: &Line, text: &str, marks: &[Mark]) -> Option<Head> {
    if line.is_list_item() || text.len() > 400 {
        return None;
    }
    let tokens = tokens(text);
    let first = tokens.first()?.word();
    let number =
        |at: usize| tokens.get(at).and_then(|token| token.number()).filter(|(_, digits)| *digits <= 2).map(|(value, _)| value);
    let roman = |at: usize| {
        let word = tokens.get(at).and_then(|token| token.word())?;
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
            .iter()
            .position(|own| *own == word)
            .and_then(|at| u32::try_from(at + 1).ok())
    };
    let day_word = first.is_some_and(words::is_day_word);
    let session_word = first.is_some_and(words::is_session_word);
    // "Dia 12 de novembro" is a date, "Dia 1" the first day.
    let dated = tokens
        .get(1)
        .is_some_and(|token| days(marks).any(|(mark, day)| day.month.is_some() && mark.range.contains(&token.range.start)));
    let day_word = day_word && !dated;
    let ordinal = ordinal(first).filter(|_| {
        tokens.get(1).and_then(|token| token.word()).is_some_and(|word| words::is_session_word(word) || words::is_day_word(word))
    });
    let numbered = if day_word || session_word {
        number(1).or_else(|| roman(1)).or_else(|| tokens.get(1).and_then(|token| ordinal_word(token.word()?)))
    } else {
        ordinal
    };
    let hours: Vec<&Mark> =
        marks.iter().filter(|mark| matches!(&mark.meaning, Meaning::Hours { span, .. } if !span.weak)).collect();
    // What opens with an hour is an item.
    if hours.first().is_some_and(|mark| text[..mark.range.start].chars().all(|c| !c.is_alphanumeric())) {
        return None;
    }
    let found: Vec<(&Mark, &Day)> = days(marks).collect();
    let day = found.iter().find(|(_, day)| !day.days.is_empty()).or(found.first());
    let span = hours.first().and_then(|mark| match mark.meaning {
        Meaning::Hours { span, .. } => Some((span, text[mark.range.clone()].trim().to_owned())),
        _ => None,
    });
    let outside = |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let mut rest = text.to_owned();
    for mark in marks.iter().rev().filter(|mark| matches!(mark.meaning, Meaning::Day(_) | Meaning::Hours { .. })) {
        rest.replace_range(mark.range.clone(), " ");
    }
    let title = clean(&rest);
    // "Session 1 – Title": the number is said already.
    let named = tokens.get(2).map_or("", |token| &text[token.range.start..]);
    let named =
        days(marks).next().map_or(named.to_owned(), |(mark, _)| match mark.range.start.checked_sub(text.len() - named.len()) {
            Some(start) => format!("{} {}", &named[..start], &text[mark.range.end..]),
            None => named.to_owned(),
        });
    let named = Some(clean(&named)).filter(|named| session_word && named.chars().any(char::is_alphabetic));
    if let Some(number) = numbered {
        let is_day = day_word || tokens.get(1).and_then(|token| token.word()).is_some_and(words::is_day_word);
        if is_day && (line.heading > 0 || outside(&rest) <= 12) {
            return Some(Head {
                day: day.map(|(_, day)| (*day).clone()),
                number: Some(number),
                ordinal: true,
                title: text.to_owned(),
                span,
                weak: false,
            });
        }
        if !is_day && hours.is_empty() && outside(&rest) <= 40 {
            let head = Head {
                day: day.map(|(_, day)| (*day).clone()),
                number: Some(number),
                ordinal: false,
                title: named.unwrap_or(title),
                span,
                weak: false,
            };
            return Some(Head { weak: head.day.as_ref().is_none_or(|day| day.days.is_empty()), ..head });
        }
    }
    let (_, day) = day?;
    let whole = !day.days.is_empty() && (day.month.is_some() || !day.weekdays.is_empty())
        || day.days.is_empty() && !day.weekdays.is_empty() && outside(&rest) == 0;
    let most = if line.heading > 0 { 8 } else { 4 };
    // "Fecha: 18 de mayo" and "(posted 14/10/2009)" tell the day, and open nothing.
    if !whole
        || outside(&rest) > most
        || is_window_label(text)
        || day.days.len() > 1
        || super::days::is_aside(text)
        || text.trim_start().starts_with('(')
    {
        return None;
    }
    if line.heading == 0 && text.trim_end().ends_with([';', '?']) {
        return None;
    }
    Some(Head { day: Some((*day).clone()), number: None, ordinal: false, title: clean(text), span, weak: false })
}

fn ordinal(word: Option<&str>) -> Option<u32> {
    ordinal_word(word?)
}

fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "first" | "primera" | "primer" | "primeira" | "primeiro" | "premiere" | "premier" | "uno" | "one" | "un" => 1,
        "second" | "segunda" | "segundo" | "deuxieme" | "dos" | "two" | "dois" | "deux" => 2,
        "third" | "tercera" | "tercer" | "terceira" | "terceiro" | "troisieme" | "tres" | "three" | "trois" => 3,
        "fourth" | "cuarta" | "cuarto" | "quarta" | "quarto" | "quatrieme" | "cuatro" | "four" | "quatre" => 4,
        "fifth" | "quinta" | "quinto" | "cinquieme" | "cinco" | "five" | "cinq" => 5,
        _ => return None,
    })
}
