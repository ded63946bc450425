//! The styles of a Word file. What they are called is Word's own where Word has one, so that an
//! institution's template can stand in for them.

use std::collections::HashMap;

use super::xml::escape;
use super::{XML, root};
use crate::branding::{Branding, hex};
use crate::locale::LanguageTag;

/// Id of each style by its name, in lower case.
pub(crate) type Ids = HashMap<String, String>;

/// A style: its id, its name in Word, and what it is.
struct Style {
    id: &'static str,
    name: &'static str,
    kind: &'static str,
    xml: String,
}

/// Soft text: labels and what stands beside the main thing.
const SOFT: &str = "51606e";
const LINE: &str = "c9d3dc";

fn all(accent: &str) -> Vec<Style> {
    let paragraph = |id, name, xml: &str| Style { id, name, kind: "paragraph", xml: xml.to_owned() };
    let character = |id, name, xml: &str| Style {
        id,
        name,
        kind: "character",
        xml: format!("<w:uiPriority w:val=\"22\"/><w:qFormat/>{xml}"),
    };
    let heading = |id, name, level: usize, size: usize, before: usize, colour: &str| {
        paragraph(
            id,
            name,
            &format!(
                "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/>\
                 <w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before=\"{before}\" w:after=\"80\" w:line=\"259\" w:lineRule=\"auto\"/>\
                 <w:outlineLvl w:val=\"{level}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"{colour}\"/><w:sz w:val=\"{size}\"/>\
                 <w:szCs w:val=\"{size}\"/></w:rPr>"
            ),
        )
    };
    let list = |id, name| {
        paragraph(
            id,
            name,
            "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:qFormat/><w:pPr><w:spacing w:before=\"0\" w:after=\"80\"/></w:pPr>",
        )
    };
    let cell = |id, name, jc: &str| {
        paragraph(
            id,
            name,
            &format!(
                "<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:suppressAutoHyphens/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
                 <w:jc w:val=\"{jc}\"/></w:pPr><w:rPr><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>"
            ),
        )
    };
    let edge = |id, name, jc: &str| {
        paragraph(
            id,
            name,
            &format!(
                "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"9632\"/></w:tabs>\
                 <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>{jc}</w:pPr><w:rPr><w:color w:val=\"{SOFT}\"/>\
                 <w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>"
            ),
        )
    };
    // Neighbours with the same edges stand in one frame.
    let edge_line = ["top", "bottom"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"6\" w:color=\"{LINE}\"/>"))
        .concat();
    vec![
        paragraph(
            "Normal",
            "Normal",
            "<w:qFormat/><w:pPr><w:spacing w:before=\"80\" w:after=\"120\" w:line=\"271\" w:lineRule=\"auto\"/></w:pPr>",
        ),
        character_default(),
        paragraph(
            "Title",
            "Title",
            &format!(
                "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:uiPriority w:val=\"10\"/><w:qFormat/><w:pPr><w:keepNext/>\
                 <w:suppressAutoHyphens/><w:spacing w:before=\"0\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:bCs/>\
                 <w:color w:val=\"{accent}\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/></w:rPr>"
            ),
        ),
        heading("Heading1", "heading 1", 0, 30, 340, accent),
        heading("Heading2", "heading 2", 1, 25, 300, "1b2733"),
        heading("Heading3", "heading 3", 2, 22, 240, SOFT),
        heading("Heading4", "heading 4", 3, 22, 200, SOFT),
        list("ListBullet", "List Bullet"),
        list("ListNumber", "List Number"),
        paragraph(
            "Quote",
            "Quote",
            &format!(
                "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"29\"/><w:qFormat/><w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" \
                 w:color=\"{accent}\"/></w:pBdr><w:ind w:left=\"284\" w:right=\"284\"/></w:pPr>"
            ),
        ),
        paragraph(
            "Code",
            "Code",
            "<w:basedOn w:val=\"Normal\"/><w:pPr><w:suppressAutoHyphens/><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:rFonts w:ascii=\"Consolas\" \
             w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:sz w:val=\"19\"/></w:rPr>",
        ),
        paragraph(
            "Field",
            "Field",
            &format!("<w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr><w:pBdr>{edge_line}</w:pBdr><w:tabs><w:tab w:val=\"left\" w:pos=\"2268\"/></w:tabs>\
             <w:spacing w:before=\"40\" w:after=\"200\" w:line=\"269\" w:lineRule=\"auto\"/><w:ind w:left=\"2268\" w:hanging=\"2268\"/><w:contextualSpacing/></w:pPr>"),
        ),
        paragraph("Rule", "Rule", &format!(
            "<w:basedOn w:val=\"Normal\"/><w:pPr><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"{LINE}\"/></w:pBdr></w:pPr>"
        )),
        paragraph("Caption", "caption", "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"35\"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr>"),
        paragraph("FootnoteText", "footnote text", "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>"),
        cell("TableText", "Table Text", "left"),
        cell("TableTextCentred", "Table Text Centred", "center"),
        cell("TableTextRight", "Table Text Right", "right"),
        paragraph("TableEnd", "Table End", "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr><w:rPr><w:sz w:val=\"8\"/></w:rPr>"),
        edge("Header", "header", ""),
        edge("Footer", "footer", ""),
        paragraph("Letterhead", "Letterhead", "<w:basedOn w:val=\"Header\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"360\"/><w:textAlignment w:val=\"center\"/></w:pPr>"),
        character("Strong", "Strong", "<w:rPr><w:b/><w:bCs/></w:rPr>"),
        character("Emphasis", "Emphasis", "<w:rPr><w:i/><w:iCs/></w:rPr>"),
        character("FootnoteReference", "footnote reference", "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"),
        character("Hyperlink", "Hyperlink", &format!("<w:rPr><w:color w:val=\"{accent}\"/><w:u w:val=\"single\"/></w:rPr>")),
        character("Label", "Label", &format!("<w:rPr><w:b/><w:bCs/><w:color w:val=\"{SOFT}\"/></w:rPr>")),
        character("Aside", "Aside", &format!("<w:rPr><w:color w:val=\"{SOFT}\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>")),
        character("CodeText", "Code Text", "<w:rPr><w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/></w:rPr>"),
        Style {
            id: "TableNormal",
            name: "Normal Table",
            kind: "table",
            xml: "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
                  <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
                  <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
                .to_owned(),
        },
        Style {
            id: "AgendaTable",
            name: "Agenda Table",
            kind: "table",
            xml: format!(
                "<w:basedOn w:val=\"TableNormal\"/><w:uiPriority w:val=\"59\"/><w:qFormat/><w:tblPr><w:tblBorders><w:bottom w:val=\"single\" \
                 w:sz=\"8\" w:space=\"0\" w:color=\"{accent}\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{LINE}\"/>\
                 </w:tblBorders><w:tblCellMar><w:top w:w=\"55\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/>\
                 <w:bottom w:w=\"55\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
                 <w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/><w:color w:val=\"ffffff\"/></w:rPr><w:tblPr/><w:tcPr><w:shd w:val=\"clear\" \
                 w:color=\"auto\" w:fill=\"{accent}\"/><w:vAlign w:val=\"center\"/></w:tcPr></w:tblStylePr>"
            ),
        },
    ]
}

