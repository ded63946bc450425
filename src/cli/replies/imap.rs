//! Messages of a mailbox on a server (IMAP, RFC 9051). It is only looked at: nothing is marked as read,
//! moved or deleted.

use chrono::NaiveDate;

use super::session::{self, Session};
use crate::cli::Failure;
use crate::cli::access::Access;
use crate::locale::Text;
use crate::mail::{Server, Unusable};
use crate::replies::{Message, read_mail};
use crate::text;

/// Where the mailbox is.
#[derive(Debug)]
pub struct Mailbox<'a> {
    pub server: Server,
    pub access: &'a Access,
    pub folder: &'a str,
    /// Only messages that arrived on this day or later.
    pub since: Option<NaiveDate>,
}

/// Octets asked for at once, and the most that a message may have.
const BATCH: u32 = 8 * 1024 * 1024;

/// What every message of the mailbox holds, with its name for people.
pub fn messages(mailbox: &Mailbox<'_>) -> Result<Vec<(String, Message)>, Failure> {
    let mut session = session::open(&mailbox.server).map_err(|unusable| failed(mailbox, &unusable))?;
    let messages = read(&mut session, mailbox).map_err(|error| failed(mailbox, &error.into()));
    // All is read: a server that hangs up without a word changes nothing.
    let _ = session.logout();
    messages
}

fn read(session: &mut Session, mailbox: &Mailbox<'_>) -> imap::Result<Vec<(String, Message)>> {
    session.examine(mailbox.folder)?;
    let query = mailbox.since.map_or("ALL".to_owned(), |day| format!("SINCE {}", day.format("%d-%b-%Y")));
    let mut wanted: Vec<u32> = session.uid_search(query)?.into_iter().collect();
    wanted.sort_unstable();
    let mut found = Vec::new();
    let named = |uid: u32| format!("{}/{}:{uid}", mailbox.server.host, mailbox.folder);
    let mut sizes: Vec<(u32, u32)> = Vec::new();
    for some in wanted.chunks(500) {
        let answer = session.uid_fetch(set(some), "(RFC822.SIZE)")?;
        sizes.extend(answer.iter().filter_map(|message| Some((message.uid?, message.size.unwrap_or(0)))));
    }
    let (small, large): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, size)| *size <= BATCH);
    for (uid, _) in large {
        let why = Text::fixed("the message is larger than 8 MiB", "el mensaje pasa de 8 MiB");
        found.push((named(uid), vec![Err(why)].into()));
    }
    for batch in batches(&small) {
        for message in session.uid_fetch(set(&batch), "(UID BODY.PEEK[])")?.iter() {
            if let (Some(uid), Some(octets)) = (message.uid, message.body()) {
                found.push((named(uid), read_mail(octets)));
            }
        }
    }
    Ok(found)
}

/// Messages that fit together into one answer of the server.
fn batches(sizes: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut batches: Vec<Vec<u32>> = Vec::new();
    let mut room = 0;
    for (uid, size) in sizes {
        match batches.last_mut() {
            Some(batch) if *size <= room && batch.len() < 200 => batch.push(*uid),
            _ => {
                batches.push(vec![*uid]);
                room = BATCH;
            }
        }
        room = room.saturating_sub(*size);
    }
    batches
}

fn set(uids: &[u32]) -> String {
    uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn failed(mailbox: &Mailbox<'_>, unusable: &Unusable) -> Failure {
    let server = &mailbox.server.host;
    let failure = Failure::new(text!(l, said = unusable.said.get(l);
        "the mail server `{server}` does not give the messages: {said}",
        "el servidor de correo `{server}` no entrega los mensajes: {said}"));
    failure.helped(mailbox.access.help(unusable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_stay_small() {
        let third = BATCH / 3;
        assert_eq!(batches(&[(1, third), (2, third), (3, third), (4, third), (5, BATCH)]), [vec![1, 2, 3], vec![4], vec![5]]);
        assert_eq!(batches(&[]), Vec::<Vec<u32>>::new());
    }
}
