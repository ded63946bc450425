//! What a file is made of, in one number: as long as it stays, so do the bytes.

use sha2::{Digest as _, Sha256};

use super::Edition;
use crate::formats::{Format, Setting};

/// Stands for all that went into a file but the program itself: its document, the templates, the words, the
/// branding. SHA-256 in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(pub String);

/// The same of a document in no particular format.
pub(super) struct Digest(Sha256);

impl Digest {
    pub(super) fn in_format(&self, format: Format) -> Key {
        Key(format!("{:x}", self.0.clone().chain_update(format.extension()).finalize()))
    }
}

impl Edition<'_> {
    /// Each part is told from the next by its length, so that no two settings read the same.
    pub(super) fn digest(&self, setting: &Setting<'_>) -> Digest {
        let mut hash = Sha256::new();
        let document = serde_json::to_vec(setting.document).unwrap_or_default();
        let calendar = setting.calendar.as_deref().unwrap_or_default();
        let feed = setting.feed.as_deref().unwrap_or_default();
        add(&mut hash, &[self.look(), &document, setting.group.as_bytes(), calendar.as_bytes(), feed.as_bytes()]);
        Digest(hash)
    }

    /// What every document has in common: the templates with their words, and the branding.
    fn look(&self) -> &[u8] {
        self.look.get_or_init(|| {
            let mut hash = Sha256::new();
            for (name, text) in self.templates.texts(self.sources) {
                add(&mut hash, &[name.as_bytes(), text.as_bytes()]);
            }
            add(&mut hash, &[&self.branding.digest]);
            hash.finalize().into()
        })
    }
}

fn add(hash: &mut Sha256, parts: &[&[u8]]) {
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
}
