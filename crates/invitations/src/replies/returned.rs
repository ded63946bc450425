//! Mails that no person wrote: a server says that a mail did not arrive (RFC 3464, or in words of its own),
//! or a program answers for somebody who is away (RFC 3834).

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::address;
use super::parts::{body, octets, one_line};

/// Who wrote a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Person,
    Program,
    /// A server, of mails that did not arrive.
    Server(Vec<Returned>),
}

/// What a server says of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// In lower case.
    pub to: String,
    /// In the server's words, as far as it gives a reason.
    pub why: String,
    /// It goes on trying.
    pub is_delayed: bool,
}

pub(super) fn origin(message: &Message<'_>) -> Origin {
    let status: Vec<&MessagePart<'_>> = message.parts.iter().filter(|part| is_status(part)).collect();
    let returned = match status.is_empty() {
        false => status.iter().filter_map(|part| octets(message, part)).flat_map(|octets| reported(&octets)).collect(),
        true => in_its_own_words(message),
    };
    match (returned.is_empty(), is_automatic(message)) {
        (false, _) => Origin::Server(returned),
        (true, true) => Origin::Program,
        (true, false) => Origin::Person,
    }
}

/// Message-IDs of the mails that a report gives back, as far as it holds them.
pub(super) fn given_back(message: &Message<'_>) -> Vec<String> {
    let id = |message: &Message<'_>| message.message_id().map(str::to_owned);
    let of_part = |part: &MessagePart<'_>| match &part.body {
        PartType::Message(whole) => id(whole),
        _ if is_kind(part, "text", "rfc822-headers") => {
            id(&MessageParser::default().parse_headers(octets(message, part)?.as_ref())?)
        }
        _ => None,
    };
    let text = body(message);
    let written = text.lines().filter_map(|line| {
        let (name, value) = line.trim().split_once(':')?;
        name.eq_ignore_ascii_case("Message-ID").then(|| value.trim().trim_matches(['<', '>']).to_owned())
    });
    message.parts.iter().filter_map(of_part).chain(written).collect()
}

fn is_kind(part: &MessagePart<'_>, main: &str, sub: &str) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case(main) && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(sub))
    })
}

fn is_status(part: &MessagePart<'_>) -> bool {
    is_kind(part, "message", "delivery-status") || is_kind(part, "message", "global-delivery-status")
}

/// The addresses that a delivery status names, a group of fields each (RFC 3464 §2.1).
fn reported(octets: &[u8]) -> Vec<Returned> {
    let mut groups: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for line in String::from_utf8_lossy(octets).lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            groups.push(Vec::new());
        } else if line.starts_with([' ', '\t']) {
            group.last_mut().into_iter().for_each(|(_, value)| value.push_str(line));
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), value.to_owned()));
        }
    }
    groups.iter().filter_map(|group| of_address(group)).collect()
}

fn of_address(group: &[(String, String)]) -> Option<Returned> {
    let field = |name: &str| group.iter().find(|(known, _)| known == name).map(|(_, value)| one_line(value));
    // "rfc822; ana@example.org", "smtp; 550 5.1.1 user unknown": the kind stands first.
    let typed = |name: &str| field(name).map(|value| value.split_once(';').map_or("", |(_, text)| text.trim()).to_owned());
    // "failed (delivery time expired)"
    let action = field("action")?.to_ascii_lowercase();
    let is_delayed = match action.split(|c: char| !c.is_ascii_alphabetic()).next() {
        Some("failed") => false,
        Some("delayed") => true,
        _ => return None,
    };
    // What was written to, before somebody's forwarding.
    let to = typed("original-recipient").filter(|to| to.contains('@')).or_else(|| typed("final-recipient"))?;
    let why = typed("diagnostic-code").filter(|why| !why.is_empty()).or_else(|| field("status")).unwrap_or_default();
    Some(Returned { to: address(to.trim_matches(['<', '>'])), why, is_delayed })
}

