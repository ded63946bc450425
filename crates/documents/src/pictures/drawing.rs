//! Drawings (SVG) that others made: looked through before any program draws them.
//!
//! Whoever draws an SVG goes into each group, follows each reference and fills each region that it names; half a
//! kilobyte can ask for more than a machine has. So only what logos are made of is let through — shapes, text,
//! gradients, clips, copies — and only as much of it as can be drawn in a moment. What a copy stands for counts
//! as often as it is drawn.

use std::collections::HashMap;

use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::refusals::{no_picture, outside, refused, too_much};
use super::styles::{LONGEST, declared, property, style};
use crate::locale::Text;
use crate::text;
use crate::xml::is_crowded;

/// Octets. Logos have some ten thousand.
const LARGEST: usize = 1024 * 1024;
/// Elements and attributes in the file.
const MOST_NODES: u32 = 60_000;
/// Elements, as often as they are drawn.
const MOST_ELEMENTS: usize = 20_000;
/// Letters, as often as they are drawn.
const MOST_LETTERS: usize = 2_000;
/// What is drawn apart and laid over the rest: each takes a picture of its own.
const MOST_LAYERS: usize = 100;
/// Groups within groups, through copies too.
const DEEPEST: usize = 64;
/// Octets of an entity (Illustrator has one for each namespace), and references to any.
const LONGEST_ENTITY: usize = 200;
const MOST_REFERENCES: usize = 2_000;
/// Octets of a path with arcs. Whoever draws it goes a step deeper for each arc that leads nowhere.
const LONGEST_ARCS: usize = 100_000;
/// The longer side over the shorter.
const MOST_ELONGATED: f64 = 20.0;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

const ELEMENTS: [&str; 26] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "solidColor",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "title",
    "tspan",
    "use",
];

/// Width and height of a drawing in units of its own, once all that it asks for is known to be harmless.
///
/// # Errors
/// Why it is not taken: for people, without its name.
pub(crate) fn size(bytes: &[u8]) -> Result<(f64, f64), Text> {
    if bytes.len() > LARGEST {
        let kibibytes = LARGEST / 1024;
        return Err(text!("the drawing is larger than {kibibytes} KiB", "el dibujo pasa de {kibibytes} KiB"));
    }
    let source = std::str::from_utf8(bytes).map_err(|_| no_picture())?.trim_start_matches('\u{feff}');
    if is_crowded(source) {
        return Err(too_much());
    }
    entities(source)?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let xml = Xml::parse_with_options(source, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => too_much(),
        _ => no_picture(),
    })?;
    let root = xml.root_element();
    if root.tag_name().name() != "svg" {
        return Err(no_picture());
    }
    let names = root.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let layered = style(root)?;
    let mut drawing = Drawing { names, layered, known: HashMap::new(), left: MOST_NODES as usize };
    let cost = drawing.cost(root, 0)?;
    if cost.elements > MOST_ELEMENTS || cost.layers > MOST_LAYERS {
        return Err(too_much());
    }
    if cost.letters > MOST_LETTERS {
        return Err(text!("it has more than {MOST_LETTERS} letters of text", "tiene más de {MOST_LETTERS} letras de texto"));
    }
    measured(root)
}

/// Entities stand for text that is put in at each reference: none may hold much, or another.
fn entities(source: &str) -> Result<(), Text> {
    let Some(start) = source.find("<!DOCTYPE") else { return Ok(()) };
    let mut rest = &source[start..];
    let mut any = false;
    while let Some((_, behind)) = rest.split_once("<!ENTITY") {
        any = true;
        let quote = behind.find(['"', '\'']).ok_or_else(no_picture)?;
        let (name, value) = behind.split_at(quote);
        let value = value[1..].split(&value[..1]).next().unwrap_or_default();
        if name.contains('%') || ["SYSTEM", "PUBLIC"].iter().any(|word| name.contains(word)) {
            return Err(outside());
        }
        if value.len() > LONGEST_ENTITY || value.contains(['&', '%', '<']) {
            return Err(too_much());
        }
        rest = &behind[quote + 1 + value.len()..];
    }
    if any && source.matches('&').count() > MOST_REFERENCES {
        return Err(too_much());
    }
    Ok(())
}

/// What drawing something takes.
#[derive(Clone, Copy, Default)]
struct Cost {
    elements: usize,
    letters: usize,
    layers: usize,
    depth: usize,
}

struct Drawing<'a, 'x> {
    names: HashMap<&'a str, Node<'a, 'x>>,
    /// Whether a rule may make a layer of any element.
    layered: bool,
    /// `None` while it is looked at: what stands for itself never ends.
    known: HashMap<roxmltree::NodeId, Option<Cost>>,
    left: usize,
}

