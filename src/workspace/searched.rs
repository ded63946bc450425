//! Documents on their way into a folder: each file for everybody is searched for what is secret first.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Failure, Publication};
use crate::diagnostics::{Diagnostic, Sources};
use crate::model::Programme;
use crate::papers::{Artifact, Key, Leak, Outlet, PUBLIC, Secrets};
use crate::paths::FilePath;

/// Writes into a publication, and tells how far it has come.
pub struct Searched<'p, Told> {
    publication: &'p Publication,
    secrets: Secrets,
    leaks: Mutex<BTreeMap<Leak, Vec<FilePath>>>,
    /// Gets how many of how many are done; an error stops the making.
    told: Told,
}

impl<Told: Fn(usize, usize) -> Result<(), Failure> + Sync> Searched<'_, Told> {
    pub fn new<'p>(publication: &'p Publication, programme: &Programme, told: Told) -> Searched<'p, Told> {
        Searched { publication, secrets: Secrets::of(programme), leaks: Mutex::default(), told }
    }

    /// A finding for each secret that stands in a file for everybody: then nothing is to be written.
    pub fn leaks(&self, sources: &Sources) -> Vec<Diagnostic> {
        let mut leaks = std::mem::take(&mut *self.leaks.lock().unwrap_or_else(PoisonError::into_inner));
        leaks.values_mut().for_each(|files| files.sort());
        self.secrets.findings(&leaks, sources)
    }

    fn search(&self, path: &FilePath, bytes: &[u8]) {
        if !path.starts_with(PUBLIC) {
            return;
        }
        let found = self.secrets.within(path, bytes);
        if !found.is_empty() {
            let mut leaks = self.leaks.lock().unwrap_or_else(PoisonError::into_inner);
            found.into_iter().for_each(|leak| leaks.entry(leak).or_default().push(path.clone()));
        }
    }
}

impl<Told: Fn(usize, usize) -> Result<(), Failure> + Sync> Outlet for Searched<'_, Told> {
    type Error = Failure;

    fn progress(&self, done: usize, of: usize) -> Result<(), Failure> {
        (self.told)(done, of)
    }

    fn holds(&self, path: &FilePath, key: &Key) -> bool {
        let holds = self.publication.holds(path, key);
        if holds {
            // What was no secret when it was made may be one now.
            self.search(path, &self.publication.earlier(path).unwrap_or_default());
        }
        holds
    }

    fn take(&self, artifact: Artifact, key: Option<Key>) -> Result<(), Failure> {
        self.search(&artifact.path, &artifact.bytes);
        self.publication.take(artifact, key)
    }
}
