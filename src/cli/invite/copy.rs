//! A copy of each mail that was sent, among the sent mails of the sender's own mailbox.

use super::by_hand::mails;
use super::mailbox::Mailbox;
use crate::cli::terminal;
use crate::ledger::{History, State};
use crate::locale::{Lang, Text};
use crate::text;
use crate::transport::imap::{Laid, Mark, Purpose};
use crate::workspace::Failure;

/// A mail that is about to be sent: its Message-ID, and its octets.
pub(crate) type Copy = (String, Vec<u8>);

/// Lays a copy of what was sent, and tells how many. What was sent is sent, whatever becomes of its copy: why there
/// is none is only told.
pub(crate) fn lay(mailbox: &Mailbox, copies: &[Copy], history: &History, lang: Lang) -> Result<(), Failure> {
    let sent = |id: &str| history.mail(id).is_some_and(|mail| mail.state() == State::Sent);
    let sent: Vec<&Copy> = copies.iter().filter(|(id, _)| sent(id)).collect();
    if sent.is_empty() {
        return Ok(());
    }
    match laid(mailbox, &sent) {
        Ok((folder, laid)) => {
            let laid = mails(laid);
            let told = text!(l, laid = laid.get(l);
                "a copy in the folder “{folder}” of your mailbox: {laid}", "con copia en la carpeta «{folder}» de su buzón: {laid}");
            terminal::print(lang, &told)
        }
        Err(failure) => {
            let told = text!(l, why = failure.message.get(l);
                "no copy lies among your sent mails: {why}", "no quedó copia entre sus correos enviados: {why}");
            terminal::note(lang, &told);
            let way = Text::fixed(
                "the mails themselves were sent; `--no-copy` does without copies",
                "los correos sí se enviaron; con `--sin-copia` no se dejan copias",
            );
            terminal::advise(failure.help.as_ref().unwrap_or(&way), lang);
            Ok(())
        }
    }
}

/// In which folder, and how many lie there now: some servers keep a copy of what is sent by themselves.
fn laid(mailbox: &Mailbox, sent: &[&Copy]) -> Result<(String, usize), Failure> {
    let mut opened = mailbox.open()?;
    let folder = opened.folder(Purpose::Sent)?;
    opened.inbox.open(&folder).map_err(|unusable| opened.failed(&unusable))?;
    for (id, octets) in sent {
        let laid = opened.inbox.lay(&folder, (id, octets), Mark::Seen);
        if let Laid::Refused(said) = laid.map_err(|unusable| opened.failed(&unusable))? {
            return Err(Failure::new(said));
        }
    }
    opened.inbox.close();
    Ok((folder.name(), sent.len()))
}
