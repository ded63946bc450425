//! Lines that say when the whole session is: "Horario: 9:00 a 17:00", the same hour by several clocks.

use super::entry::Shape;
use crate::grammar::days;
use crate::grammar::{Day, Mark, Meaning, Span, folded, is_places, tells_clock};

/// A whole date.
pub(super) fn dated(marks: &[Mark]) -> Option<Day> {
    days(marks).map(|(_, day)| day.clone()).find(|day| !day.days.is_empty() && day.month.is_some())
}

/// "10:00 Costa Rica · 11:00 Panamá": the same hour by several clocks, or by one that is named, and nothing that happens.
pub(super) fn hours_of_places(text: &str, marks: &[Mark]) -> Option<Shape> {
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
    // "Costa Rica: 10:00 | Panamá: 11:00"
    let listed = around.replace([':', '|'], ",");
    let around = if several { listed.as_str() } else { around };
    if !is_places(around) {
        return None;
    }
    if several {
        return Some(Shape::Elsewhere(dated(marks)));
    }
    tells_clock(around).then(|| Shape::Window { span, written: text[first.range.clone()].trim().to_owned(), day: dated(marks) })
}

/// "Horario:", "When", "Times".
pub(super) fn is_window_label(text: &str) -> bool {
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
