//! Names of people, and their posts.

/// The name before the post: "Ana Ruiz, alcaldesa".
pub(crate) fn person_name(text: &str) -> &str {
    let cut = [", ", " – ", " — ", " - ", " (", "- ", ". "]
        .iter()
        .filter_map(|sign| {
            let mut at = text.find(sign)?;
            // "Dra. Ana Ruiz" keeps its title.
            if *sign == ". " && at <= 6 {
                at = at + 2 + text[at + 2..].find(sign)?;
            }
            Some(at)
        })
        .min();
    text[..cut.unwrap_or(text.len())].trim().trim_end_matches('.')
}

pub(crate) fn person_role(text: &str) -> Option<String> {
    let name = person_name(text);
    let rest =
        text[name.len()..].trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '–' | '—' | '-' | '(' | ')' | '.'));
    Some(rest.to_owned()).filter(|rest| rest.len() > 2)
}

pub(super) fn is_person(text: &str) -> bool {
    let name = person_name(text);
    let words: Vec<&str> = name.split_whitespace().collect();
    text.starts_with('@')
        || crate::agenda::has_title(text)
        || (2..=5).contains(&words.len())
            && crate::agenda::are_names(name)
            && words.iter().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
}
