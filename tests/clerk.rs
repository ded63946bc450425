//! What a clerk does with nothing but the README at hand.

mod common;

use std::fs;
use std::path::Path;

use common::{Run, Workspace};

const TODAY: [&str; 2] = ["--today", "2027-01-07"];

/// A programme of two sessions, on Tuesdays 2 and 16 March 2027, whose members are invited.
fn desk() -> Workspace {
    Workspace::of(&Path::new(common::ROOT).join("tests/fixtures/answers/desk"))
}

fn told(workspace: &Workspace, lang: &str, arguments: &[&str]) -> Run {
    workspace.convoca(lang, &[arguments, &TODAY].concat())
}

const GROUP: &str = "id = 'grupo'\nidiomas = ['es']\nzona-horaria = 'America/Guatemala'\npaises = ['GT']\npresidencia = 'ciudad'\n\
                     nombre = { es = 'Grupo' }\n[organizaciones.ciudad]\npais = 'GT'\nmiembro = true\nnombre = { es = 'Ciudad' }\n";

const SPANISH: &str = "id = 'uno'\nnumero = 1\nfecha = 2027-03-02\nmodera = 'ciudad'\ntitulo.es = 'Sesión'\n\n\
                       [[puntos]] # el primero\ninicio = '10:00'\nminutos = 30\ntitulo = { es = 'Uno' }\nponentes = ['ciudad']\n\n\
                       [[puntos.grupos]]\ntitulo = { es = 'A' }\n\n[[puntos.grupos]]\ntitulo = { es = 'B' }\n\n\
                       [[puntos]]\ninicio = '10:30'\nminutos = 30\ntitulo.es = 'Dos'\nponentes = ['ciudad']\n\n\
                       [[puntos.grupos]]\ntitulo = { es = 'C' }\n";

#[test]
fn a_file_in_spanish_is_content_and_a_mixed_one_is_mended_whole() {
    let workspace = Workspace::with_group(GROUP);
    workspace.write("1.toml", SPANISH);
    let agenda = told(&workspace, "es", &["agenda", "1"]).stdout;
    let check = told(&workspace, "es", &["check"]);
    assert!(!check.stdout.contains("clave"), "{}", check.stdout);
    told(&workspace, "es", &["check", "--fix"]);
    assert_eq!(fs::read_to_string(workspace.sessions().join("1.toml")).unwrap(), SPANISH, "nothing is to be mended");
    // Where both are mixed, every place of a key is written anew, or none.
    workspace.write("1.toml", SPANISH.replacen("numero", "number", 1));
    let check = told(&workspace, "es", &["check"]);
    assert!(check.stdout.contains("claves de este archivo llevan otro nombre"), "{}", check.stdout);
    told(&workspace, "es", &["check", "--fix"]);
    let text = fs::read_to_string(workspace.sessions().join("1.toml")).unwrap();
    assert_eq!((text.matches("[[slots]]").count(), text.matches("[[slots.groups]]").count()), (2, 3), "{text}");
    assert!(!text.contains("puntos") && !text.contains("titulo"), "{text}");
    assert_eq!(told(&workspace, "es", &["agenda", "1"]).stdout, agenda);
    assert!(!told(&workspace, "es", &["check"]).stdout.contains("clave"));
}

/// A mail of Ana's calendar that proposes another hour for the first session.
fn counter(start: &str, end: &str) -> String {
    format!(
        "From: Ana Example <ana@example.org>\r\nTo: secretariat@example.org\r\nSubject: Proposed\r\n\
         Date: Tue, 5 Jan 2027 12:00:01 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; charset=utf-8; method=COUNTER\r\n\r\n\
         BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nPRODID:x\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nATTENDEE;PARTSTAT=TENTATIVE:MAILTO:ana@example.org\r\n\
         UID:opening@my-group.example.org\r\nDTSTAMP:20270105T120000Z\r\nSEQUENCE:0\r\nDTSTART:{start}\r\nDTEND:{end}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn a_session_is_not_in_the_way_of_its_own_other_hour() {
    let desk = desk();
    fs::write(desk.path().join("otra.eml"), counter("20270302T190000Z", "20270302T200000Z")).unwrap();
    told(&desk, "es", &["respuestas", "otra.eml"]);
    let shown = told(&desk, "es", &["propuestas"]);
    assert!(shown.stdout.contains("2 de marzo de 2027, 13:00"), "{shown:?}");
    assert!(!shown.stdout.contains("ya tienen fecha") && !shown.stdout.contains("sesión 1 ("), "{}", shown.stdout);
    // That of another is, and it is named.
    fs::write(desk.path().join("otra.eml"), counter("20270316T190000Z", "20270316T200000Z").replace("T120000Z", "T120500Z"))
        .unwrap();
    told(&desk, "es", &["respuestas", "otra.eml"]);
    let shown = told(&desk, "es", &["propuestas"]);
    assert!(shown.stdout.contains("16 de marzo de 2027, 13:00"), "{shown:?}");
    assert!(shown.stdout.contains("ese día ya hay sesión: la sesión 2 (16 de marzo)"), "{}", shown.stdout);
}

#[test]
fn days_near_a_session_that_has_a_date_are_told_and_weigh() {
    let desk = desk();
    let week = told(&desk, "es", &["when", "--days", "2027-03-01..2027-03-05", "--proposals", "5", "--format", "json"]);
    assert!(week.stdout.contains("a 1 día de la sesión 1 (2 de marzo)"), "{}", week.stdout);
    assert!(week.stdout.contains("a 2 días de la sesión 1 (2 de marzo)"), "{}", week.stdout);
    assert!(week.stdout.find("\"2027-03-05\"") < week.stdout.find("\"2027-03-01\""), "the farthest first: {}", week.stdout);
    let none = told(&desk, "es", &["when", "--days", "2027-03-02..2027-03-02"]);
    assert!(none.stdout.contains("ese día ya hay sesión: la sesión 1 (2 de marzo)"), "{}", none.stdout);
    let english = told(&desk, "en", &["when", "--days", "2027-03-03..2027-03-04", "--apart", "3"]);
    assert!(english.stdout.contains("less than 3 days from session 1 (2 March)"), "{}", english.stdout);
}
