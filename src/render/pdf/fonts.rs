//! The fonts that a PDF is set in: those that the program carries, and those beside the templates.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
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

static CARRIED_FILES: [&[u8]; 6] = carried![
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
pub fn at_hand(own: &[Vec<u8>]) -> Vec<Font> {
    let own = own.iter().flat_map(|file| Font::iter(Bytes::new(file.clone())));
    CARRIED.iter().cloned().chain(own).collect()
}

/// The same for the text within a drawing: whatever typeface it asks for, one of ours stands in.
pub fn for_drawings(own: &[Vec<u8>]) -> Arc<Database> {
    let mut fonts = Database::new();
    CARRIED_FILES.into_iter().for_each(|file| fonts.load_font_data(file.to_vec()));
    own.iter().for_each(|file| fonts.load_font_data(file.clone()));
    fonts.set_serif_family(STAND_IN);
    fonts.set_sans_serif_family(STAND_IN);
    fonts.set_monospace_family(STAND_IN);
    fonts.set_cursive_family(STAND_IN);
    fonts.set_fantasy_family(STAND_IN);
    Arc::new(fonts)
}

/// Whether a PDF can be set in the typeface that the branding asks for.
pub fn is_at_hand(branding: &Branding) -> bool {
    let wanted = branding.font.to_lowercase();
    branding.font == USUAL_FONT || at_hand(&branding.fonts).iter().any(|font| font.info().family.to_lowercase() == wanted)
}
