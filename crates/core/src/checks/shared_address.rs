//! One address for several who are invited each on their own.

use std::collections::HashMap;

use super::{Check, Context, Findings, group_file};
use crate::diagnostics::{Example, Level, Rule, Span};
use crate::locale::Text;
use crate::model::{self, PartyId};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "shared-address",
        level: Level::Warning,
        summary: Text::fixed("each has an address of their own", "cada quien tiene su propia dirección"),
        documentation: Text::fixed(
            "An address gets one invitation, in both names, and one answer comes back: it counts for the first of them, and nobody\n\
             knows who comes. A person may share the address of their own party, whose post they read.",
            "A una dirección llega una sola invitación, con ambos nombres, y vuelve una sola respuesta: cuenta para quien figura\n\
             primero, y no se sabe quién asiste. Una persona puede compartir la dirección de su propia organización, cuyo correo lee.",
        ),
        example: Example {
            faulty: &[(
                "group.toml",
                group_file!(
                    "email = \"alcaldia@example.org\"\n[people.ana]\nname = \"Ana\"\nparty = \"capital\"\nemail = \"alcaldia@example.org\""
                ),
            )],
            mended: &[(
                "group.toml",
                group_file!(
                    "email = \"alcaldia@example.org\"\n[people.ana]\nname = \"Ana\"\nparty = \"port\"\nemail = \"alcaldia@example.org\""
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let group = &context.programme.group;
    let parties = group.parties.iter().enumerate().map(|(index, party)| (&party.email, Some(PartyId(index)), false));
    let people = group.people.iter().map(|person| (&person.email, person.party, true));
    let mut first: HashMap<String, (Option<PartyId>, bool, Span)> = HashMap::new();
    for (email, party, is_person) in parties.chain(people) {
        let Some(email) = email else { continue };
        let address = model::address(email).into_owned();
        match first.get(&address) {
            None => {
                first.insert(address, (party, is_person, email.span));
            }
            // Their own party's post.
            Some((other, false, _)) if is_person && *other == party => {}
            Some((.., span)) => findings.push(
                findings
                    .finding(text!("`{address}` is given twice", "`{address}` figura dos veces"))
                    .at(
                        email.span,
                        Text::fixed("one invitation and one answer for both", "una sola invitación y respuesta para ambas"),
                    )
                    .at(*span, Text::fixed("given here as well", "también figura aquí"))
                    .advice(Text::fixed(
                        "give each an address of their own, or leave this one out if they share one invitation",
                        "dé a cada quien su propia dirección, o quite esta si comparten una invitación",
                    )),
            ),
        }
    }
}
