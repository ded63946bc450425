//! Tokens side by side, looked at from one of them on.

use super::meaning::Meaning;
use super::tokens::{Kind, Token};
use super::words;

pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token],
}

/// The token after what was read, the token it begins with, and what it means.
pub(super) type Read = Option<(usize, usize, Meaning)>;

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at)?.word()
    }

    pub(super) fn sign(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?.sign()
    }

    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.sign(at) == Some(sign)
    }

    pub(super) fn number(&self, at: usize) -> Option<(u32, u8)> {
        self.tokens.get(at)?.number()
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// Whether a number here stands by itself: not `RFC2817`, `draft-03`, `HTTP/1.1`, `€ 12`, `#5`.
    pub(super) fn opens(&self, at: usize) -> bool {
        if at == 0 || !self.glued(at) {
            return at == 0 || !matches!(self.sign(at - 1), Some('€' | '$' | '#' | '£'));
        }
        match &self.tokens[at - 1].kind {
            Kind::Word(word) => word == "t" && at == 1,
            Kind::Number { .. } => false,
            Kind::Sign(sign) => match sign {
                '(' | '[' | '{' | '*' | '~' | '|' | '<' | '>' | '=' | '"' | '\'' | '«' | '“' | '¡' | '•' | ';' | '≤' | '≥'
                | '_' => true,
                // "Charla-10:00" is an hour; "draft-03" and "1:2:3" are not.
                '-' | ':' | ',' | '.' => {
                    !self.glued(at - 1)
                        || at == 1
                        || self.sign(at - 2).is_some_and(|sign| matches!(sign, ')' | ']' | '*' | '-' | '.'))
                }
                _ => false,
            },
        }
    }

    /// Whether nothing is stuck to what ends before this token: `2616bis`, `5%`, `10.05.2022`, `12 €`.
    pub(super) fn closes(&self, at: usize) -> bool {
        match self.tokens.get(at).map(|token| &token.kind) {
            None => true,
            Some(Kind::Sign('€' | '%' | '$' | '°' | '£')) => false,
            Some(Kind::Sign(':' | '.' | '/' | ',')) if self.glued(at) => !(self.number(at + 1).is_some() && self.glued(at + 1)),
            Some(Kind::Word(_) | Kind::Number { .. }) => !self.glued(at),
            Some(Kind::Sign(_)) => true,
        }
    }

    /// Whether anything can begin here.
    pub(super) fn may_open(&self, at: usize) -> bool {
        match &self.tokens[at].kind {
            Kind::Number { .. } => true,
            Kind::Sign(sign) => matches!(sign, '<' | '>' | '=' | '~' | '±' | '≤' | '≥'),
            Kind::Word(word) => (2..=14).contains(&word.len()) || matches!(word.as_str(), "a" | "c"),
        }
    }

    /// A number glued to what is before it.
    pub(super) fn joined(&self, at: usize) -> Option<(u32, u8)> {
        self.number(at).filter(|_| self.glued(at))
    }

    pub(super) fn tbc(&self, at: usize) -> Read {
        let word = self.word(at)?;
        if words::is_tbc(word) {
            return Some((at + 1, at, Meaning::Tbc));
        }
        words::TBC_PHRASES.iter().find_map(|phrase| {
            let all = phrase.iter().enumerate().all(|(index, part)| self.word(at + index) == Some(part));
            all.then(|| (at + phrase.len(), at, Meaning::Tbc))
        })
    }
}
