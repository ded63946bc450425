//! Lengths: "5 min", "1h 15m", "media hora".

use super::meaning::{Bound, Meaning};
use super::reader::{Read, Reader};
use super::words;

impl Reader<'_> {
    /// A length: "5 min", "45m", "1h 15m", "90'", "2hs10min", "media hora", "1 hora y media".
    pub(super) fn minutes(&self, at: usize) -> Read {
        let (from, mut next, bound) = self.bound(at);
        if let Some(word) = self.word(next) {
            let (half, skip) = match (word, self.word(next + 1), self.word(next + 2)) {
                ("media", Some("hora"), _) | ("meia", Some("hora"), _) | ("half", Some("hour"), _) => (30, 2),
                ("half", Some("an"), Some("hour")) | ("une", Some("demi"), Some("heure")) => (30, 3),
                ("hora", Some("y"), Some("media")) => (90, 3),
                _ => return None,
            };
            return Some((next + skip, from, Meaning::Minutes { minutes: half, bound }));
        }
        if !(self.opens(next) || bound != Bound::Plain) {
            return None;
        }
        let (value, digits) = self.number(next)?;
        if digits > 3 {
            return None;
        }
        next += 1;
        // "10-15 min", "5 à 10 minutes": the longer one.
        let mut value = value;
        if let Some(joint) = self.joint(next, false)
            && let Some((longer, digits)) = self.number(joint)
            && digits <= 3
            && longer > value
            && self.unit(joint + 1) == Some(1)
        {
            (value, next) = (longer, joint + 1);
        }
        let mut decimal = None;
        if matches!(self.sign(next), Some('.' | ','))
            && self.glued(next)
            && self.joined(next + 1).is_some_and(|(_, digits)| digits == 1)
            && self.unit(next + 2) == Some(60)
        {
            decimal = self.number(next + 1).map(|(tenths, _)| tenths * 6);
            next += 2;
        }
        let unit = self.unit(next)?;
        let word = self.word(next).unwrap_or_default().to_owned();
        // "8 h" and "8h30" are hours first, and lengths where the hours say so; "1 hora" is a length.
        let hour_like = matches!(word.as_str(), "h" | "hs" | "hrs" | "hr");
        let spaced = !self.glued(next);
        next += 1;
        let mut minutes = value * unit + decimal.unwrap_or(0);
        let mut long = decimal.is_some() || !hour_like;
        if unit == 60 {
            if self.word(next).is_some_and(|word| matches!(word, "y" | "and" | "et" | "e")) && self.number(next + 1).is_some() {
                next += 1;
            }
            if self.word(next) == Some("y") && self.word(next + 1) == Some("media") {
                (minutes, next) = (minutes + 30, next + 2);
            } else if let Some((more, _)) = self.number(next)
                && more < 60
                && (self.unit(next + 1) == Some(1) && self.sign(next + 1).is_none()
                    || self.glued(next) && word != "h" && self.closes(next + 1))
            {
                // "08h30min" is an hour of the day, "2hs10min" and "1h 15m" are lengths.
                let clock = word == "h" && self.glued(next) && !spaced && self.word(next + 1) == Some("min");
                let unit_follows = self.unit(next + 1) == Some(1);
                minutes += more;
                next += if unit_follows { 2 } else { 1 };
                long |= !clock;
                if clock && value >= 6 {
                    return None;
                }
            }
        }
        if !long && bound == Bound::Plain {
            return None;
        }
        if self.is_sign(next, '.') && self.glued(next) && self.joined(next + 1).is_none() {
            next += 1;
        }
        (minutes <= 24 * 60 && self.closes(next)).then_some((next, from, Meaning::Minutes { minutes, bound }))
    }

    /// How many minutes a unit is.
    pub(super) fn unit(&self, at: usize) -> Option<u32> {
        if matches!(self.sign(at), Some('\'')) && self.glued(at) && !(self.word(at + 1).is_some() && self.glued(at + 1)) {
            return Some(1);
        }
        match self.word(at)? {
            "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" | "mn" => Some(1),
            // Metres are written apart: "100 m".
            "m" if self.glued(at) => Some(1),
            "h" | "hs" | "hrs" | "hr" | "hour" | "hours" | "hora" | "horas" | "heure" | "heures" => Some(60),
            _ => None,
        }
    }

    /// "~", "<=", "≥", "==", "max." before a length.
    pub(super) fn bound(&self, at: usize) -> (usize, usize, Bound) {
        let pair = (self.sign(at), self.sign(at + 1).filter(|_| self.glued(at + 1)));
        match pair {
            (Some('<'), Some('=')) => (at, at + 2, Bound::AtMost),
            (Some('=' | '>'), Some('>' | '=')) if pair != (Some('='), Some('=')) => (at, at + 2, Bound::AtLeast),
            (Some('='), Some('=')) => (at, at + 2, Bound::Exactly),
            (Some('≤'), _) => (at, at + 1, Bound::AtMost),
            (Some('≥'), _) => (at, at + 1, Bound::AtLeast),
            (Some('~' | '±'), _) => (at, at + 1, Bound::About),
            _ => match self.word(at) {
                Some(word) if words::about(word) && self.number(at + 1).is_some() => (at, at + 1, Bound::About),
                Some("max" | "maximo" | "maximum") if self.number(at + 1).is_some() => (at, at + 1, Bound::AtMost),
                _ => (at, at, Bound::Plain),
            },
        }
    }
}
