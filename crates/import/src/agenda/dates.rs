//! On which days the sessions are, and weekdays that contradict their dates.

use chrono::Datelike;
use convoca_core::locale::Text;
use convoca_core::text;

use super::days::{Context, is_aside};
use super::order::explain;
use super::result::{Doubt, Fault, FoundSession, Imported, Inferred};
use super::titles::is_only_date;
use crate::grammar::days;
use crate::grammar::{Day, folded, marks};
use crate::source::Document;

/// Gives sessions their dates from where the document tells them.
pub(super) fn date(imported: &mut Imported, document: &Document, context: &Context) {
    if let [session] = imported.sessions.as_mut_slice() {
        let first = session.items.first().map_or(usize::MAX, |item| item.line);
        let mut best: Option<(i32, Day, usize)> = None;
        let asides = super::aside::asides(document);
        let near = |line: &&crate::source::Line| line.number <= first.max(1) || line.number <= 12;
        for line in document.lines.iter().filter(near).filter(|line| !asides.contains(&line.number)) {
            let text = line.whole();
            let marks = marks(&text);
            for (mark, day) in days(&marks) {
                if day.days.is_empty() || day.month.is_none() && day.weekdays.is_empty() {
                    continue;
                }
                let before = folded(&text[..mark.range.start]);
                let mut worth =
                    i32::from(line.heading > 0) * 2 + i32::from(!day.weekdays.is_empty()) * 2 + i32::from(day.month.is_some());
                worth += i32::from(
                    ["fecha", "date", "dia", "data", "when", "cuando", "dates"].iter().any(|word| before.ends_with(word)),
                ) * 3;
                worth -= i32::from(is_aside(&text)) * 6;
                worth += i32::from(line.number == session.line) * 2;
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, day.clone(), line.number));
                }
            }
        }
        if let Some((_, day, line)) = best {
            session.date = context.date(&day);
            session.weekday = day.weekdays.first().copied();
            imported.heads.insert(line);
            if session.date.is_none() {
                session.date_text = document.lines.iter().find(|own| own.number == line).map(|line| line.whole());
            } else if day.year.is_none() {
                infer_year(session, context);
            }
            explain(session, &day, context.year, context.order.as_ref());
        }
        if session.title.as_deref().is_none_or(is_only_date)
            && imported.title.as_deref().is_some_and(|title| !is_only_date(title))
        {
            session.title.clone_from(&imported.title);
        }
    } else {
        for session in &mut imported.sessions {
            if session.date.is_some() && session.date_text.is_none() {
                let line =
                    document.lines.iter().find(|line| line.number == session.line).map(|line| line.whole()).unwrap_or_default();
                let marks = marks(&line);
                if days(&marks).all(|(_, day)| day.year.is_none()) {
                    infer_year(session, context);
                }
                if let Some((_, day)) = days(&marks).find(|(_, day)| context.date(day) == session.date) {
                    explain(session, day, context.year, context.order.as_ref());
                }
            }
        }
    }
    for session in &mut imported.sessions {
        if session.date.is_none() {
            let what = match &session.date_text {
                Some(text) => text!("the date is not whole: \"{text}\"", "la fecha está incompleta: «{text}»"),
                None => Text::fixed("no date is written", "no hay ninguna fecha escrita"),
            };
            session.doubts.push(Doubt { line: session.line, what });
        }
    }
}

/// The year of a date that does not say it.
fn infer_year(session: &mut FoundSession, context: &Context) {
    let Some(year) = session.date.map(|date| date.year()) else { return };
    if context.year.is_some() {
        let why = text!("the year {year} stands elsewhere in the document", "el año {year} está en otra parte del documento");
        session.inferred.push(Inferred { field: "date", why });
        return;
    }
    let why = text!(
        "no year is written; {year} is the nearest in which the weekday is right",
        "no hay año escrito; {year} es el más cercano en que el día de la semana coincide"
    );
    session.doubts.push(Doubt { line: session.line, what: why.clone() });
    session.inferred.push(Inferred { field: "date", why });
}

/// Weekdays that contradict their dates, anywhere in the document.
pub(super) fn weekdays(imported: &mut Imported, document: &Document, context: &Context) {
    let mut anchor = context.clone();
    for line in &document.lines {
        let text = line.whole();
        let marks = marks(&text);
        for (mark, day) in days(&marks) {
            if day.weekdays.is_empty() || day.days.is_empty() {
                continue;
            }
            if day.month.is_some() {
                anchor.month = day.month;
            }
            for (own, weekday) in day.days.iter().zip(&day.weekdays) {
                let Some(date) = anchor.date(&Day { days: vec![*own], weekdays: vec![*weekday], ..day.clone() }) else {
                    continue;
                };
                if date.weekday() != *weekday {
                    use convoca_core::locale::dates;
                    let written = text[mark.range.clone()].trim().to_owned();
                    let right = |lang| dates::weekday(lang, date.weekday());
                    let day = |lang| dates::day_month(lang, date);
                    let year = date.year();
                    let what = text!(l, right = right(l), day = day(l);
                        "weekday: \"{written}\", but {day} {year} is a {right}",
                        "día de la semana: «{written}», pero el {day} de {year} es {right}");
                    imported.faults.push(Fault { line: line.number, what });
                    break;
                }
            }
        }
    }
    imported.faults.dedup();
}
