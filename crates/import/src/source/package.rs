//! The container of DOCX and ODT: bounded before anything is inflated.

use std::io::{self, Cursor, Read};

use convoca_core::locale::Text;
use zip::ZipArchive;

/// Entries, and octets of one part of text and of all: what a document of 200 pages has, many times over.
const MOST_ENTRIES: usize = 4_000;
const LARGEST_PART: u64 = 16 * 1024 * 1024;
const LARGEST_SUM: u64 = 48 * 1024 * 1024;
/// Elements and texts of a part, the attributes of one element, and elements within each other.
const MOST_NODES: u32 = 700_000;
const MOST_ATTRIBUTES: usize = 250;
const DEEPEST: usize = 250;

pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

fn damaged() -> Text {
    Text::fixed(
        "it is damaged or cut off: open it, save it again, and try once more",
        "está dañado o incompleto: ábralo, guárdelo de nuevo e inténtelo otra vez",
    )
}

pub(crate) fn too_large() -> Text {
    Text::fixed(
        "it unpacks to more than a document can have; it is not opened",
        "al descomprimirlo crece más de lo que puede tener un documento; no se abre",
    )
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Text> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_ENTRIES {
            return Err(too_large());
        }
        Ok(Package { archive })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Refuses what would grow too large, before somebody else's reader inflates it. Pictures are left alone there.
    pub(crate) fn check_all(&mut self) -> Result<(), Text> {
        let mut sum = 0u64;
        for at in 0..self.archive.len() {
            let mut entry = self.archive.by_index(at).map_err(|_| damaged())?;
            let name = String::from_utf8_lossy(entry.name_raw()).to_lowercase();
            if ![".xml", ".rels", ".bin"].iter().any(|ending| name.ends_with(ending)) {
                continue;
            }
            let mut entry = entry.by_ref().take(LARGEST_SUM + 1);
            // What the directory says of the size need not be true.
            if name.ends_with(STRINGS) {
                let mut strings = Vec::new();
                sum += entry.read_to_end(&mut strings).map_err(|_| damaged())? as u64;
                if announces_too_many(&strings) {
                    return Err(too_large());
                }
            } else {
                sum += io::copy(&mut entry, &mut io::sink()).map_err(|_| damaged())?;
            }
            if sum > LARGEST_SUM {
                return Err(too_large());
            }
        }
        Ok(())
    }

    /// A part as text.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, Text> {
        let mut entry = self.archive.by_name(name).map_err(|_| damaged())?;
        if entry.size() > LARGEST_PART {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // What the directory says of the size need not be true.
        let read = entry.by_ref().take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if read as u64 > LARGEST_PART {
            return Err(too_large());
        }
        Ok(super::encoding::decoded(&bytes))
    }
}

/// The part of a workbook with the texts of its cells, and how many of them it may announce: room is made for all at
/// once, before the first is read.
const STRINGS: &str = "sharedstrings.xml";
const MOST_STRINGS: usize = 1_000_000;

fn announces_too_many(strings: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let counts = strings.windows(COUNT.len()).enumerate().filter(|(_, word)| *word == COUNT);
    counts.into_iter().any(|(at, _)| {
        let behind = strings[at + COUNT.len()..].iter().skip_while(|octet| !octet.is_ascii_digit() && **octet != b'>');
        let count = behind.take_while(|octet| octet.is_ascii_digit());
        count.fold(0usize, |count, digit| count.saturating_mul(10).saturating_add(usize::from(digit - b'0'))) > MOST_STRINGS
    })
}

/// A part as a tree. Entities that expand are not read.
pub(crate) fn tree(text: &str) -> Result<roxmltree::Document<'_>, Text> {
    if !is_bounded(text) {
        return Err(too_large());
    }
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached => too_large(),
        _ => damaged(),
    })
}

/// Whether no element has too many attributes or stands too deep: each attribute is held against those before it, and
/// each element knows the names of all around it.
fn is_bounded(text: &str) -> bool {
    let (mut depth, mut all) = (0usize, 0usize);
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        for (opens, closes) in [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")] {
            if rest.starts_with(opens) {
                rest = rest.find(closes).map_or("", |end| &rest[end..]);
            }
        }
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        let (length, attributes) = tag(rest);
        all += attributes;
        if attributes > MOST_ATTRIBUTES || all > MOST_NODES as usize {
            return false;
        }
        let opens = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'));
        if opens && !rest[..length].ends_with('/') {
            depth += 1;
            if depth > DEEPEST {
                return false;
            }
        }
        rest = &rest[length..];
    }
    true
}

/// How long a tag is up to its `>`, and how many attributes it has.
fn tag(text: &str) -> (usize, usize) {
    let (mut quote, mut attributes) = (None, 0);
    for (at, octet) in text.bytes().enumerate() {
        match (quote, octet) {
            (None, b'>') => return (at, attributes),
            (None, b'"' | b'\'') => {
                quote = Some(octet);
                attributes += 1;
            }
            (Some(open), octet) if open == octet => quote = None,
            _ => {}
        }
    }
    (text.len(), attributes)
}

#[cfg(test)]
mod tests {
    use super::announces_too_many;

    #[test]
    fn room_is_made_for_as_many_texts_as_there_can_be() {
        let strings = |count: &str| format!("<?xml version='1.0'?>\n<sst xmlns='m' count='9' uniqueCount={count}><si/></sst>");
        for few in ["'0'", "''", "\"1000000\"", "'x'"] {
            assert!(!announces_too_many(strings(few).as_bytes()), "{few}");
        }
        for many in ["'1000001'", "\"4000000000\"", " = '99999999999999999999999'", "'+4000000000'"] {
            assert!(announces_too_many(strings(many).as_bytes()), "{many}");
        }
        assert!(announces_too_many(b"<!-- uniqueCount='1' --><sst uniqueCount='4000000000'>"));
    }
}
