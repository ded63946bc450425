//! Hours and dates as people of the region write them, in Spanish and English.
//!
//! Only what has one reading is understood: of `02/03/2027` both readings are given, and the writer is
//! asked.

use chrono::{NaiveDate, NaiveTime};

use super::dates;
pub use super::lengths::minutes;

/// What a written date can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    Certain(NaiveDate),
    /// Day before month, as the region writes it, and month before day.
    Either(NaiveDate, NaiveDate),
}

/// Plain characters: no-break spaces, Word's dashes and quotes, letters in lower case without accents.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim().trim_matches(['"', '\'', '“', '”', '‘', '’', '«', '»']);
    let folded = text.chars().filter_map(|c| match c {
        '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\t' => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{200b}'..='\u{200f}' | '\u{feff}' => None,
        'á' | 'Á' => Some('a'),
        'é' | 'É' => Some('e'),
        'í' | 'Í' => Some('i'),
        'ó' | 'Ó' => Some('o'),
        'ú' | 'Ú' => Some('u'),
        c => Some(c),
    });
    folded.collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An hour of the day in any form that these countries write: `10:05`, `10.05`, `10h05`, `15.30 hs`,
/// `3:00 p. m.`, `12:00 m.` (noon), `3 pm`. `None` where it is no hour, or could be two (`10.5`, `10`).
///
/// ```
/// use convoca_core::locale::written::hour;
/// let read = |text| hour(text).map(|time| time.format("%H:%M").to_string());
/// assert_eq!(read("3:00 p. m.").as_deref(), Some("15:00"));
/// assert_eq!(read("12:00 m.").as_deref(), Some("12:00"));
/// assert_eq!(read("15.30 hs.").as_deref(), Some("15:30"));
/// assert_eq!(read("10.5"), None);
/// ```
pub fn hour(text: &str) -> Option<NaiveTime> {
    let text = plain(text);
    let text =
        text.strip_prefix("a las ").or_else(|| text.strip_prefix("las ")).or_else(|| text.strip_prefix("at ")).unwrap_or(&text);
    match text {
        "mediodia" | "noon" | "12 del mediodia" => return NaiveTime::from_hms_opt(12, 0, 0),
        "medianoche" | "midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let hour = number(&text[..digits], &[1, 2])?;
    let rest = &text[digits..];
    let (minute, rest) = match rest.chars().next() {
        Some(':' | '.' | 'h' | ',') if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            let rest = &rest[1..];
            let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            (Some(number(&rest[..length], &[2])?), &rest[length..])
        }
        _ => (None, rest),
    };
    let rest = rest.strip_prefix(":00").unwrap_or(rest);
    let hour = match meridiem(rest)? {
        // An hour alone, without even an "h", is a number.
        Suffix::None if minute.is_none() => return None,
        Suffix::None | Suffix::Hours => hour,
        Suffix::Morning if hour <= 12 => hour % 12,
        Suffix::Afternoon if hour < 12 => hour + 12,
        Suffix::Afternoon => hour,
        Suffix::Noon if hour == 12 && minute.unwrap_or(0) == 0 => 12,
        Suffix::Morning | Suffix::Noon => return None,
    };
    NaiveTime::from_hms_opt(hour, minute.unwrap_or(0), 0)
}

/// An hour as the military and the airlines write it, where an hour is sure to stand: elsewhere it may be a year.
///
/// ```
/// use convoca_core::locale::written::{four_digits, hour};
/// assert_eq!(four_digits("1520 hrs").map(|time| time.to_string()).as_deref(), Some("15:20:00"));
/// assert_eq!((four_digits("2560"), hour("2027")), (None, None));
/// ```
pub fn four_digits(text: &str) -> Option<NaiveTime> {
    let text = plain(text);
    let (digits, rest) = text.split_at_checked(4).filter(|(digits, _)| digits.bytes().all(|b| b.is_ascii_digit()))?;
    matches!(meridiem(rest), Some(Suffix::None | Suffix::Hours)).then_some(())?;
    NaiveTime::from_hms_opt(digits[..2].parse().ok()?, digits[2..].parse().ok()?, 0)
}

enum Suffix {
    None,
    Hours,
    Morning,
    Afternoon,
    Noon,
}

fn meridiem(rest: &str) -> Option<Suffix> {
    let letters: String = rest.chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    Some(match letters.as_str() {
        "" => Suffix::None,
        "h" | "hs" | "hr" | "hrs" | "hora" | "horas" => Suffix::Hours,
        "am" | "delamañana" | "delamanana" => Suffix::Morning,
        "pm" | "delatarde" | "delanoche" => Suffix::Afternoon,
        "m" | "md" | "delmediodia" | "mediodia" | "noon" => Suffix::Noon,
        _ => return None,
    })
}

