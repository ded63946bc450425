//! `convoca invite send`: the plan, confirmed, handed to a mail server.

use std::io::{BufRead, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::Send;
use super::copy::{self, Copy};
use super::mailbox::Mailbox;
use super::mailing::Mailing;
use super::show;
use crate::cli::command::Outcome;
use crate::cli::terminal;
use crate::itip::Plan;
use crate::ledger::Sending;
use crate::locale::{Lang, Text};
use crate::mail::Mail;
use crate::text;
use crate::transport::{Connection, Pace, Putoff, Server, Stop, Tally, Uncopied, deliver};
use crate::workspace::{Failure, letters};

pub(crate) fn run(mailing: &Mailing<'_>, send: &Send) -> Result<Outcome, Failure> {
    let lang = mailing.options.lang;
    // Locked from here on: nobody else sends from a plan that is about to be old.
    let mut ledger = mailing.options.ledger(Some(mailing.programme))?;
    let plan = mailing.plan(ledger.history())?;
    let letters = plan.letters().count();
    if send.yes.is_none() || letters == 0 {
        show::plan(mailing, &plan)?;
    }
    let is_complete = plan.held_back().next().is_none() && plan.lost().is_empty();
    let complete = if is_complete { Outcome::Clean } else { Outcome::Findings };
    // Whoever confirmed a plan that is held back now has left out one of its options.
    let mistaken = send.yes.as_ref().is_some_and(|yes| *yes != plan.id) && complete == Outcome::Findings;
    if letters == 0 && !mistaken {
        return Ok(complete);
    }
    if !confirmed(&plan, send, letters, lang)? {
        terminal::print(mailing.options.lang, &Text::fixed("nothing was sent", "no se envió nada"))?;
        return Ok(Outcome::Clean);
    }
    let mut mails = Vec::new();
    let secret = letters::secret(ledger.history())?;
    for composed in mailing.compose(&plan, &secret)? {
        mails.push((composed.sending()?, composed.mail));
    }
    let patience = Duration::from_secs(send.timeout);
    let mailbox = if send.no_copy { None } else { Mailbox::of_environment(send.sent.clone(), patience)? };
    let copied = |(sending, mail): &(Sending, Mail)| (sending.message.mail.clone(), mail.bytes.clone());
    let copies: Vec<Copy> = mailbox.iter().flat_map(|_| mails.iter().map(copied)).collect();
    let server = server(send)?;
    let host = server.host.clone();
    let mut connection = Connection::open(server).map_err(|unusable| {
        let failure = Failure::new(text!(l, said = unusable.said.get(l);
            "the mail server `{host}` cannot be used, and nothing was sent: {said}",
            "no se puede usar el servidor de correo `{host}`, y no se envió nada: {said}"));
        failure.helped(send.access.help(&unusable))
    })?;
    letters::keep(secret, &mut ledger, mailing.options.workspace.now())?;
    let bar = bar(letters);
    let (tally, stop) = deliver(
        &mut ledger,
        &mut connection,
        mails,
        Pace {
            pause: Duration::from_secs(60) / send.per_minute,
            now: &|| mailing.options.workspace.now(),
            done: &mut |tally: &Tally| bar.set_position((tally.sent + tally.refused.len()) as u64),
            waits: &send.waits(),
            wait: &mut |wait, putoff| bar.suspend(|| waited(lang, wait, putoff)),
            stop: &|| false,
        },
    );
    connection.close();
    bar.finish_and_clear();
    report(mailing, &tally, letters)?;
    if let Some(mailbox) = &mailbox {
        copy::lay(mailbox, &copies, ledger.history(), lang)?;
    }
    match stop {
        Some(stop) => Err(stopped(&stop)),
        None if tally.refused.is_empty() && tally.deferred.is_empty() => {
            show::held_back(&plan, lang);
            Ok(complete)
        }
        None => Ok(Outcome::Findings),
    }
}

/// Whether the plan that was looked at is the one that would be sent now.
fn confirmed(plan: &Plan, send: &Send, letters: usize, lang: Lang) -> Result<bool, Failure> {
    let id = &plan.id;
    if let Some(yes) = &send.yes {
        if yes == id {
            return Ok(true);
        }
        return Err(Failure::new(text!(
            "`{yes}` is not the plan any more: it is {id} now, and nothing was sent",
            "`{yes}` ya no es el plan: ahora es {id}, y no se envió nada"
        ))
        .help(Text::fixed(
            "look at it again with `convoca invite plan`, and give `send` the same options",
            "véalo de nuevo con `convoca invitar ver`, y dele a `enviar` las mismas opciones",
        )));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(Text::fixed(
            "nothing was sent: the plan was not confirmed",
            "no se envió nada: el plan no se confirmó",
        ))
        .help(text!("confirm it with `--yes {id}`", "confírmelo con `--si {id}`")));
    }
    let question = text!("Send {letters} mails? Write yes: ", "¿Enviar {letters} correos? Escriba sí: ");
    let mut out = anstream::stdout().lock();
    write!(out, "{}", question.get(lang))?;
    out.flush()?;
    let mut answer = Vec::new();
    // Octets: a terminal may speak another charset than UTF-8.
    std::io::stdin().lock().read_until(b'\n', &mut answer)?;
    if !answer.ends_with(b"\n") {
        writeln!(out)?;
    }
    Ok(matches!(String::from_utf8_lossy(&answer).trim().to_lowercase().as_str(), "yes" | "sí" | "si\u{301}" | "si"))
}

