//! What the lines around an agenda say of the session: who moderates, where, by which link, by whose clocks.

use std::collections::BTreeSet;

use super::clocks::{Told, told, zone_of_all};
use super::people::{self, labelled};
use super::result::{Also, Clock, FoundSession, Imported, Role, Speaker, Stated};
use crate::grammar::folded;
use crate::source::{Document, Line};

/// Takes what lines say that are in no item into the session that they stand at; those ahead of the first hold for all.
pub(super) fn take(imported: &mut Imported, document: &Document) {
    let in_items: BTreeSet<usize> = imported.in_items().collect();
    let starts: Vec<usize> = imported.sessions.iter().map(|session| session.line).collect();
    for line in document.lines.iter().filter(|line| !in_items.contains(&line.number)) {
        let Some(text) = said(line) else { continue };
        let own = starts.iter().rposition(|start| *start <= line.number);
        let of = match own {
            Some(at) => at..at + 1,
            None => 0..starts.len(),
        };
        let mut taken = false;
        for session in &mut imported.sessions[of] {
            taken |= one(session, &text, line.number);
        }
        if taken {
            imported.heads.insert(line.number);
            imported.left.retain(|left| left.line != line.number);
        }
    }
}

/// The text of a line, or of a row of a label and what it says.
fn said(line: &Line) -> Option<String> {
    if let Some(text) = line.only() {
        return Some(text.to_owned());
    }
    match line.cells.as_slice() {
        [label, value] => Some(format!("{}: {}", label.trim().trim_end_matches(':'), value.trim())),
        // "CR/GT: 2:00 p.m. | PA: 3:00 p.m."
        _ => Some(line.whole()).filter(|whole| told(whole).len() > 1),
    }
}

/// Whether a line said something of the session.
fn one(session: &mut FoundSession, text: &str, line: usize) -> bool {
    let hours = clocks(session, text, line);
    let Some((label, value)) = text.split_once(':').map(|(label, value)| (folded(label), value.trim())) else {
        return link(session, text) || hours;
    };
    if value.is_empty() || label.split(' ').count() > 5 {
        return link(session, text) || hours;
    }
    let first = label.split(' ').next().unwrap_or_default();
    match (label.as_str(), first) {
        ("hora de inicio" | "hora inicio" | "start time" | "heure de debut" | "hora inicial", _) => bound(session, text, true),
        (
            "hora de finalizacion"
            | "hora de cierre"
            | "hora fin"
            | "hora final"
            | "hora de fin"
            | "end time"
            | "heure de fin"
            | "hora de termino",
            _,
        ) => bound(session, text, false),
        _ if is_moderator(&label) => moderator(session, text, value),
        (
            _,
            "lugar" | "place" | "location" | "lieu" | "local" | "where" | "donde" | "sala" | "room" | "salon" | "salle" | "venue"
            | "sede" | "ubicacion" | "modalidad" | "modality" | "modalite" | "plataforma" | "platform" | "plateforme"
            | "direccion" | "endereco" | "adresse",
        ) => link(session, value) || place(session, value),
        (
            _,
            "enlace" | "link" | "links" | "liga" | "vinculo" | "lien" | "zoom" | "teams" | "meet" | "google" | "webex" | "join"
            | "unirse" | "conexion" | "conectarse" | "acceso" | "access" | "acces" | "url" | "videoconferencia" | "reuniao",
        ) if value.contains("://") => link(session, value),
        (
            "meeting id"
            | "id de reunion"
            | "id de la reunion"
            | "id reunion"
            | "id"
            | "id da reuniao"
            | "passcode"
            | "password"
            | "contrasena"
            | "clave"
            | "codigo de acceso"
            | "codigo"
            | "senha"
            | "mot de passe"
            | "dial in"
            | "acceso por telefono",
            _,
        ) => {
            session.how_to_join.push(text.trim().to_owned());
            true
        }
        (_, "interpretacion" | "interpretation" | "interpretacao") => interpretation(session, value),
        (_, "idioma" | "idiomas" | "language" | "languages" | "langue" | "langues" | "lingua")
            if folded(value).contains("interpret") =>
        {
            interpretation(session, value)
        }
        _ => hours || !is_about_papers(&label) && link(session, value),
    }
}

