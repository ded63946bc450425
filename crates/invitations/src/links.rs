//! Answers without a calendar program: links in the mail open an answer that is already written, with a word in its
//! subject that nobody can guess. Whoever has the mail answers with it, from whatever address and program.
//!
//! The word comes from a secret of the ledger, and from what is answered: the invitation, its recipient and its time.

#[rustfmt::skip]
mod phrases;
mod said;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::ledger::{Answer, History, Message, address};
use crate::locale::Lang;
use crate::poll::token;
pub use said::{is_reply, refuses, said, said_by_link, said_in_subject};

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

    /// Which invitation, and at which time, a mail with this subject answers: programs break its word, and people lose
    /// its brackets.
    pub fn invitation(&self, subject: &str) -> Option<(&'a Message, DateTime<Utc>)> {
        let within = subject.split('[').skip(1).filter_map(|rest| Some(rest.split(']').next()?.split_whitespace().collect()));
        let loose = subject.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_owned);
        within.chain(loose).find_map(|word: String| self.0.get(&word.to_lowercase()).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_writes_is_understood() {
        for lang in Lang::ALL {
            for answer in ANSWERS {
                assert_eq!(said_in_subject(&format!("[EXTERNO] RE: {} [9kj89zkyvh9c]", word(answer, lang))), Some(answer));
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
