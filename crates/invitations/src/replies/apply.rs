//! Whether an answer counts (RFC 5546 §2.1.5 and §3.2.3).

use std::cmp::Ordering;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::invitations::{Given, Invitation, Invitations};
use super::{Received, Sender};
use crate::ledger::Answer;
use crate::locale::Text;
use crate::text;

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It counts, and the ledger is to be told.
    Counts(Box<Invitation>),
    /// It was read before.
    Known,
    /// It does not count; a person should see why.
    Refused(Text),
}

/// Judges an answer, and takes it into account for those judged after it.
pub fn apply(invitations: &mut Invitations, answer: &Received, rules: Rules<'_>) -> Verdict {
    let source = answer.source();
    // Before anything else: an answer that was taken for one to this time may be in the ledger already.
    if let Err(why) = about_its_time(invitations, answer) {
        return Verdict::Refused(why);
    }
    let known = match answer.from {
        Sender::ByHand => {
            invitations.of(&answer.uid, &answer.attendee).and_then(Invitation::current).is_some_and(|given| given.says(answer))
        }
        // The file that somebody saved out of a mail, or the mail of such a file.
        Sender::Nobody => invitations.has(answer),
        _ => invitations.knows(&source) || invitations.has(answer) && sender(answer, rules).is_ok(),
    };
    if known {
        return Verdict::Known;
    }
    match judge(invitations, answer, rules) {
        Err(why) => Verdict::Refused(why),
        Ok(invitation) => {
            let invitation = Box::new(invitation.clone());
            invitations.answered(&answer.uid, &answer.attendee, source, Given::of(answer));
            Verdict::Counts(invitation)
        }
    }
}

/// Where two people told two times under the same SEQUENCE, an answer counts for the one that it names.
fn about_its_time(invitations: &Invitations, answer: &Received) -> Result<(), Text> {
    let Some(invitation) = invitations.of(&answer.uid, &answer.attendee) else { return Ok(()) };
    let is_meant = invitation.is_about_its_time(answer.sequence, answer.dtstamp, answer.time);
    if is_meant || answer.from == Sender::ByHand || answer.answer == Answer::Counter {
        return Ok(());
    }
    let shown =
        |time: Option<DateTime<Utc>>| time.map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d %H:%M UTC").to_string());
    let (named, holds) = (shown(answer.time), shown(invitation.time.start));
    Err(text!(
        "it answers the invitation for {named}, but the one that holds is for {holds}: two were sent under the same version",
        "responde a la invitación para {named}, pero la que vale es para {holds}: se enviaron dos con la misma versión"
    ))
}

/// An answer as its invitation and the moment make it likely. Read again, it is the same.
///
/// - One that claims to be of days to come was given by a clock that runs ahead, and is of now at the latest.
/// - One that claims to be as old as what it answers repeats that mail's time, or has no clock: its own mail's counts.
/// - A proposal of the very time that was told is none, but what is answered to it.
pub fn plausible(invitations: &Invitations, mut answer: Received, now: DateTime<Utc>) -> Received {
    let invitation = invitations.of(&answer.uid, &answer.attendee);
    if let Some(invitation) = invitation
        && let Some(sent) = answer.sent.filter(|_| answer.dtstamp <= invitation.made(answer.sequence))
        && !invitations.has(&answer)
    {
        answer.dtstamp = sent;
    }
    if answer.dtstamp > now + TimeDelta::days(1) {
        let given = invitation.and_then(Invitation::current);
        let same = given.filter(|given| given.sequence == answer.sequence && given.says(&answer));
        answer.dtstamp = same.map_or_else(|| now.trunc_subsecs(0), |given| given.dtstamp);
    }
    let asks_for = answer.proposal.as_ref().and_then(|proposal| proposal.start);
    let is_told = |invitation: &Invitation| asks_for.is_some() && asks_for == invitation.time.start;
    if let Some(said) = answer.partstat.filter(|_| answer.answer == Answer::Counter && invitation.is_some_and(is_told)) {
        answer = Received { answer: said, partstat: None, proposal: None, time: asks_for, ..answer };
    }
    answer
}

/// What the judgement depends on besides the ledger.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The address from which invitations go out.
    pub organizer: Option<&'a str>,
    /// Whether whoever runs the program vouches for calendar files that came without a mail.
    pub without_sender: bool,
}

