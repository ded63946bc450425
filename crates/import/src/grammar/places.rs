//! Places whose clocks an hour is told by: "10:00 Costa Rica · 11:00 Panamá", "10 a. m. hora de Guatemala".

use std::collections::HashSet;
use std::sync::LazyLock;

use convoca_core::time::{Zone, countries, place_name};

use super::tokens::{folded, tokens};
use super::words;

/// Capitals and what the zones of the region are called, beside the names of countries and of the cities of zones.
const MORE: [&str; 44] = [
    "ciudad de guatemala",
    "guatemala city",
    "ciudad de panama",
    "panama city",
    "san jose",
    "san salvador",
    "centroamerica",
    "central america",
    "america central",
    "quito",
    "la paz",
    "santiago de chile",
    "santo domingo",
    "washington",
    "washington dc",
    "nueva york",
    "ginebra",
    "geneva",
    "geneve",
    "genebra",
    "bruselas",
    "brussels",
    "bruxelles",
    "brasil",
    "bresil",
    "espana",
    "espagne",
    "espanha",
    "estados unidos",
    "usa",
    "us",
    "eua",
    "ee uu",
    "eeuu",
    "reino unido",
    "uk",
    "londres",
    "paris",
    "roma",
    "mexique",
    "cdmx",
    "brasilia",
    "ottawa",
    "genova",
];

/// What may stand beside a place and says nothing more.
const BESIDE: [&str; 30] = [
    "hora", "horas", "horario", "time", "heure", "heures", "local", "locale", "oficial", "de", "del", "da", "do", "du", "la",
    "el", "en", "in", "y", "and", "et", "e", "to", "a", "the", "rest", "resto", "los", "as", "las",
];

static PLACES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut found: HashSet<String> = MORE.iter().map(|place| (*place).to_owned()).collect();
    for country in countries() {
        found.extend([folded(&country.name.es), folded(&country.name.en), country.code.to_lowercase()]);
        for zone in country.zones.iter().filter_map(|zone| Zone::named(zone)) {
            let name = place_name(&zone);
            found.extend([folded(&name.es), folded(&name.en)]);
            found.insert(folded(zone.name().rsplit('/').next().unwrap_or_default()));
        }
    }
    // Words of every sentence.
    for word in [
        "de", "la", "do", "a", "as", "in", "is", "it", "no", "so", "to", "at", "me", "my", "se", "be", "am", "pm", "si", "es",
        "al",
    ] {
        found.remove(word);
    }
    found
});

/// How many bytes at the front of a text name places, with the signs between them; 0 where it begins otherwise.
pub fn leading_places(text: &str) -> usize {
    let tokens = tokens(text);
    let (mut at, mut end) = (0, 0);
    let mut any = false;
    while at < tokens.len() {
        if let Some(sign) = tokens[at].sign() {
            // Behind a place a colon or a dash opens what happens.
            if any && matches!(sign, ':' | '-' | '•' | '|') || sign == '¿' || sign == '"' {
                break;
            }
            at += 1;
            if any && matches!(sign, ')' | ']') {
                end = tokens[at - 1].range.end;
            }
            continue;
        }
        let Some(first) = tokens[at].word() else { break };
        let longest = (1..=4).rev().find(|length| {
            let words: Option<Vec<&str>> = (at..at + length).map(|at| tokens.get(at).and_then(|token| token.word())).collect();
            words.is_some_and(|words| PLACES.contains(&words.join(" ")))
        });
        // A code of two letters is one in capitals only.
        let code = first.len() == 2 && text[tokens[at].range.clone()].chars().any(char::is_lowercase);
        match longest {
            Some(length) if !(length == 1 && code) => {
                at += length;
                (any, end) = (true, tokens[at - 1].range.end);
            }
            _ if words::zone(first).is_some() => {
                at += 1;
                (any, end) = (true, tokens[at - 1].range.end);
            }
            _ if BESIDE.contains(&first) => at += 1,
            _ => break,
        }
    }
    if any { end } else { 0 }
}

/// Whether a text names places and nothing else.
pub fn is_places(text: &str) -> bool {
    let end = leading_places(text);
    let rest = folded(&text[end..]);
    end > 0 && (rest.is_empty() || rest.split(' ').all(|word| BESIDE.contains(&word)))
}

/// Whether a text says that it is about clocks: "hora de Guatemala", "UTC".
pub fn tells_clock(text: &str) -> bool {
    folded(text)
        .split(' ')
        .any(|word| matches!(word, "hora" | "time" | "heure" | "horario" | "local") || words::zone(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_from_what_happens() {
        for text in [
            " Costa Rica · ",
            "(Panamá)",
            "hora de Guatemala",
            "(CR, GT, HN)",
            "en Ciudad de México y San Salvador",
            "UTC",
            "New York",
            "hora local de Honduras",
        ] {
            assert!(is_places(text), "{text}");
        }
        for text in ["Palabras de Guatemala", "Apertura", "de la hora", "Panamá: apertura", "Costa Rica presenta", ""] {
            assert!(!is_places(text), "{text}");
        }
        assert_eq!(&" Panamá – Apertura"[..leading_places(" Panamá – Apertura")], " Panamá");
        assert_eq!(&" (PA) Apertura"[..leading_places(" (PA) Apertura")], " (PA)");
    }
}
