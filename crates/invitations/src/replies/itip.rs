//! One calendar object into answers (REPLY, COUNTER and DECLINECOUNTER, RFC 5546 §3.2).

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use icalendar::parser::{Component, Property, read_components};

use super::readable::readable;
use super::{Found, Proposal, Received, Sender, address, zones};
use crate::ledger::Answer;
use crate::locale::Text;
use crate::text;
use crate::time::Reading;

/// What the mail around a calendar says of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelope<'a> {
    pub charset: Option<&'a str>,
    /// The Content-Type's `method`, for calendars without METHOD.
    pub method: Option<&'a str>,
    pub from: Sender,
    pub to: Option<&'a str>,
    /// When the mail was sent, by its header.
    pub date: Option<DateTime<Utc>>,
}

/// The answers in a calendar file that came without a mail; other calendars hold none.
///
/// ```
/// let file = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:one@g.example.org\nDTSTAMP:20270301T120000Z\n\
///     ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Ana@example.org\nEND:VEVENT\nEND:VCALENDAR\n";
/// let answers = convoca_invitations::replies::answers_in_calendar(file.as_bytes());
/// assert_eq!(answers[0].as_ref().unwrap().attendee, "ana@example.org");
/// ```
pub fn answers_in_calendar(octets: &[u8]) -> Vec<Found> {
    answers(octets, &Envelope::default())
}

pub(super) fn answers(octets: &[u8], envelope: &Envelope<'_>) -> Vec<Found> {
    let lines = match readable(octets, envelope.charset) {
        Ok(lines) => lines,
        Err(why) => return vec![Err(why)],
    };
    // The crate reads one calendar, and some programs write two into a file.
    let begin = "BEGIN:VCALENDAR\r\n";
    lines.split(begin).skip(1).flat_map(|lines| in_calendar(&format!("{begin}{lines}"), envelope)).collect()
}

fn in_calendar(lines: &str, envelope: &Envelope<'_>) -> Vec<Found> {
    let Ok(components) = read_components(lines) else {
        return vec![Err(Text::fixed("its calendar cannot be read", "su calendario no se puede leer"))];
    };
    let calendars = components.iter().filter(|part| part.name == "VCALENDAR");
    calendars.flat_map(|calendar| in_object(calendar, envelope)).collect()
}

fn in_object(calendar: &Component<'_>, envelope: &Envelope<'_>) -> Vec<Found> {
    let method = value(calendar, "METHOD").or(envelope.method).unwrap_or_default().trim().to_ascii_uppercase();
    let events = calendar.components.iter().filter(|part| part.name == "VEVENT");
    let received = |method: &str, event: &Component<'_>| received(calendar, event, method, envelope);
    match method.as_str() {
        "REPLY" | "COUNTER" | "DECLINECOUNTER" => events.map(|event| received(&method, event)).collect(),
        "" => events.filter(|event| is_own_answer(event, envelope)).map(|event| received("REPLY", event)).collect(),
        _ => Vec::new(),
    }
}

/// Whether an event of which nobody says what it is can be nothing but an answer: its sender is the only attendee, and
/// has answered.
fn is_own_answer(event: &Component<'_>, envelope: &Envelope<'_>) -> bool {
    let mut attendees = all(event, "ATTENDEE");
    match (attendees.next(), attendees.next()) {
        (Some(one), None) => Some(who(one, envelope).as_str()) == envelope.from.address() && plain(&status(one)).is_some(),
        _ => false,
    }
}

