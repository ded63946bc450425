//! Lists of people go into the group: who is new, what is new of those that are there, and what contradicts.

mod common;

use std::fs;

use common::Workspace;
use convoca::project::Project;

const GROUP: &str = "id = \"g\"\nlanguages = [\"es\"]\ntime-zone = \"America/Guatemala\"\nname = { es = \"Grupo\" }\n\n\
                     [parties.upala]\nkind = \"municipality\"\nname = { es = \"Municipalidad de Upala\" }\n\n\
                     # La alcaldesa\n[people.ana-ruiz]\nname = \"Ana Ruiz\"\nemail = \"ana@example.org\"\n";

#[test]
fn people_of_a_list_go_into_the_group_and_doubles_are_told() {
    let workspace = Workspace::with_group(GROUP);
    let list = workspace.path().join("contactos.csv");
    let rows = "Nombre;Institución;Cargo;Correo electrónico;Idioma\n\
                Ana Ruiz;Municipalidad de Upala;Alcaldesa;ana.ruiz@example.org;español\n\
                Luis Paz;OIM;Oficial de programa;luis@example.org;inglés\n\
                Luís Pas;OIM;;otro@example.org;\n\
                Luis Paz;OIM;Oficial;luis@example.org;\n";
    fs::write(&list, rows).unwrap();
    let list = list.to_str().unwrap();
    let dry = workspace.convoca("es", &["import", list, "--dry-run"]);
    assert!(dry.stdout.contains("4 personas") && dry.stdout.contains("(se escribiría)"), "{dry:?}");
    let run = workspace.convoca("es", &["import", list]);
    let group = fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    assert!(group.starts_with(&GROUP[..GROUP.find("\n\n# La").unwrap()]), "{group}");
    let ana = "# La alcaldesa\n[people.ana-ruiz]\nname = \"Ana Ruiz\"\nparty = \"upala\"\nrole = { es = \"Alcaldesa\" }\nemail = \"ana@example.org\"\n";
    assert!(group.contains(ana), "{group}");
    assert!(group.contains("[people.luis-paz]\nname = \"Luis Paz\"\nparty = \"iom\""), "{group}");
    assert!(group.contains("language = \"en\"") && group.contains("Organización Internacional para las Migraciones"), "{group}");
    assert!(run.stdout.contains("el grupo dice ana@example.org, la lista ana.ruiz@example.org"), "{run:?}");
    assert!(
        run.stdout.contains("«Luis Paz» ya está en el renglón 3") && run.stdout.contains("¿«Luís Pas» es «Luis Paz»"),
        "{run:?}"
    );
    let check = workspace.convoca("es", &["check", "--format", "json"]);
    assert!(!check.stdout.contains("unknown-key") && !check.stdout.contains("\"syntax\""), "{check:?}");
    // A second time only what contradicts is left, and it is written by its number.
    let again = workspace.convoca("es", &["import", list, "--aplicar", "1"]);
    assert!(again.stdout.contains("(escrito)"), "{again:?}");
    assert!(fs::read_to_string(workspace.sessions().join("group.toml")).unwrap().contains("email = \"ana.ruiz@example.org\""));
    let nowhere = Workspace::empty().convoca("es", &["import", list]);
    assert!(nowhere.status == Some(2) && nowhere.stderr.contains("lista de personas"), "{nowhere:?}");
}

/// A list of so many people, each of an organisation of their own.
fn many(count: usize) -> String {
    let row = |n: usize| format!("Persona {n};Municipalidad {n};Cargo {n};p{n}@example.org\n");
    (0..count).fold("Nombre;Institución;Cargo;Correo electrónico\n".to_owned(), |rows, n| rows + &row(n))
}

#[test]
fn hundreds_of_people_are_put_in_at_once_each_with_what_is_said_of_them() {
    let workspace = Workspace::with_group(GROUP);
    let list = workspace.path().join("contactos.csv");
    // The id of one of them is in use by what the group does not call so.
    fs::write(&list, format!("{}Ana Ruiz;Municipalidad de Upala;Alcaldesa;nueva@example.org\n", many(400))).unwrap();
    let run = workspace.convoca("es", &["import", list.to_str().unwrap()]);
    assert!(run.stdout.contains("401 personas") && !run.stdout.contains("no se pudo"), "{run:?}");
    let group = fs::read_to_string(workspace.sessions().join("group.toml")).unwrap();
    for n in [0, 1, 399] {
        let party = format!("[parties.municipalidad-{n}]\nkind = \"municipality\"\nname = {{ es = \"Municipalidad {n}\" }}\n");
        let person = format!(
            "[people.persona-{n}]\nname = \"Persona {n}\"\nparty = \"municipalidad-{n}\"\nrole = {{ es = \"Cargo {n}\" }}\nemail = \"p{n}@example.org\"\n"
        );
        assert!(group.contains(&party) && group.contains(&person), "{n}: {group}");
    }
    assert!(group.contains("# La alcaldesa\n[people.ana-ruiz]\nname = \"Ana Ruiz\"\nparty = \"upala\"\n"), "{group}");
    assert_eq!(group.matches("[people.").count(), 401);
    let again = workspace.convoca("es", &["import", list.to_str().unwrap()]);
    assert_eq!(again.stdout.matches("nueva en el grupo").count(), 0, "{again:?}");
}

#[test]
fn whom_a_list_has_too_many_is_told() {
    let cards: String = (0..5002).map(|n| format!("BEGIN:VCARD\nFN:P{n}\nEMAIL:p{n}@example.org\nEND:VCARD\n")).collect();
    let list = convoca_import::contacts::read("x.vcf", cards.as_bytes()).unwrap();
    assert_eq!((list.contacts.len(), list.left), (5000, 2));
    let mut project = Project::default();
    project.set("sessions/group.toml", GROUP);
    let snapshot = project.snapshot(chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
    // The last alone: the others are not what is asked.
    let list = convoca_import::contacts::List { contacts: list.contacts[4999..].to_vec(), ..list };
    let people = convoca_import::contacts::merged(&list, &snapshot.programme().unwrap().group);
    assert!(
        people.notes.iter().any(|note| note.line == 19_997 && note.what.en.starts_with("2 more behind this one")),
        "{people:?}"
    );
}
