//! The colours and fonts that Word offers to whoever goes on writing.

use super::xml::escape;
use super::{XML, root};
use crate::branding::{Branding, hex};

pub(crate) const TYPE: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// Names of the colours, and those beside the institution's own.
const COLOURS: [(&str, &str); 9] = [
    ("dk2", "1b2733"),
    ("lt2", "eef3f8"),
    ("accent2", "51606e"),
    ("accent3", "2e7d5b"),
    ("accent4", "b3761e"),
    ("accent5", "8a1c1c"),
    ("accent6", "5b4b8a"),
    ("hlink", "0b4f85"),
    ("folHlink", "5b4b8a"),
];

pub(crate) fn part(branding: &Branding) -> String {
    let accent = hex(branding.accent);
    let colour = |name: &str, value: &str| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    let [dark, light, rest @ ..] = COLOURS.map(|(name, value)| colour(name, value));
    let font = escape(&branding.font);
    let fonts =
        |name: &str| format!("<a:{name}><a:latin typeface=\"{font}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>");
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"6350\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{XML}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Convoca\"><a:themeElements>\
         <a:clrScheme name=\"Convoca\">{}{}{dark}{light}{}{}</a:clrScheme><a:fontScheme name=\"Convoca\">{}{}</a:fontScheme>\
         <a:fmtScheme name=\"Convoca\"><a:fillStyleLst>{}</a:fillStyleLst><a:lnStyleLst>{}</a:lnStyleLst>\
         <a:effectStyleLst>{}</a:effectStyleLst><a:bgFillStyleLst>{}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        colour("dk1", "000000"),
        colour("lt1", "ffffff"),
        colour("accent1", &accent),
        rest.concat(),
        fonts("majorFont"),
        fonts("minorFont"),
        fill.repeat(3),
        line.repeat(3),
        effect.repeat(3),
        fill.repeat(3),
    )
}

/// Where Calibri is not at hand, Carlito has its widths.
pub(crate) fn font_table(font: &str) -> String {
    let stand_in = if font == crate::branding::USUAL_FONT { "<w:altName w:val=\"Carlito\"/>" } else { "" };
    let font = escape(font);
    format!("{XML}{}<w:font w:name=\"{font}\">{stand_in}</w:font></w:fonts>", root("fonts"))
}
