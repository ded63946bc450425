//! Hours, lengths and dates as people type them into a field.

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta};
use convoca_core::locale::written::{self, WrittenDate};
use convoca_core::locale::{Text, dates};
use convoca_core::text;

/// Why what was typed is no day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    pub reason: Text,
    /// The days that it can be, where it can be two.
    pub choices: Vec<NaiveDate>,
}

/// An item that is longer was not meant where an hour could be of the morning or of the afternoon.
const LONGEST: TimeDelta = TimeDelta::hours(6);

/// An hour: what the files understand, and beside it what is only plain in a field for an hour, `1005`, `9`, and
/// minutes counted from the hour that stands there, `+40`, `-5`.
///
/// # Errors
/// It is no hour, with what one is.
///
/// ```
/// use chrono::NaiveTime;
/// use convoca_studio::typed::hour;
/// let ten = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
/// let read = |typed| hour(typed, Some(ten)).unwrap().format("%H:%M").to_string();
/// assert_eq!((read("1005"), read("10.05"), read("3 pm"), read("+40")), ("10:05".into(), "10:05".into(), "15:00".into(), "10:40".into()));
/// assert!(hour("2561", Some(ten)).is_err());
/// ```
pub fn hour(typed: &str, there: Option<NaiveTime>) -> Result<NaiveTime, Text> {
    let trimmed = typed.trim();
    let refused = || {
        text!(
            "“{trimmed}” is not an hour: type 10:05, 1005, 3 pm or +40",
            "«{trimmed}» no es una hora: escriba 10:05, 1005, 3 pm o +40"
        )
    };
    if let (Some(by), Some(there)) = (signed(trimmed), there) {
        return Ok(there + TimeDelta::minutes(by));
    }
    let digits = trimmed.bytes().all(|byte| byte.is_ascii_digit()).then_some(trimmed);
    let plain = digits.and_then(|digits| match digits.len() {
        1 | 2 => NaiveTime::from_hms_opt(digits.parse().ok()?, 0, 0),
        3 | 4 => {
            let (hour, minute) = digits.split_at(digits.len() - 2);
            NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
        }
        _ => None,
    });
    plain.or_else(|| written::hour(trimmed)).ok_or_else(refused)
}

/// An hour at which something begins, typed without saying before or after noon: nobody means three at night where it
/// began by day.
///
/// # Errors
/// It is no hour.
///
/// ```
/// use chrono::NaiveTime;
/// use convoca_studio::typed::begins;
/// let read = |typed, there| begins(typed, NaiveTime::from_hms_opt(there, 0, 0)).unwrap().format("%H:%M").to_string();
/// assert_eq!((read("3", 14), read("9", 10), read("03:00", 14), read("3 am", 14)), ("15:00".into(), "09:00".into(), "03:00".into(), "03:00".into()));
/// ```
pub fn begins(typed: &str, there: Option<NaiveTime>) -> Result<NaiveTime, Text> {
    let read = hour(typed, there)?;
    let is_night = read < hm(7) && there.is_none_or(|there| there >= hm(7));
    Ok(if is_night && is_bare(typed) { read + TimeDelta::hours(12) } else { read })
}

/// An hour at which something ends that began at another: the next such hour, `3` after 10:35 is 15:00. A length says
/// when as well, `1 hora`.
///
/// # Errors
/// It is no hour.
///
/// ```
/// use chrono::NaiveTime;
/// use convoca_studio::typed::ends;
/// let start = NaiveTime::from_hms_opt(10, 35, 0).unwrap();
/// let read = |typed| ends(typed, start, start).unwrap().format("%H:%M").to_string();
/// assert_eq!((read("3"), read("11"), read("1 hora"), read("10:05")), ("15:00".into(), "11:00".into(), "11:35".into(), "10:05".into()));
/// ```
pub fn ends(typed: &str, start: NaiveTime, there: NaiveTime) -> Result<NaiveTime, Text> {
    let lower = typed.to_lowercase();
    if !typed.trim().starts_with(['+', '-', '−']) && ["hora", "hour", "min"].iter().any(|unit| lower.contains(unit)) {
        return Ok(start + TimeDelta::minutes(minutes(typed, 0)?.into()));
    }
    let read = hour(typed, Some(there))?;
    let later = read + TimeDelta::hours(12);
    let is_soon = (0..=LONGEST.num_minutes()).contains(&(later - start).num_minutes());
    Ok(if is_bare(typed) && read <= start && is_soon { later } else { read })
}

/// Whether an hour was typed with nothing that tells night from day: no word, and no nought before it.
fn is_bare(typed: &str) -> bool {
    let typed = typed.trim();
    typed.starts_with(|first: char| matches!(first, '1'..='9')) && !typed.contains(char::is_alphabetic)
}

fn hm(hour: u32) -> NaiveTime {
    NaiveTime::MIN + TimeDelta::hours(hour.into())
}

