//! Which errors keep mails back: all of them, or for one session those that touch what its mails say.

use crate::checks;
use crate::diagnostics::{Diagnostic, FileId, Level};
use crate::model::Session;
use crate::project::Snapshot;
use crate::schema::{GROUP_FILE, Status};

const SEAT_IS_OPEN: &str = "speaker-tbc";

/// The errors that stand in the way of a session's mails, or of all mails.
pub fn in_the_way<'s>(snapshot: &'s Snapshot, session: Option<&Session>) -> Vec<&'s Diagnostic> {
    // A seat that is still open, or open again, is told by `check`; the mails must go out all the same.
    let waits = |check: &str| check != SEAT_IS_OPEN && !checks::TOLD_BESIDE.contains(&check);
    let blocks = |finding: &&Diagnostic| finding.counts_as(Level::Error) && waits(finding.check);
    let errors = snapshot.findings().iter().filter(blocks);
    errors.filter(|finding| session.is_none_or(|session| touches(snapshot, session, finding))).collect()
}

fn touches(snapshot: &Snapshot, session: &Session, finding: &Diagnostic) -> bool {
    let is_check = checks::ALL.iter().any(|check| check.rule.id == finding.check);
    // A cancellation says what was told before, whatever is wrong with the session by now.
    if session.status == Status::Cancelled && is_check {
        return false;
    }
    let own = session.id.span.file;
    finding.labels.is_empty() || finding.labels.iter().any(|label| label.span.file == own || is_shared(snapshot, label.span.file))
}

/// Whether a file bears on every session: the group's, and the templates.
fn is_shared(snapshot: &Snapshot, file: FileId) -> bool {
    let path = &snapshot.sources().get(file).path;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    folder != snapshot.folder() || name == GROUP_FILE
}
