//! How the documents look: `branding.toml` with the logos, fonts and Word template beside it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::rules::BRANDING;
use crate::diagnostics::{At, Diagnostic, FileId, Level, Sources, Span};
use crate::locale::Text;
use crate::render::docx::Template;
use crate::resolve::wording;
use crate::schema::{self, Colour, Paper};
use crate::text;

/// The files beside the templates by name: their bytes, or why they could not be read.
pub type Assets = BTreeMap<String, Result<Vec<u8>, Text>>;

/// Pixels of the longer side of a logo: enough for print, and any more only makes every document heavy.
const MOST_PIXELS: usize = 4096;
/// Contrast with white paper that text needs (WCAG 2.2, AA).
const LEAST_CONTRAST: f64 = 4.5;
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
    pub word_template: Option<Template>,
    /// Font files beside the templates.
    pub fonts: Vec<Vec<u8>>,
}

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
        }
    }
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    Png,
    Jpeg,
    Svg,
}

impl ImageFormat {
    pub fn extension(self) -> &'static str {
        match self {
            ImageFormat::Png => "png",
            ImageFormat::Jpeg => "jpeg",
            ImageFormat::Svg => "svg",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            ImageFormat::Png => "image/png",
            ImageFormat::Jpeg => "image/jpeg",
            ImageFormat::Svg => "image/svg+xml",
        }
    }
}

impl Branding {
    /// Reads the branding file, and looks at each file that it names.
    pub fn new(sources: &Sources, file: Option<FileId>, assets: &Assets) -> (Branding, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let Some(file) = file else { return (Branding::default(), findings) };
        let written = schema::branding(file, &sources.get(file).text, &mut findings);
        let line = |written: &Option<At<schema::Wording>>| Some(wording(written)).filter(|text| *text != Text::default());
        let mut branding = Branding {
            paper: written.paper.map_or(Paper::Letter, |at| at.value),
            header: line(&written.header),
            footer: line(&written.footer),
            fonts: fonts(assets),
            ..Branding::default()
        };
        if let Some(accent) = written.accent {
            branding.accent = accent.value;
            if contrast_with_white(accent.value) < LEAST_CONTRAST {
                findings.push(
                    Diagnostic::new(
                        &BRANDING,
                        text!("this colour is hard to read on white", "este color se lee mal sobre blanco"),
                    )
                    .level(Level::Warning)
                    .at(accent.span, Text::fixed("its contrast is below 4.5 to 1", "su contraste no llega a 4.5 a 1"))
                    .advice(Text::fixed("choose a darker one", "escoja uno más oscuro")),
                );
            }
        }
        if let Some(font) = &written.font {
            branding.font = font.0.clone();
            findings.extend(without_font(&branding, font.span));
        }
        for at in schema::list(&written.logos) {
            let Some(named) = &at.file else { continue };
            let height = at.height.map_or(15.0, |height| f64::from(height.value.0));
            match asset(assets, &named.0).and_then(|bytes| logo(bytes, height)) {
                Ok(logo) => branding.logos.push(Logo { alt: wording(&at.alt), ..logo }),
                Err(why) => findings.push(unusable(assets, named, why, &EXPORT_AGAIN)),
            }
        }
        if let Some(named) = &written.word_template {
            match asset(assets, &named.0).and_then(word_template) {
                Ok(template) => {
                    if !template.counts_pages() {
                        findings.push(without_page_numbers(named.span));
                    }
                    branding.word_template = Some(template);
                }
                Err(why) => findings.push(unusable(assets, named, why, &SAVE_IN_WORD)),
            }
        }
        if let (Some(style), Some(template)) = (&written.table_style, &mut branding.word_template)
            && let Err(names) = template.take_table_style(&style.0)
        {
            let name = &style.0;
            findings.push(
                Diagnostic::new(
                    &BRANDING,
                    text!(
                        "the Word template has no table style `{name}`",
                        "la plantilla de Word no tiene un estilo de tabla `{name}`"
                    ),
                )
                .at(style.span, nearest_of(name, names)),
            );
        }
        (branding, findings)
    }

