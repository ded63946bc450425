//! The speed of documents: `cargo bench --bench documents`.
//!
//! All documents of the shipped programme in every format as a whole process, and the note alone through
//! pandoc and LibreOffice where they are at hand. Prints times and ratios; asserts nothing.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BIN: &str = env!("CARGO_BIN_EXE_convoca");

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    let out = scratch.path().join("out");
    let sessions = root.join("sessions");
    let Some(build) = best(5, || convoca(&sessions, &out)) else { return println!("the programme could not be built") };
    let documents = files(&out, "docx");
    println!("{documents} documents, {} of them as PDF too: {build:.1?} (target 1 s for 10)", files(&out, "pdf"));
    // What the note costs in two languages is what the programme without it saves.
    let without = scratch.path().join("sessions");
    copy_without_note(&sessions, &without);
    let rest = best(5, || convoca(&without, &scratch.path().join("rest"))).unwrap_or_default();
    let each = build.saturating_sub(rest) / 2;
    println!("the note in every format: {each:.1?}");

    let note = out.join("en/concept-note.md");
    let word = scratch.path().join("pandoc.docx");
    let pandoc = best(3, || run(Command::new("pandoc").arg(&note).arg("-o").arg(&word)));
    let office = pandoc.and_then(|_| {
        best(3, || {
            let mut soffice = Command::new("soffice");
            run(soffice.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(scratch.path()).arg(&word))
        })
    });
    match pandoc.zip(office) {
        Some((pandoc, office)) => {
            let both = pandoc + office;
            let ratio = both.as_secs_f64() / each.as_secs_f64();
            println!("the note by pandoc and LibreOffice: {both:.1?}, {ratio:.0} times as long (target 10)");
        }
        None => println!("pandoc or LibreOffice is not at hand: nothing to compare with"),
    }
}

fn convoca(sessions: &Path, out: &Path) -> Option<()> {
    run(Command::new(BIN).arg("build").arg("--programme").arg(sessions).arg("--out").arg(out))
}

fn copy_without_note(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the programme").flatten() {
        if entry.file_name() != "concept-note.toml" {
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("room on the disk");
        }
    }
}

fn run(command: &mut Command) -> Option<()> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then_some(())
}

fn best(times: usize, mut work: impl FnMut() -> Option<()>) -> Option<Duration> {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            work().map(|()| start.elapsed())
        })
        .min()
        .flatten()
}

fn files(folder: &Path, extension: &str) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries
        .map(|path| match path.is_dir() {
            true => files(&path, extension),
            false => usize::from(path.extension().is_some_and(|own| own == extension)),
        })
        .sum()
}
