//! An institution's Word template: its styles, headers, footers, page and fonts stay as they are, byte by
//! byte; the body becomes the document, and what the template lacks (a table style, lists) is put beside.

use std::ops::Range;

use roxmltree::{Document as Xml, Node};

use super::adopted::Adopted;
use super::body::{Body, Surroundings};
use super::footnotes;
use super::intake::{self, CONTENT_TYPES, DOCUMENT, DOCUMENT_RELATIONSHIPS, STYLES};
use super::numbering;
use super::package::{core_properties, zip};
use super::relationships::{self, FOOTNOTES, HEADER, HYPERLINK, NUMBERING, Relationships};
use super::styles::Ids;
use super::xml::escape;
use super::{MAIN, Page, watermark};
use crate::branding::{Branding, WordTemplate};
use crate::document::{Block, Document, Heading, Inline, Number, Standing};
use crate::formats::frame::Frame;
use crate::locale::{Lang, LanguageTag, Text};
use crate::schema::Paper;
use crate::text;

const REFERENCES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NUMBERS: &str = "word/numbering.xml";
const NOTES: &str = "word/footnotes.xml";
const NOTES_RELATIONSHIPS: &str = "word/_rels/footnotes.xml.rels";

impl WordTemplate {
    /// The wanted parts of a Word file, tried with a document that has everything.
    ///
    /// # Errors
    /// Where it is no Word file, is damaged, or cannot be written into: why, with its part.
    pub fn read(bytes: &[u8]) -> Result<WordTemplate, Text> {
        let template = WordTemplate { parts: without_old_styles(intake::parts(bytes)?), table: None };
        let lacking =
            |part: &str| text!("nothing can be written into its part `{part}`", "no se puede escribir en su parte `{part}`");
        let branding = Branding::default();
        let base = template.base().ok_or_else(|| lacking(STYLES))?;
        base.body().ok_or_else(|| lacking(DOCUMENT))?;
        base.styles.completed(branding.accent).ok_or_else(|| lacking(STYLES))?;
        for part in [CONTENT_TYPES, DOCUMENT_RELATIONSHIPS, STYLES, NUMBERS, NOTES, NOTES_RELATIONSHIPS] {
            if template.text(part).is_some_and(|text| before_end(text, "").is_none()) {
                return Err(lacking(part));
            }
        }
        template.render(&whole(), &Frame::of_draft(&branding)).ok_or_else(|| lacking(DOCUMENT))?;
        Ok(template)
    }

    /// Takes the tables' style of this name; else gives the names that there are.
    pub fn take_table_style(&mut self, name: &str) -> Result<(), Vec<String>> {
        let styles = self.text(STYLES).and_then(Adopted::read).ok_or_else(Vec::new)?;
        match styles.table_style(Some(name), None) {
            Some(_) => self.table = Some(name.to_owned()),
            None => return Err(styles.tables()),
        }
        Ok(())
    }

    /// Whether a header or a footer has the number of the page.
    pub fn counts_pages(&self) -> bool {
        let around = self.parts.iter().filter(|(name, _)| name.starts_with("word/header") || name.starts_with("word/footer"));
        around.filter_map(|(name, _)| self.text(name)).any(|text| fields(text).split_whitespace().any(|word| word == "PAGE"))
    }

    /// The style that new tables get, as the settings say.
    fn usual_table(&self) -> Option<&str> {
        let settings = self.text("word/settings.xml")?;
        let rest = settings.split_once("<w:defaultTableStyle w:val=\"")?.1;
        rest.split_once('"').map(|(id, _)| id)
    }

