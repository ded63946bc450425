//! Whatever is in the folder, on the disk or at the other end of a pipe: a clear word with the path, in
//! both languages, the right exit status, nothing half-written, and never a panic.

mod common;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{BIN, Run, Workspace, contents, convoca, run, shipped};

/// Runs in both languages and holds that each says its words, with the exit status.
fn refused(workspace: &Workspace, arguments: &[&str], status: i32, path: &str, en: &str, es: &str) {
    for (lang, words) in [("en", en), ("es", es)] {
        let run = workspace.convoca(lang, arguments);
        sound(&run);
        assert_eq!(run.status, Some(status), "{lang}: {run:?}");
        assert!(run.said().contains(words), "{lang}: `{words}` is not in {}", run.said());
        assert!(run.said().contains(path), "{lang}: `{path}` is not in {}", run.said());
    }
}

/// No panic, and not killed.
fn sound(run: &Run) {
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert!(run.status.is_some(), "killed: {run:?}");
}

#[test]
fn a_missing_folder() {
    let workspace = Workspace::of(&shipped());
    let arguments = ["check", "--programme", "no-such"];
    refused(&workspace, &arguments, 2, "no-such", "it does not exist", "no existe");
    refused(&workspace, &["build", "--programme", "no-such"], 2, "no-such", "it does not exist", "no existe");
    assert!(!workspace.path().join("out").exists());
}

#[test]
fn a_folder_without_a_group_or_that_is_a_file() {
    let workspace = Workspace::of(&shipped());
    fs::remove_file(workspace.sessions().join("group.toml")).unwrap();
    refused(&workspace, &["check"], 2, "sessions", "there is no `group.toml`", "no hay `group.toml`");
    let arguments = ["check", "--programme", "sessions/concept-note.toml"];
    refused(&workspace, &arguments, 2, "concept-note.toml", "is a file", "es un archivo");
}

#[test]
fn a_folder_called_like_a_session() {
    let workspace = Workspace::of(&shipped());
    fs::create_dir(workspace.sessions().join("4-folder.toml")).unwrap();
    refused(&workspace, &["check"], 1, "sessions/4-folder.toml", "it is a folder", "es una carpeta");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let workspace = Workspace::of(&shipped());
    let path = workspace.sessions().join("1-global-initiatives.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::File::open(&path).is_ok() {
        eprintln!("not tested: this user may read every file");
        return;
    }
    refused(&workspace, &["check"], 1, "1-global-initiatives.toml", "permission denied", "no hay permiso");
}

#[cfg(unix)]
#[test]
fn links_that_lead_to_themselves_or_nowhere() {
    let workspace = Workspace::of(&shipped());
    std::os::unix::fs::symlink("4-loop.toml", workspace.sessions().join("4-loop.toml")).unwrap();
    refused(&workspace, &["check"], 1, "4-loop.toml", "leads back to itself", "lleva de vuelta a sí mismo");
    fs::remove_file(workspace.sessions().join("4-loop.toml")).unwrap();
    std::os::unix::fs::symlink("nowhere", workspace.sessions().join("4-nowhere.toml")).unwrap();
    refused(&workspace, &["check"], 1, "4-nowhere.toml", "it does not exist", "no existe");
    std::os::unix::fs::symlink("ring", workspace.path().join("ring")).unwrap();
    refused(&workspace, &["check", "--programme", "ring"], 2, "ring", "leads back to itself", "lleva de vuelta a sí mismo");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_does_not_hang_the_program() {
    let workspace = Workspace::of(&shipped());
    let made = Command::new("mkfifo").arg(workspace.sessions().join("4-pipe.toml")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("not tested: there is no mkfifo");
        return;
    }
    refused(&workspace, &["check"], 1, "4-pipe.toml", "it is not a file", "no es un archivo");
}

#[test]
fn text_that_is_damaged() {
    let workspace = Workspace::of(&shipped());
    // One letter of Windows-1252 among letters of UTF-8.
    workspace.write("4.toml", b"id = \"x\"\n# Sesi\xc3\xb3n en Panam\xe1\n");
    refused(&workspace, &["check"], 1, "sessions/4.toml", "not UTF-8 (line 2)", "no está en UTF-8 (renglón 2)");
    // Half a pair of UTF-16.
    workspace.write("4.toml", [0xff, 0xfe, b'i', 0, 0, 0xd8]);
    refused(&workspace, &["check"], 1, "sessions/4.toml", "its UTF-16 is damaged", "su UTF-16 está dañado");
}

#[test]
fn what_the_editors_of_windows_save_is_read_and_fixed() {
    let name = "1-global-initiatives.toml";
    let text = fs::read_to_string(shipped().join(name)).unwrap();
    let windows_1252: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'-')).collect();
    let plain: String = windows_1252.iter().map(|byte| char::from(*byte)).collect();
    let utf_16 = [0xfeff].into_iter().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [windows_1252, utf_16] {
        let workspace = Workspace::of(&shipped());
        workspace.write(name, bytes);
        let run = workspace.convoca("es", &["check", "--format", "json", "--today", "2022-10-03"]);
        sound(&run);
        assert_eq!((run.status, run.stdout.matches("\"other-encoding\"").count()), (Some(0), 1), "{run:?}");
        let run = workspace.convoca("es", &["check", "--fix", "--today", "2022-10-03"]);
        assert_eq!(run.status, Some(0), "{run:?}");
        assert!(!run.stdout.contains("other-encoding"), "{}", run.stdout);
        assert_eq!(fs::read_to_string(workspace.sessions().join(name)).unwrap(), plain);
    }
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let workspace = Workspace::of(&shipped());
    for name in ["group.toml", "1-global-initiatives.toml", "concept-note.toml"] {
        let text = fs::read_to_string(workspace.sessions().join(name)).unwrap();
        workspace.write(name, format!("\u{feff}{text}"));
    }
    let run = workspace.convoca("en", &["check"]);
    sound(&run);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(!run.stdout.contains("syntax"), "{}", run.stdout);
}

