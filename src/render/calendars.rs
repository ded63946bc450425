//! The calendars that anybody may import: one of the programme and one a session, in each language.

use rayon::prelude::*;

use super::{Artifact, stem};
use crate::calendar::{Error, Published, programme_calendar, session_calendar};
use crate::locale::{Lang, Text};
use crate::model::{Programme, Session};
use crate::render::template::Templates;
use crate::schema::Status;

/// Every calendar, and what is to be told of them.
///
/// # Errors
/// Where a file does not say what was meant when it is read back: then none is written.
pub fn calendars(programme: &Programme, templates: &Templates, draft: bool) -> Result<(Vec<Artifact>, Vec<Text>), Error> {
    let mut jobs: Vec<(Lang, Option<&Session>)> = Vec::new();
    for lang in programme.group.languages.iter().copied() {
        jobs.push((lang, None));
        jobs.extend(programme.sessions.iter().map(|session| (lang, Some(session))));
    }
    let made = jobs.into_par_iter().map(|(lang, session)| calendar(programme, templates, draft, lang, session));
    let mut artifacts = Vec::new();
    let mut notes: Vec<Text> = Vec::new();
    for result in made.collect::<Vec<_>>() {
        let (artifact, told) = result?;
        artifacts.extend(artifact);
        for note in told {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Ok((artifacts, notes))
}

fn calendar(
    programme: &Programme,
    templates: &Templates,
    draft: bool,
    lang: Lang,
    session: Option<&Session>,
) -> Result<(Option<Artifact>, Vec<Text>), Error> {
    let published = match session {
        Some(session) => session_calendar(programme, session, lang),
        None => programme_calendar(programme, lang),
    };
    let draft = draft || session.is_some_and(|session| session.status == Status::Draft);
    let published: Published =
        if draft { published.marked_draft(templates.word("draft", lang).unwrap_or("DRAFT")) } else { published };
    if published.events.is_empty() {
        return Ok((None, published.notes));
    }
    let document = if session.is_some() { "agenda" } else { "programme" };
    let path = format!("{lang}/{}.ics", stem(templates, document, session, lang));
    Ok((Some(Artifact { path, bytes: published.bytes()? }), published.notes))
}
