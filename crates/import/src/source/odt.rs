//! OpenDocument texts.

use std::collections::BTreeMap;

use convoca_core::locale::Text;
use roxmltree::Node;

use super::blocks::{Blocks, Style, again};
use super::marked::{Look, Run};
use super::package::{Package, tree};
use super::{Bullet, Document};

const DEEPEST: usize = 60;

pub(crate) fn read(package: &mut Package<'_>) -> Result<Document, Text> {
    if package.text("META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Text::fixed("it has a password: save it without one", "tiene contraseña: guárdelo sin ella"));
    }
    let text = package.text("content.xml")?;
    let content = tree(&text)?;
    let numbered: Vec<String> = content
        .descendants()
        .filter(|node| {
            named(node, "list-style")
                && node.children().any(|level| named(&level, "list-level-style-number") && attribute(level, "level") == Some("1"))
        })
        .filter_map(|node| attribute(node, "name").map(str::to_owned))
        .collect();
    let mut blocks = Blocks::default();
    if let Some(body) =
        content.descendants().find(|node| named(node, "text") && node.parent().is_some_and(|parent| named(&parent, "body")))
    {
        walk(body, &mut blocks, Style::default(), &Known { numbered, looks: styles(&content) }, 0);
    }
    Ok(blocks.document())
}

/// What the styles of a text say.
struct Known {
    /// Lists that are numbered.
    numbered: Vec<String>,
    /// Bold and italic, by style.
    looks: BTreeMap<String, (bool, bool)>,
}

fn styles(content: &roxmltree::Document<'_>) -> BTreeMap<String, (bool, bool)> {
    let of = |style: Node<'_, '_>| {
        let own = style.children().find(|node| named(node, "text-properties"))?;
        let look = (attribute(own, "font-weight") == Some("bold"), attribute(own, "font-style") == Some("italic"));
        Some((attribute(style, "name")?.to_owned(), look))
    };
    content
        .descendants()
        .filter(|node| named(node, "style") && attribute(*node, "family") == Some("text"))
        .filter_map(of)
        .collect()
}

/// The stretches of a paragraph with their looks; what its notes say goes to the notes of the document.
fn looks(parent: Node<'_, '_>, styles: &BTreeMap<String, (bool, bool)>, look: &Look, runs: &mut Vec<Run>, blocks: &mut Blocks) {
    for node in parent.children() {
        if node.is_text() {
            let text = text_of_run(node.text().unwrap_or_default());
            runs.push(Run { text, look: look.clone() });
            continue;
        }
        match node.tag_name().name() {
            "note" => {
                let Some(name) = attribute(node, "id") else { continue };
                let body = node.children().find(|node| named(node, "note-body"));
                let said = body
                    .map(|body| body.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect::<String>());
                blocks.note(name, &said.unwrap_or_default());
                runs.push(Run { text: String::new(), look: Look { note: Some(name.to_owned()), ..Look::default() } });
            }
            "annotation" | "annotation-end" | "bookmark" | "text-box" | "frame" => {}
            "s" | "tab" | "line-break" => runs.push(Run { text: " ".to_owned(), look: look.clone() }),
            name => {
                let (strong, emphasis) =
                    attribute(node, "style-name").and_then(|name| styles.get(name)).copied().unwrap_or_default();
                let link = (name == "a").then(|| attribute(node, "href").map(str::to_owned)).flatten();
                let own = Look {
                    strong: look.strong || strong,
                    emphasis: look.emphasis || emphasis,
                    link: link.or_else(|| look.link.clone()),
                    note: None,
                };
                looks(node, styles, &own, runs, blocks);
            }
        }
    }
}

/// White space is folded, as in a web page.
fn text_of_run(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c }).collect()
}

