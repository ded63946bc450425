//! Laying messages into a folder (APPEND, RFC 9051 §6.3.12), and taking back those that were laid before.

use std::collections::BTreeSet;

use super::dialogue::Dialogue;
use super::folders::{Folder, Listed, MOST_FOLDERS, Purpose, called, chosen};
use crate::locale::Text;
use crate::transport::wire::Wire;
use crate::transport::{Obstacle, Unusable, shown};

/// How a message lies in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not sent yet.
    Draft,
    /// Sent, and nothing new to whoever opens the folder.
    Seen,
}

/// What became of a message that was to be laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Laid {
    New,
    /// It lies there already.
    There,
    /// The server does not take it, and says this.
    Refused(Text),
}

/// As people read them.
fn names(listed: &[Listed]) -> Vec<String> {
    listed.iter().map(|one| shown(&one.folder.name())).collect()
}

impl<W: Wire> Dialogue<W> {
    /// The folder that serves a purpose, and else the names of all that there are.
    ///
    /// # Errors
    /// Where the server breaks off, or does not tell its folders.
    pub fn folder_for(&mut self, purpose: Purpose) -> Result<Result<Folder, Vec<String>>, Unusable> {
        let listed = self.folders()?;
        Ok(chosen(&listed, purpose).cloned().ok_or_else(|| names(&listed)))
    }

    /// The folder that somebody calls so, and else the names of all that there are.
    ///
    /// # Errors
    /// As [`Dialogue::folder_for`].
    pub fn folder_called(&mut self, name: &str) -> Result<Result<Folder, Vec<String>>, Unusable> {
        // Every mailbox has it, whatever it lists.
        if name.eq_ignore_ascii_case("INBOX") {
            return Ok(Ok(Folder::named(name)));
        }
        let listed = self.folders()?;
        Ok(called(&listed, name).cloned().ok_or_else(|| names(&listed)))
    }

    fn folders(&mut self) -> Result<Vec<Listed>, Unusable> {
        // Asked after the login: servers offer more by then.
        let offers = self.offers()?;
        let marks = ["SPECIAL-USE", "LIST-EXTENDED"].iter().all(|wanted| offers.iter().any(|offer| offer == wanted));
        let command = if marks { "LIST \"\" \"*\" RETURN (SPECIAL-USE)" } else { "LIST \"\" \"*\"" };
        let mut listed = Vec::new();
        let asked = self.command(command, |response| {
            listed.extend(Listed::of(response));
            if listed.len() > MOST_FOLDERS { Err(Unusable::endless()) } else { Ok(()) }
        })?;
        asked.or(Obstacle::Other, "")?;
        Ok(listed)
    }

    /// Opens a folder, so that it can be searched and changed.
    ///
    /// # Errors
    /// Where the server breaks off, or there is no such folder.
    pub fn open(&mut self, folder: &Folder) -> Result<(), Unusable> {
        self.command(&format!("SELECT {}", folder.quoted()), |_| Ok(()))?.or(Obstacle::Other, "")
    }

    /// The messages of the open folder with a Message-ID, which is given without its brackets.
    ///
    /// # Errors
    /// Where the server breaks off, or does not search.
    pub fn with_id(&mut self, id: &str) -> Result<Vec<u32>, Unusable> {
        // What a header may not hold is not found, and is no command either.
        if id.contains(|sign: char| sign.is_control() || matches!(sign, '"' | '\\')) || !id.is_ascii() {
            return Ok(Vec::new());
        }
        self.search(&format!("HEADER MESSAGE-ID \"<{id}>\""))
    }

    /// Lays a message into the open folder, unless it lies there.
    ///
    /// # Errors
    /// Where the server breaks off: whether it lies there then, nobody knows, and the next run looks.
    pub fn lay(&mut self, folder: &Folder, (id, octets): (&str, &[u8]), mark: Mark) -> Result<Laid, Unusable> {
        if !self.with_id(id)?.is_empty() {
            return Ok(Laid::There);
        }
        let flags = match mark {
            Mark::Draft => "\\Draft \\Seen",
            Mark::Seen => "\\Seen",
        };
        let mut rest = Some(octets.to_vec());
        let command = format!("APPEND {} ({flags}) {{{}}}", folder.quoted(), octets.len());
        let ended = self.converse(&command, |_| Ok(()), |_| rest.take())?;
        match (ended.is_ok, rest.is_some()) {
            (true, false) => Ok(Laid::New),
            // It says that it has what it did not ask for.
            (true, true) => Err(Unusable::out_of_turn()),
            (false, _) => Ok(Laid::Refused(Text::same(shown(&ended.said)))),
        }
    }

    /// Deletes messages of the open folder for good, and no others; `false` where the server cannot do that alone
    /// (UIDPLUS, RFC 4315).
    ///
    /// # Errors
    /// Where the server breaks off, or says no.
    pub fn take_back(&mut self, uids: &[u32]) -> Result<bool, Unusable> {
        if uids.is_empty() {
            return Ok(true);
        }
        if !self.offers()?.iter().any(|offer| offer == "UIDPLUS" || offer == "IMAP4REV2") {
            return Ok(false);
        }
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        self.command(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)"), |_| Ok(()))?.or(Obstacle::Other, "")?;
        self.command(&format!("UID EXPUNGE {set}"), |_| Ok(()))?.or(Obstacle::Other, "")?;
        Ok(true)
    }

    /// The numbers that a search of the open folder finds.
    pub(super) fn search(&mut self, query: &str) -> Result<Vec<u32>, Unusable> {
        let mut uids = BTreeSet::new();
        let asked = self.command(&format!("UID SEARCH {query}"), |response| super::dialogue::found(&response, &mut uids))?;
        asked.or(Obstacle::Other, "")?;
        Ok(uids.into_iter().collect())
    }
}
