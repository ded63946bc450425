//! Two slots of a session at the same time.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Diagnostic, Edit, Example, Level, Mend, Rule, Sources, Span};
use crate::locale::{Text, dates, words};
use crate::model::{Session, Slot, SlotTime};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "slot-overlap",
        level: Level::Error,
        summary: Text::fixed("slots of a session do not overlap", "los puntos de una sesión no se traslapan"),
        documentation: Text::fixed(
            "A slot that ends after the next one has begun makes the agenda impossible. When the declared minutes lead exactly to\n\
             the start of the next slot, the written end is the mistake, and `check --fix` mends it. Parts of a slot that are meant\n\
             to be parallel are its `groups`.",
            "Un punto que termina cuando ya comenzó el siguiente hace imposible la agenda. Si los minutos declarados llevan justo al\n\
             comienzo del punto siguiente, el error es el fin escrito, y `check --fix` lo corrige. Las partes de un punto que de\n\
             veras van en paralelo son sus `groups`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:05\nend = 11:45\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:45\nend = 11:05\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:05\nend = 10:45\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
                 \n[[slots]]\nstart = 10:45\nend = 11:05\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
                ),
            )],
        },
    },
    run,
};

/// A slot and the later ones that it runs over.
pub(super) struct Overlap<'a> {
    pub slot: &'a Slot,
    pub time: SlotTime,
    pub over: Vec<(&'a Slot, SlotTime)>,
}

/// Slots whose time is known, in the order of time.
pub(super) fn by_time(session: &Session) -> Vec<(&Slot, SlotTime)> {
    let mut slots: Vec<_> = session.slots.iter().filter_map(|slot| Some((slot, slot.time?))).collect();
    slots.sort_by_key(|(_, time)| (time.start, time.end));
    slots
}

/// One sweep: each slot is told to run over by the one that reaches furthest before it, so that a wrong
/// end is one overlap, however many slots it covers.
pub(super) fn overlaps(session: &Session) -> Vec<Overlap<'_>> {
    let mut found: Vec<Overlap<'_>> = Vec::new();
    let mut furthest: Option<(&Slot, SlotTime)> = None;
    for (slot, time) in by_time(session) {
        if let Some((earlier, reach)) = furthest
            && time.start < reach.end
        {
            match found.last_mut().filter(|overlap| std::ptr::eq(overlap.slot, earlier)) {
                Some(overlap) => overlap.over.push((slot, time)),
                None => found.push(Overlap { slot: earlier, time: reach, over: vec![(slot, time)] }),
            }
        }
        if furthest.is_none_or(|(_, reach)| time.end > reach.end) {
            furthest = Some((slot, time));
        }
    }
    found
}

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in &context.programme.sessions {
        for overlap in overlaps(session) {
            let finding = finding(context.sources, &overlap, findings);
            findings.push(finding);
        }
        note_untimed(session, findings);
    }
}

/// Why nothing about the hours of a session can be checked.
pub(super) const DATE_NOT_KNOWN: Text =
    Text::fixed("the date of this session is not known", "no se sabe la fecha de esta sesión");

/// Slots without a time were not looked at.
pub(super) fn note_untimed(session: &Session, findings: &mut Findings) {
    if session.date.is_none() && !session.slots.is_empty() {
        return findings.not_checked(session.title.span, DATE_NOT_KNOWN);
    }
    for slot in session.slots.iter().filter(|slot| slot.time.is_none()) {
        findings.not_checked(slot.span, Text::fixed("its time is not known", "no se sabe su hora"));
    }
}

fn finding(sources: &Sources, overlap: &Overlap<'_>, findings: &Findings) -> Diagnostic {
    const SHOWN: usize = 4;
    let Overlap { slot, time, over } = overlap;
    let end = dates::clock(time.local_end.time());
    let message = match over.len() {
        1 => text!(
            "the slot ends at {end} and overlaps the next one",
            "el punto termina a las {end} y se traslapa con el siguiente"
        ),
        n => text!(l, n = words::spelled(l, n);
            "the slot ends at {end} and runs over the {n} slots after it",
            "el punto termina a las {end} y se traslapa con los {n} que le siguen"),
    };
    let spans = time.minutes();
    let label = match slot.minutes.filter(|at| i64::from(at.value) != spans) {
        Some(declared) => {
            let declared = declared.value;
            text!("declared {declared} min, spans {spans} min", "declara {declared} min, abarca {spans} min")
        }
        None => text!("ends here, {spans} min after its start", "termina aquí, {spans} min después de comenzar"),
    };
    let mut finding = findings.finding(message).at(slot.end_span(), label);
    for (other, _) in over.iter().take(SHOWN) {
        finding = finding.at(
            other.start_span(),
            text!(l, title = short(other.title.get(l)); "“{title}” starts here", "aquí comienza «{title}»"),
        );
    }
    if over.len() > SHOWN {
        let more = over.len() - SHOWN;
        finding = finding.note(text!("and over {more} more", "y con {more} más"));
    }
    mend(sources, overlap, finding)
}

/// The end is certain where the declared minutes and the next start agree on it.
fn mend(sources: &Sources, overlap: &Overlap<'_>, finding: Diagnostic) -> Diagnostic {
    let Overlap { slot, time, over } = overlap;
    let next = over[0].1;
    let (start, next_start) = (dates::clock(time.local_start.time()), dates::clock(next.local_start.time()));
    match (slot.minutes, slot.end) {
        (Some(minutes), Some(end)) if slot.declared_end() == Some(next.start) => {
            let minutes = minutes.value;
            finding.mend(Mend::certain(
                text!(
                    "end it at {next_start}: {start} + {minutes} min = {next_start}, which is when the next slot starts",
                    "termínelo a las {next_start}: {start} + {minutes} min = {next_start}, que es cuando comienza el punto siguiente"
                ),
                vec![Edit { span: end.span, text: clock_like(sources, end.span, &next_start) }],
            ))
        }
        (_, Some(end)) if next.start > time.start => {
            let mut edits = vec![Edit { span: end.span, text: clock_like(sources, end.span, &next_start) }];
            if let Some(minutes) = slot.minutes {
                edits.push(Edit { span: minutes.span, text: (next.start - time.start).num_minutes().to_string() });
            }
            let finding = finding.mend(Mend::possible(
                text!(
                    "end it when the next slot starts, at {next_start}",
                    "termínelo cuando comienza el siguiente, a las {next_start}"
                ),
                edits,
            ));
            finding.advice(later())
        }
        _ => finding.advice(later()),
    }
}

fn later() -> Text {
    Text::fixed(
        "or start the slots after it later; what is meant to be parallel goes into `groups` of one slot",
        "o comience más tarde los puntos que siguen; lo que de veras va en paralelo se escribe en los `groups` de un mismo punto",
    )
}

/// An hour written as the one that it replaces: quoted or not, with a point or a colon.
pub(super) fn clock_like(sources: &Sources, span: Span, hour: &str) -> String {
    let old = sources.text(span);
    let hour = if old.contains('.') { hour.replace(':', ".") } else { hour.to_owned() };
    match old.chars().next() {
        Some(quote @ ('"' | '\'')) => format!("{quote}{hour}{quote}"),
        _ => hour,
    }
}

/// A title short enough for a label.
pub(super) fn short(title: &str) -> String {
    const MOST: usize = 48;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST).collect();
    format!("{}…", cut.trim_end())
}
