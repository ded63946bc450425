//! Hours: "10.00-10.05am", "De 9 a 10 hrs.", "9h30 à 10h".

use super::meaning::{Half, Hour, Meaning, Span};
use super::reader::{Read, Reader};
use super::words;

impl Reader<'_> {
    /// An hour. What only a number is counts where the caller lets it.
    pub(super) fn hour(&self, at: usize) -> Option<(usize, Hour)> {
        if let Some(word) = self.word(at) {
            let noon = Hour { hour: 12, minute: 0, half: Some(Half::Noon), bare: false, lettered: false, zero: false };
            return matches!(word, "mediodia" | "noon" | "midi" | "midday").then_some((at + 1, noon));
        }
        let (value, digits) = self.number(at)?;
        let mut hour = Hour {
            hour: 0,
            minute: 0,
            half: None,
            bare: true,
            lettered: false,
            zero: digits % 2 == 0 && (value < 10 || digits == 4 && value < 1000),
        };
        let mut next = at + 1;
        if digits == 4 {
            (hour.hour, hour.minute) = (u8::try_from(value / 100).ok()?, u8::try_from(value % 100).ok()?);
            let letter = self.word(next).is_some_and(|word| matches!(word, "h" | "hs" | "hrs" | "hours" | "horas"));
            if letter {
                (next, hour.bare, hour.lettered) = (next + 1, false, true);
            }
        } else if digits <= 2 {
            hour.hour = u8::try_from(value).ok()?;
            let minute = |at: usize| self.joined(at).filter(|(value, digits)| *digits == 2 && *value < 60);
            if matches!(self.sign(next), Some(':' | '.' | ',' | '\'')) && self.glued(next) && minute(next + 1).is_some() {
                hour.minute = u8::try_from(minute(next + 1)?.0).ok()?;
                (next, hour.bare) = (next + 2, false);
                // Seconds.
                if self.is_sign(next, ':')
                    && self.glued(next)
                    && self.joined(next + 1).is_some_and(|(value, digits)| digits == 2 && value < 60)
                {
                    next += 2;
                }
            } else if self.is_sign(next, ':')
                && self.joined(next + 1).is_none()
                && self.number(next + 1).is_some_and(|(value, digits)| digits == 2 && value < 60)
                && self.sign(next + 2) != Some(':')
                && digits == 2
            {
                // "10: 30", as it is typed in a hurry.
                hour.minute = u8::try_from(self.number(next + 1)?.0).ok()?;
                (next, hour.bare) = (next + 2, false);
            }
            if let Some(word) = self.word(next) {
                let letters = matches!(word, "h" | "hs" | "hrs" | "hr" | "hora" | "horas" | "hours" | "heures" | "heure" | "uhr");
                if letters
                    && (self.glued(next) || !matches!(word, "hora" | "hours" | "hour" | "heures" | "heure" | "hr") || !hour.bare)
                {
                    let had_minutes = !hour.bare;
                    (hour.bare, hour.lettered) = (false, true);
                    next += 1;
                    if word == "h" && !had_minutes {
                        if let Some((value, _)) = minute(next) {
                            hour.minute = u8::try_from(value).ok()?;
                            next += 1;
                            if self.word(next).is_some_and(|word| matches!(word, "min" | "m" | "mn")) && self.glued(next) {
                                next += 1;
                            }
                        } else if let Some((value, 2)) = self.number(next).filter(|(value, _)| *value < 60)
                            && !self.glued(next)
                            && self.closes(next + 1)
                            && !self.word(next + 1).is_some_and(|word| word.starts_with("min") || word == "h")
                        {
                            hour.minute = u8::try_from(value).ok()?;
                            next += 1;
                        }
                    }
                    if self.is_sign(next, '.')
                        && self.glued(next)
                        && matches!(word, "hs" | "hrs" | "h" | "hr")
                        && self.joined(next + 1).is_none()
                    {
                        next += 1;
                    }
                }
            }
        } else {
            return None;
        }
        if let Some((after, half)) = self.half(next) {
            (next, hour.half, hour.bare) = (after, Some(half), false);
        }
        // "10:00 a.m. hrs"
        let sane = hour.hour <= 24 && hour.minute < 60 && !(hour.hour == 24 && hour.minute > 0);
        let closes = self.closes(next)
            || !hour.bare && self.is_hour_behind_slash(next)
            || next == at + 3
                && self.is_title_stuck(next)
                && (self.is_sign(at + 1, ':') || self.is_sign(at + 1, '.') && at > 0 && self.is_sign(at - 1, '-'));
        (sane && closes).then_some((next, hour))
    }

    /// "08:00Credenciamento": what a lost tab leaves.
    pub(super) fn is_title_stuck(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.len() >= 4 && self.glued(at) && self.unit(at).is_none())
    }

    /// "10:00/11:00": a second hour stuck to the first.
    pub(super) fn is_hour_behind_slash(&self, at: usize) -> bool {
        self.is_sign(at, '/')
            && self.glued(at)
            && self.joined(at + 1).is_some_and(|(hour, _)| hour < 25)
            && self.glued(at + 2)
            && (matches!(self.sign(at + 2), Some(':' | '.'))
                && self.joined(at + 3).is_some_and(|(minute, digits)| digits == 2 && minute < 60)
                || self.word(at + 2) == Some("h"))
    }

    /// "am", "p. m.", "de la tarde", "m." (noon).
    pub(super) fn half(&self, at: usize) -> Option<(usize, Half)> {
        let dot = |at: usize| if self.is_sign(at, '.') { at + 1 } else { at };
        match self.word(at)? {
            "am" => Some((at + 1, Half::Am)),
            "pm" => Some((at + 1, Half::Pm)),
            letter @ ("a" | "p") => {
                let next = dot(at + 1);
                let m = self.word(next)? == "m" && (next > at + 1 || self.glued(at));
                let half = if letter == "a" { Half::Am } else { Half::Pm };
                m.then(|| (if self.glued(next + 1) { dot(next + 1) } else { next + 1 }, half))
            }
            "noon" | "mediodia" | "midi" | "midday" => Some((at + 1, Half::Noon)),
            "del" | "de" if self.word(at + 1) == Some("mediodia") => Some((at + 2, Half::Noon)),
            "m" if !self.glued(at) || self.is_sign(at + 1, '.') => self.closes(dot(at + 1)).then(|| (dot(at + 1), Half::Noon)),
            "md" => Some((dot(at + 1), Half::Noon)),
            "de" | "da" | "du" | "del" | "in" => {
                let after = if matches!(self.word(at + 1)?, "la" | "the") { at + 2 } else { at + 1 };
                match self.word(after)? {
                    "manana" | "manha" | "matin" | "morning" | "madrugada" => Some((after + 1, Half::Am)),
                    "tarde" | "noche" | "noite" | "soir" | "afternoon" | "evening" => Some((after + 1, Half::Pm)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// After which token the dash or the word of a range ends.
    pub(super) fn joint(&self, at: usize, between: bool) -> Option<usize> {
        let mut next = at;
        let dots = self.is_sign(next, '.');
        if dots {
            next += 1;
        }
        if self.is_sign(next, '-') {
            next += 1;
            while self.is_sign(next, '-') || self.is_sign(next, '>') {
                next += 1;
            }
        } else if matches!(self.sign(next), Some('→' | '~' | '–')) || (self.is_sign(next, '/') && self.glued(next)) {
            next += 1;
        } else {
            let word = self.word(next)?;
            if !(words::joins_hours(word) || between && matches!(word, "y" | "e" | "and" | "et")) {
                return None;
            }
            next += 1;
        }
        while self.word(next).is_some_and(|word| matches!(word, "las" | "a" | "as" | "la" | "les" | "hasta" | "hs")) {
            next += 1;
        }
        Some(next)
    }

    pub(super) fn hours(&self, at: usize) -> Read {
        let lead = self.lead(at)?;
        let number = lead.next;
        if self.number(number).is_some() && !(self.opens(number) || lead.stuck) {
            return None;
        }
        let (mut next, mut start) = self.hour(number)?;
        if lead.next == at && (self.is_numbered_thing(number, next) || self.is_called(number)) {
            return None;
        }
        let mut end = None;
        // In "10:00/11:00" the other is the same hour elsewhere, in "10:00-11:00" an end.
        if let Some(joint) = self.joint(next, lead.between)
            && let Some((after, hour)) = self.hour(joint)
            && !(self.number(joint).is_none() && start.bare)
        {
            let four = |at: usize| self.number(at).is_some_and(|(_, digits)| digits == 4);
            let hours = !start.bare || !hour.bare || four(number) && four(joint) || lead.strong;
            let years = four(number)
                && four(joint)
                && (self.number(number).map(|(n, _)| n) >= Some(1990))
                && self.number(joint).map(|(n, _)| n).is_some_and(|n| (2000..2100).contains(&n));
            let single = !hour.bare || !start.bare || !four(joint);
            if (hours || self.number(number).is_some()) && !years && single | four(number) {
                end = Some((hour, joint));
                next = after;
            }
        }
        // "14,30 – 15,30 h" and "19,30 h" are hours, "12,50" is an amount.
        let comma = |at: usize| self.is_sign(at + 1, ',');
        if comma(number)
            && !start.lettered
            && start.half.is_none()
            && end.is_none_or(|(end, at): (Hour, usize)| !(end.lettered || comma(at)))
        {
            return None;
        }
        let end = end.map(|(end, _)| end);
        // "9 a.m. - 10" has its "a.m."; "1-1:30pm" is in one half of the day.
        let Some(last) = end else {
            let written =
                !start.bare || lead.strong && start.minute == 0 && self.number(number).is_some_and(|(_, digits)| digits <= 2);
            // "Hora: 5 may 2026" is a date.
            let dated = start.bare && self.word(next).is_some_and(|word| words::month(word).is_some())
                || start.bare
                    && self.word(next) == Some("de")
                    && self.word(next + 1).is_some_and(|word| words::month(word).is_some());
            if !written || lead.between || dated {
                return None;
            }
            let minutes =
                (start.lettered && start.half.is_none() && self.word(number + 1).is_some_and(|word| word.starts_with('h')))
                    .then(|| u32::from(start.hour) * 60 + u32::from(start.minute));
            let (next, zone) = self.zone(next);
            start.bare = false;
            return Some((
                next,
                lead.from,
                Meaning::Hours { span: Span { start, end: None, about: lead.about, weak: false, zone }, minutes },
            ));
        };
        let four = self.number(number).is_some_and(|(_, digits)| digits == 4);
        let weak = start.bare && last.bare && !lead.strong && !four;
        let (next, zone) = self.zone(next);
        Some((
            next,
            lead.from,
            Meaning::Hours { span: Span { start, end: Some(last), about: lead.about, weak, zone }, minutes: None },
        ))
    }

    /// "salón 3.12", "version 4.20", "EUR 15.50", "10.50 per tonne": written as an hour is with a point, and none.
    pub(super) fn is_numbered_thing(&self, at: usize, next: usize) -> bool {
        if next != at + 3 || !matches!(self.sign(at + 1), Some('.' | ',')) {
            return false;
        }
        let before = match self.sign(at.wrapping_sub(1)) {
            // "US$ 10.50" is caught where signs are; "B/. 15.00" and "No. 10.30" are not.
            Some('.') if at >= 2 => self.word(at - 2).or_else(|| self.word(at.wrapping_sub(3))),
            _ => at.checked_sub(1).and_then(|at| self.word(at)),
        };
        before.is_some_and(words::names_numbered_thing) || self.word(next).is_some_and(words::counts_something)
    }

    /// "Tel. 2222-1045", "ext. 1030": numbers that are called.
    fn is_called(&self, at: usize) -> bool {
        let signs =
            (0..at).rev().take_while(|at| self.sign(*at).is_some_and(|sign| matches!(sign, '.' | ':' | '(' | ')' | '+'))).count();
        let before = at.checked_sub(signs + 1).and_then(|at| self.word(at));
        before.is_some_and(words::calls) && self.number(at).is_some_and(|(_, digits)| digits == 4)
    }

    /// "UTC", "(ET)", "Pacific Daylight Time" behind an hour.
    pub(super) fn zone(&self, at: usize) -> (usize, Option<i32>) {
        match self.word(at) {
            Some(word) => match words::zone(word) {
                Some(zone) => (at + 1, zone),
                None => {
                    let (offset, light) = match (word, self.word(at + 1), self.word(at + 2)) {
                        ("pacific", Some(kind @ ("daylight" | "standard")), Some("time")) => (-480, kind),
                        ("mountain", Some(kind @ ("daylight" | "standard")), Some("time")) => (-420, kind),
                        ("central", Some(kind @ ("daylight" | "standard")), Some("time")) => (-360, kind),
                        ("eastern", Some(kind @ ("daylight" | "standard")), Some("time")) => (-300, kind),
                        _ => return (at, None),
                    };
                    (at + 3, Some(if light == "daylight" { offset + 60 } else { offset }))
                }
            },
            _ => (at, None),
        }
    }

    /// What may stand before an hour and belongs to it.
    pub(super) fn lead(&self, at: usize) -> Option<Lead> {
        let mut lead = Lead { from: at, next: at, strong: false, about: false, between: false, stuck: false };
        for _ in 0..4 {
            if let Some(word) = self.word(lead.next) {
                if matches!(word, "mediodia" | "noon" | "midi" | "midday") && lead.next == at {
                    return Some(lead);
                }
                if !words::leads_hour(word) {
                    return None;
                }
                // "T10:00" and words glued to a number are something else.
                lead.between |= matches!(word, "entre" | "between");
                lead.about |= words::about(word);
                lead.strong |= matches!(word, "las" | "at" | "as" | "das" | "desde" | "from" | "les" | "hora" | "hrs");
                lead.next += 1;
                while matches!(self.sign(lead.next), Some('.' | ':')) && self.number(lead.next + 1).is_some() {
                    lead.next += 1;
                    lead.stuck = true;
                }
            } else if self.is_sign(lead.next, '~') || self.is_sign(lead.next, '±') {
                lead.about = true;
                lead.next += 1;
                lead.stuck = true;
            } else {
                break;
            }
        }
        let (number, _) = (self.number(lead.next)?, ());
        let _ = number;
        // A word stuck to the number is no lead: "as2".
        if lead.next > at && self.glued(lead.next) && self.word(lead.next - 1).is_some() {
            return None;
        }
        Some(lead)
    }
}

pub(super) struct Lead {
    from: usize,
    next: usize,
    /// The words before it say that it is an hour: "a las 9".
    strong: bool,
    about: bool,
    between: bool,
    stuck: bool,
}
