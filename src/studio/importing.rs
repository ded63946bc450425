//! The beginning of a programme where there is none, and the reading of documents: what they say beside where they
//! say it, read again with each correction.

mod review;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use convoca_import::again::{self, Difference, NotTaken};
use convoca_import::agenda::{self, Hints, Imported};
use convoca_import::source::{self, Document};
use convoca_import::write::{Proposal, Request, propose};
use convoca_studio::{Desk, Refused};
use serde::Deserialize;
use serde_json::{Value, json};

use super::invitations::aside;
use super::refusal::No;
use super::shared::Shared;
use crate::locale::{Lang, Text, words};
use crate::project::{Change, Project, Snapshot, Step};
use crate::schema::GROUP_FILE;
use crate::text;
use crate::workspace::example;

/// A document with its pictures; in the JSON of the page it is a third longer.
const LARGEST: usize = 88 * 1024 * 1024;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/open", post(open).layer(DefaultBodyLimit::max(LARGEST)))
        .route("/again", post(again))
        .route("/take", post(take))
        .route("/example", post(begin))
}

/// A document as it was dropped, or as text that was pasted.
#[derive(Deserialize)]
#[serde(untagged)]
enum Opened {
    File { name: String, bytes: String },
    Pasted { text: String },
}

/// What a person says beside a document.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Corrections {
    /// What lines say instead, cell by cell.
    lines: BTreeMap<usize, Vec<String>>,
    /// Of dates without one.
    year: Option<i32>,
    /// The zone of the hours, for a new group.
    zone: Option<String>,
    /// What is taken into files that are there already: by path, the places of differences.
    picks: BTreeMap<String, Vec<usize>>,
    /// In which language remarks are written into the files.
    lang: String,
}

/// A document as it was read with its corrections.
struct Reading {
    document: Document,
    imported: Imported,
    proposal: Proposal,
    files: Vec<Proposed>,
}

/// A file that would be written.
struct Proposed {
    path: String,
    /// What is there already.
    before: Option<String>,
    text: String,
    /// What it says otherwise than what is there.
    differences: Vec<Difference>,
    session: Option<usize>,
}

impl Corrections {
    fn lang(&self) -> Lang {
        if self.lang == "en" { Lang::En } else { Lang::Es }
    }

    fn read(&self, name: &str, document: &Document, (project, snapshot): (&Project, &Snapshot)) -> Reading {
        let mut document = document.clone();
        for line in &mut document.lines {
            if let Some(cells) = self.lines.get(&line.number) {
                line.cells.clone_from(cells);
                line.prose = None;
            }
        }
        let imported = agenda::read(&document, &Hints { year: self.year, month: None, today: Some(snapshot.today()) });
        let has_group = project.paths().iter().any(|path| path.rsplit('/').next() == Some(GROUP_FILE));
        let request = Request {
            lang: self.lang(),
            today: snapshot.today(),
            from: name,
            zone: self.zone.as_deref(),
            programme: snapshot.programme().filter(|_| has_group),
        };
        let proposal = propose(&document, &imported, &request);
        let folder = snapshot.folder();
        let files = proposal.files.iter().map(|file| {
            let there = again::file_of(project, folder, file, file.session.and_then(|at| imported.sessions.get(at)));
            let own = if folder.is_empty() { file.name.clone() } else { format!("{folder}/{}", file.name) };
            let (path, before) = there.map_or((own, None), |(path, text)| (path, Some(text)));
            let group = request.programme.map(|programme| &programme.group);
            let differences = match &before {
                Some(before) if *before != file.text => again::differences(&path, before, &file.text, group),
                _ => Vec::new(),
            };
            Proposed { path, before, text: file.text.clone(), differences, session: file.session }
        });
        let files = files.collect();
        Reading { imported, proposal, files, document }
    }
}

impl Proposed {
    /// "new", "same", or "differs".
    fn state(&self) -> &'static str {
        match &self.before {
            None => "new",
            Some(_) if self.differences.is_empty() => "same",
            Some(_) => "differs",
        }
    }
}

