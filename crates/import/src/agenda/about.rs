//! What a line under an item says of it.

use super::people::{self, are_names, is_full_name, is_person_with_post, labelled};
use super::result::{Group, Item, Role, Speaker};
use crate::grammar::{Meaning, folded, labels, marks, tokens};

pub(super) fn says_tbc(text: &str) -> bool {
    marks(text).iter().any(|mark| mark.meaning == Meaning::Tbc)
}

pub(super) fn is_label(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= 2 && labels::is_label_word(&folded(label)))
}

/// What a line under an item says of it: who speaks, which part goes on beside, or more about it.
pub(super) fn about(item: &mut Item, text: &str, listed: bool, line: usize) {
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
    let group = first.first().and_then(|token| token.word()).is_some_and(labels::is_group_word)
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
    // "Palabras de Ana Ruiz, presidenta": who says them.
    const OPENERS: [&str; 6] = ["Palabras de la ", "Palabras del ", "Palabras de ", "Remarks by ", "Mensaje de ", "Saludo de "];
    if let Some(who) = OPENERS.iter().find_map(|opener| text.trim().strip_prefix(opener))
        && who.starts_with(char::is_uppercase)
        && who.split_whitespace().count() <= 14
    {
        item.speakers.extend(people::speakers(who, Role::Speaker));
        return;
    }
    // "Upala (Costa Rica): Ana Ruiz", in a list of who comes from where.
    if listed
        && let Some((place, name)) = text.split_once("): ").map(|(place, name)| (format!("{place})"), name))
        && are_names(name)
        && is_full_name(name.trim())
    {
        item.speakers.extend(people::speakers(name, Role::Speaker));
        item.details.push(place.trim().to_owned());
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
