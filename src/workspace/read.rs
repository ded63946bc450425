//! Reading the folder of a programme.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Failure, why};
use crate::cores;
use crate::locale::Text;
use crate::papers::{is_asset, is_template};
use crate::project::{Content, Project};
use crate::schema::GROUP_FILE;
use crate::text;

/// A session file has a few kilobytes; anything larger is something else.
const LARGEST: u64 = 4 * 1024 * 1024;
/// A logo has some hundred kilobytes, a font or a Word template a few megabytes.
const LARGEST_ASSET: u64 = 16 * 1024 * 1024;
/// A folder as a project: the texts of the programme, and with them those beside that are asked for. A file that
/// cannot be read is in it with the reason, for the findings to tell.
///
/// # Errors
/// Where there is no programme in the folder, or where a folder cannot be looked into.
pub fn project(folder: &Path, beside: Beside<'_>) -> Result<Project, Failure> {
    let programme = files(toml_files(folder)?, LARGEST);
    let lookalikes: Vec<(String, String)> =
        entries(folder)?.into_iter().filter_map(|(name, _)| Some((meant(&name)?, name))).collect();
    let templates = match beside {
        Beside::Nothing => None,
        Beside::Texts => template_folder(folder, None),
        Beside::All(templates) => template_folder(folder, templates),
    };
    let is_wanted = |name: &str| match beside {
        Beside::Nothing => false,
        Beside::Texts => is_template(name),
        Beside::All(_) => is_template(name) || is_asset(name),
    };
    // Where there are no templates yet, they would come to lie beside the programme.
    let here = templates.clone().unwrap_or_else(|| usual_templates(folder));
    let mut project = Project::in_folders(&within(folder), &within(&here));
    programme.into_iter().for_each(|(name, content)| project.set(&at(folder, &name), content));
    for (meant, name) in lookalikes {
        let why =
            text!("its name does not end in `.toml`; call it `{meant}`", "su nombre no termina en `.toml`; llámelo `{meant}`");
        project.tell_unread(&at(folder, &name), why);
    }
    if let Some(templates) = &templates {
        let found = entries(templates)?.into_iter().filter(|(name, _)| is_wanted(name));
        let (assets, texts): (Vec<_>, Vec<_>) = found.partition(|(name, _)| !is_template(name));
        let contents = files(texts, LARGEST).into_iter().chain(files(assets, LARGEST_ASSET));
        contents.for_each(|(name, content)| project.set(&at(templates, &name), content));
    }
    Ok(project)
}

/// What is read beside the texts of a programme.
#[derive(Clone, Copy, Debug)]
pub enum Beside<'a> {
    Nothing,
    /// The texts of the templates, for what is written in words alone.
    Texts,
    /// The logos, fonts and Word templates too; those of another folder if it is given.
    All(Option<&'a Path>),
}

/// Reads files on every core, in their order.
fn files(paths: Vec<(String, PathBuf)>, most: u64) -> Vec<(String, Content)> {
    let contents: Vec<Content> =
        cores::map(paths.len(), &paths, |(_, path)| read(path, most).map_or_else(Content::Unreadable, Content::from));
    paths.into_iter().map(|(name, _)| name).zip(contents).collect()
}

fn within(folder: &Path) -> String {
    shown(folder).trim_end_matches('/').to_owned()
}

/// The path of a file in a project.
fn at(folder: &Path, name: &str) -> String {
    let folder = within(folder);
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Name and path of the programme's texts, in the order of the names.
fn toml_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let start = |failure: Failure| {
        if Path::new(GROUP_FILE).is_file() && folder != Path::new(".") {
            return failure.help(Text::fixed(
                "the files are right here: say `--programme .`",
                "los archivos están aquí mismo: diga `--programa .`",
            ));
        }
        failure.help(Text::fixed(
            "say where the sessions are with `--programme FOLDER`, or start a new programme with `convoca init`",
            "diga dónde están las sesiones con `--programa CARPETA`, o comience un programa nuevo con `convoca iniciar`",
        ))
    };
    let mut files = entries(folder).map_err(start)?;
    files.retain(|(name, _)| name.ends_with(".toml") && !name.starts_with('.'));
    if !files.iter().any(|(name, _)| name == GROUP_FILE) {
        let lookalike = entries(folder)?.into_iter().find(|(name, _)| meant(name).is_some_and(|meant| meant == GROUP_FILE));
        let folder = folder.display();
        if let Some((name, _)) = lookalike {
            return Err(Failure::new(text!(
                "there is no `{GROUP_FILE}` in `{folder}`, but a `{name}`",
                "no hay `{GROUP_FILE}` en `{folder}`, pero sí `{name}`"
            ))
            .help(text!("call it `{GROUP_FILE}`", "llámelo `{GROUP_FILE}`")));
        }
        return Err(start(Failure::new(text!(
            "there is no `{GROUP_FILE}` in `{folder}`",
            "no hay `{GROUP_FILE}` en `{folder}`"
        ))));
    }
    Ok(files)
}

/// What a file is to be called that looks like one of the programme and is not read: Windows hides the second ending
/// of `1.toml.txt`. Copies that editors and people put by are none.
fn meant(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if name.starts_with('.') || name.ends_with(".toml") {
        return None;
    }
    let at = lower.find(".toml")?;
    let rest = lower[at + ".toml".len()..].trim();
    let is_put_by =
        rest.ends_with('~') || ["bak", "old", "orig", "rej", "swp", "tmp"].iter().any(|ending| rest.ends_with(ending));
    (!is_put_by).then(|| format!("{}.toml", &name[..at]))
}

/// Name and path of what is in a folder, in the order of the names.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let failure = |error| Failure::reading(folder, &error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        entries.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path));
    }
    entries.sort();
    Ok(entries)
}

fn read(path: &Path, most: u64) -> Result<Vec<u8>, Text> {
    // Opening a pipe would wait for whoever writes into it.
    let kind = std::fs::metadata(path).map_err(|error| why(&error))?;
    if !kind.is_file() && !kind.is_dir() {
        return Err(Text::fixed("it is not a file", "no es un archivo"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| why(&error))?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| why(&error))?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Text::fixed("it is empty", "está vacío"));
    }
    if bytes.len() as u64 > most {
        let mebibytes = most / 1024 / 1024;
        return Err(text!("it is larger than {mebibytes} MiB", "pasa de {mebibytes} MiB"));
    }
    Ok(bytes)
}

/// A path as people read it on every system.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Where templates lie unless another folder is named.
pub fn usual_templates(programme: &Path) -> PathBuf {
    programme.parent().unwrap_or(Path::new("")).join("templates")
}

/// The folder of the templates: the one that is given, or that beside the programme's, if there is one.
fn template_folder(programme: &Path, given: Option<&Path>) -> Option<PathBuf> {
    let beside = || Some(usual_templates(programme)).filter(|beside| beside.is_dir());
    given.map(Path::to_owned).or_else(beside)
}