fn server(send: &Send) -> Result<Server, Failure> {
    let server = send.access.open(Duration::from_secs(send.timeout))?;
    server.ok_or_else(|| {
        Failure::new(Text::fixed("no mail server was given", "no se dijo cuál es el servidor de correo")).help(Text::fixed(
            "say it with `--server HOST:PORT` or in CONVOCA_SMTP_SERVER",
            "dígalo con `--servidor HOST:PUERTO` o en CONVOCA_SMTP_SERVER",
        ))
    })
}

fn bar(letters: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(letters as u64), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {eta}") {
        bar.set_style(style);
    }
    bar.tick();
    bar
}

fn report(mailing: &Mailing<'_>, tally: &Tally, letters: usize) -> Result<(), Failure> {
    let sent = tally.sent;
    terminal::print(mailing.options.lang, &text!("{sent} of {letters} mails sent", "{sent} de {letters} correos enviados"))?;
    for (message, said) in &tally.refused {
        let to = &message.to;
        terminal::print(
            mailing.options.lang,
            &text!("not sent to {to}, the server refused it: {said}", "no se envió a {to}, el servidor lo rechazó: {said}"),
        )?;
    }
    for (message, Uncopied { to: copy, said }) in &tally.uncopied {
        let to = &message.to;
        let told = text!(
            "sent to {to}, but without its copy to {copy}, which the server refused: {said}",
            "se envió a {to}, pero sin su copia a {copy}, que el servidor rechazó: {said}"
        );
        terminal::print(mailing.options.lang, &told)?;
    }
    for (message, said) in &tally.deferred {
        let to = &message.to;
        let told = text!(
            "not sent to {to} yet, the server does not take it now: {said}",
            "todavía no se envió a {to}, el servidor no lo acepta por ahora: {said}"
        );
        terminal::print(mailing.options.lang, &told)?;
    }
    if !tally.deferred.is_empty() {
        terminal::print(mailing.options.lang, &again())?;
    }
    Ok(())
}

/// Tells how long and for what, and waits.
fn waited(lang: Lang, wait: Duration, Putoff { mails, said }: &Putoff) {
    let seconds = wait.as_secs();
    terminal::note(
        lang,
        &text!(
            "the server puts off {mails} mails ({said}); they are tried again in {seconds} seconds: whoever stops now finds them in the plan",
            "el servidor pospone {mails} correos ({said}); se intentan de nuevo en {seconds} segundos: quien detenga el envío ahora los encontrará en el plan"
        ),
    );
    std::thread::sleep(wait);
}

fn again() -> Text {
    Text::fixed(
        "`convoca invite plan` shows what is left; sending it goes on where this stopped",
        "`convoca invitar ver` muestra lo que falta; al enviarlo se sigue desde aquí",
    )
}

fn stopped(stop: &Stop) -> Failure {
    Failure::new(stop.message()).help(match stop {
        Stop::Ledger(error, _) => error.help(),
        Stop::NotReached(_) | Stop::Refuses(_) | Stop::Asked => again(),
        Stop::InDoubt(..) => Text::fixed(
            "`convoca invite send` sends it once more as it was, so that a second copy does no harm",
            "`convoca invitar enviar` lo envía otra vez tal como era, de modo que una segunda copia no hace daño",
        ),
    })
}
