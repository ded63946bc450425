//! What a mail says to people: where it holds no answer for calendars, only a person can understand it, and is
//! told who wrote it, and about which invitation.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message};

use super::invitations::{Given, Invitation, Invitations};
use super::parts::{body, head, one_line};
use super::returned::{self, Origin};
use super::{Sender, address};
use crate::ledger::{History, Mail};
use crate::locale::Lang;
use crate::model::Programme;

/// Letters of a body that are shown.
const SHOWN: usize = 120;

/// What a mail says to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub from: Sender,
    pub subject: String,
    /// The beginning of the text, without what it quotes.
    pub text: String,
    pub sent: Option<DateTime<Utc>>,
    /// Message-IDs of the mails to which it belongs, the nearest first.
    pub answers: Vec<String>,
    pub origin: Origin,
}

impl Words {
    pub(super) fn of(message: &Message<'_>, from: Sender) -> Words {
        let origin = returned::origin(message);
        let given_back = if matches!(origin, Origin::Server(_)) { returned::given_back(message) } else { Vec::new() };
        let answers = [message.in_reply_to(), message.references()].into_iter().flat_map(ids);
        Words {
            from,
            subject: one_line(message.subject().unwrap_or_default()),
            text: beginning(&body(message)),
            sent: message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
            answers: given_back.into_iter().chain(answers).collect(),
            origin,
        }
    }
}

/// What is to be done about a mail.
#[derive(Debug)]
pub enum Concern<'a> {
    /// It has nothing to do with the invitations.
    Nothing,
    /// It went out from here.
    Own,
    /// The ledger knows an answer given since.
    Settled,
    /// It may answer any of these.
    Open(Vec<&'a Invitation>),
    /// It answers the invitation to this session, from an address that nobody knows.
    Unknown(&'a str),
}

/// Those whose mails matter.
#[derive(Debug)]
pub struct Correspondence<'a> {
    history: &'a History,
    invitations: &'a Invitations,
    by_address: HashMap<String, Vec<&'a Invitation>>,
    organizer: Option<&'a str>,
    /// The titles of every session, in both languages, as they are compared; the longest first.
    titles: Vec<(String, &'a str)>,
}

impl<'a> Correspondence<'a> {
    pub fn new(
        programme: &'a Programme,
        history: &'a History,
        invitations: &'a Invitations,
        organizer: Option<&'a str>,
    ) -> Correspondence<'a> {
        let mut by_address: HashMap<String, Vec<&Invitation>> = HashMap::new();
        for invitation in invitations.all() {
            by_address.entry(address(&invitation.to)).or_default().push(invitation);
        }
        let titles = programme
            .sessions
            .iter()
            .flat_map(|session| Lang::ALL.map(|lang| (comparable(session.title.get(lang)), session.id.as_str())));
        let mut titles: Vec<(String, &str)> = titles.filter(|(title, _)| !title.is_empty()).collect();
        titles.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        Correspondence { history, invitations, by_address, organizer, titles }
    }

    /// By the mail that it answers, from whatever address; else by the sender, and by the title in its subject.
    pub fn concern(&self, words: &Words) -> Concern<'a> {
        let Some(from) = words.from.address() else { return Concern::Nothing };
        if Some(from) == self.organizer {
            return Concern::Own;
        }
        let about = self.about(&words.subject);
        let invitations = match words.answers.iter().find_map(|id| self.answered(id)) {
            Some(invitation) => vec![invitation],
            None => {
                let theirs = self.by_address.get(from).cloned().unwrap_or_default();
                let named = theirs.iter().copied().filter(|invitation| Some(invitation.session.as_str()) == about);
                let named: Vec<&Invitation> = named.collect();
                if named.is_empty() { theirs } else { named }
            }
        };
        if invitations.is_empty() {
            let is_answer = is_reply(&words.subject);
            return about.filter(|_| is_answer).map_or(Concern::Nothing, Concern::Unknown);
        }
        let since = |given: &&Given| words.sent.is_none_or(|sent| sent <= given.dtstamp);
        let answered = |invitation: &&Invitation| invitation.given.as_ref().filter(since).is_some();
        let entered = |invitation: &&Invitation| invitation.given.as_ref().filter(since).is_some_and(|given| given.by_hand);
        match invitations.iter().any(entered) || invitations.iter().all(answered) {
            true => Concern::Settled,
            false => Concern::Open(invitations),
        }
    }

    /// The one invitation that a mail may answer, whose calendar does not count by itself: by the mail that it
    /// answers, by its sender, and by the UID where the sender has several.
    pub fn meant(&self, words: &Words, uid: Option<&str>) -> Option<&'a Invitation> {
        let Concern::Open(invitations) = self.concern(words) else { return None };
        let stands: Vec<&Invitation> = invitations.into_iter().filter(|invitation| !invitation.cancelled).collect();
        let named = |invitation: &&&Invitation| uid.is_some_and(|uid| invitation.uid.eq_ignore_ascii_case(uid));
        match stands.as_slice() {
            [one] => Some(one),
            several => several.iter().find(named).copied(),
        }
    }

    /// The invitations that did not reach an address: the one that a server gave back, or any to this address.
    pub fn returned(&self, words: &Words, to: &str) -> Vec<&'a Invitation> {
        let is_theirs = |invitation: &&Invitation| address(&invitation.to) == to;
        match words.answers.iter().filter_map(|id| self.answered(id)).find(is_theirs) {
            Some(invitation) => vec![invitation],
            None => self.by_address.get(to).cloned().unwrap_or_default(),
        }
    }

    /// The mail of an invitation that came back: the one that the report names, else the last before it.
    pub fn came_back(&self, words: &Words, invitation: &Invitation) -> Option<&'a Mail> {
        let to = address(&invitation.to);
        let named = words.answers.iter().filter_map(|id| self.history.mail(id));
        let named = named.into_iter().find(|mail| address(&mail.message.to) == to);
        let before = |mail: &&Mail| mail.may_have_arrived() && words.sent.is_none_or(|sent| mail.message.dtstamp <= sent);
        named.or_else(|| self.history.to(&invitation.session, &invitation.to).rev().find(before))
    }

    fn answered(&self, id: &str) -> Option<&'a Invitation> {
        let message = &self.history.mail(id)?.message;
        self.invitations.of(&message.uid, &message.to)
    }

    /// The session whose title stands in a subject.
    fn about(&self, subject: &str) -> Option<&'a str> {
        let subject = comparable(subject);
        self.titles.iter().find(|(title, _)| subject.contains(title)).map(|(_, session)| *session)
    }
}

