//! Who is named in a document: organisations and people, each once, matched with those that a group has.

use std::collections::{BTreeMap, BTreeSet};

use convoca_core::locale::{Text, names::slug};
use convoca_core::model::Programme;
use convoca_core::schema::PartyKind;
use convoca_core::text;
use convoca_core::time::country_called;

use crate::agenda::{Imported, Role};
use crate::grammar::folded;
use crate::source::Document;

/// What a name in the document is to the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A party or person by id.
    Id(String),
    /// A party under another of its names, written as the document has it.
    Spelling(String),
    /// Words for somebody who is neither: "Speakers", "the presidents of the colleges".
    Words(String),
}

/// An organisation that the group does not have yet.
#[derive(Clone, Debug)]
pub struct NewParty {
    pub id: String,
    pub kind: PartyKind,
    pub name: String,
    /// In both languages, where the organisation is known.
    pub known: Option<&'static Known>,
    /// Its acronym, as the document writes it.
    pub acronym: Option<String>,
    pub country: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: String,
    pub name: String,
    pub role: Option<String>,
}

/// Everybody who is named.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    pub parties: Vec<NewParty>,
    pub people: Vec<NewPerson>,
    by_name: BTreeMap<String, Who>,
    /// Ids of the group that is there.
    taken: BTreeSet<String>,
    /// Names that may be the same: for a person to settle.
    pub doubts: Vec<Text>,
}

impl Cast {
    /// Who a name is.
    pub fn who(&self, name: &str) -> Who {
        self.by_name.get(name).cloned().unwrap_or_else(|| Who::Words(name.to_owned()))
    }

    /// Everybody in the items of some sessions.
    pub fn of(imported: &Imported, document: &Document, programme: Option<&Programme>) -> Cast {
        let group = programme.map(|programme| &programme.group);
        let taken = group.into_iter().flat_map(|group| {
            let people = group.people.iter().map(|person| person.id.clone());
            group.parties.iter().map(|party| party.id.clone()).chain(people)
        });
        let mut cast = Cast { taken: taken.collect(), ..Cast::default() };
        let spelt = spelt_out(document);
        let speakers = imported.sessions.iter().flat_map(|session| {
            let items = session.items.iter().flat_map(|item| {
                let groups = item.groups.iter().flat_map(|group| &group.speakers);
                item.speakers.iter().chain(groups)
            });
            session.moderator.iter().chain(items)
        });
        for speaker in speakers {
            if speaker.role != Role::All && !speaker.name.is_empty() && !cast.by_name.contains_key(&speaker.name) {
                let who = cast.find(&speaker.name, speaker.tbc, programme, &spelt);
                cast.by_name.insert(speaker.name.clone(), who);
            }
        }
        cast
    }

    fn find(&mut self, name: &str, tbc: bool, programme: Option<&Programme>, spelt: &BTreeMap<String, String>) -> Who {
        let (plain, country) = without_country(name);
        let wanted = slug(plain);
        if let Some(programme) = programme {
            let group = &programme.group;
            if let Some(person) = group.people.iter().find(|person| slug(&person.name) == slug(person_name(name))) {
                return Who::Id(person.id.clone());
            }
            if let Some(party) = group.parties.iter().find(|party| party.names().any(|own| slug(own) == wanted)) {
                let same = party.id == wanted || slug(&party.name.es) == wanted || slug(&party.name.en) == wanted;
                return if same { Who::Id(party.id.clone()) } else { Who::Spelling(plain.to_owned()) };
            }
            let near = |own: &str| !own.is_empty() && strsim::jaro_winkler(&slug(own), &wanted) > 0.93;
            if let Some(party) = group.parties.iter().find(|party| party.names().any(near)) {
                let id = &party.id;
                self.doubts.push(text!(
                    "is \"{name}\" the party `{id}`? It is proposed as another",
                    "¿«{name}» es la organización `{id}`? Se propone como otra"
                ));
            }
        }
        let known = known(plain);
        if let Some(party) = self.parties.iter().find(|party| {
            slug(&party.name) == wanted || known.is_some_and(|known| party.known.is_some_and(|own| std::ptr::eq(own, known)))
        }) {
            let first = party.acronym.as_deref().is_none_or(|own| slug(own) == wanted || !is_acronym(plain));
            return if first { Who::Id(party.id.clone()) } else { Who::Spelling(plain.to_owned()) };
        }
        if let Some(person) = self.people.iter().find(|person| slug(&person.name) == slug(person_name(name))) {
            return Who::Id(person.id.clone());
        }
        let organisation = kind_of(plain);
        // "A municipality, to be confirmed" and "the presidents of the colleges" name nobody.
        let words = plain.split_whitespace().count();
        if known.is_none()
            && !is_acronym(plain)
            && (tbc && words == 1 || words > 9 || !plain.starts_with(|c: char| c.is_uppercase() || c == '@'))
        {
            return Who::Words(name.to_owned());
        }
        if organisation.is_none() && known.is_none() && !is_acronym(plain) && is_person(name) {
            let (own, role) = (person_name(name).to_owned(), person_role(name));
            let id = self.free(&slug(&own));
            self.people.push(NewPerson { id: id.clone(), name: own, role });
            return Who::Id(id);
        }
        if organisation.is_none() && known.is_none() && !is_acronym(plain) && words < 2 {
            return Who::Words(name.to_owned());
        }
        let acronym = known.map_or_else(|| is_acronym(plain).then(|| plain.to_owned()), |known| known.acronym_in(spelt, plain));
        let full = spelt.get(plain).cloned().unwrap_or_else(|| plain.to_owned());
        let id = match known {
            Some(known) => known.en_acronym.to_lowercase().replace(' ', "-"),
            None => slug(short(plain)),
        };
        let id = self.free(&id);
        let kind = known.map(|known| known.kind).or(organisation).unwrap_or(PartyKind::Other);
        let same_spelling = acronym.as_deref().is_none_or(|own| slug(own) == wanted || !is_acronym(plain));
        self.parties.push(NewParty { id: id.clone(), kind, name: full, known, acronym, country });
        if same_spelling { Who::Id(id) } else { Who::Spelling(plain.to_owned()) }
    }

