//! What one document costs against other programs that make the like:
//! `cargo bench --bench documents --profile dist`.
//!
//! The concept note in one language: as Word file and as PDF by this program, as Word file by pandoc, as PDF by
//! LibreOffice from that and by WeasyPrint from the page. `benches/install` brings them; whichever is missing is
//! told. Processor seconds of whole processes, medians with the least and the most.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;

use std::path::Path;
use std::process::Command;

use measured::{can_measure, convoca, line, process};

const RUNS: usize = 5;

fn main() {
    if !can_measure() {
        return;
    }
    let sessions = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    let at = |name: &str| scratch.path().join(name);
    let note = |format: &str| {
        let mut command = convoca(&sessions, &["build", "--only", "concept-note", "--format", format]);
        command.arg("--out").arg(at("out"));
        command
    };
    let afresh = || drop(std::fs::remove_dir_all(at("out")));
    println!("The concept note in two languages by convoca, with reading and checking the programme");
    line("Word", RUNS, afresh, || process(note("docx")));
    if cfg!(feature = "pdf") {
        line("PDF", RUNS, afresh, || process(note("pdf")));
    } else {
        println!("  PDF                            not in this program: build it without `--no-default-features`");
    }
    process(note("md,html"));
    println!("The same in one language by others");
    let (markdown, page, word) = (at("out/public/en/concept-note.md"), at("out/public/en/concept-note.html"), at("pandoc.docx"));
    let pandoc = || {
        let mut command = Command::new("pandoc");
        command.arg(&markdown).arg("-o").arg(&word);
        command
    };
    let office = || {
        let mut command = Command::new("soffice");
        command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(scratch.path()).arg(&word);
        command
    };
    let weasyprint = || {
        let mut command = Command::new("weasyprint");
        command.arg(&page).arg(at("weasyprint.pdf"));
        command
    };
    peer("pandoc", "Word by pandoc", &pandoc);
    // It is given what pandoc made.
    if word.exists() {
        peer("soffice", "PDF of that by LibreOffice", &office);
    } else {
        println!("  {:<30} not measured: there is no Word file of pandoc's", "PDF by LibreOffice");
    }
    peer("weasyprint", "PDF by WeasyPrint", &weasyprint);
}

fn peer(program: &str, what: &str, command: &dyn Fn() -> Command) {
    let found =
        std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()));
    if found {
        line(what, RUNS, || (), || process(command()));
    } else {
        println!("  {what:<30} not measured: `{program}` is missing, `benches/install` brings it");
    }
}
