//! Hours, lengths and the order of the agenda.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::draft::Draft;
use super::tree::{self, Form, Key};
use super::values::Entry;
use super::{Bound, Desk, Mark, NewSlot, Refusal, SlotPath, values};
use crate::diagnostics::{At, Subject};
use crate::locale::{Lang, Text, written};
use crate::model::{Session, SlotTime};
use crate::project::Change;
use crate::schema;

/// The steps to a slot.
pub(super) fn path(places: &[usize]) -> Vec<Key<'static>> {
    let lists = std::iter::once("slots").chain(std::iter::repeat("items"));
    places.iter().zip(lists).flat_map(|(place, list)| [Key::Name(list), Key::Index(*place)]).collect()
}

/// The steps to the list that a slot is in, and its place there.
pub(super) fn beside(place: &SlotPath) -> Result<(Vec<Key<'static>>, usize), Refusal> {
    let mut list = path(&place.0);
    match list.pop() {
        Some(Key::Index(at)) => Ok((list, at)),
        _ => Err(Text::fixed("there is no such item", "no hay tal punto").into()),
    }
}

impl Desk<'_> {
    pub(super) fn slot(&self, session: &str, slot: &SlotPath) -> Result<(Draft, Vec<Key<'static>>), Refusal> {
        let (draft, path) = (self.session_draft(session)?, path(&slot.0));
        match draft.written(&path) {
            Some(_) => Ok((draft, path)),
            None => Err(Text::fixed("there is no such item", "no hay tal punto").into()),
        }
    }

    /// When a slot is by everything that is written.
    fn time(&self, session: &str, draft: &Draft, slot: &[Key<'_>]) -> Result<SlotTime, Refusal> {
        let file = self.session(session)?;
        let head = draft.read(|_, root| tree::find(root, slot).map(|item| item.span().start));
        let programme = self.snapshot.programme();
        let session = programme.and_then(|programme| programme.sessions.iter().find(|session| session.file == file));
        let agenda = session.map(Session::agenda).unwrap_or_default();
        let slot = agenda.iter().map(|entry| entry.slot).find(|slot| Some(slot.span.range().start) == head);
        let unknown = || Text::fixed("its hours are not known", "no se saben sus horas").into();
        slot.and_then(|slot| slot.time).ok_or_else(unknown)
    }

    pub(super) fn set_hour(&self, session: &str, slot: &SlotPath, bound: Bound, to: NaiveTime) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, slot)?;
        set_hour(&mut draft, &slot, bound, to)?;
        Ok(draft.into())
    }

    pub(super) fn set_minutes(&self, session: &str, slot: &SlotPath, to: u32) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, slot)?;
        set_minutes(&mut draft, &slot, to)?;
        Ok(draft.into())
    }

    pub(super) fn declare_time(
        &self,
        session: &str,
        slot: &SlotPath,
        (start, end, minutes): (Option<NaiveTime>, Option<NaiveTime>, Option<u32>),
    ) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, slot)?;
        for (bound, hour) in [(Bound::Start, start), (Bound::End, end)] {
            match hour {
                Some(hour) => set_hour(&mut draft, &slot, bound, hour)?,
                None => draft.unset(&key(&slot, bound.key()), slot.len()),
            }
        }
        match minutes {
            Some(minutes) => set_minutes(&mut draft, &slot, minutes)?,
            None => draft.unset(&key(&slot, "minutes"), slot.len()),
        }
        Ok(draft.into())
    }

    pub(super) fn mark_slot(&self, session: &str, slot: &SlotPath, mark: Mark, to: bool) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, slot)?;
        let name = match mark {
            Mark::Break => "break",
            Mark::Parallel => "parallel",
            Mark::Approximate => "approximate",
            Mark::Pinned => "pinned",
        };
        match to {
            true => draft.set(&key(&slot, name), "true")?,
            // What is not said is not so.
            false => draft.unset(&key(&slot, name), slot.len()),
        }
        Ok(draft.into())
    }

    pub(super) fn set_day(&self, session: &str, slot: &SlotPath, to: Option<NaiveDate>) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, slot)?;
        match to {
            Some(to) => draft.set(&key(&slot, "date"), &to.to_string())?,
            None => draft.unset(&key(&slot, "date"), slot.len()),
        }
        Ok(draft.into())
    }

    pub(super) fn move_slot(&self, session: &str, place: &SlotPath, to: NaiveTime) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, place)?;
        let end = has(&draft, &slot, "end");
        if end {
            let time = self.time(session, &draft, &slot)?;
            // By the clock of the session, over midnight too.
            set_hour(&mut draft, &slot, Bound::End, to + (time.local_end - time.local_start))?;
        }
        if has(&draft, &slot, "start") || !end {
            set_hour(&mut draft, &slot, Bound::Start, to)?;
        }
        Ok(draft.into())
    }

    pub(super) fn stretch_slot(&self, session: &str, place: &SlotPath, to: u32) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, place)?;
        self.stretch(session, &mut draft, &slot, to)?;
        Ok(draft.into())
    }

    fn stretch(&self, session: &str, draft: &mut Draft, slot: &[Key<'_>], to: u32) -> Result<(), Refusal> {
        let end = has(draft, slot, "end");
        if end {
            let start = self.time(session, draft, slot)?.local_start.time();
            set_hour(draft, slot, Bound::End, start + TimeDelta::minutes(to.into()))?;
        }
        if has(draft, slot, "minutes") || !end {
            set_minutes(draft, slot, to)?;
        }
        Ok(())
    }

    pub(super) fn set_time(
        &self,
        session: &str,
        place: &SlotPath,
        start: NaiveTime,
        minutes: u32,
        follow: bool,
    ) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, place)?;
        let length = TimeDelta::minutes(minutes.into());
        let old = self.time(session, &draft, &slot);
        if follow {
            let old = old?;
            let day = old.local_start.date();
            // Past midnight in either direction is the nearer one.
            let half = TimeDelta::hours(12);
            let mut moved = day.and_time(start) - old.local_start;
            if moved > half {
                moved -= TimeDelta::days(1);
            } else if moved < -half {
                moved += TimeDelta::days(1);
            }
            let (list, at) = beside(place)?;
            // What begins before this item ended does not wait for its end: it goes along with the beginning alone.
            let mut behind = at + 1;
            while let Ok(next) = self.time(session, &draft, &[&list[..], &[Key::Index(behind)]].concat())
                && next.local_start < old.local_end
            {
                behind += 1;
            }
            let longer = length - (old.local_end - old.local_start);
            self.shift(session, &mut draft, (&list, at + 1, behind), moved)?;
            self.shift(session, &mut draft, (&list, behind, usize::MAX), moved + longer)?;
        }
        let (has_end, has_minutes) = (has(&draft, &slot, "end"), has(&draft, &slot, "minutes"));
        if has(&draft, &slot, "start") || !(has_end && has_minutes) {
            set_hour(&mut draft, &slot, Bound::Start, start)?;
        }
        if has_end {
            set_hour(&mut draft, &slot, Bound::End, start + length)?;
        }
        if has_minutes || !has_end {
            set_minutes(&mut draft, &slot, minutes)?;
        }
        Ok(draft.into())
    }

    pub(super) fn shift_slots(&self, session: &str, from: &SlotPath, minutes: i64) -> Result<Change, Refusal> {
        let mut draft = self.session_draft(session)?;
        let (list, at) = beside(from)?;
        self.shift(session, &mut draft, (&list, at, usize::MAX), TimeDelta::try_minutes(minutes).unwrap_or_default())?;
        Ok(draft.into())
    }

    /// Moves every written hour of the slots of a list from one on as far as before another, and of what is inside them,
    /// but for those that are pinned.
    fn shift(
        &self,
        session: &str,
        draft: &mut Draft,
        (list, from, before): (&[Key<'_>], usize, usize),
        by: TimeDelta,
    ) -> Result<(), Refusal> {
        if by.is_zero() {
            return Ok(());
        }
        let file = self.session(session)?;
        let written = self.snapshot.written().sessions.iter().find(|(own, _)| *own == file);
        let slots = written.and_then(|(_, session)| session.slots.as_ref()).map_or(&[][..], |slots| &slots.value);
        let count = draft.count(list);
        for index in from..count.min(before) {
            let path = [list, &[Key::Index(index)]].concat();
            let head = draft.read(|_, root| tree::find(root, &path).map(|item| item.span().start));
            if let Some(slot) = head.and_then(|head| find(slots, head)) {
                shift_all(draft, &path, slot, by)?;
            }
        }
        Ok(())
    }

    pub(super) fn add_slot(&self, session: &str, at: &SlotPath, slot: &NewSlot) -> Result<Change, Refusal> {
        let mut draft = self.session_draft(session)?;
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(slot.start.map(|start| ("start", values::hour(None, start))));
        entries.extend(slot.end.map(|end| ("end", values::hour(None, end))));
        entries.extend(slot.minutes.map(|minutes| ("minutes", minutes.to_string())));
        entries.push(("title", values::wording(&slot.title)));
        let (list, at) = beside(at)?;
        draft.insert(&list, at, &entries)?;
        Ok(draft.into())
    }

    pub(super) fn split_slot(&self, session: &str, place: &SlotPath, at: NaiveTime, title: &Text) -> Result<Change, Refusal> {
        let (mut draft, slot) = self.slot(session, place)?;
        let time = self.time(session, &draft, &slot)?;
        let first = (at - time.local_start.time()).num_minutes().rem_euclid(24 * 60);
        let rest = (time.local_end - time.local_start).num_minutes() - first;
        let (Ok(length), Ok(rest)) = (u32::try_from(first), u32::try_from(rest)) else { return Err(outside()) };
        if length == 0 || rest == 0 {
            return Err(outside());
        }
        let mut entries = vec![("start", values::hour(draft.written(&key(&slot, "start")).as_deref(), at))];
        if let Some(end) = draft.written(&key(&slot, "end")) {
            entries.push(("end", values::hour(Some(&end), time.local_end.time())));
        }
        if has(&draft, &slot, "minutes") || entries.len() == 1 {
            entries.push(("minutes", rest.to_string()));
        }
        entries.push(("title", values::wording(title)));
        for role in ["speakers", "moderator", "facilitators", "participants"] {
            entries.extend(copied(&draft, &slot, role).map(|written| (role, written)));
        }
        self.stretch(session, &mut draft, &slot, length)?;
        let (list, at) = beside(place)?;
        draft.insert(&list, at + 1, &entries)?;
        Ok(draft.into())
    }

    pub(super) fn remove_slot(&self, session: &str, slot: &SlotPath) -> Result<Change, Refusal> {
        let (mut draft, _) = self.slot(session, slot)?;
        let (list, at) = beside(slot)?;
        match list.len() {
            1 => draft.remove(&list, at)?,
            _ => draft.take(&list, at)?,
        }
        Ok(draft.into())
    }

    pub(super) fn reorder_slot(&self, session: &str, slot: &SlotPath, to: usize) -> Result<Change, Refusal> {
        let (mut draft, _) = self.slot(session, slot)?;
        let (list, at) = beside(slot)?;
        draft.reorder(&list, at, to)?;
        Ok(draft.into())
    }

    pub(super) fn set_title(&self, of: &Subject, lang: Lang, to: &str) -> Result<Change, Refusal> {
        if matches!(of, Subject::Group | Subject::Party { .. } | Subject::Person { .. }) {
            return Err(Text::fixed("it has a name, not a title", "tiene nombre, no título").into());
        }
        let (mut draft, mut path) = self.open(of)?;
        path.push(Key::Name("title"));
        if self.join_words(&mut draft, &path, lang, &values::line(to))? {
            return Ok(draft.into());
        }
        path.push(Key::Name(lang.code()));
        draft.set(&path, &values::line(to))?;
        Ok(draft.into())
    }
}

fn outside() -> Refusal {
    Text::fixed("this hour is not within the item", "esta hora no está dentro del punto").into()
}

fn key<'k>(slot: &[Key<'k>], name: &'k str) -> Vec<Key<'k>> {
    [slot, &[Key::Name(name)]].concat()
}

