//! Hours inside an item that is moved: they come along with it.

use super::{Case, clock_like};
use crate::checks::judge::{Change, Key, Kind, Of, Repair};
use crate::diagnostics::{Edit, Span};
use crate::model::Slot;

const NOON: i32 = 12 * 60;

/// The edits of what is inside the moved items; `None` where it is not plain whether it comes along.
pub(crate) fn edits(case: &Case<'_>, repair: &Repair) -> Option<Vec<Edit>> {
    if !matches!(repair.kind, Kind::Moved | Kind::Twelve) {
        return Some(Vec::new());
    }
    let mut items: Vec<usize> = repair.changes.iter().filter_map(item_of).collect();
    items.dedup();
    let mut edits = Vec::new();
    for at in items {
        let hours = hours(case, case.slot(at));
        if hours.is_empty() {
            continue;
        }
        let to = |key: Key| {
            let change = repair.changes.iter().find(|change| item_of(change) == Some(at) && change.key == key);
            change.map(|change| change.to)
        };
        let item = case.item(at);
        let start = to(Key::Start).or(item.start)?;
        let end = to(Key::End).or(item.end).or_else(|| Some(start + item.minutes?))?;
        let within = |hour: i32| (start..=end).contains(&hour);
        let by = match repair.kind {
            Kind::Twelve => NOON,
            _ => start - item.start?,
        };
        let moved = |hour: i32| hour + by;
        let first = hours.iter().map(|(_, hour)| *hour).min();
        // What fills its item as it is written moves with it; what fits where the item goes to stays.
        let comes = match repair.kind {
            Kind::Twelve => hours.iter().all(|(_, hour)| within(*hour) || within(moved(*hour))),
            _ => hours.iter().all(|(_, hour)| within(moved(*hour))),
        };
        let stays = hours.iter().all(|(_, hour)| within(*hour));
        match (comes, stays) {
            (_, true) if repair.kind == Kind::Twelve => {}
            (true, true) if first != item.start => return None,
            (true, _) => {
                let shifted = hours.iter().filter(|(_, hour)| repair.kind == Kind::Moved || !within(*hour));
                edits.extend(
                    shifted.map(|(span, hour)| Edit {
                        span: *span,
                        text: clock_like(case.sources, *span, &case.hour(moved(*hour))),
                    }),
                );
            }
            (false, true) => {}
            (false, false) => return None,
        }
    }
    if repair.kind == Kind::Twelve {
        edits.extend(beside(case, repair)?);
    }
    Some(edits)
}

/// What runs beside an afternoon without its twelve lacks it too: where it so comes to lie between the items that
/// are mended, and does not lie among the others.
fn beside(case: &Case<'_>, repair: &Repair) -> Option<Vec<Edit>> {
    let first = repair.changes.iter().filter_map(item_of).min()?;
    let written = case.slot(first).extent.start;
    let mended = || repair.changes.iter().map(|change| change.to);
    let (from, until) = (mended().min()?, mended().max()?);
    let opens = case.agenda.items.iter().filter_map(|item| item.start).find(|_| true)?;
    let mut edits = Vec::new();
    for slot in case.beside.iter().filter(|slot| slot.extent.start > written) {
        for hour in [slot.start, slot.end].into_iter().flatten() {
            let minute = case.clock.minute(hour.value).filter(|minute| *minute < NOON);
            let Some(minute) = minute else { continue };
            match ((from..=until).contains(&(minute + NOON)), minute >= opens) {
                (true, false) => {
                    edits.push(Edit { span: hour.span, text: clock_like(case.sources, hour.span, &case.hour(minute + NOON)) });
                }
                (false, true) => {}
                _ => return None,
            }
        }
    }
    Some(edits)
}

fn item_of(change: &Change) -> Option<usize> {
    match change.of {
        Of::Item(at) => Some(at),
        Of::Window => None,
    }
}

/// Every hour that is written inside an item, with its place.
fn hours(case: &Case<'_>, slot: &Slot) -> Vec<(Span, i32)> {
    let mut found = Vec::new();
    for inner in slot.items.iter().chain(&slot.groups) {
        for hour in [inner.start, inner.end].into_iter().flatten() {
            found.extend(case.clock.minute(hour.value).map(|minute| (hour.span, minute)));
        }
        found.extend(hours(case, inner));
    }
    found
}
