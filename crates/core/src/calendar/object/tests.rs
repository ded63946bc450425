//! What each method lets in, and how an event is written.

use super::*;
use crate::calendar::{
    Alarm, Attachment, Attendee, Conference, Error, Feed, Organizer, Participation, Role, Timezones, Transparency, UserKind,
    read_back,
};
use crate::locale::Lang;
use crate::time::Zone;
use proptest::prelude::*;

fn tag() -> LanguageTag {
    LanguageTag::new(Lang::Es, Some("GT"))
}

fn event() -> Event {
    let stamp = "2022-09-30T00:00:00Z".parse().unwrap();
    Event {
        uid: "one@group.example.org".into(),
        stamp,
        modified: stamp,
        created: stamp,
        sequence: 0,
        start: "2022-10-27T16:00:00Z".parse().unwrap(),
        end: "2022-10-27T17:30:00Z".parse().unwrap(),
        zone: Zone::named("America/Guatemala").unwrap(),
        status: Status::Confirmed,
        transparency: Transparency::Busy,
        comment: None,
        lang: tag(),
        summary: "Sesión 1".into(),
        description: "Agenda".into(),
        html: None,
        location: None,
        url: None,
        conference: None,
        categories: Vec::new(),
        organizer: Some(Organizer {
            name: "Secretaría \"Técnica\"".into(),
            email: "secretaria@example.org".into(),
            sent_by: None,
        }),
        attendees: Vec::new(),
        alarm: None,
        contact: None,
        attachments: Vec::new(),
        days: Vec::new(),
    }
}

fn attendee(name: &str) -> Attendee {
    Attendee {
        name: format!("Municipio, {name}"),
        email: format!("{name}@example.org"),
        kind: UserKind::Individual,
        role: Role::Required,
        participation: Participation::NeedsAction,
        rsvp: true,
        language: tag(),
    }
}

fn invitation() -> Event {
    Event { attendees: vec![attendee("upala")], ..event() }
}

fn object(method: Method, events: &[Event]) -> Object {
    let zones = Timezones::of(events.iter().map(|event| (&event.zone, event.start, event.end))).told;
    Object { method, lang: tag(), name: None, description: None, feed: None, zones }
}

fn write(method: Method, events: &[Event]) -> Result<String, Error> {
    let object = object(method, events);
    let bytes = object.write(Vec::new(), events)?;
    read_back(&bytes, &object, events)?;
    Ok(String::from_utf8(bytes).unwrap().replace("\r\n ", ""))
}

