//! Octets as text, whatever program wrote them.

/// A text in whatever encoding: what its first bytes say, UTF-8, or what its letters make likely; and what was decoded
/// wrongly once ("MarÃ­a") is decoded back.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    // UTF-16 without its mark: every other byte is nothing.
    let zeros = |odd: usize| bytes.iter().take(2000).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len().min(2000) / 2;
    if half > 4 && zeros(1) * 10 > half * 7 {
        return encoding_rs::UTF_16LE.decode(bytes).0.into_owned();
    }
    if half > 4 && zeros(0) * 10 > half * 7 {
        return encoding_rs::UTF_16BE.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => mended(text),
        Err(_) => {
            let mut detector = chardetng::EncodingDetector::new();
            detector.feed(bytes, true);
            detector.guess(None, true).decode(bytes).0.into_owned()
        }
    }
}

/// "MarÃ­a" is "María": UTF-8 that was read as Windows' letters.
fn mended(text: &str) -> String {
    let signs = text.matches(['Ã', 'Â']).count() + text.matches("â€").count();
    if signs < 2 {
        return text.to_owned();
    }
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    match std::str::from_utf8(&bytes) {
        Ok(right) if !lossy => right.to_owned(),
        _ => text.to_owned(),
    }
}