    /// `#rrggbb`
    pub fn accent_hex(&self) -> String {
        format!("#{}", hex(self.accent))
    }
}

/// `rrggbb`
pub fn hex(Colour([red, green, blue]): Colour) -> String {
    format!("{red:02x}{green:02x}{blue:02x}")
}

/// Only a PDF needs the font itself: other programs have their own.
#[cfg(feature = "pdf")]
fn without_font(branding: &Branding, span: Span) -> Option<Diagnostic> {
    let font = &branding.font;
    let finding = Diagnostic::new(&BRANDING, text!("a PDF cannot be set in `{font}`", "no se puede componer un PDF en `{font}`"))
        .level(Level::Warning)
        .at(span, Text::fixed("this font is not at hand; Carlito stands in", "esta letra no está disponible; la suple Carlito"))
        .advice(Text::fixed("put its .ttf files into `templates/`", "ponga sus archivos .ttf en `templates/`"));
    (!super::pdf::is_at_hand(branding)).then_some(finding)
}

#[cfg(not(feature = "pdf"))]
fn without_font(_branding: &Branding, _span: Span) -> Option<Diagnostic> {
    None
}

static BESIDE: Text =
    Text::fixed("put the file into `templates/`, beside this one", "ponga el archivo en `templates/`, junto a este");
static EXPORT_AGAIN: Text = Text::fixed("export the image again, as PNG or SVG", "exporte la imagen de nuevo, como PNG o SVG");
static SAVE_IN_WORD: Text = Text::fixed(
    "open it in Word and save it as a Word document (.docx)",
    "ábralo en Word y guárdelo como documento de Word (.docx)",
);

/// A template's own header and footer take the place of ours.
fn without_page_numbers(span: Span) -> Diagnostic {
    let message =
        Text::fixed("the pages of Word documents have no numbers", "las páginas de los documentos de Word no llevan número");
    Diagnostic::new(&BRANDING, message)
        .level(Level::Warning)
        .at(
            span,
            Text::fixed(
                "neither header nor footer of this template has a page number",
                "ni la cabecera ni el pie de esta plantilla tienen número de página",
            ),
        )
        .advice(Text::fixed(
            "open it in Word and put one in: Insert > Page Number",
            "ábrala en Word y agréguelo: Insertar > Número de página",
        ))
}

fn unusable(assets: &Assets, named: &At<crate::decode::Line>, why: Text, mend: &Text) -> Diagnostic {
    let name = &named.value.0;
    let mend = if assets.contains_key(name) { mend } else { &BESIDE };
    Diagnostic::new(&BRANDING, text!("cannot use `{name}`", "no se puede usar `{name}`")).at(named.span, why).advice(mend.clone())
}

/// The names that are most like the one that is written: Word's own styles are a hundred.
fn nearest_of(written: &str, mut names: Vec<String>) -> Text {
    const TOLD: usize = 3;
    let written = written.to_lowercase();
    names.sort_by_cached_key(|name| strsim::damerau_levenshtein(&written, &name.to_lowercase()));
    let others = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    let names = names.join(", ");
    match others {
        0 => text!("it has: {names}", "tiene: {names}"),
        _ => text!("the nearest: {names}; and {others} more", "los más parecidos: {names}; y {others} más"),
    }
}

fn asset<'a>(assets: &'a Assets, name: &str) -> Result<&'a [u8], Text> {
    match assets.get(name) {
        Some(Ok(bytes)) => Ok(bytes),
        Some(Err(why)) => Err(why.clone()),
        None => Err(Text::fixed("there is no such file here", "aquí no hay tal archivo")),
    }
}

fn fonts(assets: &Assets) -> Vec<Vec<u8>> {
    let is_font = |name: &str| [".ttf", ".otf", ".ttc"].iter().any(|end| name.to_lowercase().ends_with(end));
    assets.iter().filter(|(name, _)| is_font(name)).filter_map(|(_, bytes)| bytes.as_ref().ok().cloned()).collect()
}

