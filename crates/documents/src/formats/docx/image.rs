//! A logo within the line, with its alternative text.

use super::package::Package;
use super::relationships::{IMAGE, Relationships};
use super::xml::escape;
use crate::branding::{Branding, emu};
use crate::formats::logos::Placed;
use crate::locale::Lang;
use crate::pictures::{ImageFormat, drawn};

/// Puts the image into the package and gives the run that shows it.
pub(crate) fn write(
    place: &Placed,
    branding: &Branding,
    lang: Lang,
    relationships: &mut Relationships,
    package: &mut Package,
) -> String {
    let index = place.index;
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
            let png = logo.drawn.get_or_init(|| drawn(&logo.bytes, [logo.width_mm, logo.height_mm], &branding.fonts));
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
    let (width, height) = (emu(place.width_mm), emu(place.height_mm));
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{id}\" name=\"Logo {id}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
         </wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Logo {id}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}\
         <a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/>\
         </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}
