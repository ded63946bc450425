//! `group.toml` for a folder that has none.

use convoca_core::locale::Lang;
use convoca_core::schema::PartyKind;
use convoca_core::time::Country;

use super::toml::{comment, line, wording};
use super::{Request, group_name, short_slug};
use crate::agenda::Imported;
use crate::note::Note;
use crate::parties::{Cast, NewParty};

pub(crate) fn file(
    imported: &Imported,
    note: Option<&Note>,
    (cast, countries): (&Cast, &[Country]),
    lang: Lang,
    (request, zone): (&Request<'_>, Option<&str>),
) -> String {
    let say = |en: &str, es: &str| {
        comment(match request.lang {
            Lang::En => en,
            Lang::Es => es,
        })
    };
    let name = group_name(imported, note).unwrap_or_else(|| request.from.to_owned());
    let name = name.as_str();
    let code = lang.code();
    let mut out = vec![
        say(
            &format!("The group, as `{}` names it. Holds for every session.", request.from),
            &format!("El grupo, como lo nombra «{}». Vale para todas las sesiones.", request.from),
        ),
        String::new(),
        format!("id = {}", line(&Some(short_slug(name)).filter(|id| !id.is_empty()).unwrap_or_else(|| "group".to_owned()))),
        format!("languages = [\"{code}\"]"),
    ];
    match zone {
        Some(zone) => out.push(format!("time-zone = {}", line(zone))),
        None => out.extend([
            say(
                "No document states the zone of the hours. Write it here, for example:",
                "Ningún documento dice de qué zona son las horas. Escríbala aquí, por ejemplo:",
            ),
            "# time-zone = \"America/Guatemala\"".to_owned(),
        ]),
    }
    if !countries.is_empty() {
        let listed: Vec<String> = countries.iter().map(|country| line(country.code)).collect();
        out.push(format!("countries = [{}]", listed.join(", ")));
    }
    out.push(format!("name = {}", wording(code, name)));
    out.push(String::new());
    for party in &cast.parties {
        out.push(party_block(party, code));
    }
    for person in &cast.people {
        out.push(format!("[people.{}]", person.id));
        out.push(format!("name = {}", line(&person.name)));
        if let Some(role) = &person.role {
            out.push(format!("role = {}", wording(code, role)));
        }
        out.extend(person.email.as_ref().map(|email| format!("email = {}", line(email))));
        out.push(String::new());
    }
    out.join("\n").trim_end().to_owned() + "\n"
}

/// `[parties.ID]` with what is known of it.
pub(crate) fn party_block(party: &NewParty, code: &str) -> String {
    let mut out = vec![format!("[parties.{}]", party.id)];
    let kind = match party.kind {
        PartyKind::Municipality => "municipality",
        PartyKind::Agency => "agency",
        PartyKind::Network => "network",
        PartyKind::Secretariat => "secretariat",
        PartyKind::Team => "team",
        PartyKind::Panel => "panel",
        PartyKind::Other => "other",
    };
    out.push(format!("kind = \"{kind}\""));
    if let Some(country) = party.country {
        out.push(format!("country = \"{country}\""));
    }
    match party.known {
        Some(known) => {
            out.push(format!("name = {{ es = {}, en = {} }}", line(known.es), line(known.en)));
            out.push(format!("acronym = {{ es = {}, en = {} }}", line(known.es_acronym), line(known.en_acronym)));
        }
        None => {
            out.push(format!("name = {}", wording(code, &party.name)));
            if let Some(acronym) = party.acronym.as_ref().filter(|acronym| **acronym != party.name) {
                out.push(format!("acronym = {}", wording(code, acronym)));
            }
        }
    }
    out.join("\n") + "\n"
}
