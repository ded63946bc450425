//! A link to a call in a text that everybody reads.

use std::collections::HashMap;

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Diagnostic, Example, FileId, Level, Rule, Span};
use crate::locale::Text;
use crate::model::{COVER, Calls, Session, is_public};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "exposed-link",
        level: Level::Warning,
        summary: Text::fixed(
            "no link to a call stands in a text for everybody",
            "ningún enlace de llamada queda en un texto que todos leen",
        ),
        documentation: Text::fixed(
            "Whoever has the link of a call can enter it, so it goes only into personal invitations: it belongs in `join-link`.\n\
             Where it stands in another text – place, objective, agenda, concept note – published calendars and documents say\n\
             “(link in the invitation)” instead. A call that is open to everybody is published with `publish-join-link = true`, in\n\
             `group.toml` for all sessions or in the file of one. Links are told by the `join-link` of the sessions and by the\n\
             platforms in use (Zoom, Meet, Teams, Webex …).",
            "Quien tiene el enlace de una llamada puede entrar en ella; por eso va solo en invitaciones personales y se escribe en\n\
             `join-link`. Si aparece en otro texto – lugar, objetivo, agenda, nota conceptual –, los calendarios y documentos\n\
             publicados dicen «(enlace en la invitación)» en su lugar. Una llamada abierta a todo público se publica con\n\
             `publish-join-link = true`, en `group.toml` para todas las sesiones o en el archivo de una. Los enlaces se reconocen por\n\
             el `join-link` de las sesiones y por las plataformas en uso (Zoom, Meet, Teams, Webex …).",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!("place = { es = \"En zoom.us/j/8123456789\", en = \"At zoom.us/j/8123456789\" }\n"),
            )],
            mended: &[(
                "session.toml",
                session_file!("join-link = \"https://zoom.us/j/8123456789\"\nplace = { es = \"Zoom\", en = \"Zoom\" }\n"),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let calls = Calls::of(context.programme);
    let of_file: HashMap<FileId, &Session> = context.programme.sessions.iter().map(|session| (session.file, session)).collect();
    context.written.each_field(&mut |file, filled| {
        let session = of_file.get(&file).copied();
        let Some(text) = filled.text.filter(|_| is_public(filled.field, session)) else { return };
        let words = text.into_iter().filter_map(|(_, words)| words);
        let exposed: Vec<Span> =
            words.filter(|words| !calls.within(words.value, session).is_empty()).map(|words| words.span).collect();
        if !exposed.is_empty() {
            let finding = finding(findings, exposed);
            findings.push(finding);
        }
    });
}

/// The same text in each language is one finding.
fn finding(findings: &Findings, exposed: Vec<Span>) -> Diagnostic {
    let finding = findings.finding(Text::fixed(
        "a link to a call stands in a text that everybody reads",
        "hay un enlace de llamada en un texto que todos leen",
    ));
    let label = text!(l, cover = COVER.get(l); "published as “{cover}”", "se publica como «{cover}»");
    exposed.into_iter().fold(finding, |finding, span| finding.at(span, label.clone())).advice(Text::fixed(
        "move it to `join-link`, or write `publish-join-link = true` if the call is open to everybody",
        "páselo a `join-link`, o escriba `publish-join-link = true` si la llamada está abierta a todo público",
    ))
}
