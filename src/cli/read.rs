//! Reading the folder of a programme.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Failure;
use super::failure::why;
use crate::decode::rules::UNREADABLE_FILE;
use crate::diagnostics::{Diagnostic, Sources, Span};
use crate::locale::Text;
use crate::render::branding::Assets;
use crate::render::template::{SETTINGS, is_misnamed};
use crate::schema::GROUP_FILE;
use crate::text;

/// A session file has a few kilobytes; anything larger is something else.
const LARGEST: u64 = 4 * 1024 * 1024;
/// A logo has some hundred kilobytes, a font or a Word template a few megabytes.
const LARGEST_ASSET: u64 = 16 * 1024 * 1024;
/// What those files are called.
const ASSETS: [&str; 9] = ["png", "jpg", "jpeg", "svg", "ttf", "otf", "ttc", "docx", "dotx"];

/// The texts of a programme's folder in the order of their names, and a finding for each that cannot be
/// read.
pub fn programme(folder: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    let paths = toml_files(folder)?;
    let texts: Vec<Result<String, Text>> = paths.par_iter().map(|path| read(path)).collect();
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    for (path, text) in paths.iter().zip(texts) {
        let shown = shown(path);
        match text {
            Ok(text) => {
                sources.add(shown, text);
            }
            Err(why) => {
                let file = sources.add_unreadable(shown.clone());
                let message =
                    text!(l, why = why.get(l).to_owned(); "cannot read `{shown}`: {why}", "no se puede leer `{shown}`: {why}");
                findings.push(Diagnostic::new(&UNREADABLE_FILE, message).at(Span::new(file, 0..0), Text::default()));
            }
        }
    }
    Ok((sources, findings))
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let start = |failure: Failure| {
        if Path::new(GROUP_FILE).is_file() && folder != Path::new(".") {
            return failure.help(Text::fixed(
                "the files are right here: say `--programme .`",
                "los archivos están aquí mismo: diga `--programa .`",
            ));
        }
        failure.help(Text::fixed(
            "say where the sessions are with `--programme FOLDER`, or start a new programme with `convoca init`",
            "diga dónde están las sesiones con `--programa CARPETA`, o comience un programa nuevo con `convoca init`",
        ))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| start(Failure::reading(folder, &error)))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Failure::reading(folder, &error))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.extension().is_some_and(|extension| extension == "toml") && !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    if !paths.iter().any(|path| path.file_name().is_some_and(|name| name == GROUP_FILE)) {
        let folder = folder.display();
        return Err(start(Failure::new(text!(
            "there is no `{GROUP_FILE}` in `{folder}`",
            "no hay `{GROUP_FILE}` en `{folder}`"
        ))));
    }
    Ok(paths)
}

fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Text> {
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

fn read(path: &Path) -> Result<String, Text> {
    let bytes = read_bytes(path, LARGEST)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        text!(
            "it is not UTF-8 (line {line}); save it as \"UTF-8\" in the editor",
            "no está en UTF-8 (renglón {line}); guárdelo como «UTF-8» en el editor"
        )
    })
}

/// A path as people read it on every system.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The templates in a folder: name, path as shown, text. `None` asks for those beside the programme's
/// folder, if there are any.
pub fn templates(programme: &Path, folder: Option<&Path>) -> Result<Vec<(String, String, String)>, Failure> {
    let mut templates = Vec::new();
    for (name, path) in template_files(programme, folder)? {
        if name.ends_with(".j2") || is_misnamed(&name) || SETTINGS.contains(&name.as_str()) {
            let text = read(&path).map_err(|why| {
                let shown = shown(&path);
                Failure::new(
                    text!(l, why = why.get(l).to_owned(); "cannot read `{shown}`: {why}", "no se puede leer `{shown}`: {why}"),
                )
            })?;
            templates.push((name, shown(&path), text));
        }
    }
    Ok(templates)
}

/// The logos, fonts and Word templates beside the templates.
pub fn assets(programme: &Path, folder: Option<&Path>) -> Result<Assets, Failure> {
    let mut assets = Assets::new();
    for (name, path) in template_files(programme, folder)? {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if ASSETS.contains(&ending.as_str()) {
            assets.insert(name, read_bytes(&path, LARGEST_ASSET));
        }
    }
    Ok(assets)
}

/// Name and path of what is in the folder of templates, in the order of the names.
fn template_files(programme: &Path, folder: Option<&Path>) -> Result<Vec<(String, PathBuf)>, Failure> {
    let beside = programme.parent().unwrap_or(Path::new("")).join("templates");
    let folder = match folder {
        Some(folder) => folder,
        None if beside.is_dir() => &beside,
        None => return Ok(Vec::new()),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Failure::reading(folder, &error))? {
        let path = entry.map_err(|error| Failure::reading(folder, &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.push((name, path));
    }
    files.sort();
    Ok(files)
}