    pub fn render(&self, document: &Document, frame: &Frame<'_>) -> Option<Vec<u8>> {
        let base = self.base()?;
        let (style_elements, ids) = base.styles.completed(frame.branding.accent)?;
        let numbers = base.numbers()?;
        let mut links = Relationships::prefixed("Convoca");
        let link = &mut |url: &str| links.add_external(HYPERLINK, url);
        let place = Surroundings {
            width: base.text_width()?,
            styles: &ids,
            lists: numbers.last_list,
            notes: self.text(NOTES).map_or(Some(0), footnotes::last)?,
            numbered: base.styles.numbered(&ids),
            table: base.styles.table_style(self.table.as_deref(), self.usual_table()),
        };
        let body = Body::write(&marked(document, frame), &place, link);
        let numbering_part = numbers.part(&body, &ids)?;
        let styles = before_end(self.text(STYLES)?, &style_elements)?;
        let styles = Adopted::read(&styles)?.linked(&body.counted.outline, &ids, numbers.last_list);
        if numbers.text.is_none() {
            links.add(NUMBERING, "numbering.xml");
        }
        let note_links = links.external_elements();
        if !body.notes.is_empty() && self.text(NOTES).is_none() {
            links.add(FOOTNOTES, "footnotes.xml");
        }
        let Drafts { headers, new, references } = self.drafts(&base, document, frame, &mut links)?;
        let mut parts = self.parts.clone();
        let mut put = |name: &str, text: String| match parts.iter_mut().find(|(own, _)| own == name) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => parts.push((name.to_owned(), text.into_bytes())),
        };
        put(DOCUMENT, base.document(&body, &references)?);
        put(STYLES, styles);
        put(NUMBERS, numbering_part);
        put(DOCUMENT_RELATIONSHIPS, before_end(self.text(DOCUMENT_RELATIONSHIPS)?, &links.elements())?);
        let new: Vec<&str> = new.iter().map(String::as_str).chain((!body.notes.is_empty()).then_some("footnotes")).collect();
        put(CONTENT_TYPES, content_types(self.text(CONTENT_TYPES)?, &new)?);
        for (name, text) in headers {
            put(&name, text);
        }
        if !body.notes.is_empty() {
            put(
                NOTES,
                match self.text(NOTES) {
                    Some(text) => before_end(text, &footnotes::elements(&body.notes, place.notes))?,
                    None => footnotes::part(&body.notes),
                },
            );
            put(
                NOTES_RELATIONSHIPS,
                match self.text(NOTES_RELATIONSHIPS) {
                    Some(text) => before_end(text, &note_links)?,
                    None => relationships::part(&note_links),
                },
            );
        }
        if self.text("docProps/core.xml").is_some() {
            put("docProps/core.xml", core_properties(document));
        }
        Some(zip(&parts))
    }

    /// The headers of a draft: the template's own with the word, and new ones where it has none.
    fn drafts(&self, base: &Base<'_>, document: &Document, frame: &Frame<'_>, links: &mut Relationships) -> Option<Drafts> {
        let mut drafts = Drafts::default();
        let Some(word) = &frame.watermark else { return Some(drafts) };
        let run = watermark::run(word, document.tag);
        let own = base.headers(self.text(DOCUMENT_RELATIONSHIPS)?)?;
        for kind in self.kinds_of_page(base) {
            if !own.iter().any(|(own, _)| own == kind) {
                let id = links.add(HEADER, &format!("header-{kind}.xml"));
                drafts.references.push_str(&format!("<w:headerReference w:type=\"{kind}\" r:id=\"{id}\"/>"));
                drafts.headers.push((format!("word/header-{kind}.xml"), watermark::header(&run)));
                drafts.new.push(format!("header-{kind}"));
            }
        }
        for (_, target) in own {
            let name = format!("word/{target}");
            if let Some(text) = self.text(&name).filter(|_| !drafts.headers.iter().any(|(own, _)| *own == name)) {
                drafts.headers.push((name, watermark::added(text, &run)?));
            }
        }
        Some(drafts)
    }

    /// The kinds of page that can have headers of their own.
    fn kinds_of_page(&self, base: &Base<'_>) -> impl Iterator<Item = &'static str> {
        let first = base.section().is_none_or(|section| section.children().any(|node| node.has_tag_name((MAIN, "titlePg"))));
        let even = self.text("word/settings.xml").is_some_and(|settings| settings.contains("<w:evenAndOddHeaders"));
        std::iter::once("default").chain(first.then_some("first")).chain(even.then_some("even"))
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
            styles: Adopted::read(self.text(STYLES)?)?,
            numbering: self.text(NUMBERS),
        })
    }
}

/// A document that asks of a template all that any may ask: numbers, a list, a note, a link, the word of a draft.
fn whole() -> Document {
    let text = |text: &str| Inline::Text(text.to_owned());
    let note = Inline::Note { number: 1, lines: vec![vec![text("a")]] };
    let link = Inline::Link { url: "https://example.org".to_owned(), content: vec![text("a")] };
    let heading = Heading { level: 2, number: Number::read("I."), anchor: "a".to_owned(), content: vec![text("a")] };
    let item = vec![Block::Paragraph(vec![note, link])];
    let blocks = vec![Block::Heading(heading), Block::List { start: Some(1), items: vec![item] }];
    let tag = LanguageTag::new(Lang::En, None);
    Document { tag, title: "a".to_owned(), author: "a".to_owned(), standing: Standing::Draft, blocks }
}

/// What a draft changes in the headers.
#[derive(Default)]
struct Drafts {
    /// By part.
    headers: Vec<(String, String)>,
    /// Those that the template does not have.
    new: Vec<String>,
    references: String,
}