fn number(digits: &str, lengths: &[usize]) -> Option<u32> {
    lengths.contains(&digits.len()).then(|| digits.parse().ok()).flatten()
}

/// A date in any form that these countries write: `2027-03-02`, `27/10/2027`, `2 de marzo de 2027`,
/// `March 2, 2027`, with or without a weekday before it (which is not looked at here).
///
/// ```
/// use convoca_core::locale::written::{WrittenDate, date};
/// let day = |text: &str| text.parse().unwrap();
/// assert_eq!(date("martes 2 de marzo de 2027"), Some(WrittenDate::Certain(day("2027-03-02"))));
/// assert_eq!(date("27/10/2027"), Some(WrittenDate::Certain(day("2027-10-27"))));
/// assert_eq!(date("02/03/2027"), Some(WrittenDate::Either(day("2027-03-02"), day("2027-02-03"))));
/// assert_eq!(date("30/02/2027"), None);
/// ```
pub fn date(text: &str) -> Option<WrittenDate> {
    let text = plain(text);
    let mut words: Vec<&str> =
        text.split([' ', ',']).filter(|word| !word.is_empty() && !matches!(*word, "de" | "del" | "of" | "the")).collect();
    // "mar 2 2027" is 2 March, "mar 2 de marzo de 2027" a Tuesday.
    if words.len() > 1
        && words.len() != 3
        && words.first().is_some_and(|word| dates::parse_weekday(word.trim_end_matches('.')).is_some())
    {
        words.remove(0);
    }
    match words[..] {
        [single] => numeric(single),
        [one, two, year] => {
            let year = number(year, &[4])?;
            let (day, month) = match (dates::parse_month(one), dates::parse_month(two)) {
                (None, Some(month)) => (ordinal(one)?, month),
                (Some(month), None) => (ordinal(two)?, month),
                _ => return None,
            };
            ymd(year, month, day).map(WrittenDate::Certain)
        }
        _ => None,
    }
}

/// Days from one to another, both included, in any form that these countries write: `2027-10-01..2027-11-15`,
/// `1/10/2027 al 15/11/2027`, `del 1 de octubre de 2027 al 15 de noviembre de 2027`, a single day, or a whole
/// month (`octubre de 2027`, `2027-10`).
///
/// ```
/// use convoca_core::locale::written::{WrittenDate, period};
/// let day = |text: &str| WrittenDate::Certain(text.parse().unwrap());
/// assert_eq!(period("15 de octubre de 2027 al 3 de noviembre de 2027"), Some((day("2027-10-15"), day("2027-11-03"))));
/// assert_eq!(period("febrero de 2028"), Some((day("2028-02-01"), day("2028-02-29"))));
/// ```
pub fn period(text: &str) -> Option<(WrittenDate, WrittenDate)> {
    let plain = plain(text);
    let plain = ["del ", "desde ", "from "].into_iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    if let Some((first, last)) =
        ["..", " al ", " a ", " hasta ", " to ", " - "].into_iter().find_map(|word| plain.split_once(word))
    {
        let first = first.trim_start_matches("el ");
        let last = last.trim_start_matches("el ");
        return date(first).zip(date(last));
    }
    if let Some(day) = date(plain) {
        return Some((day, day));
    }
    let (year, month) =
        match plain.split([' ', '-', '/']).filter(|word| !matches!(*word, "" | "de" | "del" | "of")).collect::<Vec<_>>()[..] {
            [year, month] if year.len() == 4 => (number(year, &[4])?, number(month, &[1, 2])?),
            [month, year] => (number(year, &[4])?, dates::parse_month(month).or_else(|| number(month, &[1, 2]))?),
            _ => return None,
        };
    let first = ymd(year, month, 1)?;
    let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    Some((WrittenDate::Certain(first), WrittenDate::Certain(last)))
}

/// "2", "2nd", "1.º", "1o"
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let known = matches!(&word[digits..], "" | "." | "º" | ".º" | "o" | "st" | "nd" | "rd" | "th");
    known.then(|| number(&word[..digits], &[1, 2])).flatten()
}

fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    (1900..=2199).contains(&year).then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)).flatten()
}

