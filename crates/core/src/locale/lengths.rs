//! How long something lasts, or how much later it is, as people say it: `1h30`, `hora y media`, `una semana`.

use super::written::plain;

/// Longer numbers are typing mistakes.
const MOST: u32 = 100_000;

/// A length of days and minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub days: i64,
    pub minutes: i64,
}

/// A length in minutes in any form that these countries write: `40`, `40 min`, `40'`, `1 h 30 min`, `2 horas`, `hora y media`.
///
/// ```
/// use convoca_core::locale::lengths::minutes;
/// assert_eq!(minutes("40 min."), Some(40));
/// assert_eq!(minutes("1 h 30"), Some(90));
/// assert_eq!(minutes("an hour and a half"), Some(90));
/// assert_eq!(minutes("un rato"), None);
/// ```
pub fn minutes(text: &str) -> Option<u32> {
    let plain = plain(text);
    let bare = plain.trim_end_matches(['.', '\'', '’', '′']).trim();
    if let Some(number) = bare.parse().ok().filter(|_| bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit())) {
        return Some(number);
    }
    let length = length(bare).filter(|length| length.days == 0)?;
    u32::try_from(length.minutes).ok()
}

/// How much later, in days and minutes: `7d`, `2 semanas`, `una semana`, `hora y media`; earlier with a minus, or `antes`.
///
/// ```
/// use convoca_core::locale::lengths::{Span, span};
/// assert_eq!(span("una semana"), Some(Span { days: 7, minutes: 0 }));
/// assert_eq!(span("half an hour earlier"), Some(Span { days: 0, minutes: -30 }));
/// assert_eq!(span("7"), None);
/// ```
pub fn span(text: &str) -> Option<Span> {
    let plain = plain(text);
    let after = ["despues", "mas tarde", "later", "after"].into_iter().find_map(|word| plain.strip_suffix(word));
    let before = ["antes", "mas temprano", "earlier", "before"].into_iter().find_map(|word| plain.strip_suffix(word));
    let bare = after.or(before).unwrap_or(&plain);
    let minus = bare.strip_prefix('-');
    let bare = minus.or(bare.strip_prefix('+')).unwrap_or(bare).trim().trim_end_matches('.');
    let sign = if minus.is_some() || before.is_some() { -1 } else { 1 };
    let Span { days, minutes } = length(bare).filter(|length| *length != Span::default())?;
    Some(Span { days: sign * days, minutes: sign * minutes })
}

/// Numbers with their units, one after another.
fn length(plain: &str) -> Option<Span> {
    let words = words(plain)?;
    let mut words = words.iter().map(String::as_str).peekable();
    let (mut whole, mut number, mut last) = (Span::default(), None::<f64>, None::<Unit>);
    let mut any = false;
    while let Some(word) = words.next() {
        match word {
            "y" | "and" | "con" | "de" | "," => {}
            "a" | "an" | "un" if matches!(words.peek(), Some(&("half" | "quarter" | "cuarto"))) => {}
            "media" | "half" => {
                while words.peek().is_some_and(|next| matches!(*next, "an" | "a")) {
                    words.next();
                }
                match words.peek().copied().and_then(unit) {
                    // "one and a half hours"
                    Some(Unit::Hour) => {
                        words.next();
                        whole.minutes += number.take().map_or(0, |count| rounded(count * 60.0));
                    }
                    _ if last == Some(Unit::Hour) => {}
                    _ => return None,
                }
                (whole.minutes, last, any) = (whole.minutes + 30, None, true);
            }
            "cuarto" | "cuartos" | "quarter" | "quarters" => {
                while words.peek().is_some_and(|next| matches!(*next, "de" | "of" | "an")) {
                    words.next();
                }
                match words.peek().copied().and_then(unit) {
                    Some(Unit::Hour) => _ = words.next(),
                    _ if last == Some(Unit::Hour) => {}
                    _ => return None,
                }
                (whole.minutes, last, any) = (whole.minutes + 15 * number.take().map_or(1, rounded), None, true);
            }
            word if unit(word).is_some() => {
                let of = unit(word)?;
                // "hora y media"
                let count = number.take().or((!any && word.len() > 2).then_some(1.0))?;
                if count.fract() != 0.0 && of != Unit::Hour {
                    return None;
                }
                match of {
                    Unit::Minute => whole.minutes += rounded(count),
                    Unit::Hour => whole.minutes += rounded(count * 60.0),
                    Unit::Day => whole.days += rounded(count),
                    Unit::Week => whole.days += rounded(count) * 7,
                }
                (last, any) = (Some(of), true);
            }
            word => {
                let read = number_of(word)?;
                // "cuarenta y cinco"
                number = match number {
                    None => Some(read),
                    Some(tens) if tens >= 20.0 && tens % 10.0 == 0.0 && read < 10.0 && word.starts_with(char::is_alphabetic) => {
                        Some(tens + read)
                    }
                    Some(_) => return None,
                };
            }
        }
    }
    // "1h30"
    match (number, last) {
        (None, _) => any.then_some(whole),
        (Some(more), Some(Unit::Hour)) if more < 60.0 && more.fract() == 0.0 => {
            Some(Span { minutes: whole.minutes + rounded(more), ..whole })
        }
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most MOST weeks")]
fn rounded(number: f64) -> i64 {
    number.round() as i64
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.trim_end_matches('.') {
        "m" | "min" | "mins" | "minuto" | "minutos" | "minute" | "minutes" => Unit::Minute,
        "h" | "hs" | "hr" | "hrs" | "hora" | "horas" | "hour" | "hours" => Unit::Hour,
        "d" | "dia" | "dias" | "day" | "days" => Unit::Day,
        "s" | "sem" | "semana" | "semanas" | "w" | "week" | "weeks" => Unit::Week,
        _ => return None,
    })
}

/// Digits and letters apart: "1h30" is three words.
fn words(plain: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in plain.chars() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let glued = kind(c) == kind(before) || (matches!(c, '.' | ',') && before.is_ascii_digit());
        match words.last_mut() {
            _ if c == ' ' => {}
            Some(word) if before != ' ' && (glued || (c.is_ascii_digit() && word.ends_with(['.', ',']) && word.len() > 1)) => {
                word.push(c);
            }
            // The full stop of an abbreviation.
            Some(_) if c == '.' => {}
            _ if c.is_alphanumeric() || c == ',' => words.push(c.to_string()),
            _ => return None,
        }
        before = c;
    }
    Some(words)
}

