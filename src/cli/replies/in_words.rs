//! Mails of people who are invited, without an answer for calendars: whoever reads them may enter it.

use std::io::Write;

use super::next_step;
use super::report::{InWords, Report};
use crate::cli::called::{named, session, typed};
use crate::locale::{Lang, Text};
use crate::model::Programme;
use crate::replies::concern::{Concern, Correspondence};
use crate::replies::returned::Origin;
use crate::replies::words::Words;
use crate::replies::{Sender, address};
use crate::text;

/// Sorts a mail into the report.
pub(crate) fn sort(report: &mut Report, place: String, words: Words, correspondence: &Correspondence<'_>) {
    let automatic = words.origin == Origin::Program;
    let (first, sessions) = match (correspondence.concern(&words), &words.from) {
        (Concern::Nothing, _) => return report.unrelated += 1,
        (Concern::Own, _) => return report.own += 1,
        (Concern::Settled, _) => return report.known += 1,
        (Concern::Unknown(_), _) if automatic => return report.unrelated += 1,
        (Concern::Open(_) | Concern::Unknown(_), Sender::Forged(from)) => {
            let why = text!(
                "the mail says it is from {from}, but the receiving server found that it is not (DMARC)",
                "el correo dice ser de {from}, pero el servidor que lo recibió comprobó que no lo es (DMARC)"
            );
            return report.unreadable(place, why, Some(&words));
        }
        (Concern::Unknown(session), _) => (None, vec![session.to_owned()]),
        (Concern::Open(invitations), _) => {
            let stands = invitations.iter().filter(|invitation| !invitation.cancelled);
            (invitations.first().copied(), stands.map(|invitation| invitation.session.clone()).collect())
        }
    };
    report.in_words.push(InWords {
        place,
        from: words.from.address().unwrap_or_default().to_owned(),
        to: first.map(|invitation| invitation.to.clone()),
        who: first.map(|invitation| invitation.who.clone()),
        sessions,
        subject: words.subject,
        text: words.text,
        seems: words.said.filter(|_| !automatic),
        automatic,
    });
}

pub(crate) fn show(out: &mut impl Write, mails: &[InWords], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    let yellow = anstyle::AnsiColor::Yellow.on_default();
    for mail in mails {
        let mark = match mail.automatic {
            true => Text::fixed("automatic answer", "respuesta automática"),
            false => Text::fixed("answered in words only", "respuesta solo con palabras"),
        };
        let unknown = Text::fixed("from an unknown address", "de una dirección desconocida");
        let who = mail.who.as_ref().map_or_else(|| unknown.get(lang).to_owned(), |who| named(programme, who, lang));
        let about = match mail.sessions.as_slice() {
            [one] => format!("{} · ", session(programme, one, |session| session.heading(lang))),
            _ => String::new(),
        };
        let (subject, place) = (&mail.subject, &mail.place);
        let text = if mail.text.is_empty() { String::new() } else { format!(" – {}", mail.text) };
        let other =
            if mail.to.as_ref().is_some_and(|to| mail.from == address(to)) { String::new() } else { format!(" <{}>", mail.from) };
        let subject = text!("“{subject}”", "«{subject}»");
        writeln!(out, "{yellow}{}{yellow:#}: {about}{who}{other}, {}{text} ({place})", mark.get(lang), subject.get(lang))?;
        if !mail.sessions.is_empty() && !mail.automatic {
            writeln!(out, "    {}", next_step(mail, programme).get(lang))?;
            if let (Some(who), false) = (&mail.who, other.is_empty()) {
                writeln!(out, "    {}", next_step::learning(who, &mail.from).get(lang))?;
            }
        }
    }
    Ok(())
}

/// How to enter what the mail says.
fn next_step(mail: &InWords, programme: &Programme) -> Text {
    let sessions: Vec<String> = mail.sessions.iter().map(|id| typed(programme, id)).collect();
    let step = next_step::entering(mail.seems, mail.who.as_deref(), &sessions);
    match mail.seems {
        Some(seems) => text!(l, seems = seems.seeming(l), step = step.get(l); "{seems}; {step}", "{seems}; {step}"),
        None => step,
    }
}
