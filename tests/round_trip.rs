//! What is built is a document too: it is imported again as it was planned.

mod common;

use std::fs;

use common::Workspace;
use convoca::formats::Format;
use convoca::locale::Lang;
use convoca::papers::Materials;
use convoca::project::Project;
use convoca_import::agenda::{Clock, Hints};
use proptest::prelude::*;
use serde_json::Value;

/// Each session comes back with its items, whatever form it was written in.
#[test]
fn what_is_built_is_imported_again() {
    let workspace = Workspace::of(&common::shipped());
    let run = workspace.convoca("en", &["build", "--only", "agenda", "--format", "txt,md,html,docx", "--today", "2022-10-03"]);
    assert_eq!(run.status, Some(0), "{run:?}");
    let folder = workspace.path().join("out/public");
    let mut read = 0;
    for lang in ["es", "en"] {
        for entry in fs::read_dir(folder.join(lang)).unwrap().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let Some((_, rest)) = name.split_once("agenda-") else { continue };
            let run = Workspace::empty()
                .convoca("en", &["import", path.to_str().unwrap(), "--dry-run", "--format", "json", "--today", "2022-10-03"]);
            let report: Value = serde_json::from_str(&run.stdout).unwrap();
            let starts: Vec<&str> = report["sessions"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|session| session["slots"].as_array().unwrap())
                .filter_map(|slot| slot["start"].as_str())
                .collect();
            let sessions = fs::read_dir(workspace.sessions()).unwrap().flatten().map(|entry| entry.path());
            let written = sessions.into_iter().find(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&rest[..2]));
            let written = fs::read_to_string(written.unwrap()).unwrap();
            let slots = written.split("\n[[slots]]\n").skip(1);
            let expected: Vec<&str> =
                slots.map(|slot| slot.split("start = \"").nth(1).unwrap().split('"').next().unwrap()).collect();
            assert_eq!(starts, expected, "{lang}/{name}");
            read += 1;
        }
    }
    assert_eq!(read, 24);
}

/// An item as it was planned, and as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Planned {
    start: u32,
    minutes: u32,
    title: &'static str,
    speaker: usize,
    tbc: bool,
    within: Within,
}

/// What an item consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Nothing,
    /// Two items with hours, half of its time each.
    Items,
    /// Break-out groups.
    Groups,
}

const TITLES: [&str; 16] = [
    "Palabras de apertura",
    "Presentación del plan de trabajo",
    "Experiencias de los municipios",
    "Preguntas y respuestas",
    "Almuerzo",
    "Informe de la secretaría",
    "Debate general",
    "Firma del acta",
    "Panel: financiamiento local",
    "Sesión 3: migración y ciudades",
    "El agua, el suelo y el bosque",
    "Cómo se mide la pobreza (2020–2024)",
    "Mesa redonda con la juventud",
    "Acuerdos y próximos pasos",
    "Visita al mercado municipal",
    "Clausura",
];

const SPEAKERS: [&str; 4] = ["upala", "aurora", "ana-ruiz", "luis-paz"];

fn planned() -> impl Strategy<Value = Vec<Planned>> {
    let within = prop_oneof![4 => Just(Within::Nothing), 1 => Just(Within::Items), 1 => Just(Within::Groups)];
    let item = (0_u32..4, 1_u32..7, 0..TITLES.len(), 0..SPEAKERS.len() + 1, any::<bool>(), within);
    (7_u32 * 12..12 * 12, proptest::collection::vec(item, 3..9)).prop_map(|(first, items)| {
        let mut at = first * 5;
        let mut used = std::collections::BTreeSet::new();
        let mut found = Vec::new();
        for (gap, length, title, speaker, tbc, within) in items {
            // A pause between two items now and then, and no title twice.
            at += if gap == 3 { 15 } else { 0 };
            let is_break = TITLES[title] == "Almuerzo";
            if used.insert(title) {
                let speaker = if is_break { SPEAKERS.len() } else { speaker };
                let tbc = tbc && speaker < SPEAKERS.len();
                let within = if is_break { Within::Nothing } else { within };
                found.push(Planned { start: at, minutes: length * 10, title: TITLES[title], speaker, tbc, within });
                at += length * 10;
            }
        }
        found
    })
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// What stands in an item.
fn parts(item: &Planned) -> &'static [&'static str] {
    match item.within {
        Within::Nothing => &[],
        Within::Items => &["Lo que ya se hizo", "Lo que falta por hacer"],
        Within::Groups => &["Grupo 1: Salud", "Grupo 2: Vivienda"],
    }
}

