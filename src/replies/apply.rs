//! Whether an answer counts (RFC 5546 §2.1.5 and §3.2.3).

use super::invitations::{Given, Invitation, Invitations};
use super::{Answer, Response};
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
pub fn apply(invitations: &mut Invitations, answer: &Answer, rules: Rules<'_>) -> Verdict {
    let source = answer.source();
    if invitations.knows(&source) {
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

/// What the judgement depends on besides the ledger.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The address from which invitations go out.
    pub organizer: Option<&'a str>,
    /// Whether whoever runs the program vouches for calendar files that came without a mail.
    pub without_sender: bool,
}

fn judge<'i>(invitations: &'i Invitations, answer: &Answer, rules: Rules<'_>) -> Result<&'i Invitation, Text> {
    let (uid, attendee) = (&answer.uid, &answer.attendee);
    if !invitations.has_uid(uid) {
        return Err(text!("no invitation `{uid}` was sent", "no se envió ninguna invitación `{uid}`"));
    }
    let invitation = invitations
        .of(uid, attendee)
        .ok_or_else(|| text!("{attendee} was not invited to this session", "{attendee} no recibió invitación a esta sesión"))?;
    sender(answer, rules)?;
    if invitation.cancelled {
        return Err(text!("the invitation of {attendee} was cancelled since", "la invitación de {attendee} se canceló después"));
    }
    let (given, sent) = (answer.sequence, invitation.sequence);
    if given < sent {
        return Err(text!(
            "it answers version {given} of the invitation; version {sent} was sent since",
            "responde a la versión {given} de la invitación; después se envió la versión {sent}"
        ));
    }
    if given > sent {
        return Err(text!(
            "it answers version {given} of the invitation, which was never sent (the last is {sent})",
            "responde a la versión {given} de la invitación, que nunca se envió (la última es la {sent})"
        ));
    }
    match &invitation.given {
        Some(before) if (answer.sequence, answer.dtstamp) <= (before.sequence, before.dtstamp) => Err(text!(
            "{attendee} answered again later, and that was read already",
            "{attendee} volvió a responder más tarde, y esa respuesta ya se leyó"
        )),
        _ => Ok(invitation),
    }
}

/// An answer comes from whom it is about; what the organizer turns down comes from the organizer.
fn sender(answer: &Answer, rules: Rules<'_>) -> Result<(), Text> {
    let Some(from) = &answer.from else {
        return match rules.without_sender {
            true => Ok(()),
            false => Err(Text::fixed(
                "the file does not show who sent it, or shows several senders; if you know, give it with `--without-sender`",
                "el archivo no muestra quién lo envió, o muestra varios remitentes; si usted lo sabe, délo con `--without-sender`",
            )),
        };
    };
    if answer.forged {
        return Err(text!(
            "the mail says it is from {from}, but the receiving server found that it is not (DMARC)",
            "el correo dice ser de {from}, pero el servidor que lo recibió comprobó que no lo es (DMARC)"
        ));
    }
    let speaks = match answer.response {
        Response::DeclineCounter => rules.organizer.unwrap_or_default(),
        _ => answer.attendee.as_str(),
    };
    if from == speaks {
        return Ok(());
    }
    Err(match answer.response {
        Response::DeclineCounter => {
            text!(
                "only the organizer turns a proposal down; this came from {from}",
                "solo quien organiza rechaza una propuesta; esto llegó de {from}"
            )
        }
        _ => text!("it answers for {speaks}, but came from {from}", "responde por {speaks}, pero llegó de {from}"),
    })
}

#[cfg(test)]
mod tests;
