//! A day and an hour as people say them of something that has a day already: `5 de octubre`, `jueves 12`,
//! `12/10/2026 a las 9:00`.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

use super::dates;
use super::written::{self, WrittenDate};

/// How far ahead "Thursday 12" is looked for: every weekday falls on every day of a month within a year.
const MOST_MONTHS: u32 = 14;

/// What was said, as far as it can be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    At(Option<NaiveDate>, Option<NaiveTime>),
    /// It may be any of these days.
    AnyOf(Vec<NaiveDate>),
    /// The day falls on another weekday than is said.
    Contradicted(NaiveDate, Weekday),
    Unknown,
}

/// A day, an hour or both. A day without its year is the next one from `today` on, unless it may as well be in the
/// year of `own`, the day that stands now.
///
/// ```
/// use convoca_core::locale::near::{Said, read};
/// let day = |text: &str| text.parse().unwrap();
/// let said = |text| read(text, day("2026-09-01"), Some(day("2026-10-14")));
/// assert_eq!(said("5 de octubre"), Said::At(Some(day("2026-10-05")), None));
/// assert_eq!(said("jueves 15, 9:30"), Said::At(Some(day("2026-10-15")), Some("09:30:00".parse().unwrap())));
/// assert_eq!(said("5/10/2026"), Said::AnyOf(vec![day("2026-10-05"), day("2026-05-10")]));
/// assert_eq!(said("lunes 5/10/2026"), Said::At(Some(day("2026-10-05")), None));
/// ```
pub fn read(text: &str, today: NaiveDate, own: Option<NaiveDate>) -> Said {
    let words = words(text);
    // The hour stands behind the day, or alone: the longest hour that can be read is meant.
    for split in 0..=words.len() {
        let (front, back) = (words[..split].join(" "), words[split..].join(" "));
        let hour = match back.is_empty() {
            true => None,
            false => match written::hour(&back) {
                Some(hour) => Some(hour),
                None => continue,
            },
        };
        if front.is_empty() && hour.is_some() {
            return Said::At(None, hour);
        }
        match day(front.trim_end_matches([',', ' ']), today, own) {
            Said::At(day, _) => return Said::At(day, hour),
            Said::Unknown => {}
            doubtful => return doubtful,
        }
    }
    Said::Unknown
}

fn words(text: &str) -> Vec<String> {
    let is_iso = |word: &str| word.len() > 11 && word.is_char_boundary(10) && word[..10].parse::<NaiveDate>().is_ok();
    let words = text.split_whitespace().flat_map(|word| match is_iso(word) && word[10..].starts_with(['T', 't']) {
        true => vec![word[..10].to_owned(), word[11..].to_owned()],
        false => vec![word.to_owned()],
    });
    words.collect()
}

fn day(text: &str, today: NaiveDate, own: Option<NaiveDate>) -> Said {
    let lower = text.to_lowercase();
    let lower = lower.strip_prefix("el ").or_else(|| lower.strip_prefix("the ")).unwrap_or(&lower);
    let (first, rest) = lower.split_once([' ', ',']).unwrap_or(("", lower));
    // "mar" is Tuesday, but March as well.
    let weekday = dates::parse_weekday(first.trim_end_matches('.')).filter(|_| dates::parse_month(first).is_none());
    let text = if weekday.is_some() { rest.trim_start_matches([' ', ',']) } else { lower };
    let days = match (written::date(text), weekday) {
        (Some(WrittenDate::Certain(day)), _) => vec![day],
        (Some(WrittenDate::Either(one, other)), _) => vec![one, other],
        (None, Some(weekday)) if text.parse().is_ok_and(|day: u32| (1..=31).contains(&day)) => {
            return of_month(text.parse().unwrap_or_default(), weekday, today, own);
        }
        (None, _) => without_year(text, today, own),
    };
    match (&days[..], weekday) {
        ([], _) => Said::Unknown,
        ([day], Some(weekday)) if day.weekday() != weekday => Said::Contradicted(*day, weekday),
        ([day], _) => Said::At(Some(*day), None),
        (days, weekday) => {
            let fits: Vec<NaiveDate> =
                days.iter().copied().filter(|day| weekday.is_none_or(|weekday| day.weekday() == weekday)).collect();
            match (&fits[..], weekday) {
                ([day], _) => Said::At(Some(*day), None),
                ([], Some(weekday)) => Said::Contradicted(days[0], weekday),
                _ => Said::AnyOf(fits),
            }
        }
    }
}

