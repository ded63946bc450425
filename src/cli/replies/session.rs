//! A session with an IMAP server, over TLS (RFC 8314) or STARTTLS, with a password or a token.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::mail::{Auth, Login, Obstacle, Server, Tls, Unusable};

/// Octets that a server may say before encryption begins.
const LONGEST_GREETING: u64 = 64 * 1024;

/// A connection, encrypted or not.
pub trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

pub type Session = imap::Session<Box<dyn Stream>>;
type Client = imap::Client<Box<dyn Stream>>;

impl From<imap::Error> for Unusable {
    fn from(error: imap::Error) -> Unusable {
        match &error {
            imap::Error::Io(error) => Unusable::broken(error),
            imap::Error::ConnectionLost => Unusable::broken(&io::Error::from(io::ErrorKind::UnexpectedEof)),
            imap::Error::No(_) | imap::Error::Bad(_) | imap::Error::Bye(_) => Unusable::told(Obstacle::Other, &told(&error)),
            _ => Unusable::broken(&error),
        }
    }
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Unusable {
        Unusable::broken(&error)
    }
}

impl From<rustls::Error> for Unusable {
    fn from(error: rustls::Error) -> Unusable {
        Unusable::broken(&error)
    }
}

/// Connects and logs in.
pub fn open(server: &Server) -> Result<Session, Unusable> {
    let tcp = connect(server)?;
    let client = match server.tls {
        Tls::None => greeted(Box::new(tcp))?,
        Tls::Wrapped => greeted(encrypted(server, tcp)?)?,
        Tls::StartTls => {
            ask_for_tls(&tcp)?;
            // There is no second greeting.
            imap::Client::new(encrypted(server, tcp)?)
        }
    };
    let Some(login) = &server.login else {
        return Err(Unusable::lacks(Obstacle::Refused, "LOGIN"));
    };
    log_in(client, login)
}

fn log_in(mut client: Client, Login { user, auth, secret }: &Login) -> Result<Session, Unusable> {
    let refused = |error: imap::Error, reason: &str| match &error {
        imap::Error::No(_) | imap::Error::Bad(_) => Unusable::told(Obstacle::Refused, &format!("{} {reason}", told(&error))),
        _ => error.into(),
    };
    match auth {
        Auth::Password => client.login(user, secret).map_err(|(error, _)| refused(error, "")),
        Auth::Token => {
            if !client.capabilities()?.has_str("AUTH=XOAUTH2") {
                return Err(Unusable::lacks(Obstacle::NotOffered, "AUTH=XOAUTH2"));
            }
            let token = Token { user, secret, reason: RefCell::default() };
            client.authenticate("XOAUTH2", &token).map_err(|(error, _)| refused(error, &token.reason.borrow()))
        }
    }
}

/// The server's own words, where there are some.
fn told(error: &imap::Error) -> String {
    match error {
        imap::Error::No(no) => no.information.clone(),
        imap::Error::Bad(bad) => bad.information.clone(),
        imap::Error::Bye(bye) => bye.information.clone(),
        _ => error.to_string(),
    }
}

/// What a server is told that takes tokens (XOAUTH2).
struct Token<'a> {
    user: &'a str,
    secret: &'a str,
    /// Why the server refused it, in its own words.
    reason: RefCell<String>,
}

impl imap::Authenticator for Token<'_> {
    type Response = String;

    /// The server says why it refuses, and waits for an empty line before it does so.
    fn process(&self, challenge: &[u8]) -> String {
        if challenge.is_empty() {
            return format!("user={}\x01auth=Bearer {}\x01\x01", self.user, self.secret);
        }
        *self.reason.borrow_mut() = String::from_utf8_lossy(challenge).into_owned();
        String::new()
    }
}

fn greeted(stream: Box<dyn Stream>) -> Result<Client, Unusable> {
    let mut client = imap::Client::new(stream);
    client.read_greeting()?;
    Ok(client)
}

fn connect(server: &Server) -> Result<TcpStream, Unusable> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in server.addresses()? {
        match TcpStream::connect_timeout(&address, server.timeout) {
            Ok(tcp) => {
                tcp.set_read_timeout(Some(server.timeout))?;
                tcp.set_write_timeout(Some(server.timeout))?;
                return Ok(tcp);
            }
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// The first words in clear. What somebody put behind the server's answer is dropped with the buffer.
fn ask_for_tls(mut tcp: &TcpStream) -> Result<(), Unusable> {
    let mut lines = BufReader::new(tcp.take(LONGEST_GREETING)).lines();
    lines.next().transpose()?;
    tcp.write_all(b"a STARTTLS\r\n")?;
    for line in lines {
        match line?.strip_prefix("a ") {
            Some(answer) if answer.starts_with("OK") => return Ok(()),
            Some(answer) => return Err(Unusable::told(Obstacle::NoStartTls, answer)),
            None => {}
        }
    }
    Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
}

fn encrypted(server: &Server, mut tcp: TcpStream) -> Result<Box<dyn Stream>, Unusable> {
    let name = ServerName::try_from(server.host.clone()).map_err(io::Error::other)?;
    let mut tls = ClientConnection::new(Arc::new(configuration()?), name)?;
    // Now and not with the first word, so that nothing is said to a server that is not trusted.
    tls.complete_io(&mut tcp)?;
    Ok(Box::new(StreamOwned::new(tls, tcp)))
}

/// The certificates that this machine trusts, an institution's own among them.
fn configuration() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use imap::Authenticator;

    use super::*;

    #[test]
    fn a_token_is_said_once_and_a_reason_is_heard() {
        let token = Token { user: "ana@example.org", secret: "t", reason: RefCell::default() };
        assert_eq!(token.process(b""), "user=ana@example.org\x01auth=Bearer t\x01\x01");
        assert_eq!(token.process(br#"{"status":"401"}"#), "");
        assert_eq!(*token.reason.borrow(), r#"{"status":"401"}"#);
    }
}
