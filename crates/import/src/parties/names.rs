//! How a document writes the names of organisations: acronyms, what they stand for, the country behind.

use std::collections::BTreeMap;

use convoca_core::time::country_called;

use crate::source::Document;

pub(super) fn is_acronym(text: &str) -> bool {
    (2..=10).contains(&text.len()) && text.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '&'))
}

/// "Municipality of Esquipulas, Guatemala" and "… (Guatemala)" with the country apart.
pub(super) fn without_country(name: &str) -> (&str, Option<&'static str>) {
    let cut = name.rsplit_once(", ").or_else(|| name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")));
    match cut {
        Some((own, place)) if place.split_whitespace().count() <= 3 => match country_called(place.trim()) {
            Some(country) => (own, Some(country.code)),
            None => (name, None),
        },
        _ => (name, None),
    }
}

/// "United Nations Refugee Agency (UNHCR)": acronyms with the names before them.
pub(super) fn spelt_out(document: &Document) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in &document.lines {
        let text = line.whole();
        for (open, _) in text.match_indices('(').take(50) {
            let Some(close) = text[open..].find(')').map(|close| open + close) else { continue };
            let acronym = &text[open + 1..close];
            if !is_acronym(acronym) {
                continue;
            }
            // The words before it, back to one that no name has.
            let words: Vec<&str> = text[..open].split_whitespace().rev().take(12).collect();
            let small = |word: &str| {
                matches!(
                    word,
                    "of" | "and" | "for" | "the" | "de" | "del" | "la" | "las" | "los" | "y" | "para" | "on" | "e" | "do" | "da"
                )
            };
            let own: Vec<&str> = words
                .iter()
                .copied()
                .take_while(|word| (word.starts_with(char::is_uppercase) || small(word)) && !word.ends_with([',', ';', ':', '.']))
                .collect();
            let mut own: Vec<&str> = own.into_iter().rev().collect();
            while own.first().is_some_and(|word| small(word)) {
                own.remove(0);
            }
            // The initials decide where the name begins: the first word that opens the acronym.
            let initial = acronym.chars().next();
            while own.len() > acronym.len() && own.first().and_then(|word| word.chars().next()) != initial {
                own.remove(0);
            }
            if own.len() >= 2 {
                found.entry(acronym.to_owned()).or_insert_with(|| own.join(" "));
            }
        }
    }
    found
}
