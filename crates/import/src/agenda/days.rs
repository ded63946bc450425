//! Which day is meant, from what is written of it in several places.

use chrono::{Datelike, NaiveDate};
use convoca_core::locale::Text;

use super::order::{Order, order};
use crate::grammar::{Day, days, marks};
use crate::source::Document;

/// What is known from outside the document.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    pub year: Option<i32>,
    pub month: Option<u32>,
    /// The year of a day with its weekday is that nearest to this day in which it falls on one.
    pub today: Option<NaiveDate>,
}

/// What the document as a whole says of year and month, for dates that leave them out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub year: Option<i32>,
    pub month: Option<u32>,
    today: Option<NaiveDate>,
    /// The days on which all of it happens, where that is said: "22-24 January 2014".
    pub range: Vec<NaiveDate>,
    /// Which number of "7/11" is the day, and why, where the document lets it be seen.
    pub order: Option<(Order, Text)>,
}

impl Context {
    pub(crate) fn of(document: &Document, hints: &Hints) -> Context {
        let (mut years, mut months) = (Vec::new(), Vec::new());
        let mut range = Vec::new();
        for line in document.lines.iter().take(4000) {
            let text = line.whole();
            let marks = marks(&text);
            let mut dated = false;
            for (_, day) in days(&marks) {
                if let Some(year) = day.year {
                    years.push((year, !is_aside(&text)));
                    dated = true;
                }
                if let Some(month) = day.month {
                    months.push(month);
                }
                if day.days.len() > 1 && range.is_empty() {
                    range.push(day.clone());
                }
            }
            if !dated && let Some((year, month)) = bare_year(&text) {
                years.push((year, line.heading > 0 && !is_aside(&text)));
                months.extend(month);
            }
        }
        let year = years.iter().find(|(_, good)| *good).or(years.first()).map(|(year, _)| *year).or(hints.year);
        let month = months.first().copied().or(hints.month);
        let mut context = Context { year, month, range: Vec::new(), today: hints.today, order: None };
        let decided = order(document, year, &|day| context.date(day));
        context.order = decided;
        if let Some(day) = range.first() {
            context.range = day.days.iter().filter_map(|own| context.date(&Day { days: vec![*own], ..day.clone() })).collect();
        }
        context
    }

    /// Without any year: the one nearest to today in which the weekday is right.
    fn nearest_year(&self, day: &Day) -> Option<i32> {
        let (today, weekday, month, own) = (self.today?, *day.weekdays.first()?, day.month?, *day.days.first()?);
        let fits = |year: &i32| NaiveDate::from_ymd_opt(*year, month, own).is_some_and(|date| date.weekday() == weekday);
        let years = (0..6).flat_map(|away| [today.year() + away, today.year() - away]);
        years.into_iter().find(fits)
    }

    /// The first day that a date means, with what the document says elsewhere.
    pub(crate) fn date(&self, day: &Day) -> Option<NaiveDate> {
        let (year, month, own) =
            (day.year.or(self.year).or_else(|| self.nearest_year(day))?, day.month.or(self.month)?, *day.days.first()?);
        let read = NaiveDate::from_ymd_opt(year, month, own);
        let other = day.swapped.then(|| NaiveDate::from_ymd_opt(year, own, month)).flatten();
        // Of "5/2 Wednesday" the reading is right that falls on one.
        match (read, other, day.weekdays.first()) {
            (Some(one), Some(other), Some(weekday)) if (one.weekday() == *weekday) != (other.weekday() == *weekday) => {
                Some(if one.weekday() == *weekday { one } else { other })
            }
            (Some(_), Some(other), _) if self.order.as_ref().is_some_and(|(order, _)| *order == Order::MonthFirst) => Some(other),
            (one, _, _) => one,
        }
    }
}

/// Where a date is about the text, not about the meeting.
pub(crate) fn is_aside(text: &str) -> bool {
    let text = crate::grammar::folded(text);
    [
        "actualizacion",
        "actualizado",
        "updated",
        "publicado",
        "posted",
        "published",
        "version",
        "ultima",
        "last modified",
        "mis a jour",
        "atualizado",
        "publie",
        "copyright",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// A year alone, "Boston 2024", and the month before it: "February 2023".
fn bare_year(text: &str) -> Option<(i32, Option<u32>)> {
    let tokens = crate::grammar::tokens(text);
    tokens.iter().enumerate().find_map(|(at, token)| match token.number() {
        Some((year @ 1990..2100, 4)) => {
            let stuck = token.glued && at > 0 && !matches!(tokens[at - 1].sign(), Some('(' | '[' | '"'));
            let behind =
                tokens.get(at + 1).is_some_and(|next| next.glued && next.sign().is_none_or(|sign| matches!(sign, '-' | '/')));
            let month = (at.saturating_sub(2)..at).rev().find_map(|at| tokens[at].word().and_then(crate::grammar::words::month));
            let scope = month.is_some() || text.len() < 120;
            (!stuck && !behind && scope).then_some((i32::try_from(year).unwrap_or_default(), month))
        }
        _ => None,
    })
}
