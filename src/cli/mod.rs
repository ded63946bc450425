//! The command line: a file or a folder a command, and the only place with the terminal and the environment.

mod access;
mod agenda;
mod args;
mod attendance;
mod build;
mod called;
mod check;
mod command;
mod difference;
mod explain;
mod findings;
mod import;
mod init;
mod invite;
mod language;
mod ledger;
mod proposals;
mod publish;
mod relocate;
mod replies;
mod schema;
mod secret;
mod studio;
mod terminal;
mod undo;
mod usage;
mod when;

use std::process::ExitCode;

/// Runs the program for the arguments of this process.
pub fn main() -> ExitCode {
    let mut arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // `convoca help` and `convoca ayuda` are what people type first.
    if let Some(first) = arguments.get_mut(1).filter(|first| *first == "help" || *first == "ayuda") {
        *first = "--help".into();
    }
    let lang = language::of_user(&arguments);
    match args::parse(&arguments, lang) {
        Ok(asked) => command::ended(asked.run(), lang),
        Err(error) => usage::report(&error, &arguments, lang),
    }
}
