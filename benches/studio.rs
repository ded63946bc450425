//! How soon the studio answers: `cargo bench --bench studio --profile dist --no-default-features --features studio`.
//!
//! Over HTTP alone: from its start to its address, the first desk, and what a key stroke asks. Then in a browser, from the
//! key to the painted findings, and the first view: `tests/independent/studio.mjs`, where node and what `tests/run`
//! installs for it are at hand.

#![allow(clippy::print_stdout, reason = "what it is for is to print")]

mod measured;
#[path = "../tests/common/programme.rs"]
mod programme;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use measured::{BIN, convoca, spread};
use serde_json::{Value, json};

const RUNS: usize = 9;
const KEYS: usize = 200;

fn main() {
    if !cfg!(feature = "studio") {
        println!("The studio is not in this program, so nothing was measured: build it with `--features studio`");
        return;
    }
    let scratch = tempfile::tempdir().expect("a folder for the benchmark");
    for count in [3, 30, 300] {
        let sessions = scratch.path().join(count.to_string()).join("sessions");
        programme::write(&sessions, count, 40, &["es", "en"]);
        answers(&sessions, count);
    }
    in_a_browser();
}

/// A studio over a programme, as long as it lives.
struct Studio {
    program: Child,
    host: String,
    token: String,
}

impl Studio {
    fn over(sessions: &Path) -> Studio {
        let mut command = convoca(sessions, &["studio", "--no-open"]);
        let mut program = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        let told = program.stdout.take().expect("what it says");
        BufReader::new(told).read_line(&mut line).expect("its address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("an address");
        let (host, token) = address.split_once("/#").expect("a token");
        Studio { program, host: host.to_owned(), token: token.to_owned() }
    }

    fn ask(&self, path: &str, body: Option<&Value>) -> Value {
        let Studio { host, token, .. } = self;
        let (method, body) = body.map_or(("GET", String::new()), |body| ("POST", body.to_string()));
        let request = format!(
            "{method} /api/{path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nx-convoca: {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(host).expect("the studio listens");
        stream.write_all(request.as_bytes()).expect("it hears");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        serde_json::from_str(answer.split_once("\r\n\r\n").expect("a body").1).expect("JSON")
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn answers(sessions: &Path, count: usize) {
    println!("{count} sessions of eight items, ms by the clock");
    let (mut address, mut first) = (Vec::new(), Vec::new());
    let mut keys = Vec::new();
    for run in 0..RUNS {
        let start = Instant::now();
        let studio = Studio::over(sessions);
        address.push(start.elapsed().as_secs_f64() * 1e3);
        let asked = Instant::now();
        let desk = studio.ask("desk", None);
        first.push(asked.elapsed().as_secs_f64() * 1e3);
        for key in 0..if run == 0 { KEYS } else { 0 } {
            let typed = if key % 2 == 0 { "08:12" } else { "08:13" };
            let session = format!("session-{}", count / 2 + 1);
            let command =
                json!({ "do": "time", "session": session, "slot": [1], "part": "end", "typed": typed, "keep": "following" });
            let asked = Instant::now();
            studio.ask("try", Some(&json!({ "base": desk["revision"], "command": command })));
            keys.push(asked.elapsed().as_secs_f64() * 1e3);
        }
    }
    keys.sort_by(f64::total_cmp);
    println!("  {:<30} {:>26}", "from its start to its address", spread(&address, 1));
    println!("  {:<30} {:>26}", "the first desk", spread(&first, 1));
    println!("  {:<30} {:>26}  p99 {:.1}", "a key stroke, answered", spread(&keys, 1), keys[KEYS * 99 / 100]);
}

/// In Chromium: what the page and its painting add.
fn in_a_browser() {
    println!("In a browser");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("independent").join("node");
    if !modules.join("node_modules").is_dir() {
        println!("  not measured: `{}` is missing, `tests/run` brings it", modules.display());
        return;
    }
    let script = root.join("tests/independent/studio.mjs");
    match Command::new("node").arg(script).arg(BIN).arg(&modules).arg("key30,key300,firstView,previews").status() {
        Ok(status) if status.success() => {}
        Ok(status) => println!("  not measured to the end: {status}"),
        Err(error) => println!("  not measured: node cannot be started ({error})"),
    }
}
