//! What resolving names and hours can find fault with.

use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub static ALL: &[&Rule] = &[
    &UNKNOWN_PARTY,
    &UNLISTED_SPEAKER,
    &UNKNOWN_CHECK,
    &COUNTRY_ZONE,
    &SLOT_TIME,
    &SESSION_ENDS_BEFORE_START,
    &IMPOSSIBLE_TIME,
    &DAYS,
];

pub static UNKNOWN_PARTY: Rule = Rule {
    id: "unknown-party",
    level: Level::Error,
    summary: Text::fixed("everybody with a role is in group.toml", "toda organización o persona con un papel está en group.toml"),
    documentation: Text::fixed(
        "Sessions name parties and persons by the ids of `group.toml`; acronyms and aliases are understood too. Somebody who is\n\
         not known yet is described with `who`, and is to be confirmed.",
        "Las sesiones nombran a organizaciones y personas por los identificadores de `group.toml`; también se entienden siglas y alias.\n\
         A quien aún no se conoce se le describe con `who`, y queda por confirmar.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capitol\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static UNLISTED_SPEAKER: Rule = Rule {
    id: "unlisted-speaker",
    level: Level::Note,
    summary: Text::fixed("who speaks is in group.toml, to be invited", "quien habla está en group.toml, para que se le invite"),
    documentation: Text::fixed(
        "The name of a person or an organisation may stand as agendas print it (`speakers = [\"Lic. Ana Ejemplo, Mayor\"]`). It is\n\
         shown as it is written; whoever is to be invited, or watched for double bookings, stands in `group.toml`.",
        "El nombre de una persona u organización puede ir como lo imprimen las agendas (`speakers = [\"Lic. Ana Ejemplo, Alcaldesa\"]`).\n\
         Se muestra tal como está escrito; a quien se invita, o de quien se vigila que no esté en dos lugares, va en `group.toml`.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nstart = \"10:00\"\nminutes = 20\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"Lic. Ana Ejemplo, Alcaldesa\"]\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nstart = \"10:00\"\nminutes = 20\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n",
        )],
    },
};

pub static UNKNOWN_CHECK: Rule = Rule {
    id: "unknown-check",
    level: Level::Error,
    summary: Text::fixed(
        "levels and waivers name checks that exist",
        "los niveles y las excepciones nombran verificaciones que existen",
    ),
    documentation: Text::fixed(
        "`[checks]` in `group.toml` and every `waive` name a check as `convoca explain` lists it. A misspelt name would change\n\
         nothing, in silence. What reading finds (`syntax`, `unknown-key` …) can be neither lowered nor waived.",
        "`[checks]` en `group.toml` y cada `waive` nombran una verificación como la muestra `convoca explicar`. Un nombre mal\n\
         escrito no cambiaría nada, en silencio. Lo que halla la lectura (`syntax`, `unknown-key` …) no se puede rebajar ni\n\
         aceptar.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\ntitle = { es = \"Sesión\", en = \"Session\" }\nwaive = [{ check = \"no-moderater\", reason = \"…\" }]\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\ntitle = { es = \"Sesión\", en = \"Session\" }\nwaive = [{ check = \"no-moderator\", reason = \"…\" }]\n",
        )],
    },
};

pub static COUNTRY_ZONE: Rule = Rule {
    id: "country-zone",
    level: Level::Error,
    summary: Text::fixed("a country with several time zones says which", "un país con varias zonas horarias dice cuál"),
    documentation: Text::fixed(
        "Mexico, Brazil, Ecuador, Spain or the United States have more than one hour. Where such a country is a member or has a\n\
         party, its zone is written, so that nobody is told a neighbour's hour.",
        "México, Brasil, Ecuador, España o los Estados Unidos tienen más de una hora. Si un país así es miembro o tiene una\n\
         organización, se escribe su zona, para que nadie reciba la hora del vecino.",
    ),
    example: Example {
        faulty: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\", \"MX\"]\nname = { es = \"Ejemplo\", en = \"Example\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
        mended: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\", { code = \"MX\", time-zone = \"America/Cancun\" }]\nname = { es = \"Ejemplo\", en = \"Example\" }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
    },
};

