//! What the answers mean for the programme, as findings beside those of its texts: seats that are empty since somebody
//! declined, a quorum that is out of reach, and sessions that look like ones under another id.
//!
//! The checks of the texts know no ledger, and give the same for the same texts. Where there is one, a project hears the
//! [`witness`], and its findings join the others, with their levels and waivers.

mod empty_seat;
mod lost_quorum;
mod renamed_session;

use chrono::{DateTime, Utc};

use crate::diagnostics::{Diagnostic, Rule};
use crate::invitees::Invitees;
use crate::ledger::History;
use crate::locale::Lang;
use crate::model::{Programme, Session};
use crate::project::Witness;
use crate::replies::attendance::attendance;
use crate::replies::invitations::Invitations;
use crate::schema::Status;

/// The rules, in the order in which `convoca explain` lists them.
pub static RULES: &[&Rule] = &[&empty_seat::RULE, &lost_quorum::RULE, &renamed_session::RULE];

/// Who says it of a programme as it stands at each moment, from a ledger that is read once.
pub fn witness(history: History, now: DateTime<Utc>) -> Witness {
    Witness::new(move |programme| {
        let renamed = programme.sessions.iter().filter_map(|session| Some((session.formerly.as_ref()?, &session.id)));
        let renamed: Vec<_> = renamed.collect();
        if renamed.is_empty() {
            return findings(programme, &history, now);
        }
        let mut history = history.clone();
        renamed.iter().for_each(|(before, id)| history.rename(&before.value, &id.value));
        findings(programme, &history, now)
    })
}

/// What the ledger has to say of a programme, as of a moment. A session that is over or cancelled is left alone.
pub fn findings(programme: &Programme, history: &History, now: DateTime<Utc>) -> Vec<Diagnostic> {
    let invitations = Invitations::of_ledger(history);
    let invitees = Invitees::new(programme);
    let mut findings = Vec::new();
    for session in programme.sessions.iter().filter(|session| is_to_come(session, now)) {
        let told = attendance(programme, &invitees, &invitations, session, now, Lang::Es);
        findings.extend(empty_seat::findings(programme, session, &told));
        findings.extend(lost_quorum::finding(programme, session, &told));
    }
    findings.extend(renamed_session::findings(programme, history, now));
    findings
}

fn is_to_come(session: &Session, now: DateTime<Utc>) -> bool {
    session.status != Status::Cancelled && session.time().is_none_or(|(_, end)| end > now)
}

/// How a session is named where a command is typed.
fn typed(session: &Session) -> String {
    session.number.map_or_else(|| session.id.value.clone(), |number| number.value.to_string())
}

#[cfg(test)]
mod tests;
