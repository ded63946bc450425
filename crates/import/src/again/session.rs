//! What a document says otherwise than the file of a session.

use convoca_core::diagnostics::Subject;
use convoca_core::edit::{Operation, SlotPath};
use convoca_core::model::Group;
use convoca_core::text;

use super::difference::{Difference, Sort};
use super::items::{self, Around};
use super::told::Told;
use super::worded::{title, words};

/// What a proposed text says otherwise than the file at a path, item by item; nothing where they agree. `group` tells
/// under which names parties are one.
pub(super) fn differences(path: &str, there: &str, proposed: &str, group: Option<&Group>) -> Vec<Difference> {
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
