//! One thing that a document says otherwise than the file of a session.

use std::cmp::Ordering;

use convoca_core::edit::{NewParty, NewPerson, Operation, Who};
use convoca_core::locale::Text;

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

    /// Who is new to the group by it, where it says nothing else.
    pub(super) fn newcomers(&self) -> Option<(&[NewParty], &[NewPerson])> {
        match &*self.operations {
            [Operation::Enlist { parties, people }] => Some((parties, people)),
            _ => None,
        }
    }

    /// Whether it can be written into the file, or has to be entered by hand.
    pub fn can_be_taken(&self) -> bool {
        !self.operations.is_empty()
    }
}
