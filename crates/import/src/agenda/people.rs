//! Who speaks: what looks like names, and where a list puts them.

use super::result::{Role, Speaker};
use crate::grammar::{Meaning, folded, labels, marks};

/// Words in names that are not capitals.
const PARTICLES: [&str; 26] = [
    "de", "la", "del", "los", "las", "y", "e", "da", "do", "dos", "das", "di", "van", "von", "der", "den", "le", "du", "des",
    "el", "and", "et", "of", "the", "para", "for",
];

/// What is capitalised and nobody.
const NOBODY: [&str; 57] = [
    "palabras",
    "himno",
    "remarks",
    "bienvenida",
    "saludo",
    "mensaje",
    "firma",
    "apertura",
    "clausura",
    "inauguracion",
    "meeting",
    "join",
    "passcode",
    "password",
    "agenda",
    "streaming",
    "online",
    "break",
    "lunch",
    "coffee",
    "virtual",
    "hibrido",
    "presencial",
    "remote",
    "optional",
    "tbc",
    "tbd",
    "tba",
    "draft",
    "slides",
    "zoom",
    "en",
    "linea",
    "welcome",
    "almuerzo",
    "receso",
    "new",
    "part",
    "parte",
    "cont",
    "continued",
    "plenary",
    "plenaria",
    "parallel",
    "closed",
    "no",
    "not",
    "but",
    "or",
    "with",
    "without",
    "sin",
    "con",
    "pero",
    "sem",
    "sans",
    "mais",
];

/// Whether a text is nothing but names: "Ana Ruiz & Luis Paz", "@handle", "Ministerio de Salud".
pub fn are_names(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() || text.len() > 160 {
        return false;
    }
    text.split([',', ';', '/', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" y "))
        .all(|part| is_name(part.trim()))
}

fn is_name(text: &str) -> bool {
    let text = text.strip_suffix("(remote)").unwrap_or(text).trim();
    if let Some(handle) = text.strip_prefix('@') {
        return !handle.is_empty() && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut capitals = 0;
    for word in &words {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        if plain.is_empty() || NOBODY.contains(&folded(plain).as_str()) {
            return false;
        }
        if plain.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !PARTICLES.contains(&plain) {
            return false;
        }
        if plain.chars().any(|c| c.is_ascii_digit()) || word.contains(['?', '!', ':', '"', '“']) {
            return false;
        }
    }
    (1..=6).contains(&words.len()) && capitals > 0
}

/// At least two words of a name.
pub(crate) fn is_full_name(text: &str) -> bool {
    text.starts_with('@') || text.split_whitespace().count() >= 2
}

const TITLES: [&str; 26] = [
    "dr", "dra", "sr", "sra", "srta", "ing", "lic", "licda", "mtro", "mtra", "prof", "profa", "mr", "mrs", "ms", "mme", "m",
    "arq", "abg", "phd", "msc", "don", "dona", "hon", "mag", "excmo",
];

/// "Dra. Ana Ruiz", "Sr. Luis Paz, alcalde".
pub fn has_title(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let undotted = ["Dr", "Dra", "Prof", "Profa", "Profª", "Eng", "Mme", "Mr", "Mrs", "Ms"].contains(&first);
    first.ends_with('.') && TITLES.contains(&folded(first).as_str())
        || undotted && is_name(text.split(',').next().unwrap_or(text))
}

/// Somebody with a post: "Ana Ruiz, alcaldesa de Upala", "Luis Paz – Gobernador".
pub(crate) fn is_person_with_post(text: &str) -> bool {
    let head = text.split([',', '–', '—', '(', ':']).next().unwrap_or_default();
    let head = head.split(". ").next().filter(|head| is_full_name(head)).unwrap_or(head);
    let head = head.split(" - ").next().unwrap_or_default().split("- ").next().unwrap_or_default().trim();
    has_title(text) || is_full_name(head) && head.split_whitespace().count() <= 5 && is_name(head) && text.len() < 260
}

/// The speakers that a text names, and whether it says that they are to be confirmed.
pub(crate) fn speakers(text: &str, role: Role) -> Vec<Speaker> {
    let mut text = text.trim().trim_matches(['|', '-', '–', '—', ':', ';']).trim();
    let mut role = role;
    if let Some((label, rest)) = labelled(text) {
        role = role_of(label);
        text = rest;
    }
    if text.is_empty() {
        return Vec::new();
    }
    let plain = folded(text);
    if EVERYBODY.contains(&plain.as_str()) {
        return vec![Speaker { name: text.to_owned(), tbc: false, role: Role::All }];
    }
    // "All participants / facilitators: …": everybody, and some with a role.
    for separator in [" / ", " · ", "; ", "\n"] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1
            && (parts.iter().any(|part| labelled(part).is_some() || EVERYBODY.contains(&folded(part).as_str()))
                || parts.iter().all(|part| is_person_with_post(part) || are_names(part)))
        {
            return parts.iter().flat_map(|part| speakers(part, role)).collect();
        }
    }
    // "All participants Facilitators: …", as a PDF lets lines flow.
    let role_at = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).find(|at| {
        text[at + 1..].split_once(':').is_some_and(|(label, _)| !label.contains(' ') && labels::is_role_word(&folded(label)))
    });
    if let Some(at) = role_at.filter(|at| *at > 0) {
        return [&text[..at], &text[at + 1..]].iter().flat_map(|part| speakers(part, role)).collect();
    }
    let tbc = marks(text).iter().any(|mark| mark.meaning == Meaning::Tbc);
    if tbc {
        if let Some(parts) = two_unconfirmed(text) {
            return parts.into_iter().map(|name| Speaker { name, tbc: true, role }).collect();
        }
        let name = without_tbc(text);
        return vec![Speaker { name, tbc: true, role }];
    }
    // "Municipality of Esquipulas and CGLU": two, where the second is an acronym or each is a whole name.
    for joint in [" and ", " y ", " e ", " et ", " & "] {
        if let Some((one, other)) = text.split_once(joint)
            && !other.contains(joint)
            && [one, other].iter().all(|part| is_name(part.trim()) && (is_full_name(part.trim()) || is_acronym(part.trim())))
            && !one.contains(',')
        {
            return vec![named(one, role), named(other, role)];
        }
    }
    if let Some(parts) = each_with_organisation(text) {
        return parts.into_iter().flat_map(|part| speakers(part, role)).collect();
    }
    if text.contains(", ") && !is_person_with_comma(text) && !says_post(text) && are_names(text) {
        return text.split(',').flat_map(|part| speakers(part, role)).collect();
    }
    vec![named(text, role)]
}

