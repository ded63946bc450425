//! One mail into answers: its sender and its calendar parts.

use mail_parser::{Address, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::itip::{Envelope, answers};
use super::parts::{date, octets};
use super::returned::Origin;
use super::standing::{Standing, standing};
use super::words::Words;
use super::{Found, Received, Sender, address, outlook, smime};
use crate::locale::Text;

/// Octets of a mail: programs that answer invitations send a few kilobytes.
pub(crate) const LARGEST: usize = 32 * 1024 * 1024;
/// Parts of a mail, and octets times parts: each opens with a boundary that is looked for in all the rest.
const MOST_PARTS: usize = 200;
const MOST_WORK: usize = 1024 * 1024 * 1024;
/// Mails within mails: an answer that was forwarded three times has four.
const DEEPEST: usize = 10;
/// Words that may open a mail within a mail. The parser goes into each, and its stack with it.
const MOST_OPENINGS: usize = 500;

/// The answers in a mail (RFC 5322, RFC 6047); a mail about anything else holds none.
pub fn answers_in_mail(octets: &[u8]) -> Vec<Found> {
    read_mail(octets).found
}

/// The answers in a mail, and its words.
pub fn read_mail(octets: &[u8]) -> super::Message {
    match parsed(octets) {
        Ok(message) => read_message(&message),
        Err(why) => vec![Err(why)].into(),
    }
}

/// The same of a mail that Outlook saved as a file of its own (`.msg`).
pub fn read_saved(octets: &[u8]) -> super::Message {
    let Some((mail, properties)) = outlook::as_mail(octets) else {
        return super::Message { is_foreign: true, ..super::Message::default() };
    };
    let mut message = read_mail(&mail);
    if let (Some(words), true) = (&message.words, message.found.is_empty()) {
        let envelope = Envelope { from: words.from.clone(), date: words.sent, ..Envelope::default() };
        message.found.extend(properties.answer(&envelope).map(Ok));
    }
    message
}

/// Opens a mail, unless its size or nesting would cost more than any answer needs.
fn parsed(octets: &[u8]) -> Result<Message<'_>, Text> {
    if octets.len() > LARGEST {
        return Err(Text::fixed("the mail is larger than 32 MiB", "el correo pasa de 32 MiB"));
    }
    let parts = boundaries(octets);
    if parts > MOST_PARTS || parts.saturating_mul(octets.len()) > MOST_WORK {
        return Err(Text::fixed("the mail has too many parts", "el correo tiene demasiadas partes"));
    }
    if openings(octets) > MOST_OPENINGS {
        return Err(too_deep());
    }
    if hides_a_mail(octets) {
        return Err(Text::fixed(
            "a mail within it is encoded as no mail may be (RFC 2045)",
            "un correo dentro de él está codificado como ningún correo puede estarlo (RFC 2045)",
        ));
    }
    let Some(message) = MessageParser::default().parse(octets) else {
        return Err(Text::fixed("it is no mail", "no es un correo"));
    };
    if depth(&message) > DEEPEST {
        return Err(too_deep());
    }
    Ok(message)
}

fn read_message(message: &Message<'_>) -> super::Message {
    let to = only(message, HeaderName::To);
    let from = match only(message, HeaderName::From) {
        None => Sender::Unclear,
        Some(from) => match standing(message, &from) {
            Standing::Sound => Sender::Mail(address(&from)),
            Standing::Forwarded => Sender::Forwarded(address(&from)),
            Standing::Forged => Sender::Forged(address(&from)),
        },
    };
    let mut found = Vec::new();
    let envelope = Envelope { from, to: to.as_deref(), date: date(message), ..Envelope::default() };
    let words = Words::of(message, envelope.from.clone());
    // What a server gives back is no answer, and may be cut off.
    if !matches!(words.origin, Origin::Server(_)) {
        collect(message, &envelope, 0, &mut found);
        if found.is_empty() {
            let properties = message.parts.iter().filter(|part| is_winmail(part)).filter_map(|part| octets(message, part));
            let answers = properties.filter_map(|octets| outlook::in_winmail(&octets)?.answer(&envelope));
            found.extend(answers.map(Ok));
        }
    }
    super::Message { found: without_copies(found), words: Some(words), is_foreign: false }
}

