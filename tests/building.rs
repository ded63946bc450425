//! `build` at any size, of a part, and again: what is written, what stays, and what goes.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use common::{Run, Workspace, contents, convoca, programme, run, shipped};

fn build(workspace: &Workspace, arguments: &[&str]) -> Run {
    let told = run(convoca("en").current_dir(workspace.path()).args(["build", "--today", "2022-10-03"]).args(arguments));
    assert_eq!(told.status, Some(0), "{told:?}");
    told
}

/// A small programme: what is set takes time in an unoptimised program.
fn small() -> Workspace {
    let workspace = Workspace { dir: tempfile::tempdir().unwrap() };
    programme::write(&workspace.sessions(), 2, 2, &["es", "en"]);
    workspace
}

fn out(workspace: &Workspace) -> PathBuf {
    workspace.path().join("out")
}

/// The files of a folder, with when each was written.
fn written(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let when = |(path, _): (PathBuf, Vec<u8>)| {
        let time = fs::metadata(folder.join(&path)).unwrap().modified().unwrap();
        (path, time)
    };
    contents(folder).into_iter().filter(|(path, _)| !path.ends_with(".convoca-files")).map(when).collect()
}

/// Those that were written anew in between.
fn anew(before: &BTreeMap<PathBuf, SystemTime>, after: &BTreeMap<PathBuf, SystemTime>) -> Vec<String> {
    let changed = after.iter().filter(|(path, time)| before.get(*path) != Some(time));
    changed.map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

#[test]
fn a_programme_is_found_by_the_folder_around_it_too() {
    let workspace = small();
    let told = |folder: &Path| run(convoca("en").args(["check", "--today", "2022-10-03", "--programme"]).arg(folder));
    let (inside, around) = (told(&workspace.sessions()), told(workspace.path()));
    assert_eq!((inside.status, around.status), (Some(0), Some(0)), "{around:?}");
    assert_eq!(inside.stdout, around.stdout);
    // What the folder itself holds comes first, though it be no programme yet.
    fs::write(workspace.path().join("group.toml"), "").unwrap();
    assert_eq!(told(workspace.path()).status, Some(1));
}

#[test]
fn a_hundred_sessions_are_built_with_ordinary_stacks() {
    let workspace = Workspace { dir: tempfile::tempdir().unwrap() };
    programme::write(&workspace.sessions(), 100, 10, &["es", "en"]);
    // Where one document was set on top of another's stack, half as many overflowed it.
    let format = if cfg!(feature = "pdf") { "pdf" } else { "docx" };
    let only = ["--only", "agenda,letters", "--format", format];
    let told = run(convoca("es").env_remove("RUST_MIN_STACK").current_dir(workspace.path()).arg("build").args(only));
    assert_eq!(told.status, Some(0), "{}", told.said());
    let files = contents(&out(&workspace)).into_iter().filter(|(path, _)| path.extension().is_some_and(|own| own == format));
    assert_eq!(files.count(), 2 * (100 + 10), "{}", told.said());
}

#[test]
fn a_part_is_built_and_the_rest_stays() {
    let workspace = small();
    build(&workspace, &[]);
    let (all, before) = (contents(&out(&workspace)), written(&out(&workspace)));
    // Another title changes nearly every document in English.
    let file = workspace.sessions().join("00002.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("Session 2", "The second")).unwrap();
    let told = build(&workspace, &["--only", "agenda", "--format", "md,html", "--session", "2"]);
    assert!(told.stdout.starts_with("1 session: 4 files in out/, 2 of them new or changed\n"), "{told:?}");
    let after = written(&out(&workspace));
    assert_eq!(anew(&before, &after), ["public/en/agenda-2-session-2.html", "public/en/agenda-2-session-2.md"]);
    assert_eq!(before.len(), after.len(), "the rest is there");

    // What stayed did not become current: the next build of all makes it, and finds its way back too.
    build(&workspace, &[]);
    let whole = contents(&out(&workspace));
    fs::remove_dir_all(out(&workspace)).unwrap();
    build(&workspace, &[]);
    assert_eq!(contents(&out(&workspace)), whole);
    fs::write(&file, text).unwrap();
    build(&workspace, &[]);
    // Calendars alone know that it was otherwise meanwhile: what they say now has the number after that.
    let is_back = |(path, _): &(PathBuf, Vec<u8>)| {
        path.extension().is_none_or(|ending| ending != "ics") && !path.ends_with(".convoca-files")
    };
    let but_calendars = |files: Vec<(PathBuf, Vec<u8>)>| files.into_iter().filter(is_back).collect::<Vec<_>>();
    assert!(but_calendars(contents(&out(&workspace))) == but_calendars(all), "another document is not what it was");
}

#[test]
fn a_part_that_cannot_be_made_is_not_left_as_if_it_were_current() {
    let workspace = small();
    fs::create_dir(workspace.path().join("templates")).unwrap();
    let own = workspace.path().join("templates/own.md.j2");
    fs::write(&own, "# Own\n").unwrap();
    build(&workspace, &[]);
    let before = written(&out(&workspace));
    fs::write(&own, "# {{ no.such }}\n").unwrap();
    let arguments = ["build", "--only", "own", "--format", "md,txt", "--out", "out"];
    let told = run(convoca("en").current_dir(workspace.path()).args(arguments));
    assert!(told.status == Some(1) && told.stdout.contains("out/public/en/own.*"), "{told:?}");
    let mut expected = before;
    for gone in ["public/en/own.md", "public/en/own.txt", "public/es/own.md", "public/es/own.txt"] {
        assert!(expected.remove(Path::new(gone)).is_some());
    }
    assert_eq!(written(&out(&workspace)), expected);
}

#[test]
fn only_what_changed_is_written() {
    let workspace = small();
    build(&workspace, &[]);
    let before = written(&out(&workspace));
    let told = build(&workspace, &[]);
    assert!(told.stdout.contains("files in out/, all as they were\n"), "{told:?}");
    assert_eq!(written(&out(&workspace)), before);

    let file = workspace.sessions().join("00002.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("en = 'Item 3'", "en = 'The third'")).unwrap();
    let told = build(&workspace, &[]);
    let changed = anew(&before, &written(&out(&workspace)));
    // A calendar has the number of its sessions in every language.
    let is_its_own = |path: &String| path.contains("/en/") || path.ends_with(".ics");
    let is_touched = |path: &String| path == "public/programme.json" || is_its_own(path) && !path.contains("agenda-1");
    assert!(changed.len() > 4 && changed.iter().all(is_touched), "{changed:?}");
    assert!(changed.iter().any(|path| path == "public/en/agenda-2-session-2.docx"), "{changed:?}");
    let number = changed.len();
    assert!(told.stdout.contains(&format!(", {number} of them new or changed\n")), "{told:?}");
    let built = contents(&out(&workspace));
    fs::remove_dir_all(out(&workspace)).unwrap();
    build(&workspace, &[]);
    assert_eq!(contents(&out(&workspace)), built, "as if all had been made anew");
}

#[test]
fn what_was_changed_or_removed_by_hand_is_made_again() {
    let workspace = small();
    build(&workspace, &[]);
    let built = contents(&out(&workspace));
    let note = out(&workspace).join("public/en/programme.docx");
    let bytes = fs::read(&note).unwrap();
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    for by_hand in [&changed[..], b"mine"] {
        fs::write(&note, by_hand).unwrap();
        fs::write(out(&workspace).join("public/es/programa.ics"), "mine").unwrap();
        fs::remove_file(out(&workspace).join("public/en/programme.html")).unwrap();
        let told = build(&workspace, &[]);
        assert!(told.stdout.contains("3 of them new or changed"), "{told:?}");
        let is_made = |(path, _): &(std::path::PathBuf, Vec<u8>)| !path.to_string_lossy().contains("private/edited");
        let made: Vec<_> = contents(&out(&workspace)).into_iter().filter(is_made).collect();
        assert_eq!(made, built);
    }
}

#[test]
fn a_list_of_an_earlier_version_or_a_damaged_one_is_no_hindrance() {
    let workspace = small();
    build(&workspace, &[]);
    let built = contents(&out(&workspace));
    let list = out(&workspace).join(".convoca-files");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(out(&workspace).join("public/en/old.md"), "old").unwrap();
    let paths: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    let old = format!("{}\npublic/en/old.md\n../sessions/group.toml\n", paths.join("\n"));
    for list_of_before in [&old[..], "\t\t\t\n\u{0}\n#", &text.replacen("# convoca", "# convoca 0.0", 1)] {
        fs::write(&list, list_of_before).unwrap();
        build(&workspace, &[]);
        assert_eq!(contents(&out(&workspace)), built);
        assert!(workspace.sessions().join("group.toml").exists(), "nothing beyond the folder is touched");
        assert!(!out(&workspace).join("public/en/old.md").exists());
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_that_is_not_as_it_should_be_is_told_each_time() {
    let workspace = small();
    fs::create_dir(workspace.path().join("templates")).unwrap();
    fs::write(workspace.path().join("templates/own.md.j2"), "# Own \u{13000}\n").unwrap();
    for _ in 0..2 {
        let told = build(&workspace, &["--only", "own"]);
        assert!(told.stdout.contains("warning[pdf]"), "{told:?}");
    }
}

#[test]
fn what_cannot_be_asked_for_is_told_in_both_languages() {
    let workspace = Workspace::of(&shipped());
    let told = |lang: &str, arguments: &[&str]| {
        let told = run(convoca(lang).current_dir(workspace.path()).arg("build").args(arguments));
        assert!(told.status == Some(2) && !out(&workspace).exists(), "{told:?}");
        told.stderr
    };
    assert_eq!(
        told("en", &["--only", "leters"]),
        "error: there is nothing called `leters` to write\nhelp: did you mean `letters`?\n"
    );
    assert_eq!(
        told("es", &["--solo", "xyz"]),
        "error: no hay nada que escribir llamado `xyz`\nayuda: hay: agenda, cartas, calendarios, nota, programa, datos\n"
    );
    assert!(told("en", &["--session", "9"]).starts_with("error: there is no session `9`\nhelp: "));
    assert!(told("en", &["--format", "doc"]).contains("did you mean `docx`?"));
    assert!(told("en", &["--only", "letters", "--session", "1"]).contains("leave out `--only` or `--session`"));
    assert!(told("es", &["--solo", "calendarios", "--formato", "docx"]).contains("no existe en ese formato"));
}

#[test]
fn findings_are_shown_as_they_are_asked_for() {
    let workspace = Workspace::of(&common::published());
    for arguments in [&["--findings", "json"][..], &["--format", "json"]] {
        let told = run(convoca("en").current_dir(workspace.path()).arg("build").args(arguments));
        assert!(told.status == Some(1) && told.stdout.starts_with('{'), "{told:?}");
    }
}
