//! Who speaks, said in the line of the title: "Mesa redonda. Modera: Ana Ruiz", "«Aves» por Luis Paz (Fundación)".

use super::clean::clean;
use super::people::{self, is_full_name, is_person_with_post, labelled};
use super::result::{Item, Role};
use crate::grammar::labels;

/// What stands between a title and a role, or between two roles.
const SIGNS: [&str; 9] = [". ", " – ", " - ", " — ", "; ", ", ", " (", " // ", " | "];

/// Takes whom the title names with a role, or behind "por" and "by", from the title to the speakers.
pub(super) fn named(item: &mut Item) {
    let found = split(&item.title, &|rest| labelled(rest).is_some_and(|(label, rest)| !rest.is_empty() && is_said_so(label)));
    if let Some((title, mut rest)) = found {
        // One role after the other: "Modera: Ana Ruiz. Participan: Luis Paz".
        let mut parts = Vec::new();
        while let Some((one, other)) = split(&rest, &|rest| labelled(rest).is_some()) {
            parts.push(one);
            rest = other;
        }
        parts.push(rest);
        for part in parts {
            item.speakers.extend(people::speakers(part.trim_end_matches([')', '.']), Role::Speaker));
        }
        item.title = title;
        item.tbc |= item.speakers.iter().any(|speaker| speaker.tbc);
    } else if let Some((title, name)) = by(&item.title) {
        item.speakers.extend(people::speakers(&name, Role::Speaker));
        item.title = title;
    }
}

/// "con:" and "por:" are too little to tell a role by.
fn is_said_so(label: &str) -> bool {
    !matches!(label.trim().to_lowercase().as_str(), "con" | "por" | "by" | "par" | "cargo")
}

/// A text up to the first sign behind which something is, and what is there.
fn split(text: &str, is: &dyn Fn(&str) -> bool) -> Option<(String, String)> {
    let mut places: Vec<(usize, usize)> =
        SIGNS.iter().flat_map(|sign| text.match_indices(sign).map(|(at, sign)| (at, at + sign.len()))).collect();
    places.sort_unstable();
    places.into_iter().find_map(|(at, behind)| {
        let (title, rest) = (clean(&text[..at]), text[behind..].trim());
        (title.chars().any(char::is_alphabetic) && is(rest)).then(|| (title, rest.to_owned()))
    })
}

/// "«Aves migratorias» por Carlos Rey (Fundación)": behind a closing quote, or a person whose organisation is said.
fn by(title: &str) -> Option<(String, String)> {
    [" por ", " by ", " par "].iter().find_map(|joint| {
        let (before, name) = title.rsplit_once(joint)?;
        let quoted = before.trim_end().ends_with(['"', '”', '»', '\'', '’']);
        let posted = name.trim_end().ends_with(')') && name.contains(" (");
        let person = is_person_with_post(name) && name.split([',', '(']).next().is_some_and(|name| is_full_name(name.trim()));
        let group = name.split_whitespace().next().is_some_and(|word| labels::is_group_word(&word.to_lowercase()));
        (person && !group && (quoted || posted)).then(|| (clean(before), name.trim().to_owned()))
    })
}
