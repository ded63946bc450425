//! What goes into a calendar for everybody, and what never does.

use super::*;
use crate::calendar::{Calendars, Pages, Revisions, calendar_of, programme_calendar, session_calendar};
use crate::diagnostics::Sources;
use crate::model::{Actor, Public};
use chrono::NaiveDate;

/// A programme of one session, with more keys for the group and for the session.
pub(in crate::calendar) fn programme(group: &str, session: &str) -> Programme {
    let mut sources = Sources::default();
    let head = "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\ncountries = ['GT', 'PA']\n\
                name = { es = 'Grupo', en = 'Group' }\n";
    sources.add("group.toml", format!("{head}{group}"));
    let zone = if session.contains("time-zone") { "" } else { "time-zone = 'America/Guatemala'\n" };
    let date = if session.contains("date =") { "" } else { "date = 2027-03-01\n" };
    let slot = "\n[[slots]]\nstart = 10:00\nend = 11:00\ntitle = { es = 'Marco', en = 'Framework' }\n";
    let slot = if session.contains("[[slots]]") { "" } else { slot };
    let first = "id = 'one'\nnumber = 1\ntitle = { es = 'Una', en = 'One' }\n";
    sources.add("1.toml", format!("{first}{zone}{date}{session}{slot}"));
    crate::check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap()
}

fn file(published: &Published) -> String {
    String::from_utf8(published.bytes().unwrap()).unwrap().replace("\r\n ", "")
}

fn spanish(group: &str, session: &str) -> String {
    file(&programme_calendar(&programme(group, session).public(), Lang::Es))
}

#[test]
fn a_party_s_calendar_has_the_agenda_by_its_own_clock() {
    let programme = programme("[parties.p]\nname = { es = 'P', en = 'P' }\ncountry = 'PA'\nmember = true", "").public();
    let text = |published: Published| published.events[0].description.clone();
    let own = text(calendar_of(&programme, &Actor::Party(crate::model::PartyId(0)), Lang::En));
    assert!(own.contains("Agenda (Panama time, UTC−5):\n11:00–12:00 "), "{own}");
    assert!(text(programme_calendar(&programme, Lang::En)).contains("Agenda (Guatemala time, UTC−6):\n10:00–11:00 "));
}

#[test]
fn the_summary_names_group_number_and_title() {
    assert!(spanish("", "").contains("SUMMARY;LANGUAGE=es:Grupo: Sesión 1 – Una\r\n"));
    assert!(spanish("short-name = { es = 'G', en = 'G' }", "").contains("SUMMARY;LANGUAGE=es:G: Sesión 1 – Una\r\n"));
}

#[test]
fn the_day_of_the_last_change_stands_for_the_clock() {
    let both = spanish("created = 2026-01-02", "revised = 2026-02-03\n");
    assert!(both.contains("DTSTAMP:20260203T000000Z") && both.contains("LAST-MODIFIED:20260203T000000Z"));
    assert!(both.contains("CREATED:20260102T000000Z"));
    assert!(spanish("created = 2026-01-02", "").contains("DTSTAMP:20260102T000000Z"));
    assert!(spanish("", "").contains("DTSTAMP:20270301T000000Z"), "its own day where nothing else is known");
    let mut noted = programme("", "");
    let date = NaiveDate::from_ymd_opt(2026, 5, 6);
    noted.concept_note = Some(crate::model::ConceptNote { date, texts: Default::default(), sections: Vec::new() });
    assert!(file(&programme_calendar(&noted.public(), Lang::Es)).contains("DTSTAMP:20260506T000000Z"));
}

#[test]
fn the_status_follows_the_session_and_a_cancelled_one_stays() {
    for (status, word, transp) in [
        ("draft", "TENTATIVE", "OPAQUE"),
        ("tentative", "TENTATIVE", "OPAQUE"),
        ("confirmed", "CONFIRMED", "OPAQUE"),
        ("cancelled", "CANCELLED", "TRANSPARENT"),
    ] {
        let file = spanish("", &format!("status = '{status}'\n"));
        assert!(file.contains(&format!("STATUS:{word}\r\nTRANSP:{transp}\r\n")));
    }
    let cancelled = spanish("", "status = 'cancelled'\n");
    assert!(cancelled.contains(":CANCELADA: Grupo: Sesión 1") && cancelled.contains("\":Esta sesión está cancelada.\\n"));
}

#[test]
fn an_organizer_only_where_the_group_has_one() {
    let file = spanish("", "");
    assert!(!file.contains("ORGANIZER") && !file.contains("METHOD"), "{file}");
    let file = spanish(
        "organizer = { party = 'tec', email = 'tec@example.org' }\n[parties.tec]\nname = { es = 'Equipo', en = 'Team' }",
        "",
    );
    assert!(file.contains("ORGANIZER;CN=Equipo:mailto:tec@example.org\r\n") && !file.contains("ATTENDEE"));
}

