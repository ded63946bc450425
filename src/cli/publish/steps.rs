//! What is to be done on the server, event by event.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::calendar::{Published, Register, read_back};
use crate::transport::Unusable;
use crate::transport::caldav::Collection;

/// An event as it is to lie there.
#[derive(Clone, Debug)]
pub(crate) struct StoredEvent {
    pub uid: String,
    pub summary: String,
    pub bytes: Vec<u8>,
    /// What the bytes are meant to say.
    pub calendar: Published,
}

impl StoredEvent {
    /// How it is called within the calendar.
    pub(crate) fn name(&self) -> String {
        format!("{}.ics", self.uid)
    }

    /// Stands for its bytes.
    pub(crate) fn content(&self) -> String {
        let digest = format!("{:x}", Sha256::digest(&self.bytes));
        digest.chars().take(32).collect()
    }

    /// Whether what lies there says the same, however it is written.
    fn is_said_by(&self, there: &[u8]) -> bool {
        read_back(there, &self.calendar.object, &self.calendar.events).is_ok()
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// It is there already; `adopted` where its state was not known until now.
    Unchanged {
        adopted: Option<(StoredEvent, String)>,
    },
    /// `over` is the state that it replaces.
    Put {
        event: StoredEvent,
        over: Option<String>,
    },
    /// It was put there once, and stands neither in the programme nor in what calendars know.
    Take {
        name: String,
        etag: String,
        uid: String,
    },
    Leave {
        event: StoredEvent,
        why: Why,
    },
}

/// Why an event is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Changed,
    Deleted,
}

/// Compares what is meant with what is there.
///
/// # Errors
/// Where the server does not show an event whose state is not known.
pub(crate) fn steps(
    collection: &Collection,
    events: Vec<StoredEvent>,
    there: &BTreeMap<String, String>,
    known: &Register,
    overwrite: &[String],
) -> Result<Vec<Step>, Unusable> {
    let mut steps = Vec::new();
    let gone = gone(collection, &events, there, known);
    for event in events {
        let name = event.name();
        let address = collection.url.join(&name).to_string();
        let may_overwrite = overwrite.contains(&event.uid);
        steps.push(match there.get(&name) {
            None if known.holds(&address) && !may_overwrite => Step::Leave { event, why: Why::Deleted },
            None => Step::Put { event, over: None },
            Some(etag) => match known.put(&address, etag) {
                Some(put) if put.content == event.content() => Step::Unchanged { adopted: None },
                Some(_) => Step::Put { event, over: Some(etag.clone()) },
                None => unknown(collection, event, &name, etag, may_overwrite)?,
            },
        });
    }
    steps.extend(gone);
    Ok(steps)
}

/// One that was put there by somebody else, or whose state was not heard.
fn unknown(collection: &Collection, event: StoredEvent, name: &str, etag: &str, may_overwrite: bool) -> Result<Step, Unusable> {
    let there = collection.get(name)?;
    Ok(match there {
        Some(there) if event.is_said_by(&there) => Step::Unchanged { adopted: Some((event, etag.to_owned())) },
        _ if may_overwrite => Step::Put { event, over: Some(etag.to_owned()) },
        _ => Step::Leave { event, why: Why::Changed },
    })
}

/// Those of sessions that calendars know stay, as cancelled; so do those that somebody changed.
fn gone(collection: &Collection, events: &[StoredEvent], there: &BTreeMap<String, String>, known: &Register) -> Vec<Step> {
    let folder = collection.url.to_string();
    let is_known = |uid: &str| events.iter().any(|event| event.uid == uid) || known.all().any(|told| told.uid == uid);
    let take = |(address, uid): (&str, &str)| {
        let name = format!("{uid}.ics");
        let etag = there.get(&name)?;
        known.put(address, etag)?;
        Some(Step::Take { name, etag: etag.clone(), uid: uid.to_owned() })
    };
    known.below(&folder).filter(|(_, uid)| !is_known(uid)).filter_map(take).collect()
}
