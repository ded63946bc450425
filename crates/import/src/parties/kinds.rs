//! What sort of organisation a name says that it is.

use convoca_core::schema::PartyKind;

use crate::grammar::folded;

/// "Municipality of Esquipulas": Esquipulas.
pub(crate) fn short(name: &str) -> &str {
    const KINDS: [&str; 14] = [
        "municipality of ",
        "municipalidad de ",
        "municipio de ",
        "alcaldía de ",
        "alcaldia de ",
        "ayuntamiento de ",
        "city of ",
        "ciudad de ",
        "prefeitura de ",
        "prefeitura municipal de ",
        "mairie de ",
        "câmara municipal de ",
        "intendencia de ",
        "gobierno municipal de ",
    ];
    let lower = name.to_lowercase();
    if lower.len() != name.len() {
        return name;
    }
    KINDS
        .iter()
        .find_map(|kind| lower.starts_with(kind).then(|| &name[kind.len()..]))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(name)
}

/// What sort of organisation a name says that it is.
pub(crate) fn kind_of(name: &str) -> Option<PartyKind> {
    let text = folded(name);
    let words: Vec<&str> = text.split(' ').collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if has(&[
        "municipality",
        "municipalidad",
        "municipalidades",
        "municipio",
        "alcaldia",
        "ayuntamiento",
        "prefeitura",
        "mairie",
        "intendencia",
        "city",
        "ciudad",
        "camara",
        "municipal",
    ]) {
        return Some(PartyKind::Municipality);
    }
    if has(&["secretariat", "secretaria", "secretariado", "secretaire"]) && words.len() > 1 {
        return Some(PartyKind::Secretariat);
    }
    if has(&[
        "network",
        "red",
        "rede",
        "reseau",
        "federacion",
        "federation",
        "mancomunidad",
        "association",
        "asociacion",
        "associacao",
        "council",
        "consejo",
        "conseil",
        "union",
    ]) {
        return Some(PartyKind::Network);
    }
    if has(&["panel"]) {
        return Some(PartyKind::Panel);
    }
    if has(&[
        "team",
        "teams",
        "equipo",
        "equipos",
        "equipe",
        "comite",
        "committee",
        "group",
        "grupo",
        "comision",
        "commission",
        "participants",
        "chairs",
    ]) {
        return Some(PartyKind::Team);
    }
    if has(&[
        "agency",
        "agencia",
        "organization",
        "organizacion",
        "organismo",
        "ministry",
        "ministerio",
        "ministere",
        "instituto",
        "institute",
        "institut",
        "university",
        "universidad",
        "universidade",
        "universite",
        "bank",
        "banco",
        "fund",
        "fondo",
        "foundation",
        "fundacion",
        "fundacao",
        "programme",
        "office",
        "oficina",
        "direccion",
        "department",
        "departamento",
        "gobierno",
        "government",
        "ong",
        "ngo",
        "corporacion",
        "centro",
        "center",
        "centre",
        "cooperativa",
        "cruz",
        "cross",
        "nations",
        "naciones",
    ]) {
        return Some(PartyKind::Agency);
    }
    None
}
