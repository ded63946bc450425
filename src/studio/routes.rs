//! What a page may ask for.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use convoca_studio::{Command, Refused, page, papers};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};

use super::guard::{self, Guard};
use super::refusal::No;
use super::shared::Shared;
use super::{answers, branding, building, contacts, dates, importing, invitations, ui, yesterday};
use crate::formats::Format;
use crate::locale::Text;
use crate::{rules, text};

/// No session has so much to say.
const LARGEST_BODY: usize = 1024 * 1024;

pub(crate) fn app(shared: Arc<Shared>, guard: Guard) -> Router {
    let api = Router::new()
        .route("/desk", get(desk))
        .route("/events", get(events))
        .route("/act", post(act))
        .route("/try", post(attempt))
        .route("/undo", post(undo))
        .route("/redo", post(redo))
        .route("/save", post(save))
        .route("/take", post(take))
        .route("/settle", post(settle))
        .route("/papers", get(list))
        .route("/preview", post(preview))
        .route("/build", post(building::build))
        .route("/folder", post(building::folder))
        .route("/stop", post(stop))
        .nest("/invitations", invitations::routes())
        .nest("/answers", answers::routes())
        .nest("/dates", dates::routes())
        .nest("/import", importing::routes())
        .nest("/branding", branding::routes())
        .nest("/contacts", contacts::routes())
        .route("/yesterday", get(yesterday::yesterday))
        .route("/places", get(places))
        .route("/explain", get(explain))
        .route("/close", post(close));
    Router::new()
        .route("/", get(async |headers: HeaderMap| ui::file("index.html", &headers)))
        .route("/ui/{*name}", get(async |Path(name): Path<String>, headers: HeaderMap| ui::file(&name, &headers)))
        .route("/preview/{ticket}", get(shown))
        .nest("/api", api)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(guard, guard::watch))
        .with_state(shared)
}

type Desk = State<Arc<Shared>>;

/// A change of what the page saw.
#[derive(Deserialize)]
struct Asked {
    base: u64,
    command: Command,
}

/// What the page saw.
#[derive(Deserialize)]
struct Seen {
    base: u64,
}

/// Refuses what was asked of a state that is no more.
fn is_now(shared: &Shared, base: u64) -> Result<(), No> {
    match shared.see(|desk| desk.revision()) == base {
        true => Ok(()),
        false => Err(No(StatusCode::CONFLICT, json!({ "stale": true }))),
    }
}

/// What there is to be seen for a page that saw a revision.
fn state(shared: &Shared, base: u64) -> Value {
    shared.see(|desk| page::since(desk, base))
}

/// Since which revision a page wants to know; all of it unless it says.
#[derive(Deserialize)]
struct Since {
    since: Option<u64>,
}

async fn desk(State(shared): Desk, Query(Since { since }): Query<Since>) -> Json<Value> {
    let mut seen = state(&shared, since.unwrap_or(0));
    seen["news"] = json!(shared.news());
    seen["work"] = json!(*shared.bench.watch().borrow());
    seen["pdf"] = cfg!(feature = "pdf").into();
    seen["version"] = crate::version().into();
    Json(seen)
}

async fn act(State(shared): Desk, Json(asked): Json<Asked>) -> Result<Json<Value>, No> {
    is_now(&shared, asked.base)?;
    let told = shared.change(|desk| desk.act(&asked.command))?;
    Ok(Json(json!({ "did": told, "desk": state(&shared, asked.base) })))
}

async fn attempt(State(shared): Desk, Json(asked): Json<Asked>) -> Result<Json<Value>, No> {
    is_now(&shared, asked.base)?;
    let told = shared.see(|desk| {
        let (label, snapshot) = desk.attempt(&asked.command)?;
        Ok::<_, Refused>(json!({ "would": label, "programme": page::tried(desk.snapshot(), &snapshot) }))
    })?;
    Ok(Json(told))
}

async fn undo(State(shared): Desk, Json(seen): Json<Seen>) -> Result<Json<Value>, No> {
    is_now(&shared, seen.base)?;
    let told = shared.change(|desk| desk.undo())?;
    Ok(Json(json!({ "did": told, "desk": state(&shared, seen.base) })))
}

async fn redo(State(shared): Desk, Json(seen): Json<Seen>) -> Result<Json<Value>, No> {
    is_now(&shared, seen.base)?;
    let told = shared.change(|desk| desk.redo())?;
    Ok(Json(json!({ "did": told, "desk": state(&shared, seen.base) })))
}

