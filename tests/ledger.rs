//! What `convoca ledger` shows of mails that went through a mail server, and what it says of a damaged file.

mod support;

use support::smtp::Smtp;
use support::{World, printed};

fn sent() -> World {
    let world = World::new();
    assert!(world.send(&Smtp::honest().address, &[]).status.success());
    world
}

fn said(world: &World, lang: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let output = world.speaking(lang, arguments).output().unwrap();
    (output.status.code(), printed(&output))
}

#[test]
fn session_by_session_and_name_by_name() {
    let world = sent();
    world.run(&["replies", "--accepts", "panama"]);
    insta::assert_snapshot!("shown_es", said(&world, "es", &["ledger"]).1);
    insta::assert_snapshot!("shown_en", said(&world, "en", &["ledger", "Municipio de Panamá"]).1);
    assert_eq!(said(&world, "en", &["ledger", "one"]).1, said(&world, "en", &["ledger", "1"]).1);
    assert!(said(&world, "es", &["ledger", "UCLG@example.org"]).1.contains("1 correo: 1 enviado; 0 de 1"));
    // Who left is known by the ledger.
    world.edit("1.toml", "speakers = [\"uclg\"]", "");
    world.edit("group.toml", "[parties.uclg]", "[parties.other]");
    assert!(said(&world, "en", &["ledger", "uclg"]).1.contains("uclg@example.org"));
}

#[test]
fn an_unknown_word_is_told() {
    let world = sent();
    for (word, lang, told) in [
        ("nadie", "es", "no existe la sesión, organización o persona `nadie`\nayuda: `convoca registro` sin más"),
        ("esquipula", "es", "¿quiso decir `esquipulas`?"),
        ("panama@example.com", "en", "did you mean `panama@example.org`?"),
        ("9", "en", "there is no session, organisation or person `9`"),
    ] {
        let (status, shown) = said(&world, lang, &["ledger", word]);
        assert_eq!(status, Some(2), "{shown}");
        assert!(shown.contains(told), "{shown}");
    }
}

#[test]
fn a_last_line_that_was_cut_is_told_by_every_command() {
    let world = sent();
    let lines = world.ledger();
    world.write("invitations.jsonl", &lines[..lines.len() - 40]);
    world.write("one.eml", "From: nobody@example.org\n\nGood morning\n");
    for arguments in [&["ledger"][..], &["invite"], &["attendance"], &["replies", ".", "--dry-run"]] {
        let (_, shown) = said(&world, "es", arguments);
        assert!(shown.contains("el último renglón del registro de envíos está cortado"), "{arguments:?}: {shown}");
        assert!(shown.contains("si era una respuesta, se perdió"), "{shown}");
    }
    assert!(said(&world, "es", &["replies", "."]).1.contains("estaba cortado y se quitó"));
}

#[test]
fn damage_is_worded_in_the_readers_language() {
    let world = sent();
    let lines = world.ledger();
    for (from, to, told) in [
        (
            "{\"v\":1,",
            "{\"v\":1;",
            "el renglón 1 del registro de envíos (invitations.jsonl) está dañado: no es JSON válido (columna 7)",
        ),
        ("\"v\":1,", "", "está dañado: falta `v`"),
        ("\"sequence\":0", "\"sequence\":\"x\"", "está dañado: un valor no es lo que debe ser (columna"),
        ("\"kind\":\"sending\",", "", "está dañado: falta `kind`"),
    ] {
        world.write("invitations.jsonl", &lines.replacen(from, to, 1));
        let (status, shown) = said(&world, "es", &["ledger"]);
        assert_eq!(status, Some(2));
        assert!(shown.contains(told), "{shown}");
    }
}

/// What cannot be brought onto a disk is told: whoever appends waits for the disk, and does not only ask nicely.
#[cfg(target_os = "linux")]
#[test]
fn the_file_of_the_ledger_is_brought_onto_the_disk() {
    use convoca::ledger::Storage;
    let folder = tempfile::tempdir().unwrap();
    let mut file = std::fs::File::create(folder.path().join("ledger")).unwrap();
    file.sync().unwrap();
    // Nothing that is written there can be brought onto any disk, and so the system refuses it.
    let mut nowhere = std::fs::OpenOptions::new().write(true).open("/dev/null").unwrap();
    assert!(nowhere.sync().is_err());
}
