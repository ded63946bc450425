//! What a clerk does with nothing but the README at hand.

mod common;

use std::fs;
use std::path::Path;

use common::{Run, Workspace, contents};

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

/// The word of a member's question about dates.
fn token(desk: &Workspace, member: &str) -> String {
    let mails = contents(&desk.path().join("encuesta"));
    let (_, mail) = mails.iter().find(|(path, _)| path.ends_with(format!("{member}.eml"))).expect("a mail for the member");
    let mail = mail_parser::MessageParser::default().parse(mail).unwrap();
    mail.subject().unwrap().rsplit('[').next().unwrap().trim_end_matches(']').to_owned()
}

fn answer(desk: &Workspace, name: &str, subject: &str, text: &str) {
    let mail = format!(
        "From: city@example.org\r\nTo: secretariat@example.org\r\nSubject: {subject}\r\nDate: Wed, 6 Jan 2027 10:00:00 -0600\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    fs::write(desk.path().join("recibidos").join(name), mail).unwrap();
}

#[test]
fn answers_in_words_about_dates_are_shown_with_the_command_that_records_them() {
    let desk = desk();
    fs::create_dir(desk.path().join("recibidos")).unwrap();
    let none = told(&desk, "es", &["respuestas", "--fechas", "city", "1 sí"]);
    assert!(none.status == Some(2) && none.stderr.contains("aún no se ha preguntado"), "{none:?}");
    let asked = told(&desk, "es", &["when", "--days", "abril de 2027", "--encuesta", "encuesta"]);
    assert_eq!(asked.status, Some(0), "{asked:?}");
    let word = token(&desk, "city");
    answer(&desk, "1.eml", &format!("Re: Fechas [{word}]"), "Las tres fechas nos sirven, gracias.");
    // Who is invited already answers the question about dates all the same.
    told(&desk, "es", &["respuestas", "--acepta", "city", "--sesion", "1"]);
    let shown = told(&desk, "es", &["respuestas", "recibidos"]).stdout;
    assert!(shown.contains("Las tres fechas nos sirven") && shown.contains("1 sobre las fechas, en palabras"), "{shown}");
    assert!(shown.contains("`convoca respuestas --fechas city \"1 sí, 2 si hace falta, 3 no\"`"), "{shown}");
    assert!(!shown.contains("--acepta") && !shown.contains("sobre otros asuntos"), "{shown}");
    // As they said it, or by telephone.
    for wrong in ["mañana", "1 sí, 4 no"] {
        let refused = told(&desk, "es", &["respuestas", "--fechas", "city", wrong]);
        assert!(refused.status == Some(2) && refused.stderr.contains("1 sí, 2 si hace falta, 3 no"), "{refused:?}");
    }
    let unasked = told(&desk, "es", &["respuestas", "--fechas", "unhcr", "1 sí"]);
    assert!(unasked.status == Some(2) && unasked.stderr.contains("no se le preguntó"), "{unasked:?}");
    let entered = told(&desk, "es", &["respuestas", "--fechas", "city", "1 sí, 2 no, 3 si hace falta"]).stdout;
    assert!(entered.contains("1 sí, 2 no, 3 si hace falta") && entered.contains("1 respuesta anotada"), "{entered}");
    let grid = told(&desk, "es", &["when", "--respuestas"]).stdout;
    assert!(grid.contains("1 sí") && grid.contains("1 si hace falta") && !grid.contains("aún sin respuesta"), "{grid}");
    let again = told(&desk, "es", &["respuestas", "recibidos"]).stdout;
    assert!(!again.contains("--fechas") && again.contains("1 ya conocida"), "what was entered since settles it: {again}");
    let changed = told(&desk, "en", &["replies", "--dates", "city", "all"]).stdout;
    assert!(changed.contains("1 yes, 2 yes, 3 yes"), "{changed}");
    // What says it so that a program understands is recorded, and counted.
    answer(&desk, "2.eml", &format!("1 no [{word}]"), "");
    let counted = told(&desk, "es", &["respuestas", "recibidos/2.eml"]).stdout;
    assert!(counted.contains("1 respuesta anotada"), "{counted}");
}

#[test]
fn what_a_list_of_contacts_holds_and_cannot_be_taken_is_said() {
    let workspace = desk();
    let list = workspace.path().join("contactos.csv");
    let rows = "Nombre,Correo\nPedro Ruiz,pedro@malo\nEva,eva(arroba)muni.gt\nMunicipalidad de Ejemplo,alcaldia@example.org\n\
                Secretaría Técnica,tecnica@example.org\nLuis Paz,luis@example.org; y otro@malo\nRosa,\n";
    fs::write(&list, rows).unwrap();
    let run = told(&workspace, "es", &["import", "contactos.csv"]);
    for (row, written) in [(2, "pedro@malo"), (3, "eva(arroba)muni.gt"), (6, "otro@malo")] {
        let line = format!("renglón {row}: «{written}» no es una dirección de correo");
        assert!(run.stdout.contains(&line), "{line}: {run:?}");
    }
    assert_eq!((run.stdout.matches("no es una dirección").count(), run.status), (3, Some(1)), "{run:?}");
    let group = fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    // A row that names an organisation is about it, whatever its column is called.
    assert!(!group.contains("[people.municipalidad") && !group.contains("[people.secretaria"), "{group}");
    assert!(run.stdout.contains("el grupo dice city@example.org, la lista alcaldia@example.org"), "{run:?}");
    let secretariat = group.split("[parties.secretariat]").nth(1).unwrap().split("\n[").next().unwrap();
    assert!(secretariat.contains("email = \"tecnica@example.org\""), "{group}");
}

const AGENDA: &str = "Session 1 – Opening (4 May 2027)\n\n10:00-10:10\tWelcome\tMunicipality of Puerto Alto\t10 min\n\
                      10:10-10:40\tWhat was done\tUNHCR\t30 min\n10:40-11:00\tQuestions\tAll participants\t20 min\n";

#[test]
fn the_numbers_shown_are_those_that_the_next_import_takes() {
    let workspace = Workspace::empty();
    let import = |text: &str, more: &[&str]| {
        fs::write(workspace.path().join("agenda.txt"), text).unwrap();
        workspace.convoca("es", &[&["import", "agenda.txt"], more, &TODAY].concat())
    };
    import(AGENDA, &[]);
    let later = AGENDA.replace("4 May", "5 May").replace("10:10-10:40", "10:10-10:30").replace("Welcome", "Words of welcome");
    let later = later.replace("30 min", "20 min").replace("10:40-11:00", "10:30-11:00").replace("20 min\n", "30 min\n");
    let listed = |run: &Run| -> Vec<(String, String)> {
        let lines = run.stdout.lines().filter_map(|line| line.trim().split_once(' '));
        let open = lines.filter(|(number, rest)| number.parse::<u32>().is_ok() && !rest.contains("(escrito)"));
        open.map(|(number, rest)| (number.to_owned(), rest.to_owned())).collect()
    };
    let first = import(&later, &[]);
    assert!(listed(&first).len() > 2, "{first:?}");
    let written = import(&later, &["--aplicar", "1"]);
    let left = listed(&written);
    assert!(written.stdout.contains("(escrito)") && left.len() + 1 == listed(&first).len(), "{written:?}");
    let next = import(&later, &["--sin-escribir"]);
    assert_eq!(listed(&next), left, "what is left stands under the numbers of the next time");
    let (number, what) = left.last().unwrap();
    let run = import(&later, &["--aplicar", number]);
    assert!(run.stdout.contains(&format!("{what} (escrito)")), "{what}: {run:?}");
}