/// The days that a day and a month may be: the next one, and that of the year in which it is now, if it is to come.
fn without_year(text: &str, today: NaiveDate, own: Option<NaiveDate>) -> Vec<NaiveDate> {
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.')).filter(|_| !text.contains(' ')).unwrap_or(' ');
    let in_year = |year: i32| match written::date(&format!("{text}{separator}{year}")) {
        Some(WrittenDate::Certain(day)) => vec![day],
        Some(WrittenDate::Either(one, other)) => vec![one, other],
        None => Vec::new(),
    };
    // 29 February may be years away.
    let next = (today.year()..=today.year() + 8).map(|year| {
        let mut days = in_year(year);
        days.retain(|day| *day >= today);
        days
    });
    let mut days = next.into_iter().find(|days| !days.is_empty()).unwrap_or_default();
    let own = own.map(|own| in_year(own.year())).unwrap_or_default();
    days.extend(own.into_iter().filter(|day| *day >= today));
    let mut seen = Vec::new();
    days.retain(|day| {
        !seen.contains(day) && {
            seen.push(*day);
            true
        }
    });
    days
}

/// "Thursday 12": of the month in which it is now, else the next one.
fn of_month(day: u32, weekday: Weekday, today: NaiveDate, own: Option<NaiveDate>) -> Said {
    let fits = |date: &NaiveDate| date.weekday() == weekday && *date >= today;
    if let Some(date) = own.and_then(|own| own.with_day(day)).filter(fits) {
        return Said::At(Some(date), None);
    }
    let first = today.checked_sub_days(Days::new(today.day0().into())).unwrap_or(today);
    let months = (0..MOST_MONTHS).filter_map(|months| first.checked_add_months(chrono::Months::new(months)));
    let date = months.filter_map(|month| month.with_day(day)).find(fits);
    date.map_or(Said::Unknown, |date| Said::At(Some(date), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_as_people_say_them() {
        let said = |text: &str| read(text, date("2026-09-20"), Some(date("2026-10-14")));
        let at = |day: &str, hour: &str| {
            let day = (!day.is_empty()).then(|| date(day));
            let hour = (!hour.is_empty()).then(|| NaiveTime::parse_from_str(hour, "%H:%M").unwrap());
            Said::At(day, hour)
        };
        for (text, day, hour) in [
            ("2026-10-27 09:00", "2026-10-27", "09:00"),
            ("2026-10-27T09:00", "2026-10-27", "09:00"),
            ("2026-10-27", "2026-10-27", ""),
            ("9:00", "", "09:00"),
            ("3:00 p. m.", "", "15:00"),
            ("a las 10h30", "", "10:30"),
            ("5 de octubre", "2026-10-05", ""),
            ("el 5 de octubre a las 3 pm", "2026-10-05", "15:00"),
            ("lunes 5 de octubre de 2026, 10:00 a.m.", "2026-10-05", "10:00"),
            ("October 5", "2026-10-05", ""),
            ("5 October 2026 at 10:00", "2026-10-05", "10:00"),
            ("27/10", "2026-10-27", ""),
            ("27/10/2026 9:00", "2026-10-27", "09:00"),
            ("jueves 12", "2026-11-12", ""),
            ("jueves 15", "2026-10-15", ""),
            ("Thu 15, 9:30", "2026-10-15", "09:30"),
            // What is over this year is meant of the next.
            ("2 de marzo", "2027-03-02", ""),
            ("29 de febrero", "2028-02-29", ""),
            ("lunes 5/10/2026", "2026-10-05", ""),
        ] {
            assert_eq!(said(text), at(day, hour), "{text}");
        }
        assert_eq!(said("12/10/2026"), Said::AnyOf(vec![date("2026-10-12"), date("2026-12-10")]));
        assert_eq!(said("martes 5 de octubre"), Said::Contradicted(date("2026-10-05"), Weekday::Tue));
        for text in ["", "mañana", "2026-02-30", "25:00", "2026-10-27 2026-10-28", "jueves", "12", "5 de octobre"] {
            assert_eq!(said(text), Said::Unknown, "{text}");
        }
    }

    #[test]
    fn a_day_of_two_possible_years_is_asked() {
        let said = read("5 de octubre", date("2026-09-01"), Some(date("2027-03-02")));
        assert_eq!(said, Said::AnyOf(vec![date("2026-10-05"), date("2027-10-05")]));
        // The day that stands is the only one in its year that is to come.
        let said = read("5 de marzo", date("2026-09-01"), Some(date("2027-03-02")));
        assert_eq!(said, Said::At(Some(date("2027-03-05")), None));
    }
}
