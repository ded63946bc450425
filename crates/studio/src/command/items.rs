//! Items of the agenda: added, split, taken out, put elsewhere, into another or out of it.

use chrono::{NaiveTime, TimeDelta};
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, NewSlot, Operation, SlotPath};
use convoca_core::locale::{Text, dates};
use convoca_core::text;

use super::words::Both;
use super::{called, hours};
use crate::draft::Draft;
use crate::refused::Refused;
use crate::typed;

/// How long an item is unless somebody says.
const USUAL_MINUTES: u32 = 15;
/// When a session begins of which nothing is known.
const USUAL_START: u32 = 9 * 60;

/// A new item before another, where that one began; what follows goes along if asked.
pub(super) fn add(
    draft: &mut Draft<'_>,
    (session, at): (&str, &SlotPath),
    title: &Both,
    minutes: Option<u32>,
    follow: bool,
) -> Result<Text, Refused> {
    let (within, at) = beside(at);
    if !within.0.is_empty() && !has_hours(draft, session, &within)? {
        return add_inside(draft, session, &within, at, title, minutes);
    }
    let minutes = minutes.unwrap_or(USUAL_MINUTES).clamp(1, 24 * 60);
    let own = draft.session(session)?;
    let opens = own.window.start.map(|start| own.zone.local(start.value).time.time());
    let count = draft.beside(session, &within)?.len();
    let at = at.min(count);
    let before = at.checked_sub(1).map(|before| draft.time(session, &within.inner(before))).transpose();
    let behind = (at < count).then(|| draft.time(session, &within.inner(at))).transpose();
    let start = match (before, behind) {
        (Ok(Some((time, _, _))), _) => time.local_end.time(),
        (_, Ok(Some((time, _, _)))) => time.local_start.time(),
        _ => opens.unwrap_or(NaiveTime::MIN + TimeDelta::minutes(USUAL_START.into())),
    };
    if follow {
        hours::shift(draft, session, within.inner(at), minutes.into())?;
    }
    let title = Text::from(title);
    let slot =
        NewSlot { start: Some(start), end: Some(start + TimeDelta::minutes(minutes.into())), minutes: Some(minutes), title };
    let name = called::short_of(&slot.title);
    draft.make(&Operation::AddSlot { session: session.to_owned(), at: within.inner(at), slot })?;
    let hour = dates::clock(start);
    Ok(text!(l, name = name.get(l).to_owned(); "add “{name}” at {hour}", "agregar «{name}» a las {hour}"))
}

/// An item inside another where none has an hour has none either, but its length if one is given.
fn add_inside(
    draft: &mut Draft<'_>,
    session: &str,
    within: &SlotPath,
    at: usize,
    title: &Both,
    minutes: Option<u32>,
) -> Result<Text, Refused> {
    let outer = called::item(draft, session, within)?;
    let at = at.min(draft.beside(session, within)?.len());
    let slot = NewSlot { minutes, title: title.into(), ..NewSlot::default() };
    let name = called::short_of(&slot.title);
    draft.make(&Operation::AddSlot { session: session.to_owned(), at: within.inner(at), slot })?;
    Ok(text!(
        l, name = name.get(l).to_owned(), outer = outer.get(l).to_owned();
        "add “{name}” inside “{outer}”", "agregar «{name}» dentro de «{outer}»"
    ))
}

/// Whether the items inside one write hours.
fn has_hours(draft: &mut Draft<'_>, session: &str, within: &SlotPath) -> Result<bool, Refused> {
    Ok(draft.beside(session, within)?.iter().any(|slot| slot.start.is_some() || slot.end.is_some()))
}

/// What a place is inside of, and where in it.
fn beside(place: &SlotPath) -> (SlotPath, usize) {
    match place.0.split_last() {
        Some((at, within)) => (SlotPath(within.to_vec()), *at),
        None => (SlotPath::default(), 0),
    }
}

pub(super) fn split(
    draft: &mut Draft<'_>,
    (session, slot): (&str, &SlotPath),
    typed: &str,
    title: &Both,
) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let (_, start, _) = draft.time(session, slot)?;
    let at = typed::hour(typed, Some(start))?;
    draft.make(&Operation::SplitSlot { session: session.to_owned(), slot: slot.clone(), at, title: title.into() })?;
    let at = dates::clock(at);
    Ok(text!(l, name = name.get(l).to_owned(); "split “{name}” at {at}", "dividir «{name}» a las {at}"))
}

/// An item that runs at the same time as another has its hours; alone again, it follows what is before it.
pub(super) fn parallel(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath), with: Option<usize>) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let of = subject(session, slot);
    let flag =
        |on: bool| Operation::SetField { of: of.clone(), field: "parallel".into(), to: on.then_some(FieldValue::Flag(true)) };
    let (within, at) = beside(slot);
    let Some(with) = with.filter(|with| *with != at) else {
        let before = at.checked_sub(1).map(|before| draft.time(session, &within.inner(before)));
        let own = draft.time(session, slot);
        draft.make(&flag(false))?;
        if let (Some(Ok((before, ..))), Ok((_, _, minutes))) = (before, own) {
            hours::set(draft, (session, slot), before.local_end.time(), minutes, false)?;
        }
        return Ok(
            text!(l, name = name.get(l).to_owned(); "put “{name}” behind what is before it", "poner «{name}» después de lo anterior"),
        );
    };
    let other = within.inner(with);
    let beside = called::item(draft, session, &other)?;
    let time = draft.time(session, &other);
    draft.make(&flag(true))?;
    if let Ok((_, start, minutes)) = time {
        hours::set(draft, (session, slot), start, minutes, false)?;
    }
    Ok(text!(
        l, name = name.get(l).to_owned(), beside = beside.get(l).to_owned();
        "put “{name}” at the same time as “{beside}”", "poner «{name}» al mismo tiempo que «{beside}»"
    ))
}

