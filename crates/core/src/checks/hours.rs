//! What the checks of hours tell of the sessions as they were judged.

use super::timing::Judged;
use super::{Context, Findings};
use crate::diagnostics::Level;
use crate::locale::Text;
use crate::model::{Session, Slot};
use crate::schema::Status;

/// What a check tells: the findings of its rule.
pub(crate) fn tell(context: &Context<'_>, rule: &'static str, findings: &mut Findings) {
    tell_of(context, rule, findings);
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        note_untimed(session, judged, findings);
    }
}

/// The same, without saying of which hours nothing could be told.
pub(crate) fn tell_of(context: &Context<'_>, rule: &'static str, findings: &mut Findings) {
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        for finding in judged.told(rule) {
            // What is called off cannot be held wrong.
            findings.push(match session.status {
                Status::Cancelled => finding.clone().level(Level::Note),
                _ => finding.clone(),
            });
        }
    }
}

/// Why nothing about the hours of a session can be checked.
pub(crate) const DATE_NOT_KNOWN: Text =
    Text::fixed("the date of this session is not known", "no se sabe la fecha de esta sesión");

/// Slots without a time were not looked at; where that is told already, nothing is said of it.
pub(crate) fn note_untimed(session: &Session, judged: &Judged, findings: &mut Findings) {
    if session.date.is_none() && !session.slots.is_empty() {
        return findings.not_checked(session.title.span, DATE_NOT_KNOWN);
    }
    let untold = |slot: &Slot| slot.time.is_none() && slot.writes_hours() && !judged.doubts(slot);
    if session.slots.len() > 1 && session.slots.iter().all(untold) {
        return findings.not_checked(session.title.span, Text::fixed("its hours are not known", "no se saben sus horas"));
    }
    // Minutes that nothing places are told by `slot-time`, and a point without an hour lacks nothing.
    let is_untold = |slot: &Slot| slot.time.is_none() && (slot.start.is_some() || slot.end.is_some()) && !judged.doubts(slot);
    for slot in session.agenda().into_iter().map(|entry| entry.slot).filter(|slot| is_untold(slot)) {
        findings.not_checked(slot.span, Text::fixed("its time is not known", "no se sabe su hora"));
    }
}
