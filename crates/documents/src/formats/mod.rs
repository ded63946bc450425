//! The formats that files are had in, and for documents what writes each.

pub mod docx;
pub mod frame;
pub mod html;
pub mod json;
mod logos;
pub mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod text;
pub mod unpacked;

use minijinja::context;

use crate::branding::Branding;
use crate::diagnostics::{Diagnostic, Sources};
use crate::document::pieces::on_paper;
use crate::document::{Block, Document, Inline, Standing};
use crate::formats::frame::Frame;
use crate::templates::{PAGE, Templates};

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Docx,
    Html,
    /// iCalendar (RFC 5545).
    Ics,
    Json,
    Md,
    Pdf,
    Txt,
}

/// A document with all that stands around it.
pub struct Setting<'s> {
    pub document: &'s Document,
    pub sources: &'s Sources,
    pub templates: &'s Templates,
    pub branding: &'s Branding,
    /// What the group is called at the foot of a page.
    pub group: &'s str,
    /// The file of the calendar that stands beside it.
    pub calendar: Option<String>,
    /// The address at which the programme's calendar can be subscribed to.
    pub feed: Option<String>,
}

/// A document in one format, with a warning where it could not be all that it should.
#[derive(Debug)]
pub struct Rendered {
    pub bytes: Vec<u8>,
    pub warnings: Vec<Diagnostic>,
}

pub type Renderer = fn(&Setting<'_>) -> Result<Rendered, Box<Diagnostic>>;

/// The formats of documents. What takes long stands last.
pub static DOCUMENTS: &[(Format, Renderer)] = &[
    (Format::Html, |setting| page(setting).map(plain)),
    (Format::Md, |setting| Ok(plain(markdown::render(&marked(setting))))),
    (Format::Txt, |setting| Ok(plain(text::render(&marked(setting))))),
    (Format::Docx, |setting| {
        let frame = frame(setting);
        let document = on_paper(setting.document, &frame.continued);
        Ok(Rendered { bytes: docx::render(&document, &frame), warnings: Vec::new() })
    }),
    #[cfg(feature = "pdf")]
    (Format::Pdf, |setting| {
        let frame = frame(setting);
        let document = on_paper(setting.document, &frame.continued);
        pdf::render(&document, &frame, setting.sources)
    }),
];

impl Format {
    pub const ALL: [Format; 7] = [Format::Docx, Format::Html, Format::Ics, Format::Json, Format::Md, Format::Pdf, Format::Txt];

    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Html => "html",
            Format::Ics => "ics",
            Format::Json => "json",
            Format::Md => "md",
            Format::Pdf => "pdf",
            Format::Txt => "txt",
        }
    }

    /// The format of files that end so.
    pub fn of(extension: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }
}

/// What writes documents in a format, if they can be had in it.
pub fn renderer(format: Format) -> Option<Renderer> {
    DOCUMENTS.iter().find(|(own, _)| *own == format).map(|(_, render)| *render)
}

fn plain(text: String) -> Rendered {
    Rendered { bytes: text.into_bytes(), warnings: Vec::new() }
}

fn frame<'s>(setting: &Setting<'s>) -> Frame<'s> {
    Frame::new(setting.branding, setting.templates, setting.document, setting.group)
}

/// What a page of paper would lose of a document that it may have no room for.
#[cfg(feature = "pdf")]
pub fn lost_on_paper(setting: &Setting<'_>) -> Option<Box<Diagnostic>> {
    let frame = frame(setting);
    let document = on_paper(setting.document, &frame.continued);
    pdf::is_doubtful(&document).then(|| pdf::lost_of(&document, &frame, setting.sources)).flatten()
}

#[cfg(not(feature = "pdf"))]
pub fn lost_on_paper(_setting: &Setting<'_>) -> Option<Box<Diagnostic>> {
    None
}

/// The document on a page of its own.
///
/// # Errors
/// Where the page's template cannot be followed.
pub fn page(setting: &Setting<'_>) -> Result<String, Box<Diagnostic>> {
    let document = setting.document;
    let context = context! {
        calendar => setting.calendar.clone(),
        feed => setting.feed.as_deref().map(written),
        subscribe => setting.feed.as_deref().map(subscription).as_deref().map(written),
        title => document.title.as_str(),
        group => (!document.title.contains(setting.group)).then_some(setting.group),
        body => html::render(document),
        draft => document.standing == Standing::Draft,
        unconfirmed => document.standing == Standing::Unconfirmed,
        rules => crate::time::release(),
        version => env!("CARGO_PKG_VERSION"),
        branding => html::branding(setting.branding, document.lang()),
    };
    setting.templates.page(setting.sources, PAGE, context, document.tag)
}

/// An address as it stands in a page.
fn written(address: &str) -> minijinja::Value {
    minijinja::Value::from_safe_string(html::escape(address))
}

/// The address by which calendar programs are asked to subscribe, and not to import once.
fn subscription(feed: &str) -> String {
    let rest = feed.split_once("://").map_or(feed, |(_, rest)| rest);
    format!("webcal://{rest}")
}

/// A draft says so at its head, whatever its template contains.
fn marked<'s>(setting: &Setting<'s>) -> std::borrow::Cow<'s, Document> {
    let document = std::borrow::Cow::Borrowed(setting.document);
    if document.standing != Standing::Draft {
        return document;
    }
    let word = |key: &str| setting.templates.word(key, document.lang()).unwrap_or(key).to_owned();
    let mark = vec![Inline::Strong(vec![Inline::Text(word("draft"))]), Inline::Text(format!(" – {}", word("draft-note")))];
    let mut document = document.into_owned();
    document.blocks.insert(0, Block::Quote(vec![Block::Paragraph(mark)]));
    std::borrow::Cow::Owned(document)
}
