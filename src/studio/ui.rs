//! The page: modules, style and words as they lie in `ui/`, in the program itself.

use std::io::Write;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

macro_rules! files {
    ($($name:literal: $kind:ident;)+) => {
        &[$(($name, $kind, include_bytes!(concat!("ui/", $name)))),+]
    };
}

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

/// Name, kind and content of each file.
static FILES: &[(&str, &str, &[u8])] = files! {
    "index.html": HTML;
    "style.css": STYLE;
    "icon.svg": PICTURE;
    "begin.js": SCRIPT;
    "app.js": SCRIPT;
    "backend.js": SCRIPT;
    "store.js": SCRIPT;
    "words.js": SCRIPT;
    "parts.js": SCRIPT;
    "overview.js": SCRIPT;
    "session.js": SCRIPT;
    "speakers.js": SCRIPT;
    "timeline.js": SCRIPT;
    "findings.js": SCRIPT;
    "people.js": SCRIPT;
    "note.js": SCRIPT;
    "documents.js": SCRIPT;
    "invitations.js": SCRIPT;
    "letter.js": SCRIPT;
    "answers.js": SCRIPT;
    "drop.js": SCRIPT;
    "words-invitations.js": SCRIPT;
    "start.js": SCRIPT;
    "import.js": SCRIPT;
    "words-start.js": SCRIPT;
    "dates.js": SCRIPT;
    "lists.js": SCRIPT;
    "branding.js": SCRIPT;
    "contacts.js": SCRIPT;
    "outside.js": SCRIPT;
    "words-group.js": SCRIPT;
    "words-dates.js": SCRIPT;
    "vendor/preact.js": SCRIPT;
    "vendor/hooks.js": SCRIPT;
    "vendor/htm.js": SCRIPT;
};

/// A file of the page. While the page is worked on, a debug build reads it from the folder that
/// `CONVOCA_STUDIO_UI` names. It is packed for whoever can unpack it: that is a third of the octets.
pub(crate) fn file(name: &str, asked: &HeaderMap) -> Response {
    let Some((name, kind, content)) = FILES.iter().find(|(own, ..)| *own == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let content = from_folder(name).unwrap_or_else(|| content.to_vec());
    let unpacks = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let packed = unpacks.filter(|ways| ways.contains("gzip")).and_then(|_| packed(&content));
    let mut response = match packed {
        Some(packed) => ([(header::CONTENT_TYPE, *kind), (header::CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => ([(header::CONTENT_TYPE, *kind)], content).into_response(),
    };
    if *name == "index.html" {
        let body = from_folder(name).unwrap_or_else(|| FILES[0].2.to_vec());
        if let Ok(policy) = policy(&String::from_utf8_lossy(&body)).parse() {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    response
}

fn packed(content: &[u8]) -> Option<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(content).ok()?;
    writer.finish().ok()
}

/// Nothing but what comes from here, no text that becomes script, and of the page itself only the table of modules.
fn policy(page: &str) -> String {
    let table = page.split_once("<script type=\"importmap\">").and_then(|(_, rest)| rest.split_once("</script>"));
    let table = table.map_or("", |(table, _)| table);
    let hash = STANDARD.encode(Sha256::digest(table));
    format!(
        "default-src 'none'; script-src 'self' 'sha256-{hash}'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(debug_assertions)]
fn from_folder(name: &str) -> Option<Vec<u8>> {
    std::fs::read(std::path::Path::new(&std::env::var_os("CONVOCA_STUDIO_UI")?).join(name)).ok()
}
#[cfg(not(debug_assertions))]
fn from_folder(_: &str) -> Option<Vec<u8>> {
    None
}
