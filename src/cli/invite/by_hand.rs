//! Mails that a person sends from their own program: `invite write` makes them, and `invite record` enters
//! in the ledger those that were sent.

use std::path::Path;

use super::mailing::Mailing;
use super::{outdated, show};
use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::ledger::Message;
use crate::locale::{Text, words};
use crate::text;
use crate::workspace::{Failure, letters, read};

pub(crate) fn write(mailing: &Mailing<'_>, folder: &Path) -> Result<Outcome, Failure> {
    let lang = mailing.options.lang;
    // Locked from here on: what is written may be sent from now on, and nobody else plans it in between.
    let mut ledger = mailing.options.ledger(Some(mailing.programme))?;
    let Some(plan) = show::unless_empty(mailing, ledger.history())? else { return Ok(Outcome::Clean) };
    let secret = letters::secret(ledger.history())?;
    let composed = mailing.compose(&plan, &secret)?;
    letters::keep(secret, &mut ledger, mailing.options.workspace.now())?;
    let put = letters::write(folder, &mut ledger, &plan, composed, mailing.options.workspace.now())?;
    let (count, shown) = (mails(put.count), read::shown(folder));
    terminal::print(
        lang,
        &text!(l, count = count.get(l);
            "{count} in {shown}/, with the calendar beside each; in the ledger nothing counts as sent yet",
            "{count} en {shown}/, con el calendario al lado de cada uno; en el registro aún no cuentan como enviados"),
    )?;
    let replaced: Vec<&Message> = put.replaced.iter().collect();
    let kept: Vec<&Message> = put.kept.iter().collect();
    if !replaced.is_empty() {
        terminal::print(
            lang,
            &text!(l, names = outdated::listed(mailing.programme, &replaced, l);
                "in the place of mails that may have been sent, and as later versions of them: {names}",
                "en lugar de correos que pudieron haberse enviado, y como versiones posteriores: {names}"),
        )?;
    }
    if !kept.is_empty() {
        terminal::print(
            lang,
            &text!(l, names = outdated::listed(mailing.programme, &kept, l);
                "still there, written before and not in the ledger yet: {names}",
                "siguen ahí, escritos antes y aún sin anotar: {names}"),
        )?;
    }
    terminal::print(
        lang,
        &text!(
            "once you have sent them yourself, delete the .eml of any that you did not send and run `convoca invite record {shown}`",
            "cuando los haya enviado usted, borre el .eml de los que no envió y ejecute `convoca invitar anotar {shown}`"
        ),
    )?;
    Ok(Outcome::Clean)
}

/// Enters the mails of a folder in the ledger.
pub(crate) fn record(options: &Options, folder: &Path) -> Result<Outcome, Failure> {
    let mut ledger = options.ledger(None)?;
    let letters::Entered { entered, known, missing } = letters::record(folder, &mut ledger, options.workspace.now())?;
    let count = mails(entered.len());
    terminal::print(
        options.lang,
        &text!(l, mails = count.get(l); "entered in the ledger as sent by hand: {mails}", "anotado en el registro como enviado a mano: {mails}"),
    )?;
    if known > 0 {
        let known = mails(known);
        terminal::print(options.lang, &text!(l, mails = known.get(l); "in it already: {mails}", "ya estaba anotado: {mails}"))?;
    }
    if missing > 0 {
        let (missing, shown) = (mails(missing), read::shown(folder));
        terminal::print(
            options.lang,
            &text!(l, mails = missing.get(l);
                "without a .eml, so that it does not count as sent and stays in the plan: {mails}; if one did go out, make its file again with `convoca invite write {shown}` and enter it then",
                "sin su .eml, por lo que no cuenta como enviado y sigue en el plan: {mails}; si alguno sí salió, haga otra vez su archivo con `convoca invitar escribir {shown}` y anótelo después"),
        )?;
    }
    outdated::tell(options, ledger.history(), &entered)?;
    Ok(Outcome::Clean)
}

pub(crate) fn mails(count: usize) -> Text {
    Text { en: words::count(count, "mail", "mails").into(), es: words::count(count, "correo", "correos").into() }
}
