//! Whether "7/11/2022" is 7 November or July 11: what else a document says of its days decides, or a person is asked.

use chrono::{Datelike, NaiveDate};
use convoca_core::locale::{Lang, Text, dates};
use convoca_core::text;

use super::result::{Doubt, FoundSession, Inferred};
use crate::grammar::{Day, days, marks, tokens};
use crate::source::Document;

/// Which of the two numbers of a date is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// How far apart the days of one series of meetings are at most, and how near a certain date an uncertain one lies.
const NEAR: i64 = 45;
const SERIES: i64 = 14;

/// What the dates of a document say of the order of their numbers, and why; nothing where they are silent or disagree.
/// They are of a `year` unless they say another; `date` tells which day a certain one is.
pub(super) fn order(document: &Document, year: Option<i32>, date: &dyn Fn(&Day) -> Option<NaiveDate>) -> Option<(Order, Text)> {
    let mut found: Vec<(Order, Text)> = Vec::new();
    let mut certain: Vec<(NaiveDate, String)> = Vec::new();
    let mut open: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for line in document.lines.iter().take(4000) {
        let text = line.whole();
        let marks = marks(&text);
        for (mark, day) in days(&marks) {
            let written = text[mark.range.clone()].trim().to_owned();
            match both(day, year) {
                Some((one, other)) => {
                    open.push((one, other));
                    let weekday = day.weekdays.first();
                    let fits = |date: NaiveDate| weekday == Some(&date.weekday());
                    if fits(one) != fits(other) {
                        let order = if fits(one) { Order::DayFirst } else { Order::MonthFirst };
                        found.push((order, by_other(order, &written)));
                    }
                }
                None if day.swapped => {}
                None => match numbers(&written) {
                    Some((first, second)) if first > 12 && second <= 12 => {
                        found.push((Order::DayFirst, by_other(Order::DayFirst, &written)));
                    }
                    Some((first, second)) if second > 12 && first <= 12 => {
                        found.push((Order::MonthFirst, by_other(Order::MonthFirst, &written)));
                    }
                    _ => certain.extend(date(day).filter(|_| day.month.is_some()).map(|date| (date, written))),
                },
            }
        }
    }
    found.extend(beside(&open, &certain));
    found.extend(in_a_row(&open));
    let (order, why) = found.first()?.clone();
    found.iter().all(|(own, _)| *own == order).then_some((order, why))
}

/// Both readings of a date that has two.
fn both(day: &Day, year: Option<i32>) -> Option<(NaiveDate, NaiveDate)> {
    let (month, own) = (day.month?, *day.days.first()?);
    let year = day.year.or(year)?;
    let readings = NaiveDate::from_ymd_opt(year, month, own).zip(NaiveDate::from_ymd_opt(year, own, month));
    readings.filter(|(one, other)| day.swapped && one != other)
}

/// The two numbers of "25/10/2022" and "10-25".
fn numbers(written: &str) -> Option<(u32, u32)> {
    let tokens = tokens(written);
    let at = tokens.iter().position(|token| token.number().is_some())?;
    let number = |at: usize| tokens.get(at).and_then(|token| token.number()).filter(|(_, digits)| *digits <= 2);
    let (first, _) = number(at)?;
    matches!(tokens.get(at + 1)?.sign(), Some('/' | '-' | '.')).then_some(())?;
    Some((first, number(at + 2)?.0))
}

fn by_other(order: Order, written: &str) -> Text {
    match order {
        Order::DayFirst => {
            text!("\"{written}\" has its day first", "en «{written}» el día va primero")
        }
        Order::MonthFirst => {
            text!("\"{written}\" has its month first", "en «{written}» el mes va primero")
        }
    }
}

/// A date that is certain lies near one reading alone of each that is not.
fn beside(open: &[(NaiveDate, NaiveDate)], certain: &[(NaiveDate, String)]) -> Option<(Order, Text)> {
    let (one, other) = open.first()?;
    let near = |date: NaiveDate| certain.iter().find(|(own, _)| (*own - date).num_days().abs() <= NEAR);
    let (order, (_, written)) = match (near(*one), near(*other)) {
        (Some(own), None) => (Order::DayFirst, own),
        (None, Some(own)) => (Order::MonthFirst, own),
        _ => return None,
    };
    Some((order, text!("it lies near \"{written}\" that way", "así queda cerca de «{written}»")))
}

/// Several dates follow one another within days in one reading, and lie months apart in the other.
fn in_a_row(open: &[(NaiveDate, NaiveDate)]) -> Option<(Order, Text)> {
    let ascending = |dates: Vec<NaiveDate>| -> Option<i64> {
        let span = (*dates.last()? - *dates.first()?).num_days();
        (dates.windows(2).all(|pair| pair[0] <= pair[1]) && span > 0).then_some(span)
    };
    let one = ascending(open.iter().map(|(one, _)| *one).collect());
    let other = ascending(open.iter().map(|(_, other)| *other).collect());
    let order = match (one, other) {
        (Some(own), other) if own <= SERIES && other.is_none_or(|other| other > SERIES) => Order::DayFirst,
        (one, Some(own)) if own <= SERIES && one.is_none_or(|one| one > SERIES) => Order::MonthFirst,
        _ => return None,
    };
    Some((order, Text::fixed("the days of the document follow one another that way", "así los días del documento se siguen")))
}

/// Gives a session the date that is written as two numbers, with the reason where something decides which is the day, or
/// the question where nothing does.
pub(super) fn explain(session: &mut FoundSession, day: &Day, year: Option<i32>, decided: Option<&(Order, Text)>) {
    let (Some(date), Some((one, other))) = (session.date, both(day, year)) else { return };
    let other = if date == one { other } else { one };
    let told = |lang: Lang| dates::day_month(lang, date);
    let instead = |lang: Lang| dates::day_month(lang, other);
    let why = match (day.weekdays.first(), decided) {
        (Some(weekday), _) if (date.weekday() == *weekday) != (other.weekday() == *weekday) => {
            let name = |lang| dates::weekday(lang, *weekday);
            text!(l, told = told(l), name = name(l);
                "it is {told}, for that day is a {name}", "es el {told}, porque ese día es {name}")
        }
        (_, Some((_, why))) => {
            text!(l, told = told(l), why = why.get(l); "it is {told}: {why}", "es el {told}: {why}")
        }
        _ => {
            let what = text!(l, told = told(l), instead = instead(l);
                "the date is read as {told}; if it is {instead}, correct it",
                "la fecha se lee como el {told}; si es el {instead}, corríjala");
            session.doubts.push(Doubt { line: session.line, what });
            return;
        }
    };
    session.inferred.push(Inferred { field: "date", why });
}
