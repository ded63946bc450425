//! Invitations that did not arrive, as mail servers report it: whose address it is, and the way out.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::report::{NotArrived, Report};
use crate::cli::called::{named, session};
use crate::ledger::{Entry, Ledger, Mail, ServerAnswer};
use crate::locale::{Lang, Text};
use crate::model::Programme;
use crate::replies::concern::Correspondence;
use crate::replies::returned::Returned;
use crate::replies::words::Words;
use crate::replies::{address, invitations::Invitation};
use crate::workspace::Failure;

/// Sorts what a server reports into the report; what is about other mails does not matter here.
pub(crate) fn sort(
    report: &mut Report,
    place: &str,
    words: &Words,
    returned: &[Returned],
    correspondence: &Correspondence<'_>,
    programme: &Programme,
) {
    let not_arrived = returned.iter().filter_map(|Returned { to, why, is_delayed }| {
        let invitations: Vec<&Invitation> = correspondence.returned(words, to);
        let first = invitations.first()?;
        let why = if why.is_empty() { &words.subject } else { why };
        // Their mail is sent on to another address, and that one is refused.
        let invited = address(&first.to);
        let reason = if invited == *to { why.clone() } else { format!("{to}: {why}") };
        Some(NotArrived {
            place: place.to_owned(),
            who: first.who.clone(),
            sessions: invitations.iter().map(|invitation| invitation.session.clone()).collect(),
            reason,
            delayed: *is_delayed,
            in_use: is_in_use(programme, &invited),
            to: invited,
            mails: invitations.iter().filter_map(|invitation| correspondence.came_back(words, invitation)).cloned().collect(),
        })
    });
    let not_arrived: Vec<NotArrived> = not_arrived.collect();
    report.unrelated += usize::from(not_arrived.is_empty());
    report.not_arrived.extend(not_arrived);
}

/// Enters in the ledger what did not arrive; what the server goes on trying may still do.
pub(crate) fn enter(report: &Report, ledger: &mut Ledger, now: DateTime<Utc>) -> Result<(), Failure> {
    let gone = report.not_arrived.iter().filter(|one| !one.delayed);
    let mails = gone.flat_map(|one| one.mails.iter().map(|mail| (mail, &one.reason)));
    let new = mails.filter(|(mail, _)| mail.returned.is_none());
    let entry = |(mail, said): (&Mail, &String)| ServerAnswer { message: mail.message.clone(), said: said.clone() };
    let entries: Vec<Entry> = new.map(|one| Entry::Returned(Box::new(entry(one)))).collect();
    if !entries.is_empty() {
        ledger.append_all(now, entries)?;
    }
    Ok(())
}

fn is_in_use(programme: &Programme, to: &str) -> bool {
    let group = &programme.group;
    let emails = group.parties.iter().map(|party| &party.email).chain(group.people.iter().map(|person| &person.email));
    emails.flatten().any(|email| address(&email.value) == to)
}

pub(crate) fn show(out: &mut impl Write, all: &[NotArrived], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    let red = anstyle::AnsiColor::Red.on_default();
    for one in all {
        let mark = match one.delayed {
            false => Text::fixed("did not reach", "no llegó a"),
            true => Text::fixed("still on its way to", "todavía no ha llegado a"),
        };
        let about = match one.sessions.as_slice() {
            [only] => format!("{} · ", session(programme, only, |session| session.heading(lang))),
            _ => String::new(),
        };
        let NotArrived { to, reason, place, .. } = one;
        let who = named(programme, &one.who, lang);
        writeln!(out, "{red}{}{red:#} {to}: {about}{who}: {reason} ({place})", mark.get(lang))?;
        let way_out = match (one.in_use, one.delayed) {
            (true, false) => Text::fixed(
                "correct the address in group.toml, and the invitation goes out again with `convoca invite send`; if the address is right, tell them in another way; no reminder goes there",
                "corrija la dirección en group.toml, y la invitación sale de nuevo con `convoca invitar enviar`; si la dirección es correcta, avise por otro medio; a ella no se envían recordatorios",
            ),
            (true, true) => Text::fixed("the server goes on trying", "el servidor sigue intentando"),
            (false, _) => {
                Text::fixed("this address does not stand in group.toml any more", "esta dirección ya no está en group.toml")
            }
        };
        writeln!(out, "    {}", way_out.get(lang))?;
    }
    Ok(())
}