fn character_default() -> Style {
    Style {
        id: "DefaultParagraphFont",
        name: "Default Paragraph Font",
        kind: "character",
        xml: "<w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/>".to_owned(),
    }
}

impl Style {
    fn element(&self) -> String {
        let Style { id, name, kind, xml } = self;
        let default = matches!(*id, "Normal" | "DefaultParagraphFont" | "TableNormal");
        let default = if default { " w:default=\"1\"" } else { "" };
        let custom = [
            "Field",
            "Rule",
            "TableText",
            "TableTextCentred",
            "TableTextRight",
            "TableEnd",
            "Label",
            "Aside",
            "Code",
            "CodeText",
            "AgendaTable",
        ];
        let custom = if custom.contains(id) { " w:customStyle=\"1\"" } else { "" };
        format!("<w:style w:type=\"{kind}\"{default}{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{xml}</w:style>")
    }
}

/// The ids of our own styles.
pub(crate) fn own() -> Ids {
    all("").into_iter().map(|style| (style.name.to_lowercase(), style.id.to_owned())).collect()
}

/// Our styles that a template does not have, to be put beside its own.
pub(crate) fn missing(taken: &Ids, accent: &str) -> (String, Ids) {
    let mut ids = taken.clone();
    let mut elements = String::new();
    for style in all(accent) {
        if !ids.contains_key(&style.name.to_lowercase()) && !ids.values().any(|id| id == style.id) {
            elements.push_str(&style.element());
            ids.insert(style.name.to_lowercase(), style.id.to_owned());
        }
    }
    (elements, ids)
}

pub(crate) fn part(tag: LanguageTag, branding: &Branding) -> String {
    let elements: String = all(&hex(branding.accent)).iter().map(Style::element).collect();
    let font = escape(&branding.font);
    format!(
        "{XML}{}<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>\
         <w:color w:val=\"1b2733\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"{tag}\" w:eastAsia=\"{tag}\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{elements}</w:styles>",
        root("styles")
    )
}
