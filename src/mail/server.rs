//! A mail server, who logs in, and what keeps one from using it: the same for SMTP and IMAP.

use std::error::Error;
use std::time::Duration;

/// How the connection is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first octet.
    Wrapped,
    /// After STARTTLS, which the server must offer.
    StartTls,
    /// Not at all.
    None,
}

/// Where mail is handed in, or read.
#[derive(Clone, Debug)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Option<Login>,
    /// How long to wait for an answer.
    pub timeout: Duration,
}

/// Who logs in.
#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub auth: Auth,
    /// The password, or the token.
    pub secret: String,
}

/// What is shown to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    Password,
    /// An OAuth 2.0 access token (XOAUTH2).
    Token,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("user", &self.user).field("auth", &self.auth).finish_non_exhaustive()
    }
}

/// Why a server cannot be used.
#[derive(Debug)]
pub struct Unusable {
    pub obstacle: Obstacle,
    /// In the words of the server or of the system.
    pub said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It offers no STARTTLS.
    NoStartTls,
    /// This machine does not trust its certificate.
    Untrusted,
    /// It takes no such [`Auth`].
    NotOffered,
    /// It does not let the user in.
    Refused,
    /// It is not reached, or breaks off.
    Other,
}

impl Unusable {
    /// An error of the connection.
    pub fn broken(error: &(dyn Error + 'static), said: String) -> Unusable {
        let obstacle = if untrusted(error) { Obstacle::Untrusted } else { Obstacle::Other };
        Unusable { obstacle, said: shown(&said) }
    }
}

/// What a server says may hold anything: on one line, and nothing that a terminal obeys.
pub fn shown(said: &str) -> String {
    said.replace(char::is_control, " ").trim().to_owned()
}

fn untrusted(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        // An error of the system hides the one that it was made of from `source`.
        next = match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}
