//! Letters that a scanner read for figures: "1O:30", "l0:00".

use std::borrow::Cow;

/// The figure that a letter stands for.
const fn figure(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte),
        b'O' | b'o' => Some(b'0'),
        b'l' | b'I' => Some(b'1'),
        _ => None,
    }
}

/// A text of the same length in which an hour is written with figures alone.
pub fn mended(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out: Option<Vec<u8>> = None;
    for colon in colons(bytes) {
        let before = bytes[..colon].iter().rev().take(3).take_while(|byte| figure(**byte).is_some()).count();
        let behind = bytes[colon + 1..].iter().take(3).take_while(|byte| figure(**byte).is_some()).count();
        let (start, end) = (colon - before, colon + 1 + behind);
        let edge = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
        let alone = edge(start.checked_sub(1).map(|at| &bytes[at])) && edge(bytes.get(end));
        let count = |is: fn(&u8) -> bool| bytes[start..end].iter().filter(|byte| is(byte)).count();
        if (1..=2).contains(&before)
            && behind == 2
            && alone
            && count(u8::is_ascii_digit) > 1
            && count(u8::is_ascii_alphabetic) > 0
        {
            let own = out.get_or_insert_with(|| bytes.to_vec());
            own[start..end].iter_mut().for_each(|byte| *byte = figure(*byte).unwrap_or(*byte));
        }
    }
    match out.map(String::from_utf8) {
        Some(Ok(text)) => Cow::Owned(text),
        _ => Cow::Borrowed(text),
    }
}

fn colons(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn letters_within_hours_become_figures_and_words_stay() {
        for (written, meant) in [
            ("1O:30 Pausa", "10:30 Pausa"),
            ("l0:00-1l:3O", "10:00-11:30"),
            ("ll:3O", "ll:3O"),
            ("O9:l5 a. m.", "09:15 a. m."),
            ("Oi:la, lo:II", "Oi:la, lo:II"),
            ("sala 1:lo que", "sala 1:lo que"),
            ("Sol10:30, 10:30", "Sol10:30, 10:30"),
        ] {
            assert_eq!(mended(written), meant, "{written}");
        }
    }
}
