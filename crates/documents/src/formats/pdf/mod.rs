//! A document as a PDF, set by typst: tagged for screen readers (PDF/UA-1), with its fonts within. The
//! layout is fixed and reads the document as data, so nothing that it holds is ever markup.

mod glyphs;
mod proof;
mod world;
mod written;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value as Json, json};
use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use glyphs::in_sources;

use crate::branding::USUAL_FONT;
use crate::diagnostics::{Diagnostic, Level, Sources};
use crate::document::flow::{self, stays_with_next};
use crate::document::{Block, Document, Inline, plain};
use crate::fonts;
use crate::formats::Rendered;
use crate::formats::frame::Frame;
use crate::formats::logos::{GAP, Letterhead, Placed};
use crate::locale::Text;
use crate::pictures::deep;
use crate::rules::PDF;
use crate::schema::Paper;
use crate::text;
use world::Sheet;

/// How many documents are set before typst's memory of earlier ones is weeded. Looking after each would cost
/// more than it saves; never looking kept the pages of a whole programme: 1.3 GB at 100 sessions.
const WEEDED_EVERY: usize = 8;
static SET: AtomicUsize = AtomicUsize::new(1);

/// Sizes of what stands at the head and foot of each page, in points: the largest in which it has room. Nothing else
/// has them.
const MARGINALS: [f64; 3] = [8.5, 7.2, 6.2];
/// Letters of how a line begins for which a page has no room at its head or foot.
const BEGINNING: usize = 80;

/// The PDF, with a warning where it could not be all that it should.
///
/// # Errors
/// Where a page would lose something: what lies beyond its edge, or over another text.
pub fn render(document: &Document, frame: &Frame<'_>, sources: &Sources) -> Result<Rendered, Box<Diagnostic>> {
    deep(|| set(document, frame, sources)).unwrap_or_else(|| Err(fault(&[], document)))
}

fn set(document: &Document, frame: &Frame<'_>, sources: &Sources) -> Result<Rendered, Box<Diagnostic>> {
    if SET.fetch_add(1, Ordering::Relaxed).is_multiple_of(WEEDED_EVERY) {
        typst::comemo::evict(1);
    }
    let (document, warnings) = glyphs::stood_in(document, &frame.branding.fonts, sources);
    let pages = proven(&document, frame, sources)?;
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
    match typst_pdf::pdf(&pages, &options(accessible)) {
        Ok(bytes) => Ok(Rendered { bytes, warnings }),
        Err(faults) => {
            let bytes = typst_pdf::pdf(&pages, &options(PdfStandards::default())).map_err(|faults| fault(&faults, &document))?;
            let told = fault(&faults, &document).level(Level::Warning);
            Ok(Rendered { bytes, warnings: warnings.into_iter().chain([told]).collect() })
        }
    }
}

/// What the pages would lose, as [`render`] tells it, without the PDF.
pub fn lost_of(document: &Document, frame: &Frame<'_>, sources: &Sources) -> Option<Box<Diagnostic>> {
    deep(|| proven(document, frame, sources).err()).flatten()
}

/// The pages, once nothing of the document is lost on them.
fn proven(document: &Document, frame: &Frame<'_>, sources: &Sources) -> Result<PagedDocument, Box<Diagnostic>> {
    let sheet = Sheet::new(data(document, frame), &frame.branding.logos, &frame.branding.fonts);
    let pages: PagedDocument = typst::compile(&sheet).output.map_err(|faults| fault(&faults, document))?;
    match proof::fault(&pages, document) {
        Some(fault) => Err(Box::new(lost(&fault, document, sources))),
        None => Ok(pages),
    }
}

/// Whether it holds what pages had no room for in some document or other, so that it is worth trying: wide tables,
/// what stands as a block that cannot break, what is nested.
pub fn is_doubtful(document: &Document) -> bool {
    let is_long = |lines: &[Inline]| plain(lines).len() > 400;
    fn of(blocks: &[Block], depth: usize, is_long: &dyn Fn(&[Inline]) -> bool) -> bool {
        blocks.iter().any(|block| match block {
            Block::Heading(heading) => is_long(&heading.content),
            Block::Table(table) => table.columns.len() > 7 || table.columns.iter().any(|column| is_long(&column.heading)),
            Block::List { items, .. } => depth > 4 || items.iter().any(|item| of(item, depth + 1, is_long)),
            Block::Quote(content) => depth > 4 || of(content, depth + 1, is_long),
            Block::Fields(fields) => {
                fields.iter().any(|field| is_long(&field.label) || depth > 4 || of(&field.content, depth + 1, is_long))
            }
            Block::Paragraph(_) | Block::Code(_) | Block::Rule => false,
        })
    }
    of(&document.blocks, 0, &is_long)
}

