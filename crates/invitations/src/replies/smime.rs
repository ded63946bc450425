//! A mail that is wrapped whole in its signature (S/MIME, `application/pkcs7-mime` with signed-data; RFC 8551, RFC 5652):
//! what was signed. Whether the signature holds is not looked at, as with one that stands beside its mail.

/// Elements within elements: what is looked for lies six deep.
const DEEPEST: u32 = 16;

/// PKCS #7 signed-data and data, as object identifiers.
const SIGNED_DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const DATA: [u8; 9] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

/// The mail within; nothing of what is encrypted.
pub(crate) fn signed(octets: &[u8]) -> Option<Vec<u8>> {
    let mut info = Elements(element(octets, 0)?.within(0x30)?);
    (info.next()?.within(0x06)? == SIGNED_DATA).then_some(())?;
    let content = element(info.next()?.within(0xA0)?, 0)?.within(0x30)?;
    // Version and algorithms stand before it.
    let mut content = Elements(Elements(content).find(|element| element.tag == 0x30)?.content);
    (content.next()?.within(0x06)? == DATA).then_some(())?;
    element(content.next()?.within(0xA0)?, 0)?.string(0)
}

/// One element by its tag (X.690 §8.1), with what stands behind it.
struct Element<'o> {
    tag: u8,
    content: &'o [u8],
    rest: &'o [u8],
}

struct Elements<'o>(&'o [u8]);

impl<'o> Iterator for Elements<'o> {
    type Item = Element<'o>;

    fn next(&mut self) -> Option<Element<'o>> {
        let element = element(self.0, 0)?;
        self.0 = element.rest;
        Some(element)
    }
}

impl<'o> Element<'o> {
    fn within(self, tag: u8) -> Option<&'o [u8]> {
        (self.tag == tag).then_some(self.content)
    }

    /// A string of octets, in one or in parts.
    fn string(self, depth: u32) -> Option<Vec<u8>> {
        match self.tag {
            0x04 => Some(self.content.to_vec()),
            0x24 if depth < DEEPEST => {
                let parts: Option<Vec<Vec<u8>>> = Elements(self.content).map(|part| part.string(depth + 1)).collect();
                Some(parts?.concat())
            }
            _ => None,
        }
    }
}

fn element(octets: &[u8], depth: u32) -> Option<Element<'_>> {
    let (&tag, behind) = octets.split_first()?;
    let (&length, behind) = behind.split_first()?;
    // A tag of several octets is in none of these.
    if tag & 0x1F == 0x1F || depth > DEEPEST {
        return None;
    }
    if length == 0x80 {
        // Up to the end that is marked, of what is inside it.
        let mut at = behind;
        while !at.starts_with(&[0, 0]) {
            at = element(at, depth + 1)?.rest;
        }
        let content = &behind[..behind.len() - at.len()];
        return Some(Element { tag, content, rest: &at[2..] });
    }
    let (length, behind) = match length {
        0..0x80 => (usize::from(length), behind),
        _ => {
            let (octets, behind) = behind.split_at_checked(usize::from(length & 0x7F)).filter(|(octets, _)| octets.len() <= 4)?;
            (octets.iter().fold(0, |length, octet| length << 8 | usize::from(*octet)), behind)
        }
    };
    let (content, rest) = behind.split_at_checked(length)?;
    Some(Element { tag, content, rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With lengths that are known, and with ends that are marked and a string in parts, as Outlook writes it.
    #[test]
    fn what_was_signed_is_found() {
        let wrap = |tag: u8, content: &[u8], known: bool| match known {
            true => [&[tag, 0x82, (content.len() >> 8) as u8, content.len() as u8], content].concat(),
            false => [&[tag, 0x80], content, &[0, 0]].concat(),
        };
        let id = |oid: &[u8]| [&[0x06, 9], oid].concat();
        for known in [true, false] {
            let text = match known {
                true => [&[0x04, 5][..], b"hello"].concat(),
                false => wrap(0x24, &[&[0x04, 2][..], b"he", &[0x04, 3], b"llo"].concat(), false),
            };
            let encapsulated = wrap(0x30, &[id(&DATA), wrap(0xA0, &text, known)].concat(), known);
            let data = wrap(0x30, &[&[0x02, 1, 1, 0x31, 0][..], &encapsulated, &[0x31, 0]].concat(), known);
            let whole = wrap(0x30, &[id(&SIGNED_DATA), wrap(0xA0, &data, known)].concat(), known);
            assert_eq!(signed(&whole).as_deref(), Some(&b"hello"[..]));
            for end in 0..whole.len() {
                signed(&whole[..end]);
            }
        }
        assert_eq!(signed(&[0x30, 0x80].repeat(1000)), None);
    }
}
