//! Every way in which a file could say something else is noticed.

use super::*;
use crate::calendar::programme_calendar;
use crate::calendar::publish::tests::programme;
use crate::locale::Lang;

fn changed(from: &str, to: &str) -> Option<String> {
    let place = "place = { es = 'Virtual', en = 'Virtual' }\n";
    let group = "organizer = { party = 's', email = 's@example.org' }\n[parties.s]\nname = { es = 'S', en = 'S' }\n";
    let published = programme_calendar(&programme(group, place).public(), Lang::En);
    let file = String::from_utf8(published.bytes().unwrap()).unwrap();
    assert!(file.contains(from), "{from}\n{file}");
    let error = read_back(file.replacen(from, to, 1).as_bytes(), &published.object, &published.events).err()?;
    Some(error.message().en.into_owned())
}

#[test]
fn a_file_as_meant_is_let_through() {
    assert_eq!(changed("VERSION", "VERSION"), None);
}

#[test]
fn the_first_difference_is_named() {
    for (from, to, name) in [
        ("METHOD:PUBLISH", "METHOD:REQUEST", "METHOD"),
        ("X-WR-CALNAME:Group", "X-WR-CALNAME:Other", "X-WR-CALNAME"),
        ("UID:one", "UID:two", "UID"),
        ("SUMMARY;LANGUAGE=en-GB:Group", "SUMMARY;LANGUAGE=en-GB:Grou", "SUMMARY"),
        ("10:00–11:00", "10:00–12:00", "DESCRIPTION"),
        ("<p>", "<h1>", "X-ALT-DESC"),
        ("%3Cp%3E", "%3Ch1%3E", "ALTREP"),
        ("CONTACT;LANGUAGE=en-GB:S", "CONTACT;LANGUAGE=en-GB:T", "CONTACT"),
        ("STATUS:TENTATIVE\r\n", "STATUS:TENTATIVE\r\nATTACH:https://example.org/a\r\n", "ATTACH"),
        ("X-PUBLISHED-TTL", "SOURCE;VALUE=URI:https://example.org/\r\nX-PUBLISHED-TTL", "SOURCE"),
        ("LOCATION;LANGUAGE=en-GB:Virtual", "LOCATION;LANGUAGE=en-GB:Sala", "LOCATION"),
        ("STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS"),
        ("SEQUENCE:0", "SEQUENCE:1", "SEQUENCE"),
        ("T100000", "T100001", "DTSTART"),
        ("T110000", "T120000", "DTEND"),
        ("DTSTART;TZID=America/Guatemala:20270301T100000", "DTSTART:20270301T160000Z", "DTSTART"),
        ("DTSTART;TZID=America/Guatemala", "DTSTART;TZID=America/Costa_Rica", "DTSTART"),
        ("DTSTART;TZID=America/Guatemala", "DTSTART", "DTSTART"),
        ("DTSTAMP:2", "DTSTAMP:1", "DTSTAMP"),
        ("CREATED:2", "CREATED:1", "CREATED"),
        ("LAST-MODIFIED:2", "LAST-MODIFIED:1", "LAST-MODIFIED"),
        ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "TRANSP"),
        ("CATEGORIES;LANGUAGE=en-GB:Group", "CATEGORIES;LANGUAGE=en-GB:Group,Other", "CATEGORIES"),
        ("TZOFFSETTO:-0600", "TZOFFSETTO:-0500", "VTIMEZONE"),
        ("TZID:America/Guatemala", "TZID:America/Panama", "VTIMEZONE"),
        ("STATUS:TENTATIVE\r\n", "STATUS:TENTATIVE\r\nATTENDEE:mailto:a@example.org\r\n", "ATTENDEE"),
        ("STATUS:TENTATIVE\r\n", "STATUS:TENTATIVE\r\nUID:one@g.example.org\r\n", "UID"),
        ("STATUS:TENTATIVE\r\n", "STATUS:TENTATIVE\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n", "VEVENT"),
        ("STATUS:TENTATIVE\r\n", "STATUS:TENTATIVE\r\nBEGIN:VALARM\r\nEND:VALARM\r\n", "VALARM"),
    ] {
        let message = changed(from, to).unwrap_or_else(|| panic!("{to} was let through"));
        assert!(message.contains(&format!("its {name} would")), "{to}: {message}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_so() {
    assert!(changed("END:VCALENDAR", "END:VCAL").is_some_and(|message| message.contains("could not be read back")));
}

#[test]
fn what_is_said_of_people_and_rules_of_summer_time_are_looked_at() {
    let group = "organizer = { party = 's', email = 's@example.org' }\n[parties.s]\nname = { es = 'S, T', en = 'S, T' }\n\
                 [parties.m]\nname = { es = 'M', en = 'M' }\nmember = true\nemail = 'm@example.org'\n";
    let programme = programme(group, "time-zone = 'Europe/Madrid'\n");
    let session = &programme.sessions[0];
    let invitee = crate::invitees::Invitees::new(&programme).of(session).invitees.remove(0);
    let stamp = "2027-01-01T12:00:00Z".parse().unwrap();
    let revision = crate::calendar::Revision {
        uid: "one@g.example.org".to_owned(),
        stamp,
        sequence: 0,
        participation: crate::calendar::Participation::NeedsAction,
    };
    let invitation = crate::calendar::request(&programme, session, &invitee, revision).unwrap();
    let file = String::from_utf8(invitation.bytes().unwrap()).unwrap().replace("\r\n ", "");
    let read = |file: &str| read_back(file.as_bytes(), &invitation.object, std::slice::from_ref(&invitation.event));
    assert!(read(&file).is_ok());
    for (from, to, name) in [
        ("ORGANIZER;CN=\"S, T\"", "ORGANIZER;CN=S", "ORGANIZER"),
        (";CN=M;", ";CN=N;", "ATTENDEE"),
        ("ROLE=REQ-PARTICIPANT", "ROLE=CHAIR", "ATTENDEE"),
        ("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED", "ATTENDEE"),
        ("RSVP=TRUE", "RSVP=FALSE", "ATTENDEE"),
        ("BYMONTH=3", "BYMONTH=2", "VTIMEZONE"),
    ] {
        assert!(file.contains(from), "{from}: {file}");
        let error = read(&file.replace(from, to)).expect_err(to);
        assert!(error.message().en.contains(&format!("its {name} would")), "{to}: {error}");
    }
}
