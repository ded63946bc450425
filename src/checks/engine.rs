//! Running every check, then what the group has to say of the findings: levels and waivers.

use std::collections::HashMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::{ALL, waiver};
use crate::diagnostics::{At, Diagnostic, Level, Rule, Sources, Span};
use crate::locale::Text;
use crate::model::Programme;
use crate::resolve;
use crate::schema::{Waiver, Written, list};
use crate::text;

/// What a check may look at.
pub struct Context<'a> {
    pub sources: &'a Sources,
    pub written: &'a Written,
    pub programme: &'a Programme,
    pub today: NaiveDate,
}

/// What a check reports.
pub struct Findings {
    rule: &'static Rule,
    findings: Vec<Diagnostic>,
    not_checked: Vec<(Span, Text)>,
}

impl Findings {
    pub fn new(rule: &'static Rule) -> Findings {
        Findings { rule, findings: Vec::new(), not_checked: Vec::new() }
    }

    /// A finding of this check, to be filled in and pushed.
    pub fn finding(&self, message: Text) -> Diagnostic {
        Diagnostic::new(self.rule, message)
    }

    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Says that the check could not look at something: what is not checked has not passed.
    pub fn not_checked(&mut self, span: Span, why: Text) {
        self.not_checked.push((span, why));
    }

    /// The findings; everything that was not checked stands in one note.
    fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        const SHOWN: usize = 3;
        let count = self.not_checked.len();
        if count > 0 {
            let id = self.rule.id;
            let message = text!(l, places = match l {
                crate::locale::Lang::En => crate::locale::words::count(count, "place", "places"),
                crate::locale::Lang::Es => crate::locale::words::count(count, "lugar", "lugares"),
            }; "`{id}` could not be checked in {places}", "`{id}` no se pudo verificar en {places}");
            let mut finding = Diagnostic::new(self.rule, message).level(Level::Note);
            for (span, why) in self.not_checked.drain(..).take(SHOWN) {
                finding = finding.at(span, why);
            }
            self.findings.push(finding);
        }
        self.findings
    }
}

/// Every finding of every check, on every core, with the group's levels and waivers applied.
pub fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = ALL
        .par_iter()
        .flat_map_iter(|check| {
            let mut findings = Findings::new(&check.rule);
            (check.run)(context, &mut findings);
            findings.into_diagnostics()
        })
        .collect();
    let known: Vec<&'static str> = ALL.iter().map(|check| check.rule.id).collect();
    let mut faults = Vec::new();
    let levels = resolve::levels(context.written, &known, &mut faults);
    for finding in &mut findings {
        apply_level(finding, &levels);
    }
    waive(context, &known, &mut findings, &mut faults);
    findings.extend(faults);
    findings
}

/// A note that a check could not run stays a note.
fn apply_level(finding: &mut Diagnostic, levels: &HashMap<&'static str, Level>) {
    let own = ALL.iter().find(|check| check.rule.id == finding.check).map(|check| check.rule.level);
    if let Some(level) = levels.get(finding.check)
        && (finding.level != Level::Note || own == Some(Level::Note))
    {
        finding.level = *level;
    }
}

/// A waiver and the stretch of the file in which it holds.
struct Scope<'a> {
    extent: Span,
    waiver: &'a At<Waiver>,
}

fn waive(context: &Context<'_>, known: &[&'static str], findings: &mut Vec<Diagnostic>, faults: &mut Vec<Diagnostic>) {
    let mut unused = Vec::new();
    for scope in scopes(context.written) {
        let (Some(check), Some(reason)) = (&scope.waiver.check, &scope.waiver.reason) else { continue };
        let Some(id) = resolve::known_check(&check.0, check.span, known, faults) else { continue };
        if reason.0.is_empty() {
            unused.push(waiver::without_reason(reason.span));
            continue;
        }
        let mut used = false;
        for finding in findings.iter_mut().filter(|finding| finding.check == id) {
            if finding.labels.iter().any(|label| scope.extent.contains(label.span)) {
                finding.waived = Some(reason.0.clone());
                used = true;
            }
        }
        if !used {
            unused.push(waiver::unused(id, scope.waiver.span));
        }
    }
    findings.extend(unused);
}

fn scopes(written: &Written) -> Vec<Scope<'_>> {
    fn add<'a>(scopes: &mut Vec<Scope<'a>>, extent: Span, waivers: &'a Option<At<Vec<At<Waiver>>>>) {
        scopes.extend(list(waivers).iter().map(|waiver| Scope { extent, waiver }));
    }
    let whole = |file| Span { file, start: 0, end: u32::MAX };
    let mut scopes = Vec::new();
    if let Some((file, group)) = &written.group {
        add(&mut scopes, whole(*file), &group.waive);
    }
    if let Some((file, note)) = &written.concept_note {
        add(&mut scopes, whole(*file), &note.waive);
    }
    for (file, session) in &written.sessions {
        add(&mut scopes, whole(*file), &session.waive);
        for slot in list(&session.slots) {
            add(&mut scopes, slot.extent, &slot.waive);
        }
    }
    scopes
}
