//! Proposals as tentative holds, to lay over one's own calendar.

use chrono::{NaiveTime, Utc};

use super::{Proposal, Request};
use crate::calendar::{Error, Event, Method, Object, Status, Transparency, announcer, identifier, read_back};
use crate::locale::Lang;
use crate::model::Programme;

/// A calendar with every session of every proposal, as tentative.
///
/// # Errors
/// Where another reader finds something else in the file.
pub fn holds(programme: &Programme, request: &Request, proposals: &[Proposal], lang: Lang) -> Result<Vec<u8>, Error> {
    let group = &programme.group;
    let stamp = request.today.and_time(NaiveTime::MIN).and_local_timezone(Utc).earliest().unwrap_or_default();
    let organizer = announcer(group, lang);
    let mut events = Vec::new();
    for (number, proposal) in (1..).zip(proposals) {
        for (place, session) in (1..).zip(&proposal.sessions) {
            let short_name = group.short_name().get(lang);
            let of = proposal.sessions.len();
            let summary = match lang {
                Lang::Es => format!("{short_name}: propuesta {number}, sesión {place} de {of}"),
                Lang::En => format!("{short_name}: proposal {number}, session {place} of {of}"),
            };
            let mut lines = session.hours(group, lang);
            lines.extend(session.against.iter().map(|text| text.get(lang).to_owned()));
            events.push(Event {
                uid: identifier(&format!("hold-{}@{}.{}", session.start.format("%Y%m%dT%H%MZ"), group.id, group.domain)),
                stamp,
                modified: stamp,
                created: stamp,
                sequence: 0,
                start: session.start,
                end: session.end,
                zone: group.zone.clone(),
                status: Status::Tentative,
                transparency: Transparency::Busy,
                comment: None,
                lang: group.tag(lang),
                summary,
                description: lines.join("\n"),
                html: None,
                location: None,
                url: None,
                conference: None,
                categories: Vec::new(),
                organizer: organizer.clone(),
                attendees: Vec::new(),
                alarm: None,
                contact: None,
                attachments: Vec::new(),
                days: Vec::new(),
            });
        }
    }
    let object = Object {
        method: Method::for_everybody(organizer.as_ref()),
        lang: group.tag(lang),
        name: None,
        description: None,
        feed: None,
        zones: Vec::new(),
    };
    let bytes = object.write(Vec::new(), &events)?;
    read_back(&bytes, &object, &events)?;
    Ok(bytes)
}
