//! Declared minutes that contradict start and end.

use super::slot_overlap::{by_time, clock_like, note_untimed, overlaps};
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Edit, Example, Level, Mend, Rule};
use crate::locale::{Text, dates};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "slot-duration",
        level: Level::Error,
        summary: Text::fixed(
            "declared minutes are the minutes from start to end",
            "los minutos declarados son los que van del inicio al fin",
        ),
        documentation: Text::fixed(
            "When a slot writes start, end and minutes, they are checked against one another. Where the next slot's start agrees with\n\
             one of the two readings, the other is the mistake and `check --fix` mends it. An end that also runs over other slots is\n\
             told by `slot-overlap`.",
            "Cuando un punto escribe inicio, fin y minutos, se cotejan entre sí. Si el comienzo del punto siguiente concuerda con una\n\
             de las dos lecturas, el error es la otra, y `check --fix` la corrige. De un fin que además se traslapa con otros puntos\n\
             avisa `slot-overlap`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nend = 10:30\nminutes = 20\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:30\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nend = 10:30\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:30\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        let overlapping = overlaps(session);
        let slots = by_time(session);
        for (index, (slot, time)) in slots.iter().enumerate() {
            let (Some(start), Some(end), Some(declared)) = (slot.start, slot.end, slot.minutes) else { continue };
            let (minutes, spans) = (declared.value, time.minutes());
            if i64::from(minutes) == spans || overlapping.iter().any(|overlap| std::ptr::eq(overlap.slot, *slot)) {
                continue;
            }
            let (from, to) = (dates::clock(start.value), dates::clock(end.value));
            let mut finding = findings
                .finding(text!(
                    "the slot declares {minutes} min, but {from} to {to} is {spans} min",
                    "el punto declara {minutes} min, pero de {from} a {to} van {spans} min"
                ))
                .at(declared.span, text!("declared {minutes} min", "declara {minutes} min"))
                .at(end.span, text!("spans {spans} min", "abarca {spans} min"));
            let next = slots.get(index + 1).map(|(_, next)| next.start).or(session.window.end.map(|at| at.value));
            let by_minutes = slot.declared_end();
            let until = by_minutes.map_or(String::new(), |until| dates::clock(session.zone.local(until).time.time()));
            let end_edit = vec![Edit { span: end.span, text: clock_like(context.sources, end.span, &until) }];
            let minutes_edit = vec![Edit { span: declared.span, text: spans.to_string() }];
            let end_message =
                text!("end it at {until} ({from} + {minutes} min)", "termínelo a las {until} ({from} + {minutes} min)");
            let minutes_message = text!("declare {spans} min", "declare {spans} min");
            if next.is_some() && next == by_minutes {
                finding = finding.mend(Mend::certain(end_message, end_edit));
            } else if next == Some(time.end) {
                finding = finding.mend(Mend::certain(minutes_message, minutes_edit));
            } else {
                finding = finding.mend(Mend::possible(minutes_message, minutes_edit)).mend(Mend::possible(end_message, end_edit));
            }
            findings.push(finding);
        }
        note_untimed(session, findings);
    }
}
