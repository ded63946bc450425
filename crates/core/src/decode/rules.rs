//! What reading can find fault with. These rules cannot be lowered: what was not read cannot be built.

use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

/// Every rule of this page.
pub static ALL: &[&Rule] = &[
    &UNREADABLE_FILE,
    &OTHER_ENCODING,
    &SYNTAX,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_VALUE,
    &OTHER_FORM,
    &UNKNOWN_ZONE,
    &UNKNOWN_COUNTRY,
];

const GOOD: &[(&str, &str)] = &[];

pub static UNREADABLE_FILE: Rule = Rule {
    id: "unreadable-file",
    level: Level::Error,
    summary: Text::fixed(
        "a file can be read, and is text of a sensible size",
        "un archivo se puede leer, y es texto de un tamaño razonable",
    ),
    documentation: Text::fixed(
        "A file that the system does not let convoca read, that is no text, or that is larger than 4 MiB takes no part in the\n\
         programme. Save it as \"UTF-8\" in the editor, or take it out of the folder.",
        "Un archivo que el sistema no deja leer, que no es texto o que pasa de 4 MiB no entra en el programa. Guárdelo\n\
         como «UTF-8» en el editor, o sáquelo de la carpeta.",
    ),
    example: Example { faulty: &[], mended: GOOD },
};

pub static OTHER_ENCODING: Rule = Rule {
    id: "other-encoding",
    level: Level::Warning,
    summary: Text::fixed("files are saved as UTF-8", "los archivos se guardan como UTF-8"),
    documentation: Text::fixed(
        "A file that the editor saved as \"ANSI\" (Windows-1252, Latin-1) or as \"Unicode\" (UTF-16) is read as it is meant, with its\n\
         accents. `check --fix` saves it as UTF-8, which every other program reads too.",
        "Un archivo que el editor guardó como «ANSI» (Windows-1252, Latin-1) o como «Unicode» (UTF-16) se lee como es, con sus\n\
         tildes. `revisar --corregir` lo guarda como UTF-8, que también leen todos los demás programas.",
    ),
    example: Example { faulty: &[], mended: GOOD },
};

