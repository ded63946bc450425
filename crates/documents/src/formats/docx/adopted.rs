//! The styles of a template, an institution's or our own: which it has, which number by themselves, and
//! the links from those of headings to the list that numbers them.

use roxmltree::{Document as Xml, Node};

use super::MAIN;
use super::numbering::HEADINGS_LIST;
use super::outline::{self, Outline};
use super::styles::{self, Ids};
use super::xml::escape;
use crate::branding::hex;
use crate::schema::Colour;

/// What may stand before the numbering within the properties of a paragraph.
const BEFORE_NUMBERING: [&str; 6] = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"];
/// What stands behind the properties of the paragraph within a style.
const BEHIND_PARAGRAPH: [&str; 5] = ["rPr", "tblPr", "trPr", "tcPr", "tblStylePr"];

pub(crate) struct Adopted<'t> {
    text: &'t str,
    xml: Xml<'t>,
}

impl<'t> Adopted<'t> {
    pub(crate) fn read(text: &'t str) -> Option<Adopted<'t>> {
        Some(Adopted { text, xml: Xml::parse(text).ok()? })
    }

    fn styles(&self) -> impl Iterator<Item = Node<'_, 't>> {
        self.xml.root_element().children().filter(|node| node.has_tag_name((MAIN, "style")))
    }

    fn style(&self, id: &str) -> Option<Node<'_, 't>> {
        self.styles().find(|style| style.attribute((MAIN, "styleId")) == Some(id))
    }

    /// Our styles that the template lacks, and the ids of all.
    pub(crate) fn completed(&self, accent: Colour) -> Option<(String, Ids)> {
        let mut taken = Ids::new();
        for style in self.styles() {
            taken.insert(value(style, "name")?.to_lowercase(), style.attribute((MAIN, "styleId"))?.to_owned());
        }
        let (elements, ids) = styles::missing(&taken, &hex(accent));
        // A Spanish Word calls the base of its tables "Tablanormal".
        let renamed = ["normal", "normal table"].iter().zip(["Normal", "TableNormal"]).fold(elements, |text, (name, own)| {
            let id = ids.get(*name).map_or(own, String::as_str);
            text.replace(&format!("<w:basedOn w:val=\"{own}\"/>"), &format!("<w:basedOn w:val=\"{}\"/>", escape(id)))
        });
        Some((renamed, ids))
    }

    /// The style of tables: the one of this name; without a name the one that new tables get, or the
    /// first that the institution made itself.
    pub(crate) fn table_style(&self, wanted: Option<&str>, usual: Option<&str>) -> Option<String> {
        let tables = || self.styles().filter(|style| style.attribute((MAIN, "type")) == Some("table"));
        let id = |style: Node<'_, '_>| style.attribute((MAIN, "styleId")).map(str::to_owned);
        if let Some(wanted) = wanted {
            let wanted = wanted.to_lowercase();
            return tables().find(|style| value(*style, "name").is_some_and(|name| name.to_lowercase() == wanted)).and_then(id);
        }
        let usual = tables().find(|style| usual.is_some() && style.attribute((MAIN, "styleId")) == usual);
        let own = || tables().find(|style| matches!(style.attribute((MAIN, "customStyle")), Some("1" | "true" | "on")));
        usual.or_else(own).and_then(id)
    }

    /// What the styles of tables are called.
    pub(crate) fn tables(&self) -> Vec<String> {
        let tables = self.styles().filter(|style| style.attribute((MAIN, "type")) == Some("table"));
        tables.filter_map(|style| value(style, "name").map(str::to_owned)).collect()
    }

    /// The levels of heading whose style has numbers by itself.
    pub(crate) fn numbered(&self, ids: &Ids) -> [bool; outline::LEVELS] {
        std::array::from_fn(|level| ids.get(&outline::style(level)).is_some_and(|id| self.has_numbers(id)))
    }

    fn has_numbers(&self, id: &str) -> bool {
        let mut next = self.style(id);
        // As many steps as there are styles: a template may be based on itself.
        for _ in self.styles() {
            let Some(style) = next else { return false };
            if let Some(numbering) = child(style, "pPr").and_then(|properties| child(properties, "numPr")) {
                return value(numbering, "numId") != Some("0");
            }
            next = value(style, "basedOn").and_then(|id| self.style(id));
        }
        false
    }

    /// The part with the headings linked to the list that numbers them.
    pub(crate) fn linked(&self, outline: &Outline, ids: &Ids, list_shift: usize) -> String {
        let mut out = self.text.to_owned();
        let levels = (0..outline::LEVELS).filter(|level| outline.is_ours(*level));
        let mut insertions: Vec<(std::ops::Range<usize>, String)> = levels
            .filter_map(|level| {
                let style = self.style(ids.get(&outline::style(level))?)?;
                let list = HEADINGS_LIST + list_shift;
                let link = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
                Some(self.insertion(style, link))
            })
            .collect();
        insertions.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, text) in insertions {
            out.replace_range(range, &text);
        }
        out
    }

