//! What is written, where, and what is left alone.

mod common;
mod support;

use std::fs;

use common::contents;
use support::{World, printed};

/// What stands in the folder of a programme, but for what lies in `out`.
fn beside(world: &World, out: &str) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    contents(world.folder.path()).into_iter().filter(|(path, _)| !path.starts_with(out)).collect()
}

#[test]
fn no_identifier_leads_out_of_the_folder_draft_or_not() {
    let long = "x".repeat(300);
    let ids = ["../../../README", "../../../../../x", "/tmp/x", "a/b", "con", "nul.", "\u{202e}sop", &long, "..", "a\\\\b"];
    for id in ids {
        let world = World::new();
        fs::write(world.folder.path().join("README.md"), "mine").unwrap();
        let group = fs::read_to_string(world.folder.path().join("sessions/group.toml")).unwrap();
        let party = format!("[parties.\"{id}\"]\nname = {{ es = 'Una', en = 'One' }}\nmember = true\ncountry = 'GT'\n");
        let person = format!("[people.\"{id}\"]\nname = 'Ana'\n");
        world.write("group.toml", &format!("{group}{party}{person}"));
        world.edit("1.toml", "id = \"one\"", &format!("id = \"{id}\""));
        let before = beside(&world, "out");
        let output = world.run(&["build", "--draft", "--only", "letters,calendars,agenda", "--format", "ics,txt"]);
        assert_ne!(output.status.code(), Some(2), "{id}: {}", printed(&output));
        assert_eq!(beside(&world, "out"), before, "{id}");
        assert!(contents(&world.folder.path().join("out")).len() > 8, "{id}: the rest is written");
    }
}

/// A fresh programme, and the folder that it lies in.
fn world() -> (World, std::path::PathBuf) {
    let world = World::new();
    let folder = world.folder.path().to_owned();
    (world, folder)
}

const PAPERS: [&str; 5] = ["build", "--only", "letters,calendars,agenda,programme,data", "--format", "ics,txt,json"];

fn built(world: &World, out: &str) -> String {
    let output = world.run(&[&PAPERS[..], &["--out", out]].concat());
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

#[test]
fn no_command_writes_into_the_folder_of_another() {
    let (world, folder) = world();
    assert!(world.run(&["invite", "write", "mails"]).status.success());
    built(&world, "out");
    let before = contents(&folder);
    for (arguments, says) in [
        (&["build", "--out", "mails"][..], "`mails` holds what `convoca invite write` wrote; nothing of it was touched"),
        (&["invite", "write", "out"], "`out` holds what `convoca build` wrote; nothing of it was touched"),
    ] {
        let output = world.run(arguments);
        assert!(output.status.code() == Some(2) && printed(&output).contains(says), "{}", printed(&output));
        assert!(printed(&output).contains("help: name a folder of"), "{}", printed(&output));
        assert_eq!(contents(&folder), before);
    }
}

#[test]
fn what_a_person_put_there_stays() {
    let (world, folder) = world();
    fs::create_dir_all(folder.join("out/public/es/fotos")).unwrap();
    fs::create_dir_all(folder.join("out/vacia")).unwrap();
    let mine = ["out/notas.txt", "out/public/es/fotos/1.jpg", "out/private/es/cartas/mia.txt", "out/public/.nojekyll"];
    for path in mine {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), path).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../sessions", folder.join("out/public/enlace")).unwrap();
    for _ in 0..3 {
        built(&world, "out");
        mine.iter().for_each(|path| assert_eq!(fs::read_to_string(folder.join(path)).unwrap(), *path));
        assert!(folder.join("out/vacia").is_dir());
        #[cfg(unix)]
        assert!(folder.join("out/public/enlace").symlink_metadata().unwrap().is_symlink());
        // What is no more goes, and its folder with it.
        world.edit("1.toml", "speakers = [", "speakers = [ ");
    }
    assert!(folder.join("out/private/en/calendars").is_dir());
    world.edit("group.toml", "domain =", "languages = ['es']\ndomain =");
    assert!(world.run(&["build"]).status.success());
    assert!(!folder.join("out/private/en/calendars").exists() && !folder.join("out/public/en").exists());
    mine.iter().for_each(|path| assert!(folder.join(path).exists(), "{path}"));
}

#[test]
fn a_file_of_somebody_in_the_way_is_not_written_over() {
    let (world, folder) = world();
    fs::create_dir_all(folder.join("out/public/es")).unwrap();
    fs::write(folder.join("out/public/es/programa.txt"), "mine").unwrap();
    let before = contents(&folder);
    let output = world.speaking("es", &["build", "--format", "txt"]).output().unwrap();
    assert!(
        printed(&output).contains("`out/public/es/programa.txt` estorba: no lo hizo `convoca build`"),
        "{}",
        printed(&output)
    );
    assert_eq!((output.status.code(), contents(&folder)), (Some(2), before));
}

