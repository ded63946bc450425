//! Dates: "martes 22", "18 de mayo de 2011", "5/2".

use super::meaning::{Day, Meaning};
use super::reader::{Read, Reader};
use super::tokens::Kind;
use super::words;

impl Reader<'_> {
    pub(super) fn day(&self, at: usize) -> Read {
        let mut day = Day::default();
        let mut next = at;
        // Weekdays before the date: "martes 22", "Monday-Tuesday November 6-7".
        while let Some((weekday, whole)) = self.word(next).and_then(words::weekday) {
            if self.glued(next) && next > 0 && self.tokens[next - 1].number().is_some() {
                break;
            }
            if !whole && self.word(next).and_then(words::month).is_some() {
                // "mar 2": a month, unless a month follows as well.
                let later = (next + 1..next + 6).any(|at| self.word(at).is_some_and(|word| words::month(word).is_some()));
                if !later {
                    break;
                }
            }
            day.weekdays.push(weekday);
            next += 1;
            if !whole && self.is_sign(next, '.') {
                next += 1;
            }
            if self.is_sign(next, '-') && self.word(next + 1) == Some("feira") {
                next += 2;
            }
            let joint = matches!(self.sign(next), Some('-' | '/' | ','))
                || self.word(next).is_some_and(|word| matches!(word, "y" | "and" | "e" | "et" | "a"));
            if joint && self.word(next + 1).and_then(words::weekday).is_some() {
                next += 1;
            } else {
                break;
            }
        }
        let named = next > at;
        let short = named && next == at + 1 && self.word(at).and_then(words::weekday).is_some_and(|(_, whole)| !whole);
        if named && self.is_sign(next, ',') {
            next += 1;
        }
        for word in ["el", "dia", "the", "le", "den"] {
            if named && self.word(next) == Some(word) {
                next += 1;
            }
        }
        // "Martes (2/2)": the date in a parenthesis.
        if named
            && self.is_sign(next, '(')
            && self.sign(next + 2) == Some('/')
            && let Some(after) = self.numeric(next + 1, &mut day).filter(|after| self.is_sign(*after, ')'))
        {
            return Some((after + 1, at, Meaning::Day(day)));
        }
        if let Some(mut after) =
            self.numeric(next, &mut day).or_else(|| self.spelt(next, &mut day)).or_else(|| self.day_alone(next, named, &mut day))
        {
            // A weekday behind the date: "17 de Outubro, sábado", "09 Tue".
            if !named {
                let mut behind = after;
                while matches!(self.sign(behind), Some(',' | '(' | '<' | '-')) {
                    behind += 1;
                }
                if let Some((weekday, _)) = self.word(behind).and_then(words::weekday) {
                    day.weekdays.push(weekday);
                    after = behind + 1;
                    let joint = self.word(after).is_some_and(|word| matches!(word, "y" | "and" | "e" | "et" | "a"))
                        || self.is_sign(after, '-');
                    if joint && let Some((weekday, _)) = self.word(after + 1).and_then(words::weekday) {
                        day.weekdays.push(weekday);
                        after += 2;
                    }
                    if self.is_sign(behind - 1, '(') && self.is_sign(after, ')') {
                        after += 1;
                    }
                }
            }
            return Some((after, at, Meaning::Day(day)));
        }
        // A weekday alone: whole, for "mar" and "set" are words.
        if named && !short && self.closes(next) {
            let next = if self.is_sign(next - 1, ',') { next - 1 } else { next };
            return Some((next, at, Meaning::Day(day)));
        }
        None
    }

    /// "martes 22", "09 Tue": a day without its month.
    pub(super) fn day_alone(&self, at: usize, named: bool, day: &mut Day) -> Option<usize> {
        let (value, digits) = self.number(at)?;
        if !(1..=31).contains(&value) || digits > 2 {
            return None;
        }
        let mut next = at + 1;
        if let Some(word) = self.word(next)
            && self.glued(next)
            && matches!(word, "st" | "nd" | "rd" | "th" | "o" | "er")
        {
            next += 1;
        }
        let behind = self.word(next).and_then(words::weekday).is_some() && !self.glued(next);
        let ends = !self.is_sign(next, ':') || next + 1 == self.tokens.len();
        let alone = (named || behind && self.opens(at)) && self.closes(next) && ends;
        let hour = named && (self.hour(at).is_some_and(|(_, hour)| !hour.bare) || self.unit(next).is_some());
        if alone && !hour {
            day.days.push(value);
            return Some(next);
        }
        None
    }

    /// 2025-11-06, 14/10/2009, 14.10.2009, 5/2.
    pub(super) fn numeric(&self, at: usize, day: &mut Day) -> Option<usize> {
        if !self.opens(at) {
            return None;
        }
        let (first, digits) = self.number(at)?;
        let separator = self.sign(at + 1).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
        if !self.glued(at + 1) {
            return None;
        }
        let (second, second_digits) = match self.tokens.get(at + 2)?.kind {
            Kind::Number { value, digits } if self.glued(at + 2) => (value, digits),
            Kind::Word(ref word) if self.glued(at + 2) => (words::month(word)?, 0),
            _ => return None,
        };
        if digits == 4 && self.sign(at + 3) == Some(separator) {
            let (third, _) = self.joined(at + 4)?;
            let right = (1..=12).contains(&second) && (1..=31).contains(&third) && (1900..2200).contains(&first);
            if right && (self.closes(at + 5) || self.word(at + 5).is_some()) {
                (day.year, day.month) = (i32::try_from(first).ok(), Some(second));
                day.days.push(third);
                return Some(at + 5);
            }
            return None;
        }
        if digits > 2 || second_digits > 2 {
            return None;
        }
        if self.sign(at + 3) == Some(separator)
            && self.glued(at + 3)
            && let Some((year, year_digits)) = self.joined(at + 4)
        {
            let year = match year_digits {
                4 => year,
                2 if separator == '/' || second_digits == 0 => 2000 + year,
                _ => return None,
            };
            if !(1900..2200).contains(&year) || !self.closes(at + 5) {
                return None;
            }
            day.year = i32::try_from(year).ok();
            let (month, own) = if (1..=12).contains(&second) { (second, first) } else { (first, second) };
            day.swapped = second_digits > 0 && first <= 12 && second <= 12 && first != second;
            if !(1..=12).contains(&month) || !(1..=31).contains(&own) {
                return None;
            }
            day.month = Some(month);
            day.days.push(own);
            return Some(at + 5);
        }
        // Without a year only with a slash, and never "1/2" of something.
        let month = separator == '/' && (1..=12).contains(&second) && (1..=31).contains(&first)
            || second_digits == 0 && separator == '-' && (1..=31).contains(&first);
        if month && self.closes(at + 3) {
            day.month = Some(second);
            day.days.push(first);
            day.swapped = second_digits > 0 && first <= 12;
            return Some(at + 3);
        }
        None
    }

    /// "18 de mayo de 2011", "22-24 January 2014", "June 5-6, 2024", "29 and 30 of January", "1er mai".
    pub(super) fn spelt(&self, at: usize, day: &mut Day) -> Option<usize> {
        let (mut next, days) = match self.word(at).and_then(words::month) {
            Some(month)
                if self
                    .word(at)
                    .is_some_and(|word| !matches!(word, "mar" | "may" | "out" | "set") || self.number(at + 1).is_some()) =>
            {
                day.month = Some(month);
                let next = if self.is_sign(at + 1, '.') { at + 2 } else { at + 1 };
                // "May 2022" has no day.
                let (after, days) = self.some_days(next)?;
                (after, days)
            }
            Some(_) => return None,
            None => {
                if !self.opens(at) {
                    return None;
                }
                let (mut next, mut days) = self.some_days(at)?;
                while self.word(next).is_some_and(|word| matches!(word, "de" | "of" | "du" | "d")) {
                    next += 1;
                }
                let mut month = self.word(next).and_then(words::month);
                if let Some(first) = month {
                    next += 1;
                    // "28 de octubre al 2 de noviembre": the first day is what counts, the last is kept apart.
                    let _ = first;
                } else if days.len() == 1 {
                    // "29 and 30 of January" was taken by `some_days`; this is "29 (Tuesday) January".
                    let mut ahead = next;
                    while matches!(self.sign(ahead), Some('(' | ',')) {
                        ahead += 1;
                    }
                    if let Some((weekday, _)) = self.word(ahead).and_then(words::weekday) {
                        ahead += 1;
                        while matches!(self.sign(ahead), Some(')' | ',')) || self.word(ahead) == Some("de") {
                            ahead += 1;
                        }
                        month = self.word(ahead).and_then(words::month);
                        if month.is_some() {
                            day.weekdays.push(weekday);
                            next = ahead + 1;
                        }
                    }
                }
                day.month = Some(month?);
                if self.is_sign(next, '.') && self.glued(next) {
                    next += 1;
                }
                days.dedup();
                (next, days)
            }
        };
        day.days = days;
        // The year.
        let mut ahead = next;
        while matches!(self.sign(ahead), Some(',')) || self.word(ahead).is_some_and(|word| matches!(word, "de" | "del" | "of")) {
            ahead += 1;
        }
        if let Some((year, 4)) = self.number(ahead)
            && (1900..2200).contains(&year)
            && self.closes(ahead + 1)
        {
            day.year = i32::try_from(year).ok();
            next = ahead + 1;
        } else if let Some((year, 2)) = self.number(ahead)
            && ahead == next
            && (20..60).contains(&year)
            && self.tokens.get(ahead + 1).is_none_or(|token| matches!(token.sign(), Some(',' | ')')))
        {
            // "17 FEB 27", with nothing behind it that could make an hour of it.
            day.year = i32::try_from(2000 + year).ok();
            next = ahead + 1;
        }
        Some(next)
    }

    /// "5", "5th", "5-6", "29 and 30", "3 al 5".
    pub(super) fn some_days(&self, at: usize) -> Option<(usize, Vec<u32>)> {
        let one = |at: usize| {
            let (value, digits) = self.number(at)?;
            if !(1..=31).contains(&value) || digits > 2 {
                return None;
            }
            let suffix = self.word(at + 1).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th" | "er" | "o" | "ro"))
                && self.glued(at + 1);
            let sign = matches!(self.sign(at + 1), Some('º' | '°')) && self.glued(at + 1);
            let next = at + 1 + usize::from(suffix || sign);
            // Not an hour: "June 5:30", "9h".
            (!(self.is_sign(next, ':') && self.joined(next + 1).is_some())
                && self.word(next).is_none_or(|_| !self.glued(next))
                && !matches!(self.sign(next), Some('%' | '€')))
            .then_some((next, value))
        };
        let (mut next, first) = one(at)?;
        let mut days = vec![first];
        loop {
            let (joint, range) = match self.tokens.get(next).map(|token| &token.kind) {
                Some(Kind::Sign('-')) => (next + 1, true),
                Some(Kind::Sign(',')) => (next + 1, false),
                Some(Kind::Word(word)) if matches!(word.as_str(), "al" | "a" | "to" | "au" | "ao") => (next + 1, true),
                Some(Kind::Word(word)) if matches!(word.as_str(), "y" | "and" | "e" | "et") => (next + 1, false),
                _ => break,
            };
            let Some((after, value)) = one(joint) else { break };
            let last = days.last().copied().unwrap_or(first);
            if value <= last {
                break;
            }
            if range {
                days.extend(last + 1..=value);
            } else {
                days.push(value);
            }
            next = after;
        }
        Some((next, days))
    }
}
