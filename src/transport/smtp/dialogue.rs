//! The words of one connection (RFC 5321), in turn: each answer belongs to the word before it, and to no
//! other. What somebody put into the connection in clear is never heard as an answer inside the encryption.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::answer::{Answer, Answers, Meaning};
use crate::locale::Text;
use crate::mail::Mail;
use crate::transport::wire::Wire;
use crate::transport::{Auth, Login, Obstacle, Tls, Uncopied, Unusable, Verdict, shown};

/// A connection on which mails can be handed over.
#[derive(Debug)]
pub struct Dialogue<W> {
    wire: W,
    answers: Answers,
    /// What the server offers, in capitals.
    offers: Vec<String>,
}

/// Why a mail was not handed over, although nothing of it was said yet.
#[derive(Debug)]
pub enum Trouble {
    /// The server said no, for now or for ever.
    No(Answer),
    /// The mail cannot be said to this server.
    Unsayable(&'static str),
    /// The connection cannot be used any more.
    Broken(Text),
}

impl From<Unusable> for Trouble {
    fn from(unusable: Unusable) -> Trouble {
        Trouble::Broken(unusable.said)
    }
}

impl<W: Wire> Dialogue<W> {
    /// From the greeting up to where mails can be handed over; `own_name` is how this machine names itself.
    ///
    /// # Errors
    /// Where the server does not want to talk, offers no encryption that is asked for, or refuses the login.
    pub fn begin(wire: W, own_name: &str, tls: Tls, login: Option<&Login>) -> Result<Dialogue<W>, Unusable> {
        let mut dialogue = Dialogue { wire, answers: Answers::default(), offers: Vec::new() };
        let greeting = dialogue.hear()?;
        done(&greeting, Obstacle::Other)?;
        dialogue.hello(own_name)?;
        if tls == Tls::StartTls {
            dialogue.encrypt()?;
            // What was offered in clear counts no more.
            dialogue.hello(own_name)?;
        }
        if let Some(login) = login {
            dialogue.log_in(login)?;
        }
        dialogue.quiet()?;
        Ok(dialogue)
    }

    fn hello(&mut self, own_name: &str) -> Result<(), Unusable> {
        let mut answer = self.ask(&format!("EHLO {own_name}"))?;
        if matches!(answer.code, 500 | 502 | 504) {
            answer = self.ask(&format!("HELO {own_name}"))?;
            answer.lines.truncate(1);
        }
        done(&answer, Obstacle::Other)?;
        self.offers = answer.lines.iter().skip(1).map(|line| line.trim().to_ascii_uppercase()).collect();
        Ok(())
    }

    /// What stands behind a word that the server offers, for each time that it does: `AUTH PLAIN`, or as it
    /// was once `AUTH=PLAIN`.
    fn offers(&self, wanted: &str) -> impl Iterator<Item = &str> {
        let behind = self.offers.iter().filter_map(move |offer| offer.strip_prefix(wanted));
        behind.filter(|rest| rest.is_empty() || rest.starts_with([' ', '=']))
    }

    fn has(&self, wanted: &str) -> bool {
        self.offers(wanted).next().is_some()
    }

    fn encrypt(&mut self) -> Result<(), Unusable> {
        if !self.has("STARTTLS") {
            return Err(Unusable::lacks(Obstacle::NoStartTls, "STARTTLS"));
        }
        let answer = self.ask("STARTTLS")?;
        done(&answer, Obstacle::Other)?;
        self.quiet()?;
        self.wire.encrypt()
    }

    fn log_in(&mut self, login: &Login) -> Result<(), Unusable> {
        let Login { user, auth, secret } = login;
        let offered = |name: &str| self.offers("AUTH").flat_map(|rest| rest.split([' ', '='])).any(|word| word == name);
        let base64 = |text: &str| BASE64_STANDARD.encode(text);
        match auth {
            Auth::Password if offered("PLAIN") => {
                let answer = self.ask(&format!("AUTH PLAIN {}", base64(&format!("\0{user}\0{secret}"))))?;
                done(&answer, Obstacle::Refused)
            }
            Auth::Password if offered("LOGIN") => {
                let mut answer = self.ask("AUTH LOGIN")?;
                for told in [user, secret] {
                    if answer.code != 334 {
                        break;
                    }
                    answer = self.ask(&base64(told))?;
                }
                done(&answer, Obstacle::Refused)
            }
            Auth::Token if offered("XOAUTH2") => {
                let token = base64(&format!("user={user}\x01auth=Bearer {secret}\x01\x01"));
                let answer = self.ask(&format!("AUTH XOAUTH2 {token}"))?;
                if answer.code != 334 {
                    return done(&answer, Obstacle::Refused);
                }
                // The server says why it refuses, and waits for an empty line before it does so.
                let reason = answer.lines.first().and_then(|line| BASE64_STANDARD.decode(line.trim()).ok()).unwrap_or_default();
                let answer = self.ask("")?;
                done(&answer, Obstacle::Refused).map_err(|unusable| {
                    let said = format!("{} {}", answer.said(), shown(&String::from_utf8_lossy(&reason)));
                    Unusable { said: Text::same(said), ..unusable }
                })
            }
            Auth::Password => Err(Unusable::lacks(Obstacle::NotOffered, "AUTH PLAIN LOGIN")),
            Auth::Token => Err(Unusable::lacks(Obstacle::NotOffered, "AUTH XOAUTH2")),
        }
    }