async fn save(State(shared): Desk, Json(seen): Json<Seen>) -> Result<Json<Value>, No> {
    is_now(&shared, seen.base)?;
    let files = shared.save()?;
    Ok(Json(json!({ "files": files, "desk": state(&shared, seen.base) })))
}

/// Whose text of a file stays.
#[derive(Deserialize)]
struct Taken {
    path: String,
    theirs: bool,
    base: u64,
}

async fn take(State(shared): Desk, Json(taken): Json<Taken>) -> Result<Json<Value>, No> {
    is_now(&shared, taken.base)?;
    shared.change(|desk| desk.take(&taken.path, taken.theirs))?;
    Ok(Json(json!({ "desk": state(&shared, taken.base) })))
}

/// Whose stands, clash by clash, in a file that both changed.
#[derive(Deserialize)]
struct Settled {
    path: String,
    theirs: Vec<bool>,
    base: u64,
}

async fn settle(State(shared): Desk, Json(settled): Json<Settled>) -> Result<Json<Value>, No> {
    is_now(&shared, settled.base)?;
    shared.change(|desk| desk.settle(&settled.path, &settled.theirs))?;
    Ok(Json(json!({ "desk": state(&shared, settled.base) })))
}

/// The revision of the desk and what is being done, now and at each change.
async fn events(State(shared): Desk) -> Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>> {
    let (mut revisions, work) = (shared.revisions(), shared.bench.watch());
    revisions.mark_changed();
    let page = shared.opened();
    let told = stream::unfold((revisions, work, page), async |(mut revisions, mut work, page)| {
        tokio::select! {
            changed = revisions.changed() => changed.ok()?,
            changed = work.changed() => changed.ok()?,
        }
        let told = json!({ "revision": *revisions.borrow_and_update(), "work": *work.borrow_and_update() });
        Some((Ok(Event::default().data(told.to_string())), (revisions, work, page)))
    });
    Sse::new(told).keep_alive(KeepAlive::default())
}

async fn list(State(shared): Desk) -> Json<Value> {
    let materials = shared.materials();
    Json(papers::list(&materials))
}

#[derive(Deserialize)]
struct Wanted {
    paper: String,
    format: String,
}

/// Makes a document and says where a frame finds it.
async fn preview(State(shared): Desk, Json(wanted): Json<Wanted>) -> Result<Json<Value>, No> {
    let materials = shared.materials();
    let format = Format::of(&wanted.format).ok_or(Text::fixed("there is no such format", "no hay tal formato"))?;
    let kind = match format {
        Format::Html => "text/html; charset=utf-8",
        Format::Pdf => "application/pdf",
        _ => "text/plain; charset=utf-8",
    };
    let made = tokio::task::spawn_blocking(move || papers::make(&materials, &wanted.paper, format)).await;
    let failed = |_| Text::fixed("the document could not be made", "no se pudo hacer el documento");
    let bytes = made.map_err(failed)??;
    Ok(Json(json!({ "address": format!("/preview/{}", shared.put(kind, bytes)?) })))
}

async fn shown(State(shared): Desk, Path(ticket): Path<String>) -> Response {
    let Some((_, kind, bytes)) = shared.preview(&ticket) else { return StatusCode::FORBIDDEN.into_response() };
    // A document has no script; the viewer of PDF does not work within a sandbox.
    let policy = match kind {
        "application/pdf" => "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
        _ => "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'",
    };
    let mut response = ([(header::CONTENT_TYPE, kind)], bytes.to_vec()).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

#[derive(Deserialize)]
struct Which {
    check: String,
}

async fn explain(Query(which): Query<Which>) -> Result<Json<Value>, No> {
    let rule = rules::all().find(|rule| rule.id == which.check);
    let check = &which.check;
    let rule = rule.ok_or_else(|| text!("there is no check `{check}`", "no existe la verificación `{check}`"))?;
    Ok(Json(json!({ "summary": rule.summary, "documentation": rule.documentation })))
}

/// Every country with its zones, to choose from.
async fn places() -> Json<Value> {
    let countries = crate::time::countries();
    Json(countries.map(|country| json!({ "code": country.code, "name": country.name, "zones": country.zones })).collect())
}

/// Stops what takes long.
async fn stop(State(shared): Desk) -> StatusCode {
    shared.bench.stop();
    StatusCode::NO_CONTENT
}

async fn close(State(shared): Desk) -> StatusCode {
    shared.close();
    StatusCode::NO_CONTENT
}
