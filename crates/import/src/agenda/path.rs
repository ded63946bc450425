//! Which reading of each hour is meant: the cheapest path through all of a session.
//!
//! Costs say what people do not do: starts do not go back, an end is the next start, a declared length is that between the
//! hours, nothing happens at three in the morning, and what says "am" is the morning. A path that breaks one of these is
//! taken only where every other breaks more.

use convoca_core::locale::Text;
use convoca_core::text;

use super::clock::minutes_of;
use super::result::{Clock, Doubt, FoundSession, Inferred, Item};
use crate::grammar::{Half, Hour, mended};

/// One reading of an item's hours, and what it costs by itself.
#[derive(Clone, Copy, Debug)]
struct Reading {
    start: u16,
    end: Option<u16>,
    cost: f64,
    start_moved: bool,
    end_moved: bool,
}

/// How a session writes its hours.
struct Style {
    /// An hour after noon stands without "pm".
    all_day: bool,
    /// Somewhere stands "am" or "pm".
    halves: bool,
}

/// Settles every hour of a session.
pub(crate) fn settle(session: &mut FoundSession) {
    second_zones(session);
    let style = style(session);
    let main: Vec<usize> =
        (0..session.items.len()).filter(|at| session.items[*at].level == 0 && session.items[*at].written.is_some()).collect();
    let readings: Vec<Vec<Reading>> = main.iter().map(|at| readings(&session.items[*at], &style)).collect();
    let chosen = cheapest(&main.iter().map(|at| &session.items[*at]).collect::<Vec<_>>(), &readings);
    let mut price = 0.0;
    for (at, reading) in main.iter().zip(chosen) {
        price += reading.cost;
        apply(session, *at, reading);
    }
    let mut outer: Option<(u16, u16)> = None;
    for at in 0..session.items.len() {
        let item = &session.items[at];
        if item.level == 0 {
            outer = item.start.map(|start| (start.0, item.end.map_or(start.0 + 240, |end| end.0)));
            continue;
        }
        if item.written.is_none() {
            continue;
        }
        let inside = |reading: &Reading| {
            reading.cost + outer.map_or(0.0, |(from, to)| if (from..=to).contains(&reading.start) { 0.0 } else { 8.0 })
        };
        let best = readings_of(item, &style).into_iter().min_by(|a, b| inside(a).total_cmp(&inside(b)));
        if let Some(best) = best {
            apply(session, at, best);
        }
    }
    window(session);
    let timed = session.items.iter().filter(|item| item.start.is_some() || item.minutes.is_some()).count().max(1);
    let doubts = session.items.iter().map(|item| item.inferred.len()).sum::<usize>();
    let mut confidence = 1.0 - 0.25 * (price / timed as f64).min(2.0) - 0.1 * (doubts as f64 / timed as f64);
    if session.date.is_none() {
        confidence -= 0.2;
    }
    if !session.inferred.is_empty() {
        confidence -= 0.05;
    }
    if timed < 2 {
        confidence -= 0.2;
    }
    session.confidence = (confidence.clamp(0.05, 1.0) * 100.0).round() / 100.0;
}

/// "10:00/11:00" over "10:05/11:05" is each hour by two clocks, not an hour's work.
fn second_zones(session: &mut FoundSession) {
    let spans: Vec<(u16, u16)> = session
        .items
        .iter()
        .filter(|item| item.level == 0 && item.written_text.contains('/'))
        .filter_map(|item| item.written.and_then(|span| Some((minutes_of(&span.start), minutes_of(&span.end?)))))
        .collect();
    let apart = |(start, end): &(u16, u16)| (i32::from(*end) - i32::from(*start)).rem_euclid(720);
    let [first, _, _, ..] = spans.as_slice() else { return };
    let whole = apart(first) % 60 == 0 && spans.iter().all(|span| apart(span) == apart(first));
    let overlaps = spans.windows(2).filter(|pair| pair[1].0 > pair[0].0 && pair[1].0 < pair[0].1).count();
    if whole && overlaps * 2 >= spans.len() - 1 {
        for item in session.items.iter_mut().filter(|item| item.written_text.contains('/')) {
            if let Some(span) = &mut item.written {
                span.end = None;
            }
        }
    }
}

