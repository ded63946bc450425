use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::branding::Branding;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::formats::Format;
use crate::model::Programme;
use crate::templates::Templates;

const GROUP: &str = "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }\n\
    [parties.a]\nmember = true\nname = { es = 'Alfa', en = 'Alpha' }\n[parties.b]\nmember = true\nname = { es = 'Beta', en = 'Beta' }";

struct World {
    sources: Sources,
    programme: Programme,
    templates: Templates,
    branding: Branding,
}

impl World {
    fn new(own: &[(&str, &str)], title: &str) -> World {
        World::with(own, &format!("title = {{ es = '{title}', en = '{title}' }}"))
    }

    /// With this at the end of each session's file.
    fn with(own: &[(&str, &str)], titles: &str) -> World {
        let mut sources = Sources::default();
        sources.add("group.toml", GROUP);
        for (number, hours) in [(1, "start = '10:00'\nend = '11:00'\n"), (2, "")] {
            sources.add(
                format!("{number}.toml"),
                format!("id = 's{number}'\nnumber = {number}\ndate = 2027-03-0{number}\n{hours}{titles}"),
            );
        }
        let programme = crate::check(&sources, "2027-01-01".parse().unwrap()).programme.unwrap();
        let own = own.iter().map(|(name, text)| ((*name).to_owned(), (*name).to_owned(), (*text).to_owned()));
        let (templates, _) = Templates::new(&mut sources, own.collect());
        World { sources, programme, templates, branding: Branding::default() }
    }

    fn edition(&self) -> Edition<'_> {
        Edition::new(&self.sources, &self.programme, &self.templates, &self.branding, false)
    }
}

/// Holds what it once took, by its key.
#[derive(Default)]
struct Shelf {
    held: Vec<(String, Key)>,
    taken: Mutex<Vec<(String, Option<Key>)>>,
    told: AtomicUsize,
    patience: Option<usize>,
}

impl Outlet for Shelf {
    type Error = &'static str;

    fn progress(&self, done: usize, of: usize) -> Result<(), &'static str> {
        assert!(done < of);
        let told = self.told.fetch_add(1, Ordering::Relaxed);
        if self.patience.is_some_and(|patience| told >= patience) { Err("enough") } else { Ok(()) }
    }

    fn holds(&self, path: &FilePath, key: &Key) -> bool {
        self.held.iter().any(|(held, known)| *held == **path && known == key)
    }

    fn take(&self, artifact: Artifact, key: Option<Key>) -> Result<(), &'static str> {
        self.taken.lock().unwrap().push((artifact.path.to_string(), key));
        Ok(())
    }
}

impl Shelf {
    /// A shelf that holds what another took.
    fn after(other: Shelf) -> Shelf {
        let held = other.taken.into_inner().unwrap().into_iter().filter_map(|(path, key)| Some((path, key?)));
        Shelf { held: held.collect(), ..Shelf::default() }
    }

    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.taken.lock().unwrap().iter().map(|(path, _)| path.clone()).collect();
        paths.sort();
        paths
    }
}

#[test]
fn one_alone_is_as_it_is_among_all() {
    let world = World::new(&[], "Una");
    let edition = world.edition();
    let outputs = edition.outputs();
    let memory = Memory::default();
    let report = edition.make_all(&outputs, &Format::ALL, &memory).unwrap();
    let all = memory.artifacts();
    assert_eq!(report.paths, all.iter().map(|artifact| artifact.path.clone()).collect::<Vec<_>>());
    assert_eq!(report.empty, ["public/es/agenda-2-s2.ics", "public/en/agenda-2-s2.ics"], "no hour, no calendar");
    let mut alone = 0;
    for output in &outputs {
        for format in output.formats() {
            let Some(artifact) = edition.make(output, format).unwrap().artifact else { continue };
            assert_eq!(artifact.path, edition.path(output, format));
            assert!(all.iter().any(|other| other.path == artifact.path && other.bytes == artifact.bytes), "{}", artifact.path);
            alone += 1;
        }
    }
    assert_eq!(alone, all.len());
}

#[test]
fn what_an_output_cannot_be_had_in_is_said() {
    let world = World::new(&[], "Una");
    let edition = world.edition();
    for output in edition.outputs() {
        for format in Format::ALL {
            let is_had = output.formats().any(|own| own == format);
            assert_eq!(matches!(edition.make(&output, format), Err(Fault::Format(_))), !is_had, "{output:?} {format:?}");
        }
    }
}

#[test]
fn what_is_held_is_made_again_only_after_a_change() {
    let world = World::new(&[], "Una");
    let make = |world: &World, shelf: Shelf| {
        let edition = world.edition();
        edition.make_all(&edition.outputs(), &Format::ALL, &shelf).unwrap();
        shelf
    };
    let is_document = |path: &String| !path.ends_with(".ics") && !path.ends_with(".json");
    let first = make(&world, Shelf::default());
    assert!(first.paths().iter().any(|path| path == "private/es/cartas/a.docx"));
    let second = make(&world, Shelf::after(first));
    assert!(!second.paths().iter().any(is_document), "{:?}", second.paths());
    let own = [("page.html.j2", "<p>{{ title }}</p>{{ body | safe }}")];
    for changed in [World::new(&[], "Otra"), World::new(&own, "Una")] {
        let shelf = make(&changed, Shelf::after(make(&world, Shelf::default())));
        assert!(shelf.paths().iter().any(|path| path == "public/es/agenda-1-s1.html"), "{:?}", shelf.paths());
    }
}

