//! What people answer in words of their own: "Con gusto confirmo mi participación", "I'm afraid I can't make it".
//!
//! Each clause is read by itself, and the first rule that fits decides what it says. A question says nothing, and
//! neither does what is promised for later. Where clauses say different things, a person has to read them.

use crate::ledger::Answer;

/// Clauses that are read: behind them stand signatures, and what lawyers add.
const MOST_CLAUSES: usize = 24;

/// What a text answers, as people write it; nothing where it says several things, or none.
///
/// ```
/// use convoca_invitations::{ledger::Answer, links::said};
/// assert_eq!(said("Con gusto confirmo mi asistencia, gracias"), Some(Answer::Accepted));
/// assert_eq!(said("No hay problema, asistiré"), Some(Answer::Accepted));
/// assert_eq!(said("Lamentablemente no podré asistir"), Some(Answer::Declined));
/// assert_eq!(said("¿A qué hora es?"), None);
/// ```
pub fn said(text: &str) -> Option<Answer> {
    let plain = deunicode::deunicode(text).to_lowercase().replace(['\'', '`'], "");
    let mut found: Option<Answer> = None;
    let mut is_bare = false;
    for clause in clauses(&plain).take(MOST_CLAUSES).take_while(|clause| !has(clause, phrases::SMALL_PRINT)) {
        let says = of_clause(&clause);
        found = match (found, says) {
            // "Yes, received."
            (Some(_), Says::Received) if is_bare => None,
            (known, Says::Nothing | Says::Received) => known,
            (None, Says::Answer(answer)) => Some(answer),
            (Some(known), Says::Answer(answer)) if known == answer => Some(known),
            // A doubt or another hour outweighs the "yes" beside it.
            (Some(Answer::Accepted), Says::Answer(other @ (Answer::Tentative | Answer::Counter))) => Some(other),
            (Some(other @ (Answer::Tentative | Answer::Counter)), Says::Answer(Answer::Accepted)) => Some(other),
            (_, Says::Answer(_) | Says::Unclear) => return None,
        };
        is_bare = clause.len() == 1 && found == Some(Answer::Accepted);
    }
    found
}

/// The same of a subject: without the marks of answers, up to a colon ("Accepted: Invitation"), and without what stands
/// in brackets. There a `?` is a letter that was lost on the way.
pub fn said_in_subject(subject: &str) -> Option<Answer> {
    let after = |rest: &str| rest.split_once(']').map_or(String::new(), |(_, after)| after.to_owned());
    let mut parts = subject.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    let bare: String = std::iter::once(first).chain(parts.map(after)).collect();
    said(&without_marks(&bare).split(':').next().unwrap_or_default().replace(['?', '\u{fffd}'], ""))
}

/// Whether mail programs mark a subject as that of an answer or a forwarded mail.
pub fn is_reply(subject: &str) -> bool {
    without_marks(subject) != subject
}

/// As programs mark them, in the languages of the region and of their programs.
fn without_marks(subject: &str) -> &str {
    const MARKS: [&str; 14] = ["re", "rv", "res", "resp", "fw", "fwd", "enc", "aw", "wg", "tr", "sv", "vs", "antw", "r"];
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':')
        && MARKS.iter().any(|known| mark.trim().eq_ignore_ascii_case(known))
    {
        rest = after.trim();
    }
    rest
}

#[derive(Clone, Copy)]
enum Says {
    Answer(Answer),
    Nothing,
    /// That the invitation arrived.
    Received,
    /// What only a person understands.
    Unclear,
}

/// The words of each clause, without those of questions.
fn clauses(plain: &str) -> impl Iterator<Item = Vec<&str>> {
    let sentences = plain.split_inclusive(['.', '!', '?', '\n']).filter(|sentence| !sentence.trim_end().ends_with('?'));
    let clauses = sentences.flat_map(|sentence| sentence.split([',', ';', ':', '.', '!', '\n', '(', ')']));
    clauses.map(words).filter(|words| !words.is_empty())
}

fn words(clause: &str) -> Vec<&str> {
    clause.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether one of these stands in it: each a word or several in a row, where `*` ends the stem of a word.
fn has(words: &[&str], phrases: &[&str]) -> bool {
    let is = |word: &str, part: &str| part.strip_suffix('*').map_or(word == part, |stem| word.starts_with(stem));
    phrases.iter().any(|phrase| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.windows(parts.len()).any(|window| window.iter().zip(&parts).all(|(word, part)| is(word, part)))
    })
}

