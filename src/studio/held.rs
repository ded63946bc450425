//! The desk and the disk under it: what others wrote is looked for, and nothing is written over it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use convoca_import::contacts::List;
use convoca_import::source::Document;
use convoca_studio::{Desk, Refused, Unsaved};

use super::disk::{self, Disk, Stamp};
use crate::locale::Text;
use crate::papers::Materials;
use crate::project::{Change, Project, Step};
use crate::text;
use crate::workspace::{Beside, Failure, Workspace, git_attributes, read, write};

/// Where a preview was put, what sort of file it is, and the bytes.
pub(crate) type Preview = (String, &'static str, Arc<Vec<u8>>);

pub(super) struct Held {
    pub desk: Desk,
    /// None before there is a programme.
    pub disk: Option<Disk>,
    pub stamps: BTreeMap<String, Option<Stamp>>,
    /// How the files lay at the last look that are not as they were taken.
    pub unsettled: BTreeMap<String, Option<Stamp>>,
    /// How the ledger lay there when it was read, and as of which day.
    pub ledger: Option<(Stamp, chrono::NaiveDate)>,
    pub materials: Option<(u64, Arc<Materials>)>,
    pub previews: Vec<Preview>,
    pub document: Option<Arc<(String, Document)>>,
    pub contacts: Option<Arc<(String, List)>>,
    /// What happened before there was a page to tell it to.
    pub news: Option<Text>,
    pub pages: usize,
    pub last_seen: Instant,
}

/// Whether a folder holds no programme, nor what looks like one.
pub(super) fn is_blank(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return !folder.exists() };
    let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().to_lowercase()));
    !names.any(|name| name.contains(".toml") && !name.starts_with('.'))
}

/// The desk of a programme, with what an earlier studio did and did not save.
pub(super) fn opened(workspace: &Workspace) -> Result<(Desk, Disk, Option<Text>), Failure> {
    // Says what is the matter where there is no programme, before anything is written there.
    let project = workspace.project(Beside::All(None))?;
    let mut disk = Disk::open(&workspace.folder)?;
    let mut desk = Desk::new(project, workspace.today);
    let told = disk.told();
    let mut news = None;
    if told.len() > 1 {
        match desk.replay(told) {
            Ok(count) => {
                news = Some(match count {
                    1 => Text::fixed("1 change that was not saved is here again", "se recuperó 1 cambio sin guardar"),
                    _ => {
                        text!("{count} changes that were not saved are here again", "se recuperaron {count} cambios sin guardar")
                    }
                });
            }
            Err(_) => {
                let aside = disk.put_aside()?;
                let aside = aside.display();
                news = Some(text!(
                    "changes that were not saved do not fit the files any more; they lie in `{aside}`",
                    "unos cambios sin guardar ya no corresponden a los archivos; quedaron en `{aside}`"
                ));
                disk.begin(desk.begin())?;
            }
        }
    } else {
        disk.begin(desk.begin())?;
    }
    Ok((desk, disk, news))
}

impl Held {
    /// The disk of the programme; the first change makes its folder.
    pub(super) fn disk(&mut self, folder: &Path) -> Result<&mut Disk, Failure> {
        if self.disk.is_none() {
            std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
            let attributes = folder.join(".gitattributes");
            if !attributes.exists() {
                write::file(&attributes, git_attributes().as_bytes())?;
            }
            let mut disk = Disk::open(folder)?;
            disk.begin(self.desk.begin())?;
            self.disk = Some(disk);
        }
        self.disk.as_mut().ok_or_else(|| Failure::new(Text::default()))
    }