fn numeric(text: &str) -> Option<WrittenDate> {
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts[..] else { return None };
    if first.len() == 4 {
        return ymd(number(first, &[4])?, number(second, &[1, 2])?, number(third, &[1, 2])?).map(WrittenDate::Certain);
    }
    let year = number(third, &[4])?;
    if let Some(month) = dates::parse_month(second) {
        return ymd(year, month, number(first, &[1, 2])?).map(WrittenDate::Certain);
    }
    let (first, second) = (number(first, &[1, 2])?, number(second, &[1, 2])?);
    match (ymd(year, second, first), ymd(year, first, second)) {
        (Some(one), Some(other)) if one != other => Some(WrittenDate::Either(one, other)),
        (Some(day), _) | (None, Some(day)) => Some(WrittenDate::Certain(day)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_every_form_of_the_region() {
        for (written, meant) in [
            ("10:05", "10:05"),
            ("9.30", "09:30"),
            ("9,30", "09:30"),
            ("10h00", "10:00"),
            ("9h30", "09:30"),
            ("10:00 a.m.", "10:00"),
            ("10:00 a. m.", "10:00"),
            ("10:00\u{a0}a.\u{a0}m.", "10:00"),
            ("3:00pm", "15:00"),
            ("3:00 PM", "15:00"),
            ("3 p. m.", "15:00"),
            ("12:00 m.", "12:00"),
            ("12:00 md", "12:00"),
            ("12:30 p.m.", "12:30"),
            ("12:15 a.m.", "00:15"),
            ("15.30 hs", "15:30"),
            ("10:00 hrs.", "10:00"),
            ("15h", "15:00"),
            ("15 horas", "15:00"),
            ("14:00 p.m.", "14:00"),
            ("a las 10:30 horas", "10:30"),
            ("“10:05”", "10:05"),
            ("10:05:00", "10:05"),
            ("mediodía", "12:00"),
            ("3 de la tarde", "15:00"),
        ] {
            let read = hour(written).map(dates::clock);
            assert_eq!(read.as_deref(), Some(meant), "{written}");
        }
        for no in ["10.5", "10", "24:00", "10:60", "+1:05", "", "١٠:٠٥", "12:30 m.", "14:00 a.m.", "10:05 x", "1005", "h", "10:"]
        {
            assert_eq!(hour(no), None, "{no}");
        }
    }

    #[test]
    fn periods_are_read_in_every_form() {
        for (written, first, last) in [
            ("2027-10-01..2027-11-15", "2027-10-01", "2027-11-15"),
            ("2027-10-01 .. 2027-11-15", "2027-10-01", "2027-11-15"),
            ("20/10/2027 al 15/11/2027", "2027-10-20", "2027-11-15"),
            ("del 1 de octubre de 2027 al 15 de noviembre de 2027", "2027-10-01", "2027-11-15"),
            ("from 1 October 2027 to 15 November 2027", "2027-10-01", "2027-11-15"),
            ("2027-10-01", "2027-10-01", "2027-10-01"),
            ("15 de marzo de 2027", "2027-03-15", "2027-03-15"),
            ("Octubre de 2027", "2027-10-01", "2027-10-31"),
            ("2028-02", "2028-02-01", "2028-02-29"),
            ("December 2027", "2027-12-01", "2027-12-31"),
        ] {
            let certain = |day: &str| WrittenDate::Certain(day.parse().unwrap());
            assert_eq!(period(written), Some((certain(first), certain(last))), "{written}");
        }
        assert!(matches!(period("2/3/2027 al 15/3/2027"), Some((WrittenDate::Either(..), _))));
        for no in ["", "octubre", "2027", "..", "2027-13", "1..2", "al"] {
            assert_eq!(period(no), None, "{no}");
        }
    }

    #[test]
    fn dates_are_read_in_every_form_of_the_region_and_asked_where_there_are_two_readings() {
        for (written, meant) in [
            ("2027-03-02", "2027-03-02"),
            ("2027–03–02", "2027-03-02"),
            ("2027/3/2", "2027-03-02"),
            ("27/10/2027", "2027-10-27"),
            ("10/27/2027", "2027-10-27"),
            ("27.10.2027", "2027-10-27"),
            ("03/03/2027", "2027-03-03"),
            ("2 de marzo de 2027", "2027-03-02"),
            ("2 de marzo del 2027", "2027-03-02"),
            ("Martes, 2 de Marzo de 2027", "2027-03-02"),
            ("1.º de mayo de 2027", "2027-05-01"),
            ("March 2, 2027", "2027-03-02"),
            ("2nd March 2027", "2027-03-02"),
            ("Thu 27 Oct 2022", "2022-10-27"),
            ("Mar 2, 2027", "2027-03-02"),
            ("viernes 27/10/2028", "2028-10-27"),
            ("2-mar-2027", "2027-03-02"),
        ] {
            assert_eq!(date(written), Some(WrittenDate::Certain(meant.parse().unwrap())), "{written}");
        }
        assert!(matches!(date("2/3/2027"), Some(WrittenDate::Either(..))));
        for no in ["30/02/2027", "2027", "", "marzo de 2027", "2/3/27", "2 de marzo", "1/2/3/2027", "32 de marzo de 2027"] {
            assert_eq!(date(no), None, "{no}");
        }
    }
}
