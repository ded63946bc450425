//! `convoca studio`: the programme in the browser.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::command::{Command, Options, Outcome, named, say};
use crate::locale::Lang;
use crate::workspace::Failure;
#[cfg(feature = "studio")]
use crate::{studio, text};
#[cfg(feature = "studio")]
use front::Cli;

#[cfg(feature = "studio")]
mod front;

pub(crate) static STUDIO: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "studio", "Work on the programme in the browser", "Trabajar el programa en el navegador")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name(say("FOLDER", "CARPETA"))
                .value_parser(value_parser!(PathBuf))
                .help(say("Where documents are written [out]", "Dónde se escriben los documentos [out]")),
        )
        .arg(
            Arg::new("port")
                .long("port")
                .visible_alias("puerto")
                .value_name(say("NUMBER", "NÚMERO"))
                .value_parser(value_parser!(u16))
                .hide_default_value(true)
                .default_value("0")
                .help(say("The port of the page [a free one]", "El puerto de la página [uno libre]")),
        )
        .arg(Arg::new("no-open").long("no-open").visible_alias("sin-abrir").action(ArgAction::SetTrue).help(say(
            "Only say where the page is, for a browser that you open yourself",
            "Solo decir dónde está la página, para abrirla usted en el navegador",
        )))
}

#[cfg(not(feature = "studio"))]
fn run(_: &Options, _: &ArgMatches) -> Result<Outcome, Failure> {
    let message = "this program was built without the studio";
    Err(Failure::new(crate::locale::Text::fixed(message, "este programa se compiló sin el estudio")))
}

#[cfg(feature = "studio")]
fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or(0);
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_else(|| PathBuf::from("out"));
    let is_opened = !matches.get_flag("no-open");
    let front = Box::new(Cli::new(options.lang)?);
    studio::serve(&options.workspace, port, &out, front, |address| {
        let page = &address.page;
        // A closed pipe is no reason to stop serving.
        let _ = super::terminal::print(
            options.lang,
            &text!("the studio is open at {page} (Ctrl+C ends it)", "el estudio está abierto en {page} (Ctrl+C lo cierra)"),
        );
        if is_opened {
            open(page);
        }
    })?;
    Ok(Outcome::Clean)
}

/// Opens a page or a folder in the user's own program for it; where there is none, the address was told.
#[cfg(feature = "studio")]
fn open(page: &str) {
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let null = std::process::Stdio::null;
    let mut browser = std::process::Command::new(program);
    let _ = browser.args(arguments).arg(page).stdin(null()).stdout(null()).stderr(null()).spawn();
}
