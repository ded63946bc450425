//! `templates/branding.toml`: how the documents look.

use serde_json::{Value as Json, json};

use super::{Line, Wording};
use crate::decode::{self, Node, Value, choice, record};
use crate::diagnostics::{At, Diagnostic};
use crate::locale::{Lang, Text};

choice! {
    /// The paper that documents are printed on.
    Paper: "a paper size" / "un tamaño de papel" {
        "letter" | "carta" => Letter;
        "a4" | "A4" => A4;
    }
}

record! {
    /// How the documents look.
    Branding {
        "paper" | "papel" => paper: Paper, optional, "paper size: letter or a4", "tamaño de papel: letter (carta) o a4";
        "accent" | "color" => accent: Colour, optional, "colour of headings and of the heads of tables", "color de los encabezados y de la primera fila de las tablas";
        "font" | "letra" => font: Line, optional, "typeface of everything", "tipo de letra de todo";
        "header" | "encabezado" => header: Wording, optional, "text at the head of the first page", "texto en la cabecera de la primera página", text(published, nothing);
        "footer" | "pie" => footer: Wording, optional, "text at the foot of every page", "texto al pie de cada página", text(published, nothing);
        "word-template" | "plantilla-de-word" => word_template: Line, optional, "a Word file beside this one whose styles, header and footer are taken over", "un archivo de Word junto a este, cuyos estilos, cabecera y pie se adoptan";
        "table-style" | "estilo-de-tabla" => table_style: Line, optional, "name of the table style of the Word template; else its default, or the first of its own", "nombre del estilo de tabla de la plantilla de Word; si no, el predeterminado de ella, o el primero propio";
        "logos" | "logotipos" => logos: Vec<At<Logo>>, optional, "logos at the head of the first page, from left to right", "logotipos en la cabecera de la primera página, de izquierda a derecha";
    }
}

record! {
    /// A logo.
    Logo {
        "file" | "archivo" => file: Line, required, "a PNG, JPEG or SVG file beside this one", "un archivo PNG, JPEG o SVG junto a este";
        "alt" | "descripcion" => alt: Wording, required, "what it shows, for those who cannot see it", "lo que muestra, para quien no puede verlo", text(published, nothing);
        "height" | "altura" => height: Millimetres, optional, "height in millimetres, 15 unless written", "altura en milímetros, 15 si no se escribe";
    }
}

/// A colour, `#rrggbb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// A length that a logo can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Millimetres(pub u8);

impl Value for Colour {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let digits = node.value.as_str().and_then(|text| text.strip_prefix('#')).filter(|digits| digits.len() == 6);
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(value) = value {
            let [_, red, green, blue] = value.to_be_bytes();
            return Some(Colour([red, green, blue]));
        }
        let help = Text::fixed("for example \"#0b4f85\"", "por ejemplo \"#0b4f85\"");
        node.expected(Text::fixed("a colour in quotes", "un color entre comillas"), help, findings);
        None
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" })
    }
}

impl Value for Millimetres {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let value = node.value.as_integer().and_then(|number| number.as_str().parse::<u8>().ok());
        if let Some(value) = value.filter(|value| (5..=60).contains(value)) {
            return Some(Millimetres(value));
        }
        let what = Text::fixed("millimetres from 5 to 60", "milímetros, de 5 a 60");
        node.expected(what, Text::fixed("for example 15", "por ejemplo 15"), findings);
        None
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "integer", "minimum": 5, "maximum": 60 })
    }
}

/// Reads the file's text.
pub fn branding(file: crate::diagnostics::FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Branding {
    decode::parse(file, text, Lang::ALL[0], findings, Branding::from_table).value
}
