//! The programme with its names looked up and its instants known. What could not be made out is
//! `None`; the finding that says why was reported on the way here.

mod days;
mod group;
mod session;

pub use days::{Absence, AddedHoliday, Location, WorkingHours};
pub use group::{Group, Member, Organizer, Party, PartyId, Person, PersonId, Quorum};
pub use session::{Actor, BreakOut, DocumentLink, Role, RoleKind, Session, Slot, SlotTime, Window};

use chrono::NaiveDate;

use crate::diagnostics::Span;
use crate::locale::Text;
use crate::schema::{Include, Status};

/// Everything that is known of the working group's sessions.
#[derive(Clone, Debug)]
pub struct Programme {
    pub group: Group,
    /// In the order of their numbers.
    pub sessions: Vec<Session>,
    pub concept_note: Option<ConceptNote>,
    /// Every place where a party is named.
    pub mentions: Vec<Mention>,
}

impl Programme {
    /// Whether anything that it says is still to be confirmed.
    pub fn is_unconfirmed(&self) -> bool {
        self.sessions.iter().any(Session::is_unconfirmed)
    }

    /// Each session that is held with the one before it in time.
    pub fn neighbours(&self) -> Vec<(&Session, &Session)> {
        let held = self.sessions.iter().filter(|session| session.status != Status::Cancelled);
        let mut held: Vec<_> = held.filter_map(|session| Some((session.time()?.0, session))).collect();
        held.sort_by_key(|(start, _)| *start);
        held.windows(2).map(|pair| (pair[0].1, pair[1].1)).collect()
    }
}

/// A place where a party is named, in the words used there.
#[derive(Clone, Debug)]
pub struct Mention {
    pub party: PartyId,
    pub written: String,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ConceptNote {
    pub date: Option<NaiveDate>,
    pub title: Text,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub title: Text,
    /// Markdown.
    pub text: Option<Text>,
    pub items: Vec<Text>,
    pub include: Option<Include>,
    pub sections: Vec<Section>,
}
