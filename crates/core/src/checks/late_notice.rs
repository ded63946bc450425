//! Sessions nearer than the group's own notice with something still missing.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Diagnostic, Example, Level, Rule};
use crate::locale::{Lang, Text, words};
use crate::model::Session;
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "late-notice",
        level: Level::Warning,
        summary: Text::fixed(
            "speakers and join link are known when notice is due",
            "ponentes y enlace se conocen cuando toca avisar",
        ),
        documentation: Text::fixed(
            "`notice-days` in `group.toml` says how many days before a session everything is known and sent. Nearer than that, speakers\n\
             to be confirmed and a missing `join-link` (for a session without a `place`) are told. Without `notice-days` nothing is\n\
             checked.",
            "`notice-days` en `group.toml` dice cuántos días antes de una sesión todo se sabe y se ha enviado. Más cerca que eso se\n\
             avisa de ponentes por confirmar y de un `join-link` que falta (en una sesión sin `place`). Sin `notice-days` no se\n\
             verifica nada.",
        ),
        example: Example {
            faulty: &[("group.toml", super::group_file!("", "notice-days = 7\n"))],
            mended: &[
                ("group.toml", super::group_file!("", "notice-days = 7\n")),
                ("session.toml", session_file!("join-link = \"https://meet.example.org/1\"\n")),
            ],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    let Some(notice) = group.notice_days else { return };
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        let Some(date) = session.date else { continue };
        let days = (date.value - context.today).num_days();
        if !(0..i64::from(notice.value)).contains(&days) || !is_open(session) {
            continue;
        }
        let left = |lang| match lang {
            Lang::En => words::count(usize::try_from(days).unwrap_or(0), "day", "days"),
            Lang::Es => words::count(usize::try_from(days).unwrap_or(0), "día", "días"),
        };
        let count = notice.value;
        let message = text!(l, session = session.mention(l), left = left(l);
            "{session} is in {left}, less than the notice of the group, and something is missing",
            "{session} es en {left}, menos que el aviso del grupo, y falta algo");
        let mut finding: Diagnostic = findings.finding(message);
        if lacks_link(session) {
            finding = finding.at(date.span, Text::fixed("no `join-link` yet", "aún no hay `join-link`"));
        }
        for role in session.roles().filter(|role| role.tbc) {
            finding =
                finding.at(role.span, text!(l, who = role.who.label(group, l); "{who}: to be confirmed", "{who}: por confirmar"));
        }
        findings.push(finding.at(notice.span, text!("the notice: {count} days", "el aviso: {count} días")));
    }
}

fn is_open(session: &Session) -> bool {
    lacks_link(session) || session.roles().any(|role| role.tbc)
}

/// A session held at a place needs no link.
fn lacks_link(session: &Session) -> bool {
    session.join_link.as_ref().is_none_or(|link| link.value.is_empty()) && session.place.is_none()
}
