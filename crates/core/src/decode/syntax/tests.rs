use crate::diagnostics::{Diagnostic, Level, apply_fixes};
use crate::examples::check_files;

const HEAD: &str = "id = 's'\nnumber = 1\ndate = 2027-03-02\nmoderator = 'capital'\ntitle = { es = 'S', en = 'S' }\n";

/// What is found in a session, and its text with the certain mends made.
fn mended(text: &str) -> (Vec<Diagnostic>, String) {
    let text = format!("{HEAD}{text}");
    let (sources, findings) = check_files(&[("session.toml", &text)]);
    let fixed = apply_fixes(&sources, &findings);
    let after = fixed.into_iter().next().map_or(text, |fixed| fixed.text);
    (findings, after.strip_prefix(HEAD).map(str::to_owned).unwrap_or(after))
}

#[test]
fn a_head_that_is_missing_is_one_finding_and_comes_back() {
    let items = "\n[[slots]]\nstart = '10:00'\nend = '10:30'\ntitle = { es = 'A', en = 'A' }\nparticipants = 'all'\n\n\
                 [[slots]]\nstart = '10:30'\nend = '11:00'\ntitle = { es = 'B', en = 'B' }\nparticipants = 'all'\n\n\
                 [[slots]]\nstart = '11:00'\nend = '11:30'\ntitle = { es = 'C', en = 'C' }\nparticipants = 'all'\n";
    let (before, after) = items.split_once("[[slots]]\nstart = '10:30'").unwrap();
    let (findings, fixed) = mended(&format!("{before}start = '10:30'{after}"));
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.en.as_ref()).collect();
    assert_eq!(told[0], "`[[slots]]` is missing before this line", "{told:?}");
    assert_eq!(findings.iter().filter(|finding| finding.level == Level::Error).count(), 1, "{told:?}");
    assert_eq!(fixed, items);
    // One key alone stands twice because somebody wrote it twice.
    let (findings, _) = mended(&items.replace("end = '10:30'\n", "end = '10:30'\nend = '10:40'\n"));
    assert!(findings.iter().any(|finding| finding.message.en.contains("stands twice")));
}

#[test]
fn a_key_in_spanish_is_read_and_its_usual_name_offered() {
    let spanish = "\n[[slots]]\ninicio = '10:00'\nduración = 30\ntítulo = { es = 'A', en = 'A' }\nparticipantes = 'all'\n";
    let (findings, fixed) = mended(spanish);
    assert!(findings.iter().all(|finding| finding.level != Level::Error), "{findings:#?}");
    let meant = "\n[[slots]]\nstart = '10:00'\nminutes = 30\ntitle = { es = 'A', en = 'A' }\nparticipants = 'all'\n";
    assert_eq!(fixed, meant);
    assert!(mended(meant).0.is_empty());
    // Beside the usual name it says nothing.
    let (findings, _) = mended(&meant.replace("minutes = 30", "minutes = 30\nduracion = 40"));
    assert_eq!(findings.iter().filter(|finding| finding.level == Level::Error).count(), 1);
}

fn told(findings: &[Diagnostic]) -> Vec<(Level, &str)> {
    findings.iter().map(|finding| (finding.level, finding.message.en.as_ref())).collect()
}

/// Two items that overlap by ten minutes.
const OVERLAP: &str = "\n[[slots]]\nstart = '10:00'\nend = '10:30'\ntitle = { es = 'A', en = 'A' }\nparticipants = 'all'\n\n\
                       [[slots]]\nstart = '10:20'\nend = '11:00'\ntitle = { es = 'B', en = 'B' }\nparticipants = 'all'\n";

#[test]
fn prose_among_the_keys_is_told_as_that_and_hides_nothing() {
    let check = |text: &str| {
        let (sources, findings) = check_files(&[("session.toml", text)]);
        let fixed = apply_fixes(&sources, &findings).into_iter().next().map(|fixed| fixed.text);
        (findings.iter().map(|finding| (finding.check, finding.message.en.to_string())).collect::<Vec<_>>(), fixed)
    };
    let (clean, _) = check(&format!("{HEAD}{OVERLAP}"));
    assert_eq!(clean.len(), 1, "{clean:?}");
    let (found, fixed) = check(&format!("Agenda de la primera sesión\nCiudad de Guatemala, 2 de marzo\n\n{HEAD}{OVERLAP}"));
    assert_eq!(found.iter().map(|(check, _)| *check).collect::<Vec<_>>(), ["syntax", "slot-overlap"], "{found:?}");
    assert_eq!(found[0].1, "2 lines are not read: they are no keys with values");
    assert!(fixed.unwrap().starts_with("# Agenda de la primera sesión\n# Ciudad de Guatemala, 2 de marzo\n\nid"));
    // Further down it may be a text that somebody meant to be shown: nothing is done to it unasked.
    let (found, fixed) = check(&format!("{HEAD}{OVERLAP}Favor de llegar temprano\n"));
    assert_eq!(found.iter().map(|(check, _)| *check).collect::<Vec<_>>(), ["slot-overlap", "syntax"], "{found:?}");
    assert_eq!(fixed, None);
    // What stands within brackets or a text of several lines is part of it.
    let (found, _) =
        check(&format!("{HEAD}objective = {{ es = \"\"\"\nUna línea\n\"\"\", en = 'O' }}\nwaive = [\n]\n{OVERLAP}\nx y\n"));
    assert_eq!(found.iter().filter(|(check, _)| *check == "syntax").count(), 1, "{found:?}");
}

