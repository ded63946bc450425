//! Days and hours, as people write them: what has one reading is taken, what has two is asked.

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::{Node, Value, rules};
use crate::diagnostics::{Diagnostic, Edit, Mend, Span};
use crate::locale::written::{self, WrittenDate};
use crate::locale::{Lang, Text, dates};
use crate::text;

/// A calendar day from 1900 to 2199.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

/// An hour of the day, to the minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock(pub NaiveTime);

impl Value for Day {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let day = match node.value {
            DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => {
                moment.date.and_then(|date| NaiveDate::parse_from_str(&date.to_string(), "%Y-%m-%d").ok())
            }
            DeValue::String(text) => match written::date(text) {
                Some(WrittenDate::Certain(day)) => {
                    if text.trim() != day.to_string() {
                        findings.push(other_form(node.span, text.trim(), &day.to_string(), day.to_string()));
                    }
                    Some(day)
                }
                Some(WrittenDate::Either(one, other)) => {
                    // Without quotation marks it was asked when the file was read.
                    if node.span.range().len() > text.len() {
                        findings.push(two_dates(node.span, text.trim(), [one, other]));
                    }
                    return None;
                }
                None => None,
            },
            _ => None,
        };
        match day.filter(|day| (1900..=2199).contains(&day.year())) {
            Some(day) => Some(Day(day)),
            None => {
                let help = Text::fixed(
                    "write year, month and day, such as 2022-10-27 (from 1900 to 2199)",
                    "escriba año, mes y día, por ejemplo 2022-10-27 (de 1900 a 2199)",
                );
                node.expected(Text::fixed("a date", "una fecha"), help, findings);
                None
            }
        }
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
    }
}

impl Value for Clock {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let time = match node.value {
            DeValue::Datetime(moment) if moment.date.is_none() && moment.offset.is_none() => moment.time.and_then(|time| {
                let on_the_minute = time.second.unwrap_or(0) == 0 && time.nanosecond.unwrap_or(0) == 0;
                on_the_minute.then(|| NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0)).flatten()
            }),
            DeValue::String(text) => clock(text).or_else(|| {
                let time = written::hour(text).or_else(|| written::four_digits(text))?;
                let hour = dates::clock(time);
                findings.push(other_form(node.span, text.trim(), &hour, format!("\"{hour}\"")));
                Some(time)
            }),
            // `10.05` without quotes is a number to TOML, and an hour to everybody else; so is `1520`.
            DeValue::Float(number) => clock(number.as_str()),
            DeValue::Integer(number) if matches!(number.as_str().len(), 3 | 4) => {
                written::four_digits(&format!("{:0>4}", number.as_str())).inspect(|time| {
                    let hour = dates::clock(*time);
                    findings.push(other_form(node.span, number.as_str(), &hour, format!("\"{hour}\"")));
                })
            }
            _ => None,
        };
        if time.is_none() {
            if let DeValue::String(text) = node.value
                && let Some(finding) = no_single_hour(node.span, text)
            {
                findings.push(finding);
                return None;
            }
            let help = match node.value {
                DeValue::Float(number) => doubtful_hour(number.as_str()),
                _ => Text::fixed(
                    "write hour and minutes of 24 hours in quotes, such as \"10:05\"",
                    "escriba hora y minutos de 24 horas entre comillas, por ejemplo \"10:05\"",
                ),
            };
            node.expected(Text::fixed("an hour", "una hora"), help, findings);
        }
        time.map(Clock)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^([01]?\\d|2[0-3])[:.][0-5]\\d(:00)?$" })
    }
}

/// A date or an hour that is understood, in a form that is not the one of the files: told once, and
/// rewritten by `check --fix`.
pub(crate) fn other_form(span: Span, written: &str, meant: &str, replacement: String) -> Diagnostic {
    Diagnostic::new(&rules::OTHER_FORM, text!("`{written}` is read as {meant}", "`{written}` se lee como {meant}"))
        .at(span, Text::fixed("files write it otherwise", "en los archivos se escribe de otra manera"))
        .mend(Mend::certain(text!("write `{replacement}`", "escriba `{replacement}`"), vec![Edit { span, text: replacement }]))
}