fn style(session: &FoundSession) -> Style {
    let hours = || session.items.iter().filter_map(|item| item.written).flat_map(|span| [Some(span.start), span.end]).flatten();
    Style { all_day: hours().any(|hour| hour.half.is_none() && hour.hour >= 13), halves: hours().any(|hour| hour.half.is_some()) }
}

/// The readings of one hour with their costs: as written, and twelve hours off.
fn hour_readings(hour: Hour, style: &Style) -> Vec<(u16, f64, bool)> {
    let literal = minutes_of(&hour);
    let other = (literal + 720) % 1440;
    if hour.half.is_some() {
        // "12:30 am" for half past noon is a common slip; "9 am" for the evening is not.
        let slip = if hour.hour == 12 { 6.0 } else { 9.0 };
        return if hour.half == Some(Half::Noon) {
            vec![(literal, 0.0, false)]
        } else {
            vec![(literal, 0.0, false), (other, slip, true)]
        };
    }
    if hour.hour >= 13 || hour.hour == 0 {
        return vec![(literal, if hour.hour == 0 { 1.0 } else { 0.0 }, false)];
    }
    let certain = hour.lettered || hour.zero;
    let strict = if certain {
        6.0
    } else if style.all_day {
        4.0
    } else {
        0.0
    };
    let (as_is, moved) = match hour.hour {
        12 => (0.0, 6.0 + strict),
        7..=11 => (0.0, 4.0 + strict - if style.halves { 1.0 } else { 0.0 }),
        _ if certain || style.all_day => (1.0, 1.5 + strict),
        _ => (3.0, 1.0),
    };
    vec![(literal, as_is, false), (other, moved, true)]
}

fn readings(item: &Item, style: &Style) -> Vec<Reading> {
    let mut found = readings_of(item, style);
    found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    found
}

fn readings_of(item: &Item, style: &Style) -> Vec<Reading> {
    let Some(span) = item.written else { return Vec::new() };
    let mut found = Vec::new();
    for (start, start_cost, start_moved) in hour_readings(span.start, style) {
        let Some(end) = span.end else {
            found.push(Reading { start, end: None, cost: start_cost, start_moved, end_moved: false });
            continue;
        };
        for (end, end_cost, end_moved) in hour_readings(end, style) {
            let mut cost = start_cost + end_cost;
            // In "1-1:30 pm" both are in one half.
            if span.start.half.is_none() && span.end.is_some_and(|end| end.half.is_some()) && start_moved {
                cost = end_cost + 0.2;
            }
            if end <= start {
                // Over midnight is possible late in the evening.
                cost += if start >= 1200 && end < 360 { 3.0 } else { 14.0 };
            } else {
                let long = f64::from(end - start) / 60.0 - 5.0;
                cost += long.max(0.0) * 0.8;
            }
            if let Some(minutes) = item.minutes
                && end > start
            {
                cost += if u32::from(end - start) == minutes { -2.0 } else { 1.0 };
            }
            found.push(Reading { start, end: Some(end), cost, start_moved, end_moved });
        }
    }
    found
}

/// What it costs that one item follows another.
fn follows(before: &Item, one: &Reading, other: &Reading) -> f64 {
    let end = one.end.filter(|end| *end > one.start).or_else(|| {
        before.minutes.and_then(|minutes| u16::try_from(minutes).ok()).map(|minutes| one.start.saturating_add(minutes))
    });
    if other.start < one.start {
        return 11.0;
    }
    match end {
        Some(end) if other.start == end => -0.5,
        Some(end) if other.start > end => 0.4 + f64::from(other.start - end).min(720.0) / 120.0,
        Some(_) if other.start == one.start => 1.5,
        Some(_) => 2.5,
        None if other.start == one.start => 1.0,
        None => (f64::from(other.start - one.start) / 60.0 - 3.0).max(0.0) * 0.6,
    }
}