/// "CGLU (por confirmar) y MMC (por confirmar)": two, and neither is certain; nor is the first where the mark stands behind
/// the last.
fn two_unconfirmed(text: &str) -> Option<Vec<String>> {
    let whole = |part: &str| {
        let name = without_tbc(part);
        (is_name(&name) && (is_full_name(&name) || is_acronym(&name))).then_some(name)
    };
    [" and ", " y ", " e ", " et ", " & ", " / ", ", "].iter().find_map(|joint| {
        let parts: Option<Vec<String>> = text.split(joint).map(whole).collect();
        parts.filter(|parts| parts.len() > 1)
    })
}

/// "Ana Ruiz (Red), Luis Paz": several people, of whom some have their organisation in a parenthesis.
fn each_with_organisation(text: &str) -> Option<Vec<&str>> {
    let (mut depth, mut from) = (0usize, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    let name = |part: &str| part.split(" (").next().unwrap_or_default().trim().to_owned();
    let people = parts.iter().all(|part| is_full_name(&name(part)) && is_name(&name(part)));
    (parts.len() > 1 && people && text.contains(" (")).then_some(parts)
}

/// "Municipality of Esquipulas, Guatemala": one name and where it is.
fn is_person_with_comma(text: &str) -> bool {
    let parts: Vec<&str> = text.split(", ").collect();
    parts.len() == 2 && parts[1].split_whitespace().count() <= 2 && parts[0].split_whitespace().count() >= 3
}

/// "Dra. Ana Ruiz, Directora del Museo": behind the comma stands what somebody is.
fn says_post(text: &str) -> bool {
    const POSTS: [&str; 30] = [
        "director",
        "directora",
        "directeur",
        "directrice",
        "diretor",
        "diretora",
        "presidente",
        "presidenta",
        "president",
        "vicepresidente",
        "alcalde",
        "alcaldesa",
        "mayor",
        "maire",
        "rector",
        "rectora",
        "ministro",
        "ministra",
        "minister",
        "secretario",
        "secretaria",
        "coordinador",
        "coordinadora",
        "jefe",
        "jefa",
        "head",
        "gerente",
        "ceo",
        "professor",
        "profesora",
    ];
    let posts = text.split(", ").skip(1).filter_map(|part| part.split_whitespace().next());
    posts.into_iter().any(|word| POSTS.contains(&folded(word).as_str()))
}

pub(crate) fn is_acronym(text: &str) -> bool {
    (2..=10).contains(&text.len()) && text.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '&' | '/'))
}

