//! What a finished file says, as one can search it: Word files unzipped, the streams of a PDF inflated and its
//! glyphs turned back into letters, marks and entities of pages undone, lines of calendars unfolded.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;

/// Octets that are looked at of one part: far above what any of our files has.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The texts in a file.
#[derive(Debug, Default)]
pub struct Unpacked {
    /// What people read in it.
    pub read: Vec<String>,
    /// All that stands in it, what only programs read too: attributes, targets of links, properties.
    pub raw: Vec<String>,
}

/// Unpacks a file by the ending of its name.
pub fn unpacked(extension: &str, bytes: &[u8]) -> Unpacked {
    let mut found = Unpacked::default();
    match extension {
        "docx" => word(bytes, &mut found),
        "pdf" => pdf(bytes, &mut found),
        "html" => markup(&text(bytes), &mut found),
        // Long lines are folded (RFC 5545 §3.1), and marks escaped.
        "ics" => found.read.push(text(bytes).replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";").replace("\\n", "\n")),
        "md" => found.read.push(entities(&text(bytes)).replace('\\', "")),
        "json" => found.read.push(text(bytes).replace("\\n", "\n").replace('\\', "")),
        _ => found.read.push(text(bytes)),
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn markup(markup: &str, found: &mut Unpacked) {
    let mut words = String::new();
    let mut is_within = false;
    for c in markup.chars() {
        match c {
            '<' => is_within = true,
            '>' if is_within => {
                is_within = false;
                // Cells stand side by side with nothing else between them.
                words.push(' ');
            }
            _ if is_within => {}
            c => words.push(c),
        }
    }
    found.read.push(entities(&words));
    found.raw.push(entities(markup));
}

/// "&amp;" and "&#64;" as the characters that they stand for.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.find(';').filter(|end| *end < 10).map(|end| &rest[1..end]);
        let number = |name: &str| {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)
        };
        let character = name.and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => number(name),
        });
        match (character, name) {
            (Some(character), Some(name)) => {
                out.push(character);
                rest = &rest[name.len() + 2..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn word(bytes: &[u8], found: &mut Unpacked) {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return found.raw.push(text(bytes)) };
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { continue };
        let name = part.name().unwrap_or_default().into_owned();
        let mut bytes = Vec::new();
        // What is cut off was looked at as far as it goes.
        let _ = part.take(LARGEST).read_to_end(&mut bytes);
        if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".svg") {
            markup(&text(&bytes), found);
        } else {
            found.raw.push(text(&bytes));
        }
    }
}

fn pdf(bytes: &[u8], found: &mut Unpacked) {
    let streams: Vec<Vec<u8>> = streams(bytes).collect();
    let maps: Vec<HashMap<u16, String>> =
        streams.iter().filter(|stream| has(stream, b"beginbf")).map(|map| letters(map)).collect();
    let shown: Vec<u16> = streams.iter().filter(|stream| has(stream, b"BT")).flat_map(|page| glyphs(page)).collect();
    // Which text is in which font is not asked: with the wrong one it reads as nothing.
    for map in maps {
        found.read.push(shown.iter().filter_map(|glyph| map.get(glyph).map(String::as_str)).collect());
    }
    found.raw.push(text(bytes));
    found.raw.extend(streams.iter().map(|stream| text(stream)));
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The streams that can be inflated.
fn streams(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let start = find(rest, b"stream")? + b"stream".len();
            rest = &rest[start..];
            let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"));
            let Some(body) = body else { continue };
            let mut inflated = Vec::new();
            // Where it breaks off it is not one of ours, and was looked at as far as it goes.
            let _ = ZlibDecoder::new(body).take(LARGEST).read_to_end(&mut inflated);
            if !inflated.is_empty() {
                return Some(inflated);
            }
        }
    })
}

