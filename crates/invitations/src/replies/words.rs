//! What a mail says to people: where it holds no answer for calendars, only a person can understand it.

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message, PartType};

use super::Sender;
use super::parts::{body, date, one_line};
use super::returned::{self, Origin};
use crate::ledger::Answer;
use crate::links::{said, said_in_subject};

/// Letters of a body that are shown.
const SHOWN: usize = 120;

/// What a mail says to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub from: Sender,
    /// What the sender is called.
    pub name: String,
    pub subject: String,
    /// The beginning of the text, without what it quotes.
    pub text: String,
    /// What it seems to answer.
    pub said: Option<Answer>,
    pub sent: Option<DateTime<Utc>>,
    /// Message-IDs of the mails to which it belongs, the nearest first.
    pub answers: Vec<String>,
    pub origin: Origin,
}

impl Words {
    pub(super) fn of(message: &Message<'_>, from: Sender) -> Words {
        let origin = returned::origin(message);
        let given_back = if matches!(origin, Origin::Server(_)) { returned::given_back(message) } else { Vec::new() };
        let name = message.from().and_then(|from| from.first()).and_then(|from| from.name()).unwrap_or_default();
        let subject = one_line(message.subject().unwrap_or_default());
        let own = own(&body(message));
        // What somebody passes on as a mail within theirs.
        let within = message.parts.iter().find_map(|part| match &part.body {
            PartType::Message(within) if origin == Origin::Person => Some(within),
            _ => None,
        });
        let passed_on = || said(&self::own(&body(within?)));
        Words {
            from,
            name: name.to_owned(),
            text: beginning(&own),
            said: said(&own).or_else(passed_on).or_else(|| said_in_subject(&subject)),
            subject,
            sent: date(message),
            answers: given_back.into_iter().chain(answered(message)).chain(within.into_iter().flat_map(answered)).collect(),
            origin,
        }
    }
}

/// Message-IDs of the mails that it answers, the nearest first.
fn answered(message: &Message<'_>) -> impl Iterator<Item = String> {
    [message.in_reply_to(), message.references()].into_iter().flat_map(ids)
}

fn ids(header: &HeaderValue<'_>) -> Vec<String> {
    let ids: Vec<&str> = match header {
        HeaderValue::Text(id) => vec![id.as_ref()],
        HeaderValue::TextList(ids) => ids.iter().rev().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    ids.into_iter().map(str::to_owned).collect()
}

/// What whoever sends a mail wrote in it: its lines without those of an earlier mail and the line that announces it,
/// as programs mark them, and without a signature. What they wrote may stand below what they quote.
fn own(text: &str) -> String {
    let marks = ["-----", "_____", "De: ", "From: ", "Von: "];
    let text = text.replace('\u{a0}', " ");
    let mut own: Vec<&str> = Vec::new();
    let mut lines = text.lines().map(|line| line.trim().trim_start_matches('*')).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let is_cut = line == "--" || marks.iter().any(|mark| line.starts_with(mark));
        match line {
            _ if is_cut => break,
            _ if line.starts_with('>') || announces(line) => {
                // Gmail breaks a long announcement in two.
                own.pop_if(|line| line.starts_with("El ") || line.starts_with("On "));
                // What is announced and bears no mark is quoted to its end.
                let is_marked = line.starts_with('>') || lines.peek().is_some_and(|next| next.starts_with('>'));
                if !own.is_empty() || !is_marked {
                    break;
                }
            }
            _ => own.push(line),
        }
    }
    own.join("\n")
}

fn announces(line: &str) -> bool {
    let ends = ["escribió:", "wrote:", "escreveu:", "a écrit :", "schrieb:"];
    ends.iter().any(|end| line.ends_with(end)) || line.starts_with("Am ") && line.contains(" schrieb ") && line.ends_with(':')
}

