//! What is done about a finding: a mend, or a reason to live with it.

use std::collections::BTreeMap;

use super::tree::Key;
use super::{Desk, Refusal, values};
use crate::checks;
use crate::diagnostics::{self, Diagnostic, Edit, FileId, Sources, Subject};
use crate::locale::Text;
use crate::project::{Change, Snapshot, Step};
use crate::text;

/// The certain mends of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    pub path: String,
    pub mends: usize,
    pub change: Change,
}

/// Every certain mend that stands and is not waived, by file. One that touches what another changes waits for
/// the next time.
pub fn certain_mends(snapshot: &Snapshot) -> Vec<Mended> {
    let sources = snapshot.sources();
    let fixed = diagnostics::apply_fixes(sources, snapshot.findings());
    let mended = fixed.into_iter().filter_map(|fixed| {
        let path = sources.get(fixed.file).path.clone();
        Some(Mended { path, mends: fixed.mends, change: steps(sources, &fixed.edits).ok()? })
    });
    mended.collect()
}

/// Edits of texts as they stand, as a change. The last comes first, so that it leaves the places of the others.
pub(super) fn steps(sources: &Sources, edits: &[Edit]) -> Result<Change, Refusal> {
    let mut by_file: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.span.file).or_default().push(edit.clone());
    }
    let mut change = Change::default();
    for (file, mut edits) in by_file {
        let file = sources.get(file);
        diagnostics::apply_edits(&file.text, &edits)?;
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let before = change.steps.len();
        for edit in edits.iter().rev() {
            let before = &file.text[edit.span.range()];
            if before != edit.text {
                change.steps.push(Step::replace(&file.path, edit.span.range().start, before, &edit.text));
            }
        }
        // A file in another encoding is written anew, with the text that it has.
        if change.steps.len() == before && file.encoding.is_some() {
            let text = Some(file.text.clone());
            change.steps.push(Step::File { path: file.path.clone(), before: text.clone(), after: text });
        }
    }
    Ok(change)
}

impl Desk<'_> {
    fn finding(&self, index: usize) -> Result<&Diagnostic, Refusal> {
        let gone = || Text::fixed("this finding is no longer there", "este hallazgo ya no está").into();
        self.snapshot.findings().get(index).ok_or_else(gone)
    }

    pub(super) fn apply_mend(&self, finding: usize, mend: usize) -> Result<Change, Refusal> {
        let mend = self.finding(finding)?.mends.get(mend).filter(|mend| !mend.edits.is_empty());
        let none = || {
            Refusal::from(Text::fixed("no change of the text goes with this advice", "este consejo no trae un cambio del texto"))
        };
        steps(self.snapshot.sources(), &mend.ok_or_else(none)?.edits)
    }

    pub(super) fn waive(&self, finding: usize, reason: &str) -> Result<Change, Refusal> {
        let finding = self.finding(finding)?;
        let check = finding.check;
        if reason.trim().is_empty() {
            return Err(Text::fixed("a waiver says why", "una excepción dice por qué").into());
        }
        if !checks::is_waivable(check) {
            return Err(text!("`{check}` cannot be waived: mend it", "`{check}` no se puede aceptar: corríjalo").into());
        }
        // Waivers stand in a slot, a session, the note or the group, and hold for what is in it.
        let holder = match &finding.subject {
            Subject::BreakOut { session, slot, .. } => Subject::Slot { session: session.clone(), slot: *slot },
            Subject::Section { .. } => Subject::ConceptNote,
            other => other.clone(),
        };
        let (mut draft, mut path) = self.open(&holder)?;
        path.push(Key::Name("waive"));
        let waiver = [("check", values::line(check)), ("reason", values::line(reason))];
        match draft.written(&path) {
            Some(_) => {
                let count = draft.count(&path);
                draft.insert(&path, count, &waiver)?;
            }
            None => draft.set(&path, &format!("[{}]", draft.inline(&waiver)))?,
        }
        Ok(draft.into())
    }
}
