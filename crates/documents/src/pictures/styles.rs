//! The properties of a drawing's elements, as attributes and as rules: nothing from outside, nothing beyond measure.

use roxmltree::Node;

use super::refusals::{outside, refused, too_much};
use crate::locale::Text;

/// Octets of rules for styles: each may be tried on each element.
const LONGEST_STYLE: usize = 64 * 1024;
/// Units of a length.
pub(super) const LONGEST: f64 = 1e6;

/// Looks through the rules for styles; whether any of them makes layers of what it is for.
pub(super) fn style(root: Node<'_, '_>) -> Result<bool, Text> {
    let mut rules = String::new();
    let styles = root.descendants().filter(|node| node.tag_name().name() == "style");
    for text in styles.flat_map(|node| node.descendants()).filter_map(|node| node.text()) {
        rules.push_str(text);
    }
    if rules.len() > LONGEST_STYLE {
        return Err(too_much());
    }
    let rules = rules.to_ascii_lowercase();
    if rules.contains('@') && !rules.contains("@font-face") && !rules.contains("@media") || rules.contains("@import") {
        return Err(outside());
    }
    declared(&rules)
}

/// The same of any declarations (`fill:none;opacity:.5`).
pub(super) fn declared(rules: &str) -> Result<bool, Text> {
    let mut layered = false;
    for declaration in rules.split([';', '{', '}']) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        layered |= property(name.trim(), value)?;
    }
    Ok(layered)
}

/// Whether a property makes a layer of its element.
pub(super) fn property(name: &str, value: &str) -> Result<bool, Text> {
    let value = value.trim();
    if name == "filter" && value != "none" {
        return Err(refused("filter"));
    }
    if ["stroke-width", "transform", "font-size"].contains(&name) && is_beyond_measure(value) {
        return Err(Text::fixed("the drawing has lengths beyond measure", "el dibujo tiene medidas desmesuradas"));
    }
    let mut rest = value;
    while let Some((_, behind)) = rest.split_once("url(") {
        if !behind.trim_start_matches([' ', '"', '\'']).starts_with('#') {
            return Err(outside());
        }
        rest = behind;
    }
    let is_plain = matches!(value, "none" | "1" | "normal" | "auto");
    Ok(["opacity", "clip-path", "mask", "mix-blend-mode", "isolation"].contains(&name) && !is_plain)
}

/// Whether a number in it is larger than any drawing. Whoever draws a line of that width takes forever, or fails.
fn is_beyond_measure(value: &str) -> bool {
    let numbers = value.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-')));
    numbers.filter_map(|number| number.trim_end_matches(['e', 'E']).parse::<f64>().ok()).any(|number| number.abs() > LONGEST)
}
