//! The words of one connection (IMAP, RFC 9051; of RFC 3501 where servers are older), in turn.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::NaiveDate;

use super::folders::Folder;
use super::response::{Fetched, LARGEST, Piece, Response, Responses, Value};
use super::{Body, Mailbox};
use crate::locale::Text;
use crate::transport::said::read;
use crate::transport::wire::Wire;
use crate::transport::{Auth, Login, Obstacle, Tls, Unusable, shown};

/// Messages of a mailbox, and so numbers to keep.
const MOST_MESSAGES: usize = 1_000_000;

/// A connection on which a mailbox can be looked at.
#[derive(Debug)]
pub struct Dialogue<W> {
    wire: W,
    responses: Responses,
    tag: u32,
    /// What the server said when it took its leave.
    farewell: Option<String>,
}

/// What ended a command.
pub(super) struct Ended {
    pub is_ok: bool,
    pub said: String,
}

/// What a server says about a command.
enum Heard {
    /// Something beside, such as what was asked for.
    Beside(Response),
    /// It waits for more.
    More(String),
    Ended(Ended),
}

impl<W: Wire> Dialogue<W> {
    /// From the greeting up to where the mailbox can be opened.
    ///
    /// # Errors
    /// Where the server does not want to talk, offers no encryption that is asked for, or refuses the login.
    pub fn begin(wire: W, tls: Tls, login: &Login) -> Result<Dialogue<W>, Unusable> {
        let mut dialogue = Dialogue { wire, responses: Responses::default(), tag: 0, farewell: None };
        let greeting = dialogue.hear()?;
        let is_known = match word(&greeting) {
            ("*", "OK", _) => false,
            // Nobody can have logged in before encryption began.
            ("*", "PREAUTH", _) if tls != Tls::StartTls => true,
            ("*", "PREAUTH", _) => return Err(Unusable::lacks(Obstacle::NoStartTls, "STARTTLS")),
            ("*", "BYE", said) => return Err(Unusable::told(Obstacle::Other, &said)),
            _ => return Err(foreign(&greeting)),
        };
        if tls == Tls::StartTls {
            dialogue.encrypt()?;
        }
        if !is_known {
            dialogue.log_in(login)?;
        }
        Ok(dialogue)
    }

    fn encrypt(&mut self) -> Result<(), Unusable> {
        self.command("STARTTLS", |_| Ok(()))?.or(Obstacle::NoStartTls, "")?;
        if !self.responses.is_empty() || self.wire.is_waiting()? {
            return Err(Unusable::out_of_turn());
        }
        self.wire.encrypt()
    }

    /// What the server can do by now, in capitals.
    pub(super) fn offers(&mut self) -> Result<Vec<String>, Unusable> {
        let mut offers: Vec<String> = Vec::new();
        let asked = self.command("CAPABILITY", |response| {
            if let ("*", "CAPABILITY", said) = word(&response) {
                offers = said.split(' ').map(str::to_ascii_uppercase).collect();
            }
            Ok(())
        })?;
        asked.or(Obstacle::Other, "")?;
        Ok(offers)
    }

    fn log_in(&mut self, Login { user, auth, secret }: &Login) -> Result<(), Unusable> {
        let offers = self.offers()?;
        let offered = |name: &str| offers.iter().any(|offer| offer == name);
        match auth {
            Auth::Token if offered("AUTH=XOAUTH2") => {
                let token = format!("user={user}\x01auth=Bearer {secret}\x01\x01");
                self.authenticate("XOAUTH2", &token)
            }
            Auth::Token => Err(Unusable::lacks(Obstacle::NotOffered, "AUTH=XOAUTH2")),
            Auth::Password if offered("AUTH=PLAIN") => self.authenticate("PLAIN", &format!("\0{user}\0{secret}")),
            Auth::Password if offered("LOGINDISABLED") => Err(Unusable::lacks(Obstacle::NotOffered, "LOGIN")),
            Auth::Password => {
                // As literals, which may hold any letter.
                let said = [format!("LOGIN {{{}}}", user.len()), format!("{user} {{{}}}", secret.len()), secret.clone()];
                let mut rest = said.into_iter();
                let first = rest.next().unwrap_or_default();
                self.converse(&first, |_| Ok(()), |_| rest.next().map(String::into_bytes))?.or(Obstacle::Refused, "")
            }
        }
    }

