//! What of an institution's Word file is taken over. Every document is made of it and goes to everybody who is
//! invited, so only what a letterhead needs comes along: no macros, nothing that Word would fetch from elsewhere, no
//! file beside. What is wanted and damaged is told by the name of its part.

use std::io::{Cursor, Read};

use roxmltree::{Document as Xml, Node, ParsingOptions};

use crate::locale::Text;
use crate::text;
use crate::xml::is_crowded;

/// A template unpacked is a few megabytes; more is no template but a trap.
const LARGEST: u64 = 32 * 1024 * 1024;
/// Octets and nodes of a part that is read.
const LARGEST_PART: usize = 8 * 1024 * 1024;
const MOST_NODES: u32 = 500_000;
const MOST_PARTS: usize = 1000;

pub(crate) const DOCUMENT: &str = "word/document.xml";
pub(crate) const DOCUMENT_RELATIONSHIPS: &str = "word/_rels/document.xml.rels";
pub(crate) const STYLES: &str = "word/styles.xml";
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";
const ROOT_RELATIONSHIPS: &str = "_rels/.rels";
const SETTINGS: &str = "word/settings.xml";
const REFERENCES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Fields that bring something in when a document is opened.
const FETCHING: [&str; 8] = ["INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE"];

/// Parts by name.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// The wanted parts of a Word file.
///
/// # Errors
/// Why it cannot be taken over, with the part.
pub(crate) fn parts(bytes: &[u8]) -> Result<Parts, Text> {
    let mut parts = unpacked(bytes)?;
    for name in [CONTENT_TYPES, DOCUMENT, DOCUMENT_RELATIONSHIPS, STYLES] {
        if !parts.iter().any(|(own, _)| own == name) {
            return Err(text!(
                "it has no part `{name}`: it is not a Word file (.docx)",
                "no tiene la parte `{name}`: no es un archivo de Word (.docx)"
            ));
        }
    }
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    for (name, bytes) in parts.iter_mut().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
        let text = std::str::from_utf8(bytes).map_err(|_| damaged(name))?.trim_start_matches('\u{feff}');
        if is_crowded(text) {
            return Err(damaged(name));
        }
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let xml = Xml::parse_with_options(text, options).map_err(|_| damaged(name))?;
        *bytes = cleaned(name, text, &xml, &names)?.into_bytes();
    }
    Ok(parts)
}

fn damaged(part: &str) -> Text {
    text!("its part `{part}` is damaged", "su parte `{part}` está dañada")
}

fn missing(part: &str) -> Text {
    text!("its part `{part}` is missing", "le falta la parte `{part}`")
}

fn outside(part: &str) -> Text {
    text!("its part `{part}` takes something from outside", "su parte `{part}` toma algo de afuera")
}

fn unpacked(bytes: &[u8]) -> Result<Parts, Text> {
    let no_file = || Text::fixed("it is not a Word file (.docx)", "no es un archivo de Word (.docx)");
    let too_large = || Text::fixed("it holds far more than a letterhead", "trae mucho más que un membrete");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_file())?;
    if archive.len() > MOST_PARTS {
        return Err(too_large());
    }
    let mut parts = Parts::new();
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|_| no_file())?;
        let name = file.name().map_err(|_| no_file())?.into_owned();
        if !is_wanted(&name) || parts.iter().any(|(own, _)| *own == name) {
            continue;
        }
        let mut content = Vec::new();
        file.take(left + 1).read_to_end(&mut content).map_err(|_| damaged(&name))?;
        left = left.checked_sub(content.len() as u64).ok_or_else(too_large)?;
        if content.len() > LARGEST_PART {
            return Err(too_large());
        }
        parts.push((name, content));
    }
    Ok(parts)
}

/// Whether a letterhead needs a part.
fn is_wanted(name: &str) -> bool {
    const PARTS: [&str; 10] = [
        CONTENT_TYPES,
        ROOT_RELATIONSHIPS,
        "docProps/core.xml",
        "docProps/app.xml",
        DOCUMENT,
        STYLES,
        SETTINGS,
        "word/numbering.xml",
        "word/fontTable.xml",
        DOCUMENT_RELATIONSHIPS,
    ];
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let is_plain = file.chars().all(|c| c.is_ascii_alphanumeric() || ['.', '-', '_', ' '].contains(&c));
    let ends = |endings: &[&str]| endings.iter().any(|ending| file.to_ascii_lowercase().ends_with(ending));
    let begins = |kinds: &[&str]| kinds.iter().any(|kind| file.starts_with(kind));
    const AROUND: [&str; 4] = ["header", "footer", "footnotes", "endnotes"];
    PARTS.contains(&name)
        || is_plain
            && match folder {
                "word" => begins(&AROUND) && ends(&[".xml"]),
                "word/_rels" => (begins(&AROUND) || begins(&["numbering", "fontTable"])) && ends(&[".xml.rels"]),
                "word/theme" => ends(&[".xml"]),
                "word/theme/_rels" => ends(&[".xml.rels"]),
                "word/media" => ends(&[".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg"]),
                "word/fonts" => ends(&[".odttf"]),
                _ => false,
            }
}

