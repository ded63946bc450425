//! Organisations that agendas of the region name by their acronyms alone, with their names in both languages.

use std::collections::BTreeMap;

use convoca_core::locale::names::slug;
use convoca_core::schema::PartyKind;
use convoca_core::schema::PartyKind::{Agency, Network, Secretariat};

use super::names::is_acronym;

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
    pub(super) fn acronym_in(&self, spelt: &BTreeMap<String, String>, written: &str) -> Option<String> {
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