    /// Up to where the server asks for the mail itself: nothing has been handed over yet. With it, the copies that it
    /// does not take, and what it says of each.
    ///
    /// # Errors
    /// Where the server does not take the mail, or the connection breaks.
    pub fn envelope(&mut self, mail: &Mail) -> Result<Vec<Uncopied>, Trouble> {
        let Mail { from, to, copies, bytes, .. } = mail;
        let is_sayable = |address: &str| !address.contains(|sign: char| sign.is_control() || matches!(sign, ' ' | '<' | '>'));
        if !is_sayable(from) || !is_sayable(to) {
            return Err(Trouble::Unsayable("RFC 5321 §4.1.2"));
        }
        let is_plain = bytes.is_ascii() && to.is_ascii() && from.is_ascii();
        if !is_plain && !self.has("SMTPUTF8") {
            return Err(Trouble::Unsayable("SMTPUTF8"));
        }
        let parameters = if is_plain { "" } else { " SMTPUTF8 BODY=8BITMIME" };
        self.go_on(&format!("MAIL FROM:<{from}>{parameters}"), Meaning::Done)?;
        self.go_on(&format!("RCPT TO:<{to}>"), Meaning::Done)?;
        let mut without = Vec::new();
        for copy in copies {
            if !is_sayable(copy) || !copy.is_ascii() && is_plain {
                without.push(Uncopied { to: copy.clone(), said: "RFC 5321 §4.1.2".to_owned() });
                continue;
            }
            match self.go_on(&format!("RCPT TO:<{copy}>"), Meaning::Done) {
                Ok(()) => {}
                // Whoever is invited gets the mail all the same.
                Err(Trouble::No(answer)) => without.push(Uncopied { to: copy.clone(), said: answer.said() }),
                Err(trouble) => return Err(trouble),
            }
        }
        self.go_on("DATA", Meaning::GoOn)?;
        Ok(without)
    }

    fn go_on(&mut self, command: &str, wanted: Meaning) -> Result<(), Trouble> {
        let answer = self.ask(command)?;
        match answer.meaning() {
            meaning if meaning == wanted => Ok(()),
            Meaning::Later | Meaning::Never => Err(Trouble::No(answer)),
            Meaning::Closing => Err(Unusable::told(Obstacle::Other, &answer.said()).into()),
            // The answer to another word, or to none.
            Meaning::Done | Meaning::GoOn => Err(Unusable::out_of_turn().into()),
        }
    }

    /// The mail itself, once the server asked for it. From its first octet on, only an answer makes certain
    /// what became of it; the second is whether the connection can still be used.
    pub fn hand_over(&mut self, mail: &Mail) -> (Verdict, bool) {
        let answer = match self.exchange(&dotted(&mail.bytes)) {
            Ok(answer) => answer,
            Err(unusable) => return (Verdict::InDoubt(unusable.said), false),
        };
        let said = answer.said();
        match answer.meaning() {
            Meaning::Done => (Verdict::Taken(said), true),
            Meaning::Later => (Verdict::Deferred(said), true),
            Meaning::Closing => (Verdict::Deferred(said), false),
            Meaning::Never => (Verdict::Refused(said), true),
            Meaning::GoOn => (Verdict::InDoubt(Unusable::out_of_turn().said), false),
        }
    }

    /// Begins the next mail anew, after one that was refused; whether the server agrees.
    pub fn reset(&mut self) -> bool {
        self.ask("RSET").is_ok_and(|answer| answer.meaning() == Meaning::Done)
    }

    /// Says good-bye. What was taken is taken, whatever the server answers.
    pub fn close(mut self) {
        let _ = self.ask("QUIT");
    }

    fn ask(&mut self, command: &str) -> Result<Answer, Unusable> {
        self.exchange(format!("{command}\r\n").as_bytes())
    }

    /// Says something, and hears what the server answers to it.
    fn exchange(&mut self, octets: &[u8]) -> Result<Answer, Unusable> {
        self.quiet()?;
        self.wire.say(octets)?;
        self.hear()
    }

    /// Whether the server waits for a word: what it said before is no answer to it.
    fn quiet(&mut self) -> Result<(), Unusable> {
        if self.answers.is_empty() && !self.wire.is_waiting()? {
            return Ok(());
        }
        if self.wire.is_waiting()? {
            self.wire.hear(self.answers.heard.end())?;
        }
        Err(match self.answers.whole()? {
            Some(answer) if answer.meaning() == Meaning::Closing => Unusable::told(Obstacle::Other, &answer.said()),
            _ => Unusable::out_of_turn(),
        })
    }

    fn hear(&mut self) -> Result<Answer, Unusable> {
        loop {
            if let Some(answer) = self.answers.whole()? {
                return Ok(answer);
            }
            self.wire.hear(self.answers.heard.end())?;
        }
    }
}

/// Whether the server did what it was asked. A password is only wrong where it says so for good.
fn done(answer: &Answer, no: Obstacle) -> Result<(), Unusable> {
    let obstacle = match answer.meaning() {
        Meaning::Done => return Ok(()),
        Meaning::Never => no,
        Meaning::GoOn | Meaning::Later | Meaning::Closing => Obstacle::Other,
    };
    Err(Unusable::told(obstacle, &answer.said()))
}

/// A mail as it is said (RFC 5321 §4.5.2): every line ends in CRLF, a dot at its beginning is said twice, and
/// a dot alone is the end. Servers do not agree on what other line ends are, and so none is said.
pub fn dotted(mail: &[u8]) -> Vec<u8> {
    let mut said = Vec::with_capacity(mail.len() + 64);
    let mut rest = mail;
    while !rest.is_empty() {
        let end = rest.iter().position(|octet| matches!(octet, b'\r' | b'\n')).unwrap_or(rest.len());
        let (line, behind) = rest.split_at(end);
        if line.starts_with(b".") {
            said.push(b'.');
        }
        said.extend(line);
        said.extend(b"\r\n");
        rest = behind.strip_prefix(b"\r\n").or(behind.get(1..)).unwrap_or_default();
    }
    said.extend(b".\r\n");
    said
}
