//! What a command wrote into a folder, as a list in it: so the next one takes away what is no more, makes only
//! what changed, and never touches what another command made or a person put there.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Failure, read};
use crate::locale::Text;
use crate::papers::{Key, PRIVATE};
use crate::paths::FilePath;
use crate::text;

/// The list itself. A line a file: its path, the SHA-256 of its bytes, and the key of what it was made of.
pub(crate) const MANIFEST: &str = ".convoca-files";

/// Of what a folder is: no command writes into a folder of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Build,
    Mails,
    Poll,
    Site,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Build, Kind::Mails, Kind::Poll, Kind::Site];

    /// The word in the list.
    fn id(self) -> &'static str {
        match self {
            Kind::Build => "build",
            Kind::Mails => "mails",
            Kind::Poll => "poll",
            Kind::Site => "site",
        }
    }

    /// The command that fills such a folder.
    pub fn command(self) -> &'static str {
        match self {
            Kind::Build => "convoca build",
            Kind::Mails => "convoca invite write",
            Kind::Poll => "convoca when --poll",
            Kind::Site => "convoca site",
        }
    }

    /// How to name another folder to it.
    pub fn elsewhere(self) -> Text {
        match self {
            Kind::Build => Text::fixed(
                "name a folder of its own: `convoca build --out FOLDER`",
                "indique otra carpeta: `convoca build --out CARPETA`",
            ),
            Kind::Mails => Text::fixed(
                "name a folder of their own: `convoca invite write FOLDER`",
                "indique otra carpeta: `convoca invite write CARPETA`",
            ),
            Kind::Poll | Kind::Site => Text::fixed("name a folder of its own", "indique otra carpeta"),
        }
    }

    /// What others put where a file is to go.
    pub(super) fn in_the_way(self, path: &Path, count: usize) -> Failure {
        let (shown, command) = (read::shown(path), self.command());
        let message = match count {
            1 => text!("`{shown}` is in the way: `{command}` did not make it", "`{shown}` estorba: no lo hizo `{command}`"),
            _ => {
                let more = count - 1;
                text!(
                    "`{shown}` and {more} more are in the way: `{command}` did not make them",
                    "`{shown}` y {more} más estorban: no los hizo `{command}`"
                )
            }
        };
        let elsewhere = self.elsewhere();
        Failure::new(message).help(text!(l, elsewhere = elsewhere.get(l);
            "nothing was written; move it away, or {elsewhere}", "no se escribió nada; quítelo de ahí, o {elsewhere}"))
    }

    /// Where the changes of a person go whose file is made anew.
    pub fn edited(self) -> &'static str {
        match self {
            Kind::Build => "private/edited",
            Kind::Mails | Kind::Poll | Kind::Site => "edited",
        }
    }

    /// Whether a file of such a folder is for its owner alone: it holds addresses or links to calls.
    pub fn is_private(self, path: &str) -> bool {
        match self {
            Kind::Build => path.split('/').next() == Some(PRIVATE),
            Kind::Mails | Kind::Poll => true,
            Kind::Site => false,
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Manifest {
    /// `None` for a folder without a list.
    pub kind: Option<Kind>,
    /// The program that made the files: another one might make them otherwise.
    pub maker: String,
    pub files: BTreeMap<FilePath, Listed>,
}

/// A file of the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    pub sha256: String,
    /// `None` for what is made each time.
    pub key: Option<Key>,
    /// Whether it waits aside.
    pub is_staged: bool,
}

impl Manifest {
    /// Also that of a version that did not say of what the folder is, or wrote paths alone. A line that is no
    /// path within the folder counts for nothing.
    pub(crate) fn read(text: &str) -> Manifest {
        let mut manifest = Manifest::default();
        let mut files = BTreeMap::new();
        for line in text.lines() {
            if let Some(head) = line.strip_prefix("# ") {
                let (word, maker) = head.split_once(' ').unwrap_or((head, ""));
                manifest.kind = Kind::ALL.into_iter().find(|kind| kind.id() == word);
                manifest.maker = if manifest.kind.is_some() { maker.to_owned() } else { head.to_owned() };
                continue;
            }
            let mut parts = line.split('\t');
            let Some(path) = parts.next().and_then(FilePath::new) else { continue };
            let sha256 = parts.next().unwrap_or_default().to_owned();
            let key = parts.next().map(|key| Key(key.to_owned()));
            files.insert(path, Listed { sha256, key, is_staged: false });
        }
        if manifest.kind.is_none() && !files.is_empty() {
            let has_mails = files.keys().any(|path| *path == "mails.jsonl");
            manifest.kind = Some(if has_mails { Kind::Mails } else { Kind::Build });
        }
        Manifest { files, ..manifest }
    }

    pub(crate) fn has(&self, path: &Path) -> bool {
        path.to_str().and_then(FilePath::new).is_some_and(|path| self.files.contains_key(&path))
    }

    pub(crate) fn written(&self) -> String {
        let kind = self.kind.map_or("", Kind::id);
        let mut text = format!("# {kind} {}\n", self.maker);
        for (path, Listed { sha256, key, .. }) in &self.files {
            let key = key.as_ref().map_or(String::new(), |key| format!("\t{}", key.0));
            text.push_str(&format!("{path}\t{sha256}{key}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_of_what_it_is_and_names_nothing_outside() {
        let manifest = Manifest::read("# mails convoca 1\none/a.eml\tab\n../b\tcd\n/c\n.d\n");
        assert_eq!((manifest.kind, manifest.maker.as_str(), manifest.files.len()), (Some(Kind::Mails), "convoca 1", 1));
        assert_eq!(Manifest::read(&manifest.written()).written(), manifest.written());
        // Of versions before.
        assert_eq!(Manifest::read("# convoca 0.1.0 (IANA 2026a)\nes/a.html\n").kind, Some(Kind::Build));
        assert_eq!(Manifest::read("mails.jsonl\nes/a.eml\n").kind, Some(Kind::Mails));
        assert_eq!(Manifest::read("").kind, None);
    }
}
