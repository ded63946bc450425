//! The minutes of a session against those of its slots and of its own bounds.

use super::timing::rules::SESSION_TOTAL;
use super::{Check, Context, Findings, hours};
use crate::diagnostics::At;
use crate::locale::Text;
use crate::model::Session;
use crate::resolve::rules::SESSION_ENDS_BEFORE_START;
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check { rule: &SESSION_TOTAL, run };

fn run(context: &Context<'_>, findings: &mut Findings) {
    hours::tell(context, CHECK.rule.id, findings);
    hours::tell_of(context, SESSION_ENDS_BEFORE_START.id, findings);
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        let Some(declared) = declared(session).filter(|_| !judged.is_doubtful() && session.status != Status::Cancelled) else {
            continue;
        };
        let minutes = declared.value;
        let Some(total) = total(session) else {
            if session.window.minutes.is_some() {
                let unknown = Text::fixed("the time of an item is not known", "no se sabe la hora de un punto");
                findings.not_checked(declared.span, unknown);
            }
            continue;
        };
        if total > minutes {
            let over = total - minutes;
            findings.push(
                findings
                    .finding(text!(
                        "the items take {total} min, {over} more than the session's {minutes}",
                        "los puntos suman {total} min, {over} más que los {minutes} de la sesión"
                    ))
                    .at(declared.span, text!("the session lasts {minutes} min", "la sesión dura {minutes} min")),
            );
        }
    }
}

/// How long the session lasts by what is written: its minutes, or its hours.
fn declared(session: &Session) -> Option<At<i64>> {
    let window = &session.window;
    // What is only about right may be shorter.
    let is_exact = session.slots.iter().all(|slot| !slot.approximate);
    let hours = || Some(At::new((window.end?.value - window.start?.value).num_minutes(), window.end?.span));
    window.minutes.map(|at| At::new(at.value.into(), at.span)).or_else(|| hours().filter(|_| is_exact))
}

/// What the items take that follow one another; `None` where one of them has minutes that are not known.
fn total(session: &Session) -> Option<i64> {
    let minutes = |slot: &crate::model::Slot| match (slot.minutes, slot.time) {
        (Some(minutes), _) => Some(i64::from(minutes.value)),
        (None, Some(time)) => Some(time.minutes()),
        (None, None) => (!slot.writes_hours()).then_some(0),
    };
    session.slots.iter().filter(|slot| !slot.parallel).map(minutes).sum()
}
