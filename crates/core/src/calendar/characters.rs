//! What may stand in the values of a calendar: the one list of characters that are cleaned or refused.

use std::borrow::Cow;

/// What a reader gets back of a TEXT value: line ends are `\n`, a tab is a space, other control
/// characters are gone.
///
/// ```
/// assert_eq!(convoca_core::calendar::clean("a\r\nb\rc\td\0"), "a\nb\nc d");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && replaced(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match replaced(c) {
            Some(_) if c == '\r' && chars.peek() == Some(&'\n') => {}
            Some(other) => out.push_str(other),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What stands for a character that may not be in a line. U+2028 and U+2029 are line ends to several readers.
pub(super) fn replaced(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some("\n"),
        '\t' => Some(" "),
        c if c.is_control() => Some(""),
        _ => None,
    }
}

/// Octets that may begin a character needing care: C0 and DEL, the escaped ones, and the lead octets of
/// C1 (C2) and of U+2028 (E2).
pub(super) static CARE: [bool; 256] = {
    let mut care = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        care[byte] = true;
        byte += 1;
    }
    care[0x7f] = true;
    care[b'\\' as usize] = true;
    care[b';' as usize] = true;
    care[b',' as usize] = true;
    care[0xc2] = true;
    care[0xe2] = true;
    care
};

/// Octets as an address writes them (RFC 3986 §2.1): all but letters, digits and `-._~`.
///
/// ```
/// assert_eq!(convoca_core::calendar::percent_encoded("<p>ñ"), "%3Cp%3E%C3%B1");
/// ```
pub fn percent_encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.push(char::from(byte)),
            _ => {
                let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
                out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    out
}

/// A parameter value (RFC 5545 §3.2) holds no line end and no `"`: RFC 6868's `^'` is shown raw by many
/// readers, so a typographic quote stands for it. A `^` that RFC 6868 would decode gives way likewise,
/// and so does `\`, which means itself here, but which some readers (Python's `icalendar`) take for an escape.
pub(super) fn clean_parameter(value: &str) -> Cow<'_, str> {
    if !value.chars().any(|c| matches!(c, '"' | '^' | '\\') || replaced(c).is_some()) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('"', _) => {
                let opens = out.chars().next_back().is_none_or(|before| before.is_whitespace() || "([¿¡".contains(before));
                out.push(if opens { '“' } else { '”' });
            }
            ('^', Some('n' | '\'' | '"' | '^')) => out.push('ˆ'),
            ('\\', _) => out.push('/'),
            ('\r', Some('\n')) => {}
            (c, _) => match replaced(c) {
                Some("\n") => out.push(' '),
                Some(other) => out.push_str(other),
                None => out.push(c),
            },
        }
    }
    Cow::Owned(out)
}

pub(super) fn plain_text(plain: &str) -> bool {
    !plain.is_empty() && !plain.chars().any(|c| c.is_control() || c.is_whitespace())
}
