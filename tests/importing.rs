//! A concept note becomes a programme, and the checks then name what is wrong in it.

mod common;

use std::fs;

use common::{Run, Workspace};
use serde_json::Value;

const NOTE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/concept-note.txt");

fn imported() -> (Workspace, Value) {
    let workspace = Workspace::empty();
    let run = workspace.convoca("en", &["import", NOTE, "--format", "json", "--today", "2027-03-04"]);
    assert_eq!(run.status, Some(1), "a zone is for a person to settle: {run:?}");
    (workspace, serde_json::from_str(&run.stdout).unwrap())
}

#[test]
fn every_item_of_the_note_arrives_with_what_is_said_of_it() {
    let (_, report) = imported();
    let sessions = report["sessions"].as_array().unwrap();
    let told: Vec<String> = sessions
        .iter()
        .flat_map(|session| session["slots"].as_array().unwrap().iter().map(move |slot| (session, slot)))
        .map(|(session, slot)| {
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            format!(
                "{} {}–{} {} {}",
                text(&session["date"]),
                text(&slot["start"]),
                text(&slot["end"]),
                slot["minutes"],
                text(&slot["title"])
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2027-05-04 10:00–10:05 5 Opening remarks",
            "2027-05-04 10:05–11:15 40 What the towns have tried, with United Cities and Local Governments (UCLG)",
            "2027-05-04 10:45–11:15 30 Questions and answers",
            "2027-05-06 10:00–10:30 30 The form, line by line",
            "2027-05-06 10:30–11:00 30 Group 1 - What to ask",
            "2027-05-06 11:00–11:10 10 Closing remarks",
        ]
    );
    assert_eq!(sessions[1]["slots"][1]["groups"][0], "Group 2 - Who keeps it");
    assert!(sessions[0]["slots"][1]["tbc"] == true && sessions[1]["slots"][2]["tbc"] == true);
    assert_eq!(report["left"].as_array().unwrap().len(), 0, "{report:#}");
}

#[test]
fn the_checks_name_the_faults_of_the_note() {
    let (workspace, _) = imported();
    let run = workspace.convoca("en", &["check", "--format", "json", "--today", "2027-03-04"]);
    let told: Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<(&str, &str)> = told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["check"].as_str().unwrap(), finding["message"].as_str().unwrap()))
        .collect();
    for (check, words) in [
        ("slot-overlap", "the item ends at 11:15 and overlaps the next one"), // though no zone is known
        ("section-number", "II is used twice"),
        ("one-party-two-names", "`CGLU` and `uclg` are one party"),
        ("missing-key", "`time-zone`"),
    ] {
        assert!(found.iter().any(|(own, message)| *own == check && message.contains(words)), "{check}: {found:#?}");
    }
    assert!(found.iter().all(|(check, _)| !matches!(*check, "unknown-key" | "wrong-value" | "syntax")), "{found:#?}");
}

