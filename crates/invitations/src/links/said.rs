//! What people answer in words of their own: "Con gusto confirmo mi participación", "I'm afraid I can't make it".
//!
//! Each clause is read by itself, and the first rule that fits decides what it says. A question says nothing, and
//! neither does what is promised for later. Where clauses say different things, a person has to read them.
//!
//! To count somebody in who does not come is worse than to ask: a clause accepts only if every word of it is known to
//! change nothing ("Asistiré a la sesión"), and no other clause takes something back ("pero llego tarde").

use super::phrases;
use crate::ledger::Answer;

/// Clauses that are read: behind them stand signatures, and what lawyers add.
const MOST_CLAUSES: usize = 24;
/// Letters of a line that goes on in the next: programs break lines at 72 and more.
const SHORTEST_WRAPPED: usize = 55;

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
    // A thumb or a smile says nothing that is sure.
    let letters = text.replace(['\'', '`', '’'], "").replace(|c: char| !c.is_ascii() && !c.is_alphabetic(), " ");
    let plain = deunicode::deunicode(&unwrapped(&letters)).to_lowercase();
    let mut found: Option<Answer> = None;
    let (mut is_bare, mut is_reserved) = (false, false);
    for clause in clauses(&plain).take(MOST_CLAUSES).take_while(|clause| !has(clause, phrases::SMALL_PRINT)) {
        let says = of_clause(&clause);
        is_reserved |= matches!(says, Says::Reserved) || has(&clause, phrases::RESERVATION);
        found = match (found, says) {
            // "Yes, received."
            (Some(_), Says::Received) if is_bare => None,
            (known, Says::Nothing | Says::Received | Says::Reserved) => known,
            (None, Says::Answer(answer)) => Some(answer),
            (Some(known), Says::Answer(answer)) if known == answer => Some(known),
            // A doubt or another hour outweighs the "yes" beside it.
            (Some(Answer::Accepted), Says::Answer(other @ (Answer::Tentative | Answer::Counter))) => Some(other),
            (Some(other @ (Answer::Tentative | Answer::Counter)), Says::Answer(Answer::Accepted)) => Some(other),
            (_, Says::Answer(_) | Says::Unclear) => return None,
        };
        is_bare = clause.len() == 1 && found == Some(Answer::Accepted);
    }
    found.filter(|answer| *answer != Answer::Accepted || !is_reserved)
}

/// Whether something in it is refused, be it only a part.
pub fn refuses(text: &str) -> bool {
    let plain = deunicode::deunicode(&unwrapped(&text.replace(['\'', '`', '’'], ""))).to_lowercase();
    let of_clause = |clause: Vec<&str>| {
        let negated = first(&clause, phrases::NEGATION).filter(|_| !has(&clause, phrases::HARMLESS));
        has(&clause, phrases::DECLINING) || negated.is_some_and(|no| has(&clause[no..], phrases::ABLE))
    };
    clauses(&plain).take_while(|clause| !has(clause, phrases::SMALL_PRINT)).any(of_clause)
}

/// The same of a subject: without the marks of answers, up to a colon ("Accepted: Invitation"), and without what stands
/// in brackets. There a `?` is a letter that was lost on the way.
pub fn said_in_subject(subject: &str) -> Option<Answer> {
    said(&bare(subject).split(':').next().unwrap_or_default().replace(['?', '\u{fffd}'], ""))
}

/// The same of a subject that a link opened: programs take the brackets from its word, which then stands behind the answer.
pub fn said_by_link(subject: &str) -> Option<Answer> {
    let plain = deunicode::deunicode(&bare(subject)).to_lowercase();
    match words(&plain).as_slice() {
        ["acepto", rest @ ..] | ["i", "accept", rest @ ..]
            if !has(rest, phrases::NEGATION) && !has(rest, phrases::RESERVATION) =>
        {
            Some(Answer::Accepted)
        }
        _ => said_in_subject(subject),
    }
}

fn bare(subject: &str) -> String {
    let after = |rest: &str| rest.split_once(']').map_or(String::new(), |(_, after)| after.to_owned());
    let mut parts = subject.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    let bare: String = std::iter::once(first).chain(parts.map(after)).collect();
    without_marks(&bare).to_owned()
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
    /// That something is still open, or holds for a part: with it nobody has accepted.
    Reserved,
    /// What only a person understands.
    Unclear,
}

/// The words of each clause, without those of questions.
fn clauses(plain: &str) -> impl Iterator<Item = Vec<&str>> {
    let sentences = plain.split_inclusive(['.', '!', '?']).filter(|sentence| !sentence.trim_end().ends_with('?'));
    let clauses = sentences.flat_map(|sentence| sentence.split([',', ';', ':', '.', '!', '(', ')']));
    clauses.map(words).filter(|words| !words.is_empty())
}

/// Each line ended as a sentence, but for one that a program broke: "… con anterioridad no" and "podré asistir" are one.
fn unwrapped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        whole.push_str(line);
        let goes_on = line.chars().count() >= SHORTEST_WRAPPED && line.trim_end().ends_with(char::is_alphanumeric);
        whole.push_str(if goes_on { " " } else { ". " });
    }
    whole
}

fn words(clause: &str) -> Vec<&str> {
    clause.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether one of these stands in it.
fn has(words: &[&str], phrases: &[&str]) -> bool {
    first(words, phrases).is_some()
}

/// Where the first of these begins in it.
fn first(words: &[&str], phrases: &[&str]) -> Option<usize> {
    let begins = |phrase: &&str| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        words.windows(parts.len()).position(|window| window.iter().zip(&parts).all(|(word, part)| is(word, part)))
    };
    phrases.iter().filter_map(begins).min()
}

