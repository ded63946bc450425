//! A programme's folder in memory: texts go in by path, a snapshot with everything that is to be said about
//! them comes out. Every front end stands on this; none needs a disk.
//!
//! ```
//! use chrono::NaiveDate;
//! use convoca_core::project::Project;
//! let mut project = Project::default();
//! project.set("sessions/group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
//! project.set("sessions/1.toml", "id = 'one'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'Una', en = 'One' }");
//! let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
//! let before = project.snapshot(today);
//! assert_eq!(before.programme().unwrap().sessions[0].id.value, "one");
//!
//! project.set("sessions/1.toml", "id = 'one'\nnumber = 1\ndate = 2027-03-02\nweekday = 'lunes'\ntitle = { es = 'Una', en = 'One' }");
//! let after = project.snapshot(today);
//! assert_eq!(after.since(&before).appeared[0].check, "weekday"); // it is a Tuesday
//! ```

mod change;
mod content;
mod snapshot;
mod witness;

pub use change::{Change, Outdated, Step};
pub use content::Content;
pub use snapshot::Snapshot;
pub use witness::Witness;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::diagnostics::Sources;
use crate::locale::Text;

/// The files of a programme: what stands in its folder, and in that of its templates.
///
/// The texts of the programme are the `*.toml` of its folder; everything else is kept for those who make
/// documents of it: templates, `words.toml`, `branding.toml`, pictures, fonts and Word templates.
#[derive(Clone, Debug)]
pub struct Project {
    programme: String,
    templates: String,
    sources: Sources,
    /// Why the texts of the programme that could not be read could not be.
    unreadable: BTreeMap<String, Text>,
    others: Arc<BTreeMap<String, Content>>,
    witness: Option<Witness>,
}

impl Default for Project {
    /// With the folders that `convoca` has unless told otherwise, `sessions` and `templates`.
    fn default() -> Project {
        Project::in_folders("sessions", "templates")
    }
}

/// The same files with the same in them, however they came to be there.
impl PartialEq for Project {
    fn eq(&self, other: &Project) -> bool {
        let is_same = |path: &&str| self.text(path) == other.text(path);
        let folders = |project: &Project| (project.programme.clone(), project.templates.clone());
        folders(self) == folders(other)
            && self.others == other.others
            && self.unreadable == other.unreadable
            && self.paths() == other.paths()
            && self.paths().iter().all(is_same)
    }
}

/// Files by path, in the usual folders.
impl<P: AsRef<str>, C: Into<Content>> FromIterator<(P, C)> for Project {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Project {
        let mut project = Project::default();
        files.into_iter().for_each(|(path, content)| project.set(path.as_ref(), content));
        project
    }
}

impl Project {
    /// A project whose programme and templates are in these folders; the folder in which all lies is "".
    pub fn in_folders(programme: &str, templates: &str) -> Project {
        Project {
            programme: plain(programme),
            templates: plain(templates),
            sources: Sources::default(),
            unreadable: BTreeMap::new(),
            others: Arc::default(),
            witness: None,
        }
    }

    /// Puts a file at a path, in the place of what was there. The other files keep their ids, and so does it.
    pub fn set(&mut self, path: &str, content: impl Into<Content>) {
        let path = plain(path);
        let content = content.into();
        if !self.is_of_programme(&path) {
            Arc::make_mut(&mut self.others).insert(path, content);
            return;
        }
        match content.decoded() {
            Ok(read) => {
                self.unreadable.remove(&path);
                self.sources.add_encoded(path, read.text, read.encoding);
            }
            Err(why) => {
                self.sources.add_unreadable(path.clone());
                self.unreadable.insert(path, why);
            }
        }
    }

    /// Lets somebody speak who knows more than the texts, in the place of who did before.
    pub fn hear(&mut self, witness: Option<Witness>) {
        self.witness = witness;
    }

