//! The same meeting told in two zones.

use convoca_core::text;

use super::clock::minutes_of;
use super::result::{Fault, Imported};
use crate::grammar::{Meaning, Span, marks};
use crate::source::Document;

/// The same meeting told in two zones must last as long in each.
pub(super) fn zones(imported: &mut Imported, document: &Document) {
    for line in &document.lines {
        let text = line.whole();
        let found: Vec<(Span, String)> = marks(&text)
            .into_iter()
            .filter_map(|mark| match mark.meaning {
                Meaning::Hours { span, .. } if span.zone.is_some() && span.end.is_some() => {
                    Some((span, text[mark.range].to_owned()))
                }
                _ => None,
            })
            .collect();
        let length = |span: &Span| {
            let start = span.start;
            let end = span.end?;
            let literal = crate::grammar::Hour { half: start.half.or(end.half), ..start };
            Some((i32::from(minutes_of(&end)) - i32::from(minutes_of(&literal))).rem_euclid(1440))
        };
        if let [(one, one_text), (other, other_text), ..] = found.as_slice() {
            let (a, b) = (length(one), length(other));
            if let (Some(a), Some(b)) = (a, b)
                && a != b
            {
                let what = text!(
                    "\"{one_text}\" lasts {a} min and \"{other_text}\" {b} min: they cannot be the same meeting",
                    "«{one_text}» dura {a} min y «{other_text}» {b} min: no pueden ser la misma reunión"
                );
                imported.faults.push(Fault { line: line.number, what });
            }
            if let (Some(zone), Some(other_zone)) = (one.zone, other.zone) {
                let start = |span: &Span, zone: i32| {
                    let literal =
                        crate::grammar::Hour { half: span.start.half.or(span.end.and_then(|end| end.half)), ..span.start };
                    (i32::from(minutes_of(&literal)) - zone).rem_euclid(1440)
                };
                if start(one, zone) != start(other, other_zone) {
                    let what = text!(
                        "\"{one_text}\" and \"{other_text}\" are not the same moment: check the zone, or daylight and standard time",
                        "«{one_text}» y «{other_text}» no son el mismo momento: revise la zona, o la hora de verano"
                    );
                    imported.faults.push(Fault { line: line.number, what });
                }
            }
        }
    }
}