fn has(draft: &Draft, slot: &[Key<'_>], name: &str) -> bool {
    draft.written(&key(slot, name)).is_some()
}

/// The slot whose head is at a place of the text, in a list or inside what is there.
fn find(slots: &[At<schema::WrittenSlot>], head: usize) -> Option<&schema::WrittenSlot> {
    slots.iter().find_map(|slot| match slot.span.range().start == head {
        true => Some(&slot.value),
        false => find(inner(slot), head),
    })
}

fn inner(slot: &schema::WrittenSlot) -> &[At<schema::WrittenSlot>] {
    slot.items.as_ref().map_or(&[], |items| &items.value)
}

fn shift_all(draft: &mut Draft, path: &[Key<'_>], slot: &schema::WrittenSlot, by: TimeDelta) -> Result<(), Refusal> {
    if slot.pinned.is_some_and(|pinned| pinned.value) {
        return Ok(());
    }
    for (bound, hour) in [(Bound::Start, slot.start), (Bound::End, slot.end)] {
        if let Some(hour) = hour {
            set_hour(draft, path, bound, hour.0 + by)?;
        }
    }
    for (index, item) in inner(slot).iter().enumerate() {
        shift_all(draft, &[path, &[Key::Name("items"), Key::Index(index)]].concat(), item, by)?;
    }
    Ok(())
}

/// What is written at a key, on one line, where it can be written elsewhere as it stands; comments stay where
/// they are.
fn copied(draft: &Draft, slot: &[Key<'_>], key: &str) -> Option<String> {
    draft.read(|text, root| {
        let path = self::key(slot, key);
        let value = tree::find(root, &path)?;
        match tree::form(text, value) {
            Form::Plain | Form::Inline => Some(text[value.span()].to_owned()),
            Form::List => {
                let items = tree::items(root, &path).into_iter().map(|item| &text[item.span()]);
                Some(format!("[{}]", items.collect::<Vec<_>>().join(", ")))
            }
            _ => None,
        }
    })
}

fn set_hour(draft: &mut Draft, slot: &[Key<'_>], bound: Bound, to: NaiveTime) -> Result<(), Refusal> {
    let path = key(slot, bound.key());
    let old = draft.written(&path);
    // What says so already stays as it is written.
    match old.as_deref().and_then(written::hour) == Some(to) {
        true => Ok(()),
        false => draft.set(&path, &values::hour(old.as_deref(), to)),
    }
}

fn set_minutes(draft: &mut Draft, slot: &[Key<'_>], to: u32) -> Result<(), Refusal> {
    if to == 0 {
        return Err(Text::fixed("an item lasts at least a minute", "un punto dura al menos un minuto").into());
    }
    draft.set(&key(slot, "minutes"), &to.to_string())
}
