//! `convoca init`: a small, commented programme to start from.

use super::args::{Init, Options};
use super::output::say;
use super::{Failure, Outcome, read};
use crate::locale::{Lang, Text};
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
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    for (name, es, en) in FILES {
        let path = folder.join(name);
        let content = match options.lang {
            Lang::Es => es,
            Lang::En => en,
        };
        std::fs::write(&path, content).map_err(|error| Failure::writing(&path, &error))?;
        say(format!("  {shown}/{name}"))?;
    }
    let next = text!(
        "now `convoca check --programme {shown}` checks it and `convoca build --programme {shown}` writes its files",
        "ahora `convoca check --programme {shown}` lo verifica y `convoca build --programme {shown}` escribe sus archivos"
    );
    say(next.get(options.lang))?;
    Ok(Outcome::Clean)
}
