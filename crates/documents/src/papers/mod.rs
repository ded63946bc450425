//! What can be made of a programme, as a list, and the making of it: one file alone or all of them, into
//! memory or wherever an [`Outlet`] puts them.
//!
//! ```
//! use chrono::NaiveDate;
//! use convoca_documents::papers::{AGENDA, Edition, Memory};
//! use convoca_documents::{branding::Branding, formats::Format};
//! use convoca_documents::templates::Templates;
//! use convoca_core::{check, diagnostics::Sources, locale::Lang};
//! let mut sources = Sources::default();
//! sources.add("group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
//! sources.add("1.toml", "id = 'one'\nnumber = 1\ndate = 2027-03-01\ntitle = { es = 'Una', en = 'One' }");
//! let programme = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap();
//! let (templates, _) = Templates::new(&mut sources, Vec::new());
//! let branding = Branding::default();
//! let edition = Edition::new(&sources, &programme, &templates, &branding, false);
//!
//! // One file alone.
//! let agenda = edition.output(AGENDA, Some("one"), Lang::Es).unwrap();
//! assert_eq!(edition.path(&agenda, Format::Html), "public/es/agenda-1-one.html");
//! let made = edition.make(&agenda, Format::Html).unwrap();
//! assert!(String::from_utf8(made.artifact.unwrap().bytes).unwrap().contains("Una"));
//!
//! // All of them.
//! let memory = Memory::default();
//! let report = edition.make_all(&edition.outputs(), &Format::ALL, &memory).unwrap();
//! assert_eq!(report.paths.len(), memory.artifacts().len());
//! ```

use crate::paths::FilePath;

mod edition;
mod key;
mod kinds;
mod many;
mod materials;
mod output;
mod paper;
mod press;
mod secrets;
mod selection;
#[cfg(test)]
mod tests;

pub use edition::Edition;
pub use key::Key;
pub use kinds::{AGENDA, CALENDARS, CONCEPT_NOTE, DATA, KINDS, LETTER, PRIVATE, PROGRAMME, PUBLIC};
pub use materials::{ASSETS, Materials, is_asset, is_template, templates};
pub use output::{Calendar, Output, Paper, Subject};
pub use press::{Fault, Made, Memory, Outlet, Report, Stopped};
pub use secrets::{Leak, Secrets};
pub use selection::Selection;

/// A file to be written: its path within the output folder, and what it holds.
#[derive(Clone, Debug)]
pub struct Artifact {
    pub path: FilePath,
    pub bytes: Vec<u8>,
}