/// Reads the calendar parts, those of forwarded mails too: they come from whoever forwards them.
fn collect(message: &Message<'_>, envelope: &Envelope<'_>, wrapped: usize, found: &mut Vec<Found>) {
    for part in &message.parts {
        match &part.body {
            PartType::Message(forwarded) => collect(forwarded, envelope, wrapped, found),
            _ if is_signed(part) && wrapped < DEEPEST => {
                let Some(signed) = octets(message, part).and_then(|octets| smime::signed(&octets)) else { continue };
                match parsed(&signed) {
                    Ok(message) => collect(&message, envelope, wrapped + 1, found),
                    Err(why) => found.push(Err(why)),
                }
            }
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

/// A mail wrapped in its signature (RFC 8551 §3.5.2).
fn is_signed(part: &MessagePart<'_>) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
    ["pkcs7-mime", "x-pkcs7-mime"].iter().any(|known| subtype.eq_ignore_ascii_case(known)) || named(part, ".p7m")
}

/// What Outlook keeps of a mail apart (MS-OXTNEF).
fn is_winmail(part: &MessagePart<'_>) -> bool {
    let subtype = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
    ["ms-tnef", "vnd.ms-tnef"].iter().any(|known| subtype.eq_ignore_ascii_case(known)) || named(part, "winmail.dat")
}

fn named(part: &MessagePart<'_>, end: &str) -> bool {
    part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(end))
}

fn is_calendar(part: &MessagePart<'_>) -> bool {
    let kind = part.content_type();
    let subtype = kind.and_then(|kind| kind.subtype()).unwrap_or_default();
    ["calendar", "ics", "x-vcalendar"].iter().any(|known| subtype.eq_ignore_ascii_case(known)) || named(part, ".ics")
}

/// The one address of a header. Two `From` are a way to show one sender and be checked as another.
fn only(message: &Message<'_>, name: HeaderName<'static>) -> Option<String> {
    let mut values = message.header_values(name);
    let (value, None) = (values.next()?, values.next()) else { return None };
    let Address::List(people) = value.as_address()? else { return None };
    let [one] = people.as_slice() else { return None };
    one.address().map(|address| address.chars().filter(|c| !c.is_control()).collect())
}

/// A calendar usually comes twice, as a part and as an attachment.
fn without_copies(found: Vec<Found>) -> Vec<Found> {
    let mut seen = std::collections::HashSet::new();
    let mut key = |found: &Found| match found {
        Ok(answer) => seen.insert(Received::source(answer)),
        Err(why) => seen.insert(why.en.to_string()),
    };
    found.into_iter().filter(|found| key(found)).collect()
}

fn too_deep() -> Text {
    Text::fixed("the mail is nested too deeply", "el correo está anidado con demasiada profundidad")
}

/// How many parts may begin in it.
fn boundaries(octets: &[u8]) -> usize {
    count(octets, b"boundary")
}

/// How many mails may begin within it: `message/rfc822`, `message/global`, and any part of a `multipart/digest`.
fn openings(octets: &[u8]) -> usize {
    count(octets, b"rfc822") + count(octets, b"global") + count(octets, b"digest")
}

fn count(octets: &[u8], word: &[u8]) -> usize {
    octets.windows(word.len()).filter(|window| window.eq_ignore_ascii_case(word)).count()
}

/// Whether a mail within it is encoded: what that holds cannot be counted before it is parsed.
fn hides_a_mail(octets: &[u8]) -> bool {
    let text = String::from_utf8_lossy(octets).to_ascii_lowercase();
    let mut in_digest = false;
    let mut headers = String::new();
    // Headers and what looks like them: lines up to an empty one, without the spaces and folds within.
    for line in text.lines().chain(std::iter::once("")) {
        if !line.trim().is_empty() {
            if !line.starts_with([' ', '\t']) {
                headers.push('\n');
            }
            headers.extend(line.chars().filter(|c| !c.is_whitespace()));
            continue;
        }
        let says = |name: &str, words: &[&str]| {
            let values = headers.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            values.into_iter().any(|value| words.iter().any(|word| value.contains(word)))
        };
        in_digest |= says("content-type", &["digest"]);
        let is_mail = says("content-type", &["rfc822", "global"]) || in_digest && !says("content-type", &[""]);
        if is_mail && says("content-transfer-encoding", &["base64", "quoted-printable"]) {
            return true;
        }
        headers.clear();
    }
    false
}

fn depth(message: &Message<'_>) -> usize {
    let within = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(message) => Some(depth(message)),
        _ => None,
    });
    1 + within.max().unwrap_or(0)
}