fn number_of(word: &str) -> Option<f64> {
    const WORDS: [(f64, &str); 19] = [
        (1.0, "un una uno a an one"),
        (2.0, "dos two"),
        (3.0, "tres three"),
        (4.0, "cuatro four"),
        (5.0, "cinco five"),
        (6.0, "seis six"),
        (7.0, "siete seven"),
        (8.0, "ocho eight"),
        (9.0, "nueve nine"),
        (10.0, "diez ten"),
        (12.0, "doce twelve"),
        (15.0, "quince fifteen"),
        (20.0, "veinte twenty"),
        (30.0, "treinta thirty"),
        (40.0, "cuarenta forty"),
        (50.0, "cincuenta fifty"),
        (60.0, "sesenta sixty"),
        (90.0, "noventa ninety"),
        (25.0, "veinticinco"),
    ];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let number: f64 = word.trim_end_matches(['.', ',']).replace(',', ".").parse().ok()?;
        return (number <= f64::from(MOST)).then_some(number);
    }
    WORDS.iter().find(|(_, words)| words.split(' ').any(|one| one == word)).map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_say_them() {
        for (written, read) in [
            ("90", 90),
            ("90m", 90),
            ("90 min.", 90),
            ("40'", 40),
            ("1h", 60),
            ("1h30", 90),
            ("1 h 30 min", 90),
            ("2 horas", 120),
            ("dos horas", 120),
            ("hora y media", 90),
            ("una hora y media", 90),
            ("1 hora y media", 90),
            ("una hora y cuarto", 75),
            ("una hora y 15 minutos", 75),
            ("tres cuartos de hora", 45),
            ("cuarenta y cinco minutos", 45),
            ("media hora", 30),
            ("1,5 horas", 90),
            ("1.5h", 90),
            ("an hour and a half", 90),
            ("one and a half hours", 90),
            ("half an hour", 30),
            ("an hour", 60),
            ("two hours", 120),
            ("a quarter of an hour", 15),
            ("0m", 0),
        ] {
            assert_eq!(minutes(written), Some(read), "{written}");
        }
        for wrong in
            ["", "m", "h", "y media", "-30", "99999999999", "90s", "2027", "1.5 min", "1 h 75", "una", "hora media dos", "1 día"]
        {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spans_are_days_and_minutes() {
        for (written, days, minutes) in [
            ("7d", 7, 0),
            ("1 semana", 7, 0),
            ("una semana", 7, 0),
            ("dos semanas después", 14, 0),
            ("un día", 1, 0),
            ("a week earlier", -7, 0),
            ("2 días", 2, 0),
            ("-30m", 0, -30),
            ("−1 h", 0, -60),
            ("1h30", 0, 90),
            ("1h 30m", 0, 90),
            ("hora y media", 0, 90),
            ("media hora antes", 0, -30),
            ("90 min", 0, 90),
            ("2w 1d", 15, 0),
        ] {
            assert_eq!(span(written), Some(Span { days, minutes }), "{written}");
        }
        for wrong in ["", "7", "d", "0d", "7x", "30", "7d30", "--7d", "99999999999d", "semana y media", "1.5 días"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
