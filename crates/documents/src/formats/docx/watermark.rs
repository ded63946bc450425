//! The word across the pages of a draft, within the headers: our own, or those of an institution's template.

use roxmltree::{Document as Xml, Node};

use super::xml::escape;
use super::{MAIN, XML, root};
use crate::locale::LanguageTag;

/// Where the name spaces of drawings are declared by the drawing itself: a template need not have them.
const SPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\"";

/// As Word itself writes a watermark.
pub(crate) fn run(word: &str, lang: LanguageTag) -> String {
    let word = escape(word);
    format!(
        "<w:r><w:rPr><w:noProof/><w:lang w:val=\"{lang}\"/></w:rPr><w:pict {SPACES}><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" o:spt=\"136\" adj=\"10800\" \
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

/// A header that holds nothing else.
pub(crate) fn header(run: &str) -> String {
    format!("{XML}{}<w:p>{run}</w:p></w:hdr>", root("hdr"))
}

/// A template's header with the word in its first paragraph.
pub(crate) fn added(header: &str, run: &str) -> Option<String> {
    let xml = Xml::parse(header).ok()?;
    let named = |node: Node<'_, '_>, name: &'static str| {
        node.children().find(|child| child.has_tag_name((MAIN, name))).map(|child| child.range())
    };
    let first = xml.root_element().children().find(|child| child.has_tag_name((MAIN, "p")));
    let mut out = header.to_owned();
    match first {
        Some(paragraph) if paragraph.has_children() => {
            let start = paragraph.range().start;
            let at = named(paragraph, "pPr")
                .map_or_else(|| header[start..].find('>').map(|end| start + end + 1), |range| Some(range.end))?;
            out.insert_str(at, run);
        }
        Some(paragraph) => out.replace_range(paragraph.range(), &format!("<w:p>{run}</w:p>")),
        None => {
            let end = xml.root_element().range().end;
            out.insert_str(header[..end].rfind("</")?, &format!("<w:p>{run}</w:p>"));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_joins_whatever_a_header_has() {
        let header = |inner: &str| format!("<w:hdr xmlns:w=\"{MAIN}\">{inner}</w:hdr>");
        for (inner, expected) in [
            ("<w:p/>", "<w:p>X</w:p>"),
            ("<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr><w:r/></w:p>", "<w:p><w:pPr><w:jc w:val=\"left\"/></w:pPr>X<w:r/></w:p>"),
            ("<w:p w:rsidR=\"1\"><w:r/></w:p>", "<w:p w:rsidR=\"1\">X<w:r/></w:p>"),
            ("<w:tbl></w:tbl>", "<w:tbl></w:tbl><w:p>X</w:p>"),
        ] {
            assert_eq!(added(&header(inner), "X").as_deref(), Some(header(expected).as_str()));
        }
    }
}
