//! The only place that knows the crate which reads PDF: pages with their runs of text and their lines.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use convoca_core::locale::Text;
use pdfboss_core::{Document, Error, ObjRef, Object, ObjectSource, StandardType, Stream};
use pdfboss_text::{FontCache, ReadingOrder, TextSpan, extract_spans_and_rulings_reporting_cached_with, structure_for};

use super::grown;

/// Pages that are looked at, stretches of letters and lines on all of them, and octets of what draws one.
const MOST_PAGES: usize = 400;
const MOST_RUNS: usize = 300_000;
const LARGEST_CONTENT: usize = 3 * 1024 * 1024;

/// A page, upright: `y` grows upwards, in points.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub runs: Vec<Run>,
    pub rules: Vec<Rule>,
    pub top: f32,
    pub bottom: f32,
}

/// Letters in one line and one font.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// The line that the letters stand on.
    pub base: f32,
    pub size: f32,
    /// What it belongs to by the tags, the outermost first.
    pub tags: Vec<Tag>,
    /// How many columns its cell goes over.
    pub columns: usize,
    /// Heads, feet and the like, as the tags say.
    pub aside: bool,
}

/// A line that is drawn, level or upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub kind: Kind,
    /// Which one of its kind.
    pub id: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Table,
    Row,
    Cell,
    Note,
}

/// The pages of a PDF, in the order of its tags where it has them.
///
/// # Errors
/// Why it cannot be read, and the way out.
pub(crate) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Text> {
    // Young code on a stranger's bytes: what it stumbles over is a damaged file, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_else(|_| Err(damaged()))
}

fn damaged() -> Text {
    Text::fixed(
        "the PDF is damaged or cut off: ask for it again, or open it and print it to a new PDF",
        "el PDF está dañado o incompleto: pídalo de nuevo, o ábralo e imprímalo a un PDF nuevo",
    )
}

fn read(bytes: &[u8]) -> Result<Vec<Page>, Text> {
    let locked = || {
        Text::fixed(
            "the PDF has a password: open it and print it to a PDF without one",
            "el PDF tiene contraseña: ábralo e imprímalo a un PDF sin ella",
        )
    };
    grown::check(bytes)?;
    let document = Document::load(bytes.to_vec()).map_err(|error| match error {
        Error::Encrypted => locked(),
        _ => damaged(),
    })?;
    if document.is_locked() {
        return Err(locked());
    }
    let count = document.flattened_page_count();
    if count == 0 {
        return Err(damaged());
    }
    let (fonts, layers) = (FontCache::default(), document.oc_state());
    let structure = structure_for(&document, ReadingOrder::StructureTree);
    let order = if structure.is_some() { ReadingOrder::StructureTree } else { ReadingOrder::Content };
    let mut pages = Vec::new();
    let mut runs = 0;
    for at in 0..count.min(MOST_PAGES) {
        let Ok(page) = document.page(at) else { continue };
        let source = Bounded { document: &document, left: Cell::new(LARGEST_CONTENT), is_exceeded: Cell::new(false) };
        let read = extract_spans_and_rulings_reporting_cached_with(
            pdfboss_core::Immediate(&source),
            &page,
            &fonts,
            layers.as_ref(),
            structure.as_ref(),
            order,
        );
        let read = pdfboss_core::block_on(read);
        runs += read.as_ref().map_or(0, |(spans, rules, _)| spans.len() + rules.len());
        if source.is_exceeded.get() || runs > MOST_RUNS {
            return Err(grown::too_large());
        }
        let Ok((spans, rules, _)) = read else { continue };
        let turn = turn(&spans);
        let corner = |x, y| upright(turn, x, y);
        let (one, other) = (corner(page.crop_box.x0, page.crop_box.y0), corner(page.crop_box.x1, page.crop_box.y1));
        pages.push(Page {
            runs: spans.iter().filter(|span| !span.text.trim().is_empty() && span.rotate == turn).map(run).collect(),
            rules: rules
                .iter()
                .map(|rule| {
                    let (one, other) = (corner(rule.start.x, rule.start.y), corner(rule.end.x, rule.end.y));
                    Rule { from: (one.0.min(other.0), one.1.min(other.1)), to: (one.0.max(other.0), one.1.max(other.1)) }
                })
                .collect(),
            top: one.1.max(other.1),
            bottom: one.1.min(other.1),
        });
    }
    Ok(pages)
}

/// A document of which a page may unpack so much, however often it takes up the same.
struct Bounded<'d> {
    document: &'d Document,
    left: Cell<usize>,
    is_exceeded: Cell<bool>,
}

impl ObjectSource for Bounded<'_> {
    fn get(&self, object: ObjRef) -> pdfboss_core::Result<Object> {
        self.document.get(object)
    }

    fn stream_data(&self, stream: &Stream) -> pdfboss_core::Result<Vec<u8>> {
        let data = self.document.stream_data(stream)?;
        // A font is no content, and is read once.
        if data.len() > LARGEST_CONTENT && stream.dict.get("Length1").is_some() {
            return Err(Error::Decode("a large font".to_owned()));
        }
        match self.left.get().checked_sub(data.len()) {
            Some(left) => self.left.set(left),
            None => {
                self.is_exceeded.set(true);
                return Err(Error::Decode("too much on a page".to_owned()));
            }
        }
        Ok(data)
    }
}

/// How a page lies: as most of its letters do.
fn turn(spans: &[TextSpan]) -> i32 {
    let letters = |turn: i32| spans.iter().filter(|span| span.rotate == turn).map(|span| span.text.len()).sum::<usize>();
    [0, 90, 180, 270].into_iter().max_by_key(|turn| (letters(*turn), -*turn)).unwrap_or(0)
}

fn upright(turn: i32, x: f32, y: f32) -> (f32, f32) {
    match turn {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

fn run(span: &TextSpan) -> Run {
    let (left, base) = upright(span.rotate, span.x, span.y);
    let (right, _) = upright(span.rotate, span.end_x, span.end_y);
    let path = span.structure.as_ref().map(|structure| structure.path.as_slice()).unwrap_or_default();
    let columns = span
        .structure
        .as_ref()
        .and_then(|structure| structure.attributes.iter().rev().find_map(|attributes| attributes.entries.get_int("ColSpan")));
    Run {
        text: span.text.clone(),
        left: left.min(right),
        right: left.max(right),
        base,
        size: span.size.max(1.0),
        tags: path
            .iter()
            .filter_map(|element| Some(Tag { kind: kind(element.standard_type)?, id: element.object.num }))
            .collect(),
        columns: columns.and_then(|columns| usize::try_from(columns).ok()).unwrap_or(1).clamp(1, 60),
        aside: span.artifact.is_some(),
    }
}

fn kind(element: StandardType) -> Option<Kind> {
    Some(match element {
        StandardType::H | StandardType::H2 => Kind::Heading(2),
        StandardType::H1 => Kind::Heading(1),
        StandardType::H3 => Kind::Heading(3),
        StandardType::H4 => Kind::Heading(4),
        StandardType::H5 => Kind::Heading(5),
        StandardType::H6 => Kind::Heading(6),
        StandardType::P => Kind::Paragraph,
        StandardType::L => Kind::List,
        StandardType::LI => Kind::Item,
        StandardType::Lbl => Kind::Label,
        StandardType::Table => Kind::Table,
        StandardType::TR => Kind::Row,
        StandardType::TH | StandardType::TD => Kind::Cell,
        StandardType::Note => Kind::Note,
        _ => return None,
    })
}
