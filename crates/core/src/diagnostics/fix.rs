//! Making the certain mends in the text itself, so that comments and layout stay.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, FileId, Sources};
use crate::locale::Text;

/// A file after its mends.
#[derive(Debug, PartialEq, Eq)]
pub struct Fixed {
    pub file: FileId,
    pub edits: Vec<Edit>,
    pub text: String,
    pub mends: usize,
}

/// Applies every certain mend that stands and is not waived. A mend is made whole or not at all; one
/// that touches what another already changed waits for the next run.
pub fn apply_fixes(sources: &Sources, findings: &[Diagnostic]) -> Vec<Fixed> {
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let mut mends: BTreeMap<FileId, usize> = BTreeMap::new();
    for mend in findings.iter().filter(|finding| finding.waived.is_none()).filter_map(Diagnostic::certain_mend) {
        let clashes = |edit: &Edit| {
            edits.get(&edit.span.file).is_some_and(|made| made.iter().any(|other| overlap(edit, other) || edit == other))
        };
        if mend.edits.is_empty() || mend.edits.iter().any(clashes) {
            continue;
        }
        for edit in &mend.edits {
            edits.entry(edit.span.file).or_default().push(edit.clone());
        }
        *mends.entry(mend.edits[0].span.file).or_default() += 1;
    }
    edits
        .into_iter()
        .filter_map(|(file, edits)| {
            // Only mends that do not touch each other were taken up.
            let text = apply_edits(&sources.get(file).text, &edits).ok()?;
            Some(Fixed { file, edits, text, mends: mends.get(&file).copied().unwrap_or(0) })
        })
        .collect()
}

/// Whether both change the same bytes. What is only put in somewhere overlaps with what takes that place away.
fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.file == b.span.file && a.span.start < b.span.end && b.span.start < a.span.end
}

/// The text after edits, in whatever order they come. What is put in at one place stands in the order given.
///
/// # Errors
/// Two edits that change the same bytes, or one that reaches outside the text or into the middle of a
/// character, leave no right text.
///
/// ```
/// use convoca_core::diagnostics::{Edit, FileId, Span, apply_edits};
/// let edit = |range, text: &str| Edit { span: Span::new(FileId(0), range), text: text.to_owned() };
/// let text = "start = 10:00\nend = 11:45";
/// assert_eq!(apply_edits(text, &[edit(20..25, "10:45"), edit(8..13, "10:05")]).unwrap(), "start = 10:05\nend = 10:45");
/// assert!(apply_edits(text, &[edit(8..13, "10:05"), edit(10..20, "")]).is_err());
/// ```
pub fn apply_edits(text: &str, edits: &[Edit]) -> Result<String, Text> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        let kept = text.get(done..range.start).filter(|_| text.is_char_boundary(range.end) && range.start <= range.end);
        let kept = kept.ok_or(Text::fixed(
            "two changes of this text touch the same place, or one reaches outside it",
            "dos cambios de este texto tocan el mismo lugar, o uno se sale de él",
        ))?;
        out.push_str(kept);
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(&text[done..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;

    #[test]
    fn changes_side_by_side_do_not_touch_each_other() {
        let edit = |file, start, end| Edit { span: Span { file: FileId(file), start, end }, text: "x".to_owned() };
        for (a, b, expected) in [
            (edit(0, 0, 5), edit(0, 5, 9), false),
            (edit(0, 0, 5), edit(0, 5, 5), false),
            (edit(0, 0, 5), edit(0, 0, 0), false),
            (edit(0, 0, 5), edit(0, 3, 3), true),
            (edit(0, 0, 5), edit(0, 4, 9), true),
            (edit(0, 0, 5), edit(0, 1, 2), true),
            (edit(0, 0, 5), edit(1, 0, 5), false),
        ] {
            assert_eq!((overlap(&a, &b), overlap(&b, &a)), (expected, expected), "{a:?} {b:?}");
            if a.span.file == b.span.file {
                assert_eq!(apply_edits("123456789", &[b.clone(), a.clone()]).is_err(), expected, "{a:?} {b:?}");
            }
        }
    }
}
