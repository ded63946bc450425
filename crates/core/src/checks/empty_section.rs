//! A section of the concept note without text.

use super::{Check, Context, Findings};
use crate::diagnostics::{At, Example, Level, Rule};
use crate::locale::Text;
use crate::schema::{Section, list};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "empty-section",
        level: Level::Warning,
        summary: Text::fixed("every section of the note says something", "toda sección de la nota dice algo"),
        documentation: Text::fixed(
            "A heading with nothing under it goes out under the presidency's name. A section has `text`, `items`, parts of its own,\n\
             or includes a part made from the programme.",
            "Un encabezado sin nada debajo sale a nombre de la presidencia. Una sección tiene `text`, `items`, partes propias, o\n\
             incluye una parte hecha del programa.",
        ),
        example: Example {
            faulty: &[(
                "concept-note.toml",
                concat!(
                    "title = { es = \"Nota\", en = \"Note\" }\n",
                    "[[sections]]\nid = \"background\"\ntitle = { es = \"Antecedentes\", en = \"Background\" }\n"
                ),
            )],
            mended: &[(
                "concept-note.toml",
                concat!(
                    "title = { es = \"Nota\", en = \"Note\" }\n",
                    "[[sections]]\nid = \"background\"\ntitle = { es = \"Antecedentes\", en = \"Background\" }\n",
                    "text = { es = \"El grupo se reúne.\", en = \"The group meets.\" }\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    if let Some((_, note)) = &context.written.concept_note {
        list(&note.sections).iter().for_each(|section| check(section, findings));
    }
}

fn check(section: &At<Section>, findings: &mut Findings) {
    let text = section
        .text
        .as_ref()
        .is_some_and(|text| [&text.es, &text.en].into_iter().flatten().any(|prose| !prose.0.trim().is_empty()));
    let parts = list(&section.sections);
    if !text && list(&section.items).is_empty() && section.include.is_none() && parts.is_empty() {
        let title = crate::resolve::wording(&section.title);
        findings.push(
            findings
                .finding(text!(l, title = title.get(l); "the section “{title}” is empty", "la sección «{title}» está vacía"))
                .at(
                    section.title.as_ref().map_or(section.span, |title| title.span),
                    Text::fixed("nothing stands under this heading", "no hay nada bajo este encabezado"),
                ),
        );
    }
    parts.iter().for_each(|part| check(part, findings));
}
