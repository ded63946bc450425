//! Handing mails to a server, with the ledger written before and after each.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::verdict::{Transport, Uncopied, Verdict};
use crate::ledger::{Entry, Error, Ledger, Message, Sending, ServerAnswer, Storage};
use crate::locale::Text;
use crate::mail::Mail;
use crate::text;

/// A server gives up on a sender that goes on in spite of so many refusals, and so do we.
const REFUSALS_IN_A_ROW: usize = 5;

/// How long to wait between two mails, and how to know the moment.
pub struct Pace<'a> {
    pub pause: Duration,
    pub now: &'a dyn Fn() -> DateTime<Utc>,
    pub done: &'a mut dyn FnMut(&Tally),
    /// How long to wait before what the server put off is tried again, for each time that it is.
    pub waits: &'a [Duration],
    /// Waits, once people know how long and for what.
    pub wait: &'a mut dyn FnMut(Duration, &Putoff),
    /// Whether to stop before the next mail.
    pub stop: &'a dyn Fn() -> bool,
}

/// How a sending went so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub sent: usize,
    pub refused: Vec<(Message, String)>,
    /// Of mails that were sent: the copies that the server does not take.
    pub uncopied: Vec<(Message, Uncopied)>,
    /// Put off by the server until the end.
    pub deferred: Vec<(Message, String)>,
}

/// Mails that the server does not take now.
#[derive(Clone, Debug)]
pub struct Putoff {
    pub mails: usize,
    /// What it said of the last.
    pub said: String,
}

/// Why a sending ended before its last mail. What was not sent stays in the plan.
#[derive(Debug)]
pub enum Stop {
    /// The ledger could not be written; with the mail that was sent all the same, and is now in doubt.
    Ledger(Error, Option<Box<Message>>),
    /// The server could not be reached any more.
    NotReached(Text),
    /// The connection broke while this mail was handed over.
    InDoubt(Box<Message>, Text),
    /// The server refuses everything.
    Refuses(String),
    /// Somebody asked for it.
    Asked,
}

impl Stop {
    /// What happened, for people.
    pub fn message(&self) -> Text {
        let named = |message: &Message| (message.to.clone(), message.session.clone());
        match self {
            Stop::Ledger(error, None) => error.message(),
            Stop::Ledger(error, Some(message)) => {
                let (to, session) = named(message);
                text!(l, why = error.message().get(l).to_owned();
                    "the mail to {to} about `{session}` was sent, but this could not be recorded: {why}",
                    "el correo a {to} sobre `{session}` se envió, pero no se pudo registrar: {why}")
            }
            Stop::NotReached(said) => text!(l, said = said.get(l);
                "the mail server cannot be reached any more: {said}",
                "ya no se alcanza el servidor de correo: {said}"),
            Stop::Refuses(said) => {
                text!("the server refuses every mail: {said}", "el servidor rechaza todos los correos: {said}")
            }
            Stop::InDoubt(message, said) => {
                let (to, session) = named(message);
                text!(l, said = said.get(l);
                    "the mail to {to} about `{session}` is in doubt, it may have arrived: {said}",
                    "el correo a {to} sobre `{session}` está en duda, pudo haber llegado: {said}")
            }
            Stop::Asked => Text::fixed("the sending was stopped", "se detuvo el envío"),
        }
    }
}

/// A mail on its way, and what the server said of it when it put it off.
type Letter = (Sending, Mail, Option<String>);

/// Sends mails one after another, and once more those that the server puts off. Nothing leaves that the ledger
/// does not know of first. With it, why it ended before the last mail, if it did.
pub fn deliver<S: Storage>(
    ledger: &mut Ledger<S>,
    transport: &mut impl Transport,
    letters: impl IntoIterator<Item = (Sending, Mail)>,
    mut pace: Pace<'_>,
) -> (Tally, Option<Stop>) {
    let mut tally = Tally::default();
    let mut letters: Vec<Letter> = letters.into_iter().map(|(sending, mail)| (sending, mail, None)).collect();
    let mut waits = pace.waits.iter();
    loop {
        let (later, stop) = round(ledger, transport, letters, &mut pace, &mut tally);
        let putoff: Vec<&String> = later.iter().filter_map(|(_, _, said)| said.as_ref()).collect();
        let putoff = putoff.last().map(|said| Putoff { mails: later.len(), said: (*said).clone() });
        match (stop, putoff, waits.next()) {
            (None, Some(putoff), Some(wait)) => (pace.wait)(*wait, &putoff),
            (stop, _, _) => {
                let put_off = later.into_iter().filter_map(|(sending, _, said)| Some((sending.message, said?)));
                tally.deferred.extend(put_off);
                return (tally, stop);
            }
        }
        letters = later;
    }
}

/// Tries each mail once; gives back those that were put off or not tried, and why it ended early, if it did.
fn round<S: Storage>(
    ledger: &mut Ledger<S>,
    transport: &mut impl Transport,
    letters: Vec<Letter>,
    pace: &mut Pace<'_>,
    tally: &mut Tally,
) -> (Vec<Letter>, Option<Stop>) {
    let mut later = Vec::new();
    let (mut refused_in_a_row, mut deferred_in_a_row) = (0, 0);
    let mut letters = letters.into_iter().enumerate();
    while let Some((index, (mut sending, mail, _))) = letters.next() {
        if index > 0 {
            std::thread::sleep(pace.pause);
        }
        if (pace.stop)() {
            return (later, Some(Stop::Asked));
        }
        let message = sending.message.clone();
        if let Err(error) = ledger.append((pace.now)(), Entry::Sending(Box::new(sending.clone()))) {
            return (later, Some(Stop::Ledger(error, None)));
        }
        let verdict = transport.send(&mail);
        let entry = |said: &str| Box::new(ServerAnswer { message: message.clone(), said: said.to_owned() });
        let (entry, taken) = match &verdict {
            Verdict::Taken(said) | Verdict::TakenWithout(said, _) => (Entry::Sent(entry(said)), true),
            Verdict::Refused(said) | Verdict::Deferred(said) => (Entry::Refused(entry(said)), false),
            Verdict::NotReached(said) => (Entry::Refused(entry(&said.en)), false),
            Verdict::InDoubt(said) => return (later, Some(Stop::InDoubt(Box::new(message), said.clone()))),
        };
        if let Err(error) = ledger.append((pace.now)(), entry) {
            return (later, Some(Stop::Ledger(error, taken.then(|| Box::new(message)))));
        }
        match verdict {
            Verdict::NotReached(said) => return (later, Some(Stop::NotReached(said))),
            Verdict::Refused(said) => {
                tally.refused.push((message, said.clone()));
                refused_in_a_row += 1;
                if refused_in_a_row == REFUSALS_IN_A_ROW {
                    return (later, Some(Stop::Refuses(said)));
                }
            }
            Verdict::Deferred(said) => {
                sending.message.attempt += 1;
                later.push((sending, mail, Some(said)));
                deferred_in_a_row += 1;
                if deferred_in_a_row == REFUSALS_IN_A_ROW {
                    // It wants to be left alone: the others wait with these.
                    later.extend(letters.map(|(_, letter)| letter));
                    return (later, None);
                }
                continue;
            }
            Verdict::Taken(_) | Verdict::TakenWithout(..) | Verdict::InDoubt(_) => {
                if let Verdict::TakenWithout(_, without) = verdict {
                    tally.uncopied.extend(without.into_iter().map(|one| (message.clone(), one)));
                }
                tally.sent += 1;
                refused_in_a_row = 0;
            }
        }
        deferred_in_a_row = 0;
        (pace.done)(tally);
    }
    (later, None)
}
