//! An institution's Word template: its styles, headers, footers, page and fonts stay as they are, byte by
//! byte; the body becomes the document, and what the template lacks (a table style, lists) is put beside.

use std::io::{Cursor, Read};
use std::ops::Range;

use roxmltree::{Document as Xml, Node};

use super::body::Body;
use super::numbering;
use super::package::{core_properties, zip};
use super::relationships::{HYPERLINK, NUMBERING, Relationships};
use super::styles::{self, Ids};
use super::xml::escape;
use super::{MAIN, Page};
use crate::render::branding::hex;
use crate::render::document::{Block, Document, Inline, Standing};
use crate::render::frame::Frame;
use crate::schema::{Colour, Paper};

/// A template unpacked is a few megabytes; more is no template but a trap.
const LARGEST: u64 = 64 * 1024 * 1024;
const MOST_PARTS: usize = 1000;

const DOCUMENT: &str = "word/document.xml";
const DOCUMENT_RELATIONSHIPS: &str = "word/_rels/document.xml.rels";
const STYLES: &str = "word/styles.xml";
const NUMBERS: &str = "word/numbering.xml";
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// The parts of a template that can be written into.
#[derive(Clone, Debug)]
pub struct Template {
    parts: Vec<(String, Vec<u8>)>,
}

impl Template {
    /// `None` where the bytes are no Word file, or one that cannot be written into.
    pub fn read(bytes: &[u8]) -> Option<Template> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        if archive.len() > MOST_PARTS {
            return None;
        }
        let mut parts = Vec::new();
        let mut left = LARGEST;
        for index in 0..archive.len() {
            let file = archive.by_index(index).ok()?;
            if file.is_dir() {
                continue;
            }
            let name = file.name().ok()?.into_owned();
            let mut content = Vec::new();
            file.take(left + 1).read_to_end(&mut content).ok()?;
            left = left.checked_sub(content.len() as u64)?;
            parts.push((name, content));
        }
        let template = Template { parts: without_old_styles(parts) };
        let nothing = Body { xml: String::new(), lists: Vec::new() };
        template.base()?.document(&nothing)?;
        Some(template)
    }

    pub fn render(&self, document: &Document, frame: &Frame<'_>) -> Option<Vec<u8>> {
        let base = self.base()?;
        let (style_elements, ids) = base.styles(frame.branding.accent)?;
        let numbers = base.numbers()?;
        let mut links = Relationships::prefixed("Convoca");
        let body = Body::write(&marked(document, frame), base.text_width()?, &ids, numbers.last_list, &mut |url| {
            links.add_external(HYPERLINK, url)
        });
        let numbering_part = numbers.part(&body)?;
        if numbers.text.is_none() {
            links.add(NUMBERING, "numbering.xml");
        }
        let mut parts = self.parts.clone();
        let mut put = |name: &str, text: String| match parts.iter_mut().find(|(own, _)| own == name) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => parts.push((name.to_owned(), text.into_bytes())),
        };
        put(DOCUMENT, base.document(&body)?);
        put(STYLES, before_end(self.text(STYLES)?, &style_elements)?);
        put(NUMBERS, numbering_part);
        put(DOCUMENT_RELATIONSHIPS, before_end(self.text(DOCUMENT_RELATIONSHIPS)?, &links.elements())?);
        put(CONTENT_TYPES, content_types(self.text(CONTENT_TYPES)?)?);
        if self.text("docProps/core.xml").is_some() {
            put("docProps/core.xml", core_properties(document));
        }
        Some(zip(&parts))
    }

    fn text(&self, name: &str) -> Option<&str> {
        let (_, bytes) = self.parts.iter().find(|(own, _)| own == name)?;
        std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}'))
    }

    fn base(&self) -> Option<Base<'_>> {
        let text = self.text(DOCUMENT)?;
        Some(Base {
            text,
            xml: Xml::parse(text).ok()?,
            styles: Xml::parse(self.text(STYLES)?).ok()?,
            numbering: self.text(NUMBERS),
        })
    }
}

/// The parts of a template, parsed.
struct Base<'t> {
    text: &'t str,
    xml: Xml<'t>,
    styles: Xml<'t>,
    numbering: Option<&'t str>,
}

