//! What can be wrong with the look of the documents, and with setting them.

use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub static ALL: &[&Rule] = &[&BRANDING, &LINK, &NOT_SHOWN, &PDF, &SECRET];

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

pub static NOT_SHOWN: Rule = Rule {
    id: "not-shown",
    level: Level::Error,
    summary: Text::fixed("texts hold only what documents can show", "los textos solo traen lo que los documentos pueden mostrar"),
    documentation: Text::fixed(
        "A picture in the prose of the note or in a template (`![…](…)`), a table of more than 20 columns, and a text longer than some\n\
         eight hundred pages (ten thousand headings, say) are in no document: they are reported where they are written, and the document\n\
         is not written.",
        "Una imagen en la prosa de la nota o en una plantilla (`![…](…)`), una tabla de más de 20 columnas y un texto de más de unas\n\
         ochocientas páginas (o de diez mil encabezados) no salen en ningún documento: se señalan donde están escritos, y el documento\n\
         no se escribe.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub static PDF: Rule = Rule {
    id: "pdf",
    level: Level::Error,
    summary: Text::fixed("documents can be set as PDF", "los documentos se pueden componer en PDF"),
    documentation: Text::fixed(
        "A PDF is tagged so that it can be read aloud (PDF/UA-1). Of a character that no font at hand has, it shows a sign (□), with a\n\
         warning at its line: put a font that has it (`.ttf`) into `templates/`. After the pages are set, every word is looked for: one\n\
         that lies outside of the text of its page, or over another, is an error, and that PDF is not written; the other formats are.",
        "Un PDF lleva etiquetas para que se pueda leer en voz alta (PDF/UA-1). De un carácter que ninguna de las letras disponibles\n\
         tiene muestra un signo (□), con una advertencia en su renglón: ponga en `templates/` un archivo de letra (`.ttf`) que lo\n\
         tenga. Compuestas las páginas, se busca cada palabra: una que está fuera del texto de su página, o encima de otra, es un\n\
         error, y ese PDF no se escribe; los demás formatos sí.",
    ),
    example: Example { faulty: &[], mended: &[] },
};

pub static SECRET: Rule = Rule {
    id: "published-secret",
    level: Level::Error,
    summary: Text::fixed(
        "no address and no way into a call stands in a file for everybody",
        "ninguna dirección ni forma de entrar a una llamada queda en un archivo para todo público",
    ),
    documentation: Text::fixed(
        "`build` searches every file of `out/public` before it writes them – Word and PDF unpacked – for the addresses of parties and\n\
         people, the join links of the sessions, and the codes in them or in how to join. Where one stands in a text or a template,\n\
         nothing is written. The organizer's address may be published, and so may the links of calls with `publish-join-link = true`.",
        "`build` busca en todos los archivos de `out/public`, antes de escribirlos – Word y PDF desempacados –, las direcciones de organizaciones y\n\
         personas, los enlaces de las sesiones y las claves que haya en ellos o en la forma de conectarse. Si alguno está en un texto o una\n\
         plantilla, no se escribe nada. La dirección de quien organiza sí se publica, y los enlaces con `publish-join-link = true` también.",
    ),
    example: Example { faulty: &[], mended: &[] },
};
