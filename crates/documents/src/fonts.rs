//! The fonts that PDFs and drawings are set in: those that the program carries, and those beside the templates.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

/// Stands in for Calibri, whose widths it has.
pub(crate) const STAND_IN: &str = "Carlito";
/// Has what the others lack: Arabic, combining marks, signs.
pub(crate) const FALLBACK: &str = "DejaVu Sans";

macro_rules! carried {
    ($($file:literal),+ $(,)?) => {
        [$(include_bytes!(concat!("../fonts/", $file)).as_slice()),+]
    };
}

pub(crate) static CARRIED_FILES: [&[u8]; 6] = carried![
    "Carlito-Regular.ttf",
    "Carlito-Bold.ttf",
    "Carlito-Italic.ttf",
    "Carlito-BoldItalic.ttf",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
];

/// Read once, however many documents are set.
static CARRIED: LazyLock<Vec<Font>> =
    LazyLock::new(|| CARRIED_FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect());

/// Every font at hand.
pub(crate) fn at_hand(own: &[Vec<u8>]) -> Vec<Font> {
    let own = own.iter().flat_map(|file| Font::iter(Bytes::new(file.clone())));
    CARRIED.iter().cloned().chain(own).collect()
}

/// Whether a typeface is among them.
pub(crate) fn is_at_hand(typeface: &str, own: &[Vec<u8>]) -> bool {
    let wanted = typeface.to_lowercase();
    at_hand(own).iter().any(|font| font.info().family.to_lowercase() == wanted)
}
