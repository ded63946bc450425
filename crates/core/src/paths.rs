//! Names of files, and paths of them within a folder that the program fills.
//!
//! Whatever is written goes by a [`FilePath`], and one is made of nothing but [`FileName`]s: no identifier, title
//! or line of a list leads out of its folder, draft or not.

use std::fmt;
use std::ops::Deref;

use crate::locale::names::slug;

/// Octets of a name at most: file systems take 255, and what is put aside beside it needs some.
const LONGEST: usize = 200;
/// Octets that are kept of a name that cannot stay as it is.
const KEPT: usize = 48;
/// Names of devices on Windows, with any ending: a folder with such a file cannot be copied there.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name of one file or folder on any system: no separator, no `..`, no device of Windows, no character that
/// controls a terminal or turns its direction, not hidden, and not longer than file systems take.
///
/// ```
/// use convoca_core::paths::FileName;
/// assert_eq!(FileName::new("upala").unwrap().as_str(), "upala");
/// for unsafe_name in ["../README", "a/b", "a\\b", "..", ".hidden", "con", "NUL.ics", "a\u{202e}b", "c:", "a ", ""] {
///     assert!(FileName::new(unsafe_name).is_none(), "{unsafe_name}");
///     // What stands in its place can be told from every other.
///     assert!(FileName::new(FileName::of(unsafe_name).as_str()).is_some(), "{unsafe_name}");
/// }
/// assert_ne!(FileName::of("../README"), FileName::of("README"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// A name as it is; `None` where some system would not take it, or take it for something else.
    pub fn new(name: &str) -> Option<FileName> {
        let is_bad = |c: char| {
            c.is_control()
                || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
        };
        let is_shaped = !name.is_empty() && name.len() <= LONGEST && !name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']);
        (is_shaped && !name.contains(is_bad) && !is_device(name)).then(|| FileName(name.to_owned()))
    }

    /// The name as it is if it can be, or else one like it that can, told from others by a number made of the whole name.
    pub fn of(name: &str) -> FileName {
        FileName::new(name).unwrap_or_else(|| {
            let mut like = slug(name);
            like.truncate(KEPT);
            let like = like.trim_end_matches('-');
            let hash = hash(name);
            FileName(if like.is_empty() { format!("x-{hash:08x}") } else { format!("{like}-{hash:08x}") })
        })
    }

    /// With an ending such as "docx".
    #[must_use]
    pub fn ending(&self, extension: &str) -> FileName {
        FileName::of(&format!("{}.{extension}", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file within a folder: one name or several, with `/` between them on every system.
///
/// ```
/// use convoca_core::paths::FilePath;
/// assert_eq!(FilePath::of(&["es", "cartas", "upala.docx"]), "es/cartas/upala.docx");
/// assert!(FilePath::new("es/agenda.html").is_some());
/// assert!(FilePath::new("es/../../agenda.html").is_none() && FilePath::new("/etc/passwd").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(String);

impl FilePath {
    /// A path as it is written; `None` if it is none within a folder.
    pub fn new(written: &str) -> Option<FilePath> {
        written.split('/').all(|name| FileName::new(name).is_some()).then(|| FilePath(written.to_owned()))
    }

    /// What git reads about the files beside it: the one hidden file that a programme has.
    pub fn git_attributes() -> FilePath {
        FilePath(".gitattributes".to_owned())
    }

    /// A path of names, of which each becomes one that can be.
    pub fn of(names: &[&str]) -> FilePath {
        let names: Vec<String> = names.iter().map(|name| FileName::of(name).0).collect();
        FilePath(names.join("/"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for FilePath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for FilePath {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for FilePath {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// "con", "con.ics", "COM1", "lpt¹"
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| rest.chars().count() == 1 && rest.contains(|c: char| c.is_numeric()))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// FNV-1a: the same on every system and in every version.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn devices_are_told_from_words_that_begin_like_them() {
        for device in ["con", "Con", "CON.txt", "aux.tar.gz", "com1", "LPT9.ics", "com²", "conin$", "nul ."] {
            assert!(FileName::new(device).is_none(), "{device}");
        }
        for word in ["consejo", "con-1", "auxiliar", "comite", "com10", "lpt", "nulo.ics"] {
            assert!(FileName::new(word).is_some(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_plain_name(text in "\\PC{0,300}|[./\\\\a-c\u{202e}\u{0}]{0,12}|(con|nul|aux)(\\.[a-z]{0,3})?") {
            let name = FileName::of(&text);
            prop_assert!(FileName::new(name.as_str()).is_some(), "{name:?}");
            prop_assert_eq!(std::path::Path::new(name.as_str()).components().count(), 1);
            if FileName::new(&text).is_some() {
                prop_assert_eq!(name.as_str(), &text);
            }
        }
    }
}