#[test]
fn what_a_person_changed_is_kept_when_it_is_made_anew() {
    let (world, folder) = world();
    built(&world, "out");
    fs::write(folder.join("out/public/es/programa.txt"), "changed by hand").unwrap();
    let told = built(&world, "out");
    let kept = "out/private/edited/public/es/programa.txt";
    assert!(told.contains(kept), "{told}");
    assert_eq!(fs::read_to_string(folder.join(kept)).unwrap(), "changed by hand");
    assert!(fs::read_to_string(folder.join("out/public/es/programa.txt")).unwrap().contains("Grupo"));
    // A second change does not take the place of the first.
    fs::write(folder.join("out/public/es/programa.txt"), "changed again").unwrap();
    assert!(built(&world, "out").contains("out/private/edited-2/public/es/programa.txt"));
    assert_eq!(fs::read_to_string(folder.join(kept)).unwrap(), "changed by hand");
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    use std::os::unix::fs::symlink;
    let (world, folder) = world();
    fs::create_dir(folder.join("victim")).unwrap();
    fs::write(folder.join("victim/a"), "mine").unwrap();
    built(&world, "out");
    // A line of the list through a link.
    symlink("../victim", folder.join("out/v")).unwrap();
    let list = folder.join("out/.convoca-files");
    fs::write(&list, fs::read_to_string(&list).unwrap() + "v/a\n").unwrap();
    built(&world, "out");
    assert_eq!(fs::read_to_string(folder.join("victim/a")).unwrap(), "mine");
    // A link where a folder of ours goes.
    fs::remove_dir_all(folder.join("out/public")).unwrap();
    symlink("../victim", folder.join("out/public")).unwrap();
    let output = world.run(&["build", "--format", "txt"]);
    assert!(output.status.code() == Some(2) && printed(&output).contains("`out/public` is in the way"), "{}", printed(&output));
    assert_eq!(contents(&folder.join("victim")).len(), 1);
    // The folder itself may be one.
    fs::create_dir(folder.join("elsewhere")).unwrap();
    symlink("elsewhere", folder.join("link")).unwrap();
    built(&world, "link");
    assert!(folder.join("link").symlink_metadata().unwrap().is_symlink() && folder.join("elsewhere/public").is_dir());
}