    /// An id that nobody has yet.
    fn free(&self, wanted: &str) -> String {
        let mut wanted: String = wanted.chars().take(40).collect();
        wanted.truncate(wanted.trim_end_matches('-').len());
        if wanted.is_empty() {
            wanted.push_str("party");
        }
        let taken = |id: &str| {
            self.taken.contains(id)
                || self.parties.iter().any(|party| party.id == id)
                || self.people.iter().any(|person| person.id == id)
        };
        if !taken(&wanted) {
            return wanted;
        }
        (2..).map(|number| format!("{wanted}-{number}")).find(|id| !taken(id)).unwrap_or(wanted)
    }
}

fn is_acronym(text: &str) -> bool {
    (2..=10).contains(&text.len()) && text.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '&'))
}

/// "Municipality of Esquipulas, Guatemala" and "… (Guatemala)" with the country apart.
fn without_country(name: &str) -> (&str, Option<&'static str>) {
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
fn spelt_out(document: &Document) -> BTreeMap<String, String> {
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

fn is_person(text: &str) -> bool {
    let name = person_name(text);
    let words: Vec<&str> = name.split_whitespace().collect();
    text.starts_with('@')
        || crate::agenda::has_title(text)
        || (2..=5).contains(&words.len())
            && crate::agenda::are_names(name)
            && words.iter().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
}

/// An organisation with its names in both languages.
#[derive(Debug)]
pub struct Known {
    pub en_acronym: &'static str,
    pub es_acronym: &'static str,
    pub en: &'static str,
    pub es: &'static str,
    pub kind: PartyKind,
}

impl Known {
    /// The acronym that the document spells out, or the one it writes.
    fn acronym_in(&self, spelt: &BTreeMap<String, String>, written: &str) -> Option<String> {
        let own = [self.en_acronym, self.es_acronym];
        own.iter()
            .find(|own| spelt.contains_key(**own))
            .map(|own| (*own).to_owned())
            .or_else(|| is_acronym(written).then(|| written.to_owned()))
    }
}

const fn known_as(
    en_acronym: &'static str,
    es_acronym: &'static str,
    en: &'static str,
    es: &'static str,
    kind: PartyKind,
) -> Known {
    Known { en_acronym, es_acronym, en, es, kind }
}

use PartyKind::{Agency, Network, Secretariat};

/// Organisations whose acronyms differ by language or which agendas of the region name without their names.
static KNOWN: [Known; 32] = [
    known_as("UCLG", "CGLU", "United Cities and Local Governments", "Ciudades y Gobiernos Locales Unidos", Network),
    known_as("MMC", "MMC", "Mayors Migration Council", "Consejo de Alcaldes para la Migración", Network),
    known_as("UNHCR", "ACNUR", "United Nations Refugee Agency", "Agencia de las Naciones Unidas para los Refugiados", Agency),
    known_as("IOM", "OIM", "International Organization for Migration", "Organización Internacional para las Migraciones", Agency),
    known_as(
        "UNDP",
        "PNUD",
        "United Nations Development Programme",
        "Programa de las Naciones Unidas para el Desarrollo",
        Agency,
    ),
    known_as("IADB", "BID", "Inter-American Development Bank", "Banco Interamericano de Desarrollo", Agency),
    known_as("OAS", "OEA", "Organization of American States", "Organización de los Estados Americanos", Agency),
    known_as("UN", "ONU", "United Nations", "Naciones Unidas", Agency),
    known_as("UNICEF", "UNICEF", "United Nations Children's Fund", "Fondo de las Naciones Unidas para la Infancia", Agency),
    known_as("WHO", "OMS", "World Health Organization", "Organización Mundial de la Salud", Agency),
    known_as("PAHO", "OPS", "Pan American Health Organization", "Organización Panamericana de la Salud", Agency),
    known_as("ILO", "OIT", "International Labour Organization", "Organización Internacional del Trabajo", Agency),
    known_as(
        "FAO",
        "FAO",
        "Food and Agriculture Organization of the United Nations",
        "Organización de las Naciones Unidas para la Alimentación y la Agricultura",
        Agency,
    ),
    known_as("WFP", "PMA", "World Food Programme", "Programa Mundial de Alimentos", Agency),
    known_as("UNFPA", "UNFPA", "United Nations Population Fund", "Fondo de Población de las Naciones Unidas", Agency),
    known_as(
        "UNESCO",
        "UNESCO",
        "United Nations Educational, Scientific and Cultural Organization",
        "Organización de las Naciones Unidas para la Educación, la Ciencia y la Cultura",
        Agency,
    ),
    known_as("UN Women", "ONU Mujeres", "UN Women", "ONU Mujeres", Agency),
    known_as(
        "ECLAC",
        "CEPAL",
        "Economic Commission for Latin America and the Caribbean",
        "Comisión Económica para América Latina y el Caribe",
        Agency,
    ),
    known_as(
        "OHCHR",
        "ACNUDH",
        "Office of the High Commissioner for Human Rights",
        "Oficina del Alto Comisionado para los Derechos Humanos",
        Agency,
    ),
    known_as(
        "OCHA",
        "OCHA",
        "Office for the Coordination of Humanitarian Affairs",
        "Oficina de Coordinación de Asuntos Humanitarios",
        Agency,
    ),
    known_as("WB", "BM", "World Bank", "Banco Mundial", Agency),
    known_as(
        "CABEI",
        "BCIE",
        "Central American Bank for Economic Integration",
        "Banco Centroamericano de Integración Económica",
        Agency,
    ),
    known_as("SICA", "SICA", "Central American Integration System", "Sistema de la Integración Centroamericana", Agency),
    known_as(
        "SISCA",
        "SISCA",
        "Secretariat for Central American Social Integration",
        "Secretaría de la Integración Social Centroamericana",
        Secretariat,
    ),
    known_as(
        "IFRC",
        "FICR",
        "International Federation of Red Cross and Red Crescent Societies",
        "Federación Internacional de Sociedades de la Cruz Roja y de la Media Luna Roja",
        Agency,
    ),
    known_as("ICRC", "CICR", "International Committee of the Red Cross", "Comité Internacional de la Cruz Roja", Agency),
    known_as("EU", "UE", "European Union", "Unión Europea", Agency),
    known_as("NRC", "NRC", "Norwegian Refugee Council", "Consejo Noruego para Refugiados", Agency),
    known_as("GIZ", "GIZ", "German Agency for International Cooperation", "Agencia Alemana de Cooperación Internacional", Agency),
    known_as(
        "AECID",
        "AECID",
        "Spanish Agency for International Development Cooperation",
        "Agencia Española de Cooperación Internacional para el Desarrollo",
        Agency,
    ),
    known_as(
        "USAID",
        "USAID",
        "United States Agency for International Development",
        "Agencia de los Estados Unidos para el Desarrollo Internacional",
        Agency,
    ),
    known_as(
        "UNDRR",
        "UNDRR",
        "United Nations Office for Disaster Risk Reduction",
        "Oficina de las Naciones Unidas para la Reducción del Riesgo de Desastres",
        Agency,
    ),
];

/// The organisation that a name or an acronym means in either language.
pub(crate) fn known(name: &str) -> Option<&'static Known> {
    let wanted = slug(name);
    KNOWN.iter().find(|known| {
        let acronyms = [known.en_acronym, known.es_acronym].contains(&name) || name == "IDB" && known.en_acronym == "IADB";
        acronyms || wanted == slug(known.en) || wanted == slug(known.es)
    })
}
