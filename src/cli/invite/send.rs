//! `convoca invite send`: the plan, confirmed, handed to a mail server.

use std::io::{BufRead, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::value::to_raw_value;

use super::super::{Failure, Outcome, ledger};
use super::arguments::Send;
use super::{Post, now, show, unusable};
use crate::itip::Plan;
use crate::ledger::{Message, Sending};
use crate::locale::{Lang, Text};
use crate::mail::{Connection, Pace, Server, Stop, Tally, deliver};
use crate::text;

pub fn run(post: &Post<'_>, send: &Send) -> Result<Outcome, Failure> {
    let lang = post.options.lang;
    // Locked from here on: nobody else sends from a plan that is about to be old.
    let mut ledger = ledger::open(post.options)?;
    let plan = post.plan(ledger.history())?;
    let letters = plan.letters().count();
    if send.yes.is_none() || letters == 0 {
        show::plan(post, &plan)?;
    }
    let is_complete = plan.held_back().next().is_none() && plan.lost().is_empty();
    let complete = if is_complete { Outcome::Clean } else { Outcome::Findings };
    // Whoever confirmed a plan that is held back now has left out one of its options.
    let mistaken = send.yes.as_ref().is_some_and(|yes| *yes != plan.id) && complete == Outcome::Findings;
    if letters == 0 && !mistaken {
        return Ok(complete);
    }
    if !confirmed(&plan, send, letters, lang)? {
        show::say(post.options, &Text::fixed("nothing was sent", "no se envió nada"))?;
        return Ok(Outcome::Clean);
    }
    let mut mails = Vec::new();
    for (_, _, letter, mail) in post.compose(&plan)? {
        let content = to_raw_value(&letter.content).map_err(std::io::Error::from)?;
        mails.push((Sending { message: letter.message.clone(), reason: letter.reason.clone(), content }, mail));
    }
    let server = server(send)?;
    let host = server.host.clone();
    let mut connection = Connection::open(server).map_err(|unusable| {
        let failure = Failure::new(text!(l, said = unusable.said.get(l);
            "the mail server `{host}` cannot be used, and nothing was sent: {said}",
            "no se puede usar el servidor de correo `{host}`, y no se envió nada: {said}"));
        failure.helped(send.access.help(&unusable))
    })?;
    let bar = bar(letters);
    let (tally, stop) = deliver(
        &mut ledger,
        &mut connection,
        mails,
        Pace {
            pause: Duration::from_secs(60) / send.per_minute,
            now: &|| now(post.options),
            done: &mut |tally: &Tally| bar.set_position((tally.sent + tally.refused.len()) as u64),
        },
    );
    connection.close();
    bar.finish_and_clear();
    report(post, &tally, letters)?;
    match stop {
        Some(stop) => Err(stopped(&stop)),
        None if tally.refused.is_empty() => {
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
            "véalo de nuevo con `convoca invite plan`, y dele a `send` las mismas opciones",
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

fn report(post: &Post<'_>, tally: &Tally, letters: usize) -> Result<(), Failure> {
    let sent = tally.sent;
    show::say(post.options, &text!("{sent} of {letters} mails sent", "{sent} de {letters} correos enviados"))?;
    for (message, said) in &tally.refused {
        let to = &message.to;
        show::say(
            post.options,
            &text!("not sent to {to}, the server refused it: {said}", "no se envió a {to}, el servidor lo rechazó: {said}"),
        )?;
    }
    Ok(())
}

fn stopped(stop: &Stop) -> Failure {
    let again = Text::fixed(
        "`convoca invite plan` shows what is left; sending it goes on where this stopped",
        "`convoca invite plan` muestra lo que falta; al enviarlo se sigue desde aquí",
    );
    let named = |message: &Message| (message.to.clone(), message.session.clone());
    match stop {
        Stop::Ledger(error, None) => unusable(error),
        Stop::Ledger(error, Some(message)) => {
            let (to, session) = named(message);
            Failure::new(text!(l, why = error.message().get(l).to_owned();
                "the mail to {to} about `{session}` was sent, but this could not be recorded: {why}",
                "el correo a {to} sobre `{session}` se envió, pero no se pudo registrar: {why}"))
            .help(error.help())
        }
        Stop::NotReached(said) => Failure::new(text!(l, said = said.get(l);
            "the mail server cannot be reached any more: {said}",
            "ya no se alcanza el servidor de correo: {said}"))
        .help(again),
        Stop::Refuses(said) => {
            Failure::new(text!("the server refuses every mail: {said}", "el servidor rechaza todos los correos: {said}"))
                .help(again)
        }
        Stop::InDoubt(message, said) => {
            let (to, session) = named(message);
            Failure::new(text!(l, said = said.get(l);
                "the mail to {to} about `{session}` is in doubt, it may have arrived: {said}",
                "el correo a {to} sobre `{session}` está en duda, pudo haber llegado: {said}"))
            .help(Text::fixed(
                "`convoca invite send` sends it once more as it was, so that a second copy does no harm",
                "`convoca invite send` lo envía otra vez tal como era, de modo que una segunda copia no hace daño",
            ))
        }
    }
}