#[test]
fn the_making_stops_where_it_is_told_to() {
    let world = World::new(&[], "Una");
    let edition = world.edition();
    let shelf = Shelf { patience: Some(3), ..Shelf::default() };
    let outputs = edition.outputs();
    assert!(matches!(edition.make_all(&outputs, &[Format::Md], &shelf), Err(Stopped::Outlet("enough"))));
    assert!(shelf.paths().len() <= 3 && outputs.len() > 10);
}

#[test]
fn a_fault_loses_one_document_and_is_told_once() {
    let world = World::new(&[("own.md.j2", "# {{ no.such }}")], "Una");
    let edition = world.edition();
    let memory = Memory::default();
    let report = edition.make_all(&edition.outputs(), &[Format::Md, Format::Txt], &memory).unwrap();
    assert_eq!(report.faults.len(), 1);
    assert_eq!(report.missing.len(), 4, "two formats in two languages: {:?}", report.missing);
    assert!(
        report.paths.contains(&FilePath::of(&["public", "es", "programa.md"]))
            && !report.paths.iter().any(|path| path.contains("own"))
    );
}

#[test]
fn kinds_are_asked_for_in_either_language_and_by_the_names_of_files() {
    let words = "file-own = { es = 'Hoja de ruta', en = 'Run of show' }";
    let world = World::new(&[("own.md.j2", "# T"), ("words.toml", words)], "Una");
    let edition = world.edition();
    for (word, kind) in [
        ("agendas", Some("agenda")),
        ("Cartas", Some("letter")),
        ("nota", Some("concept-note")),
        ("calendarios", Some("calendars")),
        ("datos", Some("data")),
        ("own", Some("own")),
        ("hoja-de-ruta", Some("own")),
        ("acta", None),
    ] {
        assert_eq!(edition.kind(word).as_deref(), kind, "{word}");
    }
    let selection = Selection { sessions: Some(vec!["s1".to_owned()]), ..Selection::default() };
    let of_one: Vec<String> = edition
        .outputs()
        .iter()
        .filter(|output| selection.takes(output))
        .map(|output| edition.path(output, output.formats().next().unwrap()))
        .map(|path| path.to_string())
        .collect();
    assert_eq!(
        of_one,
        ["public/es/agenda-1-s1.html", "public/es/agenda-1-s1.ics", "public/en/agenda-1-s1.html", "public/en/agenda-1-s1.ics"]
    );
}

#[test]
fn what_a_text_of_a_session_cannot_show_is_told_where_it_is_written() {
    let prose = "title = 'Una'\nobjective = { en = 'A ![map](a.png)', es = 'Un ![mapa](a.png)' }\n\
                 [[slots]]\ntitle = 'Punto'\ndescription = 'Nota[^1]'\n";
    let world = World::with(&[("agenda.md.j2", "# {{ session.title }}\n\n{{ session.objective }}\n")], prose);
    let faults = world.edition().faults();
    let places = |finding: &Diagnostic| -> Vec<(String, String)> {
        let place = |span: Span| (world.sources.get(span.file).path.clone(), world.sources.text(span).to_owned());
        finding.labels.iter().map(|label| place(label.span)).collect()
    };
    assert_eq!(faults.len(), 4, "one for each session and language, however many documents show it: {faults:?}");
    for number in [1, 2] {
        let here = vec![(format!("{number}.toml"), "![".to_owned())];
        assert_eq!(faults.iter().filter(|fault| places(fault) == here).count(), 2, "{number}: {faults:?}");
    }
    // In the program's own agenda the item is shown as well.
    let world = World::with(&[], &prose.replace("![", "["));
    let faults = world.edition().faults();
    let notes = faults.iter().filter(|fault| fault.message.en == "the note `[^1]` is not written");
    let told: Vec<&str> = notes.flat_map(|fault| &fault.labels).map(|label| world.sources.text(label.span)).collect();
    assert_eq!(told, ["[^1]", "[^1]"], "{faults:?}");
}

#[test]
fn many_sessions_with_little_text_each_are_not_all_made_to_be_looked_at() {
    let agendas = |octets: usize| {
        let world = World::with(&[], &format!("title = 'Una'\nobjective = '{}'", "a ".repeat(octets / 2)));
        world.edition().doubtful().iter().filter(|paper| paper.template == "agenda").count()
    };
    assert_eq!(agendas(1_000), 0, "nothing can be too long");
    assert_eq!(agendas(600 * 1024), 0, "nor what they make together: each brings the room for it");
    assert_eq!(agendas(1_100 * 1024), 4, "each of them may be");
}

#[test]
fn a_bar_between_words_is_no_table() {
    let doubtful = |rest: &str| {
        let world = World::with(&[], &format!("title = 'Una'{rest}"));
        !world.edition().doubtful().is_empty()
    };
    assert!(!doubtful(" # draft | tentative"));
    for table in ["|-|", "a|b\n--|:-:", "a | b\n - | -", "|a|\n|:-|"] {
        assert!(doubtful(&format!("\nobjective = \"\"\"\n{table}\n\"\"\"")), "{table}");
    }
    assert!(
        doubtful(
            r#"
objective = "a|b\n-|-\n1|2""#
        ),
        "with its lines written as signs"
    );
}
