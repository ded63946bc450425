//! Reading `branding.toml` with the logos, fonts and Word template beside it, and what cannot be used of them.

mod font;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::branding::{Branding, LONGEST_LINE, Logo, WordTemplate};
use crate::diagnostics::{At, Diagnostic, FileId, Level, Sources, Span};
use crate::locale::{Lang, Text};
use crate::pictures::{fault, measure};
use crate::resolve::wording;
use crate::rules::BRANDING;
use crate::schema::{self, Colour, Paper};
use crate::text;

/// The files beside the templates by name: their bytes, or why they could not be read.
pub type Assets = BTreeMap<String, Result<Vec<u8>, Text>>;

/// Logos at the head of a page.
const MOST_LOGOS: usize = 12;
/// Font files beside the templates.
const MOST_FONTS: usize = 32;
/// Contrast with white paper that text needs (WCAG 2.2, AA).
const LEAST_CONTRAST: f64 = 4.5;

/// Reads the branding file, and looks at each file that it names.
pub fn read(sources: &Sources, file: Option<FileId>, assets: &Assets) -> (Branding, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let Some(file) = file else { return (Branding::default(), findings) };
    let written = schema::branding(file, &sources.get(file).text, &mut findings);
    let line = |written: &Option<At<schema::Wording>>| Some(wording(written)).filter(|text| *text != Text::default());
    let before = findings.len();
    let fonts = fonts(assets, written.font.as_ref().map(|font| font.span), &mut findings);
    let has_broken_font = findings.len() > before;
    let mut branding = Branding {
        paper: written.paper.map_or(Paper::Letter, |at| at.value),
        header: line(&written.header),
        footer: line(&written.footer),
        fonts,
        digest: digest(assets),
        ..Branding::default()
    };
    if let (Some(at), Some(footer)) = (&written.footer, &branding.footer) {
        let is_long = |lang: &Lang| footer.get(*lang).chars().count() > LONGEST_LINE;
        let message = text!(
            "the foot of a page has room for {LONGEST_LINE} letters",
            "el pie de una página tiene lugar para {LONGEST_LINE} letras"
        );
        let too_long = Lang::ALL.iter().any(is_long).then(|| Diagnostic::new(&BRANDING, message));
        findings.extend(too_long.map(|finding| finding.at(at.span, Text::fixed("this is longer", "esto es más largo"))));
    }
    if let Some(accent) = written.accent {
        branding.accent = accent.value;
        if contrast_with_white(accent.value) < LEAST_CONTRAST {
            findings.push(
                Diagnostic::new(&BRANDING, text!("this colour is hard to read on white", "este color se lee mal sobre blanco"))
                    .level(Level::Warning)
                    .at(accent.span, Text::fixed("its contrast is below 4.5 to 1", "su contraste no llega a 4.5 a 1"))
                    .advice(Text::fixed("choose a darker one", "escoja uno más oscuro")),
            );
        }
    }
    if let Some(font) = &written.font {
        branding.font = font.0.clone();
        // A file that cannot be used is why its typeface is not at hand.
        if !has_broken_font {
            findings.extend(without_font(&branding, font.span));
        }
    }
    for at in schema::list(&written.logos) {
        let Some(named) = &at.file else { continue };
        let height = at.height.map_or(15.0, |height| f64::from(height.value.0));
        if branding.logos.len() == MOST_LOGOS {
            let message =
                text!("a letterhead has room for {MOST_LOGOS} logos", "un membrete tiene lugar para {MOST_LOGOS} logotipos");
            findings.push(Diagnostic::new(&BRANDING, message).at(named.span, Text::default()));
            break;
        }
        match asset(assets, &named.0).and_then(|bytes| logo(bytes, height)) {
            Ok(logo) => branding.logos.push(Logo { alt: wording(&at.alt), ..logo }),
            Err(why) => findings.push(unusable(assets, named, why, &EXPORT_AGAIN)),
        }
    }
    if let Some(named) = &written.word_template {
        match asset(assets, &named.0).and_then(WordTemplate::read) {
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

/// Only a PDF needs the font itself: other programs have their own.
#[cfg(feature = "pdf")]
fn without_font(branding: &Branding, span: Span) -> Option<Diagnostic> {
    let font = &branding.font;
    let finding = Diagnostic::new(&BRANDING, text!("a PDF cannot be set in `{font}`", "no se puede componer un PDF en `{font}`"))
        .level(Level::Warning)
        .at(span, Text::fixed("this font is not at hand; Carlito stands in", "esta letra no está disponible; la suple Carlito"))
        .advice(Text::fixed("put its .ttf files into `templates/`", "ponga sus archivos .ttf en `templates/`"));
    let is_at_hand = font == crate::branding::USUAL_FONT || crate::fonts::is_at_hand(font, &branding.fonts);
    (!is_at_hand).then_some(finding)
}

#[cfg(not(feature = "pdf"))]
fn without_font(_branding: &Branding, _span: Span) -> Option<Diagnostic> {
    None
}

static BESIDE: Text =
    Text::fixed("put the file into `templates/`, beside this one", "ponga el archivo en `templates/`, junto a este");
static EXPORT_AGAIN: Text = Text::fixed(
    "export the image again, as PNG, or as SVG of plain shapes",
    "exporte la imagen de nuevo, como PNG, o como SVG de formas sencillas",
);
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

fn digest(assets: &Assets) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (name, bytes) in assets {
        for part in [name.as_bytes(), bytes.as_deref().unwrap_or_default()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().into()
}

/// The font files, and what is wrong with any of them, told at the typeface that is asked for.
fn fonts(assets: &Assets, typeface: Option<Span>, findings: &mut Vec<Diagnostic>) -> Vec<Vec<u8>> {
    let is_font = |name: &str| [".ttf", ".otf", ".ttc"].iter().any(|end| name.to_lowercase().ends_with(end));
    let mut fonts = Vec::new();
    for (name, bytes) in assets.iter().filter(|(name, _)| is_font(name)) {
        let fault = match bytes {
            Ok(_) if fonts.len() == MOST_FONTS => {
                Some(text!("there are more than {MOST_FONTS} font files", "hay más de {MOST_FONTS} archivos de letra"))
            }
            Ok(bytes) => font::fault(bytes),
            Err(why) => Some(why.clone()),
        };
        let Some(why) = fault else {
            fonts.extend(bytes.as_ref().ok().cloned());
            continue;
        };
        let finding = Diagnostic::new(&BRANDING, text!("cannot use `{name}`", "no se puede usar `{name}`"));
        let finding = match typeface {
            Some(span) => finding.at(span, why),
            None => finding.note(why),
        };
        findings.push(finding.advice(Text::fixed(
            "get the font file (.ttf or .otf) anew, or take it out of `templates/`",
            "consiga de nuevo el archivo de letra (.ttf u .otf), o quítelo de `templates/`",
        )));
    }
    fonts
}

/// Why a file cannot be a logo, if it cannot.
pub fn logo_fault(bytes: &[u8]) -> Option<Text> {
    logo(bytes, 1.0).err()
}

/// Why a file cannot be a Word template, if it cannot.
pub fn word_fault(bytes: &[u8]) -> Option<Text> {
    WordTemplate::read(bytes).err()
}

fn logo(bytes: &[u8], height_mm: f64) -> Result<Logo, Text> {
    let (format, width, height) = measure(bytes)?;
    if let Some(why) = fault(format, bytes, width, height) {
        return Err(why);
    }
    let width_mm = (height_mm * width / height).min(170.0);
    let height_mm = width_mm * height / width;
    Ok(Logo { format, bytes: bytes.to_vec(), alt: Text::default(), width_mm, height_mm, drawn: OnceLock::new() })
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
    use crate::pictures::ImageFormat;

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