#[test]
fn no_join_link_and_no_address_of_a_person_goes_out() {
    let group = "[people.ana]\nname = 'Ana'\nemail = 'ana@example.org'";
    let session = "join-link = 'https://meet.example.org/x?a=1&b=2'\nmoderator = 'ana'\n\
                   place = { es = 'En https://meet.example.org/x?a=1&b=2', en = 'At https://meet.example.org/x?a=1&b=2' }\n\
                   objective = { es = 'Entre por https://meet.example.org/x?a=1&b=2', en = 'x' }\n";
    let published = programme_calendar(&programme(group, session).public(), Lang::Es);
    let file = file(&published);
    assert!(!file.contains("meet.example.org") && !file.contains("ana@"), "{file}");
    assert!(file.contains("LOCATION;LANGUAGE=es:En (enlace en la invitación)") && file.contains("Modera Ana"));
}

#[test]
fn a_join_link_that_the_group_publishes_stands_where_programs_look_for_it() {
    let session = "join-link = 'https://meet.example.org/x'\nplace = { es = 'Sala 1', en = 'Room 1' }\n";
    let public = "publish-join-link = true\n";
    for (group, session, published) in [
        (public, session.to_owned(), true),
        ("", format!("{session}{public}"), true),
        (public, format!("{session}publish-join-link = false\n"), false),
        (public, format!("{session}status = 'cancelled'\n"), false),
        ("", session.to_owned(), false),
    ] {
        let file = spanish(group, &session);
        assert_eq!(file.contains("LOCATION;LANGUAGE=es:Sala 1 – https://meet.example.org/x\r\n"), published);
        assert_eq!(file.contains("\r\nURL:https://meet.example.org/x\r\n"), published);
        assert_eq!(file.contains("Enlace para conectarse: https://meet.example.org/x"), published);
        assert!(published || !file.contains("meet.example.org"));
    }
}

#[test]
fn a_place_is_said_only_if_the_session_has_one() {
    assert!(!spanish("", "").contains("LOCATION"));
    assert!(spanish("", "place = { es = 'Sala 1', en = 'Room 1' }\n").contains("LOCATION;LANGUAGE=es:Sala 1\r\n"));
}

#[test]
fn a_session_whose_time_is_not_known_is_left_out_and_reported() {
    let programme = programme("", "\n[[slots]]\nstart = 10:00\ntitle = { es = 'Marco', en = 'Framework' }\n").public();
    let published = session_calendar(&programme, &programme.sessions[0], Lang::Es);
    assert!(published.events.is_empty());
    assert_eq!(published.notes[0].es, "Sesión 1 queda fuera del calendario: no se sabe su hora");
    assert!(matches!(published.bytes(), Err(Error::Refused(_))));
}

#[test]
fn a_zone_that_cannot_be_told_is_written_in_utc_and_reported() {
    let session = "date = 2022-10-29\ntime-zone = 'America/Mexico_City'\n\
                   [[slots]]\nstart = 23:00\nend = 04:00\ntitle = { es = 'Marco', en = 'Framework' }\n";
    let published = programme_calendar(&programme("", session).public(), Lang::Es);
    let file = file(&published);
    assert!(file.contains("DTSTART:20221030T040000Z\r\n") && !file.contains("TZID"), "{file}");
    assert!(published.notes[0].es.contains("America/Mexico_City"), "{:?}", published.notes);
}

#[test]
fn a_file_to_import_is_no_feed() {
    let programme = programme("", "").public();
    let file = file(&session_calendar(&programme, &programme.sessions[0], Lang::Es));
    assert!(!file.contains("X-WR-") && !file.contains("REFRESH") && !file.contains("\nNAME") && !file.contains("VALARM"));
}

#[test]
fn a_uid_comes_from_ids_and_domain_and_is_plain_ascii() {
    let mut plain = programme("", "");
    assert_eq!(uid(&plain, &plain.sessions[0]), "one@g.example.org");
    // Of what is published, another: who accepted an invitation keeps what they accepted.
    assert_eq!(public_uid(&plain, &plain.sessions[0]), "one.published@g.example.org");
    plain.group.domain = "panamá, ejemplo.org".into();
    assert_eq!(uid(&plain, &plain.sessions[0]), "one@g.panamaejemplo.org");
    plain.group.domain = "x".repeat(999);
    assert_eq!(uid(&plain, &plain.sessions[0]).len(), 255);
}

#[test]
fn the_same_programme_gives_the_same_bytes() {
    assert_eq!(spanish("", ""), spanish("", ""));
}

#[test]
fn spanish_is_tagged_as_that_of_the_presidency() {
    let presided = |country: &str| {
        let party = format!("[parties.c]\nname = {{ es = 'C', en = 'C' }}\ncountry = '{country}'");
        let programme = programme(&format!("presidency = 'c'\n{party}\n"), "");
        Lang::ALL.map(|lang| file(&programme_calendar(&programme.public(), lang)))
    };
    for country in ["GT", "PA"] {
        let [es, en] = presided(country);
        assert!(
            es.contains(&format!("SUMMARY;LANGUAGE=es-{country}:")) && es.contains(&format!("<html lang=\"es-{country}\">")),
            "{es}"
        );
        assert!(en.contains("SUMMARY;LANGUAGE=en-GB:"), "{en}");
    }
    assert!(spanish("", "").contains("SUMMARY;LANGUAGE=es:"));
}

