//! Every way in which a file could say something else is noticed.

use super::*;
use crate::calendar::programme_calendar;
use crate::calendar::publish::tests::programme;
use crate::locale::Lang;

fn changed(from: &str, to: &str) -> Option<String> {
    let place = "place = { es = 'Virtual', en = 'Virtual' }\n";
    let published = programme_calendar(&programme("", place).public(), Lang::En);
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
        ("SUMMARY;LANGUAGE=en-US:Group", "SUMMARY;LANGUAGE=en-US:Grou", "SUMMARY"),
        ("10:00–11:00", "10:00–12:00", "DESCRIPTION"),
        ("<p>", "<h1>", "X-ALT-DESC"),
        ("LOCATION;LANGUAGE=en-US:Virtual", "LOCATION;LANGUAGE=en-US:Sala", "LOCATION"),
        ("STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS"),
        ("SEQUENCE:0", "SEQUENCE:1", "SEQUENCE"),
        ("T100000", "T100001", "DTSTART"),
        ("T110000", "T120000", "DTEND"),
        ("DTSTART;TZID=America/Guatemala:20270301T100000", "DTSTART:20270301T160000Z", "DTSTART"),
        ("DTSTART;TZID=America/Guatemala", "DTSTART;TZID=America/Costa_Rica", "DTSTART"),
        ("DTSTART;TZID=America/Guatemala", "DTSTART", "DTSTART"),
        ("DTSTAMP:2", "DTSTAMP:1", "DTSTAMP"),
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
