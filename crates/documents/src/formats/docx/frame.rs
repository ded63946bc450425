//! Header and footer: logos and the institution's line on the first page, the document's title behind
//! it; page numbers as fields; the word across the pages of a draft.

use super::package::Package;
use super::relationships::{FOOTER, HEADER, Relationships};
use super::xml::escape;
use super::{Page, XML, image, root, watermark};
use crate::document::Document;
use crate::formats::frame::Frame;
use crate::formats::logos::Letterhead;
use crate::locale::LanguageTag;

const TWIPS_PER_MM: f64 = 1440.0 / 25.4;

/// Writes headers and footers; gives the references to them for the section.
pub(crate) fn write(
    document: &Document,
    frame: &Frame<'_>,
    page: &Page,
    relationships: &mut Relationships,
    package: &mut Package,
) -> String {
    let lang = document.tag;
    let tab = format!(
        "<w:tabs><w:tab w:val=\"clear\" w:pos=\"9632\"/><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
        page.text_width()
    );
    let run = |text: &str| {
        format!("<w:r><w:rPr><w:lang w:val=\"{lang}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
    };
    let paragraph = |style: &str, content: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{tab}</w:pPr>{content}</w:p>");
    let watermark = frame.watermark.as_deref().map_or(String::new(), |word| watermark::run(word, lang));

    let mut images = Relationships::default();
    let head = Letterhead::of(&frame.branding.logos, page.text_width() as f64 / TWIPS_PER_MM, frame.header.is_some());
    let gap = format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", "\u{a0}".repeat(6));
    let rows: Vec<String> = head
        .rows
        .iter()
        .map(|row| {
            let images: Vec<String> =
                row.iter().map(|place| image::write(place, frame.branding, document.lang(), &mut images, package)).collect();
            images.join(&gap)
        })
        .collect();
    let line = frame.header.as_deref().map_or(String::new(), run);
    let first = match rows.split_first() {
        None => paragraph("Header", &format!("{watermark}<w:r><w:tab/></w:r>{line}")),
        Some((only, [])) if head.beside => paragraph("Letterhead", &format!("{watermark}{only}<w:r><w:tab/></w:r>{line}")),
        Some((first, others)) => {
            let others = others.iter().map(|row| paragraph("Letterhead", row));
            let below = (!line.is_empty()).then(|| paragraph("Header", &line));
            std::iter::once(paragraph("Letterhead", &format!("{watermark}{first}"))).chain(others).chain(below).collect()
        }
    };
    let later = paragraph("Header", &format!("{watermark}{}", run(&document.title)));
    let mark = frame.mark.as_deref().map_or(String::new(), |mark| format!(" · {mark}"));
    let [number, of] = &frame.page;
    let footer = paragraph(
        "Footer",
        &format!(
            "{}<w:r><w:tab/></w:r>{}{}{}{}",
            run(&format!("{}{mark}", frame.footer)),
            run(&format!("{number}\u{a0}")),
            field("PAGE", lang),
            run(&format!(" {of}\u{a0}")),
            field("NUMPAGES", lang)
        ),
    );
    let mut references = String::new();
    for (name, kind, page, content) in [
        ("header1", HEADER, "default", later),
        ("header2", HEADER, "first", first),
        ("footer1", FOOTER, "default", footer.clone()),
        ("footer2", FOOTER, "first", footer),
    ] {
        let id = relationships.add(kind, &format!("{name}.xml"));
        references.push_str(&format!("<w:{kind}Reference w:type=\"{page}\" r:id=\"{id}\"/>"));
        let element = if kind == HEADER { "hdr" } else { "ftr" };
        package.part(&format!("word/{name}.xml"), kind, format!("{XML}{}{content}</w:{element}>", root(element)));
    }
    if !frame.branding.logos.is_empty() {
        package.relationships("word/_rels/header2.xml.rels", &images.elements());
    }
    references
}

fn field(instruction: &str, lang: LanguageTag) -> String {
    let run = |content: &str| format!("<w:r><w:rPr><w:lang w:val=\"{lang}\"/></w:rPr>{content}</w:r>");
    [
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run(&format!("<w:instrText xml:space=\"preserve\"> {instruction} </w:instrText>")),
        run("<w:fldChar w:fldCharType=\"separate\"/>"),
        run("<w:t>1</w:t>"),
        run("<w:fldChar w:fldCharType=\"end\"/>"),
    ]
    .concat()
}
