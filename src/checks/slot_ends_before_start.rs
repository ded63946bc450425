//! A slot that is over before it begins.

use chrono::TimeDelta;

use super::slot_overlap::clock_like;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Edit, Example, Level, Mend, Rule};
use crate::locale::{Text, dates};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "slot-ends-before-start",
        level: Level::Error,
        summary: Text::fixed("a slot ends after it starts", "un punto termina después de comenzar"),
        documentation: Text::fixed(
            "An end at or before the start is a slip of the pen, unless the slot crosses midnight: that is understood when it lasts at\n\
             most six hours, or when `minutes` confirms it.",
            "Un fin igual o anterior al inicio es un error al escribir, salvo que el punto pase de medianoche: eso se entiende cuando\n\
             dura seis horas a lo sumo, o cuando `minutes` lo confirma.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:35\nend = 10:05\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:05\nend = 10:35\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        for slot in session.slots.iter().filter(|slot| slot.time.is_none()) {
            let (Some(start), Some(end)) = (slot.start, slot.end) else { continue };
            if end.value > start.value {
                continue;
            }
            let (from, to) = (dates::clock(start.value), dates::clock(end.value));
            let mut finding = findings
                .finding(text!(
                    "the slot starts at {from} and ends at {to}",
                    "el punto comienza a las {from} y termina a las {to}"
                ))
                .at(end.span, Text::fixed("ends before it starts", "termina antes de comenzar"))
                .at(start.span, Text::fixed("starts here", "comienza aquí"));
            let edit = |span, hour: &str| Edit { span, text: clock_like(context.sources, span, hour) };
            if let Some(minutes) = slot.minutes {
                let (minutes, until) = (minutes.value, start.value + TimeDelta::minutes(minutes.value.into()));
                let until = dates::clock(until);
                finding = finding.mend(Mend::possible(
                    text!("end it at {until} ({from} + {minutes} min)", "termínelo a las {until} ({from} + {minutes} min)"),
                    vec![edit(end.span, &until)],
                ));
            }
            if from != to {
                finding = finding.mend(Mend::possible(
                    Text::fixed("swap the two", "intercambie las dos"),
                    vec![edit(start.span, &to), edit(end.span, &from)],
                ));
            }
            findings.push(finding);
        }
    }
}
