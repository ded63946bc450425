//! Agendas in the layouts that people print are written down as they stand, without a fault and without loss.

use chrono::NaiveDate;
use convoca::check;
use convoca::diagnostics::{Diagnostic, Level, Sources};
use convoca::examples::{base_files, check_files};
use convoca::locale::Lang;
use convoca::model::Programme;

/// A programme of one session, and what is found in it.
fn programme(session: &str) -> (Programme, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add("group.toml", base_files()[0].1);
    let head = "id = \"session\"\nnumber = 1\ndate = 2027-03-02\nmoderator = \"capital\"\ntitle = { es = \"Sesión\", en = \"Session\" }\n";
    sources.add("session.toml", format!("{head}{session}"));
    let checked = check(&sources, NaiveDate::from_ymd_opt(2027, 2, 26).unwrap());
    (checked.programme.unwrap(), checked.findings)
}

/// Its agenda, an item a line: hours as they are told, minutes where they are its own, title.
fn agenda(session: &str) -> Vec<String> {
    let (programme, findings) = programme(session);
    let errors: Vec<_> = findings.iter().filter(|finding| finding.level == Level::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let session = &programme.sessions[0];
    let line = |entry: &convoca::model::Entry<'_>| {
        let hours = entry
            .slot
            .hours()
            .map_or_else(|| "-".to_owned(), |hours| programme.group.item_hours(Lang::Es, &session.zone, &hours));
        let minutes = entry.slot.own_minutes().map_or_else(String::new, |minutes| format!(" {minutes}"));
        format!("{}{hours}{minutes} {}", "  ".repeat(entry.depth), entry.slot.title.get(Lang::Es))
    };
    session.agenda().iter().map(line).collect()
}

/// Items, each `keys | title`; one that is inside another begins with its table.
fn items(lines: &[&str]) -> String {
    let item = |line: &&str| {
        let (keys, title) = line.split_once('|').unwrap();
        let (table, keys) = match keys.split_once(':').filter(|(table, _)| table.starts_with("slots.")) {
            Some(inside) => inside,
            None => ("slots", keys),
        };
        let keys = keys.replace(", ", "\n");
        format!("[[{table}]]\n{keys}\ntitle = {{ es = \"{}\", en = \"x\" }}\n", title.trim())
    };
    lines.iter().map(item).collect()
}

#[test]
fn starts_alone_last_until_the_next_one() {
    let written = items(&[
        "start = '9.00' | Registro",
        "start = '09.30' | Palabras",
        "start = '10.15', break = true | Café",
        "start = '10.30' | Cierre",
    ]);
    assert_eq!(agenda(&format!("end = '11:00'\n{written}")), ["09:00 Registro", "09:30 Palabras", "10:15 Café", "10:30 Cierre"]);
    let (programme, findings) = programme(&format!("end = '11:00'\n{written}"));
    let times: Vec<_> = programme.sessions[0].slots.iter().map(|slot| slot.time.unwrap()).collect();
    assert_eq!(times.iter().map(|time| time.minutes()).collect::<Vec<_>>(), [30, 45, 15, 30]);
    assert!(times.iter().all(|time| time.end_inferred && !time.start_inferred));
    // That all but the break name nobody is told once.
    assert_eq!(findings.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["empty-slot"]);
}

#[test]
fn minutes_alone_follow_one_another() {
    let written = items(&[
        "minutes = 10 | Palabras",
        "minutes = 45 | Informe",
        "break = true, minutes = 15 | Café",
        "minutes = 20 | Preguntas",
    ]);
    let laid = ["(14:00) 10 Palabras", "(14:10) 45 Informe", "(14:55) 15 Café", "(15:10) 20 Preguntas"];
    assert_eq!(agenda(&format!("start = '14:00'\n{written}")), laid);
    // Nothing to follow: one finding, and nothing is guessed.
    let (programme, findings) = programme(&written);
    assert_eq!(findings.iter().filter(|finding| finding.check == "slot-time").count(), 1);
    assert!(programme.sessions[0].slots.iter().all(|slot| slot.time.is_none()));
    // What comes before a known hour is laid before it.
    let before = items(&["minutes = 10 | Palabras", "start = '10:00' | Informe"]);
    assert_eq!(agenda(&format!("end = '11:00'\n{before}")), ["(09:50) 10 Palabras", "10:00 Informe"]);
}

