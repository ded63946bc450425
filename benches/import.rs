//! What reading a document costs: `cargo bench --bench import --profile dist`.
//!
//! Processor seconds of whole processes, wall time and peak memory, and the ratio to what is promised: a Word file of ten
//! pages in 100 ms, a PDF of ten in 250 ms, a document of two hundred in 2 s and 200 MB. The documents are made here:
//! prose and an agenda to a page. Without the feature `pdf` no PDF can be made, and that is told.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measured::{BIN, Cost, can_measure, line, process, short_process};

const RUNS: usize = 5;
/// Lines of prose that fill a page together with its agenda.
const LINES: usize = 24;

fn main() {
    if !can_measure() {
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    for (pages, ending, seconds) in
        [(10, "txt", 0.1), (10, "docx", 0.1), (10, "pdf", 0.25), (200, "docx", 2.0), (200, "pdf", 2.0)]
    {
        let what = format!("{pages} pages of {ending}");
        let Some(file) = document(scratch.path(), pages, ending) else {
            println!("  {what}: not made, the program was built without it");
            continue;
        };
        let folder = scratch.path().join("nothing");
        let read = |file: &Path| {
            let mut command = Command::new("sh");
            // Doubts are for a person, and no failure of the benchmark.
            command
                .args(["-c", "\"$0\" import \"$1\" --dry-run --format json --today 2027-01-04 --programme \"$2\" || [ $? = 1 ]"]);
            command.arg(BIN).arg(file).arg(&folder);
            command
        };
        let cost = || -> Cost { if pages > 10 { process(read(&file)) } else { short_process(read(&file)) } };
        let median = line(&what, RUNS, || (), cost);
        let memory = process(read(&file)).megabytes;
        println!("  {:<30} {:.2} of the time promised, {:.2} of the memory", "", median / seconds, memory / 200.0);
    }
}

/// A document of so many pages, made by the program itself from text that it has read.
fn document(folder: &Path, pages: usize, ending: &str) -> Option<PathBuf> {
    let text = folder.join(format!("{pages}.txt"));
    fs::write(&text, pages_of_text(pages)).ok()?;
    if ending == "txt" {
        return Some(text);
    }
    let programme = folder.join(format!("{pages}-{ending}"));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(BIN);
        command.args(arguments).args(["--lang", "en", "--today", "2027-01-04", "--programme"]).arg(programme.join("sessions"));
        command.current_dir(folder).output().is_ok_and(|output| output.status.code() < Some(2))
    };
    let zone = ["--time-zone", "America/Guatemala"];
    let imported = run(&[&["import", text.to_str()?], &zone[..]].concat());
    let out = programme.join("out");
    let built = imported && run(&["build", "--draft", "--only", "programme", "--format", ending, "--out", out.to_str()?]);
    built.then(|| found(&out, ending)).flatten()
}

fn found(folder: &Path, ending: &str) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() { found(&path, ending) } else { path.extension().is_some_and(|own| own == ending).then_some(path) }
    })
}

/// A session to a page: a head, what it is for, and its agenda.
fn pages_of_text(pages: usize) -> String {
    let mut out = String::from("Programme of the River Towns\n\n");
    let day = chrono::NaiveDate::from_ymd_opt(2027, 2, 1).expect("a date");
    for (page, day) in day.iter_days().take(pages).enumerate() {
        let number = page + 1;
        writeln!(out, "Session {number} – Theme number {number} ({})\n", day.format("%-d %B %Y")).expect("a text");
        writeln!(out, "Objective: {}\n", "To hear what each town has tried and what it cost. ".repeat(LINES / 2))
            .expect("a text");
        for item in 0..8 {
            let (start, end) = (600 + item * 20, 620 + item * 20);
            let clock = |minutes: i32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
            writeln!(out, "{}-{}\tPoint {item} of day {number}\tMunicipality of Puerto Alto\t20 min", clock(start), clock(end))
                .expect("a text");
        }
        out.push('\n');
    }
    out
}
