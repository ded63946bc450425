//! A document as a PDF, set by typst: tagged for screen readers (PDF/UA-1), with its fonts within. The
//! layout is fixed and reads the document as data, so nothing that it holds is ever markup.

mod fonts;
mod world;

use serde_json::{Value as Json, json};
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use fonts::{STAND_IN, for_drawings, is_at_hand};

use super::branding::USUAL_FONT;
use super::document::Document;
use super::flow::{self, stays_with_next};
use super::frame::Frame;
use super::rules::PDF;
use crate::diagnostics::{Diagnostic, Level};
use crate::locale::Text;
use crate::schema::Paper;
use crate::text;
use world::Sheet;

/// The PDF, with a warning where it could not be all that it should.
pub fn render(document: &Document, frame: &Frame<'_>) -> Result<(Vec<u8>, Vec<Diagnostic>), Box<Diagnostic>> {
    let sheet = Sheet::new(data(document, frame), &frame.branding.logos, &frame.branding.fonts);
    let pages: PagedDocument = typst::compile(&sheet).output.map_err(|faults| fault(&faults, document))?;
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
    match typst_pdf::pdf(&pages, &options(accessible)) {
        Ok(bytes) => Ok((bytes, Vec::new())),
        Err(faults) => {
            let bytes = typst_pdf::pdf(&pages, &options(PdfStandards::default())).map_err(|faults| fault(&faults, document))?;
            Ok((bytes, vec![fault(&faults, document).level(Level::Warning)]))
        }
    }
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions { standards, ..PdfOptions::default() }
}

fn fault(faults: &[SourceDiagnostic], document: &Document) -> Box<Diagnostic> {
    let title = &document.title;
    let reason = faults.first().map(|fault| fault.message.to_string()).unwrap_or_default();
    Box::new(
        Diagnostic::new(&PDF, text!("the PDF of “{title}” is not as it should be", "el PDF de «{title}» no es como debe"))
            .note(Text::same(reason)),
    )
}

/// What the layout reads.
fn data(document: &Document, frame: &Frame<'_>) -> Json {
    let branding = frame.branding;
    let lang = document.lang;
    let (language, region) = lang.tag().split_once('-').unwrap_or((lang.code(), ""));
    let logo = |(index, logo): (usize, &super::branding::Logo)| {
        json!({
            "path": world::logo_path(index, logo),
            "alt": logo.alt.get(lang),
            "width": logo.width_mm,
            "height": logo.height_mm,
        })
    };
    let font = if branding.font == USUAL_FONT { fonts::STAND_IN } else { &branding.font };
    json!({
        "document": document,
        "stays": stays_with_next(&document.blocks, flow::Level::Document),
        "lang": language,
        "region": region,
        "font": font,
        "fallback": [fonts::STAND_IN, fonts::FALLBACK],
        "accent": branding.accent_hex(),
        "paper": match branding.paper { Paper::Letter => "us-letter", Paper::A4 => "a4" },
        "logos": branding.logos.iter().enumerate().map(logo).collect::<Vec<_>>(),
        "header": frame.header,
        "footer": frame.footer,
        "mark": frame.mark,
        "watermark": frame.watermark,
        "page": frame.page,
    })
}
