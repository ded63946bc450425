//! `convoca explain`: the documentation of the checks.

use std::io::Write;

use super::args::{Explain, Options};
use super::{Failure, Outcome};
use crate::checks;
use crate::decode::{nearest, slug};
use crate::diagnostics::Rule;
use crate::locale::{Lang, Text};
use crate::text;

pub fn run(options: &Options, command: &Explain) -> Result<Outcome, Failure> {
    let mut out = anstream::stdout().lock();
    let lang = options.lang;
    match &command.check {
        Some(id) => {
            let Some(rule) = checks::rules().find(|rule| rule.id == id) else {
                let failure = Failure::new(text!("there is no check `{id}`", "no existe la verificación `{id}`"));
                let known: Vec<&str> = checks::rules().map(|rule| rule.id).collect();
                let word = slug(id);
                let about = |rule: &&Rule| Lang::ALL.iter().any(|lang| slug(rule.summary.get(*lang)).contains(&word));
                let meant = nearest(id, &known).or_else(|| checks::rules().find(about).map(|rule| rule.id));
                return Err(match meant {
                    Some(meant) => failure.help(text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?")),
                    None => failure.help(Text::fixed("`convoca explain` lists them", "`convoca explain` las muestra")),
                });
            };
            write!(out, "{}", page(rule, lang))?;
        }
        None if command.all => write!(out, "{}", book(lang))?,
        None => {
            let width = checks::rules().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in checks::rules() {
                writeln!(out, "{:width$}  {:11}  {}", rule.id, rule.level.word(lang), rule.summary.get(lang))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Every rule, as `docs/checks.md` and `docs/checks.es.md` hold them.
pub fn book(lang: Lang) -> String {
    let mut book = match lang {
        Lang::En => "# The checks\n\nWritten by `convoca explain --all`; each example runs as a test.\n".to_owned(),
        Lang::Es => {
            "# Las verificaciones\n\nEscrito por `convoca explain --all --lang es`; cada ejemplo se ejecuta como prueba.\n"
                .to_owned()
        }
    };
    for rule in checks::rules() {
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
