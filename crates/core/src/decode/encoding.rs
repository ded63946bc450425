//! The bytes of a file as text: UTF-8, or what the editors of a clerk save instead.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::rules;
use crate::diagnostics::{Diagnostic, Edit, FileId, Mend, Span};
use crate::locale::Text;
use crate::text;

/// A text, and what the file is in where that is not UTF-8, in the words of editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Option<&'static str>,
}

/// Reads the bytes of a text: UTF-8; UTF-16, which Notepad calls "Unicode"; or Windows-1252, which it calls
/// "ANSI", with Latin-1 within it.
///
/// # Errors
/// Bytes that are none of these, or UTF-8 that was damaged.
///
/// ```
/// use convoca_core::decode::encoding::read;
/// let read = read(b"Sesi\xf3n \x93uno\x94".to_vec()).unwrap();
/// assert_eq!((read.text.as_str(), read.encoding), ("Sesión “uno”", Some("Windows-1252")));
/// ```
pub fn read(bytes: Vec<u8>) -> Result<Decoded, Text> {
    if let Some(encoding) = utf_16(&bytes) {
        let name = if encoding == UTF_16LE { "UTF-16" } else { "UTF-16 BE" };
        let (text, _, damaged) = encoding.decode(&bytes);
        return match damaged {
            true => Err(Text::fixed(
                "its UTF-16 is damaged; save it as \"UTF-8\" in the editor",
                "su UTF-16 está dañado; guárdelo como «UTF-8» en el editor",
            )),
            false => Ok(Decoded { text: text.into_owned(), encoding: Some(name) }),
        };
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, encoding: None }),
        Err(error) => error,
    };
    let (text, _, _) = WINDOWS_1252.decode(error.as_bytes());
    if is_plain(&text) {
        return Ok(Decoded { text: text.into_owned(), encoding: Some("Windows-1252") });
    }
    let good = error.utf8_error().valid_up_to();
    let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
    Err(text!(
        "it is not UTF-8 (line {line}); save it as \"UTF-8\" in the editor",
        "no está en UTF-8 (renglón {line}); guárdelo como «UTF-8» en el editor"
    ))
}

/// UTF-16 by its mark, or by the zeros that every letter of these languages has in it.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = bytes.len() / 2;
    let zeros = |at: usize| bytes.chunks_exact(2).filter(|pair| pair[at] == 0).count();
    let most = |zeros: usize| pairs >= 4 && bytes.len().is_multiple_of(2) && zeros * 10 > pairs * 8;
    match (most(zeros(0)), most(zeros(1))) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether it is what somebody typed: no control characters, and no UTF-8 seen through the wrong glasses ("Ã³").
fn is_plain(text: &str) -> bool {
    let typed = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let is_utf_8 = text.chars().zip(text.chars().skip(1)).any(|(one, next)| matches!(one, 'Ã' | 'Â') && !next.is_ascii());
    text.chars().all(typed) && !is_utf_8 && !text.contains("â€")
}

/// That a file is in something else than UTF-8. `check --fix` saves whatever it mends as UTF-8, so there is
/// nothing to change in the text itself.
pub fn other_encoding(file: FileId, path: &str, encoding: &str) -> Diagnostic {
    let span = Span::new(file, 0..0);
    Diagnostic::new(
        &rules::OTHER_ENCODING,
        text!("`{path}` is saved as {encoding}, and read as such", "`{path}` está guardado como {encoding}, y así se lee"),
    )
    .at(span, Text::default())
    .mend(Mend::certain(Text::fixed("save it as UTF-8", "guárdelo como UTF-8"), vec![Edit { span, text: String::new() }]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_save_is_read() {
        let text = "id = \"una\"\ntitle = \"Sesión – «Panamá»\"\n";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (cp1252, _, _) = WINDOWS_1252.encode(text);
        let with_mark = [&[0xFF, 0xFE][..], &utf_16].concat();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), None),
            (cp1252.into_owned(), Some("Windows-1252")),
            (utf_16, Some("UTF-16")),
            (with_mark, Some("UTF-16")),
            (big, Some("UTF-16 BE")),
        ] {
            assert_eq!(read(bytes), Ok(Decoded { text: text.to_owned(), encoding }), "{encoding:?}");
        }
    }

    #[test]
    fn damaged_bytes_are_no_text() {
        // A broken character among whole ones of UTF-8, a picture, half a pair of UTF-16.
        for bytes in [&b"Panam\xc3\xa1 y Sesi\xc3"[..], b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfea\x00\x00\xd8"] {
            assert!(read(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
