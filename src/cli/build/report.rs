//! What was written, and what was not.

use std::path::Path;

use super::args::Build;
use crate::cli::terminal;
use crate::diagnostics::{Diagnostic, Level};
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::papers::{PRIVATE, PUBLIC};
use crate::paths::FilePath;
use crate::text;
use crate::workspace::{Failure, read};

/// The files by name, with those of a folder under one.
pub(crate) fn written(
    lang: Lang,
    command: &Build,
    programme: &Programme,
    sessions: usize,
    paths: &[FilePath],
    changed: usize,
) -> Result<(), Failure> {
    let out = read::shown(&command.out);
    let sessions = match lang {
        Lang::En => words::count(sessions, "session", "sessions"),
        Lang::Es => words::count(sessions, "sesión", "sesiones"),
    };
    let files = match lang {
        Lang::En => words::count(paths.len(), "file", "files"),
        Lang::Es => words::count(paths.len(), "archivo", "archivos"),
    };
    let summary = match changed {
        _ if changed == paths.len() => text!("{sessions}: {files} in {out}/", "{sessions}: {files} en {out}/"),
        0 => text!("{sessions}: {files} in {out}/, all as they were", "{sessions}: {files} en {out}/, sin cambios"),
        1 => {
            text!("{sessions}: {files} in {out}/, 1 of them new or changed", "{sessions}: {files} en {out}/, 1 nuevo o cambiado")
        }
        _ => text!(
            "{sessions}: {files} in {out}/, {changed} of them new or changed",
            "{sessions}: {files} en {out}/, {changed} nuevos o cambiados"
        ),
    };
    terminal::print(lang, &summary)?;
    let languages = &programme.group.languages;
    for folder in [PUBLIC, PRIVATE].iter().flat_map(|shelf| languages.iter().map(move |lang| format!("{shelf}/{lang}"))) {
        let stems = paths.iter().filter_map(|path| path.strip_prefix(folder.as_str())?.strip_prefix('/'));
        let mut names: Vec<String> = Vec::new();
        for (stem, extension) in stems.filter_map(|name| name.rsplit_once('.')) {
            // Letters are many, and each is called as its recipient: their folder says enough.
            let stem = stem.split_once('/').map_or(stem.to_owned(), |(folder, _)| format!("{folder}/*"));
            let ending = format!(".{extension}");
            match names.iter_mut().find(|name| name.starts_with(&format!("{stem}."))) {
                Some(name) if name.ends_with(&ending) || name.contains(&format!("{ending} ")) => {}
                Some(name) => *name = format!("{name} {ending}"),
                None => names.push(format!("{stem}.{extension}")),
            }
        }
        for name in names {
            terminal::line(format!("  {out}/{folder}/{name}"))?;
        }
    }
    paths.iter().filter(|path| path.matches('/').count() == 1).try_for_each(|path| terminal::line(format!("  {out}/{path}")))?;
    let has = |shelf: &str| paths.iter().any(|path| path.starts_with(shelf));
    if has(PUBLIC) && has(PRIVATE) {
        terminal::print(
            lang,
            &text!(
                "{out}/{PUBLIC}/ can be put on the web as it is; {out}/{PRIVATE}/ is for its readers alone",
                "{out}/{PUBLIC}/ se puede poner en la web tal como está; {out}/{PRIVATE}/ es solo para sus destinatarios"
            ),
        )?;
    }
    Ok(())
}

/// Where the changes of a person are whose files were made anew.
pub(crate) fn edited(lang: Lang, out: &Path, edited: &[String]) -> Result<(), Failure> {
    let out = read::shown(out);
    edited.iter().try_for_each(|path| {
        terminal::print(
            lang,
            &text!(
                "it was changed by hand, and that version is kept: {out}/{path}",
                "se había cambiado a mano, y esa versión se guarda: {out}/{path}"
            ),
        )
    })
}

pub(crate) fn warnings(lang: Lang, findings: &[Diagnostic]) -> Result<(), Failure> {
    match findings.iter().filter(|finding| finding.counts_as(Level::Warning)).count() {
        0 => Ok(()),
        1 => terminal::print(
            lang,
            &Text::fixed("1 warning stands; `convoca check` shows it", "queda 1 advertencia; `convoca revisar` la muestra"),
        ),
        n => terminal::print(
            lang,
            &text!("{n} warnings stand; `convoca check` shows them", "quedan {n} advertencias; `convoca revisar` las muestra"),
        ),
    }
}

/// Names what was not written: what an earlier build wrote in its place is gone, lest it pass for current.
pub(crate) fn missing(out: &Path, missing: &[FilePath]) -> Option<Text> {
    let out = read::shown(out);
    let mut names: Vec<String> = Vec::new();
    for path in missing {
        let stem = |path: &str| path.rsplit_once('.').map_or(path.to_owned(), |(stem, _)| stem.to_owned());
        let name = match path.match_indices('/').nth(2) {
            // Letters are many: their folder says enough.
            Some((end, _)) => format!("{out}/{}/*", &path[..end]),
            None if missing.iter().filter(|other| stem(other) == stem(path)).count() > 1 => format!("{out}/{}.*", stem(path)),
            None => format!("{out}/{path}"),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = names.join(", ");
    (!names.is_empty()).then(|| {
        text!(
            "not written, and no longer there if an earlier build wrote them: {names}",
            "no se escribieron, y ya no están si los escribió un `build` anterior: {names}"
        )
    })
}
