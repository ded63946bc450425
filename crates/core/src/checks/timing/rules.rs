//! What the hours of a session have to keep. Verdicts tell it, and checks list it.

use crate::checks::session_file;
use crate::diagnostics::{Example, Level, Rule};
use crate::locale::Text;

pub(crate) static SLOT_OVERLAP: Rule = Rule {
    id: "slot-overlap",
    level: Level::Error,
    summary: Text::fixed("items of a session do not overlap", "los puntos de una sesión no se traslapan"),
    documentation: Text::fixed(
        "An item that ends after the next one has begun makes the agenda impossible, unless one of them is `parallel = true`.\n\
         When the declared minutes lead exactly to the start of the next item, the written end is the mistake, and `check --fix`\n\
         mends it. Break-out groups of one item are its `groups`, and they are always parallel.",
        "Un punto que termina cuando ya comenzó el siguiente hace imposible la agenda, salvo que uno de los dos diga\n\
         `parallel = true`. Si los minutos declarados llevan justo al comienzo del punto siguiente, el error es el fin escrito, y\n\
         `revisar --corregir` lo corrige. Los grupos de trabajo de un punto son sus `groups`, y siempre van en paralelo.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:05\"\nend = \"11:45\"\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:45\"\nend = \"11:05\"\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:05\"\nend = \"10:45\"\nminutes = 40\ntitle = { es = \"Llamado\", en = \"Call\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:45\"\nend = \"11:05\"\nminutes = 20\ntitle = { es = \"Fondo\", en = \"Fund\" }\nspeakers = [\"capital\"]\n"
            ),
        )],
    },
};

pub(crate) static SLOT_ORDER: Rule = Rule {
    id: "slot-order",
    level: Level::Error,
    summary: Text::fixed("items stand in the order of their hours", "los puntos están en el orden de sus horas"),
    documentation: Text::fixed(
        "Documents print the items as they are written, so an item that starts before the one above it is either out of place or\n\
         has a wrong hour: often one of the afternoon without its twelve (01:30 for 13:30). Where putting the items in order is\n\
         all that is needed, and nothing else would do, `check --fix` does it.",
        "Los documentos imprimen los puntos como están escritos: uno que comienza antes que el de arriba está fuera de lugar o\n\
         tiene mal la hora; a menudo es una de la tarde sin sus doce (01:30 por 13:30). Si basta con ordenar los puntos, y nada\n\
         más serviría, `revisar --corregir` los ordena.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"11:00\"\nend = \"11:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:30\"\nend = \"11:00\"\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n\
             \n[[slots]]\nstart = \"11:30\"\nend = \"12:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:30\"\nend = \"11:00\"\ntitle = { es = \"Apertura\", en = \"Opening\" }\nspeakers = [\"capital\"]\n\
             \n[[slots]]\nstart = \"11:00\"\nend = \"11:30\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"11:30\"\nend = \"12:00\"\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
    },
};

pub(crate) static SLOT_DURATION: Rule = Rule {
    id: "slot-duration",
    level: Level::Error,
    summary: Text::fixed(
        "declared minutes are the minutes from start to end",
        "los minutos declarados son los que van del inicio al fin",
    ),
    documentation: Text::fixed(
        "When an item writes start, end and minutes, they are checked against one another. Where the next item's start agrees with\n\
         one of the two readings, the other is the mistake and `check --fix` mends it. An end that also runs over other items is\n\
         told by `slot-overlap`.",
        "Cuando un punto escribe inicio, fin y minutos, se cotejan entre sí. Si el comienzo del punto siguiente concuerda con una\n\
         de las dos lecturas, el error es la otra, y `revisar --corregir` la corrige. De un fin que además se traslapa con otros puntos\n\
         avisa `slot-overlap`.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\nminutes = 20\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:30\"\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:00\"\nend = \"10:30\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:30\"\nminutes = 10\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
    },
};

pub(crate) static SLOT_ENDS_BEFORE_START: Rule = Rule {
    id: "slot-ends-before-start",
    level: Level::Error,
    summary: Text::fixed("an item ends after it starts", "un punto termina después de comenzar"),
    documentation: Text::fixed(
        "An end at or before the start is a slip of the pen, unless the item crosses midnight: that is understood when it lasts at\n\
         most six hours, or when `minutes` confirms it.",
        "Un fin igual o anterior al inicio es un error al escribir, salvo que el punto pase de medianoche: eso se entiende cuando\n\
         dura seis horas a lo sumo, o cuando `minutes` lo confirma.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:35\"\nend = \"10:05\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "\n[[slots]]\nstart = \"10:05\"\nend = \"10:35\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
            ),
        )],
    },
};

pub(crate) static SLOT_OUTSIDE_SESSION: Rule = Rule {
    id: "slot-outside-session",
    level: Level::Error,
    summary: Text::fixed(
        "items lie within the session's declared bounds",
        "los puntos caben en los límites declarados de la sesión",
    ),
    documentation: Text::fixed(
        "A session that writes `start` and `end` is announced with them: an item outside them would find the call closed. Where\n\
         none is written, nothing is checked and the items make the bounds.",
        "Una sesión que escribe `start` y `end` se anuncia con esas horas: un punto fuera de ellas hallaría la llamada cerrada.\n\
         Si no se escriben, nada se verifica y los puntos hacen los límites.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            concat!(
                "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nstart = \"10:00\"\nend = \"11:00\"\nmoderator = \"capital\"\n",
                "title = { es = \"Sesión\", en = \"Session\" }\n",
                "\n[[slots]]\nstart = \"10:00\"\nend = \"11:10\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "start = \"10:00\"\nend = \"11:10\"\n\n[[slots]]\nstart = \"10:00\"\nend = \"11:10\"\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
            ),
        )],
    },
};

pub(crate) static SESSION_TOTAL: Rule = Rule {
    id: "session-total",
    level: Level::Error,
    summary: Text::fixed(
        "the items fit into the session's declared minutes",
        "los puntos caben en los minutos declarados de la sesión",
    ),
    documentation: Text::fixed(
        "The `minutes` of a session are checked against its own start and end, and against the sum of its items (their declared\n\
         minutes where written). More than was announced is an error; less is told by `slot-gap`.",
        "Los `minutes` de una sesión se cotejan con su propio inicio y fin, y con la suma de sus puntos (sus minutos declarados,\n\
         si están). Más de lo anunciado es un error; de lo que falta avisa `slot-gap`.",
    ),
    example: Example {
        faulty: &[(
            "session.toml",
            session_file!(
                "minutes = 60\n\n[[slots]]\nstart = \"10:00\"\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:45\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
        mended: &[(
            "session.toml",
            session_file!(
                "minutes = 75\n\n[[slots]]\nstart = \"10:00\"\nminutes = 45\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n\
             \n[[slots]]\nstart = \"10:45\"\nminutes = 30\ntitle = { es = \"Preguntas\", en = \"Questions\" }\nparticipants = \"all\"\n"
            ),
        )],
    },
};
