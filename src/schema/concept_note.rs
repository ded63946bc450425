//! `concept-note.toml`: the sections of the concept note.

use serde_json::{Value as Json, json};

use super::{Line, Prose, Waiver, Wording};
use crate::decode::{Day, Id, Node, Number, Value, choice, record};
use crate::diagnostics::{At, Diagnostic};
use crate::locale::Lang;

choice! {
    /// A part that the program makes from the programme and puts behind a section's text.
    Include: "a part that can be included" / "una parte que se puede incluir" {
        "participants" | "participantes" => Participants;
        "sessions" | "sesiones" => Sessions;
        "contacts" | "contactos" => Contacts;
    }
}

record! {
    /// The concept note.
    ConceptNote {
        "date" => date: Day, optional, "the date that it carries", "la fecha que lleva";
        "title" => title: Wording, required, "title in each language", "título en cada idioma";
        "sections" => sections: Vec<At<Section>>, optional, "sections, in order", "secciones, en orden";
        "waive" => waive: Vec<At<Waiver>>, optional, "findings of this file that the group accepts", "hallazgos de este archivo que el grupo acepta";
    }
}

record! {
    /// What a section of the note holds.
    SectionKeys {
        "id" => id: Id, required, "stable name, used in links", "nombre estable, para enlaces";
        "number" => number: Number, optional, "its number, checked against its place; shown in Roman numerals", "su número, se coteja con su lugar; se muestra en romanos";
        "title" => title: Wording, required, "heading in each language", "encabezado en cada idioma";
        "text" => text: Prose, optional, "text in each language, in Markdown", "texto en cada idioma, en Markdown";
        "items" => items: Vec<At<Item>>, optional, "a numbered list behind the text", "una lista numerada después del texto";
        "include" => include: Include, optional, "a part made from the programme, behind text and list", "una parte hecha del programa, después del texto y la lista";
        "parties" => parties: Vec<At<Line>>, optional, "parties that the section speaks of", "partes de las que habla la sección";
        "sections" => sections: Vec<At<Section>>, optional, "parts of the section", "partes de la sección";
    }
}

/// A section of the note. It holds sections in turn, so its JSON Schema is named and referred to.
#[derive(Clone, Debug, Default)]
pub struct Section(SectionKeys);

impl Section {
    pub fn definition(lang: Lang) -> Json {
        SectionKeys::schema(lang)
    }
}

impl std::ops::Deref for Section {
    type Target = SectionKeys;
    fn deref(&self) -> &SectionKeys {
        &self.0
    }
}

impl Value for Section {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        SectionKeys::decode(node, findings).map(Section)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "$ref": "#/$defs/section" })
    }
}

/// One item of a list, in each language.
pub type Item = Wording;