/// What a page would lose, at the place where it is written.
fn lost(fault: &proof::Fault, document: &Document, sources: &Sources) -> Diagnostic {
    let title = shortened(&document.title, MOST_TOLD);
    let words = |words: &str| shortened(&words.replace(['\u{ad}', '\u{200b}'], ""), MOST_TOLD);
    let (all, why, page) = match fault {
        proof::Fault::Outside { page, words } => {
            (words, Text::fixed("in a PDF it leaves the paper", "en un PDF se sale del papel"), Some(page))
        }
        proof::Fault::Over { page, words: all, other } => {
            let other = words(other);
            (all, text!("in a PDF it lies over “{other}”", "en un PDF queda encima de «{other}»"), Some(page))
        }
        proof::Fault::Lost(letters) => {
            (letters, Text::fixed("a PDF does not have all of its letters", "un PDF no tiene todas sus letras"), None)
        }
    };
    let words = words(all);
    let finding = Diagnostic::new(&PDF, text!("“{words}” has no room on its page", "«{words}» no tiene lugar en su página"));
    // Where it is written it is one finding, in however many documents it stands.
    let finding = match (written::of(sources, all), page) {
        (Some(span), _) => finding.at(span, why),
        (None, Some(page)) => finding.note(why).note(text!("page {page} of “{title}”", "página {page} de «{title}»")),
        (None, None) => finding.note(why).note(text!("in “{title}”", "en «{title}»")),
    };
    finding.advice(Text::fixed(
        "shorten it, or give it more room: fewer columns, smaller logos",
        "acórtelo o dele más lugar: menos columnas, logotipos más pequeños",
    ))
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

/// Letters of a text that a finding shows.
const MOST_TOLD: usize = 40;
/// Not more than so many letters of a text, which says where there are more.
fn shortened(text: &str, letters: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(letters) else { return text.to_owned() };
    let whole = &text[..end];
    // At a word's end, where one is near.
    let end = whole.rfind(' ').filter(|space| space * 2 > end).unwrap_or(end);
    format!("{}…", whole[..end].trim_end())
}

fn beginning(line: &str) -> String {
    shortened(line, BEGINNING)
}

/// On each side of a page.
const MARGIN_MM: f64 = 23.0;

/// What the layout reads.
fn data(document: &Document, frame: &Frame<'_>) -> Json {
    let branding = frame.branding;
    let lang = document.lang();
    let logo = |placed: &Placed| {
        let logo = &branding.logos[placed.index];
        json!({
            "path": world::logo_path(placed.index, logo),
            "alt": logo.alt.get(lang),
            "width": placed.width_mm,
            "height": placed.height_mm,
        })
    };
    let paper_mm = match branding.paper {
        Paper::Letter => 215.9,
        Paper::A4 => 210.0,
    };
    let head = Letterhead::of(&branding.logos, paper_mm - 2.0 * MARGIN_MM, frame.header.is_some());
    let rows = head.rows.iter().map(|row| row.iter().map(logo).collect::<Vec<_>>());
    let font = if branding.font == USUAL_FONT { fonts::STAND_IN } else { &branding.font };
    json!({
        "document": document,
        "stays": stays_with_next(&document.blocks, flow::Level::Document),
        "lang": lang.code(),
        "region": document.tag.region,
        "font": font,
        "fallback": [fonts::STAND_IN, fonts::FALLBACK],
        "accent": branding.accent_hex(),
        "paper": match branding.paper { Paper::Letter => "us-letter", Paper::A4 => "a4" },
        "letterhead": { "rows": rows.collect::<Vec<_>>(), "beside": head.beside, "gap": GAP },
        "margin": MARGIN_MM,
        "marginals": MARGINALS,
        "header": frame.header,
        "footer": [frame.foot(str::to_owned), frame.foot(beginning)],
        "running": [&document.title, &beginning(&document.title)],
        "watermark": frame.watermark,
        "page": frame.page,
    })
}
