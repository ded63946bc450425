//! By whose clocks the hours of a line are: "10:00 (Guatemala y Honduras) / 11:00 (Panamá)", "14:00 hora de Honduras".

use convoca_core::time::zones_meant;

use super::clock::minutes_of;
use super::result::Clock;
use crate::grammar::{Hour, Mark, Meaning, Span, folded, is_places, leading_places, marks, tells_clock};

/// An hour with the zones of the places that stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub zones: Vec<String>,
    pub start: Clock,
    pub end: Option<Clock>,
}

/// The hours of a line of which it says where they hold.
pub(super) fn told(text: &str) -> Vec<Told> {
    let marks = marks(text);
    let hours: Vec<(&Mark, Span)> = marks
        .iter()
        .filter_map(|mark| match mark.meaning {
            Meaning::Hours { span, .. } if !span.weak => Some((mark, span)),
            _ => None,
        })
        .collect();
    let edge = |at: usize| hours.get(at).map_or(text.len(), |(mark, _)| mark.range.start);
    let behind: Vec<Vec<String>> =
        hours.iter().enumerate().map(|(at, (mark, _))| zones(leading(&text[mark.range.end..edge(at + 1)]))).collect();
    // "CR/GT: 2:00 p.m. | PA: 3:00 p.m.": the places stand before the hours.
    let before = || -> Vec<Vec<String>> {
        let from = |at: usize| if at == 0 { 0 } else { hours[at - 1].0.range.end };
        let own = hours.iter().enumerate().map(|(at, (mark, _))| &text[from(at)..mark.range.start]);
        own.map(|place| zones(place.trim_end_matches([' ', ':']).rsplit([':', '|', ';', '·']).next().unwrap_or_default()))
            .collect()
    };
    let silent = |((_, span), zones): (&(&Mark, Span), &Vec<String>)| zones.is_empty() && span.zone.is_none();
    let labelled = hours.len() > 1 && hours.iter().zip(&behind).any(silent);
    let places = if labelled { before() } else { behind };
    let mut found = Vec::new();
    for ((_, span), mut zones) in hours.into_iter().zip(places) {
        if zones.is_empty() && span.zone == Some(0) {
            zones.push("UTC".to_owned());
        }
        if !zones.is_empty() {
            let start = Hour { half: span.start.half.or(span.end.and_then(|end| end.half)), ..span.start };
            let end = span.end.map(|end| Clock(minutes_of(&end)));
            found.push(Told { zones, start: Clock(minutes_of(&start)), end });
        }
    }
    found
}

/// The zone of all hours, where a line says it without one: "Zona horaria: Guatemala", "Hora de Costa Rica".
pub(super) fn zone_of_all(text: &str) -> Option<String> {
    let place = match text.split_once(':') {
        Some((label, place))
            if matches!(
                folded(label).as_str(),
                "zona horaria" | "time zone" | "timezone" | "fuseau horaire" | "fuso horario"
            ) =>
        {
            place
        }
        _ if tells_clock(text) && is_places(text) => text,
        _ => return None,
    };
    zones(place).into_iter().next()
}

/// The places at the front, between their signs.
fn leading(text: &str) -> &str {
    &text[..leading_places(text)]
}

/// The zone of each place of a list, where each has one.
fn zones(places: &str) -> Vec<String> {
    let plain = [" y ", " and ", " e ", " et "].iter().fold(places.to_owned(), |text, word| text.replace(word, ","));
    let trimmed = |part: &'_ str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut found = Vec::new();
    for place in plain.split([',', ';', '/']).map(trimmed).filter(|place| !place.is_empty()) {
        let mut meant = zones_meant(&place);
        match (meant.len(), place.contains('-')) {
            (1, _) => found.append(&mut meant),
            _ => return Vec::new(),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_go_to_the_places_beside_them() {
        let shown = |text: &str| {
            let told = told(text);
            told.iter().map(|own| format!("{} {}", own.start, own.zones.join("+"))).collect::<Vec<_>>().join(" | ")
        };
        for (text, expected) in [
            (
                "Hora: 10:00 (Guatemala y Honduras) / 11:00 (Panamá)",
                "10:00 America/Guatemala+America/Tegucigalpa | 11:00 America/Panama",
            ),
            ("Hora: 9 am GT / 10 am PA", "09:00 America/Guatemala | 10:00 America/Panama"),
            ("CR/GT: 2:00 p.m. | PA: 3:00 p.m.", "14:00 America/Costa_Rica+America/Guatemala | 15:00 America/Panama"),
            ("martes 16 de marzo, a las 14:00 hora de Honduras.", "14:00 America/Tegucigalpa"),
            ("Horário: das 9h às 12h (horário de Brasília)", "09:00 America/Sao_Paulo"),
            ("When: Wednesday, 15:00 UTC", "15:00 UTC"),
            (
                "Hora: 10:00 Costa Rica, Guatemala · 11:00 Panamá · 16:00 UTC",
                "10:00 America/Costa_Rica+America/Guatemala | 11:00 America/Panama | 16:00 UTC",
            ),
            ("10:00 Palabras de Guatemala", ""),
            ("Hora: 10:00 a 12:00", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(zone_of_all("Zona horaria: Costa Rica").as_deref(), Some("America/Costa_Rica"));
        assert_eq!(zone_of_all("Modera: Ana Ruiz"), None);
    }
}