/// As much of it as is shown, on one line.
fn beginning(own: &str) -> String {
    let line = one_line(own);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_mail;
    use super::Answer;

    fn words(mail: &str) -> super::Words {
        read_mail(mail.as_bytes()).words.unwrap()
    }

    #[test]
    fn what_was_written_without_what_is_quoted() {
        let said = |body: &str| {
            words(&format!("From: a@example.org\nSubject: Re: x\nContent-Type: text/plain; charset=utf-8\n\n{body}")).text
        };
        assert_eq!(
            said("Buenos días:\n\nSí, asistiré.\n\nEl lun, 3 oct 2022 a las 10:00,\nSecretaría escribió:\n> Le invitamos\n"),
            "Buenos días: Sí, asistiré."
        );
        assert_eq!(said("Sí\n\nEl lun, 3 oct 2022, Secretaría (<s@example.org>)\nescribió:\n\n> x"), "Sí");
        assert_eq!(said("We come.\r\n-----Original Message-----\r\nFrom: s\r\n"), "We come.");
        assert_eq!(said("El lun, 3 oct 2022, S escribió:\n> Le invitamos\n> No conteste\n\nSí, asistiré.\n"), "Sí, asistiré.");
        assert_eq!(said("Sí.\n\nDe:\u{a0}Secretaría <s@example.org>\nno podré\n"), "Sí.");
        assert_eq!(said("Sí.\n\nAm 4. Januar 2027 schrieb Secretaría:\nno podré\n"), "Sí.");
        assert_eq!(said("Sí.\n\n-- \nAna\nNo imprima\n"), "Sí.");
        assert_eq!(said("El lun, 3 oct 2022, S (<s@example.org>) escribió:\n\n  Le invitamos: acepto\n"), "", "not marked");
        assert_eq!(said("uno \x1b[2J dos\u{85}tres"), "uno [2J dos tres");
        assert_eq!(said(&"á".repeat(500)).chars().count(), 121);
    }

    #[test]
    fn what_it_seems_to_answer_far_down_and_in_a_mail_that_was_passed_on() {
        let long =
            format!("From: a@example.org\nSubject: Re: x\n\nReciban un saludo. {}\nNo podremos asistir.", "Gracias. ".repeat(20));
        assert_eq!(words(&long).said, Some(Answer::Declined));
        assert_eq!(words("From: a@example.org\nSubject: Accepted: Opening\n\n").said, Some(Answer::Accepted));
        let passed_on = "From: b@example.org\nSubject: RV: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=f\n\n--f\n\nVea\n\
                         --f\nContent-Type: message/rfc822\n\nFrom: a@example.org\nIn-Reply-To: <m@x>\nSubject: Re: x\n\nNo podré asistir.\n--f--\n";
        let words = words(passed_on);
        assert_eq!((words.said, words.answers), (Some(Answer::Declined), vec!["m@x".to_owned()]));
    }

    #[test]
    fn html_alone_is_read_as_text() {
        let mail = "From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n<p>S&iacute;, <b>asistir&eacute;</b></p><blockquote>Le invitamos</blockquote>";
        assert_eq!(words(mail).text, "Sí, asistiré");
        let said = |html: &str| words(&format!("From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n{html}")).text;
        assert_eq!(said("<BLOCKQUOTE>¿Asistirá?</BLOCKQUOTE><p>Sí, asistiré</p>"), "Sí, asistiré", "below what it quotes");
        assert_eq!(said("<div>Asistiré</div><div><div>On Monday, S wrote:</div><div>I cannot attend</div></div>"), "Asistiré");
        assert_eq!(said("<div>Asistiré</div><hr><div>Le invitamos. no asistiré</div>"), "Asistiré");
    }

    #[test]
    fn the_nearest_mail_comes_first() {
        let mail = "From: a@example.org\nIn-Reply-To: <b@x>\nReferences: <a@x> <b@x>\nDate: Mon, 3 Oct 2022 10:00:00 -0600\n\nok";
        let words = words(mail);
        assert_eq!(words.answers, ["b@x", "b@x", "a@x"]);
        assert_eq!(words.sent.unwrap().to_rfc3339(), "2022-10-03T16:00:00+00:00");
    }
}
