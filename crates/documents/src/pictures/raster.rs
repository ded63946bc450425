//! Pictures of pixels (PNG, JPEG) that others made: small enough to be opened, and whole.

use std::io::Cursor;

use crate::locale::Text;
use crate::text;

/// Pixels of the longer side of a logo: enough for print, and any more only makes every document heavy.
const MOST_PIXELS: usize = 4096;
/// Octets of a logo: it stands in every document.
const LARGEST: usize = 4 * 1024 * 1024;
/// Octets of what a PNG holds beside its pixels and compressed (a profile, a text): each may be a thousand times as many.
const LARGEST_ASIDE: usize = 64 * 1024;
/// Passes over the pixels of a JPEG: each takes as long as the whole, and may be of a few octets.
const MOST_SCANS: usize = 64;

/// Why a PNG of this size cannot be used, if it cannot.
pub(crate) fn png_fault(bytes: &[u8], width: f64, height: f64) -> Option<Text> {
    too_large(bytes, width, height)
        .or_else(|| has_large_asides(bytes).then(too_heavy))
        .or_else(|| whole_png(bytes).err().map(|_| cut_off()))
}

/// The same of a JPEG.
pub(crate) fn jpeg_fault(bytes: &[u8], width: f64, height: f64) -> Option<Text> {
    let scans = || bytes.windows(2).filter(|marker| marker == b"\xff\xda").count();
    let is_whole = || {
        let options = zune_jpeg::zune_core::options::DecoderOptions::default().set_strict_mode(true);
        let bytes = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes);
        zune_jpeg::JpegDecoder::new_with_options(bytes, options).decode().is_ok()
    };
    too_large(bytes, width, height).or_else(|| (scans() > MOST_SCANS).then(too_heavy)).or_else(|| (!is_whole()).then(cut_off))
}

fn too_large(bytes: &[u8], width: f64, height: f64) -> Option<Text> {
    if width.max(height) > MOST_PIXELS as f64 {
        return Some(text!("it is larger than {MOST_PIXELS} pixels", "pasa de {MOST_PIXELS} píxeles"));
    }
    let mebibytes = LARGEST / 1024 / 1024;
    (bytes.len() > LARGEST).then(|| text!("it is larger than {mebibytes} MiB", "pasa de {mebibytes} MiB"))
}

fn too_heavy() -> Text {
    Text::fixed("it holds far more than a picture", "trae mucho más que una imagen")
}

fn cut_off() -> Text {
    Text::fixed("it is cut off or damaged", "está incompleta o dañada")
}

/// Looks at the chunks of a PNG one by one (ISO/IEC 15948 §5.3).
fn has_large_asides(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, behind)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        if [b"iCCP", b"zTXt", b"iTXt"].iter().any(|name| head[4..] == name[..]) && length > LARGEST_ASIDE {
            return true;
        }
        rest = behind.get(length.saturating_add(4)..).unwrap_or_default();
    }
    false
}

/// Row by row, so that no more than a row is held.
fn whole_png(bytes: &[u8]) -> Result<(), png::DecodingError> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info()?;
    while reader.next_row()?.is_some() {}
    reader.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(chunk: &[u8; 4], length: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, 2, 2);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_chunk(png::chunk::ChunkType(*chunk), &vec![0; length]).unwrap();
        out
    }

    #[test]
    fn what_stands_beside_the_pixels_is_bounded() {
        assert!(has_large_asides(&png(b"iCCP", 100_000)) && has_large_asides(&png(b"zTXt", 100_000)));
        assert!(!has_large_asides(&png(b"iCCP", 3_000)) && !has_large_asides(&png(b"IDAT", 100_000)));
        assert!(!has_large_asides(b"") && !has_large_asides(&[0xff; 40]));
        assert_eq!(jpeg_fault(&b"\xff\xda".repeat(100), 4.0, 4.0), Some(too_heavy()));
        assert_eq!(png_fault(&vec![0; LARGEST + 1], 4.0, 4.0).unwrap().en, "it is larger than 4 MiB");
    }
}
