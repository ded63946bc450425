//! A mail server, who logs in, and what keeps one from using it: the same for SMTP and IMAP.

use std::error::Error;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use crate::locale::Text;
use crate::text;

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

impl Server {
    /// Where it is on the network.
    ///
    /// # Errors
    /// Where nobody knows its name.
    pub fn addresses(&self) -> Result<Vec<SocketAddr>, Unusable> {
        let addresses = (self.host.as_str(), self.port).to_socket_addrs().map(Iterator::collect);
        addresses.map_err(|_| {
            let said = Text::fixed("its name was not found on the network", "su nombre no se encontró en la red");
            Unusable { obstacle: Obstacle::UnknownName, said }
        })
    }
}

/// Why a server cannot be used.
#[derive(Debug)]
pub struct Unusable {
    pub obstacle: Obstacle,
    /// What happened; what the server itself says stands as it says it.
    pub said: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody knows its name.
    UnknownName,
    /// It does not answer.
    NotReached,
    /// It does not speak TLS from the first octet.
    NoTls,
    /// It offers no STARTTLS.
    NoStartTls,
    /// This machine does not trust its certificate.
    Untrusted,
    /// It takes no such [`Auth`].
    NotOffered,
    /// It does not let the user in.
    Refused,
    /// It breaks off, or says something else.
    Other,
}

impl Unusable {
    /// An error of the connection: a usual one in both languages, any other in the words of the system.
    pub fn broken(error: &(dyn Error + 'static)) -> Unusable {
        let mut next = Some(error);
        while let Some(error) = next {
            let usual = match error.downcast_ref::<rustls::Error>() {
                Some(error) => of_tls(error),
                None => error.downcast_ref::<io::Error>().and_then(|error| of_network(error.kind())),
            };
            if let Some((obstacle, said)) = usual {
                return Unusable { obstacle, said };
            }
            // An error of the system hides the one that it was made of from `source`.
            next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        let told = shown(&error.to_string());
        Unusable { obstacle: Obstacle::Other, said: text!("the connection failed ({told})", "la conexión falló ({told})") }
    }

    /// It does not offer what is needed, by its name in the protocol.
    pub fn lacks(obstacle: Obstacle, what: &str) -> Unusable {
        Unusable { obstacle, said: text!("it does not offer {what}", "no ofrece {what}") }
    }

    /// What the server said itself.
    pub fn told(obstacle: Obstacle, said: &str) -> Unusable {
        Unusable { obstacle, said: Text::same(shown(said)) }
    }
}

/// What a server says may hold anything: on one line, and nothing that a terminal obeys.
pub fn shown(said: &str) -> String {
    said.replace(char::is_control, " ").trim().to_owned()
}

fn of_network(kind: io::ErrorKind) -> Option<(Obstacle, Text)> {
    use io::ErrorKind as Kind;
    Some(match kind {
        Kind::ConnectionRefused => {
            (Obstacle::NotReached, Text::fixed("it takes no connection at this port", "no acepta conexiones en este puerto"))
        }
        // Sockets whose time is over say that they would block.
        Kind::TimedOut | Kind::WouldBlock => {
            (Obstacle::NotReached, Text::fixed("it does not answer in time", "no responde a tiempo"))
        }
        Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown | Kind::AddrNotAvailable => {
            (Obstacle::NotReached, Text::fixed("the network does not lead to it", "la red no llega hasta él"))
        }
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => {
            (Obstacle::Other, Text::fixed("it broke off the connection", "cortó la conexión"))
        }
        _ => return None,
    })
}

fn of_tls(error: &rustls::Error) -> Option<(Obstacle, Text)> {
    use rustls::CertificateError as Fault;
    let why = match error {
        rustls::Error::InvalidCertificate(why) => why,
        rustls::Error::InvalidMessage(_) => {
            return Some((Obstacle::NoTls, Text::fixed("it does not speak TLS at this port", "no habla TLS en este puerto")));
        }
        _ => return None,
    };
    let said = match why {
        Fault::Expired | Fault::ExpiredContext { .. } => Text::fixed("its certificate has expired", "su certificado venció"),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => {
            Text::fixed("its certificate is not valid yet", "su certificado aún no es válido")
        }
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => {
            Text::fixed("its certificate is for another name", "su certificado es para otro nombre")
        }
        Fault::UnknownIssuer => Text::fixed(
            "its certificate is from an authority that is not known here",
            "su certificado es de una autoridad que aquí no se conoce",
        ),
        Fault::Revoked => Text::fixed("its certificate was revoked", "su certificado fue revocado"),
        other => {
            let other = shown(&other.to_string());
            text!("its certificate is not valid ({other})", "su certificado no es válido ({other})")
        }
    };
    Some((Obstacle::Untrusted, said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_errors_are_worded_in_both_languages() {
        let said = |error: io::Error| {
            let unusable = Unusable::broken(&error);
            (unusable.obstacle, unusable.said.es.into_owned())
        };
        let of = |kind| said(io::Error::from(kind));
        assert_eq!(
            of(io::ErrorKind::ConnectionRefused),
            (Obstacle::NotReached, "no acepta conexiones en este puerto".to_owned())
        );
        assert_eq!(of(io::ErrorKind::WouldBlock), (Obstacle::NotReached, "no responde a tiempo".to_owned()));
        let expired = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        assert_eq!(said(io::Error::other(expired)), (Obstacle::Untrusted, "su certificado venció".to_owned()));
        assert_eq!(said(io::Error::other("odd\x1b")), (Obstacle::Other, "la conexión falló (odd)".to_owned()));
    }

    #[test]
    fn a_name_that_nobody_knows() {
        let server = Server {
            host: "no-such-server.invalid".to_owned(),
            port: 25,
            tls: Tls::None,
            login: None,
            timeout: Duration::from_secs(1),
        };
        assert_eq!(server.addresses().unwrap_err().obstacle, Obstacle::UnknownName);
    }
}
