//! The calendars that anybody may import or subscribe to, in each language: one of the programme, one a
//! session, one for each party and person who takes part.

use rayon::prelude::*;

use super::{Artifact, stem};
use crate::calendar::{Error, Published, calendar_of, programme_calendar, session_calendar};
use crate::locale::{Lang, Text};
use crate::model::{Actor, PartyId, PersonId, Public, Session};
use crate::render::template::Templates;
use crate::schema::Status;

/// What a calendar is of.
enum Of<'a> {
    Programme,
    Session(&'a Session),
    /// A party or person, with its id.
    Actor(Actor, &'a str),
}

/// Every calendar, and what is to be told of them.
///
/// # Errors
/// Where a file does not say what was meant when it is read back: then none is written.
pub fn calendars(programme: &Public, templates: &Templates, draft: bool) -> Result<(Vec<Artifact>, Vec<Text>), Error> {
    let group = &programme.group;
    let mut jobs: Vec<(Lang, Of<'_>)> = Vec::new();
    for lang in group.languages.iter().copied() {
        jobs.push((lang, Of::Programme));
        jobs.extend(programme.sessions.iter().map(|session| (lang, Of::Session(session))));
        let parties = group.parties.iter().enumerate();
        jobs.extend(parties.map(|(index, party)| (lang, Of::Actor(Actor::Party(PartyId(index)), &party.id))));
        let people = group.people.iter().enumerate();
        jobs.extend(people.map(|(index, person)| (lang, Of::Actor(Actor::Person(PersonId(index)), &person.id))));
    }
    let made = jobs.into_par_iter().map(|(lang, of)| calendar(programme, templates, draft, lang, &of));
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
    programme: &Public,
    templates: &Templates,
    draft: bool,
    lang: Lang,
    of: &Of<'_>,
) -> Result<(Option<Artifact>, Vec<Text>), Error> {
    let published = match of {
        Of::Programme => programme_calendar(programme, lang),
        Of::Session(session) => session_calendar(programme, session, lang),
        Of::Actor(actor, _) => calendar_of(programme, actor, lang),
    };
    let draft = draft || matches!(of, Of::Session(session) if session.status == Status::Draft);
    let published: Published =
        if draft { published.marked_draft(templates.word("draft", lang).unwrap_or("DRAFT")) } else { published };
    if published.events.is_empty() {
        return Ok((None, published.notes));
    }
    let name = match of {
        Of::Programme => stem(templates, "programme", None, lang),
        Of::Session(session) => stem(templates, "agenda", Some(session), lang),
        Of::Actor(_, id) => format!("{}/{id}", stem(templates, "calendars", None, lang)),
    };
    Ok((Some(Artifact { path: format!("{lang}/{name}.ics"), bytes: published.bytes()? }), published.notes))
}