impl<'a, 'x> Drawing<'a, 'x> {
    fn cost(&mut self, node: Node<'a, 'x>, depth: usize) -> Result<Cost, Text> {
        if depth > DEEPEST {
            return Err(Text::fixed("the drawing is nested too deeply", "el dibujo está anidado con demasiada profundidad"));
        }
        match self.known.get(&node.id()) {
            Some(Some(cost)) if cost.depth + depth <= DEEPEST => return Ok(*cost),
            Some(None) => return Err(Text::fixed("the drawing refers to itself", "el dibujo se refiere a sí mismo")),
            _ => {}
        }
        self.left = self.left.checked_sub(1).ok_or_else(too_much)?;
        self.known.insert(node.id(), None);
        let cost = self.looked_at(node, depth)?;
        self.known.insert(node.id(), Some(cost));
        Ok(cost)
    }

    fn looked_at(&mut self, node: Node<'a, 'x>, depth: usize) -> Result<Cost, Text> {
        let name = node.tag_name().name();
        if node.tag_name().namespace().unwrap_or(SVG) == SVG && !ELEMENTS.contains(&name) {
            return Err(refused(name));
        }
        let mut cost = Cost { elements: 1, layers: usize::from(self.layered || name == "svg"), ..Cost::default() };
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            if attribute.namespace().is_none() {
                if name.starts_with("on") {
                    return Err(refused("script"));
                }
                if name == "d" && value.len() > LONGEST_ARCS && value.contains(['a', 'A']) {
                    return Err(too_much());
                }
                let layered = if name == "style" { declared(value)? } else { property(name, value)? };
                cost.layers += usize::from(layered);
            }
        }
        let mut within = Vec::new();
        for child in node.children() {
            if child.is_text() && matches!(name, "text" | "tspan" | "a") {
                cost.letters += child.text().unwrap_or_default().chars().count();
            }
            // What another program keeps for itself is not drawn, and neither are its children.
            if child.is_element() && child.tag_name().namespace().unwrap_or(SVG) == SVG {
                within.push(child);
            }
        }
        if name == "metadata" {
            return Ok(cost);
        }
        let address = node.attribute((XLINK, "href")).or_else(|| node.attribute("href"));
        if let Some(address) = address.filter(|_| name != "a") {
            let target = address.trim().strip_prefix('#').ok_or_else(outside)?;
            within.extend(self.names.get(target));
        }
        for property in ["clip-path", "mask"] {
            let target = node.attribute(property).and_then(|value| value.trim().strip_prefix("url(#")?.strip_suffix(')'));
            within.extend(target.and_then(|target| self.names.get(target)));
        }
        for node in within {
            let of = self.cost(node, depth + 1)?;
            cost.elements = cost.elements.saturating_add(of.elements);
            cost.letters = cost.letters.saturating_add(of.letters);
            cost.layers = cost.layers.saturating_add(of.layers);
            cost.depth = cost.depth.max(of.depth + 1);
        }
        Ok(cost)
    }
}

fn measured(root: Node<'_, '_>) -> Result<(f64, f64), Text> {
    let length = |name: &str| root.attribute(name)?.trim().trim_end_matches(|c: char| c.is_alphabetic()).parse::<f64>().ok();
    let view_box: Vec<f64> =
        root.attribute("viewBox").unwrap_or("").split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
    let size = match view_box[..] {
        [_, _, width, height] => Some((width, height)),
        _ => length("width").zip(length("height")),
    };
    let (width, height) = size
        .filter(|(width, height)| is_length(*width) && is_length(*height))
        .ok_or_else(|| Text::fixed("it does not say how large it is (`viewBox`)", "no dice de qué tamaño es (`viewBox`)"))?;
    if width.max(height) > MOST_ELONGATED * width.min(height) {
        return Err(Text::fixed("it is too narrow for a logo", "es demasiado angosta para un logotipo"));
    }
    Ok((width, height))
}

