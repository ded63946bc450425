//! What checks, feeds, mails and dates cost, alone and as programmes grow:
//! `cargo bench --bench speed --profile dist --no-default-features`.
//!
//! Processor seconds of whole processes, wall time and peak memory, and the ratio to a bare loop that only
//! reads the files and parses their TOML. The programmes have no findings, so that printing them is not measured.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;
#[path = "../tests/common/programme.rs"]
mod programme;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::NaiveDate;
use convoca::diagnostics::Sources;
use convoca::locale::Lang;
use measured::{BIN, can_measure, convoca, line, median, own_processor, process, short_process, spread};

const RUNS: usize = 5;

fn main() {
    if !can_measure() {
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    shipped();
    let mut half = None;
    for count in [5_000, 10_000, 20_000] {
        let folder = scratch.path().join(count.to_string()).join("sessions");
        programme::write(&folder, count, 40, &["es"]);
        half = Some(many(&folder, count, half));
    }
    feed(&scratch.path().join("10000/sessions"));
    for people in [200, 1_000] {
        mails(&scratch.path().join(people.to_string()), people);
    }
    five_years(scratch.path());
}

/// The programme that ships, in processes too short for one to be measured.
fn shipped() {
    println!("The programme that ships, a process");
    let sessions = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let version = || {
        let mut command = Command::new(BIN);
        command.arg("--version");
        command
    };
    line("--version", RUNS, || (), || short_process(version()));
    for (what, arguments) in [
        ("check", &["check"][..]),
        ("agenda 1", &["agenda", "1"]),
        ("invite plan", &["invite", "plan"]),
        ("when, six weeks", &["when", "--days", "2022-10-10..2022-11-20"]),
    ] {
        line(what, RUNS, || (), || short_process(convoca(&sessions, arguments)));
    }
}

/// Many sessions; gives the seconds of the check, for the next to be told as a ratio.
fn many(folder: &Path, count: usize, half: Option<f64>) -> f64 {
    println!("{count} sessions of eight items, a file each");
    let said = convoca(folder, &["check"]).output().expect("the program starts");
    let said = String::from_utf8_lossy(&said.stdout);
    assert!(said == "all in order\n", "{said}");
    let bare: Vec<f64> = (0..RUNS).map(|_| bare_loop(folder)).collect();
    println!("  {:<30} {:>26} s", "read and parse only, one core", spread(&bare, 2));
    let check = line("check", RUNS, || (), || process(convoca(folder, &["check"])));
    line("agenda 1", RUNS, || (), || process(convoca(folder, &["agenda", "1"])));
    println!("  a check takes {:.1} times as long as the bare loop", check / median(&bare));
    if let Some(half) = half {
        println!("  and {:.2} times as long as of half as many sessions", check / half);
    }
    check
}

fn bare_loop(folder: &Path) -> f64 {
    let start = Instant::now();
    for text in texts(folder) {
        black_box(toml::de::DeTable::parse(&text.1).expect("TOML"));
    }
    start.elapsed().as_secs_f64()
}

fn texts(folder: &Path) -> impl Iterator<Item = (String, String)> {
    let text = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("a file").path();
        (path.to_string_lossy().into_owned(), fs::read_to_string(path).expect("a text"))
    };
    fs::read_dir(folder).expect("a folder").map(text)
}

/// The feed of a programme from its files to the octets, as much of it as this process can tell apart.
fn feed(folder: &Path) {
    println!("The feed of 10,000 sessions in one language, s by the clock");
    let (mut all, mut checked, mut events, mut bytes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut processor = Vec::new();
    let mut length = 0;
    for _ in 0..RUNS {
        let (start, before) = (Instant::now(), own_processor());
        let mut sources = Sources::default();
        for (path, text) in texts(folder) {
            sources.add(path, text);
        }
        let today = NaiveDate::from_ymd_opt(2022, 10, 3).expect("a day");
        let programme = convoca::check(&sources, today).programme.expect("a group");
        checked.push(start.elapsed().as_secs_f64());
        let made = Instant::now();
        let published = convoca::calendar::programme_calendar(&programme.public(), Lang::Es);
        events.push(made.elapsed().as_secs_f64());
        let written = Instant::now();
        length = published.bytes().expect("a feed that reads back").len();
        bytes.push(written.elapsed().as_secs_f64());
        all.push(start.elapsed().as_secs_f64());
        processor.push(own_processor() - before);
    }
    for (what, figures) in [
        ("read and check", checked),
        ("make the events", events),
        ("write and read back", bytes),
        ("all", all),
        ("all, of the processor", processor),
    ] {
        println!("  {what:<30} {:>26} s", spread(&figures, 3));
    }
    println!("  {:.1} MB", length as f64 / 1e6);
    let out = tempfile::tempdir().expect("a folder");
    let folder = folder.to_path_buf();
    let build = ["build", "--only", "calendars", "--out", out.path().to_str().expect("a UTF-8 path")];
    line("build --only calendars", 1, || (), || process(convoca(&folder, &build)));
}

/// Mails to many people, as files, and entered in the ledger.
fn mails(scratch: &Path, people: usize) {
    const SESSIONS: usize = 10;
    let count = SESSIONS * people;
    println!("{count} mails");
    let sessions = scratch.join("mails/sessions");
    programme::write(&sessions, SESSIONS, 40, &["es", "en"]);
    let group = sessions.join("group.toml");
    let mut text = fs::read_to_string(&group).expect("the group");
    text = text.replacen("name =", "organizer = { party = 'party-0', email = 'secretaria@example.org' }\nname =", 1);
    for person in 0..people {
        let party = person % 40;
        text.push_str(&format!(
            "[people.p{person}]\nname = 'Persona Número {person}'\nparty = 'party-{party}'\nemail = 'p{person}@example.org'\n"
        ));
    }
    fs::write(&group, text).expect("room on the disk");
    for entry in fs::read_dir(&sessions).expect("a folder").flatten().filter(|entry| entry.path() != group) {
        let text = fs::read_to_string(entry.path()).expect("a session");
        fs::write(entry.path(), text.replacen("number", "status = 'confirmed'\nnumber", 1)).expect("room on the disk");
    }
    let out = scratch.join("mails/out");
    let ledger = sessions.join("invitations.jsonl");
    let shown = out.to_str().expect("a UTF-8 path");
    let afresh = || {
        let _ = fs::remove_dir_all(&out);
        let _ = fs::remove_file(&ledger);
    };
    let write = line("invite write", 3, afresh, || process(convoca(&sessions, &["invite", "write", shown])));
    println!("  {:.3} ms a mail", write * 1e3 / count as f64);
    let record = || drop(fs::remove_file(&ledger));
    line("invite record", 3, record, || process(convoca(&sessions, &["invite", "record", shown])));
    line("invite plan, nothing to send", 3, || (), || process(convoca(&sessions, &["invite", "plan"])));
}

/// A date among five years of them.
fn five_years(scratch: &Path) {
    println!("Dates within five years, 40 members");
    let sessions = scratch.join("years/sessions");
    programme::write(&sessions, 0, 40, &["es"]);
    for (what, count) in [("1 session", "1"), ("10 sessions", "10")] {
        let when = ["when", "--days", "2023-01-01..2027-12-31", "--sessions", count];
        line(what, RUNS, || (), || process(convoca(&sessions, &when)));
    }
}
