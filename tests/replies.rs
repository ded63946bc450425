//! From the mails of the participants to who comes, with the programme that convoca ships with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const INVITED: [(&str, &str); 6] = [
    ("upala", "Upala@example.org"),
    ("los-chiles", "los-chiles@example.org"),
    ("choloma", "choloma@example.org"),
    ("tegucigalpa", "tegucigalpa@example.org"),
    ("panama-city", "panama@example.org"),
    ("ana", "ana@example.org"),
];

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// The shipped programme, with a quorum, a person, and everybody invited to session 1.
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for entry in fs::read_dir(root.join("sessions")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        let group = folder.path().join("group.toml");
        let more = "\n[quorum]\nparties = 3\ncountries = 2\n\n[people.ana]\nname = \"Ana\"\nparty = \"esquipulas\"\n";
        let mut text = fs::read_to_string(&group).unwrap() + more;
        for (who, to) in INVITED {
            let head =
                [format!("[parties.{who}]\n"), format!("[people.{who}]\n")].into_iter().find(|head| text.contains(head)).unwrap();
            text = text.replace(&head, &format!("{head}email = \"{to}\"\n"));
        }
        fs::write(&group, text).unwrap();
        let desk = Desk { folder };
        for (who, to) in INVITED {
            desk.sent(who, to, "REQUEST", 0, false);
        }
        desk
    }

    fn sent(&self, who: &str, to: &str, method: &str, sequence: u32, moved: bool) {
        let message = format!(
            r#""mail":"{who}-{sequence}@example.org","uid":"global-initiatives@mirps-local-governance.example.org","session":"global-initiatives","to":"{to}","who":"{who}","method":"{method}","sequence":{sequence},"dtstamp":"2022100{}T000000Z","attempt":1"#,
            sequence + 1
        );
        let day = 27 + if moved { sequence } else { 0 };
        let lines = format!(
            "{{\"v\":1,\"at\":\"2022-10-01T00:00:00Z\",\"kind\":\"sending\",{message},\"reason\":\"new\",\"content\":{{\"name\":\"Name of {who}\",\"title\":\"Global Initiatives\",\"start\":\"2022-10-{day}T16:00:00Z\",\"end\":\"2022-10-{day}T17:30:00Z\"}}}}\n\
             {{\"v\":1,\"at\":\"2022-10-01T00:00:01Z\",\"kind\":\"sent\",{message},\"said\":\"250 ok\"}}\n"
        );
        let ledger = self.ledger();
        fs::write(&ledger, fs::read_to_string(&ledger).unwrap_or_default() + &lines).unwrap();
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join("invitations.jsonl")
    }

    /// Replaces words in a file that must hold them.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn answers(&self) -> usize {
        fs::read_to_string(self.ledger()).unwrap().matches("\"kind\":\"reply\"").count()
    }

    fn output(&self, arguments: &[&str]) -> Output {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let programme = self.folder.path().to_str().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_convoca"));
        command.current_dir(fixtures).args(["--programme", programme]).args(arguments);
        if !arguments.contains(&"--today") {
            command.args(["--today", "2022-10-10"]);
        }
        command.output().unwrap()
    }

    fn fails(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.output(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn answers_are_recorded_once_and_counted() {
    let desk = Desk::new();
    assert!(desk.run(&["replies", "replies", "--dry-run", "--lang", "en"]).contains("nothing was written"));
    assert_eq!(desk.answers(), 0);
    insta::assert_snapshot!("read", desk.run(&["replies", "replies", "--lang", "es"]));
    assert_eq!(desk.answers(), 5);
    let ledger = fs::read(desk.ledger()).unwrap();
    insta::assert_snapshot!("read_again", desk.run(&["replies", "replies", "--lang", "en"]));
    assert_eq!(fs::read(desk.ledger()).unwrap(), ledger, "the second time nothing is written");
    insta::assert_snapshot!("attendance", desk.run(&["attendance", "1", "--lang", "es"]));
    insta::assert_snapshot!("attendance_csv", desk.run(&["attendance", "1", "--lang", "en", "--format", "csv"]));
    insta::assert_snapshot!("attendance_csv_es", desk.run(&["attendance", "1", "--lang", "es", "--format", "csv"]));
    insta::assert_snapshot!("attendance_json", desk.run(&["attendance", "1", "--lang", "en", "--format", "json"]));
    assert!(desk.run(&["attendance", "2", "--lang", "en"]).contains("nobody was invited yet"));
}

#[test]
fn only_a_new_time_asks_again() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    desk.sent("upala", "Upala@example.org", "REQUEST", 1, true);
    desk.sent("ana", "ana@example.org", "REQUEST", 1, false);
    desk.sent("choloma", "choloma@example.org", "CANCEL", 1, false);
    insta::assert_snapshot!("after_a_change", desk.run(&["attendance", "1", "--lang", "en"]));
}

#[test]
fn what_does_not_count_is_shown_with_the_reason() {
    let desk = Desk::new();
    desk.sent("tegucigalpa", "tegucigalpa@example.org", "REQUEST", 1, true);
    desk.sent("choloma", "choloma@example.org", "CANCEL", 1, false);
    let strange = tempfile::tempdir().unwrap();
    let mail =
        |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies").join(name)).unwrap();
    let counter = mail("outlook-counter.eml");
    fs::write(strange.path().join("1-unknown.eml"), counter.replace("UID:global", "UID:other")).unwrap();
    fs::write(strange.path().join("2-not-invited.eml"), counter.replace("panama@", "beto@")).unwrap();
    fs::write(strange.path().join("3-for-another.eml"), counter.replace("From: <panama@", "From: <beto@")).unwrap();
    fs::write(strange.path().join("4-stale.eml"), mail("thunderbird-tentative.eml")).unwrap();
    fs::write(strange.path().join("5-cancelled.eml"), mail("outlook-declined.eml")).unwrap();
    fs::write(strange.path().join("6-never-sent.eml"), counter.replace("SEQUENCE:0", "SEQUENCE:7")).unwrap();
    fs::write(strange.path().join("7-forged.eml"), format!("Authentication-Results: mx; dmarc=fail\r\n{counter}")).unwrap();
    let file = counter.split_once("\r\n\r\n").unwrap().1;
    fs::write(strange.path().join("8-file.ics"), file).unwrap();
    fs::write(strange.path().join("9-damaged.ics"), "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n").unwrap();
    let path = strange.path().to_str().unwrap();
    let shown = |lang: &str| desk.run(&["replies", path, "--lang", lang]).replace(path, "…");
    insta::assert_snapshot!("refused_en", shown("en"));
    insta::assert_snapshot!("refused_es", shown("es"));
    assert_eq!(desk.answers(), 0);
    let vouched = desk.run(&["replies", &format!("{path}/8-file.ics"), "--without-sender", "--lang", "en"]);
    assert!(vouched.contains("proposes another time: Friday 28 October 2022, 10:00–11:30 (Guatemala time, UTC−6)"), "{vouched}");
    assert_eq!(desk.answers(), 1);
}

#[test]
fn the_last_answer_counts_in_any_order() {
    let accepted =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies/outlook-declined.eml")).unwrap();
    let later = {
        let (head, body) = accepted.split_once("base64\r\n\r\n").unwrap();
        let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:global-initiatives@mirps-local-governance.example.org\r\n\
            DTSTAMP:20221006T000000Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:choloma@example.org\r\nSEQUENCE:0\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let tail = body.split_once("\r\n\r\n--").unwrap().1;
        format!("{head}8bit\r\n\r\n{calendar}\r\n--{tail}")
    };
    for order in [[&accepted, &later], [&later, &accepted]] {
        let desk = Desk::new();
        for mail in order {
            let file = tempfile::NamedTempFile::new().unwrap();
            fs::write(file.path(), mail).unwrap();
            desk.run(&["replies", file.path().to_str().unwrap()]);
        }
        assert!(desk.run(&["attendance", "1", "--format", "csv", "--lang", "en"]).contains("choloma@example.org,accepts"));
    }
}

#[test]
fn a_formula_in_a_comment_stays_text() {
    let desk = Desk::new();
    let counter =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies/outlook-counter.eml")).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let hostile = counter.replace("SEQUENCE:0", "SEQUENCE:0\r\nCOMMENT:=HYPERLINK(\"http://example.net\")\\n\"\x1b[2J");
    fs::write(file.path(), hostile).unwrap();
    let shown = desk.run(&["replies", file.path().to_str().unwrap()]);
    assert!(!shown.contains('\x1b'));
    assert!(desk.run(&["attendance", "--format", "csv"]).contains(",\"'=HYPERLINK("));
}

/// Folders within folders, a Maildir with one of its own, and nothing twice or without an end.
#[test]
fn nested_folders_are_read() {
    let desk = Desk::new();
    let root = tempfile::tempdir().unwrap();
    let mail = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies").join(name);
    for (from, to) in [
        ("apple-accepted.eml", "sesion-1/octubre/a.eml"),
        ("gmail-accepted.eml", "correo/cur/b:2,S"),
        ("outlook-counter.eml", "correo/.Archivo/new/c"),
        ("outlook-declined.eml", "correo/tmp/d"),
        ("thunderbird-tentative.eml", ".git/e.eml"),
    ] {
        let path = root.path().join(to);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(mail(from), path).unwrap();
    }
    for folder in ["correo/new", "correo/.Archivo/cur"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.path(), root.path().join("sesion-1/otra-vez")).unwrap();
    let shown = desk.run(&["replies", root.path().to_str().unwrap(), "--lang", "en"]);
    assert!(shown.contains("3 messages read: 3 answers recorded"), "{shown}");
    for who in ["Ana", "Upala", "Panama"] {
        assert!(shown.contains(who), "{shown}");
    }
}

#[test]
fn no_ledger_no_invitations() {
    let desk = Desk::new();
    fs::remove_file(desk.ledger()).unwrap();
    let shown = desk.run(&["replies", "replies", "--lang", "en"]);
    assert!(shown.contains("5 messages read: 0 answers recorded, 0 known already, 5 not recorded"), "{shown}");
    assert!(!desk.ledger().exists());
}

/// The answers that were given are kept, and nobody is said not to have been invited.
#[test]
fn a_cancelled_session_shows_what_had_been_answered() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    assert!(desk.run(&["attendance", "2", "--lang", "es"]).contains("todavía no se ha invitado a nadie"));
    desk.edit("1-global-initiatives.toml", "status = \"confirmed\"", "status = \"cancelled\"");
    let told = desk.run(&["attendance", "1", "--lang", "es"]);
    assert!(told.contains("la sesión se canceló, y a 6 invitados no se les ha avisado todavía"), "{told}");
    for (who, to) in INVITED {
        desk.sent(who, to, "CANCEL", 1, false);
    }
    insta::assert_snapshot!("cancelled", desk.run(&["attendance", "1", "--lang", "es"]));
    assert!(desk.run(&["attendance", "1", "--lang", "en", "--format", "csv"]).contains("session cancelled"));
    desk.edit("1-global-initiatives.toml", "status = \"cancelled\"", "status = \"confirmed\"");
    assert!(desk.run(&["attendance", "1", "--lang", "en"]).contains("every invitation was taken back"));
}

