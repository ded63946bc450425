//! The minutes of a session against those of its slots and of its own bounds.

use super::{Check, Context, Findings, session_file, timing};
use crate::diagnostics::{At, Example, Level, Rule};
use crate::locale::Text;
use crate::model::Session;
use crate::resolve::rules::SESSION_ENDS_BEFORE_START;
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: Rule {
        id: "session-total",
        level: Level::Error,
        summary: Text::fixed(
            "the items fit into the session's declared minutes",
            "los puntos caben en los minutos declarados de la sesión",
        ),
        documentation: Text::fixed(
            "The `minutes` of a session are checked against its own start and end, and against the sum of its slots (their declared\n\
             minutes where written). More than was announced is an error; less is told by `slot-gap`.",
            "Los `minutes` de una sesión se cotejan con su propio inicio y fin, y con la suma de sus puntos (sus minutos declarados,\n\
             si están). Más de lo anunciado es un error; de lo que falta avisa `slot-gap`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "minutes = 60\n\n[[slots]]\nstart = \"10:00\"\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:45\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "minutes = 75\n\n[[slots]]\nstart = \"10:00\"\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = \"10:45\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    timing::tell(context, CHECK.rule.id, findings);
    timing::tell_of(context, SESSION_ENDS_BEFORE_START.id, findings);
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
