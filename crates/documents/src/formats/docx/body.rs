//! The blocks of a document as the body of a Word file.

mod table;

use std::collections::HashMap;
use std::fmt::Write;

use super::footnotes;
use super::numbering::{Counted, HEADINGS_LIST, List};
use super::outline::{self, Counter, Outline};
use super::styles::Ids;
use super::xml::escape;
use crate::decode::slug;
use crate::document::flow::{Level, stays_with_next};
use crate::document::links;
use crate::document::{Block, Document, Field, Heading, Inline, plain};
use crate::locale::LanguageTag;

/// The body's XML, and the lists that it refers to.
pub(crate) struct Body {
    pub xml: String,
    pub counted: Counted,
    /// The paragraphs of each note.
    pub notes: Vec<String>,
}

/// What a body is written into.
pub(crate) struct Surroundings<'p> {
    /// Of the text, in twentieths of a point.
    pub width: i64,
    pub styles: &'p Ids,
    /// The last ids that lists and notes have already.
    pub lists: usize,
    pub notes: usize,
    /// Which styles of headings have numbers by themselves.
    pub numbered: [bool; outline::LEVELS],
    /// The style of tables in an institution's template, where it has one.
    pub table: Option<String>,
}

impl Body {
    /// `link` gives the relationship of an address.
    pub(crate) fn write(document: &Document, place: &Surroundings<'_>, link: &mut dyn FnMut(&str) -> String) -> Body {
        let outline = Outline::of(&document.blocks, place.numbered);
        let mut writer = Writer {
            out: String::new(),
            lists: Vec::new(),
            notes: Vec::new(),
            outline: &outline,
            numbers: Counter::new(&outline),
            bookmarks: bookmarks(document),
            titled: false,
            stays: false,
            lang: document.tag,
            place,
            link,
        };
        writer.blocks(&document.blocks, Spot::default(), Level::Document);
        let Writer { out, lists, notes, .. } = writer;
        Body { xml: out, counted: Counted { lists, outline }, notes }
    }
}

/// The id and name of each heading's bookmark by what links call it; Word allows 40 letters, digits and low lines.
fn bookmarks(document: &Document) -> HashMap<&str, (usize, String)> {
    let name = |(index, heading): (usize, &'_ Heading)| {
        let letters: String = slug(&plain(&heading.content)).replace('-', "_").chars().take(30).collect();
        (index + 1, format!("_{}_{letters}", index + 1))
    };
    let headings = links::headings(&document.blocks).into_iter().enumerate();
    headings.map(|(index, heading)| (heading.anchor.as_str(), name((index, heading)))).collect()
}

/// Where a paragraph stands: in which list, and how.
#[derive(Clone, Copy, Default)]
struct Spot {
    /// Number of the list and level of the item.
    list: Option<(usize, usize)>,
    ordered: bool,
    /// Whether the item's number was written already.
    continued: bool,
    quoted: bool,
}

struct Writer<'w> {
    out: String,
    lists: Vec<List>,
    outline: &'w Outline,
    numbers: Counter<'w>,
    notes: Vec<String>,
    bookmarks: HashMap<&'w str, (usize, String)>,
    /// Whether the title was written: headings of level 1 behind it are no titles.
    titled: bool,
    /// Whether what is written stays with what comes next.
    stays: bool,
    lang: LanguageTag,
    place: &'w Surroundings<'w>,
    link: &'w mut dyn FnMut(&str) -> String,
}

/// On the page of what comes next.
const KEEP: &str = "<w:keepNext/>";

