//! XML that others made, before it is read.

/// Attributes of one element: a reader compares each with each, so that fifty thousand take minutes.
const MOST_ATTRIBUTES: usize = 5_000;

/// Whether an element has more attributes than anybody writes. None reaches over the beginning of another.
pub(crate) fn is_crowded(source: &str) -> bool {
    source.split('<').any(|element| element.bytes().filter(|byte| *byte == b'=').count() > MOST_ATTRIBUTES)
}