/// Who has to be told of it is known by the ledger alone.
#[test]
fn a_session_whose_file_is_gone_keeps_its_answers() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    fs::remove_file(desk.folder.path().join("1-global-initiatives.toml")).unwrap();
    insta::assert_snapshot!("removed_es", desk.run(&["attendance", "global-initiatives", "--lang", "es"]));
    let csv = desk.run(&["attendance", "global-initiatives", "--lang", "en", "--format", "csv"]);
    assert_eq!(csv.matches("session taken out of the programme").count(), INVITED.len(), "{csv}");
    let entered = desk.run(&["replies", "--declines", "upala", "--session", "global-initiatives", "--today", "2022-10-12"]);
    assert!(entered.contains("1 answer recorded"), "{entered}");
    for (who, to) in INVITED {
        desk.sent(who, to, "CANCEL", 1, false);
    }
    let told = desk.run(&["attendance", "global-initiatives", "--lang", "en"]);
    assert!(told.contains("no file defines the session any more; it had been answered:"), "{told}");
    assert!(desk.fails(&["attendance", "globals", "--lang", "en"]).1.contains("there is no session `globals`"));
}

/// A reminder has the version of the invitation: one yes stands once.
#[test]
fn an_answer_stands_beside_the_last_mail_of_its_version() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    let ledger = fs::read_to_string(desk.ledger()).unwrap();
    let lines: Vec<&str> = ledger.lines().filter(|line| line.contains("\"mail\":\"upala-0@")).collect();
    let again = lines.join("\n").replace("upala-0@", "upala-0-again@").replace("20221001T", "20221003T");
    fs::write(desk.ledger(), format!("{ledger}{again}\n")).unwrap();
    let shown = desk.run(&["ledger", "upala", "--lang", "es"]);
    assert!(shown.contains("2 correos") && shown.matches("acepta").count() == 1, "{shown}");
}

