//! All that typst can see while it sets a document: the layout, the data and the logos, in memory.

use std::sync::LazyLock;

use serde_json::Value as Json;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use crate::branding::Logo;
use crate::fonts;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // With it the first cell of a row is its head, for those who read by ear.
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});
static LAYOUT: LazyLock<Source> = LazyLock::new(|| Source::new(file_id("/layout.typ"), include_str!("layout.typ").to_owned()));

pub(crate) struct Sheet {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    files: Vec<(FileId, Bytes)>,
}

impl Sheet {
    pub(crate) fn new(data: Json, logos: &[Logo], own_fonts: &[Vec<u8>]) -> Sheet {
        let fonts = fonts::at_hand(own_fonts);
        let logos = logos.iter().enumerate();
        let logos = logos.map(|(index, logo)| (file_id(&logo_path(index, logo)), Bytes::new(logo.bytes.clone())));
        let data = (file_id("/data.json"), Bytes::new(data.to_string().into_bytes()));
        Sheet { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, files: std::iter::once(data).chain(logos).collect() }
    }
}

/// Where the layout finds a logo.
pub(crate) fn logo_path(index: usize, logo: &Logo) -> String {
    format!("/logo-{index}.{}", logo.format.extension())
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("our own paths are plain names below the root");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        LAYOUT.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == LAYOUT.id() { Ok(LAYOUT.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(own, _)| *own == id).map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
