//! The writing of every document, as `convoca build` does it; with errors, as drafts.

use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::refusal::No;
use super::shared::Shared;
use crate::diagnostics::has_errors;
use crate::formats::Format;
use crate::locale::Text;
use crate::papers::Stopped;
use crate::text;
use crate::workspace::{Failure, Kind, Others, Publication, Searched};

/// Begins it; how far it has come is told to every page.
pub(crate) async fn build(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, No> {
    if shared.see(convoca_studio::Desk::is_unsaved) {
        shared.save()?;
    }
    shared.bench.begin("build")?;
    tokio::task::spawn_blocking(move || match made(&shared) {
        Ok(report) => shared.bench.ended(report, None),
        Err(failure) => shared.bench.ended(Value::Null, Some(failure)),
    });
    Ok(Json(json!({})))
}

fn made(shared: &Shared) -> Result<Value, Failure> {
    let materials = shared.materials();
    let draft = has_errors(materials.snapshot().findings());
    let group = || Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo"));
    let workspace = shared.workspace();
    let edition = materials.edition(draft).ok_or_else(group)?;
    let register = workspace.register_after(&shared.out, &edition)?;
    let edition = edition.after(register, workspace.today);
    let publication = Publication::new(&shared.out, Kind::Build)?;
    let outlet = Searched::new(&publication, edition.programme, |done, of| {
        shared.bench.reached(done, of);
        match shared.bench.is_stopped() {
            true => Err(Failure::new(Text::fixed("it was stopped: nothing was written", "se detuvo: no se escribió nada"))),
            false => Ok(()),
        }
    });
    let made = edition.make_all(&edition.outputs(), &Format::ALL, &outlet).map_err(|stopped| match stopped {
        Stopped::Calendar(error) => Failure::new(error.message()),
        Stopped::Outlet(failure) => failure,
    })?;
    if let Some(leak) = outlet.leaks(materials.sources()).into_iter().next() {
        return Err(Failure::new(text!(l, why = leak.message.get(l).to_owned();
            "nothing was written: {why}", "no se escribió nada: {why}"))
        .helped(leak.mends.into_iter().next().map(|mend| mend.message)));
    }
    drop(outlet);
    let unremembered = workspace.remember(&edition, &made.paths);
    let written = publication.finish(&Others::TakenAway)?;
    Ok(json!({
        "files": made.paths.len(), "written": written.changed, "edited": written.edited, "draft": draft,
        "faults": made.faults.iter().map(|fault| &fault.message).chain(&unremembered).collect::<Vec<_>>(), "folder": absolute(&shared.out),
    }))
}

/// Where a folder is, as people look for it.
pub(crate) fn absolute(folder: &Path) -> String {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).display().to_string()
}

/// Opens the folder of the documents in the system's own window.
pub(crate) async fn folder(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, No> {
    let folder = std::path::absolute(&shared.out).map_err(Failure::from)?;
    if !folder.is_dir() {
        return Err(Text::fixed("nothing has been written yet", "todavía no se ha escrito nada").into());
    }
    shared.front.open(&folder.display().to_string());
    Ok(Json(json!({})))
}
