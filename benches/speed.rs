//! The speed of the whole program, as processes of the optimised binary: `cargo bench --bench speed`.
//!
//! Prints times, ratios and peak memory; asserts nothing, because machines differ. The ratio to beat is to
//! a bare loop that only reads the files and parses their TOML.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BIN: &str = env!("CARGO_BIN_EXE_convoca");

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    let shipped = root.join("sessions");

    println!("The programme that ships (best of 20)");
    let bare = best(20, || bare_loop(&shipped));
    let check = best(20, || convoca(&shipped, &["check"]));
    let out = scratch.path().join("out");
    let build = best(20, || convoca(&shipped, &["build", "--out", out.to_str().expect("a UTF-8 path")]));
    line("read and parse only", bare, None);
    line("check (target 10 ms)", check, Some(bare));
    line("build (target 60 ms)", build, Some(bare));

    println!("Many sessions of 8 slots, a file each (best of 3)");
    let mut before: Option<Duration> = None;
    for sessions in [5_000, 10_000, 20_000] {
        let folder = scratch.path().join(sessions.to_string());
        write_programme(&folder, sessions);
        let bare = best(3, || bare_loop(&folder));
        let check = best(3, || convoca(&folder, &["check"]));
        line(&format!("{sessions}: read and parse only, one core"), bare, None);
        line(&format!("{sessions}: check"), check, Some(bare));
        if let Some(half) = before {
            println!("  {sessions}: {:.2} times as long as half of it", ratio(check, half));
        }
        if let Some(kilobytes) = peak_memory(&folder) {
            println!("  {sessions}: {} MB at its peak", kilobytes / 1024);
        }
        before = Some(check);
    }
}

fn line(what: &str, took: Duration, bare: Option<Duration>) {
    let of = bare.map_or(String::new(), |bare| format!("  {:6.1} × bare", ratio(took, bare)));
    println!("  {what:<42} {:9.2} ms{of}", took.as_secs_f64() * 1e3);
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn best(times: usize, mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(time).min().unwrap_or_default()
}

fn bare_loop(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a text");
        black_box(toml::de::DeTable::parse(&text).expect("TOML"));
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BIN);
    command.args(arguments).args(["--lang", "es", "--today", "2022-10-03", "--programme"]).arg(folder);
    command.stdout(Stdio::null());
    command
}

fn convoca(folder: &Path, arguments: &[&str]) {
    let status = command(folder, arguments).status().expect("the program starts");
    assert!(status.success(), "{arguments:?}: {status}");
}

/// Kilobytes, where GNU time is there to tell.
fn peak_memory(folder: &Path) -> Option<u64> {
    let told = tempfile::NamedTempFile::new().ok()?;
    let check = command(folder, &["check"]);
    let mut time = Command::new("time");
    time.arg("-o").arg(told.path()).args(["-f", "%M"]).arg(BIN).args(check.get_args()).stdout(Stdio::null());
    time.status().ok()?;
    fs::read_to_string(told.path()).ok()?.trim().parse().ok()
}

/// A programme without faults: two sessions on a day, parties in turn.
fn write_programme(folder: &Path, sessions: u32) {
    const PARTIES: u32 = 40;
    fs::create_dir_all(folder).expect("a folder");
    let mut group = "id = \"big\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"CR\", \"GT\", \"HN\", \"PA\"]\n\
                     name = { es = \"Grupo\", en = \"Group\" }\n"
        .to_owned();
    for party in 0..PARTIES {
        group.push_str(&format!(
            "[parties.party-{party}]\nname = {{ es = \"Parte {party}\", en = \"Party {party}\" }}\ncountry = \"GT\"\n"
        ));
    }
    fs::write(folder.join("group.toml"), group).expect("room on the disk");
    let first = chrono::NaiveDate::from_ymd_opt(2023, 1, 1).expect("a day");
    for index in 0..sessions {
        let day = first + chrono::TimeDelta::days((index / 2).into());
        let opens = if index % 2 == 0 { 8 } else { 14 };
        let number = index + 1;
        let mut text = format!(
            "id = \"session-{number}\"\nnumber = {number}\ndate = {day}\nmoderator = \"party-{}\"\n\
             title = {{ es = \"Sesión {number}\", en = \"Session {number}\" }}\n",
            index % PARTIES
        );
        for slot in 0..8 {
            let (start, end) = (opens * 60 + slot * 20, opens * 60 + slot * 20 + 20);
            text.push_str(&format!(
                "\n[[slots]]\nstart = {:02}:{:02}\nend = {:02}:{:02}\nminutes = 20\n\
                 title = {{ es = \"Punto {slot}\", en = \"Item {slot}\" }}\nspeakers = [\"party-{}\"]\n",
                start / 60,
                start % 60,
                end / 60,
                end % 60,
                (index + slot + 1) % PARTIES
            ));
        }
        fs::write(folder.join(format!("{number:05}.toml")), text).expect("room on the disk");
    }
}