pub static OTHER_FORM: Rule = Rule {
    id: "other-form",
    level: Level::Warning,
    summary: Text::fixed(
        "hours are written \"10:05\" and dates 2027-03-02",
        "las horas se escriben \"10:05\" y las fechas 2027-03-02",
    ),
    documentation: Text::fixed(
        "Hours and dates are read as people write them (`10:00 a.m.`, `15.30 hs`, `12:00 m.`, `27/10/2027`, `2 de marzo de 2027`), and\n\
         so are Word's quotation marks and spaces. The report says how each was read, and `check --fix` writes it in the form of the\n\
         files. Where there are two readings (`02/03/2027`) you are asked.",
        "Las horas y las fechas se leen como las escribe la gente (`10:00 a.m.`, `15.30 hs`, `12:00 m.`, `27/10/2027`,\n\
         `2 de marzo de 2027`), y también las comillas y los espacios de Word. El informe dice cómo se leyó cada una, y `revisar --corregir`\n\
         la escribe en la forma de los archivos. Si hay dos lecturas (`02/03/2027`), se pregunta.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = \"2 de marzo de 2027\"\nstart = \"10:00 a.m.\"\nend = \"11:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = \"10:00\"\nend = \"11:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static SYNTAX: Rule = Rule {
    id: "syntax",
    level: Level::Error,
    summary: Text::fixed("every file is TOML", "todo archivo es TOML"),
    documentation: Text::fixed(
        "Session files are TOML: a line is `key = value`, text stands between quotes, lists between `[` and `]`, and `#` starts a\n\
         comment. All errors of a file are shown at once; the rest of the file is read all the same.",
        "Los archivos de sesión son TOML: un renglón es `clave = valor`, el texto va entre comillas, las listas entre `[` y `]`, y\n\
         `#` comienza un comentario. Se muestran juntos todos los errores de un archivo; lo demás se lee igual.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = capital\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static UNKNOWN_KEY: Rule = Rule {
    id: "unknown-key",
    level: Level::Error,
    summary: Text::fixed("every key is one that convoca reads", "toda clave es una de las que convoca lee"),
    documentation: Text::fixed(
        "A misspelt key would be passed over in silence, and what it says lost. `convoca schema session` lists the keys; editors\n\
         that know JSON Schema complete them. Keys are read by their Spanish names too: a file that is all in Spanish is left as it\n\
         is, and one that mixes both is told, and `check --fix` writes the English names throughout.",
        "Una clave mal escrita se pasaría por alto en silencio, y se perdería lo que dice. `convoca esquema session` muestra las\n\
         claves; los editores que entienden JSON Schema las completan. Las claves se leen también con su nombre en español: un archivo\n\
         todo en español queda como está, y de uno que mezcla ambos se avisa, y `revisar --corregir` escribe los nombres en inglés en todo él.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderater = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static MISSING_KEY: Rule = Rule {
    id: "missing-key",
    level: Level::Error,
    summary: Text::fixed("what a record cannot do without is there", "está lo que un registro no puede omitir"),
    documentation: Text::fixed(
        "A session needs an id, a number, a date and a title; an item needs a title; the group needs an id, a name and a time zone.",
        "Una sesión necesita identificador, número, fecha y título; un punto de agenda, título; el grupo, identificador, nombre y\n\
         zona horaria.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static WRONG_VALUE: Rule = Rule {
    id: "wrong-value",
    level: Level::Error,
    summary: Text::fixed("every value is of the kind that its key asks for", "todo valor es del tipo que su clave pide"),
    documentation: Text::fixed(
        "Hours are written `\"10:05\"`, and `10:05` or `\"10.05\"` are read; dates `2022-10-27`; minutes as a whole number; ids\n\
         in lower case without accents. Nothing is guessed: `10.5` may be 10:05 or 10:50, so it is refused.",
        "Las horas se escriben `\"10:05\"`, y también se lee `10:05` o `\"10.05\"`; las fechas `2022-10-27`; los minutos, como\n\
         número entero; los identificadores, en minúsculas y sin tildes. Nada se adivina: `10.5` puede ser 10:05 o 10:50, así que se\n\
         rechaza.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = \"2 de marzo\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static UNKNOWN_ZONE: Rule = Rule {
    id: "unknown-zone",
    level: Level::Error,
    summary: Text::fixed("every time zone is one that IANA lists", "toda zona horaria está en la lista de la IANA"),
    documentation: Text::fixed(
        "Zones are named by a city, such as `America/Guatemala`. Abbreviations are refused: many programs read \"CST\" as the\n\
         central zone of the United States, with daylight saving.",
        "Las zonas se nombran por una ciudad, por ejemplo `America/Guatemala`. Se rechazan las abreviaturas: muchos programas\n\
         leen «CST» como la zona central de los Estados Unidos, con horario de verano.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\ntime-zone = \"CST\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\ntime-zone = \"America/Guatemala\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static UNKNOWN_COUNTRY: Rule = Rule {
    id: "unknown-country",
    level: Level::Error,
    summary: Text::fixed("every country is an ISO 3166 code", "todo país es un código ISO 3166"),
    documentation: Text::fixed(
        "Countries are named by their two letters (ISO 3166-1): CR, GT, HN, PA. Where a country has several time zones, the\n\
         party or the person says which with `time-zone`.",
        "Los países se nombran por sus dos letras (ISO 3166-1): CR, GT, HN, PA. Si un país tiene varias zonas horarias, la organización\n\
         o la persona dice cuál con `time-zone`.",
    ),
    example: Example {
        faulty: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"Guatemla\"]\nname = { es = \"Ejemplo\", en = \"Example\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
        mended: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\nname = { es = \"Ejemplo\", en = \"Example\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
    },
};