/// With the page of each session on the web.
fn on_the_web(programme: &Public, lang: Lang) -> Published {
    let pages = Lang::ALL.map(|lang| (("one".to_owned(), lang), format!("https://example.org/{lang}/one.html")));
    Calendars::new(programme, &Revisions::default(), &Pages::from(pages)).programme(lang)
}

#[test]
fn an_event_leads_to_its_page_and_to_an_open_call() {
    let link = "join-link = 'https://meet.example.org/x'\n";
    let open = programme("publish-join-link = true\n", link).public();
    let published = file(&on_the_web(&open, Lang::Es));
    assert!(published.contains("\r\nURL:https://example.org/es/one.html\r\n"), "{published}");
    assert!(published.contains("\\n\\nPágina de la sesión: https://example.org/es/one.html\r\n"), "{published}");
    let conference = "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Conectarse a la sesión;LANGUAGE=es:https://meet.example.org/x\r\n";
    assert!(published.contains(conference), "{published}");
    let closed = file(&on_the_web(&programme("", link).public(), Lang::Es));
    assert!(!closed.contains("CONFERENCE") && !closed.contains("meet.example.org"), "{closed}");
    // Nobody is called to a session that does not take place; its page says so.
    let cancelled =
        file(&on_the_web(&programme("publish-join-link = true\n", &format!("{link}status = 'cancelled'\n")).public(), Lang::Es));
    assert!(!cancelled.contains("CONFERENCE") && cancelled.contains("URL:https://example.org/es/one.html"), "{cancelled}");
}

#[test]
fn documents_that_are_public_are_attached_once() {
    let documents = "documents = [{ title = { es = 'Nota', en = 'Note' }, link = 'https://example.org/nota.pdf' }]\n";
    let material = "{ title = { es = 'Nota', en = 'Note' }, link = 'https://example.org/nota.pdf' }";
    let other = "{ title = { es = 'Datos', en = 'Data' }, link = 'https://example.org/datos.pdf' }";
    let slot = format!(
        "\n[[slots]]\nstart = 10:00\nend = 11:00\ntitle = {{ es = 'Marco', en = 'Framework' }}\ndocuments = [{material}, {other}]\n"
    );
    let attached = |group: &str| {
        let file = spanish(group, &format!("{documents}{slot}"));
        file.lines().filter(|line| line.starts_with("ATTACH:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        attached("publish-join-link = true\n"),
        ["ATTACH:https://example.org/nota.pdf", "ATTACH:https://example.org/datos.pdf"]
    );
    // Those of a session are for who is invited, where its call is.
    assert_eq!(attached(""), ["ATTACH:https://example.org/nota.pdf", "ATTACH:https://example.org/datos.pdf"]);
}

#[test]
fn the_calendar_of_somebody_who_speaks_has_their_items() {
    let people = "[people.ana]\nname = 'Ana'\n[people.eva]\nname = 'Eva'\n[people.leo]\nname = 'Leo'\n";
    let slots = "moderator = 'leo'\n[[slots]]\nstart = 10:00\nend = 10:20\ntitle = { es = 'Marco', en = 'Framework' }\nspeakers = ['ana']\n\
                 [[slots]]\nstart = 10:20\nend = 10:40\ntitle = { es = 'Caso', en = 'Case' }\nspeakers = ['eva']\n\
                 [[slots]]\nstart = 10:40\nend = 11:00\ntitle = { es = 'Cierre', en = 'Closing' }\nspeakers = ['ana']\nmoderator = 'ana'\n";
    let programme = programme(people, slots).public();
    let of = |id: &str| {
        let published = calendar_of(&programme, &programme.group.actor(id).unwrap(), Lang::Es);
        assert!(published.bytes().is_ok());
        published.events
    };
    let ana = of("ana");
    let told = |event: &Event| {
        (event.uid.clone(), event.summary.clone(), event.start.format("%H:%M").to_string(), event.end.format("%H:%M").to_string())
    };
    let expected = |number: u32, title: &str, start: &str, end: &str| {
        (
            format!("one.ana.{number}.published@g.example.org"),
            format!("Grupo: {title} (Sesión 1)"),
            start.to_owned(),
            end.to_owned(),
        )
    };
    assert_eq!(
        ana.iter().map(told).collect::<Vec<_>>(),
        [expected(1, "Marco", "16:00", "16:20"), expected(2, "Cierre", "16:40", "17:00")]
    );
    assert!(
        ana[1].description.contains("Su participación:\n▶ 10:40–11:00 usted expone: Cierre\n▶ 10:40–11:00 usted modera: Cierre"),
        "{}",
        ana[1].description
    );
    assert!(ana[1].description.starts_with("10:40 Guatemala"), "{}", ana[1].description);
    assert_eq!(of("eva").len(), 1);
    // The whole session is a moderator's.
    let leo = of("leo");
    assert_eq!((leo.len(), leo[0].uid.as_str()), (1, "one.published@g.example.org"));
    assert!(leo[0].description.contains("usted modera la sesión"), "{}", leo[0].description);
}
