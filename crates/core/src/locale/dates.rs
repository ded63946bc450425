//! Dates and hours in words.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::Lang;

const MONTHS_ES: [&str; 12] =
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let index = day.num_days_from_monday() as usize;
    match lang {
        Lang::Es => DAYS_ES[index],
        Lang::En => DAYS_EN[index],
    }
}

/// The weekday that a word names in either language, accents and case aside.
///
/// ```
/// use chrono::Weekday;
/// use convoca_core::locale::dates::parse_weekday;
/// assert_eq!(parse_weekday("Miercoles"), Some(Weekday::Wed));
/// assert_eq!(parse_weekday("thu"), Some(Weekday::Thu));
/// assert_eq!(parse_weekday("x"), None);
/// ```
pub fn parse_weekday(word: &str) -> Option<Weekday> {
    parse_weekday_in(word).map(|(_, day)| day)
}

/// The same, with the language of the word.
pub fn parse_weekday_in(word: &str) -> Option<(Lang, Weekday)> {
    let plain = |word: &str| word.trim().to_lowercase().replace('é', "e").replace('á', "a");
    let word = plain(word);
    if word.len() < 3 {
        return None;
    }
    let days = |lang, days: [&'static str; 7]| (0u8..).zip(days).map(move |(index, day)| (lang, index, plain(day)));
    days(Lang::Es, DAYS_ES)
        .chain(days(Lang::En, DAYS_EN))
        .find(|(_, _, day)| *day == word || (word.len() == 3 && day.starts_with(&word)))
        .and_then(|(lang, index, _)| Some((lang, Weekday::try_from(index).ok()?)))
}

/// The month that a word names in either language, by its whole name or its first letters, from 1.
///
/// ```
/// use convoca_core::locale::dates::parse_month;
/// assert_eq!(parse_month("setiembre"), Some(9));
/// assert_eq!(parse_month("Oct."), Some(10));
/// assert_eq!(parse_month("ma"), None);
/// ```
pub fn parse_month(word: &str) -> Option<u32> {
    let word = word.trim().trim_end_matches('.').to_lowercase();
    if matches!(word.as_str(), "setiembre" | "sept" | "set") {
        return Some(9);
    }
    let names = (1u32..).zip(MONTHS_ES).chain((1u32..).zip(MONTHS_EN));
    names
        .map(|(month, name)| (month, name.to_lowercase()))
        .find(|(_, name)| *name == word || word.len() == 3 && name.starts_with(&word))
        .map(|(month, _)| month)
}

/// A day and month without the year ("27 de octubre", "27 October").
pub fn day_month(lang: Lang, date: NaiveDate) -> String {
    let month = date.month0() as usize;
    match lang {
        Lang::Es => format!("{} de {}", date.day(), MONTHS_ES[month]),
        Lang::En => format!("{} {}", date.day(), MONTHS_EN[month]),
    }
}

/// ```
/// use chrono::NaiveDate;
/// use convoca_core::locale::{dates, Lang};
/// let date = NaiveDate::from_ymd_opt(2022, 9, 30).unwrap();
/// assert_eq!(dates::date(Lang::Es, date), "30 de septiembre de 2022");
/// assert_eq!(dates::date(Lang::En, date), "30 September 2022");
/// ```
pub fn date(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::Es => format!("{} de {}", day_month(lang, date), date.year()),
        Lang::En => format!("{} {}", day_month(lang, date), date.year()),
    }
}

/// A date with its weekday ("jueves 27 de octubre de 2022", "Thursday 27 October 2022").
pub fn long_date(lang: Lang, day: NaiveDate) -> String {
    format!("{} {}", weekday(lang, day.weekday()), date(lang, day))
}

/// An hour of the 24-hour clock ("10:05").
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An offset from UTC, of `seconds` to the east, as people write it ("UTC−6", "UTC+5:30").
///
/// ```
/// use convoca_core::locale::dates::utc_offset;
/// assert_eq!(utc_offset(-6 * 3600), "UTC−6");
/// assert_eq!(utc_offset(5 * 3600 + 1800), "UTC+5:30");
/// assert_eq!(utc_offset(0), "UTC");
/// ```
pub fn utc_offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (h, 0) => format!("UTC{sign}{h}"),
        (h, m) => format!("UTC{sign}{h}:{m:02}"),
    }
}
