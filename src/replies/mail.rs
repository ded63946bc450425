//! One mail into answers: its sender and its calendar parts.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Address, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::itip::{Envelope, answers};
use super::returned::Origin;
use super::words::Words;
use super::{Answer, Found, Sender, address};
use crate::locale::Text;

/// Octets of a mail: programs that answer invitations send a few kilobytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// Parts of a mail, and octets times parts: each opens with a boundary that is looked for in all the rest.
const MOST_PARTS: usize = 200;
const MOST_WORK: usize = 1024 * 1024 * 1024;

/// The answers in a mail (RFC 5322, RFC 6047); a mail about anything else holds none.
pub fn answers_in_mail(octets: &[u8]) -> Vec<Found> {
    read_mail(octets).found
}

/// The answers in a mail, and its words.
pub fn read_mail(octets: &[u8]) -> super::Message {
    let unreadable = |why: Text| vec![Err(why)].into();
    if octets.len() > LARGEST {
        return unreadable(Text::fixed("the mail is larger than 32 MiB", "el correo pasa de 32 MiB"));
    }
    let parts = boundaries(octets);
    if parts > MOST_PARTS || parts.saturating_mul(octets.len()) > MOST_WORK {
        return unreadable(Text::fixed("the mail has too many parts", "el correo tiene demasiadas partes"));
    }
    let Some(message) = MessageParser::default().parse(octets) else {
        return unreadable(Text::fixed("it is no mail", "no es un correo"));
    };
    let to = only(&message, HeaderName::To);
    let from = match only(&message, HeaderName::From) {
        None => Sender::Unclear,
        Some(from) if is_forged(&message) => Sender::Forged(address(&from)),
        Some(from) => Sender::Mail(address(&from)),
    };
    let mut found = Vec::new();
    let envelope = Envelope { from, to: to.as_deref(), ..Envelope::default() };
    let words = Words::of(&message, envelope.from.clone());
    // What a server gives back is no answer, and may be cut off.
    if !matches!(words.origin, Origin::Server(_)) {
        collect(&message, &envelope, &mut found);
    }
    super::Message { found: without_copies(found), words: Some(words), is_foreign: false }
}

/// Reads the calendar parts, those of forwarded mails too: they come from whoever forwards them.
fn collect(message: &Message<'_>, envelope: &Envelope<'_>, found: &mut Vec<Found>) {
    for part in &message.parts {
        match &part.body {
            PartType::Message(forwarded) => collect(forwarded, envelope, found),
            _ if is_calendar(part) => found.extend(read(message, part, envelope)),
            _ => {}
        }
    }
}

fn read(message: &Message<'_>, part: &MessagePart<'_>, envelope: &Envelope<'_>) -> Vec<Found> {
    let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
    let Some(octets) = octets(message, part) else {
        return vec![Err(Text::fixed("its calendar is damaged", "su calendario está dañado"))];
    };
    let (charset, method) = (attribute("charset"), attribute("method"));
    answers(&octets, &Envelope { charset, method, ..envelope.clone() })
}

/// The part without its transfer encoding, but not decoded: lines may be folded within a character.
pub(super) fn octets<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> Option<Cow<'a, [u8]>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    }
}

fn is_calendar(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type();
    let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default();
    ["calendar", "ics", "x-vcalendar"].iter().any(|known| subtype.eq_ignore_ascii_case(known))
        || part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"))
}

/// The one address of a header. Two `From` are a way to show one sender and be checked as another.
fn only(message: &Message<'_>, name: HeaderName<'static>) -> Option<String> {
    let mut values = message.header_values(name);
    let (value, None) = (values.next()?, values.next()) else { return None };
    let Address::List(people) = value.as_address()? else { return None };
    let [one] = people.as_slice() else { return None };
    one.address().map(|address| address.chars().filter(|c| !c.is_control()).collect())
}

/// Whether a server on the way says that the sender's own domain disowns the mail (RFC 8601).
fn is_forged(message: &Message<'_>) -> bool {
    message.headers_raw().any(|(name, value)| {
        let value = value.split_whitespace().collect::<String>().to_ascii_lowercase();
        name.eq_ignore_ascii_case("Authentication-Results") && value.contains("dmarc=fail")
    })
}

/// A calendar usually comes twice, as a part and as an attachment.
fn without_copies(found: Vec<Found>) -> Vec<Found> {
    let mut seen = std::collections::HashSet::new();
    let mut key = |found: &Found| match found {
        Ok(answer) => seen.insert(Answer::source(answer)),
        Err(why) => seen.insert(why.en.to_string()),
    };
    found.into_iter().filter(|found| key(found)).collect()
}

/// How many parts may begin in it.
fn boundaries(octets: &[u8]) -> usize {
    let word = b"boundary";
    octets.windows(word.len()).filter(|window| window.eq_ignore_ascii_case(word)).count()
}
