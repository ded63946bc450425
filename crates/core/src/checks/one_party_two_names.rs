//! Two spellings or acronyms that are one party.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Check, Context, Findings, session_file};
use crate::decode::slug;
use crate::diagnostics::{Diagnostic, Edit, Example, FileId, Label, Level, Mend, Rule, Span};
use crate::locale::Text;
use crate::model::{Actor, Group, PartyId, Role, Slot};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "one-party-two-names",
        level: Level::Warning,
        summary: Text::fixed("a party goes by one name", "una organización se llama de una sola manera"),
        documentation: Text::fixed(
            "CGLU and UCLG are one organisation: written both ways, one reader takes them for two. Files name a party by its id, and\n\
             documents then show each language's own acronym. Two entries of `group.toml` that share a name are told too, and who\n\
             stands twice in one list.",
            "CGLU y UCLG son una sola organización: escrita de las dos maneras, hay quien la toma por dos. Los archivos nombran a la\n\
             parte por su identificador, y los documentos muestran luego las siglas de cada idioma. También se avisa de dos entradas\n\
             de `group.toml` que comparten un nombre, y de quien figura dos veces en una misma lista.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"Puerto\"]\n"
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
    let group = &context.programme.group;
    // Each wrong name is told once for a file, with every place where it stands.
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut by_name: HashMap<(FileId, PartyId, &str), usize> = HashMap::new();
    for mention in &context.programme.mentions {
        let id = &group.party(mention.party).id;
        let written = mention.written.as_str();
        if written == id {
            continue;
        }
        let edit = Edit { span: mention.span, text: format!("\"{id}\"") };
        match by_name.entry((mention.span.file, mention.party, written)) {
            Entry::Occupied(known) => {
                let finding = &mut told[*known.get()];
                finding.labels.push(Label { span: mention.span, text: Text::fixed("and here", "y aquí") });
                finding.mends.iter_mut().for_each(|mend| mend.edits.push(edit.clone()));
            }
            Entry::Vacant(free) => {
                free.insert(told.len());
                told.push(
                    findings
                        .finding(text!("`{written}` and `{id}` are one party", "`{written}` y `{id}` son la misma organización"))
                        .at(mention.span, text!("this is `{id}`", "esta es `{id}`"))
                        .at(group.party(mention.party).span, Text::fixed("defined here", "definida aquí"))
                        .mend(Mend::certain(text!("write its id, `{id}`", "escriba su identificador, `{id}`"), vec![edit])),
                );
            }
        }
    }
    told.into_iter().for_each(|finding| findings.push(finding));
    let parties = group.parties.iter().map(|party| Named { id: &party.id, span: party.span, names: party.names().collect() });
    let people = group.people.iter().map(|person| Named { id: &person.id, span: person.span, names: vec![&person.name] });
    tell_namesakes(parties, findings);
    tell_namesakes(people, findings);
    for session in &context.programme.sessions {
        session.agenda().into_iter().for_each(|entry| tell_twice(group, entry.slot, findings));
    }
}

/// Who stands twice in one list, under one name or two.
fn tell_twice(group: &Group, slot: &Slot, findings: &mut Findings) {
    for (at, role) in slot.roles.iter().enumerate() {
        // Two seats may be described alike while nobody is known for either.
        let same = |other: &&Role| other.kind == role.kind && other.who == role.who && !matches!(role.who, Actor::Described(_));
        if let Some(first) = slot.roles[..at].iter().find(same) {
            findings.push(
                findings
                    .finding(text!(l, who = role.who.label(group, l), role = role.kind.word(l);
                        "{who} is named twice ({role})", "{who} figura dos veces ({role})"))
                    .at(role.span, Text::fixed("once more", "otra vez"))
                    .at(first.span, Text::fixed("named here", "figura aquí"))
                    .advice(Text::fixed("name it once", "déjela una sola vez")),
            );
        }
    }
}

/// An entry of `group.toml` with what it is called.
struct Named<'a> {
    id: &'a str,
    span: Span,
    names: Vec<&'a str>,
}

fn tell_namesakes<'a>(entries: impl Iterator<Item = Named<'a>>, findings: &mut Findings) {
    let mut by_name: HashMap<String, (&str, Span)> = HashMap::new();
    for Named { id, span, mut names } in entries {
        names.retain(|name| !name.is_empty());
        names.dedup();
        for name in names {
            let (other, first) = *by_name.entry(slug(name)).or_insert((id, span));
            if other != id {
                findings.push(
                    findings
                        .finding(text!(
                            "`{other}` and `{id}` are both called “{name}”",
                            "`{other}` y `{id}` se llaman igual: «{name}»"
                        ))
                        .at(span, text!("called “{name}”", "se llama «{name}»"))
                        .at(first, Text::fixed("and so is this one", "y esta entrada también"))
                        .advice(Text::fixed(
                            "if they are one, keep one of the two; if not, tell them apart by name",
                            "si son lo mismo, deje una de las dos; si no, distíngalas por el nombre",
                        )),
                );
                break;
            }
        }
    }
}
