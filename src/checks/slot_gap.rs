//! Time in a session for which nothing is planned.

use super::slot_overlap::{by_time, note_untimed};
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{At, Example, Level, Rule};
use crate::locale::{Text, dates};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "slot-gap",
        level: Level::Warning,
        summary: Text::fixed("a session has no empty time", "una sesión no tiene tiempo vacío"),
        documentation: Text::fixed(
            "Time between two slots, or between a slot and the declared bounds of the session, is often a wrong hour. A break that is\n\
             meant is written as a slot of its own.",
            "El tiempo entre dos puntos, o entre un punto y los límites declarados de la sesión, suele ser una hora equivocada. Un\n\
             receso se escribe como un punto más.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nend = 10:30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:40\nend = 11:00\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nend = 10:30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:30\nend = 10:40\ntitle = { es = \"Receso\", en = \"Break\" }\nparticipants = \"all\"\n\
                 \n[[slots]]\nstart = 10:40\nend = 11:00\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let slots = by_time(session);
        let clock = |instant| dates::clock(session.zone.local(instant).time.time());
        let mut done = session.window.start;
        for (slot, time) in &slots {
            if let Some(until) = done
                && time.start > until.value
            {
                let (minutes, from, to) = ((time.start - until.value).num_minutes(), clock(until.value), clock(time.start));
                findings.push(
                    findings
                        .finding(text!(
                            "nothing is planned for {minutes} min, from {from} to {to}",
                            "no hay nada previsto durante {minutes} min, de {from} a {to}"
                        ))
                        .at(slot.start_span(), text!("starts at {to}", "comienza a las {to}"))
                        .at(until.span, text!("what is before is over at {from}", "lo anterior termina a las {from}")),
                );
            }
            // Where end and minutes contradict each other, that is the mistake to tell, not the gap behind it.
            let end = slot.declared_end().map_or(time.end, |declared| declared.max(time.end));
            if done.is_none_or(|until| end > until.value) {
                done = Some(At::new(end, slot.end_span()));
            }
        }
        if let (Some(until), Some(close), false) = (done, session.window.end, slots.is_empty())
            && until.value < close.value
        {
            let (minutes, from, to) = ((close.value - until.value).num_minutes(), clock(until.value), clock(close.value));
            findings.push(
                findings
                    .finding(text!(
                        "nothing is planned for the last {minutes} min, from {from} to {to}",
                        "no hay nada previsto en los últimos {minutes} min, de {from} a {to}"
                    ))
                    .at(close.span, text!("the session closes at {to}", "la sesión se cierra a las {to}"))
                    .at(until.span, text!("the last slot is over at {from}", "el último punto termina a las {from}")),
            );
        }
        note_untimed(session, findings);
    }
}
