//! How long the strict writer takes against a bare loop that neither folds nor escapes.
//! `cargo bench --bench calendar`; the aim is at most twice the loop.

use std::io::Write;
use std::time::{Duration, Instant};

use convoca::calendar::{Event, Method, Object, Organizer, Status, Timezones, Transparency};
use convoca::locale::Lang;
use convoca::time::Zone;

const EVENTS: u32 = 10_000;

fn event() -> Event {
    let stamp = "2022-09-30T00:00:00Z".parse().unwrap();
    Event {
        uid: "global-initiatives@mirps-local-governance.example.org".into(),
        stamp,
        modified: stamp,
        created: stamp,
        sequence: 0,
        start: "2022-10-27T16:00:00Z".parse().unwrap(),
        end: "2022-10-27T17:30:00Z".parse().unwrap(),
        zone: Zone::named("America/Guatemala").unwrap(),
        status: Status::Confirmed,
        transparency: Transparency::Busy,
        lang: Lang::Es,
        summary: "Sesión 1 – Iniciativas y marcos globales sobre gobernanza local".into(),
        description: "10:05–10:45 Llamado Global a la Acción Local, de Ciudades y Gobiernos Locales Unidos\n".repeat(12),
        html: None,
        location: Some("En línea".into()),
        url: None,
        conference: None,
        categories: vec!["Gobernanza".into()],
        organizer: Some(Organizer { name: "Secretaría Técnica".into(), email: "secretaria@example.org".into() }),
        attendees: Vec::new(),
        alarm: None,
    }
}

fn bare(out: &mut impl Write, event: &Event) {
    let Event { uid, summary, description, .. } = event;
    let local = |instant| event.zone.local(instant).time.format("%Y%m%dT%H%M%S");
    let utc = |instant: chrono::DateTime<chrono::Utc>| instant.format("%Y%m%dT%H%M%SZ").to_string();
    write!(out, "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{}\r\nCREATED:{}\r\n", utc(event.stamp), utc(event.created)).unwrap();
    write!(out, "LAST-MODIFIED:{}\r\nSEQUENCE:{}\r\n", utc(event.modified), event.sequence).unwrap();
    write!(out, "DTSTART;TZID={}:{}\r\n", event.zone.name(), local(event.start)).unwrap();
    write!(out, "DTEND;TZID={}:{}\r\n", event.zone.name(), local(event.end)).unwrap();
    write!(out, "SUMMARY;LANGUAGE=es-GT:{summary}\r\nDESCRIPTION;LANGUAGE=es-GT:{description}\r\n").unwrap();
    write!(out, "LOCATION;LANGUAGE=es-GT:{}\r\nSTATUS:CONFIRMED\r\n", event.location.as_deref().unwrap_or("")).unwrap();
    write!(out, "TRANSP:OPAQUE\r\nCATEGORIES;LANGUAGE=es-GT:{}\r\n", event.categories.concat()).unwrap();
    if let Some(Organizer { name, email }) = &event.organizer {
        write!(out, "ORGANIZER;CN={name}:mailto:{email}\r\nEND:VEVENT\r\n").unwrap();
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

fn main() {
    let event = event();
    let zones = Timezones::of([(&event.zone, event.start, event.end)]).told;
    let object = Object { method: Method::Publish, lang: Lang::Es, name: None, description: None, feed: None, zones };
    let ours = fastest(|| {
        object.write(std::io::sink(), (0..EVENTS).map(|_| &event)).unwrap();
    });
    let loops = fastest(|| {
        let mut out = std::io::BufWriter::new(std::io::sink());
        (0..EVENTS).for_each(|_| bare(&mut out, &event));
    });
    println!("{EVENTS} events: ours {ours:?}, a bare loop {loops:?}, ratio {:.2}", ours.as_secs_f64() / loops.as_secs_f64());
}
