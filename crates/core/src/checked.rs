//! All stages in a row: what is to be said of the texts of a programme.

use chrono::NaiveDate;

use crate::diagnostics::{Diagnostic, Sources};
use crate::model::Programme;
use crate::schema::Written;
use crate::{checks, diagnostics, resolve, schema};

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
/// use convoca_core::{check, diagnostics::Sources};
/// let mut sources = Sources::default();
/// sources.add("group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
/// sources.add("1.toml", "id = 'one'\nnumber = 1\ndate = 2027-02-30\ntitle = { es = 'Una', en = 'One' }");
/// let checked = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
/// assert_eq!(checked.findings[0].check, "syntax"); // 30 February
/// ```
pub fn check(sources: &Sources, today: NaiveDate) -> Checked {
    let (written, mut findings, trees) = schema::decode(sources);
    let (programme, resolved) = resolve::resolve(&written);
    findings.extend(resolved);
    let faults: Vec<diagnostics::Span> = findings.iter().filter_map(Diagnostic::place).collect();
    if let Some(programme) = &programme {
        let clocks = resolve::by_the_clock(&written);
        let clocks = clocks.as_ref().unwrap_or(programme);
        findings.extend(checks::run(&checks::Context::new(sources, &written, programme, clocks, today, &faults)));
    }
    schema::subjects::assign_in(sources, &trees, &mut findings);
    diagnostics::sort(&mut findings);
    diagnostics::count_crowds(&mut findings);
    Checked { written, programme, findings }
}
