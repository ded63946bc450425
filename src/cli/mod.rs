//! The command line: the only place with files, the clock and the environment. One file a command.

mod access;
mod agenda;
mod args;
mod attendance;
mod build;
mod called;
mod check;
mod correspondent;
mod explain;
mod failure;
mod init;
mod invite;
mod language;
mod ledger;
mod look;
mod output;
mod read;
mod relocate;
mod replies;
mod schema;
mod secret;
mod usage;
mod when;

use std::process::ExitCode;

use args::{Command, Options};
pub use failure::Failure;

/// How a command ended: clean, with findings at the level of an error, or unable to do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    Findings,
}

/// Runs the program for the arguments of this process.
pub fn main() -> ExitCode {
    let mut arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    // `convoca help` and `convoca ayuda` are what people type first.
    if let Some(first) = arguments.get_mut(1).filter(|first| *first == "help" || *first == "ayuda") {
        *first = "--help".into();
    }
    let lang = language::of_user(&arguments);
    let options = match args::parse(&arguments, lang) {
        Ok(options) => options,
        Err(error) => return usage::report(&error, &arguments, lang),
    };
    ended(run(&options), options.lang)
}

/// The exit status, after saying what kept the program from its work.
fn ended(result: Result<Outcome, Failure>, lang: crate::locale::Lang) -> ExitCode {
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(lang);
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<Outcome, Failure> {
    match &options.command {
        Command::Check(command) => check::run(options, command),
        Command::Build(command) => build::run(options, command),
        Command::Agenda(command) => agenda::run(options, command),
        Command::When(command) => when::run(options, command),
        Command::Move(command) => relocate::run(options, command),
        Command::Explain(command) => explain::run(options, command),
        Command::Init(command) => init::run(options, command),
        Command::Schema(command) => schema::run(options, command),
        Command::Invite(command) => invite::run(options, command),
        Command::Ledger(command) => ledger::run(options, command),
        Command::Replies(command) => replies::run(options, command),
        Command::Attendance(command) => attendance::run(options, command),
    }
}
