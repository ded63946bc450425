//! Repairs of the judge as mends: what a reader is told to write, and the edits that write it.

use super::{Case, clock_like, inner, order, short};
use crate::checks::judge::{Change, Key, Kind, Of, Repair, Verdict};
use crate::diagnostics::{Edit, Mend, Span};
use crate::locale::{Text, words};
use crate::text;

/// The mends of a verdict, most likely first. `about` is the item that the finding speaks of already.
pub(crate) fn mends(case: &Case<'_>, verdict: &Verdict, about: Option<usize>) -> Vec<Mend> {
    let mut mends = Vec::new();
    for (index, repair) in verdict.repairs.iter().enumerate() {
        let message = message(case, repair, about);
        let message = if index == 0 { message } else { text!(l, or = message.get(l); "or {or}", "o bien, {or}") };
        let (mut edits, inner) = (edits(case, repair), inner::edits(case, repair));
        let certain = verdict.certain && index == 0 && !edits.is_empty() && inner.is_some();
        edits.extend(inner.unwrap_or_default());
        mends.push(Mend { message, edits, certain });
    }
    mends
}

/// The items of which a certain mend changes what is inside them too.
pub(crate) fn carried(case: &Case<'_>, verdict: &Verdict) -> Vec<Span> {
    let best =
        verdict.repairs.first().filter(|best| verdict.certain && inner::edits(case, best).is_some_and(|all| !all.is_empty()));
    let changes = best.into_iter().flat_map(|best| &best.changes);
    changes.filter_map(|change| if let Of::Item(at) = change.of { Some(case.slot(at).span) } else { None }).collect()
}

fn edits(case: &Case<'_>, repair: &Repair) -> Vec<Edit> {
    if repair.kind == Kind::Order {
        return order::edits(case.sources, case.slots, &repair.order);
    }
    let edit = |change: &Change| {
        let span = span(case, change.of, change.key)?;
        let text = match change.key {
            Key::Minutes => change.to.to_string(),
            _ => clock_like(case.sources, span, &case.hour(change.to)),
        };
        Some(Edit { span, text })
    };
    repair.changes.iter().map(edit).collect::<Option<_>>().unwrap_or_default()
}

/// Where a value is written.
pub(crate) fn span(case: &Case<'_>, of: Of, key: Key) -> Option<Span> {
    let window = case.window;
    match (of, key) {
        (Of::Item(at), Key::Start) => case.slot(at).start.map(|at| at.span),
        (Of::Item(at), Key::End) => case.slot(at).end.map(|at| at.span),
        (Of::Item(at), Key::Minutes) => case.slot(at).minutes.map(|at| at.span),
        (Of::Window, Key::Start) => window.start.map(|at| at.span),
        (Of::Window, Key::End) => window.end.map(|at| at.span).or(window.backwards.map(|at| at.span)),
        (Of::Window, Key::Minutes) => window.minutes.map(|at| at.span),
    }
}

fn message(case: &Case<'_>, repair: &Repair, about: Option<usize>) -> Text {
    match (repair.kind, &repair.changes[..]) {
        (Kind::Order, _) => Text::fixed("put the items in the order of their hours", "ponga los puntos en el orden de sus horas"),
        (Kind::Swapped, _) => Text::fixed("swap the two", "intercambie las dos"),
        (Kind::Moved, [start, end]) => {
            let (from, to) = (case.hour(start.to), case.hour(end.to));
            match start.of {
                Of::Item(at) if Some(at) != about => text!(l, title = case.title(at).get(l).to_owned();
                    "move “{title}” to {from}–{to}", "pase «{title}» a {from}–{to}"),
                _ => text!("move it to {from}–{to}", "páselo a {from}–{to}"),
            }
        }
        (Kind::Moved, [start, ..]) => {
            let items: Vec<Of> = repair.changes.iter().map(|change| change.of).collect();
            let count = items.iter().enumerate().filter(|(at, of)| !items[..*at].contains(of)).count();
            let (title, to) = match start.of {
                Of::Item(at) => (case.title(at), case.hour(start.to)),
                Of::Window => (Text::default(), case.hour(start.to)),
            };
            text!(l, title = title.get(l).to_owned();
                "move {count} items together, “{title}” to {to} and the rest as much",
                "pase {count} puntos juntos, «{title}» a las {to} y los demás lo mismo")
        }
        (Kind::Twelve, [first, ..]) => {
            let hour = case.hour(first.to);
            match repair.changes.len() - 1 {
                0 => text!("write {hour}", "escriba {hour}"),
                1 => text!(
                    "write {hour}, and the hour after it twelve hours later too",
                    "escriba {hour}, y la hora que sigue también doce horas después"
                ),
                more => text!(
                    "write {hour}, and the {more} hours after it twelve hours later too",
                    "escriba {hour}, y las {more} horas que siguen también doce horas después"
                ),
            }
        }
        (_, changes) => {
            let each: Vec<Text> = changes.iter().map(|change| value(case, change, about)).collect();
            text!(l, all = words::join(l, &each.iter().map(|one| one.get(l)).collect::<Vec<_>>()); "{all}", "{all}")
        }
    }
}

