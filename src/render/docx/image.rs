//! A logo within the line, with its alternative text.

use super::package::Package;
use super::relationships::{IMAGE, Relationships};
use super::xml::escape;
use crate::locale::Lang;
use crate::render::branding::{Branding, ImageFormat, Logo, emu};

/// Puts the image into the package and gives the run that shows it.
pub fn write(index: usize, branding: &Branding, lang: Lang, relationships: &mut Relationships, package: &mut Package) -> String {
    let logo = &branding.logos[index];
    let mut add = |extension: &str, bytes: Vec<u8>| {
        let name = format!("media/logo{}.{extension}", index + 1);
        package.media(&format!("word/{name}"), bytes);
        relationships.add(IMAGE, &name)
    };
    let own = add(logo.format.extension(), logo.bytes.clone());
    // Word before 2016 shows no SVG: it gets the same as PNG, and newer ones the drawing itself.
    let blip = match logo.format {
        ImageFormat::Svg => {
            // Without a PNG at hand, LibreOffice shows the drawing all the same, and an old Word the alternative text.
            let png = logo.drawn.get_or_init(|| as_png(logo, &branding.fonts));
            let shown = png.clone().map_or_else(|| own.clone(), |png| add("png", png));
            format!(
                "<a:blip r:embed=\"{shown}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
                 <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{own}\"/>\
                 </a:ext></a:extLst></a:blip>"
            )
        }
        _ => format!("<a:blip r:embed=\"{own}\"/>"),
    };
    let (id, alt) = (index + 1, escape(logo.alt.get(lang)));
    let (width, height) = (emu(logo.width_mm), emu(logo.height_mm));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{id}\" name=\"Logo {id}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
         </wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Logo {id}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>\
         </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

/// At 300 points to the inch.
#[cfg(feature = "pdf")]
fn as_png(logo: &Logo, fonts: &[Vec<u8>]) -> Option<Vec<u8>> {
    use crate::render::pdf;
    use resvg::{tiny_skia, usvg};
    let family = pdf::STAND_IN.to_owned();
    let options = usvg::Options { fontdb: pdf::for_drawings(fonts), font_family: family, ..usvg::Options::default() };
    let tree = usvg::Tree::from_data(&logo.bytes, &options).ok()?;
    let pixels = |millimetres: f64| (millimetres / 25.4 * 300.0).round() as u32;
    let mut map = tiny_skia::Pixmap::new(pixels(logo.width_mm), pixels(logo.height_mm))?;
    let size = tree.size();
    let scale = tiny_skia::Transform::from_scale(map.width() as f32 / size.width(), map.height() as f32 / size.height());
    resvg::render(&tree, scale, &mut map.as_mut());
    map.encode_png().ok()
}

#[cfg(not(feature = "pdf"))]
fn as_png(_logo: &Logo, _fonts: &[Vec<u8>]) -> Option<Vec<u8>> {
    None
}
