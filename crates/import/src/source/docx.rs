//! Word files: paragraphs, lists, headings and tables, with tracked changes as accepted.

use std::collections::BTreeMap;

use convoca_core::locale::Text;
use roxmltree::Node;

use super::blocks::{Blocks, Style, again};
use super::marked::{Look, Run};
use super::package::{Package, tree};
use super::{Bullet, Document};

/// How deep tables and boxes may stand in each other.
const DEEPEST: usize = 60;

pub(crate) fn read(package: &mut Package<'_>) -> Result<Document, Text> {
    let styles = package.text("word/styles.xml").ok().and_then(|text| Some(headings(&tree(&text).ok()?))).unwrap_or_default();
    let lists = package.text("word/numbering.xml").ok().and_then(|text| Some(numbering(&tree(&text).ok()?))).unwrap_or_default();
    let text = package.text("word/document.xml")?;
    let document = tree(&text)?;
    let links =
        package.text("word/_rels/document.xml.rels").ok().and_then(|text| Some(links(&tree(&text).ok()?))).unwrap_or_default();
    let mut reader = Reader { blocks: Blocks::default(), styles, lists, links };
    if let Some(body) = document.descendants().find(|node| is(node, "body")) {
        reader.blocks(body, 0);
    }
    if let Ok(text) = package.text("word/footnotes.xml")
        && let Ok(notes) = tree(&text)
    {
        footnotes(&notes, &mut reader.blocks);
    }
    Ok(reader.blocks.document())
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|node| is(node, name))
}

fn value<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == "val").map(|attribute| attribute.value())
}

/// Which styles are headings: by their names, which Word does not translate, or their level in the outline.
fn headings(styles: &roxmltree::Document<'_>) -> BTreeMap<String, u8> {
    let mut found = BTreeMap::new();
    for style in styles.descendants().filter(|node| is(node, "style")) {
        let Some(id) = style.attributes().find(|attribute| attribute.name() == "styleId").map(|attribute| attribute.value())
        else {
            continue;
        };
        let name = child(style, "name").and_then(value).unwrap_or_default().to_lowercase();
        let by_name = match name.as_str() {
            "title" => Some(1),
            name => name.strip_prefix("heading ").or_else(|| name.strip_prefix("título ")).and_then(|level| level.parse().ok()),
        };
        let outline = child(style, "pPr")
            .and_then(|properties| child(properties, "outlineLvl"))
            .and_then(value)
            .and_then(|level| level.parse::<u8>().ok())
            .filter(|level| *level < 9)
            .map(|level| level + 1);
        if let Some(level) = by_name.or(outline) {
            found.insert(id.to_owned(), level);
        }
    }
    found
}

/// Whether a list on a level is numbered.
fn numbering(numbering: &roxmltree::Document<'_>) -> BTreeMap<(String, usize), bool> {
    let mut formats: BTreeMap<&str, Vec<(usize, bool)>> = BTreeMap::new();
    let attribute = |node: &Node<'_, '_>, name: &str| {
        node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value().to_owned())
    };
    for list in numbering.descendants().filter(|node| is(node, "abstractNum")) {
        let Some(id) = list.attributes().find(|attribute| attribute.name() == "abstractNumId").map(|attribute| attribute.value())
        else {
            continue;
        };
        for level in list.children().filter(|node| is(node, "lvl")) {
            let at = attribute(&level, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
            let numbered = child(level, "numFmt").and_then(value).is_some_and(|format| format != "bullet" && format != "none");
            formats.entry(id).or_default().push((at, numbered));
        }
    }
    let mut found = BTreeMap::new();
    for own in numbering.descendants().filter(|node| is(node, "num")) {
        let Some(id) = attribute(&own, "numId") else { continue };
        let Some(levels) = child(own, "abstractNumId").and_then(value).and_then(|id| formats.get(id)) else { continue };
        for (level, numbered) in levels {
            found.insert((id.clone(), *level), *numbered);
        }
    }
    found
}

