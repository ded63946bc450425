//! What the tests of the whole program share: running it, and folders to run it on.

#![allow(dead_code)] // each test file is a crate of its own and takes what it needs

pub(crate) mod desk;
pub(crate) mod programme;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");
pub(crate) const BIN: &str = env!("CARGO_BIN_EXE_convoca");

pub(crate) fn shipped() -> PathBuf {
    Path::new(ROOT).join("sessions")
}

pub(crate) fn published() -> PathBuf {
    Path::new(ROOT).join("tests/fixtures/as-published")
}

/// The program in a language, with nothing of the machine's locale and colours; in the week before the
/// sessions, unless told otherwise.
pub(crate) fn convoca(lang: &str) -> Command {
    let mut command = Command::new(BIN);
    command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", lang).env("NO_COLOR", "1");
    command.env("XDG_STATE_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/state"));
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    Run::of(command.output().expect("the program starts"))
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Run {
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// All that it said.
    pub(crate) fn said(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// A fresh folder `sessions` with a copy of the files of another.
pub(crate) struct Workspace {
    pub dir: TempDir,
}

impl Workspace {
    pub(crate) fn of(folder: &Path) -> Workspace {
        let workspace = Workspace { dir: TempDir::new().expect("a folder for the test") };
        copy(folder, &workspace.sessions());
        workspace
    }

    /// A folder without any `sessions`.
    pub(crate) fn empty() -> Workspace {
        Workspace { dir: TempDir::new().expect("a folder for the test") }
    }

    /// A folder `sessions` with one file, the group.
    #[allow(dead_code)]
    pub(crate) fn with_group(group: &str) -> Workspace {
        let workspace = Workspace { dir: TempDir::new().expect("a folder for the test") };
        fs::create_dir_all(workspace.sessions()).expect("a folder for the sessions");
        workspace.write("group.toml", group);
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn sessions(&self) -> PathBuf {
        self.path().join("sessions")
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.sessions().join(name);
        fs::write(&path, content).expect("the test's file is written");
        path
    }

    /// Runs the program here.
    pub(crate) fn convoca(&self, lang: &str, arguments: &[&str]) -> Run {
        run(convoca(lang).current_dir(self.path()).args(arguments))
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        // What was published from this folder is no part of the programme.
        if path.is_file() && !path.ends_with("published.jsonl") {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Every file under a folder with its bytes, in order.
pub(crate) fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("published.jsonl") {
                files.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
