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
    let build =
        best(5, || run(Command::new(BIN).arg("build").arg("--programme").arg(root.join("sessions")).arg("--out").arg(&out)));
    let Some(build) = build else { return println!("the programme could not be built") };
    let documents = files(&out, "docx");
    println!("{documents} documents, {} of them as PDF too: {build:.1?} (target 1 s for 10)", files(&out, "pdf"));
    let each = build / u32::try_from(documents.max(1)).unwrap_or(1);
    println!("a document in every format: {each:.1?}");

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
