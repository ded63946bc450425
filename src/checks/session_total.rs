//! The minutes of a session against those of its slots and of its own bounds.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::model::Session;
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "session-total",
        level: Level::Error,
        summary: Text::fixed(
            "the slots fit into the session's declared minutes",
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
                    "minutes = 60\n\n[[slots]]\nstart = 10:00\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:45\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "minutes = 75\n\n[[slots]]\nstart = 10:00\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:45\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let Some(declared) = session.window.minutes else { continue };
        let minutes = i64::from(declared.value);
        let label = text!("declared {minutes} min", "declara {minutes} min");
        if let (Some(open), Some(close)) = (session.window.start, session.window.end) {
            let spans = (close.value - open.value).num_minutes();
            if spans != minutes {
                findings.push(
                    findings
                        .finding(text!(
                            "the session declares {minutes} min, but start and end span {spans} min",
                            "la sesión declara {minutes} min, pero de inicio a fin van {spans} min"
                        ))
                        .at(declared.span, label.clone())
                        .at(close.span, text!("spans {spans} min", "abarca {spans} min")),
                );
            }
        }
        let Some(total) = total(session) else {
            findings.not_checked(declared.span, Text::fixed("a slot's time is not known", "no se sabe la hora de un punto"));
            continue;
        };
        if total > minutes {
            let over = total - minutes;
            findings.push(
                findings
                    .finding(text!(
                        "the slots take {total} min, {over} more than the session's {minutes}",
                        "los puntos suman {total} min, {over} más que los {minutes} de la sesión"
                    ))
                    .at(declared.span, label),
            );
        }
    }
}

fn total(session: &Session) -> Option<i64> {
    let minutes =
        |slot: &crate::model::Slot| slot.minutes.map(|at| i64::from(at.value)).or_else(|| slot.time.map(|time| time.minutes()));
    session.slots.iter().map(minutes).sum()
}