/// What runs look like beside their character style.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    white: bool,
    style: Option<&'static str>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], place: Spot, level: Level) {
        let mut place = place;
        let around = self.stays;
        for (index, stays) in stays_with_next(blocks, level).into_iter().enumerate() {
            self.stays = stays || (around && index + 1 == blocks.len());
            self.block(&blocks[index], place);
            if matches!(blocks[index], Block::Table(_)) {
                self.table_end(blocks.get(index + 1));
            }
            place.continued = place.list.is_some();
        }
        self.stays = around;
    }

    fn block(&mut self, block: &Block, place: Spot) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(content) => self.paragraph(content, place),
            Block::List { start, items } => self.list(*start, items, place),
            Block::Quote(content) => self.blocks(content, Spot { quoted: true, ..place }, Level::Within),
            Block::Code(code) => {
                for line in code.trim_end_matches('\n').split('\n') {
                    self.open("code", "");
                    self.run(line, Look::default());
                    self.out.push_str("</w:p>");
                }
            }
            Block::Table(table) => self.table(table),
            Block::Fields(fields) => fields.iter().for_each(|field| self.field(field)),
            Block::Rule => {
                self.open("rule", "");
                self.out.push_str("</w:p>");
            }
        }
    }

    /// The id of a style by its name in Word.
    fn style(&self, name: &str) -> String {
        self.place.styles.get(name).cloned().unwrap_or_else(|| "Normal".to_owned())
    }

    fn open(&mut self, style: &str, properties: &str) {
        let id = escape(&self.style(style));
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{id}\"/>{properties}</w:pPr>");
    }

    fn heading(&mut self, heading: &Heading) {
        let is_title = heading.level == 1 && !self.titled;
        self.titled = true;
        let level = outline::level(heading);
        let counted = !is_title && heading.number.as_ref().is_some_and(|number| self.numbers.reaches(level, number));
        let style = if is_title { "title".to_owned() } else { outline::style(level) };
        let takes_off = !is_title && !counted && self.outline.is_numbered(level);
        self.open(&style, if takes_off { "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>" } else { "" });
        let worded = if counted { heading.content.clone() } else { heading.worded() };
        let Some((id, name)) = self.bookmarks.get(heading.anchor.as_str()).cloned() else {
            self.inlines(&worded, Look::default());
            return self.out.push_str("</w:p>");
        };
        let _ = write!(self.out, "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>");
        self.inlines(&worded, Look::default());
        let _ = write!(self.out, "<w:bookmarkEnd w:id=\"{id}\"/></w:p>");
    }

    fn paragraph(&mut self, content: &[Inline], place: Spot) {
        let keep = if self.stays { KEEP } else { "" };
        match place.list {
            Some((_, level)) if place.continued => {
                let style = if place.ordered { "list number" } else { "list bullet" };
                self.open(style, &format!("{keep}<w:ind w:left=\"{}\"/>", 360 * (level + 1)));
            }
            Some((list, level)) => {
                let style = if place.ordered { "list number" } else { "list bullet" };
                let number = HEADINGS_LIST + list + self.place.lists;
                self.open(style, &format!("{keep}<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"));
            }
            None if place.quoted => self.open("quote", keep),
            None => self.open("normal", keep),
        }
        self.inlines(content, Look::default());
        self.out.push_str("</w:p>");
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>], place: Spot) {
        let level = place.list.map_or(0, |(_, level)| level + 1).min(8);
        self.lists.push(List { start, level });
        let list = self.lists.len();
        for (index, item) in items.iter().enumerate() {
            // No item stands alone at the head or foot of a page.
            self.stays = index + 1 < items.len() && (index == 0 || index + 2 == items.len());
            let inside = Spot { list: Some((list, level)), ordered: start.is_some(), continued: false, quoted: false };
            match item.first() {
                Some(Block::Paragraph(_)) => self.blocks(item, inside, Level::Within),
                // An item that begins with something else still has its number.
                _ => {
                    self.paragraph(&[], inside);
                    self.blocks(item, Spot { continued: true, ..inside }, Level::Within);
                }
            }
        }
    }

    fn field(&mut self, field: &Field) {
        self.open("field", "");
        self.inlines(&field.label, Look { style: Some("label"), ..Look::default() });
        self.out.push_str("<w:r><w:tab/></w:r>");
        let (first, rest) = match &field.content[..] {
            [Block::Paragraph(first), rest @ ..] => (&first[..], rest),
            rest => (&[][..], rest),
        };
        self.inlines(first, Look::default());
        self.out.push_str("</w:p>");
        self.blocks(rest, Spot::default(), Level::Within);
    }

    fn inlines(&mut self, content: &[Inline], look: Look) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Time { text, .. } => self.run(text, look),
                Inline::Strong(content) => self.inlines(content, Look { bold: true, ..look }),
                Inline::Emphasis(content) => self.inlines(content, Look { italic: true, ..look }),
                Inline::Aside(content) => {
                    self.inlines(content, Look { style: Some("aside"), white: look.white, ..Look::default() })
                }
                Inline::Code(code) => self.run(code, Look { style: Some("code text"), ..look }),
                Inline::Link { url, content } => self.hyperlink(url, content, look),
                Inline::Note { lines, .. } => self.note(lines),
                Inline::Anchor(_) => {}
                Inline::Break => self.out.push_str("<w:r><w:br/></w:r>"),
            }
        }
    }

    fn hyperlink(&mut self, url: &str, content: &[Inline], look: Look) {
        let target = match url.strip_prefix('#') {
            Some(name) => match self.bookmarks.get(name) {
                Some((_, name)) => format!("w:anchor=\"{name}\""),
                None => return self.inlines(content, look),
            },
            None => format!("r:id=\"{}\"", (self.link)(url)),
        };
        let _ = write!(self.out, "<w:hyperlink {target} w:history=\"1\">");
        self.inlines(content, Look { style: Some("hyperlink"), ..look });
        self.out.push_str("</w:hyperlink>");
    }

    fn note(&mut self, lines: &[Vec<Inline>]) {
        let style = escape(&self.style("footnote reference"));
        let around = std::mem::take(&mut self.out);
        for (index, line) in lines.iter().enumerate() {
            self.open("footnote text", "");
            if index == 0 {
                self.out.push_str(&footnotes::mark(&style));
            }
            self.inlines(line, Look::default());
            self.out.push_str("</w:p>");
        }
        self.notes.push(std::mem::replace(&mut self.out, around));
        self.out.push_str(&footnotes::reference(&style, self.place.notes + self.notes.len()));
    }

    /// One stretch of text. Strong and emphasis are styles where nothing else is said of the run.
    fn run(&mut self, text: &str, look: Look) {
        let (style, bold, italic) = match look {
            Look { style: Some(style), bold, italic, .. } => (Some(style), bold, italic),
            Look { bold: true, italic, .. } => (Some("strong"), false, italic),
            Look { italic: true, .. } => (Some("emphasis"), false, false),
            Look { .. } => (None, false, false),
        };
        self.out.push_str("<w:r><w:rPr>");
        if let Some(style) = style {
            let id = escape(&self.style(style));
            let _ = write!(self.out, "<w:rStyle w:val=\"{id}\"/>");
        }
        self.out.push_str(if bold { "<w:b/>" } else { "" });
        self.out.push_str(if italic { "<w:i/>" } else { "" });
        self.out.push_str(if look.white { "<w:color w:val=\"ffffff\"/>" } else { "" });
        let _ = write!(self.out, "<w:lang w:val=\"{}\"/></w:rPr>", self.lang);
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.out.push_str("<w:br/>");
            }
            let _ = write!(self.out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
        }
        self.out.push_str("</w:r>");
    }
}
