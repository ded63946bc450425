//! Invitations: what would be sent to whom and why, each mail as its reader sees it, and the sending.

mod sending;
mod shown;

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::building::absolute;
use super::refusal::No;
use super::shared::Shared;
use crate::itip::{self, Plan, Wish};
use crate::ledger::History;
use crate::locale::Text;
use crate::mail::reading;
use crate::model::Programme;
use crate::papers::Materials;
use crate::text;
use crate::workspace::letters::{self, Stationery};
use crate::workspace::{Failure, find_session_id, in_the_way, programme};
pub(crate) use shown::{each, when};

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/plan", post(plan))
        .route("/mail", post(mail))
        .route("/write", post(write))
        .route("/record", post(record))
        .route("/send", post(sending::send))
}

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    /// Only this session, by id.
    session: Option<String>,
    cosmetic: bool,
    remind: bool,
    /// Sessions, by id, whose join link holds though their time changed.
    same: Vec<String>,
}

/// One mail of a plan.
#[derive(Deserialize)]
struct One {
    wanted: Wanted,
    mail: String,
}

/// A plan that was looked at.
#[derive(Deserialize)]
struct Seen {
    wanted: Wanted,
    plan: String,
}

impl Wanted {
    fn plan(&self, shared: &Shared, programme: &Programme, history: &History) -> Result<Plan, Failure> {
        let id = |wanted: &String| find_session_id(programme, history, wanted);
        let wish = Wish {
            now: shared.workspace().now(),
            session: self.session.as_ref().map(id).transpose()?,
            cosmetic: self.cosmetic,
            remind: self.remind,
            again: Vec::new(),
            same_link: self.same.iter().map(id).collect::<Result<_, _>>()?,
            new_organizer: false,
        };
        Ok(itip::plan(programme, history, &wish))
    }

    /// The errors that stand in the way.
    fn errors(&self, materials: &Materials) -> Vec<Text> {
        let snapshot = materials.snapshot();
        let sessions = snapshot.programme().map_or(&[][..], |programme| &programme.sessions);
        let session = self.session.as_ref().and_then(|id| sessions.iter().find(|session| session.id.value == *id));
        in_the_way(snapshot, session).into_iter().map(|error| error.message.clone()).collect()
    }
}

fn stationery(materials: &Materials) -> Result<Stationery<'_>, Failure> {
    let programme = programme(materials.snapshot())?;
    Ok(Stationery { programme, sources: materials.sources(), templates: materials.templates() })
}

/// Where mails are written that a person sends.
fn folder(shared: &Shared) -> PathBuf {
    shared.out.parent().unwrap_or(std::path::Path::new("")).join("mails")
}

/// Runs what may take a moment beside the one thread that serves.
pub(crate) async fn aside<R: Send + 'static>(work: impl FnOnce() -> Result<R, No> + Send + 'static) -> Result<R, No> {
    let failed = |_| No::from(Text::fixed("this could not be done", "no se pudo hacer"));
    tokio::task::spawn_blocking(work).await.map_err(failed)?
}

async fn plan(State(shared): State<Arc<Shared>>, Json(wanted): Json<Wanted>) -> Result<Json<Value>, No> {
    aside(move || {
        let materials = shared.materials();
        let errors = wanted.errors(&materials);
        let folder = folder(&shared);
        let about = json!({
            "errors": errors, "server": shared.front.smtp(),
            "folder": absolute(&folder), "waiting": letters::are_written(&folder),
        });
        let mut told = if errors.is_empty() {
            let programme = programme(materials.snapshot())?;
            let (history, note) = shared.workspace().history(Some(programme))?;
            let mut told = shown::plan(&programme.group, &wanted.plan(&shared, programme, &history)?);
            told["note"] = json!(note);
            told
        } else {
            json!({ "plan": null, "count": 0, "sessions": [], "held": [], "lost": [], "note": null })
        };
        if let (Some(told), Value::Object(about)) = (told.as_object_mut(), about) {
            told.extend(about);
        }
        Ok(Json(told))
    })
    .await
}

async fn mail(State(shared): State<Arc<Shared>>, Json(one): Json<One>) -> Result<Json<Value>, No> {
    aside(move || {
        let materials = shared.materials();
        let stationery = stationery(&materials)?;
        let (history, _) = shared.workspace().history(Some(stationery.programme))?;
        let plan = one.wanted.plan(&shared, stationery.programme, &history)?;
        let found = plan.letters().find(|(_, _, letter)| letter.message.mail == one.mail);
        let (session, item, letter) = found.ok_or_else(changed)?;
        let made = stationery.one(session, item, letter, history.secrets().next()).map_err(Failure::from)?;
        let read = reading(&made.mail.bytes).unwrap_or_default();
        let page = shared.put("text/html; charset=utf-8", read.html.clone().into_bytes())?;
        Ok(Json(shown::mail(&stationery.programme.group, session, item, letter, &read, &format!("/preview/{page}"))))
    })
    .await
}

/// A plan that is not what was looked at any more.
fn changed() -> No {
    Text::fixed(
        "the plan changed meanwhile, and nothing was sent: look at it again",
        "el plan cambió entretanto, y no se envió nada: véalo de nuevo",
    )
    .into()
}

/// What the files say is what is sent: what is on the desk alone is saved first.
fn saved(shared: &Shared) -> Result<(), No> {
    if shared.see(convoca_studio::Desk::is_unsaved) {
        shared.save()?;
    }
    Ok(())
}

async fn write(State(shared): State<Arc<Shared>>, Json(seen): Json<Seen>) -> Result<Json<Value>, No> {
    saved(&shared)?;
    aside(move || {
        let materials = shared.materials();
        if let Some(error) = seen.wanted.errors(&materials).into_iter().next() {
            return Err(error.into());
        }
        let stationery = stationery(&materials)?;
        let workspace = shared.workspace();
        let mut ledger = workspace.ledger(Some(stationery.programme))?;
        let plan = seen.wanted.plan(&shared, stationery.programme, ledger.history())?;
        if plan.id != seen.plan {
            return Err(changed());
        }
        let secret = letters::secret(ledger.history())?;
        let composed = stationery.compose(&plan, &secret).map_err(Failure::from)?;
        let folder = folder(&shared);
        letters::keep(secret, &mut ledger, workspace.now())?;
        let put = letters::write(&folder, &mut ledger, &plan, composed, workspace.now())?;
        Ok(Json(json!({ "count": put.count, "kept": put.kept.len(), "folder": absolute(&folder) })))
    })
    .await
}

/// Enters in the ledger the mails that were written and that a person has sent since.
async fn record(State(shared): State<Arc<Shared>>, Json(_): Json<Value>) -> Result<Json<Value>, No> {
    aside(move || {
        let workspace = shared.workspace();
        let entered = letters::record(&folder(&shared), &mut workspace.ledger(None)?, workspace.now())?;
        let (count, known, missing) = (entered.entered.len(), entered.known, entered.missing);
        Ok(Json(json!({ "count": count, "known": known, "missing": missing })))
    })
    .await
}

/// How many were typed, against how many there are: a person who counts has looked.
fn counted(typed: &str, letters: usize) -> Result<(), No> {
    match typed.trim().parse() == Ok(letters) {
        true => Ok(()),
        false => Err(text!(
            "there are {letters} mails: type {letters} to send them",
            "son {letters} correos: escriba {letters} para enviarlos"
        )
        .into()),
    }
}
