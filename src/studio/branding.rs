//! How the documents look: the files that `branding.toml` names, and what is wrong with them.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use convoca_studio::{Command, page};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::No;
use super::shared::Shared;
use crate::letterhead;
use crate::locale::Text;
use crate::papers::is_asset;
use crate::text;

/// A logo or a Word template may have 16 MiB; in the JSON of the page it is a third longer.
const LARGEST: usize = 22 * 1024 * 1024;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/faults", get(faults)).route("/file", post(file).layer(DefaultBodyLimit::max(LARGEST)))
}

/// A file for the documents as it was dropped.
#[derive(Deserialize)]
struct Dropped {
    kind: Kind,
    name: String,
    bytes: String,
    /// What a logo shows, in each language, for those who cannot see it.
    #[serde(default)]
    alt: Value,
    base: u64,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Logo,
    Word,
}

impl Kind {
    /// The endings that such a file can have.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Logo => &["png", "jpg", "jpeg", "svg"],
            Kind::Word => &["docx", "dotx"],
        }
    }

    fn wrong(self, name: &str) -> Text {
        match self {
            Kind::Logo => {
                text!("`{name}` is no logo: drop a PNG, JPEG or SVG", "`{name}` no es un logotipo: suelte un PNG, JPEG o SVG")
            }
            Kind::Word => text!(
                "`{name}` is no Word file: drop a .docx or .dotx",
                "`{name}` no es un archivo de Word: suelte un .docx o .dotx"
            ),
        }
    }

    /// Why what a file holds cannot be used, if it cannot.
    fn fault(self, name: &str, bytes: &[u8]) -> Option<Text> {
        let why = match self {
            Kind::Logo => letterhead::logo_fault(bytes)?,
            Kind::Word => letterhead::word_fault(bytes)?,
        };
        Some(text!(l, why = why.get(l); "`{name}` cannot be used: {why}", "`{name}` no se puede usar: {why}"))
    }

    /// What it is to the branding, once it lies there under a name.
    fn command(self, file: &str, alt: &Value) -> Value {
        let of = json!({ "kind": "branding" });
        match self {
            Kind::Logo => {
                json!({ "do": "add-listed", "to": of, "listed": { "kind": "logo", "file": file, "alt": alt } })
            }
            Kind::Word => json!({ "do": "field", "of": of, "field": "word-template", "to": file }),
        }
    }
}

/// What is wrong with the branding and the templates.
async fn faults(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, No> {
    let materials = shared.materials();
    let faults = materials.faults().iter().map(|fault| {
        let advice = fault.mends.iter().map(|mend| &mend.message).collect::<Vec<_>>();
        json!({ "level": fault.level, "message": fault.message, "advice": advice })
    });
    Ok(Json(faults.collect()))
}

/// Puts a file beside the templates, and names it in the branding: the naming can be undone, the file stays.
async fn file(State(shared): State<Arc<Shared>>, Json(dropped): Json<Dropped>) -> Result<Json<Value>, No> {
    let Dropped { kind, name, bytes, alt, base } = dropped;
    let plain = plain_name(&name);
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if !is_asset(&plain) || !kind.endings().contains(&ending.as_str()) {
        return Err(kind.wrong(&name).into());
    }
    let unreadable = |_| text!("`{name}` did not arrive whole", "`{name}` no llegó completo");
    let bytes = STANDARD.decode(bytes).map_err(unreadable)?;
    if let Some(why) = kind.fault(&name, &bytes) {
        return Err(why.into());
    }
    let is_said = ["es", "en"].iter().any(|lang| alt[*lang].as_str().is_some_and(|said| !said.trim().is_empty()));
    if matches!(kind, Kind::Logo) && !is_said {
        return Err(Text::fixed("say what the logo shows", "diga qué muestra el logotipo").into());
    }
    let file = shared.bring(&plain, bytes)?;
    let command: Command = serde_json::from_value(kind.command(&file, &alt))
        .map_err(|_| Text::fixed("this cannot be done", "esto no se puede hacer"))?;
    let told = shared.change(|desk| desk.act(&command))?;
    Ok(Json(json!({ "did": told, "desk": shared.see(|desk| page::since(desk, base)) })))
}

/// The last part of a name, of letters that every system can have in one.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = crate::locale::names::slug(stem);
    format!("{}.{}", if stem.is_empty() { "logo" } else { &stem }, ending.to_lowercase())
}
