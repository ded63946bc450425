//! The words of hours, days and months in Spanish, English, Portuguese and French, folded: lower case, no accents.

use chrono::Weekday;

pub use super::numbered::{calls, counts_something, names_numbered_thing};

const MONTHS: [&[&str]; 12] = [
    &["enero", "january", "janeiro", "janvier", "ene", "jan", "janv"],
    &["febrero", "february", "fevereiro", "fevrier", "feb", "fev", "fevr"],
    &["marzo", "march", "marco", "mars", "mar"],
    &["abril", "april", "avril", "abr", "apr", "avr"],
    &["mayo", "may", "maio", "mai"],
    &["junio", "june", "junho", "juin", "jun"],
    &["julio", "july", "julho", "juillet", "jul", "juil"],
    &["agosto", "august", "aout", "ago", "aug"],
    &["septiembre", "setiembre", "september", "setembro", "septembre", "sep", "sept", "set"],
    &["octubre", "october", "outubro", "octobre", "oct", "out"],
    &["noviembre", "november", "novembro", "novembre", "nov"],
    &["diciembre", "december", "dezembro", "decembre", "dic", "dec", "dez"],
];

const DAYS: [(Weekday, &[&str], &[&str]); 7] = [
    (Weekday::Mon, &["lunes", "monday", "segunda", "lundi"], &["lun", "mon", "seg"]),
    (Weekday::Tue, &["martes", "tuesday", "terca", "mardi"], &["mar", "tue", "tues", "ter"]),
    (Weekday::Wed, &["miercoles", "wednesday", "quarta", "mercredi"], &["mie", "wed", "qua", "mer"]),
    (Weekday::Thu, &["jueves", "thursday", "quinta", "jeudi"], &["jue", "thu", "thur", "thurs", "qui", "jeu"]),
    (Weekday::Fri, &["viernes", "friday", "sexta", "vendredi"], &["vie", "fri", "sex", "ven"]),
    (Weekday::Sat, &["sabado", "saturday", "samedi"], &["sab", "sat", "sam"]),
    (Weekday::Sun, &["domingo", "sunday", "dimanche"], &["dom", "sun", "dim"]),
];

pub fn month(word: &str) -> Option<u32> {
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(month, _)| month)
}

/// A weekday, and whether the whole name is written: "mar" and "set" are other things too.
pub fn weekday(word: &str) -> Option<(Weekday, bool)> {
    DAYS.iter().find_map(
        |(day, names, short)| {
            if names.contains(&word) { Some((*day, true)) } else { short.contains(&word).then_some((*day, false)) }
        },
    )
}

/// Words between the two ends of a range of hours.
pub fn joins_hours(word: &str) -> bool {
    matches!(word, "a" | "as" | "to" | "until" | "till" | "hasta" | "ate" | "jusqu" | "al")
}

/// Words before an hour which belong to it: "de 9 a 10", "às 14h".
pub fn leads_hour(word: &str) -> bool {
    matches!(
        word,
        "de" | "desde"
            | "das"
            | "from"
            | "a"
            | "as"
            | "at"
            | "las"
            | "les"
            | "la"
            | "los"
            | "os"
            | "du"
            | "des"
            | "entre"
            | "between"
            | "hora"
            | "horario"
            | "heure"
            | "time"
            | "hour"
            | "hrs"
            | "hs"
            | "aprox"
            | "aproximadamente"
            | "approx"
            | "circa"
            | "ca"
            | "c"
            | "vers"
            | "around"
            | "about"
            | "starting"
            | "starts"
            | "partir"
            | "after"
            | "depuis"
    )
}

/// "About": the hour or the length is not promised.
pub fn about(word: &str) -> bool {
    matches!(
        word,
        "ca" | "circa" | "aprox" | "aproximadamente" | "approx" | "approximately" | "vers" | "around" | "about" | "environ"
    )
}

/// Zones by their letters, with their hours from UTC in minutes where they have one.
pub fn zone(word: &str) -> Option<Option<i32>> {
    Some(match word {
        "utc" | "gmt" | "wet" => Some(0),
        "est" | "cdt" => Some(-300),
        "edt" | "ast" => Some(-240),
        "cst" | "mdt" => Some(-360),
        "mst" | "pdt" => Some(-420),
        "pst" => Some(-480),
        "cet" | "bst" | "west" => Some(60),
        "cest" | "eet" | "sast" => Some(120),
        "brt" | "art" | "clst" => Some(-180),
        "bot" | "clt" => Some(-240),
        "jst" => Some(540),
        "et" | "ct" | "mt" | "pt" => None,
        _ => return None,
    })
}

/// What a word says in place of a name or an hour which is not known yet.
pub fn is_tbc(word: &str) -> bool {
    matches!(word, "tbc" | "tba" | "tbd" | "porconfirmar")
}

/// Two and three words that say the same.
pub const TBC_PHRASES: [&[&str]; 23] = [
    &["por", "confirmar"],
    &["por", "definir"],
    &["por", "determinar"],
    &["por", "designar"],
    &["por", "anunciar"],
    &["sin", "confirmar"],
    &["a", "confirmar"],
    &["a", "definir"],
    &["a", "determinar"],
    &["a", "designar"],
    &["a", "confirmer"],
    &["a", "preciser"],
    &["a", "determiner"],
    &["a", "designer"],
    &["a", "anunciar"],
    &["se", "confirmara"],
    &["to", "be", "confirmed"],
    &["to", "be", "announced"],
    &["to", "be", "determined"],
    &["to", "be", "decided"],
    &["to", "be", "defined"],
    &["pendiente", "de", "confirmar"],
    &["pendiente", "de", "confirmacion"],
];

/// "Day 1", "Sesión 2", "Jornada 3".
pub fn is_day_word(word: &str) -> bool {
    matches!(word, "day" | "dia" | "jour" | "jornada" | "journee" | "giorno" | "tag")
}

pub fn is_session_word(word: &str) -> bool {
    matches!(word, "session" | "sesion" | "sessao" | "seance" | "meeting" | "reunion" | "encuentro")
}
