//! Mails without an SMTP password: `invite draft` lays them into the sender's own mailbox, from where any program sends
//! them whole, and `invite record --imap` sees which of them were sent.

use super::mailbox::{Mailbox, Opened};
use super::mailing::Mailing;
use super::{by_hand, outdated, show};
use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::ledger::{Entry, Ledger, Message};
use crate::locale::{Lang, Text};
use crate::mail::{Posted, posted};
use crate::model::Programme;
use crate::text;
use crate::transport::imap::{Folder, Laid, Mark, Purpose, each};
use crate::workspace::Failure;
use crate::workspace::letters::{self, Composed};
use crate::workspace::posted::{Found, enter, overtaken, since};

/// Lays the mails of the plan into the folder of drafts.
pub(crate) fn run(mailing: &Mailing<'_>, mailbox: &Mailbox) -> Result<Outcome, Failure> {
    let (options, lang) = (mailing.options, mailing.options.lang);
    // Locked from here on: what is laid may be sent from now on, and nobody else plans it in between.
    let mut ledger = options.ledger(Some(mailing.programme))?;
    if show::unless_empty(mailing, ledger.history())?.is_none() {
        return Ok(Outcome::Clean);
    }
    let mut opened = mailbox.open()?;
    // What was sent since the last time is no draft any more, and is not laid once more.
    if since(ledger.history()).is_some() {
        let found = look(options, &mut opened, &mut ledger)?;
        tell(Some(mailing.programme), &found, lang)?;
    }
    let Some(plan) = show::unless_empty(mailing, ledger.history())? else { return Ok(Outcome::Clean) };
    let secret = letters::secret(ledger.history())?;
    let composed = mailing.compose(&plan, &secret)?;
    let folder = opened.folder(Purpose::Drafts)?;
    opened.inbox.open(&folder).map_err(|unusable| opened.failed(&unusable))?;
    letters::keep(secret, &mut ledger, options.workspace.now())?;
    let put = lay(mailing, &mut opened, &folder, &mut ledger, &composed)?;
    opened.inbox.close();
    put.tell(mailing, &folder.name())?;
    show::held_back(&plan, lang);
    Ok(if put.refused.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

/// What became of the drafts.
#[derive(Default)]
struct Put {
    new: usize,
    there: usize,
    refused: Vec<(Message, Text)>,
    /// Earlier versions that were taken back.
    replaced: Vec<Message>,
    /// Earlier versions that may lie there still.
    stale: Vec<Message>,
}

/// Lays each mail, the ledger written before it.
fn lay(
    mailing: &Mailing<'_>,
    opened: &mut Opened<'_>,
    folder: &Folder,
    ledger: &mut Ledger,
    composed: &[Composed<'_>],
) -> Result<Put, Failure> {
    let mut put = Put::default();
    for made in composed {
        let message = &made.letter.message;
        if ledger.history().mail(&message.mail).is_none() {
            ledger.append(mailing.options.workspace.now(), Entry::Written(Box::new(made.sending()?)))?;
        }
        let laid = opened.inbox.lay(folder, (&message.mail, &made.mail.bytes), Mark::Draft);
        match laid.map_err(|unusable| opened.failed(&unusable).helped(Some(again())))? {
            Laid::New => put.new += 1,
            Laid::There => put.there += 1,
            Laid::Refused(said) => {
                put.refused.push((message.clone(), said));
                continue;
            }
        }
        let older: Vec<Message> = overtaken(ledger.history(), message).cloned().collect();
        for old in older {
            match take_back(opened, &old)? {
                Some(true) => put.replaced.push(old),
                Some(false) => put.stale.push(old),
                None => {}
            }
        }
    }
    Ok(put)
}

/// Whether an earlier draft was deleted; `None` where it does not lie there.
fn take_back(opened: &mut Opened<'_>, old: &Message) -> Result<Option<bool>, Failure> {
    let mut take = || {
        let there = opened.inbox.with_id(&old.mail)?;
        if there.is_empty() { Ok(None) } else { opened.inbox.take_back(&there).map(Some) }
    };
    let taken = take();
    taken.map_err(|unusable| opened.failed(&unusable).helped(Some(again())))
}

fn again() -> Text {
    Text::fixed(
        "run it again: it goes on where this stopped, and lays nothing twice",
        "ejecútelo de nuevo: sigue donde se detuvo, y no deja nada dos veces",
    )
}

impl Put {
    fn tell(&self, mailing: &Mailing<'_>, folder: &str) -> Result<(), Failure> {
        let lang = mailing.options.lang;
        let listed = |messages: &[Message], l: Lang| called(Some(mailing.programme), messages, l);
        let print = |text: Text| terminal::print(lang, &text);
        let new = by_hand::mails(self.new);
        print(text!(l, new = new.get(l);
            "{new} laid into the folder “{folder}” of your mailbox; in the ledger nothing counts as sent yet",
            "{new} en la carpeta «{folder}» de su buzón; en el registro aún no cuentan como enviados"))?;
        if self.there > 0 {
            let there = by_hand::mails(self.there);
            print(text!(l, there = there.get(l); "there already from before: {there}", "ya estaba ahí desde antes: {there}"))?;
        }
        if !self.replaced.is_empty() {
            print(text!(l, names = listed(&self.replaced, l);
                "drafts from before, which these take the place of, were deleted: {names}",
                "se borraron los borradores de antes, que estos reemplazan: {names}"))?;
        }
        if !self.stale.is_empty() {
            print(text!(l, names = listed(&self.stale, l);
                "drafts from before that no longer hold lie there still, since this server cannot delete them alone; delete them yourself: {names}",
                "siguen ahí borradores de antes que ya no valen, porque este servidor no puede borrar solo esos; bórrelos usted: {names}"))?;
        }
        for (message, said) in &self.refused {
            print(text!(l, name = listed(std::slice::from_ref(message), l), said = said.get(l);
                "not laid, the server refused it: {name}: {said}", "no se dejó, el servidor lo rechazó: {name}: {said}"))?;
        }
        print(Text::fixed(
            "open each in your mail program and send it as it is; then run `convoca invite record --imap`, which sees which were sent",
            "abra cada uno en su programa de correo y envíelo tal como está; luego ejecute `convoca invitar anotar --imap`, que ve cuáles se enviaron",
        ))
    }
}

/// Enters in the ledger what the folder of sent mails shows.
pub(crate) fn record(options: &Options, mailbox: &Mailbox) -> Result<Outcome, Failure> {
    let mut ledger = options.ledger(None)?;
    if since(ledger.history()).is_none() {
        let told = Text::fixed(
            "no mail waits to be entered: all that was written counts as sent already",
            "ningún correo espera ser anotado: todo lo que se escribió ya cuenta como enviado",
        );
        terminal::print(options.lang, &told)?;
        return Ok(Outcome::Clean);
    }
    let mut opened = mailbox.open()?;
    let found = look(options, &mut opened, &mut ledger)?;
    opened.inbox.close();
    let snapshot = options.workspace.load()?;
    tell(snapshot.programme(), &found, options.lang)?;
    if !found.left.is_empty() {
        let left = by_hand::mails(found.left.len());
        let names = |l| called(snapshot.programme(), &found.left, l);
        let told = text!(l, left = left.get(l), names = names(l);
            "not among the sent mails, left in the plan: {left}: {names}",
            "no está entre los enviados, sigue en el plan: {left}: {names}");
        terminal::print(options.lang, &told)?;
    }
    outdated::tell(options, ledger.history(), &found.entered)?;
    Ok(Outcome::Clean)
}

/// Looks through the sent mails, and enters those that were waited for.
fn look(options: &Options, opened: &mut Opened<'_>, ledger: &mut Ledger) -> Result<Found, Failure> {
    let folder = opened.folder(Purpose::Sent)?;
    let from = since(ledger.history());
    let read = each(&mut opened.inbox, &folder, from, |given| given.map(|octets| posted(&octets)));
    let read = read.map_err(|unusable| opened.failed(&unusable))?;
    let unread = read.values().filter(|given| given.is_err()).count();
    if unread > 0 {
        let unread = by_hand::mails(unread);
        let told = text!(l, unread = unread.get(l);
            "{unread} of the folder could not be read", "no se pudo leer {unread} de la carpeta");
        terminal::note(options.lang, &told);
    }
    let sent: Vec<Posted> = read.into_values().filter_map(|given| given.ok().flatten()).collect();
    enter(&sent, ledger, options.workspace.now())
}

/// Tells what was sent, and what went to another address than its own.
fn tell(programme: Option<&Programme>, found: &Found, lang: Lang) -> Result<(), Failure> {
    let entered = by_hand::mails(found.entered.len());
    let told = text!(l, entered = entered.get(l);
        "found among the sent mails, and entered in the ledger: {entered}",
        "encontrado entre los enviados, y anotado en el registro: {entered}");
    terminal::print(lang, &told)?;
    for (message, to) in &found.elsewhere {
        let to = to.join(", ");
        let told = text!(l, name = called(programme, std::slice::from_ref(message), l), own = &message.to;
            "sent to {to} and not to {own}, so it does not count as sent: {name}; correct the address in group.toml, or send it again",
            "se envió a {to} y no a {own}, así que no cuenta como enviado: {name}; corrija la dirección en group.toml, o envíelo de nuevo");
        terminal::print(lang, &told)?;
    }
    Ok(())
}

/// Who they are for, by name where the programme can be read.
fn called(programme: Option<&Programme>, messages: &[Message], lang: Lang) -> String {
    match programme {
        Some(programme) => outdated::listed(programme, &messages.iter().collect::<Vec<_>>(), lang),
        None => messages.iter().map(|message| format!("{} ({})", message.to, message.session)).collect::<Vec<_>>().join("; "),
    }
}