/// Without accents, case and punctuation: programs break and encode subjects in their own ways.
fn comparable(text: &str) -> String {
    let plain = deunicode::deunicode(head(text)).to_lowercase();
    plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As mail programs mark answers and forwarded mails, in the languages of the region and of their programs.
fn is_reply(subject: &str) -> bool {
    let mark = subject.split_once(':').map_or("", |(mark, _)| mark).trim().to_lowercase();
    ["re", "rv", "res", "resp", "fw", "fwd", "enc", "aw"].contains(&mark.as_str())
}

fn ids(header: &HeaderValue<'_>) -> Vec<String> {
    let ids: Vec<&str> = match header {
        HeaderValue::Text(id) => vec![id.as_ref()],
        HeaderValue::TextList(ids) => ids.iter().rev().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    ids.into_iter().map(str::to_owned).collect()
}

/// Up to the first line of an earlier mail, as programs mark it, without the line that announces it.
fn beginning(text: &str) -> String {
    let marks = [">", "-----", "_____", "De: ", "From: "];
    let own = text.lines().map(str::trim).take_while(|line| !marks.iter().any(|mark| line.starts_with(mark)));
    let mut own: Vec<&str> = own.filter(|line| !line.is_empty()).collect();
    let announces = |line: &&&str| ["escribió:", "wrote:"].iter().any(|end| line.ends_with(end));
    if own.last().filter(announces).is_some() {
        own.pop();
        // Gmail breaks a long one in two.
        own.pop_if(|line| line.starts_with("El ") || line.starts_with("On "));
    }
    let line = one_line(&own.join(" "));
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_mail;

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
        assert_eq!(said("uno \x1b[2J dos\u{85}tres"), "uno [2J dos tres");
        assert_eq!(said(&"á".repeat(500)).chars().count(), 121);
    }

    #[test]
    fn html_alone_is_read_as_text() {
        let mail = "From: a@example.org\nContent-Type: text/html; charset=utf-8\n\n<p>S&iacute;, <b>asistir&eacute;</b></p><blockquote>Le invitamos</blockquote>";
        assert_eq!(words(mail).text, "Sí, asistiré");
    }

    #[test]
    fn the_nearest_mail_comes_first() {
        let mail = "From: a@example.org\nIn-Reply-To: <b@x>\nReferences: <a@x> <b@x>\nDate: Mon, 3 Oct 2022 10:00:00 -0600\n\nok";
        let words = words(mail);
        assert_eq!(words.answers, ["b@x", "b@x", "a@x"]);
        assert_eq!(words.sent.unwrap().to_rfc3339(), "2022-10-03T16:00:00+00:00");
    }
}
