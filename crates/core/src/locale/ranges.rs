//! From when to when, as people say it: `9 a 12`, `del 5 al 30 de abril`.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};

use super::dates;
use super::lengths;
use super::written::{self, WrittenDate, plain};

/// What stands between the two sides.
const BETWEEN: [&str; 10] = ["..", " al ", " a ", " hasta ", " to ", " until ", " y ", " and ", " - ", "-"];

/// Hours of a day, of which one side may be open: `09:00-12:00`, `9 a 12`, `de 2 a 5 de la tarde`, `desde las 14:00`.
///
/// ```
/// use convoca_core::locale::ranges::hours;
/// let hour = |text: &str| Some(text.parse().unwrap());
/// assert_eq!(hours("9 a 12"), Some((hour("09:00:00"), hour("12:00:00"))));
/// assert_eq!(hours("from 2 to 5 pm"), Some((hour("14:00:00"), hour("17:00:00"))));
/// assert_eq!(hours("2 a 5"), None, "by day or by night?");
/// ```
pub fn hours(text: &str) -> Option<(Option<NaiveTime>, Option<NaiveTime>)> {
    let plain = plain(text);
    let open = |words: [&str; 3]| words.into_iter().find_map(|word| plain.strip_prefix(word));
    let bare = ["de ", "from ", "entre ", "between ", "desde "].into_iter().find_map(|word| plain.strip_prefix(word));
    let ranged = bare.unwrap_or(&plain);
    if let Some((from, to)) = BETWEEN.into_iter().find_map(|word| ranged.split_once(word)) {
        return match (from.trim(), to.trim()) {
            ("", "") => None,
            (from, "") => Some((Some(written::hour(from)?), None)),
            ("", to) => Some((None, Some(written::hour(to)?))),
            (from, to) => both(from, to),
        };
    }
    if let Some(from) = open(["desde ", "from ", "despues de "]) {
        return Some((Some(either(from)?), None));
    }
    open(["hasta ", "until ", "antes de "]).and_then(either).map(|to| (None, Some(to)))
}

fn both(from: &str, to: &str) -> Option<(Option<NaiveTime>, Option<NaiveTime>)> {
    let (first, last) = (written::hour(from), either(to)?);
    let first = match first {
        Some(first) => first,
        // "2 a 5 pm": what is said behind the second is said of both, where that leaves them in order.
        None => {
            let said = to.find(|c: char| c.is_alphabetic()).map_or("", |at| &to[at..]);
            let same = written::hour(&format!("{from} {said}")).filter(|first| !said.is_empty() && *first < last);
            same.or_else(|| either(from))?
        }
    };
    if first < last {
        // Two numbers alone of the small hours are more likely of the afternoon: asked.
        let doubtful = whole(from).is_some_and(|hour| hour < 6) && written::hour(to).is_none();
        return (!doubtful).then_some((Some(first), Some(last)));
    }
    // "8 a 5": the second is of the afternoon.
    let later = whole(to).filter(|hour| (1..12).contains(hour)).and_then(|hour| NaiveTime::from_hms_opt(hour + 12, 0, 0));
    match later.filter(|later| first < *later) {
        Some(later) => Some((Some(first), Some(later))),
        // In the wrong order, as written.
        None => Some((Some(first), Some(last))),
    }
}

/// An hour, or the number of one.
fn either(text: &str) -> Option<NaiveTime> {
    written::hour(text).or_else(|| NaiveTime::from_hms_opt(whole(text)?, 0, 0))
}

fn whole(text: &str) -> Option<u32> {
    let text = text.trim().trim_start_matches("las ");
    text.parse().ok().filter(|hour| text.len() <= 2 && *hour < 24)
}

/// Days from one to another, both included, as [`written::period`] reads them; without their year they are the next that
/// are not over on `today`. So many days (`una semana`) are the next ones.
///
/// ```
/// use convoca_core::locale::ranges::period;
/// use convoca_core::locale::written::WrittenDate;
/// let day = |text: &str| WrittenDate::Certain(text.parse().unwrap());
/// let today = "2027-01-10".parse().unwrap();
/// assert_eq!(period("del 5 al 30 de abril", today), Some((day("2027-04-05"), day("2027-04-30"))));
/// assert_eq!(period("April", today), Some((day("2027-04-01"), day("2027-04-30"))));
/// ```
pub fn period(text: &str, today: NaiveDate) -> Option<(WrittenDate, WrittenDate)> {
    let certain = |(first, last)| (WrittenDate::Certain(first), WrittenDate::Certain(last));
    written::period(text).or_else(|| near(text, today).map(certain)).or_else(|| {
        let days = lengths::span(text).filter(|span| span.minutes == 0 && span.days > 0)?.days;
        let last = today.checked_add_days(Days::new(u64::try_from(days).ok()?))?;
        Some(certain((today.succ_opt()?, last)))
    })
}

/// What is said of a day.
#[derive(Clone, Copy, Default)]
struct Part {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
}

