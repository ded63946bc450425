//! What goes into a calendar for everybody, and what never does.

use super::*;
use crate::diagnostics::Sources;
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
    assert!(
        cancelled.contains(":CANCELADA: Grupo: Sesión 1")
            && cancelled.contains("DESCRIPTION;LANGUAGE=es:Esta sesión está cancelada.\\n")
    );
}

#[test]
fn an_organizer_only_where_the_group_has_one() {
    assert!(!spanish("", "").contains("ORGANIZER"));
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
