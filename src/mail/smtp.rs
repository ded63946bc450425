//! A connection to a mail server that tells what is certain from what is not: until DATA is allowed, no
//! mail was handed over; from then on, only an answer makes it certain.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Auth as AuthCommand, Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

use super::server::{Auth, Login, Obstacle, Server, Tls, Unusable, shown};
use super::{Mail, Transport, Verdict};
use crate::locale::Text;
use crate::text;

/// A connection that is taken up again where the server closed it between two mails.
pub struct Connection {
    server: Server,
    /// `None` where it broke.
    smtp: Option<SmtpConnection>,
}

/// Why a command did not go through.
enum Trouble {
    /// The server said no.
    Refused(String),
    /// The connection cannot be used any more.
    Broken(Text),
}

impl From<Error> for Trouble {
    /// 421 means that the server is closing the connection.
    fn from(error: Error) -> Trouble {
        match error.status() {
            Some(code) if u16::from(code) != 421 => Trouble::Refused(told(&error)),
            _ => Trouble::Broken(Unusable::from(error).said),
        }
    }
}

impl Connection {
    /// # Errors
    /// Where the server cannot be reached, offers no TLS, or refuses the login.
    pub fn open(server: Server) -> Result<Connection, Unusable> {
        let smtp = connect(&server)?;
        Ok(Connection { server, smtp: Some(smtp) })
    }

    /// Up to where the server asks for the mail itself: nothing has been handed over yet.
    fn envelope(&mut self, mail: &Mail) -> Result<&mut SmtpConnection, Trouble> {
        let fresh = match self.smtp.take() {
            Some(smtp) => smtp,
            None => connect(&self.server).map_err(|unusable| Trouble::Broken(unusable.said))?,
        };
        let smtp = self.smtp.insert(fresh);
        let address = |email: &str| email.parse::<Address>().map_err(|error| Trouble::Refused(error.to_string()));
        let (from, to) = (address(&mail.from)?, address(&mail.to)?);
        let mut parameters = Vec::new();
        if !mail.bytes.is_ascii() || !mail.to.is_ascii() {
            if !smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Trouble::Refused("SMTPUTF8".to_owned()));
            }
            parameters.extend([MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)]);
        }
        smtp.command(MailFrom::new(Some(from), parameters))?;
        smtp.command(Rcpt::new(to, Vec::new()))?;
        smtp.command(Data)?;
        Ok(smtp)
    }

    /// Begins the next mail anew, after one that was refused.
    fn reset(&mut self) {
        if self.smtp.as_mut().is_some_and(|smtp| smtp.command(Rset).is_err()) {
            self.smtp = None;
        }
    }

    /// Says good-bye. What was taken is taken, whatever the server answers.
    pub fn close(mut self) {
        let _ = self.smtp.as_mut().map(SmtpConnection::quit);
    }
}

impl Transport for Connection {
    fn send(&mut self, mail: &Mail) -> Verdict {
        // Servers close connections that were open for long: one more try, as nothing was handed over.
        let kept = self.smtp.is_some();
        let mut ready = self.envelope(mail).map(drop);
        if kept && matches!(ready, Err(Trouble::Broken(_))) {
            self.smtp = None;
            ready = self.envelope(mail).map(drop);
        }
        match (ready, self.smtp.as_mut()) {
            (Err(Trouble::Refused(said)), _) => {
                self.reset();
                Verdict::Refused(said)
            }
            (Err(Trouble::Broken(said)), _) => {
                self.smtp = None;
                Verdict::NotReached(said)
            }
            (Ok(()), None) => Verdict::NotReached(Text::default()),
            (Ok(()), Some(smtp)) => match smtp.message(&mail.bytes) {
                Ok(response) => Verdict::Taken(said(&response)),
                Err(error) if error.status().is_some() => Verdict::Refused(told(&error)),
                Err(error) => {
                    self.smtp = None;
                    Verdict::InDoubt(Unusable::from(error).said)
                }
            },
        }
    }
}

impl From<Error> for Unusable {
    fn from(error: Error) -> Unusable {
        let said = told(&error);
        if error.status().is_some() {
            return Unusable::told(Obstacle::Other, &said);
        }
        // lettre's words for an answer that ends before it is whole.
        if error.is_response() && said == "incomplete response" {
            return Unusable::broken(&std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        }
        if error.is_response() {
            let said = text!("it does not answer as mail servers do ({said})", "no contesta como un servidor de correo ({said})");
            return Unusable { obstacle: Obstacle::Other, said };
        }
        Unusable::broken(&error)
    }
}

fn connect(server: &Server) -> Result<SmtpConnection, Unusable> {
    let hello = ClientId::default();
    let tls = match server.tls {
        Tls::None => None,
        Tls::Wrapped | Tls::StartTls => Some(TlsParameters::new(server.host.clone())?),
    };
    let wrapped = tls.as_ref().filter(|_| server.tls == Tls::Wrapped);
    let mut smtp = SmtpConnection::connect(server.addresses()?.as_slice(), Some(server.timeout), &hello, wrapped, None)?;
    if let Some(tls) = tls.as_ref().filter(|_| server.tls == Tls::StartTls) {
        if !smtp.server_info().supports_feature(Extension::StartTls) {
            return Err(Unusable::lacks(Obstacle::NoStartTls, "STARTTLS"));
        }
        smtp.starttls(tls, &hello)?;
    }
    if let Some(login) = &server.login {
        log_in(&mut smtp, login)?;
    }
    Ok(smtp)
}

fn log_in(smtp: &mut SmtpConnection, Login { user, auth, secret }: &Login) -> Result<(), Unusable> {
    let mechanisms = match auth {
        Auth::Password => DEFAULT_MECHANISMS,
        Auth::Token => &[Mechanism::Xoauth2],
    };
    if smtp.server_info().get_auth_mechanism(mechanisms).is_none() {
        let names: Vec<String> = mechanisms.iter().map(Mechanism::to_string).collect();
        return Err(Unusable::lacks(Obstacle::NotOffered, &format!("AUTH {}", names.join(" "))));
    }
    let credentials = Credentials::new(user.clone(), secret.clone());
    let refused = |error: Error, reason: &str| match error.status() {
        Some(_) => Unusable::told(Obstacle::Refused, &format!("{} {reason}", told(&error))),
        None => error.into(),
    };
    match auth {
        Auth::Password => smtp.auth(mechanisms, &credentials).map_err(|error| refused(error, ""))?,
        Auth::Token => {
            let token = AuthCommand::new(Mechanism::Xoauth2, credentials, None)?;
            let answer = smtp.command(token).map_err(|error| refused(error, ""))?;
            if answer.has_code(334) {
                // The server says why it refuses, and waits for an empty line before it does so.
                let reason = answer.first_word().and_then(|word| BASE64_STANDARD.decode(word).ok()).unwrap_or_default();
                smtp.command("\r\n").map_err(|error| refused(error, &String::from_utf8_lossy(&reason)))?
            } else {
                answer
            }
        }
    };
    Ok(())
}

fn said(response: &Response) -> String {
    let text: Vec<&str> = response.message().collect();
    shown(&format!("{} {}", response.code(), text.join(" ")))
}

/// What the server said, without what the library puts around it.
fn told(error: &Error) -> String {
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    shown(&error.status().map_or_else(|| said.clone(), |code| format!("{code} {said}")))
}
