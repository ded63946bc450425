//! What one person gets: an invitation, its updates, and its cancellation (REQUEST and CANCEL, RFC 5546 §3.2);
//! and the answer to another time that they proposed (DECLINECOUNTER).

use chrono::{DateTime, Utc};

use super::describe::Description;
use super::event::refused;
use super::organizer::organizer;
use super::publish::{event, join_line};
use super::{
    Alarm, Attendee, Conference, Error, Event, Method, Object, Organizer, Participation, Role, Status, Timezones, Transparency,
    UserKind, read_back,
};
use crate::invitees::{Invitee, OwnPart, Recipient};
use crate::locale::{Lang, LanguageTag, Text};
use crate::model::{Group, Programme, RoleKind, Session, address};
use crate::time::{Place, Zone};

/// The reminder that a calendar shows before a session.
const MINUTES_BEFORE: u32 = 30;

/// Which state of the invitation it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub uid: String,
    pub stamp: DateTime<Utc>,
    pub sequence: u32,
    /// What the recipient has answered to the time that holds.
    pub participation: Participation,
}

/// What somebody was told last, and is now told to strike out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldInvitation {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    pub title: String,
    pub lang: Lang,
    /// The recipient.
    pub name: String,
    pub email: String,
    /// Who organized it then; empty where that is not known.
    pub organizer: String,
}

/// A calendar for one recipient.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub object: Object,
    pub event: Event,
}

impl Invitation {
    /// The file, read back before it is handed out.
    ///
    /// # Errors
    /// Where it holds what may not be in an invitation, or where another reader finds something else in it.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        let events = std::slice::from_ref(&self.event);
        let bytes = self.object.write(Vec::new(), events)?;
        read_back(&bytes, &self.object, events)?;
        Ok(bytes)
    }
}

/// The invitation of one person, new or as an update.
///
/// # Errors
/// Where the session has no time yet, or the group no organizer.
pub fn request(programme: &Programme, session: &Session, invitee: &Invitee, revision: Revision) -> Result<Invitation, Error> {
    let group = &programme.group;
    let recipient = invitee.recipient.as_ref();
    let lang = recipient.lang;
    let Some(time) = session.settled_time() else {
        return refused("the session has no time yet", "la sesión aún no tiene hora");
    };
    let place = invitee.place(group, session);
    let description = Description::new(programme, session, time, joining(session, lang), &place, lang)
        .personal(own_part(group, session, invitee, &place), closing(group, session, lang));
    let mut event = event(programme, session, time, lang, &description);
    event.stamp = revision.stamp;
    event.modified = revision.stamp;
    event.created = event.created.min(revision.stamp);
    event.uid = revision.uid;
    event.sequence = revision.sequence;
    // Who sends for the organizer is of no interest to those who only read.
    event.organizer = organizer(group, lang);
    event.attendees = vec![Attendee { participation: revision.participation, ..attendee(group, recipient, attends(invitee)) }];
    event.conference = event.url.clone().map(|uri| {
        let label = Text::fixed("Join the session", "Conectarse a la sesión").get(lang).to_owned();
        Conference { uri, label }
    });
    event.alarm = Some(Alarm { minutes_before: MINUTES_BEFORE, text: event.summary.clone() });
    let zones = Timezones::of([(&event.zone, time.0, time.1)]).told;
    Ok(Invitation { object: object(Method::Request, group.tag(lang), zones), event })
}

/// Why an invitation is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelReason {
    /// It does not take place.
    SessionCancelled,
    /// It takes place without them.
    NoLongerInvited,
    /// Another invitation stands in its place.
    Replaced,
}

