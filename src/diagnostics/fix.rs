//! Making the certain mends in the text itself, so that comments and layout stay.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, FileId, Sources};

/// A file after its mends.
#[derive(Debug, PartialEq, Eq)]
pub struct Fixed {
    pub file: FileId,
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
        .map(|(file, mut edits)| {
            edits.sort();
            let text = apply_edits(&sources.get(file).text, &edits);
            Fixed { file, text, mends: mends.get(&file).copied().unwrap_or(0) }
        })
        .collect()
}

fn overlap(a: &Edit, b: &Edit) -> bool {
    a.span.file == b.span.file && a.span.start < b.span.end && b.span.start < a.span.end
}

/// The text after edits that are in order and do not overlap.
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(done..range.start).unwrap_or(""));
        out.push_str(&edit.text);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}