pub static SLOT_TIME: Rule = Rule {
    id: "slot-time",
    level: Level::Warning,
    summary: Text::fixed("when each item begins can be told", "se puede decir cuándo comienza cada punto"),
    documentation: Text::fixed(
        "An item may write its start alone (it lasts until the next one), its minutes alone (it follows the one before it), or no\n\
         hour at all. Minutes alone need something to follow: the `start` of the session, or an item whose end is known.",
        "Un punto puede escribir solo su inicio (dura hasta el siguiente), solo sus minutos (sigue al anterior) o ninguna hora.\n\
         Los minutos solos necesitan algo a lo cual seguir: el `start` de la sesión, o un punto del que se sepa cuándo termina.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nminutes = 20\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = \"10:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nminutes = 20\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n",
        )],
    },
};

pub static SESSION_ENDS_BEFORE_START: Rule = Rule {
    id: "session-ends-before-start",
    level: Level::Error,
    summary: Text::fixed("a session ends after it starts", "una sesión termina después de comenzar"),
    documentation: Text::fixed(
        "An end by the clock before the start is read as past midnight where the session then lasts six hours at most, or where\n\
         `minutes` says so. Anything else is a slip, and would tell everybody a session of a whole day.",
        "Un fin anterior al inicio se lee como pasada la medianoche si la sesión dura entonces seis horas a lo sumo, o si\n\
         `minutes` lo dice. Lo demás es un desliz, y anunciaría a todas las personas una sesión de un día entero.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = \"10:00\"\nend = \"09:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = \"10:00\"\nend = \"11:00\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n",
        )],
    },
};

pub static IMPOSSIBLE_TIME: Rule = Rule {
    id: "impossible-time",
    level: Level::Error,
    summary: Text::fixed("every hour occurs once on its day", "toda hora ocurre una sola vez en su día"),
    documentation: Text::fixed(
        "When clocks go forward an hour is skipped, when they go back one occurs twice. Such an hour is refused, with both\n\
         readings, and never guessed (RFC 5545 §3.3.5 would make every client guess).",
        "Cuando los relojes se adelantan se salta una hora; cuando se atrasan, una se repite. Una hora así se rechaza, con sus dos\n\
         lecturas, y nunca se adivina (la RFC 5545 §3.3.5 haría que cada programa adivinara).",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-28\ntime-zone = \"Europe/Madrid\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nstart = \"02:30\"\nminutes = 10\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n",
        )],
        mended: &[(
            "session.toml",
            "id = \"session\"\nnumber = 1\ndate = 2027-03-28\ntime-zone = \"Europe/Madrid\"\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n\n[[slots]]\nstart = \"15:30\"\nminutes = 10\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n",
        )],
    },
};

pub static DAYS: Rule = Rule {
    id: "days",
    level: Level::Error,
    summary: Text::fixed(
        "holidays, working hours and absences make sense",
        "los feriados, las horas de trabajo y las ausencias tienen sentido",
    ),
    documentation: Text::fixed(
        "A holiday that the group adds has a name (or `working = true`). Working hours and absences begin before they end, and an\n\
         absence says at least a day, a day of the week or an hour.",
        "Un feriado que agrega el grupo tiene nombre (o `working = true`). Las horas de trabajo y las ausencias comienzan antes de\n\
         terminar, y una ausencia dice al menos un día, un día de la semana o una hora.",
    ),
    example: Example {
        faulty: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\nname = { es = \"Ejemplo\", en = \"Example\" }\nworking-hours = { GT = { start = \"17:00\", end = \"08:00\" } }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
        mended: &[(
            "group.toml",
            "id = \"example\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\"]\nname = { es = \"Ejemplo\", en = \"Example\" }\nworking-hours = { GT = { start = \"08:00\", end = \"17:00\" } }\n[parties.capital]\nname = { es = \"Capital\", en = \"Capital\" }\nmember = true\n[parties.port]\nname = { es = \"Puerto\", en = \"Port\" }\nmember = true\n",
        )],
    },
};
