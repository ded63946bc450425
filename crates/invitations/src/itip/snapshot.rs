//! What a letter said, as far as it matters for telling later what has changed. Kept in the ledger.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::change::Why;
use super::told::{self, Part};
use crate::calendar::{self, Error, Participation, Revision, Status, ToldInvitation, request};
use crate::decode::Weight;
use crate::invitees::Invitee;
use crate::ledger::{Answer, Mail};
use crate::locale::Lang;
use crate::model::{Programme, Role, RoleKind, Session, Slot, address};

/// The join link is kept as a hash only: the ledger is shared more widely than an invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub title: String,
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    #[serde(with = "told")]
    pub status: Option<Status>,
    pub place: String,
    pub link: String,
    /// The recipient's own parts.
    #[serde(deserialize_with = "told::parts")]
    pub own: Vec<Part>,
    #[serde(with = "told")]
    pub role: Option<calendar::Role>,
    pub lang: String,
    pub name: String,
    /// The organizer's address; empty in letters of earlier versions.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub organizer: String,
    /// A hash of each text by its key, and of the documents, the agenda and who does what in it, whatever the hour.
    pub texts: BTreeMap<String, String>,
    /// A hash of all of these, as earlier versions kept it: they hashed the calendar as well, which said nothing of
    /// what had changed but with which words the program put it.
    #[serde(skip_serializing)]
    pub agenda: String,
    /// What the recipient had answered by then; it is theirs to change, so that it is no change to tell them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// In a letter that turns a proposal down: when that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns_down: Option<DateTime<Utc>>,
}

