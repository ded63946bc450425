//! A document as a Word file (Office Open XML, ISO/IEC 29500): real styles, lists and tables that keep
//! their structure when they are edited. The same document gives the same bytes.

mod adopted;
mod body;
mod footnotes;
mod frame;
mod image;
mod institution;
mod intake;
mod numbering;
mod outline;
mod package;
mod relationships;
mod styles;
mod theme;
mod watermark;
mod xml;

use crate::document::Document;
use crate::formats::frame::Frame;
use crate::schema::Paper;
use adopted::Adopted;
use body::{Body, Surroundings};
use package::Package;
use relationships::{FONT_TABLE, FOOTNOTES, HYPERLINK, NUMBERING, Relationships, SETTINGS, STYLES, THEME};

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub fn render(document: &Document, frame: &Frame<'_>) -> Vec<u8> {
    if let Some(template) = &frame.branding.word_template
        && let Some(bytes) = template.render(document, frame)
    {
        return bytes;
    }
    let mut package = Package::default();
    let mut relationships = Relationships::default();
    relationships.add(STYLES, "styles.xml");
    relationships.add(NUMBERING, "numbering.xml");
    relationships.add(SETTINGS, "settings.xml");
    relationships.add(FONT_TABLE, "fontTable.xml");
    relationships.add(THEME, "theme/theme1.xml");
    let page = Page::of(frame.branding.paper);
    let references = frame::write(document, frame, &page, &mut relationships, &mut package);
    let ids = styles::own();
    let link = &mut |url: &str| relationships.add_external(HYPERLINK, url);
    let place =
        Surroundings { width: page.text_width(), styles: &ids, lists: 0, notes: 0, numbered: Default::default(), table: None };
    let body = Body::write(document, &place, link);
    let styles = styles::part(document.tag, frame.branding);
    let styles = Adopted::read(&styles).map(|own| own.linked(&body.counted.outline, &ids, 0)).unwrap_or(styles);
    package.part("word/styles.xml", "styles", styles);
    package.part("word/numbering.xml", "numbering", numbering::part(&body.counted, &ids));
    if !body.notes.is_empty() {
        package.part("word/footnotes.xml", "footnotes", footnotes::part(&body.notes));
        package.relationships("word/_rels/footnotes.xml.rels", &relationships.external_elements());
        relationships.add(FOOTNOTES, "footnotes.xml");
    }
    package.part(
        "word/settings.xml",
        "settings",
        settings(document, if body.notes.is_empty() { "" } else { footnotes::SETTING }),
    );
    package.part("word/fontTable.xml", "fontTable", theme::font_table(&frame.branding.font));
    package.other_part("word/theme/theme1.xml", theme::TYPE, theme::part(frame.branding));
    let section = page.section(&references);
    package.part(
        "word/document.xml",
        "document.main",
        format!("{XML}{}<w:body>{}{section}</w:body></w:document>", root("document"), body.xml),
    );
    package.relationships("word/_rels/document.xml.rels", &relationships.elements());
    package.properties(document);
    package.finish()
}

/// The root element of a part, with the namespaces that are used.
fn root(name: &str) -> String {
    format!(
        "<w:{name} xmlns:w=\"{MAIN}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">"
    )
}

/// A sheet of paper, in twentieths of a point.
struct Page {
    width: i64,
    height: i64,
}

/// 2.3 cm to the sides.
const SIDE_MARGIN: i64 = 1304;

impl Page {
    fn of(paper: Paper) -> Page {
        match paper {
            Paper::Letter => Page { width: 12240, height: 15840 },
            Paper::A4 => Page { width: 11906, height: 16838 },
        }
    }

    fn text_width(&self) -> i64 {
        self.width - 2 * SIDE_MARGIN
    }

    fn section(&self, references: &str) -> String {
        format!(
            "<w:sectPr>{references}<w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"1361\" w:right=\"{SIDE_MARGIN}\" \
             w:bottom=\"1134\" w:left=\"{SIDE_MARGIN}\" w:header=\"624\" w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>",
            self.width, self.height
        )
    }
}

fn settings(document: &Document, notes: &str) -> String {
    let tag = document.tag;
    format!(
        "{XML}{}<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"708\"/><w:autoHyphenation/><w:doNotHyphenateCaps/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/>{notes}<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{tag}\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
        root("settings")
    )
}