/// Not so large or small that a pixel of it could not be told.
fn is_length(length: f64) -> bool {
    (1e-3..=LONGEST).contains(&length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(inner: &str) -> Result<(f64, f64), String> {
        let svg = format!("<svg xmlns='{SVG}' xmlns:xlink='{XLINK}' viewBox='0 0 100 50'>{inner}</svg>");
        size(svg.as_bytes()).map_err(|why| why.en.into_owned())
    }

    #[test]
    fn what_logos_are_made_of_is_drawn() {
        for inner in [
            "",
            "<title>Logo</title><g transform='scale(2)'><path d='M0 0h9v9z' fill='url(#a)'/></g>\
             <defs><linearGradient id='a'><stop offset='0'/></linearGradient><linearGradient id='b' xlink:href='#a'/></defs>",
            "<style>.a{fill:#123;fill-opacity:.5}</style><g class='a' clip-path='url(#c)'><circle r='3'/></g>\
             <clipPath id='c'><rect width='9' height='9'/></clipPath>",
            "<symbol id='s'><text>A<tspan>B</tspan></text></symbol><use href='#s'/><use xlink:href='#s' style='filter:none;opacity:.4'/>",
            "<metadata><x xmlns='urn:other'><filter/></x></metadata><namedview xmlns='urn:inkscape' onclick='x'><image/></namedview>",
            "<a href='https://example.org'><rect width='1' height='1'/></a>",
        ] {
            assert_eq!(drawn(inner), Ok((100.0, 50.0)), "{inner}");
        }
        let illustrator = format!(
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\
             <!ENTITY ns_svg \"{SVG}\"><!ENTITY ns_ai 'http://ns.adobe.com/x'>]>\
             <svg xmlns=\"&ns_svg;\" xmlns:i=\"&ns_ai;\" width=\"40px\" height=\"10px\"/>"
        );
        assert_eq!(size(illustrator.as_bytes()).unwrap(), (40.0, 10.0));
    }

    #[test]
    fn what_could_end_or_hang_a_program_is_not() {
        let nested = |element: &str, times: usize| {
            format!("{}{}", format!("<{element}>").repeat(times), format!("</{element}>").repeat(times))
        };
        let doubled: String =
            (1..40).map(|n| format!("<g id='g{n}'><use href='#g{0}'/><use href='#g{0}'/></g>", n - 1)).collect();
        for (inner, why) in [
            (nested("g", 65), "nested too deeply"),
            (nested("g", 20_000), "nested too deeply"),
            (nested("svg", 60).repeat(2), "too many parts"),
            ("<rect width='1' height='1'/>".repeat(25_000), "too many parts"),
            ("<g opacity='.9'/>".repeat(400), "too many parts"),
            (format!("<style>.a{{opacity:.5}}</style>{}", "<g class='a'/>".repeat(400)), "too many parts"),
            (format!("<style>{}</style>", "a{}".repeat(30_000)), "too many parts"),
            (format!("<g id='g0'><rect/></g>{doubled}"), "nested too deeply"),
            (format!("<g id='g0'><rect/></g>{}", &doubled[..doubled.find("<g id='g30'>").unwrap()]), "too many parts"),
            (format!("<text>{}</text>", "a".repeat(3000)), "letters"),
            (format!("<text id='t'>{}</text>{}", "a".repeat(1000), "<use href='#t'/>".repeat(3)), "letters"),
            ("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>".to_owned(), "refers to itself"),
            ("<clipPath id='a'><g clip-path='url(#a)'/></clipPath>".to_owned(), "refers to itself"),
            ("<filter id='f'/>".to_owned(), "filter"),
            ("<g style='filter : url(#f)'/>".to_owned(), "filter"),
            ("<style>g{filter:blur(100px)}</style>".to_owned(), "filter"),
            ("<defs><pattern/></defs>".to_owned(), "pattern"),
            ("<image href='data:image/png;base64,AA=='/>".to_owned(), "picture within"),
            ("<use href='other.svg#a'/>".to_owned(), "from outside"),
            ("<rect fill='url(http://example.org/a)'/>".to_owned(), "from outside"),
            ("<style>@import 'http://example.org/a.css'</style>".to_owned(), "from outside"),
            ("<script/>".to_owned(), "script"),
            ("<rect onload='x'/>".to_owned(), "script"),
            ("<foreignObject/>".to_owned(), "foreignObject"),
        ] {
            let error = drawn(&inner).unwrap_err();
            assert!(error.contains(why), "{}: {error}", &inner[..inner.len().min(80)]);
        }
    }

    #[test]
    fn entities_hold_little() {
        let with = |declared: &str, inner: &str| {
            let svg = format!("<!DOCTYPE svg [{declared}]><svg xmlns='{SVG}' viewBox='0 0 2 1'><title>{inner}</title></svg>");
            size(svg.as_bytes()).map_err(|why| why.en.into_owned())
        };
        assert!(with("<!ENTITY a 'b'>", "&a;").is_ok());
        for (declared, inner) in [
            (format!("<!ENTITY a '{}'>", "x".repeat(20_000)), "&a;".repeat(1000)),
            ("<!ENTITY a 'bbbbbbbbbb'><!ENTITY c '&a;&a;&a;'>".to_owned(), "&c;".to_owned()),
            ("<!ENTITY a 'b'>".to_owned(), "&a;".repeat(3000)),
            ("<!ENTITY a SYSTEM 'file:///etc/passwd'>".to_owned(), "&a;".to_owned()),
            ("<!ENTITY % a 'b'>".to_owned(), String::new()),
        ] {
            assert!(with(&declared, &inner).is_err(), "{}", &declared[..declared.len().min(60)]);
        }
    }

    #[test]
    fn a_size_is_one_that_can_be_drawn() {
        for root in [
            "",
            "viewBox='0 0 0 1'",
            "viewBox='0 0 1e9 1e9'",
            "width='1' height='-1'",
            "viewBox='0 0 2100 100'",
            "width='NaN' height='1'",
        ] {
            assert!(size(format!("<svg xmlns='{SVG}' {root}/>").as_bytes()).is_err(), "{root}");
        }
        assert!(size(b"<html/>").is_err() && size(b"").is_err() && size(b"\xff\xfe").is_err());
    }
}
