//! What takes long, one at a time: a sending, or the writing of all documents. Every page sees how far it has come,
//! and any may stop it.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use convoca_studio::Refused;

use crate::locale::Text;
use crate::workspace::Failure;

/// How far something has come, and at its end what came of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Progress {
    /// "send" or "build".
    pub kind: &'static str,
    pub done: usize,
    /// 0 while it is not known.
    pub total: usize,
    /// What it waits for.
    pub note: Option<Text>,
    pub ended: bool,
    pub report: Value,
    /// Why it was not done, or not to its end.
    pub reason: Option<Text>,
    pub help: Option<Text>,
}

/// Where work is told of.
pub(crate) struct Bench {
    now: watch::Sender<Option<Progress>>,
    is_stopped: AtomicBool,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        Bench { now: watch::Sender::new(None), is_stopped: AtomicBool::new(false) }
    }

    /// Takes the bench.
    ///
    /// # Errors
    /// Something else is being done.
    pub(crate) fn begin(&self, kind: &'static str) -> Result<(), Refused> {
        let begun = Progress { kind, done: 0, total: 0, note: None, ended: false, report: Value::Null, reason: None, help: None };
        let is_taken = !self.now.send_if_modified(|now| {
            let is_free = now.as_ref().is_none_or(|progress| progress.ended);
            if is_free {
                *now = Some(begun.clone());
            }
            is_free
        });
        if is_taken {
            return Err(Text::fixed(
                "something else is being done: wait for its end, or stop it",
                "se está haciendo otra cosa: espere a que termine, o deténgala",
            )
            .into());
        }
        self.is_stopped.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// It was refused before anything was done: there is nothing to tell of.
    pub(crate) fn refused(&self) {
        self.now.send_replace(None);
    }

    pub(crate) fn reached(&self, done: usize, total: usize) {
        self.now.send_modify(|now| {
            if let Some(progress) = now {
                (progress.done, progress.total, progress.note) = (done, total, None);
            }
        });
    }

    pub(crate) fn waits(&self, note: Text) {
        self.now.send_modify(|now| {
            if let Some(progress) = now {
                progress.note = Some(note);
            }
        });
    }

    /// Tells what came of it, and why it was not done to its end, if it was not.
    pub(crate) fn ended(&self, report: Value, failure: Option<Failure>) {
        self.now.send_modify(|now| {
            if let Some(progress) = now {
                progress.ended = true;
                progress.note = None;
                progress.report = report;
                (progress.reason, progress.help) = failure.map_or((None, None), |failure| (Some(failure.message), failure.help));
            }
        });
    }

    /// Asks what is being done to stop; what is done already stays done.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.now.borrow().as_ref().is_some_and(|progress| !progress.ended)
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Option<Progress>> {
        self.now.subscribe()
    }
}