fn logo(bytes: &[u8], height_mm: f64) -> Result<Logo, Text> {
    let (format, width, height) = measure(bytes)?;
    if format != ImageFormat::Svg && width.max(height) > MOST_PIXELS as f64 {
        return Err(text!("it is larger than {MOST_PIXELS} pixels", "pasa de {MOST_PIXELS} píxeles"));
    }
    if !is_whole(format, bytes) {
        return Err(Text::fixed("it is cut off or damaged", "está incompleta o dañada"));
    }
    let width_mm = (height_mm * width / height).min(170.0);
    let height_mm = width_mm * height / width;
    Ok(Logo { format, bytes: bytes.to_vec(), alt: Text::default(), width_mm, height_mm, drawn: OnceLock::new() })
}

/// Whether all of an image can be read: a file cut off on its way still begins well.
fn is_whole(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Png => is_whole_png(bytes).is_ok(),
        ImageFormat::Jpeg => {
            let options = zune_jpeg::zune_core::options::DecoderOptions::default().set_strict_mode(true);
            let bytes = zune_jpeg::zune_core::bytestream::ZCursor::new(bytes);
            zune_jpeg::JpegDecoder::new_with_options(bytes, options).decode().is_ok()
        }
        ImageFormat::Svg => true,
    }
}

/// Row by row, so that no more than a row is held.
fn is_whole_png(bytes: &[u8]) -> Result<(), png::DecodingError> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info()?;
    while reader.next_row()?.is_some() {}
    reader.finish()
}

/// What sort of image it is, and its width and height in units of its own.
fn measure(bytes: &[u8]) -> Result<(ImageFormat, f64, f64), Text> {
    let none = || Text::fixed("it is not a PNG, JPEG or SVG image", "no es una imagen PNG, JPEG o SVG");
    let format = match imagesize::image_type(bytes) {
        Ok(imagesize::ImageType::Png) => ImageFormat::Png,
        Ok(imagesize::ImageType::Jpeg) => ImageFormat::Jpeg,
        _ => return svg_size(bytes).map(|(width, height)| (ImageFormat::Svg, width, height)).ok_or_else(none),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| none())?;
    match (size.width, size.height) {
        (0, _) | (_, 0) => Err(none()),
        (width, height) => Ok((format, width as f64, height as f64)),
    }
}

fn svg_size(bytes: &[u8]) -> Option<(f64, f64)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: 200_000, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let length = |name: &str| root.attribute(name)?.trim_end_matches(|c: char| c.is_alphabetic()).parse::<f64>().ok();
    let view_box: Vec<f64> =
        root.attribute("viewBox").unwrap_or("").split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
    let (width, height) = match view_box[..] {
        [_, _, width, height] => (width, height),
        _ => (length("width")?, length("height")?),
    };
    (width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()).then_some((width, height))
}

fn word_template(bytes: &[u8]) -> Result<Template, Text> {
    Template::read(bytes).ok_or_else(|| Text::fixed("it is not a Word file (.docx)", "no es un archivo de Word (.docx)"))
}

/// Millimetres in the units of a drawing (914,400 to the inch).
pub fn emu(millimetres: f64) -> i64 {
    (millimetres / MM_PER_INCH * 914_400.0).round() as i64
}

fn contrast_with_white(Colour(channels): Colour) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast_with_white(Colour([0, 0, 0])) - 21.0).abs() < 0.01);
        assert!((contrast_with_white(Colour([0x76, 0x76, 0x76])) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_logo_keeps_its_proportions() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"/>"#;
        let logo = logo(svg, 15.0).unwrap();
        assert_eq!((logo.format, logo.width_mm, logo.height_mm), (ImageFormat::Svg, 60.0, 15.0));
        assert!(super::logo(b"GIF89a", 15.0).is_err());
        assert!(super::logo(b"", 15.0).is_err());
    }
}
