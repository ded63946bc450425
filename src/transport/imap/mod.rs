//! Messages of a mailbox on a server (IMAP, RFC 9051). Where answers are read it is only looked at: nothing is marked
//! as read, moved or deleted. Drafts and copies of what was sent are laid beside what is there.

mod dialogue;
mod folders;
mod laying;
mod response;

pub use dialogue::Dialogue;
pub use folders::{Folder, Listed, Purpose};
pub use laying::{Laid, Mark};
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
    fn messages(&mut self, folder: &Folder, since: Option<NaiveDate>) -> Result<Vec<u32>, Unusable>;

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

/// A mailbox on a server.
pub(crate) type Inbox = Dialogue<Socket>;

/// A connection to the mailbox of whoever logs in.
///
/// # Errors
/// Where the server cannot be reached, is not trusted, or does not let the user in.
pub(crate) fn connect(server: &Server) -> Result<Inbox, Unusable> {
    let login = server.login.as_ref().ok_or_else(|| Unusable::lacks(Obstacle::Refused, "LOGIN"))?;
    Dialogue::begin(Socket::connect(server)?, server.tls, login)
}

/// What every message of the mailbox holds, with its name for people.
///
/// # Errors
/// Where the server cannot be reached, is not trusted, does not let the user in, or does not give the messages.
pub fn messages(source: &Source<'_>) -> Result<Vec<(String, Message)>, Unusable> {
    let mut dialogue = connect(&source.server)?;
    let folder = dialogue.folder_called(source.folder)?;
    let folder = folder.map_err(|names| Unusable::no_folder(source.folder, &names))?;
    let read = read(&mut dialogue, &folder.name(), source.since)?;
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
    each(mailbox, &Folder::named(folder), since, |given| match given {
        Ok(octets) => read_mail(&octets),
        Err(why) => Message::from(vec![Err(why)]),
    })
}

/// What is made of every message of a folder, by its number: of its octets, or of why the server does not give them.
///
/// # Errors
/// Where the server breaks off, or says no.
pub fn each<T>(
    mailbox: &mut impl Mailbox,
    folder: &Folder,
    since: Option<NaiveDate>,
    of: impl Fn(Result<Vec<u8>, Text>) -> T,
) -> Result<BTreeMap<u32, T>, Unusable> {
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
    let mut found = BTreeMap::new();
    // What has no size may be large: it is asked for alone.
    let sized = wanted.iter().map(|uid| (*uid, sizes.get(uid).copied().unwrap_or(BATCH)));
    let (small, large): (Vec<_>, Vec<_>) = sized.partition(|(_, size)| *size <= LARGEST);
    found.extend(large.into_iter().map(|(uid, _)| (uid, of(Err(too_large())))));
    for (batch, octets) in batches(&small) {
        let mut missing: BTreeSet<u32> = batch.iter().copied().collect();
        for (uid, body) in mailbox.bodies(&batch, octets)? {
            if missing.remove(&uid) {
                let given = match body {
                    Body::Whole(octets) => Ok(octets),
                    Body::TooLarge => Err(too_large()),
                };
                found.insert(uid, of(given));
            }
        }
        found.extend(missing.into_iter().map(|uid| (uid, of(Err(not_given())))));
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
