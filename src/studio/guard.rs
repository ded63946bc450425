//! Who may ask. Any page of the web can make a browser send requests to this machine: only ours is heard.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::locale::Text;
use crate::workspace::Failure;

/// The header with the token. No form and no picture can send one, and a script of another page only after asking,
/// which is not answered.
pub(crate) const TOKEN: &str = "x-convoca";

#[derive(Clone)]
pub struct Guard {
    host: String,
    token: String,
}

impl Guard {
    /// # Errors
    /// The system has no randomness to give.
    pub fn new(port: u16) -> Result<Guard, Failure> {
        Ok(Guard { host: format!("127.0.0.1:{port}"), token: random()? })
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether a request may be answered. A name that leads to this machine (DNS rebinding) is not its address.
    fn admits(&self, method: &Method, path: &str, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        if headers.get_all(header::HOST).iter().count() != 1 || text("host") != Some(&self.host) {
            return false;
        }
        let own = format!("http://{}", self.host);
        if text("origin").is_some_and(|origin| origin != own) || (method == Method::POST && text("origin").is_none()) {
            return false;
        }
        // The page itself is typed or opened by another program; all else is asked for by the page.
        let sites: &[&str] = if path == "/" { &["same-origin", "none"] } else { &["same-origin"] };
        if text("sec-fetch-site").is_some_and(|site| !sites.contains(&site)) {
            return false;
        }
        if !path.starts_with("/api/") {
            return method == Method::GET;
        }
        let is_json = || text("content-type").is_some_and(|kind| kind == "application/json");
        let is_known = text(TOKEN).is_some_and(|token| same(token.as_bytes(), self.token.as_bytes()));
        is_known && (method == Method::GET || method == Method::POST && is_json())
    }
}

/// 256 bits in hexadecimal digits.
///
/// # Errors
/// The system has no randomness to give.
pub(crate) fn random() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::new(Text::fixed("the system gives no random numbers", "el sistema no da números aleatorios")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compared to the end, so that the time it takes tells nothing.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// The layer before every route.
pub(crate) async fn watch(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let is_admitted = guard.admits(request.method(), request.uri().path(), request.headers());
    let mut response = match is_admitted {
        true => next.run(request).await,
        false => StatusCode::FORBIDDEN.into_response(),
    };
    let headers = response.headers_mut();
    let fixed = [
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A preview brings its own.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}