/// What findings and changes call an item.
fn subject(session: &str, slot: &SlotPath) -> Subject {
    let session = session.to_owned();
    match slot.0[..] {
        [slot] => Subject::Slot { session, slot },
        _ => Subject::Item { session, slot: slot.0[0], items: slot.0[1..].to_vec() },
    }
}

/// Takes an item out; what follows closes the gap if asked.
pub(super) fn remove(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath), follow: bool) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    if let (true, Ok((_, _, minutes))) = (follow, draft.time(session, slot)) {
        let (within, at) = beside(slot);
        hours::shift(draft, session, within.inner(at + 1), -i64::from(minutes))?;
    }
    draft.make(&Operation::RemoveSlot { session: session.to_owned(), slot: slot.clone() })?;
    Ok(text!(l, name = name.get(l).to_owned(); "take out “{name}”", "quitar «{name}»"))
}

/// The items between both places follow one another from where the first of them began.
pub(super) fn reorder(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath), to: usize) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let (within, at) = beside(slot);
    let (first, last) = (at.min(to), at.max(to));
    let times: Result<Vec<_>, Refused> = (first..=last).map(|index| draft.time(session, &within.inner(index))).collect();
    draft.make(&Operation::ReorderSlot { session: session.to_owned(), slot: slot.clone(), to })?;
    if let Ok(times) = times {
        let mut lengths: Vec<u32> = times.iter().map(|(_, _, minutes)| *minutes).collect();
        let moved = lengths.remove(at - first);
        lengths.insert(to - first, moved);
        let mut start = times[0].1;
        for (index, minutes) in (first..).zip(lengths) {
            let place = within.inner(index);
            if draft.time(session, &place)?.1 != start {
                draft.make(&Operation::SetTime { session: session.to_owned(), slot: place, start, minutes, follow: false })?;
            }
            start += TimeDelta::minutes(minutes.into());
        }
    }
    let place = to + 1;
    Ok(text!(l, name = name.get(l).to_owned(); "put “{name}” in place {place}", "poner «{name}» en el lugar {place}"))
}

/// Puts an item inside the one before it, which lasts until its end if it was over earlier.
pub(super) fn nest(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath)) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let (within, at) = beside(slot);
    let around = at.checked_sub(1).map(|before| within.inner(before));
    let outer = around.as_ref().map(|outer| called::item(draft, session, outer)).transpose()?.unwrap_or_default();
    let longer = around.as_ref().and_then(|outer| {
        let (own, start, _) = draft.time(session, outer).ok()?;
        let (inner, ..) = draft.time(session, slot).ok()?;
        (inner.local_end > own.local_end).then(|| (start, inner.local_end - own.local_start))
    });
    draft.make(&Operation::NestSlot { session: session.to_owned(), slot: slot.clone() })?;
    if let (Some(outer), Some((start, length))) = (&around, longer) {
        last(draft, (session, outer), start, length)?;
    }
    Ok(text!(
        l, name = name.get(l).to_owned(), outer = outer.get(l).to_owned();
        "put “{name}” inside “{outer}”", "poner «{name}» dentro de «{outer}»"
    ))
}

/// Takes an item out of the one that it is inside of, which is over earlier if this was its last.
pub(super) fn lift(draft: &mut Draft<'_>, (session, slot): (&str, &SlotPath)) -> Result<Text, Refused> {
    let name = called::item(draft, session, slot)?;
    let (around, at) = beside(slot);
    let is_inside = !around.0.is_empty();
    let outer = if is_inside { called::item(draft, session, &around)? } else { Text::default() };
    let is_last = at + 1 == draft.beside(session, &around)?.len();
    let shorter = (is_inside && is_last).then_some(()).and_then(|()| {
        let (own, start, _) = draft.time(session, &around).ok()?;
        let (inner, ..) = draft.time(session, slot).ok()?;
        let is_its_end = !inner.start_inferred && inner.local_end == own.local_end && inner.local_start > own.local_start;
        is_its_end.then(|| (start, inner.local_start - own.local_start))
    });
    draft.make(&Operation::LiftSlot { session: session.to_owned(), slot: slot.clone() })?;
    if let Some((start, length)) = shorter {
        last(draft, (session, &around), start, length)?;
    }
    Ok(text!(
        l, name = name.get(l).to_owned(), outer = outer.get(l).to_owned();
        "take “{name}” out of “{outer}”", "sacar «{name}» de «{outer}»"
    ))
}

/// Lets an item last so long; nothing else moves.
fn last(draft: &mut Draft<'_>, slot: (&str, &SlotPath), start: NaiveTime, length: TimeDelta) -> Result<(), Refused> {
    match u32::try_from(length.num_minutes()) {
        Ok(minutes) => hours::set(draft, slot, start, minutes, false),
        Err(_) => Ok(()),
    }
}
