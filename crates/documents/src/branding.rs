//! How the documents look, as plain data: colours, lines, logos, fonts and a Word file's parts.

use std::sync::OnceLock;

use crate::locale::Text;
use crate::pictures::ImageFormat;
use crate::schema::{Colour, Paper};

const MM_PER_INCH: f64 = 25.4;

#[derive(Debug)]
pub struct Branding {
    pub paper: Paper,
    pub accent: Colour,
    pub font: String,
    pub header: Option<Text>,
    pub footer: Option<Text>,
    pub logos: Vec<Logo>,
    /// An institution's Word file, whose styles are taken over.
    pub word_template: Option<WordTemplate>,
    /// Font files beside the templates.
    pub fonts: Vec<Vec<u8>>,
    /// Stands for the files beside the templates (SHA-256): while it stays, so do they.
    pub digest: [u8; 32],
}

/// Letters of a line at the foot of every page. Four hundred have room in a PDF; longer ones are said in whole once.
pub const LONGEST_LINE: usize = 1000;
/// The typeface unless another is named; a PDF is set in Carlito, which has its widths.
pub const USUAL_FONT: &str = "Calibri";
const USUAL_ACCENT: Colour = Colour([0x0b, 0x4f, 0x85]);

impl Default for Branding {
    fn default() -> Self {
        Branding {
            paper: Paper::Letter,
            accent: USUAL_ACCENT,
            font: USUAL_FONT.to_owned(),
            header: None,
            footer: None,
            logos: Vec::new(),
            word_template: None,
            fonts: Vec::new(),
            digest: [0; 32],
        }
    }
}

/// An institution's Word file, unpacked: its parts by name. What is done with them is the writer's.
#[derive(Clone, Debug)]
pub struct WordTemplate {
    pub parts: Vec<(String, Vec<u8>)>,
    /// The style of tables that is asked for.
    pub table: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Logo {
    pub format: ImageFormat,
    pub bytes: Vec<u8>,
    pub alt: Text,
    pub width_mm: f64,
    pub height_mm: f64,
    /// A drawing as PNG, once one was asked for: it is the same in every document.
    pub drawn: OnceLock<Option<Vec<u8>>>,
}

impl Branding {
    /// `#rrggbb`
    pub fn accent_hex(&self) -> String {
        format!("#{}", hex(self.accent))
    }
}

/// `rrggbb`
pub fn hex(Colour([red, green, blue]): Colour) -> String {
    format!("{red:02x}{green:02x}{blue:02x}")
}

/// Millimetres in the units of a drawing (914,400 to the inch).
pub fn emu(millimetres: f64) -> i64 {
    (millimetres / MM_PER_INCH * 914_400.0).round() as i64
}
