//! A mail server, who logs in, and what keeps one from using it: the same for SMTP and IMAP.

use std::error::Error;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use super::said::{read, shown};
use super::trust::Fingerprint;
use crate::locale::{Text, words};
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
    /// The one certificate that is trusted, whoever signed it; else those that this machine trusts.
    pub certificate: Option<Fingerprint>,
    /// How long an answer may take as a whole.
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
            Unusable::new(Obstacle::UnknownName, said)
        })
    }
}

/// Why a server cannot be used.
#[derive(Debug)]
pub struct Unusable {
    pub obstacle: Obstacle,
    /// What happened; what the server itself says stands as it says it.
    pub said: Text,
    /// The certificate that it showed.
    pub certificate: Option<Fingerprint>,
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
    /// Its certificate is not the one that was named.
    OtherCertificate,
    /// It has no calendar there.
    NoCalendar,
    /// It takes no such [`Auth`].
    NotOffered,
    /// It does not let the user in.
    Refused,
    /// It breaks off, or says something else.
    Other,
}

/// Folders that are listed to choose from.
const MOST_NAMES: usize = 20;

impl Unusable {
    fn new(obstacle: Obstacle, said: Text) -> Unusable {
        Unusable { obstacle, said, certificate: None }
    }

    /// An error of the connection: a usual one in both languages, any other in the words of the system.
    pub fn broken(error: &(dyn Error + 'static)) -> Unusable {
        let mut next = Some(error);
        while let Some(error) = next {
            let usual = match error.downcast_ref::<rustls::Error>() {
                Some(error) => of_tls(error),
                None => error.downcast_ref::<io::Error>().and_then(|error| of_network(error.kind())),
            };
            if let Some((obstacle, said)) = usual {
                return Unusable::new(obstacle, said);
            }
            // An error of the system hides the one that it was made of from `source`.
            next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        let told = shown(&error.to_string());
        Unusable::new(Obstacle::Other, text!("the connection failed ({told})", "la conexión falló ({told})"))
    }

    /// It does not offer what is needed, by its name in the protocol.
    pub fn lacks(obstacle: Obstacle, what: &str) -> Unusable {
        Unusable::new(obstacle, text!("it does not offer {what}", "no ofrece {what}"))
    }

    /// What the server said itself.
    pub fn told(obstacle: Obstacle, said: &str) -> Unusable {
        Unusable::new(obstacle, Text::same(shown(said)))
    }

    /// A mailbox has no folder of this name, or several, and all of these.
    pub fn no_folder(name: &str, names: &[String]) -> Unusable {
        let (name, some) = (shown(name), names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>());
        let said = text!(l, some = words::join(l, &some);
            "which of its folders “{name}” is cannot be told; there are: {some}",
            "no se sabe cuál de sus carpetas es «{name}»; tiene estas: {some}");
        Unusable::new(Obstacle::Other, said)
    }

    /// It said something before it was asked, as somebody does who speaks in its place.
    pub fn out_of_turn() -> Unusable {
        Unusable::new(Obstacle::Other, Text::fixed("it spoke out of turn", "habló cuando no le tocaba"))
    }

    /// It goes on longer than anything that it may have to say.
    pub fn endless() -> Unusable {
        Unusable::new(Obstacle::Other, Text::fixed("its answer does not end", "su respuesta no termina"))
    }

    /// What it says is not of its protocol.
    pub fn foreign(line: &[u8]) -> Unusable {
        let said = shown(&read(line));
        Unusable::new(
            Obstacle::Other,
            text!("it does not answer as mail servers do ({said})", "no contesta como un servidor de correo ({said})"),
        )
    }
}

impl Unusable {
    /// What it says is not of the web.
    pub fn no_http(line: &[u8]) -> Unusable {
        let said = shown(&read(line));
        Unusable::new(
            Obstacle::Other,
            text!("it does not answer as web servers do ({said})", "no contesta como un servidor web ({said})"),
        )
    }
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Unusable {
        Unusable::broken(&error)
    }
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
        // Certificates that a server made for itself are of the other kind.
        Fault::UnknownIssuer | Fault::Other(_) => Text::fixed(
            "its certificate is from an authority that is not known here",
            "su certificado es de una autoridad que aquí no se conoce",
        ),
        Fault::ApplicationVerificationFailure => {
            let said =
                Text::fixed("its certificate is another than the one that was named", "su certificado no es el que se indicó");
            return Some((Obstacle::OtherCertificate, said));
        }
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
            certificate: None,
            timeout: Duration::from_secs(1),
        };
        assert_eq!(server.addresses().unwrap_err().obstacle, Obstacle::UnknownName);
    }
}