#[test]
fn fix_keeps_the_line_ends_and_the_byte_order_mark_of_other_systems() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let workspace = Workspace::of(&common::published());
    for (path, bytes) in contents(&workspace.sessions()) {
        workspace.write(path.to_str().unwrap(), windows(&String::from_utf8(bytes).unwrap()));
    }
    let run = workspace.convoca("es", &["check", "--fix", "--today", "2022-10-03"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    for (path, bytes) in contents(&shipped()) {
        let fixed = fs::read_to_string(workspace.sessions().join(&path)).unwrap();
        assert!(fixed == windows(&String::from_utf8(bytes).unwrap()), "{}", path.display());
    }
}

#[test]
fn an_empty_file_and_one_of_rubbish() {
    let workspace = Workspace::of(&shipped());
    workspace.write("4.toml", "");
    refused(&workspace, &["check"], 1, "sessions/4.toml", "it is empty", "está vacío");
    workspace.write("4.toml", "]]]]\0\u{1b}[31m = = \"\n".repeat(1000));
    refused(&workspace, &["check"], 1, "sessions/4.toml", "more syntax errors", "errores de sintaxis más");
    let run = workspace.convoca("en", &["check"]);
    assert!(!run.stdout.contains('\u{1b}'), "an escape of the file reaches the terminal");
}

#[test]
fn ten_megabytes_of_rubbish() {
    let workspace = Workspace::of(&shipped());
    workspace.write("4.toml", "x".repeat(10 * 1024 * 1024));
    refused(&workspace, &["check"], 1, "sessions/4.toml", "larger than 4 MiB", "pasa de 4 MiB");
}

#[test]
fn brackets_within_brackets() {
    let workspace = Workspace::of(&shipped());
    for opening in ["[", "{ a = ", "[[", "a."] {
        workspace.write("4.toml", format!("a = {}\n", opening.repeat(10_000)));
        let run = workspace.convoca("en", &["check"]);
        sound(&run);
        assert_eq!(run.status, Some(1), "{opening}");
        assert!(run.stdout.contains("sessions/4.toml"), "{opening}: {}", run.stdout);
        workspace.write("4.toml", format!("{}\n", opening.repeat(10_000)));
        sound(&workspace.convoca("en", &["check"]));
    }
    workspace.write("4.toml", format!("a = {}\n", "[".repeat(10_000)));
    let (en, es) = ("too many brackets within brackets", "demasiados corchetes dentro de corchetes");
    refused(&workspace, &["check"], 1, "sessions/4.toml", en, es);
}

#[test]
fn an_id_that_would_leave_the_folder() {
    let workspace = Workspace::of(&shipped());
    let text = fs::read_to_string(workspace.sessions().join("1-global-initiatives.toml")).unwrap();
    let path = "1-global-initiatives.toml";
    workspace.write(path, text.replace("id = \"global-initiatives\"", "id = \"../../x\""));
    refused(&workspace, &["check"], 1, path, "`../../x` cannot be an id", "`../../x` no puede ser un identificador");
    for arguments in [&["build"][..], &["build", "--draft"]] {
        assert_eq!(workspace.convoca("en", arguments).status, Some(1));
    }
    let written = contents(workspace.path());
    assert!(written.iter().all(|(path, _)| path.starts_with("sessions") || path.starts_with("out")), "{written:?}");
}

#[test]
fn an_output_folder_that_is_a_file() {
    let workspace = Workspace::of(&shipped());
    fs::write(workspace.path().join("taken"), "mine").unwrap();
    refused(&workspace, &["build", "--out", "taken"], 2, "taken", "cannot write", "no se puede escribir");
    assert_eq!(fs::read_to_string(workspace.path().join("taken")).unwrap(), "mine");
}

#[test]
fn a_folder_where_a_file_should_go_leaves_the_earlier_build_whole() {
    let workspace = Workspace::of(&shipped());
    assert_eq!(workspace.convoca("en", &["build"]).status, Some(0));
    let out = workspace.path().join("out");
    fs::remove_file(out.join("public/programme.json")).unwrap();
    fs::create_dir_all(out.join("public/programme.json/inside")).unwrap();
    // Files that are written before it and after it.
    let others = ["public/en/concept-note.md", "public/es/programa.md"].map(|path| out.join(path));
    others.iter().for_each(|path| fs::write(path, "earlier").unwrap());
    refused(&workspace, &["build"], 2, "out/public/programme.json", "is in the way", "estorba");
    others.iter().for_each(|path| assert_eq!(fs::read_to_string(path).unwrap(), "earlier", "{path:?}"));
    assert!(left_aside(&out).is_empty(), "{:?}", left_aside(&out));
}

/// Files that a build put aside and did not take away.
fn left_aside(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".convoca-") && name != ".convoca-files").collect()
}

