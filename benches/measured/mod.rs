//! What whole processes take of the machine, as GNU time tells it: the median of several runs, with the
//! least and the most. Asserts nothing of time, because machines differ.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The program.
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_convoca");

/// What a process took.
pub(crate) struct Cost {
    pub seconds: f64,
    pub of_processor: f64,
    pub megabytes: f64,
}

/// Whether there is a GNU time; without it nothing can be measured, and that is told.
pub(crate) fn can_measure() -> bool {
    let there = run(Command::new("true"), 1).is_some();
    if !there {
        println!("GNU time is not at hand, so nothing was measured: `benches/install` brings it");
    }
    there
}

/// One process.
pub(crate) fn process(command: Command) -> Cost {
    run(command, 1).expect("GNU time was there before")
}

/// One of many processes, one after another: clocks of processors tick too slowly for a single short one.
pub(crate) fn short_process(command: Command) -> Cost {
    const TIMES: u32 = 40;
    let Cost { seconds, of_processor, megabytes } = run(command, TIMES).expect("GNU time was there before");
    Cost { seconds: seconds / f64::from(TIMES), of_processor: of_processor / f64::from(TIMES), megabytes }
}

/// Seconds of the processor that this process took so far, in hundredths; none where the system does not tell (Linux).
pub(crate) fn own_processor() -> f64 {
    let about = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold anything; behind it are twelve other figures.
    let ticks = about.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn run(command: Command, times: u32) -> Option<Cost> {
    let told = tempfile::NamedTempFile::new().ok()?;
    let mut time = Command::new("/usr/bin/time");
    time.arg("-q").arg("-o").arg(told.path()).args(["-f", "%e %U %S %M"]);
    if times > 1 {
        let again =
            format!("for _ in {}; do \"$@\"; told=$?; [ $told -le 1 ] || exit $told; done; exit 0", "x ".repeat(times as usize));
        time.args(["sh", "-c", &again, "sh"]);
    }
    time.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        time.current_dir(folder);
    }
    let output = time.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
    // Findings are no failure of the program.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(told.path()).ok()?;
    let figures: Vec<f64> = text.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let [seconds, user, system, kilobytes] = figures[..] else { return None };
    Some(Cost { seconds, of_processor: user + system, megabytes: kilobytes / 1024.0 })
}

/// The program on a programme, as of a day before its sessions.
pub(crate) fn convoca(sessions: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BIN);
    command.args(arguments).args(["--lang", "en", "--today", "2022-10-03", "--programme"]).arg(sessions);
    command
}

/// Does a piece of work several times, prints what it took, and gives the median of the processor's seconds.
pub(crate) fn line(what: &str, runs: usize, mut before: impl FnMut(), work: impl Fn() -> Cost) -> f64 {
    let costs = (0..runs).map(|_| {
        before();
        work()
    });
    let costs: Vec<Cost> = costs.collect();
    let of = |figure: fn(&Cost) -> f64| costs.iter().map(figure).collect::<Vec<_>>();
    let processor = of(|cost| cost.of_processor);
    let digits = if median(&processor) < 0.1 { 4 } else { 2 };
    println!(
        "  {what:<30} {:>26} CPU s  {:>26} s  {:>18} MB",
        spread(&processor, digits),
        spread(&of(|cost| cost.seconds), digits),
        spread(&of(|cost| cost.megabytes), 0)
    );
    median(&processor)
}

/// "0.71 (0.70–0.75)": the median, the least and the most.
pub(crate) fn spread(figures: &[f64], digits: usize) -> String {
    let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figures.iter().copied().fold(0.0, f64::max);
    format!("{:.digits$} ({least:.digits$}–{most:.digits$})", median(figures))
}

pub(crate) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
