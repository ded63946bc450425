//! What the ledger holds of a letter in words that are not text: the same words in the file, whatever the type.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::{Role, Status};
use crate::invitees::OwnPart;
use crate::locale::Lang;
use crate::model::RoleKind;

/// A part of the recipient's own: "2022-10-27T16:00Z/2022-10-27T16:05Z speaker".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// `None` for the session as a whole.
    pub time: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub kind: RoleKind,
}

const CLOCK: &str = "%Y-%m-%dT%H:%MZ";

impl Part {
    pub fn of(own: &OwnPart) -> Part {
        Part { time: own.hours.map(|hours| (hours.time.start, hours.time.end)), kind: own.kind }
    }

    fn read(word: &str) -> Option<Part> {
        let (time, kind) = word.rsplit_once(' ').map_or((None, word), |(time, kind)| (Some(time), kind));
        let clock = |word: &str| NaiveDateTime::parse_from_str(word, CLOCK).ok().map(|at| at.and_utc());
        let time = match time {
            Some(time) => {
                let (start, end) = time.split_once('/')?;
                Some((clock(start)?, clock(end)?))
            }
            None => None,
        };
        Some(Part { time, kind: RoleKind::ALL.into_iter().find(|own| own.word(Lang::En) == kind)? })
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind.word(Lang::En);
        match self.time {
            Some((start, end)) => serializer.collect_str(&format_args!("{}/{} {kind}", start.format(CLOCK), end.format(CLOCK))),
            None => serializer.serialize_str(kind),
        }
    }
}

/// What another version may have written otherwise differs from all that this one knows, and does not make the
/// rest unreadable.
pub(super) fn parts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Part>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    Ok(words.iter().filter_map(|word| Part::read(word)).collect())
}

/// STATUS and ROLE, as calendars write them; "" where a line does not say.
pub(super) trait Word: Copy + 'static {
    const ALL: &'static [Self];
    fn word(self) -> &'static str;
}

impl Word for Status {
    const ALL: &'static [Status] = &Status::ALL;
    fn word(self) -> &'static str {
        Status::word(self)
    }
}

impl Word for Role {
    const ALL: &'static [Role] = &Role::ALL;
    fn word(self) -> &'static str {
        Role::word(self)
    }
}

pub(super) fn serialize<T: Word, S: Serializer>(word: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(word.map_or("", Word::word))
}

pub(super) fn deserialize<'de, T: Word, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let written = String::deserialize(deserializer)?;
    Ok(T::ALL.iter().copied().find(|known| known.word() == written))
}

#[cfg(test)]
mod tests {
    use super::super::Snapshot;
    use super::*;

    /// A line of an earlier version says the same, and is written as it was.
    #[test]
    fn words_of_the_ledger_are_as_they_were() {
        let line = r#"{"status":"CONFIRMED","own":["speaker","2022-10-27T16:00Z/2022-10-27T16:05Z moderator"],"role":"CHAIR"}"#;
        let told: Snapshot = serde_json::from_str(line).unwrap();
        assert_eq!((told.status, told.role), (Some(Status::Confirmed), Some(Role::Chair)));
        assert_eq!(
            told.own.iter().map(|part| (part.time.is_some(), part.kind)).collect::<Vec<_>>(),
            [(false, RoleKind::Speaker), (true, RoleKind::Moderator)]
        );
        let again = serde_json::to_value(&told).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["status", "own", "role"] {
            assert_eq!(again[key], line[key]);
        }
        let later: Snapshot = serde_json::from_str(r#"{"status":"POSTPONED","own":["host"]}"#).unwrap();
        assert_eq!((later.status, later.own.len(), later.role), (None, 0, None));
    }
}