/// Servers that name the addresses in a header, or in the text alone: there, whatever looks like one.
fn in_its_own_words(message: &Message<'_>) -> Vec<Returned> {
    let named = raw(message, "X-Failed-Recipients");
    if named.is_none() && !is_from_server(message) {
        return Vec::new();
    }
    let text = body(message);
    let failed: Vec<String> = named.map_or_else(|| addresses(&text), |named| named.split(',').map(address).collect());
    let why = text.lines().find(|line| line.split(char::is_whitespace).any(is_refusal)).map(one_line).unwrap_or_default();
    let is_delayed = is_warning(message, &text);
    failed.into_iter().map(|to| Returned { to, why: why.clone(), is_delayed }).collect()
}

/// "550", "554-5.7.1": how a server begins to refuse (RFC 5321 §4.2).
fn is_refusal(word: &str) -> bool {
    let code = word.split('-').next().unwrap_or_default();
    code.len() == 3 && code.starts_with('5') && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// In the order of the text, each once.
fn addresses(text: &str) -> Vec<String> {
    let around = |c: char| !c.is_alphanumeric();
    let words = text.split(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c)).map(|word| word.trim_matches(around));
    let mut seen = std::collections::HashSet::new();
    words.filter(|word| word.contains('@')).map(address).filter(|word| seen.insert(word.clone())).collect()
}

/// The server goes on trying, as it says itself.
fn is_warning(message: &Message<'_>, text: &str) -> bool {
    let said = format!("{}\n{text}", message.subject().unwrap_or_default()).to_lowercase();
    let signs = ["warning message only", "do not need to resend", "transient non-fatal", "delivery status notification (delay)"];
    signs.iter().any(|sign| said.contains(sign))
}

fn is_from_server(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default();
    let is_daemon = ["mailer-daemon", "postmaster"].iter().any(|known| local.eq_ignore_ascii_case(known))
        || raw(message, "X-MS-Exchange-Message-Is-Ndr").is_some();
    // Programs that answer for people give no address to return to either, but say what they are.
    is_daemon || is_without_return(message) && raw(message, "Auto-Submitted").is_none()
}

fn is_without_return(message: &Message<'_>) -> bool {
    raw(message, "Return-Path").is_some_and(|path| path.replace(['<', '>'], "").trim().is_empty())
}

fn is_automatic(message: &Message<'_>) -> bool {
    let says = |name: &'static str, word: &str| raw(message, name).is_some_and(|value| value.trim().eq_ignore_ascii_case(word));
    raw(message, "Auto-Submitted").is_some_and(|value| {
        let word = value.split(';').next().unwrap_or_default().trim();
        !word.eq_ignore_ascii_case("no")
    }) || ["X-Autoreply", "X-Autoreply-From", "X-Autorespond", "X-Mail-Autoreply"].iter().any(|name| raw(message, name).is_some())
        || says("Precedence", "auto_reply")
        || is_receipt(message)
        || raw(message, "Auto-Submitted").is_none() && is_marked_automatic(message.subject().unwrap_or_default())
        || is_without_return(message)
        || is_from_server(message)
}

/// That a mail was opened (RFC 8098), which is no answer to it.
fn is_receipt(message: &Message<'_>) -> bool {
    message.parts.iter().any(|part| is_kind(part, "message", "disposition-notification"))
}

/// As programs begin the subject, that say it nowhere else.
fn is_marked_automatic(subject: &str) -> bool {
    let plain = deunicode::deunicode(subject).to_lowercase();
    let marks = [
        "automatic reply",
        "respuesta automatica",
        "out of office",
        "fuera de la oficina",
        "fuera de oficina",
        "autoreply",
        "auto-reply",
        "auto:",
    ];
    marks.iter().any(|mark| plain.trim_start().starts_with(mark))
}

