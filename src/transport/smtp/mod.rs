//! Mails to a server (SMTP, RFC 5321): it is always known which were taken and which were not, and of which
//! nobody knows.

mod answer;
mod dialogue;

pub use answer::{Answer, Answers, Meaning};
pub use dialogue::{Dialogue, Trouble, dotted};

use super::socket::Socket;
use super::{Server, Transport, Uncopied, Unusable, Verdict};
use crate::mail::Mail;

/// A connection that is taken up again where the server closed it between two mails.
pub struct Connection {
    server: Server,
    /// `None` where it broke.
    dialogue: Option<Dialogue<Socket>>,
}

impl Connection {
    /// # Errors
    /// Where the server cannot be reached, offers no TLS, is not trusted, or refuses the login.
    pub fn open(server: Server) -> Result<Connection, Unusable> {
        let dialogue = connect(&server)?;
        Ok(Connection { server, dialogue: Some(dialogue) })
    }

    fn envelope(&mut self, mail: &Mail) -> Result<Vec<Uncopied>, Trouble> {
        let fresh = match self.dialogue.take() {
            Some(dialogue) => dialogue,
            None => connect(&self.server)?,
        };
        let dialogue = self.dialogue.insert(fresh);
        dialogue.envelope(mail)
    }

    /// Says good-bye.
    pub fn close(self) {
        if let Some(dialogue) = self.dialogue {
            dialogue.close();
        }
    }
}

impl Transport for Connection {
    fn send(&mut self, mail: &Mail) -> Verdict {
        // Servers close connections that were open for long: one more try, as nothing was handed over.
        let kept = self.dialogue.is_some();
        let mut ready = self.envelope(mail);
        if kept && matches!(ready, Err(Trouble::Broken(_))) {
            self.dialogue = None;
            ready = self.envelope(mail);
        }
        let (verdict, is_sound) = match (ready, &mut self.dialogue) {
            (Ok(without), Some(dialogue)) => match dialogue.hand_over(mail) {
                (Verdict::Taken(said), is_sound) if !without.is_empty() => (Verdict::TakenWithout(said, without), is_sound),
                other => other,
            },
            (Ok(_), None) => (Verdict::NotReached(Unusable::out_of_turn().said), false),
            (Err(Trouble::Broken(said)), _) => (Verdict::NotReached(said), false),
            (Err(Trouble::Unsayable(what)), _) => (Verdict::Refused(what.to_owned()), true),
            (Err(Trouble::No(answer)), _) if answer.meaning() == Meaning::Later => (Verdict::Deferred(answer.said()), true),
            (Err(Trouble::No(answer)), _) => (Verdict::Refused(answer.said()), true),
        };
        let is_taken = matches!(verdict, Verdict::Taken(_) | Verdict::TakenWithout(..));
        if !is_sound || !is_taken && !self.dialogue.as_mut().is_some_and(Dialogue::reset) {
            self.dialogue = None;
        }
        verdict
    }
}

fn connect(server: &Server) -> Result<Dialogue<Socket>, Unusable> {
    let socket = Socket::connect(server)?;
    let own_name = socket.own_name();
    Dialogue::begin(socket, &own_name, server.tls, server.login.as_ref())
}

#[cfg(test)]
mod tests;