#[test]
fn hours_of_every_kind_stand_side_by_side() {
    let written = items(&[
        "start = '08:00', end = '08:30' | Inscripción",
        "start = '08:30', minutes = 20, approximate = true | Apertura",
        "minutes = 25 | Marco",
        "start = '09:30' | Plenaria",
        "slots.items: | Uno",
        "slots.items: minutes = 10 | Dos",
        "| Firma del acta",
        "start = '11:00' | Cierre",
    ]);
    assert_eq!(
        agenda(&format!("end = '11:30'\n{written}")),
        [
            "08:00–08:30 30 Inscripción",
            "hacia\u{a0}08:30–08:50 20 Apertura",
            "(08:50) 25 Marco",
            "09:30 Plenaria",
            "  - Uno",
            "  (10:50) 10 Dos",
            "- Firma del acta",
            "11:00 Cierre",
        ]
    );
}

#[test]
fn a_block_takes_its_hours_from_what_is_inside() {
    let written = items(&[
        "| Mañana",
        "slots.items: start = '09:00' | Primero",
        "slots.items: start = '10:00', end = '11:00' | Segundo",
        "| Tarde",
        "slots.items: start = '14:00', end = '15:00' | Tercero",
        "slots.items.items: | Detalle",
    ]);
    let told =
        ["- Mañana", "  09:00 Primero", "  10:00–11:00 60 Segundo", "- Tarde", "  14:00–15:00 60 Tercero", "    - Detalle"];
    assert_eq!(agenda(&written), told);
    let (programme, _) = programme(&written);
    assert_eq!(programme.sessions[0].slots[0].time.map(|time| time.minutes()), Some(120));
    // What is inside lies within it.
    let outside = items(&["start = '09:00', end = '10:00' | Bloque", "slots.items: start = '09:30', end = '10:30' | Parte"]);
    let (_, findings) = self::programme(&outside);
    assert!(findings.iter().any(|finding| finding.check == "slot-outside-session"), "{findings:#?}");
}

#[test]
fn what_is_parallel_clashes_with_nothing() {
    let tracks = items(&[
        "start = '09:00', end = '12:00', parallel = true | Registro",
        "start = '09:30', end = '10:30' | Sala A: uno",
        "parallel = true | Sala B: uno",
        "start = '10:30', end = '11:30' | Sala A: dos",
        "start = '10:30', end = '11:00', parallel = true | Sala B: dos",
        "start = '11:30', end = '12:30' | Grupos",
        "slots.groups: | Grupo 1",
        "slots.groups: minutes = 45 | Grupo 2",
    ]);
    assert_eq!(
        agenda(&tracks),
        [
            "09:00–12:00 180 Registro",
            "09:30–10:30 60 Sala A: uno",
            "(09:30) Sala B: uno",
            "10:30–11:30 60 Sala A: dos",
            "10:30–11:00 30 Sala B: dos",
            "11:30–12:30 60 Grupos",
            "  - Grupo 1",
            "  (11:30) 45 Grupo 2",
        ]
    );
    // Two that say nothing of the kind do clash, and so does one who is in two places.
    let (_, findings) = programme(&tracks.replace("parallel = true", ""));
    assert!(findings.iter().any(|finding| finding.check == "slot-overlap"));
    let (_, findings) = programme(&items(&[
        "start = '09:30', end = '10:30', speakers = ['port'] | Sala A",
        "parallel = true, speakers = ['port'] | Sala B",
    ]));
    assert!(findings.iter().any(|finding| finding.check == "double-booking"), "{findings:#?}");
}

#[test]
fn a_meeting_of_several_days_is_one_session() {
    let written = items(&[
        "start = '09:00', end = '17:00' | Visita",
        "date = 2027-03-03, start = '09:00' | Acuerdos",
        "minutes = 30 | Cierre",
    ]);
    assert_eq!(
        agenda(&format!("start = '09:00'\nend = '12:00'\n{written}")),
        ["09:00–17:00 480 Visita", "09:00 Acuerdos", "(11:30) 30 Cierre"]
    );
    let (programme, findings) = programme(&format!("start = '09:00'\nend = '12:00'\n{written}"));
    let (start, end) = programme.sessions[0].time().unwrap();
    assert_eq!((end - start).num_hours(), 27);
    assert!(findings.iter().all(|finding| finding.check == "empty-slot"), "{findings:#?}");
}

#[test]
fn an_end_that_nobody_knows_is_asked_for_once() {
    let (programme, findings) = programme(&items(&["start = '17:00' | Inauguración"]));
    assert_eq!(findings.iter().filter(|finding| finding.check == "open-end").count(), 0, "no hour but a start");
    assert!(programme.sessions[0].settled_time().is_none());
    let (programme, findings) = self::programme(&items(&["start = '16:00' | Registro", "start = '17:00' | Inauguración"]));
    assert_eq!(findings.iter().filter(|finding| finding.check == "open-end").count(), 1, "{findings:#?}");
    assert!(programme.sessions[0].settled_time().is_none());
}