impl Base<'_> {
    fn body(&self) -> Option<Node<'_, '_>> {
        self.xml.root_element().children().find(|node| node.has_tag_name((MAIN, "body")))
    }

    /// Paper, margins, headers and footers: the last section's.
    fn section(&self) -> Option<Node<'_, '_>> {
        self.body()?.children().rfind(|node| node.has_tag_name((MAIN, "sectPr")))
    }

    fn text_width(&self) -> Option<i64> {
        let usual = Page::of(Paper::Letter).text_width();
        let Some(section) = self.section() else { return Some(usual) };
        let number = |element: &str, name: &str| {
            section.children().find(|node| node.has_tag_name((MAIN, element)))?.attribute((MAIN, name))?.parse::<i32>().ok()
        };
        let width = number("pgSz", "w").zip(number("pgMar", "left")).zip(number("pgMar", "right"));
        Some(width.map_or(usual, |((width, left), right)| i64::from(width) - i64::from(left) - i64::from(right)).max(2000))
    }

    /// The document part with our body in the place of the template's own.
    fn document(&self, body: &Body) -> Option<String> {
        let mut names: Vec<(String, String)> = self
            .xml
            .root_element()
            .namespaces()
            .filter_map(|space| Some((space.name()?.to_owned(), space.uri().to_owned())))
            .filter(|(name, _)| !["w", "r", "xml"].contains(&name.as_str()))
            .collect();
        names.push(("w".to_owned(), MAIN.to_owned()));
        names.push(("r".to_owned(), "http://schemas.openxmlformats.org/officeDocument/2006/relationships".to_owned()));
        let spaces: String = names.iter().map(|(name, uri)| format!(" xmlns:{name}=\"{}\"", escape(uri))).collect();
        let ignorable = self.xml.root_element().attributes().find(|attribute| attribute.name() == "Ignorable");
        let ignorable = ignorable.map_or(String::new(), |attribute| format!(" mc:Ignorable=\"{}\"", escape(attribute.value())));
        self.body()?;
        let section = match self.section() {
            Some(section) => self.text[section.range()].to_owned(),
            None => Page::of(Paper::Letter).section(""),
        };
        Some(format!("{}<w:document{spaces}{ignorable}><w:body>{}{section}</w:body></w:document>", super::XML, body.xml))
    }

    /// Our styles that the template lacks, and the ids of all.
    fn styles(&self, accent: Colour) -> Option<(String, Ids)> {
        let mut taken = Ids::new();
        for style in self.styles.root_element().children().filter(|node| node.has_tag_name((MAIN, "style"))) {
            let name = style.children().find(|node| node.has_tag_name((MAIN, "name")))?.attribute((MAIN, "val"))?;
            taken.insert(name.to_lowercase(), style.attribute((MAIN, "styleId"))?.to_owned());
        }
        let (elements, ids) = styles::missing(&taken, &hex(accent));
        // A Spanish Word calls the base of its tables "Tablanormal".
        let renamed = ["normal", "normal table"].iter().zip(["Normal", "TableNormal"]).fold(elements, |text, (name, own)| {
            let id = ids.get(*name).map_or(own, String::as_str);
            text.replace(&format!("<w:basedOn w:val=\"{own}\"/>"), &format!("<w:basedOn w:val=\"{}\"/>", escape(id)))
        });
        Some((renamed, ids))
    }

    fn numbers(&self) -> Option<Numbers<'_>> {
        let Some(text) = self.numbering else {
            return Some(Numbers { text: None, last_list: 0, last_sort: 0, places: [0..0, 0..0] });
        };
        let xml = Xml::parse(text).ok()?;
        let of = |name: &'static str| xml.root_element().children().filter(move |node| node.has_tag_name((MAIN, name)));
        let last = |name: &'static str, id: &'static str| {
            of(name).filter_map(|node| node.attribute((MAIN, id))?.parse::<u32>().ok()).max().unwrap_or(0) as usize
        };
        let end = text.rfind("</").unwrap_or(text.len());
        let lists = of("num").next_back().map_or(end, |node| node.range().end);
        let sorts = of("num").next().map_or(lists, |node| node.range().start);
        Some(Numbers {
            text: Some(text),
            last_list: last("num", "numId"),
            last_sort: last("abstractNum", "abstractNumId"),
            places: [sorts..sorts, lists..lists],
        })
    }
}

/// The lists that a template has, and where ours go.
struct Numbers<'t> {
    text: Option<&'t str>,
    last_list: usize,
    last_sort: usize,
    places: [Range<usize>; 2],
}

impl Numbers<'_> {
    fn part(&self, body: &Body) -> Option<String> {
        let Some(text) = self.text else { return Some(numbering::part(&body.lists)) };
        let [sorts, lists] = &self.places;
        Some(format!(
            "{}{}{}{}{}",
            &text[..sorts.start],
            numbering::definitions(self.last_sort),
            &text[sorts.end..lists.start],
            numbering::instances(&body.lists, self.last_list, self.last_sort),
            &text[lists.end..]
        ))
    }
}

/// Word 2010 wrote the styles twice; the second copy would contradict what is added to the first.
fn without_old_styles(parts: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    const OLD: &str = "stylesWithEffects";
    let kept = parts.into_iter().filter(|(name, _)| !name.ends_with("/stylesWithEffects.xml"));
    kept.map(|(name, bytes)| match std::str::from_utf8(&bytes) {
        Ok(text) if (name == CONTENT_TYPES || name == DOCUMENT_RELATIONSHIPS) && text.contains(OLD) => {
            let text = without_elements_naming(text, OLD);
            (name, text.into_bytes())
        }
        _ => (name, bytes),
    })
    .collect()
}

fn without_elements_naming(text: &str, word: &str) -> String {
    let Ok(xml) = Xml::parse(text) else { return text.to_owned() };
    let names = |node: &Node<'_, '_>| node.attributes().any(|attribute| attribute.value().contains(word));
    let mut out = text.to_owned();
    let ranges: Vec<Range<usize>> = xml.root_element().children().filter(names).map(|node| node.range()).collect();
    for range in ranges.into_iter().rev() {
        out.replace_range(range, "");
    }
    out
}

/// A template has no place for the mark of a draft but the text.
fn marked(document: &Document, frame: &Frame<'_>) -> Document {
    let mut document = document.clone();
    if let (Standing::Draft, Some(mark)) = (document.standing, &frame.mark) {
        let mark = Inline::Strong(vec![Inline::Text(mark.clone())]);
        document.blocks.insert(0, Block::Quote(vec![Block::Paragraph(vec![mark])]));
    }
    document
}

/// Puts elements behind all others of a part's root.
fn before_end(text: &str, elements: &str) -> Option<String> {
    let end = text.rfind("</")?;
    Some(format!("{}{elements}{}", &text[..end], &text[end..]))
}

/// A template (.dotx) becomes a document; the lists may be new.
fn content_types(text: &str) -> Option<String> {
    let text = text.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
    let numbering = "<Override PartName=\"/word/numbering.xml\" \
                     ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>";
    if text.contains("/word/numbering.xml") { Some(text) } else { before_end(&text, numbering) }
}

#[cfg(test)]
mod tests;
