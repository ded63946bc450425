//! Calendars come back as the sessions and items that they tell.

use chrono::NaiveDate;
use convoca_core::locale::Lang;
use convoca_import::{Import, import, write::Request};

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn read(text: &str) -> Import {
    let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let request = Request { lang: Lang::Es, today, from: "sesion.ics", zone: None, programme: None };
    import(text.as_bytes(), &request).unwrap()
}

fn items(import: &Import) -> Vec<String> {
    let clock = |clock: Option<convoca_import::agenda::Clock>| clock.map(|clock| clock.to_string()).unwrap_or_default();
    let sessions = import.imported.sessions.iter();
    sessions
        .flat_map(|session| session.items.iter().map(move |item| (session.date, item)))
        .map(|(date, item)| format!("{} {}–{} {}", date.unwrap_or_default(), clock(item.start), clock(item.end), item.title))
        .collect()
}

#[test]
fn an_agenda_in_the_description_is_the_session() {
    let event = "BEGIN:VEVENT\r\nDTSTART;TZID=America/Guatemala:20270528T100000\r\nDTEND;TZID=America/Guatemala:20270528T113000\r\n\
        SUMMARY;LANGUAGE=es:Red de Prueba: Sesión 2 – Ciudades ve\r\n cinas\r\n\
        DESCRIPTION:10:00 Guatemala · 11:00 Panamá\\n\\nAgenda:\\n10:00–10:05 Apertura — Ana Ruiz\\n10:05–11:30 Debate\\, con preguntas\r\n\
        BEGIN:VALARM\r\nDESCRIPTION:9:45 Aviso\r\nEND:VALARM\r\nEND:VEVENT\r\n";
    let import = read(&calendar(event));
    let session = &import.imported.sessions[0];
    assert_eq!((session.number, session.title.as_deref()), (Some(2), Some("Ciudades vecinas")));
    assert_eq!(items(&import).len(), 2, "{:?}", items(&import));
    assert!(items(&import)[0].starts_with("2027-05-28 10:00–10:05 Apertura"), "{:?}", items(&import));
    assert_eq!(items(&import)[1], "2027-05-28 10:05–11:30 Debate, con preguntas");
}

#[test]
fn events_of_a_day_are_its_items_by_the_clocks_of_the_meeting() {
    let events = "X-WR-TIMEZONE:America/Panama\r\nBEGIN:VEVENT\r\nDTSTART:20270528T140000Z\r\nDTEND:20270528T143000Z\r\nSUMMARY:Apertura\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20270528T143000Z\r\nDTEND:20270528T160000Z\r\nSUMMARY:Debate\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20270528T160000Z\r\nSUMMARY:Anulado\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n";
    assert_eq!(items(&read(&calendar(events))), ["2027-05-28 09:00–09:30 Apertura", "2027-05-28 09:30–11:00 Debate"]);
    let homeless = calendar(&events.replace("X-WR-TIMEZONE:America/Panama\r\n", ""));
    let why = convoca_import::source::read("a.ics", homeless.as_bytes()).unwrap_err();
    assert!(why.es.contains("UTC") && why.en.contains("UTC"));
}