#[cfg(unix)]
#[test]
fn what_is_private_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (world, folder) = world();
    built(&world, "out");
    // As an earlier version left them.
    fs::set_permissions(folder.join("out/private/es/cartas/panama.txt"), fs::Permissions::from_mode(0o644)).ok();
    built(&world, "out");
    assert!(world.run(&["invite", "write", "mails"]).status.success());
    assert!(world.run(&["invite", "record", "mails"]).status.success());
    let mut folders = vec![folder.join("out/private"), folder.join("mails")];
    let mut seen = 0;
    while let Some(next) = folders.pop() {
        assert_eq!(fs::metadata(&next).unwrap().permissions().mode() & 0o777, 0o700, "{next:?}");
        for entry in fs::read_dir(&next).unwrap().flatten() {
            seen += 1;
            match entry.path().is_dir() {
                true => folders.push(entry.path()),
                false => assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path()),
            }
        }
    }
    assert!(seen > 20, "{seen}");
    let open = |path: &str| fs::metadata(folder.join(path)).unwrap().permissions().mode() & 0o044 == 0o044;
    assert!(open("out/public") && open("out/public/es/programa.txt"));
    assert_eq!(fs::metadata(folder.join("sessions/invitations.jsonl")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_a_killed_run_left_goes_with_the_next() {
    let (world, folder) = world();
    built(&world, "out");
    let before = contents(&folder);
    for left in [".convoca-Ab12cD/tree/private/es", "out/.convoca-000000/es", "sessions/.convoca-zzzzzz"] {
        fs::create_dir_all(folder.join(left)).unwrap();
        fs::write(folder.join(left).join("carta.txt"), "https://meet.example.org/abc").unwrap();
    }
    // Nobody's but a person's.
    fs::create_dir(folder.join(".convoca-notas-mias")).unwrap();
    world.edit("1.toml", "start = 10:00", "start = \"10:00 a.m.\"");
    assert!(printed(&world.run(&["check", "--fix"])).contains("1 mend made"));
    built(&world, "out");
    assert_eq!(contents(&folder).len(), before.len(), "{:?}", contents(&folder).iter().map(|file| &file.0).collect::<Vec<_>>());
    assert!(folder.join(".convoca-notas-mias").exists() && !folder.join("sessions/.convoca-zzzzzz").exists());
    assert!(!folder.join(".convoca-Ab12cD").exists() && !folder.join("out/.convoca-000000").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_told_to_stop_tidies_up() {
    let folder = tempfile::tempdir().unwrap();
    common::programme::write(&folder.path().join("sessions"), 40, 40, &["es", "en"]);
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut child = common::convoca("en").current_dir(folder.path()).arg("build").spawn().unwrap();
        let is_at_work = || {
            let aside = fs::read_dir(folder.path())
                .unwrap()
                .flatten()
                .find(|entry| entry.file_name().to_string_lossy().starts_with(".convoca-"));
            aside.is_some_and(|aside| contents(&aside.path()).len() > 3)
        };
        while !is_at_work() {
            assert!(child.try_wait().unwrap().is_none(), "the programme is too small for this test");
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["sessions"], "{signal}");
    }
}

#[test]
fn the_working_folder_itself_may_be_filled() {
    let (world, folder) = world();
    for _ in 0..2 {
        built(&world, ".");
        assert!(folder.join("public/es/programa.txt").exists() && folder.join("private/es").is_dir());
    }
    fs::write(folder.join("public/mine.txt"), "mine").unwrap();
    world.edit("1.toml", "Apertura", "Apertura solemne");
    built(&world, ".");
    assert!(fs::read_to_string(folder.join("public/es/agenda-1-one.txt")).unwrap().contains("solemne"));
    assert_eq!(fs::read_to_string(folder.join("public/mine.txt")).unwrap(), "mine");
    assert!(
        contents(&folder)
            .iter()
            .all(|(path, _)| !path.to_string_lossy().contains(".convoca-f") || path.ends_with(".convoca-files"))
    );
}

#[test]
fn builds_at_once_are_all_whole() {
    let (world, folder) = world();
    let children: Vec<_> = (0..4).map(|_| world.convoca(&PAPERS).spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", printed(&output));
    }
    let names: Vec<_> = contents(&folder).into_iter().map(|(path, _)| path).collect();
    assert!(names.iter().all(|path| path.starts_with("out") || path.starts_with("sessions")), "{names:?}");
    assert!(built(&world, "out").contains("all as they were"));
}

/// What of the invited must not be read by everybody, each with the text that brings it there.
const SECRETS: [(&str, &str, &str); 4] = [
    ("Apertura", "Escriba a PANAMA@example.org", "the address of Municipality of Panama"),
    ("Apertura", "Escriba a panama@\u{200b}example.org", "the address of Municipality of Panama"),
    ("Apertura", "La clave es Xy47Zk", "the code to enter Session 1"),
    ("Apertura", "El código 8123456", "the code to enter Session 1"),
];

#[test]
fn no_secret_is_published_in_any_format() {
    for (from, to, what) in SECRETS {
        for format in ["html", "md", "txt", "docx", "ics", "json,txt"] {
            let (world, folder) = world();
            world.edit("1.toml", "/abc\"", "/abc?pwd=Xy47Zk\"\nhow-to-join = { es = \"ID: 8123456\", en = \"ID: 8123456\" }");
            let name = if format == "ics" { "Sesión única" } else { from };
            world.edit("1.toml", name, to);
            let output = world.run(&["build", "--format", format]);
            let told = printed(&output);
            assert!(
                output.status.code() == Some(1) && told.contains("error[published-secret]") && told.contains(what),
                "{format}: {told}"
            );
            assert!(told.contains("1.toml:"), "{format}: {told}");
            assert!(!folder.join("out").exists(), "{format}");
        }
    }
    // In letters they stand, and the organizer's address stands everywhere.
    let (world, _) = world();
    world.edit("1.toml", "Apertura", "Escriba a secretaria@example.org");
    assert!(world.run(&["build", "--format", "txt,html"]).status.success());
}

#[test]
fn a_secret_in_a_template_is_found_and_one_that_became_one_too() {
    let (world, folder) = world();
    fs::create_dir(folder.join("templates")).unwrap();
    fs::write(folder.join("templates/own.md.j2"), "# Own\n\nuclg@example.org\n").unwrap();
    let output = world.run(&["build", "--format", "docx"]);
    assert!(printed(&output).contains("templates/own.md.j2:3"), "{}", printed(&output));
    fs::write(folder.join("templates/own.md.j2"), "# Own\n\nnueva@example.org\n").unwrap();
    assert!(world.run(&["build", "--format", "docx"]).status.success());
    let before = contents(&folder.join("out"));
    world.edit("group.toml", "uclg@example.org", "nueva@example.org");
    let output = world.run(&["build", "--format", "docx"]);
    assert!(output.status.code() == Some(1) && printed(&output).contains("public/en/own.docx"), "{}", printed(&output));
    assert_eq!(contents(&folder.join("out")), before);
}