fn named(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn walk(parent: Node<'_, '_>, blocks: &mut Blocks, style: Style, known: &Known, depth: usize) {
    let Known { numbered, looks: looked } = known;
    if depth > DEEPEST {
        return;
    }
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "p" | "h" => {
                let heading = if node.tag_name().name() == "h" {
                    attribute(node, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1)
                } else {
                    0
                };
                let mut boxes = Vec::new();
                let text = text_of(node, &mut boxes);
                let mut runs = Vec::new();
                looks(node, looked, &Look::default(), &mut runs, blocks);
                blocks.marked(&text, &runs, Style { heading, ..style });
                for inner in boxes {
                    walk(inner, blocks, style, known, depth + 1);
                }
            }
            "list" => {
                let own = attribute(node, "style-name")
                    .map_or(style.bullet == Bullet::Number, |name| numbered.iter().any(|style| style == name));
                let level = if style.bullet == Bullet::None { 0 } else { style.level + 1 };
                let bullet = if own { Bullet::Number } else { Bullet::Sign('•') };
                walk(node, blocks, Style { bullet, level, ..style }, known, depth + 1);
            }
            "table" => table(node, blocks, depth),
            "tracked-changes" | "sequence-decls" | "forms" => {}
            _ => walk(node, blocks, style, known, depth + 1),
        }
    }
}

fn table(table: Node<'_, '_>, blocks: &mut Blocks, depth: usize) {
    blocks.open_table();
    for row in table.descendants().filter(|node| named(node, "table-row") && nearest_table(*node) == Some(table)) {
        let mut cells: Vec<String> = Vec::new();
        let mut inner = Vec::new();
        for cell in row.children().filter(Node::is_element) {
            let times = attribute(cell, "number-columns-repeated")
                .and_then(|times| times.parse::<usize>().ok())
                .unwrap_or(1)
                .clamp(1, 60);
            match cell.tag_name().name() {
                "table-cell" => {
                    let mut lines = Vec::new();
                    for node in cell
                        .descendants()
                        .filter(|node| (named(node, "p") || named(node, "h")) && nearest_table(*node) == Some(table))
                    {
                        let mut boxes = Vec::new();
                        let text = text_of(node, &mut boxes);
                        if !text.trim().is_empty() {
                            lines.push(text.replace('\t', " ").trim().to_owned());
                        }
                    }
                    inner.extend(cell.children().filter(|node| named(node, "table")));
                    let text = lines.join("\n");
                    cells.extend((1..times).map(|_| again(&text)));
                    cells.push(text);
                }
                // Under a merged cell: what goes over several columns behind the hour holds for each.
                "covered-table-cell" => {
                    let above = row
                        .children()
                        .filter(Node::is_element)
                        .take_while(|own| *own != cell)
                        .any(|own| attribute(own, "number-columns-spanned").is_some());
                    let before = if cells.len() > 1 && above {
                        cells.last().map(|last| again(last)).unwrap_or_default()
                    } else {
                        String::new()
                    };
                    cells.extend((0..times).map(|_| before.clone()));
                }
                _ => {}
            }
        }
        blocks.row(cells);
        for own in inner {
            if depth < DEEPEST {
                self::table(own, blocks, depth + 1);
                blocks.open_table();
            }
        }
    }
    blocks.gap();
}

fn nearest_table<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    node.ancestors().find(|node| named(node, "table"))
}

fn text_of<'a, 'i>(paragraph: Node<'a, 'i>, boxes: &mut Vec<Node<'a, 'i>>) -> String {
    let mut out = String::new();
    let mut open: Vec<Node<'a, 'i>> = paragraph.children().collect::<Vec<_>>().into_iter().rev().collect();
    while let Some(node) = open.pop() {
        if node.is_text() {
            // White space is folded, as in a web page.
            let text = node.text().unwrap_or_default();
            for c in text.chars() {
                let c = if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c };
                if !(c == ' ' && out.ends_with(' ')) {
                    out.push(c);
                }
            }
            continue;
        }
        match node.tag_name().name() {
            "tab" => out.push('\t'),
            "line-break" => out.push('\n'),
            "s" => {
                let count = attribute(node, "c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).min(200);
                out.extend(std::iter::repeat_n(' ', count));
            }
            "note" | "annotation" | "annotation-end" | "bookmark" => {}
            "text-box" => boxes.push(node),
            _ => open.extend(node.children().collect::<Vec<_>>().into_iter().rev()),
        }
    }
    out
}
