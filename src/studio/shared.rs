//! The desk with its disk, for all who ask.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use convoca_import::contacts::List;
use convoca_import::source::Document;
use convoca_studio::{Desk, Refused, papers};
use tokio::sync::{Notify, watch};

use super::disk::free_name;
use super::front::Front;
use super::guard;
use super::held::{Held, Preview, is_blank, opened};
use super::work::Bench;
use crate::locale::Text;
use crate::papers::Materials;
use crate::project::Project;
use crate::workspace::{Failure, Workspace, read, write};

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
            ledger: None,
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
        held.hear(&self.folder);
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

impl Drop for Shared {
    fn drop(&mut self) {
        let held = self.held();
        if let Some(disk) = held.disk.as_ref().filter(|_| !held.desk.is_unsaved()) {
            disk.end();
        }
    }
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
