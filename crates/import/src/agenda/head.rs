//! Heads of sessions and days.

use super::clean::clean;
use super::entry::Head;
use super::window::is_window_label;
use crate::grammar::days;
use crate::grammar::{Day, Mark, Meaning, tokens, words};
use crate::source::Line;

/// The head of a session or a day, if the line is one.
pub(super) fn head(line: &Line, text: &str, marks: &[Mark]) -> Option<Head> {
    if line.is_list_item() || text.len() > 400 {
        return None;
    }
    let tokens = tokens(text);
    let first = tokens.first()?.word();
    let number =
        |at: usize| tokens.get(at).and_then(|token| token.number()).filter(|(_, digits)| *digits <= 3).map(|(value, _)| value);
    let roman = |at: usize| {
        let word = tokens.get(at).and_then(|token| token.word())?;
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
            .iter()
            .position(|own| *own == word)
            .and_then(|at| u32::try_from(at + 1).ok())
    };
    let day_word = first.is_some_and(words::is_day_word);
    let session_word = first.is_some_and(words::is_session_word);
    // "Dia 12 de novembro" is a date, "Dia 1" the first day.
    let dated = tokens
        .get(1)
        .is_some_and(|token| days(marks).any(|(mark, day)| day.month.is_some() && mark.range.contains(&token.range.start)));
    let day_word = day_word && !dated;
    let ordinal = ordinal(first).filter(|_| {
        tokens.get(1).and_then(|token| token.word()).is_some_and(|word| words::is_session_word(word) || words::is_day_word(word))
    });
    let numbered = if day_word || session_word {
        number(1).or_else(|| roman(1)).or_else(|| tokens.get(1).and_then(|token| ordinal_word(token.word()?)))
    } else {
        ordinal
    };
    let hours: Vec<&Mark> =
        marks.iter().filter(|mark| matches!(&mark.meaning, Meaning::Hours { span, .. } if !span.weak)).collect();
    // What opens with an hour is an item.
    if hours.first().is_some_and(|mark| text[..mark.range.start].chars().all(|c| !c.is_alphanumeric())) {
        return None;
    }
    let found: Vec<(&Mark, &Day)> = days(marks).collect();
    let day = found.iter().find(|(_, day)| !day.days.is_empty()).or(found.first());
    let span = hours.first().and_then(|mark| match mark.meaning {
        Meaning::Hours { span, .. } => Some((span, text[mark.range.clone()].trim().to_owned())),
        _ => None,
    });
    let outside = |text: &str| text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let mut rest = text.to_owned();
    for mark in marks.iter().rev().filter(|mark| matches!(mark.meaning, Meaning::Day(_) | Meaning::Hours { .. })) {
        rest.replace_range(mark.range.clone(), " ");
    }
    let title = clean(&rest);
    // "Session 1 – Title": the number is said already.
    let named = tokens.get(2).map_or("", |token| &text[token.range.start..]);
    let named =
        days(marks).next().map_or(named.to_owned(), |(mark, _)| match mark.range.start.checked_sub(text.len() - named.len()) {
            Some(start) => format!("{} {}", &named[..start], &text[mark.range.end..]),
            None => named.to_owned(),
        });
    let named = Some(clean(&named)).filter(|named| session_word && named.chars().any(char::is_alphabetic));
    if let Some(number) = numbered {
        let is_day = day_word || tokens.get(1).and_then(|token| token.word()).is_some_and(words::is_day_word);
        if is_day && (line.heading > 0 || outside(&rest) <= 12) {
            return Some(Head {
                day: day.map(|(_, day)| (*day).clone()),
                number: Some(number),
                ordinal: true,
                title: text.to_owned(),
                text: text.to_owned(),
                span,
                weak: false,
            });
        }
        if !is_day && hours.is_empty() && outside(&rest) <= 40 {
            let head = Head {
                day: day.map(|(_, day)| (*day).clone()),
                number: Some(number),
                ordinal: false,
                title: named.unwrap_or(title),
                text: text.to_owned(),
                span,
                weak: false,
            };
            return Some(Head { weak: head.day.as_ref().is_none_or(|day| day.days.is_empty()), ..head });
        }
    }
    let (_, day) = day?;
    let whole = !day.days.is_empty() && (day.month.is_some() || !day.weekdays.is_empty())
        || day.days.is_empty() && !day.weekdays.is_empty() && outside(&rest) == 0;
    let most = if line.heading > 0 { 8 } else { 4 };
    // "Fecha: 18 de mayo" and "(posted 14/10/2009)" tell the day, and open nothing.
    if !whole
        || outside(&rest) > most
        || is_window_label(text)
        || day.days.len() > 1
        || super::days::is_aside(text)
        || text.trim_start().starts_with('(')
    {
        return None;
    }
    if line.heading == 0 && text.trim_end().ends_with([';', '?']) {
        return None;
    }
    Some(Head {
        day: Some((*day).clone()),
        number: None,
        ordinal: false,
        title: clean(text),
        text: text.to_owned(),
        span,
        weak: false,
    })
}

fn ordinal(word: Option<&str>) -> Option<u32> {
    ordinal_word(word?)
}

fn ordinal_word(word: &str) -> Option<u32> {
    Some(match word {
        "first" | "primera" | "primer" | "primeira" | "primeiro" | "premiere" | "premier" | "uno" | "one" | "un" => 1,
        "second" | "segunda" | "segundo" | "deuxieme" | "dos" | "two" | "dois" | "deux" => 2,
        "third" | "tercera" | "tercer" | "terceira" | "terceiro" | "troisieme" | "tres" | "three" | "trois" => 3,
        "fourth" | "cuarta" | "cuarto" | "quarta" | "quarto" | "quatrieme" | "cuatro" | "four" | "quatre" => 4,
        "fifth" | "quinta" | "quinto" | "cinquieme" | "cinco" | "five" | "cinq" => 5,
        _ => return None,
    })
}
