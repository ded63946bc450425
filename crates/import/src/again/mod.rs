//! A second import: which file a session has already, what the document says otherwise, and writing that into the
//! file by the edit operations of the core, so that everything else in it stays.

mod difference;
mod items;
mod joined;
mod pairs;
mod prose;
mod session;
mod told;
mod worded;
mod zone;

use chrono::NaiveDate;
use convoca_core::edit::{self, Operation, Refusal};
use convoca_core::locale::Text;
use convoca_core::model::Group;
use convoca_core::project::{Change, Project};
use convoca_core::schema::CONCEPT_NOTE_FILE;

use crate::agenda::FoundSession;
use crate::write::{File, Proposal};
pub use difference::{Difference, Sort};
pub use joined::join;
use told::Told;
pub use zone::zone;

/// Path and text of the file of a folder that holds what a proposed one is about: of the same name, or of the session
/// with its id, or with its number on its day.
pub fn file_of(project: &Project, folder: &str, file: &File, session: Option<&FoundSession>) -> Option<(String, String)> {
    let own = if folder.is_empty() { file.name.clone() } else { format!("{folder}/{}", file.name) };
    if let Some(text) = project.text(&own) {
        return Some((own, text.to_owned()));
    }
    session?;
    let wanted = Told::of(&file.text);
    project.paths().into_iter().find_map(|path| {
        let text = project.text(path).filter(|_| path.ends_with(".toml"))?;
        let own = Told::of(text);
        let number = own.number?;
        let same_id = own.id.is_some() && own.id == wanted.id;
        let same_day = own.date.is_some() && own.date == wanted.date && wanted.number == Some(number);
        (same_id || same_day).then(|| (path.to_owned(), text.to_owned()))
    })
}

/// What a proposed text says otherwise than the file at a path: item by item, or of the concept note section by section;
/// nothing where they agree. `group` tells under which names parties are one.
pub fn differences(path: &str, there: &str, proposed: &str, group: Option<&Group>) -> Vec<Difference> {
    match path.rsplit('/').next() {
        Some(CONCEPT_NOTE_FILE) => prose::differences(there, proposed),
        _ => session::differences(path, there, proposed, group),
    }
}

/// Whom the group does not have yet, each with the id that the sessions name it by.
pub fn newcomers(proposal: &Proposal) -> Vec<(String, Difference)> {
    let own = proposal.newcomers.iter();
    own.map(|own| (own.id().to_owned(), Difference::new(Sort::Added, own.what(), own.operations(proposal.lang)))).collect()
}

/// Why a difference could not be written.
#[derive(Clone, Debug)]
pub struct NotTaken {
    /// Its place among those that were given.
    pub at: usize,
    pub what: Text,
    pub why: Text,
}

/// Makes differences in the texts of a project. One that cannot be made is left out whole and told; the others go in.
pub fn take(project: &mut Project, today: NaiveDate, differences: &[&Difference]) -> (Change, Vec<NotTaken>) {
    let mut change = Change::default();
    let mut left = Vec::new();
    let mut ordered: Vec<(usize, &Difference)> = differences.iter().copied().enumerate().collect();
    ordered.sort_by(|(_, a), (_, b)| a.turn(b));
    if let Some(enlisted) = enlist(project, today, differences) {
        change.steps.extend(enlisted.steps);
        ordered.retain(|(_, difference)| difference.newcomers().is_none());
    }
    for (at, difference) in ordered {
        let mut trial = project.clone();
        match make(&mut trial, today, &difference.operations) {
            Ok(steps) => {
                change.steps.extend(steps.steps);
                *project = trial;
            }
            Err(refusal) => left.push(NotTaken { at, what: difference.what.clone(), why: refusal.reason }),
        }
    }
    (change, left)
}

/// Puts in all who are new at once: one by one, the group would be read anew for each of hundreds. `None` where one of
/// them cannot be put in.
fn enlist(project: &mut Project, today: NaiveDate, differences: &[&Difference]) -> Option<Change> {
    let (mut parties, mut people) = (Vec::new(), Vec::new());
    for (new_parties, new_people) in differences.iter().filter_map(|difference| difference.newcomers()) {
        parties.extend_from_slice(new_parties);
        people.extend_from_slice(new_people);
    }
    let mut trial = project.clone();
    let change = make(&mut trial, today, &[Operation::Enlist { parties, people }]).ok()?;
    *project = trial;
    Some(change)
}

fn make(project: &mut Project, today: NaiveDate, operations: &[Operation]) -> Result<Change, Refusal> {
    let mut change = Change::default();
    for operation in operations {
        let own = edit::plan(&project.snapshot(today), operation)?;
        project.apply(&own)?;
        change.steps.extend(own.steps);
    }
    Ok(change)
}