/// 02/03/2027: which of the two?
pub(super) fn two_dates(span: Span, written: &str, readings: [NaiveDate; 2]) -> Diagnostic {
    let finding =
        Diagnostic::new(&rules::WRONG_VALUE, text!("`{written}` can be two days", "`{written}` puede ser dos días distintos"))
            .at(span, Text::fixed("day or month first?", "¿primero el día o el mes?"));
    readings.into_iter().fold(finding, |finding, day| {
        let message = text!(l, spelt = dates::date(l, day), day = { let _ = l; day };
            "for {spelt} write `{day}`", "si es el {spelt}, escriba `{day}`");
        finding.mend(Mend::possible(message, vec![Edit { span, text: day.to_string() }]))
    })
}

/// 10.5 may be 10:05 or 10:50.
fn doubtful_hour(written: &str) -> Text {
    let (hour, minute) = written.split_once('.').unwrap_or((written, ""));
    text!("is it `{hour}:0{minute}` or `{hour}:{minute}0`?", "¿es `{hour}:0{minute}` o `{hour}:{minute}0`?")
}

/// Two hours in one ("9:00 a 9:30"), midnight as 24, an hour without minutes: what was most likely meant.
fn no_single_hour(span: Span, text: &str) -> Option<Diagnostic> {
    let text = text.trim();
    let asked = |title: Text, mend: Mend| Some(Diagnostic::new(&rules::WRONG_VALUE, title).at(span, Text::default()).mend(mend));
    let write = |hour: &str| {
        let edit = Edit { span, text: format!("\"{hour}\"") };
        Mend::possible(text!("write `\"{hour}\"`", "escriba `\"{hour}\"`"), vec![edit])
    };
    if matches!(text, "24:00" | "24.00" | "24h00") {
        return asked(Text::fixed("midnight is written 00:00", "la medianoche se escribe 00:00"), write("00:00"));
    }
    if let Some(hour) = text.parse::<u32>().ok().filter(|hour| *hour < 24 && text.len() < 3) {
        let title = text!("`{hour}` has no minutes: is it {hour}:00?", "a `{hour}` le faltan los minutos: ¿son las {hour}:00?");
        return asked(title, write(&format!("{hour:02}:00")));
    }
    let parted = [" a ", " - ", "-", "–", " to ", " hasta "].into_iter().find_map(|between| {
        let (from, to) = text.split_once(between)?;
        let from = from.trim_start_matches("de ").trim();
        Some((clock(from).or_else(|| written::hour(from))?, clock(to).or_else(|| written::hour(to))?))
    });
    let (from, to) = parted.map(|(from, to)| (dates::clock(from), dates::clock(to)))?;
    asked(
        text!("there are two hours here, {from} and {to}", "aquí hay dos horas, {from} y {to}"),
        Mend::advice(text!(
            "write `start = \"{from}\"` and, on a line of its own, `end = \"{to}\"`",
            "escriba `start = \"{from}\"` y, en otro renglón, `end = \"{to}\"`"
        )),
    )
}

/// "10:05", "10.05" or "9:30"; minutes have two digits.
fn clock(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    let digits = |text: &str, lengths: &[usize]| {
        (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    NaiveTime::from_hms_opt(digits(hour, &[1, 2])?, digits(minute, &[2])?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them_and_never_guessed() {
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        assert_eq!(clock("10:05"), at(10, 5));
        assert_eq!(clock("10.05"), at(10, 5));
        assert_eq!(clock("9:30"), at(9, 30));
        for doubtful in ["10.5", "10", "24:00", "10:60", "+1:05", "10:05pm", "", "١٠:٠٥"] {
            assert_eq!(clock(doubtful), None, "{doubtful}");
        }
    }
}