/// The program under a shell's limit on the size of what it writes, in blocks of 512 bytes: to it, a disk
/// that is full.
#[cfg(target_os = "linux")]
fn cramped(workspace: &Workspace, lang: &str, blocks: u32, arguments: &str) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{BIN}' {arguments}");
    let mut command = Command::new("sh");
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", lang).env("NO_COLOR", "1");
    run(command.args(["-c", &script]).current_dir(workspace.path()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_too_small_leaves_what_was_there() {
    let workspace = Workspace::of(&common::published());
    let before = contents(&workspace.sessions());
    for (lang, words) in [("en", "cannot write `sessions/1-global-initiatives.toml`"), ("es", "no se puede escribir `sessions/")]
    {
        let run = cramped(&workspace, lang, 1, "check --fix --today 2022-10-03");
        sound(&run);
        assert_eq!(run.status, Some(2), "{run:?}");
        assert!(run.stderr.contains(words), "{run:?}");
        assert!(contents(&workspace.sessions()) == before, "a source was changed");
    }
    let workspace = Workspace::of(&shipped());
    assert_eq!(workspace.convoca("en", &["build"]).status, Some(0));
    let before = contents(workspace.path());
    let run = cramped(&workspace, "es", 16, "build --draft");
    sound(&run);
    assert_eq!(run.status, Some(2), "{run:?}");
    assert!(run.stderr.contains("no se puede escribir `out/"), "{run:?}");
    assert!(contents(workspace.path()) == before, "a failed build changed the folder");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output() {
    let workspace = Workspace::of(&shipped());
    for arguments in [&["check"][..], &["explain", "--all"], &["agenda"], &["schema", "group"], &["build"], &["--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = convoca("es").current_dir(workspace.path()).args(arguments).stdout(full).output().unwrap();
        let run = Run::of(output);
        sound(&run);
        assert_eq!(run.status, Some(2), "{arguments:?}: {run:?}");
        assert!(run.stderr.contains("el disco está lleno"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_reader_who_has_seen_enough() {
    let workspace = Workspace::of(&shipped());
    let commands = [
        &["check", "--format", "sarif"][..],
        &["explain", "--all"],
        &["agenda"],
        &["schema", "programme"],
        &["build"],
        &["init", "new"],
        &["--help"],
        &["--version"],
    ];
    for arguments in commands {
        let mut command = convoca("en");
        command.current_dir(workspace.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert_eq!(said, "", "{arguments:?}");
        assert_eq!(status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn nobody_reads_the_errors() {
    let workspace = Workspace::of(&shipped());
    for arguments in [&["check", "--programme", "no-such"][..], &["chek"]] {
        let mut command = convoca("en");
        command.current_dir(workspace.path()).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(2), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let workspace = Workspace::of(&shipped());
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9");
    common::copy(&workspace.sessions(), &workspace.path().join(odd));
    let of_odd = |command: &str| run(convoca("es").current_dir(workspace.path()).args([command, "--programme"]).arg(odd));
    sound(&of_odd("check"));
    assert_eq!(of_odd("check").status, Some(0), "{:?}", of_odd("check"));
    let refused = run(convoca("es").current_dir(workspace.path()).arg("explain").arg(odd));
    sound(&refused);
    assert_eq!(refused.status, Some(2));
    assert!(refused.stderr.contains("UTF-8"), "{refused:?}");
}

#[test]
fn what_people_write_is_read_with_one_warning_each_and_fixed() {
    let workspace = Workspace::of(&shipped());
    let name = "1-global-initiatives.toml";
    let text = fs::read_to_string(workspace.sessions().join(name)).unwrap();
    let typed = text
        .replacen("date = 2022-10-27", "date = jueves 27 de octubre de 2022", 1)
        .replacen("start = \"10:00\"", "start = 10:00 a.m.", 1)
        .replacen("start = \"10:05\"", "start\u{a0}= \"10h05\"", 1)
        .replacen("title = { es = \"", "title = { es = “", 1)
        .replacen("\", en = ", "”, en = ", 1);
    assert_ne!(text, typed);
    workspace.write(name, typed);
    let run = workspace.convoca("es", &["check", "--format", "json", "--today", "2022-10-03"]);
    sound(&run);
    assert_eq!(run.status, Some(0), "{run:?}");
    assert_eq!(run.stdout.matches("\"other-form\"").count(), 5, "{}", run.stdout);
    let run = workspace.convoca("es", &["check", "--fix", "--today", "2022-10-03"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let fixed = fs::read_to_string(workspace.sessions().join(name)).unwrap();
    assert_eq!(fixed, text);
}

#[test]
fn what_only_looks_like_a_session_is_told() {
    let workspace = Workspace::of(&shipped());
    let text = fs::read_to_string(workspace.sessions().join("1-global-initiatives.toml")).unwrap();
    fs::remove_file(workspace.sessions().join("1-global-initiatives.toml")).unwrap();
    for name in ["1-apertura.toml.txt", "1-apertura.TOML", "1-apertura.toml.docx", "1-apertura.Toml "] {
        let path = workspace.write(name, &text);
        let told = workspace.convoca("es", &["check"]);
        assert_eq!(told.status, Some(1), "{told:?}");
        assert!(told.stdout.contains("su nombre no termina en `.toml`; llámelo `1-apertura.toml`"), "{told:?}");
        fs::remove_file(path).unwrap();
    }
    fs::create_dir(workspace.sessions().join("1-apertura.toml")).unwrap();
    let told = workspace.convoca("en", &["check"]);
    assert!(told.status == Some(1) && told.stdout.contains("1-apertura.toml`: it is a folder"), "{told:?}");
    fs::remove_dir(workspace.sessions().join("1-apertura.toml")).unwrap();
    // Copies that are put by are nobody's mistake.
    for name in ["1.toml~", "1.toml.bak", ".1.toml.swp", "notas.txt"] {
        workspace.write(name, &text);
    }
    assert!(!workspace.convoca("en", &["check"]).stdout.contains("does not end in"));
    // The group itself.
    fs::rename(workspace.sessions().join("group.toml"), workspace.sessions().join("group.toml.txt")).unwrap();
    let told = workspace.convoca("en", &["check"]);
    assert_eq!(
        (told.status, told.stderr.as_str()),
        (Some(2), "error: there is no `group.toml` in `sessions`, but a `group.toml.txt`\nhelp: call it `group.toml`\n")
    );
}

#[test]
fn a_programme_without_sessions_is_not_all_well() {
    let workspace = Workspace::of(&shipped());
    for entry in fs::read_dir(workspace.sessions()).unwrap().flatten() {
        if entry.file_name() != "group.toml" {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    for (lang, words) in [("en", "there is no session yet"), ("es", "todavía no hay ninguna sesión")] {
        for format in ["human", "json", "sarif", "github"] {
            let told = workspace.convoca(lang, &["check", "--format", format]);
            assert!(
                told.stdout.contains(words) && told.stdout.contains("no-session") && !told.stdout.contains("nothing to find"),
                "{format}: {told:?}"
            );
        }
    }
}

#[test]
fn what_only_looks_like_a_template_or_its_settings_is_told() {
    let workspace = Workspace::of(&shipped());
    fs::create_dir(workspace.path().join("templates")).unwrap();
    for (name, meant) in [
        ("branding.toml.txt", "branding.toml"),
        ("Words.TOML", "words.toml"),
        ("anexo.md.j2.txt", "anexo.md.j2"),
        ("a.MD", "a.md.j2"),
    ] {
        let path = workspace.path().join("templates").join(name);
        fs::write(&path, "footer = 'Pie'\n").unwrap();
        let (en, es) = (format!("call it `{meant}`"), format!("llámelo `{meant}`"));
        for (lang, words) in [("en", en), ("es", es)] {
            let told = workspace.convoca(lang, &["check"]);
            assert!(told.stdout.contains(&words) && told.stdout.contains(name), "{name}: {told:?}");
            assert_eq!(told.status, Some(0), "{name}: a document may still be made without it: {told:?}");
        }
        fs::remove_file(path).unwrap();
    }
}
