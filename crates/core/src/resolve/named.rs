//! Names as agendas print them: whether one is a name at all, and of a person or an organisation.

use crate::decode::slug;

/// Before the name of a person, in the forms of these countries.
const HONORIFICS: [&str; 36] = [
    "sr",
    "sra",
    "srta",
    "señor",
    "señora",
    "don",
    "doña",
    "dr",
    "dra",
    "lic",
    "licda",
    "licdo",
    "licenciado",
    "licenciada",
    "ing",
    "inga",
    "arq",
    "arqta",
    "mtro",
    "mtra",
    "msc",
    "mba",
    "prof",
    "profa",
    "abg",
    "abog",
    "excmo",
    "excma",
    "embajador",
    "embajadora",
    "alcalde",
    "alcaldesa",
    "mr",
    "mrs",
    "ms",
    "prof",
];

/// Words of which organisations are called.
const ORGANISATIONS: [&str; 40] = [
    "municipalidad",
    "municipio",
    "alcaldia",
    "ayuntamiento",
    "intendencia",
    "gobierno",
    "gobernacion",
    "ministerio",
    "secretaria",
    "universidad",
    "facultad",
    "instituto",
    "centro",
    "fundacion",
    "asociacion",
    "federacion",
    "mancomunidad",
    "comision",
    "consejo",
    "comite",
    "red",
    "banco",
    "fondo",
    "programa",
    "organizacion",
    "oficina",
    "agencia",
    "embajada",
    "cooperativa",
    "camara",
    "municipality",
    "university",
    "ministry",
    "institute",
    "foundation",
    "association",
    "council",
    "network",
    "office",
    "bank",
];

/// Within a name, in lower case.
const PARTICLES: [&str; 10] = ["de", "del", "la", "las", "los", "y", "e", "da", "van", "von"];

/// Whether words are a name that somebody wrote out, rather than an id: of several words, or with an honorific.
pub(crate) fn is_name(written: &str) -> bool {
    let words = written.split_whitespace().count();
    words > 1 && written.chars().any(char::is_uppercase)
}

/// Whether it is the name of a person: by its honorific, or by names alone, none of them that of an organisation.
pub(crate) fn is_person(written: &str) -> bool {
    let head = written.split(',').next().unwrap_or(written);
    if honorific(head).is_some() {
        return true;
    }
    let words: Vec<&str> = head.split_whitespace().collect();
    let is_name = |word: &&str| {
        let rest_small = word.chars().skip(1).any(char::is_lowercase) || word.ends_with('.');
        PARTICLES.contains(word) || (word.starts_with(char::is_uppercase) && rest_small)
    };
    (2..=5).contains(&words.len())
        && words.iter().all(is_name)
        && !slug(head).split('-').any(|word| ORGANISATIONS.contains(&word))
}

/// What stands before the name, with its full stop.
fn honorific(name: &str) -> Option<&str> {
    let first = name.split_whitespace().next()?;
    let bare = first.trim_end_matches(['.', 'ª', 'º']).to_lowercase();
    HONORIFICS.contains(&bare.as_str()).then_some(first)
}

/// The name without what stands before it and without the position behind the comma.
pub(crate) fn bare(written: &str) -> &str {
    let mut name = written.split(',').next().unwrap_or(written).trim();
    while let Some(before) = honorific(name) {
        let rest = name[before.len()..].trim_start();
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    name
}

/// A short identifier for it.
pub(crate) fn short_id(written: &str) -> String {
    let bare = bare(written).split(['(', '–', ':']).next().unwrap_or(written);
    let words = slug(bare);
    let words: Vec<&str> = words.split('-').filter(|word| !PARTICLES.contains(word)).take(3).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_organisations() {
        for person in ["Lic. Ana Ejemplo, Alcaldesa de Muestra", "Ana Ejemplo de la Cruz", "Dra. Prueba", "J. Muestra Pérez"] {
            assert!(is_person(person), "{person}");
        }
        for other in ["Municipalidad de Muestra", "Red Centroamericana de Alcaldías", "ONU Mujeres", "Universidad de Ejemplo"] {
            assert!(is_name(other) && !is_person(other), "{other}");
        }
        assert!(!is_name("uclg") && !is_name("ana-ejemplo"));
        assert_eq!(bare("Lic. Ana Ejemplo, Alcaldesa de Muestra"), "Ana Ejemplo");
        assert_eq!(short_id("Lic. Ana Ejemplo, Alcaldesa de Muestra"), "ana-ejemplo");
        assert_eq!(short_id("Municipalidad de Muestra (Honduras)"), "municipalidad-muestra");
    }
}
