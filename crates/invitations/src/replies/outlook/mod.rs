//! What Outlook keeps of an answer where it writes no calendar: properties (MS-OXPROPS) in a message that was saved
//! as a file (`.msg`), or in a `winmail.dat` (TNEF).

mod msg;
mod tnef;

use chrono::{DateTime, TimeDelta, Utc};

use super::itip::{Envelope, of_exchange};
use super::{Proposal, Received};
use crate::ledger::Answer;

pub(crate) use msg::{as_mail, is_message};
pub(crate) use tnef::properties as in_winmail;

/// Which property: by its number in the message, or by that of its set (MS-OXPROPS §1.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Tag(u16),
    Meeting(u32),
    Appointment(u32),
}

impl Key {
    /// A named property by the set's GUID, as it is written.
    fn named(set: &[u8], number: u32) -> Option<Key> {
        const MEETING: [u8; 16] = [0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0, 0xAA, 0, 0x3F, 0x13, 0x05];
        const APPOINTMENT: [u8; 16] = [0x02, 0x20, 0x06, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
        match set {
            _ if set == MEETING => Some(Key::Meeting(number)),
            _ if set == APPOINTMENT => Some(Key::Appointment(number)),
            _ => None,
        }
    }
}

const CLASS: Key = Key::Tag(0x001A);
const GLOBAL_OBJECT_ID: Key = Key::Meeting(0x03);
const CRITICAL_CHANGE: Key = Key::Meeting(0x01);
const SEQUENCE: Key = Key::Appointment(0x8201);
const START: Key = Key::Appointment(0x820D);
const PROPOSED_START: Key = Key::Appointment(0x8250);
const PROPOSED_END: Key = Key::Appointment(0x8251);
const IS_PROPOSAL: Key = Key::Appointment(0x8257);

/// The properties of a message, each as its octets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties(Vec<(Key, u16, Vec<u8>)>);

/// The types that matter (MS-OXCDATA §2.11.1).
const UNICODE: u16 = 0x001F;
const TIME: u16 = 0x0040;

impl Properties {
    fn add(&mut self, key: Key, kind: u16, octets: &[u8]) {
        self.0.push((key, kind, octets.to_vec()));
    }

    fn get(&self, key: Key) -> Option<(u16, &[u8])> {
        self.0.iter().find(|(known, ..)| *known == key).map(|(_, kind, octets)| (*kind, octets.as_slice()))
    }

    fn text(&self, key: Key) -> Option<String> {
        let (kind, octets) = self.get(key)?;
        let text = match kind {
            UNICODE => encoding_rs::UTF_16LE.decode_without_bom_handling(octets).0,
            // Of the code pages of the region, this has every letter of Spanish.
            _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(octets).0,
        };
        let text = text.trim_end_matches('\0').trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn number(&self, key: Key) -> Option<u32> {
        let octets = self.get(key)?.1.get(..4)?;
        Some(u32::from_le_bytes(octets.try_into().ok()?))
    }

    fn time(&self, key: Key) -> Option<DateTime<Utc>> {
        let (TIME, octets) = self.get(key)? else { return None };
        since_1601(i64::from_le_bytes(octets.get(..8)?.try_into().ok()?))
    }

    /// The answer, if the message is one; what it does not say is as the mail around it does.
    pub(super) fn answer(&self, envelope: &Envelope<'_>) -> Option<Received> {
        let said = of_class(&self.text(CLASS)?)?;
        let is_proposal = self.number(IS_PROPOSAL).is_some_and(|flag| flag & 1 == 1);
        let proposed = self.time(PROPOSED_START).filter(|_| is_proposal);
        let proposal = proposed.map(|start| Proposal {
            start: Some(start),
            end: self.time(PROPOSED_END).filter(|end| start < *end),
            written: start.format("%Y%m%dT%H%M%SZ").to_string(),
        });
        let id =
            self.get(GLOBAL_OBJECT_ID).map(|(_, octets)| octets.iter().map(|octet| format!("{octet:02X}")).collect::<String>());
        let dtstamp = self.time(CRITICAL_CHANGE).or(envelope.date)?;
        Some(Received {
            uid: id.and_then(|id| of_exchange(&id)).unwrap_or_default(),
            attendee: envelope.from.address()?.to_owned(),
            answer: if proposal.is_some() { Answer::Counter } else { said },
            partstat: proposal.is_some().then_some(said),
            time: self.time(START).filter(|_| proposal.is_none()),
            proposal,
            sequence: self.number(SEQUENCE).unwrap_or(0),
            dtstamp,
            sent: envelope.date,
            comment: None,
            guests: None,
            delegate: None,
            from: envelope.from.clone(),
        })
    }
}

/// Tenths of microseconds since 1601 (MS-DTYP §2.3.3).
fn since_1601(ticks: i64) -> Option<DateTime<Utc>> {
    const TO_1970: i64 = 11_644_473_600;
    let at = DateTime::from_timestamp(ticks.div_euclid(10_000_000).checked_sub(TO_1970)?, 0)?;
    at.checked_add_signed(TimeDelta::zero())
}

/// The class of a message that answers, as Outlook calls it now and as it did in `winmail.dat` (MS-OXTNEF §2.1.3.3).
fn of_class(class: &str) -> Option<Answer> {
    let class = class.to_ascii_lowercase();
    Some(match class.strip_prefix("ipm.")? {
        "schedule.meeting.resp.pos" | "microsoft schedule.mtgrespp" => Answer::Accepted,
        "schedule.meeting.resp.neg" | "microsoft schedule.mtgrespn" => Answer::Declined,
        "schedule.meeting.resp.tent" | "microsoft schedule.mtgrespa" => Answer::Tentative,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
