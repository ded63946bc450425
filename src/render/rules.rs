//! What can be wrong with the look of the documents, and with setting them.

use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub static ALL: &[&Rule] = &[&BRANDING, &LINK, &PDF];

pub static BRANDING: Rule = Rule {
    id: "branding",
    level: Level::Error,
    summary: Text::fixed(
        "logos, fonts and the Word template can be used",
        "los logotipos, las letras y la plantilla de Word se pueden usar",
    ),
    documentation: Text::fixed(
        "`templates/branding.toml` names files that stand beside it. A logo that is missing, larger than 4096 pixels, or not a PNG,\n\
         JPEG or SVG image is reported where it is named, and so is a Word template that is none: nothing goes out under half a letterhead.\n\
         A colour that is hard to read on white paper, a typeface that a PDF cannot be set in, and a Word template without page\n\
         numbers in its header or footer are warnings.",
        "`templates/branding.toml` nombra archivos que están junto a él. Un logotipo que falta, que pasa de 4096 píxeles o que no es\n\
         una imagen PNG, JPEG o SVG se señala donde se nombra, y también una plantilla de Word que no lo es: nada sale con medio\n\
         membrete. Un color que se lee mal sobre papel blanco, un tipo de letra con que no se puede componer un PDF y una plantilla de Word sin\n\
         número de página en su cabecera o su pie son advertencias.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub static LINK: Rule = Rule {
    id: "dead-link",
    level: Level::Error,
    summary: Text::fixed(
        "links and notes within a document lead somewhere",
        "los enlaces y las notas de un documento llevan a alguna parte",
    ),
    documentation: Text::fixed(
        "`[text](#id)` in a template or in the prose of the note leads to a heading of the same document: to a section or a session\n\
         by its `id`, to any other heading by its words in small letters, with hyphens (`#next-steps`). A link to a heading that the\n\
         document does not have is reported where it is written, and the document is not. So is a note without its text (`[^1]`), and\n\
         the text of a note (`[^1]: …`) that nothing refers to.",
        "`[texto](#id)`, en una plantilla o en la prosa de la nota, lleva a un encabezado del mismo documento: a una sección o sesión por\n\
         su `id`, a cualquier otro por sus palabras en minúsculas y con guiones (`#proximos-pasos`). Un enlace a un encabezado que el\n\
         documento no tiene se señala donde está escrito, y el documento no se escribe. Igual una nota sin su texto (`[^1]`), y el\n\
         texto de una nota (`[^1]: …`) a la que nada remite.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub static PDF: Rule = Rule {
    id: "pdf",
    level: Level::Error,
    summary: Text::fixed("documents can be set as PDF", "los documentos se pueden componer en PDF"),
    documentation: Text::fixed(
        "A PDF is tagged so that it can be read aloud (PDF/UA-1). Where a document holds a character that no font at hand has,\n\
         the PDF is written without that promise, with a warning: put a font that has it (`.ttf`) into `templates/`. A logo that\n\
         cannot be drawn keeps the PDF from being written; the other formats are.",
        "Un PDF lleva etiquetas para que se pueda leer en voz alta (PDF/UA-1). Si un documento trae un carácter que ninguna de las\n\
         letras disponibles tiene, el PDF se escribe sin esa garantía, con una advertencia: ponga en `templates/` un archivo de\n\
         letra (`.ttf`) que lo tenga. Un logotipo que no se puede dibujar impide escribir el PDF; los demás formatos se escriben.",
    ),
    example: Example { faulty: &[], mended: &[] },
};
