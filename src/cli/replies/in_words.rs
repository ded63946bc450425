//! Mails of people who are invited, without an answer for calendars: whoever reads them may enter it.

use std::io::Write;

use super::report::{InWords, Report};
use crate::cli::called::{named, session, typed};
use crate::ledger::Answer;
use crate::links;
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::replies::returned::Origin;
use crate::replies::words::{Concern, Correspondence, Words};
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
            writeln!(out, "    {}", entering(mail, programme).get(lang))?;
        }
    }
    Ok(())
}

/// How to enter what the mail says.
fn entering(mail: &InWords, programme: &Programme) -> Text {
    let sessions: Vec<String> = mail.sessions.iter().map(|id| typed(programme, id)).collect();
    let Some(who) = &mail.who else {
        let session = sessions.concat();
        return text!(
            "if it is from somebody invited who accepts: `convoca replies --accepts WHO --session {session}`; else `--declines` or `--may-come`",
            "si es de alguien con invitación, y acepta: `convoca respuestas --acepta QUIÉN --sesion {session}`; si no, `--no-asistira` o `--tal-vez`"
        );
    };
    let said = links::said(&mail.text).or_else(|| links::said(&mail.subject));
    match sessions.as_slice() {
        [one] if said.is_some_and(|said| said != Answer::Counter) => {
            let (en, es) = match said {
                Some(Answer::Accepted) => ("accepts", "acepta"),
                Some(Answer::Declined) => ("declines", "no-asistira"),
                _ => ("may-come", "tal-vez"),
            };
            text!(l, seems = said.map_or("", |said| said.seeming(l));
                "{seems}; if it is so: `convoca replies --{en} {who} --session {one}`",
                "{seems}; si es así: `convoca respuestas --{es} {who} --sesion {one}`")
        }
        [one] => text!(
            "if they accept: `convoca replies --accepts {who} --session {one}`; else `--declines` or `--may-come`",
            "si acepta: `convoca respuestas --acepta {who} --sesion {one}`; si no, `--no-asistira` o `--tal-vez`"
        ),
        several => text!(l, several = words::join(l, several);
            "if they accept: `convoca replies --accepts {who} --session N` (invited to {several}); else `--declines` or `--may-come`",
            "si acepta: `convoca respuestas --acepta {who} --sesion N` (tiene invitación a {several}); si no, `--no-asistira` o `--tal-vez`"),
    }
}