/// A part without what is not taken over.
fn cleaned(name: &str, text: &str, xml: &Xml<'_>, names: &[String]) -> Result<String, Text> {
    let has = |part: &str| names.iter().any(|name| name == part);
    let children = |is_gone: &dyn Fn(Node<'_, '_>) -> bool| {
        let gone = xml.root_element().children().filter(|node| node.is_element() && is_gone(*node));
        without(text, gone.map(|node| node.range()))
    };
    match name {
        CONTENT_TYPES => {
            let is_gone = |node: Node<'_, '_>| match node.attribute("PartName") {
                Some(part) => !has(part.trim_start_matches('/')),
                None => node.attribute("Extension").is_some_and(|ending| ending.eq_ignore_ascii_case("bin")),
            };
            let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
            Ok(children(&is_gone)
                .replace("application/vnd.ms-word.document.macroEnabled.main+xml", main)
                .replace("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", main))
        }
        SETTINGS => Ok(children(&|node| node.descendants().any(refers))),
        DOCUMENT => {
            let printers = xml.descendants().filter(|node| node.tag_name().name() == "printerSettings");
            Ok(without(text, printers.map(|node| node.range())))
        }
        _ if name.ends_with(".rels") => relationships(name, text, xml, &has),
        _ => {
            if fetches(xml) {
                return Err(outside(name));
            }
            Ok(text.to_owned())
        }
    }
}

/// The relationships of a part, without those to parts that are not taken over. The body of the document is ours,
/// so what it alone refers to may go; anything else that refers to what is gone would be broken.
fn relationships(name: &str, text: &str, xml: &Xml<'_>, has: &dyn Fn(&str) -> bool) -> Result<String, Text> {
    let may_go = [DOCUMENT_RELATIONSHIPS, ROOT_RELATIONSHIPS].contains(&name);
    let (folder, file) = name.rsplit_once("_rels/").unwrap_or(("", name));
    let part = format!("{folder}{}", file.trim_end_matches(".rels"));
    let mut gone = Vec::new();
    for entry in xml.root_element().children().filter(Node::is_element) {
        let target = entry.attribute("Target").unwrap_or_default();
        let is_of = |kind: &str| entry.attribute("Type").is_some_and(|own| own.rsplit('/').next() == Some(kind));
        let is_link = is_of("hyperlink");
        let is_kept = match entry.attribute("TargetMode") {
            Some("External") => {
                let target = target.to_ascii_lowercase();
                !may_go && is_link && ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
            }
            _ => resolved(folder, target).is_some_and(|part| has(&part)),
        };
        match (is_kept, may_go) {
            (true, _) => {}
            // What stands at the head and foot of its pages is the letterhead.
            (false, true) if is_of("header") || is_of("footer") => return Err(missing(target)),

            (false, true) => gone.push(entry.range()),
            (false, false) => return Err(outside(&part)),
        }
    }
    Ok(without(text, gone.into_iter()))
}

/// The part that a target leads to from a folder; `None` where it leads out of the file.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let path = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
    let mut way: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                way.pop()?;
            }
            step => way.push(step),
        }
    }
    Some(way.join("/"))
}

fn refers(node: Node<'_, '_>) -> bool {
    node.attributes().any(|attribute| attribute.namespace() == Some(REFERENCES))
}

/// Whether a part of the frame brings something in by a field or an address of its own.
fn fetches(xml: &Xml<'_>) -> bool {
    let instructions = xml.descendants().filter_map(|node| match node.tag_name().name() {
        "instrText" => node.text(),
        "fldSimple" => node.attributes().find(|attribute| attribute.name() == "instr").map(|attribute| attribute.value()),
        _ => None,
    });
    // Word may write one in several runs.
    let instructions: String = instructions.collect::<String>().to_uppercase();
    let mut words = instructions.split(|c: char| !c.is_ascii_alphabetic());
    let addressed = |node: Node<'_, '_>| {
        let attribute = |name: &str| node.attributes().find(|own| own.name() == name && own.namespace() != Some(REFERENCES));
        node.tag_name().name() == "imagedata" && (attribute("src").is_some() || attribute("href").is_some())
    };
    words.any(|word| FETCHING.contains(&word)) || xml.descendants().any(addressed)
}

