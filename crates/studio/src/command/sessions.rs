//! Sessions as a whole: their state, their day, and new ones.

use chrono::NaiveDate;
use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::{Text, dates};
use convoca_core::schema::Status;
use convoca_core::text;

use super::called;
use super::words::Both;
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
    let date = date.map(typed::date).transpose()?;
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

/// A new session, at an hour and for so long if they are known.
pub(super) fn add(draft: &mut Draft<'_>, title: &Both, date: &str, hours: Option<&(String, String)>) -> Result<Text, Refused> {
    let date: NaiveDate = typed::date(date)?;
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