/// What the pages show is without a fault, and shown as they say.
#[test]
fn the_pages_on_agendas_show_what_holds() {
    for page in [include_str!("../docs/agendas.md"), include_str!("../docs/agendas.es.md")] {
        let blocks: Vec<&str> = page.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
        assert!(blocks.len() >= 3);
        for block in blocks.into_iter().filter(|block| block.starts_with("id = ")) {
            let (_, findings) = check_files(&[("session.toml", block)]);
            assert!(findings.is_empty(), "{block}\n{findings:#?}");
        }
    }
}

#[test]
fn a_text_alone_is_enough_where_the_group_has_one_language() {
    let group = |languages: &str| base_files()[0].1.replace("countries", &format!("languages = {languages}\ncountries"));
    let session = "id = 'session'\nnumber = 1\ndate = 2027-03-02\nmoderator = 'capital'\ntitle = 'Sesión'\nobjective = 'Acordar **todo**'\n\
                   [[slots]]\nstart = '10:00'\nminutes = 20\ntitle = 'Palabras de apertura'\nspeakers = ['port']\n";
    let found = |languages: &str| {
        let group = group(languages);
        let (_, findings) = check_files(&[("group.toml", &group), ("session.toml", session)]);
        findings.iter().map(|finding| finding.check).collect::<Vec<_>>()
    };
    assert_eq!(found("['es']"), Vec::<&str>::new());
    assert_eq!(found("['es', 'en']"), ["missing-translation"; 3]);
    assert_eq!(found("['en', 'es']"), ["missing-translation"; 3]);
}

#[test]
fn names_are_taken_as_they_are_printed() {
    let spoken = |name: &str| {
        let (programme, findings) = programme(&items(&[&format!("start = '10:00', minutes = 5, speakers = [\"{name}\"] | Uno")]));
        let who = programme.sessions[0].slots[0].roles.first().map(|role| role.who.label(&programme.group, Lang::Es));
        (who, findings.iter().map(|finding| finding.check).filter(|check| *check != "empty-slot").collect::<Vec<_>>())
    };
    let as_written = |name: &str| (Some(name.to_owned()), vec!["unlisted-speaker"]);
    for name in ["Lic. Ana Ejemplo", "Red de Ciudades de Muestra"] {
        assert_eq!(spoken(name), as_written(name));
    }
    assert_eq!(spoken("Puerto"), (Some("Puerto".to_owned()), vec!["one-party-two-names"]));
    // One that is meant to be an id is not let pass.
    assert_eq!(spoken("prot"), (None, vec!["unknown-party"]));
}

#[test]
fn hours_announced_elsewhere_are_checked_by_the_rules_of_that_day() {
    // Guatemala is seven hours behind Madrid in winter, eight in summer.
    let found = |date: &str, hour: &str| {
        let session = format!(
            "id = 'session'\nnumber = 1\ndate = {date}\nstart = '10:00'\nend = '11:00'\nmoderator = 'capital'\n\
             title = {{ es = 'a', en = 'b' }}\nalso = [{{ time-zone = 'Europe/Madrid', start = '{hour}' }}]\n"
        );
        let (_, findings) = check_files(&[("session.toml", &session)]);
        findings.iter().filter(|finding| finding.check == "also-hour").count()
    };
    assert_eq!([found("2027-03-09", "17:00"), found("2027-03-09", "18:00")], [0, 1]);
    assert_eq!([found("2027-04-06", "17:00"), found("2027-04-06", "18:00")], [1, 0]);
}

#[test]
fn one_reason_is_told_once_of_hours_announced_elsewhere() {
    let also = |start: &str, there: &str, to: &str| {
        let item = format!(
            "[[slots]]\nstart = '{start}'\nend = '10:30'\nminutes = 30\ntitle = {{ es = 'a', en = 'b' }}\nparticipants = 'all'\n\
             also = [{{ time-zone = 'Europe/Madrid', start = '{there}', end = '{to}' }}]\n"
        );
        let (_, findings) = programme(&item);
        findings.into_iter().filter(|finding| finding.check != "unused-party").collect::<Vec<_>>()
    };
    // Both hours are by the rules of summer.
    let summer = also("10:00", "18:00", "18:30");
    assert_eq!(summer.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["also-hour"]);
    assert_eq!(
        summer[0].mends.iter().flat_map(|mend| &mend.edits).map(|edit| &*edit.text).collect::<Vec<_>>(),
        ["'17:00'", "'17:30'"]
    );
    // The item's own hour is wrong, which is told of itself.
    let own = also("10:10", "17:00", "17:30");
    assert_eq!(own.iter().map(|finding| finding.check).collect::<Vec<_>>(), ["slot-duration"]);
}
