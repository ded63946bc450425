//! Agendas as people write them, read into sessions that convoca can check.
//!
//! ```text
//! bytes ─► source ─► grammar ─► agenda ─► write ─► again
//!          (lines,   (hours,    (sessions,  (TOML)   (what differs from
//!           cells)    dates)     items)               the files there)
//! ```
//!
//! No file, clock or network: the same bytes give the same sessions. [`import`] is all of it in one call, for front ends.

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

pub mod again;
pub mod agenda;
pub mod contacts;
pub mod grammar;
pub mod note;
pub mod parties;
mod rest;
pub mod source;
pub mod write;

use convoca_core::locale::Text;

use agenda::{Hints, Imported};
use source::Document;
use write::{Proposal, Request};

/// A document, what was read in it, and the files that it would become.
///
/// An item stands at [`agenda::Item::line`], and took all of [`agenda::Item::lines`]; [`Document::line`] gives their text as the
/// document has it. What was not written stands in [`agenda::Item::inferred`] with the reason, how sure a session is in
/// [`agenda::FoundSession::confidence`], and lines that are in no item in [`Imported::left`].
#[derive(Clone, Debug)]
pub struct Import {
    /// The lines of the document, for showing beside what was read in them.
    pub document: Document,
    pub imported: Imported,
    /// The texts of the files, and what a person should know or settle.
    pub proposal: Proposal,
}

/// Why nothing came of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Goes on behind the name of the document: "it is a picture: …".
    pub why: Text,
    pub help: Option<Text>,
}

/// Reads a document of any kind (Word, PDF, OpenDocument, spreadsheet, web page, mail, text) and proposes the files of its sessions.
///
/// `request.from` is its name, whose ending decides where the first bytes do not; `request.today` the day from which the year
/// of a date without one is the nearest. Nothing is written.
///
/// ```
/// use chrono::NaiveDate;
/// use convoca_core::locale::Lang;
/// use convoca_import::{import, write::Request};
///
/// let agenda = "Sesión 1 – Apertura (3 de mayo de 2027)\n\n9:00 a 9:10 Palabras de bienvenida\n9:10 a 10:00 Panel\n";
/// let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
/// let request = Request { lang: Lang::Es, today, from: "agenda.txt", zone: Some("America/Guatemala"), programme: None };
/// let import = import(agenda.as_bytes(), &request).unwrap();
/// let panel = &import.imported.sessions[0].items[1];
/// assert_eq!((panel.title.as_str(), panel.start.unwrap().to_string().as_str()), ("Panel", "09:10"));
/// assert_eq!(import.document.line(panel.line).unwrap().whole(), "9:10 a 10:00 Panel");
/// assert_eq!(import.proposal.files[1].name, "1-apertura.toml");
/// ```
///
/// # Errors
/// Where the bytes are no document that can be read, or hold no agenda: why, and the way out.
pub fn import(bytes: &[u8], request: &Request<'_>) -> Result<Import, Refused> {
    let document = source::read(request.from, bytes).map_err(|why| Refused { why, help: None })?;
    let mut imported = agenda::read(&document, &Hints { today: Some(request.today), ..Hints::default() });
    if imported.sessions.is_empty() {
        return Err(Refused {
            why: Text::fixed("no agenda was found in it", "no se encontró ninguna agenda en él"),
            help: Some(Text::fixed(
                "an agenda has lines with hours (10:00), with lengths (15 min), or numbered points under \"agenda\"",
                "una agenda tiene renglones con horas (10:00), con duraciones (15 min) o puntos numerados bajo «orden del día»",
            )),
        });
    }
    rest::tell(&document, &mut imported);
    let proposal = write::propose(&document, &imported, request);
    Ok(Import { document, imported, proposal })
}
