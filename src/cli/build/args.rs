//! What may be typed behind `convoca build`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::cli::command::{named, say, templates_argument};
use crate::cli::findings::Format as Shown;
use crate::formats::Format;
use crate::locale::Lang;

#[derive(Debug)]
pub(crate) struct Build {
    pub out: PathBuf,
    pub draft: bool,
    pub templates: Option<PathBuf>,
    /// Kinds of files, as they were typed; all of them if none.
    pub only: Vec<String>,
    /// All of them if none.
    pub formats: Vec<Format>,
    /// Numbers or ids of sessions; all that there is if none.
    pub sessions: Vec<String>,
    /// How findings are shown.
    pub findings: Shown,
}

impl Build {
    pub(crate) fn of(matches: &ArgMatches) -> Build {
        let path = |id: &str| matches.get_one::<PathBuf>(id).cloned();
        let list = |id: &str| matches.get_many::<String>(id).unwrap_or_default().cloned().collect::<Vec<String>>();
        let formats = list("format");
        let shown = match &formats[..] {
            [word] if Shown::WORDS.contains(&word.as_str()) => Some(word),
            _ => None,
        };
        Build {
            out: path("out").unwrap_or_else(|| PathBuf::from("out")),
            draft: matches.get_flag("draft"),
            templates: path("templates"),
            only: list("only"),
            sessions: list("session"),
            findings: matches.get_one::<String>("findings").or(shown).map_or(Shown::Human, |word| Shown::of(word)),
            formats: match shown {
                Some(_) => Vec::new(),
                None => formats.iter().filter_map(|word| Format::of(word)).collect(),
            },
        }
    }
}

/// The words of `--format`: the formats of files. Before there was a choice of them the option said how
/// findings are shown, as it does for `check`: one such word alone still does.
fn words() -> Vec<&'static str> {
    let others = Shown::WORDS.into_iter().filter(|word| Format::of(word).is_none());
    Format::ALL.into_iter().map(Format::extension).chain(others).collect()
}

pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "build", "Write calendars, agendas and the concept note", "Escribir calendarios, agendas y la nota conceptual")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(say("FOLDER", "CARPETA"))
                .value_parser(value_parser!(PathBuf))
                .help(say("Where to write [out]", "Dónde escribir [out]")),
        )
        .arg(Arg::new("only").long("only").visible_alias("solo").value_name(say("KINDS", "CLASES")).value_delimiter(',').help(
            say(
                "These alone: agenda, letters, calendars, note, programme, data, or templates of yours",
                "Solo estas: agenda, cartas, calendarios, nota, programa, datos, o plantillas suyas",
            ),
        ))
        .arg(
            Arg::new("format")
                .long("format")
                .visible_alias("formato")
                .value_name(say("FORMATS", "FORMATOS"))
                .value_delimiter(',')
                .value_parser(words())
                .hide_possible_values(true)
                .help(say(
                    "These formats alone: docx, html, ics, json, md, pdf, txt",
                    "Solo estos formatos: docx, html, ics, json, md, pdf, txt",
                )),
        )
        .arg(
            Arg::new("session")
                .long("session")
                .visible_alias("sesion")
                .value_name(say("SESSION", "SESIÓN"))
                .value_delimiter(',')
                .help(say(
                    "What is of this session alone, by its number or id",
                    "Solo lo de esta sesión, por su número o identificador",
                )),
        )
        .arg(Arg::new("draft").long("draft").action(ArgAction::SetTrue).help(say(
            "Build in spite of errors, and mark every document as a draft",
            "Escribir a pesar de los errores, y marcar todo documento como borrador",
        )))
        .arg(templates_argument(lang))
        .arg(
            Arg::new("findings")
                .long("findings")
                .visible_alias("hallazgos")
                .value_name(say("FORMAT", "FORMATO"))
                .value_parser(Shown::WORDS)
                .hide_possible_values(true)
                .help(say(
                    "How findings are shown: human, json, sarif or github",
                    "Cómo se muestran los hallazgos: human, json, sarif o github",
                )),
        )
}