/// What leads out of the file: addresses by the names that paragraphs have for them.
fn links(relationships: &roxmltree::Document<'_>) -> BTreeMap<String, String> {
    let of = |node: &Node<'_, '_>| Some((attribute(*node, "Id")?.to_owned(), attribute(*node, "Target")?.to_owned()));
    let outside = |node: &Node<'_, '_>| is(node, "Relationship") && attribute(*node, "TargetMode") == Some("External");
    relationships.descendants().filter(outside).filter_map(|node| of(&node)).collect()
}

/// Notes by the numbers that paragraphs refer to; those below 1 are the lines above them.
fn footnotes(notes: &roxmltree::Document<'_>, blocks: &mut Blocks) {
    for note in notes.descendants().filter(|node| is(node, "footnote")) {
        let Some(id) = attribute(note, "id").filter(|id| id.parse::<u32>().is_ok_and(|id| id > 0)) else { continue };
        let paragraphs = note.children().filter(|node| is(node, "p")).map(|node| text_of(node, &mut Vec::new()));
        blocks.note(id, &paragraphs.collect::<Vec<_>>().join(" "));
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

struct Reader {
    blocks: Blocks,
    links: BTreeMap<String, String>,
    styles: BTreeMap<String, u8>,
    lists: BTreeMap<(String, usize), bool>,
}

impl Reader {
    fn blocks(&mut self, parent: Node<'_, '_>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => {
                    let style = self.style(node);
                    let mut boxes = Vec::new();
                    let text = text_of(node, &mut boxes);
                    self.blocks.marked(&text, &self.runs(node), style);
                    for inner in boxes {
                        self.blocks(inner, depth + 1);
                    }
                }
                "tbl" => self.table(node, depth),
                "sdt" | "sdtContent" | "ins" | "smartTag" | "customXml" | "moveTo" => self.blocks(node, depth + 1),
                _ => {}
            }
        }
    }

    /// The stretches of a paragraph with their looks.
    fn runs(&self, paragraph: Node<'_, '_>) -> Vec<Run> {
        let mut found = Vec::new();
        for run in paragraph.descendants().filter(|node| is(node, "r")) {
            let around = || run.ancestors().take_while(|node| *node != paragraph);
            if around().any(|node| ["del", "moveFrom", "txbxContent", "Fallback"].iter().any(|name| is(&node, name))) {
                continue;
            }
            let properties = child(run, "rPr");
            let says = |name: &str| {
                let own = properties.and_then(|properties| child(properties, name));
                own.is_some_and(|own| !matches!(value(own), Some("0" | "false" | "none")))
            };
            let link =
                around().find(|node| is(node, "hyperlink")).and_then(|node| self.links.get(attribute(node, "id")?)).cloned();
            let look = Look { strong: says("b"), emphasis: says("i"), link, note: None };
            for reference in run.children().filter(|node| is(node, "footnoteReference")) {
                let note = attribute(reference, "id").map(str::to_owned);
                found.push(Run { text: String::new(), look: Look { note, ..Look::default() } });
            }
            let text = text_of(run, &mut Vec::new());
            if !text.is_empty() {
                found.push(Run { text, look });
            }
        }
        found
    }

    fn style(&self, paragraph: Node<'_, '_>) -> Style {
        let Some(properties) = child(paragraph, "pPr") else { return Style::default() };
        let mut style = Style {
            heading: child(properties, "pStyle").and_then(value).and_then(|id| self.styles.get(id)).copied().unwrap_or(0),
            ..Style::default()
        };
        if let Some(list) = child(properties, "numPr").filter(|_| style.heading == 0) {
            let id = child(list, "numId").and_then(value).unwrap_or_default();
            style.level = child(list, "ilvl").and_then(value).and_then(|level| level.parse().ok()).unwrap_or(0).min(9);
            if id != "0" {
                let numbered = self.lists.get(&(id.to_owned(), style.level)).copied().unwrap_or(false);
                style.bullet = if numbered { Bullet::Number } else { Bullet::Sign('•') };
            }
        }
        style
    }

    fn table(&mut self, table: Node<'_, '_>, depth: usize) {
        self.blocks.open_table();
        for row in table
            .children()
            .flat_map(
                |node| if is(&node, "sdt") { node.descendants().filter(|node| is(node, "tr")).collect() } else { vec![node] },
            )
            .filter(|node| is(node, "tr"))
        {
            // A row that a tracked change took away.
            if child(row, "trPr").is_some_and(|properties| child(properties, "del").is_some()) {
                continue;
            }
            let mut cells: Vec<String> = Vec::new();
            let mut inner = Vec::new();
            let own: Vec<Node<'_, '_>> = row
                .children()
                .flat_map(
                    |node| if is(&node, "sdt") { node.descendants().filter(|node| is(node, "tc")).collect() } else { vec![node] },
                )
                .filter(|node| is(node, "tc"))
                .collect();
            for cell in own {
                let properties = child(cell, "tcPr");
                let span = properties
                    .and_then(|properties| child(properties, "gridSpan"))
                    .and_then(value)
                    .and_then(|span| span.parse::<usize>().ok())
                    .unwrap_or(1)
                    .clamp(1, 60);
                let covered = properties
                    .and_then(|properties| child(properties, "vMerge"))
                    .is_some_and(|merge| value(merge).is_none_or(|value| value != "restart"));
                let mut lines = Vec::new();
                if !covered {
                    cell_text(cell, &mut lines, &mut inner, 0);
                }
                let text = lines.join("\n");
                // What goes over several columns behind the hour holds for each.
                let first = cells.is_empty();
                cells.push(text.clone());
                cells.extend((1..span).map(|_| if first { String::new() } else { again(&text) }));
            }
            self.blocks.row(cells);
            for table in inner {
                if depth < DEEPEST {
                    self.table(table, depth + 1);
                    self.blocks.open_table();
                }
            }
        }
        self.blocks.gap();
    }
}

