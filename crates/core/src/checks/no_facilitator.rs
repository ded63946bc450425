//! A break-out group that nobody facilitates.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::model::RoleKind;
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "no-facilitator",
        level: Level::Warning,
        summary: Text::fixed("every break-out group has a facilitator", "todo grupo de trabajo tiene quien lo facilite"),
        documentation: Text::fixed(
            "A group writes its own `facilitators`, or shares those of its item: as many as there are groups without their own, so\n\
             that each group has one.",
            "Un grupo escribe sus propios `facilitators`, o comparte los de su punto: tantos como grupos sin los suyos, para que a\n\
             cada grupo le toque uno.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\nfacilitators = [\"port\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Grupos\", en = \"Groups\" }\nfacilitators = [\"port\", \"capital\"]\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 1\", en = \"Group 1\" }\n\
                 \n  [[slots.groups]]\n  title = { es = \"Grupo 2\", en = \"Group 2\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let slots = context.programme.sessions.iter().flat_map(|session| session.agenda()).map(|entry| entry.slot);
    for slot in slots.filter(|slot| !slot.groups.is_empty() && !context.is_doubtful(slot.extent)) {
        let facilitators = |roles: &[crate::model::Role]| roles.iter().filter(|role| role.kind == RoleKind::Facilitator).count();
        let without: Vec<_> = slot.groups.iter().filter(|group| facilitators(&group.roles) == 0).collect();
        let shared = facilitators(&slot.roles);
        if without.len() <= shared {
            continue;
        }
        let missing = without.len() - shared;
        let mut finding = findings.finding(match (missing, shared) {
            (1, 0) => Text::fixed("a break-out group has no facilitator", "un grupo de trabajo no tiene quien lo facilite"),
            (n, 0) => text!("{n} break-out groups have no facilitator", "{n} grupos de trabajo no tienen quien los facilite"),
            (n, shared) => text!(
                "{n} more facilitators are needed: the item has {shared} for its groups",
                "faltan {n} personas que faciliten: el punto tiene {shared} para sus grupos"
            ),
        });
        for group in &without {
            finding = finding.at(group.span, text!(l, title = super::timing::short(group.title.get(l)); "{title}", "{title}"));
        }
        findings.push(finding);
    }
}
