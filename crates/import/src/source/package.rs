//! The container of DOCX and ODT: bounded before anything is inflated.

use std::io::{Cursor, Read};

use convoca_core::locale::Text;
use zip::ZipArchive;

/// Entries, the size of one part, and of all: what a document of 200 pages with pictures has, many times over.
const MOST_ENTRIES: usize = 4_000;
const LARGEST_PART: u64 = 48 * 1024 * 1024;
const LARGEST_SUM: u64 = 400 * 1024 * 1024;
/// XML shrinks to a tenth or a fiftieth; a bomb to a thousandth.
const MOST_RATIO: u64 = 300;

pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

fn damaged() -> Text {
    Text::fixed(
        "it is damaged or cut off: open it, save it again, and try once more",
        "está dañado o incompleto: ábralo, guárdelo de nuevo e inténtelo otra vez",
    )
}

fn too_large() -> Text {
    Text::fixed(
        "it unpacks to more than a document can have; it is not opened",
        "al descomprimirlo crece más de lo que puede tener un documento; no se abre",
    )
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Package<'b>, Text> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MOST_ENTRIES {
            return Err(too_large());
        }
        Ok(Package { archive })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Refuses what would grow too large, before a byte is inflated.
    pub(crate) fn check_all(&mut self) -> Result<(), Text> {
        let mut sum = 0u64;
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(|_| damaged())?;
            sum = sum.saturating_add(entry.size());
            if entry.size() > LARGEST_PART && entry.size() / entry.compressed_size().max(1) > MOST_RATIO || sum > LARGEST_SUM {
                return Err(too_large());
            }
        }
        Ok(())
    }

    /// A part as text.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, Text> {
        let mut entry = self.archive.by_name(name).map_err(|_| damaged())?;
        if entry.size() > LARGEST_PART {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        // What the directory says of the size need not be true.
        let read = entry.by_ref().take(LARGEST_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if read as u64 > LARGEST_PART {
            return Err(too_large());
        }
        Ok(super::encoding::decoded(&bytes))
    }
}

/// A part as a tree. Entities that expand are not read.
pub(crate) fn tree(text: &str) -> Result<roxmltree::Document<'_>, Text> {
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 3_000_000, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|_| damaged())
}
