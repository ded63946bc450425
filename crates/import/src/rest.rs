//! What stands at an agenda and goes into no file: it is told, so that nothing is lost in silence.

use convoca_core::locale::Text;

use crate::agenda::{Imported, Left};
use crate::grammar::{days, folded, heads, marks};
use crate::note;
use crate::parties;
use crate::source::{Document, Line};

/// Puts every line that says something and that nothing took among what is left, with the reason.
pub(crate) fn tell(document: &Document, imported: &mut Imported) {
    let taken = imported.taken();
    let first = imported.sessions.iter().map(|session| session.line).min().unwrap_or(0);
    // The prose of a concept note goes into a file of its own.
    let in_note = note::note(document, imported).is_some();
    let is_prose = |line: &Line| in_note && line.number < first && line.table.is_none();
    let titles: Vec<String> = imported
        .title
        .iter()
        .chain(imported.sessions.iter().filter_map(|session| session.title.as_ref()))
        .map(|title| folded(title))
        .collect();
    let is_dated = imported.sessions.iter().any(|session| session.date.is_some());
    let says_more = |line: &Line| {
        let text = line.whole();
        let plain = folded(&text);
        let is_said = titles.contains(&plain) || announces(&plain) || is_head(line) || is_dated && is_date(&text);
        !plain.is_empty() && !is_said
    };
    // Whoever is listed goes into the group.
    let listed: Vec<usize> = parties::municipalities(document)
        .into_iter()
        .map(|(line, _)| line)
        .chain(parties::contacts(document).into_iter().map(|contact| contact.line))
        .collect();
    let is_taken = |line: &Line| taken.contains(&line.number) || listed.contains(&line.number);
    let rest = document.lines.iter().filter(|line| !is_taken(line) && !is_prose(line) && says_more(line));
    let why = Text::fixed(
        "the file of a session has no place for it, or it is about something else",
        "el archivo de una sesión no tiene lugar para ello, o trata de otra cosa",
    );
    imported.left.extend(rest.map(|line| Left { line: line.number, text: line.whole(), why: why.clone() }));
    imported.left.sort_by_key(|left| left.line);
}

/// "Orden del día", over what it announces.
fn announces(plain: &str) -> bool {
    const WORDS: [&str; 12] = [
        "agenda",
        "programa",
        "programme",
        "program",
        "orden del dia",
        "ordre du jour",
        "ordem do dia",
        "pauta",
        "temario",
        "schedule",
        "cronograma",
        "programacion",
    ];
    WORDS.contains(&plain.trim())
}

/// A row of names of columns.
fn is_head(line: &Line) -> bool {
    let mut cells = line.cells.iter().filter(|cell| !cell.trim().is_empty());
    line.table.is_some() && cells.all(|cell| heads::heads(&folded(cell)).is_some())
}

/// The day, and few words beside it.
fn is_date(text: &str) -> bool {
    let marks = marks(text);
    let dated = days(&marks).any(|(_, day)| !day.days.is_empty() && day.month.is_some());
    let apart: usize = days(&marks).map(|(mark, _)| mark.range.len()).sum();
    dated && text.len() <= apart + 30
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agenda::{Hints, read};
    use crate::source::plain;

    #[test]
    fn every_line_at_an_agenda_is_in_it_or_told() {
        let text = "Red de Ejemplo\nSegunda sesión, 18 de marzo de 2027\nDirigido a: personal municipal\nModera: Ana Ruiz\n\nAgenda\n\
                    9:00 Apertura\n9:30 Panel\n10:00 Cierre\n\nTraiga su computadora y los datos de su municipalidad.\n";
        let document = plain(text);
        let mut imported = read(&document, &Hints::default());
        tell(&document, &mut imported);
        let told: Vec<usize> = imported.left.iter().map(|left| left.line).collect();
        assert_eq!(told, [3, 11], "{:?}", imported.left);
    }
}