fn received(calendar: &Component<'_>, event: &Component<'_>, method: &str, envelope: &Envelope<'_>) -> Found {
    let uid = value(event, "UID").map(str::trim).filter(|uid| !uid.is_empty());
    let uid = uid.ok_or(Text::fixed("it does not say to which invitation", "no dice a qué invitación"))?;
    let uid = of_exchange(uid).unwrap_or_else(|| uid.to_owned());
    let stamp = all(event, "DTSTAMP").next().and_then(|stamp| instant(calendar, stamp));
    let dtstamp = given(stamp, envelope.date).ok_or(Text::fixed("it does not say when it was given", "no dice cuándo se dio"))?;
    // What is no number says no more than what is not there.
    let sequence = value(event, "SEQUENCE").and_then(|written| written.trim().parse().ok()).unwrap_or(0);
    let Named { who: attendee, property } = attendee(event, method, envelope)?;
    let status = property.map(status).unwrap_or_default();
    let others = ["DELEGATED-TO", "DELEGATED-FROM"].map(|key| property.and_then(|property| parameter(property, key)).map(bare));
    let delegate = others.into_iter().flatten().find(|other| !other.is_empty());
    let (answer, time, partstat) = match method {
        // The time that is proposed is not the one that is answered.
        "COUNTER" => (Answer::Counter, None, plain(&status)),
        "DECLINECOUNTER" => (Answer::DeclineCounter, None, None),
        _ => {
            let time = all(event, "DTSTART").next().and_then(|start| instant(calendar, start));
            (certain(&status, &attendee)?, time, None)
        }
    };
    let own = property.and_then(|property| parameter(property, "X-RESPONSE-COMMENT"));
    let comments = all(event, "COMMENT").map(|property| property.val.as_str()).chain(own);
    let comment = comments.map(str::trim).find(|comment| !comment.is_empty()).map(str::to_owned);
    let guests =
        property.and_then(|property| parameter(property, "X-NUM-GUESTS")?.trim().parse().ok()).filter(|guests| *guests > 0);
    let from = envelope.from.clone();
    let proposal = (answer == Answer::Counter).then(|| proposal(calendar, event));
    let sent = envelope.date;
    Ok(Received { uid, attendee, answer, proposal, partstat, sequence, dtstamp, sent, comment, time, guests, delegate, from })
}

/// When an answer was given: as it says, and as its mail does where it says nothing or a day that is to come.
fn given(stamp: Option<DateTime<Utc>>, sent: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let is_plausible = |stamp: &DateTime<Utc>| sent.is_none_or(|sent| stamp.signed_duration_since(sent) <= TimeDelta::days(1));
    stamp.filter(is_plausible).or(sent)
}

/// The UID that Exchange hides in one of its own, as octets behind "vCal-Uid" and a length (MS-OXCICAL §2.1.3.1.1.20.26).
pub(super) fn of_exchange(uid: &str) -> Option<String> {
    const BEGINNING: &str = "040000008200E00074C5B7101A82E008";
    const MARK: &str = "7643616C2D55696401000000";
    let upper = uid.to_ascii_uppercase();
    let hidden = upper.starts_with(BEGINNING).then(|| upper.split_once(MARK))??.1;
    let octets = hidden.as_bytes().chunks_exact(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    let octets: Vec<u8> = octets.collect::<Option<_>>()?;
    let end = octets.iter().position(|octet| *octet == 0).unwrap_or(octets.len());
    String::from_utf8(octets[..end].to_vec()).ok()
}

/// What PARTSTAT says.
fn plain(status: &str) -> Option<Answer> {
    Some(match status {
        "ACCEPTED" => Answer::Accepted,
        "DECLINED" => Answer::Declined,
        "TENTATIVE" => Answer::Tentative,
        "DELEGATED" => Answer::Delegated,
        _ => return None,
    })
}

fn certain(status: &str, attendee: &str) -> Result<Answer, Text> {
    plain(status).ok_or_else(|| text!("`{status}` of {attendee} is no answer", "`{status}` de {attendee} no es una respuesta"))
}

/// Who answers, and the ATTENDEE that says so.
#[derive(Clone)]
struct Named<'a> {
    who: String,
    property: Option<&'a Property<'a>>,
}

/// A reply names one attendee, and where it is passed on, that other too; a counter-proposal may name all of them,
/// and then it speaks for the sender; what the organizer turns down may name nobody but the mail's recipient.
fn attendee<'a>(event: &'a Component<'a>, method: &str, envelope: &Envelope<'_>) -> Result<Named<'a>, Text> {
    let named = all(event, "ATTENDEE").map(|property| Named { who: who(property, envelope), property: Some(property) });
    let named: Vec<Named<'_>> = named.collect();
    let none = || Text::fixed("it does not say who answers", "no dice quién responde");
    match (named.as_slice(), method) {
        ([one], _) => Ok(one.clone()),
        ([], "DECLINECOUNTER") => envelope.to.map(|to| Named { who: address(to), property: None }).ok_or_else(none),
        ([], _) => Err(none()),
        (several, "REPLY") => {
            // The one who passes it on names the other, and the other names them in turn.
            let own = |named: &&Named<'_>| {
                let property = named.property.filter(|property| parameter(property, "DELEGATED-FROM").is_some());
                let answers = property.is_some_and(|property| plain(&status(property)).is_some());
                answers && Some(named.who.as_str()) == envelope.from.address()
            };
            let delegates = |named: &&Named<'_>| named.property.is_some_and(|property| status(property) == "DELEGATED");
            // Some programs name all who are invited, with what the sender's calendar knows of each.
            let answers = |named: &&Named<'_>| {
                Some(named.who.as_str()) == envelope.from.address()
                    && named.property.is_some_and(|own| plain(&status(own)).is_some())
            };
            let speaks = several.iter().find(own).or_else(|| several.iter().find(delegates));
            let speaks = speaks.or_else(|| several.iter().find(answers)).cloned();
            speaks.ok_or(Text::fixed("it answers for several people at once", "responde por varias personas a la vez"))
        }
        (several, _) => {
            let speaks = if method == "COUNTER" { envelope.from.address() } else { envelope.to }.map(address);
            several.iter().find(|named| Some(&named.who) == speaks.as_ref()).cloned().ok_or_else(none)
        }
    }
}

