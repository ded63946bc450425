//! A session that nobody moderates.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule, Span};
use crate::locale::Text;
use crate::model::{RoleKind, Session, Slot};
use crate::schema::Status;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "no-moderator",
        level: Level::Note,
        summary: Text::fixed("every session has a moderator", "toda sesión tiene quien la modere"),
        documentation: Text::fixed(
            "Somebody opens the call, gives the floor and keeps the time. Write `moderator` in the session, or in each of its items.\n\
             Where other sessions of the programme have a moderator, one without is a warning.",
            "Alguien abre la llamada, da la palabra y cuida el tiempo. Escriba `moderator` en la sesión, o en cada uno de sus puntos.\n\
             Si otras sesiones del programa tienen moderación, la que no la tiene es una advertencia.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                "id = \"session\"\nnumber = 1\ndate = 2027-03-02\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
            )],
            mended: &[("session.toml", super::session_file!(""))],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let sessions = || context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled);
    let level = if sessions().any(is_moderated) { Level::Warning } else { CHECK.rule.level };
    for session in sessions().filter(|session| !is_moderated(session)) {
        let head = Span { file: session.file, start: 0, end: session.slots.first().map_or(u32::MAX, |slot| slot.span.start) };
        if context.is_doubtful(head) {
            continue;
        }
        findings.push(
            findings
                .finding(text!(l, name = session.mention(l); "{name} has no moderator", "{name} no tiene quien la modere"))
                .level(level)
                .at(session.title.span, Text::fixed("nobody moderates this session", "nadie modera esta sesión"))
                .advice(Text::fixed("add `moderator = \"…\"`", "agregue `moderator = \"…\"`")),
        );
    }
}

/// Whether somebody moderates the session, or each of its items.
fn is_moderated(session: &Session) -> bool {
    let moderated = |slot: &Slot| slot.roles.iter().any(|role| role.kind == RoleKind::Moderator);
    session.moderator.is_some()
        || (!session.slots.is_empty() && session.slots.iter().filter(|slot| !slot.is_break()).all(moderated))
}
