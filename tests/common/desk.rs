//! A programme to which everybody was invited, and answers in the shapes in which programs send them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{BIN, ROOT};

pub(crate) fn fixtures() -> PathBuf {
    Path::new(ROOT).join("tests/fixtures/answers")
}

/// A programme of two sessions with three people each, all invited.
pub(crate) struct Desk(pub(crate) TempDir);

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(fixtures().join("desk")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        Desk(folder)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        self.run_on("2027-01-07", arguments)
    }

    pub(crate) fn run_on(&self, today: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(BIN);
        command.current_dir(fixtures()).args(arguments).args(["--programme", self.0.path().to_str().unwrap()]);
        let output = command.args(["--lang", "en", "--today", today]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The answers in the ledger, without what every line has.
    pub(crate) fn answers(&self) -> Vec<Value> {
        let ledger = fs::read_to_string(self.0.path().join("invitations.jsonl")).unwrap();
        let lines = ledger.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["kind"] == "reply").collect()
    }
}