#[test]
fn a_second_import_leaves_what_was_edited_and_tells_the_differences() {
    let (workspace, _) = imported();
    let path = workspace.sessions().join("1-what-the-towns-have-tried.toml");
    let edited = fs::read_to_string(&path)
        .unwrap()
        .replace("end = \"11:15\"\nminutes = 40", "end = \"10:45\"  # as agreed by telephone\nminutes = 40");
    fs::write(&path, &edited).unwrap();
    let again = workspace.convoca("en", &["import", NOTE, "--today", "2027-03-04"]);
    assert_eq!(again.status, Some(1), "{again:?}");
    assert!(
        again.stdout.contains("there already")
            && again.stdout.contains("the file says 10:05–10:45 (40 min), the document 10:05–11:15 (40 min)"),
        "{again:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
}

/// The file of the first session after the import of another agenda for it.
fn imported_again(agenda: &str, more: &[&str]) -> (Run, String) {
    let (workspace, _) = imported();
    let path = workspace.sessions().join("1-what-the-towns-have-tried.toml");
    let edited = fs::read_to_string(&path)
        .unwrap()
        .replace("end = \"11:15\"\nminutes = 40", "end = \"10:45\"  # as agreed by telephone\nminutes = 40")
        .replace("title = { en = \"Questions and answers\" }", "title = { en = \"Questions and answers\" }\nplace = \"Hall\"");
    fs::write(&path, &edited).unwrap();
    let agenda = workspace.path().join("agenda.txt").to_str().map(|path| fs::write(path, agenda).map(|()| path.to_owned()));
    let agenda = agenda.unwrap().unwrap();
    let run = workspace.convoca("en", &[&["import", &agenda, "--today", "2027-03-04"], more].concat());
    (run, fs::read_to_string(&path).unwrap())
}

const LATER: &str = "Session 1 – What the towns have tried (5 May 2027)

10.00-10.05am\tOpening remarks\tMunicipality of Puerto Alto, Guatemala\t5 min
10.05-10.15am\tA word from the river\tAna Ruiz\t10 min
10.15-11.15am\tWhat the towns have tried, with United Cities and Local Governments (UCLG)\tSpeakers TBC\t60 min
";

#[test]
fn differences_are_written_into_the_file_and_everything_else_in_it_stays() {
    let (run, text) = imported_again(LATER, &["--apply", "all"]);
    assert!(text.contains("date = 2027-05-05"), "{run:?}\n{text}");
    assert!(text.contains("start = \"10:15\"\nend = \"11:15\"  # as agreed by telephone\nminutes = 60"), "{text}");
    let new = text.find("A word from the river").expect("the new item");
    assert!(text.find("Opening remarks").unwrap() < new && new < text.find("What the towns have tried, with").unwrap(), "{text}");
    assert!(text.contains("title = { en = \"A word from the river\" }\nspeakers = [\"ana-ruiz\"]"), "{text}");
    // What only the file has may have been put there by somebody.
    assert!(text.contains("Questions and answers") && text.contains("place = \"Hall\""), "{text}");
    assert!(run.stdout.contains("person \"Ana Ruiz\": new to the group (written)"), "{run:?}");
}

#[test]
fn a_second_import_compares_the_prose_section_by_section_and_names_groups_to_enter() {
    let (workspace, _) = imported();
    let note = workspace.sessions().join("concept-note.toml");
    // What somebody wrote into the file stays, and what the document has anew is offered.
    let edited = fs::read_to_string(&note).unwrap().replace("Each town has learnt", "Every town has learnt")
        + "\n[[sections]]\nid = \"thanks\"\nnumber = 5\ntitle = { en = \"Thanks\" }\n";
    fs::write(&note, &edited).unwrap();
    let later = fs::read_to_string(NOTE)
        .unwrap()
        .replace("what the others have tried, and whom", "what the others tried, and whom")
        .replace(
            "Session 1 –",
            "IV. Money\n\nEach town pays for its own session, and the secretariat for the interpreters.\n\nSession 1 –",
        )
        .replace("11.00-11.10am", "\tGroup 3 - Who pays for it\t\t\n11.00-11.10am");
    let document = workspace.path().join("note.txt");
    fs::write(&document, later).unwrap();
    let run = |more: &[&str]| {
        let arguments = [&["import", document.to_str().unwrap(), "--today", "2027-03-04"], more].concat();
        workspace.convoca("en", &arguments)
    };
    let told = run(&[]);
    for words in [
        "section \"Background\": the file says \"… the same papers. Every town",
        "the document \"… the same papers. Each town has learnt",
        "section \"Deliverables\": the file says \"… what the others have tried, and",
        "+ section \"Money\": only in the document",
        "- section \"Thanks\": only in the file",
        "write `[[slots.groups]]` and below it `title = { en = \"Group 3 - Who pays for it\" }` under \"Group work\"",
    ] {
        assert!(told.stdout.contains(words), "{words}: {}", told.stdout);
    }
    assert!(!told.stdout.contains("section \"Participants\""), "{}", told.stdout);
    assert_eq!(fs::read_to_string(&note).unwrap(), edited);
    run(&["--apply", "all"]);
    let text = fs::read_to_string(&note).unwrap();
    assert!(text.contains("Each town has learnt") && text.contains("what the others tried, and whom"), "{text}");
    assert!(text.contains("Each town pays for its own session") && text.contains("title = { en = \"Thanks\" }"), "{text}");
    assert!(!run(&[]).stdout.contains("section \"Background\""));
}

#[test]
fn one_difference_is_written_by_its_number() {
    let (told, before) = imported_again(LATER, &["--apply", "1,99"]);
    assert!(told.status == Some(2) && told.stderr.contains("there is no difference 99"), "{told:?}");
    let (listed, untouched) = imported_again(LATER, &[]);
    let number = |words: &str| {
        let line = listed.stdout.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {listed:?}"));
        line.split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(before, untouched, "nothing is written where a number is wrong: {listed:?}");
    let (run, text) = imported_again(LATER, &["--apply", &number("\"Questions and answers\": only in the file")]);
    assert!(!text.contains("Questions and answers") && text.contains("date = 2027-05-04"), "{run:?}\n{text}");
}

#[test]
fn the_same_document_in_the_other_language_is_joined_to_the_first() {
    let workspace = Workspace::empty();
    let other = NOTE.replace("concept-note", "nota-conceptual");
    let run = workspace.convoca("es", &["import", &other, "--con", NOTE, "--today", "2027-03-04"]);
    assert_eq!(run.status, Some(1), "{run:?}");
    let text = |name: &str| fs::read_to_string(workspace.sessions().join(name)).unwrap_or_else(|_| panic!("{name}: {run:?}"));
    let session = text("1-lo-que-los-pueblos-han-intentado.toml");
    assert!(session.contains("title = { es = \"Palabras de apertura\", en = \"Opening remarks\" }"), "{session}");
    assert!(session.contains("en = \"To hear from each town what worked, what did not, and what it cost.\""), "{session}");
    assert!(session.contains("{ es = \"Ponentes\", en = \"Speakers\" }"), "{session}");
    let second = text("2-un-formulario-para-todos.toml");
    assert!(second.contains("{ es = \"Grupo 2 - Quién lo guarda\", en = \"Group 2 - Who keeps it\" }"), "{second}");
    let group = text("group.toml");
    assert!(group.contains("languages = [\"es\", \"en\"]"), "{group}");
    assert!(group.contains("name = { es = \"Municipalidad de Puerto Alto\", en = \"Municipality of Puerto Alto\" }"), "{group}");
    let note = text("concept-note.toml");
    assert!(
        note.contains("title = { es = \"Antecedentes\", en = \"Background\" }") && note.contains("The towns along"),
        "{note}"
    );
    // What the two say differently is for a person to settle.
    assert!(run.stdout.contains("el archivo dice 11:00–11:15 (15 min), el documento 11:00–11:10 (10 min)"), "{run:?}");
    let twice = Workspace::empty().convoca("es", &["import", NOTE, "--con", NOTE, "--today", "2027-03-04"]);
    assert!(twice.status == Some(2) && twice.stderr.contains("está en inglés, como el primero"), "{twice:?}");
}

/// A short agenda with a place for its zone.
const SHORT: &str = "Session 1 (3 May 2027)\n\n9:00 Opening\n9:30 Panel\n10:00 Close\n";

#[test]
fn a_zone_is_understood_by_the_name_of_a_place() {
    let workspace = Workspace::empty();
    fs::write(workspace.path().join("agenda.txt"), SHORT).unwrap();
    let import = |zone: &str| workspace.convoca("en", &["import", "agenda.txt", "--today", "2027-03-04", "--time-zone", zone]);
    let many = import("Canada");
    assert!(many.status == Some(2) && many.stderr.contains("America/Toronto"), "{many:?}");
    let none = import("Nowhere at all");
    assert!(none.status == Some(2) && none.stderr.contains("no time zone is called"), "{none:?}");
    let run = import("Guatemala");
    assert!(run.status == Some(0), "{run:?}");
    assert!(
        fs::read_to_string(workspace.path().join("sessions/group.toml")).unwrap().contains("time-zone = \"America/Guatemala\"")
    );
}

#[test]
fn who_is_listed_beside_the_agenda_comes_into_the_group() {
    let workspace = Workspace::empty();
    let lists = "\nParticipan:\n- Municipalidad de Ejemplo (Costa Rica)\n- Municipalidad de Modelo (Honduras)\n\n\
                 Contacto:\nRosa Prueba, gestora, rosa@example.org, tel. 2222-1010\n\nTraiga los datos de su municipalidad.\n";
    fs::write(workspace.path().join("agenda.txt"), format!("{SHORT}{lists}")).unwrap();
    let run = workspace.convoca("en", &["import", "agenda.txt", "--today", "2027-03-04", "--time-zone", "Guatemala"]);
    let group = fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    for wanted in
        ["[parties.ejemplo]", "country = \"CR\"", "[parties.modelo]", "[people.rosa-prueba]", "email = \"rosa@example.org\""]
    {
        assert!(group.contains(wanted), "{wanted}: {group}");
    }
    // What goes nowhere is told, and nobody who is listed is an item.
    assert!(run.stdout.contains("«Traiga los datos de su municipalidad.»") && run.stdout.contains("3 items"), "{run:?}");
}

#[test]
fn a_second_import_brings_the_zone_that_was_missing() {
    let workspace = Workspace::empty();
    fs::write(workspace.path().join("agenda.txt"), SHORT).unwrap();
    let first = ["import", "agenda.txt", "--today", "2027-03-04"];
    workspace.convoca("en", &first);
    let zoned = |zone: &str, more: &[&str]| {
        let run = workspace.convoca("en", &[&first[..], &["--time-zone", zone], more].concat());
        (run, fs::read_to_string(workspace.path().join("sessions/group.toml")).unwrap())
    };
    let (run, group) = zoned("Honduras", &[]);
    assert!(group.contains("\ntime-zone = \"America/Tegucigalpa\""), "{run:?}\n{group}");
    // Another than the group has is for a person to take.
    let (run, group) = zoned("Panama", &[]);
    assert!(run.stdout.contains("the file says America/Tegucigalpa"), "{run:?}");
    assert!(group.contains("America/Tegucigalpa"), "{group}");
    let (run, group) = zoned("Panama", &["--apply", "all"]);
    assert!(group.contains("\ntime-zone = \"America/Panama\""), "{run:?}\n{group}");
}

#[cfg(unix)]
#[test]
fn what_is_written_may_be_read_as_the_users_other_files() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::empty();
    fs::write(workspace.path().join("agenda.txt"), SHORT).unwrap();
    workspace.convoca("en", &["import", "agenda.txt", "--today", "2027-03-04"]);
    let mode = |name: &str| fs::metadata(workspace.path().join(name)).unwrap().permissions().mode();
    let usual = mode("agenda.txt");
    assert_eq!(mode("sessions/group.toml"), usual);
    let session = fs::read_dir(workspace.path().join("sessions")).unwrap().flatten().map(|own| own.path());
    let session = session.into_iter().find(|path| path.to_string_lossy().contains("1-")).unwrap();
    assert_eq!(fs::metadata(session).unwrap().permissions().mode(), usual);
}

#[test]
fn a_dry_run_writes_nothing_and_what_is_no_agenda_is_said() {
    let workspace = Workspace::empty();
    let dry = workspace.convoca("es", &["import", NOTE, "--dry-run", "--today", "2027-03-04"]);
    assert!(dry.status == Some(1) && dry.stdout.contains("se escribiría"), "{dry:?}");
    assert!(!workspace.sessions().exists());
    let picture = workspace.path().join("foto.pdf");
    fs::write(&picture, b"\x89PNG\r\n").unwrap();
    let refused = workspace.convoca("es", &["import", picture.to_str().unwrap()]);
    assert!(refused.status == Some(2) && refused.stderr.contains("OCR"), "{refused:?}");
    fs::write(&picture, "Una carta sin nada de eso.").unwrap();
    let empty = workspace.convoca("es", &["import", picture.to_str().unwrap()]);
    assert!(empty.status == Some(2) && empty.stderr.contains("no se encontró ninguna agenda"), "{empty:?}");
}