/// Each item as it is told, with what stands in it.
fn wanted(items: &[Planned], nested: bool) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        let tbc = if item.tbc { " tbc" } else { "" };
        let groups = if item.within == Within::Groups && nested { parts(item).join(" | ") } else { String::new() };
        found.push(format!("{}–{} {}{tbc} [{groups}]", clock(item.start), clock(item.start + item.minutes), item.title));
        if item.within == Within::Items && nested {
            let half = item.minutes / 2;
            found.extend(
                parts(item)
                    .iter()
                    .zip([0, half])
                    .map(|(part, from)| format!("  {}–{} {part} []", clock(item.start + from), clock(item.start + from + half))),
            );
        }
    }
    found
}

/// The files of a programme with one session.
fn files(items: &[Planned]) -> Project {
    let group = "id = \"g\"\nlanguages = [\"es\"]\ntime-zone = \"America/Guatemala\"\nname = { es = \"Grupo de Pueblos\" }\n\n\
                 [parties.upala]\nkind = \"municipality\"\ncountry = \"CR\"\nname = { es = \"Municipalidad de Upala\" }\n\n\
                 [parties.aurora]\nkind = \"network\"\nname = { es = \"Red Aurora\" }\n\n\
                 [people.ana-ruiz]\nname = \"Ana Ruiz\"\n\n[people.luis-paz]\nname = \"Luis Paz\"\n";
    let mut session =
        "id = \"una\"\nnumber = 1\ndate = 2027-03-02\nstatus = \"confirmed\"\ntitle = { es = \"Los pueblos y sus planes\" }\n"
            .to_owned();
    for item in items {
        let (start, end, title) = (clock(item.start), clock(item.start + item.minutes), item.title);
        session.push_str(&format!("\n[[slots]]\nstart = \"{start}\"\nend = \"{end}\"\ntitle = {{ es = \"{title}\" }}\n"));
        if let Some(who) = SPEAKERS.get(item.speaker) {
            let key = if item.speaker < 2 { "party" } else { "person" };
            session.push_str(&match item.tbc {
                true => format!("speakers = [{{ {key} = \"{who}\", tbc = true }}]\n"),
                false => format!("speakers = [\"{who}\"]\n"),
            });
        }
        for (at, part) in parts(item).iter().enumerate() {
            let (start, end) =
                (clock(item.start + item.minutes / 2 * at as u32), clock(item.start + item.minutes / 2 * (at as u32 + 1)));
            session.push_str(&match item.within {
                Within::Items => {
                    format!("\n[[slots.items]]\nstart = \"{start}\"\nend = \"{end}\"\ntitle = {{ es = \"{part}\" }}\n")
                }
                _ => format!("\n[[slots.groups]]\ntitle = {{ es = \"{part}\" }}\n"),
            });
        }
    }
    let mut project = Project::default();
    project.set("sessions/group.toml", group);
    project.set("sessions/1-una.toml", session);
    project
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is planned comes back from every file that is built of it.
    #[test]
    fn any_programme_comes_back_from_what_is_built(items in planned()) {
        let today = chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
        let materials = Materials::new(files(&items).snapshot(today));
        let edition = materials.edition(true).expect("a group");
        for (kind, format) in [
            ("agenda", Format::Md),
            ("agenda", Format::Html),
            ("agenda", Format::Docx),
            ("agenda", Format::Txt),
            ("calendars", Format::Ics),
            ("data", Format::Json),
            #[cfg(feature = "pdf")]
            ("agenda", Format::Pdf),
        ] {
            let session = (kind != "data").then_some("una");
            let output = edition.output(kind, session, Lang::Es).unwrap_or_else(|| panic!("{kind}"));
            let made = edition.make(&output, format).unwrap_or_else(|_| panic!("{kind}")).artifact.expect("a file");
            let name = made.path.to_string();
            let document = convoca_import::source::read(&name, &made.bytes).unwrap_or_else(|why| panic!("{name}: {}", why.en));
            let imported = convoca_import::agenda::read(&document, &Hints { today: Some(today), ..Hints::default() });
            prop_assert_eq!(imported.sessions.len(), 1, "{}", name);
            let session = &imported.sessions[0];
            prop_assert_eq!(session.date.map(|date| date.to_string()), Some("2027-03-02".to_owned()), "{}", name);
            // A calendar has no place for what stands in an item but its description.
            let nested = kind != "calendars";
            let found: Vec<String> = session.items.iter().filter(|item| nested || item.level == 0).map(|item| {
                let hour = |hour: Option<Clock>| hour.map(|hour| hour.to_string()).unwrap_or_default();
                let groups: Vec<&str> = item.groups.iter().map(|group| group.title.as_str()).collect();
                let groups = if nested { groups.join(" | ") } else { String::new() };
                let (indent, tbc) = ("  ".repeat(usize::from(item.level)), if item.tbc { " tbc" } else { "" });
                format!("{indent}{}–{} {}{tbc} [{groups}]", hour(item.start), hour(item.end), item.title)
            }).collect();
            prop_assert_eq!(found, wanted(&items, nested), "{}", name);
        }
    }
}
