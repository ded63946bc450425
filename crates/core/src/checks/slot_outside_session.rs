//! A slot before the session opens or after it closes.

use super::timing::rules::SLOT_OUTSIDE_SESSION;
use super::timing::short;
use super::{Check, Context, Findings, hours};
use crate::locale::{Text, dates};
use crate::model::Run;
use crate::text;

pub(crate) static CHECK: Check = Check { rule: &SLOT_OUTSIDE_SESSION, run };

fn run(context: &Context<'_>, findings: &mut Findings) {
    hours::tell(context, CHECK.rule.id, findings);
    for (session, judged) in context.clocks.sessions.iter().zip(&context.timing) {
        let clock = |instant| dates::clock(session.zone.local(instant).time.time());
        // What is in doubt itself is no measure for what is inside it.
        let is_measure = |run: &Run<'_>| !run.within.map_or(judged.doubts_window(), |block| judged.doubts(block));
        for run in session.runs().into_iter().filter(is_measure) {
            // What follows one another in the session itself was judged with its window.
            let apart = run.by_time().into_iter().filter(|(slot, _)| run.within.is_some() || slot.parallel);
            for (slot, time) in apart.filter(|(slot, _)| !judged.doubts(slot)) {
                let whole = match run.within {
                    Some(block) => text!(l, title = short(block.title.get(l)); "“{title}”", "«{title}»"),
                    None => Text::fixed("the session", "la sesión"),
                };
                if let Some(open) = run.start.filter(|open| time.start < open.value) {
                    let (starts, opens) = (clock(time.start), clock(open.value));
                    findings.push(
                        findings
                            .finding(text!(l, whole = whole.get(l).to_owned();
                                "this item starts at {starts}, but {whole} starts at {opens}",
                                "este punto comienza a las {starts}, pero {whole} comienza a las {opens}"))
                            .at(slot.start_span(), Text::fixed("too early", "demasiado temprano"))
                            .at(open.span, text!("{opens} here", "aquí, {opens}")),
                    );
                }
                let end = slot.undisputed_end().unwrap_or(time.end);
                if let Some(close) = run.end.filter(|close| end > close.value) {
                    let (ends, closes) = (clock(end), clock(close.value));
                    findings.push(
                        findings
                            .finding(text!(l, whole = whole.get(l).to_owned();
                                "this item ends at {ends}, but {whole} ends at {closes}",
                                "este punto termina a las {ends}, pero {whole} termina a las {closes}"))
                            .at(slot.end_span(), Text::fixed("too late", "demasiado tarde"))
                            .at(close.span, text!("{closes} here", "aquí, {closes}")),
                    );
                }
            }
        }
    }
}
