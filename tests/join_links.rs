//! The link of a call in every file that `build` writes: nowhere, unless the group publishes it.

mod support;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use support::{World, printed};

/// Every file below a folder, with what can be read in it.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path));
        } else if name.ends_with(".docx") {
            let mut text = String::new();
            let mut archive = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
            archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
            found.push((name, text));
        } else if !name.ends_with(".pdf") {
            found.push((name, fs::read_to_string(&path).unwrap().replace("\r\n ", "")));
        }
    }
    found
}

fn built(world: &World) -> Vec<(String, String)> {
    let output = world.run(&["build", "--out", "out"]);
    assert!(output.status.success(), "{}", printed(&output));
    files(&world.folder.path().join("out"))
}

/// A programme in whose every text somebody wrote the link.
fn careless() -> World {
    let world = World::new();
    let link = "https://meet.example.org/abc";
    let text =
        format!("place = {{ es = \"En {link}\", en = \"At {link}\" }}\nobjective = {{ es = \"({link})\", en = \"x\" }}\ntitle =");
    world.edit("1.toml", "title = { es = \"Sesión", &format!("{text} {{ es = \"Sesión"));
    world.edit("1.toml", "\"Apertura\"", &format!("\"Apertura: {link}\""));
    let section = format!(
        "[[sections]]\nid = \"a\"\ntitle = {{ es = \"A\", en = \"A\" }}\ntext = {{ es = \"[Aquí]({link})\", en = \"{link}\" }}\n"
    );
    world.write("concept-note.toml", &format!("title = {{ es = \"Nota\", en = \"Note\" }}\n{section}"));
    world
}

#[test]
fn no_published_file_holds_it() {
    let files = built(&careless());
    assert!(files.len() > 20);
    for (name, text) in &files {
        // Letters and own calendars go to one person.
        assert!(name.contains("/private/") || !text.contains("meet.example.org/abc"), "{name}");
    }
    let own: Vec<_> = files.iter().filter(|(name, _)| name.contains("/private/") && name.ends_with(".ics")).collect();
    assert!(!own.is_empty());
    for (name, text) in own {
        assert!(
            text.contains("CONFERENCE") && text.contains("Enlace para conectarse: https://meet.example.org/abc")
                || text.contains("Join at: https://meet.example.org/abc"),
            "{name}: {text}"
        );
        assert!(
            text.contains("(enlace en la invitación)") || text.contains("(link in the invitation)"),
            "what was written elsewhere: {name}"
        );
    }
    assert!(files.iter().any(|(name, text)| name.ends_with("agenda-1-one.html") && text.contains("(enlace en la invitación)")));
}

#[test]
fn where_it_is_published_it_stands_in_agenda_programme_calendar_and_json() {
    let world = World::new();
    world.edit("group.toml", "domain =", "publish-join-link = true\ndomain =");
    let files = built(&world);
    for name in [
        "public/es/agenda-1-one.html",
        "public/es/agenda-1-one.docx",
        "public/es/programa.md",
        "public/en/programme.txt",
        "public/es/agenda-1-one.ics",
        "public/programme.json",
    ] {
        let (_, text) = files.iter().find(|(path, _)| path.ends_with(name)).unwrap();
        assert!(text.contains("https://meet.example.org/abc"), "{name}");
    }
}

#[test]
fn the_invitation_keeps_it_and_check_names_every_text() {
    let world = careless();
    world.run(&["invite", "write", "mails"]);
    let calendar = fs::read_to_string(world.folder.path().join("mails/one/panama-request.ics")).unwrap().replace("\r\n ", "");
    assert!(calendar.contains("At https://meet.example.org/abc – https://meet.example.org/abc"), "{calendar}");
    let output = world.run(&["check"]);
    assert_eq!(printed(&output).matches("warning[exposed-link]").count(), 4, "{}", printed(&output));
}
