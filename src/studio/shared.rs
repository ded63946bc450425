//! The desk with its disk, for all who ask.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use convoca_import::contacts::List;
use convoca_import::source::Document;
use convoca_studio::{Desk, Refused, Unsaved, papers};
use tokio::sync::{Notify, watch};

use super::disk::{self, Disk, Stamp, free_name};
use super::front::Front;
use super::guard;
use super::work::Bench;
use crate::locale::Text;
use crate::papers::Materials;
use crate::project::{Change, Project, Step};
use crate::text;
use crate::workspace::{Beside, Failure, Workspace, git_attributes, read, write};

/// As many previews are kept as a person looks at in turn.
const PREVIEWS: usize = 16;

pub(crate) struct Shared {
    held: Mutex<Held>,
    revision: watch::Sender<u64>,
    closing: Notify,
    /// Whether it is judged as of the day that it is, not of one that was asked for.
    is_today: bool,
    folder: PathBuf,
    pub out: PathBuf,
    pub bench: Bench,
    pub front: Box<dyn Front>,
}

/// Where a preview was put, what sort of file it is, and the bytes.
pub(crate) type Preview = (String, &'static str, Arc<Vec<u8>>);

struct Held {
    desk: Desk,
    /// None before there is a programme.
    disk: Option<Disk>,
    stamps: BTreeMap<String, Option<Stamp>>,
    /// How the files lay at the last look that are not as they were taken.
    unsettled: BTreeMap<String, Option<Stamp>>,
    materials: Option<(u64, Arc<Materials>)>,
    previews: Vec<Preview>,
    document: Option<Arc<(String, Document)>>,
    contacts: Option<Arc<(String, List)>>,
    /// What happened before there was a page to tell it to.
    news: Option<Text>,
    pages: usize,
    last_seen: Instant,
}

impl Shared {
    /// # Errors
    /// There is no programme, or another studio has it.
    pub(crate) fn open(workspace: &Workspace, out: &Path, front: Box<dyn Front>) -> Result<Shared, Failure> {
        let (desk, disk, news) = if is_blank(&workspace.folder) {
            let shown = |folder: &Path| read::shown(folder).trim_end_matches('/').to_owned();
            let (folder, templates) = (&workspace.folder, read::usual_templates(&workspace.folder));
            (Desk::new(Project::in_folders(&shown(folder), &shown(&templates)), workspace.today), None, None)
        } else {
            let (desk, disk, news) = opened(workspace)?;
            (desk, Some(disk), news)
        };
        let revision = watch::Sender::new(desk.revision());
        let held = Held {
            desk,
            disk,
            stamps: BTreeMap::new(),
            unsettled: BTreeMap::new(),
            materials: None,
            previews: Vec::new(),
            document: None,
            contacts: None,
            news,
            pages: 0,
            last_seen: Instant::now(),
        };
        let shared = Shared {
            held: Mutex::new(held),
            revision,
            closing: Notify::new(),
            is_today: workspace.today == chrono::Local::now().date_naive(),
            folder: workspace.folder.clone(),
            out: out.to_owned(),
            bench: Bench::new(),
            front,
        };
        shared.look();
        Ok(shared)
    }

    /// What is being imported, kept while it is looked at.
    pub(crate) fn document(&self) -> Option<Arc<(String, Document)>> {
        self.held().document.clone()
    }

    pub(crate) fn keep(&self, document: (String, Document)) {
        self.held().document = Some(Arc::new(document));
    }

    /// The list of contacts that is being looked at.
    pub(crate) fn contacts(&self) -> Option<Arc<(String, List)>> {
        self.held().contacts.clone()
    }

    pub(crate) fn keep_contacts(&self, list: (String, List)) {
        self.held().contacts = Some(Arc::new(list));
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the desk.
    pub(crate) fn see<R>(&self, look: impl FnOnce(&Desk) -> R) -> R {
        look(&self.held().desk)
    }

    /// Changes the desk; the journal has it before anybody is answered.
    ///
    /// # Errors
    /// It cannot be done, or the journal cannot be written.
    pub(crate) fn change<R>(&self, act: impl FnOnce(&mut Desk) -> Result<R, Refused>) -> Result<R, Refused> {
        let mut held = self.held();
        let done = act(&mut held.desk)?;
        let lines = held.desk.journal();
        let told = held.disk(&self.folder).and_then(|disk| disk.tell(&lines));
        told.map_err(|failure| Refused::from(failure.message))?;
        self.tell(&held);
        Ok(done)
    }

    fn tell(&self, held: &Held) {
        let now = held.desk.revision();
        self.revision.send_if_modified(|told| std::mem::replace(told, now) != now);
    }

    /// Writes what is not saved, unless somebody else wrote the same files meanwhile: then they wait for an answer.
    ///
    /// # Errors
    /// A file cannot be written, or waits.
    pub(crate) fn save(&self) -> Result<usize, Refused> {
        let mut held = self.held();
        let saved = held.save();
        self.tell(&held);
        saved
    }

    /// Looks at the disk.
    pub(crate) fn look(&self) {
        let mut held = self.held();
        let today = chrono::Local::now().date_naive();
        if self.is_today {
            held.desk.on(today);
        }
        held.look();
        self.tell(&held);
    }

    /// The folder as of the day of the desk.
    pub(crate) fn workspace(&self) -> Workspace {
        Workspace { folder: self.folder.clone(), today: self.see(Desk::today) }
    }

    pub(crate) fn revisions(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    pub(crate) fn news(&self) -> Option<Text> {
        self.held().news.take()
    }

    /// A page is open.
    pub(crate) fn opened(self: &Arc<Shared>) -> Page {
        self.held().pages += 1;
        Page(self.clone())
    }

    pub(crate) fn is_forgotten(&self, patience: Duration) -> bool {
        let held = self.held();
        held.pages == 0 && !self.bench.is_busy() && held.last_seen.elapsed() > patience && !held.desk.is_unsaved()
    }

    pub(crate) fn close(&self) {
        self.closing.notify_one();
    }

    pub(crate) async fn closed(&self) {
        self.closing.notified().await;
    }

    /// What documents are made of now; read once a change.
    pub(crate) fn materials(&self) -> Arc<Materials> {
        let mut held = self.held();
        let revision = held.desk.revision();
        match &held.materials {
            Some((own, materials)) if *own == revision => materials.clone(),
            _ => {
                let snapshot = held.desk.project().snapshot(held.desk.today());
                let materials = Arc::new(papers::materials(snapshot));
                held.materials = Some((revision, materials.clone()));
                materials
            }
        }
    }

    /// Puts a document where a frame can show it, under a name that cannot be guessed.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub(crate) fn put(&self, kind: &'static str, bytes: Vec<u8>) -> Result<String, Failure> {
        let ticket = guard::random()?;
        let mut held = self.held();
        if held.previews.len() >= PREVIEWS {
            held.previews.remove(0);
        }
        held.previews.push((ticket.clone(), kind, Arc::new(bytes)));
        Ok(ticket)
    }

    /// Puts a file beside the templates, unless it lies there already; says under which name.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn bring(&self, name: &str, bytes: Vec<u8>) -> Result<String, Failure> {
        let mut held = self.held();
        let path = held.desk.snapshot().template_path("");
        let folder = PathBuf::from(&path);
        std::fs::create_dir_all(&folder).map_err(|error| Failure::writing(&folder, &error))?;
        let name = free_name(&folder, name, &bytes);
        write::file(&folder.join(&name), &bytes)?;
        held.desk.bring(&format!("{path}{name}"), bytes);
        self.tell(&held);
        Ok(name)
    }

    pub(crate) fn preview(&self, ticket: &str) -> Option<Preview> {
        self.held().previews.iter().find(|(own, ..)| own == ticket).cloned()
    }
}

/// Whether a folder holds no programme, nor what looks like one.
fn is_blank(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return !folder.exists() };
    let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().to_lowercase()));
    !names.any(|name| name.contains(".toml") && !name.starts_with('.'))
}

/// The desk of a programme, with what an earlier studio did and did not save.
fn opened(workspace: &Workspace) -> Result<(Desk, Disk, Option<Text>), Failure> {
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

impl Drop for Shared {
    fn drop(&mut self) {
        let held = self.held();
        if let Some(disk) = held.disk.as_ref().filter(|_| !held.desk.is_unsaved()) {
            disk.end();
        }
    }
}

impl Held {
    /// The disk of the programme; the first change makes its folder.
    fn disk(&mut self, folder: &Path) -> Result<&mut Disk, Failure> {
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

    fn look(&mut self) {
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

    fn save(&mut self) -> Result<usize, Refused> {
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
    Refused { reason: failure.message, details: failure.help.into_iter().collect() }
}

fn waiting() -> Refused {
    Text::fixed(
        "somebody else changed the same file meanwhile: decide about it first",
        "otra persona cambió entretanto el mismo archivo: decida primero sobre él",
    )
    .into()
}

/// Counts as an open page as long as it lives.
pub(crate) struct Page(Arc<Shared>);

impl Drop for Page {
    fn drop(&mut self) {
        let mut held = self.0.held();
        held.pages = held.pages.saturating_sub(1);
        held.last_seen = Instant::now();
    }
}