    /// Where the link goes within a style.
    fn insertion(&self, style: Node<'_, 't>, link: String) -> (std::ops::Range<usize>, String) {
        let elements = |node: Node<'_, 't>, names: &[&str]| {
            let found: Vec<_> = node
                .children()
                .filter(|child| child.is_element() && names.contains(&child.tag_name().name()))
                .map(|child| child.range())
                .collect();
            found
        };
        let end = |node: Node<'_, 't>| {
            let range = node.range();
            range.start + self.text[range.clone()].rfind("</").unwrap_or(range.len())
        };
        let Some(properties) = child(style, "pPr") else {
            let at = elements(style, &BEHIND_PARAGRAPH).first().map_or_else(|| end(style), |range| range.start);
            return (at..at, format!("<w:pPr>{link}</w:pPr>"));
        };
        if !properties.has_children() {
            return (properties.range(), format!("<w:pPr>{link}</w:pPr>"));
        }
        if let Some(none) = child(properties, "numPr") {
            return (none.range(), link);
        }
        let before = elements(properties, &BEFORE_NUMBERING).last().map(|range| range.end);
        let first = || properties.first_child().map_or_else(|| end(properties), |child| child.range().start);
        let at = before.unwrap_or_else(first);
        (at..at, link)
    }
}

fn child<'a, 't>(node: Node<'a, 't>, name: &str) -> Option<Node<'a, 't>> {
    node.children().find(|child| child.has_tag_name((MAIN, name)))
}

fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.attribute((MAIN, "val"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Heading, Number};

    #[test]
    fn headings_are_linked_however_a_template_writes_them() {
        let number = Number::read("I.");
        let outline = Outline::of(
            &[Block::Heading(Heading { level: 2, number, anchor: String::new(), content: Vec::new() })],
            Default::default(),
        );
        let link = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"5\"/></w:numPr>";
        for (properties, expected) in [
            ("", format!("<w:pPr>{link}</w:pPr>")),
            ("<w:pPr/>", format!("<w:pPr>{link}</w:pPr>")),
            ("<w:rPr><w:b/></w:rPr>", format!("<w:pPr>{link}</w:pPr><w:rPr><w:b/></w:rPr>")),
            (
                "<w:pPr><w:keepNext/><w:jc w:val=\"left\"/></w:pPr>",
                format!("<w:pPr><w:keepNext/>{link}<w:jc w:val=\"left\"/></w:pPr>"),
            ),
            ("<w:pPr><w:jc w:val=\"left\"/></w:pPr>", format!("<w:pPr>{link}<w:jc w:val=\"left\"/></w:pPr>")),
        ] {
            let style = |inner: &str| {
                format!(
                    "<w:styles xmlns:w=\"{MAIN}\"><w:style w:styleId=\"Ttulo1\"><w:name w:val=\"heading 1\"/>{inner}</w:style></w:styles>"
                )
            };
            let text = style(properties);
            let adopted = Adopted::read(&text).unwrap();
            let ids = Ids::from([("heading 1".to_owned(), "Ttulo1".to_owned())]);
            assert_eq!(adopted.numbered(&ids), [false; outline::LEVELS]);
            assert_eq!(adopted.linked(&outline, &ids, 4), style(&expected));
        }
    }
}
