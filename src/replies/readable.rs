//! A calendar's octets as lines that the crate `icalendar` reads well. It loses events in silence where
//! line ends are mixed, refuses a BOM, takes quadratic time without CR, and overflows the stack on deep
//! nesting: so all that is dealt with before.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::locale::Text;

/// A calendar of one answer has a few kilobytes.
const LARGEST: usize = 1024 * 1024;
/// VCALENDAR, VEVENT and VALARM make three.
const DEEPEST: usize = 8;

/// Unfolded lines, each ended by CRLF.
pub fn readable(octets: &[u8], charset: Option<&str>) -> Result<String, Text> {
    if octets.len() > LARGEST {
        return Err(Text::fixed("its calendar is larger than 1 MiB", "su calendario pasa de 1 MiB"));
    }
    let declared = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let wide = Encoding::for_bom(octets).map(|(encoding, _)| encoding).or(declared).filter(is_wide);
    let octets = match wide {
        Some(encoding) => Cow::Owned(encoding.decode(octets).0.into_owned().into_bytes()),
        None => Cow::Borrowed(octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets)),
    };
    let unfolded = unfold(&octets);
    let text = if wide.is_some() { UTF_8.decode_without_bom_handling(&unfolded).0 } else { decode(&unfolded, declared) };
    let mut lines = String::with_capacity(text.len());
    let mut depth = 0usize;
    for line in text.split('\n').filter(|line| is_property(line)) {
        let marks = |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if marks("BEGIN:") {
            depth += 1;
        } else if marks("END:") {
            depth = depth.saturating_sub(1);
        }
        if depth > DEEPEST {
            return Err(Text::fixed("its calendar is nested too deeply", "su calendario está anidado con demasiada profundidad"));
        }
        lines.extend(line.chars().filter(|c| *c == '\t' || !c.is_control()));
        lines.push_str("\r\n");
    }
    Ok(lines)
}

/// UTF-16, in which a line end has two octets.
fn is_wide(encoding: &&'static Encoding) -> bool {
    *encoding == UTF_16LE || *encoding == UTF_16BE
}

/// Lines ended by LF alone. Folds may stand within a code point, so they go before anything is decoded.
fn unfold(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let Some(end) = rest.iter().position(|octet| matches!(octet, b'\r' | b'\n')) {
        out.extend_from_slice(&rest[..end]);
        let length = rest[end..].iter().take_while(|octet| matches!(octet, b'\r' | b'\n')).count();
        rest = &rest[end + length..];
        match rest.first() {
            Some(b' ' | b'\t') => rest = &rest[1..],
            _ => out.push(b'\n'),
        }
    }
    out.extend_from_slice(rest);
    out
}

/// UTF-8 wherever it is valid and the label does not speak of another script: many programs label their
/// UTF-8 as ASCII or Latin 1.
fn decode<'a>(octets: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    let western = declared.is_none_or(|encoding| encoding == UTF_8 || encoding == WINDOWS_1252);
    match (std::str::from_utf8(octets), declared) {
        (Ok(text), _) if western => Cow::Borrowed(text),
        (_, Some(encoding)) if !western => encoding.decode_without_bom_handling(octets).0,
        _ => WINDOWS_1252.decode_without_bom_handling(octets).0,
    }
}

/// A name, then `:` or `;`: other lines would make the whole calendar unreadable.
fn is_property(line: &str) -> bool {
    let name = line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    name > 0 && matches!(line.as_bytes().get(name), Some(b':' | b';'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_within_a_code_point_and_every_line_end() {
        let folded = b"SUMMARY:Panam\xc3\r\n \xa1\nLOCATION:a\r\tb\r\r\n c\nX:1";
        assert_eq!(readable(folded, None).unwrap(), "SUMMARY:Panamá\r\nLOCATION:abc\r\nX:1\r\n");
    }

    #[test]
    fn charsets_and_byte_order_marks() {
        assert_eq!(readable("\u{feff}CN:ñ\n".as_bytes(), None).unwrap(), "CN:ñ\r\n");
        assert_eq!(readable(b"CN:Panam\xe1\n", Some("iso-8859-1")).unwrap(), "CN:Panamá\r\n");
        assert_eq!(readable(b"CN:Panam\xe1\n", Some("utf-8")).unwrap(), "CN:Panamá\r\n", "a wrong label");
        assert_eq!(readable("CN:ñ\n".as_bytes(), Some("us-ascii")).unwrap(), "CN:ñ\r\n", "a wrong label");
        assert_eq!(readable(b"CN:\xc1\n", Some("windows-1251")).unwrap(), "CN:Б\r\n");
        let wide: Vec<u8> = "\u{feff}CN:Pan\r\n amá\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(readable(&wide, None).unwrap(), "CN:Panamá\r\n");
    }

    #[test]
    fn limits() {
        assert!(readable(&vec![b'a'; LARGEST + 1], None).is_err());
        assert!(readable("BEGIN:VCALENDAR\n".repeat(20_000).as_bytes(), None).is_err());
        assert_eq!(readable(b"no property\nX:\0a\x07b\n", None).unwrap(), "X:ab\r\n");
    }

    proptest! {
        #[test]
        fn any_octets_become_lines(octets: Vec<u8>) {
            let lines = readable(&octets, None).unwrap();
            prop_assert!(lines.is_empty() || lines.ends_with("\r\n"));
            prop_assert!(!lines.replace("\r\n", "").contains(['\r', '\n', '\0']));
        }
    }
}