fn refuses(method: Method, events: &[Event], because: &str) {
    match write(method, events) {
        Err(Error::Refused(text)) => assert!(text.en.contains(because), "{}", text.en),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_head_is_version_prodid_calscale_and_one_method() {
    let file = write(Method::Publish, &[event()]).unwrap();
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//convoca//convoca//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n";
    assert!(file.starts_with(head) && file.matches("METHOD").count() == 1 && file.matches("BEGIN:VCALENDAR").count() == 1);
}

#[test]
fn the_zone_stands_before_the_events_and_no_tzid_is_without_its_zone() {
    let file = write(Method::Publish, &[event()]).unwrap();
    assert!(
        file.find("END:VTIMEZONE") < file.find("BEGIN:VEVENT") && file.contains("DTSTART;TZID=America/Guatemala:20221027T100000")
    );
    let mut without = object(Method::Publish, &[event()]);
    without.zones.clear();
    let file = String::from_utf8(without.write(Vec::new(), [event()]).unwrap()).unwrap();
    assert!(!file.contains("TZID") && file.contains("DTSTART:20221027T160000Z"));
}

#[test]
fn a_uid_is_printable_ascii_of_at_most_255() {
    for uid in ["", "año@example.org", "a b@example.org", "a\r\nb", &"a".repeat(256)] {
        refuses(Method::Publish, &[Event { uid: uid.into(), ..event() }], "cannot identify");
    }
    assert!(write(Method::Publish, &[Event { uid: "a".repeat(255), ..event() }]).is_ok());
}

#[test]
fn an_event_ends_after_its_start() {
    refuses(Method::Publish, &[Event { end: event().start, ..event() }], "does not end after");
}

#[test]
fn a_calendar_needs_an_event() {
    refuses(Method::Publish, &[], "needs an event");
}

#[test]
fn what_is_published_names_no_attendee_and_no_call() {
    refuses(Method::Publish, &[invitation()], "no attendees");
    refuses(Method::Publish, &[Event { organizer: None, ..event() }], "needs an organizer");
    let plain = write(Method::Plain, &[Event { organizer: None, ..event() }]).unwrap();
    assert!(!plain.contains("METHOD") && !plain.contains("ORGANIZER"), "{plain}");
}

#[test]
fn a_request_has_an_organizer_and_its_recipient() {
    let file = write(Method::Request, &[invitation()]).unwrap();
    assert!(
        file.contains("METHOD:REQUEST\r\n")
            && file.contains("ORGANIZER;CN=Secretaría “Técnica”:mailto:secretaria@example.org\r\n")
    );
    let attendee = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;\
                    CN=\"Municipio, upala\";LANGUAGE=es-GT:mailto:upala@example.org\r\n";
    assert!(file.contains(attendee), "{file}");
    refuses(Method::Request, &[event()], "one recipient");
    refuses(Method::Request, &[Event { organizer: None, ..invitation() }], "needs an organizer");
}

#[test]
fn an_invitation_shows_nobody_elses_address_and_is_for_one_session() {
    let two = Event { attendees: vec![attendee("upala"), attendee("izabal")], ..event() };
    refuses(Method::Request, &[two], "one recipient");
    let chair = Attendee { role: Role::Chair, ..attendee("secretaria") };
    assert!(write(Method::Request, &[Event { attendees: vec![chair, attendee("upala")], ..event() }]).is_ok());
    refuses(Method::Request, &[invitation(), invitation()], "one session");
}

#[test]
fn a_cancellation_is_in_utc_cancelled_and_without_alarm() {
    let cancelled = Event { status: Status::Cancelled, sequence: 3, ..invitation() };
    let file = write(Method::Cancel, std::slice::from_ref(&cancelled)).unwrap();
    assert!(file.contains("DTSTART:20221027T160000Z") && file.contains("STATUS:CANCELLED") && file.contains("SEQUENCE:3\r\n"));
    assert!(!file.contains("TZID") && !file.contains("VTIMEZONE"));
    refuses(Method::Cancel, &[invitation()], "told with CANCEL");
    refuses(Method::Request, std::slice::from_ref(&cancelled), "told with CANCEL");
    let alarm = Some(Alarm { minutes_before: 15, text: "Sesión".into() });
    refuses(Method::Cancel, &[Event { alarm, ..cancelled }], "no reminder");
}

#[test]
fn a_feed_has_no_alarm_and_says_how_often_to_look() {
    let feed = Feed { zone: "America/Guatemala".into(), refresh_hours: 6, source: Some("https://example.org/a,b.ics".into()) };
    let mut object = object(Method::Publish, &[event()]);
    object.feed = Some(feed);
    object.name = Some("Gobernanza; local".into());
    let file = String::from_utf8(object.write(Vec::new(), [event()]).unwrap()).unwrap();
    for line in [
        "NAME;LANGUAGE=es-GT:Gobernanza\\; local",
        "X-WR-CALNAME:Gobernanza\\; local",
        "X-WR-TIMEZONE:America/Guatemala",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://example.org/a,b.ics",
    ] {
        assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}");
    }
    let alarm = Some(Alarm { minutes_before: 15, text: "Sesión".into() });
    assert!(matches!(object.write(Vec::new(), [Event { alarm, ..event() }]), Err(Error::Refused(_))));
}

#[test]
fn an_event_that_has_everything() {
    let full = Event {
        html: Some("<p>Hola, mundo</p>".into()),
        location: Some("Sala; 2".into()),
        url: Some("https://example.org/s/1?a=b,c".into()),
        conference: Some(Conference { uri: "https://meet.example.org/x".into(), label: "Entrar: \"ya\"".into() }),
        categories: vec!["a,b".into(), "c".into()],
        alarm: Some(Alarm { minutes_before: 15, text: "En 15 min".into() }),
        ..invitation()
    };
    let file = write(Method::Request, &[full]).unwrap();
    for line in [
        "X-ALT-DESC;FMTTYPE=text/html:<p>Hola\\, mundo</p>",
        "LOCATION;LANGUAGE=es-GT:Sala\\; 2",
        "URL:https://example.org/s/1?a=b,c",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=\"Entrar: “ya”\";LANGUAGE=es-GT:https://meet.example.org/x",
        "CATEGORIES;LANGUAGE=es-GT:a\\,b,c",
        "TRANSP:OPAQUE",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION;LANGUAGE=es-GT:En 15 min\r\nEND:VALARM",
    ] {
        assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}\n{file}");
    }
}

