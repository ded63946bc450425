//! Calendar files (iCalendar, RFC 5545) that work everywhere.
//!
//! ```text
//! model ─► publish ─► Object + Event ─► writer ─► bytes ─► read_back ─► bytes, or the first difference
//!           ▲  │           ▲
//!   revisions describe  timezone
//! ```
//!
//! - **Strict in what leaves the house.** Values that could end a line are cleaned or refused; what was
//!   written is read by another implementation before anybody gets it.
//! - **No clock, no randomness.** The same programme gives the same bytes.
//! - **What is published moves.** Number and time of each event follow what it says ([`Revisions`]), from what was
//!   published last ([`Register`]).
//! - **A published calendar names nobody's address** but the organizer's, and holds a join link only where
//!   the group publishes it: it is made from a [`Public`](crate::model::Public) programme.
//! - **A time is local only with its zone's rules in the file**, and only where those rules can be told in
//!   the words that Outlook understands; otherwise it is in UTC.

mod calendars;
mod characters;
mod days;
mod describe;
mod event;
mod invitation;
mod object;
mod organizer;
mod own;
mod publish;
mod read_back;
mod recovered;
mod register;
mod revisions;
mod shown;
mod timezone;
mod withdrawn;
mod writer;

pub use calendars::{Calendars, calendar_of, programme_calendar, session_calendar};
pub use characters::{clean, percent_encoded};
pub use event::{Alarm, Attachment, Attendee, Conference, Event, Organizer, Participation, Role, Status, Transparency, UserKind};
pub use invitation::{
    CancelReason, Invitation, Revision, ToldInvitation, attends, cancellation, own_lines, request, turned_down,
};
pub use object::{Feed, Method, Object};
pub use publish::{Published, announcer, identifier, public_uid, uid};
pub use read_back::read_back;
pub use recovered::recovered;
pub use register::{Damaged, EventSummary, FILE, Put, Register, RegisterLine, Told};
pub use revisions::{PublishedState, Revisions, Withdrawn};
pub use shown::Pages;
pub use timezone::{Observance, Timezone, Timezones, Yearly};
pub use writer::{Value, Writer};

use std::{fmt, io};

use crate::locale::{Lang, Text};

/// Why a calendar could not be written.
#[derive(Debug)]
pub enum Error {
    Io(io::Error),
    /// A value that must not be in a calendar of its kind.
    Refused(Text),
    /// The file that was written does not say what was meant.
    Differs(Text),
}

impl Error {
    /// What to tell people.
    pub fn message(&self) -> Text {
        match self {
            Error::Io(error) => Text::same(error.to_string()),
            Error::Refused(text) | Error::Differs(text) => text.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().get(Lang::En))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io(error) => Some(error),
            Error::Refused(_) | Error::Differs(_) => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Io(error)
    }
}
