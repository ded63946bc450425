//! The programme with its names looked up and its instants known. What could not be made out is
//! `None`; the finding that says why was reported on the way here.

mod actor;
mod address;
mod calls;
mod clock_notes;
mod days;
mod group;
mod public;
mod role;
mod session;
mod sittings;
mod slot;
mod texts;
mod whereabouts;

pub use actor::{Actor, PartyId, PersonId};
pub use address::address;
pub use calls::{Calls, link_key};
pub use clock_notes::{clock_notes, clock_notes_for};
pub use days::{Absence, AddedHoliday, Location, WorkingHours};
pub use group::{Group, Member, Organizer, Party, Person, Quorum};
pub use public::{COVER, Public, is_public};
pub use role::{Role, RoleKind};
pub use session::{DocumentLink, Entry, Run, Session};
pub use sittings::Sitting;
pub use slot::{AlsoHour, Hours, Material, Slot, SlotTime, Window};

use chrono::{DateTime, NaiveDate, Utc};

use crate::diagnostics::Span;
use crate::schema::{ConceptNoteTexts, Include, SectionTexts, Status};

/// Everything that is known of the working group's sessions.
#[derive(Clone, Debug)]
pub struct Programme {
    pub group: Group,
    /// In the order of their numbers.
    pub sessions: Vec<Session>,
    pub concept_note: Option<ConceptNote>,
    /// Every place where a party is named.
    pub mentions: Vec<Mention>,
    /// The sessions that are held, in order of time: their starts and places in `sessions`.
    by_time: Vec<(DateTime<Utc>, usize)>,
}

impl Programme {
    pub fn new(group: Group, sessions: Vec<Session>, concept_note: Option<ConceptNote>, mentions: Vec<Mention>) -> Programme {
        let held = sessions.iter().enumerate().filter(|(_, session)| session.status != Status::Cancelled);
        let mut by_time: Vec<_> = held.filter_map(|(index, session)| Some((session.time()?.0, index))).collect();
        by_time.sort_unstable();
        Programme { group, sessions, concept_note, mentions, by_time }
    }

    /// Whether anything that it says is still to be confirmed.
    pub fn is_unconfirmed(&self) -> bool {
        self.sessions.iter().any(Session::is_unconfirmed)
    }

    /// Each session that is held with the one before it in time.
    pub fn neighbours(&self) -> impl Iterator<Item = (&Session, &Session)> {
        self.by_time.windows(2).map(|pair| (&self.sessions[pair[0].1], &self.sessions[pair[1].1]))
    }

    /// The last session that is held before another begins.
    pub fn before(&self, session: &Session) -> Option<&Session> {
        let (start, _) = session.time()?;
        let at = self.by_time.partition_point(|(other, _)| *other < start);
        at.checked_sub(1).map(|at| &self.sessions[self.by_time[at].1])
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
    pub texts: ConceptNoteTexts,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    /// Its title, its text in Markdown, and the items of its list.
    pub texts: SectionTexts,
    pub include: Option<Include>,
    pub sections: Vec<Section>,
}
