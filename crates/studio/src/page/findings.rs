//! What is wrong, and what can be done about it.

use convoca_core::diagnostics::{Diagnostic, Subject};
use convoca_core::locale::{Lang, Text};
use convoca_core::{checks, diagnostics};
use serde_json::{Value as Json, json};

use super::{View, each, each_text, find_section};

impl View<'_> {
    pub(super) fn finding(&self, index: usize, finding: &Diagnostic) -> Json {
        let sources = self.snapshot.sources();
        let mends = finding.mends.iter().enumerate().map(|(index, mend)| {
            let edits = mend.edits.iter().map(|edit| {
                let file = sources.get(edit.span.file);
                let (line, _) = file.position(edit.span.range().start);
                let before = file.text.get(edit.span.range()).unwrap_or_default();
                json!({ "path": file.path, "line": line, "before": before, "after": edit.text })
            });
            json!({ "mend": index, "message": mend.message, "certain": mend.certain, "edits": edits.collect::<Json>() })
        });
        let label = finding.labels.first().map(|label| &label.text);
        let session = match &finding.subject {
            Subject::Session { session }
            | Subject::Slot { session, .. }
            | Subject::Item { session, .. }
            | Subject::BreakOut { session, .. } => Some(session),
            _ => None,
        };
        json!({
            "finding": index,
            "check": finding.check,
            "level": finding.level,
            "word": each(|lang| finding.level.word(lang).to_owned()),
            "subject": finding.subject,
            "about": self.about(&finding.subject),
            "session": session,
            "field": finding.field,
            "message": finding.message,
            "label": label.filter(|label| !label.es.is_empty()),
            "others": finding.labels.iter().skip(1).map(|label| json!(label.text)).collect::<Json>(),
            "notes": finding.notes,
            "mends": mends.collect::<Json>(),
            "waived": finding.waived,
            "waivable": checks::is_waivable(finding.check),
            "follows": finding.check == diagnostics::NOT_CHECKED,
        })
    }

    /// What a finding is about, by the name that people know.
    pub(super) fn about(&self, subject: &Subject) -> Text {
        let session = |id: &str| {
            let programme = self.programme?;
            let file = self.snapshot.sources().find(id);
            programme.sessions.iter().find(|session| session.id.value == id || Some(session.file) == file)
        };
        let group = self.programme.map(|programme| &programme.group);
        let known = match subject {
            Subject::Session { session: id } => session(id).map(|session| each_text(|lang| session.name(lang))),
            Subject::Slot { session: id, slot } | Subject::BreakOut { session: id, slot, .. } => {
                session(id).and_then(|session| {
                    let slot = session.slots.get(*slot)?;
                    Some(each_text(|lang| format!("{} · {}", session.name(lang), slot.texts.title.get(lang))))
                })
            }
            Subject::Item { session: id, slot, items } => session(id).and_then(|session| {
                let slot = session.slots.get(*slot)?;
                let item = items.iter().try_fold(slot, |item, place| item.items.get(*place))?;
                Some(each_text(|lang| format!("{} · {}", session.name(lang), item.texts.title.get(lang))))
            }),
            Subject::Party { id } | Subject::Person { id } => group
                .and_then(|group| Some((group, group.actor(id)?)))
                .map(|(group, actor)| each_text(|lang| actor.label(group, lang))),
            Subject::Section { id } => {
                let note = self.programme.and_then(|programme| programme.concept_note.as_ref());
                note.and_then(|note| find_section(&note.sections, id)).map(|section| {
                    each_text(|lang| {
                        let note = if lang == Lang::Es { "Nota conceptual" } else { "Concept note" };
                        format!("{note} · {}", section.texts.title.get(lang))
                    })
                })
            }
            _ => None,
        };
        known.unwrap_or_else(|| subject.mention())
    }
}
