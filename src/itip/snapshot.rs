//! What a letter said, as far as it matters for telling later what has changed. Kept in the ledger.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Why;
use crate::calendar::{Error, Participation, Revision, Told, request};
use crate::invitees::Invitee;
use crate::ledger::Answer;
use crate::locale::Lang;
use crate::model::{Programme, Role, Session};

/// The join link is kept as a hash only: the ledger is shared more widely than an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub title: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub status: String,
    pub place: String,
    pub link: String,
    /// The recipient's own parts.
    pub own: Vec<String>,
    pub role: String,
    pub lang: String,
    pub name: String,
    /// A hash of the agenda and the texts, whatever the hour.
    pub agenda: String,
    /// A hash of everything.
    pub text: String,
    /// What the recipient had answered by then; it is theirs to change, so that it is no change to tell them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

impl Snapshot {
    /// What changed since an earlier letter in the same language, the time first.
    fn since(&self, earlier: &Snapshot) -> Vec<Why> {
        let mut why = Vec::new();
        if (self.start, self.end) != (earlier.start, earlier.end) {
            why.push(Why::Time { before: (earlier.start, earlier.end), now: (self.start, self.end) });
        }
        if self.status != earlier.status {
            why.push(Why::Status { before: earlier.status.clone(), now: self.status.clone() });
        }
        if self.place != earlier.place {
            why.push(Why::Place { before: earlier.place.clone(), now: self.place.clone() });
        }
        if self.link != earlier.link {
            why.push(Why::Link);
        }
        // Slots that moved with the session are told with it.
        if self.own != earlier.own && !(matches!(why.first(), Some(Why::Time { .. })) && self.own_kinds() == earlier.own_kinds())
        {
            why.push(Why::Own);
        }
        if self.role != earlier.role {
            why.push(Why::Attendance);
        }
        if self.title != earlier.title {
            why.push(Why::Title { before: earlier.title.clone(), now: self.title.clone() });
        }
        if self.name != earlier.name {
            why.push(Why::Name);
        }
        // Letters of earlier versions do not tell the agenda apart.
        let agenda = self.agenda != earlier.agenda && !earlier.agenda.is_empty();
        if agenda || self.text != earlier.text && why.is_empty() {
            why.push(Why::Text);
        }
        why
    }

    /// Whether it says how to join a call, in its own field or as the place.
    pub fn leads_to_a_call(&self) -> bool {
        !self.link.is_empty() || self.place.contains("://")
    }

    /// The answer as calendars write it.
    pub fn participation(&self) -> Participation {
        match self.answer {
            Some(Answer::Accepted) => Participation::Accepted,
            Some(Answer::Declined) => Participation::Declined,
            Some(Answer::Tentative) => Participation::Tentative,
            Some(Answer::Counter | Answer::DeclineCounter) | None => Participation::NeedsAction,
        }
    }

    fn own_kinds(&self) -> Vec<&str> {
        self.own.iter().map(|own| own.rsplit(' ').next().unwrap_or_default()).collect()
    }

    pub fn language(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or(Lang::Es)
    }

    /// What is to be struck out of somebody's calendar.
    pub fn told(&self, email: &str) -> Told {
        Told {
            start: self.start,
            end: self.end,
            title: self.title.clone(),
            lang: self.language(),
            name: self.name.clone(),
            email: email.to_owned(),
        }
    }
}

/// What all invitations to a session in a language have in common.
#[derive(Debug)]
pub struct Common(HashMap<Lang, Snapshot>);

impl Common {
    /// # Errors
    /// Where an invitation to the session cannot be written.
    pub fn new(programme: &Programme, session: &Session, uid: &str) -> Result<Common, Error> {
        let common = |lang| {
            let revision = Revision {
                uid: uid.to_owned(),
                stamp: DateTime::UNIX_EPOCH,
                sequence: 0,
                participation: Participation::NeedsAction,
            };
            let invitation = request(programme, session, &Invitee::nobody(lang), revision)?;
            let bytes = invitation.bytes()?;
            let link = session.join_link.as_ref().map(|link| hash(&[link.value.as_bytes()])).unwrap_or_default();
            let place = session.place.as_ref().map(|place| place.get(lang).to_owned()).unwrap_or_default();
            let event = invitation.event;
            let snapshot = Snapshot {
                title: event.summary,
                start: event.start,
                end: event.end,
                status: event.status.word().to_owned(),
                place,
                link,
                lang: lang.code().to_owned(),
                agenda: agenda(programme, session, lang),
                text: hash(&[&bytes]),
                ..Snapshot::default()
            };
            Ok((lang, snapshot))
        };
        Ok(Common(Lang::ALL.into_iter().map(common).collect::<Result<_, Error>>()?))
    }

    /// What changed for somebody since an earlier letter: what is worded is compared in its language.
    pub fn since(&self, invitee: &Invitee, earlier: &Snapshot) -> Vec<Why> {
        let mut why = self.in_language(invitee, earlier.language()).since(earlier);
        if invitee.recipient.lang != earlier.language() {
            why.push(Why::Language);
        }
        why
    }

    pub fn of(&self, invitee: &Invitee) -> Snapshot {
        self.in_language(invitee, invitee.recipient.lang)
    }

    fn in_language(&self, invitee: &Invitee, lang: Lang) -> Snapshot {
        let recipient = &invitee.recipient;
        let own = |own: &crate::invitees::Own| {
            let clock = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%MZ").to_string();
            let time = own.time.map(|(start, end)| format!("{}/{} ", clock(start), clock(end))).unwrap_or_default();
            format!("{time}{}", own.kind.word(Lang::En))
        };
        let common = self.0.get(&lang).cloned().unwrap_or_default();
        Snapshot {
            own: invitee.own.iter().map(own).collect(),
            role: if invitee.chairs() { "CHAIR" } else { "REQ-PARTICIPANT" }.to_owned(),
            name: recipient.name.get(lang).to_owned(),
            ..common
        }
    }
}

/// What is said in the session and by whom, as far as it does not move with the hour.
fn agenda(programme: &Programme, session: &Session, lang: Lang) -> String {
    let texts = [&session.objective, &session.how_to_join, &session.interpretation];
    let mut said: Vec<String> = texts.into_iter().flatten().map(|text| text.get(lang).to_owned()).collect();
    said.extend(session.documents.iter().map(|document| format!("{} {}", document.title.get(lang), document.link.value)));
    let role = |role: &Role| format!("{} {} {}", role.kind.word(lang), role.who.label(&programme.group, lang), role.tbc);
    said.extend(session.moderator.as_ref().map(role));
    for slot in &session.slots {
        said.push(format!("{} {}", slot.title.get(lang), slot.everyone));
        said.extend(slot.groups.iter().map(|group| group.title.get(lang).to_owned()));
        said.extend(slot.all_roles().map(role));
    }
    hash(&said.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// The first half of a SHA-256, in hexadecimal: parts are told apart.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
