//! Who can have a role: the parties and people of the group, and somebody who is not known yet.

use crate::locale::Text;

/// Which of the group's parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub usize);

/// Which of the group's people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub usize);

/// Who has a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Party(PartyId),
    Person(PersonId),
    /// Somebody not yet known, described ("A municipality").
    Described(Text),
}