impl Reading {
    /// The files that are new, what was picked for those that are there, and the people and organisations that either
    /// names and the group does not have; with what could not be taken, and why.
    fn taken(&self, corrections: &Corrections, project: &Project, today: NaiveDate) -> Result<(Change, Vec<NotTaken>), Refused> {
        let new = || self.files.iter().filter(|file| file.before.is_none());
        let steps = new().map(|file| Step::File { path: file.path.clone(), before: None, after: Some(file.text.clone()) });
        let mut change = Change { steps: steps.collect() };
        let mut project = project.clone();
        project.apply(&change)?;
        let picked = self.files.iter().flat_map(|file| {
            let picks = corrections.picks.get(&file.path).map_or(&[][..], Vec::as_slice);
            picks.iter().filter_map(|at| file.differences.get(*at))
        });
        let picked: Vec<&Difference> = picked.collect();
        let newcomers: Vec<(String, Difference)> = again::newcomers(&self.proposal);
        let is_named =
            |id: &str| picked.iter().any(|own| own.names(id)) || new().any(|file| file.text.contains(&format!("\"{id}\"")));
        let named = newcomers.iter().filter(|(id, _)| is_named(id)).map(|(_, newcomer)| newcomer);
        let wanted: Vec<&Difference> = named.chain(picked.iter().copied()).collect();
        let (taken, left) = again::take(&mut project, today, &wanted);
        change.steps.extend(taken.steps);
        Ok((change, left))
    }
}

async fn open(State(shared): State<Arc<Shared>>, Json(opened): Json<Opened>) -> Result<Json<Value>, No> {
    aside(move || {
        let (name, bytes) = match opened {
            Opened::File { name, bytes } => {
                let unreadable = |_| text!("`{name}` did not arrive whole", "`{name}` no llegó completo");
                let bytes = STANDARD.decode(bytes).map_err(unreadable)?;
                (name, bytes)
            }
            Opened::Pasted { text } => (String::new(), text.into_bytes()),
        };
        let document = source::read(&name, &bytes).map_err(|why| {
            let name = name.clone();
            text!(l, why = why.get(l).to_owned(); "cannot read `{name}`: {why}", "no se puede leer `{name}`: {why}")
        })?;
        shared.keep((name, document));
        reviewed(&shared, &Corrections::default())
    })
    .await
}

async fn again(State(shared): State<Arc<Shared>>, Json(corrections): Json<Corrections>) -> Result<Json<Value>, No> {
    aside(move || reviewed(&shared, &corrections)).await
}

fn gone() -> No {
    Text::fixed("no document is being read: drop it again", "no se está leyendo ningún documento: suéltelo de nuevo").into()
}

fn reviewed(shared: &Shared, corrections: &Corrections) -> Result<Json<Value>, No> {
    let document = shared.document().ok_or_else(gone)?;
    let (name, document) = &*document;
    Ok(Json(shared.see(|desk| review::review(name, &corrections.read(name, document, (desk.project(), desk.snapshot()))))))
}

/// Puts what was read on the desk, as one change that can be undone.
async fn take(State(shared): State<Arc<Shared>>, Json(corrections): Json<Corrections>) -> Result<Json<Value>, No> {
    let document = shared.document().ok_or_else(gone)?;
    aside(move || {
        let (name, document) = &*document;
        let mut left = Vec::new();
        let told = shared.change(|desk| {
            let reading = corrections.read(name, document, (desk.project(), desk.snapshot()));
            let (change, not_taken) = reading.taken(&corrections, desk.project(), desk.today())?;
            left = not_taken;
            let sessions = reading.imported.sessions.len();
            let count = |l| match l {
                Lang::En => words::count(sessions, "session", "sessions"),
                Lang::Es => words::count(sessions, "sesión", "sesiones"),
            };
            desk.put(text!(l, count = count(l); "import {count}", "importar {count}"), change)
        })?;
        let left = left.iter().map(|left| json!({ "what": left.what, "why": left.why }));
        Ok(Json(json!({ "did": told, "left": left.collect::<Value>(), "desk": shared.see(convoca_studio::page::desk) })))
    })
    .await
}

#[derive(Deserialize)]
struct In {
    lang: String,
}

/// Puts the example on an empty desk.
async fn begin(State(shared): State<Arc<Shared>>, Json(wanted): Json<In>) -> Result<Json<Value>, No> {
    let lang = if wanted.lang == "en" { Lang::En } else { Lang::Es };
    let told = shared.change(|desk: &mut Desk| {
        let folder = desk.snapshot().folder().to_owned();
        let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let file = |(name, text): (&str, &str)| Step::File { path: path(name), before: None, after: Some(text.to_owned()) };
        let steps = example(lang).map(file).collect();
        desk.put(Text::fixed("open the example", "abrir el ejemplo"), Change { steps })
    })?;
    Ok(Json(json!({ "did": told, "desk": shared.see(convoca_studio::page::desk) })))
}
