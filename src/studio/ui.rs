//! The page: modules, style and words as they lie in `ui/`, in the program itself.

use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

/// A file of the page.
struct File {
    name: &'static str,
    kind: &'static str,
    content: &'static [u8],
    /// Packed once, when a page first asks for it.
    packed: OnceLock<Option<Vec<u8>>>,
}

macro_rules! files {
    ($($name:literal: $kind:ident;)+) => {
        LazyLock::new(|| {
            vec![$(File { name: $name, kind: $kind, content: include_bytes!(concat!("ui/", $name)), packed: OnceLock::new() }),+]
        })
    };
}

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

static FILES: LazyLock<Vec<File>> = files! {
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
    "group.js": SCRIPT;
    "zones.js": SCRIPT;
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

/// A file of the page, packed for whoever can unpack it: that is a third of the octets. While the page is worked on, a
/// debug build reads it from the folder that `CONVOCA_STUDIO_UI` names.
pub(crate) fn file(name: &str, asked: &HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let worked_on = from_folder(name);
    let unpacks = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let unpacks = worked_on.is_none() && unpacks.is_some_and(|ways| ways.contains("gzip"));
    let packed = unpacks.then(|| file.packed()).flatten();
    let policy = (file.kind == HTML).then(|| policy(&String::from_utf8_lossy(worked_on.as_deref().unwrap_or(file.content))));
    let mut response = match (worked_on, packed) {
        (Some(content), _) => content.into_response(),
        (None, Some(packed)) => packed.into_response(),
        (None, None) => file.content.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if let Some(policy) = policy.and_then(|policy| policy.parse().ok()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

impl File {
    fn packed(&'static self) -> Option<&'static [u8]> {
        let pack = || {
            let mut writer = GzEncoder::new(Vec::new(), Compression::default());
            writer.write_all(self.content).ok()?;
            writer.finish().ok()
        };
        self.packed.get_or_init(pack).as_deref()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that is found only once another was read comes later by a whole way to the program and back.
    #[test]
    fn the_page_asks_for_every_module_at_once() {
        let page = String::from_utf8_lossy(FILES[0].content);
        for File { name, .. } in FILES.iter().filter(|file| file.kind == SCRIPT) {
            let asked = format!("<link rel=\"modulepreload\" href=\"/ui/{name}\">");
            assert!(page.contains(&asked) || page.contains(&format!("src=\"/ui/{name}\"")), "{name}");
        }
    }
}
