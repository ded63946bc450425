//! Which errors keep mails back: all of them, or for one session those that touch what its mails say.

use std::path::Path;

use super::super::Failure;
use super::super::args::{Format, Options};
use super::super::check;
use super::super::failure::advice;
use crate::Checked;
use crate::checks;
use crate::diagnostics::{Diagnostic, FileId, Level, Sources};
use crate::locale::Text;
use crate::model::Session;
use crate::schema::{GROUP_FILE, Status};
use crate::text;

/// The errors that stand in the way of a session's mails, or of all mails.
pub fn in_the_way<'f>(
    options: &Options,
    sources: &Sources,
    checked: &'f Checked,
    session: Option<&Session>,
) -> Vec<&'f Diagnostic> {
    let errors = checked.findings.iter().filter(|finding| finding.counts_as(Level::Error));
    errors.filter(|finding| session.is_none_or(|session| touches(options, sources, session, finding))).collect()
}

fn touches(options: &Options, sources: &Sources, session: &Session, finding: &Diagnostic) -> bool {
    let is_check = checks::ALL.iter().any(|check| check.rule.id == finding.check);
    // A cancellation says what was told before, whatever is wrong with the session by now.
    if session.status == Status::Cancelled && is_check {
        return false;
    }
    let own = session.id.span.file;
    finding.labels.is_empty()
        || finding.labels.iter().any(|label| label.span.file == own || is_shared(options, sources, label.span.file))
}

/// Whether a file bears on every session: the group's, and the templates.
fn is_shared(options: &Options, sources: &Sources, file: FileId) -> bool {
    let path = Path::new(&sources.get(file).path);
    let beside_sessions = path.parent().is_some_and(|folder| options.programme.ends_with(folder));
    !beside_sessions || path.file_name().is_some_and(|name| name == GROUP_FILE)
}

/// Shows the errors, and what can be done about them.
pub fn refuse(options: &Options, sources: &Sources, errors: &[&Diagnostic], session: Option<&Session>) -> Result<(), Failure> {
    let errors: Vec<Diagnostic> = errors.iter().copied().cloned().collect();
    check::show(sources, &errors, Format::Human, options.lang)?;
    let lang = options.lang;
    let nothing = match session {
        None => Text::fixed("nothing is sent while these errors stand", "no se envía nada mientras estén estos errores"),
        Some(session) => text!(l, name = session.name(l);
            "nothing is sent for {name} while these errors stand", "no se envía nada de {name} mientras estén estos errores"),
    };
    anstream::eprintln!("{}", nothing.get(lang));
    let mut ways = Vec::new();
    if session.is_none() {
        ways.push(Text::fixed(
            "another session need not wait: `--session N` looks at that one alone",
            "otra sesión no tiene que esperar: `--sesion N` atiende solo a esa",
        ));
    }
    let mut bendable: Vec<&str> = errors.iter().map(|error| error.check).collect();
    bendable.retain(|id| checks::ALL.iter().any(|check| check.rule.id == *id));
    bendable.dedup();
    if let Some(id) = bendable.first() {
        ways.push(text!(
            "if the group accepts it as it is: `[checks]` and `{id} = \"warning\"` in {GROUP_FILE}",
            "si el grupo lo acepta tal como está: `[checks]` y `{id} = \"warning\"` en {GROUP_FILE}"
        ));
    }
    ways.iter().for_each(|way| anstream::eprintln!("{}", advice(way, lang)));
    Ok(())
}
