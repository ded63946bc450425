//! What tests of the command line share.
#![allow(dead_code)]

pub(crate) mod caldav;
pub(crate) mod imap;
pub(crate) mod smtp;

use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tempfile::TempDir;

const GROUP: &str = include_str!("group.toml");
const SESSION: &str = include_str!("session.toml");

/// A programme of one session and three recipients, in a folder of its own.
pub(crate) struct World {
    pub folder: TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        let world = World { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(world.folder.path().join("sessions")).unwrap();
        world.write("group.toml", GROUP);
        world.write("1.toml", SESSION);
        world
    }

    /// Another session like the first, a week later.
    pub(crate) fn add_second(&self) {
        let second = SESSION.replace("\"one\"", "\"two\"").replace("number = 1", "number = 2");
        self.write("2.toml", &second.replace("2027-03-02", "2027-03-09"));
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("sessions").join(name), text).unwrap();
    }

    /// Replaces words in a file that must hold them.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.folder.path().join("sessions").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    pub(crate) fn ledger(&self) -> String {
        fs::read_to_string(self.folder.path().join("sessions/invitations.jsonl")).unwrap_or_default()
    }

    /// The program in the folder, in English and on a day that does not pass.
    pub(crate) fn convoca(&self, arguments: &[&str]) -> Command {
        self.speaking("en", arguments)
    }

    /// The same in another language.
    pub(crate) fn speaking(&self, lang: &str, arguments: &[&str]) -> Command {
        self.dated("2027-02-01", lang, arguments)
    }

    /// In English on another day.
    pub(crate) fn on(&self, day: &str, arguments: &[&str]) -> Command {
        self.dated(day, "en", arguments)
    }

    fn dated(&self, day: &str, lang: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convoca"));
        command.current_dir(self.folder.path()).args(arguments).args(["--lang", lang, "--today", day]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env_remove("CONVOCA_SMTP_SERVER").env_remove("CONVOCA_IMAP_SERVER");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.convoca(arguments).output().unwrap()
    }

    /// The plan as JSON.
    pub(crate) fn plan(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.run(&[&["invite", "plan", "--format", "json"], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The arguments that send the plan as it is now.
    pub(crate) fn sending(&self, server: &str, timeout: &str, arguments: &[&str]) -> Vec<String> {
        let plan = self.plan(arguments)["plan"].as_str().unwrap().to_owned();
        let fixed = [
            "invite",
            "send",
            "--server",
            server,
            "--tls",
            "none",
            "--per-minute",
            "60000",
            "--timeout",
            timeout,
            "--retry",
            "0",
        ];
        let fixed = fixed.into_iter().chain(["--yes"]);
        fixed.chain([plan.as_str()]).chain(arguments.iter().copied()).map(str::to_owned).collect()
    }

    /// The program at the mailbox of `ana` on a server, which is named by the environment.
    pub(crate) fn at_mailbox(&self, mailbox: &str, arguments: &[&str]) -> Output {
        let mut command = self.convoca(arguments);
        for (name, value) in [("SERVER", mailbox), ("TLS", "none"), ("USER", "ana"), ("PASSWORD", "hunter2")] {
            command.env(format!("CONVOCA_IMAP_{name}"), value);
        }
        command.output().unwrap()
    }

    pub(crate) fn send(&self, server: &str, arguments: &[&str]) -> Output {
        let arguments = self.sending(server, "1", arguments);
        self.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// What a run printed.
pub(crate) fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The calendar in a mail.
pub(crate) fn calendar(mail: &str) -> String {
    let part = mail.split("Content-Transfer-Encoding: base64").nth(1).unwrap();
    let body = part.split("\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap().replace("\r\n", "");
    String::from_utf8(base64(&body)).unwrap().replace("\r\n ", "")
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |byte: u8| LETTERS.iter().position(|letter| *letter == byte).unwrap() as u32;
    let mut out = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | value(*byte)) << (6 * (4 - four.len()));
        out.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    out
}

/// A fault of a server: what it is called, where the server does what, and what is then said.
pub(crate) type Fault = (&'static str, &'static str, imap::Act, &'static str);

/// Meets each fault in a world of its own, several at a time: it is told, comes to an end, and shows neither a sign that
/// a terminal obeys nor the password. Only who waits for the limit, as `late` says, has a short one: this machine may
/// be slow.
pub(crate) fn each_ends_well(
    faults: impl IntoIterator<Item = Fault>,
    late: &str,
    meet: impl Fn(&World, (&'static str, imap::Act), &[&str]) -> Output + Sync,
) {
    let faults = Mutex::new(faults.into_iter().collect::<Vec<_>>());
    let next = || faults.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((name, at, act, says)) = next() {
                    let (world, begun) = (World::new(), Instant::now());
                    let timeout = ["--timeout", if says == late { "2" } else { "60" }];
                    let told = printed(&meet(&world, (at, act), &timeout));
                    assert!(told.contains(says), "{name}: {told}");
                    assert!(begun.elapsed() < Duration::from_secs(50), "it does not end: {name}");
                    let is_clean = !told.contains(['\u{1b}', '\u{b}', '\u{7}']) && !told.contains("panicked");
                    assert!(is_clean && !told.contains("hunter2"), "{name}: {told}");
                }
            });
        }
    });
}
