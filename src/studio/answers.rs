//! Who comes to each session, and the taking in of answers: mails that are dropped on the page, a mailbox, or what
//! somebody was told.

use std::io::Cursor;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::front::{Origin, Spoken};
use super::invitations::{aside, each, when};
use super::refusal::No;
use super::shared::Shared;
use crate::invitees::Invitees;
use crate::ledger::Answer;
use crate::locale::{Lang, Text};
use crate::replies::attendance::attendance;
use crate::replies::invitations::Invitations;
use crate::replies::mailbox::Messages;
use crate::text;
use crate::workspace::{Failure, programme};

/// Mails with what is attached to them; in the JSON of the page they are a third longer.
const LARGEST: usize = 64 * 1024 * 1024;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(seen))
        .route("/files", post(files).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/mailbox", post(mailbox))
        .route("/spoken", post(spoken))
}

/// Who comes to what, session by session.
async fn seen(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, No> {
    aside(move || {
        let workspace = shared.workspace();
        let materials = shared.materials();
        let programme = programme(materials.snapshot())?;
        let (history, _) = workspace.history(Some(programme))?;
        let invitations = Invitations::of_ledger(&history);
        let invitees = Invitees::new(programme);
        let group = &programme.group;
        let sessions = programme.sessions.iter().map(|session| {
            let told = |lang| attendance(programme, &invitees, &invitations, session, workspace.now(), lang);
            let (es, en) = (told(Lang::Es), told(Lang::En));
            // What a language words stands in both; all else is the same in each.
            let rows = es.invited.iter().zip(&en.invited).map(|(own, other)| {
                let both = |of: fn(&crate::replies::attendance::Invited) -> &str| Text { es: of(own).to_owned().into(), en: of(other).to_owned().into() };
                json!({
                    "who": own.who, "name": both(|row| &row.name), "party": both(|row| row.party.as_deref().unwrap_or_default()),
                    "country": both(|row| row.country.as_deref().unwrap_or_default()), "address": own.address,
                    "answer": Answer::id_of(own.answer), "earlier": own.earlier, "byHand": own.by_hand, "comment": own.comment,
                    "proposed": own.proposed.map(|at| each(|lang| when(group, at, lang))),
                })
            });
            let countries = es.countries.iter().zip(&en.countries).map(|(own, other)| {
                json!({ "name": { "es": own.name, "en": other.name }, "accepted": own.counts.accepted, "invited": own.counts.invited })
            });
            json!({
                "session": es.session, "name": each(|lang| session.name(lang)), "title": session.title, "cancelled": es.cancelled,
                "counts": es.counts, "quorum": es.quorum, "countries": countries.collect::<Value>(), "invited": rows.collect::<Value>(),
                "gone": es.no_longer_invited.iter().map(|row| json!({ "name": row.name, "answer": Answer::id_of(row.answer) })).collect::<Value>(),
            })
        });
        Ok(Json(json!({ "sessions": sessions.collect::<Value>(), "mailbox": shared.front.imap() })))
    })
    .await
}

/// A file that was dropped on the page.
#[derive(Deserialize)]
struct Dropped {
    name: String,
    /// In base64.
    bytes: String,
}

async fn files(State(shared): State<Arc<Shared>>, Json(dropped): Json<Vec<Dropped>>) -> Result<Json<Value>, No> {
    aside(move || {
        let (mut messages, mut unread) = (Vec::new(), Vec::new());
        for Dropped { name, bytes } in dropped {
            let unreadable = |_| text!("`{name}` did not arrive whole", "`{name}` no llegó completo");
            let bytes = STANDARD.decode(bytes).map_err(unreadable)?;
            let before = messages.len();
            for (index, message) in Messages::new(Cursor::new(bytes)).enumerate() {
                let place = if index == 0 { name.clone() } else { format!("{name}#{}", index + 1) };
                messages.push((place, message.map_err(Failure::from)?));
            }
            // Neither mail nor calendar, or nothing at all: whoever dropped it learns which it was.
            if messages[before..].iter().all(|(_, message)| message.is_foreign) {
                unread.push(name);
            }
        }
        let mut report = shared.front.answers(&shared.workspace(), Origin::Files(messages))?;
        report["unread"] = json!(unread);
        Ok(Json(report))
    })
    .await
}

async fn mailbox(State(shared): State<Arc<Shared>>, Json(_): Json<Value>) -> Result<Json<Value>, No> {
    aside(move || Ok(Json(shared.front.answers(&shared.workspace(), Origin::Mailbox)?))).await
}

/// What somebody said by telephone, or in a mail in words.
#[derive(Deserialize)]
struct Said {
    who: String,
    session: String,
    answer: String,
}

async fn spoken(State(shared): State<Arc<Shared>>, Json(said): Json<Said>) -> Result<Json<Value>, No> {
    let answer = match said.answer.as_str() {
        "accepted" => Answer::Accepted,
        "declined" => Answer::Declined,
        "tentative" => Answer::Tentative,
        _ => return Err(Text::fixed("there is no such answer", "no hay tal respuesta").into()),
    };
    let spoken = Spoken { who: said.who, session: said.session, answer };
    aside(move || Ok(Json(shared.front.answers(&shared.workspace(), Origin::Spoken(spoken))?))).await
}
