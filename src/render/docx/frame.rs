//! Header and footer: logos and the institution's line on the first page, the document's title behind
//! it; page numbers as fields; the word across the pages of a draft.

use super::package::Package;
use super::relationships::{FOOTER, HEADER, Relationships};
use super::xml::escape;
use super::{Page, XML, image, root};
use crate::render::document::Document;
use crate::render::frame::Frame;

/// Writes headers and footers; gives the references to them for the section.
pub fn write(
    document: &Document,
    frame: &Frame<'_>,
    page: &Page,
    relationships: &mut Relationships,
    package: &mut Package,
) -> String {
    let lang = document.lang.tag();
    let tab = format!(
        "<w:tabs><w:tab w:val=\"clear\" w:pos=\"9632\"/><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
        page.text_width()
    );
    let run = |text: &str| {
        format!("<w:r><w:rPr><w:lang w:val=\"{lang}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
    };
    let paragraph = |style: &str, content: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{tab}</w:pPr>{content}</w:p>");
    let watermark = frame.watermark.as_deref().map_or(String::new(), |word| watermark(word, lang));

    let mut images = Relationships::default();
    let logos: Vec<String> = frame
        .branding
        .logos
        .iter()
        .enumerate()
        .map(|(index, logo)| image::write(index, logo, document.lang, &mut images, package))
        .collect();
    let gap = format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", "\u{a0}".repeat(6));
    let line = frame.header.as_deref().map_or(String::new(), |text| format!("<w:r><w:tab/></w:r>{}", run(text)));
    let first =
        paragraph(if logos.is_empty() { "Header" } else { "Letterhead" }, &format!("{watermark}{}{line}", logos.join(&gap)));
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

fn field(instruction: &str, lang: &str) -> String {
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

/// As Word itself writes a watermark.
fn watermark(word: &str, lang: &str) -> String {
    let word = escape(word);
    format!(
        "<w:r><w:rPr><w:noProof/><w:lang w:val=\"{lang}\"/></w:rPr><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
         path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/><v:f eqn=\"prod #0 2 1\"/>\
         <v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/><v:f eqn=\"if @0 @3 0\"/>\
         <v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/><v:f eqn=\"mid @5 @6\"/>\
         <v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/><v:f eqn=\"sum @6 0 @5\"/></v:formulas>\
         <v:path textpathok=\"t\" o:connecttype=\"custom\" o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" \
         o:connectangles=\"270,180,90,0\"/><v:textpath on=\"t\" fitshape=\"t\"/></v:shapetype>\
         <v:shape id=\"PowerPlusWaterMarkObject1\" o:spid=\"_x0000_s2049\" type=\"#_x0000_t136\" alt=\"{word}\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:440pt;height:110pt;rotation:315;z-index:-251658752;\
         mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;\
         mso-position-vertical-relative:margin\" fillcolor=\"#8a1c1c\" stroked=\"f\"><v:fill opacity=\"9830f\"/>\
         <v:textpath style=\"font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold\" string=\"{word}\"/></v:shape></w:pict></w:r>"
    )
}
