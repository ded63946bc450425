//! How fast a feed of 10,000 events is written: `cargo bench --no-default-features --bench calendar`.
//!
//! Against a bare loop that writes the same bytes from texts which were escaped and folded beforehand (the
//! aim is at most twice its time), and against two other libraries, which write what they read of ours:
//! building their values is not counted. Prints ratios and the peak of memory; asserts nothing of time.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use convoca::calendar::{Event, Method, Object, Organizer, Status, Timezones, Transparency};
use convoca::locale::{Lang, LanguageTag};
use convoca::time::Zone;

const EVENTS: i64 = 10_000;

fn main() {
    let first = event();
    let feed = |count: i64| (0..count).map(|index| numbered(&first, index));
    let events: Vec<Event> = feed(EVENTS).collect();
    let zones = Timezones::of(events.iter().map(|event| (&event.zone, event.start, event.end))).told;
    let object = Object {
        method: Method::Publish,
        lang: LanguageTag::new(Lang::Es, Some("GT")),
        name: None,
        description: None,
        feed: None,
        zones,
    };

    let bytes = object.write(Vec::new(), &events).unwrap();
    let bare = Bare::of(&bytes, &first);
    assert!(bare.write(Vec::new(), &events) == bytes, "the bare loop writes other bytes");
    let text = String::from_utf8(bytes).unwrap();

    let ours = fastest(|| _ = object.write(std::io::sink(), &events).unwrap());
    let loops = fastest(|| _ = bare.write(std::io::BufWriter::new(std::io::sink()), &events));
    println!("{EVENTS} events, {} octets each", text.len() as i64 / EVENTS);
    println!("convoca          {ours:>9.2?}");
    told("a bare loop", loops, ours);
    let read = calcard::icalendar::ICalendar::parse(&text).unwrap();
    told("calcard", fastest(|| drop(read.to_string())), ours);
    let read: icalendar::Calendar = text.parse().unwrap();
    told("icalendar", fastest(|| drop(read.to_string())), ours);

    for count in [EVENTS, 10 * EVENTS] {
        let before = memory();
        object.write(std::io::sink(), feed(count)).unwrap();
        println!("{count} events written one by one: {} kB more memory", memory() - before);
    }
}

fn event() -> Event {
    let stamp = "2022-09-30T00:00:00Z".parse().unwrap();
    let speaker = "10:05–10:45 Llamado Global a la Acción Local; ponen en común, con preguntas, Ciudades y Gobiernos Locales\n";
    Event {
        uid: String::new(),
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
        lang: LanguageTag::new(Lang::Es, Some("GT")),
        summary: "Sesión 1 – Iniciativas y marcos globales sobre gobernanza local".into(),
        description: speaker.repeat(5),
        html: None,
        location: Some("En línea".into()),
        url: None,
        conference: None,
        categories: vec!["Gobernanza".into()],
        organizer: Some(Organizer { name: "Secretaría Técnica".into(), email: "secretaria@example.org".into(), sent_by: None }),
        attendees: Vec::new(),
        alarm: None,
        contact: None,
        attachments: Vec::new(),
        days: Vec::new(),
    }
}

fn numbered(first: &Event, index: i64) -> Event {
    let later = TimeDelta::minutes(index % 1000);
    let uid = format!("session-{index}@mirps-local-governance.example.org");
    Event { uid, start: first.start + later, end: first.end + later, ..first.clone() }
}

/// What a feed consists of, but for the UID and the hours of its events.
struct Bare {
    head: String,
    texts: String,
    zone: Zone,
}

impl Bare {
    fn of(bytes: &[u8], event: &Event) -> Bare {
        let text = std::str::from_utf8(bytes).unwrap();
        let (head, events) = text.split_once("BEGIN:VEVENT").unwrap();
        let (event_text, _) = events.split_once("END:VEVENT").unwrap();
        let texts = &event_text[event_text.find("SUMMARY").unwrap()..];
        Bare { head: head.to_owned(), texts: texts.to_owned(), zone: event.zone.clone() }
    }

    fn write<W: Write>(&self, mut out: W, events: &[Event]) -> W {
        let utc = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ");
        let local = |at| self.zone.local(at).time.format("%Y%m%dT%H%M%S");
        let zone = self.zone.name();
        out.write_all(self.head.as_bytes()).unwrap();
        for event in events {
            write!(out, "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:{}\r\n", event.uid, utc(event.stamp)).unwrap();
            write!(out, "CREATED:{}\r\nLAST-MODIFIED:{}\r\n", utc(event.created), utc(event.modified)).unwrap();
            write!(out, "SEQUENCE:{}\r\nDTSTART;TZID={zone}:{}\r\n", event.sequence, local(event.start)).unwrap();
            write!(out, "DTEND;TZID={zone}:{}\r\n{}END:VEVENT\r\n", local(event.end), self.texts).unwrap();
        }
        out.write_all(b"END:VCALENDAR\r\n").unwrap();
        out
    }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let time = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..9).map(|_| time(&mut work)).min().unwrap()
}

fn told(name: &str, time: Duration, ours: Duration) {
    println!("{name:<16} {time:>9.2?}: convoca takes {:.2} times as long", ours.as_secs_f64() / time.as_secs_f64());
}

/// The most memory that the process had so far, in kB (Linux).
fn memory() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
