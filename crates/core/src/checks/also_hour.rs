//! An hour that is announced in a second zone, and is another there.

use chrono::{DateTime, NaiveTime, Utc};

use super::timing::clock_like;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{At, Edit, Example, Level, Mend, Rule, Span};
use crate::locale::{Text, dates};
use crate::model::{AlsoHour, Session};
use crate::text;
use crate::time::place_name;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "also-hour",
        level: Level::Error,
        summary: Text::fixed(
            "hours announced in another zone are the same hours",
            "las horas anunciadas en otra zona son las mismas horas",
        ),
        documentation: Text::fixed(
            "`also` keeps the hours as they are announced elsewhere as well, by the clocks of that day. Where the two disagree, one of\n\
             them is wrong, and people would come at another time.",
            "`also` guarda las horas como también se anuncian en otro lugar, según los relojes de ese día. Si las dos no concuerdan,\n\
             una está equivocada, y la gente llegaría a otra hora.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "start = \"10:00\"\nend = \"11:00\"\nalso = [{ time-zone = \"Europe/Madrid\", start = \"18:00\" }]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "start = \"10:00\"\nend = \"11:00\"\nalso = [{ time-zone = \"Europe/Madrid\", start = \"17:00\" }]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for (session, judged) in context.programme.sessions.iter().zip(&context.timing) {
        // Hours that contradict each other are told, and are no measure for those of another zone.
        if !judged.is_doubtful() {
            of_session(context, session, findings);
        }
        for slot in session.agenda().iter().map(|entry| entry.slot).filter(|slot| !judged.doubts(slot)) {
            match slot.time {
                Some(time) => {
                    let end = (!time.end_inferred).then_some(time.end);
                    slot.also
                        .iter()
                        .for_each(|also| compare(context, session, also, (time.start, end), slot.start_span(), findings));
                }
                None => slot.also.iter().for_each(|also| {
                    findings.not_checked(also.start.span, Text::fixed("its time is not known", "no se sabe su hora"));
                }),
            }
        }
    }
}

fn of_session(context: &Context<'_>, session: &Session, findings: &mut Findings) {
    if let Some((start, end)) = session.time() {
        let end = session.settled_time().map(|_| end);
        let own = session.date.map_or(session.id.span, |date| date.span);
        session.also.iter().for_each(|also| compare(context, session, also, (start, end), own, findings));
    } else if let Some(also) = session.also.first() {
        findings.not_checked(
            also.start.span,
            Text::fixed("the hours of this session are not known", "no se saben las horas de esta sesión"),
        );
    }
}

fn compare(
    context: &Context<'_>,
    session: &Session,
    also: &AlsoHour,
    (start, end): (DateTime<Utc>, Option<DateTime<Utc>>),
    own: Span,
    findings: &mut Findings,
) {
    let there = place_name(&also.zone);
    let hours = [(Some(also.start), Some(start)), (also.end, end)];
    let hours = hours.into_iter().filter_map(|(written, instant)| Some((written?, instant?)));
    let wrong: Vec<_> = hours.filter(|(written, instant)| also.zone.local(*instant).time.time() != written.value).collect();
    // Both are wrong for one reason: summer time, or another zone.
    if let Some((written, instant)) = wrong.first() {
        let right = |instant: DateTime<Utc>| dates::clock(also.zone.local(instant).time.time());
        let mut finding = told(session, *written, &right(*instant), *instant, &there, own, findings);
        let edit = |(written, instant): &(At<NaiveTime>, DateTime<Utc>)| Edit {
            span: written.span,
            text: clock_like(context.sources, written.span, &right(*instant)),
        };
        let first = right(*instant);
        let message = match wrong.get(1) {
            None => text!("write `\"{first}\"`", "escriba `\"{first}\"`"),
            Some((written, instant)) => {
                let second = right(*instant);
                finding = finding.at(written.span, text!("and {second} here", "y aquí {second}"));
                text!("write `\"{first}\"` and `\"{second}\"`", "escriba `\"{first}\"` y `\"{second}\"`")
            }
        };
        findings.push(finding.mend(Mend::possible(message, wrong.iter().map(edit).collect())));
    }
    let day = also.zone.local(start).time.date();
    if let Some(date) = also.date.filter(|date| date.value != day) {
        findings.push(
            findings
                .finding(text!(l, there = there.get(l), day = dates::long_date(l, day);
                    "in {there} it begins on {day}", "en {there} comienza el {day}"))
                .at(date.span, Text::fixed("another day", "otro día"))
                .mend(Mend::possible(
                    text!("write `{day}`", "escriba `{day}`"),
                    vec![Edit { span: date.span, text: day.to_string() }],
                )),
        );
    }
}

fn told(
    session: &Session,
    written: At<NaiveTime>,
    right: &str,
    instant: DateTime<Utc>,
    there: &Text,
    own: Span,
    findings: &Findings,
) -> crate::diagnostics::Diagnostic {
    let said = dates::clock(written.value);
    let here = dates::clock(session.zone.local(instant).time.time());
    findings
        .finding(text!(l, there = there.get(l), name = place_name(&session.zone).get(l).to_owned();
            "{here} in {name} is {right} in {there} that day, not {said}",
            "las {here} de {name} son las {right} en {there} ese día, no las {said}"))
        .at(written.span, text!(l, there = there.get(l); "announced for {there}", "lo que se anuncia para {there}"))
        .at(own, Text::fixed("its own hour", "su propia hora"))
        .advice(Text::fixed(
            "or mend its own hour, if that is the wrong one",
            "o bien corrija su propia hora, si la equivocada es esa",
        ))
}
