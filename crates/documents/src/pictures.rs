//! Pictures: of what sort one is, how large, whether it is whole; and a drawing as pixels.

mod drawing;
mod raster;
mod refusals;
mod styles;

use crate::locale::Text;

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

/// Why an image of this sort and size cannot be used, if it cannot. A drawing is looked through as it is measured.
pub fn fault(format: ImageFormat, bytes: &[u8], width: f64, height: f64) -> Option<Text> {
    match format {
        ImageFormat::Png => raster::png_fault(bytes, width, height),
        ImageFormat::Jpeg => raster::jpeg_fault(bytes, width, height),
        ImageFormat::Svg => undrawable(bytes),
    }
}

/// Why a drawing that asks for nothing harmful cannot be drawn all the same, if it cannot.
#[cfg(feature = "pdf")]
fn undrawable(bytes: &[u8]) -> Option<Text> {
    // As small as a stamp: what can be drawn at all can be drawn so.
    let is_drawn = deep(|| pixels(bytes, [4.0, 4.0], &[]).is_some());
    (is_drawn != Some(true)).then(|| Text::fixed("it is damaged", "está dañado"))
}

/// Does what takes a step of the stack for each part of a drawing, on a stack that is large enough for any that is let
/// through. `None` where it ended otherwise.
#[cfg(feature = "pdf")]
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    crate::stack::deep(64 * 1024 * 1024, work)
}

#[cfg(not(feature = "pdf"))]
fn undrawable(_bytes: &[u8]) -> Option<Text> {
    None
}

/// What sort of image it is, and its width and height in units of its own.
pub fn measure(bytes: &[u8]) -> Result<(ImageFormat, f64, f64), Text> {
    let none = || Text::fixed("it is not a PNG, JPEG or SVG image", "no es una imagen PNG, JPEG o SVG");
    let format = match imagesize::image_type(bytes) {
        Ok(imagesize::ImageType::Png) => ImageFormat::Png,
        Ok(imagesize::ImageType::Jpeg) => ImageFormat::Jpeg,
        _ => return drawing::size(bytes).map(|(width, height)| (ImageFormat::Svg, width, height)),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| none())?;
    match (size.width, size.height) {
        (0, _) | (_, 0) => Err(none()),
        (width, height) => Ok((format, width as f64, height as f64)),
    }
}

/// A drawing as PNG, in a size in millimetres at 300 points to the inch; its texts in our fonts and these. `None`
/// where it cannot be drawn, or where the program was built without PDF.
#[cfg(feature = "pdf")]
pub fn drawn(svg: &[u8], size_mm: [f64; 2], fonts: &[Vec<u8>]) -> Option<Vec<u8>> {
    deep(|| pixels(svg, size_mm, fonts)).flatten()
}

#[cfg(feature = "pdf")]
fn pixels(svg: &[u8], size_mm: [f64; 2], fonts: &[Vec<u8>]) -> Option<Vec<u8>> {
    use resvg::{tiny_skia, usvg};
    let font_family = crate::fonts::STAND_IN.to_owned();
    let options = usvg::Options { fontdb: typefaces(fonts), font_family, ..usvg::Options::default() };
    let tree = usvg::Tree::from_data(svg, &options).ok()?;
    let [width, height] = size_mm.map(|millimetres| (millimetres / 25.4 * 300.0).round() as u32);
    let mut map = tiny_skia::Pixmap::new(width, height)?;
    let size = tree.size();
    let scale = tiny_skia::Transform::from_scale(map.width() as f32 / size.width(), map.height() as f32 / size.height());
    resvg::render(&tree, scale, &mut map.as_mut());
    map.encode_png().ok()
}

#[cfg(not(feature = "pdf"))]
pub fn drawn(_svg: &[u8], _size_mm: [f64; 2], _fonts: &[Vec<u8>]) -> Option<Vec<u8>> {
    None
}

/// For the text within a drawing: whatever typeface it asks for, one of ours stands in.
#[cfg(feature = "pdf")]
fn typefaces(own: &[Vec<u8>]) -> std::sync::Arc<resvg::usvg::fontdb::Database> {
    use crate::fonts::{CARRIED_FILES, STAND_IN};
    let mut fonts = resvg::usvg::fontdb::Database::new();
    CARRIED_FILES.into_iter().for_each(|file| fonts.load_font_data(file.to_vec()));
    own.iter().for_each(|file| fonts.load_font_data(file.clone()));
    fonts.set_serif_family(STAND_IN);
    fonts.set_sans_serif_family(STAND_IN);
    fonts.set_monospace_family(STAND_IN);
    fonts.set_cursive_family(STAND_IN);
    fonts.set_fantasy_family(STAND_IN);
    std::sync::Arc::new(fonts)
}
