//! What the answers mean for the programme, told beside the plan: no mail waits for it, and `check` has the whole of it.

use crate::cli::terminal;
use crate::diagnostics::Level;
use crate::following::RULES;
use crate::locale::Lang;
use crate::model::Session;
use crate::project::Snapshot;
use crate::text;

/// What the plan itself says of a session: that it is held.
const IN_THE_PLAN: &str = "renamed-session";

/// One note for each finding, of one session or of all.
pub(crate) fn note(lang: Lang, snapshot: &Snapshot, session: Option<&Session>) {
    let of_answers = |check: &str| check != IN_THE_PLAN && RULES.iter().any(|rule| rule.id == check);
    let stands =
        snapshot.findings().iter().filter(|finding| finding.counts_as(Level::Warning) || finding.counts_as(Level::Error));
    let own = |file| session.is_none_or(|session| session.id.span.file == file);
    for finding in stands.filter(|finding| of_answers(finding.check)) {
        if finding.labels.iter().any(|label| own(label.span.file)) {
            let note = text!(l, said = finding.message.get(l).to_owned();
                "{said} (`convoca check` shows where)", "{said} (`convoca revisar` muestra dónde)");
            terminal::note(lang, &note);
        }
    }
}