/// What the glyphs of a font stand for, by its ToUnicode map (ISO 32000-1 §9.10.3).
fn letters(map: &[u8]) -> HashMap<u16, String> {
    let mut letters = HashMap::new();
    let text = text(map);
    let hex = |word: &str| -> Vec<u16> {
        let digits: String = word.chars().filter(char::is_ascii_hexdigit).collect();
        let units = digits.as_bytes().chunks(4).filter_map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok());
        units.collect()
    };
    let words = |block: &str| -> Vec<Vec<u16>> {
        block.split('<').skip(1).filter_map(|word| word.split_once('>')).map(|(word, _)| hex(word)).collect()
    };
    let blocks = |kind: &'static str| text.split(kind).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    for block in blocks("bfchar") {
        for pair in words(&block).chunks(2) {
            if let [glyph, letter] = pair
                && let [glyph] = glyph[..]
            {
                letters.insert(glyph, String::from_utf16_lossy(letter));
            }
        }
    }
    for block in blocks("bfrange") {
        for three in words(&block).chunks(3) {
            let [first, last, letter] = three else { continue };
            let ([first], [last]) = (&first[..], &last[..]) else { continue };
            for (glyph, step) in (*first..=*last).zip(0..) {
                let mut letter = letter.clone();
                if let Some(unit) = letter.last_mut() {
                    *unit = unit.saturating_add(step);
                }
                letters.insert(glyph, String::from_utf16_lossy(&letter));
            }
        }
    }
    letters
}

/// The glyphs that a page shows, two octets each, in the order in which it sets them.
fn glyphs(page: &[u8]) -> Vec<u16> {
    let mut octets = Vec::new();
    let mut at = 0;
    while let Some(byte) = page.get(at) {
        at += 1;
        match byte {
            b'(' => at = literal(page, at, &mut octets),
            b'<' if page.get(at) != Some(&b'<') => {
                let end = page[at..].iter().position(|byte| *byte == b'>').map_or(page.len(), |end| at + end);
                let digits: String = text(&page[at..end]).chars().filter(char::is_ascii_hexdigit).collect();
                let pairs = digits.as_bytes().chunks(2);
                octets.extend(pairs.filter_map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()));
                at = end;
            }
            _ => {}
        }
    }
    octets.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect()
}

/// A string in parentheses, from behind the first; gives where it ends.
fn literal(page: &[u8], mut at: usize, octets: &mut Vec<u8>) -> usize {
    let mut depth = 1;
    while let Some(byte) = page.get(at) {
        at += 1;
        match byte {
            b'\\' => {
                let digits = page[at..].iter().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
                let escaped = page.get(at).copied().unwrap_or_default();
                if digits > 0 {
                    let code = page[at..at + digits].iter().fold(0u32, |code, digit| code * 8 + u32::from(digit - b'0'));
                    octets.push(code.to_le_bytes()[0]);
                    at += digits;
                } else {
                    at += 1;
                    match escaped {
                        b'n' => octets.push(b'\n'),
                        b'r' => octets.push(b'\r'),
                        b't' => octets.push(b'\t'),
                        b'b' => octets.push(8),
                        b'f' => octets.push(12),
                        b'\n' => {}
                        other => octets.push(other),
                    }
                }
            }
            b'(' => {
                depth += 1;
                octets.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
                octets.push(b')');
            }
            other => octets.push(*other),
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_through_marks_and_entities() {
        let page = unpacked("html", b"<p title='x&amp;y'>ana<b>@</b>example&#46;org &amp; &co;</p>");
        assert_eq!(page.read, [" ana @ example.org & &co; "]);
        assert_eq!(page.raw, ["<p title='x&y'>ana<b>@</b>example.org & &co;</p>"]);
        assert_eq!(unpacked("ics", b"LOCATION:a\\,b\r\n c\r\n").read, ["LOCATION:a,bc\r\n"]);
    }

    #[test]
    fn glyphs_become_letters() {
        let map = b"2 beginbfchar\n<0001> <0061>\n<0003> <00660069>\nendbfchar\n1 beginbfrange\n<0004> <0006> <0078>\nendbfrange";
        let map = letters(map);
        let shown = glyphs(b"BT [(\\000\\001\\000\\003) -20 <0004>] TJ (\\000\\006) Tj ET");
        assert_eq!(shown.iter().map(|glyph| map[glyph].as_str()).collect::<String>(), "afixz");
    }
}