    fn authenticate(&mut self, mechanism: &str, secret: &str) -> Result<(), Unusable> {
        let (mut asked, mut reason) = (0, String::new());
        let ended = self.converse(
            &format!("AUTHENTICATE {mechanism}"),
            |_| Ok(()),
            |challenge| {
                asked += 1;
                match asked {
                    1 => Some(BASE64_STANDARD.encode(secret).into_bytes()),
                    2 => {
                        // The server says why it refuses, and waits for an empty line before it does so.
                        let octets = BASE64_STANDARD.decode(challenge.trim()).unwrap_or_default();
                        reason = String::from_utf8_lossy(&octets).into_owned();
                        Some(Vec::new())
                    }
                    _ => None,
                }
            },
        )?;
        ended.or(Obstacle::Refused, &reason)
    }

    /// Takes leave. All is read: a server that hangs up without a word changes nothing.
    pub fn close(mut self) {
        let _ = self.command("LOGOUT", |_| Ok(()));
    }

    pub(super) fn command(
        &mut self,
        command: &str,
        beside: impl FnMut(Response) -> Result<(), Unusable>,
    ) -> Result<Ended, Unusable> {
        self.converse(command, beside, |_| None)
    }

    /// Says a command, and more of it each time that the server waits for more.
    pub(super) fn converse(
        &mut self,
        command: &str,
        mut beside: impl FnMut(Response) -> Result<(), Unusable>,
        mut more: impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Ended, Unusable> {
        self.tag += 1;
        let tag = format!("a{}", self.tag);
        self.wire.say(format!("{tag} {command}\r\n").as_bytes())?;
        self.answer(&tag, &mut beside, &mut more)
    }

    fn answer(
        &mut self,
        tag: &str,
        beside: &mut impl FnMut(Response) -> Result<(), Unusable>,
        more: &mut impl FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Ended, Unusable> {
        loop {
            match self.hear_about(tag)? {
                Heard::Beside(response) => beside(response)?,
                Heard::Ended(ended) => return Ok(ended),
                Heard::More(said) => {
                    let mut octets = more(&said).ok_or_else(Unusable::out_of_turn)?;
                    octets.extend(b"\r\n");
                    self.wire.say(&octets)?;
                }
            }
        }
    }

    fn hear_about(&mut self, tag: &str) -> Result<Heard, Unusable> {
        let response = self.hear()?;
        let (first, kind, said) = word(&response);
        Ok(match (first, kind) {
            (first, "OK") if first == tag => Heard::Ended(Ended { is_ok: true, said }),
            (first, "NO" | "BAD") if first == tag => Heard::Ended(Ended { is_ok: false, said }),
            ("+", _) => Heard::More(said),
            ("*", "BYE") => {
                self.farewell = Some(said);
                Heard::Beside(response)
            }
            ("*", _) => Heard::Beside(response),
            _ => return Err(foreign(&response)),
        })
    }

    fn hear(&mut self) -> Result<Response, Unusable> {
        loop {
            if let Some(response) = self.responses.whole()? {
                return Ok(response);
            }
            if let Err(error) = self.wire.hear(self.responses.heard.end()) {
                return Err(match self.farewell.take() {
                    Some(said) => Unusable::told(Obstacle::Other, &said),
                    None => error.into(),
                });
            }
        }
    }

    /// What the server says of these messages.
    fn fetch(&mut self, uids: &[u32], items: &str, octets: usize) -> Result<Vec<Fetched>, Unusable> {
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let wanted: BTreeSet<u32> = uids.iter().copied().collect();
        let (mut found, mut kept) = (Vec::new(), 0);
        self.tag += 1;
        let tag = format!("a{}", self.tag);
        self.wire.say(format!("{tag} UID FETCH {set} {items}\r\n").as_bytes())?;
        self.wire.allow(octets);
        let mut beside = |response| {
            let Some(fetched) = Fetched::of(response) else { return Ok(()) };
            if fetched.uid.is_none_or(|uid| !wanted.contains(&uid)) {
                return Ok(());
            }
            if let Some(Value::Literal(body) | Value::Word(body)) = &fetched.body {
                kept += body.len();
            }
            found.push(fetched);
            // More than anybody asked for, whatever the sizes were said to be.
            if kept > octets.saturating_add(2 * LARGEST) || found.len() > 4 * wanted.len() {
                return Err(Unusable::endless());
            }
            Ok(())
        };
        self.answer(&tag, &mut beside, &mut |_| None)?.or(Obstacle::Other, "")?;
        Ok(found)
    }
}

impl<W: Wire> Mailbox for Dialogue<W> {
    fn messages(&mut self, folder: &Folder, since: Option<NaiveDate>) -> Result<Vec<u32>, Unusable> {
        self.command(&format!("EXAMINE {}", folder.quoted()), |_| Ok(()))?.or(Obstacle::Other, "")?;
        self.search(&since.map_or("ALL".to_owned(), |day| format!("SINCE {}", imap_date(day))))
    }

    fn sizes(&mut self, uids: &[u32]) -> Result<Vec<(u32, usize)>, Unusable> {
        let fetched = self.fetch(uids, "(RFC822.SIZE)", 0)?;
        let size = |size: u32| usize::try_from(size).unwrap_or(usize::MAX);
        Ok(fetched.into_iter().filter_map(|message| Some((message.uid?, size(message.size?)))).collect())
    }

    fn bodies(&mut self, uids: &[u32], octets: usize) -> Result<Vec<(u32, Body)>, Unusable> {
        let fetched = self.fetch(uids, "(UID BODY.PEEK[])", octets)?;
        let body = |message: Fetched| {
            let body = match message.body? {
                Value::Word(octets) | Value::Literal(octets) => Body::Whole(octets),
                Value::TooLarge => Body::TooLarge,
                Value::List => return None,
            };
            Some((message.uid?, body))
        };
        Ok(fetched.into_iter().filter_map(body).collect())
    }
}

impl Ended {
    /// What keeps from going on, unless all is well; `reason` is what the server said before.
    pub(super) fn or(self, obstacle: Obstacle, reason: &str) -> Result<(), Unusable> {
        if self.is_ok {
            return Ok(());
        }
        let said = format!("{} {}", shown(&self.said), shown(reason));
        Err(Unusable { said: Text::same(said.trim().to_owned()), ..Unusable::told(obstacle, "") })
    }
}

/// The numbers that a response to a search tells.
pub(super) fn found(response: &Response, uids: &mut BTreeSet<u32>) -> Result<(), Unusable> {
    if let ("*", "SEARCH", said) = word(response) {
        uids.extend(said.split_whitespace().filter_map(|number| number.parse::<u32>().ok()).filter(|uid| *uid > 0));
    }
    if uids.len() > MOST_MESSAGES { Err(Unusable::endless()) } else { Ok(()) }
}

/// The first word of a response, the second in capitals as far as it is one that counts, and the rest.
fn word(response: &Response) -> (&str, &'static str, String) {
    let Some(Piece::Line(line)) = response.first() else { return ("", "", String::new()) };
    let mut words = line.splitn(3, |octet| *octet == b' ');
    let first = words.next().and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
    if first == "+" {
        return (first, "", read(line.get(2..).unwrap_or_default()));
    }
    let second = words.next().unwrap_or_default();
    let kinds = ["OK", "NO", "BAD", "BYE", "PREAUTH", "CAPABILITY", "SEARCH"];
    let kind = kinds.into_iter().find(|kind| second.eq_ignore_ascii_case(kind.as_bytes())).unwrap_or_default();
    (first, kind, read(words.next().unwrap_or_default()))
}

fn foreign(response: &Response) -> Unusable {
    match response.first() {
        Some(Piece::Line(line)) => Unusable::foreign(line),
        _ => Unusable::out_of_turn(),
    }
}

/// A day as RFC 9051 writes it ("1-Feb-2027"), in English whatever is spoken here.
fn imap_date(day: NaiveDate) -> String {
    day.format("%-d-%b-%Y").to_string()
}
