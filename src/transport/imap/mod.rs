//! Messages of a mailbox on a server (IMAP, RFC 9051). It is only looked at: nothing is marked as read,
//! moved or deleted.

mod dialogue;
mod response;

pub use dialogue::Dialogue;
pub use response::{Fetched, Piece, Response, Responses, Value};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::socket::Socket;
use super::{Obstacle, Server, Unusable};
use crate::locale::Text;
use crate::replies::{Message, read_mail};
use response::LARGEST;

/// Where messages are read from.
#[derive(Debug)]
pub struct Source<'a> {
    pub server: Server,
    pub folder: &'a str,
    /// Only messages that arrived on this day or later.
    pub since: Option<NaiveDate>,
}

/// A mailbox somewhere, of which each message has a number.
pub trait Mailbox {
    /// The messages of a folder, in rising order.
    ///
    /// # Errors
    /// Where the server breaks off, or does not let the folder be opened.
    fn messages(&mut self, folder: &str, since: Option<NaiveDate>) -> Result<Vec<u32>, Unusable>;

    /// How many octets each is said to have.
    ///
    /// # Errors
    /// Where the server breaks off, or says no.
    fn sizes(&mut self, messages: &[u32]) -> Result<Vec<(u32, usize)>, Unusable>;

    /// What they hold, which is so many octets together, as far as the server is to be believed.
    ///
    /// # Errors
    /// Where the server breaks off, or says no.
    fn bodies(&mut self, messages: &[u32], octets: usize) -> Result<Vec<(u32, Body)>, Unusable>;
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Whole(Vec<u8>),
    TooLarge,
}

/// Octets asked for at once: on a slow line they take a minute.
const BATCH: usize = 1024 * 1024;

/// What every message of the mailbox holds, with its name for people.
///
/// # Errors
/// Where the server cannot be reached, is not trusted, does not let the user in, or does not give the messages.
pub fn messages(source: &Source<'_>) -> Result<Vec<(String, Message)>, Unusable> {
    let Some(login) = &source.server.login else {
        return Err(Unusable::lacks(Obstacle::Refused, "LOGIN"));
    };
    let mut dialogue = Dialogue::begin(Socket::connect(&source.server)?, source.server.tls, login)?;
    let read = read(&mut dialogue, source.folder, source.since)?;
    dialogue.close();
    let name = |uid: u32| format!("{}/{}:{uid}", source.server.host, source.folder);
    Ok(read.into_iter().map(|(uid, message)| (name(uid), message)).collect())
}

/// What every message of a mailbox holds, by its number. None is left out: of one that the server does not
/// give, that is told.
///
/// # Errors
/// Where the server breaks off, or says no.
pub fn read(mailbox: &mut impl Mailbox, folder: &str, since: Option<NaiveDate>) -> Result<BTreeMap<u32, Message>, Unusable> {
    let wanted = mailbox.messages(folder, since)?;
    let mut sizes = BTreeMap::new();
    for some in wanted.chunks(500) {
        sizes.extend(mailbox.sizes(some)?);
    }
    let too_large = || Text::fixed("the message is larger than 8 MiB", "el mensaje pasa de 8 MiB");
    let not_given = || {
        Text::fixed(
            "the server lists this message and does not give it; open it in your mail program",
            "el servidor anuncia este mensaje y no lo entrega; ábralo en su programa de correo",
        )
    };
    let untold = |why: Text| Message::from(vec![Err(why)]);
    let mut found = BTreeMap::new();
    // What has no size may be large: it is asked for alone.
    let sized = wanted.iter().map(|uid| (*uid, sizes.get(uid).copied().unwrap_or(BATCH)));
    let (small, large): (Vec<_>, Vec<_>) = sized.partition(|(_, size)| *size <= LARGEST);
    found.extend(large.into_iter().map(|(uid, _)| (uid, untold(too_large()))));
    for (batch, octets) in batches(&small) {
        let mut missing: BTreeSet<u32> = batch.iter().copied().collect();
        for (uid, body) in mailbox.bodies(&batch, octets)? {
            if missing.remove(&uid) {
                let message = match body {
                    Body::Whole(octets) => read_mail(&octets),
                    Body::TooLarge => untold(too_large()),
                };
                found.insert(uid, message);
            }
        }
        found.extend(missing.into_iter().map(|uid| (uid, untold(not_given()))));
    }
    Ok(found)
}

/// Messages that fit together into one answer of the server, with their octets.
fn batches(sizes: &[(u32, usize)]) -> Vec<(Vec<u32>, usize)> {
    let mut batches: Vec<(Vec<u32>, usize)> = Vec::new();
    for (uid, size) in sizes {
        match batches.last_mut() {
            Some((batch, octets)) if *octets + size <= BATCH && batch.len() < 200 => {
                batch.push(*uid);
                *octets += size;
            }
            _ => batches.push((vec![*uid], *size)),
        }
    }
    batches
}

#[cfg(test)]
mod tests;