impl Snapshot {
    /// What changed since an earlier letter in the same language, the time first.
    fn since(&self, earlier: &Snapshot) -> Vec<Why> {
        let mut why = Vec::new();
        if (self.start, self.end) != (earlier.start, earlier.end) {
            why.push(Why::Time { before: (earlier.start, earlier.end), now: (self.start, self.end) });
        }
        if self.status != earlier.status {
            why.push(Why::Status { before: earlier.status, now: self.status });
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
        if !earlier.organizer.is_empty() && self.organizer != earlier.organizer {
            why.push(Why::Organizer(earlier.organizer.clone()));
        }
        let texts = match earlier.texts.is_empty() {
            // Slots that were laid out anew are told where nothing else changed: their hours go with the session's.
            false => {
                let said = |snapshot: &Snapshot| snapshot.texts.iter().filter(|(key, _)| *key != "hours").count();
                let same = |(key, said): (&String, &String)| earlier.texts.get(key) == Some(said) || key == "hours";
                said(self) != said(earlier)
                    || !self.texts.iter().all(same)
                    || why.is_empty() && self.texts.get("hours") != earlier.texts.get("hours")
            }
            true => self.agenda != earlier.agenda && !earlier.agenda.is_empty(),
        };
        if texts {
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
        Answer::participation(self.answer)
    }

    fn own_kinds(&self) -> Vec<RoleKind> {
        self.own.iter().map(|own| own.kind).collect()
    }

    pub fn language(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or(Lang::Es)
    }

    /// What is to be struck out of somebody's calendar.
    pub fn told(&self, email: &str) -> ToldInvitation {
        ToldInvitation {
            start: self.start,
            end: self.end,
            title: self.title.clone(),
            lang: self.language(),
            name: self.name.clone(),
            email: email.to_owned(),
            organizer: self.organizer.clone(),
        }
    }
}

/// What all invitations to a session in a language have in common.
#[derive(Debug)]
pub(crate) struct Common(HashMap<Lang, Snapshot>);

impl Common {
    /// # Errors
    /// Where an invitation to the session cannot be written.
    pub(crate) fn new(programme: &Programme, session: &Session, uid: &str) -> Result<Common, Error> {
        let common = |lang| {
            let revision = Revision {
                uid: uid.to_owned(),
                stamp: DateTime::UNIX_EPOCH,
                sequence: 0,
                participation: Participation::NeedsAction,
            };
            let invitation = request(programme, session, &Invitee::nobody(lang), revision)?;
            // Whether it can be written at all.
            invitation.bytes()?;
            let link = session.join_link.as_ref().map(|link| hash(&[link.value.as_bytes()])).unwrap_or_default();
            let place = session.place.as_ref().map(|place| place.get(lang).to_owned()).unwrap_or_default();
            let event = invitation.event;
            let organizer = event.organizer.map(|organizer| address(&organizer.email).into_owned()).unwrap_or_default();
            let snapshot = Snapshot {
                title: event.summary,
                start: event.start,
                end: event.end,
                status: Some(event.status),
                place,
                link,
                lang: lang.code().to_owned(),
                organizer,
                texts: texts(programme, session, event.start, lang),
                agenda: agenda(programme, session, lang),
                ..Snapshot::default()
            };
            Ok((lang, snapshot))
        };
        Ok(Common(Lang::ALL.into_iter().map(common).collect::<Result<_, Error>>()?))
    }

    /// What changed for somebody since an earlier letter: what is worded is compared in its language.
    pub(crate) fn since(&self, invitee: &Invitee, earlier: &Snapshot) -> Vec<Why> {
        let mut why = self.in_language(invitee, earlier.language()).since(earlier);
        if invitee.recipient.lang != earlier.language() {
            why.push(Why::Language);
        }
        why
    }

    pub(crate) fn of(&self, invitee: &Invitee) -> Snapshot {
        self.in_language(invitee, invitee.recipient.lang)
    }

    fn in_language(&self, invitee: &Invitee, lang: Lang) -> Snapshot {
        let recipient = &invitee.recipient;
        let common = self.0.get(&lang).cloned().unwrap_or_default();
        Snapshot {
            own: invitee.own.iter().map(Part::of).collect(),
            role: Some(calendar::attends(invitee)),
            name: recipient.name.get(lang).to_owned(),
            ..common
        }
    }
}

/// What is compared of a session besides time, place, status and link: nothing that the program words by itself.
fn texts(programme: &Programme, session: &Session, start: DateTime<Utc>, lang: Lang) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    session.texts.each(&mut |field, text| {
        if field.weight == Weight::Text {
            parts.entry(field.key).or_default().push(text.get(lang).to_owned());
        }
    });
    for document in &session.documents {
        let said = parts.entry("documents").or_default();
        document.texts.each(&mut |_, text| said.push(text.get(lang).to_owned()));
        said.push(document.link.value.clone());
    }
    let role = |role: &Role| format!("{:?} {} {}", role.kind, role.who.label(&programme.group, lang), role.tbc);
    let mut roles: Vec<String> = session.moderator.iter().map(role).collect();
    for slot in &session.slots {
        // Slots that moved with the session are told with it.
        let minutes = slot.time.map(|time| ((time.start - start).num_minutes(), (time.end - start).num_minutes()));
        parts.entry("hours").or_default().push(format!("{minutes:?}"));
        let said = parts.entry("slots").or_default();
        said.push(slot.everyone.to_string());
        says(slot, start, lang, said);
        roles.push(String::new());
        roles.extend(slot.all_roles().map(role));
    }
    parts.insert("roles", roles);
    let hashed = |said: Vec<String>| hash(&said.iter().map(String::as_bytes).collect::<Vec<_>>());
    parts.into_iter().map(|(key, said)| (key.to_owned(), hashed(said))).collect()
}

/// What an item says, and what is inside it.
fn says(slot: &Slot, start: DateTime<Utc>, lang: Lang, said: &mut Vec<String>) {
    slot.texts.each(&mut |_, text| said.push(text.get(lang).to_owned()));
    let flags = [("parallel", slot.parallel), ("break", slot.pause), ("approximate", slot.approximate)];
    said.extend(flags.iter().filter(|(_, is)| *is).map(|(flag, _)| (*flag).to_owned()));
    for material in &slot.materials {
        said.extend([material.title.get(lang).to_owned(), material.link.value.clone()]);
    }
    for inner in slot.items.iter().chain(&slot.groups) {
        if inner.writes_hours() {
            let minutes = inner.time.map(|time| ((time.start - start).num_minutes(), (time.end - start).num_minutes()));
            said.push(format!("{minutes:?}"));
        }
        says(inner, start, lang, said);
    }
}

/// The same in one, as letters of earlier versions are compared.
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

/// What a mail said, if that is known.
pub(super) fn content(mail: &Mail) -> Option<Snapshot> {
    let raw: &RawValue = mail.content.as_deref()?;
    serde_json::from_str(raw.get()).ok()
}
