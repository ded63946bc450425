//! Putting the items of a file into another order.

use crate::diagnostics::{Edit, Sources, Span};
use crate::model::Slot;

/// The edits after which the items stand in the given order, each with the comments that belong to it.
pub(crate) fn edits(sources: &Sources, slots: &[&Slot], order: &[usize]) -> Vec<Edit> {
    let blocks: Vec<Span> = slots.iter().map(|slot| block(sources, slot.extent)).collect();
    // Blocks of one list may share what stands between them; then they are not put anywhere else.
    if blocks.windows(2).any(|pair| pair[0].end > pair[1].start) {
        return Vec::new();
    }
    let moved = order.iter().enumerate().filter(|(place, at)| place != *at);
    moved.map(|(place, at)| Edit { span: blocks[place], text: sources.text(blocks[*at]).to_owned() }).collect()
}

/// An item with the comment lines right above its head and the one behind its last value.
fn block(sources: &Sources, extent: Span) -> Span {
    let text = &sources.get(extent.file).text;
    let range = extent.range();
    if !text[range.clone()].starts_with("[[") {
        return extent;
    }
    let mut start = range.start;
    for line in text[..range.start].split_inclusive('\n').rev() {
        if !line.ends_with('\n') || !line.trim_start().starts_with('#') {
            break;
        }
        start -= line.len();
    }
    let rest = text[range.end..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let end = if rest.trim_start().starts_with('#') { range.end + rest.len() } else { range.end };
    Span::new(extent.file, start..end)
}