#[rustfmt::skip]
mod phrases {
    /// Somebody else comes, or only a part of it suits.
    pub(super) const UNCLEAR: &[&str] = &[
        "en mi lugar", "mi representacion", "en mi nombre", "in my place", "my behalf", "nuestra representacion", "instead of me",
        "pero a", "but at", "but only", "pero solo",
    ];
    pub(super) const OTHER_TIME: &[&str] = &[
        "propongo", "proponemos", "propose*", "proposing", "nueva hora", "otra hora", "otra fecha", "otro dia", "other time",
        "another time", "another date", "new time", "reprogram*", "reschedul*", "posponer", "postpone",
    ];
    pub(super) const DOUBT: &[&str] = &[
        "tal vez", "quiza*", "maybe", "perhaps", "might", "tratare*", "intentare*", "procurare*", "ill try", "will try", "probabl*",
        "posiblemente", "possibly", "tentativ*", "provisional*", "no se si", "no estoy segur*", "not sure", "no creo", "dont know if",
        "hopefully", "espero poder", "si puedo", "si podemos", "si tengo", "si tenemos", "si logro", "si es posible", "if i", "if we",
    ];
    pub(super) const RECEIVED: &[&str] = &["recib*", "recepcion", "received", "receipt", "acuso"];
    pub(super) const LATER: &[&str] = &[
        "confirmare*", "avisare*", "responderemos", "respondere", "let you know", "get back", "will confirm", "ill confirm",
        "well confirm", "estare confirmando",
    ];
    /// What stands below mails, and speaks of other things.
    pub(super) const SMALL_PRINT: &[&str] =
        &["destinatari*", "intended recipient", "confidencial*", "confidential*", "imprima*", "print this"];
    pub(super) const NEGATION: &[&str] = &["no", "not", "tampoco", "nunca", "ni", "cannot", "cant", "wont"];
    /// A "no" that refuses nothing.
    pub(super) const HARMLESS: &[&str] = &[
        "no hay problema", "no hay inconveniente", "no tengo inconveniente", "no tenemos inconveniente", "no tengo problema",
        "no tengo objecion", "no falt*", "no dud*", "no dej*", "no problem*", "no worries", "no objection",
    ];
    pub(super) const STAYING: &[&str] = &["no faltare*", "no dejare* de"];
    /// What is refused with a "no": "no podré", "not be able to".
    pub(super) const ABLE: &[&str] = &[
        "pod*", "pued*", "posible", "possible", "able", "voy", "vamos", "acept*", "accept*", "disponib*", "available", "cuent*",
        "contamos", "can", "viable", "cannot", "cant", "wont", "asist*", "particip*", "acompan*", "estare*", "ire", "iremos",
        "attend*", "join*", "come", "make it",
    ];
    /// Of what is not known yet: "no puedo confirmar todavía".
    pub(super) const CONFIRMING: &[&str] = &["confirmar*", "confirm", "decir*", "say", "responder*", "abrir", "open", "conectar*", "connect"];
    pub(super) const DECLINING: &[&str] = &[
        "declin*", "rechaz*", "imposible", "impossible", "unable", "otro compromiso", "compromiso previo", "another commitment",
        "prior commitment", "other commitment", "me excuso", "mis excusas", "nuestras excusas", "my regrets", "our regrets",
        "my apologies", "our apologies",
    ];
    /// That whoever writes comes, in whatever words.
    pub(super) const ACCEPTING: &[&str] = &[
        "acept*", "accept*", "cuent* conmigo", "cuent* con mi", "cuent* con nosotr*", "cuent* con nuestra", "count me in",
        "count us in", "count on me", "count on us", "ahi nos vemos", "nos vemos", "see you there", "de acuerdo", "podre", "podremos",
        "asistir*", "asisto", "asistimos", "participare*", "participara*", "participo", "participamos", "ahi estare*", "estare ahi",
        "estaremos ahi", "estare presente", "estaremos presentes", "alli estare*", "ire", "iremos", "acompanare*", "acompanara*",
        "will attend", "ill attend", "well attend", "to attend", "can attend", "attending", "will participate", "be there",
        "will join", "ill join", "to join", "can join", "joining", "will come", "ill come", "to come", "can come", "can make it",
        "take part", "be present",
    ];
    /// What is accepted when it is confirmed.
    pub(super) const PRESENCE: &[&str] = &["asistencia", "participacion", "presencia", "attendance", "participation", "presence"];
    /// Where nothing else stands in the clause.
    pub(super) const ALONE: &[&str] = &[
        "si", "yes", "ok", "okay", "claro", "sure", "confirmad*", "confirmed", "confirmo", "confirmamos", "confirm", "perfecto", "listo",
    ];
}

