//! Faults in the arguments, in the user's language. clap speaks English only.

use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Failure, Outcome};
use crate::locale::{Lang, Text};
use crate::text;

/// Shows help, version or what is wrong with the arguments.
pub fn report(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let help = spoken(&error.render().ansi().to_string(), lang);
            super::ended(anstream::stdout().write_all(help.as_bytes()).map(|()| Outcome::Clean).map_err(Failure::from), lang)
        }
        _ => {
            failure(error).print(lang);
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

fn failure(error: &clap::Error) -> Failure {
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let (command, prior) = (said(ContextKind::InvalidSubcommand), said(ContextKind::PriorArg));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            text!("there is no option or argument `{argument}`", "no existe la opción o el argumento `{argument}`")
        }
        ErrorKind::InvalidSubcommand => text!("there is no command `{command}`", "no existe la orden `{command}`"),
        ErrorKind::InvalidValue if value.is_empty() => text!("`{argument}` needs a value", "`{argument}` necesita un valor"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            text!("`{value}` is not a value for `{argument}`", "`{value}` no sirve como valor de `{argument}`")
        }
        ErrorKind::MissingRequiredArgument => text!("missing: {argument}", "falta: {argument}"),
        ErrorKind::MissingSubcommand => Text::fixed("say what to do: a command is missing", "diga qué hacer: falta una orden"),
        ErrorKind::ArgumentConflict => {
            text!("`{argument}` cannot stand with `{prior}`", "`{argument}` no puede ir con `{prior}`")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            text!("too many values for `{argument}`", "demasiados valores para `{argument}`")
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
    let valid = said(ContextKind::ValidValue);
    let written = [
        ("--today", Text::fixed("write it such as 2022-10-01", "escríbala así: 2022-10-01")),
        ("--days", Text::fixed("write it such as 2027-10-01..2027-11-15", "escríbalo así: 2027-10-01..2027-11-15")),
        ("--duration", Text::fixed("write it such as 90m or 1h30", "escríbala así: 90m o 1h30")),
        ("--to", Text::fixed("write it such as \"2027-10-27 09:00\"", "escríbalo así: \"2027-10-27 09:00\"")),
    ];
    if let Some((_, help)) = written.into_iter().find(|(option, _)| argument.split(' ').next() == Some(*option)) {
        return Failure::new(message).help(help);
    }
    Failure::new(message).help(match suggestion {
        Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
        None if !valid.is_empty() => text!("the values are {valid}", "los valores son {valid}"),
        None => Text::fixed("`convoca --help` shows what there is", "`convoca --help` muestra lo que hay"),
    })
}