/// A length in minutes: `40`, `1:30`, `1 h 30`, `90 min`, and from the one that stands there, `+10`.
///
/// # Errors
/// It is no length, or longer than a day.
///
/// ```
/// use convoca_studio::typed::minutes;
/// assert_eq!((minutes("40", 5), minutes("1 h 30", 5), minutes("1:30", 5), minutes("+10", 5)), (Ok(40), Ok(90), Ok(90), Ok(15)));
/// assert!(minutes("0", 5).is_err() && minutes("x", 5).is_err());
/// ```
pub fn minutes(typed: &str, there: u32) -> Result<u32, Text> {
    let trimmed = typed.trim().to_lowercase();
    let refused = || {
        text!(
            "“{trimmed}” is not a length: type 40, 1:30 or +10 (from 1 minute to a day)",
            "«{trimmed}» no es una duración: escriba 40, 1:30 o +10 (de 1 minuto a un día)"
        )
    };
    let read = || -> Option<i64> {
        if let Some(by) = signed(&trimmed) {
            return Some(i64::from(there) + by);
        }
        let number = |text: &str| text.trim().parse::<u16>().ok().map(i64::from);
        let plain = trimmed.trim_end_matches(['.', ' ']);
        let plain = ["minutos", "minutes", "min", "m", "'"].iter().find_map(|unit| plain.strip_suffix(unit)).unwrap_or(plain);
        match plain.split_once([':', 'h']) {
            Some((hours, rest)) => {
                let rest = rest.trim_start_matches(|c: char| c.is_alphabetic());
                Some(number(hours)? * 60 + if rest.trim().is_empty() { 0 } else { number(rest)? })
            }
            None => number(plain),
        }
    };
    let length = read().filter(|minutes| (1..=24 * 60).contains(minutes)).and_then(|minutes| u32::try_from(minutes).ok());
    length.ok_or_else(refused)
}

/// Hours from one to another, each as it was typed: `9 a 11`, `de 9:00 a 10.30`, `9–11`.
///
/// ```
/// use convoca_studio::typed::span;
/// assert_eq!(span("de 9 a 11"), Some(("9", "11")));
/// assert_eq!((span("9:00 a. m. a 12 m."), span("9–10.30")), (Some(("9:00 a. m.", "12 m.")), Some(("9", "10.30"))));
/// assert_eq!((span("10:05"), span("-5"), span("3 a. m.")), (None, None, None));
/// ```
pub fn span(typed: &str) -> Option<(&str, &str)> {
    let typed = typed.trim();
    let typed = ["de ", "desde ", "from ", "las "].iter().find_map(|word| typed.strip_prefix(word)).unwrap_or(typed);
    let parts = [" a las ", " a ", " hasta ", " to ", "–", "—", "-"].iter().find_map(|word| typed.split_once(word));
    let (from, to) = parts.map(|(from, to)| (from.trim(), to.trim()))?;
    let is_hour = |part: &str| hour(part, None).is_ok();
    (is_hour(from) && is_hour(to)).then_some((from, to))
}

/// A day, where what is typed has one reading. Without a year it is the next such day.
///
/// ```
/// use convoca_studio::typed::date;
/// let today = "2026-11-01".parse().unwrap();
/// let read = |typed| date(typed, today).map(|day| day.to_string()).map_err(|unclear| unclear.choices);
/// assert_eq!((read("20 de noviembre"), read("27/10")), (Ok("2026-11-20".into()), Ok("2027-10-27".into())));
/// assert_eq!(read("3/12/2026"), Err(vec!["2026-12-03".parse().unwrap(), "2026-03-12".parse().unwrap()]));
/// ```
///
/// # Errors
/// It is no day, or it could be two: then both are to be chosen from.
pub fn date(typed: &str, today: NaiveDate) -> Result<NaiveDate, Unclear> {
    match written::date(typed).or_else(|| next(typed, today)) {
        Some(WrittenDate::Certain(day)) => Ok(day),
        Some(WrittenDate::Either(one, other)) => {
            let reason = text!(
                l, one = dates::date(l, one), other = dates::date(l, other);
                "is it {one} or {other}? Write the month as a word", "¿es {one} o {other}? Escriba el mes con letras"
            );
            Err(Unclear { reason, choices: vec![one, other] })
        }
        None => {
            let typed = typed.trim();
            let reason = text!("“{typed}” is not a day: type 27/10/2027", "«{typed}» no es un día: escriba 27/10/2027");
            Err(Unclear { reason, choices: Vec::new() })
        }
    }
}

/// The next day that is written so without its year; a leap day may be eight years away.
fn next(typed: &str, today: NaiveDate) -> Option<WrittenDate> {
    let typed = typed.trim();
    let in_year = |year: i32| {
        let numbers = typed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'));
        let between = if numbers { typed.trim_matches(|c: char| c.is_ascii_digit()) } else { " " };
        written::date(&format!("{typed}{between}{year}"))
    };
    let mut read = (today.year()..=today.year() + 8).filter_map(in_year);
    let is_past = |date: &WrittenDate| matches!(date, WrittenDate::Certain(day) if *day < today);
    read.find(|date| !is_past(date))
}

/// `+40`, `−5`
fn signed(typed: &str) -> Option<i64> {
    let (sign, digits) = match typed.chars().next()? {
        '+' => (1, &typed[1..]),
        '-' => (-1, &typed[1..]),
        minus @ '−' => (-1, &typed[minus.len_utf8()..]),
        _ => return None,
    };
    digits.trim().trim_end_matches("min").trim().parse::<u16>().ok().map(|minutes| sign * i64::from(minutes))
}
