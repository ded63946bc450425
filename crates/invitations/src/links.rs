//! Answers without a calendar program: links in the mail open an answer that is already written, with a word in its
//! subject that nobody can guess. Whoever has the mail answers with it, from whatever address and program.
//!
//! The word comes from a secret of the ledger, and from what is answered: the invitation, its recipient and its time.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::ledger::{Answer, History, Message, address};
use crate::locale::Lang;
use crate::poll::token;

/// What the links of a mail answer, in their order.
pub const ANSWERS: [Answer; 3] = [Answer::Accepted, Answer::Declined, Answer::Counter];

/// How an answer is written in a link and in the subject that it opens.
pub fn word(answer: Answer, lang: Lang) -> &'static str {
    let (en, es) = match answer {
        Answer::Declined => ("I cannot attend", "no asistiré"),
        Answer::Tentative => ("maybe", "tal vez"),
        Answer::Counter => ("I propose another time", "propongo otra hora"),
        _ => ("I accept", "acepto"),
    };
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

/// What words at the beginning of a text answer, as people write it: "Sí, asistiré", "no puedo", "I will attend".
///
/// ```
/// use convoca_invitations::{ledger::Answer, links::said};
/// assert_eq!(said("Acepto, gracias"), Some(Answer::Accepted));
/// assert_eq!(said("No podré asistir"), Some(Answer::Declined));
/// assert_eq!(said("¿A qué hora es?"), None);
/// ```
pub fn said(text: &str) -> Option<Answer> {
    let plain = deunicode::deunicode(text).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(8).collect();
    // A greeting says nothing yet.
    let greets = [
        "re",
        "rv",
        "fw",
        "fwd",
        "buenos",
        "buenas",
        "dias",
        "tardes",
        "hola",
        "estimada",
        "estimado",
        "estimados",
        "dear",
        "hello",
        "thank",
        "you",
        "muchas",
        "gracias",
    ];
    let words: Vec<&str> = words.into_iter().skip_while(|word| greets.contains(word)).collect();
    let says = |any: &[&str]| words.iter().any(|word| any.contains(word));
    Some(match words.as_slice() {
        ["propongo" | "proponemos" | "propose", ..] | ["i" | "we", "propose", ..] => Answer::Counter,
        ["tal", "vez", ..] | ["quiza" | "quizas" | "maybe" | "perhaps", ..] => Answer::Tentative,
        ["no" | "lamentablemente" | "unfortunately" | "declino" | "lamento", ..] => Answer::Declined,
        ["i" | "we", "cannot" | "can", ..] if says(&["cannot", "t"]) => Answer::Declined,
        ["i" | "we", "will" | "am" | "are", "not" | "unable", ..] => Answer::Declined,
        ["si" | "yes" | "acepto" | "aceptamos" | "confirmo" | "confirmamos" | "asistire" | "asistiremos", rest @ ..] => {
            // "Sí, pero no puedo a esa hora" is for a person to read.
            if rest.iter().any(|word| ["no", "not", "pero", "but", "otra"].contains(word)) {
                return None;
            }
            Answer::Accepted
        }
        ["i" | "we", "accept" | "confirm" | "will", ..] => Answer::Accepted,
        ["accept" | "accepted", ..] => Answer::Accepted,
        _ => return None,
    })
}

/// The word of one invitation at one time.
pub fn mark(secret: &str, uid: &str, to: &str, start: DateTime<Utc>) -> String {
    let mut hash = Sha256::new();
    for part in [secret, uid, address(to).as_ref(), &start.timestamp().to_string()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut octets = [0; 12];
    octets.iter_mut().zip(hash.finalize()).for_each(|(octet, random)| *octet = random);
    token(octets)
}

/// Every invitation whose mail has links, by its word, with the time that it told.
#[derive(Debug, Default)]
pub struct Marked<'a>(HashMap<String, (&'a Message, DateTime<Utc>)>);

impl<'a> Marked<'a> {
    pub fn of(history: &'a History) -> Marked<'a> {
        let mut marked = HashMap::new();
        for secret in history.secrets() {
            for mail in history.mails().filter(|mail| mail.may_have_arrived() && !mail.turns_down()) {
                let Some(start) = mail.start() else { continue };
                // The newest version of those that told this time.
                marked.insert(mark(secret, &mail.message.uid, &mail.message.to, start), (&mail.message, start));
            }
        }
        Marked(marked)
    }

    /// Which invitation, and at which time, a mail with this subject answers.
    pub fn invitation(&self, subject: &str) -> Option<(&'a Message, DateTime<Utc>)> {
        self.0.get(&crate::poll::token_in(subject)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_words() {
        for (text, answer) in [
            ("acepto", Some(Answer::Accepted)),
            ("Buenos días: Sí, asistiré.", Some(Answer::Accepted)),
            ("I accept", Some(Answer::Accepted)),
            ("We will attend", Some(Answer::Accepted)),
            ("no asistiré", Some(Answer::Declined)),
            ("I cannot attend", Some(Answer::Declined)),
            ("I can't come", Some(Answer::Declined)),
            ("We will not attend", Some(Answer::Declined)),
            ("Lamento no poder", Some(Answer::Declined)),
            ("propongo otra hora", Some(Answer::Counter)),
            ("I propose another time", Some(Answer::Counter)),
            ("Tal vez", Some(Answer::Tentative)),
            ("Sí, pero no a esa hora", None),
            ("Estoy fuera de la oficina", None),
            ("", None),
        ] {
            assert_eq!(said(text), answer, "{text}");
        }
        for lang in Lang::ALL {
            for answer in ANSWERS {
                assert_eq!(said(word(answer, lang)), Some(answer));
            }
        }
    }

    #[test]
    fn each_invitation_and_time_has_a_word_of_its_own() {
        let at = |hour: i64| DateTime::from_timestamp(hour * 3600, 0).unwrap();
        let own = mark("s", "one@x", "ana@example.org", at(1));
        assert_eq!(own, mark("s", "one@x", "Ana@Example.org", at(1)));
        let others = [
            mark("t", "one@x", "ana@example.org", at(1)),
            mark("s", "two@x", "ana@example.org", at(1)),
            mark("s", "one@x", "eva@example.org", at(1)),
            mark("s", "one@x", "ana@example.org", at(2)),
        ];
        assert!(others.iter().all(|other| *other != own));
        assert_eq!(crate::poll::token_in(&format!("RE: acepto [{}]", own.to_uppercase())), Some(own));
    }
}