fn is(word: &str, part: &str) -> bool {
    part.strip_suffix('*').map_or(word == part, |stem| word.starts_with(stem))
}

fn of_clause(words: &[&str]) -> Says {
    use phrases::*;
    let has = |phrases| has(words, phrases);
    let negates = has(NEGATION) && !has(HARMLESS);
    // "No podré", but not "al pulsar acepto no pasa nada".
    let (before, from) = words.split_at(first(words, NEGATION).filter(|_| negates).unwrap_or(words.len()));
    let refuses = self::has(from, ABLE);
    match words {
        _ if has(UNCLEAR) || names_a_session(words) || refuses && self::has(before, OTHER_CHOICE) => Says::Unclear,
        _ if has(OTHER_TIME) => Says::Answer(Answer::Counter),
        _ if has(DOUBT) => Says::Answer(Answer::Tentative),
        _ if has(RECEIVED) => Says::Received,
        _ if has(LATER) || negates && has(CONFIRMING) => Says::Reserved,
        _ if (has(DECLINING) || refuses) && has(PARTIAL) => Says::Unclear,
        _ if has(DECLINING) || refuses => Says::Answer(Answer::Declined),
        ["no"] | ["no", "gracias" | "thank" | "thanks", ..] => Says::Answer(Answer::Declined),
        _ if negates => Says::Nothing,
        _ if accepts(words) => Says::Answer(Answer::Accepted),
        ["no", ..] if has(STAYING) => Says::Answer(Answer::Accepted),
        _ if has(ACCEPTING) || has(LIKE_ACCEPTING) => Says::Unclear,
        _ => Says::Nothing,
    }
}

/// Whether it says that somebody comes, and nothing beside that.
fn accepts(words: &[&str]) -> bool {
    use phrases::*;
    let is_sure = match words {
        ["si" | "yes" | "claro" | "sure"] => true,
        ["si" | "yes", "gracias" | "thank" | "thanks" | "claro" | "con" | "please", ..] => true,
        _ => has(words, ACCEPTING) || has(words, ENABLING) && has(words, INFINITIVE),
    };
    let known =
        || [FILLING, ACCEPTING, ENABLING, INFINITIVE, HARMLESS].into_iter().flatten().flat_map(|phrase| phrase.split(' '));
    is_sure && words.iter().all(|word| known().any(|part| is(word, part)))
}

/// "Session 2": it may be another than the one to which the mail belongs.
fn names_a_session(words: &[&str]) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.windows(2).any(|pair| (is(pair[0], "sesion*") || is(pair[0], "session*")) && is_number(pair[1]))
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
                "Si confirmo",
                "Sí, confirmo",
                "cuenta con mi presencia",
                "Será un gusto acompañarles. 👍",
                "Asistiré\n\nAna Ejemplo\nUnidad de Participación Ciudadana\nNo a la violencia",
                "Por instrucciones de la alcaldesa, confirmo su asistencia.",
                "Con mucho gusto participaremos. No olvide enviar el enlace.",
                "I’ll be there!",
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
                "lamentablemente no podré",
                "Sin posibilidad de asistir",
                "Cancelo mi participación",
                "Les informo con mucha pena que por compromisos adquiridos con anterioridad no\npodré asistir.",
            ],
        );
        all(
            Some(Answer::Tentative),
            &["Tal vez", "Trataré de asistir", "Si puedo, asistiré", "I might join, not sure yet", "Dudo que pueda asistir"],
        );
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

    /// A wrong acceptance is worse than a question.
    #[test]
    fn what_accepts_only_in_part_or_something_else_is_for_a_person() {
        for text in [
            "no podré asistir a la primera parte",
            "Asistiré solo a la segunda parte",
            "Asistiré, aunque llegaré tarde",
            "I can attend only the first half hour",
            "Yes, but I can't stay until the end",
            "Sí, pero no todo el tiempo",
            "Acepto siempre y cuando sea virtual",
            "Salvo imprevisto, asistiré",
            "Unless something comes up I'll be there",
            "Acepto, con la condición de no moderar",
            "Acepto, mas no como moderador",
            "Asistirá la Lic. Rosa Ejemplo en representación del alcalde",
            "Mi colega asistirá",
            "My colleague will attend in my stead",
            "El alcalde no podrá asistir, pero enviará a su delegada",
            "Mi asistente le confirmará mi asistencia",
            "Con gusto asistiría, sin embargo estaré de viaje",
            "I would love to attend but I have a conflict",
            "Aceptaría si fuera por la tarde",
            "Estoy por confirmar mi asistencia",
            "Perfecto, lo consulto con la alcaldesa y le aviso",
            "Ok, reviso y le digo",
            "Sí, gracias por la invitación; le respondo el viernes",
            "Favor confirmar la asistencia de los demás",
            "¿Me confirma quiénes van a asistir",
            "Acepto sus disculpas por el cambio de fecha",
            "I accept your apology",
            "De acuerdo con lo conversado, le envío la nota",
            "Tengo que asistir a otra reunión a esa hora",
            "I'm attending a funeral that day",
            "Ese día participo en el foro de alcaldes",
            "Asistiré a la sesión 2",
            "No asistiré a la sesión 2, a las demás sí",
            "Al hacer clic en acepto no pasa nada",
            "When I press accept nothing happens",
            "[x] acepto  [ ] no asistiré",
            "Recibido, gracias.\nCuente conmigo para servirle",
            "I'm on leave until March, will be attending my mail then",
            "Your message was accepted for delivery",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