impl CancelReason {
    /// What stands before the title, and what is said of it.
    fn words(self) -> (Text, Text) {
        match self {
            CancelReason::SessionCancelled => (
                Text::fixed("CANCELLED: ", "CANCELADA: "),
                Text::fixed("This session is cancelled.", "Esta sesión está cancelada."),
            ),
            CancelReason::Replaced => (
                Text::fixed("Replaced: ", "Sustituida: "),
                Text::fixed(
                    "Another invitation to this session takes the place of this one; the session is not cancelled.",
                    "Otra invitación a esta sesión sustituye a esta; la sesión no se cancela.",
                ),
            ),
            CancelReason::NoLongerInvited => (
                Text::fixed("No longer expected: ", "Ya no se le espera: "),
                Text::fixed(
                    "You are no longer expected at this session; the session itself is not cancelled.",
                    "En esta sesión ya no está prevista su participación; la sesión no se cancela.",
                ),
            ),
        }
    }
}

/// Takes an invitation back. Everything in it is what the recipient was told, whatever became of the session.
pub fn cancellation(group: &Group, told: &ToldInvitation, reason: CancelReason, revision: Revision) -> Invitation {
    let (mark, description) = reason.words();
    let mark = mark.get(told.lang);
    let title = told.title.strip_prefix(mark).unwrap_or(&told.title);
    let recipient = Attendee {
        name: told.name.clone(),
        email: told.email.clone(),
        kind: UserKind::Individual,
        role: Role::Required,
        participation: Participation::NeedsAction,
        rsvp: false,
        language: group.tag(told.lang),
    };
    let event = Event {
        uid: revision.uid,
        stamp: revision.stamp,
        modified: revision.stamp,
        created: revision.stamp,
        sequence: revision.sequence,
        start: told.start,
        end: told.end,
        zone: Zone::utc(),
        status: Status::Cancelled,
        transparency: Transparency::Free,
        comment: None,
        lang: group.tag(told.lang),
        summary: format!("{mark}{title}"),
        description: description.get(told.lang).to_owned(),
        html: None,
        location: None,
        url: None,
        conference: None,
        categories: vec![group.short_name().get(told.lang).to_owned()],
        organizer: organizer_then(group, told),
        attendees: vec![recipient],
        alarm: None,
        contact: None,
        attachments: Vec::new(),
        days: Vec::new(),
    };
    Invitation { object: object(Method::Cancel, group.tag(told.lang), Vec::new()), event }
}

/// Turns down the other time that somebody proposed (DECLINECOUNTER, RFC 5546 §3.2.8): what they were told holds, and
/// the comment says why. The version is that of the invitation, and stays.
pub fn turned_down(
    group: &Group,
    told: &ToldInvitation,
    status: Status,
    comment: Option<&str>,
    revision: Revision,
) -> Invitation {
    let lead = Text::fixed(
        "The time that you proposed was not taken; the session is held as it was announced.",
        "La hora que usted propuso no se tomó; la sesión se celebra como se anunció.",
    );
    let lead = lead.get(told.lang);
    let said = comment.map_or_else(|| lead.to_owned(), |comment| format!("{lead}\n{comment}"));
    let held = cancellation(group, told, CancelReason::SessionCancelled, revision);
    let event = Event {
        status,
        transparency: Transparency::Busy,
        summary: told.title.clone(),
        description: said.clone(),
        comment: Some(said),
        ..held.event
    };
    Invitation { object: object(Method::DeclineCounter, group.tag(told.lang), Vec::new()), event }
}

fn object(method: Method, lang: LanguageTag, zones: Vec<super::Timezone>) -> Object {
    Object { method, lang, name: None, description: None, feed: None, zones }
}

/// Who organized what somebody was told: calendars let nobody else take it back. Where that is not who organizes
/// now, whoever sends now sends in its name.
fn organizer_then(group: &Group, told: &ToldInvitation) -> Option<Organizer> {
    let now = organizer(group, told.lang)?;
    if told.organizer.is_empty() || address(&told.organizer) == address(&now.email) {
        return Some(now);
    }
    let sent_by = now.sent_by.or(Some(now.email));
    Some(Organizer { email: told.organizer.clone(), sent_by, ..now })
}

/// In which role somebody is invited.
pub fn attends(invitee: &Invitee) -> Role {
    match (invitee.chairs(), invitee.observes) {
        (true, _) => Role::Chair,
        (false, true) => Role::Optional,
        (false, false) => Role::Required,
    }
}

