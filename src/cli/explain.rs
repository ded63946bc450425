//! `convoca explain`: the documentation of the checks.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches};

use super::command::{Command, Options, Outcome, named, say};
use crate::decode::{nearest, slug};
use crate::diagnostics::Rule;
use crate::locale::{Lang, Text};
use crate::workspace::Failure;
use crate::{rules, text};

pub(crate) static EXPLAIN: Command = Command { grammar, run };

/// As typed.
struct Explain {
    check: Option<String>,
    all: bool,
}

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "explain", "Explain a check, or list them all", "Explicar una verificación, o mostrarlas todas")
        .arg(
            Arg::new("check").value_name(say("CHECK", "VERIFICACIÓN")).help(say("Name of a check", "Nombre de una verificación")),
        )
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).conflicts_with("check").help(say(
            "The documentation of every check, in Markdown",
            "La documentación de todas las verificaciones, en Markdown",
        )))
}

impl Explain {
    fn of(matches: &ArgMatches) -> Explain {
        Explain { check: matches.get_one("check").cloned(), all: matches.get_flag("all") }
    }
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Explain::of(matches);
    let mut out = anstream::stdout().lock();
    let lang = options.lang;
    match &command.check {
        Some(id) => {
            let Some(rule) = rules::all().find(|rule| rule.id == id) else {
                let failure = Failure::new(text!("there is no check `{id}`", "no existe la verificación `{id}`"));
                let known: Vec<&str> = rules::all().map(|rule| rule.id).collect();
                let word = slug(id);
                let about = |rule: &&Rule| Lang::ALL.iter().any(|lang| slug(rule.summary.get(*lang)).contains(&word));
                let meant = nearest(id, &known).or_else(|| rules::all().find(about).map(|rule| rule.id));
                return Err(match meant {
                    Some(meant) => failure.help(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
                    None => failure.help(Text::fixed("`convoca explain` lists them", "`convoca explicar` las muestra")),
                });
            };
            write!(out, "{}", page(rule, lang))?;
        }
        None if command.all => write!(out, "{}", book(lang))?,
        None => {
            let width = rules::all().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in rules::all() {
                writeln!(out, "{:width$}  {:11}  {}", rule.id, rule.level.word(lang), rule.summary.get(lang))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Every rule, as `docs/checks.md` and `docs/checks.es.md` hold them.
pub(crate) fn book(lang: Lang) -> String {
    let mut book = match lang {
        Lang::En => "# The checks\n\nWritten by `convoca explain --all`; each example runs as a test.\n".to_owned(),
        Lang::Es => {
            "# Las verificaciones\n\nEscrito por `convoca explicar --todo --lang es`; cada ejemplo se ejecuta como prueba.\n"
                .to_owned()
        }
    };
    for rule in rules::all() {
        book.push_str("\n#");
        book.push_str(&page(rule, lang));
    }
    book
}

fn page(rule: &Rule, lang: Lang) -> String {
    let (level, faulty, mended) = match lang {
        Lang::En => ("Level", "Found fault with", "Mended"),
        Lang::Es => ("Nivel", "Se señala", "Corregido"),
    };
    let mut page = format!(
        "# {}\n\n{} · {level}: {}\n\n{}\n",
        rule.id,
        capital(rule.summary.get(lang)),
        rule.level.word(lang),
        rule.documentation.get(lang)
    );
    for (heading, files) in [(faulty, rule.example.faulty), (mended, rule.example.mended)] {
        for (name, text) in files {
            page.push_str(&format!("\n{heading} (`{name}`):\n\n```toml\n{text}```\n"));
        }
    }
    page
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
