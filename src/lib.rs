//! convoca plans the sessions of an inter-governmental working group.
//!
//! ```text
//! sessions/*.toml ─► decode ─► schema ─► resolve ─► model ─► checks ─► findings
//!                   (places)  (as       (names,      │
//!                              written)  instants)   ▼
//!                                                  view ─► render ─► .ics .docx .pdf .md .html .txt .json
//! ```
//!
//! - **One way.** Each stage is a function from values to values and findings; none stops at the first fault.
//! - **One door to the world.** Only [`cli`] reads files, the clock and the environment. The same texts and
//!   the same day give the same bytes.
//! - **No renderer computes a time.** [`time`] is the one door to time-zone rules; [`view`] words the hours.
//! - **Both languages.** A [`locale::Text`] cannot be made without Spanish and English.
//!
//! Deliberately absent: recurring events, a database, a server, and any fact about a particular group.

pub mod calendar;
pub mod checks;
pub mod cli;
pub mod decode;
pub mod diagnostics;
pub mod invitees;
pub mod itip;
pub mod ledger;
pub mod locale;
pub mod mail;
pub mod model;
pub mod render;
pub mod replies;
pub mod resolve;
pub mod scheduling;
pub mod schema;
pub mod time;
pub mod view;

use chrono::NaiveDate;

use diagnostics::{Diagnostic, Sources};
use model::Programme;
use schema::Written;

/// The version, with the release of the time-zone rules that it carries.
pub fn version() -> String {
    format!("{} (IANA {})", env!("CARGO_PKG_VERSION"), time::release())
}

/// A programme with all that is to be said about it.
#[derive(Debug)]
pub struct Checked {
    pub written: Written,
    /// `None` where there is no `group.toml`.
    pub programme: Option<Programme>,
    /// In the order of the files.
    pub findings: Vec<Diagnostic>,
}

/// Reads, resolves and checks the files of a programme, as of a day.
///
/// ```
/// use chrono::NaiveDate;
/// use convoca::{check, diagnostics::Sources};
/// let mut sources = Sources::default();
/// sources.add("group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
/// sources.add("1.toml", "id = 'one'\nnumber = 1\ndate = 2027-02-30\ntitle = { es = 'Una', en = 'One' }");
/// let checked = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
/// assert_eq!(checked.findings[0].check, "syntax"); // 30 February
/// ```
pub fn check(sources: &Sources, today: NaiveDate) -> Checked {
    let (written, mut findings) = schema::decode(sources);
    let (programme, resolved) = resolve::resolve(&written);
    findings.extend(resolved);
    let faults: Vec<diagnostics::Span> = findings.iter().filter_map(Diagnostic::place).collect();
    if let Some(programme) = &programme {
        findings.extend(checks::run(&checks::Context { sources, written: &written, programme, today, faults: &faults }));
    }
    diagnostics::sort(&mut findings);
    Checked { written, programme, findings }
}
