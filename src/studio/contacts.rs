//! People out of a list of contacts: what it brings to the group is told before any of it is taken.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use convoca_import::again::{self, Difference, Sort};
use convoca_import::contacts::{self, List, People};
use convoca_studio::{Desk, Refused, page};
use serde::Deserialize;
use serde_json::{Value, json};

use super::invitations::aside;
use super::refusal::No;
use super::shared::Shared;
use crate::locale::Text;
use crate::text;

/// A list of some thousand people, in the JSON of the page.
const LARGEST: usize = 12 * 1024 * 1024;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/open", post(open).layer(DefaultBodyLimit::max(LARGEST))).route("/take", post(take))
}

/// A list as it was dropped.
#[derive(Deserialize)]
struct Dropped {
    name: String,
    bytes: String,
}

async fn open(State(shared): State<Arc<Shared>>, Json(Dropped { name, bytes }): Json<Dropped>) -> Result<Json<Value>, No> {
    aside(move || {
        let unreadable = |_| text!("`{name}` did not arrive whole", "`{name}` no llegó completo");
        let bytes = STANDARD.decode(bytes).map_err(unreadable)?;
        let list = contacts::read(&name, &bytes).ok_or_else(|| {
            text!(
                "`{name}` is no list of contacts: a sheet whose columns are called name, e-mail, organisation, or vCards",
                "`{name}` no es una lista de contactos: una hoja con columnas como nombre, correo y organización, o tarjetas vCard"
            )
        })?;
        let told = shared.see(|desk| Ok::<_, Refused>(told(&list, &merged(desk, &list)?)))?;
        shared.keep_contacts((name, list));
        Ok(Json(told))
    })
    .await
}

fn merged(desk: &Desk, list: &List) -> Result<People, Refused> {
    let programme = desk.snapshot().programme();
    let group = programme.map(|programme| &programme.group).ok_or_else(|| {
        Text::fixed("the group cannot be read: mend that first", "el grupo no se puede leer: corríjalo primero")
    })?;
    Ok(contacts::merged(list, group))
}

fn told(list: &List, people: &People) -> Value {
    let differences = people.differences.iter().map(|difference| {
        json!({ "is_new": difference.sort == Sort::Added, "can": difference.can_be_taken(), "what": difference.what })
    });
    let notes = people.notes.iter().map(|note| json!({ "line": note.line, "what": note.what }));
    json!({ "people": list.contacts.len(), "differences": differences.collect::<Value>(), "notes": notes.collect::<Value>() })
}

/// What of it is wanted, by its places in what was told.
#[derive(Deserialize)]
struct Picked {
    picks: Vec<usize>,
    base: u64,
}

/// Puts what was picked on the desk, as one change that can be undone.
async fn take(State(shared): State<Arc<Shared>>, Json(Picked { picks, base }): Json<Picked>) -> Result<Json<Value>, No> {
    let gone = || Text::fixed("no list is being read: drop it again", "no se está leyendo ninguna lista: suéltela de nuevo");
    let kept = shared.contacts().ok_or_else(gone)?;
    aside(move || {
        let (name, list) = &*kept;
        let mut left = Vec::new();
        let told = shared.change(|desk| {
            let people = merged(desk, list)?;
            let wanted: Vec<&Difference> = picks.iter().filter_map(|at| people.differences.get(*at)).collect();
            let (change, not_taken) = again::take(&mut desk.project().clone(), desk.today(), &wanted);
            left = not_taken;
            desk.put(text!("take contacts from `{name}`", "tomar contactos de `{name}`"), change)
        })?;
        let left = left.iter().map(|left| json!({ "what": left.what, "why": left.why }));
        Ok(Json(json!({ "did": told, "left": left.collect::<Value>(), "desk": shared.see(|desk| page::since(desk, base)) })))
    })
    .await
}
