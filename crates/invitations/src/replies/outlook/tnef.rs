//! A `winmail.dat` (MS-OXTNEF): attributes one after the other, one of which holds the properties of the message.

use super::{CLASS, Key, Properties};

const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
const MESSAGE_CLASS: u32 = 0x0007_8008;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
/// Properties of one message, and values of one property.
const MOST: u32 = 2_000;
const STRING: u16 = 0x001E;

/// The properties of the message; what is damaged ends them.
pub(crate) fn properties(octets: &[u8]) -> Option<Properties> {
    let mut rest = Octets(octets.strip_prefix(&SIGNATURE)?.get(2..)?);
    let mut found = Properties::default();
    while let Some((id, data)) = attribute(&mut rest) {
        match id {
            MESSAGE_CLASS => found.add(CLASS, STRING, data),
            MESSAGE_PROPERTIES => drop(read(&mut Octets(data), &mut found)),
            _ => {}
        }
    }
    Some(found)
}

/// Level, id and length, the data, and a sum that is not looked at: a damaged answer is shown to a person all the same.
fn attribute<'o>(rest: &mut Octets<'o>) -> Option<(u32, &'o [u8])> {
    rest.take(1)?;
    let id = rest.number()?;
    let length = rest.number()?;
    let data = rest.take(length as usize)?;
    rest.take(2)?;
    Some((id, data))
}

/// A list of properties (MS-OXTNEF §2.1.3.4).
fn read(rest: &mut Octets<'_>, found: &mut Properties) -> Option<()> {
    for _ in 0..rest.number()?.min(MOST) {
        let (kind, tag) = (rest.short()?, rest.short()?);
        let key = if tag >= 0x8000 { name(rest)? } else { Some(Key::Tag(tag)) };
        let single = kind & 0x0FFF;
        let is_many = kind & 0x1000 != 0;
        let fixed = match single {
            0x0002 | 0x0003 | 0x0004 | 0x000A | 0x000B => Some(4),
            0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
            0x0048 => Some(16),
            0x000D | 0x001E | 0x001F | 0x0102 => None,
            _ => return None,
        };
        let count = if is_many || fixed.is_none() { rest.number()?.min(MOST) } else { 1 };
        for _ in 0..count {
            let data = match fixed {
                Some(length) => rest.take(length)?,
                None => rest.counted()?,
            };
            if let Some(key) = key.filter(|_| !is_many) {
                found.add(key, single, data);
            }
        }
    }
    Some(())
}

/// The name of a property: a number or a text within a set.
fn name(rest: &mut Octets<'_>) -> Option<Option<Key>> {
    let set = rest.take(16)?;
    Some(match rest.number()? {
        0 => Key::named(set, rest.number()?),
        _ => {
            rest.counted()?;
            None
        }
    })
}

struct Octets<'o>(&'o [u8]);

impl<'o> Octets<'o> {
    fn take(&mut self, count: usize) -> Option<&'o [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// As many octets as stand before them, up to a multiple of four.
    fn counted(&mut self) -> Option<&'o [u8]> {
        let length = self.number()? as usize;
        let data = self.take(length)?;
        self.take((4 - length % 4) % 4)?;
        Some(data)
    }
}
