//! Verdicts in words: one finding for each, which names the slip, shows the arithmetic, and points at what
//! contradicts it.

use chrono::NaiveTime;

use super::overlap::Overlap;
use super::rules::{SESSION_TOTAL, SLOT_DURATION, SLOT_ENDS_BEFORE_START, SLOT_ORDER, SLOT_OUTSIDE_SESSION, SLOT_OVERLAP};
use super::{Case, mends, short};
use crate::checks::judge::{self, Agenda, Item, Key, Kind, Of, Verdict};
use crate::diagnostics::{At, Diagnostic, Mend, Rule, Span};
use crate::locale::{Text, dates, words};
use crate::model::{Slot, Window};
use crate::resolve::rules::SESSION_ENDS_BEFORE_START;
use crate::text;

/// The most items that a finding points at besides the wrong one.
const SHOWN: usize = 4;

/// The finding of a verdict, and the rule that it belongs to.
pub(crate) fn finding(case: &Case<'_>, verdict: &Verdict) -> (&'static str, Diagnostic) {
    let overlap = case.overlaps.iter().find(|overlap| overlap.involves(&verdict.items));
    let best = verdict.repairs.first();
    let only = best.and_then(|best| match &best.changes[..] {
        [change] => Some(change),
        _ => None,
    });
    match best.map(|best| best.kind) {
        Some(Kind::Order) => return told(case, verdict, out_of_order(case, best.map_or(&[][..], |best| &best.order)), None),
        Some(Kind::Twelve) => return twelve(case, verdict, overlap),
        Some(Kind::Moved) if verdict.certain && best.is_some_and(|best| best.changes.len() < 3) => {
            return moved(case, verdict, overlap);
        }
        Some(Kind::Moved) if verdict.certain => return moved_together(case, verdict, overlap),
        _ => {}
    }
    if let Some(change) = only
        && let (Of::Item(at), Key::Start, true) = (change.of, change.key, verdict.certain)
    {
        return start(case, verdict, overlap, at, change.to);
    }
    if let Some(overlap) = overlap {
        let (finding, about) = (runs_over(case, overlap), overlap.at);
        let finding = told(case, verdict, (&SLOT_OVERLAP, finding), Some(about));
        return match verdict.certain {
            true => finding,
            false => (finding.0, finding.1.mend(Mend::advice(parallel(!verdict.repairs.is_empty())))),
        };
    }
    contradiction(case, verdict)
}

/// An overlap that contradicts no neighbour in the file.
pub(crate) fn of_overlap(case: &Case<'_>, overlap: &Overlap) -> (&'static str, Diagnostic) {
    (SLOT_OVERLAP.id, runs_over(case, overlap).advice(parallel(false)))
}