fn without(text: &str, ranges: impl Iterator<Item = std::ops::Range<usize>>) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in ranges.filter(|range| !range.is_empty()) {
        if range.start >= at {
            out.push_str(&text[at..range.start]);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::super::package::zip;
    use super::*;

    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    fn file(changed: &[(&str, &str)]) -> Vec<u8> {
        let types = "<Types><Default Extension='bin' ContentType='application/vnd.ms-office.vbaProject'/>\
                     <Override PartName='/word/document.xml' ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>\
                     <Override PartName='/word/comments.xml' ContentType='c'/></Types>";
        let document = format!("<w:document {W}><w:body><w:sectPr><w:printerSettings/></w:sectPr></w:body></w:document>");
        let styles = format!("<w:styles {W}></w:styles>");
        let mut parts: Vec<(String, Vec<u8>)> = [
            (CONTENT_TYPES, types),
            (DOCUMENT, &document),
            (STYLES, &styles),
            (DOCUMENT_RELATIONSHIPS, "<Relationships><Relationship Id='a' Target='vbaProject.bin'/><Relationship Id='b' Target='styles.xml'/></Relationships>"),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .to_vec();
        for (name, text) in changed {
            parts.retain(|(own, _)| own != name);
            parts.push(((*name).to_owned(), text.as_bytes().to_vec()));
        }
        zip(&parts)
    }

    fn taken(changed: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
        let text = |(name, bytes)| (name, String::from_utf8(bytes).unwrap());
        parts(&file(changed)).map(|parts| parts.into_iter().map(text).collect()).map_err(|why| why.en.into_owned())
    }

    #[test]
    fn only_what_a_letterhead_needs_is_taken_over() {
        let settings = format!("<w:settings {W} xmlns:r='{REFERENCES}'><w:zoom/><w:attachedTemplate r:id='x'/></w:settings>");
        let parts = taken(&[
            ("word/vbaProject.bin", "macro"),
            ("../../evil.txt", "x"),
            ("/abs.txt", "x"),
            ("word/media/../../x.png", "x"),
            ("customXml/item1.xml", "<a/>"),
            ("word/settings.xml", &settings),
            (
                "word/_rels/settings.xml.rels",
                "<Relationships><Relationship Id='x' TargetMode='External' Target='http://example.org/e.dotm'/></Relationships>",
            ),
            ("word/media/image1.png", "x"),
        ])
        .unwrap();
        let mut names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, [CONTENT_TYPES, DOCUMENT_RELATIONSHIPS, DOCUMENT, "word/media/image1.png", SETTINGS, STYLES]);
        let all: String = parts.iter().map(|(_, text)| text.as_str()).collect();
        for gone in ["vba", "macroEnabled", "comments", "attachedTemplate", "printerSettings", "e.dotm"] {
            assert!(!all.contains(gone), "{gone}: {all}");
        }
        assert!(all.contains("<w:zoom/>") && all.contains("Target='styles.xml'"));
    }

    #[test]
    fn what_is_damaged_or_comes_from_outside_is_named() {
        let field = format!(
            "<w:hdr {W}><w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE \"http://example.org/a.png\"</w:instrText></w:hdr>"
        );
        let related = |entry: &str| format!("<Relationships><Relationship Id='a' {entry}/></Relationships>");
        let header = "word/_rels/header1.xml.rels";
        for (part, text, why) in [
            ("word/numbering.xml", "<w:numbering".to_owned(), "its part `word/numbering.xml` is damaged"),
            (DOCUMENT_RELATIONSHIPS, "<Relationships><Relat".to_owned(), "its part `word/_rels/document.xml.rels` is damaged"),
            (CONTENT_TYPES, "<Types>".to_owned(), "its part `[Content_Types].xml` is damaged"),
            (STYLES, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".to_owned(), "its part `word/styles.xml` is damaged"),
            ("word/header1.xml", field, "its part `word/header1.xml` takes something from outside"),
            (
                header,
                related("Target='http://example.org/a.png' TargetMode='External' Type='x/image'"),
                "its part `word/header1.xml` takes",
            ),
            (
                header,
                related("Target='file:///c:/a' TargetMode='External' Type='x/hyperlink'"),
                "its part `word/header1.xml` takes",
            ),
            (header, related("Target='embeddings/ole.bin'"), "its part `word/header1.xml` takes"),
            (header, related("Target='../../a.png'"), "its part `word/header1.xml` takes"),
            (
                DOCUMENT_RELATIONSHIPS,
                related("Target='header7.xml' Type='http://example.org/header'"),
                "its part `header7.xml` is missing",
            ),
        ] {
            let told = taken(&[(part, &text)]).unwrap_err();
            assert!(told.contains(why), "{part}: {told}");
        }
        assert!(taken(&[(header, &related("Target='https://example.org' TargetMode='External' Type='x/hyperlink'"))]).is_ok());
        assert_eq!(resolved("word/theme/", "../media/a.png").as_deref(), Some("word/media/a.png"));
        assert_eq!((resolved("word/", "../../a"), resolved("word/", "/word/a").as_deref()), (None, Some("word/a")));
        assert!(parts(b"PK").unwrap_err().en.contains("not a Word file"));
    }
}
