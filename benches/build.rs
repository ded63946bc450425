//! What `build` costs as programmes grow: `cargo bench --bench build --profile dist`, or with fewer sessions
//! `cargo bench --bench build --profile dist -- 100`.
//!
//! Prints processor seconds of whole processes, wall time and peak memory.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;
#[path = "../tests/common/programme.rs"]
mod programme;

use std::fs;
use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use convoca::branding::Branding;
use convoca::diagnostics::Sources;
use convoca::formats::Format;
use convoca::papers::Edition;
use convoca::templates::Templates;
use measured::{Cost, can_measure, convoca, line, process, spread};

const PARTIES: usize = 40;
const BOTH: &[&str] = &["es", "en"];

fn main() {
    let most = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000);
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    if !can_measure() {
        return;
    }

    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    println!("The programme that ships");
    one_agenda(&shipped);
    let sessions = scratch.path().join("sessions");
    fs::create_dir(&sessions).expect("a folder");
    for entry in fs::read_dir(&shipped).expect("the programme").flatten() {
        fs::copy(entry.path(), sessions.join(entry.file_name())).expect("room on the disk");
    }
    again_and_again(&sessions, &sessions.join("2-cities-of-solidarity.toml"), "Opening remarks", 9);

    for count in [10, 30, 100, 300, 1_000].into_iter().filter(|count| *count <= most) {
        println!("{count} sessions of 8 items, {PARTIES} members");
        let sessions = scratch.path().join(count.to_string()).join("sessions");
        programme::write(&sessions, count, PARTIES, BOTH);
        again_and_again(&sessions, &sessions.join("00002.toml"), "Item 3", if count < 100 { 5 } else { 3 });
    }

    let letters = most.min(1_000);
    println!("{letters} letters");
    let sessions = scratch.path().join("letters/sessions");
    programme::write(&sessions, 3, letters, &["es"]);
    let out = sessions.with_file_name("out");
    let letters = ["--only", "letters"];
    line("all of them", 3, || afresh(&out), || build(&sessions, &out, &letters));
    line("again", 3, || (), || build(&sessions, &out, &letters));
}

/// Everything; again without a change; after a change of one item, in which `words` stand; one agenda alone.
fn again_and_again(sessions: &Path, file: &Path, words: &str, runs: usize) {
    let out = sessions.with_file_name("out");
    line("everything", runs, || afresh(&out), || build(sessions, &out, &[]));
    line("without PDF", runs, || afresh(&out), || build(sessions, &out, &["--format", "docx,html,ics,json,md,txt"]));
    build(sessions, &out, &[]);
    line("again", runs, || (), || build(sessions, &out, &[]));
    let text = fs::read_to_string(file).expect("a session");
    let mut number = 0;
    let change = || {
        number += 1;
        fs::write(file, text.replacen(words, &format!("{words} {number}"), 1)).expect("room on the disk");
    };
    line("after a change", runs, change, || build(sessions, &out, &[]));
    let agenda = ["--only", "agenda", "--session", "2", "--format", "html"];
    line("an agenda as HTML", runs, || (), || build(sessions, &out, &agenda));
}

/// One agenda as HTML from texts in memory, as a front end shows it while somebody types.
fn one_agenda(sessions: &Path) {
    const RUNS: usize = 21;
    let mut texts: Vec<(String, String)> = Vec::new();
    for entry in fs::read_dir(sessions).expect("the programme").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            texts.push((path.to_string_lossy().into_owned(), fs::read_to_string(path).expect("a text")));
        }
    }
    let (mut all, mut made) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut sources = Sources::default();
        for (path, text) in &texts {
            sources.add(path.clone(), text.clone());
        }
        let today = NaiveDate::from_ymd_opt(2022, 10, 3).expect("a day");
        let programme = convoca::check(&sources, today).programme.expect("a group");
        let (templates, _) = Templates::new(&mut sources, Vec::new());
        let branding = Branding::default();
        let checked = Instant::now();
        let edition = Edition::new(&sources, &programme, &templates, &branding, false);
        let outputs = edition.outputs();
        let agenda = outputs.iter().find(|output| output.kind() == "agenda").expect("an agenda");
        edition.make(agenda, Format::Html).expect("a page");
        made.push(checked.elapsed().as_secs_f64() * 1e3);
        all.push(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("  an agenda from memory: {} ms; with reading and checking everything: {} ms", spread(&made, 2), spread(&all, 2));
}

fn afresh(out: &Path) {
    if out.exists() {
        fs::remove_dir_all(out).expect("the folder of before");
    }
}

fn build(sessions: &Path, out: &Path, arguments: &[&str]) -> Cost {
    let mut command = convoca(sessions, &["build"]);
    command.arg("--out").arg(out).args(arguments);
    process(command)
}
