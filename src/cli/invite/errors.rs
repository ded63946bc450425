//! What is told where errors keep mails back.

use crate::checks;
use crate::cli::command::Options;
use crate::cli::findings::{self, Format};
use crate::cli::terminal;
use crate::diagnostics::{Diagnostic, Sources};
use crate::locale::Text;
use crate::model::Session;
use crate::schema::GROUP_FILE;
use crate::text;
use crate::workspace::Failure;

/// Shows the errors, and what can be done about them.
pub(crate) fn refuse(
    options: &Options,
    sources: &Sources,
    errors: &[&Diagnostic],
    session: Option<&Session>,
) -> Result<(), Failure> {
    let errors: Vec<Diagnostic> = errors.iter().copied().cloned().collect();
    findings::show(sources, &errors, Format::Human, options.lang)?;
    let lang = options.lang;
    let nothing = match session {
        None => Text::fixed("nothing is sent while these errors stand", "no se envía nada mientras estén estos errores"),
        Some(session) => text!(l, name = session.name(l);
            "nothing is sent for {name} while these errors stand", "no se envía nada de {name} mientras estén estos errores"),
    };
    terminal::note(lang, &nothing);
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
    ways.iter().for_each(|way| terminal::advise(way, lang));
    Ok(())
}