    pub(super) fn look(&mut self) {
        let Some(disk) = &self.disk else { return };
        // A folder that is not there for a moment says nothing about its files.
        let Ok(paths) = disk.texts() else { return };
        let there: BTreeSet<String> = paths.iter().map(|path| read::shown(path)).collect();
        let known = self.desk.base().into_keys().collect::<BTreeSet<String>>();
        let mut adopted = false;
        for path in there.union(&known) {
            // Templates are read when the studio opens.
            if !there.contains(path) && !path.ends_with(".toml") {
                continue;
            }
            let stamp = disk::stamp(Path::new(path));
            if self.stamps.get(path) == Some(&stamp) {
                continue;
            }
            // Whoever writes it may not be at the end yet, or about to put another in its place.
            if self.unsettled.insert(path.clone(), stamp) != Some(stamp) {
                continue;
            }
            let Ok(bytes) = disk::bytes(Path::new(path)) else { continue };
            self.stamps.insert(path.clone(), stamp);
            self.unsettled.remove(path);
            if !self.desk.knows(path, bytes.as_deref()) {
                adopted |= !self.desk.found(path, bytes);
            }
        }
        let lines = self.desk.journal();
        let Some(disk) = &mut self.disk else { return };
        // Where it cannot be written now, the next change tells of it.
        let _ = match adopted && !self.desk.is_unsaved() {
            true => disk.begin(self.desk.begin()),
            false => disk.tell(&lines),
        };
    }

    /// Reads the ledger where it is another than before. One that cannot be read is told where invitations are.
    pub(super) fn hear(&mut self, folder: &Path) {
        let today = self.desk.today();
        let ledger = disk::stamp(&folder.join(crate::ledger::FILE)).map(|stamp| (stamp, today));
        if ledger != self.ledger {
            self.ledger = ledger;
            let workspace = Workspace { folder: folder.to_owned(), today };
            self.desk.hear(workspace.witness().unwrap_or_default());
        }
    }

    pub(super) fn save(&mut self) -> Result<usize, Refused> {
        /// As often others may write between the look and the writing.
        const TRIES: usize = 4;
        self.look();
        for _ in 0..TRIES {
            if self.is_as_known()? {
                return self.write();
            }
        }
        Err(waiting())
    }

    /// Whether each file that is to be written is what it was; where it is not, what others wrote is put together with
    /// what was done here.
    fn is_as_known(&mut self) -> Result<bool, Refused> {
        let files =
            self.desk.unsaved().into_iter().map(|Unsaved { path, before, .. }| (path.to_owned(), before.map(<[u8]>::to_vec)));
        let files: Vec<_> = files.collect();
        let mut is_known = true;
        for (path, before) in files {
            let now = disk::bytes(Path::new(&path)).map_err(failed)?;
            if now != before {
                is_known = false;
                self.desk.found(&path, now);
            }
        }
        if !self.desk.outside().is_empty() {
            return Err(waiting());
        }
        Ok(is_known)
    }

    fn write(&mut self) -> Result<usize, Refused> {
        let files = self
            .desk
            .unsaved()
            .into_iter()
            .map(|Unsaved { path, before, text }| (path.to_owned(), before.map(<[u8]>::to_vec), text.map(str::to_owned)));
        let files: Vec<_> = files.collect();
        for (path, before, text) in &files {
            let path_on_disk = Path::new(path);
            let mut read = Project::default();
            let before = before.as_deref().map(String::from_utf8_lossy).map(String::from);
            before.iter().for_each(|text| read.set(path, text.as_str()));
            if let Some(folder) = path_on_disk.parent() {
                std::fs::create_dir_all(folder).map_err(|error| failed(Failure::writing(folder, &error)))?;
            }
            let step = Step::File { path: path.clone(), before, after: text.clone() };
            write::change(&read, &Change::of(step)).map_err(failed)?;
            self.desk.saved(path);
            self.stamps.insert(path.clone(), disk::stamp(path_on_disk));
        }
        let base = self.desk.begin();
        self.disk.as_mut().map_or(Ok(()), |disk| disk.begin(base)).map_err(failed)?;
        Ok(files.len())
    }
}

fn failed(failure: Failure) -> Refused {
    Refused { details: failure.help.into_iter().collect(), ..failure.message.into() }
}

fn waiting() -> Refused {
    Text::fixed(
        "somebody else changed the same file meanwhile: decide about it first",
        "otra persona cambió entretanto el mismo archivo: decida primero sobre él",
    )
    .into()
}
