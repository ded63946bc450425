//! What was read beside where it stands, for a page.

use std::collections::HashMap;

use convoca_import::agenda::{FoundSession, Inferred, Item, Role, Speaker};
use serde_json::{Value, json};

use super::Reading;
use crate::locale::{Lang, Text, dates};

/// Lines of a document that are shown; no agenda is so long.
const MOST: usize = 4000;

pub(crate) fn review(name: &str, reading: &Reading) -> Value {
    let Reading { document, imported, proposal, files } = reading;
    let mut owner: HashMap<usize, (usize, Option<usize>)> = HashMap::new();
    for (at, session) in imported.sessions.iter().enumerate() {
        owner.entry(session.line).or_insert((at, None));
        if let Some(window) = &session.window {
            owner.entry(window.line).or_insert((at, None));
        }
        for (place, item) in session.items.iter().enumerate() {
            owner.extend(item.lines.iter().map(|line| (*line, (at, Some(place)))));
        }
    }
    let left: HashMap<usize, &Text> = imported.left.iter().map(|left| (left.line, &left.why)).collect();
    let lines = document.lines.iter().take(MOST).map(|line| {
        let own = owner.get(&line.number);
        json!({
            "number": line.number, "cells": line.cells, "heading": line.heading, "table": line.table.is_some(),
            "session": own.map(|(session, _)| session), "item": own.and_then(|(_, item)| *item),
            "head": imported.heads.contains(&line.number), "left": left.get(&line.number),
        })
    });
    let notes = proposal.notes.iter().map(|note| json!({ "line": note.line, "what": note.what, "doubt": note.doubt }));
    let files = files.iter().map(|file| {
        let differences = file.differences.iter().map(|own| json!({ "what": own.what, "can": own.can_be_taken() }));
        json!({ "path": file.path, "state": file.state(), "differences": differences.collect::<Value>(), "session": file.session })
    });
    json!({
        "name": name, "title": imported.title, "lines": lines.collect::<Value>(),
        "sessions": imported.sessions.iter().map(session).collect::<Value>(),
        "notes": notes.collect::<Value>(), "files": files.collect::<Value>(),
    })
}

fn session(session: &FoundSession) -> Value {
    let day = session
        .date
        .map(|date| Text { es: dates::long_date(Lang::Es, date).into(), en: dates::long_date(Lang::En, date).into() });
    json!({
        "line": session.line, "number": session.number, "title": session.title, "day": day, "written": session.date_text,
        "place": session.place, "confidence": (session.confidence * 100.0).round(), "inferred": inferred(&session.inferred),
        "items": session.items.iter().map(item).collect::<Value>(),
    })
}

fn item(item: &Item) -> Value {
    let groups = item.groups.iter().map(|group| json!({ "title": group.title, "speakers": speakers(&group.speakers) }));
    json!({
        "line": item.line, "level": item.level, "written": item.written_text,
        "start": item.start.map(|clock| clock.to_string()), "end": item.end.map(|clock| clock.to_string()), "minutes": item.minutes,
        "title": item.title, "speakers": speakers(&item.speakers), "tbc": item.tbc, "parallel": item.parallel,
        "groups": groups.collect::<Value>(), "inferred": inferred(&item.inferred),
    })
}

fn speakers(speakers: &[Speaker]) -> Value {
    let speakers = speakers.iter().map(|speaker| {
        let role = match speaker.role {
            Role::Speaker => "speaker",
            Role::Moderator => "moderator",
            Role::Facilitator => "facilitator",
            Role::All => "all",
        };
        json!({ "name": speaker.name, "tbc": speaker.tbc, "role": role })
    });
    speakers.collect()
}

fn inferred(inferred: &[Inferred]) -> Value {
    inferred.iter().map(|inferred| json!({ "field": inferred.field, "why": inferred.why })).collect()
}
