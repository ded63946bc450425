//! The address of something on a web server (RFC 3986), as far as it is needed to ask that server.

use std::fmt;

/// `https://` with a host, perhaps a port, and a path; `http://` too, which is for this machine alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub is_encrypted: bool,
    /// Without the brackets of an IPv6 address.
    pub host: String,
    pub port: u16,
    /// Begins with `/`; holds nothing but what a line of HTTP may hold.
    pub path: String,
}

impl Url {
    /// `None` for what is no such address: with a user, a query or a fragment, or with letters that would have to be
    /// encoded first.
    ///
    /// ```
    /// use convoca::transport::Url;
    /// let url = Url::of("https://Cloud.example.org/dav/calendars/ana/grupo").unwrap();
    /// assert_eq!((url.host.as_str(), url.port, url.path.as_str()), ("cloud.example.org", 443, "/dav/calendars/ana/grupo"));
    /// assert_eq!(Url::of("http://[::1]:5232").unwrap().to_string(), "http://[::1]:5232/");
    /// for wrong in ["ftp://example.org/", "https://", "https://ana:x@example.org/", "https://example.org/a b", "https://example.org/?x"] {
    ///     assert!(Url::of(wrong).is_none(), "{wrong}");
    /// }
    /// ```
    pub fn of(written: &str) -> Option<Url> {
        let (scheme, rest) = written.trim().split_once("://")?;
        let is_encrypted = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let (place, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (place, None),
        };
        let host = match host.strip_prefix('[') {
            Some(host) => host.strip_suffix(']')?,
            None if host.contains(':') => return None,
            None => host,
        };
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        let is_path =
            |c: char| c.is_ascii_graphic() && !matches!(c, '?' | '#' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
        if host.is_empty() || !host.chars().all(is_host) || !path.chars().all(is_path) {
            return None;
        }
        Some(Url {
            is_encrypted,
            host: host.to_ascii_lowercase(),
            port: port.unwrap_or(if is_encrypted { 443 } else { 80 }),
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
        })
    }

    /// The same with a `/` at its end.
    #[must_use]
    pub fn as_folder(mut self) -> Url {
        if !self.path.ends_with('/') {
            self.path.push('/');
        }
        self
    }

    /// What is in this folder under a name.
    #[must_use]
    pub fn join(&self, name: &str) -> Url {
        let name = crate::calendar::percent_encoded(name);
        Url { path: format!("{}{name}", self.path), ..self.clone() }
    }

    /// The host as a request names it, with the port where it is not the usual one.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match (self.is_encrypted, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }

    /// Whether it is on this machine.
    pub fn is_here(&self) -> bool {
        ["localhost", "127.0.0.1", "::1"].contains(&self.host.as_str())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_encrypted { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority(), self.path)
    }
}