fn judge<'i>(invitations: &'i Invitations, answer: &Received, rules: Rules<'_>) -> Result<&'i Invitation, Text> {
    let (uid, attendee) = (&answer.uid, &answer.attendee);
    if uid.is_empty() {
        return Err(Text::fixed("it does not say to which invitation", "no dice a qué invitación"));
    }
    if invitations.session(uid).is_none() {
        return Err(text!("no invitation `{uid}` was sent", "no se envió ninguna invitación `{uid}`"));
    }
    let invitation = invitations
        .of(uid, attendee)
        .ok_or_else(|| text!("{attendee} was not invited to this session", "{attendee} no recibió invitación a esta sesión"))?;
    sender(answer, rules)?;
    if invitation.cancelled {
        return Err(text!("the invitation of {attendee} was cancelled since", "la invitación de {attendee} se canceló después"));
    }
    let (since, sent) = (invitation.since, invitation.sequence);
    // Who answers this very time answers the version that holds, whichever they name.
    let given =
        if answer.time.is_some() && answer.time == invitation.time.start { answer.sequence.max(since) } else { answer.sequence };
    if given < since {
        return Err(text!(
            "it answers version {given} of the invitation, but the time changed with version {since}",
            "responde a la versión {given} de la invitación, pero la hora cambió con la versión {since}"
        ));
    }
    if given > sent {
        return Err(text!(
            "it answers version {given} of the invitation, which was never sent (the last is {sent})",
            "responde a la versión {given} de la invitación, que nunca se envió (la última es la {sent})"
        ));
    }
    let before = invitation.given.as_ref().map(Given::order);
    match before.map_or(Ordering::Less, |before| before.cmp(&Given::of(answer).order())) {
        Ordering::Less => Ok(invitation),
        Ordering::Equal => Err(text!(
            "another answer of {attendee}, of the same moment, was recorded already",
            "ya se anotó otra respuesta de {attendee}, de ese mismo momento"
        )),
        Ordering::Greater => {
            Err(text!("a later answer of {attendee} was recorded already", "ya se anotó una respuesta posterior de {attendee}"))
        }
    }
}

/// An answer comes from whom it is about; what the organizer turns down comes from the organizer.
fn sender(answer: &Received, rules: Rules<'_>) -> Result<(), Text> {
    let from = match &answer.from {
        Sender::Mail(from) => from,
        Sender::ByHand | Sender::Link(_) => return Ok(()),
        Sender::Nobody if rules.without_sender => return Ok(()),
        Sender::Nobody => {
            return Err(Text::fixed(
                "the file does not show who sent it; if you know, repeat with `--without-sender`",
                "el archivo no muestra quién lo envió; si usted lo sabe, repita con `--sin-remitente`",
            ));
        }
        Sender::Unclear => {
            return Err(Text::fixed("the mail does not name one sender", "el correo no nombra un solo remitente"));
        }
        Sender::Forwarded(from) => {
            return Err(text!(
                "the domain of {from} does not confirm the mail (DMARC), but whoever forwarded it says that it was sound (ARC): if it came by a list or another mailbox of theirs, it is from them",
                "el dominio de {from} no confirma el correo (DMARC), pero quien lo reenvió dice que venía en regla (ARC): si pasó por una lista o por otro buzón suyo, es de esa persona"
            ));
        }
        Sender::Forged(from) => {
            return Err(text!(
                "the mail says it is from {from}, but the receiving server found that it is not (DMARC)",
                "el correo dice ser de {from}, pero el servidor que lo recibió comprobó que no lo es (DMARC)"
            ));
        }
    };
    let declines = answer.answer == Answer::DeclineCounter;
    let speaks = if declines { rules.organizer.unwrap_or_default() } else { &answer.attendee };
    match from == speaks {
        true => Ok(()),
        false if declines => Err(text!(
            "only the organizer turns a proposal down; this came from {from}",
            "solo quien organiza rechaza una propuesta; esto llegó de {from}"
        )),
        false => Err(text!("it answers for {speaks}, but came from {from}", "responde por {speaks}, pero llegó de {from}")),
    }
}

#[cfg(test)]
mod tests;