/// One value to write, with the reckoning that tells it.
fn value(case: &Case<'_>, change: &Change, about: Option<usize>) -> Text {
    let to = case.hour(change.to);
    let Of::Item(at) = change.of else {
        let minutes = change.to;
        let block = case.within.map(|block| &block.title);
        return match (change.key, block) {
            (Key::Start, Some(block)) => text!(l, title = short(block.get(l));
                "start “{title}” at {to}", "comience «{title}» a las {to}"),
            (Key::End, Some(block)) => text!(l, title = short(block.get(l));
                "end “{title}” at {to}", "termine «{title}» a las {to}"),
            (Key::Start, None) => text!("open the session at {to}", "abra la sesión a las {to}"),
            (Key::End, None) => text!("close the session at {to}", "cierre la sesión a las {to}"),
            (Key::Minutes, _) => text!("declare {minutes} min for the session", "declare {minutes} min para la sesión"),
        };
    };
    let item = case.item(at);
    let written = case.slot(at);
    let other = Some(at) != about;
    match change.key {
        Key::Start => {
            let follows = at > 0 && case.item(at - 1).end == Some(change.to);
            match (item.end, item.minutes) {
                _ if other => text!(l, title = case.title(at).get(l).to_owned();
                    "start “{title}” at {to}", "comience «{title}» a las {to}"),
                (Some(end), Some(minutes)) if (end - minutes - change.to).rem_euclid(24 * 60) == 0 => {
                    let end = case.hour(end);
                    match follows {
                        true => text!(
                            "start it at {to}: {end} − {minutes} min = {to}, which is when the item before it ends",
                            "comience a las {to}: {end} − {minutes} min = {to}, que es cuando termina el punto anterior"
                        ),
                        false => text!("start it at {to} ({end} − {minutes} min)", "comience a las {to} ({end} − {minutes} min)"),
                    }
                }
                _ if follows => text!(
                    "start it when the item before it ends, at {to}",
                    "comience cuando termina el punto anterior, a las {to}"
                ),
                _ => text!("start it at {to}", "comience a las {to}"),
            }
        }
        Key::End => {
            let next = case.agenda.items.get(at + 1).is_some_and(|next| next.start == Some(change.to));
            match (item.start, item.minutes) {
                _ if other => text!(l, title = case.title(at).get(l).to_owned();
                    "end “{title}” at {to}", "termine «{title}» a las {to}"),
                (Some(start), Some(minutes)) if (start + minutes - change.to).rem_euclid(24 * 60) == 0 => {
                    let start = case.hour(start);
                    match next {
                        true => text!(
                            "end it at {to}: {start} + {minutes} min = {to}, which is when the next item starts",
                            "termínelo a las {to}: {start} + {minutes} min = {to}, que es cuando comienza el punto siguiente"
                        ),
                        false => {
                            text!("end it at {to} ({start} + {minutes} min)", "termínelo a las {to} ({start} + {minutes} min)")
                        }
                    }
                }
                _ if next => {
                    text!("end it when the next item starts, at {to}", "termínelo cuando comienza el siguiente, a las {to}")
                }
                _ => text!("end it at {to}", "termínelo a las {to}"),
            }
        }
        Key::Minutes => {
            let minutes = change.to;
            let from = written.start.map(|at| crate::locale::dates::clock(at.value));
            match (from, item.end) {
                _ if other => text!(l, title = case.title(at).get(l).to_owned();
                    "declare {minutes} min for “{title}”", "declare {minutes} min para «{title}»"),
                (Some(from), Some(end)) => {
                    let end = case.hour(end);
                    text!("declare {minutes} min ({from} to {end})", "declare {minutes} min (de {from} a {end})")
                }
                _ => text!("declare {minutes} min", "declare {minutes} min"),
            }
        }
    }
}
