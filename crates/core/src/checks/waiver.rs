//! Waivers that waive nothing, or do not say why.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Diagnostic, Example, Level, Rule, Span};
use crate::locale::Text;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "waiver",
        level: Level::Warning,
        summary: Text::fixed("a waiver has a reason, and something to waive", "una excepción tiene motivo, y algo que aceptar"),
        documentation: Text::fixed(
            "`waive = [{ check = \"…\", reason = \"…\" }]` in an item, a session, the note or the group accepts a finding there. The\n\
             reason is shown in every report. A waiver whose finding is gone is taken out, or it would hide the next mistake.",
            "`waive = [{ check = \"…\", reason = \"…\" }]` en un punto, una sesión, la nota o el grupo acepta ahí un hallazgo. El motivo\n\
             se muestra en cada informe. Una excepción cuyo hallazgo ya no existe se quita, o escondería el próximo error.",
        ),
        example: Example {
            faulty: &[("session.toml", session_file!("waive = [{ check = \"slot-gap\", reason = \"receso\" }]\n"))],
            mended: &[("session.toml", session_file!(""))],
        },
    },
    run,
};

/// The engine reports waivers while it applies them.
fn run(_: &Context<'_>, _: &mut Findings) {}

pub(super) fn unused(check: &str, span: Span) -> Diagnostic {
    Diagnostic::new(CHECK.rule, text!("this waiver of `{check}` waives nothing", "esta excepción de `{check}` no acepta nada"))
        .at(span, Text::fixed("take it out", "quítela"))
}

pub(super) fn without_reason(span: Span) -> Diagnostic {
    Diagnostic::new(CHECK.rule, Text::fixed("a waiver says why", "una excepción dice por qué"))
        .level(Level::Error)
        .at(span, Text::fixed("write the reason", "escriba el motivo"))
}
