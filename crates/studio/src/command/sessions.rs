//! Sessions as a whole: their state, their day, and new ones.

use chrono::NaiveDate;
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::{Text, dates};
use convoca_core::schema::Status;
use convoca_core::text;

use super::called;
use super::words::{Both, Part};
use crate::draft::{Draft, free};
use crate::refused::Refused;
use crate::typed;

pub(super) fn status(draft: &mut Draft<'_>, session: &str, to: &str) -> Result<Text, Refused> {
    let known = [Status::Draft, Status::Tentative, Status::Confirmed, Status::Cancelled];
    let to = known.into_iter().find(|status| status.word() == to);
    let to = to.ok_or_else(|| Refused::from(Text::fixed("there is no such status", "no hay tal estado")))?;
    draft.make(&Operation::SetStatus { session: session.to_owned(), to })?;
    let mention = called::session(draft, session)?;
    Ok(text!(
        l, mention = mention.get(l).to_owned(), word = called::status(to).get(l).to_owned();
        "make {mention} {word}", "dejar {word} {mention}"
    ))
}

/// Moves a session to another day or hour, as they were typed.
pub(super) fn put(draft: &mut Draft<'_>, session: &str, date: Option<&str>, start: Option<&str>) -> Result<Text, Refused> {
    let own = draft.session(session)?.time();
    let zone = draft.session(session)?.zone.clone();
    let hour = own.map(|(start, _)| zone.local(start).time.time());
    let today = draft.today;
    let date = date.map(|typed| typed::date(typed, today)).transpose()?;
    let start = start.map(|typed| typed::hour(typed, hour)).transpose()?;
    match (own, date, start) {
        // Nothing in it has an hour yet.
        (None, Some(to), None) => draft.make(&Operation::SetDate { session: session.to_owned(), to })?,
        _ => draft.make(&Operation::MoveSession { session: session.to_owned(), date, start })?,
    }
    let mention = called::session(draft, session)?;
    Ok(match (date, start.map(dates::clock)) {
        (Some(day), _) => text!(
            l, mention = mention.get(l).to_owned(), day = dates::date(l, day);
            "move {mention} to {day}", "mover {mention} al {day}"
        ),
        (None, Some(hour)) => {
            text!(l, mention = mention.get(l).to_owned(); "begin {mention} at {hour}", "comenzar {mention} a las {hour}")
        }
        _ => text!(l, mention = mention.get(l).to_owned(); "move {mention}", "mover {mention}"),
    })
}

/// From when until when a session lasts. Where it begins with its items, they go along.
pub(super) fn hours(draft: &mut Draft<'_>, session: &str, part: Part, typed: &str) -> Result<Text, Refused> {
    if let Some((from, to)) = typed::span(typed) {
        hours(draft, session, Part::Start, from)?;
        hours(draft, session, Part::End, to)?;
        let mention = called::session(draft, session)?;
        return Ok(text!(
            l, mention = mention.get(l).to_owned();
            "let {mention} last from {from} to {to}", "poner {mention} de {from} a {to}"
        ));
    }
    let own = draft.session(session)?;
    let of = Subject::Session { session: own.id.value.clone() };
    let local = |at| own.zone.local(at).time.time();
    let (begins, ends) = own.time().map(|(start, end)| (local(start), local(end))).unzip();
    let opens = own.window.start.map(|at| local(at.value)).or(begins);
    let there = own.closes().map(|at| local(at.value)).or(ends);
    let lasts = own.window.minutes.is_some();
    let set = |draft: &mut Draft<'_>, field: &str, to: Option<FieldValue>| {
        draft.make(&Operation::SetField { of: of.clone(), field: field.into(), to })
    };
    if part == Part::Start {
        if begins.is_some() {
            return put(draft, session, None, Some(typed));
        }
        let hour = dates::clock(typed::begins(typed, opens)?);
        set(draft, "start", Some(FieldValue::Line(hour.clone())))?;
        let mention = called::session(draft, session)?;
        return Ok(text!(l, mention = mention.get(l).to_owned(); "begin {mention} at {hour}", "comenzar {mention} a las {hour}"));
    }
    if typed.trim().is_empty() {
        set(draft, "end", None)?;
        set(draft, "minutes", None)?;
        let mention = called::session(draft, session)?;
        return Ok(
            text!(l, mention = mention.get(l).to_owned(); "let {mention} end with its last item", "dejar que {mention} termine con su último punto"),
        );
    }
    let to = match opens {
        Some(opens) => typed::ends(typed, opens, there.unwrap_or(opens))?,
        None => typed::begins(typed, there)?,
    };
    let hour = dates::clock(to);
    set(draft, "end", Some(FieldValue::Line(hour.clone())))?;
    // What says how long it lasts says the same.
    if let (true, Some(opens)) = (lasts, opens) {
        let minutes = (to - opens).num_minutes().rem_euclid(24 * 60);
        set(draft, "minutes", Some(FieldValue::Number(u32::try_from(minutes).unwrap_or(0))))?;
    }
    let mention = called::session(draft, session)?;
    Ok(text!(l, mention = mention.get(l).to_owned(); "end {mention} at {hour}", "terminar {mention} a las {hour}"))
}

/// A new session, at an hour and for so long if they are known.
pub(super) fn add(draft: &mut Draft<'_>, title: &Both, date: &str, hours: Option<&(String, String)>) -> Result<Text, Refused> {
    let date: NaiveDate = typed::date(date, draft.today)?;
    let title = Text::from(title);
    let sessions = draft.snapshot().written().sessions.iter();
    let ids: Vec<String> = sessions.clone().filter_map(|(_, session)| Some(session.id.as_ref()?.0.clone())).collect();
    let number = sessions.filter_map(|(_, session)| Some(session.number.as_ref()?.0)).max().unwrap_or(0) + 1;
    let id = free(&[&title.en, &title.es], |id| ids.iter().any(|own| own == id))?;
    draft.make(&Operation::AddSession { id: id.clone(), number, date, title })?;
    if let Some((start, end)) = hours {
        for (field, typed) in [("start", start), ("end", end)] {
            let of = Subject::Session { session: id.clone() };
            let to = Some(FieldValue::Line(dates::clock(typed::hour(typed, None)?)));
            draft.make(&Operation::SetField { of, field: field.to_owned(), to })?;
        }
    }
    Ok(text!(l, day = dates::date(l, date); "add a session on {day}", "agregar una sesión el {day}"))
}
