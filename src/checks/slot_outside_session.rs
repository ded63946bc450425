//! A slot before the session opens or after it closes.

use super::slot_overlap::note_untimed;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "slot-outside-session",
        level: Level::Error,
        summary: Text::fixed(
            "slots lie within the session's declared bounds",
            "los puntos caben en los límites declarados de la sesión",
        ),
        documentation: Text::fixed(
            "A session that writes `start` and `end` is announced with them: a slot outside them would find the call closed. Where\n\
             none is written, nothing is checked and the slots make the bounds.",
            "Una sesión que escribe `start` y `end` se anuncia con esas horas: un punto fuera de ellas hallaría la llamada cerrada.\n\
             Si no se escriben, nada se verifica y los puntos hacen los límites.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                concat!(
                    "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = 10:00\nend = 11:00\nmoderator = \"capital\"\n",
                    "title = { es = \"Sesión\", en = \"Session\" }\n",
                    "\n[[slots]]\nstart = 10:00\nend = 11:10\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "start = 10:00\nend = 11:10\n\n[[slots]]\nstart = 10:00\nend = 11:10\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let clock = |instant| dates::clock(session.zone.local(instant).time.time());
        for slot in &session.slots {
            let (Some(time), Some(end)) = (slot.time, slot.undisputed_end()) else { continue };
            if let Some(open) = session.window.start
                && time.start < open.value
            {
                let (starts, opens) = (clock(time.start), clock(open.value));
                findings.push(
                    findings
                        .finding(text!(
                            "the slot starts at {starts}, before the session opens at {opens}",
                            "el punto comienza a las {starts}, antes de que la sesión se abra a las {opens}"
                        ))
                        .at(slot.start_span(), Text::fixed("before the session", "antes de la sesión"))
                        .at(open.span, Text::fixed("the session opens here", "aquí se abre la sesión")),
                );
            }
            if let Some(close) = session.window.end
                && end > close.value
            {
                let (ends, closes) = (clock(end), clock(close.value));
                findings.push(
                    findings
                        .finding(text!(
                            "the slot ends at {ends}, after the session closes at {closes}",
                            "el punto termina a las {ends}, después de que la sesión se cierra a las {closes}"
                        ))
                        .at(slot.end_span(), Text::fixed("after the session", "después de la sesión"))
                        .at(close.span, Text::fixed("the session closes here", "aquí se cierra la sesión")),
                );
            }
        }
        if session.window.start.is_some() || session.window.end.is_some() {
            note_untimed(session, findings);
        }
    }
}