#[test]
fn an_equals_sign_that_is_missing_is_put_in() {
    let (findings, fixed) =
        mended("Lugar: en línea\nmotivo: 'Otra'\n\n[[slots]]\nstart 10:00\nend: 10:30 a.m.\ntitle = 'A'\nparticipants = 'all'\n");
    assert!(findings.iter().all(|finding| finding.level != Level::Error), "{:?}", told(&findings));
    let meant =
        "place = \"en línea\"\nreason = 'Otra'\n\n[[slots]]\nstart = 10:00\nend = \"10:30\"\ntitle = 'A'\nparticipants = 'all'\n";
    assert_eq!(fixed.replace("Lugar", "place").replace("motivo", "reason"), meant);
    let (findings, _) = mended("Nota: llegar temprano\n");
    assert_eq!(told(&findings), [(Level::Error, "this line is not read: it is no key with its value")]);
}

#[test]
fn a_key_that_nobody_knows_is_one_finding_with_the_one_that_is_meant() {
    let item = |key: &str| {
        format!("\n[[slots]]\n{key} = '10:00'\nminutes = 30\ntitle = {{ es = 'A', en = 'A' }}\nparticipants = 'all'\n")
    };
    for key in ["hora", "hora de inicio"] {
        let (findings, fixed) = mended(&item(key));
        assert_eq!(told(&findings), [(Level::Warning, &*format!("`{}` is `start` here", key.replace(' ', "-")))]);
        assert_eq!(fixed, item("start"));
    }
    for key in ["time", "strat", "inisio"] {
        let (findings, fixed) = mended(&item(key));
        assert_eq!(told(&findings), [(Level::Error, &*format!("unknown key `{key}`"))]);
        assert_eq!(findings[0].mends[0].message.es, "¿quiso decir `start`?");
        assert_eq!(fixed, item(key), "asked, not done");
    }
    let (findings, _) = mended(&item("start").replace("title", "titel"));
    assert_eq!(told(&findings), [(Level::Error, "unknown key `titel`")]);
}

#[test]
fn a_list_without_brackets_is_put_in_them() {
    let item = |rest: &str| format!("\n[[slots]]\nstart = '10:00'\nminutes = 30\ntitle = {{ es = 'A', en = 'A' }}\n{rest}\n");
    for written in ["speakers = \"capital\", \"capital\"", "speakers = capital, capital", "speakers = “capital” y “capital”"]
    {
        let (findings, fixed) = mended(&item(written));
        assert!(findings.iter().all(|finding| finding.level != Level::Error), "{written}: {:?}", told(&findings));
        assert_eq!(fixed, item("speakers = [\"capital\", \"capital\"]"), "{written}");
    }
    for written in ["['en', 'fr']", "'en', 'fr'", "en, fr"] {
        let (findings, fixed) = mended(&item(&format!("participants = 'all'\ninterpretation = {written}")));
        assert_eq!(findings.len(), 1, "{:?}", told(&findings));
        let both = "{ es = \"inglés, francés\", en = \"English, French\" }";
        assert_eq!(fixed, item(&format!("participants = 'all'\ninterpretation = {both}")));
    }
    // A text is no list, whatever commas it has.
    let (findings, _) = mended(&item("participants = 'all'\nplace = Salón A, planta baja"));
    assert_eq!(told(&findings), [(Level::Error, "text without quotes")]);
}

#[test]
fn a_break_is_known_by_its_title() {
    let item = |title: &str| format!("\n[[slots]]\nstart = '10:00'\nminutes = 30\ntitle = {{ es = '{title}', en = 'X' }}\n");
    for title in ["Refacción", "Receso", "Café", "Almuerzo", "Pausa para café"] {
        assert!(mended(&item(title)).0.is_empty(), "{title}");
    }
    assert_eq!(told(&mended(&item("Palabras")).0).len(), 1);
}

#[test]
fn what_is_missing_beside_a_line_that_is_not_understood_is_not_told() {
    let (findings, _) = mended("\n[[slots]]\nstart = '10:00'\ntitle = = 'A'\n\n[[slots]]\nstart = '10:30'\n");
    let missing: Vec<_> = findings.iter().filter(|finding| finding.check == "missing-key").collect();
    assert_eq!(missing.len(), 1, "of the second item alone: {:?}", told(&findings));
}

#[test]
fn a_country_is_known_by_its_name() {
    let group = "id = 'g'\ntime-zone = 'America/Guatemala'\ncountries = Guatemala, Costa Rica\nname = { es = 'G', en = 'G' }\n\
                 [parties.capital]\nname = { es = 'C', en = 'C' }\nmember = true\n";
    let (sources, findings) = check_files(&[("group.toml", group)]);
    let about: Vec<_> = findings.iter().filter(|finding| finding.check != "no-session").collect();
    assert!(about.iter().all(|finding| finding.level != Level::Error), "{about:#?}");
    let once = apply_fixes(&sources, &findings).remove(0).text;
    let (sources, findings) = check_files(&[("group.toml", &once)]);
    let twice = apply_fixes(&sources, &findings).into_iter().next().map_or(once, |fixed| fixed.text);
    assert!(twice.contains("countries = [\"GT\", \"CR\"]"), "{twice}");
}