/// The parts of a template, parsed.
struct Base<'t> {
    text: &'t str,
    xml: Xml<'t>,
    styles: Adopted<'t>,
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

    /// The headers that the section refers to: which pages they are for, and their parts.
    fn headers(&self, relationships: &str) -> Option<Vec<(String, String)>> {
        let relationships = Xml::parse(relationships).ok()?;
        let target = |id: &str| {
            let entry = relationships.root_element().children().find(|entry| entry.attribute("Id") == Some(id))?;
            entry.attribute("Target").map(|target| target.trim_start_matches("/word/").to_owned())
        };
        let references = self.section().into_iter().flat_map(|section| section.children());
        let references = references.filter(|node| node.has_tag_name((MAIN, "headerReference")));
        let header =
            |node: Node<'_, '_>| Some((node.attribute((MAIN, "type"))?.to_owned(), target(node.attribute((REFERENCES, "id"))?)?));
        Some(references.filter_map(header).collect())
    }

    /// The document part with our body in the place of the template's own.
    fn document(&self, body: &Body, references: &str) -> Option<String> {
        let mut names: Vec<(String, String)> = self
            .xml
            .root_element()
            .namespaces()
            .filter_map(|space| Some((space.name()?.to_owned(), space.uri().to_owned())))
            .filter(|(name, _)| !["w", "r", "xml"].contains(&name.as_str()))
            .collect();
        names.push(("w".to_owned(), MAIN.to_owned()));
        names.push(("r".to_owned(), REFERENCES.to_owned()));
        let spaces: String = names.iter().map(|(name, uri)| format!(" xmlns:{name}=\"{}\"", escape(uri))).collect();
        let ignorable = self.xml.root_element().attributes().find(|attribute| attribute.name() == "Ignorable");
        let ignorable = ignorable.map_or(String::new(), |attribute| format!(" mc:Ignorable=\"{}\"", escape(attribute.value())));
        self.body()?;
        let section = match self.section() {
            Some(section) if section.has_children() => {
                let text = &self.text[section.range()];
                let (open, rest) = text.split_at(text.find('>')? + 1);
                format!("{open}{references}{rest}")
            }
            _ => Page::of(Paper::Letter).section(references),
        };
        Some(format!("{}<w:document{spaces}{ignorable}><w:body>{}{section}</w:body></w:document>", super::XML, body.xml))
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
    fn part(&self, body: &Body, styles: &Ids) -> Option<String> {
        let Some(text) = self.text else { return Some(numbering::part(&body.counted, styles)) };
        let [sorts, lists] = &self.places;
        Some(format!(
            "{}{}{}{}{}",
            &text[..sorts.start],
            numbering::definitions(&body.counted, styles, self.last_sort),
            &text[sorts.end..lists.start],
            numbering::instances(&body.counted, self.last_list, self.last_sort),
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

/// A template's own footer takes the place of ours: what every page would say of the standing stands before the text.
fn marked(document: &Document, frame: &Frame<'_>) -> Document {
    let mut document = document.clone();
    if let Some(mark) = &frame.mark {
        let mark = Inline::Strong(vec![Inline::Text(mark.clone())]);
        document.blocks.insert(0, Block::Quote(vec![Block::Paragraph(vec![mark])]));
    }
    document
}

/// The instructions of all fields of a part; Word may write one in several runs.
fn fields(text: &str) -> String {
    let Ok(xml) = Xml::parse(text) else { return String::new() };
    let instruction = |node: Node<'_, '_>| match node.tag_name().name() {
        "instrText" => node.text().map(str::to_owned),
        "fldSimple" => node.attribute((MAIN, "instr")).map(|text| format!(" {text} ")),
        "fldChar" => Some(" ".to_owned()),
        "pgNum" => Some(" PAGE ".to_owned()),
        _ => None,
    };
    xml.descendants().filter_map(instruction).collect()
}

/// Puts elements behind all others of a part's root.
fn before_end(text: &str, elements: &str) -> Option<String> {
    let end = text.rfind("</")?;
    Some(format!("{}{elements}{}", &text[..end], &text[end..]))
}

/// A template (.dotx) becomes a document; lists and other parts may be new.
fn content_types(text: &str, new: &[&str]) -> Option<String> {
    let mut text = text.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
    for part in ["numbering"].iter().chain(new) {
        if !text.contains(&format!("/word/{part}.xml")) {
            let kind = part.split_once('-').map_or(*part, |(kind, _)| kind);
            let kind = format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
            text = before_end(&text, &format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{kind}\"/>"))?;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests;
