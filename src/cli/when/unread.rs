//! Constraints that could not be read: a date found without them would be wrong, and nobody would know.

use crate::cli::findings::{self, Format};
use crate::cli::terminal;
use crate::decode;
use crate::diagnostics::{Diagnostic, Level, Subject};
use crate::locale::{Lang, Text};
use crate::project::Snapshot;
use crate::resolve;
use crate::workspace::Failure;

/// Shows what could not be read of the group and of when sessions are; whether there was any.
pub(crate) fn told(snapshot: &Snapshot, lang: Lang) -> Result<bool, Failure> {
    let unread: Vec<Diagnostic> = snapshot.findings().iter().filter(|finding| is_unread(finding)).cloned().collect();
    if unread.is_empty() {
        return Ok(false);
    }
    findings::show(snapshot.sources(), &unread, Format::Human, lang)?;
    let note = Text::fixed(
        "no dates are proposed until this can be read: it may say who cannot attend, and when",
        "no se proponen fechas hasta que esto se pueda leer: puede decir quién no puede asistir, y cuándo",
    );
    terminal::note(lang, &note);
    Ok(true)
}

fn is_unread(finding: &Diagnostic) -> bool {
    let reading = || decode::rules::ALL.iter().chain(resolve::rules::ALL).any(|rule| rule.id == finding.check);
    let about_days = matches!(
        finding.subject,
        Subject::Programme | Subject::Group | Subject::Party { .. } | Subject::Person { .. } | Subject::Session { .. }
    );
    finding.counts_as(Level::Error) && about_days && reading()
}
