//! Mails of people who are invited, without an answer for calendars: whoever reads them may enter it.

use std::io::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use crate::cli::called::{named, session, typed};
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::replies::invitations::Invitation;
use crate::replies::words::{Concern, Correspondence, Words};
use crate::replies::{Sender, address};
use crate::text;

/// Such a mail.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InWords {
    /// The file, or the message of a mailbox.
    pub place: String,
    pub from: String,
    /// The address to which the invitation went.
    pub to: String,
    /// Identifier of the party or person who was invited.
    pub who: String,
    /// To which their invitations are that it may answer.
    pub sessions: Vec<String>,
    pub subject: String,
    /// The beginning of the text.
    pub text: String,
}

/// Sorts a mail into the report.
pub fn sort(report: &mut Report, place: String, words: Words, correspondence: &Correspondence<'_>) {
    match (correspondence.concern(&words), &words.from) {
        (Concern::Nobody, _) => report.unrelated += 1,
        (Concern::Settled, _) => report.known += 1,
        (Concern::Open(_), Sender::Forged(from)) => report.unreadable(
            place,
            text!(
                "the mail says it is from {from}, but the receiving server found that it is not (DMARC)",
                "el correo dice ser de {from}, pero el servidor que lo recibió comprobó que no lo es (DMARC)"
            ),
        ),
        (Concern::Open(invitations), from) => {
            let Some(first) = invitations.first() else { return };
            let stands = |invitation: &&&Invitation| !invitation.cancelled;
            report.in_words.push(InWords {
                place,
                from: from.address().unwrap_or_default().to_owned(),
                to: first.to.clone(),
                who: first.who.clone(),
                sessions: invitations.iter().filter(stands).map(|invitation| invitation.session.clone()).collect(),
                subject: words.subject,
                text: words.text,
            });
        }
    }
}

pub fn show(out: &mut impl Write, mails: &[InWords], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    let yellow = anstyle::AnsiColor::Yellow.on_default();
    let mark = Text::fixed("no answer for calendars", "sin respuesta de calendario");
    for mail in mails {
        let who = named(programme, &mail.who, lang);
        let about = match mail.sessions.as_slice() {
            [one] => format!("{} · ", session(programme, one, |session| session.heading(lang))),
            _ => String::new(),
        };
        let (subject, place) = (&mail.subject, &mail.place);
        let text = if mail.text.is_empty() { String::new() } else { format!(" – {}", mail.text) };
        let other = if mail.from == address(&mail.to) { String::new() } else { format!(" <{}>", mail.from) };
        let subject = text!("“{subject}”", "«{subject}»");
        writeln!(out, "{yellow}{}{yellow:#}: {about}{who}{other}, {}{text} ({place})", mark.get(lang), subject.get(lang))?;
        if !mail.sessions.is_empty() {
            writeln!(out, "    {}", entering(mail, programme).get(lang))?;
        }
    }
    Ok(())
}

/// How to enter what the mail says.
fn entering(mail: &InWords, programme: &Programme) -> Text {
    let sessions: Vec<String> = mail.sessions.iter().map(|id| typed(programme, id)).collect();
    let who = &mail.who;
    match sessions.as_slice() {
        [one] => text!(
            "if they accept: `convoca replies --accepts {who} --session {one}`; else `--declines` or `--may-come`",
            "si acepta: `convoca respuestas --acepta {who} --sesion {one}`; si no, `--no-asistira` o `--tal-vez`"
        ),
        several => text!(l, several = words::join(l, several);
            "if they accept: `convoca replies --accepts {who} --session N` (invited to {several}); else `--declines` or `--may-come`",
            "si acepta: `convoca respuestas --acepta {who} --sesion N` (tiene invitación a {several}); si no, `--no-asistira` o `--tal-vez`"),
    }
}