#[test]
fn what_is_published_has_its_html_for_thunderbird_and_its_documents() {
    let published = Event {
        html: Some("<p>Mañana, «a: b»</p>".into()),
        contact: Some("Secretaría, secretaria@example.org".into()),
        attachments: ["https://example.org/a,b;c.pdf", "https://example.org/2.pdf"]
            .map(|uri| Attachment { uri: uri.into() })
            .into(),
        ..event()
    };
    let file = write(Method::Publish, std::slice::from_ref(&published)).unwrap();
    for line in [
        "DESCRIPTION;LANGUAGE=es-GT;ALTREP=\"data:text/html,%3Cp%3EMa%C3%B1ana%2C%20%C2%ABa%3A%20b%C2%BB%3C%2Fp%3E\":Agenda",
        "CONTACT;LANGUAGE=es-GT:Secretaría\\, secretaria@example.org",
        "ATTACH:https://example.org/a,b;c.pdf\r\nATTACH:https://example.org/2.pdf",
    ] {
        assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}\n{file}");
    }
    assert!(!write(Method::Request, &[Event { html: published.html, ..invitation() }]).unwrap().contains("ALTREP"));
}

#[test]
fn addresses_that_would_add_a_line_are_refused() {
    let attachments = vec![Attachment { uri: "https://example.org/\r\nATTENDEE:x".into() }];
    refuses(Method::Publish, &[Event { attachments, ..event() }], "cannot stand in ATTACH");
    refuses(
        Method::Publish,
        &[Event { url: Some("https://example.org/\r\nATTENDEE:x".into()), ..event() }],
        "cannot stand in URL",
    );
    let organizer = Some(Organizer { name: "x".into(), email: "a@example.org\nATTENDEE:x".into(), sent_by: None });
    refuses(Method::Publish, &[Event { organizer, ..event() }], "cannot stand in ORGANIZER");
}

proptest! {
    #[test]
    fn whatever_people_write_an_event_is_read_back_as_meant(
        summary in any::<String>(),
        description in "(?s).{0,600}",
        html in "[<>&\"'a-zñ\r\n\t;,:\\\\]{0,300}",
        location in "[\r\n]{0,3}(BEGIN:VEVENT|ATTENDEE:mailto:x@example.org|END:VCALENDAR)[\r\n]{0,3}.*",
        name in any::<String>(),
    ) {
        let organizer = Some(Organizer { name: name.clone(), email: "secretaria@example.org".into(), sent_by: None });
        let attendees = vec![Attendee { name, ..attendee("upala") }];
        let event = Event { summary, description, html: Some(html), location: Some(location), organizer, attendees, ..event() };
        let written = write(Method::Request, &[event]);
        prop_assert!(written.is_ok(), "{:?}", written);
    }
}
