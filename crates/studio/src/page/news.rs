//! What is not as a page saw it.

use std::collections::{HashMap, HashSet};

use convoca_core::diagnostics::{Diagnostic, FileId, Span};
use convoca_core::project::Snapshot;
use convoca_core::schema::{CONCEPT_NOTE_FILE, GROUP_FILE};
use serde_json::{Value as Json, json};

use super::{View, branding, programme};

/// See [`super::tried`].
pub(super) fn news(before: &Snapshot, after: &Snapshot) -> Json {
    let changed = changed(before, after);
    let is_changed = |name: &str| {
        let paths = changed.iter().flat_map(|id| [before, after].map(|snapshot| snapshot.sources().get(*id).path.as_str()));
        paths.into_iter().any(|path| path.rsplit('/').next() == Some(name))
    };
    // Names and clocks everywhere are those of the group.
    let (Some(old), Some(new), false) = (before.programme(), after.programme(), is_changed(GROUP_FILE)) else {
        return programme(after);
    };
    let view = View { snapshot: after, programme: Some(new) };
    let sessions = new.sessions.iter().map(|session| {
        let place = old.sessions.iter().position(|own| own.file == session.file);
        match place.filter(|_| !changed.contains(&session.file)) {
            Some(place) => json!(place),
            None => view.session(&new.group, session),
        }
    });
    let known = Known::of(before.findings());
    let findings = after.findings().iter().enumerate().map(|(index, finding)| match known.place(finding, &changed) {
        Some(place) => json!(place),
        None => view.finding(index, finding),
    });
    let mut told = json!({ "sessions": sessions.collect::<Json>(), "findings": findings.collect::<Json>() });
    if is_changed(CONCEPT_NOTE_FILE) {
        told["note"] = view.note();
    }
    let (old, new) = (branding::branding(before), branding::branding(after));
    if old != new {
        told["branding"] = new;
    }
    told
}

/// The texts that are not what they were.
fn changed(before: &Snapshot, after: &Snapshot) -> HashSet<FileId> {
    let ids = before.sources().iter().chain(after.sources().iter()).map(|(id, _)| id);
    let is_other = |id: &FileId| {
        let (old, new) = (before.sources().get(*id), after.sources().get(*id));
        !std::ptr::eq(old, new) && (old.path != new.path || old.text != new.text)
    };
    ids.filter(is_other).collect()
}

/// Findings by what makes it quick to find them again.
struct Known<'a> {
    places: HashMap<(&'static str, Span), Vec<usize>>,
    findings: &'a [Diagnostic],
}

impl<'a> Known<'a> {
    fn of(findings: &'a [Diagnostic]) -> Known<'a> {
        let mut places: HashMap<(&'static str, Span), Vec<usize>> = HashMap::new();
        for (index, finding) in findings.iter().enumerate() {
            places.entry(key(finding)).or_default().push(index);
        }
        Known { places, findings }
    }

    /// Where the same finding was; what speaks of a changed text is told anew, as the lines in it are others.
    fn place(&self, finding: &Diagnostic, changed: &HashSet<FileId>) -> Option<usize> {
        let edits = finding.mends.iter().flat_map(|mend| &mend.edits).map(|edit| edit.span.file);
        if finding.labels.iter().map(|label| label.span.file).chain(edits).any(|file| changed.contains(&file)) {
            return None;
        }
        self.places.get(&key(finding))?.iter().copied().find(|place| self.findings[*place] == *finding)
    }
}

fn key(finding: &Diagnostic) -> (&'static str, Span) {
    (finding.check, finding.labels.first().map_or_else(Span::default, |label| label.span))
}
