//! Who changed what since yesterday, where git knows it.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Days};
use convoca_studio::page;
use serde_json::{Value, json};

use super::invitations::aside;
use super::refusal::No;
use super::shared::Shared;
use crate::workspace::read::shown;

/// More than this nobody reads.
const MOST: usize = 40;
/// Parts what git says of a change; no name has it.
const PART: char = '\u{1f}';
/// Begins each change.
const BEGIN: char = '\u{1e}';

/// A change as git has it.
struct Commit {
    id: String,
    author: String,
    when: String,
    subject: String,
    /// From the folder of the programme.
    files: Vec<String>,
}

/// The changes since the midnight before yesterday's, the last first, each with what of the programme it changed;
/// nothing where the folder is in no repository.
pub(crate) async fn yesterday(State(shared): State<Arc<Shared>>) -> Result<Json<Value>, No> {
    aside(move || {
        let workspace = shared.workspace();
        let since = workspace.today.checked_sub_days(Days::new(1)).unwrap_or(workspace.today);
        let Some(log) = log(&workspace.folder, &format!("{since}T00:00:00")) else { return Ok(Json(Value::Null)) };
        let folder = &workspace.folder;
        let told = log.iter().take(MOST).map(|commit| {
            let files = commit.files.iter().filter(|name| name.ends_with(".toml"));
            let things = files.map(|name| {
                let [before, after] = [format!("{}^", commit.id), commit.id.clone()].map(|at| text_at(folder, &at, name));
                let path = shown(&folder.join(name));
                shared.see(|desk| page::changed(desk, &path, &before.unwrap_or_default(), &after.unwrap_or_default()))
            });
            let when = DateTime::parse_from_rfc3339(&commit.when).ok();
            json!({
                "author": commit.author,
                "day": when.map(|when| when.date_naive().to_string()),
                "clock": when.map(|when| when.format("%H:%M").to_string()),
                "subject": commit.subject,
                "things": things.collect::<Value>(),
            })
        });
        Ok(Json(told.collect()))
    })
    .await
}

/// Asks git; nothing where there is none, or it has nothing to say here. Neither a pager nor a program that the
/// repository's own settings name is run.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args([
        "-c",
        "log.showSignature=false",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "--no-pager",
    ]);
    let output = command.args(arguments).env("GIT_OPTIONAL_LOCKS", "0").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn log(folder: &Path, since: &str) -> Option<Vec<Commit>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let format = format!("--format={BEGIN}%H{PART}%an{PART}%aI{PART}%s");
    let since = format!("--since={since}");
    let told = git(folder, &["log", &since, &format, "--name-only", "--no-renames", "--relative", "--", "."])?;
    Some(told.split(BEGIN).filter_map(commit).collect())
}

fn commit(told: &str) -> Option<Commit> {
    let mut lines = told.lines();
    let mut parts = lines.next()?.split(PART).map(str::to_owned);
    let (id, author, when, subject) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let files = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Some(Commit { id, author, when, subject, files })
}

/// What a file was; nothing where it was not there.
fn text_at(folder: &Path, commit: &str, name: &str) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    git(folder, &["cat-file", "blob", &format!("{commit}:./{name}")])
}
