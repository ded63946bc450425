//! Speakers still to be confirmed, graver as the day comes near.

use super::hours::DATE_NOT_KNOWN;
use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::{Lang, Text, unconfirmed, words};
use crate::model::Slot;
use crate::schema::Status;
use crate::text;

/// From this many days before the session on, it is a warning; and an error.
const WARNING_DAYS: i64 = 30;
const ERROR_DAYS: i64 = 3;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "speaker-tbc",
        level: Level::Warning,
        summary: Text::fixed("everybody is confirmed before the day", "todas las personas están confirmadas antes del día"),
        documentation: Text::fixed(
            "\"To be confirmed\" is a state that ends. It is a note while there is time, a warning from 30 days before the session\n\
             and an error from 3 days before. For a session that is over it is a note: write down who spoke.",
            "«Por confirmar» es un estado que termina. Es una nota mientras hay tiempo, una advertencia desde 30 días antes de la\n\
             sesión y un error desde 3 días antes. Para una sesión que ya pasó es una nota: deje escrito quién habló.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [{ party = \"port\", tbc = true }]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    for session in context.programme.sessions.iter().filter(|session| session.status != Status::Cancelled) {
        let open: Vec<_> = session.roles().filter(|role| role.tbc).collect();
        // "Ponente por confirmar" as a title says it too.
        let titled: Vec<&Slot> = session.agenda().into_iter().map(|entry| entry.slot).filter(|slot| is_open(slot)).collect();
        if open.is_empty() && titled.is_empty() {
            continue;
        }
        let Some(date) = session.date else {
            findings.not_checked(session.title.span, DATE_NOT_KNOWN);
            continue;
        };
        let count = open.len() + titled.len();
        let days = (date.value - context.today).num_days();
        let level = match days {
            ..0 => Level::Note,
            // A title does not say that it is a person who is missing.
            0..=ERROR_DAYS if !open.is_empty() => Level::Error,
            _ if days <= WARNING_DAYS => Level::Warning,
            _ => Level::Note,
        };
        let roles = |lang| match lang {
            Lang::En => words::count(count, "role", "roles"),
            Lang::Es => words::count(count, "participación", "participaciones"),
        };
        let when = |lang| match (days, lang) {
            (..0, Lang::En) => "is over".to_owned(),
            (..0, Lang::Es) => "ya pasó".to_owned(),
            (0, Lang::En) => "is today".to_owned(),
            (0, Lang::Es) => "es hoy".to_owned(),
            (_, Lang::En) => "is tomorrow".to_owned(),
            (_, Lang::Es) => "es mañana".to_owned(),
        };
        let message = match days {
            2.. => text!(l, name = session.mention(l), roles = roles(l);
                "{name} is in {days} days, with {roles} still to be confirmed",
                "faltan {days} días para {name} y hay {roles} por confirmar"),
            _ => text!(l, name = session.mention(l), when = when(l), roles = roles(l);
                "{name} {when}, with {roles} still to be confirmed",
                "{name} {when}, con {roles} por confirmar"),
        };
        let mut finding = findings.finding(message).level(level);
        for role in open {
            let who = |lang| role.who.label(&context.programme.group, lang);
            let label = match role.is_marked() {
                true => text!(l, who = who(l); "{who}: to be confirmed", "{who}: por confirmar"),
                false => text!(l, who = who(l); "{who}", "{who}"),
            };
            finding = finding.at(role.span, label);
        }
        for slot in titled {
            finding = finding.at(slot.span, text!(l, title = super::timing::short(slot.title.get(l)); "“{title}”", "«{title}»"));
        }
        findings.push(finding);
    }
}

/// Whether the title of an item says that something of it is to be confirmed, and nobody in it is told to be.
fn is_open(slot: &Slot) -> bool {
    let says_it = |lang| unconfirmed::before(slot.title.get(lang)).is_some();
    Lang::ALL.into_iter().any(says_it) && !slot.roles.iter().any(|role| role.tbc)
}