fn of_clause(words: &[&str]) -> Says {
    use phrases::*;
    let has = |phrases| has(words, phrases);
    let negates = has(NEGATION) && !has(HARMLESS);
    match words {
        _ if has(UNCLEAR) => Says::Unclear,
        _ if has(OTHER_TIME) => Says::Answer(Answer::Counter),
        _ if has(DOUBT) => Says::Answer(Answer::Tentative),
        _ if has(RECEIVED) => Says::Received,
        _ if has(LATER) || negates && has(CONFIRMING) => Says::Nothing,
        _ if has(DECLINING) || negates && has(ABLE) => Says::Answer(Answer::Declined),
        ["no"] | ["no", "gracias" | "thank" | "thanks", ..] => Says::Answer(Answer::Declined),
        _ if negates => Says::Nothing,
        _ if has(ACCEPTING) || has(&["confirm*"]) && has(PRESENCE) => Says::Answer(Answer::Accepted),
        _ if words.len() == 1 && has(ALONE) => Says::Answer(Answer::Accepted),
        ["si" | "yes", "gracias" | "thank" | "thanks" | "claro" | "con" | "please", ..] => Says::Answer(Answer::Accepted),
        ["no", ..] if has(STAYING) => Says::Answer(Answer::Accepted),
        _ => Says::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_as_programs_break_them() {
        for subject in
            ["AW: no asistir? [x]", "[EXTERNO] no asistir\u{fffd} [x]", "Fwd: RE: no asistirÃ© [x]", "Rechazado: Sí se puede"]
        {
            assert_eq!(said_in_subject(subject), Some(Answer::Declined), "{subject}");
        }
        for subject in ["Aceptada: Sesión", "Accepted: No more", "RV: Sí"] {
            assert_eq!(said_in_subject(subject), Some(Answer::Accepted), "{subject}");
        }
        assert_eq!(said_in_subject("Nueva hora propuesta: Sesión"), Some(Answer::Counter));
        assert_eq!(said_in_subject("Provisional: Sesión"), Some(Answer::Tentative));
        assert_eq!(said_in_subject("Re: Sesión 1"), None);
    }

    #[test]
    fn answers_as_people_write_them() {
        let all = |answer: Option<Answer>, texts: &[&str]| texts.iter().for_each(|text| assert_eq!(said(text), answer, "{text}"));
        all(
            Some(Answer::Accepted),
            &[
                "acepto",
                "Sí",
                "Buenos días: Sí, asistiré.",
                "Estimada Secretaría:\n\nLe confirmo que asistiré.",
                "En atención a su amable invitación, nos complace confirmar la participación de nuestra alcaldesa.",
                "Cuenten conmigo",
                "Ahí estaré",
                "Queda confirmada mi asistencia",
                "No hay problema, asistiré",
                "No faltaré",
                "No tengo inconveniente en asistir",
                "Lamento la demora. Sí asistiré.",
                "Sí, asistiré. ¿Cuál es el enlace?",
                "I can attend",
                "We are happy to attend",
                "Thanks, I'll be there!",
                "No problem, I'll be there",
                "Sí, asistiré.\nAviso: si usted no es el destinatario, no podrá usarlo.",
            ],
        );
        all(
            Some(Answer::Declined),
            &[
                "No",
                "no asistiré",
                "Me disculpo, no puedo ese día",
                "Por compromisos previos no podré participar.",
                "Muchas gracias. Lamentablemente no me será posible asistir.",
                "Confirmo que no asistiré",
                "Me es imposible asistir",
                "No contamos con disponibilidad para esa fecha",
                "Sorry, I can't make it",
                "I'm afraid I won't be able to join.",
                "We regret that we cannot participate",
            ],
        );
        all(Some(Answer::Tentative), &["Tal vez", "Trataré de asistir", "Si puedo, asistiré", "I might join, not sure yet"]);
        all(Some(Answer::Counter), &["Propongo otra hora: las 11", "I propose another time", "Sí, pero en otra fecha"]);
        all(
            None,
            &[
                "",
                "¿A qué hora es?",
                "¿Puedo asistir con un colega?",
                "No recibí el enlace",
                "Sí, recibida la invitación",
                "Confirmo de recibido",
                "I will confirm tomorrow",
                "No podré confirmar hasta el viernes",
                "Sí, pero a las 11",
                "Asistirá en mi lugar Beto Ejemplo",
                "Asistiré. No podré asistir.",
                "Estoy fuera de la oficina",
                "Gracias por su participación",
            ],
        );
    }
}