fn part(text: &str) -> Option<Part> {
    let mut part = Part::default();
    for word in text.split([' ', ',']).filter(|word| !matches!(*word, "" | "de" | "del" | "el" | "of" | "the")) {
        if let Some(month) = dates::parse_month(word.trim_end_matches('.')) {
            part.month.replace(month).map_or(Some(()), |_| None)?;
        } else if word.len() == 4 {
            part.year = Some(word.parse().ok().filter(|year| (1900..=2199).contains(year))?);
        } else {
            let day = written::ordinal(word).filter(|day| (1..=31).contains(day))?;
            part.day.replace(day).map_or(Some(()), |_| None)?;
        }
    }
    Some(part)
}

fn near(text: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let plain = plain(text);
    let bare = ["del ", "desde ", "from ", "de ", "entre ", "between ", "en ", "in "]
        .into_iter()
        .find_map(|word| plain.strip_prefix(word));
    let bare = bare.unwrap_or(&plain);
    let (first, last) = match BETWEEN.into_iter().find_map(|word| bare.split_once(word)) {
        Some((first, last)) => (part(first)?, part(last)?),
        None => (part(bare)?, part(bare)?),
    };
    let first = Part { month: first.month.or(last.month), year: first.year.or(last.year), ..first };
    let last = Part { month: last.month.or(first.month), year: last.year.or(first.year), ..last };
    if first.day.is_some() != last.day.is_some() {
        return None;
    }
    let days = |year: i32| {
        let from = NaiveDate::from_ymd_opt(first.year.unwrap_or(year), first.month?, first.day.unwrap_or(1))?;
        let to = |year: i32| match last.day {
            Some(day) => NaiveDate::from_ymd_opt(year, last.month?, day),
            None => NaiveDate::from_ymd_opt(year, last.month?, 1)?.checked_add_months(Months::new(1))?.pred_opt(),
        };
        let to_year = last.year.unwrap_or(year);
        let to = to(to_year).filter(|to| *to >= from || last.year.is_some()).or_else(|| to(to_year + 1))?;
        Some((from, to))
    };
    if first.year.is_some() {
        return days(today.year());
    }
    // 29 February may be years away.
    (today.year() - 1..=today.year() + 8).filter_map(days).find(|(_, to)| *to >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_say_them() {
        let read = |written| hours(written).map(|(from, to)| [from, to].map(|hour| hour.map_or(String::new(), dates::clock)));
        for (written, from, to) in [
            ("09:00-12:00", "09:00", "12:00"),
            ("9 a 12", "09:00", "12:00"),
            ("de 9 a 12", "09:00", "12:00"),
            ("9 to 12", "09:00", "12:00"),
            ("from 9 to 12", "09:00", "12:00"),
            ("between 9 and 12", "09:00", "12:00"),
            ("entre las 9 y las 12", "09:00", "12:00"),
            ("9 a. m. a 12 m.", "09:00", "12:00"),
            ("9 a 12 m.", "09:00", "12:00"),
            ("9-12", "09:00", "12:00"),
            ("2 a 5 pm", "14:00", "17:00"),
            ("de 2 a 5 de la tarde", "14:00", "17:00"),
            ("10 a 2 pm", "10:00", "14:00"),
            ("8 a 5", "08:00", "17:00"),
            ("14.00–", "14:00", ""),
            ("-12:00", "", "12:00"),
            ("desde las 2 pm", "14:00", ""),
            ("until 12", "", "12:00"),
            ("12:00-09:00", "12:00", "09:00"),
        ] {
            assert_eq!(read(written), Some([from.to_owned(), to.to_owned()]), "{written}");
        }
        for wrong in ["-", "9", "", "2 a 5", "9 a", "25 a 30", "mañana"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_without_a_year_are_the_next() {
        for (written, first, last) in [
            ("del 5 al 30 de abril", "2027-04-05", "2027-04-30"),
            ("5 al 30 de abril de 2028", "2028-04-05", "2028-04-30"),
            ("from 5 to 30 April", "2027-04-05", "2027-04-30"),
            ("April 5 to 30", "2027-04-05", "2027-04-30"),
            ("abril", "2027-04-01", "2027-04-30"),
            ("en enero", "2028-01-01", "2028-01-31"),
            ("marzo", "2027-03-01", "2027-03-31"),
            ("abril y mayo", "2027-04-01", "2027-05-31"),
            ("noviembre a enero", "2027-11-01", "2028-01-31"),
            ("1 de octubre al 15 de noviembre", "2027-10-01", "2027-11-15"),
            ("1 de diciembre de 2027 al 15 de enero de 2028", "2027-12-01", "2028-01-15"),
            ("2027-10-01..2027-11-15", "2027-10-01", "2027-11-15"),
            ("15 de abril", "2027-04-15", "2027-04-15"),
            ("29 de febrero", "2028-02-29", "2028-02-29"),
            ("una semana", "2027-03-16", "2027-03-22"),
        ] {
            let day = |text: &str| WrittenDate::Certain(text.parse().unwrap());
            assert_eq!(period(written, "2027-03-15".parse().unwrap()), Some((day(first), day(last))), "{written}");
        }
        for wrong in ["", "5 a mayo", "al", "31 de abril", "abril mayo", "5", "5 al 30", "hora y media", "1..2"] {
            assert_eq!(period(wrong, "2027-03-15".parse().unwrap()), None, "{wrong}");
        }
    }
}
