//! A calendar's octets as lines that the crate `icalendar` reads well. It loses events in silence where
//! line ends are mixed, refuses a BOM, takes quadratic time without CR, and overflows the stack on deep
//! nesting: so all that is dealt with before, and with it what programs write that is no calendar: an END that
//! is missing, `begin:vevent`, a colon or a quote in a name.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::locale::Text;

/// A calendar of one answer has a few kilobytes.
const LARGEST: usize = 1024 * 1024;
/// VCALENDAR, VEVENT and VALARM make three.
const DEEPEST: usize = 8;

/// Unfolded lines, each ended by CRLF.
pub(crate) fn readable(octets: &[u8], charset: Option<&str>) -> Result<String, Text> {
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
    let mut open: Vec<String> = Vec::new();
    for line in text.split('\n').filter(|line| is_property(line)) {
        let part = |word: &str| {
            let marked = line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            marked.then(|| line[word.len()..].trim().to_ascii_uppercase())
        };
        if let Some(name) = part("BEGIN:") {
            // A calendar holds no other: the one before was not ended.
            if name == "VCALENDAR" {
                end(&mut lines, open.drain(..));
            }
            lines.push_str(&format!("BEGIN:{name}\r\n"));
            open.push(name);
        } else if let Some(name) = part("END:") {
            let from = open.iter().rposition(|begun| *begun == name);
            end(&mut lines, from.map(|from| open.drain(from..)).into_iter().flatten());
        } else {
            lines.extend(mended(line).chars().filter(|c| *c == '\t' || !c.is_control()));
            lines.push_str("\r\n");
        }
        if open.len() > DEEPEST {
            return Err(Text::fixed("its calendar is nested too deeply", "su calendario está anidado con demasiada profundidad"));
        }
    }
    end(&mut lines, open.drain(..));
    Ok(lines)
}

/// Ends what was begun, the innermost first.
fn end(lines: &mut String, open: impl DoubleEndedIterator<Item = String>) {
    for name in open.rev() {
        lines.push_str(&format!("END:{name}\r\n"));
    }
}

/// An ATTENDEE whose parameters hold a colon or a quote where none may be, such as `CN=Ana: Example` or
/// `CN="Ana \"La\" E"`: what stands before the last `mailto:` is quoted anew.
fn mended(line: &str) -> Cow<'_, str> {
    const NAME: &str = "ATTENDEE";
    let lower = line.to_ascii_lowercase();
    let value = lower.rfind(":mailto:").or_else(|| lower.rfind(":\"mailto:"));
    let (Some(value), true) = (value, lower.starts_with("attendee;")) else { return Cow::Borrowed(line) };
    // A `;` within a name is no border: a parameter begins with its key.
    let is_border = |(at, _): &(usize, &str)| {
        let key = lower[at + 1..value].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        key > 0 && lower.as_bytes().get(at + 1 + key) == Some(&b'=')
    };
    let mut borders: Vec<usize> = lower[..value].match_indices(';').filter(is_border).map(|(at, _)| at).collect();
    borders.push(value);
    let mut whole = NAME.to_owned();
    for pair in borders.windows(2) {
        let parameter = &line[pair[0]..pair[1]];
        let (key, text) = parameter.split_once('=').unwrap_or((parameter, ""));
        let unquoted: String = text.split('"').step_by(2).collect();
        let is_sound = !text.contains('\\') && !unquoted.contains([':', ';']) && text.matches('"').count().is_multiple_of(2);
        match is_sound {
            true => whole.push_str(parameter),
            false => whole.push_str(&format!("{key}=\"{}\"", text.replace(['"', '\\'], ""))),
        }
    }
    whole.push_str(&line[value..]);
    Cow::Owned(whole)
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
        assert!(readable("BEGIN:VEVENT\n".repeat(20_000).as_bytes(), None).is_err());
        assert_eq!(readable(b"no property\nX:\0a\x07b\n", None).unwrap(), "X:ab\r\n");
    }

    #[test]
    fn what_programs_write_that_is_no_calendar() {
        let whole = |written: &str| readable(written.as_bytes(), None).unwrap();
        let lower = whole("begin:vcalendar\nbegin:vevent\nUID:a\n");
        assert_eq!(lower, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        let two = whole("BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VEVENT\n");
        assert_eq!(two, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
        for (written, mended) in [
            ("ATTENDEE;CN=Ana: E;PARTSTAT=ACCEPTED:mailto:a@x", "ATTENDEE;CN=\"Ana: E\";PARTSTAT=ACCEPTED:mailto:a@x"),
            (
                r#"ATTENDEE;CN="Ana \"La\" E";PARTSTAT=DECLINED:mailto:a@x"#,
                "ATTENDEE;CN=\"Ana La E\";PARTSTAT=DECLINED:mailto:a@x",
            ),
            ("ATTENDEE;CN=A; B;PARTSTAT=ACCEPTED:MAILTO:a@x", "ATTENDEE;CN=\"A; B\";PARTSTAT=ACCEPTED:MAILTO:a@x"),
            (
                "ATTENDEE;MEMBER=\"mailto:a@x\",\"mailto:b@x\";PARTSTAT=ACCEPTED:mailto:c@x",
                "ATTENDEE;MEMBER=\"mailto:a@x\",\"mailto:b@x\";PARTSTAT=ACCEPTED:mailto:c@x",
            ),
            ("ATTENDEE:mailto:a@x", "ATTENDEE:mailto:a@x"),
            ("COMMENT;X=a: b:mailto:", "COMMENT;X=a: b:mailto:"),
        ] {
            assert_eq!(whole(written), format!("{mended}\r\n"));
        }
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