fn named(text: &str, role: Role) -> Speaker {
    Speaker { name: text.trim().trim_end_matches([';', ',']).trim().to_owned(), tbc: false, role }
}

const EVERYBODY: [&str; 16] = [
    "all",
    "everybody",
    "everyone",
    "all participants",
    "todos",
    "todas",
    "todas las personas",
    "todos los participantes",
    "todas y todos",
    "participantes",
    "participants",
    "tous",
    "tous les participants",
    "todos os participantes",
    "plenaria",
    "plenary",
];

/// "Modera: Ana Ruiz" as its label and the rest.
pub(crate) fn labelled(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.split_once(':')?;
    let words: Vec<String> = folded(label).split(' ').map(str::to_owned).collect();
    let by = words.len() <= 3 && words.last().is_some_and(|word| matches!(word.as_str(), "by" | "por" | "par"));
    let role =
        by || words.first().is_some_and(|word| labels::is_role_word(word)) && words.len() <= 4 || folded(label) == "a cargo de";
    (role && rest.len() < 300).then(|| (label, rest.trim()))
}

fn role_of(label: &str) -> Role {
    let label = folded(label);
    if label.contains("modera") || label.contains("conduce") || label.contains("media") || label.contains("chair") {
        return if label.contains("presenter") { Role::Speaker } else { Role::Moderator };
    }
    if label.contains("facilita") || label.contains("coordina") { Role::Facilitator } else { Role::Speaker }
}

/// The words beside "to be confirmed": "IADB (TBC)" is IADB, "[Por definir]" nobody.
pub(crate) fn without_tbc(text: &str) -> String {
    let mut out = text.to_owned();
    for mark in marks(text).iter().rev().filter(|mark| mark.meaning == Meaning::Tbc) {
        out.replace_range(mark.range.clone(), "");
    }
    let out = out.replace("()", "").replace("( )", "").replace("[]", "").replace("[ ]", "");
    let out = out.trim().trim_matches(['(', ')', '[', ']', '-', '–', ',', ':', ';', '*']).trim();
    // "Upala (Costa Rica): por confirmar" keeps its parenthesis.
    if out.contains('(') && !out.contains(')') { format!("{out})") } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        for name in [
            "Ana Ruiz",
            "Ana Ruiz & Luis Paz",
            "@handle",
            "Ruiz",
            "Ministerio de Salud",
            "Ana Ruiz (remote)",
            "Chairs, Brandon",
            "Chris and Ada",
        ] {
            assert!(are_names(name), "{name}");
        }
        for none in
            ["Streaming", "security issues", "cont'd", "any other business", "issue discussion or interop; TBD", "Fase 2", ""]
        {
            assert!(!are_names(none), "{none}");
        }
    }

    #[test]
    fn speakers_are_split_where_each_is_one() {
        let names = |text| speakers(text, Role::Speaker).into_iter().map(|one| (one.name, one.tbc, one.role)).collect::<Vec<_>>();
        let plain = |name: &str| (name.to_owned(), false, Role::Speaker);
        assert_eq!(names("Municipality of Esquipulas, Guatemala"), [plain("Municipality of Esquipulas, Guatemala")]);
        assert_eq!(names("Municipality of Esquipulas and CGLU"), [plain("Municipality of Esquipulas"), plain("CGLU")]);
        assert_eq!(names("Dra. Ana Ruiz, Directora del Museo"), [plain("Dra. Ana Ruiz, Directora del Museo")]);
        assert_eq!(names("IADB (TBC)"), [("IADB".to_owned(), true, Role::Speaker)]);
        let unsure = |name: &str| (name.to_owned(), true, Role::Speaker);
        assert_eq!(names("CGLU (por confirmar) y MMC (por confirmar)"), [unsure("CGLU"), unsure("MMC")]);
        assert_eq!(names("Ana Ruiz (Red del Agua), Luis Paz"), [plain("Ana Ruiz (Red del Agua)"), plain("Luis Paz")]);
        assert_eq!(names("Ana Ruiz y Luis Paz (por confirmar)"), [unsure("Ana Ruiz"), unsure("Luis Paz")]);
        assert_eq!(
            names("All participants / facilitators: Municipality of Esquipulas and CGLU"),
            [
                ("All participants".to_owned(), false, Role::All),
                ("Municipality of Esquipulas".to_owned(), false, Role::Facilitator),
                ("CGLU".to_owned(), false, Role::Facilitator)
            ]
        );
    }
}