    /// Tells of a file that takes no part in the programme, and why.
    pub fn tell_unread(&mut self, path: &str, why: Text) {
        let path = plain(path);
        self.sources.add_unreadable(path.clone());
        self.unreadable.insert(path, why);
    }

    /// Takes a file out, if it is there.
    pub fn remove(&mut self, path: &str) {
        let path = plain(path);
        self.sources.remove(&path);
        self.unreadable.remove(&path);
        if self.others.contains_key(&path) {
            Arc::make_mut(&mut self.others).remove(&path);
        }
    }

    /// The text at a path, unless there is none or it could not be read.
    pub fn text(&self, path: &str) -> Option<&str> {
        let path = plain(path);
        match self.sources.find(&path) {
            Some(id) => Some(self.sources.get(id)).filter(|file| file.readable).map(|file| file.text.as_str()),
            None => self.others.get(&path).and_then(Content::as_text),
        }
    }

    /// Every path at which there is a file, in order.
    pub fn paths(&self) -> Vec<&str> {
        let texts = self.sources.iter().map(|(_, file)| file.path.as_str());
        let mut paths: Vec<&str> = texts.chain(self.others.keys().map(String::as_str)).collect();
        paths.sort_unstable();
        paths
    }

    /// Everything that is to be said about the programme as it stands, as of a day.
    pub fn snapshot(&self, today: NaiveDate) -> Snapshot {
        Snapshot::new(self, today)
    }

    /// Whether a path is that of a session, the group or the note.
    fn is_of_programme(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        folder == self.programme && name.ends_with(".toml") && !name.starts_with('.')
    }
}

/// A path as all of them are kept: with `/`, from the folder in which all lies.
fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    if path == "." { String::new() } else { path.trim_end_matches('/').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Subject;

    const GROUP: &str = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }";

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()
    }

    #[test]
    fn a_text_set_again_keeps_the_places_of_the_others() {
        let mut project = Project::default();
        project.set("sessions/group.toml", GROUP);
        project.set("./sessions\\2.toml", "id = 'two'");
        project.set("sessions/1.toml", "id = 'one'");
        let before = project.snapshot(day());
        project.set("sessions/2.toml", "id = 'other'");
        let after = project.snapshot(day());
        let files = |snapshot: &Snapshot| snapshot.sources().iter().map(|(id, file)| (id, file.path.clone())).collect::<Vec<_>>();
        assert_eq!(files(&before), files(&after));
        // What was taken before stays as it was.
        assert_eq!(before.written().sessions[0].1.id.as_ref().unwrap().0, "two");
        assert_eq!(after.written().sessions[0].1.id.as_ref().unwrap().0, "other");
        project.remove("sessions/2.toml");
        assert_eq!(project.snapshot(day()).written().sessions.len(), 1);
        assert_eq!(project.paths(), ["sessions/1.toml", "sessions/group.toml"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_what_is_beside_is_kept() {
        let mut project = Project::in_folders(".", "plantillas");
        project.set("1.toml", vec![b'a', b'\n', 0x81]);
        project.set("plantillas/logo.png", vec![0x89, b'P']);
        project.set("plantillas/agenda.md.j2", "# {{ title }}");
        let snapshot = project.snapshot(day());
        let found: Vec<_> = snapshot.findings().iter().map(|finding| (finding.check, finding.subject.clone())).collect();
        let session = Subject::Session { session: "1.toml".to_owned() };
        assert_eq!(found, [("unreadable-file", Subject::Group), ("unreadable-file", session)]);
        assert!(snapshot.findings()[1].message.en.contains("line 2"));
        let beside: Vec<&str> = snapshot.templates().map(|(name, _, _)| name).collect();
        assert_eq!(beside, ["agenda.md.j2", "logo.png"]);
        assert_eq!((project.text("1.toml"), project.text("plantillas/agenda.md.j2")), (None, Some("# {{ title }}")));
    }
}