fn cheapest(items: &[&Item], readings: &[Vec<Reading>]) -> Vec<Reading> {
    let mut table: Vec<Vec<(f64, usize)>> = Vec::with_capacity(readings.len());
    for (at, own) in readings.iter().enumerate() {
        let row = own.iter().map(|reading| match at.checked_sub(1) {
            None => (reading.cost, 0),
            Some(before) => readings[before]
                .iter()
                .zip(&table[before])
                .enumerate()
                .map(|(index, (previous, (cost, _)))| (cost + reading.cost + follows(items[before], previous, reading), index))
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .unwrap_or((reading.cost, 0)),
        });
        let row = row.collect();
        table.push(row);
    }
    let mut chosen = Vec::with_capacity(readings.len());
    let mut best = table
        .last()
        .and_then(|row| row.iter().enumerate().min_by(|a, b| a.1.0.total_cmp(&b.1.0)).map(|(index, _)| index))
        .unwrap_or(0);
    for at in (0..readings.len()).rev() {
        chosen.push(readings[at][best]);
        best = table[at][best].1;
    }
    chosen.reverse();
    chosen
}

fn apply(session: &mut FoundSession, at: usize, reading: Reading) {
    let item = &mut session.items[at];
    let Some(span) = item.written else { return };
    item.start = Some(Clock(reading.start));
    item.end = reading.end.map(Clock);
    let moved = |hour: Hour, moved: bool, own: u16| -> Option<(bool, Text)> {
        if !moved {
            return None;
        }
        let clock = Clock(own);
        let written = format!("{}:{:02}", hour.hour, hour.minute);
        match hour.half {
            Some(half) => {
                let half = if half == Half::Am { "am" } else { "pm" };
                Some((
                    true,
                    text!(
                        "am and pm: \"{written} {half}\" can only be {clock} here, between the hours around it",
                        "a. m. y p. m.: «{written} {half}» solo puede ser {clock} aquí, entre las horas que lo rodean"
                    ),
                ))
            }
            None => Some((
                false,
                text!(
                    "\"{written}\" is {clock}, for it comes after what is before it",
                    "«{written}» es {clock}, porque va después de lo anterior"
                ),
            )),
        }
    };
    // What takes its "pm" from the end of its range was written.
    let shared = span.start.half.is_none() && span.end.is_some_and(|end| end.half.is_some());
    for (field, hour, is_moved, own) in [
        ("start", Some(span.start), reading.start_moved && !shared, reading.start),
        ("end", span.end, reading.end_moved, reading.end.unwrap_or(0)),
    ] {
        let Some(hour) = hour else { continue };
        if let Some((fault, why)) = moved(hour, is_moved, own) {
            if fault {
                session.doubts.push(Doubt { line: item.line, what: why.clone() });
            }
            item.inferred.push(Inferred { field, why });
        }
    }
    if mended(&item.written_text) != item.written_text {
        let written = item.written_text.trim();
        let why = text!("\"{written}\" has letters in place of figures", "«{written}» tiene letras en lugar de cifras");
        item.inferred.push(Inferred { field: "start", why });
    }
    if span.about {
        item.inferred.push(Inferred {
            field: "start",
            why: Text::fixed("the document says \"about\"", "el documento dice «aproximadamente»"),
        });
    }
}

/// The window lies around the items.
fn window(session: &mut FoundSession) {
    let first = session.items.iter().find_map(|item| item.start);
    let Some(window) = &mut session.window else { return };
    if let Some(first) = first
        && window.start.0 < 720
        && first.0 >= window.start.0 + 600
    {
        window.start = Clock(window.start.0 + 720);
    }
    if let Some(end) = window.end
        && end.0 <= window.start.0
        && end.0 < 720
    {
        window.end = Some(Clock(end.0 + 720));
    }
}
