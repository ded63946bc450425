//! `concept-note.toml`: the sections of the concept note.

use serde_json::{Value as Json, json};

use super::{Line, Prose, Waiver, Wording};
use crate::decode::{Day, Field, Id, Kind, Node, Number, Value, Visitor, choice, record};
use crate::diagnostics::{At, Diagnostic, Span};
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
    ConceptNote, texts ConceptNoteTexts {
        "date" | "fecha" => date: Day, optional, "the date that it carries", "la fecha que lleva";
        "title" | "titulo" => title: Wording, required, "title in each language", "título en cada idioma", text(published, nothing);
        "sections" | "secciones" => sections: Vec<At<Section>>, optional, "sections, in order", "secciones, en orden";
        "waive" | "aceptar" => waive: Vec<At<Waiver>>, optional, "findings of this file that the group accepts", "hallazgos de este archivo que el grupo acepta";
    }
}

record! {
    /// What a section of the note holds.
    SectionKeys, texts SectionTexts {
        "id" => id: Id, required, "stable name, used in links", "nombre estable, para enlaces";
        "number" | "numero" => number: Number, optional, "its number, checked against its place; shown in Roman numerals", "su número, se coteja con su lugar; se muestra en romanos";
        "title" | "titulo" => title: Wording, required, "heading in each language", "encabezado en cada idioma", text(published, nothing);
        "text" | "texto" => text: Prose, optional, "text in each language, in Markdown", "texto en cada idioma, en Markdown", text(published, nothing);
        "items" | "puntos" | "lista" => items: Vec<At<Item>>, optional, "a numbered list behind the text", "una lista numerada después del texto", text(published, nothing);
        "include" | "incluir" => include: Include, optional, "a part made from the programme, behind text and list", "una parte hecha del programa, después del texto y la lista";
        "parties" | "organizaciones" | "partes" => parties: Vec<At<Line>>, optional, "parties that the section speaks of", "organizaciones de las que habla la sección";
        "sections" | "secciones" => sections: Vec<At<Section>>, optional, "parts of the section", "partes de la sección";
    }
}

/// A section of the note. It holds sections in turn, so its JSON Schema is named and referred to.
#[derive(Clone, Debug, Default)]
pub struct Section(pub SectionKeys);

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
    const KIND: Kind = Kind::Records;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        SectionKeys::decode(node, findings).map(Section)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "$ref": "#/$defs/section" })
    }

    fn visit<'a>(&'a self, _: &'static Field, _: Span, visitor: Visitor<'_, 'a>) {
        self.0.each_field(visitor);
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        SectionKeys::declared(fields);
    }
}

/// One item of a list, in each language.
pub type Item = Wording;
