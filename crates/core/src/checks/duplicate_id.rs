//! An id that two things share.

use std::collections::HashMap;

use super::{Check, Context, Findings};
use crate::decode::Id;
use crate::diagnostics::{At, Example, Level, Rule, Span};
use crate::locale::Text;
use crate::schema::{Section, list};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "duplicate-id",
        level: Level::Error,
        summary: Text::fixed("an id names one thing", "un identificador nombra una sola cosa"),
        documentation: Text::fixed(
            "The calendar UID of a session comes from its id: two sessions that share one would overwrite each other in every\n\
             participant's calendar. The same holds for sections, whose ids are links, and for a person and a party.",
            "El UID de calendario de una sesión sale de su identificador: dos sesiones que lo comparten se borrarían una a otra en\n\
             el calendario de cada participante. Lo mismo vale para las secciones, cuyos identificadores son enlaces, y para una\n\
             persona y una organización.",
        ),
        example: Example {
            faulty: &[(
                "second.toml",
                concat!(
                    "id = \"session\"\nnumber = 2\ndate = 2027-03-05\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
            mended: &[(
                "second.toml",
                concat!(
                    "id = \"second\"\nnumber = 2\ndate = 2027-03-05\nmoderator = \"port\"\n",
                    "title = { es = \"Segunda\", en = \"Second\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    // What a session was called before is still the name of its invitations.
    let sessions = context.written.sessions.iter().flat_map(|(_, session)| session.id.iter().chain(&session.formerly));
    report(sessions.map(|id| (id.0.as_str(), id.span)), findings);
    if let Some((_, note)) = &context.written.concept_note {
        let mut ids = Vec::new();
        list(&note.sections).iter().for_each(|section| collect(section, &mut ids));
        report(ids.iter().map(|id| (id.0.as_str(), id.span)), findings);
    }
    if let Some((_, group)) = &context.written.group {
        let parties = group.parties.iter().flat_map(|map| &map.0).map(|(key, _)| (key.as_str(), key.span));
        let people = group.people.iter().flat_map(|map| &map.0).map(|(key, _)| (key.as_str(), key.span));
        report(parties.chain(people), findings);
    }
}

fn collect<'a>(section: &'a Section, ids: &mut Vec<&'a At<Id>>) {
    ids.extend(section.id.as_ref());
    list(&section.sections).iter().for_each(|part| collect(part, ids));
}

fn report<'a>(ids: impl Iterator<Item = (&'a str, Span)>, findings: &mut Findings) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for (id, span) in ids {
        match first.get(id) {
            Some(other) => findings.push(
                findings
                    .finding(text!("the id `{id}` is used twice", "el identificador `{id}` está dos veces"))
                    .at(span, Text::fixed("used again here", "aquí se repite"))
                    .at(*other, Text::fixed("used here first", "aquí está primero"))
                    .advice(Text::fixed(
                        "give the newer one another id; one that was already sent keeps its own",
                        "dé otro identificador al más nuevo; el que ya se envió conserva el suyo",
                    )),
            ),
            None => {
                first.insert(id, span);
            }
        }
    }
}
