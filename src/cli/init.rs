//! `convoca init`: a small, commented programme to start from.

use super::args::{Init, Options};
use super::{Failure, Outcome, output, read};
use crate::locale::{Lang, Text};
use crate::render::Artifact;
use crate::text;

/// The files that are written, with their comments in each language.
const FILES: [(&str, &str, &str); 3] = [
    ("group.toml", include_str!("init/es/group.toml"), include_str!("init/en/group.toml")),
    ("1-opening.toml", include_str!("init/es/1-opening.toml"), include_str!("init/en/1-opening.toml")),
    ("concept-note.toml", include_str!("init/es/concept-note.toml"), include_str!("init/en/concept-note.toml")),
];

pub fn run(options: &Options, command: &Init) -> Result<Outcome, Failure> {
    let folder = &command.folder;
    let shown = read::shown(folder);
    if folder.exists() {
        return Err(Failure::new(text!("`{shown}` is there already", "`{shown}` ya existe"))
            .help(Text::fixed("name a new folder: `convoca init FOLDER`", "nombre una carpeta nueva: `convoca init CARPETA`")));
    }
    let artifacts: Vec<Artifact> = FILES
        .iter()
        .map(|(name, es, en)| {
            let text = match options.lang {
                Lang::Es => es,
                Lang::En => en,
            };
            Artifact { path: (*name).to_owned(), bytes: text.as_bytes().to_vec() }
        })
        .collect();
    output::create_folder(folder, &artifacts)?;
    for artifact in &artifacts {
        output::say(format!("  {shown}/{}", artifact.path))?;
    }
    let at = if shown == "sessions" { String::new() } else { format!(" --programme {shown}") };
    let next = text!(
        "now `convoca check{at}` checks it and `convoca build{at}` writes its files",
        "ahora `convoca check{at}` lo verifica y `convoca build{at}` escribe sus archivos"
    );
    output::say(next.get(options.lang))?;
    Ok(Outcome::Clean)
}
