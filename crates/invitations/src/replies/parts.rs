//! The parts of a mail: their octets, its text, and what is shown of it on one line.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, html::html_to_text, quoted_printable::quoted_printable_decode};
use mail_parser::{DateTime, Encoding, Message, MessagePart, PartType};

/// Octets of a body that are looked at for its beginning.
const LOOKED_AT: usize = 16 * 1024;

/// The part without its transfer encoding, but not decoded: lines may be folded within a character.
pub(crate) fn octets<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> Option<Cow<'a, [u8]>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    }
}

/// The first text of a mail, as much of it as is looked at.
pub(crate) fn body(message: &Message<'_>) -> String {
    let part = message.text_bodies().next();
    match part.map(|part| &part.body) {
        Some(PartType::Text(text)) => head(text).to_owned(),
        Some(PartType::Html(html)) => unquoted(head(html)),
        _ => String::new(),
    }
}

/// The text of a page without what it quotes: what stands before that, or below it where nothing does.
fn unquoted(html: &str) -> String {
    const OPENS: &str = "<blockquote";
    const ENDS: &str = "</blockquote>";
    let lower = html.to_ascii_lowercase();
    // A block begins a line, whatever stands before it.
    let text = |html: &str| html_to_text(&html.replace("<div", "<br><div").replace("<hr", "<br>-----<br><hr"));
    let above = text(&html[..lower.find(OPENS).unwrap_or(html.len())]);
    match lower.rfind(ENDS).filter(|_| above.trim().is_empty()) {
        Some(end) => text(&html[end + ENDS.len()..]),
        None => above,
    }
}

pub(crate) fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOKED_AT)]
}

pub(crate) fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// When a mail was sent, by its header; where it has none, when the last server received it.
pub(crate) fn date(message: &Message<'_>) -> Option<chrono::DateTime<chrono::Utc>> {
    let received = || message.received().and_then(|received| received.date());
    let date = message.date().map(DateTime::to_timestamp).or_else(|| received().map(|date| date.to_timestamp()));
    date.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0))
}
