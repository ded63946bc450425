//! Calendars (RFC 5545): each day with its events; an event whose description is an agenda is a session with it.

use convoca_core::locale::Text;
use convoca_core::time::Zone;

use super::Document;
use super::blocks::{Blocks, Style};
use crate::grammar::{Meaning, is_places, marks};

/// Events that are looked at.
const MOST_EVENTS: usize = 2_000;

#[derive(Clone, Debug, Default)]
struct Event {
    start: Option<chrono::NaiveDateTime>,
    end: Option<chrono::NaiveDateTime>,
    summary: String,
    description: String,
    place: String,
    cancelled: bool,
}

/// # Errors
/// Where its hours are in universal time and it names no zone: an hour read as the group's would be wrong.
pub(crate) fn read(text: &str) -> Result<Document, Text> {
    let mut events: Vec<Event> = Vec::new();
    let mut zone = None;
    let mut inside = false;
    for line in unfolded(text) {
        let Some((name, parameters, value)) = property(&line) else { continue };
        if name == "BEGIN" && value == "VEVENT" && events.len() < MOST_EVENTS {
            events.push(Event::default());
            inside = true;
            continue;
        }
        let event = events.last_mut().filter(|_| inside);
        match (name.as_str(), event) {
            // An alarm within it has words of its own.
            ("BEGIN" | "END", _) => inside &= value != "VEVENT" && value != "VALARM",
            ("X-WR-TIMEZONE", _) => zone = Zone::named(&value),
            ("DTSTART", Some(event)) => event.start = Some(moment(&value, parameters, zone.as_ref())?),
            ("DTEND", Some(event)) => event.end = Some(moment(&value, parameters, zone.as_ref())?),
            ("SUMMARY", Some(event)) => event.summary = unescaped(&value),
            ("DESCRIPTION", Some(event)) => event.description = unescaped(&value),
            ("LOCATION", Some(event)) => event.place = unescaped(&value),
            ("STATUS", Some(event)) => event.cancelled = value == "CANCELLED",
            _ => {}
        }
    }
    events.retain(|event| event.start.is_some() && !event.cancelled);
    events.sort_by_key(|event| event.start);
    Ok(document(&events))
}

fn document(events: &[Event]) -> Document {
    let mut blocks = Blocks::default();
    let heading = |level| Style { heading: level, ..Style::default() };
    let mut day = None;
    for event in events {
        let Some(start) = event.start else { continue };
        let hours = match event.end.filter(|end| end.date() == start.date()) {
            Some(end) => format!("{}–{}", start.format("%H:%M"), end.format("%H:%M")),
            None => start.format("%H:%M").to_string(),
        };
        let agenda = event.description.lines().filter(|line| opens_with_hour(line)).count() >= 2;
        blocks.gap();
        if agenda {
            // "Group: Session 2 – Title": the number says where the title begins.
            let title = event
                .summary
                .split_once(": ")
                .filter(|(_, rest)| begins_session(rest))
                .map_or(event.summary.as_str(), |(_, rest)| rest);
            blocks.paragraph(&format!("{title} ({})", start.date()), heading(1));
            blocks.paragraph(&format!("Horario: {hours}"), Style::default());
            if !event.place.is_empty() {
                blocks.paragraph(&format!("Lugar: {}", event.place), Style::default());
            }
            blocks.gap();
            blocks.open_table();
            for line in event.description.lines() {
                match row(line) {
                    Some(cells) => blocks.row(cells),
                    None => blocks.paragraph(line, Style::default()),
                }
            }
            day = None;
        } else {
            if day != Some(start.date()) {
                blocks.paragraph(&start.date().to_string(), heading(2));
                day = Some(start.date());
            }
            blocks.paragraph(&format!("{hours} {}", event.summary), Style::default());
            if !event.place.is_empty() {
                blocks.paragraph(&format!("Lugar: {}", event.place), Style::default());
            }
        }
    }
    blocks.document()
}

fn begins_session(text: &str) -> bool {
    crate::grammar::tokens(text).first().and_then(|token| token.word()).is_some_and(crate::grammar::words::is_session_word)
}

/// "10:05–10:45 Title — speakers; facilitan A y B" as its cells.
fn row(line: &str) -> Option<Vec<String>> {
    let hours = marks(line).first().filter(|_| opens_with_hour(line)).map(|mark| mark.range.clone())?;
    let rest = line[hours.end..].trim();
    // "10:00 Guatemala · 11:00 Panamá" is one hour by several clocks.
    if rest.contains(" · ") || is_places(rest) {
        return None;
    }
    let (title, parts) = rest.rsplit_once(" — ").unwrap_or((rest, ""));
    let parts: Vec<String> = parts.split("; ").map(labelled).collect();
    Some(vec![line[hours].to_owned(), title.to_owned(), parts.join("\n")])
}

/// "facilitan A y B" is "Facilita: A y B" in a table.
fn labelled(part: &str) -> String {
    const PARTS: [(&str, &str); 6] = [
        ("modera ", "Modera: "),
        ("moderan ", "Modera: "),
        ("moderated by ", "Moderator: "),
        ("facilita ", "Facilita: "),
        ("facilitan ", "Facilita: "),
        ("facilitated by ", "Facilitator: "),
    ];
    let found = PARTS.iter().find_map(|(words, label)| part.strip_prefix(words).map(|who| format!("{label}{who}")));
    found.unwrap_or_else(|| part.to_owned())
}

fn opens_with_hour(line: &str) -> bool {
    marks(line).first().is_some_and(|mark| mark.range.start == 0 && matches!(mark.meaning, Meaning::Hours { .. }))
}

/// Lines as they were before they were folded.
fn unfolded(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), found.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => found.push(line.to_owned()),
        }
    }
    found
}

/// `NAME;PARAMETER=…:value`; a colon within quotes parts nothing.
fn property(line: &str) -> Option<(String, &str, String)> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], line[colon + 1..].trim());
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.to_ascii_uppercase(), parameters, value.to_owned()))
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// The hour as the meeting's clocks show it.
fn moment(value: &str, parameters: &str, zone: Option<&Zone>) -> Result<chrono::NaiveDateTime, Text> {
    let damaged = || Text::fixed("an hour of the calendar cannot be read", "una hora del calendario no se puede leer");
    if parameters.to_ascii_uppercase().contains("VALUE=DATE") && !value.contains('T') {
        let day = chrono::NaiveDate::parse_from_str(value, "%Y%m%d").map_err(|_| damaged())?;
        return Ok(day.and_time(chrono::NaiveTime::MIN));
    }
    let plain = value.strip_suffix('Z').unwrap_or(value);
    let moment = chrono::NaiveDateTime::parse_from_str(plain, "%Y%m%dT%H%M%S").map_err(|_| damaged())?;
    if plain.len() == value.len() {
        return Ok(moment);
    }
    match zone {
        Some(zone) => Ok(zone.local(moment.and_utc()).time),
        None => Err(Text::fixed(
            "its hours are in universal time (UTC) and it names no zone: save the calendar with the zone of the meeting",
            "sus horas están en tiempo universal (UTC) y no indica ninguna zona: guarde el calendario con la zona de la reunión",
        )),
    }
}
