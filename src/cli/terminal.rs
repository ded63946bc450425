//! What is said in the terminal.

use std::io::Write;

use crate::locale::{Lang, Text};
use crate::workspace::Failure;

/// Writes a line to standard output. `println!` would panic where nobody reads it any more.
pub(crate) fn line(line: impl std::fmt::Display) -> Result<(), Failure> {
    Ok(writeln!(anstream::stdout(), "{line}")?)
}

/// A text on standard output.
pub(crate) fn print(lang: Lang, text: &Text) -> Result<(), Failure> {
    line(text.get(lang))
}

/// A line beside the output, on standard error.
pub(crate) fn note(lang: Lang, text: &Text) {
    // Where nobody reads the notes, there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{}", text.get(lang));
}

/// "error: …", with the way out below.
pub(crate) fn complain(failure: &Failure, lang: Lang) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let mut err = anstream::stderr().lock();
    // Where nobody reads the errors either, there is nobody to tell.
    let _ = writeln!(err, "{style}error{style:#}: {}", failure.message.get(lang));
    if let Some(help) = &failure.help {
        let _ = writeln!(err, "{}", advice(help, lang));
    }
}

/// "help: …" alone, on standard error.
pub(crate) fn advise(help: &Text, lang: Lang) {
    // As with a note.
    let _ = writeln!(anstream::stderr(), "{}", advice(help, lang));
}

fn advice(help: &Text, lang: Lang) -> String {
    let word = Text::fixed("help", "ayuda");
    format!("{}: {}", word.get(lang), help.get(lang))
}