fn attendee(group: &Group, recipient: &Recipient, role: Role) -> Attendee {
    Attendee {
        name: recipient.name.get(recipient.lang).to_owned(),
        email: recipient.email.clone(),
        kind: if recipient.is_person { UserKind::Individual } else { UserKind::Group },
        role,
        participation: Participation::NeedsAction,
        rsvp: true,
        language: group.tag(recipient.lang),
    }
}

fn joining(session: &Session, lang: Lang) -> Vec<String> {
    let how = session.how_to_join.as_ref().map(|text| text.get(lang).to_owned());
    let interpretation = session.interpretation.as_ref().map(|text| {
        let word = Text::fixed("Interpretation", "Interpretación");
        format!("{}: {}", word.get(lang), text.get(lang))
    });
    join_line(session, lang).into_iter().chain(how).chain(interpretation).collect()
}

fn closing(group: &Group, session: &Session, lang: Lang) -> Vec<String> {
    let mut closing: Vec<String> = documents(session, lang).into_iter().collect();
    closing.extend(group.organizer.as_ref().map(|organizer| {
        let word = Text::fixed("Questions", "Consultas");
        format!("{}: {}, {}", word.get(lang), group.party(organizer.party).label(lang), organizer.email)
    }));
    closing
}

/// The documents of a session with their addresses, if it has any.
pub(super) fn documents(session: &Session, lang: Lang) -> Option<String> {
    let word = Text::fixed("Documents:", "Documentos:").get(lang).to_owned();
    let lines = session.documents.iter().map(|document| format!("{}: {}", document.title.get(lang), document.link.value));
    let lines: Vec<String> = std::iter::once(word).chain(lines).collect();
    (!session.documents.is_empty()).then(|| lines.join(" \n"))
}

/// "Your part:" and "10:05–10:45 you speak: …", by the clock of the agenda.
fn own_part(group: &Group, session: &Session, invitee: &Invitee, place: &Place) -> Option<(String, Vec<String>)> {
    let heading = parts_heading(invitee.recipient.lang);
    let lines = own_lines(group, session, invitee, place);
    (!lines.is_empty()).then_some((heading, lines))
}

pub(super) fn parts_heading(lang: Lang) -> String {
    Text::fixed("Your part:", "Su participación:").get(lang).to_owned()
}

/// What somebody does in a session, a line for each part, by the clock of a place.
pub fn own_lines(group: &Group, session: &Session, invitee: &Invitee, place: &Place) -> Vec<String> {
    invitee.own.iter().map(|own| own_line(group, session, own, &place.zone, invitee.recipient.lang)).collect()
}

pub(super) fn own_line(group: &Group, session: &Session, own: &OwnPart, zone: &Zone, lang: Lang) -> String {
    let does = does(own.kind).get(lang).to_owned();
    let tbc = if own.tbc { Text::fixed(" (to be confirmed)", " (por confirmar)").get(lang).to_owned() } else { String::new() };
    let agenda = session.agenda();
    let Some(entry) = own.slot.and_then(|slot| agenda.get(slot)) else {
        let session = Text::fixed("the session", "la sesión");
        return format!("{does} {}{tbc}", session.get(lang));
    };
    let title = match entry.within.and_then(|within| agenda.get(within)) {
        Some(whole) => format!("{} · {}", whole.slot.title.get(lang), entry.slot.title.get(lang)),
        None => entry.slot.title.get(lang).to_owned(),
    };
    match own.hours {
        Some(hours) => format!("{} {does}: {title}{tbc}", group.item_hours(lang, zone, &hours)),
        None => format!("{does}: {title}{tbc}"),
    }
}

fn does(kind: RoleKind) -> Text {
    match kind {
        RoleKind::Speaker => Text::fixed("you speak", "usted expone"),
        RoleKind::Moderator => Text::fixed("you moderate", "usted modera"),
        RoleKind::Facilitator => Text::fixed("you facilitate", "usted facilita"),
    }
}

#[cfg(test)]
mod tests;
