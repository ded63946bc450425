//! What a document says otherwise than the file of a session, one thing at a time.

use std::cmp::Ordering;

use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, Operation, SlotPath, Who};
use convoca_core::locale::{Lang, Text};
use convoca_core::model::Group;
use convoca_core::text;

use super::items::{self, Around};
use super::told::{Told, Words};

/// What sort of thing a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Only in the document.
    Added,
    /// In both, in other words or at other hours.
    Changed,
    /// Only in the file: perhaps somebody put it there.
    Removed,
    /// The file says nothing of it in the language of the document.
    Translated,
}

/// One thing that the document says otherwise than the file.
#[derive(Clone, Debug)]
pub struct Difference {
    pub sort: Sort,
    /// "~ «Apertura»: el archivo dice 9:00–9:10, el documento 9:00–9:15".
    pub what: Text,
    pub(crate) operations: Vec<Operation>,
    /// From which place on items move when it is written; of one place what goes goes before what comes.
    pub(crate) moves: Option<(Vec<usize>, bool, usize)>,
}

impl Difference {
    pub(crate) fn new(sort: Sort, what: Text, operations: Vec<Operation>) -> Difference {
        Difference { sort, what, operations, moves: None }
    }

    /// In which order several are written: what only writes values first; then what moves places, from the last place
    /// up, so that no place moves before it is used.
    pub fn turn(&self, other: &Difference) -> Ordering {
        match (&self.moves, &other.moves) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(own), Some(other)) => other.cmp(own),
        }
    }

    /// Whether somebody of that id gets a role by it.
    pub fn names(&self, id: &str) -> bool {
        self.operations.iter().any(|operation| match operation {
            Operation::AddSpeaker { who: Who::Known(own), .. } => own == id,
            _ => false,
        })
    }

    /// Whether it can be written into the file, or has to be entered by hand.
    pub fn can_be_taken(&self) -> bool {
        !self.operations.is_empty()
    }
}

/// What a proposed text says otherwise than the file at a path, item by item; nothing where they agree. `group` tells
/// under which names parties are one.
pub fn differences(path: &str, there: &str, proposed: &str, group: Option<&Group>) -> Vec<Difference> {
    let (mine, theirs) = (Told::of(there), Told::of(proposed));
    let langs = theirs.title.languages();
    let around = Around { session: path, langs: &langs, group, within: SlotPath::default() };
    let mut found = Vec::new();
    head(&mine, &theirs, &around, &mut found);
    items::compare(&mine.items, &theirs.items, &around, &mut found);
    found
}

/// Title, day, objective and place of the session.
fn head(mine: &Told, theirs: &Told, around: &Around<'_>, found: &mut Vec<Difference>) {
    let session = around.session.to_owned();
    let of = Subject::Session { session: session.clone() };
    title(&of, &mine.title, &theirs.title, around.langs, found);
    if let (Some(own), Some(date)) = (mine.date, theirs.date)
        && own != date
    {
        let what =
            text!("~ the day: the file says {own}, the document {date}", "~ el día: el archivo dice {own}, el documento {date}");
        found.push(Difference::new(Sort::Changed, what, vec![Operation::SetDate { session, to: date }]));
    }
    for (key, mine, theirs) in [("objective", &mine.objective, &theirs.objective), ("place", &mine.place, &theirs.place)] {
        words(&of, key, (mine, theirs), around.langs, found);
    }
}

/// The title of a session, an item or a group in each language that the document has.
pub(super) fn title(of: &Subject, mine: &Words, theirs: &Words, langs: &[Lang], found: &mut Vec<Difference>) {
    for lang in langs {
        let Some(title) = theirs.get(*lang).filter(|title| mine.get(*lang) != Some(*title)) else { continue };
        let set = Operation::SetTitle { of: of.clone(), lang: *lang, to: title.to_owned() };
        found.push(reworded(mine.get(*lang), title, *lang, vec![set]));
    }
}

/// Any other text of them.
pub(super) fn words(of: &Subject, key: &str, (mine, theirs): (&Words, &Words), langs: &[Lang], found: &mut Vec<Difference>) {
    for lang in langs {
        let Some(words) = theirs.get(*lang).filter(|words| mine.get(*lang) != Some(*words)) else { continue };
        found.push(reworded(mine.get(*lang), words, *lang, vec![set(of, key, words, *lang)]));
    }
}

/// Writes a text under its key and its language.
pub(super) fn set(of: &Subject, key: &str, words: &str, lang: Lang) -> Operation {
    let is_line = key == "place" || !words.contains('\n');
    let to = if is_line { FieldValue::Line(words.to_owned()) } else { FieldValue::Prose(words.to_owned()) };
    Operation::SetField { of: of.clone(), field: format!("{key}.{}", lang.code()), to: Some(to) }
}

/// The same thing in other words, or in a language in which the file is silent.
fn reworded(old: Option<&str>, new: &str, lang: Lang, operations: Vec<Operation>) -> Difference {
    let (new, code) = (short(new), lang.code());
    match old {
        Some(old) => {
            let old = short(old);
            let what =
                text!("~ the file says \"{old}\", the document \"{new}\"", "~ el archivo dice «{old}», el documento «{new}»");
            Difference::new(Sort::Changed, what, operations)
        }
        None => {
            let what = text!("+ {code}: \"{new}\"", "+ {code}: «{new}»");
            Difference::new(Sort::Translated, what, operations)
        }
    }
}

/// As much of a text as a line of a list holds.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 90 {
        return line;
    }
    format!("{}…", line.chars().take(89).collect::<String>().trim_end())
}