/// The address; Apple and Exchange write it as a parameter where the value is a name of their own, which may look like
/// one ("2_GEZDG@imip.me.com").
fn who(property: &Property<'_>, envelope: &Envelope<'_>) -> String {
    let (value, email) = (bare(property.val.as_str()), parameter(property, "EMAIL").map(bare));
    email.filter(|email| !value.contains('@') || Some(email.as_str()) == envelope.from.address()).unwrap_or(value)
}

/// An address as programs write it: `mailto:<ana@example.org>`, `"mailto:ana@example.org"`, `mailto: ana@example.org`.
fn bare(written: &str) -> String {
    address(written.trim().trim_matches('"')).trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// vCalendar 1.0 calls it STATUS.
fn status(property: &Property<'_>) -> String {
    parameter(property, "PARTSTAT")
        .or_else(|| parameter(property, "STATUS"))
        .unwrap_or("NEEDS-ACTION")
        .trim()
        .to_ascii_uppercase()
}

fn proposal(calendar: &Component<'_>, event: &Component<'_>) -> Proposal {
    let start = all(event, "DTSTART").next();
    let instant = |property: &Property<'_>| instant(calendar, property);
    let at = start.and_then(instant);
    let end = all(event, "DTEND").next().and_then(instant).or_else(|| {
        let length = value(event, "DURATION")?.trim().parse::<jiff::SignedDuration>().ok()?;
        at?.checked_add_signed(TimeDelta::try_seconds(length.as_secs())?)
    });
    let written = start.map_or(String::new(), |start| match parameter(start, "TZID") {
        Some(zone) => format!("{} ({zone})", start.val.as_str()),
        None => start.val.as_str().to_owned(),
    });
    Proposal { start: at, end: end.filter(|end| at.is_some_and(|start| start < *end)), written }
}

/// An instant, if the file says which: a time without a zone, or in one that nobody knows, is none.
fn instant(calendar: &Component<'_>, property: &Property<'_>) -> Option<DateTime<Utc>> {
    let written = property.val.as_str().trim();
    if let Some(instant) = utc(written) {
        return Some(instant);
    }
    let (tzid, local) = (parameter(property, "TZID")?, local(written)?);
    if let Some(zone) = zones::named(tzid) {
        return match zone.instant(local)? {
            // RFC 5545 §3.3.5: by the clocks before the change.
            Reading::Once(at) | Reading::Skipped(at, _) | Reading::Twice(at, _) => Some(at),
        };
    }
    let offset = zones::offset_at(calendar, tzid, local)?;
    Some(local.checked_sub_signed(TimeDelta::seconds(offset.into()))?.and_utc())
}

fn utc(written: &str) -> Option<DateTime<Utc>> {
    Some(local(written.trim().strip_suffix(['Z', 'z'])?)?.and_utc())
}

fn local(written: &str) -> Option<NaiveDateTime> {
    let (date, time) = written.split_at_checked(8)?;
    let date = NaiveDate::parse_from_str(date, "%Y%m%d").ok()?;
    let time = chrono::NaiveTime::parse_from_str(time.strip_prefix(['T', 't'])?, "%H%M%S").ok()?;
    Some(date.and_time(time))
}

fn all<'a>(part: &'a Component<'_>, name: &str) -> impl Iterator<Item = &'a Property<'a>> {
    part.properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn value<'a>(part: &'a Component<'_>, name: &str) -> Option<&'a str> {
    all(part, name).next().map(|property| property.val.as_str())
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    let param = property.params.iter().find(|param| param.key.as_str().eq_ignore_ascii_case(name))?;
    param.val.as_ref().map(|value| value.as_str())
}
