//! How large the streams of a PDF are once they are unpacked: a million zeros take a kilobyte. They are counted before
//! somebody else's reader makes them, whatever their dictionaries say of how they are packed.

use convoca_core::locale::Text;
use flate2::{Decompress, FlushDecompress, Status};

/// Octets of a stream: a picture of a whole page in 300 dots to the inch, three times over. And of all.
const LARGEST: usize = 24 * 1024 * 1024;
const LARGEST_SUM: usize = 160 * 1024 * 1024;
/// How often a stream may be packed.
const DEEPEST: usize = 4;

pub(super) fn too_large() -> Text {
    Text::fixed(
        "the PDF unpacks to more than an agenda can have; it is not opened: copy the agenda and paste it",
        "al descomprimirlo, el PDF crece más de lo que puede tener una agenda; no se abre: copie la agenda y péguela",
    )
}

/// # Errors
/// Where a stream, or all of them, would grow too large.
pub(super) fn check(bytes: &[u8]) -> Result<(), Text> {
    check_within(bytes, LARGEST)
}

fn check_within(bytes: &[u8], largest: usize) -> Result<(), Text> {
    let mut count = Count { sum: 0, others: names_others(bytes), largest };
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        let is_end = rest[..at].ends_with(b"end");
        rest = &rest[at + b"stream".len()..];
        if is_end {
            continue;
        }
        let start = rest.iter().take(2).take_while(|octet| matches!(octet, b'\r' | b'\n')).count();
        let data = &rest[start..];
        let end = find(data, b"endstream").unwrap_or(data.len());
        count.stream(&data[..end], 0)?;
    }
    Ok(())
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|octet| *octet == word[0])?;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Whether a file speaks of the older ways of packing, in plain or with its letters as numbers (`#57` is a W).
fn names_others(bytes: &[u8]) -> bool {
    bytes.split(|octet| *octet == b'/').skip(1).any(|name| {
        let digit = |octet: Option<&u8>| octet.and_then(|octet| char::from(*octet).to_digit(16));
        let mut letters = Vec::new();
        let mut at = 0;
        while let Some(octet) = name.get(at).filter(|_| letters.len() < 15) {
            match (octet, digit(name.get(at + 1)), digit(name.get(at + 2))) {
                (b'#', Some(high), Some(low)) => {
                    letters.push((high * 16 + low) as u8);
                    at += 3;
                }
                _ => {
                    letters.push(*octet);
                    at += 1;
                }
            }
        }
        [&b"LZW"[..], b"RunLength", b"RL"].iter().any(|other| letters.starts_with(other))
    })
}

struct Count {
    sum: usize,
    /// Whether streams may be packed in the older ways too.
    others: bool,
    largest: usize,
}

impl Count {
    fn stream(&mut self, data: &[u8], depth: usize) -> Result<(), Text> {
        if depth == DEEPEST {
            return Err(too_large());
        }
        let data = data.trim_ascii_start();
        let has_header = is_packed(data);
        // One without its header is read too, and one that only seems to have it.
        for has_header in [has_header, !has_header] {
            let inner = inflated(data, has_header, self.largest)?;
            self.sum += inner.len();
            if self.sum > LARGEST_SUM {
                return Err(too_large());
            }
            // What is a list of objects may name the older ways.
            self.others |= names_others(&inner);
            if is_packed(&inner) || self.others && !inner.is_empty() {
                self.stream(&inner, depth + 1)?;
            }
            if has_header && !inner.is_empty() {
                return Ok(());
            }
        }
        if let Some(inner) = from_text(data) {
            self.stream(&inner, depth + 1)?;
        }
        if self.others && (runs(data) > self.largest || codes(data) > self.largest) {
            return Err(too_large());
        }
        Ok(())
    }
}

/// A header of zlib: method 8, a window that there is, and its sum.
fn is_packed(data: &[u8]) -> bool {
    matches!(data, [method, sum, ..] if method & 0x0f == 8 && method >> 4 <= 7 && (u16::from(*method) << 8 | u16::from(*sum)).is_multiple_of(31))
}

/// What a stream inflates to, as far as it does.
fn inflated(data: &[u8], has_header: bool, largest: usize) -> Result<Vec<u8>, Text> {
    let mut inflater = Decompress::new(has_header);
    let mut out = Vec::with_capacity(64 * 1024);
    loop {
        let (read, written) = (inflater.total_in(), out.len());
        let rest = &data[(read as usize).min(data.len())..];
        let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::None);
        if out.len() > largest {
            return Err(too_large());
        }
        let is_full = out.len() == out.capacity();
        let goes_on = matches!(status, Ok(Status::Ok | Status::BufError));
        if !goes_on || !is_full && inflater.total_in() == read && out.len() == written {
            return Ok(out);
        }
        if is_full {
            out.reserve(out.capacity().min(largest));
        }
    }
}

/// What stands for octets in digits and letters (ASCIIHex, ASCII85), undone, where it is packed again.
fn from_text(data: &[u8]) -> Option<Vec<u8>> {
    [hex(data), base_85(data)].into_iter().flatten().find(|inner| is_packed(inner))
}

