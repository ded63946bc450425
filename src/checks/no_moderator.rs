//! A session that nobody moderates.

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule, Span};
use crate::locale::Text;
use crate::model::RoleKind;
use crate::schema::Status;
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "no-moderator",
        level: Level::Warning,
        summary: Text::fixed("every session has a moderator", "toda sesión tiene quien la modere"),
        documentation: Text::fixed(
            "Somebody opens the call, gives the floor and keeps the time. Write `moderator` in the session, or in each of its slots.",
            "Alguien abre la llamada, da la palabra y cuida el tiempo. Escriba `moderator` en la sesión, o en cada uno de sus puntos.",
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
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        let each_slot = || session.slots.iter().all(|slot| slot.roles.iter().any(|role| role.kind == RoleKind::Moderator));
        let head = Span { file: session.file, start: 0, end: session.slots.first().map_or(u32::MAX, |slot| slot.span.start) };
        if session.moderator.is_none() && (session.slots.is_empty() || !each_slot()) && !context.is_doubtful(head) {
            findings.push(
                findings
                    .finding(text!(l, name = session.mention(l); "{name} has no moderator", "{name} no tiene quien la modere"))
                    .at(session.title.span, Text::fixed("nobody moderates this session", "nadie modera esta sesión"))
                    .advice(Text::fixed("add `moderator = \"…\"`", "agregue `moderator = \"…\"`")),
            );
        }
    }
}
