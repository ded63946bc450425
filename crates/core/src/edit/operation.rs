//! What can be done to a programme.

use chrono::{NaiveDate, NaiveTime};

use super::lists::{List, Listed};
use crate::diagnostics::Subject;
use crate::locale::{Lang, Text};
use crate::model::RoleKind;
use crate::schema::{PartyKind, Status};

/// One change, as a person thinks of it. Sessions are named by their id or the path of their file, sections by
/// their id or their place ("2.1"), as [`Subject`] names them; slots by their [`SlotPath`], lists are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Writes the hour at which a slot begins or ends, and nothing else.
    SetHour {
        session: String,
        slot: SlotPath,
        bound: Bound,
        to: NaiveTime,
    },
    /// Writes how long a slot is declared to be, and nothing else.
    SetMinutes {
        session: String,
        slot: SlotPath,
        to: u32,
    },
    /// Writes what a slot declares of its time, and takes away what is not given: minutes alone follow the item
    /// before it, a start alone lasts until the next one, and nothing at all is a point without an hour.
    DeclareTime {
        session: String,
        slot: SlotPath,
        start: Option<NaiveTime>,
        end: Option<NaiveTime>,
        minutes: Option<u32>,
    },
    /// Says that a slot is of a kind, or no longer.
    MarkSlot {
        session: String,
        slot: SlotPath,
        mark: Mark,
        to: bool,
    },
    /// Writes the day from a slot on, in a meeting of several days, or takes it away.
    SetDay {
        session: String,
        slot: SlotPath,
        to: Option<NaiveDate>,
    },
    /// Lets a slot begin at another hour, as long as it was.
    MoveSlot {
        session: String,
        slot: SlotPath,
        to: NaiveTime,
    },
    /// Makes a slot longer or shorter from its start on: its end, its minutes, whatever of them is written.
    StretchSlot {
        session: String,
        slot: SlotPath,
        to: u32,
    },
    /// Lets a slot begin at an hour and last so many minutes, whatever of its time is written. Where what
    /// follows goes along, every later slot moves as far as the end of this one does, but for pinned ones.
    SetTime {
        session: String,
        slot: SlotPath,
        start: NaiveTime,
        minutes: u32,
        follow: bool,
    },
    /// Moves every slot from one on by so many minutes, but for pinned ones.
    ShiftSlots {
        session: String,
        from: SlotPath,
        minutes: i64,
    },
    /// Puts a slot before what stands at a place in the agenda now.
    AddSlot {
        session: String,
        at: SlotPath,
        slot: NewSlot,
    },
    /// Ends a slot at an hour and puts another behind it, with the same roles, for the rest of its time.
    SplitSlot {
        session: String,
        slot: SlotPath,
        at: NaiveTime,
        title: Text,
    },
    RemoveSlot {
        session: String,
        slot: SlotPath,
    },
    /// Puts a slot at another place among those beside it, with the hours that it has.
    ReorderSlot {
        session: String,
        slot: SlotPath,
        to: usize,
    },
    /// Puts a slot inside the one before it, behind what is there, with the hours that it has.
    NestSlot {
        session: String,
        slot: SlotPath,
    },
    /// Takes a slot out of the one that it is inside of, and puts it right behind that one.
    LiftSlot {
        session: String,
        slot: SlotPath,
    },
    /// Writes the title of a session, a slot, a break-out group, a section or the note in one language.
    SetTitle {
        of: Subject,
        lang: Lang,
        to: String,
    },
    /// Gives a role in a slot or a break-out group to somebody; in a session, that of its moderator.
    AddSpeaker {
        to: Subject,
        role: RoleKind,
        who: Who,
        tbc: bool,
    },
    /// Takes the mark "to be confirmed" from somebody, counted among those with the same role.
    ConfirmSpeaker {
        of: Subject,
        role: RoleKind,
        index: usize,
    },
    /// Marks somebody as to be confirmed, counted among those with the same role.
    DoubtSpeaker {
        of: Subject,
        role: RoleKind,
        index: usize,
    },
    /// Takes a role from somebody, counted among those with the same role.
    RemoveSpeaker {
        of: Subject,
        role: RoleKind,
        index: usize,
    },
    /// Writes what a key says, named as findings name it ("place.es", "email"), or takes it away.
    SetField {
        of: Subject,
        field: String,
        to: Option<FieldValue>,
    },
    /// Puts something at the end of one of the lists of something: a document, a holiday, an absence, a logo.
    AddListed {
        to: Subject,
        listed: Listed,
    },
    /// Takes something out of one of its lists.
    RemoveListed {
        of: Subject,
        list: List,
        at: usize,
    },
    AddParty {
        id: String,
        name: Text,
        kind: PartyKind,
        country: Option<String>,
        member: bool,
    },
    AddPerson {
        id: String,
        name: String,
        party: Option<String>,
    },
    /// Organisations and people all at once: a list of contacts has hundreds of them.
    Enlist {
        parties: Vec<NewParty>,
        people: Vec<NewPerson>,
    },
    SetStatus {
        session: String,
        to: Status,
    },
    /// Accepts a finding of the snapshot where it stands, with the reason.
    Waive {
        finding: usize,
        reason: String,
    },
    /// Makes one of the mends of a finding of the snapshot.
    ApplyMend {
        finding: usize,
        mend: usize,
    },
    /// A session without an agenda yet, as a draft in a file of its own.
    AddSession {
        id: String,
        number: u32,
        date: NaiveDate,
        title: Text,
    },
    RenameSession {
        session: String,
        id: Option<String>,
        number: Option<u32>,
    },
    /// Writes the day of a session, and nothing else.
    SetDate {
        session: String,
        to: NaiveDate,
    },
    /// Lays the slots of a session one after another, from another day or hour if one is given.
    MoveSession {
        session: String,
        date: Option<NaiveDate>,
        start: Option<NaiveTime>,
    },
    /// Puts a section before what stands at a place now: of the note, or of a section.
    AddSection {
        parent: Option<String>,
        at: usize,
        id: String,
        title: Text,
    },
    /// Gives a section another id, in the links to it too.
    RenameSection {
        section: String,
        id: String,
    },
    /// Puts a section at another place among those beside it, and numbers them anew.
    MoveSection {
        section: String,
        to: usize,
    },
    RemoveSection {
        section: String,
    },
}

