//! A text as words, numbers and signs, each with its place.

use std::ops::Range;

/// One piece of a text: a word, a number, or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Whether nothing stands between it and the token before it.
    pub glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, folded: lower case and without accents.
    Word(String),
    /// Up to nine digits; longer ones are no hour, date or length of anything.
    Number { value: u32, digits: u8 },
    /// Any other character, dashes as `-`.
    Sign(char),
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn sign(&self) -> Option<char> {
        match self.kind {
            Kind::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// The number and how many digits it is written with.
    pub fn number(&self) -> Option<(u32, u8)> {
        match self.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }
}

/// One character without accent, in lower case; dashes are one dash.
pub fn fold(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'Á' | 'À' | 'Â' | 'Ã' | 'Ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ç' | 'Ç' => 'c',
        'ñ' | 'Ñ' => 'n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => '-',
        '’' | '‘' | '′' | '´' => '\'',
        '：' | '\u{2236}' => ':',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A whole text folded, for comparing: letters and digits as words, one space between.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(fold) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

/// The tokens of a text, in order, in time that grows with its length alone.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut glued = false;
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if is_blank(c) {
            glued = false;
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_ascii_digit() {
            let (mut value, mut digits) = (u32::from(c as u8 - b'0'), 1u8);
            while let Some((at, digit)) = rest.next_if(|(_, c)| c.is_ascii_digit()) {
                end = at + 1;
                digits = digits.saturating_add(1);
                value = value.saturating_mul(10).saturating_add(u32::from(digit as u8 - b'0'));
            }
            Kind::Number { value, digits }
        } else if c.is_alphabetic() {
            let mut word = String::from(fold(c));
            while let Some((at, letter)) = rest.next_if(|(_, c)| c.is_alphabetic() || *c == '\u{301}') {
                end = at + letter.len_utf8();
                if letter != '\u{301}' {
                    word.push(fold(letter));
                }
            }
            Kind::Word(word)
        } else {
            Kind::Sign(fold(c))
        };
        found.push(Token { kind, range: start..end, glued });
        glued = true;
    }
    found
}