/// "Notes: https://…" is no call.
fn is_about_papers(label: &str) -> bool {
    label.split(' ').any(|word| {
        matches!(
            word,
            "notes"
                | "notas"
                | "minutes"
                | "acta"
                | "slides"
                | "documentos"
                | "documents"
                | "materiales"
                | "agenda"
                | "inscripcion"
                | "inscripciones"
                | "registro"
                | "registration"
                | "formulario"
                | "web"
                | "sitio"
                | "website"
                | "grabacion"
        )
    })
}

fn is_moderator(label: &str) -> bool {
    let word = label.split(' ').next().unwrap_or_default();
    word.starts_with("modera")
        || matches!(
            word,
            "mediacao"
                | "mediador"
                | "mediadora"
                | "conduce"
                | "conducen"
                | "conduccion"
                | "preside"
                | "chair"
                | "chairs"
                | "host"
                | "facilita"
                | "facilitan"
                | "facilitador"
                | "facilitadora"
                | "facilitator"
                | "coordina"
                | "coordinacion"
                | "animation"
                | "animateur"
                | "animatrice"
                | "anime"
        )
}

fn moderator(session: &mut FoundSession, text: &str, value: &str) -> bool {
    let named = if labelled(text).is_some() { text } else { value };
    let Some(found) = people::speakers(named, Role::Moderator).into_iter().next() else { return false };
    let found = Speaker { role: Role::Moderator, ..found };
    let own = session.moderator.get_or_insert_with(|| found.clone());
    own.name == found.name
}

fn place(session: &mut FoundSession, value: &str) -> bool {
    if value.len() > 200 {
        return false;
    }
    match &mut session.place {
        Some(own) if own == value => true,
        // "Modalidad: híbrida" and "Lugar: Salón de sesiones" are both where it is.
        Some(own) if own.len() + value.len() < 200 => {
            *own = format!("{own}; {value}");
            true
        }
        Some(_) => false,
        None => {
            session.place = Some(value.to_owned());
            true
        }
    }
}

/// The address of the call: the first of its kind.
fn link(session: &mut FoundSession, text: &str) -> bool {
    const CALLS: [&str; 9] = ["zoom", "meet", "teams", "webex", "jitsi", "bbb", "join", "gotomeet", "/j/"];
    let Some(at) = text.find("https://").or_else(|| text.find("http://")) else { return false };
    let link =
        text[at..].split(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '|')).next().unwrap_or_default();
    let link = link.trim_end_matches(['.', ',', ';']);
    let before = folded(&text[..at]);
    let is_call = CALLS.iter().any(|call| link.contains(call)) || before.is_empty() && at > 0;
    if !is_call && at == 0 && !text.trim().eq(link) || before.split(' ').count() > 8 {
        return false;
    }
    if !is_call && text.trim() == link && session.join_link.is_some() {
        return false;
    }
    let own = session.join_link.get_or_insert_with(|| link.to_owned());
    own == link
}

fn interpretation(session: &mut FoundSession, value: &str) -> bool {
    session.interpretation.get_or_insert_with(|| value.to_owned()) == value
}

/// "Hora de inicio: 8:30" and "Hora de finalización: 12:00", on lines of their own.
fn bound(session: &mut FoundSession, text: &str, opens: bool) -> bool {
    use crate::grammar::{Meaning, marks};
    let hour = marks(text).into_iter().find_map(|mark| match mark.meaning {
        Meaning::Hours { span, .. } => Some(Clock(super::clock::minutes_of(&span.start))),
        _ => None,
    });
    let (Some(hour), Some(window)) = (hour, &mut session.window) else { return false };
    match opens {
        true => window.start = hour,
        false => window.end = Some(hour).filter(|hour| *hour != window.start).or(window.end),
    }
    true
}

/// Whether the line tells by whose clocks the hours are; the others are announced as well.
fn clocks(session: &mut FoundSession, text: &str, line: usize) -> bool {
    if let Some(zone) = zone_of_all(text) {
        session.zone.get_or_insert(Stated { zone, line });
        return true;
    }
    let told = told(text);
    if told.is_empty() || session.zone.is_some() {
        return false;
    }
    let first = session.items.iter().find_map(|item| item.start).or(session.window.as_ref().map(|window| window.start));
    let same = |own: &&Told| first.is_some_and(|first| first.0 % 720 == own.start.0 % 720);
    let Some(own) = told.iter().find(same).or(told.first()) else { return false };
    session.zone = own.zones.first().map(|zone| Stated { zone: zone.clone(), line });
    for other in told.iter().filter(|other| *other != own) {
        let zone = other.zones.first().cloned().unwrap_or_default();
        session.also.push(Also { zone, start: other.start, end: other.end });
    }
    true
}
