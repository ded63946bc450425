//! Faults in the arguments, in the user's language. clap speaks English only.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::command::{Outcome, ended};
use super::terminal;
use crate::decode::slug;
use crate::locale::{Lang, Text};
use crate::text;
use crate::workspace::Failure;

/// Shows help, version or what is wrong with the arguments.
pub(crate) fn report(error: &clap::Error, arguments: &[OsString], lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let help = spoken(&error.render().ansi().to_string(), lang);
            ended(anstream::stdout().write_all(help.as_bytes()).map(|()| Outcome::Clean).map_err(Failure::from), lang)
        }
        _ => {
            terminal::complain(&failure(error, &commands(arguments, lang)), lang);
            ExitCode::from(2)
        }
    }
}

/// The two words in a usage line that clap does not let us set.
fn spoken(help: &str, lang: Lang) -> String {
    match lang {
        Lang::En => help.to_owned(),
        Lang::Es => help.replace("[OPTIONS]", "[OPCIONES]").replace("[aliases: ", "[alias: "),
    }
}

/// The commands that were typed, from the outermost to the last that exists.
fn commands(arguments: &[OsString], lang: Lang) -> Vec<clap::Command> {
    let mut path = vec![super::args::grammar(lang)];
    for word in arguments.iter().skip(1) {
        let Some(next) = path.last().and_then(|command| command.find_subcommand(word)).cloned() else { continue };
        path.push(next);
    }
    path
}

/// Arguments as clap names them, with the Spanish names of the options that have one.
fn called(arguments: &str, path: &[clap::Command], lang: Lang) -> String {
    let spanish = |word: &str| {
        let mut options = path.iter().flat_map(clap::Command::get_arguments);
        let option = options.find(|option| option.get_long().is_some_and(|long| Some(long) == word.strip_prefix("--")))?;
        Some(format!("--{}", option.get_visible_aliases()?.first()?))
    };
    let words = arguments.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-');
    let called = words.map(|piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-');
        match spanish(word).filter(|_| lang == Lang::Es) {
            Some(name) => name + &piece[word.len()..],
            None => piece.to_owned(),
        }
    });
    called.collect()
}

/// The command that a word in Spanish means, within another command than the last that was typed.
fn meant(word: &str, path: &[clap::Command]) -> Option<String> {
    let word = slug(word);
    let outer = path.last()?.get_subcommands().find(|outer| outer.find_subcommand(&word).is_some())?;
    let lang = if outer.find_subcommand(&word).is_some_and(|one| one.get_name() != word) { Lang::Es } else { Lang::En };
    Some(format!("{} {word}", named(outer, lang)))
}

/// What a command is called in a language.
fn named(command: &clap::Command, lang: Lang) -> String {
    let spanish = command.get_visible_aliases().next().filter(|_| lang == Lang::Es);
    spanish.unwrap_or(command.get_name()).to_owned()
}

fn failure(error: &clap::Error, path: &[clap::Command]) -> Failure {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let called = |lang: Lang| called(&argument, path, lang);
    let value = said(ContextKind::InvalidValue);
    let (command, prior) = (said(ContextKind::InvalidSubcommand), said(ContextKind::PriorArg));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            text!("there is no option or argument `{argument}`", "no existe la opción o el argumento `{argument}`")
        }
        ErrorKind::InvalidSubcommand => text!("there is no command `{command}`", "no existe la orden `{command}`"),
        ErrorKind::InvalidValue if value.is_empty() => {
            text!(l, argument = called(l); "`{argument}` needs a value", "`{argument}` necesita un valor")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            text!(l, argument = called(l); "`{value}` is not a value for `{argument}`", "`{value}` no sirve como valor de `{argument}`")
        }
        ErrorKind::MissingRequiredArgument => text!(l, argument = called(l); "missing: {argument}", "falta: {argument}"),
        ErrorKind::MissingSubcommand => Text::fixed("say what to do: a command is missing", "diga qué hacer: falta una orden"),
        ErrorKind::ArgumentConflict => {
            text!(l, argument = called(l), prior = self::called(&prior, path, l); "`{argument}` cannot stand with `{prior}`", "`{argument}` no puede ir con `{prior}`")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            text!(l, argument = called(l); "too many values for `{argument}`", "demasiados valores para `{argument}`")
        }
        ErrorKind::InvalidUtf8 => Text::fixed("an argument is not UTF-8", "un argumento no está en UTF-8"),
        _ => Text::same(error.to_string()),
    };
    // clap puts the likeliest last.
    let likeliest = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned().unwrap_or_default(),
        _ => said(kind),
    };
    let suggestion = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(likeliest)
        .find(|text| !text.is_empty());
    let suggestion = meant(&command, path).or(suggestion);
    let valid = said(ContextKind::ValidValue);
    let written = [
        ("--today", Text::fixed("write it such as 2022-10-01", "escríbala así: 2022-10-01")),
        ("--days", Text::fixed("write it such as 2027-10-01..2027-11-15", "escríbalo así: 2027-10-01..2027-11-15")),
        ("--duration", Text::fixed("write it such as 90m or 1h30", "escríbala así: 90m o 1h30")),
        ("--by", Text::fixed("write it such as 7d, 30m or 1h30", "escríbalo así: 7d, 30m o 1h30")),
    ];
    if let Some((_, help)) = written.into_iter().find(|(option, _)| argument.split(' ').next() == Some(*option)) {
        return Failure::new(message).help(help);
    }
    Failure::new(message).help(match suggestion {
        Some(meant) => {
            let called = |l| path.last().and_then(|last| last.find_subcommand(&meant)).map_or(meant.clone(), |one| named(one, l));
            text!(l, meant = called(l); "did you mean `{meant}`?", "¿quiso decir `{meant}`?")
        }
        None if !valid.is_empty() => text!("the values are {valid}", "los valores son {valid}"),
        None => {
            let names = |l| path.iter().map(|command| named(command, l)).collect::<Vec<_>>().join(" ");
            text!(l, names = names(l); "`{names} --help` shows what there is", "`{names} --help` muestra lo que hay")
        }
    })
}
