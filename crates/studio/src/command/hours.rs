//! Hours and lengths of items, as they were typed or dragged.

use chrono::{NaiveTime, TimeDelta};
use convoca_core::edit::{Bound, Operation, SlotPath};
use convoca_core::locale::{Text, dates};
use convoca_core::text;

use super::called;
use super::words::{Keep, Part};
use crate::draft::Draft;
use crate::refused::Refused;
use crate::typed;

/// An hour or a length as it was typed.
pub(super) fn typed(
    draft: &mut Draft<'_>,
    (session, slot): (&str, &SlotPath),
    part: Part,
    typed: &str,
    keep: Keep,
) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let Ok((_, start, minutes)) = draft.time(session, slot) else { return first(draft, (session, slot), part, typed) };
    let end = start + TimeDelta::minutes(minutes.into());
    let until = |from: NaiveTime, to: NaiveTime| u32::try_from((to - from).num_minutes().rem_euclid(24 * 60)).unwrap_or(0);
    let follow = keep == Keep::Following;
    let told = match part {
        Part::Start => {
            let to = typed::begins(typed, Some(start))?;
            let length = if keep == Keep::End { until(to, end) } else { minutes };
            set(draft, (session, slot), to, length, follow)?;
            let hour = dates::clock(to);
            text!(l, name = name.get(l).to_owned(); "begin “{name}” at {hour}", "comenzar «{name}» a las {hour}")
        }
        Part::End => {
            let to = typed::ends(typed, start, end)?;
            match keep {
                Keep::Length => set(draft, (session, slot), to - TimeDelta::minutes(minutes.into()), minutes, false)?,
                _ => set(draft, (session, slot), start, until(start, to), follow)?,
            }
            let hour = dates::clock(to);
            text!(l, name = name.get(l).to_owned(); "end “{name}” at {hour}", "terminar «{name}» a las {hour}")
        }
        Part::Minutes => {
            let to = typed::minutes(typed, minutes)?;
            let from = if keep == Keep::End { end - TimeDelta::minutes(to.into()) } else { start };
            set(draft, (session, slot), from, to, follow)?;
            text!(l, name = name.get(l).to_owned(); "give “{name}” {to} min", "dar {to} min a «{name}»")
        }
    };
    Ok(told)
}

/// An item whose hours are not known yet gets one part of them.
fn first(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath), part: Part, typed: &str) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let there = draft.slot(session, slot)?;
    let (start, end, length) = (there.start.map(|at| at.value), there.end.map(|at| at.value), there.minutes.map(|at| at.value));
    let (session, slot) = (session.to_owned(), slot.clone());
    let operation = match part {
        Part::Start => Operation::SetHour { session, slot, bound: Bound::Start, to: typed::begins(typed, start)? },
        Part::End => Operation::SetHour { session, slot, bound: Bound::End, to: ended(typed, start, end)? },
        Part::Minutes => Operation::SetMinutes { session, slot, to: typed::minutes(typed, length.unwrap_or(0))? },
    };
    draft.make(&operation)?;
    Ok(text!(l, name = name.get(l).to_owned(); "give “{name}” its time", "poner la hora de «{name}»"))
}

/// Where an item whose beginning may not be known ends.
fn ended(typed: &str, start: Option<NaiveTime>, end: Option<NaiveTime>) -> Result<NaiveTime, Text> {
    match start {
        Some(start) => typed::ends(typed, start, end.unwrap_or(start)),
        None => typed::begins(typed, end),
    }
}

/// An item put at an hour (minutes after the midnight before it) with a length.
pub(super) fn place(
    draft: &mut Draft<'_>,
    (session, slot): (&str, &SlotPath),
    start: u32,
    minutes: u32,
    follow: bool,
) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let (_, old, _) = draft.time(session, slot)?;
    let start = NaiveTime::MIN + TimeDelta::minutes(i64::from(start % (24 * 60)));
    set(draft, (session, slot), start, minutes, follow)?;
    let hour = dates::clock(start);
    Ok(match start == old {
        true => text!(l, name = name.get(l).to_owned(); "give “{name}” {minutes} min", "dar {minutes} min a «{name}»"),
        false => text!(l, name = name.get(l).to_owned(); "move “{name}” to {hour}", "mover «{name}» a las {hour}"),
    })
}

/// # Errors
/// An item of no length, or one that would last till the next day.
pub(super) fn set(
    draft: &mut Draft<'_>,
    (session, slot): (&str, &SlotPath),
    start: NaiveTime,
    minutes: u32,
    follow: bool,
) -> Result<(), Refused> {
    if minutes == 0 || minutes > 18 * 60 {
        return Err(Text::fixed("the item would end before it begins", "el punto terminaría antes de comenzar").into());
    }
    draft.make(&Operation::SetTime { session: session.to_owned(), slot: slot.clone(), start, minutes, follow })
}

/// Moves every item from one on.
pub(super) fn shift(draft: &mut Draft<'_>, session: &str, from: SlotPath, minutes: i64) -> Result<(), Refused> {
    draft.make(&Operation::ShiftSlots { session: session.to_owned(), from, minutes })
}
