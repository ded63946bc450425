//! What a clerk does with nothing but the README at hand.

mod common;

use std::fs;

use common::{Run, Workspace};

const TODAY: [&str; 2] = ["--today", "2027-01-07"];

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