/// Where a slot stands: its place in the agenda, then in what it is inside of, each counted from 0.
///
/// ```
/// use convoca_core::edit::SlotPath;
/// assert_eq!(SlotPath::from(2).inner(0), SlotPath(vec![2, 0]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SlotPath(pub Vec<usize>);

impl From<usize> for SlotPath {
    fn from(index: usize) -> SlotPath {
        SlotPath(vec![index])
    }
}

impl SlotPath {
    /// The place of something inside it.
    #[must_use]
    pub fn inner(&self, index: usize) -> SlotPath {
        SlotPath([&self.0[..], &[index]].concat())
    }
}

/// What a slot can be said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Coffee, lunch, travel: nobody has the floor.
    Break,
    /// It runs beside the others.
    Parallel,
    /// Its hour is only about right.
    Approximate,
    /// Its hour stays when the others move.
    Pinned,
}

/// Which end of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Start,
    End,
}

impl Bound {
    /// The key that says it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Bound::Start => "start",
            Bound::End => "end",
        }
    }
}

/// What a new slot says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSlot {
    pub start: Option<NaiveTime>,
    pub end: Option<NaiveTime>,
    pub minutes: Option<u32>,
    pub title: Text,
}

/// An organisation that is new to the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewParty {
    pub id: String,
    pub name: Text,
    pub kind: PartyKind,
    pub country: Option<String>,
    pub member: bool,
}

/// A person who is new to the group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPerson {
    pub id: String,
    pub name: String,
    pub party: Option<String>,
    pub role: Option<Text>,
    /// The first is that for invitations.
    pub emails: Vec<String>,
    pub language: Option<Lang>,
}

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// Text on one line.
    Line(String),
    /// Text in paragraphs, as Markdown.
    Prose(String),
    Flag(bool),
    /// A whole number, such as millimetres.
    Number(u32),
    Day(NaiveDate),
    /// Lines in a list.
    Lines(Vec<String>),
}

/// Who gets a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A party or a person of the group, by id.
    Known(String),
    /// Somebody not yet known, in words ("A municipality").
    Described(Text),
}
