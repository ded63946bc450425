//! What an import read and wrote, for people.

use super::saved::{Numbered, Saved, State};
use super::{Options, Reading};
use crate::cli::command::say;
use crate::cli::terminal;
use crate::locale::{Lang, Text, dates, words};
use crate::text;
use crate::workspace::{Failure, read};

/// More lines that are left nobody reads at a terminal.
const MOST_LEFT: usize = 40;

/// Every document, then what can be done next.
pub(super) fn tell(options: &Options, readings: &[Reading], written: &[Vec<Saved>], dry: bool) -> Result<(), Failure> {
    for (reading, written) in readings.iter().zip(written) {
        document(options, reading, written, dry)?;
    }
    let lang = options.lang;
    let open: Vec<String> = written
        .iter()
        .flatten()
        .flat_map(|file| &file.differences)
        .filter(|own| !own.taken && own.difference.can_be_taken())
        .filter_map(|own| Some(own.number?.to_string()))
        .collect();
    if let Some(first) = open.first() {
        terminal::print(
            lang,
            &text!(
                "the same with `--apply {first}` writes that difference into the file, `--apply all` all but what only the files have",
                "lo mismo con `--aplicar {first}` escribe esa diferencia en el archivo; `--aplicar todo`, todas salvo lo que solo tienen los archivos"
            ),
        )?;
    }
    if dry {
        return Ok(());
    }
    let shown = read::shown(&options.workspace.folder);
    let option = say(lang, "--programme", "--programa");
    let at = if shown == "sessions" { String::new() } else { format!(" {option} {shown}") };
    terminal::print(
        lang,
        &text!(
            "now `convoca check{at}` names what is wrong in the agenda",
            "ahora `convoca revisar{at}` dice qué hay que corregir en la agenda"
        ),
    )
}

/// One document.
fn document(options: &Options, reading: &Reading, saved: &[Saved], dry: bool) -> Result<(), Failure> {
    let lang = options.lang;
    terminal::print(lang, &found(reading))?;
    for (at, file) in saved.iter().enumerate() {
        let proposed = reading.proposal.files.get(at);
        let state = match (file.state, dry) {
            (State::Written, false) => Text::fixed("written", "escrito"),
            (State::Written, true) => Text::fixed("would be written", "se escribiría"),
            (State::Same, _) => Text::fixed("as it was", "igual que antes"),
            (State::Changed, false) => Text::fixed("changed", "modificado"),
            (State::Changed, true) => Text::fixed("would be changed", "se modificaría"),
            (State::Kept, _) => Text::fixed("there already, left as it is", "ya existe, se deja como está"),
        };
        let about = file.session.and_then(|at| reading.imported.sessions.get(at)).map(|session| {
            let date = session
                .date
                .map_or_else(|| Text::fixed("no date", "sin fecha").get(lang).to_owned(), |date| dates::date(lang, date));
            let items = match lang {
                Lang::En => words::count(session.items.len(), "item", "items"),
                Lang::Es => words::count(session.items.len(), "punto", "puntos"),
            };
            let sure = (session.confidence * 100.0).round();
            format!(" – {date}, {items}, {}", text!("{sure} % sure", "{sure} % de seguridad").get(lang))
        });
        terminal::line(format!("  {}: {}{}", file.path, state.get(lang), about.unwrap_or_default()))?;
        for own in &file.differences {
            difference(lang, own, dry)?;
        }
        if let Some(proposed) = proposed.filter(|_| dry && file.state == State::Written) {
            for line in proposed.text.lines() {
                terminal::line(format!("    {line}"))?;
            }
        }
    }
    let line = |line: usize, what: &str| {
        if line == 0 { format!("  {what}") } else { format!("  {} {line}: {what}", Text::fixed("line", "renglón").get(lang)) }
    };
    if reading.proposal.notes.iter().any(|note| note.doubt) {
        terminal::print(lang, &Text::fixed("for you to settle:", "le toca resolver:"))?;
    }
    for note in reading.proposal.notes.iter().filter(|note| note.doubt) {
        terminal::line(line(note.line, note.what.get(lang)))?;
    }
    for note in reading.proposal.notes.iter().filter(|note| !note.doubt) {
        terminal::line(line(note.line, note.what.get(lang)))?;
    }
    if !reading.imported.left.is_empty() {
        terminal::print(lang, &Text::fixed("lines that are in no file:", "renglones que no están en ningún archivo:"))?;
    }
    let left = &reading.imported.left;
    for left in left.iter().take(MOST_LEFT) {
        let short: String = left.text.chars().take(80).collect();
        terminal::line(line(left.line, &format!("«{short}» ({})", left.why.get(lang))))?;
    }
    if let more @ 1.. = left.len().saturating_sub(MOST_LEFT) {
        let more = text!(
            "… and {more} more lines; `--format json` has them all",
            "… y {more} renglones más; `--formato json` los tiene todos"
        );
        terminal::line(format!("  {}", more.get(lang)))?;
    }
    Ok(())
}

/// A difference with the number by which it is chosen, and what became of it.
fn difference(lang: Lang, own: &Numbered, dry: bool) -> Result<(), Failure> {
    let what = own.difference.what.get(lang);
    let became = match (own.taken, &own.why_not, dry) {
        (true, _, false) => Text::fixed(" (written)", " (escrito)").get(lang).to_owned(),
        (true, _, true) => Text::fixed(" (would be written)", " (se escribiría)").get(lang).to_owned(),
        (false, Some(why), _) => format!(" ({})", why.get(lang)),
        (false, None, _) => String::new(),
    };
    let number = own.number.map_or(String::new(), |number| number.to_string());
    terminal::line(format!("    {number:>2} {what}{became}"))
}

/// "nota.docx: 3 sesiones", "contactos.xlsx: 12 personas".
fn found(reading: &Reading) -> Text {
    let name = &reading.name;
    let sessions = reading.imported.sessions.len();
    let count = |l| match (l, reading.people) {
        (Lang::En, None) => words::count(sessions, "session", "sessions"),
        (Lang::Es, None) => words::count(sessions, "sesión", "sesiones"),
        (Lang::En, Some(people)) => words::count(people, "person", "people"),
        (Lang::Es, Some(people)) => words::count(people, "persona", "personas"),
    };
    text!(l, count = count(l); "{name}: {count}", "{name}: {count}")
}