fn hex(data: &[u8]) -> Option<Vec<u8>> {
    let digits = data.iter().filter(|octet| !octet.is_ascii_whitespace()).take_while(|octet| **octet != b'>');
    let digits: Option<Vec<u32>> = digits.map(|octet| char::from(*octet).to_digit(16)).collect();
    Some(digits?.chunks(2).map(|pair| (pair[0] * 16 + pair.get(1).copied().unwrap_or(0)) as u8).collect())
}

fn base_85(data: &[u8]) -> Option<Vec<u8>> {
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let (mut out, mut group) = (Vec::new(), Vec::new());
    for octet in data.iter().filter(|octet| !octet.is_ascii_whitespace()) {
        match octet {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(octet - b'!')),
            b'~' => break,
            _ => return None,
        }
        if group.len() == 5 {
            let number = group.drain(..).fold(0u32, |number, digit| number.wrapping_mul(85).wrapping_add(digit));
            out.extend(number.to_be_bytes());
        }
    }
    Some(out)
}

/// How many octets runs of them stand for (RunLengthDecode).
fn runs(data: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(length) = data.get(at).map(|length| usize::from(*length)) {
        match length {
            0..=127 => {
                count += length + 1;
                at += length + 2;
            }
            128 => break,
            _ => {
                count += 257 - length;
                at += 2;
            }
        }
    }
    count
}

/// How many octets the codes of LZWDecode stand for, each of 9 to 12 bits.
fn codes(data: &[u8]) -> usize {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<usize> = Vec::new();
    let (mut held, mut bits, mut count, mut before) = (0u32, 0u32, 0usize, None);
    for octet in data {
        held = held << 8 | u32::from(*octet);
        bits += 8;
        let width = match lengths.len() + 258 {
            0..=510 => 9,
            511..=1022 => 10,
            1023..=2046 => 11,
            _ => 12,
        };
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize & ((1 << width) - 1);
        match code {
            CLEAR => {
                lengths.clear();
                before = None;
                continue;
            }
            END => break,
            _ => {}
        }
        let known = if code < CLEAR { Some(1) } else { lengths.get(code - 258).copied() };
        let Some(length) = known.or_else(|| before.map(|before| before + 1)) else { break };
        if let Some(before) = before.filter(|_| lengths.len() + 258 < 4096) {
            lengths.push(before + 1);
        }
        before = Some(length);
        count += length;
    }
    count
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;

    /// The bound is as good as any; a debug build takes a minute to the other.
    const SMALL: usize = 1024 * 1024;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn is_refused(data: &[u8], dictionary: &str) -> bool {
        let file =
            [format!("%PDF-1.7\n1 0 obj\n<< {dictionary} >>\nstream\r\n").as_bytes(), data, b"\nendstream\nendobj\n"].concat();
        check_within(&file, SMALL).is_err()
    }

    #[test]
    fn what_grows_too_large_is_refused_however_it_is_packed() {
        let zeros = vec![0; SMALL + 1];
        let once = packed(&zeros);
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
        raw.write_all(&zeros).unwrap();
        let hex: String = once.iter().map(|octet| format!("{octet:02x}")).collect();
        for data in [once.clone(), packed(&once), packed(&packed(&once)), raw.finish().unwrap(), hex.into_bytes()] {
            assert!(is_refused(&data, "/Filter 9 0 R"));
        }
        let runs = [129, b'a'].repeat(SMALL / 128 + 1);
        assert!(is_refused(&runs, "/Filter /RunLengthDecode") && is_refused(&runs, "/Filter /#52L"));
        // Every code is the one before and a letter more, up to the last: each is longer by one.
        let codes: Vec<u32> = std::iter::repeat_n(std::iter::once(256).chain([97]).chain(258..4096), 4).flatten().collect();
        let packed = lzw(&codes);
        assert!(super::codes(&packed) > SMALL && is_refused(&packed, "/Filter [/LZWDecode]"));
        assert!(
            !is_refused(b"q 1 0 0 1 0 0 cm Q", "/Length 18")
                && !is_refused(&super::tests::packed(b"q Q"), "/Filter /FlateDecode")
        );
    }

    fn lzw(codes: &[u32]) -> Vec<u8> {
        let (mut held, mut bits, mut known, mut out) = (0u64, 0, 258, Vec::new());
        for (index, code) in codes.iter().enumerate() {
            let width = match known {
                0..=510 => 9,
                511..=1022 => 10,
                1023..=2046 => 11,
                _ => 12,
            };
            held = held << width | u64::from(*code);
            bits += width;
            while bits >= 8 {
                bits -= 8;
                out.push((held >> bits) as u8);
            }
            held &= (1 << bits) - 1;
            known = match code {
                256 => 258,
                _ if index > 0 && codes[index - 1] != 256 && known < 4096 => known + 1,
                _ => known,
            };
        }
        out
    }

    #[test]
    fn codes_are_counted_as_they_would_be_written() {
        assert_eq!(codes(&lzw(&[256, 97, 258, 259, 98, 257])), 1 + 2 + 3 + 1);
        assert_eq!(runs(&[2, b'a', b'b', b'c', 254, b'x', 128]), 6);
        assert_eq!(hex(b"78 9C>"), Some(vec![0x78, 0x9c]));
        assert_eq!(base_85(b"<~9jqo^~>"), Some(b"Man ".to_vec()));
    }
}