/// The paragraphs of a cell; tables in it come behind its row.
fn cell_text<'a, 'i>(cell: Node<'a, 'i>, lines: &mut Vec<String>, inner: &mut Vec<Node<'a, 'i>>, depth: usize) {
    for node in cell.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "p" => {
                let mut boxes = Vec::new();
                let text = text_of(node, &mut boxes);
                if !text.trim().is_empty() {
                    lines.push(text.replace('\t', " ").trim().to_owned());
                }
            }
            "tbl" => inner.push(node),
            "sdt" | "sdtContent" | "ins" if depth < DEEPEST => cell_text(node, lines, inner, depth + 1),
            _ => {}
        }
    }
}

fn is_page_break(node: Node<'_, '_>) -> bool {
    node.attributes().any(|attribute| attribute.name() == "type" && attribute.value() == "page")
}

/// The text of a paragraph. What was deleted is not in it, and what stands in boxes comes by itself.
fn text_of<'a, 'i>(paragraph: Node<'a, 'i>, boxes: &mut Vec<Node<'a, 'i>>) -> String {
    let mut out = String::new();
    let mut open: Vec<Node<'a, 'i>> = vec![paragraph];
    while let Some(node) = open.pop() {
        if node.is_element() {
            match node.tag_name().name() {
                "t" => {
                    out.push_str(node.text().unwrap_or_default());
                    continue;
                }
                "tab" if node.parent().is_some_and(|parent| is(&parent, "r")) => out.push('\t'),
                "br" | "cr" if !is_page_break(node) => out.push('\n'),
                "noBreakHyphen" => out.push('-'),
                "del" | "moveFrom" | "instrText" | "delText" | "pPr" | "rPr" | "Fallback" | "softHyphen" => continue,
                "txbxContent" => {
                    boxes.push(node);
                    continue;
                }
                _ => {}
            }
            open.extend(node.children().collect::<Vec<_>>().into_iter().rev());
        }
    }
    out
}
