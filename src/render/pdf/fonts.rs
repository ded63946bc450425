//! The fonts that a PDF is set in: those that the program carries, and those beside the templates.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

use crate::render::branding::{Branding, USUAL_FONT};

/// Stands in for Calibri, whose widths it has.
pub const STAND_IN: &str = "Carlito";
/// Has what the others lack: Arabic, combining marks, signs.
pub const FALLBACK: &str = "DejaVu Sans";

macro_rules! carried {
    ($($file:literal),+ $(,)?) => {
        [$(include_bytes!(concat!("../../../fonts/", $file)).as_slice()),+]
    };
}

/// Read once, however many documents are set.
static CARRIED: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files = carried![
        "Carlito-Regular.ttf",
        "Carlito-Bold.ttf",
        "Carlito-Italic.ttf",
        "Carlito-BoldItalic.ttf",
        "DejaVuSans.ttf",
        "DejaVuSans-Bold.ttf",
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});

/// Every font at hand.
pub fn at_hand(own: &[Vec<u8>]) -> Vec<Font> {
    let own = own.iter().flat_map(|file| Font::iter(Bytes::new(file.clone())));
    CARRIED.iter().cloned().chain(own).collect()
}

/// Whether a PDF can be set in the typeface that the branding asks for.
pub fn is_at_hand(branding: &Branding) -> bool {
    let wanted = branding.font.to_lowercase();
    branding.font == USUAL_FONT || at_hand(&branding.fonts).iter().any(|font| font.info().family.to_lowercase() == wanted)
}
