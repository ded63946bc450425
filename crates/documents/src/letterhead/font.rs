//! Font files that others made: looked through before any program opens them. What a font says of itself is not to
//! be believed (112 octets named four thousand million fonts), and one that holds pictures brings drawings with it.

use crate::locale::Text;
use crate::text;

/// Fonts of a collection: a family has some twenty.
const MOST_FONTS: usize = 64;
const MOST_TABLES: usize = 64;
/// Tables that hold pictures in place of outlines: drawings, bitmaps, layers of colour.
const PICTURES: [&[u8; 4]; 5] = [b"SVG ", b"CBDT", b"sbix", b"COLR", b"EBDT"];

/// Why a file cannot be used as a font (OpenType, ISO/IEC 14496-22 §4), if it cannot.
pub(crate) fn fault(bytes: &[u8]) -> Option<Text> {
    match fonts(bytes) {
        None => Some(damaged()),
        Some(starts) if starts.len() > MOST_FONTS => {
            Some(text!("it names more than {MOST_FONTS} fonts", "nombra más de {MOST_FONTS} letras"))
        }
        Some(starts) => starts.into_iter().find_map(|start| font(bytes, start)),
    }
}

fn damaged() -> Text {
    Text::fixed("it is no font, or a damaged one", "no es un archivo de letra, o está dañado")
}

/// Where the fonts of a file begin; of a collection that says it has more than it has room for, none.
fn fonts(bytes: &[u8]) -> Option<Vec<usize>> {
    if bytes.get(..4)? != b"ttcf" {
        return Some(vec![0]);
    }
    let count = number(bytes, 8)?;
    // One more than are taken is enough to know.
    let named = bytes.len().saturating_sub(12) / 4;
    (count >= 1 && count <= named).then_some(())?;
    (0..count.min(MOST_FONTS + 1)).map(|index| number(bytes, 12 + 4 * index)).collect()
}

fn font(bytes: &[u8], start: usize) -> Option<Text> {
    let Some(tables) = tables(bytes, start) else { return Some(damaged()) };
    PICTURES.iter().any(|name| tables.contains(name)).then(|| {
        Text::fixed(
            "it is a font of pictures, which documents cannot be set in",
            "es una letra de imágenes, con que no se puede componer un documento",
        )
    })
}

/// The names of the tables of a font, each of which lies within the file.
fn tables(bytes: &[u8], start: usize) -> Option<Vec<&[u8; 4]>> {
    let kind: &[u8] = bytes.get(start..start.checked_add(4)?)?;
    let is_known = [&b"\x00\x01\x00\x00"[..], b"OTTO", b"true"].contains(&kind);
    let count = usize::from(u16::from_be_bytes(bytes.get(start + 4..start + 6)?.try_into().ok()?));
    if !is_known || count == 0 || count > MOST_TABLES {
        return None;
    }
    let table = |index: usize| {
        let record = start + 12 + 16 * index;
        let (offset, length) = (number(bytes, record + 8)?, number(bytes, record + 12)?);
        (offset.checked_add(length)? <= bytes.len()).then_some(())?;
        bytes.get(record..record + 4)?.try_into().ok()
    };
    (0..count).map(table).collect()
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let octets: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(octets)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[u8] = include_bytes!("../../fonts/Carlito-Regular.ttf");

    /// A file with one table.
    fn with_table(name: &[u8; 4], length: u32) -> Vec<u8> {
        let mut file = b"\x00\x01\x00\x00\x00\x01\0\0\0\0\0\0".to_vec();
        file.extend(name);
        file.extend([0; 4]);
        file.extend(28_u32.to_be_bytes());
        file.extend(length.to_be_bytes());
        file.extend([0; 8]);
        file
    }

    #[test]
    fn a_font_is_looked_through_before_it_is_opened() {
        assert_eq!(fault(WHOLE), None);
        assert_eq!(fault(&with_table(b"glyf", 8)), None);
        for (file, why) in [
            (b"ttcf\0\x01\0\0\xff\xff\xff\xff".repeat(9), "damaged"),
            ([&b"ttcf\0\x01\0\0\0\0\x01\0"[..], &[0; 2000]].concat(), "more than 64"),
            (WHOLE[..200].to_vec(), "damaged"),
            (WHOLE[..WHOLE.len() / 2].to_vec(), "damaged"),
            (with_table(b"glyf", 9), "damaged"),
            (with_table(b"SVG ", 8), "pictures"),
            (with_table(b"CBDT", 8), "pictures"),
            (b"GIF89a".to_vec(), "damaged"),
            (Vec::new(), "damaged"),
        ] {
            let why_not = fault(&file).map(|why| why.en.into_owned()).unwrap_or_default();
            assert!(why_not.contains(why), "{:?}: {why_not}", &file[..file.len().min(16)]);
        }
    }
}
