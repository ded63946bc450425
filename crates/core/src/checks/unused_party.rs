//! Parties that nothing names.

use std::collections::HashSet;

use super::{Check, Context, Findings};
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;
use crate::text;

const GROUP: &str = concat!(
    "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\n",
    "name = { es = \"Ejemplo\", en = \"Example\" }\n",
    "[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n",
    "[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\n"
);

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "unused-party",
        level: Level::Note,
        summary: Text::fixed(
            "every party of the group has a part in it",
            "toda organización del grupo tiene algo que ver con él",
        ),
        documentation: Text::fixed(
            "A party that is no member, presides over nothing, has no role in a session and no section of the note that speaks of it\n\
             may be a leftover, or its role was forgotten.",
            "Una organización que no es miembro, que no preside, que no tiene papel en ninguna sesión ni sección de la nota que hable de\n\
             ella puede ser un resto, o se olvidó darle su papel.",
        ),
        example: Example {
            faulty: &[("group.toml", GROUP)],
            mended: &[
                ("group.toml", GROUP),
                (
                    "session.toml",
                    super::session_file!(
                        "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                    ),
                ),
            ],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    // A file that was not read to its end may hold what seems to be missing.
    if !context.written.whole {
        return;
    }
    let group = &context.programme.group;
    let named: HashSet<_> = context.programme.mentions.iter().map(|mention| group.party(mention.party).id.as_str()).collect();
    for party in group.parties.iter().filter(|party| !party.member && !named.contains(party.id.as_str())) {
        let id = &party.id;
        findings.push(
            findings
                .finding(text!("nothing names the party `{id}`", "nada nombra a la organización `{id}`"))
                .at(party.span, Text::fixed("no role, no section, no member", "sin papel, sin sección, no es miembro")),
        );
    }
}