fn told(
    case: &Case<'_>,
    verdict: &Verdict,
    (rule, finding): (&'static Rule, Diagnostic),
    about: Option<usize>,
) -> (&'static str, Diagnostic) {
    let mends = mends::mends(case, verdict, about);
    (rule.id, mends.into_iter().fold(finding, Diagnostic::mend))
}

fn parallel(besides: bool) -> Text {
    match besides {
        true => Text::fixed(
            "or start the items after it later; if they are meant to be at the same time, write `parallel = true` in the second",
            "o bien comience más tarde los puntos que siguen; si de veras van al mismo tiempo, escriba `parallel = true` en el segundo",
        ),
        false => Text::fixed(
            "change the hours; if they are meant to be at the same time, write `parallel = true` in the second",
            "cambie las horas; si de veras van al mismo tiempo, escriba `parallel = true` en el segundo",
        ),
    }
}

fn runs_over(case: &Case<'_>, overlap: &Overlap) -> Diagnostic {
    let Overlap { at, time, over } = overlap;
    let slot = case.slot(*at);
    let end = dates::clock(time.local_end.time());
    let message = match over.len() {
        1 => text!(
            "the item ends at {end} and overlaps the next one",
            "el punto termina a las {end} y se traslapa con el siguiente"
        ),
        n => text!(l, n = words::spelled(l, n);
            "the item ends at {end} and runs over the {n} items after it",
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
    let mut finding = Diagnostic::new(&SLOT_OVERLAP, message).at(slot.end_span(), label);
    for (other, _) in over.iter().take(SHOWN) {
        let other = case.slot(*other);
        finding = finding.at(
            other.start_span(),
            text!(l, title = short(other.title.get(l)); "“{title}” starts here", "aquí comienza «{title}»"),
        );
    }
    if over.len() > SHOWN {
        let more = over.len() - SHOWN;
        finding = finding.note(text!("and over {more} more", "y con {more} más"));
    }
    finding
}

/// A start that everything else written contradicts.
fn start(case: &Case<'_>, verdict: &Verdict, overlap: Option<&Overlap>, at: usize, to: i32) -> (&'static str, Diagnostic) {
    let (slot, item) = (case.slot(at), case.item(at));
    let (written, right) = (item.start.map_or_else(String::new, |start| case.hour(start)), case.hour(to));
    let rule = if overlap.is_some() { &SLOT_OVERLAP } else { &SLOT_DURATION };
    let message = text!(l, title = short(slot.title.get(l));
        "“{title}” starts at {written}, but everything else says {right}",
        "«{title}» comienza a las {written}, pero todo lo demás dice {right}");
    let mut finding = Diagnostic::new(rule, message).at(slot.start_span(), text!("{right}?", "¿{right}?"));
    if let (Some(end), Some(minutes), Some(written)) = (item.end, item.minutes, slot.end) {
        let end = case.hour(end);
        finding = finding.at(written.span, text!("{end} − {minutes} min = {right}", "{end} − {minutes} min = {right}"));
    }
    if let Some(before) = at.checked_sub(1)
        && case.item(before).end == Some(to)
    {
        let span = case.slot(before).end_span();
        finding = finding.at(span, text!("the item before it ends at {right}", "el punto anterior termina a las {right}"));
    }
    told(case, verdict, (rule, finding), Some(at))
}

/// An item whose start and end are both off by as much.
fn moved(case: &Case<'_>, verdict: &Verdict, overlap: Option<&Overlap>) -> (&'static str, Diagnostic) {
    let rule = if overlap.is_some() { &SLOT_OVERLAP } else { &SLOT_ORDER };
    let change = verdict.repairs.first().and_then(|best| Some((best.changes.first()?, best.changes.get(1)?)));
    let Some((start, end)) = change else { return contradiction(case, verdict) };
    let Of::Item(at) = start.of else { return contradiction(case, verdict) };
    let (slot, item) = (case.slot(at), case.item(at));
    let hours = |from: Option<i32>, to: Option<i32>| {
        from.zip(to).map_or_else(String::new, |(from, to)| format!("{}–{}", case.hour(from), case.hour(to)))
    };
    let (written, right) = (hours(item.start, item.end), hours(Some(start.to), Some(end.to)));
    let message = text!(l, title = short(slot.title.get(l));
        "“{title}” is at {written}, but its place is at {right}",
        "«{title}» está a las {written}, pero su lugar es {right}");
    let mut finding = Diagnostic::new(rule, message).at(slot.start_span(), text!("{right}?", "¿{right}?"));
    finding = finding.at(slot.end_span(), Text::default());
    if let Some(before) = at.checked_sub(1) {
        finding = finding
            .at(case.slot(before).end_span(), Text::fixed("the item before it ends here", "aquí termina el punto anterior"));
    }
    if at + 1 < case.agenda.items.len() {
        finding = finding
            .at(case.slot(at + 1).start_span(), Text::fixed("the item after it starts here", "aquí comienza el punto siguiente"));
    }
    told(case, verdict, (rule, finding), Some(at))
}

/// Several items that are all off by as much.
fn moved_together(case: &Case<'_>, verdict: &Verdict, overlap: Option<&Overlap>) -> (&'static str, Diagnostic) {
    let rule = if overlap.is_some() { &SLOT_OVERLAP } else { &SLOT_ORDER };
    let changes = verdict.repairs.first().map_or(&[][..], |best| &best.changes);
    let (first, last) = match (changes.first().map(|change| change.of), changes.last().map(|change| change.of)) {
        (Some(Of::Item(first)), Some(Of::Item(last))) => (first, last),
        _ => return contradiction(case, verdict),
    };
    let message = text!(l, first = case.title(first).get(l).to_owned(), last = case.title(last).get(l).to_owned();
        "the items from “{first}” to “{last}” are all off by as much",
        "los puntos de «{first}» a «{last}» están corridos lo mismo");
    let mut finding = Diagnostic::new(rule, message);
    for change in changes.iter().filter(|change| change.key == Key::Start).take(SHOWN) {
        let Of::Item(at) = change.of else { continue };
        let right = case.hour(change.to);
        finding = finding.at(case.slot(at).start_span(), text!("{right}?", "¿{right}?"));
    }
    told(case, verdict, (rule, finding), None)
}

/// Hours of the afternoon without their twelve.
fn twelve(case: &Case<'_>, verdict: &Verdict, overlap: Option<&Overlap>) -> (&'static str, Diagnostic) {
    let change = verdict.repairs.first().and_then(|best| best.changes.first());
    let Some((change, Of::Item(at))) = change.map(|change| (change, change.of)) else { return contradiction(case, verdict) };
    let (slot, item) = (case.slot(at), case.item(at));
    let right = case.hour(change.to);
    let (span, written, before) = match change.key {
        Key::Start => {
            (slot.start_span(), item.start, at.checked_sub(1).map(|before| (case.slot(before).end_span(), case.item(before).end)))
        }
        _ => (slot.end_span(), item.end, slot.start.map(|start| (start.span, item.start))),
    };
    let written = written.map_or_else(String::new, |written| case.hour(written));
    let rule = match (overlap, change.key) {
        (Some(_), _) => &SLOT_OVERLAP,
        (None, Key::End) => &SLOT_ENDS_BEFORE_START,
        (None, _) => &SLOT_ORDER,
    };
    let message = text!(
        "{written} is earlier than what stands before it: is {right} meant?",
        "las {written} es antes de lo que precede: ¿serán las {right}?"
    );
    let mut finding = Diagnostic::new(rule, message)
        .at(span, text!("twelve hours later, {right}, it fits", "doce horas después, {right}, sí calza"));
    if let Some((span, Some(hour))) = before {
        let hour = case.hour(hour);
        finding = finding.at(span, text!("it is {hour} here already", "aquí ya son las {hour}"));
    }
    told(case, verdict, (rule, finding), Some(at))
}

/// Items that do not stand in the order of their hours: the first that is earlier than the one before it.
fn out_of_order(case: &Case<'_>, order: &[usize]) -> (&'static Rule, Diagnostic) {
    let rule = &SLOT_ORDER;
    let at = order.iter().enumerate().find(|(place, at)| place != *at).map_or(0, |(_, at)| *at);
    let before = (0..at).rev().find(|before| case.item(*before).start > case.item(at).start).unwrap_or(0);
    (rule, descends(case, at, before))
}

fn descends(case: &Case<'_>, at: usize, before: usize) -> Diagnostic {
    let hour = |at: usize| case.slot(at).time.map_or_else(String::new, |time| dates::clock(time.local_start.time()));
    let (later, earlier) = (hour(before), hour(at));
    let message = text!(l, one = case.title(at).get(l).to_owned(), other = case.title(before).get(l).to_owned();
        "“{one}” starts at {earlier}, but is written after “{other}”, which starts at {later}",
        "«{one}» comienza a las {earlier}, pero está escrito después de «{other}», que comienza a las {later}");
    Diagnostic::new(&SLOT_ORDER, message)
        .at(case.slot(at).start_span(), text!("starts at {earlier}", "comienza a las {earlier}"))
        .at(case.slot(before).start_span(), text!("starts at {later}", "comienza a las {later}"))
}

/// What is contradicted, where no repair says it better.
fn contradiction(case: &Case<'_>, verdict: &Verdict) -> (&'static str, Diagnostic) {
    if let Some(at) = verdict.disagree.first() {
        return match verdict.repairs.is_empty() {
            true => of_item(case, *at),
            false => told(case, verdict, disagrees(case, *at), Some(*at)),
        };
    }
    let descent = verdict.items.windows(2).find(|pair| {
        let start = |at: usize| case.item(at).start;
        start(pair[0]) > start(pair[1])
    });
    if let Some(pair) = descent {
        return told(case, verdict, (&SLOT_ORDER, descends(case, pair[1], pair[0])), Some(pair[1]));
    }
    if verdict.window_disagrees {
        return told(case, verdict, window(case), None);
    }
    told(case, verdict, outside(case), verdict.items.last().copied())
}

/// One item whose start, end and minutes contradict one another.
pub(crate) fn of_item(case: &Case<'_>, at: usize) -> (&'static str, Diagnostic) {
    let (rule, finding) = disagrees(case, at);
    // By itself, since its neighbours are no measure: what would make its own values agree.
    let agenda = Agenda { items: vec![*case.item(at)], window: Item::default() };
    let alone =
        Case { beside: &[], slots: &case.slots[at..=at], agenda: &agenda, window: &Window::default(), overlaps: &[], ..*case };
    match judge::judge(&agenda).first() {
        Some(verdict) => told(&alone, verdict, (rule, finding), Some(0)),
        None => (rule.id, finding),
    }
}

/// Start, end and minutes of one item.
fn disagrees(case: &Case<'_>, at: usize) -> (&'static Rule, Diagnostic) {
    let (slot, item) = (case.slot(at), case.item(at));
    let hour = |minute: Option<i32>| minute.map_or_else(String::new, |minute| case.hour(minute));
    let (from, to) = (hour(item.start), hour(item.end));
    let span = |written: Option<Span>| written.unwrap_or(slot.span);
    let (starts, ends) = (span(slot.start.map(|at| at.span)), span(slot.end.map(|at| at.span)));
    // By the clock as written where no zone says which instants these are.
    let spanned =
        slot.time.map(|time| time.minutes()).or_else(|| Some(i64::from(item.end? - item.start?)).filter(|spans| *spans > 0));
    if let (Some(declared), Some(spans)) = (slot.minutes, spanned) {
        let minutes = declared.value;
        let message = text!(
            "the item declares {minutes} min, but {from} to {to} is {spans} min",
            "el punto declara {minutes} min, pero de {from} a {to} van {spans} min"
        );
        let finding = Diagnostic::new(&SLOT_DURATION, message)
            .at(declared.span, text!("declared {minutes} min", "declara {minutes} min"))
            .at(ends, text!("spans {spans} min", "abarca {spans} min"));
        return (&SLOT_DURATION, finding);
    }
    let message = text!("the item starts at {from} and ends at {to}", "el punto comienza a las {from} y termina a las {to}");
    let finding = Diagnostic::new(&SLOT_ENDS_BEFORE_START, message)
        .at(ends, Text::fixed("ends before it starts", "termina antes de comenzar"))
        .at(starts, Text::fixed("starts here", "comienza aquí"));
    (&SLOT_ENDS_BEFORE_START, finding)
}

/// Start, end and minutes of the session.
fn window(case: &Case<'_>) -> (&'static Rule, Diagnostic) {
    let window = case.window;
    if let (Some(open), Some(end)) = (case.window.start, case.window.backwards) {
        return ends_before_start(case, open.span, end);
    }
    let rule = &SESSION_TOTAL;
    let (Some(open), Some(close), Some(declared)) = (window.start, window.end, window.minutes) else { return outside(case) };
    let (minutes, spans) = (declared.value, (close.value - open.value).num_minutes());
    let message = text!(
        "the session declares {minutes} min, but start and end span {spans} min",
        "la sesión declara {minutes} min, pero de inicio a fin van {spans} min"
    );
    let finding = Diagnostic::new(rule, message)
        .at(declared.span, text!("declared {minutes} min", "declara {minutes} min"))
        .at(close.span, text!("spans {spans} min", "abarca {spans} min"));
    (rule, finding)
}

fn ends_before_start(case: &Case<'_>, starts: Span, end: At<NaiveTime>) -> (&'static Rule, Diagnostic) {
    let (from, to) = (case.agenda.window.start.map_or_else(String::new, |start| case.hour(start)), dates::clock(end.value));
    let message = text!("the session starts at {from} and ends at {to}", "la sesión comienza a las {from} y termina a las {to}");
    let finding = Diagnostic::new(&SESSION_ENDS_BEFORE_START, message)
        .at(end.span, Text::fixed("ends before it starts", "termina antes de comenzar"))
        .at(starts, Text::fixed("starts here", "comienza aquí"))
        .advice(Text::fixed(
            "write the hour at which it ends; for one that goes past midnight, its `minutes` as well",
            "escriba la hora a la que termina; si pasa de la medianoche, también sus `minutes`",
        ));
    (&SESSION_ENDS_BEFORE_START, finding)
}

/// The first or the last item, outside the session.
fn outside(case: &Case<'_>) -> (&'static Rule, Diagnostic) {
    if let Some(block) = case.within {
        return outside_of(case, block);
    }
    let (session, rule) = (case.session, &SLOT_OUTSIDE_SESSION);
    let clock = |instant| dates::clock(session.zone.local(instant).time.time());
    let first = case.slots.first().and_then(|slot| Some((*slot, slot.time?)));
    if let (Some(open), Some((slot, time))) = (case.window.start, first)
        && time.start < open.value
    {
        let (starts, opens) = (clock(time.start), clock(open.value));
        let message = text!(
            "the item starts at {starts}, before the session opens at {opens}",
            "el punto comienza a las {starts}, antes de que la sesión se abra a las {opens}"
        );
        let finding = Diagnostic::new(rule, message)
            .at(slot.start_span(), Text::fixed("before the session", "antes de la sesión"))
            .at(open.span, Text::fixed("the session opens here", "aquí se abre la sesión"));
        return (rule, finding);
    }
    let window = case.window;
    let end = case.slots.last().and_then(|slot| Some((slot.end_span(), slot.undisputed_end()?)));
    let by_minutes =
        || Some((window.start?.value + chrono::TimeDelta::minutes(window.minutes?.value.into()), window.minutes?.span));
    let close = window.end.map(|at| (at.value, at.span)).or_else(by_minutes);
    let ((ends_at, ends), (closes_at, closes)) = match (end, close) {
        (Some((span, end)), Some((close, at))) => ((span, clock(end)), (at, clock(close))),
        _ => ((session.title.span, String::new()), (session.title.span, String::new())),
    };
    let message = text!(
        "the item ends at {ends}, after the session closes at {closes}",
        "el punto termina a las {ends}, después de que la sesión se cierra a las {closes}"
    );
    let finding = Diagnostic::new(rule, message)
        .at(ends_at, Text::fixed("after the session", "después de la sesión"))
        .at(closes_at, Text::fixed("the session closes here", "aquí se cierra la sesión"));
    (rule, finding)
}

/// Items that do not fit into the one that they are inside of.
fn outside_of(case: &Case<'_>, block: &Slot) -> (&'static Rule, Diagnostic) {
    let rule = &SLOT_OUTSIDE_SESSION;
    let hours = block.time.map_or_else(String::new, |time| {
        format!("{}–{}", dates::clock(time.local_start.time()), dates::clock(time.local_end.time()))
    });
    let message = text!(l, title = short(block.title.get(l));
        "the items inside “{title}” do not fit into its hours, {hours}",
        "los puntos dentro de «{title}» no caben en sus horas, {hours}");
    let finding = Diagnostic::new(rule, message).at(block.end_span(), text!("{hours} here", "aquí, {hours}"));
    let last = case.slots.last().map(|slot| slot.end_span());
    let finding = last
        .into_iter()
        .fold(finding, |finding, span| finding.at(span, Text::fixed("the last of them ends here", "aquí termina el último")));
    (rule, finding)
}