#[test]
fn who_is_invited_no_more_is_told_apart_by_name() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    desk.edit("group.toml", "[people.ana]\nemail = \"ana@example.org\"\nname = \"Ana\"\nparty = \"esquipulas\"\n", "");
    insta::assert_snapshot!("no_longer_invited", desk.run(&["attendance", "1", "--lang", "es"]));
    assert!(desk.run(&["attendance", "1", "--lang", "es", "--format", "csv"]).contains("ya no se convoca"));
    let later = desk.run(&["attendance", "1", "--lang", "es", "--today", "2022-10-28"]);
    assert!(!later.contains("ya no se convoca") && later.contains("otros 1/1"), "{later}");
}

/// What was answered from an address that was corrected since is answered, and nobody is there twice.
#[test]
fn a_corrected_address_keeps_the_answer_and_the_row() {
    let desk = Desk::new();
    desk.run(&["replies", "replies"]);
    let upala = |desk: &Desk| {
        let csv = desk.run(&["attendance", "1", "--lang", "en", "--format", "csv"]);
        csv.lines().filter(|line| line.contains(",upala,")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = upala(&desk);
    assert!(before.len() == 1 && before[0].contains("Upala@example.org,accepts"), "{before:?}");
    desk.edit("group.toml", "Upala@example.org", "alcaldia@example.org");
    assert_eq!(upala(&desk), before, "nobody was written to yet");
    assert!(!desk.run(&["attendance", "1", "--lang", "es"]).contains("ya no se convoca"));
    desk.sent("upala", "Upala@example.org", "CANCEL", 1, false);
    desk.sent("upala", "alcaldia@example.org", "REQUEST", 2, false);
    let after = upala(&desk);
    assert!(after.len() == 1 && after[0].contains("alcaldia@example.org,accepts"), "{after:?}");
    assert!(!desk.run(&["attendance", "1", "--lang", "es"]).contains("ya no se convoca"));
    // An answer to another time does not hold; the next one does.
    desk.sent("upala", "alcaldia@example.org", "REQUEST", 3, true);
    assert!(upala(&desk)[0].contains("alcaldia@example.org,no answer"));
    desk.run(&["replies", "--declines", "upala", "--session", "1"]);
    assert!(upala(&desk)[0].contains("alcaldia@example.org,declines"));
    // Whoever is named by the address of before is meant as they are now.
    desk.run(&["replies", "--may-come", "Upala@example.org", "--session", "1", "--today", "2022-10-12"]);
    assert!(upala(&desk)[0].contains("alcaldia@example.org,may come"), "{:?}", upala(&desk));
}

/// A mail in words, as people write it who do not press the buttons.
fn plain(from: &str, day: u32, answers: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: secretaria@example.org\r\nDate: {day} Oct 2022 09:00:00 -0600\r\nSubject: =?utf-8?Q?Re:_Invitaci=C3=B3n?=\r\n{answers}\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\nEl 3 oct 2022, Secretaría escribió:\r\n> Le invitamos\r\n"
    )
}

#[test]
fn an_answer_in_words_is_named_and_entered_by_hand() {
    let desk = Desk::new();
    let mails = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(mails.path().join(name), text).unwrap();
    write("1-sender.eml", plain("Los-Chiles@example.org", 3, "", "Buenos días:\r\n\r\nSí, asistiré."));
    write("2-assistant.eml", plain("asistente@example.org", 4, "In-Reply-To: <choloma-0@example.org>\r\n", "No podremos."));
    write("3-other.eml", plain("boletin@example.org", 4, "", "Novedades"));
    write("4-forged.eml", format!("Authentication-Results: mx; dmarc=fail\r\n{}", plain("ana@example.org", 4, "", "Sí")));
    let path = mails.path().to_str().unwrap();
    let shown = |lang: &str| desk.run(&["replies", path, "--lang", lang]).replace(path, "…");
    insta::assert_snapshot!("in_words_en", shown("en"));
    insta::assert_snapshot!("in_words_es", shown("es"));
    assert_eq!(desk.answers(), 0);
    insta::assert_snapshot!(
        "by_hand",
        desk.run(&["respuestas", "--acepta", "los-chiles", "--sesion", "1", "--comentario", "Por teléfono", "--lang", "es"])
    );
    let again = desk.run(&["replies", "--accepts", "Municipality of Los Chiles", "--lang", "en"]);
    assert!(again.contains("0 answers recorded, 1 known already"), "{again}");
    assert_eq!(desk.answers(), 1);
    assert!(fs::read_to_string(desk.ledger()).unwrap().contains("\"source\":\"by hand\""));
    assert!(!shown("en").contains("1-sender"), "what was entered is settled");
    // Who changes their mind is heard, in either way.
    desk.run(&["replies", "--declines", "los-chiles@example.org"]);
    desk.run(&["replies", "--accepts", "los-chiles"]);
    assert_eq!(desk.answers(), 3);
    assert!(desk.run(&["attendance", "1", "--lang", "en"]).contains("1 accepted"));
}

#[test]
fn what_did_not_arrive_and_what_a_program_wrote_is_named() {
    let desk = Desk::new();
    let shown = |lang: &str| desk.run(&["replies", "returned", "--lang", lang]);
    insta::assert_snapshot!("returned_en", shown("en"));
    insta::assert_snapshot!("returned_es", shown("es"));
    assert_eq!(desk.answers(), 0);
    desk.edit("group.toml", "choloma@example.org", "alcaldia@example.org");
    assert!(shown("es").contains("esta dirección ya no está en group.toml"));
}

#[test]
fn every_message_is_counted_and_nothing_else() {
    let desk = Desk::new();
    let mails = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(mails.path().join(name), text).unwrap();
    let request = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    write("1.ics", request.to_owned());
    write("1.eml", plain("secretaria@example.org", 3, "", "Le invitamos"));
    write("2.eml", plain("boletin@example.org", 4, "", "Novedades"));
    write("3.toml", "id = \"one\"\n\nFrom: nobody\n".to_owned());
    write("4.vcf", "BEGIN:VCARD\r\nEND:VCARD\r\n".to_owned());
    write("5.txt", format!("Guardado:\r\n{request}"));
    let path = mails.path().to_str().unwrap();
    insta::assert_snapshot!("counted_en", desk.run(&["replies", path, "--lang", "en"]).replace(path, "…"));
    insta::assert_snapshot!("counted_es", desk.run(&["replies", path, "--lang", "es"]).replace(path, "…"));
}

#[test]
fn a_place_without_mails_is_told_and_nothing_is_recorded() {
    let desk = Desk::new();
    let programme = desk.folder.path().to_str().unwrap();
    let file = desk.folder.path().join("group.toml");
    let empty = tempfile::tempdir().unwrap();
    for place in [programme, file.to_str().unwrap(), empty.path().to_str().unwrap()] {
        let (status, told) = desk.fails(&["replies", "replies", place, "--lang", "es"]);
        assert_eq!(status, Some(2), "{told}");
        assert!(told.contains(&format!("en `{place}` no hay correos")), "{told}");
    }
    assert_eq!(desk.answers(), 0);
    for folder in ["new", "cur"] {
        fs::create_dir(empty.path().join(folder)).unwrap();
    }
    assert!(desk.run(&["replies", empty.path().to_str().unwrap(), "--lang", "es"]).contains("0 mensajes leídos"));
}

#[test]
fn a_title_in_the_subject_tells_the_session_and_an_unknown_sender() {
    let desk = Desk::new();
    let title = "Iniciativas y marcos globales sobre gobernanza local";
    let mails = tempfile::tempdir().unwrap();
    let write = |name: &str, from: &str, subject: &str| {
        let mail = plain(from, 4, "", "Sí, asistiremos.").replace("Subject: =?utf-8?Q?Re:_Invitaci=C3=B3n?=", subject);
        fs::write(mails.path().join(name), mail).unwrap();
    };
    write("1-unknown.eml", "gabinete@example.org", &format!("Subject: RE: Invitacion: {title}"));
    write("2-other.eml", "gabinete@example.org", &format!("Subject: {title}: curso en venta"));
    write("3-known.eml", "los-chiles@example.org", &format!("Subject: Re: Invitacion: {title}"));
    // Invited to two sessions.
    let ledger = fs::read_to_string(desk.ledger()).unwrap();
    let lines: Vec<&str> = ledger.lines().filter(|line| line.contains("\"who\":\"los-chiles\"")).collect();
    let other = lines.join("\n").replace("global-initiatives", "another").replace("los-chiles-0", "los-chiles-other");
    fs::write(desk.ledger(), format!("{ledger}{other}\n")).unwrap();
    let path = mails.path().to_str().unwrap();
    insta::assert_snapshot!("titles_es", desk.run(&["replies", path, "--lang", "es"]).replace(path, "…"));
}

#[test]
fn whoever_shares_an_address_is_told_for_whom_the_answer_counts() {
    let desk = Desk::new();
    desk.edit("group.toml", "[parties.uclg]\n", "[parties.uclg]\nemail = \"choloma@example.org\"\n");
    let output = desk.output(&["replies", "--acepta", "uclg", "--sesion", "1", "--lang", "es"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("comparte la dirección choloma@example.org con Municipalidad de Choloma (Honduras)"), "{told}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("Municipalidad de Choloma (Honduras): acepta"));
    let (status, told) =
        desk.fails(&["replies", "--acepta", "choloma", "--no-asistira", "uclg", "--sesion", "1", "--lang", "es"]);
    assert!(status == Some(2) && told.contains("dos respuestas a la vez de choloma@example.org"), "{told}");
}

/// A file saved out of a mail says nothing new, before the mail or behind it.
#[test]
fn the_same_answer_in_a_file_and_in_a_mail_is_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/replies");
    let counter = fs::read_to_string(root.join("outlook-counter.eml")).unwrap();
    for (mail, file) in [("a.eml", "b.ics"), ("b.eml", "a.ics")] {
        let desk = Desk::new();
        let saved = tempfile::tempdir().unwrap();
        let [mail, file] = [mail, file].map(|name| saved.path().join(name));
        fs::write(&mail, &counter).unwrap();
        fs::write(&file, counter.split_once("\r\n\r\n").unwrap().1).unwrap();
        let shown = desk.run(&["replies", saved.path().to_str().unwrap(), "--lang", "es"]);
        assert!(shown.contains("2 mensajes leídos: 1 respuesta anotada, 1 ya conocida, 0 sin anotar"), "{shown}");
        let desk = Desk::new();
        desk.run(&["replies", file.to_str().unwrap(), "--sin-remitente"]);
        for arguments in [[mail.to_str().unwrap()].as_slice(), &[file.to_str().unwrap(), "--sin-remitente"]] {
            let shown = desk.run(&[&["replies", "--lang", "es"], arguments].concat());
            assert!(shown.contains("0 respuestas anotadas, 1 ya conocida, 0 sin anotar"), "{shown}");
        }
        // Nobody else becomes known by repeating it.
        fs::write(&mail, counter.replace("From: ", "From: beto@example.org\r\nX-From: ")).unwrap();
        assert!(desk.run(&["replies", mail.to_str().unwrap(), "--lang", "es"]).contains("1 sin anotar"));
    }
}

#[test]
fn what_cannot_be_entered_by_hand_is_told() {
    let desk = Desk::new();
    desk.sent("choloma", "choloma@example.org", "CANCEL", 1, false);
    for (arguments, told) in [
        (["--accepts", "los-chilez", "--session", "1"], "did you mean `los-chiles`?"),
        (["--accepts", "los-chiles", "--session", "9"], "there is no session `9`"),
        (["--accepts", "los-chiles", "--session", "2"], "no invitation was sent to Municipality of Los Chiles (Costa Rica)"),
        (["--may-come", "choloma", "--session", "1"], "the invitation of Municipality of Choloma (Honduras) was cancelled"),
    ] {
        let (status, shown) = desk.fails(&[&["replies", "--lang", "en"], arguments.as_slice()].concat());
        assert_eq!(status, Some(2), "{shown}");
        assert!(shown.contains(told), "{shown}");
    }
    let twice = ["replies", "--lang", "es", "--acepta", "upala", "--no-asistira", "upala", "--sesion", "1"];
    let (status, shown) = desk.fails(&twice);
    assert_eq!(status, Some(2), "{shown}");
    assert!(shown.contains("dos respuestas a la vez de upala@example.org: acepta y no asistirá; no se anotó nada"), "{shown}");
    assert_eq!(desk.answers(), 0);
}