fn raw<'m>(message: &'m Message<'_>, name: &str) -> Option<&'m str> {
    message.headers_raw().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::super::{Words, read_mail};
    use super::*;

    const POSTFIX: &str = include_str!("../../../../tests/fixtures/returned/postfix.eml");
    const EXIM: &str = include_str!("../../../../tests/fixtures/returned/exim.eml");
    const AWAY: &str = include_str!("../../../../tests/fixtures/returned/away.eml");

    fn words(mail: &str) -> Words {
        read_mail(mail.as_bytes()).words.unwrap()
    }

    fn returned(mail: &str) -> Vec<(String, String, bool)> {
        let Origin::Server(returned) = words(mail).origin else { return Vec::new() };
        returned.into_iter().map(|one| (one.to, one.why, one.is_delayed)).collect()
    }

    fn one(to: &str, why: &str, is_delayed: bool) -> Vec<(String, String, bool)> {
        vec![(to.to_owned(), why.to_owned(), is_delayed)]
    }

    #[test]
    fn a_delivery_status_names_address_reason_and_mail() {
        let why = "550 5.1.1 <choloma@example.org>: Recipient address rejected: User unknown in local recipient table";
        assert_eq!(returned(POSTFIX), one("choloma@example.org", why, false));
        assert_eq!(words(POSTFIX).answers, ["choloma-0@example.org"]);
        let without = POSTFIX.replace("Diagnostic-Code", "X-Other");
        assert_eq!(returned(&without), one("choloma@example.org", "5.1.1", false));
        assert_eq!(returned(&without.replace("Action: failed", "Action: delayed")), one("choloma@example.org", "5.1.1", true));
        let expired = without.replace("Action: failed", "Action: failed (delivery time expired)");
        assert_eq!(returned(&expired), one("choloma@example.org", "5.1.1", false));
        let delivered = POSTFIX.replace("Action: failed", "Action: delivered");
        assert_eq!(words(&delivered).origin, Origin::Program);
    }

    #[test]
    fn a_server_in_its_own_words() {
        assert_eq!(returned(EXIM), one("los-chiles@example.org", "552 5.2.2 Mailbox full", false));
        assert!(words(EXIM).answers.contains(&"los-chiles-0@example.org".to_owned()));
        let unnamed = returned(&EXIM.replace("X-Failed-Recipients", "X-Other"));
        assert_eq!(unnamed[0], one("los-chiles@example.org", "552 5.2.2 Mailbox full", false)[0]);
        // Nobody to return to, and not a word of what it is.
        let exchange =
            "X-MS-Exchange-Message-Is-Ndr:\nFrom: Microsoft Outlook <mx329e@example.org>\n\nNo se pudo entregar: ana@example.org";
        assert_eq!(returned(exchange), one("ana@example.org", "", false));
        let warning = "From: MAILER-DAEMON@example.org\n\nTHIS IS A WARNING MESSAGE ONLY\n<ana@example.org>\n";
        assert_eq!(returned(warning), one("ana@example.org", "", true));
        let silent = "Return-Path: <>\nFrom: System <noreply@example.org>\n\nNo llegó a <ana@example.org>.";
        assert_eq!(returned(silent), one("ana@example.org", "", false));
    }

    #[test]
    fn programs_answer_for_people() {
        assert_eq!(words(AWAY).origin, Origin::Program);
        assert_eq!(words(&AWAY.replace("auto-generated", "no")).origin, Origin::Person);
        let unsaid = AWAY.replace("Auto-Submitted: auto-generated", "X-A: b");
        assert_eq!(words(&unsaid).origin, Origin::Program, "its subject says it");
        let unsaid = unsaid.replace("Subject: Respuesta", "Subject: Re: Respuesta");
        assert_eq!(words(&unsaid).origin, Origin::Person);
        for subject in ["Automatic reply: Invitation", "Respuesta automática: Invitación", "Fuera de la oficina: Re: x"] {
            assert_eq!(
                words(&format!("From: ana@example.org\nSubject: {subject}\n\nno podré")).origin,
                Origin::Program,
                "{subject}"
            );
        }
        let receipt = "From: ana@example.org\nSubject: Leído: x\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=m\n\n--m\n\nSí\n\
                       --m\nContent-Type: message/disposition-notification\n\nDisposition: manual-action; displayed\n--m--\n";
        assert_eq!(words(receipt).origin, Origin::Program);
        for header in ["X-Autoreply: yes", "Precedence: auto_reply"] {
            assert_eq!(words(&unsaid.replace("X-A: b", header)).origin, Origin::Program);
        }
    }

    /// A server may give back half of an invitation: that is no calendar for us to read.
    #[test]
    fn what_is_given_back_is_no_answer() {
        let calendar = "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n";
        let cut = POSTFIX.replace("Content-Type: text/rfc822-headers\n", calendar);
        assert_eq!(read_mail(cut.as_bytes()).found, []);
    }
}
