//! Numbers of the note's sections that do not fit their place.

use super::{Check, Context, Findings};
use crate::diagnostics::{At, Edit, Example, Level, Mend, Rule};
use crate::locale::{Text, words};
use crate::schema::{Section, list};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "section-number",
        level: Level::Error,
        summary: Text::fixed(
            "sections of the note are numbered by their place",
            "las secciones de la nota se numeran por su lugar",
        ),
        documentation: Text::fixed(
            "Documents number sections by their place (I, II, III …), so no number can stand twice in them. Where the file writes\n\
             `number` as well, it must agree; `check --fix` renumbers. Numbers may be left out.",
            "Los documentos numeran las secciones por su lugar (I, II, III …), así que ningún número puede salir dos veces. Si el\n\
             archivo también escribe `number`, debe coincidir; `revisar --corregir` los renumera. Los números se pueden omitir.",
        ),
        example: Example {
            faulty: &[(
                "concept-note.toml",
                concat!(
                    "title = { es = \"Nota\", en = \"Note\" }\n",
                    "[[sections]]\nid = \"goals\"\nnumber = 1\ntitle = { es = \"Objetivos\", en = \"Objectives\" }\ntext = { es = \"Uno.\", en = \"One.\" }\n",
                    "[[sections]]\nid = \"people\"\nnumber = 1\ntitle = { es = \"Participantes\", en = \"Participants\" }\ntext = { es = \"Dos.\", en = \"Two.\" }\n"
                ),
            )],
            mended: &[(
                "concept-note.toml",
                concat!(
                    "title = { es = \"Nota\", en = \"Note\" }\n",
                    "[[sections]]\nid = \"goals\"\nnumber = 1\ntitle = { es = \"Objetivos\", en = \"Objectives\" }\ntext = { es = \"Uno.\", en = \"One.\" }\n",
                    "[[sections]]\nid = \"people\"\nnumber = 2\ntitle = { es = \"Participantes\", en = \"Participants\" }\ntext = { es = \"Dos.\", en = \"Two.\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    if let Some((_, note)) = &context.written.concept_note {
        check(list(&note.sections), findings);
    }
}

/// One finding a level of sections: renumbering one moves those behind it.
fn check(sections: &[At<Section>], findings: &mut Findings) {
    let wrong: Vec<(u32, At<u32>)> = (1..)
        .zip(sections)
        .filter_map(|(place, section)| section.number.map(|number| (place, At::new(number.0, number.span))))
        .filter(|(place, number)| *place != number.value)
        .collect();
    if let Some((place, number)) = wrong.first() {
        let (written, right) = (words::roman(number.value), words::roman(*place));
        let twice = sections
            .iter()
            .filter_map(|section| section.number)
            .find(|other| other.0 == number.value && other.span != number.span);
        let message = match twice {
            Some(_) => text!("the number {written} is used twice", "el número {written} está dos veces"),
            None => text!("section {right} is numbered {written}", "la sección {right} lleva el número {written}"),
        };
        let mut finding =
            findings.finding(message).at(number.span, text!("this is section {right}", "esta es la sección {right}"));
        if let Some(other) = twice {
            finding = finding.at(other.span, Text::fixed("used here first", "aquí está primero"));
        }
        let edits = wrong.iter().map(|(place, number)| Edit { span: number.span, text: place.to_string() }).collect();
        findings.push(
            finding.mend(Mend::certain(
                Text::fixed("number the sections by their place", "numere las secciones por su lugar"),
                edits,
            )),
        );
    }
    sections.iter().for_each(|section| check(list(&section.sections), findings));
}
